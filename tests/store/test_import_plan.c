// SPDX-License-Identifier: AGPL-3.0-or-later
// Imports into a real store: what is refused and why, all or nothing, the spatial index, people.
#include "test.h"
#include "base/json.h"
#include "sample_store.h"
#include "service/import_plan.h"
#include "model/role.h"

static const struct caller facilitator = {.roles = ROLE_ANYONE | ROLE_FACILITATOR, .id = 1};

struct attempt {
    struct keys keys;
    struct context context;
    struct import_source source;
    struct import_mapping mapping;
    struct import_order order;
    struct import_plan *plan;
    struct fault fault;
};

/* A plan of a text with a mapping; the caller frees it with done(). */
static enum err attempt(struct sample *sample, struct caller caller, const char *text,
                        const char *mapping, struct attempt *out) {
    struct json_object *document;
    *out = (struct attempt){.context = {.db = sample->db}};
    out->context.keys = &out->keys;
    assert_int_equal(crs_open(&out->context.crs), ERR_OK);
    assert_int_equal(json_parse(mapping, strlen(mapping), NULL, &document), ERR_OK);
    assert_int_equal(import_mapping_read(document, &sample->arena, &out->fault, &out->mapping),
                     ERR_OK);
    json_free(document);
    assert_int_equal(
        import_source_open(text, strlen(text), &sample->arena, &out->fault, &out->source), ERR_OK);
    out->order = (struct import_order){.caller = caller,
                                       .project_id = 1,
                                       .source = &out->source,
                                       .file_name = "places.csv",
                                       .mapping = &out->mapping};
    secret_hash(text, strlen(text), out->order.file_hash);
    return import_plan_make(&out->context, &out->order, &out->fault, &out->plan);
}

static enum err write_it(struct attempt *attempt) {
    assert_int_equal(db_begin(attempt->context.db), ERR_OK);
    enum err err = import_plan_apply(&attempt->context, attempt->plan, &attempt->fault);
    if (err)
        db_rollback(attempt->context.db);
    else
        assert_int_equal(db_commit(attempt->context.db), ERR_OK);
    return err;
}

static void done(struct attempt *attempt) {
    import_plan_free(attempt->plan);
    crs_close(attempt->context.crs);
}

static const char into_session[] = "{\"target\":\"session\",\"session\":1,\"x\":\"lon\",\"y\":"
                                   "\"lat\",\"date\":\"day\",\"date_order\":"
                                   "\"dmy\",\"participant\":\"who\",\"category\":{\"column\":"
                                   "\"kind\",\"values\":{\"bad\":\"unsafe\"}}}";

static const char good_rows[] = "who,kind,day,lon,lat\n"
                                "anna,bad,05/07/2010,4.3517,50.8466\n"
                                "bea,Safe,06/07/2010,4.36,50.85\n"
                                "anna,very_unsafe,,4.37,50.86\n"
                                ",unsafe,,4.38,50.87\n";

static void rows_become_approved_contributions_at_the_sessions_precision(void **state) {
    struct sample *sample = *state;
    struct attempt a;
    assert_int_equal(attempt(sample, facilitator, good_rows, into_session, &a), ERR_OK);
    assert_int_equal(a.plan->report.importable, 4);
    assert_int_equal(a.plan->report.refused, 0);
    assert_int_equal(write_it(&a), ERR_OK);
    done(&a);
    struct db *db = sample->db;
    assert_int_equal(
        sample_number(db, "SELECT count(*) FROM contribution WHERE state = 'approved'"), 4);
    assert_int_equal(
        sample_number(db, "SELECT count(*) FROM contribution WHERE category = 'unsafe'"), 2);
    // 50 m cells: the centre, not the place itself
    assert_int_equal(sample_number(db, "SELECT count(*) FROM contribution WHERE"
                                       " abs(ST_X(geometry) - 4.3517654) < 1e-7 AND"
                                       " abs(ST_Y(geometry) - 50.8464337) < 1e-7"),
                     1);
    assert_int_equal(
        sample_number(db, "SELECT created_ms / 86400000 FROM contribution ORDER BY id LIMIT 1"),
        14795); // 2010-07-05
    assert_int_equal(sample_number(db, "SELECT count(*) FROM staff_audit WHERE action = 'import'"),
                     1);
}

static void each_distinct_person_is_one_participant_under_another_name(void **state) {
    struct sample *sample = *state;
    struct attempt a;
    assert_int_equal(attempt(sample, facilitator, good_rows, into_session, &a), ERR_OK);
    assert_int_equal(write_it(&a), ERR_OK);
    done(&a);
    struct db *db = sample->db;
    assert_int_equal(sample_number(db, "SELECT count(*) FROM participant WHERE id > 1"), 2);
    assert_int_equal(
        sample_number(db, "SELECT count(*) FROM participant WHERE pseudonym LIKE '%anna%'"), 0);
    assert_int_equal(
        sample_number(db, "SELECT count(*) FROM participant WHERE token_hash IS NOT NULL"), 0);
    assert_int_equal(
        sample_number(db, "SELECT count(*) FROM contribution WHERE participant_id IS NULL"), 1);
    assert_int_equal(sample_number(db,
                                   "SELECT max(n) FROM (SELECT count(*) AS n FROM contribution"
                                   " WHERE participant_id IS NOT NULL GROUP BY participant_id)"),
                     2);
}

static void the_spatial_index_holds_what_its_trigger_would_have_put_there(void **state) {
    struct sample *sample = *state;
    struct attempt a;
    assert_int_equal(attempt(sample, facilitator, good_rows, into_session, &a), ERR_OK);
    assert_int_equal(write_it(&a), ERR_OK);
    done(&a);
    sample_contribution(sample->db, sample, 4.4, 50.8, "after"); // the trigger runs again
    assert_int_equal(sample_number(sample->db,
                                   "SELECT count(*) FROM contribution AS c JOIN"
                                   " idx_contribution_geometry AS i ON i.pkid = c.id WHERE"
                                   " abs(i.xmin - ST_X(c.geometry)) < 1e-5 AND"
                                   " abs(i.ymax - ST_Y(c.geometry)) < 1e-5"),
                     5);
}

static void the_same_file_twice_is_refused_and_changes_nothing(void **state) {
    struct sample *sample = *state;
    for (int round = 0; round < 2; round++) {
        struct attempt a;
        assert_int_equal(attempt(sample, facilitator, good_rows, into_session, &a), ERR_OK);
        assert_int_equal(write_it(&a), round ? ERR_CONFLICT : ERR_OK);
        if (round)
            assert_string_equal(a.fault.why, "was imported into this session before");
        done(&a);
        assert_int_equal(sample_number(sample->db, "SELECT count(*) FROM contribution"), 4);
        assert_int_equal(sample_number(sample->db, "SELECT count(*) FROM participant"), 3);
        assert_int_equal(
            sample_number(sample->db, "SELECT count(*) FROM idx_contribution_geometry"), 4);
    }
}

static const struct {
    const char *row, *where, *why;
} bad_rows[] = {
    {"x,bad,,4.36,", "lat", "is empty"},
    {"x,bad,,4.36,north", "lat", "is not a number"},
    {"x,bad,,4.36,95", "geometry", "a latitude is beyond 90 degrees"},
    {"x,bad,,40,50.85", "geometry", "lies far outside the session's area"},
    {"x,good,,4.36,50.85", "kind", "\"good\" is mapped to no option of the question \"feeling\""},
    {"x,,,4.36,50.85", "answers.feeling", "needs an answer"},
    {"x,bad,31/02/2010,4.36,50.85", "day", "is not a date in this order"},
    {"x,bad,,4.36,50.85,more", "row", "has more cells than the header"},
};

static void each_refused_row_is_named_with_its_reason(void **state) {
    struct sample *sample = *state;
    struct attempt a;
    struct buf text;
    buf_init(&text);
    buf_str(&text, good_rows);
    for (size_t i = 0; i < COUNT_OF(bad_rows); i++)
        buf_printf(&text, "%s\n", bad_rows[i].row);
    buf_char(&text, 0);
    assert_int_equal(attempt(sample, facilitator, text.data, into_session, &a), ERR_OK);
    const struct import_report *report = &a.plan->report;
    assert_int_equal(report->importable, 4);
    assert_int_equal(report->refused, COUNT_OF(bad_rows));
    for (size_t i = 0; i < COUNT_OF(bad_rows); i++) {
        assert_int_equal(report->refusals[i].row, 6 + i);
        assert_string_equal(report->refusals[i].fault.where, bad_rows[i].where);
        assert_string_equal(report->refusals[i].fault.why, bad_rows[i].why);
    }
    assert_int_equal(import_plan_allowed(a.plan, &a.fault), ERR_BAD_ROWS);
    a.mapping.skip_refused = true;
    assert_int_equal(import_plan_allowed(a.plan, &a.fault), ERR_OK);
    done(&a);
    buf_fini(&text);
}

static void a_mapping_that_does_not_fit_the_file_or_the_exercise_is_refused(void **state) {
    struct sample *sample = *state;
    static const struct {
        const char *mapping;
        enum err err;
    } rows[] = {
        {"{\"target\":\"session\",\"session\":1,\"x\":\"east\",\"y\":\"lat\"}", ERR_BAD_FIELD},
        {"{\"target\":\"session\",\"session\":1}", ERR_BAD_FIELD},
        {"{\"target\":\"session\",\"session\":1,\"x\":\"lon\",\"y\":\"lat\",\"crs\":\"EPSG:1\"}",
         ERR_BAD_CRS},
        {"{\"target\":\"session\",\"session\":1,\"x\":\"lon\",\"y\":\"lat\",\"date\":\"when\"}",
         ERR_BAD_FIELD},
        {"{\"target\":\"session\",\"session\":1,\"x\":\"lon\",\"y\":\"lat\",\"answers\":{\"kind\":"
         "{\"field\":\"colour\"}}}",
         ERR_BAD_FIELD},
        {"{\"target\":\"session\",\"session\":1,\"x\":\"lon\",\"y\":\"lat\",\"category\":{"
         "\"column\":"
         "\"kind\"},\"answers\":{\"kind\":{\"field\":\"feeling\"}}}",
         ERR_BAD_FIELD},
        {"{\"target\":\"session\",\"session\":99,\"x\":\"lon\",\"y\":\"lat\"}", ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct attempt a;
        assert_int_equal(attempt(sample, facilitator, good_rows, rows[i].mapping, &a), rows[i].err);
        done(&a);
    }
}

static void who_is_not_on_the_project_cannot_import(void **state) {
    struct sample *sample = *state;
    const struct caller stranger = {.roles = ROLE_ANYONE | ROLE_FACILITATOR, .id = 77};
    struct attempt a;
    assert_int_equal(attempt(sample, stranger, good_rows, into_session, &a), ERR_NOT_FOUND);
    done(&a);
}

static void a_session_that_closes_meanwhile_takes_nothing(void **state) {
    struct sample *sample = *state;
    struct attempt a;
    assert_int_equal(attempt(sample, facilitator, good_rows, into_session, &a), ERR_OK);
    sample_sql(sample->db, "UPDATE session SET state = 'closed'");
    assert_int_equal(write_it(&a), ERR_SESSION_CLOSED);
    done(&a);
    assert_int_equal(attempt(sample, facilitator, good_rows, into_session, &a), ERR_SESSION_CLOSED);
    done(&a);
    assert_int_equal(sample_number(sample->db, "SELECT count(*) FROM contribution"), 0);
}

static void metres_and_degrees_give_the_same_overlay(void **state) {
    struct sample *sample = *state;
    static const struct {
        const char *text, *crs;
    } files[] = {{"name,x,y,opened\nFountain,4.3517,50.8466,1/2/2024\n", "EPSG:4326"},
                 {"name,x,y,opened\nFountain,148799.08,170688.56,1/2/2024\n", "EPSG:31370"}};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char mapping[300];
        struct attempt a;
        snprintf(
            mapping, sizeof mapping,
            "{\"target\":\"overlay\",\"x\":\"x\",\"y\":\"y\",\"label\":\"name\",\"crs\":\"%s\","
            "\"date\":\"opened\",\"date_order\":\"dmy\"}",
            files[i].crs);
        assert_int_equal(attempt(sample, facilitator, files[i].text, mapping, &a), ERR_OK);
        assert_int_equal(write_it(&a), ERR_OK);
        assert_true(a.plan->report.overlay_id > 0);
        done(&a);
    }
    struct db *db = sample->db;
    assert_int_equal(sample_number(db,
                                   "SELECT count(*) FROM overlay WHERE title = 'places' AND kind ="
                                   " 'points' AND feature_count = 1"),
                     2);
    assert_int_equal(
        sample_number(db, "SELECT count(*) FROM overlay_feature WHERE label = 'Fountain' AND"
                          " properties = '{\"name\":\"Fountain\",\"opened\":\"2024-02-01\"}'"),
        2);
    // within a metre of each other
    assert_int_equal(
        sample_number(db,
                      "SELECT ST_Distance(a.geometry, b.geometry) < 1e-5 FROM overlay_feature"
                      " AS a, overlay_feature AS b WHERE a.overlay_id = 1 AND b.overlay_id = 2"),
        1);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)
    const struct CMUnitTest tests[] = {
        CASE(rows_become_approved_contributions_at_the_sessions_precision),
        CASE(each_distinct_person_is_one_participant_under_another_name),
        CASE(the_spatial_index_holds_what_its_trigger_would_have_put_there),
        CASE(the_same_file_twice_is_refused_and_changes_nothing),
        CASE(each_refused_row_is_named_with_its_reason),
        CASE(a_mapping_that_does_not_fit_the_file_or_the_exercise_is_refused),
        CASE(who_is_not_on_the_project_cannot_import),
        CASE(a_session_that_closes_meanwhile_takes_nothing),
        CASE(metres_and_degrees_give_the_same_overlay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
