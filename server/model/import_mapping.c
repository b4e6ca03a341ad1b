// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/import_mapping.h"

#include "base/json.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const date_orders[] = {
    [DATE_YMD] = "ymd", [DATE_DMY] = "dmy", [DATE_MDY] = "mdy"};
static const char *const targets[] = {[IMPORT_OVERLAY] = "overlay", [IMPORT_SESSION] = "session"};

/* The first thing wrong is kept; what is read after it gives nothing. */
struct reader {
    struct arena *arena;
    struct fault *fault;
    enum err err;
};

static void wrong(struct reader *r, const char *where, const char *why) {
    if (!r->err)
        r->err = fault_set(r->fault, ERR_BAD_FIELD, where, "%s", why);
}

static const char *copy(struct reader *r, const char *text, size_t len) {
    const char *kept = arena_strndup(r->arena, text, len);
    if (!kept && !r->err)
        r->err = ERR_NO_MEMORY;
    return kept;
}

/* A text of 1 to `max` bytes without NUL; NULL when it is absent or null. */
static const char *read_text(struct reader *r, const struct json_object *object, const char *key,
                             size_t max) {
    const struct json_object *value = json_get(object, key);
    if (!value)
        return NULL;
    size_t len = 0;
    const char *text = json_text(value, &len);
    if (!text || !len || len > max || strlen(text) != len) {
        wrong(r, key, "is not a text, or too long");
        return NULL;
    }
    return copy(r, text, len);
}

static bool read_flag(struct reader *r, const struct json_object *object, const char *key) {
    bool flag = false;
    if (json_get(object, key) && !json_boolean(json_get(object, key), &flag))
        wrong(r, key, "is neither true nor false");
    return flag;
}

/* Index of the word, `fallback` when absent. */
static int read_choice(struct reader *r, const struct json_object *object, const char *key,
                       const char *const *words, int count, int fallback) {
    const struct json_object *value = json_get(object, key);
    const char *text = json_text(value, NULL);
    if (!value)
        return fallback;
    for (int i = 0; text && i < count; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    wrong(r, key, "is not one of the words this knows");
    return fallback;
}

/* One printable ASCII character; 0 when absent. */
static char read_mark(struct reader *r, const struct json_object *object, const char *key) {
    size_t len = 0;
    const struct json_object *value = json_get(object, key);
    const char *text = json_text(value, &len);
    if (!value)
        return 0;
    if (!text || len != 1 || text[0] <= ' ' || text[0] > '~') {
        wrong(r, key, "is not one character");
        return 0;
    }
    return text[0];
}

static void check_members(struct reader *r, const struct json_object *object, const char *where,
                          const char *const *known) {
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    if (json_type_of(object) != JSON_OBJECT)
        wrong(r, where, "is not an object");
    while (!r->err && json_next(object, &it, &key, &value)) {
        size_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        if (!known[i])
            wrong(r, where, "has a member that a mapping does not have");
    }
}

static void read_values(struct reader *r, const struct json_object *object,
                        struct import_answer *out) {
    if (!object || r->err)
        return;
    struct json_members count_it = {0}, it = {0};
    const char *key;
    struct json_object *value;
    size_t count = 0;
    if (json_type_of(object) != JSON_OBJECT)
        wrong(r, "values", "is not an object");
    while (json_next(object, &count_it, &key, &value))
        count++;
    if (count > IMPORT_VALUES_MAX)
        wrong(r, "values", "has more than 400 members");
    struct import_value *values = r->err ? NULL : arena_array(r->arena, count, sizeof *values);
    if (!values) {
        r->err = r->err ? r->err : ERR_NO_MEMORY;
        return;
    }
    while (!r->err && json_next(object, &it, &key, &value)) {
        size_t len = 0;
        const char *option = json_text(value, &len);
        if (value && !option)
            wrong(r, "values", "has a member that is neither an option nor null");
        values[out->value_count++] = (struct import_value){
            .cell = copy(r, key, strlen(key)),
            .option = option ? copy(r, option, len) : NULL,
        };
    }
    out->values = values;
}

static void add_answer(struct reader *r, const struct json_object *object, const char *column,
                       bool category, struct import_answer *answers, size_t *count) {
    static const char *const known_category[] = {"column", "separator", "values", NULL};
    static const char *const known_answer[] = {"field", "separator", "values", NULL};
    check_members(r, object, category ? "category" : "answers",
                  category ? known_category : known_answer);
    if (!r->err && *count == IMPORT_ANSWERS_MAX)
        wrong(r, "answers", "has more than 40 questions");
    if (r->err)
        return;
    struct import_answer answer = {
        .column = category ? read_text(r, object, "column", IMPORT_COLUMN_MAX)
                           : copy(r, column, strlen(column)),
        .field = category ? NULL : read_text(r, object, "field", IMPORT_COLUMN_MAX),
        .separator = read_mark(r, object, "separator"),
    };
    if (!answer.column)
        wrong(r, "category.column", "is missing");
    if (!category && !answer.field)
        wrong(r, "answers", "has a member without a field");
    read_values(r, json_get(object, "values"), &answer);
    answers[(*count)++] = answer;
}

/* {"column": {"field": ..}} or, when a column feeds several questions, {"column": [{..}, {..}]}. */
static void read_answers(struct reader *r, const struct json_object *document,
                         struct import_mapping *out) {
    struct import_answer *answers = arena_array(r->arena, IMPORT_ANSWERS_MAX, sizeof *answers);
    const struct json_object *category = json_get(document, "category");
    const struct json_object *others = json_get(document, "answers");
    struct json_members it = {0};
    const char *column;
    struct json_object *value;
    if (!answers) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    if (category)
        add_answer(r, category, NULL, true, answers, &out->answer_count);
    if (others && json_type_of(others) != JSON_OBJECT)
        wrong(r, "answers", "is not an object");
    while (!r->err && json_next(others, &it, &column, &value)) {
        bool list = json_type_of(value) == JSON_ARRAY;
        for (size_t i = 0; i < (list ? json_length(value) : 1); i++)
            add_answer(r, list ? json_at(value, i) : value, column, false, answers,
                       &out->answer_count);
    }
    out->answers = answers;
}

bool import_crs_valid(const char *crs) {
    size_t authority = 0, code = 0;
    while (isalnum((unsigned char)crs[authority]))
        authority++;
    if (crs[authority] != ':')
        return false;
    while (isalnum((unsigned char)crs[authority + 1 + code]))
        code++;
    return authority && code && !crs[authority + 1 + code] && authority + code < IMPORT_CRS_MAX - 1;
}

bool import_date_order_parse(const char *word, enum import_date_order *out) {
    for (int i = DATE_YMD; i <= DATE_MDY; i++) {
        if (strcmp(word, date_orders[i]) == 0) {
            *out = (enum import_date_order)i;
            return true;
        }
    }
    return false;
}

static void check_whole(struct reader *r, const struct import_mapping *mapping) {
    if (!mapping->x != !mapping->y)
        wrong(r, mapping->x ? "y" : "x", "is missing");
    if (mapping->crs && !import_crs_valid(mapping->crs))
        wrong(r, "crs", "is not a name such as EPSG:4326");
    if (mapping->target == IMPORT_SESSION && mapping->session_id < 1)
        wrong(r, "session", "is missing");
    if (mapping->decimal != '.' && mapping->decimal != ',')
        wrong(r, "decimal", "is neither a point nor a comma");
}

enum err import_mapping_read(const struct json_object *document, struct arena *arena,
                             struct fault *fault, struct import_mapping *out) {
    static const char *const known[] = {
        "target",   "session", "title",       "attribution",  "x",     "y",
        "geometry", "crs",     "date",        "date_order",   "label", "category",
        "answers",  "decimal", "participant", "counted",      "skip_refused", NULL};
    struct reader r = {.arena = arena, .fault = fault};
    struct import_mapping mapping = {0};
    check_members(&r, document, "mapping", known);
    if (r.err)
        return r.err;
    mapping.target =
        (enum import_target)read_choice(&r, document, "target", targets, 2, IMPORT_OVERLAY);
    if (json_get(document, "session") &&
        !json_integer(json_get(document, "session"), &mapping.session_id))
        wrong(&r, "session", "is not a number");
    mapping.title = read_text(&r, document, "title", IMPORT_TITLE_MAX);
    mapping.attribution = read_text(&r, document, "attribution", IMPORT_ATTRIBUTION_MAX);
    mapping.x = read_text(&r, document, "x", IMPORT_COLUMN_MAX);
    mapping.y = read_text(&r, document, "y", IMPORT_COLUMN_MAX);
    mapping.crs = read_text(&r, document, "crs", IMPORT_CRS_MAX);
    mapping.date = read_text(&r, document, "date", IMPORT_COLUMN_MAX);
    mapping.date_order =
        (enum import_date_order)read_choice(&r, document, "date_order", date_orders, 3, DATE_YMD);
    mapping.label = read_text(&r, document, "label", IMPORT_COLUMN_MAX);
    mapping.participant = read_text(&r, document, "participant", IMPORT_COLUMN_MAX);
    mapping.counted = read_flag(&r, document, "counted");
    mapping.skip_refused = read_flag(&r, document, "skip_refused");
    char decimal = read_mark(&r, document, "decimal");
    mapping.decimal = decimal ? decimal : '.';
    read_answers(&r, document, &mapping);
    check_whole(&r, &mapping);
    if (!r.err)
        *out = mapping;
    return r.err;
}

static void write_mark(struct jsonw *w, const char *key, char mark) {
    if (!mark)
        return;
    jsonw_key(w, key);
    jsonw_strn(w, &mark, 1);
}

static void write_known(struct jsonw *w, const char *key, const char *text) {
    if (text)
        jsonw_kstr(w, key, text);
}

static void write_answer(struct jsonw *w, const struct import_answer *answer) {
    jsonw_object(w);
    if (answer->field)
        jsonw_kstr(w, "field", answer->field);
    else
        jsonw_kstr(w, "column", answer->column);
    write_mark(w, "separator", answer->separator);
    if (answer->value_count) {
        jsonw_key(w, "values");
        jsonw_object(w);
        for (size_t i = 0; i < answer->value_count; i++)
            jsonw_kstr(w, answer->values[i].cell, answer->values[i].option);
        jsonw_object_end(w);
    }
    jsonw_object_end(w);
}

/* All answers of the column of answer `first`, as one member. */
static void write_column(struct jsonw *w, const struct import_mapping *mapping, size_t first) {
    const char *column = mapping->answers[first].column;
    jsonw_key(w, column);
    jsonw_array(w);
    for (size_t i = first; i < mapping->answer_count; i++)
        if (mapping->answers[i].field && strcmp(mapping->answers[i].column, column) == 0)
            write_answer(w, &mapping->answers[i]);
    jsonw_array_end(w);
}

static bool is_first_of_column(const struct import_mapping *mapping, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (mapping->answers[i].field &&
            strcmp(mapping->answers[i].column, mapping->answers[index].column) == 0)
            return false;
    return mapping->answers[index].field != NULL;
}

static void write_answers(struct jsonw *w, const struct import_mapping *mapping) {
    bool begun = false;
    for (size_t i = 0; i < mapping->answer_count; i++) {
        if (mapping->answers[i].field)
            continue;
        jsonw_key(w, "category");
        write_answer(w, &mapping->answers[i]);
    }
    for (size_t i = 0; i < mapping->answer_count; i++) {
        if (!is_first_of_column(mapping, i))
            continue;
        if (!begun) {
            jsonw_key(w, "answers");
            jsonw_object(w);
            begun = true;
        }
        write_column(w, mapping, i);
    }
    if (begun)
        jsonw_object_end(w);
}

void import_mapping_write(struct jsonw *w, const struct import_mapping *mapping) {
    jsonw_object(w);
    jsonw_kstr(w, "target", targets[mapping->target]);
    if (mapping->session_id)
        jsonw_ki64(w, "session", mapping->session_id);
    write_known(w, "title", mapping->title);
    write_known(w, "attribution", mapping->attribution);
    write_known(w, "x", mapping->x);
    write_known(w, "y", mapping->y);
    if (!mapping->x)
        jsonw_kbool(w, "geometry", true);
    write_known(w, "crs", mapping->crs);
    write_known(w, "date", mapping->date);
    jsonw_kstr(w, "date_order", date_orders[mapping->date_order]);
    write_known(w, "label", mapping->label);
    write_known(w, "participant", mapping->participant);
    write_mark(w, "decimal", mapping->decimal);
    if (mapping->counted)
        jsonw_kbool(w, "counted", true);
    if (mapping->skip_refused)
        jsonw_kbool(w, "skip_refused", true);
    write_answers(w, mapping);
    jsonw_object_end(w);
}
