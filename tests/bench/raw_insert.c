// SPDX-License-Identifier: AGPL-3.0-or-later
// The least that durable contributions cost: the store's own insert in a loop, so many to a transaction.
// No HTTP, no JSON, no checks.
//
//   raw_insert DATABASE SESSION GROUP SECONDS    prints inserts a second
#include "base/clock.h"
#include "base/secret.h"
#include "store/contribution_store.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err insert_group(struct db *db, int64_t session_id, long group) {
    static const char answers[] = "{\"feeling\":\"safe\",\"when\":[\"night\"]}";
    enum err err = db_begin(db);
    for (long i = 0; !err && i < group; i++) {
        double at[2] = {4.27 + 0.2 * drand48(), 50.79 + 0.1 * drand48()};
        struct contribution c = {.session_id = session_id,
                                 .category = "safe",
                                 .answers = answers,
                                 .answers_len = sizeof answers - 1,
                                 .state = CONTRIBUTION_APPROVED,
                                 .created_ms = clock_now_ms(),
                                 .changed_ms = clock_now_ms(),
                                 .geometry = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = at}};
        uint8_t hash[SECRET_HASH_SIZE] = {0};
        int64_t id;
        secret_random(c.uuid, sizeof c.uuid);
        err = contribution_insert(db, &c, hash, &id);
    }
    return err ? err : db_commit(db);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: raw_insert DATABASE SESSION GROUP SECONDS\n");
        return 2;
    }
    struct fault fault = {0};
    struct db *db = NULL;
    enum err err = secret_init();
    if (!err)
        err = db_open(argv[1], DB_WRITE, &fault, &db);
    long group = strtol(argv[3], NULL, 10), inserted = 0;
    int64_t start_ms = clock_monotonic_ms(), run_ms = strtol(argv[4], NULL, 10) * 1000;
    while (!err && clock_monotonic_ms() - start_ms < run_ms) {
        err = insert_group(db, strtoll(argv[2], NULL, 10), group);
        inserted += group;
    }
    if (err)
        fprintf(stderr, "raw_insert: %s: %s\n", fault.where, err_text(err));
    else
        printf("%.1f\n", 1000.0 * (double)inserted / (double)(clock_monotonic_ms() - start_ms));
    db_close(db);
    return err ? 1 : 0;
}
