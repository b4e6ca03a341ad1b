// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/secret.h"
#include "folder.h"
#include "publish/gpkg.h"
#include "publish/held.h"
#include "sample_edition.h"
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char folder[FOLDER_PATH_SIZE];
    struct crs *crs;
    struct published *published;
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    if (!f || secret_init() != ERR_OK || crs_open(&f->crs) != ERR_OK)
        return -1;
    folder_make(f->folder);
    assert_int_equal(published_open(f->folder, &f->published), ERR_OK);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    published_close(f->published);
    crs_close(f->crs);
    folder_drop(f->folder);
    free(f);
    return 0;
}

/* Puts an edition into the folder by renaming, as the job does. The sample is of number 2 and later. */
static void put(struct fixture *f, int64_t project, unsigned number, unsigned revision) {
    struct arena arena;
    char part[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE], name[64];
    arena_init(&arena);
    struct edition *edition = sample_edition_make(&arena);
    edition->project = project, edition->number = number, edition->revision = revision;
    snprintf(name, sizeof name, "%d-%u.gpkg", (int)project, number);
    folder_path(f->folder, name, path);
    folder_path(f->folder, ".part", part);
    assert_int_equal(gpkg_write(edition, f->crs, part, NULL), ERR_OK);
    assert_int_equal(rename(part, path), 0);
    arena_fini(&arena);
}

static void refresh(struct fixture *f) {
    assert_int_equal(published_refresh(f->published), ERR_OK);
}

struct listed {
    char text[400];
};

static enum err note_edition(void *context, const struct edition *edition) {
    struct listed *listed = context;
    size_t len = strlen(listed->text);
    snprintf(listed->text + len, sizeof listed->text - len, "%d-%u.%u ", (int)edition->project,
             edition->number, edition->revision);
    return ERR_OK;
}

static enum err note_refused(void *context, const char *file, const char *why) {
    struct listed *listed = context;
    size_t len = strlen(listed->text);
    assert_true(strlen(why) > 0);
    assert_null(strstr(why, "/tmp"));
    snprintf(listed->text + len, sizeof listed->text - len, "!%s ", file);
    return ERR_OK;
}

static void assert_listed(struct fixture *f, const char *expected) {
    struct listed listed = {""};
    assert_int_equal(published_list(f->published, note_edition, note_refused, &listed), ERR_OK);
    assert_string_equal(listed.text, expected);
}

static void an_empty_folder_publishes_nothing_and_a_missing_one_too(void **state) {
    struct fixture *f = *state;
    struct held_edition *held;
    assert_listed(f, "");
    assert_int_equal(published_hold(f->published, 1, 2, &held), ERR_NOT_FOUND);
    struct published *other;
    assert_int_equal(published_open("/tmp/repere-there-is-no-such-folder", &other), ERR_OK);
    assert_int_equal(published_hold(other, 1, 0, &held), ERR_NOT_FOUND);
    published_close(other);
}

static void editions_are_listed_by_project_newest_first(void **state) {
    struct fixture *f = *state;
    put(f, 2, 4, 1);
    put(f, 1, 9, 1);
    put(f, 1, 10, 2);
    refresh(f);
    assert_listed(f, "1-10.2 1-9.1 2-4.1 ");
    struct held_edition *held;
    assert_int_equal(published_hold(f->published, 1, 0, &held), ERR_OK);
    assert_int_equal(held_edition(held)->number, 10);
    published_release(f->published, held);
    assert_int_equal(published_hold(f->published, 1, 8, &held), ERR_NOT_FOUND);
}

static void the_generation_grows_with_each_change_and_only_then(void **state) {
    struct fixture *f = *state;
    uint64_t before = published_generation(f->published);
    refresh(f);
    assert_int_equal(published_generation(f->published), before);
    put(f, 1, 2, 1);
    refresh(f);
    assert_int_equal(published_generation(f->published), before + 1);
    refresh(f);
    assert_int_equal(published_generation(f->published), before + 1);
    put(f, 1, 2, 2);
    refresh(f);
    assert_int_equal(published_generation(f->published), before + 2);
    char path[FOLDER_PATH_SIZE];
    folder_path(f->folder, "1-2.gpkg", path);
    assert_int_equal(unlink(path), 0);
    refresh(f);
    assert_int_equal(published_generation(f->published), before + 3);
    assert_listed(f, "");
}

static void who_holds_an_edition_keeps_it_when_it_is_replaced(void **state) {
    struct fixture *f = *state;
    struct held_edition *old, *new;
    char byte[16];
    put(f, 1, 2, 1);
    refresh(f);
    assert_int_equal(published_hold(f->published, 1, 2, &old), ERR_OK);
    put(f, 1, 2, 2);
    refresh(f);
    assert_int_equal(published_hold(f->published, 1, 2, &new), ERR_OK);
    assert_ptr_not_equal(old, new);
    assert_string_equal(old->address, "2");
    assert_string_equal(new->address, "2.1");
    assert_string_not_equal(old->hash, new->hash);
    assert_string_equal(held_edition(old)->title, held_edition(new)->title);
    assert_int_equal(pread(old->fd, byte, sizeof byte, 0), sizeof byte); // its bytes, too
    published_release(f->published, old);
    published_release(f->published, new);
}

static void an_edition_that_has_not_changed_is_not_read_again(void **state) {
    struct fixture *f = *state;
    struct held_edition *before, *after;
    put(f, 1, 2, 1);
    refresh(f);
    assert_int_equal(published_hold(f->published, 1, 2, &before), ERR_OK);
    put(f, 1, 3, 1);
    refresh(f);
    assert_int_equal(published_hold(f->published, 1, 2, &after), ERR_OK);
    assert_ptr_equal(before, after);
    published_release(f->published, before);
    published_release(f->published, after);
}

static void what_cannot_be_served_is_refused_by_name_until_it_is_mended(void **state) {
    struct fixture *f = *state;
    char path[FOLDER_PATH_SIZE], link[FOLDER_PATH_SIZE];
    put(f, 1, 2, 1);
    folder_path(f->folder, "1-8.gpkg", path);
    folder_write(path, "nonsense", 8);
    folder_path(f->folder, "map.gpkg", path);
    folder_write(path, "", 0);
    folder_path(f->folder, "1-2.gpkg", path);
    folder_path(f->folder, "1-3.gpkg", link);
    assert_int_equal(symlink(path, link), 0);
    folder_path(f->folder, "1-4.gpkg", path);
    assert_int_equal(mkdir(path, 0700), 0);
    folder_path(f->folder, ".1-5.gpkg", path);
    folder_write(path, "a part", 6);
    folder_path(f->folder, "1-6.gpkg", path);
    assert_int_equal(mkfifo(path, 0600), 0); // that nobody writes into
    refresh(f);
    assert_listed(f, "1-2.1 !1-3.gpkg !1-4.gpkg !1-6.gpkg !1-8.gpkg !map.gpkg ");
    put(f, 1, 8, 1);
    refresh(f);
    assert_listed(f, "1-8.1 1-2.1 !1-3.gpkg !1-4.gpkg !1-6.gpkg !map.gpkg ");
}

static void an_edition_that_could_not_be_opened_is_tried_again(void **state) {
    struct fixture *f = *state;
    struct rlimit before, few;
    put(f, 1, 2, 1);
    int free_fd = dup(STDIN_FILENO);
    assert_int_equal(close(free_fd), 0);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = (rlim_t)free_fd + 1; // for the folder
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    refresh(f);
    uint64_t refused = published_generation(f->published);
    refresh(f); // nothing new: replies that were made stay good
    uint64_t refused_again = published_generation(f->published);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_listed(f, "!1-2.gpkg ");
    assert_int_equal(refused_again, refused);
    refresh(f);
    assert_listed(f, "1-2.1 ");
}

static void a_watched_folder_is_seen_to_change(void **state) {
    struct fixture *f = *state;
    assert_int_equal(published_watch(f->published, 10), ERR_OK);
    uint64_t before = published_generation(f->published);
    put(f, 1, 2, 1);
    for (int i = 0; i < 1000 && published_generation(f->published) == before; i++)
        usleep(10 * 1000);
    assert_listed(f, "1-2.1 ");
}

struct reading {
    struct published *published;
    atomic_bool stop;
};

static void *hold_and_release(void *arg) {
    struct reading *reading = arg;
    struct held_edition *held;
    while (!atomic_load(&reading->stop)) {
        if (published_hold(reading->published, 1, 0, &held) != ERR_OK)
            continue;
        if (held->edition.slice_count == 0 || held->slices[0].slice != &held->edition.slices[0])
            abort();
        published_release(reading->published, held);
    }
    return NULL;
}

static void readers_and_replacements_do_not_meet(void **state) {
    struct fixture *f = *state;
    struct reading reading = {.published = f->published};
    pthread_t readers[3];
    put(f, 1, 2, 1);
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        assert_int_equal(pthread_create(&readers[i], NULL, hold_and_release, &reading), 0);
    for (unsigned revision = 2; revision < 12; revision++) {
        refresh(f);
        put(f, 1, 2, revision);
    }
    atomic_store(&reading.stop, true);
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        pthread_join(readers[i], NULL);
}

static void names_and_addresses_have_one_spelling(void **state) {
    (void)state;
    int64_t project;
    unsigned number, revision;
    assert_true(held_name_parse("12-3.gpkg", &project, &number));
    assert_int_equal(project, 12);
    assert_int_equal(number, 3);
    static const char *const names[] = {"012-3.gpkg", "12-03.gpkg", "12-0.gpkg", "12.gpkg", "-3.gpkg", "12-3.gpkg ",
                                        "12-3", "12-3.GPKG", "12-3.gpkg.gpkg", "+1-3.gpkg", "1-1.1.gpkg", "",
                                        "99999999999999999999-1.gpkg", "1-99999999999.gpkg"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (held_name_parse(names[i], &project, &number))
            fail_msg("%s", names[i]);
    assert_true(held_address_parse("2", &number, &revision));
    assert_int_equal(revision, 1);
    assert_true(held_address_parse("12.10", &number, &revision));
    assert_int_equal(number, 12);
    assert_int_equal(revision, 11);
    static const char *const addresses[] = {"", "0", "02", "2.", "2.0", "2.01", ".1", "2.1.1", "2.1 ", "latest", "-1", "2,1"};
    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        if (held_address_parse(addresses[i], &number, &revision))
            fail_msg("%s", addresses[i]);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(an_empty_folder_publishes_nothing_and_a_missing_one_too),
        CASE(editions_are_listed_by_project_newest_first),
        CASE(the_generation_grows_with_each_change_and_only_then),
        CASE(who_holds_an_edition_keeps_it_when_it_is_replaced),
        CASE(an_edition_that_has_not_changed_is_not_read_again),
        CASE(what_cannot_be_served_is_refused_by_name_until_it_is_mended),
        CASE(an_edition_that_could_not_be_opened_is_tried_again),
        CASE(a_watched_folder_is_seen_to_change),
        CASE(readers_and_replacements_do_not_meet),
        CASE(names_and_addresses_have_one_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
