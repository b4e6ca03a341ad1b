// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that staff sent and have not imported yet. They lie in the data folder's uploads/ until
// they are imported, dropped, a day old, pushed out by newer ones, or the server starts again.
#ifndef REPERE_SERVICE_UPLOADS_H
#define REPERE_SERVICE_UPLOADS_H
#include "base/arena.h"
#include "base/err.h"
#include "base/secret.h"
#include <stdint.h>

enum { UPLOAD_BYTES_MAX = 64 * 1024 * 1024, UPLOADS_MAX = 40, UPLOAD_NAME_MAX = 200 };

struct uploads;
struct upload {
    int64_t project_id;
    const char *name; // as the person's computer calls it
    const char *path;
};

/** Deletes what an earlier run left. Errors: IO, NO_MEMORY. */
enum err uploads_open(const char *folder, struct uploads **out);
/** Deletes them all. NULL is fine. */
void uploads_close(struct uploads *uploads);
/**
 * Takes the file at `path` over. Any thread, as all below.
 * @param word by which it is asked for
 */
enum err uploads_keep(struct uploads *uploads, int64_t project_id, const char *name,
                      const char *path, char word[SECRET_TOKEN_TEXT_SIZE]);
/** Texts in the arena. Errors: NOT_FOUND. */
enum err uploads_find(struct uploads *uploads, const char *word, struct arena *arena,
                      struct upload *out);
/** Deletes those that are more than a day old at `now_ms`. */
void uploads_sweep(struct uploads *uploads, int64_t now_ms);
/** Deletes the file. Errors: NOT_FOUND. */
enum err uploads_drop(struct uploads *uploads, const char *word);
#endif
