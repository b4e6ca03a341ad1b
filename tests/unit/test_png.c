// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures and the colours they are made of.
#include "png.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <spng.h>
#include <stdlib.h>
#include <string.h>

static void a_picture_is_read_back_with_its_colours_and_transparency(void **state) {
    (void)state;
    uint8_t indexes[256 * 256];
    for (size_t i = 0; i < sizeof indexes; i++)
        indexes[i] = (uint8_t)(i / 256 % 6);
    struct palette_colour colours[6];
    for (size_t i = 0; i < 6; i++)
        colours[i] = palette_level(i, 5);
    struct buf png;
    buf_init(&png);
    assert_int_equal(png_palette(256, 256, indexes, colours, 6, &png), ERR_OK);
    spng_ctx *context = spng_ctx_new(0);
    spng_set_png_buffer(context, png.data, png.len);
    struct spng_ihdr ihdr;
    assert_int_equal(spng_get_ihdr(context, &ihdr), 0);
    assert_int_equal(ihdr.width, 256);
    assert_int_equal(ihdr.bit_depth, 8);
    assert_int_equal(ihdr.color_type, SPNG_COLOR_TYPE_INDEXED);
    uint8_t *rgba = malloc(256 * 256 * 4);
    assert_int_equal(
        spng_decode_image(context, rgba, 256 * 256 * 4, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS), 0);
    for (size_t i = 0; i < sizeof indexes; i++) {
        const struct palette_colour *colour = &colours[indexes[i]];
        const uint8_t expected[] = {colour->red, colour->green, colour->blue, colour->alpha};
        assert_memory_equal(rgba + 4 * i, expected, 4);
    }
    free(rgba);
    spng_ctx_free(context);
    buf_fini(&png);
}

static void sizes_and_palettes_out_of_range_are_refused(void **state) {
    (void)state;
    const uint8_t index = 0;
    struct palette_colour colours[257] = {{0}};
    struct buf png;
    buf_init(&png);
    assert_int_equal(png_palette(0, 1, &index, colours, 1, &png), ERR_BAD_PARAMETER);
    assert_int_equal(png_palette(1, 1, &index, colours, 0, &png), ERR_BAD_PARAMETER);
    assert_int_equal(png_palette(1, 1, &index, colours, 257, &png), ERR_BAD_PARAMETER);
    assert_int_equal(png.len, 0);
    buf_fini(&png);
}

/** Relative luminance (WCAG 2). */
static double luminance(struct palette_colour colour) {
    const double parts[] = {colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0};
    const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (size_t i = 0; i < 3; i++)
        sum += weights[i] *
               (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow((parts[i] + 0.055) / 1.055, 2.4));
    return sum;
}

static void each_level_is_darker_and_more_opaque_than_the_one_below(void **state) {
    (void)state;
    for (size_t count = 1; count <= 8; count++) {
        assert_int_equal(palette_level(0, count).alpha, 0);
        for (size_t level = 2; level <= count; level++) {
            struct palette_colour below = palette_level(level - 1, count);
            struct palette_colour here = palette_level(level, count);
            assert_true(luminance(here) < luminance(below));
            assert_true(here.alpha > below.alpha);
        }
    }
}

static void the_ends_of_the_ramp_are_cividis(void **state) {
    (void)state;
    char text[PALETTE_COLOUR_TEXT_SIZE];
    palette_text(palette_level(1, 5), text);
    assert_string_equal(text, "#fee838");
    palette_text(palette_level(5, 5), text);
    assert_string_equal(text, "#00224e");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_read_back_with_its_colours_and_transparency),
        cmocka_unit_test(sizes_and_palettes_out_of_range_are_refused),
        cmocka_unit_test(each_level_is_darker_and_more_opaque_than_the_one_below),
        cmocka_unit_test(the_ends_of_the_ramp_are_cividis),
    };
    return cmocka_run_group_tests_name("png", tests, NULL, NULL);
}
