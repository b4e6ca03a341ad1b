// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/outbox_file.h"

#include "base/json.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/session_service.h"
#include "service/ticket.h"
#include "store/participant_store.h"
#include <string.h>

enum { FORMAT_VERSION = 1 };
static const int64_t VERSION_MAX = 1000000000;

static const char *const kind_names[] = {
    [OUTBOX_PUT] = "put",
    [OUTBOX_DELETE] = "delete",
    [OUTBOX_CONSENT] = "consent",
    [OUTBOX_UNKNOWN] = NULL,
};

const char *outbox_kind_name(enum outbox_kind kind) {
    return kind_names[kind];
}

const char *outbox_outcome_name(enum outbox_outcome outcome) {
    static const char *const names[] = {
        [OUTBOX_STORED] = "stored",
        [OUTBOX_THERE] = "already there",
        [OUTBOX_BESIDE] = "kept beside",
        [OUTBOX_REFUSED] = "refused",
    };
    return names[outcome];
}

/* ---- reading ---- */

struct reading {
    struct context *context;
    struct arena *arena;
    struct outbox_file *file;
};

static enum err wrong(struct outbox_item *item, enum err err, const char *where, const char *why) {
    return fault_set(item->fault, err, where, "%s", why);
}

static enum err read_kind(struct outbox_item *item, const struct json_object *json) {
    size_t len;
    const char *text = json_text(json_get(json, "kind"), &len);
    for (item->kind = OUTBOX_PUT; item->kind < OUTBOX_UNKNOWN; item->kind++) {
        if (text && strcmp(text, kind_names[item->kind]) == 0)
            return ERR_OK;
    }
    return wrong(item, ERR_BAD_FIELD, "kind", "is put, delete or consent");
}

/* In whatever case it was written; "" when it is none. */
static enum err read_uuid(struct outbox_item *item, const struct json_object *json,
                          struct arena *arena) {
    size_t len = 0;
    const char *text = json_text(json_get(json, "uuid"), &len);
    item->uuid_text = "";
    if (!text || !secret_uuid_parse(text, len, item->uuid))
        return ERR_OK;
    char *canonical = arena_alloc(arena, SECRET_UUID_TEXT_SIZE);
    if (!canonical)
        return ERR_NO_MEMORY;
    secret_uuid_format(item->uuid, canonical);
    item->uuid_text = canonical;
    return ERR_OK;
}

static enum err no_ticket(struct outbox_item *item) {
    return wrong(item, ERR_BAD_CREDENTIALS, "ticket",
                 "was not made by this server for somebody in this session, or was altered");
}

/* Whose it is; who was removed or has taken everything back sends nothing any more. */
static enum err read_author(struct outbox_item *item, const struct json_object *json,
                            const struct reading *reading) {
    size_t len = 0;
    int64_t id = 0;
    int64_t session_id = reading->file->session_id;
    struct participant author;
    const char *ticket = json_text(json_get(json, "ticket"), &len);
    if (!ticket || !ticket_holder(ticket, len, &id))
        return no_ticket(item);
    enum err err = participant_select(reading->context->db, id, reading->arena, &author);
    if (err == ERR_NOT_FOUND)
        return wrong(item, ERR_NOT_FOUND, "ticket", "is of somebody who is no longer in the session");
    if (err != ERR_OK)
        return err;
    if (author.session_id != session_id || !ticket_is_of(reading->context->keys, &author, ticket, len))
        return no_ticket(item);
    if (author.state == PARTICIPANT_REMOVED)
        return wrong(item, ERR_FORBIDDEN, "ticket", "is of somebody who was removed");
    item->author = (struct caller){ROLE_ANYONE | ROLE_PARTICIPANT, id, session_id};
    item->pseudonym = author.pseudonym;
    return ERR_OK;
}

static enum err read_based_on(struct outbox_item *item, const struct json_object *json) {
    int64_t version = 0;
    if (json_has(json, "based_on") &&
        (!json_integer(json_get(json, "based_on"), &version) || version < 0 || version > VERSION_MAX))
        return wrong(item, ERR_BAD_FIELD, "based_on", "is a version, a whole number");
    item->based_on = version;
    return ERR_OK;
}

static enum err read_consent(struct outbox_item *item, const struct json_object *body) {
    struct consent *consent = &item->consent;
    bool whole = json_boolean(json_get(body, "room"), &consent->room) &&
                 json_boolean(json_get(body, "aggregate"), &consent->aggregate) &&
                 json_boolean(json_get(body, "finding"), &consent->finding) &&
                 json_boolean(json_get(body, "photo"), &consent->photo);
    return whole ? ERR_OK
                 : wrong(item, ERR_BAD_FIELD, "body", "says yes or no to room, aggregate, finding, photo");
}

static enum err judge_body(struct context *context, struct outbox_item *item,
                           const struct json_object *body, struct arena *arena) {
    return contribution_draft_make(context, item->author, item->author.session_id, item->uuid,
                                   json_get(body, "geometry"), json_get(body, "answers"), arena,
                                   item->fault, &item->draft);
}

/* What fails for its answers is judged once more when the items before it are stored: they may name one
 * of those. */
static enum err read_body(struct outbox_item *item, struct json_object *body,
                          const struct reading *reading) {
    if (item->kind == OUTBOX_DELETE)
        return ERR_OK;
    if (json_type_of(body) != JSON_OBJECT)
        return wrong(item, ERR_BAD_FIELD, "body", "is missing");
    if (item->kind == OUTBOX_CONSENT)
        return read_consent(item, body);
    enum err err = judge_body(reading->context, item, body, reading->arena);
    if (err != ERR_BAD_FIELD || strncmp(item->fault->where, "answers.", 8) != 0)
        return err;
    const char *text = json_write(body, &item->body_len);
    item->body = text ? arena_strndup(reading->arena, text, item->body_len) : NULL;
    return item->body ? ERR_OK : ERR_NO_MEMORY;
}

static enum err add_item(struct outbox_file *file, struct arena *arena, struct outbox_item **out) {
    if (file->count == file->capacity) {
        size_t wanted = file->capacity ? 2 * file->capacity : 64;
        struct outbox_item **more = arena_array(arena, wanted, sizeof *more);
        if (!more)
            return ERR_NO_MEMORY;
        if (file->count > 0)
            memcpy(more, file->items, file->count * sizeof *more);
        file->items = more;
        file->capacity = wanted;
    }
    struct outbox_item *item = arena_alloc(arena, sizeof *item);
    struct fault *fault = arena_alloc(arena, sizeof *fault);
    if (!item || !fault)
        return ERR_NO_MEMORY;
    item->fault = fault;
    file->items[file->count++] = item;
    *out = item;
    return ERR_OK;
}

/* The server's own trouble, which is no fault of an item. */
static bool is_grave(enum err err) {
    return err_status(err) >= 500;
}

static enum err read_item(void *state, size_t index, struct json_object *json, struct fault *fault) {
    const struct reading *reading = state;
    struct outbox_item *item;
    if (index >= OUTBOX_FILE_ITEMS_MAX)
        return fault_set(fault, ERR_TOO_LARGE, "items", "%d at most", OUTBOX_FILE_ITEMS_MAX);
    enum err err = add_item(reading->file, reading->arena, &item);
    if (err != ERR_OK)
        return err;
    err = read_uuid(item, json, reading->arena);
    if (err == ERR_OK)
        err = read_kind(item, json);
    if (err == ERR_OK && item->kind != OUTBOX_CONSENT && !item->uuid_text[0])
        err = wrong(item, ERR_BAD_FIELD, "uuid", "is the id of a contribution");
    if (err == ERR_OK)
        err = read_author(item, json, reading);
    if (err == ERR_OK)
        err = read_based_on(item, json);
    if (err == ERR_OK)
        err = read_body(item, json_get(json, "body"), reading);
    item->err = err;
    return is_grave(err) ? err : ERR_OK;
}

/* What stands about the items. A file of another session is answered item by item, as one that was
 * altered is. */
static enum err check_frame(const struct json_object *document, struct outbox_file *file,
                            struct fault *fault) {
    size_t len = 0;
    int64_t version = 0, session_id = 0;
    const char *format = json_text(json_get(document, "format"), &len);
    if (!format || strcmp(format, "repere-outbox") != 0)
        return fault_set(fault, ERR_BAD_FIELD, "format", "this is no outbox file");
    if (!json_integer(json_get(document, "version"), &version) || version != FORMAT_VERSION)
        return fault_set(fault, ERR_BAD_FIELD, "version", "this server knows version %d alone",
                         FORMAT_VERSION);
    if (json_type_of(json_get(document, "items")) != JSON_ARRAY)
        return fault_set(fault, ERR_BAD_FIELD, "items", "is a list");
    bool ours = json_integer(json_get(document, "session"), &session_id) &&
                session_id == file->session_id;
    for (size_t i = 0; !ours && i < file->count; i++)
        file->items[i]->err = wrong(file->items[i], ERR_BAD_FIELD, "session",
                                    "the file is of another session");
    return ERR_OK;
}

enum err outbox_file_read(struct context *context, struct caller caller, int64_t session_id,
                          const char *text, size_t len, struct arena *arena, struct fault *fault,
                          struct outbox_file *out) {
    struct session session;
    struct outbox_file file = {.session_id = session_id};
    struct reading reading = {context, arena, &file};
    struct json_object *document = NULL;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = json_parse_each(text, len, "items", read_item, &reading, fault, &document);
    if (err == ERR_OK)
        err = check_frame(document, &file, fault);
    json_free(document);
    if (err == ERR_OK)
        *out = file;
    return err;
}

/* ---- taking ---- */

static enum err judge_late(struct context *context, struct outbox_item *item, struct arena *arena) {
    struct json_object *body = NULL;
    *item->fault = (struct fault){0}; // of the first look
    enum err err = json_parse(item->body, item->body_len, NULL, &body);
    if (err == ERR_OK)
        err = judge_body(context, item, body, arena);
    json_free(body);
    return err;
}

static enum err take_put(struct context *context, struct outbox_item *item, struct arena *arena) {
    static const enum outbox_outcome outcomes[] = {
        [CONTRIBUTION_CREATED] = OUTBOX_STORED,
        [CONTRIBUTION_CHANGED] = OUTBOX_STORED,
        [CONTRIBUTION_SAME] = OUTBOX_THERE,
        [CONTRIBUTION_KEPT_BESIDE] = OUTBOX_BESIDE,
    };
    enum contribution_outcome came;
    enum err err = item->body ? judge_late(context, item, arena) : ERR_OK;
    if (err == ERR_OK)
        err = contribution_submit(context, item->author, &item->draft, item->based_on, arena,
                                  &item->stored, &came);
    if (err == ERR_OK) {
        item->outcome = outcomes[came];
        item->changed = came == CONTRIBUTION_CREATED || came == CONTRIBUTION_CHANGED;
    }
    return err;
}

static enum err take_delete(struct context *context, struct outbox_item *item, struct arena *arena) {
    enum contribution_outcome came;
    enum err err = contribution_remove(context, item->author, item->author.session_id, item->uuid,
                                       item->based_on, arena, &item->stored, &came);
    item->outcome = OUTBOX_THERE;
    if (err == ERR_NOT_FOUND) // it is gone already, or never came
        return ERR_OK;
    if (err == ERR_OK) {
        item->outcome = came == CONTRIBUTION_REMOVED ? OUTBOX_STORED : OUTBOX_BESIDE;
        item->changed = came == CONTRIBUTION_REMOVED;
    }
    return err;
}

/* A consent that the server has heard since is later than the file. */
static enum err take_consent(struct context *context, struct outbox_item *item) {
    enum err err = participant_update_first_consent(context->db, item->author.id, &item->consent);
    item->outcome = err == ERR_OK ? OUTBOX_STORED : OUTBOX_THERE;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err take(struct context *context, struct outbox_item *item, struct arena *arena) {
    if (item->kind == OUTBOX_PUT)
        return take_put(context, item, arena);
    if (item->kind == OUTBOX_DELETE)
        return take_delete(context, item, arena);
    return take_consent(context, item);
}

enum err outbox_file_take(struct context *context, struct caller caller, struct outbox_file *file,
                          struct arena *arena) {
    for (size_t i = 0; i < file->count; i++) {
        struct outbox_item *item = file->items[i];
        if (item->err == ERR_OK)
            item->err = take(context, item, arena);
        if (is_grave(item->err))
            return item->err;
        if (item->err != ERR_OK)
            item->outcome = OUTBOX_REFUSED;
    }
    return audit_add(context, caller, "outbox.take", "session", file->session_id);
}
