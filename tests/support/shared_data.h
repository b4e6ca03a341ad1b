// SPDX-License-Identifier: AGPL-3.0-or-later
// Real files beside the project (../shared/data), where the machine has them. A test that finds
// none is skipped, so that it shows in the report.
#ifndef REPERE_TESTS_SHARED_DATA_H
#define REPERE_TESTS_SHARED_DATA_H
#include <stdbool.h>
#include <stddef.h>

enum { SHARED_PATH_SIZE = 1024 };
/** Path of a file or folder below the shared data; false when it is not there. */
bool shared_data_path(const char *name, char out[SHARED_PATH_SIZE]);
/** The whole file, NUL after it; to be freed. NULL when it cannot be read. */
char *read_whole_file(const char *path, size_t *len);
/** cmocka's skip() when the file is absent, else its contents. */
char *shared_data_or_skip(const char *name, size_t *len);
#endif
