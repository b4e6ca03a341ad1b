// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/buf.h"
#include "base/json.h"
#include "shared_data.h"
#include <dirent.h>
#include <locale.h>

static enum err parse(const char *text, struct fault *fault, struct json_object **doc) {
    return json_parse(text, strlen(text), fault, doc);
}

static void a_document_is_read_by_name_and_place(void **state) {
    (void)state;
    struct json_object *doc;
    assert_int_equal(parse(" {\"a\":[1,2.5,\"x\\u00e9\\n\",true,null],\"b\":{}} ", NULL, &doc),
                     ERR_OK);
    const struct json_object *list = json_get(doc, "a");
    assert_int_equal(json_type_of(list), JSON_ARRAY);
    assert_int_equal(json_length(list), 5);
    int64_t whole;
    double number;
    bool flag;
    size_t len;
    assert_true(json_integer(json_at(list, 0), &whole));
    assert_int_equal(whole, 1);
    assert_true(json_number(json_at(list, 1), &number));
    assert_true(number == 2.5);
    assert_false(json_integer(json_at(list, 1), &whole));
    assert_string_equal(json_text(json_at(list, 2), &len), "x\xC3\xA9\n");
    assert_int_equal(len, 4);
    assert_true(json_boolean(json_at(list, 3), &flag));
    assert_true(flag);
    assert_null(json_at(list, 4));
    assert_null(json_at(list, 5));
    assert_int_equal(json_type_of(json_get(doc, "b")), JSON_OBJECT);
    assert_null(json_get(doc, "c"));
    assert_null(json_get(list, "a"));
    json_free(doc);
}

static void a_null_member_is_told_from_a_missing_one(void **state) {
    (void)state;
    struct json_object *doc;
    assert_int_equal(parse("{\"a\":null}", NULL, &doc), ERR_OK);
    assert_null(json_get(doc, "a"));
    assert_true(json_has(doc, "a"));
    assert_false(json_has(doc, "b"));
    json_free(doc);
    assert_int_equal(parse("null", NULL, &doc), ERR_OK);
    assert_null(doc);
}

static void members_are_walked_in_their_order(void **state) {
    (void)state;
    struct json_object *doc, *value;
    assert_int_equal(parse("{\"z\":1,\"a\":2,\"m\":null}", NULL, &doc), ERR_OK);
    struct json_members it = {0};
    const char *key, *expected[] = {"z", "a", "m"};
    size_t n = 0;
    while (json_next(doc, &it, &key, &value))
        assert_string_equal(key, expected[n++]);
    assert_int_equal(n, 3);
    it = (struct json_members){0};
    assert_false(json_next(NULL, &it, &key, &value));
    json_free(doc);
}

static void what_misleads_is_refused_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *where, *why;
    } rows[] = {
        {"{\"a\":1,\"a\":2}", "byte 7", "a name stands twice in this object"},
        {"{\"a\":1,\"\\u0061\":2}", "byte 7", "a name stands twice in this object"},
        {"{\"a\\u0000b\":1}", "byte 4", "a name may not hold NUL"},
        {"\xEF\xBB\xBF{}", "byte 0", "a byte-order mark"},
        {"{} x", "byte 3", "text after the document's end"},
        {"", "byte 0", "the text ends too early"},
        {"[1,]", "byte 3", "not a JSON value"},
        {"[1e400]", "byte 1", "the number is too large"},
        {"[0.001e311]", "byte 1", "the number is too large"},
        {"[1234567890123456789]", "byte 1", "a whole number has at most 18 digits"},
        {"[\"\xC3\x28\"]", "byte 2", "not UTF-8"},
        {"[\"\\ud800\"]", "byte 3", "half a surrogate pair"},
        {"[\"\\udc00\"]", "byte 3", "half a surrogate pair"},
        {"[01]", "byte 1", "a number may not begin with 0"},
        {"{'a':1}", "byte 1", "a name in double quotes is missing"},
        {"[1 2]", "byte 3", "a comma or a closing bracket is missing"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fault fault = {0};
        struct json_object *doc = NULL;
        assert_int_equal(parse(rows[i].text, &fault, &doc), ERR_BAD_JSON);
        assert_string_equal(fault.where, rows[i].where);
        assert_string_equal(fault.why, rows[i].why);
    }
}

static void sixteen_levels_are_taken_and_seventeen_refused(void **state) {
    (void)state;
    struct json_object *doc;
    assert_int_equal(parse("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", NULL, &doc), ERR_OK);
    json_free(doc);
    assert_int_equal(parse("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", NULL, &doc), ERR_BAD_JSON);
}

static void a_name_twice_among_very_many_is_found(void **state) {
    (void)state;
    for (int twice = 0; twice < 2; twice++) {
        struct buf text;
        struct json_object *doc;
        buf_init(&text);
        buf_char(&text, '{');
        for (int i = 0; i < 50000; i++)
            buf_printf(&text, "\"k%d\":%d,", i, i);
        buf_str(&text, twice ? "\"k777\":1}" : "\"last\":1}");
        assert_int_equal(json_parse(text.data, text.len, NULL, &doc),
                         twice ? ERR_BAD_JSON : ERR_OK);
        if (!twice)
            json_free(doc);
        buf_fini(&text);
    }
}

static void numbers_keep_their_value_and_are_written_as_short_as_they_came(void **state) {
    (void)state;
    struct json_object *doc;
    size_t len;
    const char *text = "[0.1,15.435270667076113,-7,1e-7,123456789012345678,{\"a/b\":\"\\\"\"}]";
    assert_int_equal(parse(text, NULL, &doc), ERR_OK);
    assert_string_equal(json_write(doc, &len),
                        "[0.1,15.435270667076113,-7,1e-07,123456789012345678,{\"a/b\":\"\\\"\"}]");
    assert_int_equal(len, strlen(json_write(doc, NULL)));
    json_free(doc);
}

static void numbers_do_not_follow_the_locale(void **state) {
    (void)state;
    bool changed = setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8");
    struct json_object *doc;
    double number;
    assert_int_equal(parse("[4.35,3.14159265358979323846]", NULL, &doc), ERR_OK);
    assert_true(json_number(json_at(doc, 0), &number));
    assert_true(number == 4.35);
    assert_string_equal(json_write(doc, NULL), "[4.35,3.141592653589793]");
    json_free(doc);
    setlocale(LC_NUMERIC, "C");
    if (!changed)
        skip();
}

static enum err sum_element(void *context, size_t index, struct json_object *element,
                            struct fault *fault) {
    (void)fault;
    int64_t number = 0;
    json_integer(json_get(element, "n"), &number);
    *(int64_t *)context += number * (int64_t)(index + 1);
    return number == 13 ? ERR_CONFLICT : ERR_OK;
}

static void elements_of_one_member_are_handed_out_and_not_kept(void **state) {
    (void)state;
    const char *text =
        "{\"before\":[1,2],\"features\":[{\"n\":1},{\"n\":2,\"in\":[[1]]},5,null,[]],"
        "\"after\":{\"features\":[{\"n\":100}]}}";
    struct json_object *doc;
    int64_t sum = 0;
    assert_int_equal(json_parse_each(text, strlen(text), "features", sum_element, &sum, NULL, &doc),
                     ERR_OK);
    assert_int_equal(sum, 5);
    assert_int_equal(json_length(json_get(doc, "features")), 0);
    assert_int_equal(json_length(json_get(doc, "before")), 2);
    assert_int_equal(json_length(json_get(json_get(doc, "after"), "features")), 1);
    json_free(doc);
    const char *stops = "{\"features\":[{\"n\":13},{\"n\":1}]}";
    assert_int_equal(
        json_parse_each(stops, strlen(stops), "features", sum_element, &sum, NULL, &doc),
        ERR_CONFLICT);
}

static void fifty_megabytes_are_no_trouble(void **state) {
    (void)state;
    struct buf text;
    struct json_object *doc;
    buf_init(&text);
    buf_str(&text, "{\"features\":[{\"n\":0}");
    while (text.len < 50000000)
        buf_str(&text, ",{\"n\":1,\"geometry\":[4.351721,50.846557,4.351721,50.846557]}");
    buf_str(&text, "]}");
    int64_t sum = 0;
    assert_int_equal(
        json_parse_each(text.data, text.len, "features", sum_element, &sum, NULL, &doc), ERR_OK);
    assert_true(sum > 100000);
    json_free(doc);
    buf_fini(&text);
}

/* RFC 8259 lets names repeat and hold NUL; we refuse both on purpose. */
static bool stricter_on_purpose(const char *name) {
    return strstr(name, "duplicated_key") || strstr(name, "escaped_null_in_key");
}

static void the_json_test_suite_agrees(void **state) {
    (void)state;
    char folder[SHARED_PATH_SIZE], path[SHARED_PATH_SIZE + 300];
    DIR *dir = shared_data_path("hostile/json_parsing", folder) ? opendir(folder) : NULL;
    if (!dir)
        skip();
    int seen = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!strstr(entry->d_name, ".json"))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        size_t len;
        char *text = read_whole_file(path, &len);
        assert_non_null(text);
        // a copy of just the size, so that a read beyond it is seen by the sanitizer
        char *exact = malloc(len ? len : 1);
        memcpy(exact, text, len);
        struct json_object *doc = NULL;
        enum err err = json_parse(exact, len, NULL, &doc);
        bool taken = err == ERR_OK;
        bool expected = entry->d_name[0] == 'y' && !stricter_on_purpose(entry->d_name);
        if (entry->d_name[0] != 'i' && taken != expected) {
            print_error("%s: %s\n", entry->d_name, err_name(err));
            wrong++;
        }
        seen++;
        if (taken)
            json_free(doc);
        free(exact);
        free(text);
    }
    closedir(dir);
    assert_true(seen > 300);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_read_by_name_and_place),
        cmocka_unit_test(a_null_member_is_told_from_a_missing_one),
        cmocka_unit_test(members_are_walked_in_their_order),
        cmocka_unit_test(what_misleads_is_refused_with_its_place),
        cmocka_unit_test(sixteen_levels_are_taken_and_seventeen_refused),
        cmocka_unit_test(a_name_twice_among_very_many_is_found),
        cmocka_unit_test(numbers_keep_their_value_and_are_written_as_short_as_they_came),
        cmocka_unit_test(numbers_do_not_follow_the_locale),
        cmocka_unit_test(elements_of_one_member_are_handed_out_and_not_kept),
        cmocka_unit_test(fifty_megabytes_are_no_trouble),
        cmocka_unit_test(the_json_test_suite_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
