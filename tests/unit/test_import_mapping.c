// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/json.h"
#include "model/import_mapping.h"

static struct arena arena;

static enum err read_mapping(const char *text, struct fault *fault, struct import_mapping *out) {
    struct json_object *document;
    assert_int_equal(json_parse(text, strlen(text), fault, &document), ERR_OK);
    enum err err = import_mapping_read(document, &arena, fault, out);
    json_free(document);
    return err;
}

static void a_mapping_is_read_and_written_back(void **state) {
    (void)state;
    const char *text =
        "{\"target\":\"session\",\"session\":7,\"x\":\"LON\",\"y\":\"LAT\",\"crs\":\"EPSG:4326\","
        "\"date\":\"INCIDENT "
        "DATE\",\"date_order\":\"dmy\",\"participant\":\"who\",\"decimal\":\",\","
        "\"skip_refused\":true,\"counted\":true,\"category\":{\"column\":\"CATEGORY\",\"separator\":\",\","
        "\"values\":"
        "{\"1. Urgences | Emergency\":\"emergency\",\"8. Autre\":null}},\"answers\":{\"CATEGORY\":"
        "[{\"field\":\"needs\",\"separator\":\",\"},{\"field\":\"situation\",\"values\":{\"x\":"
        "\"y\"}}],"
        "\"score\":[{\"field\":\"welcome\"}]}}";
    struct import_mapping mapping;
    assert_int_equal(read_mapping(text, NULL, &mapping), ERR_OK);
    assert_int_equal(mapping.target, IMPORT_SESSION);
    assert_int_equal(mapping.session_id, 7);
    assert_int_equal(mapping.date_order, DATE_DMY);
    assert_int_equal(mapping.decimal, ',');
    assert_int_equal(mapping.answer_count, 4);
    assert_null(mapping.answers[0].field);
    assert_int_equal(mapping.answers[0].separator, ',');
    assert_string_equal(mapping.answers[0].values[0].option, "emergency");
    assert_null(mapping.answers[0].values[1].option);
    assert_string_equal(mapping.answers[2].field, "situation");
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    import_mapping_write(&w, &mapping);
    buf_char(&out, 0);
    struct import_mapping again;
    assert_int_equal(read_mapping(out.data, NULL, &again), ERR_OK);
    assert_int_equal(again.answer_count, 4);
    assert_string_equal(again.date, "INCIDENT DATE");
    assert_true(again.skip_refused);
    assert_true(again.counted);
    assert_string_equal(again.answers[3].column, "score");
    buf_fini(&out);
}

static void one_question_a_column_needs_no_list(void **state) {
    (void)state;
    struct import_mapping mapping;
    assert_int_equal(read_mapping("{\"target\":\"overlay\",\"answers\":{\"a\":{\"field\":\"b\"}}}",
                                  NULL, &mapping),
                     ERR_OK);
    assert_false(mapping.counted);
    assert_int_equal(mapping.answer_count, 1);
    assert_int_equal(mapping.decimal, '.');
    assert_null(mapping.x);
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"[]", "mapping"},
        {"{\"target\":\"planet\"}", "target"},
        {"{\"target\":\"session\"}", "session"},
        {"{\"x\":\"lon\"}", "y"},
        {"{\"y\":\"lat\"}", "x"},
        {"{\"x\":5,\"y\":\"lat\"}", "x"},
        {"{\"crs\":\"+proj=pipeline +step\"}", "crs"},
        {"{\"crs\":\"/etc/passwd\"}", "crs"},
        {"{\"crs\":\"EPSG:\"}", "crs"},
        {"{\"date_order\":\"dym\"}", "date_order"},
        {"{\"decimal\":\";\"}", "decimal"},
        {"{\"decimal\":\"..\"}", "decimal"},
        {"{\"category\":{}}", "category.column"},
        {"{\"category\":{\"column\":\"c\",\"separator\":\"ab\"}}", "separator"},
        {"{\"category\":{\"column\":\"c\",\"values\":{\"a\":5}}}", "values"},
        {"{\"category\":{\"column\":\"c\",\"colour\":\"red\"}}", "category"},
        {"{\"answers\":{\"a\":{}}}", "answers"},
        {"{\"answers\":[]}", "answers"},
        {"{\"skip_refused\":1}", "skip_refused"},
        {"{\"counted\":\"yes\"}", "counted"},
        {"{\"unknown\":1}", "mapping"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fault fault = {0};
        struct import_mapping mapping;
        assert_int_equal(read_mapping(rows[i].text, &fault, &mapping), ERR_BAD_FIELD);
        assert_string_equal(fault.where, rows[i].where);
    }
}

static int start(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_fini(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapping_is_read_and_written_back),
        cmocka_unit_test(one_question_a_column_needs_no_list),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
