// SPDX-License-Identifier: AGPL-3.0-or-later
// The way into a session as it is kept: what a copied file gives away, and when it ends.
#include "service/session_service.h"

#include "base/clock.h"
#include "service_fixture.h"
#include "test.h"

static void renew(struct service_fixture *x, struct join_sheet *sheet) {
    assert_int_equal(session_join_renew(&x->context, x->facilitator, x->sample->session_id, sheet),
                     ERR_OK);
}

static enum err knock(struct service_fixture *x, const char *code, const char *secret) {
    int64_t session_id = 0;
    enum err err = session_by_door(&x->context, NULL, code, secret, NULL, &session_id);
    if (err == ERR_OK)
        assert_int_equal(session_id, x->sample->session_id);
    return err;
}

static void code_and_secret_both_open(void **state) {
    struct service_fixture *x = *state;
    struct join_sheet sheet;
    renew(x, &sheet);
    assert_int_equal(knock(x, sheet.code, NULL), ERR_OK);
    assert_int_equal(knock(x, NULL, sheet.secret), ERR_OK);
}

static void both_end_after_four_hours(void **state) {
    struct service_fixture *x = *state;
    struct join_sheet sheet;
    renew(x, &sheet);
    assert_in_range(sheet.expires_ms - clock_now_ms(), JOIN_LIFE_MS - 60000, JOIN_LIFE_MS);
    sample_sql(x->sample->db, "UPDATE session SET join_expires_ms = 1");
    assert_int_equal(knock(x, sheet.code, NULL), ERR_BAD_CREDENTIALS);
    assert_int_equal(knock(x, NULL, sheet.secret), ERR_BAD_CREDENTIALS);
    struct join_sheet gone;
    assert_int_equal(session_join_sheet(&x->context, x->facilitator, x->sample->session_id,
                                        &x->sample->arena, &gone),
                     ERR_OK);
    assert_int_equal(gone.expires_ms, 0);
    assert_string_equal(gone.code, "");
}

static bool file_holds(const struct service_fixture *x, const char *text) {
    size_t len = 0;
    char *bytes = folder_read(x->sample->path, &len);
    char wal[FOLDER_PATH_SIZE + 8];
    size_t wal_len = 0;
    snprintf(wal, sizeof wal, "%s-wal", x->sample->path);
    char *log = folder_read(wal, &wal_len);
    bool found = (bytes && memmem(bytes, len, text, strlen(text))) ||
                 (log && memmem(log, wal_len, text, strlen(text)));
    free(bytes);
    free(log);
    return found;
}

static void a_copied_file_opens_no_door(void **state) {
    struct service_fixture *x = *state;
    struct join_sheet sheet;
    renew(x, &sheet);
    char bare[SECRET_JOIN_CODE_SIZE];
    assert_true(secret_code_read(sheet.code, strlen(sheet.code), 8, false, bare));
    assert_true(file_holds(x, "Saturday")); // the search finds what is there
    assert_false(file_holds(x, sheet.code));
    assert_false(file_holds(x, bare));
    assert_false(file_holds(x, sheet.secret));
}

static void with_other_keys_the_sheet_is_empty_and_nothing_opens(void **state) {
    struct service_fixture *x = *state;
    struct join_sheet sheet, other;
    renew(x, &sheet);
    memset(x->keys.seal, 9, sizeof x->keys.seal);
    memset(x->keys.receipt, 9, sizeof x->keys.receipt);
    assert_int_equal(session_join_sheet(&x->context, x->facilitator, x->sample->session_id,
                                        &x->sample->arena, &other),
                     ERR_OK);
    assert_int_equal(other.expires_ms, 0);
    assert_int_equal(knock(x, sheet.code, NULL), ERR_BAD_CREDENTIALS);
    assert_int_equal(knock(x, NULL, sheet.secret), ERR_BAD_CREDENTIALS);
}

static void a_code_is_no_secret_and_a_secret_no_code(void **state) {
    struct service_fixture *x = *state;
    struct join_sheet sheet;
    renew(x, &sheet);
    assert_int_equal(knock(x, sheet.secret, NULL), ERR_BAD_CREDENTIALS);
    assert_int_equal(knock(x, NULL, sheet.code), ERR_BAD_CREDENTIALS);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, service_setup, service_teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(code_and_secret_both_open),
        CASE(both_end_after_four_hours),
        CASE(a_copied_file_opens_no_door),
        CASE(with_other_keys_the_sheet_is_empty_and_nothing_opens),
        CASE(a_code_is_no_secret_and_a_secret_no_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
