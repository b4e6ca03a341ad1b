// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_gate.h"

#include <math.h>
#include <string.h>

/* ---- the cube ---- */

static const struct cube_past *past_of(const struct cube_input *input, const struct cube_leaf *leaf) {
    for (size_t i = 0; i < input->past_count; i++)
        if (input->past[i].slice == leaf->slice && region_equal(&input->past[i].region, &leaf->region))
            return &input->past[i];
    return NULL;
}

static bool in_leaf(const struct cube_input *input, const struct cube_leaf *leaf, int64_t id) {
    for (uint32_t i = 0; i < leaf->count; i++)
        if (input->people[leaf->people[i]].id == id)
            return true;
    return false;
}

/* How many came or went since. */
static uint64_t changed(const struct cube_input *input, const struct cube_leaf *leaf,
                        const struct cube_past *past) {
    uint64_t both = 0;
    for (size_t i = 0; i < past->id_count; i++)
        both += in_leaf(input, leaf, past->ids[i]);
    return past->gone + (past->id_count - both) + (leaf->count - both);
}

/* No leaf is kept beyond so many changes: see cube_past.c. */
static uint64_t keep_limit(const struct cube_input *input) {
    return input->profile.floor + (input->profile.floor + 1) / 2;
}

/* n + e, computed anew. */
static int64_t noisy_sum(const struct cube_input *input, const struct cube_leaf *leaf, const double *table) {
    uint64_t cell_key = 0;
    for (uint32_t i = 0; i < leaf->count; i++)
        cell_key += cube_record_key(input->key, input->people[leaf->people[i]].id);
    return (int64_t)leaf->count + cube_noise(input->key, cell_key, table, input->profile.noise_max);
}

static const char *check_leaf(const struct cube_input *input, const struct cube_leaf *leaf,
                              const double *table) {
    const struct cube_past *past = past_of(input, leaf);
    if (leaf->count < input->profile.floor)
        return "floor";
    if (leaf->kept)
        return past && past->value == leaf->value && changed(input, leaf, past) < keep_limit(input) ? NULL
                                                                                                     : "kept";
    int64_t sum = noisy_sum(input, leaf, table);
    if (sum < (int64_t)input->profile.floor + input->profile.noise_max)
        return "floor";
    if (leaf->value != cube_rounded(sum))
        return "value";
    return past && changed(input, leaf, past) < input->profile.floor && leaf->value != past->value ? "kept"
                                                                                                   : NULL;
}

const char *publication_gate_cube(const struct cube_input *input, const struct cube *cube) {
    double table[2 * CUBE_NOISE_MAX + 1];
    const char *rule = NULL;
    cube_noise_table(input->profile.noise_max, input->profile.noise_variance, table);
    for (size_t i = 0; i < cube->leaf_count && !rule; i++)
        rule = check_leaf(input, &cube->leaves[i], table);
    return rule;
}

/* ---- the edition ---- */

static const char *check_outline(const struct region *region, unsigned base_m, struct arena *arena) {
    struct geometry outline;
    arena_reset(arena);
    if (region_outline(region, base_m, arena, &outline) != ERR_OK)
        return "memory";
    for (size_t i = 0; i < outline.vertex_count * 2; i++)
        if (fmod(outline.coords[i], base_m) != 0)
            return "grid";
    return NULL;
}

/* Leaves of one top cell stand one behind the other. */
static const char *check_slice(const struct edition_slice *slice, unsigned base_m, struct arena *arena) {
    const char *rule = NULL;
    for (size_t i = 0; i < slice->leaf_count && !rule; i++) {
        const struct edition_leaf *leaf = &slice->leaves[i];
        if (leaf->value == 0 || leaf->value % 5 != 0)
            return "rounded";
        for (size_t j = i + 1; j < slice->leaf_count; j++) {
            const struct region *other = &slice->leaves[j].region;
            if (other->top.column != leaf->region.top.column || other->top.row != leaf->region.top.row)
                break;
            if (region_meets(&leaf->region, other))
                return "disjoint";
        }
        rule = check_outline(&leaf->region, base_m, arena);
    }
    return rule;
}

const char *publication_gate_edition(const struct edition *edition) {
    struct arena arena;
    const char *rule = NULL;
    arena_init(&arena);
    for (size_t i = 0; i < edition->slice_count && !rule; i++)
        rule = check_slice(&edition->slices[i], edition->exercises[edition->slices[i].exercise].base_m, &arena);
    arena_fini(&arena);
    return rule;
}

/* ---- what was read back ---- */

static bool same_text(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_geometry(const struct geometry *a, const struct geometry *b) {
    return a->type == b->type && a->vertex_count == b->vertex_count && a->part_count == b->part_count &&
           memcmp(a->coords, b->coords, a->vertex_count * 2 * sizeof *a->coords) == 0;
}

static bool same_slice(const struct edition_slice *a, const struct edition_slice *b) {
    if (!same_text(a->id, b->id) || a->exercise != b->exercise || a->kind != b->kind ||
        !same_text(a->title, b->title) || a->leaf_count != b->leaf_count)
        return false;
    for (size_t i = 0; i < a->leaf_count; i++)
        if (!region_equal(&a->leaves[i].region, &b->leaves[i].region) ||
            a->leaves[i].value != b->leaves[i].value || a->leaves[i].share != b->leaves[i].share)
            return false;
    return true;
}

static bool same_exercise(const struct edition_exercise *a, const struct edition_exercise *b) {
    return same_text(a->key, b->key) && same_text(a->profile, b->profile) && a->floor == b->floor &&
           a->noise_max == b->noise_max && a->base_m == b->base_m && a->sessions == b->sessions &&
           a->attendances == b->attendances && a->since == b->since;
}

static const struct edition_finding *finding_of(const struct edition *edition, int64_t id) {
    for (size_t i = 0; i < edition->finding_count; i++)
        if (edition->findings[i].id == id)
            return &edition->findings[i];
    return NULL;
}

static const struct edition_asset *asset_of(const struct edition *edition, int64_t id) {
    for (size_t i = 0; i < edition->asset_count; i++)
        if (edition->assets[i].id == id)
            return &edition->assets[i];
    return NULL;
}

static bool same_authored(const struct edition *a, const struct edition *b) {
    for (size_t i = 0; i < a->finding_count; i++) {
        const struct edition_finding *other = finding_of(b, a->findings[i].id);
        if (!other || !same_text(a->findings[i].statement, other->statement) ||
            !same_geometry(&a->findings[i].geometry, &other->geometry))
            return false;
    }
    for (size_t i = 0; i < a->asset_count; i++) {
        const struct edition_asset *other = asset_of(b, a->assets[i].id);
        if (!other || !same_text(a->assets[i].title, other->title) ||
            !same_geometry(&a->assets[i].geometry, &other->geometry))
            return false;
    }
    return true;
}

const char *publication_gate_same(const struct edition *written, const struct edition *read) {
    if (written->project != read->project || written->number != read->number ||
        written->revision != read->revision || written->epsg != read->epsg ||
        !same_text(written->published_on, read->published_on) ||
        !same_text(written->taken_down, read->taken_down) ||
        written->exercise_count != read->exercise_count || written->slice_count != read->slice_count ||
        written->finding_count != read->finding_count || written->asset_count != read->asset_count ||
        written->overlay_count != read->overlay_count)
        return "file";
    for (size_t i = 0; i < written->exercise_count; i++)
        if (!same_exercise(&written->exercises[i], &read->exercises[i]))
            return "file";
    for (size_t i = 0; i < written->slice_count; i++)
        if (!same_slice(&written->slices[i], &read->slices[i]))
            return "file";
    for (size_t i = 0; i < written->overlay_count; i++)
        if (written->overlays[i].id != read->overlays[i].id ||
            written->overlays[i].feature_count != read->overlays[i].feature_count)
            return "file";
    return same_authored(written, read) ? NULL : "file";
}
