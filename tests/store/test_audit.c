// SPDX-License-Identifier: AGPL-3.0-or-later
// The staff's trail: whoever edits it breaks it.
#include "service/audit_service.h"

#include "model/role.h"
#include "service_fixture.h"
#include "test.h"

static void add(struct service_fixture *x, int64_t count) {
    for (int64_t i = 1; i <= count; i++)
        assert_int_equal(audit_add(&x->context, x->facilitator, "session.close", "session", i),
                         ERR_OK);
}

static enum err walk(struct service_fixture *x, struct fault *fault, int64_t *count) {
    *count = -1;
    return audit_check(&x->context, fault, count);
}

static void an_entry_says_who_did_what_to_what(void **state) {
    struct service_fixture *x = *state;
    add(x, 1);
    assert_int_equal(
        sample_number(x->sample->db,
                      "SELECT count(*) FROM staff_audit WHERE staff_id = 1 AND at_ms > 0"
                      " AND action = 'session.close' AND object = 'session 1'"),
        1);
}

static void a_whole_chain_is_whole(void **state) {
    struct service_fixture *x = *state;
    struct fault fault = {0};
    int64_t count;
    assert_int_equal(walk(x, &fault, &count), ERR_OK);
    assert_int_equal(count, 0);
    add(x, 20);
    assert_int_equal(walk(x, &fault, &count), ERR_OK);
    assert_int_equal(count, 20);
}

static void participants_leave_no_trail(void **state) {
    struct service_fixture *x = *state;
    struct caller participant = {.roles = ROLE_ANYONE | ROLE_PARTICIPANT, .id = 1, .session_id = 1};
    assert_int_equal(audit_add(&x->context, participant, "contribution.hide", "session", 1),
                     ERR_OK);
    assert_int_equal(sample_number(x->sample->db, "SELECT count(*) FROM staff_audit"), 0);
}

static void whatever_is_changed_breaks_the_chain_and_is_named(void **state) {
    const struct {
        const char *sql, *where;
    } cases[] = {
        {"UPDATE staff_audit SET action = 'session.open' WHERE id = 3", "entry 3"},
        {"UPDATE staff_audit SET object = 'session 9' WHERE id = 3", "entry 3"},
        {"UPDATE staff_audit SET staff_id = 2 WHERE id = 3", "entry 3"},
        {"UPDATE staff_audit SET at_ms = at_ms + 1 WHERE id = 3", "entry 3"},
        {"UPDATE staff_audit SET chain = zeroblob(32) WHERE id = 3", "entry 3"},
        {"DELETE FROM staff_audit WHERE id = 3", "entry 4"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct service_fixture *x = NULL;
        assert_int_equal(service_setup((void **)&x), 0);
        add(x, 5);
        sample_sql(x->sample->db, cases[i].sql);
        struct fault fault = {0};
        int64_t count;
        assert_int_equal(walk(x, &fault, &count), ERR_NOT_A_STORE);
        assert_string_equal(fault.where, cases[i].where);
        service_teardown((void **)&x);
    }
    (void)state;
}

static void entries_end_after_twelve_months_and_the_rest_still_holds(void **state) {
    struct service_fixture *x = *state;
    struct fault fault = {0};
    int64_t count;
    add(x, 6);
    sample_sql(x->sample->db,
               "UPDATE staff_audit SET at_ms = at_ms - 366 * 86400000 WHERE id <= 2");
    assert_int_equal(audit_trim(&x->context), ERR_OK);
    assert_int_equal(walk(x, &fault, &count), ERR_OK);
    assert_int_equal(count, 4);
    add(x, 1);
    assert_int_equal(walk(x, &fault, &count), ERR_OK);
    assert_int_equal(count, 5);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, service_setup, service_teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(an_entry_says_who_did_what_to_what),
        CASE(a_whole_chain_is_whole),
        CASE(participants_leave_no_trail),
        cmocka_unit_test(whatever_is_changed_breaks_the_chain_and_is_named),
        CASE(entries_end_after_twelve_months_and_the_rest_still_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
