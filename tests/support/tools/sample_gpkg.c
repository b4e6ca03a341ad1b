// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the sample edition to a file, for tests that ask a running server.
//
//   sample_gpkg FILE [PROJECT [NUMBER [REVISION [LEAVES]]]]
//
// REVISION above 1: the group slices are taken down. LEAVES above 0: so many in the first slice.
#include "base/secret.h"
#include "publish/gpkg.h"
#include "sample_edition.h"
#include <stdio.h>
#include <stdlib.h>

static unsigned long number(int argc, char **argv, int at, unsigned long fallback) {
    return argc > at ? strtoul(argv[at], NULL, 10) : fallback;
}

static void take_groups_down(struct edition *edition) {
    size_t kept = 0;
    for (size_t i = 0; i < edition->slice_count; i++)
        if (edition->slices[i].kind != SLICE_GROUP)
            edition->slices[kept++] = edition->slices[i];
    edition->slice_count = kept;
    edition->taken_down = "[\"safety-map.group.new\",\"safety-map.group.long\"]";
}

int main(int argc, char **argv) {
    struct arena arena;
    struct fault fault = {0};
    struct crs *crs = NULL;
    if (argc < 2) {
        fprintf(stderr, "usage: sample_gpkg FILE [PROJECT [NUMBER [REVISION [LEAVES]]]]\n");
        return 2;
    }
    arena_init(&arena);
    size_t leaves = number(argc, argv, 5, 0);
    struct edition *edition =
        leaves ? sample_edition_large(&arena, leaves) : sample_edition_make(&arena);
    edition->project = (int64_t)number(argc, argv, 2, 1);
    edition->number = (unsigned)number(argc, argv, 3, 2);
    edition->revision = (unsigned)number(argc, argv, 4, 1);
    if (edition->revision > 1)
        take_groups_down(edition);
    enum err err = secret_init();
    if (err == ERR_OK)
        err = crs_open(&crs);
    if (err == ERR_OK)
        err = gpkg_write(edition, crs, argv[1], &fault);
    if (err != ERR_OK)
        fprintf(stderr, "sample_gpkg: %s: %s %s\n", err_name(err), fault.where, fault.why);
    crs_close(crs);
    arena_fini(&arena);
    return err == ERR_OK ? 0 : 1;
}
