// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/arena.h"
#include "model/group.h"
#include "test.h"

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

static void groups_are_read_and_written_back(void **state) {
    (void)state;
    static const char text[] = "[{\"id\":\"new\",\"label\":{\"en\":\"New here\",\"fr\":\"Nouvelle ici\"}},"
                               "{\"id\":\"old_timers\",\"label\":{\"ar\":\"\xD9\x85\xD8\xB1\"}}]";
    struct group_list groups;
    assert_int_equal(group_list_parse(text, &arena, NULL, &groups), ERR_OK);
    assert_int_equal(groups.count, 2);
    assert_string_equal(groups.items[0].label.phrases[1].words, "Nouvelle ici");
    assert_ptr_equal(group_find(&groups, "old_timers"), &groups.items[1]);
    assert_null(group_find(&groups, "old"));
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    group_list_write(&w, &groups);
    assert_int_equal(out.len, sizeof text - 1);
    assert_memory_equal(out.data, text, out.len);
    buf_fini(&out);
}

static void no_groups_are_an_empty_list(void **state) {
    (void)state;
    struct group_list groups;
    assert_int_equal(group_list_parse("[]", &arena, NULL, &groups), ERR_OK);
    assert_int_equal(groups.count, 0);
}

static void what_is_wrong_is_said_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *where;
    } cases[] = {
        {"{}", "groups"},
        {"[{\"id\":\"a\",\"label\":{\"en\":\"A\"}},{\"id\":\"a\",\"label\":{\"en\":\"B\"}}]", "groups[1].id"},
        {"[{\"id\":\"A\",\"label\":{\"en\":\"A\"}}]", "groups[0].id"},
        {"[{\"id\":\"a\"}]", "groups[0].label"},
        {"[{\"id\":\"a\",\"label\":{\"en\":\"two\\nlines\"}}]", "groups[0].label.en"},
        {"[{\"id\":\"a\",\"label\":{\"en\":\"A\"},\"floor\":2}]", "groups[0].floor"},
        {"[1,2,3,4]", "groups"},
        {"[1]", "groups[0]"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct group_list groups;
        struct fault fault = {0};
        assert_int_equal(group_list_parse(cases[i].text, &arena, &fault, &groups), ERR_BAD_FIELD);
        assert_string_equal(fault.where, cases[i].where);
        assert_true(fault.why[0]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_read_and_written_back),
        cmocka_unit_test(no_groups_are_an_empty_list),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
    };
    return cmocka_run_group_tests(tests, make_arena, end_arena);
}
