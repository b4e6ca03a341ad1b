// SPDX-License-Identifier: AGPL-3.0-or-later
// The document from top to bottom. References point backwards (an `if` to an earlier field) or are
// resolved at the end (the category, the help), so one pass is enough.
#include "model/exercise.h"
#include "base/json.h"
#include "model/exercise_reader.h"
#include "model/session.h"
#include <string.h>

static const char *const shapes[] = {"circle",        "square",  "diamond", "triangle",
                                     "triangle-down", "hexagon", "star",    "cross",
                                     "pentagon",      "drop",    NULL};

/* Metres of a precision; 0 when absent. */
static int read_precision(struct exercise_reader *r, const struct json_object *object,
                          bool required, bool exact_too) {
    int64_t metres = reader_integer(r, object, "precision_m", 0, 250, required);
    if (!session_precision_known((double)metres))
        reader_wrong(r, "precision_m", "is none of 0, 25, 50, 100, 250");
    else if (metres == 0 && !exact_too && json_has(object, "precision_m"))
        reader_wrong(r, "precision_m", "cannot be exact (0) here");
    return (int)metres;
}

static void read_option(struct exercise_reader *r, const struct json_object *object,
                        bool of_category, unsigned draw, struct exercise_option *out) {
    static const char *const known[] = {"id",    "label",    "icon",        "colour",
                                        "shape", "geometry", "precision_m", NULL};
    reader_only(r, object, known);
    out->id = reader_word(r, object, "id", "_");
    reader_text(r, object, "label", true, &out->label);
    out->icon = reader_word_or_none(r, object, "icon", "-");
    out->colour = reader_colour(r, object, "colour");
    int shape = reader_choice(r, object, "shape", shapes, false);
    out->shape = shape < 0 ? NULL : shapes[shape];
    if (!of_category) {
        const char *const misplaced[] = {"geometry", "precision_m"};
        for (size_t i = 0; i < sizeof misplaced / sizeof misplaced[0]; i++) {
            if (json_has(object, misplaced[i]))
                reader_wrong(r, misplaced[i], "belongs to options of the category alone");
        }
        return;
    }
    // one symbol on the map for one category
    const char *const seen[] = {"icon", "colour", "shape"};
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
        reader_member(r, object, seen[i], true);
    out->draw = reader_draw(r, object, "geometry", draw);
    out->draw = out->draw ? out->draw : draw;
    out->precision_m = read_precision(r, object, false, false);
}

static void read_options(struct exercise_reader *r, const struct json_object *object,
                         bool of_category, unsigned draw, struct exercise_field *field) {
    struct json_object *list;
    size_t count = reader_list(r, object, "options", 1, EXERCISE_OPTIONS_MAX, &list);
    struct exercise_option *options = arena_array(r->arena, count ? count : 1, sizeof *options);
    if (!options) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < count && !r->err; i++) {
        size_t mark = reader_enter(r, "options", (long)i);
        read_option(r, json_at(list, i), of_category, draw, &options[i]);
        for (size_t j = 0; j < i && !r->err; j++) {
            if (strcmp(options[i].id, options[j].id) == 0)
                reader_wrong(r, "id", "is the id of an earlier option too");
        }
        reader_leave(r, mark);
    }
    field->options = options;
    field->option_count = count;
}

static void read_condition(struct exercise_reader *r, const struct json_object *object,
                           const struct exercise *so_far, struct exercise_field *field) {
    static const char *const known[] = {"field", "in", NULL};
    struct json_object *condition = reader_member(r, object, "if", false), *list;
    if (!condition || r->err)
        return;
    size_t mark = reader_enter(r, "if", -1);
    reader_only(r, condition, known);
    const struct exercise_field *earlier =
        exercise_field_find(so_far, reader_word(r, condition, "field", "_"));
    size_t count = reader_list(r, condition, "in", 1, EXERCISE_OPTIONS_MAX, &list);
    if (!earlier || earlier->option_count == 0)
        reader_wrong(r, "field", "is not an earlier field that has options");
    for (size_t i = 0; i < count && !r->err; i++) {
        const char *id = json_text(json_at(list, i), NULL);
        const struct exercise_option *option = id ? exercise_option_find(earlier, id) : NULL;
        uint64_t bit = option ? UINT64_C(1) << (option - earlier->options) : 0;
        if (!option)
            reader_wrong(r, "in", "has an element that is no option of %s", earlier->id);
        else if (field->if_options & bit)
            reader_wrong(r, "in", "names %s twice", id);
        field->if_options |= bit;
    }
    field->if_field = earlier;
    reader_leave(r, mark);
}

static void read_range(struct exercise_reader *r, const struct json_object *object, int64_t least,
                       int64_t most, struct exercise_field *field) {
    field->min = reader_integer(r, object, "min", least, most, true);
    field->max = reader_integer(r, object, "max", least, most, true);
    if (field->max <= field->min)
        reader_wrong(r, "max", "is not above min");
}

/* What a type has beside the members of every field. */
static void read_kind(struct exercise_reader *r, const struct json_object *object, bool is_category,
                      unsigned draw, struct exercise_field *field) {
#define COMMON "id", "type", "required", "label", "icon", "if"
    static const char *const choice[] = {COMMON, "options", NULL};
    static const char *const scale[] = {COMMON, "min",  "max", "not_applicable",
                                        "low",  "high", NULL};
    static const char *const number[] = {COMMON, "min", "max", NULL};
    static const char *const text[] = {COMMON, "max_length", NULL};
    static const char *const link[] = {COMMON, NULL};
#undef COMMON
    switch (field->type) {
    case FIELD_ONE:
    case FIELD_SEVERAL:
        reader_only(r, object, choice);
        read_options(r, object, is_category, draw, field);
        break;
    case FIELD_SCALE:
        reader_only(r, object, scale);
        read_range(r, object, 0, EXERCISE_SCALE_MAX, field);
        field->not_applicable = reader_flag(r, object, "not_applicable");
        reader_text(r, object, "low", false, &field->low);
        reader_text(r, object, "high", false, &field->high);
        break;
    case FIELD_NUMBER:
        reader_only(r, object, number);
        read_range(r, object, -EXERCISE_NUMBER_MAX, EXERCISE_NUMBER_MAX, field);
        break;
    case FIELD_TEXT:
        reader_only(r, object, text);
        field->max_characters =
            (int)reader_integer(r, object, "max_length", 1, EXERCISE_ANSWER_MAX_CHARACTERS, false);
        if (field->max_characters == 0)
            field->max_characters = EXERCISE_ANSWER_MAX_CHARACTERS;
        break;
    case FIELD_LINK:
        reader_only(r, object, link);
        // the first contribution of a session could not be made
        if (field->required)
            reader_wrong(r, "required", "cannot be asked of a link");
        break;
    }
}

static void read_field(struct exercise_reader *r, const struct json_object *object,
                       const struct exercise *so_far, const char *category,
                       struct exercise_field *field) {
    static const char *const types[] = {"one", "several", "scale", "number", "text", "link", NULL};
    if (json_type_of(object) != JSON_OBJECT) {
        reader_wrong(r, NULL, "is not an object");
        return;
    }
    field->id = reader_word(r, object, "id", "_");
    if (exercise_field_find(so_far, field->id))
        reader_wrong(r, "id", "is the id of an earlier field too");
    int type = reader_choice(r, object, "type", types, true);
    if (r->err)
        return;
    field->type = (enum field_type)type;
    field->required = reader_flag(r, object, "required");
    reader_text(r, object, "label", true, &field->label);
    field->icon = reader_word_or_none(r, object, "icon", "-");
    read_kind(r, object, strcmp(field->id, category) == 0, so_far->draw, field);
    read_condition(r, object, so_far, field);
}

/* Looked for first, since what an option may say depends on it. */
static bool names_field(struct json_object *list, const char *id) {
    for (size_t i = 0; i < json_length(list); i++) {
        const char *other = json_text(json_get(json_at(list, i), "id"), NULL);
        if (other && strcmp(other, id) == 0)
            return true;
    }
    return false;
}

static void read_fields(struct exercise_reader *r, const struct json_object *document,
                        struct exercise *exercise) {
    struct json_object *list;
    const char *category = reader_word(r, document, "category", "_");
    size_t count = reader_list(r, document, "fields", 1, EXERCISE_FIELDS_MAX, &list);
    struct exercise_field *fields = arena_array(r->arena, count ? count : 1, sizeof *fields);
    if (!fields) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    exercise->fields = fields;
    if (!names_field(list, category))
        reader_wrong(r, "category", "is no field of the exercise");
    for (; exercise->field_count < count && !r->err; exercise->field_count++) {
        size_t mark = reader_enter(r, "fields", (long)exercise->field_count);
        read_field(r, json_at(list, exercise->field_count), exercise, category,
                   &fields[exercise->field_count]);
        reader_leave(r, mark);
    }
    if (r->err)
        return;
    const struct exercise_field *found = exercise_field_find(exercise, category);
    if (found->type != FIELD_ONE || !found->required || found->if_field)
        reader_wrong(r, "category", "is not a required field of type one that is always asked");
    exercise->category = found;
}

static void read_help(struct exercise_reader *r, const struct json_object *document,
                      struct exercise *exercise) {
    static const char *const known[] = {"field", "option", NULL};
    struct json_object *help = json_get(document, "help"); // null says that there is none
    if (!help || r->err)
        return;
    size_t mark = reader_enter(r, "help", -1);
    reader_only(r, help, known);
    const char *field = reader_word(r, help, "field", "_");
    const char *option = reader_word(r, help, "option", "_");
    if (!r->err) {
        exercise->help_field = exercise_field_find(exercise, field);
        if (!exercise->help_field)
            reader_wrong(r, "field", "is no field of the exercise");
        else
            exercise->help_option = exercise_option_find(exercise->help_field, option);
        if (!exercise->help_option)
            reader_wrong(r, "option", "is no option of that field");
    }
    reader_leave(r, mark);
}

/* The state of each language, as far as the document says it. */
static void read_states(struct exercise_reader *r, const struct json_object *document,
                        struct exercise *exercise) {
    static const char *const states[] = {"checked", "draft", NULL};
    struct json_object *languages = reader_member(r, document, "languages", false), *state;
    if (!languages || r->err)
        return;
    size_t mark = reader_enter(r, "languages", -1);
    if (json_type_of(languages) != JSON_OBJECT)
        reader_wrong(r, NULL, "is not an object of states by language");
    struct json_members it = {0};
    const char *language;
    while (!r->err && json_next(languages, &it, &language, &state)) {
        uint32_t bit = exercise_language_bit(exercise, language);
        if (!bit)
            reader_wrong(r, NULL, "has a language that the title has not");
        else if (reader_choice(r, languages, language, states, true) == 1)
            exercise->drafts |= bit;
    }
    reader_leave(r, mark);
}

enum err exercise_read(const struct json_object *document, struct arena *arena, struct fault *fault,
                       const struct exercise **out) {
    static const char *const known[] = {"id",          "version",  "title",    "intro",  "languages",
                                        "sensitivity", "precision_m", "geometry", "category",
                                        "help",        "fields",   "publish",  NULL};
    static const char *const sensitivities[] = {"standard", "sensitive", NULL};
    struct exercise *exercise = arena_alloc(arena, sizeof *exercise);
    if (!exercise)
        return ERR_NO_MEMORY;
    struct exercise_reader r = {.arena = arena, .fault = fault};
    reader_only(&r, document, known);
    exercise->id = reader_word(&r, document, "id", "_-");
    exercise->version = reader_integer(&r, document, "version", 1, EXERCISE_VERSION_MAX, true);
    reader_text(&r, document, "title", true, &exercise->title);
    r.languages = &exercise->title;
    read_states(&r, document, exercise);
    reader_text(&r, document, "intro", true, &exercise->intro);
    exercise->sensitive = reader_choice(&r, document, "sensitivity", sensitivities, true) == 1;
    exercise->precision_m = read_precision(&r, document, true, !exercise->sensitive);
    reader_member(&r, document, "geometry", true);
    exercise->draw = reader_draw(&r, document, "geometry", DRAW_POINT | DRAW_LINE | DRAW_AREA);
    read_fields(&r, document, exercise);
    read_help(&r, document, exercise);
    reader_publish(&r, document, exercise);
    if (r.err)
        return r.err;
    *out = exercise;
    return ERR_OK;
}

enum err exercise_parse(const char *text, size_t len, struct arena *arena, struct fault *fault,
                        const struct exercise **out) {
    struct json_object *document = NULL;
    enum err err = json_parse(text, len, fault, &document);
    if (err)
        return err;
    err = exercise_read(document, arena, fault, out);
    json_free(document);
    return err;
}
