// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "http/params.h"
#include "http/request.h"

static const char *const words[] = {"approved", "hidden", NULL};
static const struct param id = {.name = "id", .type = PARAM_INT, .min = 1, .max = 9e15};
static const struct param limit = {
    .name = "limit", .type = PARAM_INT, .min = 1, .max = 1000, .fallback = "100"};
static const struct param offset = {.name = "offset", .type = PARAM_INT};
static const struct param uuid = {.name = "uuid", .type = PARAM_UUID};
static const struct param bbox = {.name = "bbox", .type = PARAM_BBOX};
static const struct param word = {.name = "word", .type = PARAM_WORD, .max = 8};
static const struct param text = {.name = "text", .type = PARAM_TEXT, .max = 12};
static const struct param state = {.name = "state", .type = PARAM_ONE_OF, .words = words};
static const struct param must = {.name = "must", .type = PARAM_WORD, .required = true};

static const struct route route = {.path = "/s/{id}",
                                   .params = {&id, &limit, &offset, &uuid, &bbox, &word, &text, &state}};
static const struct route demanding = {.path = "/s/{id}", .params = {&id, &must}};

struct fixture {
    struct arena arena;
    struct fault fault;
    struct request request;
};

static enum err read_for(struct fixture *fixture, const struct route *row, const char *path_id,
                         const char *query) {
    *fixture = (struct fixture){0};
    arena_init(&fixture->arena);
    struct route_match match = {.route = row, .value_count = 1};
    match.values[0].text = path_id;
    match.values[0].len = strlen(path_id);
    match.values[0].param = 0;
    return params_read(&match, query, query ? strlen(query) : 0, &fixture->arena, &fixture->fault,
                       &fixture->request.params);
}

static void reads_each_type(void **unused) {
    (void)unused;
    struct fixture f;
    assert_int_equal(
        read_for(&f, &route, "42",
                 "limit=7&offset=-3&uuid=0190A1b2-0000-7000-8000-00000000000F"
                 "&bbox=4.3,50.8,4.4,50.9&word=a_b.c-1&text=caf%C3%A9+1&state=hidden"),
        ERR_OK);
    const struct request *r = &f.request;
    assert_int_equal(request_int(r, "id"), 42);
    assert_int_equal(request_int(r, "limit"), 7);
    assert_int_equal(request_int(r, "offset"), -3);
    uint8_t bytes[16];
    assert_true(request_uuid(r, "uuid", bytes));
    assert_int_equal(bytes[1], 0x90);
    assert_int_equal(bytes[15], 0x0f);
    double wsen[4];
    assert_true(request_bbox(r, "bbox", wsen));
    assert_true(wsen[0] == 4.3 && wsen[1] == 50.8 && wsen[2] == 4.4 && wsen[3] == 50.9);
    assert_string_equal(request_text(r, "word"), "a_b.c-1");
    assert_string_equal(request_text(r, "text"), "caf\u00e9 1");
    assert_string_equal(request_text(r, "state"), "hidden");
    arena_fini(&f.arena);
}

static void fills_in_the_fallback_and_leaves_the_rest_absent(void **unused) {
    (void)unused;
    struct fixture f;
    assert_int_equal(read_for(&f, &route, "1", NULL), ERR_OK);
    assert_int_equal(request_int(&f.request, "limit"), 100);
    assert_null(request_text(&f.request, "word"));
    double wsen[4];
    assert_false(request_bbox(&f.request, "bbox", wsen));
    arena_fini(&f.arena);
    assert_int_equal(read_for(&f, &route, "1", ""), ERR_OK); // "/s/1?"
    arena_fini(&f.arena);
}

static void a_box_may_cross_the_antimeridian(void **unused) {
    (void)unused;
    struct fixture f;
    assert_int_equal(read_for(&f, &route, "1", "bbox=179,-1,-179,1"), ERR_OK);
    arena_fini(&f.arena);
}

static void refuses_by_name_what_the_row_does_not_declare_so(void **unused) {
    (void)unused;
    static const struct {
        const char *id, *query;
        enum err err;
        const char *where;
    } cases[] = {
        {"0", NULL, ERR_BAD_PARAMETER, "id"},
        {"x", NULL, ERR_BAD_PARAMETER, "id"},
        {"", NULL, ERR_BAD_PARAMETER, "id"},
        {"%31", "limit=1%00", ERR_BAD_PARAMETER, "limit"},
        {"%zz", NULL, ERR_BAD_PARAMETER, "id"},
        {"1", "limt=1", ERR_BAD_PARAMETER, "limt"},
        {"1", "Limit=1", ERR_BAD_PARAMETER, "Limit"},
        {"1", "id=1", ERR_BAD_PARAMETER, "id"},
        {"1", "<script>=1", ERR_BAD_PARAMETER, "query"},
        {"1", "a_name_that_is_much_too_long_to_be_one=1", ERR_BAD_PARAMETER, "query"},
        {"1", "limit", ERR_BAD_PARAMETER, "query"},
        {"1", "&", ERR_BAD_PARAMETER, "query"},
        {"1", "limit=1&", ERR_BAD_PARAMETER, "query"},
        {"1", "limit=1&&offset=1", ERR_BAD_PARAMETER, "query"},
        {"1", "limit=1&limit=1", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=0", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=1001", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=+1", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=%2B1", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=01", ERR_BAD_PARAMETER, "limit"},
        {"1", "limit=1.0", ERR_BAD_PARAMETER, "limit"},
        {"1", "offset=-0", ERR_BAD_PARAMETER, "offset"},
        {"1", "offset=9223372036854775808", ERR_BAD_PARAMETER, "offset"},
        {"1", "uuid=0190a1b2-0000-7000-8000-00000000000", ERR_BAD_PARAMETER, "uuid"},
        {"1", "bbox=1,2,3", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,4,5", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,x", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,1e", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,nan", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=-inf,2,3,4", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,1e999", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,0x10,4", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,2,3,4%20", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=-181,2,3,4", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,-91,3,4", ERR_BAD_BBOX, "bbox"},
        {"1", "bbox=1,4,3,2", ERR_BAD_BBOX, "bbox"},
        {"1", "word=a%20b", ERR_BAD_PARAMETER, "word"},
        {"1", "word=abcdefghi", ERR_BAD_PARAMETER, "word"},
        {"1", "text=", ERR_BAD_PARAMETER, "text"},
        {"1", "text=%FF", ERR_BAD_PARAMETER, "text"},
        {"1", "text=a%0Ab", ERR_BAD_PARAMETER, "text"},
        {"1", "text=abcdefghijklm", ERR_BAD_PARAMETER, "text"},
        {"1", "state=gone", ERR_BAD_PARAMETER, "state"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct fixture f;
        enum err err = read_for(&f, &route, cases[i].id, cases[i].query);
        if (err != cases[i].err || strcmp(f.fault.where, cases[i].where) != 0)
            fail_msg("%s ? %s gave %s at \"%s\"", cases[i].id, cases[i].query ? cases[i].query : "",
                     err_name(err), f.fault.where);
        assert_true(f.fault.why[0] != '\0');
        arena_fini(&f.arena);
    }
}

static void asks_for_what_is_required(void **unused) {
    (void)unused;
    struct fixture f;
    assert_int_equal(read_for(&f, &demanding, "1", NULL), ERR_BAD_PARAMETER);
    assert_string_equal(f.fault.where, "must");
    arena_fini(&f.arena);
    assert_int_equal(read_for(&f, &demanding, "1", "must=x"), ERR_OK);
    arena_fini(&f.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_type),
        cmocka_unit_test(fills_in_the_fallback_and_leaves_the_rest_absent),
        cmocka_unit_test(a_box_may_cross_the_antimeridian),
        cmocka_unit_test(refuses_by_name_what_the_row_does_not_declare_so),
        cmocka_unit_test(asks_for_what_is_required),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
