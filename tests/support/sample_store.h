// SPDX-License-Identifier: AGPL-3.0-or-later
// A store in a folder of its own with one of each: a facilitator, her project, an exercise (the safety
// map of examples/), an open session, a participant who was let in and consents to all.
#ifndef REPERE_TESTS_SAMPLE_STORE_H
#define REPERE_TESTS_SAMPLE_STORE_H
#include "base/arena.h"
#include "folder.h"
#include "store/db.h"

struct sample {
    char folder[FOLDER_PATH_SIZE];
    char path[FOLDER_PATH_SIZE]; // the database
    struct db *db;               // DB_WRITE
    struct arena arena;          // the test's
    int64_t staff_id, project_id, exercise_id, session_id, participant_id;
};

/* A cmocka set-up and tear-down: `*state` is a struct sample. */
int sample_setup(void **state);
int sample_teardown(void **state);

/** Runs SQL text: what a test wants to stand in the store. Fails the test on an error. */
void sample_sql(struct db *db, const char *sql);
/** The first column of the first row as a number; the test fails without one. */
int64_t sample_number(struct db *db, const char *sql);
/** Another connection, for reading. */
struct db *sample_reader(const struct sample *sample);
/** One approved contribution at a place, by the sample's participant; its id. `text` goes into its
 *  answers. */
int64_t sample_contribution(struct db *db, const struct sample *sample, double lon_deg,
                            double lat_deg, const char *text);
#endif
