// SPDX-License-Identifier: AGPL-3.0-or-later
#include "archive_plan.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cut's box, or the two that it is made of when it crosses the antimeridian. */
static int pieces(const struct archive_cut *cut, double out[2][4]) {
    const double *box = cut->bbox_deg;
    memcpy(out[0], box, sizeof out[0]);
    if (box[0] <= box[2])
        return 1;
    memcpy(out[1], box, sizeof out[1]);
    out[0][2] = 180;
    out[1][0] = -180;
    return 2;
}

static bool box_valid(const double wsen_deg[4]) {
    for (int i = 0; i < 4; i++) {
        double limit_deg = i % 2 == 0 ? 180 : 90;
        if (!isfinite(wsen_deg[i]) || fabs(wsen_deg[i]) > limit_deg)
            return false;
    }
    return wsen_deg[1] <= wsen_deg[3];
}

static struct tile_range range_of(const double wsen_deg[4], unsigned z) {
    double west_m, south_m, east_m, north_m;
    tile_from_degrees(wsen_deg[0], wsen_deg[1], &west_m, &south_m);
    tile_from_degrees(wsen_deg[2], wsen_deg[3], &east_m, &north_m);
    struct tile low = tile_at(z, west_m, north_m), high = tile_at(z, east_m, south_m);
    return (struct tile_range){z, low.x, low.y, high.x, high.y};
}

struct gathering {
    struct archive_plan *plan;
    uint64_t bytes, bytes_max, runs_max; // what was gathered so far; UINT64_MAX: no limit
};

static enum err gather(void *context, const struct archive_run *run) {
    struct gathering *gathering = context;
    struct archive_plan *plan = gathering->plan;
    if (run->bytes == 0)
        return ERR_OK;
    gathering->bytes += run->bytes;
    if (gathering->bytes > gathering->bytes_max || plan->count >= gathering->runs_max)
        return ERR_TOO_LARGE;
    if (plan->count == plan->room) {
        size_t room = 2 * plan->room + 256;
        struct archive_run *runs = reallocarray(plan->runs, room, sizeof *runs);
        if (runs == NULL)
            return ERR_NO_MEMORY;
        plan->runs = runs;
        plan->room = room;
    }
    plan->runs[plan->count++] = *run;
    return ERR_OK;
}

static int run_compare(const void *a, const void *b) {
    const struct archive_run *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

/* Sorts a zoom's runs, which begin at `first`, and takes out what was told twice: where the box's
 * two pieces meet in one tile, or by an archive without an index. */
static void put_in_order(struct archive_plan *plan, size_t first) {
    size_t kept = first;
    if (plan->count == first)
        return;
    qsort(plan->runs + first, plan->count - first, sizeof *plan->runs, run_compare);
    for (size_t i = first; i < plan->count; i++) {
        struct archive_run run = plan->runs[i];
        uint64_t end = run.id + run.tiles;
        if (kept > first) {
            uint64_t behind = plan->runs[kept - 1].id + plan->runs[kept - 1].tiles;
            if (end <= behind)
                continue;
            run.id = run.id > behind ? run.id : behind;
            run.tiles = end - run.id;
        }
        plan->runs[kept++] = run;
    }
    plan->count = kept;
}

static void count_in(struct archive_plan *plan, size_t first, unsigned z) {
    if (plan->count == first)
        return;
    if (first == 0)
        plan->report.minzoom = z;
    plan->report.maxzoom = z;
    for (size_t i = first; i < plan->count; i++) {
        plan->report.tiles += plan->runs[i].tiles;
        plan->report.bytes += plan->runs[i].bytes;
    }
}

enum err archive_plan_make(struct archive *archive, const struct archive_cut *cut,
                           struct archive_plan *out) {
    const struct archive_info *info = archive_info(archive);
    struct archive_plan plan = {0};
    struct gathering gathering = {&plan, 0, cut->bytes_max == 0 ? UINT64_MAX : cut->bytes_max,
                                  cut->runs_max == 0 ? UINT64_MAX : cut->runs_max};
    double boxes[2][4];
    int box_count = pieces(cut, boxes);
    unsigned maxzoom = cut->maxzoom < info->maxzoom ? cut->maxzoom : info->maxzoom;
    enum err err = box_valid(cut->bbox_deg) ? ERR_OK : ERR_BAD_BBOX;
    for (unsigned z = info->minzoom; z <= maxzoom && err == ERR_OK; z++) {
        size_t first = plan.count;
        for (int i = 0; i < box_count && err == ERR_OK; i++) {
            struct tile_range range = range_of(boxes[i], z);
            err = archive_runs(archive, &range, cut->patience, gather, &gathering);
        }
        if (err == ERR_TOO_LARGE) // this zoom and all finer ones are left out
            plan.count = first;
        put_in_order(&plan, first);
        count_in(&plan, first, z);
    }
    if (err == ERR_TOO_LARGE && plan.count > 0)
        err = ERR_OK;
    if (err == ERR_OK && plan.count == 0)
        err = ERR_NOT_FOUND;
    if (err != ERR_OK)
        archive_plan_fini(&plan);
    else
        *out = plan;
    return err;
}

void archive_plan_fini(struct archive_plan *plan) {
    free(plan->runs);
}

void archive_plan_bounds(const struct archive_info *info, const struct archive_cut *cut,
                         double out_wsen_deg[4]) {
    const double *whole = info->bounds_deg;
    double boxes[2][4], hull[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    int box_count = pieces(cut, boxes);
    for (int i = 0; i < box_count; i++) {
        double west = fmax(boxes[i][0], whole[0]), south = fmax(boxes[i][1], whole[1]);
        double east = fmin(boxes[i][2], whole[2]), north = fmin(boxes[i][3], whole[3]);
        if (west >= east || south >= north)
            continue;
        hull[0] = fmin(hull[0], west);
        hull[1] = fmin(hull[1], south);
        hull[2] = fmax(hull[2], east);
        hull[3] = fmax(hull[3], north);
    }
    // a tile may reach beyond what its archive calls its bounds
    memcpy(out_wsen_deg, archive_bounds_valid(hull) ? hull : whole, sizeof hull);
}
