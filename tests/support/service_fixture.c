// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service_fixture.h"

#include "model/role.h"
#include "service/limiter.h"

#include "test.h"

int service_setup(void **state) {
    struct service_fixture *x = calloc(1, sizeof *x);
    void *sample = NULL;
    assert_non_null(x);
    assert_int_equal(secret_init(), ERR_OK);
    assert_int_equal(sample_setup(&sample), 0);
    x->sample = sample;
    memset(x->keys.seal, 1, sizeof x->keys.seal);
    memset(x->keys.receipt, 2, sizeof x->keys.receipt);
    x->context = (struct context){.db = x->sample->db, .keys = &x->keys};
    assert_int_equal(limiter_new(&x->context.limiter), ERR_OK);
    x->facilitator =
        (struct caller){.roles = ROLE_ANYONE | ROLE_FACILITATOR, .id = x->sample->staff_id};
    *state = x;
    return 0;
}

int service_teardown(void **state) {
    struct service_fixture *x = *state;
    void *sample = x->sample;
    limiter_free(x->context.limiter);
    sample_teardown(&sample);
    free(x);
    return 0;
}
