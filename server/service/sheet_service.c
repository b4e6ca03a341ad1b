// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/sheet_service.h"

#include "model/base_maps.h"
#include "model/role.h"
#include "paper/plain_text.h"
#include "paper/sheet.h"
#include "service/basemaps.h"
#include "service/exercise_service.h"
#include "service/session_service.h"

#include <string.h>

static const char blank[] = "none";

struct source {
    const struct basemaps *basemaps;
    const char *name;
};

static enum err fetch(void *owner, struct tile tile, struct buf *out, bool *gzipped) {
    const struct source *source = owner;
    return basemaps_tile(source->basemaps, source->name, tile.z, tile.x, tile.y, out, gzipped);
}

enum err sheet_frame_find(struct context *context, struct caller caller, const struct sheet_choice *choice,
                          struct arena *arena, struct sheet_frame *out) {
    struct session session;
    enum err err = session_require(context, caller, choice->session_id, arena, &session);
    if (err == ERR_OK)
        sheet_frame_make(&session.bbox, choice->paper, choice->orientation, out);
    return err;
}

/** The one asked for, or the session's first that is there; NULL: a blank map. */
static enum err find_basemap(struct context *context, const struct session *session, const char *asked,
                             struct arena *arena, struct fault *fault, const struct basemap **out) {
    struct base_maps names;
    *out = NULL;
    if (asked != NULL && strcmp(asked, blank) == 0)
        return ERR_OK;
    if (asked != NULL) {
        *out = basemaps_find(context->basemaps, asked);
        return *out != NULL ? ERR_OK
                            : fault_set(fault, ERR_BAD_PARAMETER, "basemap", "is no base map of this server");
    }
    enum err err = base_maps_of_store(session->base_maps, arena, &names);
    for (size_t i = 0; err == ERR_OK && i < names.count && *out == NULL; i++)
        *out = basemaps_find(context->basemaps, names.names[i]);
    return err;
}

/** In that language, else in the exercise's first; NULL when there is no text. */
static const char *words_of(struct exercise_text text, const char *language) {
    for (size_t i = 0; i < text.count; i++) {
        if (strcmp(text.phrases[i].language, language) == 0)
            return text.phrases[i].words;
    }
    return text.count > 0 ? text.phrases[0].words : NULL;
}

static enum err find_language(const struct session *session, const char *asked, struct arena *arena,
                              struct fault *fault, const char **out) {
    struct json_object *list = NULL;
    if (asked != NULL && !session_language_valid(asked))
        return fault_set(fault, ERR_BAD_PARAMETER, "language", "is a language tag, such as fr");
    *out = asked;
    if (asked != NULL)
        return ERR_OK;
    enum err err = json_parse(session->languages, strlen(session->languages), NULL, &list);
    const char *first = err == ERR_OK ? json_text(json_at(list, 0), NULL) : NULL;
    *out = arena_strdup(arena, first != NULL ? first : "en");
    json_free(list);
    if (err != ERR_OK && err != ERR_NO_MEMORY)
        return ERR_NOT_A_STORE;
    return *out == NULL ? ERR_NO_MEMORY : err;
}

static enum err fill_answers(const struct exercise *exercise, struct arena *arena, struct sheet *sheet) {
    const struct exercise_field *category = exercise->category;
    struct sheet_answer *answers = arena_array(arena, category->option_count, sizeof *answers);
    if (answers == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < category->option_count; i++) {
        const struct exercise_option *option = &category->options[i];
        answers[i] = (struct sheet_answer){{option->shape, option->colour, option->icon},
                                           words_of(option->label, sheet->language)};
    }
    sheet->question = words_of(exercise->intro, sheet->language);
    sheet->legend = words_of(category->label, sheet->language);
    sheet->answers = answers;
    sheet->answer_count = category->option_count;
    return ERR_OK;
}

static enum err fill_join(struct context *context, struct caller caller, const struct sheet_choice *choice,
                          struct arena *arena, struct sheet *sheet) {
    struct join_sheet join;
    if (!(caller.roles & ROLE_LEADS))
        return ERR_OK;
    enum err err = session_join_sheet(context, caller, choice->session_id, arena, &join);
    if (err != ERR_OK || join.expires_ms == 0)
        return err;
    sheet->join_code = arena_strdup(arena, join.code);
    sheet->join_address = choice->origin;
    if (choice->origin != NULL)
        sheet->join_url = arena_printf(arena, "%s/#join=%s", choice->origin, join.secret);
    return sheet->join_code == NULL || (choice->origin != NULL && sheet->join_url == NULL) ? ERR_NO_MEMORY : ERR_OK;
}

enum err sheet_pdf(struct context *context, struct caller caller, const struct sheet_choice *choice,
                   struct arena *arena, struct fault *fault, struct buf *out) {
    struct session session;
    const struct exercise *exercise = NULL;
    const struct basemap *basemap = NULL;
    struct sheet_frame frame;
    struct sheet sheet = {.frame = &frame, .icons = context->icons};
    enum err err = session_require(context, caller, choice->session_id, arena, &session);
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, arena, &exercise);
    if (err == ERR_OK)
        err = find_language(&session, choice->language, arena, fault, &sheet.language);
    if (err == ERR_OK)
        err = find_basemap(context, &session, choice->basemap, arena, fault, &basemap);
    if (err == ERR_OK)
        err = fill_answers(exercise, arena, &sheet);
    if (err == ERR_OK)
        err = fill_join(context, caller, choice, arena, &sheet);
    if (err != ERR_OK)
        return err;
    struct source source = {context->basemaps, basemap != NULL ? basemap->name : NULL};
    struct sheet_tiles tiles = {.owner = &source, .fetch = fetch};
    if (basemap != NULL) {
        tiles.format = basemap->format;
        tiles.minzoom = basemap->minzoom;
        tiles.maxzoom = basemap->maxzoom;
        sheet.tiles = &tiles;
        sheet.attribution = plain_text(basemap->attribution, arena);
        if (sheet.attribution == NULL)
            return ERR_NO_MEMORY; // to whom the map is owed is said on every sheet of it
    }
    sheet_frame_make(&session.bbox, choice->paper, choice->orientation, &frame);
    sheet.words = sheet_words_find(sheet.language);
    sheet.title = session.title;
    sheet.place = session.place;
    sheet.held_on = session.held_on;
    return sheet_draw(&sheet, arena, out);
}
