// SPDX-License-Identifier: AGPL-3.0-or-later
// Areas of base maps: cut once however many tablets ask, kept within their bounds, made again when they
// have gone.
#include "archive_room.h"
#include "service/areas.h"
#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TABLETS = 4, BOXES = 6, PATIENCE = 3000 };

struct place {
    struct areas *areas;
    struct basemaps *basemaps;
    char folder[300];
};

static struct bbox box_at(int index) {
    return (struct bbox){-180 + 20.0 * index, -60, -170 + 20.0 * index, 60};
}

static struct place open_place(struct archive_room *room) {
    struct place place;
    sample_pmtiles(room->path, 500);
    snprintf(place.folder, sizeof place.folder, "%s/areas", room->folder);
    mkdir(place.folder, 0700);
    assert_int_equal(basemaps_open(room->folder, &place.basemaps), ERR_OK);
    assert_int_equal(basemaps_count(place.basemaps), 1);
    assert_int_equal(areas_open(place.folder, &place.areas), ERR_OK);
    return place;
}

static void close_place(struct place *place) {
    areas_close(place->areas);
    basemaps_close(place->basemaps);
}

/* As a tablet asks: again until it is there. */
static enum err wait_for(const struct place *place, const struct bbox *box, struct area *out) {
    enum err err = ERR_BUSY;
    for (int i = 0; i < PATIENCE && err == ERR_BUSY; i++) {
        err = areas_find(place->areas, basemaps_at(place->basemaps, 0), box, out);
        if (err == ERR_BUSY)
            usleep(5000);
    }
    return err;
}

static size_t count_files(const struct place *place) {
    size_t count = 0;
    DIR *dir = opendir(place->folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static void *ask_for_all(void *arg) {
    const struct place *place = arg;
    for (int i = 0; i < BOXES; i++) {
        struct bbox box = box_at(i);
        struct area area;
        int fd = -1;
        if (wait_for(place, &box, &area) != ERR_OK || areas_file(place->areas, &area, &fd) != ERR_OK)
            return NULL;
        close(fd);
        if (area.tiles == 0 || area.minzoom != 0)
            return NULL;
    }
    return arg;
}

static void many_tablets_that_ask_at_once_have_one_cut_each_made(void **state) {
    struct place place = open_place(*state);
    pthread_t threads[TABLETS];
    for (int i = 0; i < TABLETS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_for_all, &place), 0);
    for (int i = 0; i < TABLETS; i++) {
        void *done;
        pthread_join(threads[i], &done);
        assert_ptr_equal(done, &place);
    }
    assert_int_equal(count_files(&place), BOXES);
    close_place(&place);
}

static void a_restart_takes_what_is_in_the_folder(void **state) {
    struct place place = open_place(*state);
    const struct bbox box = box_at(0);
    struct area first, second;
    struct stat before, after;
    char path[400];
    assert_int_equal(wait_for(&place, &box, &first), ERR_OK);
    snprintf(path, sizeof path, "%s/%s.pmtiles", place.folder, first.tag);
    assert_int_equal(stat(path, &before), 0);
    areas_close(place.areas);
    assert_int_equal(areas_open(place.folder, &place.areas), ERR_OK);
    assert_int_equal(wait_for(&place, &box, &second), ERR_OK);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_string_equal(first.tag, second.tag);
    assert_int_equal(first.bytes, second.bytes);
    close_place(&place);
}

static void a_file_that_is_taken_after_a_restart_counts_as_used(void **state) {
    struct place place = open_place(*state);
    const struct bbox box = box_at(0);
    const time_t now_s = time(NULL), long_ago_s = now_s - (AREA_DAYS_MAX - 1) * 86400;
    const struct timespec times[2] = {{.tv_sec = long_ago_s}, {.tv_sec = long_ago_s}};
    struct area area;
    struct stat about;
    char path[400];
    assert_int_equal(wait_for(&place, &box, &area), ERR_OK);
    snprintf(path, sizeof path, "%s/%s.pmtiles", place.folder, area.tag);
    areas_close(place.areas);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_int_equal(areas_open(place.folder, &place.areas), ERR_OK);
    assert_int_equal(wait_for(&place, &box, &area), ERR_OK);
    assert_int_equal(stat(path, &about), 0);
    assert_true(about.st_mtime >= now_s - 60);
    close_place(&place);
}

static void a_file_that_has_gone_or_was_spoilt_is_made_again(void **state) {
    struct place place = open_place(*state);
    const struct bbox box = box_at(1);
    struct area area;
    char path[400];
    int fd = -1;
    assert_int_equal(wait_for(&place, &box, &area), ERR_OK);
    snprintf(path, sizeof path, "%s/%s.pmtiles", place.folder, area.tag);
    for (int spoilt = 0; spoilt < 2; spoilt++) {
        if (spoilt)
            assert_int_equal(truncate(path, 100), 0);
        else
            assert_int_equal(unlink(path), 0);
        assert_int_equal(areas_file(place.areas, &area, &fd), ERR_BUSY);
        assert_int_equal(wait_for(&place, &box, &area), ERR_OK);
        assert_int_equal(areas_file(place.areas, &area, &fd), ERR_OK);
        close(fd);
    }
    close_place(&place);
}

static void a_file_that_cannot_be_opened_now_is_kept(void **state) {
    struct place place = open_place(*state);
    const struct bbox box = box_at(1);
    struct area area;
    struct stat before, after;
    struct rlimit usual, none;
    char path[400];
    assert_int_equal(wait_for(&place, &box, &area), ERR_OK);
    snprintf(path, sizeof path, "%s/%s.pmtiles", place.folder, area.tag);
    assert_int_equal(stat(path, &before), 0);
    areas_close(place.areas); // the next ones know the file by its folder alone
    assert_int_equal(areas_open(place.folder, &place.areas), ERR_OK);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = usual.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    enum err err = wait_for(&place, &box, &area);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
    assert_int_equal(err, ERR_IO);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    close_place(&place);
}

static void an_area_holds_the_zooms_that_the_map_has_there(void **state) {
    struct place place = open_place(*state);
    const struct bbox box = {0, 0, 0.001, 0.001}; // zooms 0 to 3 are whole, and 12 has nothing here
    struct area area;
    assert_int_equal(wait_for(&place, &box, &area), ERR_OK);
    assert_int_equal(area.minzoom, 0);
    assert_int_equal(area.maxzoom, 3);
    close_place(&place);
}

int main(void) {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, archive_room_open, archive_room_close)
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(many_tablets_that_ask_at_once_have_one_cut_each_made),
        IN_A_ROOM(a_restart_takes_what_is_in_the_folder),
        IN_A_ROOM(a_file_that_is_taken_after_a_restart_counts_as_used),
        IN_A_ROOM(a_file_that_has_gone_or_was_spoilt_is_made_again),
        IN_A_ROOM(a_file_that_cannot_be_opened_now_is_kept),
        IN_A_ROOM(an_area_holds_the_zooms_that_the_map_has_there),
    };
    return cmocka_run_group_tests_name("areas", tests, NULL, NULL);
}
