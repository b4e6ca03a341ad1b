// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition's file is read again and again, the n-th allocation failing: NO_MEMORY or the whole
// edition. Writing is left out: short of memory, PROJ's C++ ends the process.
#include "gpkg_room.h"
#include "no_memory.h"
#include "sample_edition.h"
#include "test.h"

static void an_edition_is_read_whole_or_not_at_all(void **state) {
    struct gpkg_room *room = *state;
    long n = 0, short_of_it = 0;
    for (bool ran_out = true; ran_out; n += 1 + n / 160) {
        struct arena arena;
        struct fault fault = {0};
        struct edition edition;
        arena_init(&arena);
        allocations_left = n;
        enum err err = gpkg_read(room->path, &arena, &fault, &edition);
        ran_out = allocations_left < 0;
        allocations_left = -1;
        if (err == ERR_OK)
            sample_edition_assert_equal(room->sample, &edition);
        else if (err != ERR_NO_MEMORY)
            fail_msg("allocation %ld: %s, %s", n, err_name(err), fault.why);
        short_of_it += err == ERR_NO_MEMORY;
        arena_fini(&arena);
    }
    assert_true(short_of_it > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_edition_is_read_whole_or_not_at_all, gpkg_room_open,
                                        gpkg_room_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
