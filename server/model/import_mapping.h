// SPDX-License-Identifier: AGPL-3.0-or-later
// What the columns of a file mean: which hold the position, the date, the category, the answers. It
// comes as JSON (the API's Mapping) or from the command line. Knows no file and no store.
#ifndef REPERE_MODEL_IMPORT_MAPPING_H
#define REPERE_MODEL_IMPORT_MAPPING_H
#include "base/arena.h"
#include "base/err.h"
#include "base/jsonw.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_object;

enum import_target { IMPORT_OVERLAY, IMPORT_SESSION };
enum import_date_order { DATE_YMD, DATE_DMY, DATE_MDY };
enum {
    IMPORT_ANSWERS_MAX = 40,
    IMPORT_VALUES_MAX = 400,
    IMPORT_COLUMN_MAX = 200, // bytes of a column's name, and of a cell that is mapped
    IMPORT_TITLE_MAX = 200,
    IMPORT_ATTRIBUTION_MAX = 500,
    IMPORT_CRS_MAX = 40
};

/** A cell's text (or one of its parts) and what it stands for. */
struct import_value {
    const char *cell;
    const char *option; // NULL: it says nothing and is left out
};

/** Where the answer to one question comes from. */
struct import_answer {
    const char *column;
    const char *field; // NULL: the exercise's category question
    char separator;    // between several answers in one cell; 0: the cell is one answer
    size_t value_count;
    const struct import_value
        *values; // what is not among them is taken as the option's id or label
};

struct import_mapping {
    enum import_target target;
    int64_t session_id;      // of IMPORT_SESSION
    const char *title;       // of the overlay; NULL: the file's name
    const char *attribution; // of the overlay; NULL: none
    const char *x, *y; // columns: east or longitude, north or latitude; NULL: the file has geometry
    const char *crs;   // "EPSG:2056"; NULL: the file's own, or EPSG:4326
    const char *date;  // column; NULL: the day of the import
    enum import_date_order date_order;
    const char *label;       // column; NULL: none
    const char *participant; // column whose distinct cells are people; NULL: nobody
    bool whole_file_is_one_participant;
    bool counted; // the people agreed that their answers are counted in published figures
    bool skip_refused; // import the others when some rows are refused
    char decimal;      // '.' or ','
    size_t answer_count;
    const struct import_answer *answers;
};

/**
 * Reads a Mapping. `category` becomes an answer without a field; a column may feed several
 * questions.
 *
 * @param out texts in the arena; the document may go
 * Errors: BAD_FIELD (fault: the member's path), NO_MEMORY.
 */
enum err import_mapping_read(const struct json_object *document, struct arena *arena,
                             struct fault *fault, struct import_mapping *out);
/** The same as JSON, the writer's next value. */
void import_mapping_write(struct jsonw *w, const struct import_mapping *mapping);
/** An authority and a code, such as "EPSG:4326": nothing by which PROJ would open a file. */
bool import_crs_valid(const char *crs);
/** "ymd", "dmy", "mdy"; false for another word. */
bool import_date_order_parse(const char *word, enum import_date_order *out);
#endif
