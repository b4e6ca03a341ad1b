// SPDX-License-Identifier: AGPL-3.0-or-later
// Names on a sheet's map: along streets where they run straight enough, beside places, on large waters and
// greens. What matters more is written first; what would lie over it is left out.
#include "paper/map_parts.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES_MAX = 6000, OF_A_LOOK_MAX = 1500, VERTICES_MAX = 400, NAME_BYTES_MAX = 80, SPOT_CHARACTERS_MAX = 30, DISCS_MAX = 12000 };
#define AGAIN_MM    70.0 // the same name is not written twice nearer than that
#define JOIN_MM     0.4  // ends of lines nearer than that are one
#define STRAIGHT    0.985 // chord by length of the stretch a name stands on
#define EDGE_MM     1.0
#define LARGE_MM2   120.0 // areas that get their name

/** How a kind's names look, the most important kind first. */
struct look {
    enum map_kind kind;
    enum mvt_type type;
    double size_mm;
    bool bold, italic;
    unsigned colour;
    double scale_max; // left out on sheets of a coarser scale; 0: on all
};
static const struct look looks[] = {
    {MAP_PLACE, MVT_POINT, 3.1, true, false, 0x37332b, 0},
    {MAP_HIGHWAY, MVT_LINE, 2.2, false, false, 0x4d4636, 0},
    {MAP_MAIN_ROAD, MVT_LINE, 2.2, false, false, 0x4d4636, 0},
    {MAP_WATER, MVT_LINE, 2.2, false, true, 0x2f6677, 0},
    {MAP_WATER, MVT_POLYGON, 2.2, false, true, 0x2f6677, 0},
    {MAP_WATER, MVT_POINT, 2.2, false, true, 0x2f6677, 0},
    {MAP_GREEN, MVT_POLYGON, 2.0, false, true, 0x47663a, 0},
    {MAP_ROAD, MVT_LINE, 1.9, false, false, 0x5b5343, 20000},
    {MAP_SPOT, MVT_POINT, 1.7, false, false, 0x5b5343, 10000},
    {MAP_PATH, MVT_LINE, 1.7, false, true, 0x5b5343, 10000},
};
enum { LOOKS = sizeof looks / sizeof looks[0] };

struct candidate {
    const struct look *look;
    struct mvt_span name;
    double *xy; // of a line: its vertices, millimetres; else one place
    size_t vertex_count;
    double size; // length or area: the larger first
    bool taken;  // joined to another
};
struct disc {
    double x, y, r;
};
struct written {
    struct mvt_span name;
    double x, y;
};
struct plan {
    struct map_job *job;
    struct candidate *candidates;
    size_t count;
    struct disc discs[DISCS_MAX];
    size_t disc_count;
    struct written names[SHEET_NAMES_MAX];
    size_t name_count;
};

/* ---- who may be written ---- */

static bool is_name(struct mvt_span name, const struct look *look) {
    size_t len = (size_t)(name.end - name.at);
    return len > 0 && len <= NAME_BYTES_MAX &&
           utf8_is_line(name.at, len, look->kind == MAP_SPOT ? SPOT_CHARACTERS_MAX : NAME_BYTES_MAX);
}

/** The first part of a line; false when it has no two vertices. */
static bool read_line(struct plan *plan, const struct map_feature *feature, struct candidate *out) {
    double xy[2 * VERTICES_MAX];
    size_t count = 0;
    struct mvt_scan_path path = mvt_scan_path(&feature->at);
    while (count < VERTICES_MAX && mvt_scan_step(&path) && (path.command == MVT_LINE_TO || count == 0)) {
        xy[2 * count] = map_x_mm(feature, path.x);
        xy[2 * count + 1] = map_y_mm(feature, path.y);
        if (count > 0)
            out->size += hypot(xy[2 * count] - xy[2 * count - 2], xy[2 * count + 1] - xy[2 * count - 1]);
        count++;
    }
    out->vertex_count = count;
    out->xy = count < 2 ? NULL : arena_array(plan->job->arena, 2 * count, sizeof *out->xy);
    if (out->xy != NULL)
        memcpy(out->xy, xy, 2 * count * sizeof *xy);
    return out->xy != NULL;
}

/** The middle of the feature's box; false for areas too small to be named. */
static bool read_middle(struct plan *plan, const struct map_feature *feature, struct candidate *out) {
    double min_x = INFINITY, min_y = INFINITY, max_x = -INFINITY, max_y = -INFINITY;
    struct mvt_scan_path path = mvt_scan_path(&feature->at);
    while (mvt_scan_step(&path)) {
        double x = map_x_mm(feature, path.x), y = map_y_mm(feature, path.y);
        min_x = fmin(min_x, x);
        max_x = fmax(max_x, x);
        min_y = fmin(min_y, y);
        max_y = fmax(max_y, y);
    }
    out->size = (max_x - min_x) * (max_y - min_y);
    out->vertex_count = 1;
    out->xy = arena_array(plan->job->arena, 2, sizeof *out->xy);
    if (out->xy == NULL || !(min_x <= max_x) || (out->look->type == MVT_POLYGON && out->size < LARGE_MM2))
        return false;
    out->xy[0] = (min_x + max_x) / 2;
    out->xy[1] = (min_y + max_y) / 2;
    return true;
}

static void gather(struct plan *plan, const struct look *look, const struct map_feature *features, size_t count) {
    size_t before = plan->count;
    if (look->scale_max > 0 && plan->job->frame->scale > look->scale_max)
        return;
    for (size_t i = 0; i < count && plan->count < CANDIDATES_MAX && plan->count < before + OF_A_LOOK_MAX; i++) {
        if (features[i].kind != look->kind || features[i].at.type != look->type)
            continue;
        struct candidate candidate = {.look = look};
        candidate.name = map_name_of(features[i].layer, &features[i].at, plan->job->language);
        if (is_name(candidate.name, look) &&
            (look->type == MVT_LINE ? read_line(plan, &features[i], &candidate)
                                    : read_middle(plan, &features[i], &candidate)))
            plan->candidates[plan->count++] = candidate;
    }
}

static int compare_names(struct mvt_span a, struct mvt_span b) {
    size_t a_len = (size_t)(a.end - a.at), b_len = (size_t)(b.end - b.at);
    int by_bytes = memcmp(a.at, b.at, a_len < b_len ? a_len : b_len);
    return by_bytes != 0 ? by_bytes : (a_len > b_len) - (a_len < b_len);
}

static int by_name(const void *a, const void *b) {
    const struct candidate *left = a, *right = b;
    if (left->look != right->look)
        return left->look < right->look ? -1 : 1;
    int by_words = compare_names(left->name, right->name);
    return by_words != 0 ? by_words : (left->size < right->size) - (left->size > right->size);
}

static int by_weight(const void *a, const void *b) {
    const struct candidate *left = a, *right = b;
    if (left->look != right->look)
        return left->look < right->look ? -1 : 1;
    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return compare_names(left->name, right->name);
}

/* ---- a street is cut at its crossings: its pieces are joined end to end ---- */

static bool near(const double *a, const double *b) {
    return hypot(a[0] - b[0], a[1] - b[1]) < JOIN_MM;
}

static void turn_round(double *xy, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        for (size_t axis = 0; axis < 2; axis++) {
            double held = xy[2 * i + axis];
            xy[2 * i + axis] = xy[2 * (count - 1 - i) + axis];
            xy[2 * (count - 1 - i) + axis] = held;
        }
    }
}

/** Joins `piece` to the end or the beginning of `line` when they meet there. */
static bool join(struct arena *arena, struct candidate *line, struct candidate *piece) {
    const double *first = line->xy, *last = line->xy + 2 * (line->vertex_count - 1);
    const double *begin = piece->xy, *end = piece->xy + 2 * (piece->vertex_count - 1);
    if (line->vertex_count + piece->vertex_count > VERTICES_MAX)
        return false;
    bool ahead = near(last, begin) || near(last, end);
    if (!ahead && !near(first, begin) && !near(first, end))
        return false;
    double *xy = arena_array(arena, 2 * (line->vertex_count + piece->vertex_count), sizeof *xy);
    if (xy == NULL)
        return false;
    if (!ahead)
        turn_round(line->xy, line->vertex_count);
    if (!near(line->xy + 2 * (line->vertex_count - 1), begin))
        turn_round(piece->xy, piece->vertex_count);
    memcpy(xy, line->xy, 2 * line->vertex_count * sizeof *xy);
    memcpy(xy + 2 * line->vertex_count, piece->xy, 2 * piece->vertex_count * sizeof *xy);
    line->xy = xy;
    line->vertex_count += piece->vertex_count;
    line->size += piece->size;
    piece->taken = true;
    return true;
}

/** Pieces of one name, at most this many looked at for each line. */
static void join_pieces(struct plan *plan) {
    enum { PIECES_MAX = 40 };
    for (size_t i = 0; i < plan->count; i++) {
        struct candidate *line = &plan->candidates[i];
        if (line->taken || line->look->type != MVT_LINE)
            continue;
        bool grown = true;
        while (grown) {
            grown = false;
            for (size_t j = i + 1; j < plan->count && j <= i + PIECES_MAX; j++) {
                struct candidate *piece = &plan->candidates[j];
                if (piece->look != line->look || compare_names(piece->name, line->name) != 0)
                    break;
                grown = (!piece->taken && join(plan->job->arena, line, piece)) || grown;
            }
        }
    }
}

/* ---- where there is room ---- */

/** Discs along the text: what it covers, whatever its angle. False when it leaves the map or is taken. */
static bool take_room(struct plan *plan, double x, double y, double w, double h, double angle) {
    const struct sheet_box *box = &plan->job->box;
    double r = h * 0.45, step = r, along = fmax(0, w / 2 - r / 2);
    if (!(r > 0)) // of a font without a height
        return false;
    size_t count = 1 + (size_t)(2 * along / step);
    if (plan->disc_count + count > DISCS_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        double at = count == 1 ? 0 : -along + 2 * along * (double)i / (double)(count - 1);
        struct disc disc = {x + at * cos(angle), y + at * sin(angle), r};
        if (disc.x - r < box->x_mm + EDGE_MM || disc.x + r > box->x_mm + box->w_mm - EDGE_MM ||
            disc.y - r < box->y_mm + EDGE_MM || disc.y + r > box->y_mm + box->h_mm - EDGE_MM)
            return false;
        for (size_t j = 0; j < plan->disc_count; j++) {
            const struct disc *other = &plan->discs[j];
            double dx = disc.x - other->x, dy = disc.y - other->y, apart = disc.r + other->r + 0.3;
            if (dx * dx + dy * dy < apart * apart)
                return false;
        }
        plan->discs[plan->disc_count + i] = disc; // counted when all have room
    }
    plan->disc_count += count;
    return true;
}

static bool written_near(const struct plan *plan, struct mvt_span name, double x, double y) {
    for (size_t i = 0; i < plan->name_count; i++) {
        if (compare_names(plan->names[i].name, name) == 0 &&
            hypot(plan->names[i].x - x, plan->names[i].y - y) < AGAIN_MM)
            return true;
    }
    return false;
}

static void at_length(const struct candidate *line, double length, double *x, double *y) {
    for (size_t i = 1; i < line->vertex_count; i++) {
        const double *a = line->xy + 2 * (i - 1), *b = line->xy + 2 * i;
        double part = hypot(b[0] - a[0], b[1] - a[1]);
        if (length <= part || i + 1 == line->vertex_count) {
            double share = part > 0 ? fmin(length / part, 1) : 0;
            *x = a[0] + share * (b[0] - a[0]);
            *y = a[1] + share * (b[1] - a[1]);
            return;
        }
        length -= part;
    }
}

static bool put(struct plan *plan, const struct candidate *candidate, PangoLayout *text, double x, double y,
                double w, double h, double angle) {
    if (written_near(plan, candidate->name, x, y) || !take_room(plan, x, y, w, h, angle))
        return false;
    sheet_pen_place(plan->job->pen, text, SHEET_RGB(candidate->look->colour), SHEET_RGB(0xfffdf8), x, y, angle);
    plan->names[plan->name_count++] = (struct written){candidate->name, x, y};
    return true;
}

/** Tries stretches as long as the text, from the middle outwards. */
static void put_along(struct plan *plan, const struct candidate *line, PangoLayout *text, double w, double h) {
    double spare = line->size - w - 1;
    if (spare < 0)
        return;
    int tries = 1 + 2 * (int)fmin(spare / 2 / 4, 20);
    for (int i = 0; i < tries; i++) {
        double shift = (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * 4.0, begin = (line->size - w) / 2 + shift;
        double x1, y1, x2, y2, xm, ym;
        at_length(line, begin, &x1, &y1);
        at_length(line, begin + w / 2, &xm, &ym);
        at_length(line, begin + w, &x2, &y2);
        double chord = hypot(x2 - x1, y2 - y1), off = hypot((x1 + x2) / 2 - xm, (y1 + y2) / 2 - ym);
        if (chord < STRAIGHT * w || off > 0.35 * h)
            continue;
        double angle = atan2(y2 - y1, x2 - x1);
        if (angle > G_PI / 2)
            angle -= G_PI;
        else if (angle <= -G_PI / 2)
            angle += G_PI;
        if (put(plan, line, text, (x1 + x2 + 2 * xm) / 4, (y1 + y2 + 2 * ym) / 4, w, h, angle))
            return;
    }
}

static void put_beside(struct plan *plan, const struct candidate *place, PangoLayout *text, double w, double h) {
    bool dot = place->look->kind == MAP_SPOT;
    put(plan, place, text, place->xy[0], place->xy[1] + (dot ? h / 2 + 0.3 : 0), w, h, 0);
}

static void write_all(struct plan *plan) {
    for (size_t i = 0; i < plan->count && plan->name_count < SHEET_NAMES_MAX; i++) {
        const struct candidate *candidate = &plan->candidates[i];
        if (candidate->taken)
            continue;
        const struct look *look = candidate->look;
        const struct sheet_style style = {.size_mm = look->size_mm, .bold = look->bold, .italic = look->italic};
        double w, h;
        PangoLayout *text = sheet_pen_line(plan->job->pen, candidate->name.at,
                                           (size_t)(candidate->name.end - candidate->name.at), &style, &w, &h);
        if (look->type == MVT_LINE)
            put_along(plan, candidate, text, w, h);
        else if (look->type == MVT_POINT || w * h < candidate->size)
            put_beside(plan, candidate, text, w, h);
        g_object_unref(text);
    }
}

enum err map_names_draw(struct map_job *job, const struct map_feature *features, size_t count) {
    struct plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL)
        return ERR_NO_MEMORY;
    plan->job = job;
    plan->candidates = arena_array(job->arena, CANDIDATES_MAX, sizeof *plan->candidates);
    enum err err = plan->candidates == NULL ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK) {
        for (size_t i = 0; i < LOOKS; i++)
            gather(plan, &looks[i], features, count);
        if (plan->count > 0)
            qsort(plan->candidates, plan->count, sizeof *plan->candidates, by_name);
        join_pieces(plan);
        if (plan->count > 0)
            qsort(plan->candidates, plan->count, sizeof *plan->candidates, by_weight);
        write_all(plan);
    }
    free(plan);
    return err;
}
