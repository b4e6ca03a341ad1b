// SPDX-License-Identifier: AGPL-3.0-or-later
// A look into a file before it is imported: its first rows, and what a column's cells say.
#ifndef REPERE_MODEL_IMPORT_SAMPLE_H
#define REPERE_MODEL_IMPORT_SAMPLE_H
#include "model/import_source.h"

/** The first rows as a table; all in the arena but the columns. */
enum err import_sample(const struct import_source *source, size_t rows_max, struct arena *arena,
                       struct import_table *out);
/**
 * The distinct parts of a column's cells in order of appearance, without an option.
 *
 * @param count 0 when there are more than IMPORT_VALUES_MAX: then it is no column of categories
 */
enum err import_distinct(const struct import_source *source, size_t column, char separator,
                         struct arena *arena, struct import_value **out, size_t *count);

enum { IMPORT_FEW_MAX = 60 };
/** The distinct cells of a column, trimmed, in order of appearance; none when there are more than a few. */
struct import_cells {
    size_t count;
    const char **cells;
};
/** Those of every column, so that a person can say what each of them means. In the arena. */
enum err import_few_cells(const struct import_source *source, struct arena *arena,
                          struct import_cells **out);
#endif
