// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pmtiles_header.h"
#include "coord.h"
#include <string.h>

static const char magic[] = "PMTiles";
enum { MAGIC_SIZE = 7, VERSION = 3 };

static uint64_t get(const unsigned char **at, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)(*at)[i] << (8 * i);
    *at += size;
    return value;
}

static struct pmtiles_section get_section(const unsigned char **at) {
    uint64_t offset = get(at, 8);
    return (struct pmtiles_section){offset, get(at, 8)};
}

static int32_t get_e7(const unsigned char **at) {
    return (int32_t)(uint32_t)get(at, 4);
}

static struct pmtiles_header read_fields(const unsigned char *at) {
    struct pmtiles_header header = {0};
    header.root = get_section(&at);
    header.metadata = get_section(&at);
    header.leaves = get_section(&at);
    header.tiles = get_section(&at);
    header.addressed = get(&at, 8);
    header.entries = get(&at, 8);
    header.contents = get(&at, 8);
    header.clustered = get(&at, 1) == 1;
    header.internal_compression = (uint8_t)get(&at, 1);
    header.tile_compression = (uint8_t)get(&at, 1);
    header.tile_type = (uint8_t)get(&at, 1);
    header.minzoom = (uint8_t)get(&at, 1);
    header.maxzoom = (uint8_t)get(&at, 1);
    for (int i = 0; i < 4; i++)
        header.bounds_e7[i] = get_e7(&at);
    header.center_zoom = (uint8_t)get(&at, 1);
    for (int i = 0; i < 2; i++)
        header.center_e7[i] = get_e7(&at);
    return header;
}

/* The name of a compression that we do not read. */
static const char *foreign(uint8_t compression) {
    if (compression == PMTILES_BROTLI)
        return "brotli";
    return compression == PMTILES_ZSTD ? "zstd" : "an unknown method";
}

struct check {
    const char *path;
    struct fault *fault;
    uint64_t file_bytes;
};

static enum err refuse(const struct check *check, const char *why) {
    return fault_set(check->fault, ERR_NOT_A_STORE, check->path, "%s", why);
}

static enum err check_section(const struct check *check, const struct pmtiles_section *section,
                              const char *name) {
    if (section->offset <= check->file_bytes &&
        section->bytes <= check->file_bytes - section->offset)
        return ERR_OK;
    return fault_set(check->fault, ERR_NOT_A_STORE, check->path,
                     "it is cut off or damaged: its %s should lie at byte %llu and be %llu long, "
                     "and the file has %llu bytes",
                     name, (unsigned long long)section->offset, (unsigned long long)section->bytes,
                     (unsigned long long)check->file_bytes);
}

static enum err check_sections(const struct check *check, const struct pmtiles_header *header) {
    enum err err = check_section(check, &header->root, "root directory");
    if (err == ERR_OK)
        err = check_section(check, &header->metadata, "metadata");
    if (err == ERR_OK)
        err = check_section(check, &header->leaves, "leaf directories");
    if (err == ERR_OK)
        err = check_section(check, &header->tiles, "tiles");
    if (err == ERR_OK && (header->root.offset < PMTILES_HEADER_SIZE || header->root.bytes == 0 ||
                          header->root.offset + header->root.bytes > PMTILES_ROOT_END_MAX))
        err = refuse(check, "its root directory does not lie within the first 16 KiB");
    return err;
}

static enum err check_kinds(const struct check *check, const struct pmtiles_header *header) {
    uint8_t inner = header->internal_compression, outer = header->tile_compression;
    if (inner != PMTILES_NONE && inner != PMTILES_GZIP)
        return fault_set(check->fault, ERR_NOT_A_STORE, check->path,
                         "its directories are compressed by %s; none and gzip are read",
                         foreign(inner));
    if (outer > PMTILES_GZIP)
        return fault_set(check->fault, ERR_NOT_A_STORE, check->path,
                         "its tiles are compressed by %s; none and gzip are served",
                         foreign(outer));
    if (header->tile_type >= PMTILES_AVIF)
        return fault_set(check->fault, ERR_NOT_A_STORE, check->path,
                         "its tiles are %s; png, jpg, webp and pbf are served",
                         header->tile_type == PMTILES_AVIF ? "avif" : "of an unknown type");
    if (header->minzoom > header->maxzoom || header->maxzoom > TILE_ZOOM_MAX)
        return fault_set(check->fault, ERR_NOT_A_STORE, check->path,
                         "its zooms are %u to %u; they must ascend within 0 to %d", header->minzoom,
                         header->maxzoom, TILE_ZOOM_MAX);
    return ERR_OK;
}

bool pmtiles_header_known(const unsigned char *bytes, size_t len) {
    return len >= MAGIC_SIZE && memcmp(bytes, magic, MAGIC_SIZE) == 0;
}

enum err pmtiles_header_parse(const unsigned char bytes[PMTILES_HEADER_SIZE], uint64_t file_bytes,
                              const char *path, struct fault *fault, struct pmtiles_header *out) {
    const struct check check = {path, fault, file_bytes};
    if (!pmtiles_header_known(bytes, PMTILES_HEADER_SIZE))
        return refuse(&check, "it is no PMTiles archive");
    if (bytes[MAGIC_SIZE] != VERSION)
        return fault_set(fault, ERR_NOT_A_STORE, path, "it is PMTiles of version %u; 3 is read",
                         bytes[MAGIC_SIZE]);
    struct pmtiles_header header = read_fields(bytes + MAGIC_SIZE + 1);
    enum err err = check_kinds(&check, &header);
    if (err == ERR_OK)
        err = check_sections(&check, &header);
    if (err == ERR_OK)
        *out = header;
    return err;
}

static void put(unsigned char **at, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++)
        (*at)[i] = (unsigned char)(value >> (8 * i));
    *at += size;
}

static void put_section(unsigned char **at, const struct pmtiles_section *section) {
    put(at, section->offset, 8);
    put(at, section->bytes, 8);
}

void pmtiles_header_write(const struct pmtiles_header *header,
                          unsigned char out[PMTILES_HEADER_SIZE]) {
    unsigned char *at = out;
    memcpy(at, magic, MAGIC_SIZE);
    at += MAGIC_SIZE;
    put(&at, VERSION, 1);
    put_section(&at, &header->root);
    put_section(&at, &header->metadata);
    put_section(&at, &header->leaves);
    put_section(&at, &header->tiles);
    put(&at, header->addressed, 8);
    put(&at, header->entries, 8);
    put(&at, header->contents, 8);
    put(&at, header->clustered, 1);
    put(&at, header->internal_compression, 1);
    put(&at, header->tile_compression, 1);
    put(&at, header->tile_type, 1);
    put(&at, header->minzoom, 1);
    put(&at, header->maxzoom, 1);
    for (int i = 0; i < 4; i++)
        put(&at, (uint32_t)header->bounds_e7[i], 4);
    put(&at, header->center_zoom, 1);
    for (int i = 0; i < 2; i++)
        put(&at, (uint32_t)header->center_e7[i], 4);
}
