// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/err.h"
#include <errno.h>

static void every_error_has_a_name_a_status_and_a_sentence(void **state) {
    (void)state;
    for (int err = 0; err < ERR_COUNT; err++) {
        assert_true(strlen(err_name((enum err)err)) > 0);
        assert_true(strlen(err_text((enum err)err)) > 0);
        assert_in_range(err_status((enum err)err), 200, 599);
    }
    assert_string_equal(err_name(ERR_BAD_BBOX), "BAD_BBOX");
    assert_int_equal(err_status(ERR_NOT_FOUND), 404);
}

static void a_number_that_is_no_error_counts_as_our_mistake(void **state) {
    (void)state;
    assert_string_equal(err_name((enum err)9999), "INTERNAL");
    assert_int_equal(err_status((enum err) - 1), 500);
}

static void a_fault_hands_the_error_back_and_cuts_long_texts(void **state) {
    (void)state;
    struct fault fault;
    assert_int_equal(fault_set(&fault, ERR_BAD_FIELD, "answers.when", "%d of %s", 3, "four"),
                     ERR_BAD_FIELD);
    assert_string_equal(fault.where, "answers.when");
    assert_string_equal(fault.why, "3 of four");
    char longer[500];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    fault_set(&fault, ERR_BAD_FIELD, longer, "%s", longer);
    assert_int_equal(strlen(fault.where), sizeof fault.where - 1);
    assert_int_equal(strlen(fault.why), sizeof fault.why - 1);
    assert_int_equal(fault_set(NULL, ERR_IO, "a", "b"), ERR_IO);
}

static void a_system_error_comes_to_what_its_reader_can_mend(void **state) {
    (void)state;
    static const struct {
        int cause;
        enum err err;
    } cases[] = {{ENOSPC, ERR_DISK_FULL}, {EDQUOT, ERR_DISK_FULL}, {EFBIG, ERR_DISK_FULL},
                 {EROFS, ERR_READ_ONLY},  {EACCES, ERR_READ_ONLY}, {EPERM, ERR_READ_ONLY},
                 {ENOMEM, ERR_NO_MEMORY}, {EIO, ERR_IO},           {0, ERR_IO}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(err_of_errno(cases[i].cause), cases[i].err);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_error_comes_to_what_its_reader_can_mend),
        cmocka_unit_test(every_error_has_a_name_a_status_and_a_sentence),
        cmocka_unit_test(a_number_that_is_no_error_counts_as_our_mistake),
        cmocka_unit_test(a_fault_hands_the_error_back_and_cuts_long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
