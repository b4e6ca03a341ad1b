// SPDX-License-Identifier: AGPL-3.0-or-later
// Tables, samples and guesses together: a guess is only as good as the table it is made from.
#include "test.h"
#include "model/import_sample.h"
#include "shared_data.h"

static struct arena arena;

static struct import_source open_source(const char *text, size_t len) {
    struct import_source source;
    struct fault fault = {0};
    enum err err = import_source_open(text, len, &arena, &fault, &source);
    if (err)
        fail_msg("%s: %s", fault.where, fault.why);
    return source;
}

static struct import_mapping guess(const struct import_source *source) {
    struct import_table table;
    struct import_mapping mapping;
    assert_int_equal(import_sample(source, 200, &arena, &table), ERR_OK);
    assert_int_equal(import_guess(&table, &arena, &mapping), ERR_OK);
    return mapping;
}

struct seen {
    char text[1000];
    size_t bad;
};

static enum err note_record(void *context, const struct import_record *record) {
    struct seen *seen = context;
    size_t at = strlen(seen->text);
    snprintf(seen->text + at, sizeof seen->text - at, "%d:%s|%s|%s%s;", (int)record->row,
             record->cells[0], record->cells[1], record->cells[2], record->geometry ? "*" : "");
    return ERR_OK;
}

static enum err note_bad(void *context, uint64_t row, const struct fault *fault) {
    (void)row;
    assert_true(fault->why[0]);
    ((struct seen *)context)->bad++;
    return ERR_OK;
}

static void a_csv_is_a_table_with_the_rows_a_spreadsheet_shows(void **state) {
    (void)state;
    const char *text = "a, b ,\n1,2\n\n3,4,5\n6,7,8,9\n";
    struct import_source source = open_source(text, strlen(text));
    struct seen seen = {0};
    assert_int_equal(source.column_count, 3);
    assert_string_equal(source.columns[1], "b");
    assert_string_equal(source.columns[2], "column 3");
    assert_int_equal(source.row_count, 3);
    assert_int_equal(import_source_each(&source, note_record, note_bad, &seen, NULL), ERR_OK);
    assert_string_equal(seen.text, "2:1|2|;4:3|4|5;");
    assert_int_equal(seen.bad, 1);
}

static void geojson_properties_are_columns_in_order_of_appearance(void **state) {
    (void)state;
    const char *text =
        " {\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"a\":\"x\",\"b\":1.5},\"geometry\":{\"type\":"
        "\"Point\","
        "\"coordinates\":[1,2]}},"
        "{\"type\":\"Feature\",\"properties\":{\"c\":[1,2],\"a\":true},\"geometry\":null},"
        "{\"type\":\"Feature\",\"properties\":5,\"geometry\":null}]}";
    struct import_source source = open_source(text, strlen(text));
    struct seen seen = {0};
    assert_true(source.geojson);
    assert_int_equal(source.column_count, 3);
    assert_int_equal(source.row_count, 3);
    assert_false(source.has_areas_or_lines);
    assert_int_equal(import_source_each(&source, note_record, note_bad, &seen, NULL), ERR_OK);
    assert_string_equal(seen.text, "1:x|1.5|*;2:true||[1,2];");
    assert_int_equal(seen.bad, 1);
}

static void tables_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } rows[] = {{"", ERR_BAD_CSV},
                {"\n\n", ERR_BAD_CSV},
                {"a,b,a\n1,2,3\n", ERR_BAD_CSV},
                {"{", ERR_BAD_JSON},
                {"{\"type\":\"Topology\"}", ERR_OK}, // one row, that is refused when it is read
                {"{\"type\":\"FeatureCollection\"}", ERR_BAD_GEOMETRY}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct import_source source;
        struct fault fault;
        assert_int_equal(
            import_source_open(rows[i].text, strlen(rows[i].text), &arena, &fault, &source),
            rows[i].err);
    }
}

static void distinct_parts_are_gathered_unless_there_are_too_many(void **state) {
    (void)state;
    const char *text = "id,kind\n1,\"a, b, \"\n2,b\n3,\n4,\"c,a\"\n";
    struct import_source source = open_source(text, strlen(text));
    struct import_value *values;
    size_t count;
    assert_int_equal(import_distinct(&source, 1, ',', &arena, &values, &count), ERR_OK);
    assert_int_equal(count, 3);
    assert_string_equal(values[0].cell, "a");
    assert_string_equal(values[2].cell, "c");
    assert_null(values[0].option);
    struct buf many;
    buf_init(&many);
    buf_str(&many, "id\n");
    for (int i = 0; i < 1000; i++)
        buf_printf(&many, "%d\n", i);
    source = open_source(many.data, many.len);
    assert_int_equal(import_distinct(&source, 0, 0, &arena, &values, &count), ERR_OK);
    assert_int_equal(count, 0);
    buf_fini(&many);
}

static void few_distinct_cells_are_gathered_column_by_column(void **state) {
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_str(&text, "id,kind,note\n");
    for (int i = 0; i < 100; i++)
        buf_printf(&text, "%d,%s,\n", i, i % 3 ? " safe " : "unsafe");
    struct import_source source = open_source(text.data, text.len);
    struct import_cells *columns;
    assert_int_equal(import_few_cells(&source, &arena, &columns), ERR_OK);
    assert_int_equal(columns[0].count, 0); // too many
    assert_int_equal(columns[1].count, 2);
    assert_string_equal(columns[1].cells[0], "unsafe");
    assert_string_equal(columns[1].cells[1], "safe");
    assert_int_equal(columns[2].count, 0); // empty
    buf_fini(&text);
}

static void national_grids_are_known_by_their_range(void **state) {
    (void)state;
    static const struct {
        const char *text, *crs;
    } rows[] = {
        {"lon,lat\n4.35,50.85\n", "EPSG:4326"},      {"e,n\n2683920,1245604\n", "EPSG:2056"},
        {"E;N\n683920;245604\n", "EPSG:21781"},      {"x,y\n149186.41,170810.74\n", "EPSG:31370"},
        {"x;y\n649186,04;670811,17\n", "EPSG:3812"}, {"x,y\n121000,487000\n", "EPSG:28992"},
        {"x,y\n652000,6862000\n", "EPSG:2154"},      {"x,y\n99999999,99999999\n", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct import_source source = open_source(rows[i].text, strlen(rows[i].text));
        struct import_mapping mapping = guess(&source);
        if (!rows[i].crs)
            assert_null(mapping.crs);
        else
            assert_string_equal(mapping.crs, rows[i].crs);
    }
}

static void a_comma_as_decimal_mark_is_noticed(void **state) {
    (void)state;
    const char *text = "nom;latitude;longitude\nParc;50,85;4,35\n";
    struct import_source source = open_source(text, strlen(text));
    struct import_mapping mapping = guess(&source);
    assert_int_equal(mapping.decimal, ',');
    assert_string_equal(mapping.x, "longitude");
    assert_string_equal(mapping.label, "nom");
    assert_int_equal(mapping.target, IMPORT_OVERLAY);
}

static void the_haiti_reports_are_understood(void **state) {
    (void)state;
    size_t len;
    char *text = shared_data_or_skip("reports/haiti_reports.csv", &len);
    struct import_source source = open_source(text, len);
    struct import_mapping mapping = guess(&source);
    assert_int_equal(source.row_count, 3593);
    assert_string_equal(mapping.x, "LONGITUDE");
    assert_string_equal(mapping.y, "LATITUDE");
    assert_string_equal(mapping.date, "INCIDENT DATE");
    assert_int_equal(mapping.date_order, DATE_DMY);
    assert_string_equal(mapping.crs, "EPSG:4326");
    assert_string_equal(mapping.answers[0].column, "CATEGORY");
    assert_int_equal(mapping.answers[0].separator, ',');
    assert_int_equal(mapping.target, IMPORT_SESSION);
    struct import_value *values;
    size_t count;
    assert_int_equal(import_distinct(&source, 2, ',', &arena, &values, &count), ERR_OK);
    assert_int_equal(count, 47);
    free(text);
}

static void the_zurich_reports_and_the_brussels_quarters_are_understood(void **state) {
    (void)state;
    size_t len;
    char *text = shared_data_or_skip("reports/zurich_reports_lv95_20k.csv", &len);
    struct import_source source = open_source(text, len);
    struct import_mapping mapping = guess(&source);
    assert_int_equal(source.row_count, 20000);
    assert_string_equal(mapping.crs, "EPSG:2056");
    assert_string_equal(mapping.answers[0].column, "service_code");
    assert_int_equal(mapping.answers[0].separator, 0);
    free(text);
    text = shared_data_or_skip("overlays/brussels_quarters.geojson", &len);
    source = open_source(text, len);
    mapping = guess(&source);
    assert_int_equal(source.row_count, 145);
    assert_true(source.has_areas_or_lines);
    assert_int_equal(mapping.target, IMPORT_OVERLAY);
    assert_null(mapping.x);
    assert_string_equal(mapping.crs, "EPSG:4326");
    free(text);
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
        cmocka_unit_test(a_csv_is_a_table_with_the_rows_a_spreadsheet_shows),
        cmocka_unit_test(geojson_properties_are_columns_in_order_of_appearance),
        cmocka_unit_test(tables_that_cannot_be_are_refused),
        cmocka_unit_test(distinct_parts_are_gathered_unless_there_are_too_many),
        cmocka_unit_test(few_distinct_cells_are_gathered_column_by_column),
        cmocka_unit_test(national_grids_are_known_by_their_range),
        cmocka_unit_test(a_comma_as_decimal_mark_is_noticed),
        cmocka_unit_test(the_haiti_reports_are_understood),
        cmocka_unit_test(the_zurich_reports_and_the_brussels_quarters_are_understood),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
