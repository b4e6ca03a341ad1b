// SPDX-License-Identifier: AGPL-3.0-or-later
#include "seeded_store.h"

#include "store/migrate.h"
#include "test.h"
#include <sqlite3.h>
#include <unistd.h>

static const char seed[] =
    "INSERT INTO staff (id, name, role, created_ms) VALUES (1, 'Nadia', 'facilitator', 1);"
    "INSERT INTO project (id, title, west_deg, south_deg, east_deg, north_deg, created_ms)"
    " VALUES (1, 'Brussels', 4.2, 50.7, 4.6, 51.0, 1);"
    "INSERT INTO project_staff VALUES (1, 1);"
    "INSERT INTO session (id, project_id, exercise_id, title, held_on, west_deg, south_deg, "
    "east_deg,"
    " north_deg, precision_m, languages, consent, help_contacts, seat_limit, approve, state, "
    "created_ms)"
    " VALUES (1, 1, 1, 'Tuesday', '2026-03-03', 4.3, 50.8, 4.5, 50.9, 0, '[\"en\"]', '{}', '[]', "
    "20,"
    " 'at_once', 'open', 1),"
    " (2, 1, 1, 'Friday', '2026-03-06', 4.3, 50.8, 4.5, 50.9, 50, '[\"en\"]', '{}', '[]', 20,"
    " 'by_hand', 'closed', 1);"
    "INSERT INTO participant (id, session_id, pseudonym, consent, state, joined_ms, contributor)"
    " VALUES (1, 1, 'Kiwi 11', '{\"room\":true}', 'admitted', 1, 101),"
    " (2, 1, 'Plum 12', '{\"room\":true}', 'admitted', 1, 102),"
    " (3, 1, 'Fig 13', '{\"room\":true}', 'waiting', 1, 103);";

void seeded_store_sql(const struct seeded_store *store, const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(store->path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(db);
}

static void insert_exercise(const struct seeded_store *store, const char *document) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(store->path, &db), SQLITE_OK);
    sqlite3_stmt *stmt = NULL;
    static const char sql[] = "INSERT INTO exercise (id, key, version, document, created_ms)"
                              " VALUES (1, 'small', 1, ?1, 1)";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_text(stmt, 1, document, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

void seeded_store_open(struct seeded_store *store, const char *document) {
    struct fault fault = {0};
    snprintf(store->folder, sizeof store->folder, "/tmp/repere-test-XXXXXX");
    assert_non_null(mkdtemp(store->folder));
    snprintf(store->path, sizeof store->path, "%s/repere.sqlite", store->folder);
    assert_int_equal(migrate(store->path, true, &fault), ERR_OK);
    insert_exercise(store, document ? document : "{}");
    seeded_store_sql(store, seed);
    assert_int_equal(db_open(store->path, DB_WRITE, &fault, &store->writing), ERR_OK);
    assert_int_equal(db_open(store->path, DB_READ, &fault, &store->reading), ERR_OK);
    arena_init(&store->arena);
}

void seeded_store_close(struct seeded_store *store) {
    arena_fini(&store->arena);
    db_close(store->reading);
    db_close(store->writing);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", store->folder);
    assert_int_equal(system(command), 0);
}

struct contribution seeded_point(unsigned number, double *lon_lat) {
    struct contribution c = {
        .session_id = SEED_SESSION,
        .participant_id = SEED_ONE,
        .category = "safe",
        .answers = "{\"feeling\":\"safe\"}",
        .answers_len = 18,
        .state = CONTRIBUTION_APPROVED,
        .created_ms = 1700000000000,
        .geometry = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = lon_lat},
    };
    memcpy(c.uuid, &number, sizeof number);
    return c;
}
