// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/gpkg_rows.h"
#include "base/json.h"
#include "base/utf8.h"
#include <inttypes.h>
#include <string.h>

enum { TEXT_MAX = 65536, WORD_MAX = 200 };

void gpkg_wrong(struct gpkg_rows *rows, const char *why) {
    if (!rows->err)
        rows->err =
            gpkg_refuse(rows->file, "%.80s, row %" PRId64 ": %s", rows->table, rows->number, why);
}

void gpkg_short(struct gpkg_rows *rows) {
    if (!rows->err)
        rows->err = ERR_NO_MEMORY;
}

void gpkg_rows_open(struct gpkg_file *file, const char *table, struct arena *arena,
                    struct gpkg_rows *out) {
    struct buf sql;
    *out = (struct gpkg_rows){.file = file, .arena = arena, .table = table};
    buf_init(&sql);
    gpkg_select(table, &sql);
    if (sql.failed)
        gpkg_short(out);
    else
        out->err = gpkg_read_error(
            file, sqlite3_prepare_v2(file->db, sql.data, (int)sql.len, &out->stmt, NULL));
    buf_fini(&sql);
}

bool gpkg_rows_next(struct gpkg_rows *rows) {
    if (rows->err)
        return false;
    int code = sqlite3_step(rows->stmt);
    if (code != SQLITE_ROW) {
        rows->err = gpkg_read_error(rows->file, code);
        return false;
    }
    int64_t number = sqlite3_column_int64(rows->stmt, 0);
    if (number <= rows->number) {
        gpkg_wrong(rows, "its rows are not in order");
        return false;
    }
    rows->number = number;
    rows->column = 1;
    return true;
}

enum err gpkg_rows_close(struct gpkg_rows *rows) {
    sqlite3_finalize(rows->stmt);
    rows->stmt = NULL;
    return rows->err;
}

/* The next column's number, when it is of this type. */
static bool next_is(struct gpkg_rows *rows, int type, int *column) {
    *column = rows->column++;
    if (rows->err)
        return false;
    if (sqlite3_column_type(rows->stmt, *column) == type)
        return true;
    gpkg_wrong(rows, "a value is of another type");
    return false;
}

const char *gpkg_take_text(struct gpkg_rows *rows) {
    int column;
    if (!next_is(rows, SQLITE_TEXT, &column))
        return "";
    // asked for in this order, as SQLite wants it: first the text, then its length
    const char *text = (const char *)sqlite3_column_text(rows->stmt, column);
    const size_t len = (size_t)sqlite3_column_bytes(rows->stmt, column);
    const char *copy = NULL;
    if (text && len > TEXT_MAX)
        gpkg_wrong(rows, "a text is too long");
    else if (text && (memchr(text, '\0', len) || !utf8_valid(text, len, NULL)))
        gpkg_wrong(rows, "a text is not UTF-8");
    else if (!text || !(copy = arena_strndup(rows->arena, text, len)))
        gpkg_short(rows);
    return copy ? copy : "";
}

static bool is_word(const char *text) {
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    size_t len = strspn(text, letters);
    return text[len] == '\0' && len <= WORD_MAX;
}

const char *gpkg_take_word_or_none(struct gpkg_rows *rows) {
    const char *text = gpkg_take_text(rows);
    if (!is_word(text))
        gpkg_wrong(rows, "a name has other signs than letters, digits and _-.");
    return text;
}

const char *gpkg_take_word(struct gpkg_rows *rows) {
    const char *text = gpkg_take_word_or_none(rows);
    if (!text[0])
        gpkg_wrong(rows, "a name is empty");
    return text;
}

size_t gpkg_take_one_of(struct gpkg_rows *rows, const char *const *words) {
    const char *text = gpkg_take_text(rows);
    for (size_t i = 0; words[i]; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    gpkg_wrong(rows, "a word is none of those it may be");
    return 0;
}

const char *gpkg_take_colour(struct gpkg_rows *rows) {
    const char *text = gpkg_take_text(rows);
    if (text[0] && (text[0] != '#' || strspn(text + 1, "0123456789abcdefABCDEF") != 6 || text[7]))
        gpkg_wrong(rows, "a colour is not #rrggbb");
    return text;
}

const char *gpkg_take_month(struct gpkg_rows *rows) {
    static const char digits[] = "0123456789";
    const char *text = gpkg_take_text(rows);
    bool fits = strlen(text) == 7 && strspn(text, digits) == 4 && text[4] == '-' &&
                strspn(text + 5, digits) == 2;
    if (!fits || strcmp(text + 5, "01") < 0 || strcmp(text + 5, "12") > 0)
        gpkg_wrong(rows, "a month is not YYYY-MM");
    return text;
}

static bool texts_only(const struct json_object *doc) {
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    while (json_next(doc, &it, &key, &value))
        if (json_type_of(value) != JSON_STRING)
            return false;
    return true;
}

static const char *take_json(struct gpkg_rows *rows, enum json_kind kind, const char *why) {
    const char *text = gpkg_take_text(rows);
    struct json_object *doc = NULL;
    if (rows->err)
        return "";
    enum err err = json_parse(text, strlen(text), NULL, &doc);
    if (err == ERR_NO_MEMORY)
        gpkg_short(rows);
    else if (err || json_type_of(doc) != kind || (kind == JSON_OBJECT && !texts_only(doc)))
        gpkg_wrong(rows, why);
    json_free(doc);
    return text;
}

const char *gpkg_take_by_language(struct gpkg_rows *rows) {
    return take_json(rows, JSON_OBJECT, "a text is not JSON by language");
}

const char *gpkg_take_array(struct gpkg_rows *rows) {
    return take_json(rows, JSON_ARRAY, "a list is not a JSON array");
}

int64_t gpkg_take_i64(struct gpkg_rows *rows, int64_t min, int64_t max) {
    int column;
    if (!next_is(rows, SQLITE_INTEGER, &column))
        return min;
    int64_t value = sqlite3_column_int64(rows->stmt, column);
    if (value >= min && value <= max)
        return value;
    gpkg_wrong(rows, "a number is out of its range");
    return min;
}

double gpkg_take_f64(struct gpkg_rows *rows, double min, double max) {
    int column;
    if (!next_is(rows, SQLITE_FLOAT, &column))
        return min;
    double value = sqlite3_column_double(rows->stmt, column);
    if (value >= min && value <= max)
        return value;
    gpkg_wrong(rows, "a number is out of its range");
    return min;
}

const void *gpkg_take_blob(struct gpkg_rows *rows, size_t *len) {
    int column;
    *len = 0;
    if (!next_is(rows, SQLITE_BLOB, &column))
        return "";
    const void *bytes = sqlite3_column_blob(rows->stmt, column);
    int size = sqlite3_column_bytes(rows->stmt, column);
    if (!bytes && sqlite3_errcode(sqlite3_db_handle(rows->stmt)) == SQLITE_NOMEM)
        gpkg_short(rows);
    *len = bytes ? (size_t)size : 0;
    return bytes ? bytes : "";
}

bool gpkg_take_null(struct gpkg_rows *rows) {
    if (rows->err || sqlite3_column_type(rows->stmt, rows->column) != SQLITE_NULL)
        return false;
    rows->column++;
    return true;
}
