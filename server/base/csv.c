// SPDX-License-Identifier: AGPL-3.0-or-later
// libcsv calls back for each cell and each row end; cells are gathered in one buf and handed on as
// a row. Blank lines count, so that "row 17" is what a spreadsheet calls row 17.
#include "base/csv.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <csv.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 1000, CELL_MAX = 1 << 20, PIECE = 1 << 16, BOM_LEN = 3 };

/* A quotation mark inside an unquoted cell (inches, seconds of arc) is a letter; but a quoted cell
 * that never ends would swallow the rest of the file. */
enum { LENIENT = CSV_REPALL_NL, AT_THE_END = CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI };

struct reading {
    csv_row_fn *fn;
    void *context;
    struct fault *fault;
    struct buf text; // the row's cells, each with its NUL
    size_t count;
    size_t lengths[COLUMNS_MAX];
    const char *cells[COLUMNS_MAX];
    bool filled;       // a cell of the row is not empty
    bool after_return; // the last row ended with CR: a LF now belongs to it
    uint64_t number;
    enum err err;
};

static enum err bad_row(struct reading *reading, const char *why) {
    char where[40];
    snprintf(where, sizeof where, "row %llu", (unsigned long long)reading->number + 1);
    return fault_set(reading->fault, ERR_BAD_CSV, where, "%s", why);
}

static void take_cell(void *bytes, size_t len, void *context) {
    struct reading *reading = context;
    if (reading->err)
        return;
    reading->after_return = false;
    if (reading->count == COLUMNS_MAX)
        reading->err = bad_row(reading, "more than 1,000 columns");
    else if (len > CELL_MAX)
        reading->err = bad_row(reading, "a cell of more than 1 MiB");
    else if (len && memchr(bytes, 0, len))
        reading->err = bad_row(reading, "a NUL character");
    if (reading->err)
        return;
    reading->lengths[reading->count++] = len;
    buf_bytes(&reading->text, bytes, len);
    buf_char(&reading->text, 0);
    reading->filled |= len > 0;
}

static void hand_on(struct reading *reading) {
    if (reading->text.failed) {
        reading->err = ERR_NO_MEMORY;
        return;
    }
    size_t at = 0;
    for (size_t i = 0; i < reading->count; i++) {
        reading->cells[i] = reading->text.data + at;
        at += reading->lengths[i] + 1;
    }
    const struct csv_row row = {.count = reading->count,
                                .cells = reading->cells,
                                .lengths = reading->lengths,
                                .number = reading->number};
    reading->err = reading->fn(reading->context, &row, reading->fault);
}

static void take_row_end(int c, void *context) {
    struct reading *reading = context;
    if (reading->err)
        return;
    bool second_half = c == '\n' && reading->after_return && !reading->count;
    reading->after_return = c == '\r';
    if (second_half)
        return;
    reading->number++;
    if (reading->filled)
        hand_on(reading);
    reading->count = 0;
    reading->filled = false;
    buf_clear(&reading->text);
}

static enum err read_pieces(struct csv_parser *parser, struct reading *reading, const char *text,
                            size_t len) {
    for (size_t at = 0; at < len && !reading->err; at += PIECE) {
        size_t piece = len - at < PIECE ? len - at : PIECE;
        if (csv_parse(parser, text + at, piece, take_cell, take_row_end, reading) == piece)
            continue;
        return csv_error(parser) == CSV_ENOMEM ? ERR_NO_MEMORY : bad_row(reading, "not CSV");
    }
    csv_set_opts(parser, AT_THE_END);
    if (!reading->err && csv_fini(parser, take_cell, take_row_end, reading) != 0)
        return csv_error(parser) == CSV_ENOMEM
                   ? ERR_NO_MEMORY
                   : bad_row(reading, "the last quotation mark is never closed");
    return reading->err;
}

/* Where the row of a byte is, by counting line ends. */
static uint64_t row_of(const char *text, size_t at) {
    uint64_t row = 1;
    for (size_t i = 0; i < at; i++)
        row += text[i] == '\n';
    return row;
}

static void without_mark(const char **text, size_t *len) {
    if (*len >= BOM_LEN && memcmp(*text, "\xEF\xBB\xBF", BOM_LEN) == 0) {
        *text += BOM_LEN;
        *len -= BOM_LEN;
    }
}

enum err csv_read(const char *text, size_t len, char delimiter, csv_row_fn *fn, void *context,
                  struct fault *fault) {
    without_mark(&text, &len);
    size_t bad_at;
    if (!utf8_valid(text, len, &bad_at)) {
        char where[40];
        snprintf(where, sizeof where, "row %llu", (unsigned long long)row_of(text, bad_at));
        return fault_set(fault, ERR_BAD_CSV, where, "not UTF-8; save the file as \"CSV UTF-8\"");
    }
    struct csv_parser parser;
    if (csv_init(&parser, LENIENT) != 0)
        return ERR_NO_MEMORY;
    csv_set_delim(&parser, (unsigned char)(delimiter ? delimiter : csv_guess_delimiter(text, len)));
    struct reading reading = {.fn = fn, .context = context, .fault = fault};
    buf_init(&reading.text);
    enum err err = read_pieces(&parser, &reading, text, len);
    buf_fini(&reading.text);
    csv_free(&parser);
    return err;
}

char csv_guess_delimiter(const char *text, size_t len) {
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    without_mark(&text, &len);
    for (size_t i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        quoted ^= text[i] == '"';
        commas += !quoted && text[i] == ',';
        semicolons += !quoted && text[i] == ';';
        tabs += !quoted && text[i] == '\t';
    }
    if (semicolons > commas && semicolons >= tabs)
        return ';';
    return tabs > commas ? '\t' : ',';
}

/* Digits with at most one point, after at most one sign. */
static bool plain_number(const char *text) {
    size_t digits = 0, points = 0;
    for (text += *text == '-' || *text == '+'; *text; text++) {
        digits += *text >= '0' && *text <= '9';
        points += *text == '.';
        if ((*text < '0' || *text > '9') && *text != '.')
            return false;
    }
    return digits && points <= 1;
}

void csv_cell(struct buf *out, const char *text, bool first) {
    if (!first)
        buf_char(out, ',');
    bool formula = *text && strchr("=+-@\t\r", *text) && !plain_number(text);
    // unquoted, a space at either end would be lost at reading
    bool quote =
        strpbrk(text, ",;\"\t\r\n") || *text == ' ' || (*text && text[strlen(text) - 1] == ' ');
    if (quote)
        buf_char(out, '"');
    if (formula)
        buf_char(out, '\'');
    for (const char *rest = text; *rest;) {
        size_t run = strcspn(rest, "\"");
        buf_bytes(out, rest, run);
        rest += run;
        if (*rest) {
            buf_str(out, "\"\"");
            rest++;
        }
    }
    if (quote)
        buf_char(out, '"');
}

void csv_end_row(struct buf *out) {
    buf_str(out, "\r\n");
}
