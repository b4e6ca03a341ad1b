// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/zorder.h"

/* The part of a range as 32 bits. */
static uint64_t part_of(double value, double low, double high) {
    double part = (value - low) / (high - low);
    if (!(part > 0))
        return 0;
    return part >= 1 ? UINT32_MAX : (uint64_t)(part * 4294967296.0);
}

/* Moves bit i to bit 2i. */
static uint64_t spread(uint64_t x) {
    x = (x | x << 16) & 0x0000FFFF0000FFFF;
    x = (x | x << 8) & 0x00FF00FF00FF00FF;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0F;
    x = (x | x << 2) & 0x3333333333333333;
    return (x | x << 1) & 0x5555555555555555;
}

uint64_t zorder_key(double lon_deg, double lat_deg) {
    return spread(part_of(lon_deg, -180, 180)) | spread(part_of(lat_deg, -90, 90)) << 1;
}
