// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "folder.h"
#include "base/clock.h"
#include "base/file.h"
#include "service/uploads.h"
#include <unistd.h>

static void keep(struct uploads *uploads, const char *folder, const char *content,
                 char word[SECRET_TOKEN_TEXT_SIZE]) {
    char path[FOLDER_PATH_SIZE];
    folder_path(folder, ".incoming-1", path);
    folder_write(path, content, strlen(content));
    assert_int_equal(uploads_keep(uploads, 7, "places.csv", path, word), ERR_OK);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_file_is_kept_until_it_is_dropped(void **state) {
    (void)state;
    char folder[FOLDER_PATH_SIZE], word[SECRET_TOKEN_TEXT_SIZE];
    struct uploads *uploads;
    struct upload found;
    struct arena arena;
    struct buf text;
    arena_init(&arena);
    buf_init(&text);
    folder_make(folder);
    assert_int_equal(uploads_open(folder, &uploads), ERR_OK);
    keep(uploads, folder, "a,b\n", word);
    assert_int_equal(uploads_find(uploads, word, &arena, &found), ERR_OK);
    assert_int_equal(found.project_id, 7);
    assert_string_equal(found.name, "places.csv");
    assert_int_equal(file_read(found.path, 100, &text), ERR_OK);
    assert_memory_equal(text.data, "a,b\n", 4);
    assert_int_equal(file_read(found.path, 3, &text), ERR_TOO_LARGE);
    assert_int_equal(uploads_drop(uploads, word), ERR_OK);
    assert_int_equal(uploads_drop(uploads, word), ERR_NOT_FOUND);
    assert_int_equal(uploads_find(uploads, word, &arena, &found), ERR_NOT_FOUND);
    assert_int_equal(uploads_find(uploads, "", &arena, &found), ERR_NOT_FOUND);
    assert_int_equal(file_read(found.path, 100, &text), ERR_NOT_FOUND);
    uploads_close(uploads);
    folder_drop(folder);
    buf_fini(&text);
    arena_fini(&arena);
}

static void the_oldest_makes_room_and_nothing_stays_behind(void **state) {
    (void)state;
    char folder[FOLDER_PATH_SIZE], first[SECRET_TOKEN_TEXT_SIZE], word[SECRET_TOKEN_TEXT_SIZE];
    struct uploads *uploads;
    struct upload found;
    struct arena arena;
    arena_init(&arena);
    folder_make(folder);
    assert_int_equal(uploads_open(folder, &uploads), ERR_OK);
    keep(uploads, folder, "first", first);
    usleep(2000);
    for (int i = 0; i < UPLOADS_MAX; i++)
        keep(uploads, folder, "x", word);
    assert_int_equal(uploads_find(uploads, first, &arena, &found), ERR_NOT_FOUND);
    assert_int_equal(uploads_find(uploads, word, &arena, &found), ERR_OK);
    uploads_close(uploads);
    assert_int_not_equal(access(found.path, F_OK), 0);
    folder_drop(folder);
    arena_fini(&arena);
}

static void a_file_that_nobody_imports_goes_after_a_day(void **state) {
    (void)state;
    char folder[FOLDER_PATH_SIZE], word[SECRET_TOKEN_TEXT_SIZE];
    struct uploads *uploads;
    struct upload found;
    struct arena arena;
    const int64_t day_ms = INT64_C(86400000);
    arena_init(&arena);
    folder_make(folder);
    assert_int_equal(uploads_open(folder, &uploads), ERR_OK);
    keep(uploads, folder, "x", word);
    uploads_sweep(uploads, clock_now_ms() + day_ms - 60000);
    assert_int_equal(uploads_find(uploads, word, &arena, &found), ERR_OK);
    uploads_sweep(uploads, clock_now_ms() + day_ms + 60000);
    assert_int_not_equal(access(found.path, F_OK), 0);
    assert_int_equal(uploads_find(uploads, word, &arena, &found), ERR_NOT_FOUND);
    uploads_close(uploads);
    folder_drop(folder);
    arena_fini(&arena);
}

static void what_an_earlier_run_left_is_swept(void **state) {
    (void)state;
    char folder[FOLDER_PATH_SIZE], left[FOLDER_PATH_SIZE], other[FOLDER_PATH_SIZE];
    struct uploads *uploads;
    folder_make(folder);
    folder_path(folder, "import-old", left);
    folder_path(folder, "note.txt", other);
    folder_write(left, "x", 1);
    folder_write(other, "x", 1);
    assert_int_equal(uploads_open(folder, &uploads), ERR_OK);
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_equal(access(other, F_OK), 0);
    uploads_close(uploads);
    folder_drop(folder);
    assert_int_equal(uploads_open("/nowhere/at/all", &uploads), ERR_IO);
}

static int init(void **state) {
    (void)state;
    return secret_init();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_kept_until_it_is_dropped),
        cmocka_unit_test(the_oldest_makes_room_and_nothing_stays_behind),
        cmocka_unit_test(a_file_that_nobody_imports_goes_after_a_day),
        cmocka_unit_test(what_an_earlier_run_left_is_swept),
    };
    return cmocka_run_group_tests(tests, init, NULL);
}
