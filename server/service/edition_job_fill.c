// SPDX-License-Identifier: AGPL-3.0-or-later
// The edition's own document. Only published values, words that a facilitator or a group wrote to be
// published, and numbers rounded to 5 go into it.
#include "service/edition_job_draft.h"
#include "service/publication_calendar.h"
#include "store/overlay_store.h"

#include "base/jsonw.h"
#include "model/base_maps.h"

#include <string.h>

/* ---- slices ---- */

/* Leaves of one slice of the part, which stand one behind the other. */
static enum err fill_leaves(struct draft *draft, const struct draft_part *part, struct edition_slice *slice) {
    slice->leaves = arena_array(draft->arena, part->leaf_count + 1, sizeof *slice->leaves);
    if (!slice->leaves)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < part->leaf_count; i++)
        if (strcmp(part->leaves[i].slice, slice->id) == 0)
            slice->leaves[slice->leaf_count++] = (struct edition_leaf){.region = part->leaves[i].region,
                                                                       .value = part->leaves[i].value};
    return ERR_OK;
}

static enum err fill_new_slices(struct draft *draft, const struct draft_part *part, size_t exercise) {
    struct edition *edition = &draft->edition;
    enum err err = ERR_OK;
    for (size_t i = 0; i < part->slices.count && !err; i++) {
        const struct publication_slice *from = &part->slices.items[i];
        struct edition_slice *slice = &edition->slices[edition->slice_count++];
        *slice = (struct edition_slice){.id = draft_slice_id(draft, part->of->key, from->id),
                                        .exercise = exercise,
                                        .kind = from->kind,
                                        .title = from->title,
                                        .colour = from->colour,
                                        .icon = from->icon};
        err = slice->id ? fill_leaves(draft, part, slice) : ERR_NO_MEMORY;
    }
    return err;
}

static size_t exercise_before(const struct draft *draft, const char *key) {
    size_t i = 0;
    while (i < draft->before.exercise_count && strcmp(draft->before.exercises[i].key, key) != 0)
        i++;
    return i;
}

static enum err fill_old_slices(struct draft *draft, const struct draft_part *part, size_t exercise) {
    struct edition *edition = &draft->edition;
    size_t before = exercise_before(draft, part->of->key);
    enum err err = ERR_OK;
    for (size_t i = 0; i < draft->before.slice_count && !err; i++) {
        if (draft->before.slices[i].exercise != before)
            continue;
        struct edition_slice *slice = &edition->slices[edition->slice_count++];
        *slice = draft->before.slices[i];
        slice->exercise = exercise;
        slice->leaf_count = 0;
        err = fill_leaves(draft, part, slice);
    }
    return err;
}

/* ---- exercises ---- */

static const char *month_of(struct draft *draft, const char *held_on) {
    return arena_strndup(draft->arena, held_on, strlen("2026-05"));
}

static enum err fill_months(struct draft *draft, const struct draft_part *part, struct edition_exercise *out) {
    const struct publication *publication = &draft->publication;
    const char *first = NULL, *last = NULL;
    for (size_t i = 0; i < publication->session_count; i++) {
        const struct counted_session *session = &publication->sessions[i];
        if (strcmp(session->key, part->of->key) != 0 || !publication_counts(publication, session))
            continue;
        if (!first || strcmp(session->held_on, first) < 0)
            first = session->held_on;
        if (!last || strcmp(session->held_on, last) > 0)
            last = session->held_on;
    }
    out->first_month = month_of(draft, first ? first : "");
    out->last_month = month_of(draft, last ? last : "");
    return out->first_month && out->last_month ? ERR_OK : ERR_NO_MEMORY;
}

static enum err fill_new_exercise(struct draft *draft, const struct draft_part *part,
                                  struct edition_exercise *out) {
    const struct cube_profile *profile = &part->of->profile;
    *out = (struct edition_exercise){.key = part->of->key,
                                     .title = publication_text(&part->of->exercise->title, draft->arena),
                                     .profile = profile->name,
                                     .floor = profile->floor,
                                     .noise_max = profile->noise_max,
                                     .base_m = profile->base_m,
                                     .noise_variance = profile->noise_variance,
                                     .sessions = cube_rounded((int64_t)part->session_count),
                                     .attendances = cube_rounded((int64_t)part->people.person_count),
                                     .since = draft->publication.number};
    return out->title ? fill_months(draft, part, out) : ERR_NO_MEMORY;
}

/* How many slices there may be at most. */
static size_t slices_at_most(const struct draft *draft) {
    size_t count = draft->before.slice_count;
    for (size_t i = 0; i < draft->part_count; i++)
        count += draft->parts[i].slices.count;
    return count;
}

static enum err fill_part(struct draft *draft, const struct draft_part *part) {
    struct edition *edition = &draft->edition;
    size_t index = edition->exercise_count++;
    struct edition_exercise *exercise = &edition->exercises[index];
    if (part->outcome == OUTCOME_NEW) {
        enum err err = fill_new_exercise(draft, part, exercise);
        return err ? err : fill_new_slices(draft, part, index);
    }
    *exercise = draft->before.exercises[exercise_before(draft, part->of->key)];
    return fill_old_slices(draft, part, index);
}

static bool in_file(const struct draft *draft, const struct draft_part *part) {
    return part->outcome == OUTCOME_NEW ||
           (part->outcome == OUTCOME_CARRIED && draft->before.epsg == draft->edition.epsg &&
            exercise_before(draft, part->of->key) < draft->before.exercise_count);
}

static enum err fill_exercises(struct draft *draft) {
    struct edition *edition = &draft->edition;
    enum err err = ERR_OK;
    edition->exercises = arena_array(draft->arena, draft->part_count + 1, sizeof *edition->exercises);
    edition->slices = arena_array(draft->arena, slices_at_most(draft) + 1, sizeof *edition->slices);
    if (!edition->exercises || !edition->slices)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < draft->part_count && !err; i++) {
        if (in_file(draft, &draft->parts[i]))
            err = fill_part(draft, &draft->parts[i]);
        else
            draft->parts[i].outcome = OUTCOME_NOTHING;
    }
    return err;
}

/* ---- overlays ---- */

struct overlay_filling {
    struct draft *draft;
    struct edition_overlay *overlay;
    size_t room;
};

static enum err add_feature(void *context, const struct overlay_feature *feature) {
    struct overlay_filling *filling = context;
    struct edition_overlay *overlay = filling->overlay;
    if (overlay->feature_count == filling->room)
        return ERR_CONFLICT; // it was changed meanwhile
    struct edition_overlay_feature *out = &overlay->features[overlay->feature_count++];
    out->label = arena_strdup(filling->draft->arena, feature->label);
    if (!out->label)
        return ERR_NO_MEMORY;
    return geometry_copy(&feature->geometry, filling->draft->arena, &out->geometry);
}

static enum err fill_overlay(struct draft *draft, int64_t id, struct edition_overlay *out) {
    struct overlay from;
    enum err err = overlay_find(draft->context->db, id, draft->arena, &from);
    if (err)
        return err;
    *out = (struct edition_overlay){.id = id,
                                    .title = from.title,
                                    .kind = from.kind,
                                    .colour = from.colour,
                                    .attribution = from.attribution};
    struct overlay_filling filling = {draft, out, (size_t)from.feature_count};
    out->features = arena_array(draft->arena, filling.room + 1, sizeof *out->features);
    return out->features ? overlay_features(draft->context->db, id, add_feature, &filling) : ERR_NO_MEMORY;
}

enum err draft_fill_overlays(struct draft *draft) {
    struct edition *edition = &draft->edition;
    enum err err = ERR_OK;
    edition->overlays = arena_array(draft->arena, draft->order->overlay_count + 1, sizeof *edition->overlays);
    if (!edition->overlays)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < draft->order->overlay_count && !err; i++)
        err = fill_overlay(draft, draft->order->overlays[i], &edition->overlays[edition->overlay_count++]);
    return err;
}

const char *draft_overlays_json(struct draft *draft) {
    struct buf buf;
    struct jsonw w;
    buf_init(&buf);
    jsonw_init(&w, &buf);
    jsonw_array(&w);
    for (size_t i = 0; i < draft->order->overlay_count; i++)
        jsonw_i64(&w, draft->order->overlays[i]);
    jsonw_array_end(&w);
    const char *copy = buf.failed ? NULL : arena_strndup(draft->arena, buf.data, buf.len);
    buf_fini(&buf);
    return copy;
}

/* ---- all of it ---- */

/* The project's first. */
static enum err base_map_of(const struct project *project, struct arena *arena, const char **out) {
    struct base_maps maps;
    enum err err = base_maps_of_store(project->base_maps, arena, &maps);
    if (!err)
        *out = maps.count ? maps.names[0] : "";
    return err;
}

enum err draft_fill(struct draft *draft) {
    const struct project *project = &draft->publication.project;
    char day[CALENDAR_DAY_SIZE];
    const char *base_map = NULL;
    enum err err = base_map_of(project, draft->arena, &base_map);
    if (err)
        return err;
    calendar_day_format(draft->publication.day, day);
    draft->edition = (struct edition){.project = project->id,
                                      .number = draft->publication.number,
                                      .revision = 1,
                                      .title = project->title,
                                      .published_on = arena_strdup(draft->arena, day),
                                      .taken_down = "[]",
                                      .base_map = base_map,
                                      .bbox = project->bbox,
                                      .epsg = equal_area_epsg(&project->bbox)};
    err = draft->edition.published_on ? fill_exercises(draft) : ERR_NO_MEMORY;
    if (!err)
        err = draft_fill_findings(draft);
    if (!err)
        err = draft_fill_assets(draft);
    if (!err)
        err = draft_fill_overlays(draft);
    if (!err)
        edition_shares(&draft->edition);
    return err;
}
