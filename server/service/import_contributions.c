// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows as contributions of a session: approved, their positions as coarse as the session keeps
// them. A contribution's uuid is made of the session, the file and the row, so that a file that is
// imported twice does not stand there twice.
#include "service/import_target.h"

#include "base/clock.h"
#include "geo/zorder.h"
#include "model/import_cell.h"
#include "model/participant.h"
#include "service/audit_service.h"
#include "service/contribution_draft.h"
#include "service/exercise_service.h"
#include "service/session_service.h"
#include "store/contribution_store.h"
#include "store/import_store.h"

#include <stdlib.h>
#include <string.h>

enum { PSEUDONYM_DRAWS = 1000, TELL_EVERY = 1000 };

enum err import_contributions_begin(struct context *context, struct import_plan *plan,
                                    struct fault *fault) {
    const struct import_order *order = &plan->order;
    const struct exercise *exercise = NULL;
    enum err err = session_require(context, order->caller, order->mapping->session_id, &plan->arena,
                                   &plan->session);
    if (!err && plan->session.project_id != order->project_id)
        err = ERR_NOT_FOUND;
    if (!err && !plan->session.open)
        err = ERR_SESSION_CLOSED;
    if (!err)
        err = exercise_get(context, plan->session.exercise_id, &plan->arena, &exercise);
    if (!err)
        err = import_answers_new(order->mapping, order->source, &plan->session, exercise, fault,
                                 &plan->answers);
    return err;
}

/* ---- people ---- */

static size_t people_max(void) {
    return pseudonym_count() / 2; // so that a free pseudonym is soon drawn
}

static enum err add_person(struct import_plan *plan, const char *cell, size_t len,
                           struct fault *fault, size_t *out) {
    if (plan->people_count == people_max())
        return fault_set(fault, ERR_BAD_FIELD, "participant", "more than %zu different people",
                         people_max());
    if (!plan->people) {
        plan->people = calloc(people_max(), sizeof *plan->people);
        if (!plan->people)
            return ERR_NO_MEMORY;
    }
    const char *copy = arena_strndup(&plan->arena, cell, len);
    if (!copy)
        return ERR_NO_MEMORY;
    *out = plan->people_count;
    plan->people[plan->people_count++] = copy;
    return ERR_OK;
}

static enum err person_of(const struct import_row *row, const struct import_record *record,
                          struct fault *fault, size_t *out) {
    struct import_plan *plan = row->plan;
    struct import_part part = {"", 0};
    *out = SIZE_MAX;
    if (row->participant != SIZE_MAX)
        part = import_trim(record->cells[row->participant], record->lengths[row->participant]);
    else if (!plan->order.mapping->whole_file_is_one_participant)
        return ERR_OK;
    if (row->participant != SIZE_MAX && !part.len)
        return ERR_OK;
    for (size_t i = 0; i < plan->people_count; i++) {
        if (strncmp(plan->people[i], part.text, part.len) == 0 && !plan->people[i][part.len]) {
            *out = i;
            return ERR_OK;
        }
    }
    return add_person(plan, part.text, part.len, fault, out);
}

/* ---- reading ---- */

enum err import_contributions_add(struct import_row *row, const struct import_record *record,
                                  struct fault *fault) {
    struct import_plan *plan = row->plan;
    struct import_contribution made = {.row = record->row};
    struct geometry geometry;
    enum err err = import_answers_read(plan->answers, record, fault, &made.said);
    if (!err)
        err = import_position_read(&row->position, record, &plan->scratch, fault, &geometry);
    if (!err)
        err = contribution_place(&plan->session, &made.said->answers, &plan->scratch, fault,
                                 &geometry);
    if (!err)
        err = import_row_date(row, record, fault, &made.created_ms);
    if (!err)
        err = person_of(row, record, fault, &made.person);
    if (!err)
        err = geometry_copy(&geometry, &plan->arena, &made.geometry);
    if (err)
        return err;
    struct import_contribution *rows =
        import_plan_grow(plan, plan->contributions, sizeof *plan->contributions);
    if (!rows)
        return ERR_NO_MEMORY;
    plan->contributions = rows;
    rows[plan->count++] = made;
    return ERR_OK;
}

/* ---- writing ---- */

static enum err insert_person(struct context *context, const struct import_plan *plan,
                              int64_t now_ms, int64_t *out) {
    enum err err = ERR_CONFLICT;
    for (int i = 0; i < PSEUDONYM_DRAWS && err == ERR_CONFLICT; i++) {
        uint32_t draw;
        char pseudonym[PSEUDONYM_SIZE];
        secret_random(&draw, sizeof draw);
        pseudonym_make(draw, pseudonym);
        err = import_participant_insert(context->db, plan->session.id, pseudonym,
                                        plan->order.mapping->counted, now_ms, out);
    }
    return err;
}

static enum err insert_people(struct context *context, const struct import_plan *plan,
                              int64_t **out) {
    int64_t now_ms = clock_now_ms();
    int64_t *ids = calloc(plan->people_count + 1, sizeof *ids);
    enum err err = ids ? ERR_OK : ERR_NO_MEMORY;
    for (size_t i = 0; i < plan->people_count && !err; i++)
        err = insert_person(context, plan, now_ms, &ids[i]);
    if (err)
        free(ids);
    else
        *out = ids;
    return err;
}

/* A UUID of version 8 (RFC 9562): a keyed hash of the session and the file, then the row, so that
 * rows of a file lie side by side in the index. Without the key nobody can tell by an id which file
 * it came from. */
static void make_base_uuid(const struct context *context, const struct import_plan *plan,
                           uint8_t base[CONTRIBUTION_UUID_SIZE]) {
    struct {
        uint8_t file[SECRET_HASH_SIZE];
        int64_t session_id;
    } from = {.session_id = plan->session.id};
    uint8_t hash[SECRET_HASH_SIZE];
    memcpy(from.file, plan->order.file_hash, sizeof from.file);
    secret_hmac(context->keys->receipt, "import", &from, sizeof from, hash);
    memcpy(base, hash, CONTRIBUTION_UUID_SIZE);
    base[6] = (uint8_t)(0x80 | (base[6] & 0x0F));
    base[8] = (uint8_t)(0x80 | (base[8] & 0x3F));
}

/* `base` is the file's. */
static void make_uuid(const uint8_t base[CONTRIBUTION_UUID_SIZE], uint64_t row,
                      uint8_t out[CONTRIBUTION_UUID_SIZE]) {
    memcpy(out, base, CONTRIBUTION_UUID_SIZE);
    for (int i = 0; i < 4; i++)
        out[12 + i] = (uint8_t)(row >> (24 - 8 * i));
}

static enum err insert_row(struct context *context, const struct import_plan *plan,
                           const struct import_contribution *row, const int64_t *people,
                           const uint8_t base_uuid[CONTRIBUTION_UUID_SIZE], struct fault *fault) {
    // nobody sent a body that could come again
    static const uint8_t no_body[SECRET_HASH_SIZE] = {0};
    struct contribution c = {
        .session_id = plan->session.id,
        .participant_id = row->person == SIZE_MAX ? 0 : people[row->person],
        .entered_by = plan->order.caller.id,
        .category = row->said->answers.category->id,
        .answers = row->said->json,
        .answers_len = row->said->json_len,
        .state = CONTRIBUTION_APPROVED,
        .created_ms = row->created_ms,
        .geometry = row->geometry,
    };
    int64_t id;
    make_uuid(base_uuid, row->row, c.uuid);
    enum err err = contribution_insert(context->db, &c, no_body, &id);
    if (err == ERR_CONFLICT)
        fault_set(fault, err, "file", "was imported into this session before");
    return err;
}

/* Neighbours on the map become neighbours in the table; of one place, in the file's order. */
static int by_place(const void *left, const void *right) {
    const struct import_contribution *a = left, *b = right;
    uint64_t at_a = zorder_key(a->geometry.coords[0], a->geometry.coords[1]);
    uint64_t at_b = zorder_key(b->geometry.coords[0], b->geometry.coords[1]);
    if (at_a != at_b)
        return at_a < at_b ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static enum err insert_rows(struct context *context, struct import_plan *plan, const int64_t *people,
                            struct fault *fault) {
    const struct import_listener *listener = &plan->order.listener;
    uint64_t read = plan->order.source->row_count;
    struct import_bulk bulk;
    uint8_t base_uuid[CONTRIBUTION_UUID_SIZE];
    make_base_uuid(context, plan, base_uuid);
    qsort(plan->contributions, plan->count, sizeof *plan->contributions, by_place);
    enum err err = import_bulk_begin(context->db, IMPORT_CONTRIBUTIONS, &bulk);
    for (size_t i = 0; i < plan->count && !err; i++) {
        err = insert_row(context, plan, &plan->contributions[i], people, base_uuid, fault);
        if (!err && listener->tell && i % TELL_EVERY == 0)
            err = listener->tell(listener->owner, read + i, read * 2);
    }
    return import_bulk_end(&bulk, err);
}

enum err import_contributions_apply(struct context *context, struct import_plan *plan,
                                    struct fault *fault) {
    struct contribution_gate gate;
    int64_t *people = NULL;
    enum err err = contribution_find_gate(context->db, plan->session.id, 0, &plan->scratch, &gate);
    if (!err && !gate.open)
        err = ERR_SESSION_CLOSED;
    if (!err)
        err = insert_people(context, plan, &people);
    if (!err)
        err = insert_rows(context, plan, people, fault);
    if (!err)
        err = audit_add(context, plan->order.caller, "import", "session", plan->session.id);
    free(people);
    return err;
}
