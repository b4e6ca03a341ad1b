// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_format.h"
#include <string.h>
#include <strings.h>

const char *tile_format_name(enum tile_format format) {
    static const char *const names[] = {"png", "jpg", "webp", "pbf"};
    return names[format];
}

bool tile_format_parse(const char *text, enum tile_format *out) {
    static const struct {
        const char *name;
        enum tile_format format;
    } known[] = {
        {"png", TILE_PNG},         {"image/png", TILE_PNG},
        {"jpg", TILE_JPG},         {"jpeg", TILE_JPG},
        {"image/jpeg", TILE_JPG},  {"webp", TILE_WEBP},
        {"image/webp", TILE_WEBP}, {"pbf", TILE_PBF},
        {"mvt", TILE_PBF},         {"application/vnd.mapbox-vector-tile", TILE_PBF},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcasecmp(text, known[i].name) == 0) {
            *out = known[i].format;
            return true;
        }
    }
    return false;
}

bool tile_gzipped(const void *bytes, size_t len) {
    return len >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0;
}

bool tile_format_guess(const void *bytes, size_t len, enum tile_format *out) {
    const unsigned char *at = bytes;
    if (len >= 8 && memcmp(at, "\x89PNG\r\n\x1a\n", 8) == 0)
        *out = TILE_PNG;
    else if (len >= 4 && memcmp(at, "\xff\xd8\xff", 3) == 0 && at[3] != 0xff)
        *out = TILE_JPG;
    else if (len >= 12 && memcmp(at, "RIFF", 4) == 0 && memcmp(at + 8, "WEBP", 4) == 0)
        *out = TILE_WEBP;
    else if (tile_gzipped(at, len) || (len >= 2 && at[0] == 0x1a))
        *out = TILE_PBF;
    else
        return false;
    return true;
}
