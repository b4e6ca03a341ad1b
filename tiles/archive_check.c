// SPDX-License-Identifier: AGPL-3.0-or-later
#include "archive_check.h"
#include "base/zip.h"
#include "varint.h"
#include <stdio.h>

enum { PLAIN_BYTES_MAX = 64 << 20, WHERE_SIZE = 48 };

struct checking {
    struct archive *archive;
    const struct archive_info *info;
    const struct archive_watch *watch;
    struct archive_check_report report;
    struct buf tile, plain;
};

static void tell(struct checking *checking, const char *where, const char *why) {
    checking->report.faults++;
    checking->watch->fault(checking->watch->context, where, why);
}

/* A vector tile is layers one behind the other, to its last byte. Field 3, a length, so many bytes.
 */
static bool layers_whole(const struct buf *plain) {
    const unsigned char *at = (const unsigned char *)plain->data, *end = at + plain->len;
    while (at < end) {
        if (*at++ != 0x1a)
            return false;
        uint64_t len;
        size_t used = varint_read(at, (size_t)(end - at), &len);
        at += used;
        if (used == 0 || len > (uint64_t)(end - at))
            return false;
        at += len;
    }
    return true;
}

/* What is wrong with the tile that was read; NULL when nothing is. */
static const char *what_is_wrong(struct checking *checking, bool gzipped, enum err *err) {
    enum tile_format format;
    const struct buf *plain = &checking->tile;
    if (gzipped) {
        buf_clear(&checking->plain);
        *err =
            zip_gunzip(checking->tile.data, checking->tile.len, PLAIN_BYTES_MAX, &checking->plain);
        if (*err == ERR_NO_MEMORY)
            return NULL;
        if (*err != ERR_OK) {
            const char *why = *err == ERR_TOO_LARGE ? "is larger than 64 MiB" : "is no whole gzip";
            *err = ERR_OK;
            return why;
        }
        plain = &checking->plain;
    }
    if (checking->info->format == TILE_PBF)
        return layers_whole(plain) ? NULL : "is no vector tile";
    if (!tile_format_guess(plain->data, plain->len, &format) || format != checking->info->format)
        return "is not of the archive's format";
    return NULL;
}

static enum err check_run(void *context, const struct archive_run *run) {
    struct checking *checking = context;
    struct tile tile = hilbert_tile(run->id);
    char where[WHERE_SIZE];
    const char *why = NULL;
    bool gzipped;
    snprintf(where, sizeof where, "%u/%u/%u", tile.z, tile.x, tile.y);
    buf_clear(&checking->tile);
    enum err err = archive_tile(checking->archive, tile, &checking->tile, &gzipped);
    if (err == ERR_OK)
        why = what_is_wrong(checking, gzipped, &err);
    else if (err == ERR_NOT_FOUND || err == ERR_NOT_A_STORE || err == ERR_BUSY) {
        why = run->bytes == 0   ? "is empty"
              : err == ERR_BUSY ? "takes too long to find"
                                : "cannot be read";
        err = ERR_OK;
    }
    if (why != NULL)
        tell(checking, where, why);
    checking->report.tiles += run->tiles;
    checking->report.tiles_of_zoom[tile.z] += run->tiles;
    checking->report.contents++;
    checking->report.bytes += run->bytes;
    checking->watch->progress(checking->watch->context, &checking->report);
    return err;
}

static enum err check_zoom(struct checking *checking, unsigned z) {
    const uint32_t last = ((uint32_t)1 << z) - 1;
    const struct tile_range all = {z, 0, 0, last, last};
    char where[WHERE_SIZE];
    enum err err = archive_runs(checking->archive, &all, NULL, check_run, checking);
    snprintf(where, sizeof where, "zoom %u", z);
    if (err == ERR_NOT_A_STORE) {
        tell(checking, where, "has a damaged directory: tiles behind it are lost");
        err = ERR_OK;
    }
    bool told = z >= checking->info->minzoom && z <= checking->info->maxzoom;
    if (checking->report.tiles_of_zoom[z] > 0 && !told)
        tell(checking, where, "has tiles, and is beyond the zooms that the archive tells");
    return err;
}

enum err archive_check(struct archive *archive, const struct archive_watch *watch,
                       struct archive_check_report *out) {
    struct checking checking = {.archive = archive, .info = archive_info(archive), .watch = watch};
    enum err err = ERR_OK;
    buf_init(&checking.tile);
    buf_init(&checking.plain);
    for (unsigned z = 0; z <= TILE_ZOOM_MAX && err == ERR_OK; z++)
        err = check_zoom(&checking, z);
    uint64_t told = archive_tiles_told(archive);
    if (err == ERR_OK && told != 0 && told != checking.report.tiles)
        tell(&checking, "the archive", "tells another number of tiles than there are");
    buf_fini(&checking.tile);
    buf_fini(&checking.plain);
    if (err == ERR_OK)
        *out = checking.report;
    return err;
}
