// SPDX-License-Identifier: AGPL-3.0-or-later
// The data folder: where what stands in it, and its making.
#ifndef REPERE_DATA_FOLDER_H
#define REPERE_DATA_FOLDER_H
#include "base/err.h"
#include "service/context.h"

enum { DATA_PATH_SIZE = 1200 };
#define DATA_STORE "repere.sqlite"
#define DATA_BASEMAPS "basemaps"
#define DATA_EDITIONS "editions"
#define DATA_UPLOADS "uploads"
#define DATA_KEYS "keys"

/** `folder`/`name`. Errors: IO (too long). */
enum err data_folder_path(const char *folder, const char *name, char out[DATA_PATH_SIZE]);
/** Makes it (0700) and its sub-folders; what is there already stays. Errors: READ_ONLY, IO. */
enum err data_folder_make(const char *folder, struct fault *fault);
/** The secrets of keys/, made when they are not there yet. Errors: IO, READ_ONLY. */
enum err data_folder_keys(const char *folder, struct keys *out, struct fault *fault);
#endif
