// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/arena.h"
#include "model/base_maps.h"
#include "test.h"

#include <string.h>

static struct arena arena;

static int make_arena(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int end_arena(void **state) {
    (void)state;
    arena_fini(&arena);
    return 0;
}

static void names_are_read_in_their_order_and_written_back(void **state) {
    (void)state;
    static const char text[] = "[\"brussels_8\",\"a.b-c\",\"0\"]";
    struct base_maps maps;
    assert_int_equal(base_maps_parse(text, &arena, NULL, &maps), ERR_OK);
    assert_int_equal(maps.count, 3);
    assert_string_equal(maps.names[1], "a.b-c");
    assert_string_equal(base_maps_text(&maps, &arena), text);
    assert_int_equal(base_maps_parse("[]", &arena, NULL, &maps), ERR_OK);
    assert_int_equal(maps.count, 0);
}

static void what_is_no_list_of_names_is_refused_by_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *where;
    } cases[] = {
        {"{}", "base_maps"},
        {"\"a\"", "base_maps"},
        {"[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]", "base_maps"},
        {"[\"a\",\"\"]", "base_maps[1]"},
        {"[\"a\",null]", "base_maps[1]"},
        {"[7]", "base_maps[0]"},
        {"[\".hidden\"]", "base_maps[0]"},
        {"[\"..\"]", "base_maps[0]"},
        {"[\"a/b\"]", "base_maps[0]"},
        {"[\"a\\u0000\"]", "base_maps[0]"},
        {"[\"\xC3\xA9\"]", "base_maps[0]"},
        {"[\"a\",\"b\",\"a\"]", "base_maps[2]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fault fault = {0};
        struct base_maps maps;
        assert_int_equal(base_maps_parse(cases[i].text, &arena, &fault, &maps), ERR_BAD_FIELD);
        assert_string_equal(fault.where, cases[i].where);
    }
}

static void a_name_has_at_most_64_signs(void **state) {
    (void)state;
    char name[BASE_MAP_NAME_MAX + 2];
    memset(name, 'x', sizeof name);
    assert_true(base_map_name_valid(name, BASE_MAP_NAME_MAX));
    assert_false(base_map_name_valid(name, BASE_MAP_NAME_MAX + 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_read_in_their_order_and_written_back, make_arena,
                                        end_arena),
        cmocka_unit_test_setup_teardown(what_is_no_list_of_names_is_refused_by_its_place,
                                        make_arena, end_arena),
        cmocka_unit_test(a_name_has_at_most_64_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
