// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_store.h"

#include "store/db_private.h"
#include "store/migrate.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sample_sql(struct db *db, const char *sql) {
    assert_int_equal(db_exec(db, sql), ERR_OK);
}

int64_t sample_number(struct db *db, const char *sql) {
    int64_t number = 0;
    assert_int_equal(db_value(db, sql, &number), ERR_OK);
    return number;
}

static void run(struct db *db, char *sql) {
    assert_non_null(sql);
    sample_sql(db, sql);
    sqlite3_free(sql);
}

static void fill(struct sample *s) {
    char *document = folder_read(SOURCE_DIR "/examples/exercises/safety-map.json", NULL);
    s->staff_id = s->project_id = s->exercise_id = s->session_id = s->participant_id = 1;
    sample_sql(s->db,
               "INSERT INTO staff (id, name, role, created_ms) VALUES (1, 'nadia', 'facilitator', 1);"
               "INSERT INTO project (id, title, west_deg, south_deg, east_deg, north_deg, created_ms)"
               " VALUES (1, 'Quartier', 4.2, 50.7, 4.5, 51.0, 1);"
               "INSERT INTO project_staff (project_id, staff_id) VALUES (1, 1)");
    run(s->db, sqlite3_mprintf("INSERT INTO exercise (id, project_id, key, version, document, created_ms)"
                               " VALUES (1, 1, 'safety-map', 1, %Q, 1)",
                               document ? document : "{}"));
    sample_sql(
        s->db,
        "INSERT INTO session (id, project_id, exercise_id, title, held_on, west_deg, south_deg,"
        " east_deg, north_deg, precision_m, languages, consent, help_contacts, seat_limit, created_ms)"
        " VALUES (1, 1, 1, 'Saturday', '2026-03-07', 4.2, 50.7, 4.5, 51.0, 50, '[\"en\",\"fr\"]', '{}',"
        " '[]', 30, 1);"
        "INSERT INTO participant (id, session_id, pseudonym, consent, state, joined_ms)"
        " VALUES (1, 1, 'heron', '{\"room\":true,\"aggregate\":true,\"finding\":true,\"photo\":true}',"
        " 'admitted', 1)");
    free(document);
}

int sample_setup(void **state) {
    struct fault fault = {0};
    struct sample *s = calloc(1, sizeof *s);
    assert_non_null(s);
    arena_init(&s->arena);
    folder_make(s->folder);
    folder_path(s->folder, "repere.sqlite", s->path);
    enum err err = migrate(s->path, true, &fault);
    if (err == ERR_OK)
        err = db_open(s->path, DB_WRITE, &fault, &s->db);
    if (err)
        fail_msg("%s: %s: %s", err_name(err), fault.where, fault.why);
    fill(s);
    *state = s;
    return 0;
}

int sample_teardown(void **state) {
    struct sample *s = *state;
    db_close(s->db);
    arena_fini(&s->arena);
    folder_drop(s->folder);
    free(s);
    return 0;
}

struct db *sample_reader(const struct sample *sample) {
    struct db *db = NULL;
    struct fault fault = {0};
    if (db_open(sample->path, DB_READ, &fault, &db) != ERR_OK)
        fail_msg("%s: %s", fault.where, fault.why);
    return db;
}

int64_t sample_contribution(struct db *db, const struct sample *sample, double lon_deg,
                            double lat_deg, const char *text) {
    char *sql = sqlite3_mprintf(
        "INSERT INTO contribution (uuid, session_id, participant_id, category, answers, body_hash,"
        " state, created_ms, changed_ms, geometry) VALUES (randomblob(16), %lld, %lld, 'unsafe',"
        " json_object('feeling', 'unsafe', 'change', %Q), zeroblob(32), 'approved', 1, 1,"
        " MakePoint(%.10f, %.10f, 4326))",
        (long long)sample->session_id, (long long)sample->participant_id, text, lon_deg, lat_deg);
    run(db, sql);
    return db_last_id(db);
}
