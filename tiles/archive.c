// SPDX-License-Identifier: AGPL-3.0-or-later
#include "archive.h"
#include "mbtiles.h"
#include "pmtiles.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct archive {
    struct mbtiles *mbtiles; // the one or the other
    struct pmtiles *pmtiles;
    uint64_t bytes;
};

static const char sqlite_magic[16] = "SQLite format 3";

/* The first bytes of a file, and its length. */
static enum err look(const char *path, struct fault *fault, char head[sizeof sqlite_magic],
                     uint64_t *bytes) {
    struct stat about;
    memset(head, 0, sizeof sqlite_magic);
    if (stat(path, &about) != 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? fault_set(fault, ERR_NOT_FOUND, path, "there is no such file")
                   : fault_set(fault, ERR_IO, path, "it cannot be read");
    if (!S_ISREG(about.st_mode)) // or opening a pipe would wait for its other end
        return fault_set(fault, ERR_NOT_A_STORE, path, "it is no file");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : pread(fd, head, sizeof sqlite_magic, 0);
    if (fd >= 0)
        close(fd);
    *bytes = (uint64_t)about.st_size;
    return n < 0 ? fault_set(fault, ERR_IO, path, "it cannot be read") : ERR_OK;
}

enum err archive_open(const char *path, struct fault *fault, struct archive **out) {
    char head[sizeof sqlite_magic];
    uint64_t bytes = 0;
    enum err err = look(path, fault, head, &bytes);
    if (err != ERR_OK)
        return err;
    struct archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL)
        return ERR_NO_MEMORY;
    archive->bytes = bytes;
    if (memcmp(head, sqlite_magic, sizeof head) == 0)
        err = mbtiles_open(path, fault, &archive->mbtiles);
    else if (pmtiles_header_known((const unsigned char *)head, sizeof head))
        err = pmtiles_open(path, fault, &archive->pmtiles);
    else
        err = fault_set(fault, ERR_NOT_A_STORE, path, "it is neither MBTiles nor PMTiles");
    if (err != ERR_OK)
        archive_close(archive);
    else
        *out = archive;
    return err;
}

void archive_close(struct archive *archive) {
    if (archive == NULL)
        return;
    mbtiles_close(archive->mbtiles);
    pmtiles_close(archive->pmtiles);
    free(archive);
}

const struct archive_info *archive_info(const struct archive *archive) {
    return archive->pmtiles ? pmtiles_info(archive->pmtiles) : mbtiles_info(archive->mbtiles);
}

bool archive_is_pmtiles(const struct archive *archive) {
    return archive->pmtiles != NULL;
}

uint64_t archive_bytes(const struct archive *archive) {
    return archive->bytes;
}

uint64_t archive_tiles_told(const struct archive *archive) {
    return archive->pmtiles ? pmtiles_header(archive->pmtiles)->addressed : 0;
}

enum err archive_tile(struct archive *archive, struct tile tile, struct buf *out, bool *gzipped) {
    if (!tile_valid(tile.z, tile.x, tile.y))
        return ERR_NOT_FOUND;
    size_t before = out->len;
    enum err err = archive->pmtiles ? pmtiles_tile(archive->pmtiles, tile, out)
                                    : mbtiles_tile(archive->mbtiles, tile, out);
    if (err == ERR_OK)
        *gzipped = tile_gzipped(out->data + before, out->len - before);
    return err;
}

enum err archive_runs(struct archive *archive, const struct tile_range *range,
                      const struct archive_patience *patience, archive_run_fn *fn, void *context) {
    return archive->pmtiles ? pmtiles_runs(archive->pmtiles, range, patience, fn, context)
                            : mbtiles_runs(archive->mbtiles, range, patience, fn, context);
}

const char *const archive_endings[] = {".mbtiles", ".pmtiles", NULL};

bool archive_name(const char *file_name, size_t *out_len) {
    size_t len = strlen(file_name);
    for (size_t i = 0; archive_endings[i]; i++) {
        size_t end = strlen(archive_endings[i]);
        if (len >= end && strcmp(file_name + len - end, archive_endings[i]) == 0) {
            *out_len = len - end;
            return true;
        }
    }
    return false;
}
