// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json.h"
#include "exercise_fixture.h"
#include "model/exercise.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SMALL "tests/fixtures/exercises/small.json"
#define TEMPLATE(name) "examples/exercises/" name ".json"

static const char *const templates[] = {TEMPLATE("safety-map"), TEMPLATE("city-services"),
                                        TEMPLATE("asset-map"), TEMPLATE("exploratory-walk"),
                                        TEMPLATE("problem-tree")};

static int make_arena(void **state) {
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int end_arena(void **state) {
    arena_fini(*state);
    return 0;
}

static const char *in_languages(struct arena *arena, const struct exercise *exercise,
                                uint32_t languages) {
    struct buf buf;
    struct jsonw w;
    buf_init(&buf);
    jsonw_init(&w, &buf);
    exercise_write_in(&w, exercise, languages);
    const char *text = arena_strndup(arena, buf.data, buf.len);
    buf_fini(&buf);
    return text;
}

static const char *written(struct arena *arena, const struct exercise *exercise) {
    return in_languages(arena, exercise, UINT32_MAX);
}

static void each_template_is_an_exercise(void **state) {
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        const struct exercise *exercise = fixture_exercise(*state, templates[i]);
        assert_non_null(strstr(templates[i], exercise->id));
        assert_int_equal(exercise->title.count, 12);
        assert_ptr_equal(exercise->category, exercise_field_find(exercise, exercise->category->id));
        for (size_t o = 0; o < exercise->category->option_count; o++)
            assert_true(exercise->category->options[o].draw);
    }
}

static void sensitive_templates_are_never_exact(void **state) {
    const struct exercise *safety = fixture_exercise(*state, TEMPLATE("safety-map"));
    const struct exercise *walk = fixture_exercise(*state, TEMPLATE("exploratory-walk"));
    assert_true(safety->sensitive && safety->precision_m == 50);
    assert_true(walk->sensitive && walk->precision_m > 0);
}

static void a_past_event_opens_the_help_contacts(void **state) {
    const struct exercise *safety = fixture_exercise(*state, TEMPLATE("safety-map"));
    assert_string_equal(safety->help_field->id, "unsafe_because");
    assert_string_equal(safety->help_option->id, "past_event");
    assert_null(fixture_exercise(*state, TEMPLATE("asset-map"))->help_field);
}

static void a_persons_asset_is_kept_at_250_metres(void **state) {
    const struct exercise *assets = fixture_exercise(*state, TEMPLATE("asset-map"));
    const struct exercise_option *person = exercise_option_find(assets->category, "person");
    assert_int_equal(person->precision_m, 250);
    assert_int_equal(person->draw, DRAW_POINT);
    assert_int_equal(exercise_option_find(assets->category, "association")->draw,
                     DRAW_POINT | DRAW_AREA);
}

static void a_route_is_a_line_and_a_stop_a_point(void **state) {
    const struct exercise *walk = fixture_exercise(*state, TEMPLATE("exploratory-walk"));
    assert_int_equal(exercise_option_find(walk->category, "route")->draw, DRAW_LINE);
    assert_int_equal(exercise_option_find(walk->category, "stop")->draw, DRAW_POINT);
    size_t scales = 0;
    for (size_t i = 0; i < walk->field_count; i++) {
        const struct exercise_field *field = &walk->fields[i];
        if (field->type != FIELD_SCALE)
            continue;
        scales++;
        assert_true(field->min == 0 && field->max == 3 && field->not_applicable);
        assert_string_equal(field->if_field->id, "element");
    }
    assert_int_equal(scales, 12);
}

static void what_hangs_on_the_tree_is_linked_to_what_it_hangs_on(void **state) {
    const struct exercise *tree = fixture_exercise(*state, TEMPLATE("problem-tree"));
    const struct exercise_field *parent = exercise_field_find(tree, "parent");
    assert_int_equal(parent->type, FIELD_LINK);
    assert_ptr_equal(parent->if_field, tree->category);
    assert_int_equal(parent->if_options, 0xe); // all but the core problem
    assert_int_equal(exercise_field_find(tree, "statement")->type, FIELD_TEXT);
    assert_int_equal(tree->publish_categories[1].options, 0x6); // causes and root causes
}

static void every_member_of_the_document_arrives(void **state) {
    const struct exercise *small = fixture_exercise(*state, SMALL);
    assert_string_equal(small->id, "small");
    assert_int_equal(small->version, 1);
    assert_string_equal(small->title.phrases[1].language, "fr");
    assert_string_equal(small->title.phrases[1].words, "Petit");
    assert_false(small->sensitive);
    assert_int_equal(small->draw, DRAW_POINT | DRAW_AREA);
    assert_int_equal(small->field_count, 6);
    assert_ptr_equal(small->category, &small->fields[0]);
    assert_true(small->fields[0].required);
    const struct exercise_option *bad = &small->fields[0].options[1];
    assert_string_equal(bad->icon, "cross");
    assert_string_equal(bad->colour, "#d55e00");
    assert_string_equal(bad->shape, "diamond");
    assert_int_equal(bad->precision_m, 250);
    assert_ptr_equal(small->fields[1].if_field, &small->fields[0]);
    assert_int_equal(small->fields[1].if_options, 1 << 1);
    assert_int_equal(small->fields[1].options[0].draw, 0);
    assert_string_equal(small->fields[2].high.phrases[0].words, "High");
    assert_int_equal(small->fields[3].max, 9);
    assert_int_equal(small->fields[4].max_characters, 5);
    assert_int_equal(small->fields[5].type, FIELD_LINK);
    assert_ptr_equal(small->help_option, &small->fields[1].options[1]);
}

static void an_edition_tells_apart_what_the_document_says(void **state) {
    const struct exercise *small = fixture_exercise(*state, SMALL);
    assert_int_equal(small->publish_category_count, 2);
    const struct exercise_slice *bad = &small->publish_categories[0];
    assert_string_equal(bad->id, "bad");
    assert_ptr_equal(bad->field, small->category);
    assert_int_equal(bad->options, 1 << 1);
    assert_string_equal(bad->label.phrases[1].words, "Mal");
    assert_string_equal(bad->colour, "#d55e00"); // its option's
    assert_string_equal(bad->icon, "cross");
    assert_true(bad->concern);
    const struct exercise_slice *reason = &small->publish_categories[1];
    assert_string_equal(reason->field->id, "why");
    assert_int_equal(reason->options, 3);
    assert_string_equal(reason->colour, "#000000"); // its own
    assert_string_equal(reason->icon, "moon");
    assert_false(reason->concern);
    assert_int_equal(small->publish_time_count, 1);
    assert_string_equal(small->publish_times[0].field->id, "why");
    assert_int_equal(small->publish_times[0].options, 1 << 1);
    assert_null(small->publish_times[0].colour);
}

static void without_a_word_the_first_six_categories_are_told_apart(void **state) {
    const struct exercise *assets = fixture_exercise(*state, TEMPLATE("asset-map"));
    assert_int_equal(assets->publish_category_count, 5);
    assert_string_equal(assets->publish_categories[4].id, "culture_story");
    assert_int_equal(assets->publish_categories[4].options, 1 << 4);
    assert_string_equal(assets->publish_categories[4].colour, "#88ccee");
    assert_string_equal(assets->publish_categories[4].label.phrases[0].words, "Culture/story");
    assert_int_equal(assets->publish_time_count, 0);
}

static void times_alone_leave_the_categories_as_they_are(void **state) {
    const char *text = fixture_replaced(*state, fixture_text(*state, SMALL, NULL),
                                        "{\"categories\":[{\"id\":\"bad\",\"label\":{\"en\":\"Bad\",\"fr\":\"Mal\"}"
                                        ",\"options\":[\"bad\"],\"concern\":true},{\"id\":\"reason\",\"label\":{\"en\":"
                                        "\"With a reason\",\"fr\":\"Avec raison\"},\"field\":\"why\",\"options\":"
                                        "[\"dark\",\"past\"],\"colour\":\"#000000\",\"icon\":\"moon\"}],",
                                        "{");
    const struct exercise *small = NULL;
    struct fault fault = {0};
    assert_int_equal(exercise_parse(text, strlen(text), *state, &fault, &small), ERR_OK);
    assert_int_equal(small->publish_category_count, 2);
    assert_string_equal(small->publish_categories[0].id, "good");
    assert_int_equal(small->publish_time_count, 1);
    const char *again = written(*state, small);
    assert_non_null(strstr(again, "\"publish\":{\"times\":"));
    assert_null(strstr(again, "\"categories\""));
}

static void the_safety_map_is_published_by_feeling_and_by_time_of_day(void **state) {
    const struct exercise *safety = fixture_exercise(*state, TEMPLATE("safety-map"));
    assert_int_equal(safety->publish_category_count, 3);
    assert_string_equal(safety->publish_categories[0].id, "unsafe");
    assert_int_equal(safety->publish_categories[0].options, 3); // very unsafe, unsafe
    assert_true(safety->publish_categories[0].concern);
    assert_int_equal(safety->publish_time_count, 3);
    for (size_t i = 0; i < 3; i++) // always is day, evening and night
        assert_true(safety->publish_times[i].options >> 4 & 1);
}

static void what_is_written_reads_back_the_same(void **state) {
    for (size_t i = 0; i <= sizeof templates / sizeof templates[0]; i++) {
        const char *path = i ? templates[i - 1] : SMALL;
        const char *first = written(*state, fixture_exercise(*state, path));
        const struct exercise *again = NULL;
        assert_int_equal(exercise_parse(first, strlen(first), *state, NULL, &again), ERR_OK);
        assert_string_equal(written(*state, again), first);
    }
}

static void nothing_of_the_document_is_lost_in_writing(void **state) {
    // the small exercise is in canonical form already, but for where its conditions stand
    size_t len = 0;
    const char *text = fixture_text(*state, SMALL, &len);
    assert_int_equal(strlen(written(*state, fixture_exercise(*state, SMALL))), len - 1);
    assert_int_equal(text[len - 1], '\n');
}

static void a_language_is_checked_unless_the_document_says_draft(void **state) {
    const char *text = fixture_replaced(
        *state, fixture_text(*state, SMALL, NULL), "\"sensitivity\"",
        "\"languages\":{\"fr\":\"draft\",\"en\":\"checked\"},\"sensitivity\"");
    const struct exercise *small = NULL;
    assert_int_equal(exercise_parse(text, strlen(text), *state, NULL, &small), ERR_OK);
    assert_int_equal(small->drafts, exercise_language_bit(small, "fr"));
    assert_non_null(strstr(written(*state, small),
                           "\"languages\":{\"en\":\"checked\",\"fr\":\"draft\"},\"sensitivity\""));
    assert_int_equal(fixture_exercise(*state, SMALL)->drafts, 0);
    assert_int_equal(exercise_language_bit(small, "f"), 0);
}

static void it_is_written_in_fewer_languages_than_it_has(void **state) {
    const struct exercise *small = fixture_exercise(*state, SMALL);
    const char *text = in_languages(*state, small, exercise_language_bit(small, "fr"));
    assert_non_null(strstr(text, "\"title\":{\"fr\":\"Petit\"}"));
    assert_null(strstr(text, "\"en\":"));
    const struct exercise *again = NULL;
    assert_int_equal(exercise_parse(text, strlen(text), *state, NULL, &again), ERR_OK);
    // one that it does not speak leaves it whole
    assert_string_equal(in_languages(*state, small, 1 << 7), written(*state, small));
}

static void each_broken_document_is_refused_where_it_is_broken(void **state) {
    const char *small = fixture_text(*state, SMALL, NULL);
    size_t len = 0;
    const char *table = fixture_text(*state, "tests/fixtures/exercises/broken.json", &len);
    struct json_object *list = NULL;
    assert_int_equal(json_parse(table, len, NULL, &list), ERR_OK);
    for (size_t i = 0; i < json_length(list); i++) {
        struct json_object *row = json_at(list, i);
        const char *name = json_text(json_get(row, "name"), NULL);
        const char *text = fixture_replaced(*state, small, json_text(json_get(row, "replace"), NULL),
                                            json_text(json_get(row, "by"), NULL));
        const struct exercise *exercise = NULL;
        struct fault fault = {0};
        enum err err = exercise_parse(text, strlen(text), *state, &fault, &exercise);
        const char *where = json_text(json_get(row, "where"), NULL);
        if (err != ERR_BAD_FIELD || strcmp(fault.where, where) != 0)
            fail_msg("%s: %s at %s (%s), not at %s", name, err_name(err), fault.where, fault.why,
                     where);
        assert_true(fault.why[0]);
        assert_null(exercise);
    }
    json_free(list);
}

static void what_is_no_json_or_no_object_is_refused(void **state) {
    const struct exercise *exercise = NULL;
    struct fault fault = {0};
    assert_int_equal(exercise_parse("{", 1, *state, &fault, &exercise), ERR_BAD_JSON);
    assert_int_equal(exercise_parse("[]", 2, *state, &fault, &exercise), ERR_BAD_FIELD);
    assert_int_equal(exercise_parse("null", 4, *state, &fault, &exercise), ERR_BAD_FIELD);
}

static void a_multi_geometry_counts_as_what_it_is_made_of(void **state) {
    (void)state;
    assert_int_equal(exercise_draw_of(GEOMETRY_POINT), DRAW_POINT);
    assert_int_equal(exercise_draw_of(GEOMETRY_MULTI_LINE), DRAW_LINE);
    assert_int_equal(exercise_draw_of(GEOMETRY_MULTI_POLYGON), DRAW_AREA);
    assert_string_equal(exercise_draw_name(DRAW_AREA), "area");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_template_is_an_exercise),
        cmocka_unit_test(sensitive_templates_are_never_exact),
        cmocka_unit_test(a_past_event_opens_the_help_contacts),
        cmocka_unit_test(a_persons_asset_is_kept_at_250_metres),
        cmocka_unit_test(a_route_is_a_line_and_a_stop_a_point),
        cmocka_unit_test(what_hangs_on_the_tree_is_linked_to_what_it_hangs_on),
        cmocka_unit_test(every_member_of_the_document_arrives),
        cmocka_unit_test(an_edition_tells_apart_what_the_document_says),
        cmocka_unit_test(without_a_word_the_first_six_categories_are_told_apart),
        cmocka_unit_test(times_alone_leave_the_categories_as_they_are),
        cmocka_unit_test(the_safety_map_is_published_by_feeling_and_by_time_of_day),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(nothing_of_the_document_is_lost_in_writing),
        cmocka_unit_test(a_language_is_checked_unless_the_document_says_draft),
        cmocka_unit_test(it_is_written_in_fewer_languages_than_it_has),
        cmocka_unit_test(each_broken_document_is_refused_where_it_is_broken),
        cmocka_unit_test(what_is_no_json_or_no_object_is_refused),
        cmocka_unit_test(a_multi_geometry_counts_as_what_it_is_made_of),
    };
    return cmocka_run_group_tests(tests, make_arena, end_arena);
}
