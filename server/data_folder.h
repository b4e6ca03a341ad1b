// SPDX-License-Identifier: AGPL-3.0-or-later
// The data folder: where what stands in it, and its making.
#ifndef REPERE_DATA_FOLDER_H
#define REPERE_DATA_FOLDER_H
#include "base/err.h"
#include "service/context.h"

enum { DATA_PATH_SIZE = 1200 };
enum { DATA_COPY_DAYS_MAX = 30 };
#define DATA_STORE "repere.sqlite"
#define DATA_BASEMAPS "basemaps"
#define DATA_EDITIONS "editions"
#define DATA_AREAS "areas"
#define DATA_UPLOADS "uploads"
#define DATA_KEYS "keys"

/** `folder`/`name`. Errors: IO (too long). */
enum err data_folder_path(const char *folder, const char *name, char out[DATA_PATH_SIZE]);
/** Makes it (0700) and its sub-folders; what is there already stays. Errors: READ_ONLY, IO. */
enum err data_folder_make(const char *folder, struct fault *fault);
/** Names in `folder` the copies that migrations made more than DATA_COPY_DAYS_MAX days ago: they hold
 *  what people may have withdrawn since. */
void data_folder_old_copies(const char *folder, void (*each)(void *context, const char *name),
                            void *context);
/** Deletes them; a log line names each. */
void data_folder_drop_old_copies(const char *folder);
/** A file of keys/, as a name inside the folder. */
enum data_key { DATA_KEY_SEAL, DATA_KEY_RECEIPT, DATA_KEY_COUNT };
const char *data_key_name(enum data_key key);
/** What no longer works because this key is missing: a clause for people. NULL: it is there, or
 *  nothing in the store needs it. */
const char *data_key_lost(const char *folder, struct db *db, enum data_key key);
/** The secrets of keys/, made when they are not there yet; a log line tells when the store needs the
 *  ones that are missing. Errors: IO, READ_ONLY, DISK_FULL. */
enum err data_folder_keys(const char *folder, struct db *db, struct keys *out, struct fault *fault);
#endif
