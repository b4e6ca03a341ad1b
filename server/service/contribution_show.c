// SPDX-License-Identifier: AGPL-3.0-or-later
// The reading half of contribution_service.h: rows go straight from the statement into the reply.
#include "service/contribution_service.h"

#include "model/role.h"
#include "service/contribution_json.h"
#include "service/exercise_service.h"
#include "service/session_service.h"
#include <string.h>

/* The caller's view of a session's contributions. Only researchers need the exercise: its free-text
 * questions are what they may not read everywhere. */
static enum err open_view(struct context *context, struct caller caller, int64_t session_id,
                          struct arena *arena, struct contribution_view *out) {
    struct session session;
    const struct exercise *exercise = NULL;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK && !(caller.roles & (ROLE_LEADS | ROLE_PARTICIPANT)))
        err = exercise_get(context, session.exercise_id, arena, &exercise);
    if (err == ERR_OK)
        *out = contribution_view_of(caller, exercise);
    return err;
}

enum err contribution_show(struct context *context, struct caller caller, int64_t session_id,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct arena *arena,
                           struct jsonw *w, int64_t *version) {
    struct contribution_view view;
    struct contribution c;
    enum err err = open_view(context, caller, session_id, arena, &view);
    if (err == ERR_OK)
        err = contribution_find(context->db, session_id, uuid, arena, &c);
    if (err != ERR_OK)
        return err;
    if (caller.roles & ROLE_PARTICIPANT && c.participant_id != caller.id)
        return ERR_NOT_FOUND;
    *version = c.version;
    return contribution_write(w, &c, &view);
}

struct showing {
    struct jsonw *w;
    const struct contribution_view *view;
};

static enum err show_row(void *context, const struct contribution *c) {
    const struct showing *showing = context;
    return contribution_write(showing->w, c, showing->view);
}

enum err contribution_show_list(struct context *context, struct caller caller,
                                const struct contribution_query *query, struct arena *arena,
                                struct jsonw *w, struct contribution_end *end) {
    struct contribution_view view;
    enum err err = open_view(context, caller, query->session_id, arena, &view);
    if (err != ERR_OK)
        return err;
    struct contribution_query hers = *query;
    hers.participant_id = caller.roles & ROLE_PARTICIPANT ? caller.id : 0;
    struct showing showing = {.w = w, .view = &view};
    jsonw_array(w);
    err = contribution_list(context->db, &hers, show_row, &showing, end);
    jsonw_array_end(w);
    return err;
}

struct counting {
    struct contribution_counts *counts;
    struct arena *arena;
};

static enum err count_pair(void *context, enum contribution_state state, const char *category,
                           int64_t count) {
    struct counting *counting = context;
    struct contribution_counts *counts = counting->counts;
    counts->total += count;
    counts->by_state[state] += count;
    size_t i = 0;
    while (i < counts->category_count && strcmp(counts->categories[i].category, category) != 0)
        i++;
    if (i == CONTRIBUTION_CATEGORIES_MAX)
        return ERR_INTERNAL; // an exercise has no more options than that
    if (i == counts->category_count) {
        counts->categories[i].category = arena_strdup(counting->arena, category);
        if (!counts->categories[i].category)
            return ERR_NO_MEMORY;
        counts->category_count++;
    }
    counts->categories[i].count += count;
    return ERR_OK;
}

enum err contribution_sum(struct context *context, struct caller caller, int64_t session_id,
                          struct arena *arena, struct contribution_counts *out) {
    struct session session;
    struct contribution_counts counts = {0};
    struct counting counting = {.counts = &counts, .arena = arena};
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = contribution_count(context->db, session_id, count_pair, &counting);
    if (err == ERR_OK)
        err = contribution_count_seats(context->db, session_id, &counts.waiting, &counts.admitted);
    if (err == ERR_OK)
        *out = counts;
    return err;
}
