// SPDX-License-Identifier: AGPL-3.0-or-later
// The first 127 bytes of a PMTiles 3 archive: where its four sections lie and what its tiles are.
#ifndef REPERE_TILES_PMTILES_HEADER_H
#define REPERE_TILES_PMTILES_HEADER_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PMTILES_HEADER_SIZE = 127,
    PMTILES_ROOT_END_MAX = 16384, // header and root directory lie before this byte
};
enum pmtiles_compression {
    PMTILES_UNKNOWN,
    PMTILES_NONE,
    PMTILES_GZIP,
    PMTILES_BROTLI,
    PMTILES_ZSTD
};
enum pmtiles_type {
    PMTILES_OTHER,
    PMTILES_MVT,
    PMTILES_PNG,
    PMTILES_JPEG,
    PMTILES_WEBP,
    PMTILES_AVIF
};

struct pmtiles_section {
    uint64_t offset, bytes;
};
struct pmtiles_header {
    struct pmtiles_section root, metadata, leaves, tiles;
    uint64_t addressed, entries, contents; // 0: not told
    bool clustered;
    uint8_t internal_compression, tile_compression, tile_type;
    uint8_t minzoom, maxzoom;
    int32_t bounds_e7[4]; // west, south, east, north, degrees times ten million
    uint8_t center_zoom;
    int32_t center_e7[2];
};

/** Whether a file begins as one of any version. */
bool pmtiles_header_known(const unsigned char *bytes, size_t len);
/**
 * Reads a header from outside and looks whether we can serve the archive.
 *
 * @param file_bytes the whole file's length: all sections must lie within it
 * Errors: NOT_A_STORE (fault says what is wrong).
 */
enum err pmtiles_header_parse(const unsigned char bytes[PMTILES_HEADER_SIZE], uint64_t file_bytes,
                              const char *path, struct fault *fault, struct pmtiles_header *out);
void pmtiles_header_write(const struct pmtiles_header *header,
                          unsigned char out[PMTILES_HEADER_SIZE]);
#endif
