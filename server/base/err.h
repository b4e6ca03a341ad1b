// SPDX-License-Identifier: AGPL-3.0-or-later
// Every error the program can answer with: one list gives the enum, the name, the HTTP status and
// the sentence a client reads. The cause is logged; only the listed text and a fault leave.
#ifndef REPERE_BASE_ERR_H
#define REPERE_BASE_ERR_H

#define ERR_LIST(X)                                                                                \
    X(OK, 200, "ok")                                                                               \
    X(BAD_REQUEST, 400, "the request could not be understood")                                     \
    X(BAD_PARAMETER, 400, "a parameter is unknown, missing or malformed")                          \
    X(BAD_BBOX, 400, "bbox must be west,south,east,north in degrees")                              \
    X(BAD_JSON, 400, "the body is not valid JSON")                                                 \
    X(BAD_FIELD, 422, "a field is missing, unknown or has a wrong value")                          \
    X(BAD_GEOMETRY, 422, "the geometry is not valid")                                              \
    X(BAD_CRS, 422, "the coordinate reference system is unknown or does not fit the data")         \
    X(BAD_CSV, 422, "the file is not readable as CSV")                                             \
    X(BAD_ROWS, 422, "some rows cannot be imported; nothing was imported")                         \
    X(NOT_SIGNED_IN, 401, "sign in or join a session first")                                       \
    X(BAD_CREDENTIALS, 401, "the name, password, link or code is not right")                       \
    X(TABLET_REVOKED, 401, "this tablet was shut out of the session")                              \
    X(FORBIDDEN, 403, "this is not yours to do")                                                   \
    X(CROSS_SITE, 403, "the request did not come from a page of this server")                      \
    X(NOT_FOUND, 404, "no such resource")                                                          \
    X(METHOD_NOT_ALLOWED, 405, "this resource does not know that method")                          \
    X(CONFLICT, 409, "this does not fit the present state; read it again")                         \
    X(SESSION_CLOSED, 409, "the session is closed")                                                \
    X(SESSION_FULL, 409, "all seats of the session are taken")                                     \
    X(TOO_EARLY, 409, "the next edition cannot be made yet")                                       \
    X(TOO_FEW, 409, "too few people or sessions for an edition")                                   \
    X(NOT_ADMITTED, 403, "the facilitator has not let you in yet")                                 \
    X(DELETED, 410, "it was deleted; it is not made again")                                        \
    X(STALE, 412, "changed since you read it")                                                     \
    X(WRONG_HOST, 421, "this server does not go by that name")                                     \
    X(TOO_LARGE, 413, "the body is larger than this resource takes")                               \
    X(WRONG_TYPE, 415, "the body's content type is not one this resource takes")                   \
    X(BAD_RANGE, 416, "the file has no such bytes")                                                \
    X(TOO_MANY, 429, "too many tries; wait, then try again")                                        \
    X(NO_MEMORY, 503, "the server is short of memory; try again")                                  \
    X(BUSY, 503, "the server is busy; try again")                                                  \
    X(DISK_FULL, 507, "the disk is full; nothing was stored")                                      \
    X(READ_ONLY, 503, "the data folder cannot be written to")                                      \
    X(LOCKED, 503, "another process holds the data folder")                                        \
    X(NEWER_DATABASE, 503, "the database was written by a newer version of this program")          \
    X(NOT_A_STORE, 503, "the file is not one of this program's databases, or it is damaged")       \
    X(IO, 500, "a file could not be read or written")                                              \
    X(INTERNAL, 500, "the server made a mistake; it has been logged")

enum err {
#define X(name, status, text) ERR_##name,
    ERR_LIST(X)
#undef X
        ERR_COUNT
};

/** The error's name as sent in problem+json's `type` and in logs, such as "BAD_BBOX". */
const char *err_name(enum err err);
/** The HTTP status the error leaves with. */
unsigned err_status(enum err err);
/** The sentence a client reads. */
const char *err_text(enum err err);

/** What a failed system call's errno comes to: DISK_FULL (no room, a quota, a limit), READ_ONLY (no
 *  right), NO_MEMORY, else IO. What ENOENT means is the caller's to say. */
enum err err_of_errno(int cause);

/** What exactly is wrong, for the person who can mend it: never a position, a secret or a text
 * typed by a participant. `where` names a parameter, a JSON path, a file or a row ("row 17"). */
struct fault {
    char where[96];
    char why[200];
    unsigned retry_s; // TOO_MANY: the seconds until a try can be made; 0: not known
};

/**
 * Fills a fault and hands back `err`, so that a check reads
 * `return fault_set(fault, ERR_BAD_FIELD, "answers.when", "is not an answer of this question");`
 *
 * @param fault may be NULL
 * @param why   printf format
 */
enum err fault_set(struct fault *fault, enum err err, const char *where, const char *why, ...)
    __attribute__((format(printf, 4, 5)));

#endif
