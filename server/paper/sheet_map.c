// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_map.h"

#include "base/zip.h"
#include "paper/map_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How wide a tile should be on paper at least: 256 pixels of a picture at about 170 a inch; of a vector tile,
 * what has as much to say as a screen. */
#define PICTURE_MM 38.0
#define VECTOR_MM  55.0

static double unit_m(const struct sheet_frame *frame) { // Web Mercator metres a millimetre of paper
    return (frame->ground.max_x_m - frame->ground.min_x_m) / frame->map.w_mm;
}

static double side_m(unsigned z) {
    return 256 * tile_pixel_m(z);
}

struct span {
    int64_t from, to; // both included
};
struct cover {
    struct span columns, rows; // columns of an area across the antimeridian run on beyond the last
};

static struct cover cover_at(const struct sheet_frame *frame, unsigned z) {
    double side = side_m(z);
    int64_t last = ((int64_t)1 << z) - 1;
    struct cover cover = {
        {(int64_t)floor((frame->ground.min_x_m + TILE_HALF_WORLD_M) / side),
         (int64_t)ceil((frame->ground.max_x_m + TILE_HALF_WORLD_M) / side) - 1},
        {(int64_t)floor((TILE_HALF_WORLD_M - frame->ground.max_y_m) / side),
         (int64_t)ceil((TILE_HALF_WORLD_M - frame->ground.min_y_m) / side) - 1}};
    if (cover.rows.from < 0)
        cover.rows.from = 0;
    if (cover.rows.to > last)
        cover.rows.to = last;
    return cover;
}

static int64_t count_of(struct cover cover) {
    return (cover.columns.to - cover.columns.from + 1) * (cover.rows.to - cover.rows.from + 1);
}

/** The zoom for the scale, coarser while it takes too many tiles; false when none will do. */
static bool choose_zoom(const struct sheet_frame *frame, const struct sheet_tiles *tiles, unsigned *out) {
    double least_mm = strcmp(tiles->format, "pbf") == 0 ? VECTOR_MM : PICTURE_MM;
    unsigned z = tiles->maxzoom;
    while (z > tiles->minzoom && (side_m(z) / unit_m(frame) < least_mm ||
                                  count_of(cover_at(frame, z)) > SHEET_TILES_MAX))
        z--;
    *out = z;
    return count_of(cover_at(frame, z)) <= SHEET_TILES_MAX;
}

static enum err unpack(struct buf *packed, bool gzipped, struct buf *out) {
    if (!gzipped) {
        *out = *packed;
        buf_init(packed);
        return out->len > SHEET_TILE_BYTES_MAX ? ERR_TOO_LARGE : ERR_OK;
    }
    return zip_gunzip(packed->data, packed->len, SHEET_TILE_BYTES_MAX, out);
}

/** Reads one tile; one that is not there or damaged adds nothing. */
static enum err add_tile(struct map_job *job, const struct sheet_tiles *tiles, unsigned z, int64_t column,
                         int64_t row, size_t *bytes) {
    int64_t across = (int64_t)1 << z;
    struct map_tile *tile = &job->tiles[job->tile_count];
    double side = side_m(z), unit = unit_m(job->frame);
    *tile = (struct map_tile){
        .tile = {z, (uint32_t)((column % across + across) % across), (uint32_t)row},
        .x_mm = job->box.x_mm + ((double)column * side - TILE_HALF_WORLD_M - job->frame->ground.min_x_m) / unit,
        .y_mm = job->box.y_mm + (job->frame->ground.max_y_m - TILE_HALF_WORLD_M + (double)row * side) / unit,
        .side_mm = side / unit};
    struct buf packed;
    bool gzipped = false;
    buf_init(&packed);
    enum err err = tiles->fetch(tiles->owner, tile->tile, &packed, &gzipped);
    if (err == ERR_OK && packed.len > 0 && *bytes < SHEET_BYTES_MAX) {
        err = unpack(&packed, gzipped, &tile->bytes);
        if (err == ERR_OK)
            *bytes += tile->bytes.len;
        else
            buf_fini(&tile->bytes);
    }
    buf_fini(&packed);
    if (err == ERR_OK && tile->bytes.len > 0)
        job->tile_count++;
    return err == ERR_BAD_REQUEST || err == ERR_TOO_LARGE ? ERR_OK : err;
}

static enum err load(struct map_job *job, const struct sheet_tiles *tiles, unsigned z) {
    struct cover cover = cover_at(job->frame, z);
    size_t bytes = 0;
    enum err err = ERR_OK;
    for (int64_t row = cover.rows.from; row <= cover.rows.to; row++) {
        for (int64_t column = cover.columns.from; column <= cover.columns.to && err == ERR_OK; column++)
            err = add_tile(job, tiles, z, column, row, &bytes);
    }
    return err;
}

static enum err draw_tiles(struct map_job *job, const struct sheet_tiles *tiles, enum sheet_ground *out) {
    bool drawn = false;
    enum err err = ERR_OK;
    if (strcmp(tiles->format, "pbf") == 0)
        return map_vector_draw(job);
    for (size_t i = 0; i < job->tile_count && err == ERR_OK; i++)
        err = map_picture_draw(job, &job->tiles[i], tiles->format, &drawn);
    if (!drawn)
        *out = SHEET_NOT_PRINTABLE;
    return err;
}

static enum err draw_ground(struct map_job *job, const struct sheet_tiles *tiles, enum sheet_ground *out) {
    unsigned z;
    enum err err = ERR_OK;
    enum sheet_ground ground = SHEET_DRAWN;
    if (tiles == NULL)
        ground = SHEET_BLANK;
    else if (!choose_zoom(job->frame, tiles, &z))
        ground = SHEET_NO_TILES;
    else
        err = load(job, tiles, z);
    if (err == ERR_OK && ground == SHEET_DRAWN && job->tile_count == 0)
        ground = SHEET_NO_TILES;
    if (err == ERR_OK && ground == SHEET_DRAWN)
        err = draw_tiles(job, tiles, &ground);
    if (err == ERR_OK && ground != SHEET_DRAWN)
        map_graticule_draw(job);
    *out = ground;
    return err;
}

enum err sheet_map_draw(struct sheet_pen *pen, const struct sheet_frame *frame, struct sheet_box box,
                        const struct sheet_tiles *tiles, const char *language, enum sheet_ground *out) {
    struct arena arena;
    struct map_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return ERR_NO_MEMORY;
    arena_init(&arena);
    *job = (struct map_job){.pen = pen, .frame = frame, .box = box, .language = language, .arena = &arena};
    cairo_save(pen->cairo);
    cairo_rectangle(pen->cairo, box.x_mm, box.y_mm, box.w_mm, box.h_mm);
    cairo_clip_preserve(pen->cairo);
    sheet_pen_colour(pen, SHEET_RGB(0xfbf8f1));
    cairo_fill(pen->cairo);
    enum err err = draw_ground(job, tiles, out);
    cairo_restore(pen->cairo);
    for (size_t i = 0; i < job->tile_count; i++)
        buf_fini(&job->tiles[i].bytes);
    arena_fini(&arena);
    free(job);
    return err;
}
