// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/api.h"

#include "test.h"

struct fixture {
    struct arena arena;
    struct request request;
    struct fields fields;
};

static int set_up(void **state) {
    struct fixture *x = calloc(1, sizeof *x);
    if (!x)
        return -1;
    arena_init(&x->arena);
    *state = x;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *x = *state;
    arena_fini(&x->arena);
    free(x);
    return 0;
}

/* Opens a body; the test reads from what is given back. */
static struct fields *open_body(struct fixture *x, const char *json) {
    x->request = (struct request){.arena = &x->arena, .body = json, .body_len = strlen(json)};
    fields_open(&x->request, &x->fields);
    return &x->fields;
}

static void assert_wrong(struct fixture *x, const char *where) {
    assert_int_equal(fields_close(&x->fields), ERR_BAD_FIELD);
    assert_string_equal(x->request.fault.where, where);
    assert_true(x->request.fault.why[0] != '\0');
}

static void what_is_asked_for_is_read(void **state) {
    struct fields *f =
        open_body(*state, "{\"a\":\"Été\",\"b\":7,\"c\":true,\"d\":[4.3,50.8,4.4,50.9],"
                          "\"e\":\"two\",\"f\":null}");
    static const char *const words[] = {"one", "two", NULL};
    struct bbox box = {0};
    assert_string_equal(fields_text(f, "a", 1, 5), "Été");
    assert_int_equal(fields_int_or(f, "b", 1, 7, 1), 7);
    assert_true(fields_bool(f, "c"));
    assert_true(fields_bbox(f, "d", true, &box));
    assert_true(box.west_deg == 4.3 && box.north_deg == 50.9);
    assert_int_equal(fields_one_of(f, "e", words, -1), 1);
    assert_string_equal(fields_text_or(f, "f", 9, "absent"), "absent");
    assert_int_equal(fields_close(f), ERR_OK);
}

static void absent_members_give_their_fallbacks(void **state) {
    struct fields *f = open_body(*state, "{}");
    static const char *const words[] = {"one", NULL};
    struct bbox box = {1, 2, 3, 4};
    assert_null(fields_text_or(f, "a", 9, NULL));
    assert_int_equal(fields_int_or(f, "b", 1, 2, -5), -5);
    assert_false(fields_bbox(f, "d", false, &box));
    assert_true(box.west_deg == 1);
    assert_int_equal(fields_one_of(f, "e", words, 3), 3);
    assert_null(fields_translations(f, "g", 9));
    assert_false(fields_has(f, "h"));
    assert_int_equal(fields_close(f), ERR_OK);
}

static void a_member_nobody_asked_for_is_refused_by_name(void **state) {
    struct fields *f = open_body(*state, "{\"title\":\"x\",\"titel\":\"y\"}");
    fields_text(f, "title", 1, 9);
    assert_wrong(*state, "titel");
}

static void a_member_with_a_strange_name_is_refused_without_repeating_it(void **state) {
    open_body(*state, "{\"<script>\":1}");
    assert_wrong(*state, "");
}

static void a_member_that_is_missing_is_named(void **state) {
    struct fields *f = open_body(*state, "{}");
    assert_null(fields_text(f, "title", 1, 9));
    assert_wrong(*state, "title");
}

static void the_first_thing_wrong_is_the_one_told(void **state) {
    struct fields *f = open_body(*state, "{\"a\":1,\"b\":\"x\"}");
    fields_text(f, "a", 1, 9);
    fields_int_or(f, "b", 1, 9, 1);
    assert_wrong(*state, "a");
}

static void texts_have_a_least_and_a_greatest_length(void **state) {
    struct fields *f = open_body(*state, "{\"a\":\"\"}");
    fields_text(f, "a", 1, 3);
    assert_wrong(*state, "a");
    f = open_body(*state, "{\"a\":\"abcd\"}");
    fields_text(f, "a", 1, 3);
    assert_wrong(*state, "a");
}

static void control_characters_are_no_text(void **state) {
    const char *bodies[] = {"{\"a\":\"x\\u0000y\"}", "{\"a\":\"x\\ny\"}", "{\"a\":\"\\u007f\"}",
                            "{\"a\":\"\\u001b[2J\"}"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct fields *f = open_body(*state, bodies[i]);
        fields_text(f, "a", 1, 9);
        assert_wrong(*state, "a");
    }
}

static void numbers_are_whole_and_in_range(void **state) {
    const char *bodies[] = {"{\"a\":0}",     "{\"a\":501}",  "{\"a\":1.5}",
                            "{\"a\":\"7\"}", "{\"a\":true}", "{\"a\":1e400}"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct fields *f = open_body(*state, bodies[i]);
        fields_int_or(f, "a", 1, 500, 1);
        assert_int_not_equal(fields_close(f), ERR_OK);
    }
}

static void only_true_and_false_are_truth_values(void **state) {
    struct fields *f = open_body(*state, "{\"a\":1}");
    fields_bool(f, "a");
    assert_wrong(*state, "a");
}

static void a_box_is_four_numbers_in_their_ranges(void **state) {
    const char *bodies[] = {"{\"a\":[1,2,3]}",      "{\"a\":[1,2,3,4,5]}", "{\"a\":[1,2,3,\"4\"]}",
                            "{\"a\":[181,2,3,4]}",  "{\"a\":[1,5,3,4]}",   "{\"a\":[1,2,3,91]}",
                            "{\"a\":{\"west\":1}}", "{\"a\":\"1,2,3,4\"}"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct bbox box = {9, 9, 9, 9};
        struct fields *f = open_body(*state, bodies[i]);
        assert_false(fields_bbox(f, "a", false, &box));
        assert_true(box.west_deg == 9);
        assert_wrong(*state, "a");
    }
}

static void a_word_that_is_not_listed_is_refused(void **state) {
    static const char *const words[] = {"one", "two", NULL};
    const char *bodies[] = {"{\"a\":\"three\"}", "{\"a\":\"on\"}", "{\"a\":\"one\\u0000\"}",
                            "{\"a\":1}"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct fields *f = open_body(*state, bodies[i]);
        fields_one_of(f, "a", words, 0);
        assert_wrong(*state, "a");
    }
}

static void translations_are_kept_as_json(void **state) {
    struct fields *f = open_body(*state, "{\"a\":{\"en\":\"Yes\\nno\",\"fr\":\"Oui\"}}");
    assert_string_equal(fields_translations(f, "a", 9), "{\"en\":\"Yes\\nno\",\"fr\":\"Oui\"}");
    assert_int_equal(fields_close(f), ERR_OK);
}

static void translations_are_texts_by_language(void **state) {
    const char *bodies[] = {"{\"a\":\"Yes\"}",
                            "{\"a\":{\"en\":1}}",
                            "{\"a\":{\"english!\":\"x\"}}",
                            "{\"a\":{\"en\":\"\"}}",
                            "{\"a\":{\"en\":\"0123456789\"}}",
                            "{\"a\":{\"en\":\"\\u0007\"}}"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct fields *f = open_body(*state, bodies[i]);
        fields_translations(f, "a", 9);
        assert_wrong(*state, "a");
    }
}

static void what_is_wrong_inside_is_told_with_its_path(void **state) {
    struct fields *f = open_body(*state, "{\"list\":[{\"name\":\"x\"},{\"name\":5}]}");
    struct json_object *list = fields_value(f, "list");
    struct fields inner;
    fields_inner(f, json_at(list, 1), "list[1]", &inner);
    fields_text(&inner, "name", 1, 9);
    f->err = fields_close(&inner);
    assert_wrong(*state, "list[1].name");
}

static void an_element_that_is_no_object_is_refused(void **state) {
    struct fields *f = open_body(*state, "{\"list\":[7]}");
    struct fields inner;
    fields_inner(f, json_at(fields_value(f, "list"), 0), "list[0]", &inner);
    f->err = fields_close(&inner);
    assert_wrong(*state, "list[0]");
}

static void a_body_that_is_no_object_is_refused(void **state) {
    open_body(*state, "[1]");
    assert_wrong(*state, "");
}

static void a_body_that_is_no_json_is_refused_as_such(void **state) {
    struct fixture *x = *state;
    open_body(x, "{\"a\":");
    assert_int_equal(fields_close(&x->fields), ERR_BAD_JSON);
    open_body(x, "");
    assert_int_equal(fields_close(&x->fields), ERR_BAD_JSON);
}

static enum err version_of(struct fixture *x, const char *header, int64_t *out) {
    x->request = (struct request){.arena = &x->arena, .if_match = header};
    return api_if_version(&x->request, out);
}

static void if_match_takes_a_version_quoted_or_bare(void **state) {
    int64_t version = -1;
    assert_int_equal(version_of(*state, "\"12\"", &version), ERR_OK);
    assert_int_equal(version, 12);
    assert_int_equal(version_of(*state, "3", &version), ERR_OK);
    assert_int_equal(version, 3);
    assert_int_equal(version_of(*state, NULL, &version), ERR_OK);
    assert_int_equal(version, 0);
    assert_int_equal(version_of(*state, "*", &version), ERR_OK);
    assert_int_equal(version, 0);
}

static void if_match_takes_nothing_else(void **state) {
    const char *bad[] = {
        "", "\"", "\"\"", "0", "-1", "\"12", "12\"", "x", "W/\"1\"", "1,2", "99999999999999999999"};
    int64_t version = -1;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(version_of(*state, bad[i], &version), ERR_BAD_REQUEST);
    assert_int_equal(version, -1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(what_is_asked_for_is_read),
        CASE(absent_members_give_their_fallbacks),
        CASE(a_member_nobody_asked_for_is_refused_by_name),
        CASE(a_member_with_a_strange_name_is_refused_without_repeating_it),
        CASE(a_member_that_is_missing_is_named),
        CASE(the_first_thing_wrong_is_the_one_told),
        CASE(texts_have_a_least_and_a_greatest_length),
        CASE(control_characters_are_no_text),
        CASE(numbers_are_whole_and_in_range),
        CASE(only_true_and_false_are_truth_values),
        CASE(a_box_is_four_numbers_in_their_ranges),
        CASE(a_word_that_is_not_listed_is_refused),
        CASE(translations_are_kept_as_json),
        CASE(translations_are_texts_by_language),
        CASE(what_is_wrong_inside_is_told_with_its_path),
        CASE(an_element_that_is_no_object_is_refused),
        CASE(a_body_that_is_no_object_is_refused),
        CASE(a_body_that_is_no_json_is_refused_as_such),
        CASE(if_match_takes_a_version_quoted_or_bare),
        CASE(if_match_takes_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
