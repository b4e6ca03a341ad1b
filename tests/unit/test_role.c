// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/role.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void each_role_is_found_by_its_own_name(void **state) {
    (void)state;
    for (unsigned bit = ROLE_ANYONE; bit <= ROLE_PLANNER; bit <<= 1) {
        assert_non_null(role_name((enum role)bit));
        assert_int_equal(role_parse(role_name((enum role)bit)), bit);
    }
    assert_int_equal(role_parse("researcher"), ROLE_RESEARCHER);
    assert_int_equal(role_parse("facilitator"), ROLE_FACILITATOR);
    assert_int_equal(role_parse("administrator"), ROLE_ADMINISTRATOR);
    assert_int_equal(role_parse("participant"), ROLE_PARTICIPANT);
}

static void several_roles_together_have_no_name(void **state) {
    (void)state;
    assert_null(role_name(ROLE_STAFF));
    assert_null(role_name(ROLE_LEADS));
    assert_null(role_name((enum role)0));
}

static void an_unknown_name_is_no_role(void **state) {
    (void)state;
    assert_int_equal(role_parse("Facilitator"), 0);
    assert_int_equal(role_parse(""), 0);
    assert_int_equal(role_parse(NULL), 0);
}

static void a_researcher_is_staff_but_does_not_lead(void **state) {
    (void)state;
    assert_true(ROLE_STAFF & ROLE_RESEARCHER);
    assert_false(ROLE_LEADS & ROLE_RESEARCHER);
    assert_false(ROLE_STAFF & (ROLE_PARTICIPANT | ROLE_PLANNER | ROLE_ANYONE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_role_is_found_by_its_own_name),
        cmocka_unit_test(several_roles_together_have_no_name),
        cmocka_unit_test(an_unknown_name_is_no_role),
        cmocka_unit_test(a_researcher_is_staff_but_does_not_lead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
