// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json.h"
#include "exercise_fixture.h"
#include "model/answers.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define UUID "018f0000-0000-7000-8000-0000000000ab"

struct room {
    struct arena arena;
    const struct exercise *small; // tests/fixtures/exercises/small.json
    struct buf json;
    struct fault fault;
    struct answers answers;
    bool free_text;
    double precision_m;
};

static int open_room(void **state) {
    static struct room room;
    room = (struct room){.free_text = true, .precision_m = 50};
    arena_init(&room.arena);
    buf_init(&room.json);
    room.small = fixture_exercise(&room.arena, "tests/fixtures/exercises/small.json");
    *state = &room;
    return 0;
}

static int close_room(void **state) {
    struct room *room = *state;
    buf_fini(&room->json);
    arena_fini(&room->arena);
    return 0;
}

static enum err check_with(struct room *room, const struct exercise *exercise, const char *text) {
    struct json_object *document = NULL;
    assert_int_equal(json_parse(text, strlen(text), NULL, &document), ERR_OK);
    memset(&room->fault, 0, sizeof room->fault);
    enum err err = answers_check(exercise, room->free_text, room->precision_m, document,
                                 &room->arena, &room->json, &room->fault, &room->answers);
    json_free(document);
    return err;
}

static enum err check(struct room *room, const char *text) {
    return check_with(room, room->small, text);
}

static void gives(struct room *room, const char *text, const char *canonical) {
    enum err err = check(room, text);
    if (err)
        fail_msg("%s: %s %s", text, room->fault.where, room->fault.why);
    buf_char(&room->json, '\0');
    assert_string_equal(room->json.data, canonical);
}

static void refused(struct room *room, const char *text, const char *where) {
    enum err err = check(room, text);
    if (err != ERR_BAD_FIELD || strcmp(room->fault.where, where) != 0 || !room->fault.why[0])
        fail_msg("%s: %s at %s (%s), not at %s", text, err_name(err), room->fault.where,
                 room->fault.why, where);
}

static void the_category_alone_is_enough(void **state) {
    struct room *room = *state;
    gives(room, "{\"kind\":\"good\"}", "{\"kind\":\"good\"}");
    assert_string_equal(room->answers.category->id, "good");
    assert_int_equal(room->answers.link_count, 0);
}

static void answers_are_written_in_the_order_of_the_exercise(void **state) {
    gives(*state,
          " { \"other\" : \"018F0000-0000-7000-8000-0000000000AB\", \"words\":\"h\\u00e9 \\\"\", "
          "\"count\":9.0, \"rate\":0, \"why\":[\"past\",\"dark\"], \"kind\":\"bad\" } ",
          "{\"kind\":\"bad\",\"why\":[\"dark\",\"past\"],\"rate\":0,\"count\":9,"
          "\"words\":\"h\xc3\xa9 \\\"\",\"other\":\"" UUID "\"}");
}

static void not_applicable_is_an_answer_where_the_scale_has_it(void **state) {
    gives(*state, "{\"kind\":\"good\",\"rate\":\"na\"}", "{\"kind\":\"good\",\"rate\":\"na\"}");
    refused(*state, "{\"kind\":\"good\",\"count\":\"na\"}", "answers.count");
}

static void an_empty_list_is_the_same_as_no_answer(void **state) {
    gives(*state, "{\"kind\":\"bad\",\"why\":[]}", "{\"kind\":\"bad\"}");
}

static void the_coarser_precision_applies(void **state) {
    struct room *room = *state;
    check(room, "{\"kind\":\"good\"}");
    assert_true(room->answers.precision_m == 50);
    check(room, "{\"kind\":\"bad\"}");
    assert_true(room->answers.precision_m == 250);
    room->precision_m = 0;
    check(room, "{\"kind\":\"good\"}");
    assert_true(room->answers.precision_m == 0);
    room->precision_m = 50;
}

static void a_category_may_be_drawn_in_fewer_ways(void **state) {
    struct room *room = *state;
    check(room, "{\"kind\":\"good\"}");
    assert_int_equal(answers_allow(&room->answers, GEOMETRY_POLYGON, NULL), ERR_OK);
    assert_int_equal(answers_allow(&room->answers, GEOMETRY_LINE, NULL), ERR_BAD_GEOMETRY);
    check(room, "{\"kind\":\"bad\"}");
    assert_int_equal(answers_allow(&room->answers, GEOMETRY_POINT, NULL), ERR_OK);
    assert_int_equal(answers_allow(&room->answers, GEOMETRY_POLYGON, &room->fault),
                     ERR_BAD_GEOMETRY);
    assert_string_equal(room->fault.where, "geometry");
}

static void links_are_handed_on(void **state) {
    struct room *room = *state;
    assert_int_equal(check(room, "{\"kind\":\"good\",\"other\":\"" UUID "\"}"), ERR_OK);
    assert_int_equal(room->answers.link_count, 1);
    assert_string_equal(room->answers.links[0].field->id, "other");
    assert_int_equal(room->answers.links[0].uuid[15], 0xab);
}

static void each_bad_answer_is_refused_by_name(void **state) {
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"[]", "answers"},
        {"{}", "answers.kind"},
        {"{\"kind\":null}", "answers.kind"},
        {"{\"kind\":\"ugly\"}", "answers.kind"},
        {"{\"kind\":\"\"}", "answers.kind"},
        {"{\"kind\":\"good\\u0000\"}", "answers.kind"},
        {"{\"kind\":[\"good\"]}", "answers.kind"},
        {"{\"kind\":1}", "answers.kind"},
        {"{\"kind\":\"good\",\"unknown\":1}", "answers.unknown"},
        {"{\"kind\":\"good\",\"why\":[\"dark\"]}", "answers.why"},
        {"{\"kind\":\"bad\",\"why\":\"dark\"}", "answers.why"},
        {"{\"kind\":\"bad\",\"why\":[\"dark\",\"dark\"]}", "answers.why"},
        {"{\"kind\":\"bad\",\"why\":[\"dark\",\"good\"]}", "answers.why"},
        {"{\"kind\":\"bad\",\"why\":[null]}", "answers.why"},
        {"{\"kind\":\"good\",\"rate\":-1}", "answers.rate"},
        {"{\"kind\":\"good\",\"rate\":4}", "answers.rate"},
        {"{\"kind\":\"good\",\"rate\":1.5}", "answers.rate"},
        {"{\"kind\":\"good\",\"rate\":\"1\"}", "answers.rate"},
        {"{\"kind\":\"good\",\"rate\":\"NA\"}", "answers.rate"},
        {"{\"kind\":\"good\",\"count\":0}", "answers.count"},
        {"{\"kind\":\"good\",\"count\":1e99}", "answers.count"},
        {"{\"kind\":\"good\",\"count\":true}", "answers.count"},
        {"{\"kind\":\"good\",\"words\":\"sixsix\"}", "answers.words"},
        {"{\"kind\":\"good\",\"words\":\"\"}", "answers.words"},
        {"{\"kind\":\"good\",\"words\":\" \\n\"}", "answers.words"},
        {"{\"kind\":\"good\",\"words\":\"a\\u0000b\"}", "answers.words"},
        {"{\"kind\":\"good\",\"words\":\"a\\u001bb\"}", "answers.words"},
        {"{\"kind\":\"good\",\"words\":{}}", "answers.words"},
        {"{\"kind\":\"good\",\"other\":\"018f\"}", "answers.other"},
        {"{\"kind\":\"good\",\"other\":7}", "answers.other"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        refused(*state, rows[i].text, rows[i].where);
}

static void a_text_is_measured_in_characters(void **state) {
    gives(*state, "{\"kind\":\"good\",\"words\":\"\\u00e9\\u00e9\\u00e9\\ud83d\\ude00\\u00e9\"}",
          "{\"kind\":\"good\",\"words\":\"\xc3\xa9\xc3\xa9\xc3\xa9\xf0\x9f\x98\x80\xc3\xa9\"}");
    refused(*state, "{\"kind\":\"good\",\"words\":\"\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\\u00e9\"}",
            "answers.words");
}

static void free_text_is_taken_only_where_the_session_has_it(void **state) {
    struct room *room = *state;
    room->free_text = false;
    refused(room, "{\"kind\":\"good\",\"words\":\"hello\"}", "answers.words");
    gives(room, "{\"kind\":\"good\"}", "{\"kind\":\"good\"}");
    room->free_text = true;
}

static void a_required_answer_is_needed_only_when_it_is_asked(void **state) {
    struct room *room = *state;
    const char *text = fixture_text(&room->arena, "tests/fixtures/exercises/small.json", NULL);
    text = fixture_replaced(&room->arena, text, "\"type\":\"several\"",
                            "\"type\":\"several\",\"required\":true");
    text = fixture_replaced(&room->arena, text, "\"type\":\"text\"",
                            "\"type\":\"text\",\"required\":true");
    const struct exercise *strict = NULL;
    assert_int_equal(exercise_parse(text, strlen(text), &room->arena, NULL, &strict), ERR_OK);
    assert_int_equal(check_with(room, strict, "{\"kind\":\"bad\",\"words\":\"x\"}"), ERR_BAD_FIELD);
    assert_string_equal(room->fault.where, "answers.why");
    assert_int_equal(check_with(room, strict, "{\"kind\":\"bad\",\"why\":[],\"words\":\"x\"}"),
                     ERR_BAD_FIELD);
    assert_string_equal(room->fault.where, "answers.why");
    assert_int_equal(check_with(room, strict, "{\"kind\":\"good\",\"words\":\"x\"}"), ERR_OK);
    assert_int_equal(check_with(room, strict, "{\"kind\":\"good\"}"), ERR_BAD_FIELD);
    assert_string_equal(room->fault.where, "answers.words");
    room->free_text = false;
    assert_int_equal(check_with(room, strict, "{\"kind\":\"good\"}"), ERR_OK);
    room->free_text = true;
}

static void a_fault_never_repeats_what_somebody_typed(void **state) {
    struct room *room = *state;
    refused(room, "{\"kind\":\"good\",\"My address is 5\":1}", "answers");
    refused(room, "{\"kind\":\"secretword\"}", "answers.kind");
    assert_null(strstr(room->fault.why, "secretword"));
    refused(room, "{\"kind\":\"good\",\"count\":4242}", "answers.count");
    assert_null(strstr(room->fault.why, "4242"));
}

static void a_service_that_is_missing_is_asked_nothing_more(void **state) {
    struct room *room = *state;
    const struct exercise *services =
        fixture_exercise(&room->arena, "examples/exercises/city-services.json");
    assert_int_equal(check_with(room, services, "{\"kind\":\"toilets\",\"here\":\"missing\"}"),
                     ERR_OK);
    assert_int_equal(check_with(room, services,
                                "{\"kind\":\"toilets\",\"here\":\"missing\",\"barrier\":[\"cost\"]}"),
                     ERR_BAD_FIELD);
    assert_string_equal(room->fault.where, "answers.barrier");
    assert_int_equal(check_with(room, services,
                                "{\"kind\":\"health\",\"here\":\"exists\",\"knowledge\":\"go_often\","
                                "\"welcome\":5,\"recommend\":\"yes\"}"),
                     ERR_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_category_alone_is_enough),
        cmocka_unit_test(answers_are_written_in_the_order_of_the_exercise),
        cmocka_unit_test(not_applicable_is_an_answer_where_the_scale_has_it),
        cmocka_unit_test(an_empty_list_is_the_same_as_no_answer),
        cmocka_unit_test(the_coarser_precision_applies),
        cmocka_unit_test(a_category_may_be_drawn_in_fewer_ways),
        cmocka_unit_test(links_are_handed_on),
        cmocka_unit_test(each_bad_answer_is_refused_by_name),
        cmocka_unit_test(a_text_is_measured_in_characters),
        cmocka_unit_test(free_text_is_taken_only_where_the_session_has_it),
        cmocka_unit_test(a_required_answer_is_needed_only_when_it_is_asked),
        cmocka_unit_test(a_fault_never_repeats_what_somebody_typed),
        cmocka_unit_test(a_service_that_is_missing_is_asked_nothing_more),
    };
    return cmocka_run_group_tests(tests, open_room, close_room);
}
