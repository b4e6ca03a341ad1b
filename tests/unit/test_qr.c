// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/qr.h"

static void a_code_is_one_svg_with_one_path_and_a_quiet_zone(void **state) {
    (void)state;
    struct buf out;
    buf_init(&out);
    assert_int_equal(qr_svg("http://repere.example/#join=abc", &out), ERR_OK);
    buf_char(&out, 0);
    assert_memory_equal(out.data, "<svg ", 5);
    assert_non_null(strstr(out.data, "</svg>"));
    // the finder pattern's first row: seven dark modules behind four light ones
    assert_non_null(strstr(out.data, "d=\"M4 4h7v1h-7z"));
    // error correction M takes version 3 for 31 bytes: 29 modules and two quiet zones
    assert_non_null(strstr(out.data, "viewBox=\"0 0 37 37\""));
    buf_fini(&out);
}

static void a_text_that_no_code_holds_is_too_large(void **state) {
    (void)state;
    char text[4000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = 0;
    struct buf out;
    buf_init(&out);
    assert_int_equal(qr_svg(text, &out), ERR_TOO_LARGE);
    buf_fini(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_one_svg_with_one_path_and_a_quiet_zone),
        cmocka_unit_test(a_text_that_no_code_holds_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
