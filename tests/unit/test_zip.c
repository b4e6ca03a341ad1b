// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/zip.h"

static void what_was_packed_unpacks_to_the_same(void **state) {
    (void)state;
    struct buf packed, again;
    buf_init(&packed);
    buf_init(&again);
    enum { SIZE = 3000000 };
    char *text = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = "{\"lon\":4.35}"[i % 12];
    assert_int_equal(zip_gzip(text, SIZE, &packed), ERR_OK);
    assert_true(packed.len < SIZE / 50);
    assert_int_equal(zip_gunzip(packed.data, packed.len, SIZE, &again), ERR_OK);
    assert_int_equal(again.len, SIZE);
    assert_memory_equal(again.data, text, SIZE);
    buf_clear(&again);
    assert_int_equal(zip_gunzip(packed.data, packed.len, SIZE - 1, &again), ERR_TOO_LARGE);
    assert_true(again.cap < 2 * SIZE + 200000);
    buf_clear(&again);
    assert_int_equal(zip_gunzip(packed.data, packed.len - 9, SIZE, &again), ERR_BAD_REQUEST);
    packed.data[20] ^= 0x55;
    buf_clear(&again);
    assert_int_not_equal(zip_gunzip(packed.data, packed.len, SIZE, &again), ERR_OK);
    free(text);
    buf_fini(&again);
    buf_fini(&packed);
}

static void nothing_packs_and_unpacks_to_nothing(void **state) {
    (void)state;
    struct buf packed, again;
    buf_init(&packed);
    buf_init(&again);
    assert_int_equal(zip_gzip("", 0, &packed), ERR_OK);
    assert_int_equal(zip_gunzip(packed.data, packed.len, 10, &again), ERR_OK);
    assert_int_equal(again.len, 0);
    assert_int_equal(zip_gunzip("plain text", 10, 100, &again), ERR_BAD_REQUEST);
    assert_int_equal(zip_gunzip("", 0, 100, &again), ERR_BAD_REQUEST);
    buf_fini(&again);
    buf_fini(&packed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_unpacks_to_the_same),
        cmocka_unit_test(nothing_packs_and_unpacks_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
