// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder with an edition's file in it, for tests that read, damage and look at it.
#ifndef REPERE_TESTS_GPKG_ROOM_H
#define REPERE_TESTS_GPKG_ROOM_H
#include "folder.h"
#include "geo/crs.h"
#include "publish/gpkg.h"

struct gpkg_room {
    char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
    struct arena arena;
    struct crs *crs;
    struct edition *sample; // as it stands in the file
};
/** cmocka's setup and teardown: a room with the sample edition written to `path`. */
int gpkg_room_open(void **state);
int gpkg_room_close(void **state);
/** Changes the file as another program would. Fails the test when a statement fails. */
void gpkg_room_sql(const struct gpkg_room *room, const char *sql);
/** Writes the sample anew. */
void gpkg_room_rewrite(const struct gpkg_room *room);
/** Reads the file: it must be refused with this error, for a reason that holds these words. */
void gpkg_room_refused(const struct gpkg_room *room, enum err err, const char *why);
#endif
