// SPDX-License-Identifier: AGPL-3.0-or-later
// A private store in a folder of its own, with one project, two sessions and a few participants,
// for tests. cmocka's macros report what goes wrong.
#ifndef REPERE_TESTS_SEEDED_STORE_H
#define REPERE_TESTS_SEEDED_STORE_H
#include "base/arena.h"
#include "model/contribution.h"
#include "store/db.h"

enum {
    SEED_PROJECT = 1,
    SEED_EXERCISE = 1,
    SEED_SESSION = 1,       // open, approves at once, 0 m
    SEED_OTHER_SESSION = 2, // closed, approves by hand
    SEED_ONE = 1,         // admitted to SEED_SESSION, agreed to the room
    SEED_TWO = 2,         // admitted too
    SEED_WAITING = 3,       // waits
    SEED_STAFF = 1          // a facilitator of the project
};

struct seeded_store {
    char folder[64];
    char path[96];
    struct db *writing, *reading;
    struct arena arena;
};
/** @param document the exercise's text; NULL: "{}", which no service can parse */
void seeded_store_open(struct seeded_store *store, const char *document);
/** Closes and deletes it. */
void seeded_store_close(struct seeded_store *store);
/** Runs SQL on a connection of its own, without SpatiaLite. */
void seeded_store_sql(const struct seeded_store *store, const char *sql);
/** An approved point of SEED_SESSION by SEED_ONE, not yet stored; its uuid is made of `number`.
 */
struct contribution seeded_point(unsigned number, double *lon_lat);
#endif
