// SPDX-License-Identifier: AGPL-3.0-or-later
// Archives that somebody put into the data folder: opened, described and read, whatever is in them.
#include "mbtiles.h"
#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[64];
    struct mbtiles *mbtiles = NULL;
    struct fault fault = {{0}, {0}};
    int file = memfd_create("mbtiles", 0);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (mbtiles_open(path, &fault, &mbtiles) == ERR_OK) {
        const struct mbtiles_info *info = mbtiles_info(mbtiles);
        struct buf tile;
        buf_init(&tile);
        assert(info->title != NULL && info->attribution != NULL);
        assert(info->minzoom <= info->maxzoom && info->maxzoom <= TILE_ZOOM_MAX);
        assert(info->bounds_deg[0] < info->bounds_deg[2]);
        assert(info->bounds_deg[1] < info->bounds_deg[3]);
        mbtiles_tile(mbtiles, (struct tile){info->maxzoom, 0, 0}, &tile);
        mbtiles_tile(mbtiles, (struct tile){0, 0, 0}, &tile);
        buf_fini(&tile);
        mbtiles_close(mbtiles);
    }
    close(file);
    return 0;
}
