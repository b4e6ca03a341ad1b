// SPDX-License-Identifier: AGPL-3.0-or-later
// What people wrote or gave to be published: findings that the group agreed to, assets that were shared.
#include "service/asset_service.h"
#include "service/edition_job_draft.h"
#include "service/exercise_service.h"
#include "store/finding_store.h"
#include "store/shared_asset_store.h"

#include "base/json.h"
#include "base/jsonw.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- findings ---- */

static enum finding_urgency urgency_of(const char *name) {
    enum finding_urgency urgency = URGENCY_GREEN;
    while (urgency < URGENCY_RED && strcmp(finding_urgency_name(urgency), name) != 0)
        urgency++;
    return urgency;
}

static enum err fill_finding(struct draft *draft, const struct finding *from, struct edition_finding *out) {
    *out = (struct edition_finding){.id = from->id,
                                    .exercise = from->exercise_key,
                                    .statement = from->statement,
                                    .recommendation = from->recommendation,
                                    .who = from->who,
                                    .urgency = urgency_of(from->urgency),
                                    .language = from->language,
                                    .month = arena_strndup(draft->arena, from->held_on, strlen("2026-05")),
                                    .geometry = from->geometry};
    return out->month ? ERR_OK : ERR_NO_MEMORY;
}

enum err draft_fill_findings(struct draft *draft) {
    struct finding *found = NULL;
    size_t count = 0;
    struct edition *edition = &draft->edition;
    enum err err = finding_list_agreed(draft->context->db, edition->project, draft->arena, &found, &count);
    edition->findings = arena_array(draft->arena, count + 1, sizeof *edition->findings);
    if (!err && !edition->findings)
        err = ERR_NO_MEMORY;
    for (size_t i = 0; i < count && !err; i++)
        err = fill_finding(draft, &found[i], &edition->findings[edition->finding_count++]);
    return err;
}

/* ---- assets ---- */

static void write_text(struct jsonw *w, const struct exercise_text *text) {
    jsonw_object(w);
    for (size_t i = 0; i < text->count; i++)
        jsonw_kstr(w, text->phrases[i].language, text->phrases[i].words);
    jsonw_object_end(w);
}

/* A number reads the same in every language of the exercise. */
static void write_number(struct jsonw *w, const struct exercise *exercise, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    jsonw_object(w);
    for (size_t i = 0; i < exercise->title.count; i++)
        jsonw_kstr(w, exercise->title.phrases[i].language, digits);
    jsonw_object_end(w);
}

static void write_answer(struct jsonw *w, const struct exercise *exercise, const struct exercise_field *field,
                         const struct json_object *answer) {
    size_t len = 0;
    int64_t number;
    const char *id = json_text(answer, &len);
    const struct exercise_option *option = id ? exercise_option_find(field, id) : NULL;
    if (option)
        write_text(w, &option->label);
    else if (json_integer(answer, &number))
        write_number(w, exercise, number);
}

static void write_details(struct jsonw *w, const struct exercise *exercise, const struct json_object *answers) {
    jsonw_array(w);
    for (size_t i = 0; i < exercise->field_count; i++) {
        const struct exercise_field *field = &exercise->fields[i];
        const struct json_object *answer = json_get(answers, field->id);
        if (!answer || field == exercise->category)
            continue;
        jsonw_object(w);
        jsonw_key(w, "question");
        write_text(w, &field->label);
        jsonw_key(w, "answers");
        jsonw_array(w);
        if (json_type_of(answer) == JSON_ARRAY)
            for (size_t j = 0; j < json_length(answer); j++)
                write_answer(w, exercise, field, json_at(answer, j));
        else
            write_answer(w, exercise, field, answer);
        jsonw_array_end(w);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
}

/* The answers that may be published, as questions and answers in words. */
static enum err asset_details(struct draft *draft, const struct exercise *exercise,
                              const struct shared_asset *asset, const char **out) {
    struct buf answers, details;
    struct jsonw w;
    struct json_object *document = NULL;
    buf_init(&answers);
    buf_init(&details);
    jsonw_init(&w, &answers);
    enum err err = asset_write_answers(&w, exercise, asset);
    if (!err)
        err = answers.failed ? ERR_NO_MEMORY : json_parse(answers.data, answers.len, NULL, &document);
    if (!err) {
        jsonw_init(&w, &details);
        write_details(&w, exercise, document);
        *out = details.failed ? NULL : arena_strndup(draft->arena, details.data, details.len);
        err = *out ? ERR_OK : ERR_NO_MEMORY;
    }
    json_free(document);
    buf_fini(&answers);
    buf_fini(&details);
    return err;
}

static const char *or_none(const char *text) {
    return text ? text : "";
}

static enum err fill_asset(struct draft *draft, struct shared_asset *from, struct edition_asset *out) {
    const struct exercise *exercise = NULL;
    unsigned precision_m = 0;
    enum err err = exercise_get(draft->context, from->exercise_id, draft->arena, &exercise);
    if (!err)
        err = asset_place(exercise, from, draft->arena, &precision_m);
    if (err)
        return err;
    const struct exercise_option *category = exercise_option_find(exercise->category, from->category);
    *out = (struct edition_asset){.id = from->id,
                                  .exercise = from->exercise_key,
                                  .title = from->title,
                                  .category = from->category,
                                  .label = publication_text(&category->label, draft->arena),
                                  .colour = or_none(category->colour),
                                  .icon = or_none(category->icon),
                                  .shape = or_none(category->shape),
                                  .precision_m = precision_m,
                                  .geometry = from->geometry};
    return out->label ? asset_details(draft, exercise, from, &out->details) : ERR_NO_MEMORY;
}

enum err draft_fill_assets(struct draft *draft) {
    struct shared_asset *found = NULL;
    size_t count = 0;
    struct edition *edition = &draft->edition;
    enum err err = shared_asset_list(draft->context->db, edition->project, draft->arena, &found, &count);
    edition->assets = arena_array(draft->arena, count + 1, sizeof *edition->assets);
    if (!err && !edition->assets)
        err = ERR_NO_MEMORY;
    for (size_t i = 0; i < count && !err; i++)
        err = fill_asset(draft, &found[i], &edition->assets[edition->asset_count++]);
    return err;
}
