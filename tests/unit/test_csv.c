// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"
#include "shared_data.h"

/* Rows as "number:a|b|c;" one after the other. */
static enum err note_row(void *context, const struct csv_row *row, struct fault *fault) {
    (void)fault;
    struct buf *out = context;
    buf_printf(out, "%d:", (int)row->number);
    for (size_t i = 0; i < row->count; i++) {
        assert_int_equal(strlen(row->cells[i]), row->lengths[i]);
        buf_printf(out, "%s%s", i ? "|" : "", row->cells[i]);
    }
    buf_char(out, ';');
    return ERR_OK;
}

static void assert_rows(const char *text, const char *rows) {
    struct buf out;
    struct fault fault = {0};
    buf_init(&out);
    assert_int_equal(csv_read(text, strlen(text), 0, note_row, &out, &fault), ERR_OK);
    buf_char(&out, 0);
    assert_string_equal(out.data, rows);
    buf_fini(&out);
}

static void rows_come_with_the_number_a_spreadsheet_shows(void **state) {
    (void)state;
    assert_rows("a,b\n1,2\n", "1:a|b;2:1|2;");
    assert_rows("a,b\r\n1,2\r\n\r\n3,4", "1:a|b;2:1|2;4:3|4;");
    assert_rows("a,b\n\n,\n1,2", "1:a|b;4:1|2;");
    assert_rows("a\r\"x\r\ny\"\rz\r", "1:a;2:x\r\ny;3:z;");
    assert_rows("a,b\n1\n1,2,3\n", "1:a|b;2:1;3:1|2|3;");
    assert_rows("a,b\n37'36\"N,x\n", "1:a|b;2:37'36\"N|x;");
    struct buf out;
    buf_init(&out);
    assert_int_equal(csv_read("", 0, 0, note_row, &out, NULL), ERR_OK);
    assert_int_equal(out.len, 0);
    buf_fini(&out);
}

static void the_delimiter_is_guessed_from_the_first_line(void **state) {
    (void)state;
    assert_rows("x;y\n4,35;50,84\n", "1:x|y;2:4,35|50,84;");
    assert_rows("x\ty\n4\t5\n", "1:x|y;2:4|5;");
    assert_rows("\"a;b;c\",d\n1,2\n", "1:a;b;c|d;2:1|2;");
    assert_int_equal(csv_guess_delimiter("alone", 5), ',');
}

static void a_byte_order_mark_is_passed_over(void **state) {
    (void)state;
    assert_rows("\xEF\xBB\xBFnom;lieu\n\xC3\xA9;b\n", "1:nom|lieu;2:\xC3\xA9|b;");
}

static void broken_files_are_refused_with_their_row(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t len;
        const char *where;
    } rows[] = {
        {"a,b\n1,\"2\n", 9, "row 2"},
        {"a,b\n1,2\n3,\xE9t\xE9\n", 14, "row 3"},
        {"a,b\n1\0,2\n", 9, "row 2"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fault fault = {0};
        struct buf out;
        buf_init(&out);
        assert_int_equal(csv_read(rows[i].text, rows[i].len, 0, note_row, &out, &fault),
                         ERR_BAD_CSV);
        assert_string_equal(fault.where, rows[i].where);
        buf_fini(&out);
    }
}

static void too_many_columns_and_too_large_a_cell_are_refused(void **state) {
    (void)state;
    struct buf text, out;
    buf_init(&text);
    buf_init(&out);
    for (int i = 0; i < 1001; i++)
        buf_str(&text, "x,");
    assert_int_equal(csv_read(text.data, text.len, 0, note_row, &out, NULL), ERR_BAD_CSV);
    buf_clear(&text);
    for (int i = 0; i < (1 << 20) + 1; i++)
        buf_char(&text, 'x');
    assert_int_equal(csv_read(text.data, text.len, 0, note_row, &out, NULL), ERR_BAD_CSV);
    buf_fini(&out);
    buf_fini(&text);
}

static enum err stop_at_two(void *context, const struct csv_row *row, struct fault *fault) {
    (void)fault;
    *(uint64_t *)context = row->number;
    return row->number == 2 ? ERR_CONFLICT : ERR_OK;
}

static void a_reader_that_has_enough_ends_the_reading(void **state) {
    (void)state;
    uint64_t last = 0;
    assert_int_equal(csv_read("a\nb\nc\nd\n", 8, 0, stop_at_two, &last, NULL), ERR_CONFLICT);
    assert_int_equal(last, 2);
}

static void cells_are_quoted_and_formulas_made_harmless(void **state) {
    (void)state;
    static const struct {
        const char *text, *cell;
    } rows[] = {
        {"plain", "plain"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"say \"yes\"", "\"say \"\"yes\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"=1+1", "'=1+1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"-2+3", "'-2+3"},
        {"-12.5", "-12.5"},
        {"+4", "+4"},
        {"-", "'-"},
        {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
        {"\tx", "\"'\tx\""},
        {" padded", "\" padded\""},
    };
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        buf_clear(&out);
        csv_cell(&out, rows[i].text, true);
        buf_char(&out, 0);
        assert_string_equal(out.data, rows[i].cell);
    }
    buf_clear(&out);
    csv_cell(&out, "a", true);
    csv_cell(&out, "b", false);
    csv_end_row(&out);
    assert_memory_equal(out.data, "a,b\r\n", 5);
    buf_fini(&out);
}

/* Rows against the expected array of objects, the first row being the names. */
struct expected {
    struct json_object *rows;
    char names[20][100];
    size_t seen;
};

static enum err compare_row(void *context, const struct csv_row *row, struct fault *fault) {
    (void)fault;
    struct expected *expected = context;
    for (size_t i = 0; i < row->count; i++) {
        if (row->number == 1) {
            snprintf(expected->names[i], sizeof expected->names[i], "%s", row->cells[i]);
            continue;
        }
        const char *text =
            json_text(json_get(json_at(expected->rows, expected->seen), expected->names[i]), NULL);
        assert_non_null(text);
        assert_string_equal(row->cells[i], text);
    }
    expected->seen += row->number > 1;
    return ERR_OK;
}

static void the_csv_spectrum_is_read_as_it_says(void **state) {
    (void)state;
    static const char *const names[] = {"comma_in_quotes",
                                        "empty",
                                        "empty_crlf",
                                        "escaped_quotes",
                                        "json",
                                        "newlines",
                                        "quotes_and_newlines",
                                        "simple",
                                        "simple_crlf",
                                        "utf8"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char path[200];
        size_t len, json_len;
        snprintf(path, sizeof path, "hostile/csv_spectrum/csvs/%s.csv", names[i]);
        char *text = shared_data_or_skip(path, &len);
        snprintf(path, sizeof path, "hostile/csv_spectrum/json/%s.json", names[i]);
        char *json = shared_data_or_skip(path, &json_len);
        struct expected expected = {0};
        assert_int_equal(json_parse(json, json_len, NULL, &expected.rows), ERR_OK);
        struct fault fault = {0};
        if (csv_read(text, len, 0, compare_row, &expected, &fault))
            fail_msg("%s: %s %s", names[i], fault.where, fault.why);
        assert_int_equal(expected.seen, json_length(expected.rows));
        json_free(expected.rows);
        free(json);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_with_the_number_a_spreadsheet_shows),
        cmocka_unit_test(the_delimiter_is_guessed_from_the_first_line),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(broken_files_are_refused_with_their_row),
        cmocka_unit_test(too_many_columns_and_too_large_a_cell_are_refused),
        cmocka_unit_test(a_reader_that_has_enough_ends_the_reading),
        cmocka_unit_test(cells_are_quoted_and_formulas_made_harmless),
        cmocka_unit_test(the_csv_spectrum_is_read_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
