// SPDX-License-Identifier: AGPL-3.0-or-later
#include "png.h"
#include <spng.h>
#include <stdlib.h>
#include <string.h>

static int set_palette(spng_ctx *context, const struct palette_colour *colours, size_t count) {
    struct spng_plte plte = {.n_entries = (uint32_t)count};
    struct spng_trns trns = {.n_type3_entries = (uint32_t)count};
    for (size_t i = 0; i < count; i++) {
        plte.entries[i] = (struct spng_plte_entry){
            .red = colours[i].red, .green = colours[i].green, .blue = colours[i].blue};
        trns.type3_alpha[i] = colours[i].alpha;
    }
    int failed = spng_set_plte(context, &plte);
    return failed ? failed : spng_set_trns(context, &trns);
}

enum err png_palette(uint32_t width, uint32_t height, const uint8_t *indexes,
                     const struct palette_colour *colours, size_t count, struct buf *out) {
    if (width == 0 || height == 0 || count == 0 || count > 256)
        return ERR_BAD_PARAMETER;
    enum err err = ERR_INTERNAL;
    void *bytes = NULL;
    size_t len = 0;
    int failed = 0;
    spng_ctx *context = spng_ctx_new(SPNG_CTX_ENCODER);
    if (context == NULL)
        return ERR_NO_MEMORY;
    struct spng_ihdr ihdr = {
        .width = width, .height = height, .bit_depth = 8, .color_type = SPNG_COLOR_TYPE_INDEXED};
    if (spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1) != 0 ||
        spng_set_option(context, SPNG_IMG_COMPRESSION_LEVEL, 4) != 0 ||
        spng_set_option(context, SPNG_FILTER_CHOICE, SPNG_DISABLE_FILTERING) != 0 ||
        spng_set_ihdr(context, &ihdr) != 0 || set_palette(context, colours, count) != 0)
        goto done;
    failed = spng_encode_image(context, indexes, (size_t)width * height, SPNG_FMT_PNG,
                               SPNG_ENCODE_FINALIZE);
    if (failed == 0)
        bytes = spng_get_png_buffer(context, &len, &failed);
    if (bytes == NULL) {
        err = failed == SPNG_EMEM ? ERR_NO_MEMORY : ERR_INTERNAL;
        goto done;
    }
    buf_bytes(out, bytes, len);
    err = out->failed ? ERR_NO_MEMORY : ERR_OK;
done:
    free(bytes);
    spng_ctx_free(context);
    return err;
}
