// SPDX-License-Identifier: AGPL-3.0-or-later
#include "held_fixture.h"
#include "sample_edition.h"
#include "test.h"

struct held_edition *held_fixture(size_t leaves) {
    struct crs *crs;
    struct fault fault = {0};
    struct held_edition *held = calloc(1, sizeof *held);
    assert_non_null(held);
    held->fd = -1;
    arena_init(&held->arena);
    held->edition = *(leaves ? sample_edition_large(&held->arena, leaves)
                             : sample_edition_make(&held->arena));
    assert_int_equal(crs_open(&crs), ERR_OK);
    if (held_prepare(held, crs, &fault) != ERR_OK)
        fail_msg("%s: %s", fault.where, fault.why);
    crs_close(crs);
    return held;
}

const struct shown_slice *held_fixture_slice(const struct held_edition *held, const char *id) {
    const struct shown_slice *shown = NULL;
    assert_int_equal(held_slice(held, id, &shown), ERR_OK);
    return shown;
}
