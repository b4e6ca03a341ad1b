// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_overview.h"

#include "publish/published.h"
#include "service/edition_job.h"
#include "service/jobs.h"
#include "service/project_service.h"
#include "service/publication.h"
#include "service/publication_calendar.h"
#include "service/publication_slices.h"
#include "store/overlay_store.h"

#include <stdio.h>

/* ---- editions ---- */

static void write_shown(struct jsonw *w, const struct edition *edition) {
    jsonw_key(w, "slices");
    jsonw_array(w);
    for (size_t i = 0; edition && i < edition->slice_count; i++) {
        jsonw_object(w);
        jsonw_kstr(w, "id", edition->slices[i].id);
        jsonw_kraw(w, "title", edition->slices[i].title);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
    jsonw_key(w, "findings");
    jsonw_array(w);
    for (size_t i = 0; edition && i < edition->finding_count; i++) {
        jsonw_object(w);
        jsonw_ki64(w, "id", edition->findings[i].id);
        jsonw_kstr(w, "statement", edition->findings[i].statement);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
    jsonw_key(w, "assets");
    jsonw_array(w);
    for (size_t i = 0; edition && i < edition->asset_count; i++) {
        jsonw_object(w);
        jsonw_ki64(w, "id", edition->assets[i].id);
        jsonw_kstr(w, "title", edition->assets[i].title);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
    jsonw_kraw(w, "taken_down", edition ? edition->taken_down : "[]");
}

static void write_edition(struct jsonw *w, struct context *context, const struct edition_row *row) {
    struct held_edition *held = NULL;
    char url[64];
    if (context->published)
        (void)published_hold(context->published, row->project_id, row->number, &held);
    edition_url(row->project_id, row->number, row->revision, url, sizeof url);
    jsonw_object(w);
    jsonw_ki64(w, "number", row->number);
    jsonw_ki64(w, "revision", row->revision);
    jsonw_kstr(w, "published_on", row->published_on);
    jsonw_kbool(w, "there", held != NULL);
    write_shown(w, held ? held_edition(held) : NULL);
    jsonw_kstr(w, "url", url);
    jsonw_object_end(w);
    if (held)
        published_release(context->published, held);
}

/* ---- exercises ---- */

static void write_profile(struct jsonw *w, const struct cube_profile *profile) {
    jsonw_key(w, "profile");
    jsonw_object(w);
    jsonw_kstr(w, "name", profile->name);
    jsonw_ki64(w, "floor", profile->floor);
    jsonw_ki64(w, "noise_max", profile->noise_max);
    jsonw_ki64(w, "base_m", profile->base_m);
    jsonw_object_end(w);
}

static void write_counts(struct jsonw *w, const struct publication_exercise *exercise) {
    jsonw_key(w, "sessions");
    jsonw_object(w);
    jsonw_ki64(w, "open", exercise->open);
    jsonw_ki64(w, "waiting", exercise->waiting);
    jsonw_ki64(w, "counted", exercise->counted);
    jsonw_ki64(w, "at_once", exercise->at_once);
    jsonw_object_end(w);
    jsonw_key(w, "attendances");
    jsonw_object(w);
    jsonw_ki64(w, "counted", exercise->people);
    jsonw_ki64(w, "new", exercise->fresh);
    jsonw_ki64(w, "needed", exercise->needed);
    jsonw_object_end(w);
    jsonw_key(w, "left_out");
    jsonw_object(w);
    jsonw_ki64(w, "no_author", exercise->no_author);
    jsonw_ki64(w, "no_consent", exercise->no_consent);
    jsonw_ki64(w, "not_approved", exercise->not_approved);
    jsonw_object_end(w);
}

static void write_exercise(struct jsonw *w, const struct publication *publication,
                           const struct publication_exercise *exercise, struct arena *arena) {
    jsonw_object(w);
    jsonw_kstr(w, "key", exercise->key);
    jsonw_kraw(w, "title", publication_text(&exercise->exercise->title, arena));
    write_profile(w, &exercise->profile);
    jsonw_kbool(w, "ended", exercise->ended);
    write_counts(w, exercise);
    jsonw_key(w, "missing");
    jsonw_object(w);
    jsonw_ki64(w, "sessions", exercise->missing_sessions);
    jsonw_ki64(w, "people", exercise->missing_people);
    jsonw_ki64(w, "days", publication_missing_days(publication, exercise));
    jsonw_object_end(w);
    jsonw_kstr(w, "outcome", publication_outcome_name(exercise->outcome));
    jsonw_object_end(w);
}

/* ---- the rest ---- */

static void write_next(struct jsonw *w, const struct publication *publication) {
    char day[CALENDAR_DAY_SIZE];
    calendar_day_format(publication->from_day, day);
    jsonw_key(w, "next");
    jsonw_object(w);
    jsonw_kbool(w, "may", publication->why == 0);
    jsonw_kstr(w, "from", publication->from_day ? day : NULL);
    publication_write_why(w, publication);
    jsonw_object_end(w);
}

static void write_authored(struct jsonw *w, const struct authored_counts *counts) {
    jsonw_key(w, "findings");
    jsonw_object(w);
    jsonw_ki64(w, "agreed", counts->findings_agreed);
    jsonw_ki64(w, "draft", counts->findings_draft);
    jsonw_object_end(w);
    jsonw_key(w, "assets");
    jsonw_object(w);
    jsonw_ki64(w, "approved", counts->assets_approved);
    jsonw_ki64(w, "candidates", counts->assets_candidates);
    jsonw_object_end(w);
}

static enum err write_overlays(struct jsonw *w, struct context *context, int64_t project_id,
                               struct arena *arena) {
    struct overlay *overlays = NULL;
    size_t count = 0;
    enum err err = overlay_list(context->db, project_id, arena, &overlays, &count);
    jsonw_key(w, "overlays");
    jsonw_array(w);
    for (size_t i = 0; i < count && !err; i++) {
        jsonw_object(w);
        jsonw_ki64(w, "id", overlays[i].id);
        jsonw_kstr(w, "title", overlays[i].title);
        jsonw_kstr(w, "kind", overlays[i].kind);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
    return err;
}

static void write_job(struct jsonw *w, struct context *context, int64_t project_id) {
    char word[SECRET_TOKEN_TEXT_SIZE];
    bool busy = context->jobs &&
                jobs_under_way(context->jobs, project_id, edition_job_kinds, word) == ERR_OK;
    jsonw_kstr(w, "job", busy ? word : NULL);
}

enum err publication_overview(struct context *context, struct caller caller, int64_t project_id, int64_t day,
                              struct arena *arena, struct jsonw *w) {
    struct publication publication;
    struct authored_counts counts;
    enum err err = project_require(context, caller, project_id);
    if (!err)
        err = publication_read(context, project_id, day, arena, &publication);
    if (!err)
        err = authored_count(context->db, project_id, &counts);
    if (err)
        return err;
    jsonw_object(w);
    jsonw_ki64(w, "floor", publication.floor);
    jsonw_key(w, "editions");
    jsonw_array(w);
    for (size_t i = 0; i < publication.edition_count; i++)
        write_edition(w, context, &publication.editions[i]);
    jsonw_array_end(w);
    write_next(w, &publication);
    jsonw_key(w, "exercises");
    jsonw_array(w);
    for (size_t i = 0; i < publication.exercise_count; i++)
        write_exercise(w, &publication, &publication.exercises[i], arena);
    jsonw_array_end(w);
    write_authored(w, &counts);
    err = write_overlays(w, context, project_id, arena);
    write_job(w, context, project_id);
    jsonw_object_end(w);
    return err;
}
