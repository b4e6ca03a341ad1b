// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole files into memory.
#ifndef REPERE_BASE_FILE_H
#define REPERE_BASE_FILE_H
#include "base/buf.h"
#include "base/err.h"

/** Appends what the file holds. Errors: NOT_FOUND, TOO_LARGE (more than `max` bytes), IO,
 * NO_MEMORY. */
enum err file_read(const char *path, size_t max, struct buf *out);
#endif
