// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures of a base map on paper: PNG by cairo's own reader, WebP by map_webp.c, JPEG handed on as it is. Their
// sizes are read first: a small file may say that it is a huge picture.
#include "paper/map_parts.h"

#include <math.h>
#include <string.h>

enum { SIDE_MAX = 1024 };
#define PIXELS_A_MM 16.0 // 400 an inch: paper shows no finer ones

struct size {
    int w, h;
};
struct reader {
    const unsigned char *at;
    size_t left;
};

static unsigned big_endian(const unsigned char *at, size_t bytes) {
    unsigned value = 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

static bool size_within(unsigned w, unsigned h, struct size *out) {
    if (w == 0 || h == 0 || w > SIDE_MAX || h > SIDE_MAX)
        return false;
    *out = (struct size){(int)w, (int)h};
    return true;
}

static bool png_size(const unsigned char *bytes, size_t len, struct size *out) {
    static const unsigned char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    size_t before = sizeof head - 1;
    return len >= before + 8 && memcmp(bytes, head, before) == 0 &&
           size_within(big_endian(bytes + before, 4), big_endian(bytes + before + 4, 4), out);
}

/** From the first frame header (SOF0-SOF2) of three or one components; other kinds are not for PDF. */
static bool jpeg_size(const unsigned char *bytes, size_t len, struct size *out) {
    if (len < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
        return false;
    for (size_t at = 2; at + 10 <= len && bytes[at] == 0xff;) {
        unsigned marker = bytes[at + 1], size = big_endian(bytes + at + 2, 2);
        if (marker >= 0xc0 && marker <= 0xc2)
            return (bytes[at + 9] == 3 || bytes[at + 9] == 1) &&
                   size_within(big_endian(bytes + at + 7, 2), big_endian(bytes + at + 5, 2), out);
        if (size < 2)
            return false;
        at += 2 + (size_t)size;
    }
    return false;
}

static cairo_status_t read_bytes(void *closure, unsigned char *data, unsigned int length) {
    struct reader *reader = closure;
    if (length > reader->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, reader->at, length);
    reader->at += length;
    reader->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

/** Stands for a picture whose pixels nobody reads: the page takes the JPEG's own bytes. It takes them when it
 * is finished, after the tile has gone, so they are copied. NULL: no memory. */
static cairo_surface_t *jpeg_surface(const struct map_tile *tile, struct size size) {
    unsigned char *copy = g_try_malloc(tile->bytes.len);
    if (copy == NULL)
        return NULL;
    memcpy(copy, tile->bytes.data, tile->bytes.len);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.w, size.h);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, copy, tile->bytes.len, g_free, copy) !=
        CAIRO_STATUS_SUCCESS)
        g_free(copy);
    return surface;
}

static cairo_surface_t *png_surface(const unsigned char *bytes, size_t len) {
    struct reader reader = {bytes, len};
    return cairo_image_surface_create_from_png_stream(read_bytes, &reader);
}

/** Pixels that paper would not show are merged: the page keeps all tiles unpacked until it is finished, and a
 * hundred of the largest would be 400 MB. Errors: NO_MEMORY. */
static enum err shrink(cairo_surface_t **picture, double side_mm) {
    int w = cairo_image_surface_get_width(*picture), h = cairo_image_surface_get_height(*picture);
    double most = ceil(side_mm * PIXELS_A_MM), by = most / fmax(w, h);
    if (by >= 1 || cairo_surface_status(*picture) != CAIRO_STATUS_SUCCESS)
        return ERR_OK;
    bool opaque = cairo_surface_get_content(*picture) == CAIRO_CONTENT_COLOR;
    cairo_surface_t *smaller = cairo_image_surface_create(opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
                                                          (int)ceil(w * by), (int)ceil(h * by));
    cairo_t *cairo = cairo_create(smaller);
    cairo_scale(cairo, ceil(w * by) / w, ceil(h * by) / h);
    cairo_set_source_surface(cairo, *picture, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD); // or the tile's edges would be seen
    cairo_paint(cairo);
    enum err err = cairo_status(cairo) == CAIRO_STATUS_SUCCESS ? ERR_OK : ERR_NO_MEMORY;
    cairo_destroy(cairo);
    cairo_surface_destroy(*picture);
    *picture = smaller;
    return err;
}

static void paint(struct map_job *job, const struct map_tile *tile, cairo_surface_t *surface) {
    cairo_t *cairo = job->pen->cairo;
    int w = cairo_image_surface_get_width(surface), h = cairo_image_surface_get_height(surface);
    cairo_save(cairo);
    cairo_translate(cairo, tile->x_mm, tile->y_mm);
    cairo_scale(cairo, tile->side_mm / w, tile->side_mm / h);
    cairo_set_source_surface(cairo, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BILINEAR);
    cairo_rectangle(cairo, 0, 0, w, h);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

/** `*out` NULL: it is no picture of that format. Errors: NO_MEMORY. */
static enum err unpack(const struct map_tile *tile, const char *format, cairo_surface_t **out) {
    const unsigned char *bytes = (const unsigned char *)tile->bytes.data;
    size_t len = tile->bytes.len;
    struct size size;
    *out = NULL;
    if (strcmp(format, "webp") == 0)
        *out = map_webp_surface(bytes, len, SIDE_MAX);
    else if (strcmp(format, "png") == 0 && png_size(bytes, len, &size))
        *out = png_surface(bytes, len);
    else if (strcmp(format, "jpg") == 0 && jpeg_size(bytes, len, &size)) {
        *out = jpeg_surface(tile, size);
        if (*out == NULL)
            return ERR_NO_MEMORY;
    }
    return ERR_OK;
}

enum err map_picture_draw(struct map_job *job, const struct map_tile *tile, const char *format, bool *drawn) {
    cairo_surface_t *surface;
    enum err err = unpack(tile, format, &surface);
    if (err != ERR_OK || surface == NULL)
        return err;
    if (strcmp(format, "jpg") != 0) // that has no pixels of its own
        err = shrink(&surface, tile->side_mm);
    cairo_status_t status = cairo_surface_status(surface);
    if (err == ERR_OK && status == CAIRO_STATUS_SUCCESS) {
        paint(job, tile, surface);
        *drawn = true;
    }
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_NO_MEMORY ? ERR_NO_MEMORY : err;
}
