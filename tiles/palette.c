// SPDX-License-Identifier: AGPL-3.0-or-later
#include "palette.h"
#include <math.h>

/* The ten evenly spaced stops of cividis, from its light end to its dark one: on a light base map
 * the darkest colour reads as "most". */
static const uint8_t cividis[][3] = {
    {0xfe, 0xe8, 0x38}, {0xe1, 0xcc, 0x55}, {0xc3, 0xb3, 0x69}, {0xa5, 0x9c, 0x74},
    {0x8a, 0x86, 0x78}, {0x70, 0x71, 0x73}, {0x57, 0x5d, 0x6d}, {0x3b, 0x49, 0x6c},
    {0x12, 0x35, 0x70}, {0x00, 0x22, 0x4e},
};
enum { STOPS = sizeof cividis / sizeof cividis[0] };

/* Level 1 is faint so that the map stays readable below; the highest one is not quite opaque. */
static const double faintest = 96, strongest = 216;

static uint8_t mixed(uint8_t from, uint8_t to, double share) {
    return (uint8_t)lround(from + (to - from) * share);
}

struct palette_colour palette_level(size_t level, size_t count) {
    if (level == 0 || level > count)
        return (struct palette_colour){0};
    double share = count == 1 ? 1 : (double)(level - 1) / (double)(count - 1);
    double at = share * (STOPS - 1);
    size_t stop = at >= STOPS - 1 ? STOPS - 2 : (size_t)at;
    double part = at - (double)stop;
    return (struct palette_colour){
        .red = mixed(cividis[stop][0], cividis[stop + 1][0], part),
        .green = mixed(cividis[stop][1], cividis[stop + 1][1], part),
        .blue = mixed(cividis[stop][2], cividis[stop + 1][2], part),
        .alpha = (uint8_t)lround(faintest + (strongest - faintest) * share),
    };
}

void palette_text(struct palette_colour colour, char out[PALETTE_COLOUR_TEXT_SIZE]) {
    static const char digits[] = "0123456789abcdef";
    const uint8_t parts[] = {colour.red, colour.green, colour.blue};
    out[0] = '#';
    for (size_t i = 0; i < 3; i++) {
        out[1 + 2 * i] = digits[parts[i] >> 4];
        out[2 + 2 * i] = digits[parts[i] & 15];
    }
    out[7] = '\0';
}
