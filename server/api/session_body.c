// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody sends to open or edit a session, read into a change.
#include "api/sessions.h"

#include "api/api.h"
#include "base/clock.h"
#include "model/session.h"

#include <stdio.h>
#include <string.h>

enum {
    CONTACT_NAME_MAX = 120, // bytes
    CONTACT_PHONE_MAX = 60,
    CONTACT_NOTE_MAX = 400,
    DATE_LENGTH = 10
};

/* What is built in a buf, kept in the arena. The buf is spent. */
static const char *keep(struct fields *f, struct buf *json) {
    const char *copy = json->failed ? NULL : arena_strndup(f->arena, json->data, json->len);
    if (!copy && f->err == ERR_OK)
        f->err = ERR_NO_MEMORY;
    buf_fini(json);
    return copy;
}

static bool tag_stands_before(const struct json_object *languages, size_t before, const char *tag) {
    for (size_t i = 0; i < before; i++)
        if (strcmp(json_text(json_at(languages, i), NULL), tag) == 0)
            return true;
    return false;
}

static const char *read_languages(struct fields *f) {
    struct json_object *languages = fields_value(f, "languages");
    if (!languages)
        return NULL;
    size_t count = json_length(languages);
    if (json_type_of(languages) != JSON_ARRAY || count == 0 || count > SESSION_LANGUAGES_MAX)
        fields_wrong(f, "languages", "is a list of 1 to %d language tags", SESSION_LANGUAGES_MAX);
    for (size_t i = 0; f->err == ERR_OK && i < count; i++) {
        size_t len = 0;
        const char *tag = json_text(json_at(languages, i), &len);
        if (!tag || strlen(tag) != len || !session_language_valid(tag))
            fields_wrong(f, "languages", "holds something that is not a language tag");
        else if (tag_stands_before(languages, i, tag))
            fields_wrong(f, "languages", "names a language twice");
    }
    return f->err == ERR_OK ? fields_json(f, languages) : NULL;
}

static void read_contact(struct fields *f, struct json_object *contact, size_t index,
                         struct jsonw *w) {
    char path[FIELDS_PATH_SIZE];
    snprintf(path, sizeof path, "help_contacts[%zu]", index);
    struct fields inner;
    fields_inner(f, contact, path, &inner);
    const char *name = fields_text(&inner, "name", 1, CONTACT_NAME_MAX);
    const char *phone = fields_text_or(&inner, "phone", CONTACT_PHONE_MAX, "");
    const char *note = fields_text_or(&inner, "note", CONTACT_NOTE_MAX, "");
    f->err = fields_close(&inner);
    if (f->err != ERR_OK)
        return;
    jsonw_object(w);
    jsonw_kstr(w, "name", name);
    jsonw_kstr(w, "phone", phone);
    jsonw_kstr(w, "note", note);
    jsonw_object_end(w);
}

static const char *read_contacts(struct fields *f) {
    struct json_object *contacts = fields_value(f, "help_contacts");
    if (!contacts)
        return NULL;
    size_t count = json_length(contacts);
    if (json_type_of(contacts) != JSON_ARRAY || count > SESSION_CONTACTS_MAX)
        fields_wrong(f, "help_contacts", "is a list of at most %d contacts", SESSION_CONTACTS_MAX);
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_array(&w);
    for (size_t i = 0; f->err == ERR_OK && i < count; i++)
        read_contact(f, json_at(contacts, i), i, &w);
    jsonw_array_end(&w);
    return keep(f, &json);
}

static const char *read_date(struct fields *f) {
    const char *date = fields_text_or(f, "held_on", DATE_LENGTH, NULL);
    int64_t time_ms = 0;
    if (date && (strlen(date) != DATE_LENGTH || !clock_parse(date, DATE_LENGTH, &time_ms)))
        fields_wrong(f, "held_on", "is a date, such as \"2026-03-01\"");
    return date;
}

static const char *read_title(struct fields *f) {
    return fields_has(f, "title") ? fields_text(f, "title", 1, SESSION_TITLE_MAX) : NULL;
}

static int read_flag(struct fields *f, const char *key) {
    return fields_has(f, key) ? fields_bool(f, key) : -1;
}

/* -1: not said. */
static int read_by_hand(struct fields *f, const char *key) {
    static const char *const words[] = {"at_once", "by_hand", NULL};
    return fields_has(f, key) ? fields_one_of(f, key, words, -1) : -1;
}

enum err session_body_prepare(struct request *request, struct response *response) {
    (void)response;
    struct session_change *change = arena_alloc(request->arena, sizeof *change);
    struct bbox *bbox = arena_alloc(request->arena, sizeof *bbox);
    if (!change || !bbox)
        return ERR_NO_MEMORY;
    *change = session_change_none();
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        change->exercise_id = fields_int_or(&f, "exercise", 1, INT64_MAX, -1);
        change->precision_m = (double)fields_int_or(&f, "precision_m", 0, 250, -1);
        change->title = read_title(&f);
        change->place = fields_text_or(&f, "place", SESSION_PLACE_MAX, NULL);
        change->held_on = read_date(&f);
        change->bbox = fields_bbox(&f, "bbox", false, bbox) ? bbox : NULL;
        change->languages = read_languages(&f);
        change->consent = fields_translations(&f, "consent", SESSION_CONSENT_MAX);
        change->help_contacts = read_contacts(&f);
        change->seat_limit = fields_int_or(&f, "seat_limit", 1, SESSION_SEATS_MAX, -1);
        change->admit_by_hand = read_by_hand(&f, "admit");
        change->approve_by_hand = read_by_hand(&f, "approve");
        change->free_text = read_flag(&f, "free_text");
    }
    request->state = change;
    return fields_close(&f);
}
