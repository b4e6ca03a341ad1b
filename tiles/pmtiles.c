// SPDX-License-Identifier: AGPL-3.0-or-later
// A directory's entry with run 0 is another directory, of the tiles from its id up to the next
// entry's. Such a leaf must begin with the tile that it is named after, and leaves stand at most
// LEAF_DEPTH_MAX deep: so no archive can lead us in circles.
#include "pmtiles.h"
#include "base/zip.h"
#include "pmtiles_cache.h"
#include "pmtiles_info.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DIRECTORY_BYTES_MAX = 4 << 20, // not compressed, as the metadata
    LEAF_DEPTH_MAX = 4
};

struct pmtiles {
    int fd;
    struct pmtiles_header header;
    struct archive_info info;
    struct arena arena; // the info's texts
    struct pmtiles_directory *root;
    struct pmtiles_cache leaves;
};

/* Appends bytes that lie within the file, as it was when it was opened. */
static enum err read_at(int fd, uint64_t offset, uint64_t bytes, struct buf *out) {
    char *room = buf_reserve(out, (size_t)bytes);
    if (room == NULL)
        return ERR_NO_MEMORY;
    for (size_t done = 0; done < bytes;) {
        ssize_t n = pread(fd, room + done, (size_t)bytes - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        if (n == 0)
            return ERR_NOT_A_STORE; // cut off since
        done += (size_t)n;
    }
    out->len += (size_t)bytes;
    return ERR_OK;
}

/* Appends a directory or the metadata, decompressed. */
static enum err read_inner(const struct pmtiles *pmtiles, uint64_t offset, uint64_t bytes,
                           struct buf *out) {
    if (bytes > DIRECTORY_BYTES_MAX)
        return ERR_NOT_A_STORE;
    if (pmtiles->header.internal_compression == PMTILES_NONE)
        return read_at(pmtiles->fd, offset, bytes, out);
    struct buf zipped;
    buf_init(&zipped);
    enum err err = read_at(pmtiles->fd, offset, bytes, &zipped);
    if (err == ERR_OK)
        err = zip_gunzip(zipped.data, zipped.len, DIRECTORY_BYTES_MAX, out);
    buf_fini(&zipped);
    return err == ERR_BAD_REQUEST || err == ERR_TOO_LARGE ? ERR_NOT_A_STORE : err;
}

static enum err read_directory(const struct pmtiles *pmtiles, uint64_t offset, uint64_t bytes,
                               struct pmtiles_directory **out) {
    struct buf plain;
    buf_init(&plain);
    enum err err = read_inner(pmtiles, offset, bytes, &plain);
    if (err == ERR_OK)
        err = pmtiles_directory_parse(plain.data, plain.len, pmtiles->header.leaves.bytes,
                                      pmtiles->header.tiles.bytes, out);
    buf_fini(&plain);
    return err;
}

/* The directory that an entry stands for; to be given back to the cache. */
static enum err leaf_take(struct pmtiles *pmtiles, const struct pmtiles_entry *entry,
                          struct pmtiles_directory **out) {
    struct pmtiles_directory *leaf = pmtiles_cache_take(&pmtiles->leaves, entry->offset);
    enum err err = ERR_OK;
    if (leaf == NULL) {
        err = read_directory(pmtiles, pmtiles->header.leaves.offset + entry->offset, entry->bytes,
                             &leaf);
        if (err != ERR_OK)
            return err;
        leaf->offset = entry->offset;
        pmtiles_cache_keep(&pmtiles->leaves, leaf);
    }
    if (leaf->entries[0].id != entry->id) {
        pmtiles_cache_give_back(&pmtiles->leaves, leaf);
        return ERR_NOT_A_STORE;
    }
    *out = leaf;
    return ERR_OK;
}

/* The entry of a tile. Errors: NOT_FOUND, NOT_A_STORE, IO, NO_MEMORY. */
static enum err entry_find(struct pmtiles *pmtiles, uint64_t id, struct pmtiles_entry *out) {
    const struct pmtiles_entry *entry = pmtiles_directory_find(pmtiles->root, id);
    if (entry == NULL)
        return ERR_NOT_FOUND;
    struct pmtiles_entry found = *entry;
    for (int depth = 0; found.run == 0; depth++) {
        struct pmtiles_directory *leaf;
        if (depth == LEAF_DEPTH_MAX)
            return ERR_NOT_A_STORE;
        enum err err = leaf_take(pmtiles, &found, &leaf);
        if (err != ERR_OK)
            return err;
        found = *pmtiles_directory_find(leaf, id); // its first entry's id is not above `id`
        pmtiles_cache_give_back(&pmtiles->leaves, leaf);
    }
    if (id - found.id >= found.run || found.bytes == 0)
        return ERR_NOT_FOUND;
    *out = found;
    return ERR_OK;
}

enum err pmtiles_tile(struct pmtiles *pmtiles, struct tile tile, struct buf *out) {
    struct pmtiles_entry entry;
    enum err err = entry_find(pmtiles, hilbert_id(tile), &entry);
    if (err != ERR_OK)
        return err;
    if (entry.bytes > TILE_BYTES_MAX)
        return ERR_NOT_A_STORE;
    return read_at(pmtiles->fd, pmtiles->header.tiles.offset + entry.offset, entry.bytes, out);
}

struct walk {
    struct pmtiles *pmtiles;
    const struct archive_patience *patience;
    archive_run_fn *fn;
    void *context;
};

/* Tells what a directory, good for ids below `limit`, has of the span. */
static enum err walk_directory(const struct walk *walk, const struct pmtiles_directory *directory,
                               uint64_t limit, int depth, uint64_t first, uint64_t end) {
    const struct pmtiles_entry *entry = pmtiles_directory_find(directory, first);
    const struct pmtiles_entry *last = directory->entries + directory->count;
    enum err err = ERR_OK;
    if (entry == NULL)
        entry = directory->entries;
    for (; entry < last && entry->id < end && err == ERR_OK; entry++) {
        uint64_t next = entry + 1 < last ? entry[1].id : limit;
        uint64_t tiles_end = entry->id + entry->run;
        if (entry->id >= limit || tiles_end > limit)
            return ERR_NOT_A_STORE;
        if (entry->run == 0) {
            struct pmtiles_directory *leaf;
            if (next <= first)
                continue;
            err = depth == LEAF_DEPTH_MAX ? ERR_NOT_A_STORE : archive_patience_ask(walk->patience);
            if (err == ERR_OK)
                err = leaf_take(walk->pmtiles, entry, &leaf);
            if (err != ERR_OK)
                return err;
            err = walk_directory(walk, leaf, next, depth + 1, first, end);
            pmtiles_cache_give_back(&walk->pmtiles->leaves, leaf);
        } else if (tiles_end > first) {
            uint64_t from = entry->id > first ? entry->id : first;
            uint64_t to = tiles_end < end ? tiles_end : end;
            err = walk->fn(walk->context, &(struct archive_run){from, to - from, entry->bytes});
        }
    }
    return err;
}

static enum err walk_span(void *context, uint64_t first, uint64_t end) {
    const struct walk *walk = context;
    enum err err = archive_patience_ask(walk->patience);
    if (err != ERR_OK)
        return err;
    return walk_directory(walk, walk->pmtiles->root, hilbert_first(HILBERT_ZOOM_MAX + 1), 0, first,
                          end);
}

enum err pmtiles_runs(struct pmtiles *pmtiles, const struct tile_range *range,
                      const struct archive_patience *patience, archive_run_fn *fn, void *context) {
    struct walk walk = {pmtiles, patience, fn, context};
    return hilbert_spans(range, walk_span, &walk);
}

static enum err open_file(struct pmtiles *pmtiles, const char *path, struct fault *fault) {
    struct stat about;
    struct buf bytes;
    pmtiles->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (pmtiles->fd < 0 && errno == ENOENT)
        return fault_set(fault, ERR_NOT_FOUND, path, "there is no such file");
    if (pmtiles->fd < 0 || fstat(pmtiles->fd, &about) != 0)
        return fault_set(fault, ERR_IO, path, "it cannot be read");
    if (!S_ISREG(about.st_mode) || about.st_size < PMTILES_HEADER_SIZE)
        return fault_set(fault, ERR_NOT_A_STORE, path, "it is too short for a PMTiles archive");
    buf_init(&bytes);
    enum err err = read_at(pmtiles->fd, 0, PMTILES_HEADER_SIZE, &bytes);
    if (err == ERR_OK)
        err = pmtiles_header_parse((const unsigned char *)bytes.data, (uint64_t)about.st_size, path,
                                   fault, &pmtiles->header);
    buf_fini(&bytes);
    return err;
}

static enum err read_metadata(struct pmtiles *pmtiles, const char *path, struct fault *fault) {
    const struct pmtiles_section *section = &pmtiles->header.metadata;
    struct buf json;
    buf_init(&json);
    enum err err = ERR_OK;
    if (section->bytes == 0) // as good as an empty object: nothing is said
        buf_str(&json, "{}");
    else
        err = read_inner(pmtiles, section->offset, section->bytes, &json);
    if (err == ERR_NOT_A_STORE)
        fault_set(fault, err, path, "its metadata are damaged");
    if (err == ERR_OK)
        err = json.failed ? ERR_NO_MEMORY
                          : pmtiles_info_read(&pmtiles->header, json.data, json.len, path,
                                              &pmtiles->arena, fault, &pmtiles->info);
    buf_fini(&json);
    return err;
}

/* The format of an archive whose header says "other", from its first tile. */
static enum err guess_format(struct pmtiles *pmtiles, const char *path, struct fault *fault) {
    struct buf bytes;
    enum err err;
    buf_init(&bytes);
    err = pmtiles_tile(pmtiles, hilbert_tile(pmtiles->root->entries[0].id), &bytes);
    if (err != ERR_NO_MEMORY && err != ERR_IO &&
        (err != ERR_OK || !tile_format_guess(bytes.data, bytes.len, &pmtiles->info.format)))
        err = fault_set(fault, ERR_NOT_A_STORE, path,
                        "it does not say its format, and its first tile is of none we know");
    buf_fini(&bytes);
    if (pmtiles->info.format != TILE_PBF)
        pmtiles->info.vector_layers = NULL;
    return err;
}

enum err pmtiles_open(const char *path, struct fault *fault, struct pmtiles **out) {
    struct pmtiles *pmtiles = calloc(1, sizeof *pmtiles);
    if (pmtiles == NULL)
        return ERR_NO_MEMORY;
    pmtiles->fd = -1;
    arena_init(&pmtiles->arena);
    pmtiles_cache_init(&pmtiles->leaves);
    enum err err = open_file(pmtiles, path, fault);
    if (err == ERR_OK) {
        const struct pmtiles_section *root = &pmtiles->header.root;
        err = read_directory(pmtiles, root->offset, root->bytes, &pmtiles->root);
        if (err == ERR_NOT_A_STORE)
            fault_set(fault, err, path, "its root directory is damaged or empty");
    }
    if (err == ERR_OK)
        err = read_metadata(pmtiles, path, fault);
    if (err == ERR_OK && pmtiles->header.tile_type == PMTILES_OTHER)
        err = guess_format(pmtiles, path, fault);
    if (err != ERR_OK)
        pmtiles_close(pmtiles);
    else
        *out = pmtiles;
    return err;
}

void pmtiles_close(struct pmtiles *pmtiles) {
    if (pmtiles == NULL)
        return;
    if (pmtiles->fd >= 0)
        close(pmtiles->fd);
    free(pmtiles->root);
    pmtiles_cache_fini(&pmtiles->leaves);
    arena_fini(&pmtiles->arena);
    free(pmtiles);
}

const struct archive_info *pmtiles_info(const struct pmtiles *pmtiles) {
    return &pmtiles->info;
}

const struct pmtiles_header *pmtiles_header(const struct pmtiles *pmtiles) {
    return &pmtiles->header;
}
