// SPDX-License-Identifier: AGPL-3.0-or-later
// WebP pictures of a base map, unpacked into the page's own pixels.
#include "paper/map_parts.h"

#include <webp/decode.h>

/** Cairo's pixels are words of the machine, libwebp's are bytes. */
static WEBP_CSP_MODE premultiplied(void) {
    return G_BYTE_ORDER == G_LITTLE_ENDIAN ? MODE_bgrA : MODE_Argb;
}

cairo_surface_t *map_webp_surface(const unsigned char *bytes, size_t len, int side_max) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(bytes, len, &config.input) != VP8_STATUS_OK)
        return NULL;
    int w = config.input.width, h = config.input.height;
    if (config.input.has_animation || w < 1 || h < 1 || w > side_max || h > side_max)
        return NULL;
    cairo_surface_t *surface =
        cairo_image_surface_create(config.input.has_alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, w, h);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return surface; // it says why
    cairo_surface_flush(surface);
    int stride = cairo_image_surface_get_stride(surface);
    config.output.colorspace = premultiplied();
    config.output.is_external_memory = 1;
    config.output.u.RGBA =
        (WebPRGBABuffer){cairo_image_surface_get_data(surface), stride, (size_t)stride * (size_t)h};
    VP8StatusCode status = WebPDecode(bytes, len, &config);
    WebPFreeDecBuffer(&config.output);
    if (status != VP8_STATUS_OK) {
        cairo_surface_destroy(surface);
        return NULL;
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}
