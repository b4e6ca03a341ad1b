// SPDX-License-Identifier: AGPL-3.0-or-later
// Editions in the private store: what was published when, of which sessions, and who is in the leaves of
// the latest one. The figures themselves stand in the edition's file.
#ifndef REPERE_STORE_EDITION_STORE_H
#define REPERE_STORE_EDITION_STORE_H
#include "base/arena.h"
#include "base/secret.h"
#include "geo/equal_area.h"
#include "store/db.h"

struct edition_row {
    int64_t id, project_id;
    unsigned number, revision;
    const char *published_on; // "2026-05-31"
    const char *overlays;     // JSON array of ids
    uint8_t file_hash[SECRET_HASH_SIZE];
};
/** By project, newest first. @param project_id 0: of all projects */
enum err edition_row_list(struct db *db, int64_t project_id, struct arena *arena, struct edition_row **out,
                      size_t *count);
/** project_id, number, published_on, overlays and file_hash are read. Errors: CONFLICT (the number is taken). */
enum err edition_row_insert(struct db *db, const struct edition_row *row, int64_t *out_id);
/** Errors: NOT_FOUND. */
enum err edition_row_revise(struct db *db, int64_t id, unsigned revision,
                        const uint8_t file_hash[SECRET_HASH_SIZE]);
/** With all that hangs on it. Errors: NOT_FOUND. */
enum err edition_row_delete(struct db *db, int64_t id);

/** What an edition says of an exercise. */
struct edition_part {
    const char *key;
    unsigned since;  // number of the edition that computed its figures
    uint32_t people; // attendances then
    unsigned base_m; // side of its leaves' smallest cells
};
enum err edition_part_insert(struct db *db, int64_t edition_id, const struct edition_part *part);
/** By key. */
enum err edition_part_list(struct db *db, int64_t edition_id, struct arena *arena,
                           struct edition_part **out, size_t *count);

/** A session that is gone is passed over. */
enum err edition_session_insert(struct db *db, int64_t edition_id, int64_t session_id);
/** Rising ids. */
enum err edition_session_list(struct db *db, int64_t edition_id, struct arena *arena, int64_t **out,
                              size_t *count);
/** Of all editions of the project; rising ids. */
enum err edition_session_ever(struct db *db, int64_t project_id, struct arena *arena, int64_t **out,
                              size_t *count);

/** A published leaf and the people behind its value. */
struct leaf_row {
    const char *slice; // "safety-map.all"
    struct region region;
    uint32_t value;
    uint32_t gone;    // people of it who are known no more
    uint32_t counted; // of the others, those who may still be counted; not written
    const int64_t *ids; // the others' contributors, rising
    size_t id_count;
};
/** Who withdrew meanwhile is added to `gone`. */
enum err leaf_insert(struct db *db, int64_t edition_id, const struct leaf_row *leaf);
/** In the order they were inserted. */
enum err leaf_list(struct db *db, int64_t edition_id, struct arena *arena, struct leaf_row **out,
                   size_t *count);
/** Forgets the leaves of editions of the project before `number`. */
enum err leaf_prune(struct db *db, int64_t project_id, unsigned number);
/** Forgets the leaves of an exercise in all editions of the project. */
enum err leaf_drop_exercise(struct db *db, int64_t project_id, const char *key);
#endif
