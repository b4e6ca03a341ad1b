// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/exercise_reader.h"
#include "model/session.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char word_symbols[] = "abcdefghijklmnopqrstuvwxyz0123456789";

void reader_wrong(struct exercise_reader *r, const char *key, const char *why, ...) {
    if (r->err)
        return;
    char where[200], text[200]; // the fault keeps what it has room for
    snprintf(where, sizeof where, "%s%s%s", r->path, key && *r->path ? "." : "", key ? key : "");
    va_list arguments;
    va_start(arguments, why);
    vsnprintf(text, sizeof text, why, arguments);
    va_end(arguments);
    r->err = fault_set(r->fault, ERR_BAD_FIELD, where, "%s", text);
}

size_t reader_enter(struct exercise_reader *r, const char *key, long index) {
    size_t mark = strlen(r->path);
    const char *dot = mark ? "." : "";
    if (index < 0)
        snprintf(r->path + mark, sizeof r->path - mark, "%s%s", dot, key);
    else
        snprintf(r->path + mark, sizeof r->path - mark, "%s%s[%ld]", dot, key, index);
    return mark;
}

void reader_leave(struct exercise_reader *r, size_t mark) {
    r->path[mark] = '\0';
}

void reader_only(struct exercise_reader *r, const struct json_object *object,
                 const char *const *known) {
    if (json_type_of(object) != JSON_OBJECT) {
        reader_wrong(r, NULL, "is not an object");
        return;
    }
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    while (!r->err && json_next(object, &it, &key, &value)) {
        size_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        if (!known[i])
            reader_wrong(r, key, "is not a member that belongs here");
    }
}

struct json_object *reader_member(struct exercise_reader *r, const struct json_object *object,
                                  const char *key, bool required) {
    struct json_object *value = json_get(object, key);
    if (!value && json_has(object, key))
        reader_wrong(r, key, "is null; leave it out");
    else if (!value && required)
        reader_wrong(r, key, "is missing");
    return value;
}

size_t reader_list(struct exercise_reader *r, const struct json_object *object, const char *key,
                   size_t min, size_t max, struct json_object **out) {
    struct json_object *list = reader_member(r, object, key, min > 0);
    size_t count = json_length(list);
    *out = list;
    if (!list)
        return 0;
    if (json_type_of(list) != JSON_ARRAY)
        reader_wrong(r, key, "is not a list");
    else if (count < min || count > max)
        reader_wrong(r, key, "has %zu elements, not %zu to %zu", count, min, max);
    return r->err ? 0 : count;
}

static const char *copy(struct exercise_reader *r, const char *text, size_t len) {
    const char *copied = arena_strndup(r->arena, text, len);
    if (!copied && !r->err)
        r->err = ERR_NO_MEMORY;
    return copied ? copied : "";
}

const char *reader_word_or_none(struct exercise_reader *r, const struct json_object *object,
                                const char *key, const char *also) {
    struct json_object *value = reader_member(r, object, key, false);
    if (!value)
        return NULL;
    size_t len = 0, at = 0;
    const char *text = json_text(value, &len);
    while (text && at < len && text[at] && (strchr(word_symbols, text[at]) || strchr(also, text[at])))
        at++;
    if (!text || at < len || len == 0 || len > EXERCISE_ID_MAX_BYTES) {
        reader_wrong(r, key, "is not 1 to %d of a-z, 0-9 and %s", EXERCISE_ID_MAX_BYTES, also);
        return "";
    }
    return copy(r, text, len);
}

const char *reader_word(struct exercise_reader *r, const struct json_object *object,
                        const char *key, const char *also) {
    const char *word = reader_word_or_none(r, object, key, also);
    if (!word)
        reader_wrong(r, key, "is missing");
    return word ? word : "";
}

const char *reader_colour(struct exercise_reader *r, const struct json_object *object,
                          const char *key) {
    struct json_object *value = reader_member(r, object, key, false);
    if (!value)
        return NULL;
    size_t len = 0;
    const char *text = json_text(value, &len);
    if (!text || len != 7 || text[0] != '#' || strspn(text + 1, "0123456789abcdefABCDEF") != 6) {
        reader_wrong(r, key, "is not a colour such as #1b7837");
        return NULL;
    }
    return copy(r, text, len);
}

int reader_choice(struct exercise_reader *r, const struct json_object *object, const char *key,
                  const char *const *words, bool required) {
    struct json_object *value = reader_member(r, object, key, required);
    if (!value)
        return -1;
    size_t len = 0;
    const char *text = json_text(value, &len);
    for (int i = 0; text && words[i]; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
            return i;
    }
    char list[120] = "";
    for (size_t i = 0, at = 0; words[i] && at < sizeof list; i++)
        at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", i ? ", " : "", words[i]);
    reader_wrong(r, key, "is none of %s", list);
    return -1;
}

int64_t reader_integer(struct exercise_reader *r, const struct json_object *object,
                       const char *key, int64_t min, int64_t max, bool required) {
    struct json_object *value = reader_member(r, object, key, required);
    int64_t number = 0;
    if (value && (!json_integer(value, &number) || number < min || number > max))
        reader_wrong(r, key, "is not a whole number from %lld to %lld", (long long)min,
                     (long long)max);
    return number;
}

bool reader_flag(struct exercise_reader *r, const struct json_object *object, const char *key) {
    struct json_object *value = reader_member(r, object, key, false);
    bool flag = false;
    if (value && !json_boolean(value, &flag))
        reader_wrong(r, key, "is not true or false");
    return flag;
}

/* Words that a button or a question can show: something visible on one line. */
static const char *read_words(struct exercise_reader *r, const char *language,
                              const struct json_object *value) {
    size_t len = 0;
    const char *text = json_text(value, &len);
    bool visible = false, control = false;
    for (size_t i = 0; text && i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        control = control || byte < 0x20 || byte == 0x7f;
        visible = visible || (byte > 0x20 && byte != 0x7f);
    }
    if (!text || len > EXERCISE_TEXT_MAX_BYTES || control || !visible) {
        reader_wrong(r, language, "is not a text of 1 to %d bytes on one line",
                     EXERCISE_TEXT_MAX_BYTES);
        return "";
    }
    return copy(r, text, len);
}

/* The title: its languages are the exercise's. */
static void read_languages(struct exercise_reader *r, const struct json_object *value,
                           struct exercise_phrase *phrases, size_t *count) {
    struct json_members it = {0};
    const char *language;
    struct json_object *words;
    while (!r->err && json_next(value, &it, &language, &words)) {
        if (*count == EXERCISE_LANGUAGES_MAX)
            reader_wrong(r, NULL, "has more than %d languages", EXERCISE_LANGUAGES_MAX);
        else if (!session_language_valid(language))
            reader_wrong(r, NULL, "has a member that is no language tag such as fr or pt-BR");
        else
            phrases[(*count)++] = (struct exercise_phrase){copy(r, language, strlen(language)),
                                                           read_words(r, language, words)};
    }
    if (*count == 0)
        reader_wrong(r, NULL, "says nothing in any language");
}

/* Any other text: the title's languages, all and no other. */
static void read_translations(struct exercise_reader *r, const struct json_object *value,
                              struct exercise_phrase *phrases, size_t *count) {
    const struct exercise_text *title = r->languages;
    for (; *count < title->count && !r->err; (*count)++) {
        const char *language = title->phrases[*count].language;
        if (!json_has(value, language))
            reader_wrong(r, language, "is missing: the title speaks this language");
        phrases[*count] = (struct exercise_phrase){
            language, read_words(r, language, json_get(value, language))};
    }
    struct json_members it = {0};
    const char *language;
    struct json_object *words;
    while (!r->err && json_next(value, &it, &language, &words)) {
        size_t i = 0;
        while (i < title->count && strcmp(title->phrases[i].language, language) != 0)
            i++;
        if (i == title->count)
            reader_wrong(r, NULL, "has a language that the title has not");
    }
}

void reader_text(struct exercise_reader *r, const struct json_object *object, const char *key,
                 bool required, struct exercise_text *out) {
    struct json_object *value = reader_member(r, object, key, required);
    if (!value || r->err)
        return;
    if (json_type_of(value) != JSON_OBJECT) {
        reader_wrong(r, key, "is not an object of texts by language");
        return;
    }
    size_t room = r->languages ? r->languages->count : EXERCISE_LANGUAGES_MAX, count = 0;
    struct exercise_phrase *phrases = arena_array(r->arena, room, sizeof *phrases);
    if (!phrases) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    size_t mark = reader_enter(r, key, -1);
    if (r->languages)
        read_translations(r, value, phrases, &count);
    else
        read_languages(r, value, phrases, &count);
    reader_leave(r, mark);
    *out = (struct exercise_text){count, phrases};
}

unsigned reader_draw(struct exercise_reader *r, const struct json_object *object, const char *key,
                     unsigned within) {
    struct json_object *list;
    if (!json_has(object, key))
        return 0;
    size_t count = reader_list(r, object, key, 1, 3, &list);
    unsigned draw = 0;
    for (size_t i = 0; i < count && !r->err; i++) {
        const char *name = json_text(json_at(list, i), NULL);
        unsigned bit = DRAW_POINT;
        while (bit <= DRAW_AREA && (!name || strcmp(name, exercise_draw_name(bit)) != 0))
            bit <<= 1;
        if (bit > DRAW_AREA)
            reader_wrong(r, key, "has an element that is not point, line or area");
        else if (draw & bit)
            reader_wrong(r, key, "names %s twice", name);
        else if (!(within & bit))
            reader_wrong(r, key, "names %s, which the exercise does not let people draw", name);
        draw |= bit;
    }
    return draw;
}
