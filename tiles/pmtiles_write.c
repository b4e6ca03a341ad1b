// SPDX-License-Identifier: AGPL-3.0-or-later
// Tiles are written as they come, from byte 16384 on. What must stand before them, header and root
// directory, fits into that room by the format's own rule; metadata and leaf directories follow
// behind the tiles.
#include "pmtiles_write.h"
#include "base/jsonw.h"
#include "base/zip.h"
#include "pmtiles_contents.h"
#include "pmtiles_directory.h"
#include "pmtiles_header.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOT_BYTES_MAX = PMTILES_ROOT_END_MAX - PMTILES_HEADER_SIZE, LEAF_ENTRIES_MIN = 4096 };

struct pmtiles_writer {
    int fd;
    char *path, *part_path; // under the second name until it is complete
    struct pmtiles_entry *entries;
    size_t count, room;
    struct pmtiles_contents contents;
    struct buf earlier; // a content read back
    uint64_t tiles_bytes, addressed;
    uint64_t end; // behind the last id written
    bool gzipped; // the first tile is
};

static void writer_free(struct pmtiles_writer *writer) {
    if (writer->fd >= 0)
        close(writer->fd);
    free(writer->entries);
    pmtiles_contents_fini(&writer->contents);
    buf_fini(&writer->earlier);
    free(writer->path);
    free(writer->part_path);
    free(writer);
}

void pmtiles_writer_abandon(struct pmtiles_writer *writer) {
    if (writer == NULL)
        return;
    if (writer->fd >= 0)
        unlink(writer->part_path);
    writer_free(writer);
}

enum err pmtiles_writer_open(const char *path, struct fault *fault, struct pmtiles_writer **out) {
    if (access(path, F_OK) == 0)
        return fault_set(fault, ERR_CONFLICT, path, "the file exists already");
    struct pmtiles_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return ERR_NO_MEMORY;
    enum err err = ERR_NO_MEMORY;
    writer->fd = -1;
    buf_init(&writer->earlier);
    writer->path = strdup(path);
    if (writer->path == NULL || asprintf(&writer->part_path, "%s.part", path) < 0) {
        writer->part_path = NULL;
        goto done;
    }
    err = ERR_OK;
    if (unlink(writer->part_path) != 0 && errno != ENOENT)
        err = fault_set(fault, ERR_IO, path, "an unfinished file beside it cannot be removed");
    if (err == ERR_OK)
        writer->fd = open(writer->part_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (err == ERR_OK && writer->fd < 0)
        err = fault_set(fault, err_of_errno(errno), path, "the file cannot be made");
done:
    if (err != ERR_OK)
        pmtiles_writer_abandon(writer);
    else
        *out = writer;
    return err;
}

static enum err write_at(int fd, uint64_t offset, const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0) {
        ssize_t n = pwrite(fd, at, len, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_of_errno(errno);
        at += n;
        offset += (uint64_t)n;
        len -= (size_t)n;
    }
    return ERR_OK;
}

/* Whether the bytes written at `offset` are these. */
static enum err same_bytes(struct pmtiles_writer *writer, uint64_t offset, const void *bytes,
                           size_t len, bool *out) {
    buf_clear(&writer->earlier);
    char *room = buf_reserve(&writer->earlier, len);
    if (room == NULL)
        return ERR_NO_MEMORY;
    for (size_t done = 0; done < len;) {
        ssize_t n = pread(writer->fd, room + done, len - done,
                          (off_t)(PMTILES_ROOT_END_MAX + offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return ERR_IO;
        done += (size_t)n;
    }
    *out = memcmp(room, bytes, len) == 0;
    return ERR_OK;
}

/* The place of a content among the tiles: where it stands already, or at the end. */
static enum err content_place(struct pmtiles_writer *writer, const void *bytes, size_t len,
                              uint64_t *out) {
    const struct pmtiles_content *content = NULL;
    uint64_t hash = pmtiles_content_hash(bytes, len);
    while ((content = pmtiles_contents_next(&writer->contents, hash, (uint32_t)len, content))) {
        bool same;
        enum err err = same_bytes(writer, content->offset, bytes, len, &same);
        if (err != ERR_OK)
            return err;
        if (same) {
            *out = content->offset;
            return ERR_OK;
        }
    }
    enum err err = write_at(writer->fd, PMTILES_ROOT_END_MAX + writer->tiles_bytes, bytes, len);
    if (err == ERR_OK)
        err = pmtiles_contents_add(
            &writer->contents, (struct pmtiles_content){hash, writer->tiles_bytes, (uint32_t)len});
    if (err != ERR_OK)
        return err;
    *out = writer->tiles_bytes;
    writer->tiles_bytes += len;
    return ERR_OK;
}

/* One more entry, or a longer run when the tiles follow the last ones and are the same. */
static enum err entry_add(struct pmtiles_writer *writer, struct pmtiles_entry entry) {
    struct pmtiles_entry *last = writer->count == 0 ? NULL : &writer->entries[writer->count - 1];
    if (last != NULL && last->id + last->run == entry.id && last->offset == entry.offset &&
        last->run <= UINT32_MAX - entry.run) {
        last->run += entry.run;
        return ERR_OK;
    }
    if (writer->count == writer->room) {
        size_t room = 2 * writer->room + 1024;
        struct pmtiles_entry *entries = reallocarray(writer->entries, room, sizeof *entries);
        if (entries == NULL)
            return ERR_NO_MEMORY;
        writer->entries = entries;
        writer->room = room;
    }
    writer->entries[writer->count++] = entry;
    return ERR_OK;
}

enum err pmtiles_writer_run(struct pmtiles_writer *writer, uint64_t id, uint64_t tiles,
                            const void *bytes, size_t len) {
    uint64_t offset;
    if (len == 0 || len > UINT32_MAX)
        return ERR_TOO_LARGE;
    if (id < writer->end)
        return ERR_CONFLICT;
    if (writer->count == 0)
        writer->gzipped = tile_gzipped(bytes, len);
    enum err err = content_place(writer, bytes, len, &offset);
    writer->end = id + tiles;
    writer->addressed += tiles;
    while (err == ERR_OK && tiles > 0) {
        uint32_t run = tiles > UINT32_MAX ? UINT32_MAX : (uint32_t)tiles;
        err = entry_add(writer, (struct pmtiles_entry){id, offset, (uint32_t)len, run});
        id += run;
        tiles -= run;
    }
    return err;
}

static enum err zip_directory(const struct pmtiles_entry *entries, size_t count, struct buf *out) {
    struct buf plain;
    buf_init(&plain);
    pmtiles_directory_write(entries, count, &plain);
    enum err err = plain.failed ? ERR_NO_MEMORY : zip_gzip(plain.data, plain.len, out);
    buf_fini(&plain);
    return err;
}

/* Leaves of so many entries each, and a root that names them. */
static enum err make_leaves(const struct pmtiles_writer *writer, size_t leaf_entries,
                            struct buf *root, struct buf *leaves) {
    size_t leaf_count = (writer->count + leaf_entries - 1) / leaf_entries;
    struct pmtiles_entry *names = calloc(leaf_count, sizeof *names);
    enum err err = names == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (size_t i = 0; i < leaf_count && err == ERR_OK; i++) {
        size_t first = i * leaf_entries, left = writer->count - first, before = leaves->len;
        err = zip_directory(writer->entries + first, left < leaf_entries ? left : leaf_entries,
                            leaves);
        names[i] = (struct pmtiles_entry){writer->entries[first].id, before,
                                          (uint32_t)(leaves->len - before), 0};
    }
    if (err == ERR_OK)
        err = zip_directory(names, leaf_count, root);
    free(names);
    return err;
}

/* One directory when it fits into the room before the tiles, else leaves, larger ones until the
 * root fits. */
static enum err make_directories(const struct pmtiles_writer *writer, struct buf *root,
                                 struct buf *leaves) {
    enum err err = ERR_OK;
    if (writer->count <= PMTILES_ENTRIES_MAX)
        err = zip_directory(writer->entries, writer->count, root);
    for (size_t leaf_entries = LEAF_ENTRIES_MIN;
         err == ERR_OK && (root->len == 0 || root->len > ROOT_BYTES_MAX); leaf_entries *= 2) {
        buf_clear(root);
        buf_clear(leaves);
        err = leaf_entries > PMTILES_ENTRIES_MAX ? ERR_TOO_LARGE
                                                 : make_leaves(writer, leaf_entries, root, leaves);
    }
    return err;
}

static enum err make_metadata(const struct archive_info *info, struct buf *out) {
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_object(&w);
    jsonw_kstr(&w, "name", info->title);
    jsonw_kstr(&w, "attribution", info->attribution);
    jsonw_kstr(&w, "type", "baselayer");
    jsonw_kstr(&w, "format", tile_format_name(info->format));
    if (info->vector_layers != NULL)
        jsonw_kraw(&w, "vector_layers", info->vector_layers);
    jsonw_object_end(&w);
    enum err err = json.failed ? ERR_NO_MEMORY : zip_gzip(json.data, json.len, out);
    buf_fini(&json);
    return err;
}

static int32_t e7(double deg) {
    return (int32_t)lround(deg * 1e7);
}

static struct pmtiles_header make_header(const struct pmtiles_writer *writer,
                                         const struct archive_info *info, size_t root_bytes,
                                         size_t metadata_bytes, size_t leaves_bytes) {
    static const uint8_t types[] = {[TILE_PNG] = PMTILES_PNG,
                                    [TILE_JPG] = PMTILES_JPEG,
                                    [TILE_WEBP] = PMTILES_WEBP,
                                    [TILE_PBF] = PMTILES_MVT};
    const uint64_t tiles_end = PMTILES_ROOT_END_MAX + writer->tiles_bytes;
    const double *wsen = info->bounds_deg;
    uint8_t minzoom = (uint8_t)hilbert_tile(writer->entries[0].id).z;
    return (struct pmtiles_header){
        .root = {PMTILES_HEADER_SIZE, root_bytes},
        .metadata = {tiles_end, metadata_bytes},
        .leaves = {tiles_end + metadata_bytes, leaves_bytes},
        .tiles = {PMTILES_ROOT_END_MAX, writer->tiles_bytes},
        .addressed = writer->addressed,
        .entries = writer->count,
        .contents = writer->contents.count,
        .clustered = true,
        .internal_compression = PMTILES_GZIP,
        .tile_compression = writer->gzipped ? PMTILES_GZIP : PMTILES_NONE,
        .tile_type = types[info->format],
        .minzoom = minzoom,
        .maxzoom = (uint8_t)hilbert_tile(writer->end - 1).z,
        .bounds_e7 = {e7(wsen[0]), e7(wsen[1]), e7(wsen[2]), e7(wsen[3])},
        .center_zoom = minzoom,
        .center_e7 = {e7((wsen[0] + wsen[2]) / 2), e7((wsen[1] + wsen[3]) / 2)},
    };
}

static enum err write_rest(struct pmtiles_writer *writer, const struct archive_info *info) {
    struct buf root, leaves, metadata;
    buf_init(&root);
    buf_init(&leaves);
    buf_init(&metadata);
    enum err err = make_directories(writer, &root, &leaves);
    if (err == ERR_OK)
        err = make_metadata(info, &metadata);
    if (err == ERR_OK) {
        unsigned char head[PMTILES_HEADER_SIZE];
        struct pmtiles_header header =
            make_header(writer, info, root.len, metadata.len, leaves.len);
        pmtiles_header_write(&header, head);
        err = write_at(writer->fd, 0, head, sizeof head);
        if (err == ERR_OK)
            err = write_at(writer->fd, header.root.offset, root.data, root.len);
        if (err == ERR_OK)
            err = write_at(writer->fd, header.metadata.offset, metadata.data, metadata.len);
        if (err == ERR_OK)
            err = write_at(writer->fd, header.leaves.offset, leaves.data, leaves.len);
    }
    buf_fini(&root);
    buf_fini(&leaves);
    buf_fini(&metadata);
    return err;
}

enum err pmtiles_writer_finish(struct pmtiles_writer *writer, const struct archive_info *info) {
    enum err err = writer->count == 0 ? ERR_NOT_FOUND : write_rest(writer, info);
    if (err == ERR_OK && fsync(writer->fd) != 0)
        err = err_of_errno(errno);
    if (err == ERR_OK && rename(writer->part_path, writer->path) != 0)
        err = err_of_errno(errno);
    if (err != ERR_OK)
        unlink(writer->part_path);
    writer_free(writer);
    return err;
}
