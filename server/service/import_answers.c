// SPDX-License-Identifier: AGPL-3.0-or-later
// Each row's cells become the JSON that a tablet would have sent, and go through the same check.
// Files of reports have few different rows, so that JSON is the key of a table of what was judged
// before.
#include "service/import_answers.h"

#include "base/json.h"
#include "model/import_cell.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PLACES = 4096 }; // a power of two

/* A column, the question that it answers, and how. */
struct link {
    const struct import_answer *how;
    const struct exercise_field *field;
    size_t column;
};

struct known {
    const char *key; // NULL: the place is free
    size_t key_len;
    const struct import_said *said;
};

struct import_answers {
    const struct session *session;
    const struct exercise *exercise;
    char decimal;
    size_t link_count;
    struct link links[IMPORT_ANSWERS_MAX];
    struct arena arena; // of what is known
    struct buf sent, canonical;
    struct known places[PLACES];
};

/* ---- which column answers which question ---- */

static enum err resolve(struct import_answers *answers, const struct import_answer *how,
                        const struct import_source *source, struct fault *fault) {
    struct link link = {.how = how, .column = import_source_column(source, how->column)};
    link.field = how->field ? exercise_field_find(answers->exercise, how->field)
                            : answers->exercise->category;
    if (link.column == source->column_count)
        return fault_set(fault, ERR_BAD_FIELD, how->field ? "answers" : "category.column",
                         "the file has no column \"%s\"", how->column);
    if (!link.field)
        return fault_set(fault, ERR_BAD_FIELD, "answers", "the exercise has no question \"%s\"",
                         how->field);
    if (link.field->type == FIELD_LINK)
        return fault_set(fault, ERR_BAD_FIELD, "answers",
                         "\"%s\" links to another contribution and cannot be imported",
                         link.field->id);
    for (size_t i = 0; i < answers->link_count; i++)
        if (answers->links[i].field == link.field)
            return fault_set(fault, ERR_BAD_FIELD, "answers",
                             "two columns answer the question \"%s\"", link.field->id);
    answers->links[answers->link_count++] = link;
    return ERR_OK;
}

enum err import_answers_new(const struct import_mapping *mapping,
                            const struct import_source *source, const struct session *session,
                            const struct exercise *exercise, struct fault *fault,
                            struct import_answers **out) {
    struct import_answers *answers = calloc(1, sizeof *answers);
    if (!answers)
        return ERR_NO_MEMORY;
    answers->session = session;
    answers->exercise = exercise;
    answers->decimal = mapping->decimal;
    arena_init(&answers->arena);
    buf_init(&answers->sent);
    buf_init(&answers->canonical);
    enum err err = ERR_OK;
    for (size_t i = 0; i < mapping->answer_count && !err; i++)
        err = resolve(answers, &mapping->answers[i], source, fault);
    if (err)
        import_answers_free(answers);
    else
        *out = answers;
    return err;
}

void import_answers_free(struct import_answers *answers) {
    if (!answers)
        return;
    buf_fini(&answers->canonical);
    buf_fini(&answers->sent);
    arena_fini(&answers->arena);
    free(answers);
}

/* ---- one cell ---- */

static bool same_words(const struct import_part *part, const char *words) {
    return strlen(words) == part->len && strncasecmp(words, part->text, part->len) == 0;
}

/* The option that this text is the id of, or the label in some language. */
static const struct exercise_option *option_called(const struct exercise_field *field,
                                                   const struct import_part *part) {
    for (size_t i = 0; i < field->option_count; i++) {
        const struct exercise_option *option = &field->options[i];
        if (same_words(part, option->id))
            return option;
        for (size_t j = 0; j < option->label.count; j++)
            if (same_words(part, option->label.phrases[j].words))
                return option;
    }
    return NULL;
}

/* What a part of a cell stands for: an option, or by the mapping nothing (NULL). */
static enum err option_of(const struct link *link, const struct import_part *part,
                          struct fault *fault, const struct exercise_option **out) {
    *out = NULL;
    for (size_t i = 0; i < link->how->value_count; i++) {
        const struct import_value *value = &link->how->values[i];
        if (strlen(value->cell) != part->len || memcmp(value->cell, part->text, part->len) != 0)
            continue;
        *out = value->option ? exercise_option_find(link->field, value->option) : NULL;
        if (!value->option || *out)
            return ERR_OK;
        return fault_set(fault, ERR_BAD_FIELD, link->how->column,
                         "\"%s\" is no option of the question \"%s\"", value->option,
                         link->field->id);
    }
    *out = option_called(link->field, part);
    if (*out)
        return ERR_OK;
    return fault_set(fault, ERR_BAD_FIELD, link->how->column,
                     "\"%.*s\" is mapped to no option of the question \"%s\"",
                     (int)(part->len < 80 ? part->len : 80), part->text, link->field->id);
}

static enum err write_one(struct jsonw *w, const struct link *link, const char *cell, size_t len,
                          struct fault *fault) {
    size_t at = 0;
    struct import_part part;
    while (import_next_part(cell, len, link->how->separator, &at, &part)) {
        const struct exercise_option *option;
        enum err err = option_of(link, &part, fault, &option);
        if (err)
            return err;
        if (!option)
            continue;
        jsonw_kstr(w, link->field->id, option->id);
        return ERR_OK; // the first one that says something
    }
    return ERR_OK;
}

static enum err write_several(struct jsonw *w, const struct link *link, const char *cell,
                              size_t len, struct fault *fault) {
    size_t at = 0;
    struct import_part part;
    uint64_t chosen = 0;
    enum err err = ERR_OK;
    jsonw_key(w, link->field->id);
    jsonw_array(w);
    while (!err && import_next_part(cell, len, link->how->separator, &at, &part)) {
        const struct exercise_option *option;
        err = option_of(link, &part, fault, &option);
        uint64_t bit = !err && option ? UINT64_C(1) << (option - link->field->options) : 0;
        if (bit & ~chosen)
            jsonw_str(w, option->id);
        chosen |= bit;
    }
    jsonw_array_end(w);
    return err;
}

static enum err write_number(struct jsonw *w, const struct link *link, char decimal,
                             const struct import_part *part, struct fault *fault) {
    double number;
    if (link->field->not_applicable && same_words(part, "na")) {
        jsonw_kstr(w, link->field->id, "na");
        return ERR_OK;
    }
    if (!import_number(part->text, part->len, decimal, &number))
        return fault_set(fault, ERR_BAD_FIELD, link->how->column, "is not a number");
    jsonw_kfixed(w, link->field->id, number, 9);
    return ERR_OK;
}

/* An empty cell says nothing, unless the mapping has an option for it. */
static enum err write_nothing(struct jsonw *w, const struct link *link) {
    for (size_t i = 0; i < link->how->value_count; i++) {
        const struct import_value *value = &link->how->values[i];
        if (!value->cell[0] && value->option && link->field->type == FIELD_ONE)
            jsonw_kstr(w, link->field->id, value->option);
    }
    return ERR_OK;
}

static enum err write_cell(struct jsonw *w, const struct link *link, char decimal, const char *cell,
                           size_t len, struct fault *fault) {
    struct import_part part = import_trim(cell, len);
    if (!part.len)
        return write_nothing(w, link);
    switch (link->field->type) {
    case FIELD_ONE:
        return write_one(w, link, part.text, part.len, fault);
    case FIELD_SEVERAL:
        return write_several(w, link, part.text, part.len, fault);
    case FIELD_SCALE:
    case FIELD_NUMBER:
        return write_number(w, link, decimal, &part, fault);
    case FIELD_TEXT:
        jsonw_key(w, link->field->id);
        jsonw_strn(w, part.text, part.len);
        return ERR_OK;
    case FIELD_LINK:
        break;
    }
    return ERR_INTERNAL;
}

/* ---- one row ---- */

/* FNV-1a. Whoever makes rows collide only slows his own import. */
static size_t place_of(const char *key, size_t len) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32) & (PLACES - 1);
}

static enum err judge(struct import_answers *answers, struct fault *fault,
                      struct import_said *out) {
    struct json_object *sent = NULL;
    enum err err = json_parse(answers->sent.data, answers->sent.len, fault, &sent);
    if (err)
        return err;
    err =
        answers_check(answers->exercise, answers->session->free_text, answers->session->precision_m,
                      sent, &answers->arena, &answers->canonical, fault, &out->answers);
    json_free(sent);
    if (err)
        return err;
    out->json_len = answers->canonical.len;
    out->json = arena_strndup(&answers->arena, answers->canonical.data, out->json_len);
    return out->json ? ERR_OK : ERR_NO_MEMORY;
}

enum err import_answers_read(struct import_answers *answers, const struct import_record *record,
                             struct fault *fault, const struct import_said **out) {
    struct jsonw w;
    enum err err = ERR_OK;
    buf_clear(&answers->sent);
    jsonw_init(&w, &answers->sent);
    jsonw_object(&w);
    for (size_t i = 0; i < answers->link_count && !err; i++) {
        const struct link *link = &answers->links[i];
        err = write_cell(&w, link, answers->decimal, record->cells[link->column],
                         record->lengths[link->column], fault);
    }
    jsonw_object_end(&w);
    if (err || answers->sent.failed)
        return err ? err : ERR_NO_MEMORY;
    struct known *known = &answers->places[place_of(answers->sent.data, answers->sent.len)];
    if (known->key && known->key_len == answers->sent.len &&
        memcmp(known->key, answers->sent.data, known->key_len) == 0) {
        *out = known->said;
        return ERR_OK;
    }
    struct import_said *said = arena_alloc(&answers->arena, sizeof *said);
    const char *key = arena_strndup(&answers->arena, answers->sent.data, answers->sent.len);
    if (!said || !key)
        return ERR_NO_MEMORY;
    err = judge(answers, fault, said);
    if (err)
        return err;
    *known = (struct known){key, answers->sent.len, said};
    *out = said;
    return ERR_OK;
}
