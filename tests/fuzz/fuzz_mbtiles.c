// SPDX-License-Identifier: AGPL-3.0-or-later
// Archives that somebody put into the data folder: opened, described and read, whatever is in them.
#include "mbtiles.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64]; // SQLite takes no memfd: it follows the link to a name that is not there

static void remove_file(void) {
    unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    snprintf(path, sizeof path, "/dev/shm/fuzz_mbtiles.%d", (int)getpid());
    atexit(remove_file);
    return 0;
}

static void read_tile(struct mbtiles *mbtiles, struct tile tile) {
    struct buf bytes;
    buf_init(&bytes);
    enum err err = mbtiles_tile(mbtiles, tile, &bytes);
    assert(err != ERR_OK || bytes.len > 0);
    buf_fini(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct mbtiles *mbtiles = NULL;
    struct fault fault = {0};
    FILE *out = fopen(path, "wb");
    if (!out)
        return 0;
    fwrite(data, 1, size, out);
    fclose(out);
    enum err err = mbtiles_open(path, &fault, &mbtiles);
    assert(err != ERR_NOT_FOUND); // or nothing is looked at
    if (err == ERR_OK) {
        const struct archive_info *info = mbtiles_info(mbtiles);
        assert(info->title != NULL && info->attribution != NULL);
        assert(info->minzoom <= info->maxzoom && info->maxzoom <= TILE_ZOOM_MAX);
        assert(info->bounds_deg[0] < info->bounds_deg[2]);
        assert(info->bounds_deg[1] < info->bounds_deg[3]);
        read_tile(mbtiles, (struct tile){info->maxzoom, 0, 0});
        read_tile(mbtiles, (struct tile){0, 0, 0});
        mbtiles_close(mbtiles);
    }
    return 0;
}
