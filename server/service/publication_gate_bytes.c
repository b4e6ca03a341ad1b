// SPDX-License-Identifier: AGPL-3.0-or-later
// Positions in a file's bytes. Three sets of numbers are made of them: the bits of single coordinates, the
// bits of pairs, and texts as degrees times 100,000, cut off; each place of the file is held against them.
#include "service/publication_gate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_DECIMALS = 5 };

/* Numbers other than 0, open addressing. */
struct numbers {
    uint64_t *places;
    size_t room; // a power of two
    size_t count;
};

static size_t place_of(const struct numbers *set, uint64_t number) {
    size_t at = (size_t)(number * UINT64_C(0x9E3779B97F4A7C15) >> 17) & (set->room - 1);
    while (set->places[at] && set->places[at] != number)
        at = (at + 1) & (set->room - 1);
    return at;
}

static bool numbers_init(struct numbers *set, size_t count_at_most) {
    set->room = 64;
    while (set->room < count_at_most * 2)
        set->room *= 2;
    set->places = calloc(set->room, sizeof *set->places);
    return set->places != NULL;
}

static void numbers_add(struct numbers *set, uint64_t number) {
    if (number)
        set->places[place_of(set, number)] = number;
}

static bool numbers_have(const struct numbers *set, uint64_t number) {
    return number && set->places[place_of(set, number)] == number;
}

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t pair_of(uint64_t lon_bits, uint64_t lat_bits) {
    return lon_bits * UINT64_C(0xC2B2AE3D27D4EB4F) ^ (lat_bits << 31 | lat_bits >> 33);
}

/* Degrees, cut off: what every longer text of the number begins with. Its sign is in the lowest bit. */
static uint64_t text_of(double degrees) {
    double cut = floor(fabs(degrees) * 1e5 + 1e-6);
    return (uint64_t)cut << 1 | (degrees < 0);
}

/* More than four decimals. */
static bool says_much(double degrees) {
    double scaled = degrees * 1e4;
    return fabs(scaled - nearbyint(scaled)) > 1e-4;
}

/* ---- what may stand there, and what may not ---- */

struct scan {
    struct numbers singles, pairs, texts;
    struct numbers free_singles, free_pairs, free_texts; // given away on purpose
};

static void release(struct scan *scan) {
    free(scan->singles.places);
    free(scan->pairs.places);
    free(scan->texts.places);
    free(scan->free_singles.places);
    free(scan->free_pairs.places);
    free(scan->free_texts.places);
}

static void let_pass(struct scan *scan, double lon_deg, double lat_deg) {
    numbers_add(&scan->free_singles, bits_of(lon_deg));
    numbers_add(&scan->free_singles, bits_of(lat_deg));
    numbers_add(&scan->free_pairs, pair_of(bits_of(lon_deg), bits_of(lat_deg)));
    numbers_add(&scan->free_texts, text_of(lon_deg));
    numbers_add(&scan->free_texts, text_of(lat_deg));
}

static void let_geometry_pass(struct scan *scan, const struct geometry *geometry) {
    for (size_t i = 0; i < geometry->vertex_count; i++)
        let_pass(scan, geometry->coords[2 * i], geometry->coords[2 * i + 1]);
}

/* Calls `each` for every geometry that is published as it is. */
static void each_authored(const struct edition *edition, void (*each)(void *, const struct geometry *),
                          void *context) {
    for (size_t i = 0; i < edition->finding_count; i++)
        each(context, &edition->findings[i].geometry);
    for (size_t i = 0; i < edition->asset_count; i++)
        each(context, &edition->assets[i].geometry);
    for (size_t i = 0; i < edition->overlay_count; i++)
        for (size_t j = 0; j < edition->overlays[i].feature_count; j++)
            each(context, &edition->overlays[i].features[j].geometry);
}

static void count_one(void *context, const struct geometry *geometry) {
    *(size_t *)context += geometry->vertex_count;
}

static void pass_one(void *context, const struct geometry *geometry) {
    let_geometry_pass(context, geometry);
}

static bool prepare_free(struct scan *scan, const struct edition *edition) {
    size_t vertices = 4;
    each_authored(edition, count_one, &vertices);
    if (!numbers_init(&scan->free_singles, vertices * 2) || !numbers_init(&scan->free_pairs, vertices) ||
        !numbers_init(&scan->free_texts, vertices * 2))
        return false;
    each_authored(edition, pass_one, scan);
    let_pass(scan, edition->bbox.west_deg, edition->bbox.south_deg);
    let_pass(scan, edition->bbox.east_deg, edition->bbox.north_deg);
    return true;
}

static void seek_single(struct scan *scan, double degrees) {
    if (!says_much(degrees))
        return;
    if (!numbers_have(&scan->free_singles, bits_of(degrees)))
        numbers_add(&scan->singles, bits_of(degrees));
    if (!numbers_have(&scan->free_texts, text_of(degrees)))
        numbers_add(&scan->texts, text_of(degrees));
}

static bool prepare(struct scan *scan, const double *positions, size_t count, const struct edition *edition) {
    if (!prepare_free(scan, edition) || !numbers_init(&scan->singles, count * 2) ||
        !numbers_init(&scan->pairs, count) || !numbers_init(&scan->texts, count * 2))
        return false;
    for (size_t i = 0; i < count; i++) {
        double lon_deg = positions[2 * i], lat_deg = positions[2 * i + 1];
        uint64_t pair = pair_of(bits_of(lon_deg), bits_of(lat_deg));
        seek_single(scan, lon_deg);
        seek_single(scan, lat_deg);
        if (!numbers_have(&scan->free_pairs, pair))
            numbers_add(&scan->pairs, pair);
    }
    return true;
}

/* ---- looking ---- */

static uint64_t load(const uint8_t *at, bool swapped) {
    uint64_t bits = 0;
    for (int i = 0; i < 8; i++)
        bits |= (uint64_t)at[swapped ? 7 - i : i] << (8 * i);
    return bits;
}

/* Whether the top byte is one that a number of degrees has. */
static bool may_be_degrees(uint8_t top) {
    return (top & 0x7F) == 0x3F || (top & 0x7F) == 0x40;
}

static bool double_at(const struct scan *scan, const uint8_t *at, size_t left, bool swapped) {
    if (left < 8 || !may_be_degrees(at[swapped ? 0 : 7]))
        return false;
    uint64_t bits = load(at, swapped);
    if (numbers_have(&scan->singles, bits))
        return true;
    return left >= 16 && numbers_have(&scan->pairs, pair_of(bits, load(at + 8, swapped)));
}

static bool is_digit(uint8_t byte) {
    return byte >= '0' && byte <= '9';
}

/* A decimal number that begins here, of five decimals or more. */
static bool text_at(const struct scan *scan, const uint8_t *at, size_t left) {
    uint64_t value = 0;
    size_t i = 0;
    bool negative = left > 0 && at[0] == '-';
    i += negative;
    size_t begin = i;
    for (; i < left && is_digit(at[i]) && i - begin < 3; i++)
        value = value * 10 + (uint64_t)(at[i] - '0');
    if (i == begin || i >= left || at[i++] != '.')
        return false;
    for (int decimal = 0; decimal < TEXT_DECIMALS; decimal++, i++) {
        if (i >= left || !is_digit(at[i]))
            return false;
        value = value * 10 + (uint64_t)(at[i] - '0');
    }
    return numbers_have(&scan->texts, value << 1 | negative);
}

static bool begins_number(const uint8_t *bytes, size_t at) {
    if (!is_digit(bytes[at]) && bytes[at] != '-')
        return false;
    return at == 0 || (!is_digit(bytes[at - 1]) && bytes[at - 1] != '.' &&
                       (bytes[at - 1] != '-' || bytes[at] == '-'));
}

const char *publication_gate_bytes(const void *bytes, size_t len, const double *positions, size_t count,
                                   const struct edition *edition) {
    struct scan scan = {0};
    const uint8_t *at = bytes;
    const char *rule = prepare(&scan, positions, count, edition) ? NULL : "memory";
    for (size_t i = 0; i < len && !rule; i++)
        if (double_at(&scan, at + i, len - i, false) || double_at(&scan, at + i, len - i, true) ||
            (begins_number(at, i) && text_at(&scan, at + i, len - i)))
            rule = "positions";
    release(&scan);
    return rule;
}
