// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in a cell of somebody's table: numbers, dates, several answers between separators.
#ifndef REPERE_MODEL_IMPORT_CELL_H
#define REPERE_MODEL_IMPORT_CELL_H
#include "model/import_mapping.h"

/** Some bytes of a cell, borrowed. */
struct import_part {
    const char *text;
    size_t len;
};

/** Without the spaces (also no-break ones) around it. */
struct import_part import_trim(const char *text, size_t len);
/** A number with this decimal mark; spaces and apostrophes between digits group thousands. */
bool import_number(const char *text, size_t len, char decimal, double *out);
/**
 * A day, with or without a time of the day behind it: "05/07/2010 17:26", "2016-06-27", RFC 3339.
 * Day, month and year stand between / - or . and a year has four digits; one that stands first is
 * taken as year, month, day whatever `order` says.
 *
 * @param out milliseconds since 1970, the time of day as it is written (no zone: as UTC)
 */
bool import_date(const char *text, size_t len, enum import_date_order order, int64_t *out);
/**
 * The next part of a cell, trimmed; empty ones (as behind a trailing separator) are passed over.
 *
 * @param separator 0: the whole cell is one part
 * @param at        0 at first; false at the end
 */
bool import_next_part(const char *text, size_t len, char separator, size_t *at,
                      struct import_part *out);
#endif
