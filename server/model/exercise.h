// SPDX-License-Identifier: AGPL-3.0-or-later
// An exercise: what a group is asked, as a document of fields and options. The document's schema is
// api/schemas/exercise.json; this parser holds to the same rules and to those a schema cannot say
// (references, uniqueness, the same languages everywhere). A parsed exercise never changes, so
// threads share it. Knows no session and no store.
#ifndef REPERE_MODEL_EXERCISE_H
#define REPERE_MODEL_EXERCISE_H
#include "base/arena.h"
#include "base/err.h"
#include "base/jsonw.h"
#include "geo/geometry.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_object;

enum {
    EXERCISE_FIELDS_MAX = 40,
    EXERCISE_OPTIONS_MAX = 40, // at most 64: chosen options are bits
    EXERCISE_LANGUAGES_MAX = 24, // at most 32: languages are bits
    EXERCISE_TEXT_MAX_BYTES = 300,
    EXERCISE_ID_MAX_BYTES = 40,
    EXERCISE_VERSION_MAX = 1000000,
    EXERCISE_ANSWER_MAX_CHARACTERS = 280,
    EXERCISE_SCALE_MAX = 10,
    EXERCISE_NUMBER_MAX = 1000000000,
    EXERCISE_CATEGORIES_MAX = 6, // slices of an edition
    EXERCISE_TIMES_MAX = 4
};

/** What may be drawn, as bits. */
enum exercise_draw { DRAW_POINT = 1 << 0, DRAW_LINE = 1 << 1, DRAW_AREA = 1 << 2 };

enum field_type { FIELD_ONE, FIELD_SEVERAL, FIELD_SCALE, FIELD_NUMBER, FIELD_TEXT, FIELD_LINK };

struct exercise_phrase {
    const char *language; // a language tag: "fr", "pt-BR"
    const char *words;
};
/** The same words in each language of the exercise: the title's, in the title's order. */
struct exercise_text {
    size_t count; // 0: absent
    const struct exercise_phrase *phrases;
};

struct exercise_option {
    const char *id;
    struct exercise_text label;
    const char *icon;   // web/icons/<icon>.svg; NULL: none
    const char *colour; // "#rrggbb"; NULL: none
    const char *shape;  // of the map symbol; NULL: none
    unsigned draw;      // a category's: what may be drawn, never 0; others': 0
    int precision_m;    // a category's: never finer than this; 0: says nothing
};

struct exercise_field {
    const char *id;
    enum field_type type;
    bool required; // when it is asked
    struct exercise_text label;
    const char *icon; // NULL: none
    /* one, several */
    size_t option_count;
    const struct exercise_option *options;
    /* scale, number: both ends included */
    int64_t min, max;
    /* scale */
    bool not_applicable; // "na" is an answer too
    struct exercise_text low, high;
    /* text */
    int max_characters;
    /* asked only when one of these options of an earlier field is chosen; NULL: always asked */
    const struct exercise_field *if_field;
    uint64_t if_options; // bit i: option i
};

/** What an edition tells apart: a contribution is in it that chose one of the options. One contribution may
 *  be in several slices, or in none. */
struct exercise_slice {
    const char *id;
    struct exercise_text label;
    const struct exercise_field *field; // one or several
    uint64_t options;                   // bit i: option i of the field; never 0
    const char *colour, *icon; // its own or its first option's; NULL: neither has one
    bool concern;              // what it counts is a trouble, not a strength
};

struct exercise {
    const char *id; // the store's key
    int64_t version;
    struct exercise_text title, intro;
    uint32_t drafts; // bit i: nobody has checked the words in the title's language i yet
    bool sensitive;
    int precision_m; // 0 (exact, never when sensitive), 25, 50, 100, 250
    unsigned draw;   // enum exercise_draw bits
    size_t field_count;
    const struct exercise_field *fields; // in the order they are asked
    const struct exercise_field *category; // a required `one`, always asked
    const struct exercise_field *help_field; // NULL: none
    const struct exercise_option *help_option; // choosing it shows the help contacts
    bool publish_said; // the document itself says which categories; else: the first options of the category
    size_t publish_category_count, publish_time_count;
    const struct exercise_slice *publish_categories, *publish_times; // all times of one field
};

/**
 * Reads a document. Texts are copied, so that `document` may go.
 *
 * @param out in the arena, read-only from here on
 * Errors: BAD_FIELD (fault: the member's path, "fields[2].options[0].label.fr"), NO_MEMORY.
 */
enum err exercise_read(const struct json_object *document, struct arena *arena, struct fault *fault,
                       const struct exercise **out);
/** The same from JSON text. Errors: also BAD_JSON. */
enum err exercise_parse(const char *text, size_t len, struct arena *arena, struct fault *fault,
                        const struct exercise **out);
/** Writes the document in its one canonical form: the same exercise gives the same bytes. */
void exercise_write(struct jsonw *w, const struct exercise *exercise);
/**
 * The same document with fewer languages.
 *
 * @param languages bit i: the title's language i; none of the exercise's: all are written
 */
void exercise_write_in(struct jsonw *w, const struct exercise *exercise, uint32_t languages);
/** The bit of a language of the title; 0 when the exercise is not written in it. */
uint32_t exercise_language_bit(const struct exercise *exercise, const char *language);

/** NULL when there is none of that id. */
const struct exercise_field *exercise_field_find(const struct exercise *exercise, const char *id);
const struct exercise_option *exercise_option_find(const struct exercise_field *field, const char *id);
/** The first option of its field that the slice counts. */
const struct exercise_option *exercise_slice_first(const struct exercise_slice *slice);

/** The one bit of a geometry's type; a multi-geometry counts as what it is made of. */
unsigned exercise_draw_of(enum geometry_type type);
/** "point", "line" or "area" of one bit. */
const char *exercise_draw_name(unsigned draw);
#endif
