// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication.h"

#include "service/audit_service.h"
#include "service/exercise_service.h"
#include "service/project_service.h"
#include "service/publication_calendar.h"
#include "service/publication_files.h"
#include "service/publication_key.h"
#include "store/project_store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *publication_outcome_name(enum publication_outcome outcome) {
    static const char *const names[OUTCOME_COUNT] = {
        [OUTCOME_NOTHING] = "nothing", [OUTCOME_CARRIED] = "carried", [OUTCOME_NEW] = "new"};
    return names[outcome];
}

/* ---- sessions ---- */

bool publication_counts(const struct publication *publication, const struct counted_session *session) {
    return !session->open && session->closed_ms > 0 && session->closed_ms <= publication->closed_ms;
}

static int by_number(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static bool is_among(const int64_t *sessions, size_t count, int64_t session_id) {
    return count && bsearch(&session_id, sessions, count, sizeof session_id, by_number) != NULL;
}

bool publication_counted_before(const struct publication *publication, int64_t session_id) {
    return is_among(publication->past_sessions, publication->past_session_count, session_id);
}

/* A session that was open while an edition was made is missing in it; its people are no new ones afterwards. */
static bool is_new(const struct publication *publication, int64_t session_id) {
    return !is_among(publication->ever_sessions, publication->ever_session_count, session_id);
}

static struct publication_exercise *exercise_of(struct publication *publication, const char *key) {
    size_t i = 0;
    while (i < publication->exercise_count && strcmp(publication->exercises[i].key, key) != 0)
        i++;
    if (i == publication->exercise_count)
        publication->exercises[publication->exercise_count++].key = key;
    return &publication->exercises[i];
}

static void add_session(struct publication *publication, const struct counted_session *session) {
    struct publication_exercise *of = exercise_of(publication, session->key);
    if (session->exercise_id > of->exercise_id)
        of->exercise_id = session->exercise_id;
    if (session->open || session->closed_ms <= 0) {
        of->open++;
    } else if (!publication_counts(publication, session)) {
        int64_t from = calendar_counted_from(session->closed_ms);
        of->waiting++;
        if (!of->waiting_until_day || from < of->waiting_until_day)
            of->waiting_until_day = from;
    } else {
        of->counted++;
        of->at_once += session->at_once;
        of->people += session->people;
        of->fresh += is_new(publication, session->id) ? session->people : 0;
        of->no_author += session->no_author;
        of->no_consent += session->no_consent;
        of->not_approved += session->not_approved;
    }
}

/* ---- exercises ---- */

static const struct edition_part *part_of(const struct publication *publication, const char *key) {
    for (size_t i = 0; i < publication->part_count; i++)
        if (strcmp(publication->parts[i].key, key) == 0)
            return &publication->parts[i];
    return NULL;
}

/* One version that asks for more protection is enough. */
static enum err any_sensitive(struct context *context, const struct publication *publication,
                              const char *key, struct arena *arena, bool *out) {
    enum err err = ERR_OK;
    int64_t last = 0; // looked at: sessions in a row mostly use the same version, and each look takes its document
    *out = false;
    for (size_t i = 0; i < publication->session_count && !err && !*out; i++) {
        const struct exercise *exercise = NULL;
        const int64_t version = publication->sessions[i].exercise_id;
        if (version == last || strcmp(publication->sessions[i].key, key) != 0)
            continue;
        last = version;
        err = exercise_get(context, version, arena, &exercise);
        if (!err)
            *out = exercise->sensitive;
    }
    return err;
}

static void judge(struct publication_exercise *exercise) {
    exercise->needed = calendar_new_people(exercise->last ? exercise->last->people : 0);
    if (exercise->fresh < exercise->needed)
        exercise->missing_people = exercise->needed - exercise->fresh;
    if (!exercise->last && exercise->counted < CALENDAR_SESSIONS_MIN)
        exercise->missing_sessions = CALENDAR_SESSIONS_MIN - exercise->counted;
    if (exercise->ended)
        exercise->outcome = OUTCOME_NOTHING;
    else if (!exercise->missing_people && !exercise->missing_sessions)
        exercise->outcome = OUTCOME_NEW;
    else
        exercise->outcome = exercise->last ? OUTCOME_CARRIED : OUTCOME_NOTHING;
}

static enum err fill_exercises(struct context *context, struct publication *publication,
                               struct arena *arena) {
    const int64_t project = publication->project.id;
    struct project_exercise *ends = NULL, *published = NULL;
    size_t end_count = 0, published_count = 0;
    enum err err = exercise_end_list(context->db, project, arena, &ends, &end_count);
    if (!err)
        err = exercise_published_list(context->db, project, arena, &published, &published_count);
    publication->exercises = arena_array(arena, publication->session_count + 1, sizeof *publication->exercises);
    if (!err && !publication->exercises)
        err = ERR_NO_MEMORY;
    for (size_t i = 0; i < publication->session_count && !err; i++)
        add_session(publication, &publication->sessions[i]);
    for (size_t i = 0; i < publication->exercise_count && !err; i++) {
        struct publication_exercise *exercise = &publication->exercises[i];
        bool sensitive = true;
        exercise->ended = project_exercise_in(ends, end_count, project, exercise->key);
        exercise->published = project_exercise_in(published, published_count, project, exercise->key);
        exercise->last = part_of(publication, exercise->key);
        err = exercise_get(context, exercise->exercise_id, arena, &exercise->exercise);
        if (!err)
            err = any_sensitive(context, publication, exercise->key, arena, &sensitive);
        exercise->profile = cube_profile(sensitive, publication->floor);
        judge(exercise);
    }
    return err;
}

/* ---- the calendar ---- */

/* From the key of the first of the last edition's exercises that has not ended; without one, the longest. Whoever
 * publishes finds out that the key is missing. */
static int find_delay(struct context *context, const struct publication *publication) {
    int delay_days = CALENDAR_DELAY_DAYS_MAX;
    for (size_t i = 0; i < publication->exercise_count; i++) {
        const struct publication_exercise *exercise = &publication->exercises[i];
        uint8_t key[SECRET_KEY_SIZE];
        if (!exercise->last || exercise->ended)
            continue;
        if (publication_key_read(context, publication->project.id, exercise->key, KEY_PUBLISHED, NULL,
                                 key) == ERR_OK)
            delay_days = calendar_delay(key, publication->number);
        secret_wipe(key, sizeof key);
        break;
    }
    return delay_days;
}

static enum err look_at_calendar(struct context *context, struct publication *publication,
                                 struct arena *arena) {
    int64_t *days = arena_array(arena, publication->edition_count + 1, sizeof *days);
    enum err err = days ? ERR_OK : ERR_NO_MEMORY;
    for (size_t i = 0; i < publication->edition_count && !err; i++)
        if (!calendar_day_parse(publication->editions[i].published_on, &days[i]))
            err = ERR_NOT_A_STORE;
    if (err)
        return err;
    struct calendar_turn turn = calendar_turn(days, publication->edition_count,
                                              find_delay(context, publication), publication->day);
    publication->from_day = turn.from_day;
    publication->why |= (turn.too_early ? WHY_TOO_EARLY : 0u) | (turn.too_many ? WHY_TOO_MANY : 0u);
    return ERR_OK;
}

static void look_at_people(struct publication *publication) {
    bool any_counted = false, any_new = false;
    for (size_t i = 0; i < publication->exercise_count; i++) {
        any_counted |= publication->exercises[i].counted > 0;
        any_new |= publication->exercises[i].outcome == OUTCOME_NEW;
    }
    if (!any_counted)
        publication->why |= WHY_NOTHING_CLOSED;
    else if (!any_new)
        publication->why |= WHY_TOO_FEW;
}

/* ---- all of it ---- */

static enum err read_editions(struct context *context, struct publication *publication,
                              struct arena *arena) {
    struct edition_row *editions = NULL;
    struct edition_part *parts = NULL;
    int64_t *sessions = NULL, *ever = NULL;
    enum err err = edition_row_list(context->db, publication->project.id, arena, &editions,
                                    &publication->edition_count);
    publication->editions = editions;
    publication->number = publication_file_last(context->data_folder, publication->project.id) + 1;
    if (publication->edition_count && editions[0].number >= publication->number)
        publication->number = editions[0].number + 1;
    if (err || !publication->edition_count)
        return err;
    err = edition_part_list(context->db, editions[0].id, arena, &parts, &publication->part_count);
    publication->parts = parts;
    if (!err)
        err = edition_session_list(context->db, editions[0].id, arena, &sessions,
                                   &publication->past_session_count);
    publication->past_sessions = sessions;
    if (!err)
        err = edition_session_ever(context->db, publication->project.id, arena, &ever,
                                   &publication->ever_session_count);
    publication->ever_sessions = ever;
    return err;
}

enum err publication_read(struct context *context, int64_t project_id, int64_t day, struct arena *arena,
                          struct publication *out) {
    struct publication read = {.day = day, .closed_ms = calendar_closed_ms(day)};
    struct counted_session *sessions = NULL;
    enum err err = project_select(context->db, project_id, arena, &read.project);
    if (!err)
        err = publication_settings(context->db, project_id, arena, &read.floor, &read.groups);
    if (!err)
        err = read_editions(context, &read, arena);
    if (!err)
        err = publication_sessions(context->db, project_id, arena, &sessions, &read.session_count);
    read.sessions = sessions;
    if (!err)
        err = fill_exercises(context, &read, arena);
    if (!err)
        err = look_at_calendar(context, &read, arena);
    if (err)
        return err;
    look_at_people(&read);
    *out = read;
    return ERR_OK;
}

/* ---- what is missing ---- */

unsigned publication_missing_days(const struct publication *publication,
                                  const struct publication_exercise *exercise) {
    int64_t until = publication->from_day;
    bool lacks = exercise->missing_people || exercise->missing_sessions;
    if (lacks && exercise->waiting_until_day > until)
        until = exercise->waiting_until_day;
    return until > publication->day ? (unsigned)(until - publication->day) : 0;
}

static enum err too_early(const struct publication *publication, struct fault *fault) {
    char day[CALENDAR_DAY_SIZE];
    calendar_day_format(publication->from_day, day);
    return fault_set(fault, ERR_TOO_EARLY, "edition", "the next edition may be made from %s on: %s", day,
                     publication->why & WHY_TOO_MANY
                         ? "there are at most 6 in a year"
                         : "28 days and a drawn delay of up to 7 lie between two editions");
}

static enum err too_few(const struct publication *publication, struct fault *fault) {
    const struct publication_exercise *nearest = NULL;
    for (size_t i = 0; i < publication->exercise_count; i++) {
        const struct publication_exercise *exercise = &publication->exercises[i];
        if (!exercise->ended && exercise->counted &&
            (!nearest || exercise->missing_people < nearest->missing_people))
            nearest = exercise;
    }
    if (!nearest)
        return fault_set(fault, ERR_TOO_FEW, "sessions", "no session was closed %d days ago or more",
                         CALENDAR_WAIT_DAYS);
    return fault_set(fault, ERR_TOO_FEW, nearest->key,
                     "%" PRIu32 " more people and %u more sessions are needed, closed %d days before",
                     nearest->missing_people, nearest->missing_sessions, CALENDAR_WAIT_DAYS);
}

enum err publication_allowed(const struct publication *publication, struct fault *fault) {
    if (publication->why & (WHY_TOO_EARLY | WHY_TOO_MANY))
        return too_early(publication, fault);
    return publication->why ? too_few(publication, fault) : ERR_OK;
}

void publication_write_why(struct jsonw *w, const struct publication *publication) {
    static const struct {
        enum publication_why bit;
        const char *word;
    } words[] = {{WHY_TOO_EARLY, "too_early"},
                 {WHY_TOO_MANY, "too_many_this_year"},
                 {WHY_NOTHING_CLOSED, "nothing_closed"},
                 {WHY_TOO_FEW, "too_few_new"}};
    jsonw_key(w, "why");
    jsonw_array(w);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (publication->why & words[i].bit)
            jsonw_str(w, words[i].word);
    jsonw_array_end(w);
}

enum err publication_floor_put(struct context *context, struct caller caller, int64_t project_id,
                               unsigned floor, struct fault *fault) {
    const unsigned least = cube_profile(false, 0).floor;
    enum err err = project_require(context, caller, project_id);
    if (!err && floor && floor <= least)
        err = fault_set(fault, ERR_BAD_FIELD, "floor", "is 0 (the profile's own) or above %u", least);
    if (!err)
        err = publication_set_floor(context->db, project_id, floor);
    return err ? err : audit_add(context, caller, "publication.floor", "project", project_id);
}
