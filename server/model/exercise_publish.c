// SPDX-License-Identifier: AGPL-3.0-or-later
// What an edition tells apart in this exercise: reading the document's "publish" and what stands in for it.
#include "model/exercise_reader.h"
#include <string.h>

static const struct exercise_field *read_slice_field(struct exercise_reader *r,
                                                     const struct json_object *object,
                                                     const struct exercise *exercise) {
    const struct exercise_field *field =
        exercise_field_find(exercise, reader_word(r, object, "field", "_"));
    if (!field || field->option_count == 0)
        reader_wrong(r, "field", "is not a field that has options");
    return field;
}

static uint64_t read_slice_options(struct exercise_reader *r, const struct json_object *object,
                                   const struct exercise_field *field) {
    struct json_object *list;
    size_t count = reader_list(r, object, "options", 1, EXERCISE_OPTIONS_MAX, &list);
    uint64_t options = 0;
    for (size_t i = 0; i < count && !r->err; i++) {
        const char *id = json_text(json_at(list, i), NULL);
        const struct exercise_option *option = id ? exercise_option_find(field, id) : NULL;
        uint64_t bit = option ? UINT64_C(1) << (option - field->options) : 0;
        if (!option)
            reader_wrong(r, "options", "has an element that is no option of %s", field->id);
        else if (options & bit)
            reader_wrong(r, "options", "names %s twice", id);
        options |= bit;
    }
    return options;
}

/* A slice looks like the first of its options unless it says otherwise. */
static void dress(struct exercise_slice *slice) {
    const struct exercise_option *first = exercise_slice_first(slice);
    slice->colour = slice->colour ? slice->colour : first->colour;
    slice->icon = slice->icon ? slice->icon : first->icon;
}

/* @param field what all slices of the list are of; NULL: each may say its own, else it is the category */
static size_t read_slices(struct exercise_reader *r, const struct json_object *object,
                          const char *key, size_t most, const struct exercise *exercise,
                          const struct exercise_field *field, const struct exercise_slice **out) {
    static const char *const of_category[] = {"id",     "label", "field",   "options",
                                              "colour", "icon",  "concern", NULL};
    static const char *const of_time[] = {"id", "label", "options", "icon", NULL};
    struct json_object *list;
    size_t count = reader_list(r, object, key, 1, most, &list);
    struct exercise_slice *slices = arena_array(r->arena, most, sizeof *slices);
    if (!slices)
        r->err = ERR_NO_MEMORY;
    for (size_t i = 0; i < count && !r->err; i++) {
        struct json_object *one = json_at(list, i);
        size_t mark = reader_enter(r, key, (long)i);
        reader_only(r, one, field ? of_time : of_category);
        slices[i].id = reader_word(r, one, "id", "_");
        for (size_t j = 0; j < i && !r->err; j++) {
            if (strcmp(slices[i].id, slices[j].id) == 0)
                reader_wrong(r, "id", "is the id of an earlier one too");
        }
        reader_text(r, one, "label", true, &slices[i].label);
        slices[i].field = field                    ? field
                          : json_has(one, "field") ? read_slice_field(r, one, exercise)
                                                   : exercise->category;
        slices[i].colour = reader_colour(r, one, "colour");
        slices[i].icon = reader_word_or_none(r, one, "icon", "-");
        slices[i].concern = reader_flag(r, one, "concern");
        if (!r->err)
            slices[i].options = read_slice_options(r, one, slices[i].field);
        if (!r->err)
            dress(&slices[i]);
        reader_leave(r, mark);
    }
    *out = slices;
    return r->err ? 0 : count;
}

static void read_times(struct exercise_reader *r, const struct json_object *publish,
                       struct exercise *exercise) {
    static const char *const known[] = {"field", "bands", NULL};
    struct json_object *times = reader_member(r, publish, "times", false);
    if (!times || r->err)
        return;
    size_t mark = reader_enter(r, "times", -1);
    reader_only(r, times, known);
    const struct exercise_field *field = read_slice_field(r, times, exercise);
    if (!r->err)
        exercise->publish_time_count = read_slices(r, times, "bands", EXERCISE_TIMES_MAX, exercise,
                                                   field, &exercise->publish_times);
    reader_leave(r, mark);
}

/* The first options of the category, each a slice. */
static void use_category(struct exercise_reader *r, struct exercise *exercise) {
    const struct exercise_field *category = exercise->category;
    size_t count = category->option_count < EXERCISE_CATEGORIES_MAX ? category->option_count
                                                                    : EXERCISE_CATEGORIES_MAX;
    struct exercise_slice *slices = arena_array(r->arena, count, sizeof *slices);
    if (!slices) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct exercise_option *option = &category->options[i];
        slices[i] = (struct exercise_slice){.id = option->id,
                                            .label = option->label,
                                            .field = category,
                                            .options = UINT64_C(1) << i};
        dress(&slices[i]);
    }
    exercise->publish_categories = slices;
    exercise->publish_category_count = count;
}

void reader_publish(struct exercise_reader *r, const struct json_object *document,
                    struct exercise *exercise) {
    static const char *const known[] = {"categories", "times", NULL};
    struct json_object *publish = reader_member(r, document, "publish", false);
    if (r->err)
        return;
    if (publish) {
        size_t mark = reader_enter(r, "publish", -1);
        reader_only(r, publish, known);
        exercise->publish_said = json_has(publish, "categories");
        if (exercise->publish_said)
            exercise->publish_category_count =
                read_slices(r, publish, "categories", EXERCISE_CATEGORIES_MAX, exercise, NULL,
                            &exercise->publish_categories);
        read_times(r, publish, exercise);
        reader_leave(r, mark);
    }
    if (!r->err && !exercise->publish_said)
        use_category(r, exercise);
}
