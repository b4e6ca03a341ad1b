// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder of a test's own, and files in it.
#ifndef REPERE_TESTS_FOLDER_H
#define REPERE_TESTS_FOLDER_H
#include <stddef.h>

enum { FOLDER_PATH_SIZE = 256 };
/** Makes an empty folder. Fails the test when it cannot. */
void folder_make(char out[FOLDER_PATH_SIZE]);
/** Deletes it and all it holds. */
void folder_drop(const char *folder);
/** `folder`/`name`. */
void folder_path(const char *folder, const char *name, char out[FOLDER_PATH_SIZE]);
/** The bytes of a file, NUL after them, to be freed; NULL when there is none. */
char *folder_read(const char *path, size_t *len);
void folder_write(const char *path, const void *bytes, size_t len);
#endif
