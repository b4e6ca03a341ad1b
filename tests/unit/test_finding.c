// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/finding.h"
#include "test.h"

static void each_state_has_a_name_that_leads_back(void **state) {
    (void)state;
    for (int i = FINDING_DRAFT; i <= FINDING_WITHDRAWN; i++) {
        enum finding_state again = FINDING_DRAFT;
        assert_true(finding_state_parse(finding_state_words[i], &again));
        assert_int_equal(again, i);
    }
    enum finding_state unchanged = FINDING_AGREED;
    assert_false(finding_state_parse("published", &unchanged));
    assert_false(finding_state_parse(NULL, &unchanged));
    assert_int_equal(unchanged, FINDING_AGREED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_has_a_name_that_leads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
