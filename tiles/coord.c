// SPDX-License-Identifier: AGPL-3.0-or-later
#include "coord.h"
#include <math.h>

#define LATITUDE_MAX_DEG 85.0511287798066
#define DEG              (M_PI / 180.0)

bool tile_valid(int64_t z, int64_t x, int64_t y) {
    if (z < 0 || z > TILE_ZOOM_MAX)
        return false;
    int64_t side = (int64_t)1 << z;
    return x >= 0 && x < side && y >= 0 && y < side;
}

uint32_t tile_flip(unsigned z, uint32_t y) {
    return ((uint32_t)1 << z) - 1 - y;
}

static double tile_side_m(unsigned z) {
    return 2 * TILE_HALF_WORLD_M / (double)((uint32_t)1 << z);
}

struct tile_box tile_bounds(struct tile tile) {
    double side_m = tile_side_m(tile.z);
    return (struct tile_box){
        .min_x_m = -TILE_HALF_WORLD_M + (double)tile.x * side_m,
        .min_y_m = TILE_HALF_WORLD_M - ((double)tile.y + 1) * side_m,
        .max_x_m = -TILE_HALF_WORLD_M + ((double)tile.x + 1) * side_m,
        .max_y_m = TILE_HALF_WORLD_M - (double)tile.y * side_m,
    };
}

static uint32_t index_within(double value, unsigned z) {
    double side = (double)((uint32_t)1 << z);
    if (!(value > 0))
        return 0;
    return value >= side ? ((uint32_t)1 << z) - 1 : (uint32_t)value;
}

struct tile tile_at(unsigned z, double x_m, double y_m) {
    double side_m = tile_side_m(z);
    return (struct tile){
        .z = z,
        .x = index_within((x_m + TILE_HALF_WORLD_M) / side_m, z),
        .y = index_within((TILE_HALF_WORLD_M - y_m) / side_m, z),
    };
}

double tile_pixel_m(unsigned z) {
    return tile_side_m(z) / 256;
}

double tile_scale_factor(double y_m) {
    return cosh(y_m / TILE_RADIUS_M);
}

void tile_from_degrees(double lon_deg, double lat_deg, double *x_m, double *y_m) {
    double lat = fmax(-LATITUDE_MAX_DEG, fmin(LATITUDE_MAX_DEG, lat_deg)) * DEG;
    *x_m = lon_deg * DEG * TILE_RADIUS_M;
    *y_m = asinh(tan(lat)) * TILE_RADIUS_M;
}

void tile_to_degrees(double x_m, double y_m, double *lon_deg, double *lat_deg) {
    *lon_deg = x_m / TILE_RADIUS_M / DEG;
    *lat_deg = atan(sinh(y_m / TILE_RADIUS_M)) / DEG;
}
