// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/edition_store.h"

#include "store/rows.h"

#include <string.h>

/* ---- editions ---- */

static enum err read_edition(struct stmt *stmt, struct arena *arena, void *item) {
    struct edition_row *out = item;
    size_t len = 0;
    const void *hash = db_blob(stmt, 6, &len);
    if (!hash || len != SECRET_HASH_SIZE)
        return ERR_NOT_A_STORE;
    *out = (struct edition_row){
        .id = db_i64(stmt, 0),
        .project_id = db_i64(stmt, 1),
        .number = (unsigned)db_i64(stmt, 2),
        .revision = (unsigned)db_i64(stmt, 3),
    };
    memcpy(out->file_hash, hash, SECRET_HASH_SIZE);
    out->published_on = db_text_copy(stmt, 4, arena);
    out->overlays = db_text_copy(stmt, 5, arena);
    return out->published_on && out->overlays ? ERR_OK : ERR_NO_MEMORY;
}

enum err edition_row_list(struct db *db, int64_t project_id, struct arena *arena, struct edition_row **out,
                      size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_LIST);
    struct rows rows;
    db_bind_i64(stmt, ":project", project_id);
    enum err err = rows_list(stmt, read_edition, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err edition_row_insert(struct db *db, const struct edition_row *row, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_INSERT);
    db_bind_i64(stmt, ":project", row->project_id);
    db_bind_i64(stmt, ":number", row->number);
    db_bind_text(stmt, ":published_on", row->published_on);
    db_bind_text(stmt, ":overlays", row->overlays);
    db_bind_blob(stmt, ":file_hash", row->file_hash, SECRET_HASH_SIZE);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err edition_row_revise(struct db *db, int64_t id, unsigned revision,
                        const uint8_t file_hash[SECRET_HASH_SIZE]) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_REVISE);
    db_bind_i64(stmt, ":edition", id);
    db_bind_i64(stmt, ":revision", revision);
    db_bind_blob(stmt, ":file_hash", file_hash, SECRET_HASH_SIZE);
    return rows_write_one(stmt);
}

enum err edition_row_delete(struct db *db, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_DELETE);
    db_bind_i64(stmt, ":edition", id);
    return rows_write_one(stmt);
}

/* ---- exercises and sessions of an edition ---- */

static enum err read_part(struct stmt *stmt, struct arena *arena, void *item) {
    struct edition_part *out = item;
    *out = (struct edition_part){.key = db_text_copy(stmt, 0, arena),
                                 .since = (unsigned)db_i64(stmt, 1),
                                 .people = (uint32_t)db_i64(stmt, 2),
                                 .base_m = (unsigned)db_i64(stmt, 3)};
    return out->key ? ERR_OK : ERR_NO_MEMORY;
}

enum err edition_part_list(struct db *db, int64_t edition_id, struct arena *arena,
                           struct edition_part **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_EXERCISE_LIST);
    struct rows rows;
    db_bind_i64(stmt, ":edition", edition_id);
    enum err err = rows_list(stmt, read_part, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err edition_part_insert(struct db *db, int64_t edition_id, const struct edition_part *part) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_EXERCISE_INSERT);
    db_bind_i64(stmt, ":edition", edition_id);
    db_bind_text(stmt, ":key", part->key);
    db_bind_i64(stmt, ":since", part->since);
    db_bind_i64(stmt, ":people", part->people);
    db_bind_i64(stmt, ":base_m", part->base_m);
    return db_run(stmt, NULL);
}

static enum err read_id(struct stmt *stmt, struct arena *arena, void *item) {
    (void)arena;
    *(int64_t *)item = db_i64(stmt, 0);
    return ERR_OK;
}

static enum err list_sessions(struct stmt *stmt, struct arena *arena, int64_t **out, size_t *count) {
    struct rows rows;
    enum err err = rows_list(stmt, read_id, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err edition_session_list(struct db *db, int64_t edition_id, struct arena *arena, int64_t **out,
                              size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_SESSION_LIST);
    db_bind_i64(stmt, ":edition", edition_id);
    return list_sessions(stmt, arena, out, count);
}

enum err edition_session_ever(struct db *db, int64_t project_id, struct arena *arena, int64_t **out,
                              size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_SESSION_EVER);
    db_bind_i64(stmt, ":project", project_id);
    return list_sessions(stmt, arena, out, count);
}

enum err edition_session_insert(struct db *db, int64_t edition_id, int64_t session_id) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_SESSION_INSERT);
    db_bind_i64(stmt, ":edition", edition_id);
    db_bind_i64(stmt, ":session", session_id);
    return db_run(stmt, NULL);
}

/* ---- leaves ---- */

enum { REGION_BYTES = REGION_WORDS * 8 };

static void write_bits(const struct region *region, uint8_t out[REGION_BYTES]) {
    for (int i = 0; i < REGION_BYTES; i++)
        out[i] = (uint8_t)(region->bits[i / 8] >> (i % 8 * 8));
}

static void read_bits(const uint8_t *bytes, struct region *out) {
    for (int i = 0; i < REGION_BYTES; i++)
        out->bits[i / 8] |= (uint64_t)bytes[i] << (i % 8 * 8);
}

static enum err insert_row(struct db *db, int64_t edition_id, const struct leaf_row *leaf, int64_t *id) {
    uint8_t bits[REGION_BYTES];
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_LEAF_INSERT);
    write_bits(&leaf->region, bits);
    db_bind_i64(stmt, ":edition", edition_id);
    db_bind_text(stmt, ":slice", leaf->slice);
    db_bind_i64(stmt, ":column", leaf->region.top.column);
    db_bind_i64(stmt, ":row", leaf->region.top.row);
    db_bind_blob(stmt, ":cells", bits, sizeof bits);
    db_bind_i64(stmt, ":value", leaf->value);
    db_bind_i64(stmt, ":gone", leaf->gone);
    enum err err = db_run(stmt, NULL);
    *id = db_last_id(db);
    return err;
}

/* @param left_out grows by who is in the store no more */
static enum err insert_members(struct db *db, int64_t leaf_id, const struct leaf_row *leaf,
                               int64_t *left_out) {
    enum err err = ERR_OK;
    for (size_t i = 0; i < leaf->id_count && !err; i++) {
        int64_t written = 0;
        struct stmt *stmt = db_stmt(db, QUERY_EDITION_MEMBER_INSERT);
        db_bind_i64(stmt, ":leaf", leaf_id);
        db_bind_i64(stmt, ":contributor", leaf->ids[i]);
        err = db_run(stmt, &written);
        *left_out += written == 0;
    }
    return err;
}

enum err leaf_insert(struct db *db, int64_t edition_id, const struct leaf_row *leaf) {
    int64_t id = 0, left_out = 0;
    enum err err = insert_row(db, edition_id, leaf, &id);
    if (!err)
        err = insert_members(db, id, leaf, &left_out);
    if (err || !left_out)
        return err;
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_LEAF_GONE);
    db_bind_i64(stmt, ":leaf", id);
    db_bind_i64(stmt, ":gone", left_out);
    return db_run(stmt, NULL);
}

/* A leaf with the id that its members name. */
struct numbered {
    int64_t id;
    struct leaf_row leaf;
};

static enum err read_leaf(struct stmt *stmt, struct arena *arena, void *item) {
    struct numbered *out = item;
    size_t len = 0;
    const void *bits = db_blob(stmt, 4, &len);
    if (!bits || len != REGION_BYTES)
        return ERR_NOT_A_STORE;
    *out = (struct numbered){
        .id = db_i64(stmt, 0),
        .leaf = {.region.top = {(int32_t)db_i64(stmt, 2), (int32_t)db_i64(stmt, 3)},
                 .value = (uint32_t)db_i64(stmt, 5),
                 .gone = (uint32_t)db_i64(stmt, 6),
                 .counted = (uint32_t)db_i64(stmt, 7)}};
    read_bits(bits, &out->leaf.region);
    out->leaf.slice = db_text_copy(stmt, 1, arena);
    return out->leaf.slice ? ERR_OK : ERR_NO_MEMORY;
}

struct member {
    int64_t leaf_id, contributor;
};

static enum err read_member(struct stmt *stmt, struct arena *arena, void *item) {
    (void)arena;
    *(struct member *)item = (struct member){db_i64(stmt, 0), db_i64(stmt, 1)};
    return ERR_OK;
}

/* Both lists rise by leaf. */
static enum err attach(const struct rows *leaves, const struct rows *members, struct arena *arena,
                       struct leaf_row *out) {
    const struct numbered *leaf = leaves->items;
    const struct member *member = members->items;
    int64_t *ids = arena_array(arena, members->count + 1, sizeof *ids);
    size_t next = 0;
    if (!ids)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < leaves->count; i++) {
        out[i] = leaf[i].leaf;
        out[i].ids = ids + next;
        for (; next < members->count && member[next].leaf_id == leaf[i].id; next++)
            ids[next] = member[next].contributor;
        out[i].id_count = (size_t)(ids + next - out[i].ids);
    }
    return ERR_OK;
}

enum err leaf_list(struct db *db, int64_t edition_id, struct arena *arena, struct leaf_row **out,
                   size_t *count) {
    struct rows leaves, members;
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_LEAF_LIST);
    db_bind_i64(stmt, ":edition", edition_id);
    enum err err = rows_list(stmt, read_leaf, sizeof(struct numbered), arena, &leaves);
    if (err)
        return err;
    stmt = db_stmt(db, QUERY_EDITION_MEMBER_LIST);
    db_bind_i64(stmt, ":edition", edition_id);
    err = rows_list(stmt, read_member, sizeof(struct member), arena, &members);
    if (err)
        return err;
    struct leaf_row *list = arena_array(arena, leaves.count + 1, sizeof *list);
    err = list ? attach(&leaves, &members, arena, list) : ERR_NO_MEMORY;
    if (!err) {
        *out = list;
        *count = leaves.count;
    }
    return err;
}

enum err leaf_prune(struct db *db, int64_t project_id, unsigned number) {
    struct stmt *stmt = db_stmt(db, QUERY_EDITION_LEAF_PRUNE);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":number", number);
    return db_run(stmt, NULL);
}

enum err leaf_drop_exercise(struct db *db, int64_t project_id, const char *key) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_END_LEAVES);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_text(stmt, ":key", key);
    return db_run(stmt, NULL);
}
