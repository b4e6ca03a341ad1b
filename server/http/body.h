// SPDX-License-Identifier: AGPL-3.0-or-later
// A request's body on its way in: into memory, or for uploads into a file nobody else can read.
#ifndef REPERE_HTTP_BODY_H
#define REPERE_HTTP_BODY_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

struct body {
    struct buf bytes;
    int fd;           // -1: in memory
    const char *path; // of the file, in the arena; NULL: in memory
    size_t len, max;
    size_t passed_over; // bytes that came after the first error
    enum err err;       // TOO_LARGE, DISK_FULL, IO, NO_MEMORY: what to answer
};

void body_init(struct body *body);
/** Readies it for at most `max` bytes. `folder` NULL: memory. Errors are left in `body->err`. */
void body_begin(struct body *body, size_t max, const char *folder, struct arena *arena);
/** False: the sender goes on far beyond what is taken; cut it. */
bool body_take(struct body *body, const char *data, size_t len);
/** All is there: closes the file, puts a NUL behind the bytes. */
void body_end(struct body *body);
/** Removes the file unless somebody renamed it. */
void body_remove_file(struct body *body);
/** The same, and readies the memory for the next request. */
void body_forget(struct body *body);
void body_fini(struct body *body);
/** Removes files that a killed server left in the folder. */
void body_sweep(const char *folder);
#endif
