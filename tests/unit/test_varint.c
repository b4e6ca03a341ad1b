// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "varint.h"

static void what_is_written_is_read(void **state) {
    (void)state;
    const uint64_t values[] = {0, 1, 127, 128, 300, 1ull << 35, UINT64_MAX - 1, UINT64_MAX};
    const size_t sizes[] = {1, 1, 1, 2, 2, 6, 10, 10};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct buf buf;
        uint64_t value = 7;
        buf_init(&buf);
        varint_write(&buf, values[i]);
        assert_int_equal(buf.len, sizes[i]);
        assert_int_equal(varint_read(buf.data, buf.len, &value), sizes[i]);
        assert_true(value == values[i]);
        assert_int_equal(varint_read(buf.data, buf.len - 1, &value), 0);
        buf_fini(&buf);
    }
}

static void more_than_64_bits_are_refused(void **state) {
    (void)state;
    const unsigned char over[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
    const unsigned char endless[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
    uint64_t value = 7;
    assert_int_equal(varint_read(over, sizeof over, &value), 0);
    assert_int_equal(varint_read(endless, sizeof endless, &value), 0);
    assert_true(value == 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(more_than_64_bits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
