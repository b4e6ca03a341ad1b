// SPDX-License-Identifier: AGPL-3.0-or-later
#include "gpkg_room.h"
#include "sample_edition.h"
#include "test.h"
#include <sqlite3.h>
#include <unistd.h>

int gpkg_room_open(void **state) {
    struct gpkg_room *room = calloc(1, sizeof *room);
    assert_non_null(room);
    folder_make(room->folder);
    folder_path(room->folder, "1-2 %?#.gpkg", room->path); // a name that a URI would trip over
    arena_init(&room->arena);
    assert_int_equal(crs_open(&room->crs), ERR_OK);
    room->sample = sample_edition_make(&room->arena);
    gpkg_room_rewrite(room);
    *state = room;
    return 0;
}

int gpkg_room_close(void **state) {
    struct gpkg_room *room = *state;
    folder_drop(room->folder);
    crs_close(room->crs);
    arena_fini(&room->arena);
    free(room);
    return 0;
}

void gpkg_room_sql(const struct gpkg_room *room, const char *sql) {
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(room->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(db);
}

void gpkg_room_rewrite(const struct gpkg_room *room) {
    struct fault fault = {0};
    unlink(room->path);
    if (gpkg_write(room->sample, room->crs, room->path, &fault) != ERR_OK)
        fail_msg("%s: %s", fault.where, fault.why);
}

void gpkg_room_refused(const struct gpkg_room *room, enum err err, const char *why) {
    struct arena arena;
    struct fault fault = {0};
    struct edition edition = {.number = 77};
    arena_init(&arena);
    assert_string_equal(err_name(gpkg_read(room->path, &arena, &fault, &edition)), err_name(err));
    if (!strstr(fault.why, why))
        fail_msg("\"%s\" does not say \"%s\"", fault.why, why);
    assert_int_equal(edition.number, 77);
    arena_fini(&arena);
}
