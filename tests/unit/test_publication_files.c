// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_files.h"

#include "folder.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct fixture {
    char data[FOLDER_PATH_SIZE], editions[FOLDER_PATH_SIZE];
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    folder_make(f->data);
    folder_path(f->data, PUBLICATION_EDITIONS, f->editions);
    assert_int_equal(mkdir(f->editions, 0700), 0);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    folder_drop(f->data);
    free(f);
    return 0;
}

static void put(const struct fixture *f, const char *name) {
    char path[FOLDER_PATH_SIZE];
    folder_path(f->editions, name, path);
    folder_write(path, "x", 1);
}

static void the_last_number_is_that_of_the_projects_files(void **state) {
    struct fixture *f = *state;
    assert_int_equal(publication_file_last(f->data, 7), 0);
    put(f, "7-2.gpkg");
    put(f, "7-10.gpkg");
    put(f, "77-12.gpkg");
    put(f, ".7-11.gpkg.part");
    assert_int_equal(publication_file_last(f->data, 7), 10);
    assert_int_equal(publication_file_last(f->data, 77), 12);
}

/* The next number is one more: with any of these there would be none, or none that could be read back. */
static void a_number_that_no_edition_has_does_not_count(void **state) {
    struct fixture *f = *state;
    static const char *const names[] = {"7--1.gpkg", "7-4294967295.gpkg", "7-1000001.gpkg", "7-99999999999999999999.gpkg",
                                        "7-03.gpkg", "+7-4.gpkg", " 7-5.gpkg", "7-6.gpkg~"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        put(f, names[i]);
    assert_int_equal(publication_file_last(f->data, 7), 0);
}

static void note_part(void *context, int64_t project, unsigned number) {
    char *text = context;
    size_t len = strlen(text);
    snprintf(text + len, 100 - len, "%d-%u ", (int)project, number);
}

static void parts_are_told_apart_from_other_files(void **state) {
    struct fixture *f = *state;
    char text[100] = "";
    static const char *const names[] = {"7-1.gpkg", ".7-02.gpkg.part", ".7-3.gpkg", "7-4.gpkg.part", ".part",
                                        ".7.lock",  ".7-5.gpkg.part2", ".7-6.gpkg.part"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        put(f, names[i]);
    publication_parts(f->data, note_part, text);
    assert_string_equal(text, "7-6 ");
    publication_part_drop(f->data, 7, 6);
    publication_part_drop(f->data, 7, 6);
    text[0] = '\0';
    publication_parts(f->data, note_part, text);
    assert_string_equal(text, "");
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(the_last_number_is_that_of_the_projects_files),
        CASE(a_number_that_no_edition_has_does_not_count),
        CASE(parts_are_told_apart_from_other_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
