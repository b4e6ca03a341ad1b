// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/exercise.h"
#include <string.h>

static const char *const draw_names[] = {"point", "line", "area"};
static const char *const type_names[] = {
    [FIELD_ONE] = "one",       [FIELD_SEVERAL] = "several", [FIELD_SCALE] = "scale",
    [FIELD_NUMBER] = "number", [FIELD_TEXT] = "text",       [FIELD_LINK] = "link",
};

const char *exercise_draw_name(unsigned draw) {
    return draw_names[draw == DRAW_POINT ? 0 : draw == DRAW_LINE ? 1 : 2];
}

unsigned exercise_draw_of(enum geometry_type type) {
    switch (type) {
    case GEOMETRY_POINT:
    case GEOMETRY_MULTI_POINT:
        return DRAW_POINT;
    case GEOMETRY_LINE:
    case GEOMETRY_MULTI_LINE:
        return DRAW_LINE;
    case GEOMETRY_POLYGON:
    case GEOMETRY_MULTI_POLYGON:
        return DRAW_AREA;
    }
    return 0;
}

const struct exercise_field *exercise_field_find(const struct exercise *exercise, const char *id) {
    for (size_t i = 0; i < exercise->field_count; i++) {
        if (strcmp(exercise->fields[i].id, id) == 0)
            return &exercise->fields[i];
    }
    return NULL;
}

const struct exercise_option *exercise_option_find(const struct exercise_field *field,
                                                   const char *id) {
    for (size_t i = 0; i < field->option_count; i++) {
        if (strcmp(field->options[i].id, id) == 0)
            return &field->options[i];
    }
    return NULL;
}

const struct exercise_option *exercise_slice_first(const struct exercise_slice *slice) {
    size_t i = 0;
    while (!(slice->options >> i & 1))
        i++;
    return &slice->field->options[i];
}

uint32_t exercise_language_bit(const struct exercise *exercise, const char *language) {
    for (size_t i = 0; i < exercise->title.count; i++) {
        if (strcmp(exercise->title.phrases[i].language, language) == 0)
            return UINT32_C(1) << i;
    }
    return 0;
}

/* Where the document goes, and in which of the title's languages. */
struct writer {
    struct jsonw *w;
    uint32_t languages;
};

static void write_text(struct writer writer, const char *key, const struct exercise_text *text) {
    if (text->count == 0)
        return;
    jsonw_key(writer.w, key);
    jsonw_object(writer.w);
    for (size_t i = 0; i < text->count; i++) {
        if (writer.languages >> i & 1)
            jsonw_kstr(writer.w, text->phrases[i].language, text->phrases[i].words);
    }
    jsonw_object_end(writer.w);
}

static void write_states(struct writer writer, const struct exercise *exercise) {
    if (!(exercise->drafts & writer.languages))
        return;
    jsonw_key(writer.w, "languages");
    jsonw_object(writer.w);
    for (size_t i = 0; i < exercise->title.count; i++) {
        if (writer.languages >> i & 1)
            jsonw_kstr(writer.w, exercise->title.phrases[i].language,
                       exercise->drafts >> i & 1 ? "draft" : "checked");
    }
    jsonw_object_end(writer.w);
}

static void write_word(struct jsonw *w, const char *key, const char *word) {
    if (word)
        jsonw_kstr(w, key, word);
}

static void write_draw(struct jsonw *w, unsigned draw) {
    jsonw_key(w, "geometry");
    jsonw_array(w);
    for (unsigned bit = DRAW_POINT; bit <= DRAW_AREA; bit <<= 1) {
        if (draw & bit)
            jsonw_str(w, exercise_draw_name(bit));
    }
    jsonw_array_end(w);
}

static void write_option(struct writer writer, const struct exercise_option *option,
                         unsigned usual_draw) {
    struct jsonw *w = writer.w;
    jsonw_object(w);
    jsonw_kstr(w, "id", option->id);
    write_text(writer, "label", &option->label);
    write_word(w, "icon", option->icon);
    write_word(w, "colour", option->colour);
    write_word(w, "shape", option->shape);
    if (option->draw && option->draw != usual_draw)
        write_draw(w, option->draw);
    if (option->precision_m)
        jsonw_ki64(w, "precision_m", option->precision_m);
    jsonw_object_end(w);
}

static void write_options_of(struct jsonw *w, const char *key, const struct exercise_field *field,
                             uint64_t options) {
    jsonw_key(w, key);
    jsonw_array(w);
    for (size_t i = 0; i < field->option_count; i++) {
        if (options >> i & 1)
            jsonw_str(w, field->options[i].id);
    }
    jsonw_array_end(w);
}

static void write_condition(struct jsonw *w, const struct exercise_field *field) {
    jsonw_key(w, "if");
    jsonw_object(w);
    jsonw_kstr(w, "field", field->if_field->id);
    write_options_of(w, "in", field->if_field, field->if_options);
    jsonw_object_end(w);
}

static void write_field(struct writer writer, const struct exercise_field *field,
                        unsigned usual_draw) {
    struct jsonw *w = writer.w;
    jsonw_object(w);
    jsonw_kstr(w, "id", field->id);
    jsonw_kstr(w, "type", type_names[field->type]);
    if (field->required)
        jsonw_kbool(w, "required", true);
    write_text(writer, "label", &field->label);
    write_word(w, "icon", field->icon);
    if (field->if_field)
        write_condition(w, field);
    if (field->type == FIELD_SCALE || field->type == FIELD_NUMBER) {
        jsonw_ki64(w, "min", field->min);
        jsonw_ki64(w, "max", field->max);
    }
    if (field->not_applicable)
        jsonw_kbool(w, "not_applicable", true);
    write_text(writer, "low", &field->low);
    write_text(writer, "high", &field->high);
    if (field->type == FIELD_TEXT)
        jsonw_ki64(w, "max_length", field->max_characters);
    if (field->option_count) {
        jsonw_key(w, "options");
        jsonw_array(w);
        for (size_t i = 0; i < field->option_count; i++)
            write_option(writer, &field->options[i], usual_draw);
        jsonw_array_end(w);
    }
    jsonw_object_end(w);
}

/* Only what the first option does not say already. */
static void write_unlike(struct jsonw *w, const char *key, const char *word, const char *usual) {
    if (word && (!usual || strcmp(word, usual) != 0))
        jsonw_kstr(w, key, word);
}

static void write_slices(struct writer writer, const char *key,
                         const struct exercise_slice *slices, size_t count,
                         const struct exercise_field *usual_field) {
    struct jsonw *w = writer.w;
    jsonw_key(w, key);
    jsonw_array(w);
    for (const struct exercise_slice *slice = slices; slice < slices + count; slice++) {
        const struct exercise_option *first = exercise_slice_first(slice);
        jsonw_object(w);
        jsonw_kstr(w, "id", slice->id);
        write_text(writer, "label", &slice->label);
        if (slice->field != usual_field)
            jsonw_kstr(w, "field", slice->field->id);
        write_options_of(w, "options", slice->field, slice->options);
        write_unlike(w, "colour", slice->colour, first->colour);
        write_unlike(w, "icon", slice->icon, first->icon);
        if (slice->concern)
            jsonw_kbool(w, "concern", true);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
}

static void write_publish(struct writer writer, const struct exercise *exercise) {
    struct jsonw *w = writer.w;
    if (!exercise->publish_said && exercise->publish_time_count == 0)
        return;
    jsonw_key(w, "publish");
    jsonw_object(w);
    if (exercise->publish_said)
        write_slices(writer, "categories", exercise->publish_categories,
                     exercise->publish_category_count, exercise->category);
    if (exercise->publish_time_count) {
        const struct exercise_field *field = exercise->publish_times[0].field;
        jsonw_key(w, "times");
        jsonw_object(w);
        jsonw_kstr(w, "field", field->id);
        write_slices(writer, "bands", exercise->publish_times, exercise->publish_time_count, field);
        jsonw_object_end(w);
    }
    jsonw_object_end(w);
}

void exercise_write_in(struct jsonw *w, const struct exercise *exercise, uint32_t languages) {
    uint32_t all = (UINT32_C(1) << exercise->title.count) - 1;
    struct writer writer = {w, languages & all ? languages & all : all};
    jsonw_object(w);
    jsonw_kstr(w, "id", exercise->id);
    jsonw_ki64(w, "version", exercise->version);
    write_text(writer, "title", &exercise->title);
    write_text(writer, "intro", &exercise->intro);
    write_states(writer, exercise);
    jsonw_kstr(w, "sensitivity", exercise->sensitive ? "sensitive" : "standard");
    jsonw_ki64(w, "precision_m", exercise->precision_m);
    write_draw(w, exercise->draw);
    jsonw_kstr(w, "category", exercise->category->id);
    jsonw_key(w, "help");
    if (exercise->help_field) {
        jsonw_object(w);
        jsonw_kstr(w, "field", exercise->help_field->id);
        jsonw_kstr(w, "option", exercise->help_option->id);
        jsonw_object_end(w);
    } else {
        jsonw_null(w);
    }
    jsonw_key(w, "fields");
    jsonw_array(w);
    for (size_t i = 0; i < exercise->field_count; i++)
        write_field(writer, &exercise->fields[i], exercise->draw);
    jsonw_array_end(w);
    write_publish(writer, exercise);
    jsonw_object_end(w);
}

void exercise_write(struct jsonw *w, const struct exercise *exercise) {
    exercise_write_in(w, exercise, UINT32_MAX);
}
