// SPDX-License-Identifier: AGPL-3.0-or-later
// The rows of one table of an opened file, each value checked as it is taken. What is wrong is
// remembered: take a row's values, ask for the next row, look at the error once at the end.
#ifndef REPERE_PUBLISH_GPKG_ROWS_H
#define REPERE_PUBLISH_GPKG_ROWS_H
#include "publish/gpkg_file.h"

struct gpkg_rows {
    struct gpkg_file *file;
    struct arena *arena; // of texts
    const char *table;
    sqlite3_stmt *stmt;
    int column;     // to be taken next
    int64_t number; // of the row: its first column, above 0, rising
    enum err err;   // of the first thing that was wrong
};
/** Always to be closed. */
void gpkg_rows_open(struct gpkg_file *file, const char *table, struct arena *arena,
                    struct gpkg_rows *out);
/** Goes to the next row; false at the end, or when something was wrong. */
bool gpkg_rows_next(struct gpkg_rows *rows);
enum err gpkg_rows_close(struct gpkg_rows *rows);
/** Remembers that this row is wrong: "<table>, row 3: <why>". */
void gpkg_wrong(struct gpkg_rows *rows, const char *why);
/** Remembers a shortage of memory. */
void gpkg_short(struct gpkg_rows *rows);

/* The next column. When it is wrong they give "" or `min`, never NULL. Texts are UTF-8 without NUL.
 */
/** A text of at most 64 KiB, written by somebody. */
const char *gpkg_take_text(struct gpkg_rows *rows);
/** Of letters, digits and "_-." alone, 1 to 200 of them. */
const char *gpkg_take_word(struct gpkg_rows *rows);
const char *gpkg_take_word_or_none(struct gpkg_rows *rows);
/** One of `words`, NULL behind the last: its index. */
size_t gpkg_take_one_of(struct gpkg_rows *rows, const char *const *words);
/** "#rrggbb" or "". */
const char *gpkg_take_colour(struct gpkg_rows *rows);
/** "2026-05". */
const char *gpkg_take_month(struct gpkg_rows *rows);
/** A JSON object whose members are texts. */
const char *gpkg_take_by_language(struct gpkg_rows *rows);
/** A JSON array. */
const char *gpkg_take_array(struct gpkg_rows *rows);
int64_t gpkg_take_i64(struct gpkg_rows *rows, int64_t min, int64_t max);
double gpkg_take_f64(struct gpkg_rows *rows, double min, double max);
/** Borrowed until the next row. */
const void *gpkg_take_blob(struct gpkg_rows *rows, size_t *len);
/** Whether the next column is NULL; if so it is taken. */
bool gpkg_take_null(struct gpkg_rows *rows);
#endif
