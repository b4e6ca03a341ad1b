// SPDX-License-Identifier: AGPL-3.0-or-later
// An archive is opened, read and cut again and again, the n-th allocation failing: NO_MEMORY or the
// whole of it, and no half-written file.
#include "archive_cut.h"
#include "archive_room.h"
#include "no_memory.h"
#include "test.h"
#include <unistd.h>

enum { COUNT = 9000 }; // enough for leaves

static enum err read_some(struct archive *archive) {
    struct buf bytes;
    bool gzipped;
    buf_init(&bytes);
    enum err err = ERR_OK;
    for (uint32_t i = 0; i < COUNT && err == ERR_OK; i += 1000) {
        buf_clear(&bytes);
        err = archive_tile(archive, hilbert_tile(hilbert_first(12) + 3 * (uint64_t)i), &bytes,
                           &gzipped);
    }
    buf_fini(&bytes);
    return err;
}

static void an_archive_is_opened_and_read_whole_or_not_at_all(void **state) {
    struct archive_room *room = *state;
    long n = 0, short_of_it = 0;
    sample_pmtiles(room->path, COUNT);
    for (bool ran_out = true; ran_out; n++) {
        struct archive *archive = NULL;
        allocations_left = n;
        enum err err = archive_open(room->path, NULL, &archive);
        if (err == ERR_OK)
            err = read_some(archive);
        ran_out = allocations_left < 0;
        allocations_left = -1;
        if (err != ERR_OK && err != ERR_NO_MEMORY)
            fail_msg("allocation %ld: %s", n, err_name(err));
        short_of_it += err == ERR_NO_MEMORY;
        archive_close(archive);
    }
    assert_true(short_of_it > 10);
}

static void a_cut_is_written_whole_or_leaves_no_file(void **state) {
    struct archive_room *room = *state;
    const struct archive_cut cut = {{-180, -85, 180, 85}, 24, 0, 0, NULL, NULL};
    static const char *const names[] = {"cut.pmtiles", "cut.mbtiles"};
    sample_pmtiles(room->path, COUNT);
    struct archive *archive = archive_opened(room->path);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char path[FOLDER_PATH_SIZE], part[FOLDER_PATH_SIZE + 8];
        long n = 0, short_of_it = 0;
        folder_path(room->folder, names[i], path);
        snprintf(part, sizeof part, "%s.part", path);
        for (bool ran_out = true; ran_out; n += 1 + n / 20) {
            allocations_left = n;
            enum err err = archive_cut_write(archive, &cut, path, NULL, NULL);
            ran_out = allocations_left < 0;
            allocations_left = -1;
            if (err != ERR_OK && err != ERR_NO_MEMORY)
                fail_msg("%s, allocation %ld: %s", names[i], n, err_name(err));
            assert_int_equal(access(path, F_OK) == 0, err == ERR_OK);
            assert_int_not_equal(access(part, F_OK), 0);
            short_of_it += err == ERR_NO_MEMORY;
            unlink(path);
        }
        assert_true(short_of_it > 10);
    }
    archive_close(archive);
}

int main(void) {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, archive_room_open, archive_room_close)
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(an_archive_is_opened_and_read_whole_or_not_at_all),
        IN_A_ROOM(a_cut_is_written_whole_or_leaves_no_file),
    };
    return cmocka_run_group_tests_name("archive_no_memory", tests, NULL, NULL);
}
