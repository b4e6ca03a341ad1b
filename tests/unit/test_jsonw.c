// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/json.h"
#include "base/jsonw.h"

static void assert_wrote(struct buf *out, const char *text) {
    assert_false(out->failed);
    assert_int_equal(out->len, strlen(text));
    assert_memory_equal(out->data, text, out->len);
}

static void commas_stand_between_values_only(void **state) {
    (void)state;
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    jsonw_object(&w);
    jsonw_kstr(&w, "name", "Marolles");
    jsonw_kstr(&w, "none", NULL);
    jsonw_key(&w, "list");
    jsonw_array(&w);
    jsonw_i64(&w, -5);
    jsonw_array(&w);
    jsonw_array_end(&w);
    jsonw_object(&w);
    jsonw_object_end(&w);
    jsonw_bool(&w, true);
    jsonw_null(&w);
    jsonw_array_end(&w);
    jsonw_kfixed(&w, "x", 4.35, 2);
    jsonw_kbool(&w, "no", false);
    jsonw_ktime(&w, "at", 1772357400000);
    jsonw_ktime(&w, "never", 0);
    jsonw_kraw(&w, "raw", "{\"a\":1}");
    jsonw_kraw(&w, "raw2", NULL);
    jsonw_object_end(&w);
    assert_wrote(&out, "{\"name\":\"Marolles\",\"none\":null,\"list\":[-5,[],{},true,null],"
                       "\"x\":4.35,\"no\":false,\"at\":\"2026-03-01T09:30:00Z\",\"never\":null,"
                       "\"raw\":{\"a\":1},\"raw2\":null}");
    buf_fini(&out);
}

static void texts_are_escaped_and_bad_bytes_replaced(void **state) {
    (void)state;
    static const struct {
        const char *text, *json;
    } rows[] = {
        {"", "\"\""},
        {"a\"b\\c", "\"a\\\"b\\\\c\""},
        {"\n\r\t\x01", "\"\\n\\r\\t\\u0001\""},
        {"</script>", "\"\\u003c/script>\""},
        {"caf\xC3\xA9 \xF0\x9F\x98\x80", "\"caf\xC3\xA9 \xF0\x9F\x98\x80\""},
        {"\xFF", "\"\xEF\xBF\xBD\""},
        {"a\xC3", "\"a\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\x7F", "\"\\u007f\""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct buf out;
        struct jsonw w;
        buf_init(&out);
        jsonw_init(&w, &out);
        jsonw_str(&w, rows[i].text);
        assert_wrote(&out, rows[i].json);
        buf_fini(&out);
    }
}

static void every_byte_comes_out_as_json_that_reads_back(void **state) {
    (void)state;
    char text[256];
    for (int i = 0; i < 256; i++)
        text[i] = (char)i;
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    jsonw_strn(&w, text, sizeof text);
    struct json_object *doc;
    assert_int_equal(json_parse(out.data, out.len, NULL, &doc), ERR_OK);
    size_t len;
    const char *again = json_text(doc, &len);
    assert_memory_equal(again, text, 128);
    json_free(doc);
    buf_fini(&out);
}

static void a_byte_that_needs_care_is_seen_wherever_it_stands(void **state) {
    (void)state;
    enum { LONGEST = 20 };
    for (unsigned byte = 0; byte < 256; byte++) {
        bool care = byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\' || byte == '<';
        for (size_t len = 1; len <= LONGEST; len++) {
            for (size_t at = 0; at < len; at++) {
                char text[LONGEST];
                struct buf out;
                struct jsonw w;
                memset(text, 'a', len);
                text[at] = (char)byte;
                buf_init(&out);
                jsonw_init(&w, &out);
                jsonw_strn(&w, text, len);
                bool as_it_is = out.len == len + 2 && memcmp(out.data + 1, text, len) == 0;
                assert_int_equal(as_it_is, !care);
                buf_fini(&out);
            }
        }
    }
}

static void nesting_beyond_31_levels_fails_rather_than_writing_nonsense(void **state) {
    (void)state;
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    for (int i = 0; i < 32; i++)
        jsonw_array(&w);
    assert_true(out.failed);
    buf_fini(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_values_only),
        cmocka_unit_test(texts_are_escaped_and_bad_bytes_replaced),
        cmocka_unit_test(every_byte_comes_out_as_json_that_reads_back),
        cmocka_unit_test(a_byte_that_needs_care_is_seen_wherever_it_stands),
        cmocka_unit_test(nesting_beyond_31_levels_fails_rather_than_writing_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
