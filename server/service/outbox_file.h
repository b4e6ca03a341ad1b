// SPDX-License-Identifier: AGPL-3.0-or-later
// What waited on a tablet that found no way to the server, brought as a file by whoever leads the
// session. Each item is judged as if its author had sent it, and answered one by one: good ones are
// kept, and the same file once more changes nothing. Her ticket says who she is (ticket.h).
//
// {"format": "repere-outbox", "version": 1, "session": 7, "items": [
//   {"kind": "put" | "delete" | "consent", "uuid": "…", "ticket": "…", "body": {…}, "based_on": 2}]}
#ifndef REPERE_SERVICE_OUTBOX_FILE_H
#define REPERE_SERVICE_OUTBOX_FILE_H
#include "model/participant.h"
#include "service/contribution_draft.h"
#include "service/contribution_service.h"

enum { OUTBOX_FILE_BYTES_MAX = 8 * 1024 * 1024, OUTBOX_FILE_ITEMS_MAX = 10000 };

enum outbox_kind { OUTBOX_PUT, OUTBOX_DELETE, OUTBOX_CONSENT, OUTBOX_UNKNOWN };
enum outbox_outcome { OUTBOX_STORED, OUTBOX_THERE, OUTBOX_BESIDE, OUTBOX_REFUSED };

struct outbox_item {
    enum outbox_kind kind;
    const char *uuid_text; // as it stood in the file, "" without one
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    struct caller author;
    const char *pseudonym; // hers; NULL until the ticket was believed
    int64_t based_on;
    struct consent consent;
    const char *body; // a put that names another contribution is judged when that may be there
    size_t body_len;
    struct contribution_draft draft;
    enum err err;        // OK, or why it is refused
    struct fault *fault; // with err
    enum outbox_outcome outcome;
    bool changed;               // `stored` or its absence is news to the room
    struct contribution stored; // of a put, once taken
};
struct outbox_file {
    int64_t session_id;
    struct outbox_item **items; // in the arena
    size_t count, capacity;
};

/**
 * Reads and judges a file; an item that is wrong says so in its `err` and stops nothing.
 *
 * Errors: NOT_FOUND (session), BAD_JSON, BAD_FIELD (no outbox file, or of a version this server does
 * not know), TOO_LARGE (items), NO_MEMORY.
 */
enum err outbox_file_read(struct context *context, struct caller caller, int64_t session_id,
                          const char *text, size_t len, struct arena *arena, struct fault *fault,
                          struct outbox_file *out);
/** (writes) Takes what is not refused, in order; only an error of the store ends it, and undoes all. */
enum err outbox_file_take(struct context *context, struct caller caller, struct outbox_file *file,
                          struct arena *arena);
/** "stored", "already there", "kept beside", "refused". */
const char *outbox_outcome_name(enum outbox_outcome outcome);
/** "put", "delete", "consent"; NULL for what is none of them. */
const char *outbox_kind_name(enum outbox_kind kind);
#endif
