// SPDX-License-Identifier: AGPL-3.0-or-later
// The tile pyramid: XYZ tiles (y 0 is the north) over spherical Web Mercator (EPSG:3857), whose
// metres are true only at the equator.
#ifndef REPERE_TILES_COORD_H
#define REPERE_TILES_COORD_H
#include <stdbool.h>
#include <stdint.h>

enum { TILE_ZOOM_MAX = 24 };
/** Earth radius of EPSG:3857 and half the width of its square, metres. */
#define TILE_RADIUS_M     6378137.0
#define TILE_HALF_WORLD_M 20037508.342789244

struct tile {
    unsigned z;
    uint32_t x, y;
};
/** A box in Web Mercator metres. */
struct tile_box {
    double min_x_m, min_y_m, max_x_m, max_y_m;
};

/** Zoom within 0..24 and x, y within the zoom's 2^z columns and rows. */
bool tile_valid(int64_t z, int64_t x, int64_t y);
/** The row counted from the south, as MBTiles stores it; the same call flips it back. */
uint32_t tile_flip(unsigned z, uint32_t y);
struct tile_box tile_bounds(struct tile tile);
/** The tile that holds a position; a position outside the square gets the nearest one. */
struct tile tile_at(unsigned z, double x_m, double y_m);
/** Metres of Web Mercator a pixel of a 256-pixel tile. */
double tile_pixel_m(unsigned z);
/** Web Mercator metres that one metre on the ground measures there: 1 / cos(latitude). */
double tile_scale_factor(double y_m);
/** Spherical Web Mercator by its formula; latitude clamped to 85.0511287798 degrees. */
void tile_from_degrees(double lon_deg, double lat_deg, double *x_m, double *y_m);
void tile_to_degrees(double x_m, double y_m, double *lon_deg, double *lat_deg);
#endif
