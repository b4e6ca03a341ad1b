// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/arena.h"
#include <stdalign.h>

static void bytes_are_zeroed_and_aligned(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t size = 1; size < 300; size++) {
        unsigned char *bytes = arena_alloc(&arena, size);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xAA, size);
    }
    arena_fini(&arena);
}

static void a_piece_larger_than_any_block_is_served(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    char *large = arena_alloc(&arena, 5000000);
    assert_non_null(large);
    large[4999999] = 1;
    assert_non_null(arena_alloc(&arena, 10));
    arena_fini(&arena);
}

static void a_size_that_overflows_is_refused(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_array(&arena, SIZE_MAX / 2, 3));
    assert_null(arena_strndup(&arena, "", SIZE_MAX));
    assert_non_null(arena_array(&arena, 0, 16));
    arena_fini(&arena);
}

static void texts_are_copied_and_printed(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(arena_strndup(&arena, "quartier", 4), "quar");
    assert_string_equal(arena_strdup(&arena, "Marolles"), "Marolles");
    assert_string_equal(arena_printf(&arena, "%s %d", "zone", 30), "zone 30");
    arena_fini(&arena);
}

static void after_a_reset_memory_is_reused_and_zeroed_again(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        unsigned char *bytes = arena_alloc(&arena, 3000);
        assert_int_equal(bytes[0] | bytes[2999], 0);
        memset(bytes, 0xFF, 3000);
        arena_alloc(&arena, 3000);
        arena_reset(&arena);
        assert_int_equal(arena.used_bytes, 0);
    }
    arena_fini(&arena);
    arena_reset(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_zeroed_and_aligned),
        cmocka_unit_test(a_piece_larger_than_any_block_is_served),
        cmocka_unit_test(a_size_that_overflows_is_refused),
        cmocka_unit_test(texts_are_copied_and_printed),
        cmocka_unit_test(after_a_reset_memory_is_reused_and_zeroed_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
