// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files that draw a sheet's base map share; nobody else includes this.
#ifndef REPERE_PAPER_MAP_PARTS_H
#define REPERE_PAPER_MAP_PARTS_H
#include "base/arena.h"
#include "paper/map_kind.h"
#include "paper/sheet_map.h"

/** A tile that lies on the sheet. */
struct map_tile {
    struct tile tile;
    double x_mm, y_mm, side_mm; // its upper left corner on the page
    struct buf bytes;           // unpacked
};
struct map_feature {
    const struct map_tile *tile;
    const struct mvt_scan_layer *layer;
    struct mvt_scan_feature at;
    enum map_kind kind;
};
struct map_job {
    struct sheet_pen *pen;
    const struct sheet_frame *frame;
    struct sheet_box box;
    const char *language;
    struct arena *arena;
    struct map_tile tiles[SHEET_TILES_MAX];
    size_t tile_count;
};

/** A position of the tile's grid on the page. */
static inline double map_x_mm(const struct map_feature *feature, int64_t x) {
    return feature->tile->x_mm + (double)x / feature->layer->extent * feature->tile->side_mm;
}
static inline double map_y_mm(const struct map_feature *feature, int64_t y) {
    return feature->tile->y_mm + (double)y / feature->layer->extent * feature->tile->side_mm;
}

/** map_vector.c: areas, lines and dots, then map_names_draw. Errors: NO_MEMORY. */
enum err map_vector_draw(struct map_job *job);
/** map_names.c: names of streets along them, of places and waters where they are. Errors: NO_MEMORY. */
enum err map_names_draw(struct map_job *job, const struct map_feature *features, size_t count);
/** map_picture.c: one picture, png, jpg or webp; what is none is left out, else `*drawn` becomes true. Errors:
 * NO_MEMORY. */
enum err map_picture_draw(struct map_job *job, const struct map_tile *tile, const char *format, bool *drawn);
/** map_webp.c: NULL when it is no picture, one that moves, or a side is longer than `side_max` pixels. */
cairo_surface_t *map_webp_surface(const unsigned char *bytes, size_t len, int side_max);
/** map_graticule.c: lines of longitude and latitude, with their degrees. */
void map_graticule_draw(struct map_job *job);
#endif
