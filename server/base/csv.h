// SPDX-License-Identifier: AGPL-3.0-or-later
// CSV rows, one at a time. The only user of libcsv. Guesses the delimiter (comma, semicolon, tab)
// from the first line and takes UTF-8 with or without a byte-order mark.
#ifndef REPERE_BASE_CSV_H
#define REPERE_BASE_CSV_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv_row {
    size_t count;
    const char *const *cells; // NUL-terminated, borrowed until the next row
    const size_t *lengths;
    uint64_t number; // 1 is the header
};
/** Called for each row; anything but ERR_OK stops the reading and is returned. */
typedef enum err csv_row_fn(void *context, const struct csv_row *row, struct fault *fault);

/**
 * Reads the whole text. Rows whose cells are all empty are passed over. 1,000 columns, 1 MiB a
 * cell.
 * @param delimiter 0: guess
 * Errors: BAD_CSV (fault names the row), NO_MEMORY, what `fn` returns.
 */
enum err csv_read(const char *text, size_t len, char delimiter, csv_row_fn *fn, void *context,
                  struct fault *fault);
/** The delimiter csv_read would take. */
char csv_guess_delimiter(const char *text, size_t len);

struct buf;
/** Appends one cell, quoted when needed; a text that a spreadsheet would run as a formula
 *  (= + - @ tab) gets a leading apostrophe unless it is a plain number. */
void csv_cell(struct buf *out, const char *text, bool first);
void csv_end_row(struct buf *out);
#endif
