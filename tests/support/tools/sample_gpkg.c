// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the sample edition to a file, for tests that ask a running server.
//
//   sample_gpkg FILE [PROJECT [NUMBER [REVISION [LEAVES [AREAS]]]]]
//
// REVISION above 1: the group slices are taken down. LEAVES above 0: so many in the first slice. AREAS: a
// GeoJSON file whose features take the place of the first overlay's.
#include "base/file.h"
#include "base/secret.h"
#include "geo/geojson_read.h"
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

struct taking {
    struct edition_overlay *overlay;
    struct arena *arena;
};
enum { AREAS_MAX = 1000, AREAS_BYTES_MAX = 64 << 20 };

static enum err take_area(void *context, const struct geojson_feature *feature,
                          struct fault *fault) {
    struct taking *taking = context;
    struct edition_overlay *overlay = taking->overlay;
    if (overlay->feature_count == AREAS_MAX)
        return fault_set(fault, ERR_TOO_LARGE, "areas", "%d at most", AREAS_MAX);
    struct edition_overlay_feature *area = &overlay->features[overlay->feature_count++];
    area->label = arena_printf(taking->arena, "Area %zu", overlay->feature_count);
    return area->label ? geometry_copy(&feature->geometry, taking->arena, &area->geometry)
                       : ERR_NO_MEMORY;
}

static enum err take_areas(const char *path, struct edition *edition, struct arena *arena,
                           struct fault *fault) {
    struct buf text;
    struct arena scratch;
    char crs_name[64];
    struct taking taking = {&edition->overlays[0], arena};
    buf_init(&text);
    arena_init(&scratch);
    taking.overlay->feature_count = 0;
    taking.overlay->features = arena_array(arena, AREAS_MAX, sizeof *taking.overlay->features);
    enum err err = taking.overlay->features ? file_read(path, AREAS_BYTES_MAX, &text) : ERR_NO_MEMORY;
    if (err == ERR_OK)
        err = geojson_read_text(text.data, text.len, &scratch, take_area, NULL, &taking, crs_name,
                                fault);
    arena_fini(&scratch);
    buf_fini(&text);
    return err;
}

int main(int argc, char **argv) {
    struct arena arena;
    struct fault fault = {0};
    struct crs *crs = NULL;
    if (argc < 2) {
        fprintf(stderr, "usage: sample_gpkg FILE [PROJECT [NUMBER [REVISION [LEAVES [AREAS]]]]]\n");
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
    if (err == ERR_OK && argc > 6)
        err = take_areas(argv[6], edition, &arena, &fault);
    if (err == ERR_OK)
        err = gpkg_write(edition, crs, argv[1], &fault);
    if (err != ERR_OK)
        fprintf(stderr, "sample_gpkg: %s: %s %s\n", err_name(err), fault.where, fault.why);
    crs_close(crs);
    arena_fini(&arena);
    return err == ERR_OK ? 0 : 1;
}
