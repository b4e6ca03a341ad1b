// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading contributions. Rows go from the statement to the caller one at a time, nothing is
// gathered: the columns are borrowed from the row, and one small arena holds one geometry.
//
// A box can be read in two ways. By the spatial index: what it costs depends on the box and the
// limit, but it meets the points of every session held in the same streets. By the session: newest
// first, each row tested, which is better while the session is small. `SMALL_SESSION` is where the
// two cross.
#include "store/contribution_store.h"

#include "base/json.h"
#include <string.h>

enum { SMALL_SESSION = 300 };

/* The columns of every statement read here. */
enum column {
    C_ID,
    C_UUID,
    C_SESSION,
    C_PARTICIPANT,
    C_ENTERED_BY,
    C_CATEGORY,
    C_ANSWERS,
    C_STATE,
    C_VERSION,
    C_CREATED,
    C_CHANGED,
    C_GEOMETRY,
    C_PSEUDONYM
};

static enum err read_row(struct stmt *stmt, struct arena *arena, struct contribution *out) {
    size_t len;
    const void *uuid = db_blob(stmt, C_UUID, &len);
    if (!uuid || len != CONTRIBUTION_UUID_SIZE)
        return ERR_NOT_A_STORE;
    memcpy(out->uuid, uuid, len);
    if (!contribution_state_parse(db_text(stmt, C_STATE, &len), &out->state))
        return ERR_NOT_A_STORE;
    out->id = db_i64(stmt, C_ID);
    out->session_id = db_i64(stmt, C_SESSION);
    out->participant_id = db_i64(stmt, C_PARTICIPANT);
    out->entered_by = db_i64(stmt, C_ENTERED_BY);
    out->category = db_text(stmt, C_CATEGORY, &len);
    out->answers = db_text(stmt, C_ANSWERS, &out->answers_len);
    out->version = db_i64(stmt, C_VERSION);
    out->created_ms = db_i64(stmt, C_CREATED);
    out->changed_ms = db_i64(stmt, C_CHANGED);
    out->pseudonym = db_text(stmt, C_PSEUDONYM, &len);
    out->kept_beside = false;
    return db_geometry(stmt, C_GEOMETRY, arena, &out->geometry);
}

static bool answers_hold(const struct contribution *c, const char *field, const char *value) {
    struct json_object *answers = NULL;
    if (json_parse(c->answers, c->answers_len, NULL, &answers) != ERR_OK)
        return false;
    struct json_object *given = json_get(answers, field);
    bool hold = false;
    size_t len;
    if (json_type_of(given) == JSON_STRING)
        hold = strcmp(json_text(given, &len), value) == 0;
    for (size_t i = 0; json_type_of(given) == JSON_ARRAY && !hold && i < json_length(given); i++) {
        const char *one = json_text(json_at(given, i), &len);
        hold = one && strcmp(one, value) == 0;
    }
    json_free(answers);
    return hold;
}

static bool wanted(const struct contribution_query *query, const struct bbox *seen,
                   const struct contribution *c) {
    if (query->box) {
        struct bbox box = geometry_bbox(&c->geometry);
        if (!bbox_intersects(query->box, &box) || (seen && bbox_intersects(seen, &box)))
            return false;
    }
    if (query->category && strcmp(query->category, c->category) != 0)
        return false;
    if (query->state && strcmp(query->state, contribution_state_name(c->state)) != 0)
        return false;
    return !query->when || answers_hold(c, "when", query->when);
}

/* Where a list stands; the two halves of a box across the antimeridian are read into one. */
struct listing {
    const struct contribution_query *query;
    contribution_fn *fn;
    void *context;
    const struct bbox *seen; // what the first half has given already; NULL: nothing
    size_t given;
    struct contribution_end end;
};

/* One step of FNV-1a (Fowler, Noll, Vo), a number at a time. */
static uint64_t mixed(uint64_t mark, int64_t number) {
    mark = (mark ^ (uint64_t)number) * 0x100000001b3u;
    return mark ^ (mark >> 32);
}

static enum err give_rows(struct stmt *stmt, struct listing *listing) {
    struct arena scratch;
    arena_init(&scratch);
    struct contribution c;
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        arena_reset(&scratch);
        err = read_row(stmt, &scratch, &c);
        if (err != ERR_OK)
            break;
        if (!wanted(listing->query, listing->seen, &c))
            continue;
        if (listing->given == listing->query->limit) {
            listing->end.more = true;
            break;
        }
        err = listing->fn(listing->context, &c);
        if (err != ERR_OK)
            break;
        listing->given++;
        listing->end.last_id = c.id;
        // an id may be used again after a deletion, hence the time
        listing->end.mark = mixed(mixed(mixed(listing->end.mark, c.id), c.version), c.changed_ms);
    }
    db_reset(stmt);
    arena_fini(&scratch);
    return err;
}

static enum err give_box(struct db *db, struct listing *listing, double west_deg, double east_deg) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_IN_BOX);
    db_bind_i64(stmt, ":session", listing->query->session_id);
    db_bind_f64(stmt, ":west_deg", west_deg);
    db_bind_f64(stmt, ":east_deg", east_deg);
    db_bind_f64(stmt, ":south_deg", listing->query->box->south_deg);
    db_bind_f64(stmt, ":north_deg", listing->query->box->north_deg);
    return give_rows(stmt, listing);
}

static enum err session_is_small(struct db *db, int64_t session_id, bool *small) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_BEYOND);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":count", SMALL_SESSION);
    bool row = false;
    enum err err = db_step(stmt, &row);
    db_reset(stmt);
    *small = !row;
    return err;
}

static enum err give_by_box(struct db *db, struct listing *listing) {
    const struct bbox *box = listing->query->box;
    if (box->west_deg <= box->east_deg)
        return give_box(db, listing, box->west_deg, box->east_deg);
    const struct bbox first = {box->west_deg, box->south_deg, 180, box->north_deg};
    enum err err = give_box(db, listing, first.west_deg, first.east_deg);
    listing->seen = &first;
    if (err == ERR_OK && !listing->end.more)
        err = give_box(db, listing, -180, box->east_deg);
    listing->seen = NULL;
    return err;
}

static enum err give_by_time(struct db *db, struct listing *listing) {
    const struct contribution_query *query = listing->query;
    struct stmt *stmt;
    if (query->participant_id) {
        stmt = db_stmt(db, QUERY_CONTRIBUTIONS_OF_PARTICIPANT);
        db_bind_i64(stmt, ":participant", query->participant_id);
    } else {
        stmt = db_stmt(db, QUERY_CONTRIBUTIONS_NEWEST);
        db_bind_i64(stmt, ":session", query->session_id);
    }
    db_bind_i64(stmt, ":before", query->before_id ? query->before_id : INT64_MAX);
    return give_rows(stmt, listing);
}

enum err contribution_list(struct db *db, const struct contribution_query *query,
                           contribution_fn *fn, void *context, struct contribution_end *end) {
    struct listing listing = {.query = query, .fn = fn, .context = context};
    bool by_box = query->box != NULL && query->participant_id == 0;
    enum err err = ERR_OK;
    if (by_box) {
        bool small = false;
        err = session_is_small(db, query->session_id, &small);
        by_box = !small;
    }
    if (err == ERR_OK)
        err = by_box ? give_by_box(db, &listing) : give_by_time(db, &listing);
    if (err == ERR_OK)
        *end = listing.end;
    return err;
}

enum err contribution_list_oldest(struct db *db, int64_t session_id, int64_t after_id, size_t limit,
                                  contribution_fn *fn, void *context, int64_t *last_id) {
    struct contribution_query query = {.session_id = session_id, .limit = limit};
    struct listing listing = {.query = &query, .fn = fn, .context = context};
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_OLDEST);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":after", after_id);
    enum err err = give_rows(stmt, &listing);
    if (err == ERR_OK)
        *last_id = listing.end.last_id;
    return err;
}

enum err contribution_find(struct db *db, int64_t session_id,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct arena *arena,
                           struct contribution *out) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_BY_UUID);
    db_bind_blob(stmt, ":uuid", uuid, CONTRIBUTION_UUID_SIZE);
    db_bind_i64(stmt, ":session", session_id);
    enum err err = db_one(stmt);
    if (err != ERR_OK)
        return err;
    struct contribution found;
    err = read_row(stmt, arena, &found);
    if (err == ERR_OK) {
        found.category = db_text_copy(stmt, C_CATEGORY, arena);
        found.answers = db_text_copy(stmt, C_ANSWERS, arena);
        found.pseudonym = db_text_copy(stmt, C_PSEUDONYM, arena);
        if (!found.category || !found.answers ||
            (!found.pseudonym && !db_is_null(stmt, C_PSEUDONYM)))
            err = ERR_NO_MEMORY;
    }
    db_reset(stmt);
    if (err == ERR_OK)
        *out = found;
    return err;
}
