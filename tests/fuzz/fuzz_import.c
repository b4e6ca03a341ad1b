// SPDX-License-Identifier: AGPL-3.0-or-later
// A file as an upload sees it: table, sample, guess, distinct cells, then every cell as a number,
// as a date and in parts. The first line, when it is a JSON object, is a mapping and goes through
// its reader.
#include "base/json.h"
#include "model/import_cell.h"
#include "model/import_sample.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition) {
    if (!condition)
        abort();
}

static void try_mapping(const char *text, size_t len, struct arena *arena) {
    struct json_object *document = NULL;
    struct import_mapping mapping, again;
    struct fault fault = {0};
    if (json_parse(text, len, &fault, &document) != ERR_OK)
        return;
    enum err err = import_mapping_read(document, arena, &fault, &mapping);
    json_free(document);
    require(err == ERR_OK || fault.why[0]);
    if (err)
        return;
    // what is written reads back
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    import_mapping_write(&w, &mapping);
    require(json_parse(out.data, out.len, &fault, &document) == ERR_OK);
    require(import_mapping_read(document, arena, &fault, &again) == ERR_OK);
    require(again.answer_count == mapping.answer_count);
    json_free(document);
    buf_fini(&out);
}

static void try_cell(const char *cell, size_t len) {
    double number;
    int64_t time_ms;
    struct import_part part;
    size_t at = 0, taken = 0;
    import_number(cell, len, '.', &number);
    import_number(cell, len, ',', &number);
    for (int order = DATE_YMD; order <= DATE_MDY; order++)
        import_date(cell, len, (enum import_date_order)order, &time_ms);
    while (import_next_part(cell, len, ',', &at, &part)) {
        require(part.text >= cell && part.text + part.len <= cell + len && part.len > 0);
        taken += part.len;
    }
    require(taken <= len);
}

static enum err take_record(void *context, const struct import_record *record) {
    const struct import_source *source = context;
    for (size_t i = 0; i < source->column_count; i++) {
        require(record->cells[i][record->lengths[i]] == 0);
        try_cell(record->cells[i], record->lengths[i]);
    }
    return ERR_OK;
}

static enum err take_bad(void *context, uint64_t row, const struct fault *fault) {
    (void)context;
    require(row > 0 && fault->why[0]);
    return ERR_OK;
}

static void try_table(const char *text, size_t len, struct arena *arena) {
    struct import_source source;
    struct import_table table;
    struct import_mapping guess;
    struct import_value *values;
    struct fault fault = {0};
    size_t count;
    enum err err = import_source_open(text, len, arena, &fault, &source);
    require(err == ERR_OK || fault.why[0]);
    if (err || import_sample(&source, 20, arena, &table) != ERR_OK)
        return;
    require(import_guess(&table, arena, &guess) == ERR_OK);
    require(!guess.x == !guess.y);
    if (source.column_count)
        require(import_distinct(&source, 0, ',', arena, &values, &count) == ERR_OK);
    require(import_source_each(&source, take_record, take_bad, &source, &fault) == ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const char *line_end = size ? memchr(text, '\n', size) : NULL;
    struct arena arena;
    arena_init(&arena);
    if (line_end && text[0] == '{') {
        try_mapping(text, (size_t)(line_end - text), &arena);
        size -= (size_t)(line_end + 1 - text);
        text = line_end + 1;
    }
    try_table(text, size, &arena);
    arena_fini(&arena);
    return 0;
}
