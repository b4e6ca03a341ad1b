// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_people.h"

#include "service/exercise_service.h"

#include <stdlib.h>
#include <string.h>

enum { TELL_EVERY = 1000, FIRST = 256 };

/* A version of the exercise that a session used. */
struct version {
    int64_t id;
    const struct exercise *exercise;
};
/* A growing array of its own memory, moved into the arena at the end. */
struct pile {
    void *items;
    size_t count, room, size;
};
struct reading {
    struct context *context;
    const struct publication_slices *slices;
    struct arena *arena;
    struct arena cells; // emptied for each contribution
    unsigned base_m;
    int epsg;
    people_tell_fn *tell;
    void *tell_context;
    size_t version_count;
    struct version *versions;
    struct pile people, marks, positions, groups; // groups: bits, a person each
    uint32_t *places;  // of people by contributor: index + 1, open addressing
    size_t place_room; // a power of two
    uint32_t contributions, too_wide;
};

static void *pile_push(struct pile *pile, size_t count) {
    if (pile->count + count > pile->room) {
        size_t room = pile->room ? pile->room * 2 : FIRST;
        while (room < pile->count + count)
            room *= 2;
        void *items = reallocarray(pile->items, room, pile->size);
        if (!items)
            return NULL;
        pile->items = items;
        pile->room = room;
    }
    void *place = (char *)pile->items + pile->count * pile->size;
    pile->count += count;
    return place;
}

static enum err pile_keep(struct pile *pile, struct arena *arena, void **items, size_t *count) {
    void *copy = arena_array(arena, pile->count + 1, pile->size);
    if (!copy)
        return ERR_NO_MEMORY;
    if (pile->count)
        memcpy(copy, pile->items, pile->count * pile->size);
    *items = copy;
    *count = pile->count;
    return ERR_OK;
}

/* ---- people ---- */

static size_t place_of(const struct reading *r, int64_t contributor) {
    const struct cube_person *people = r->people.items;
    size_t at = (size_t)((uint64_t)contributor * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (r->place_room - 1);
    while (r->places[at] && people[r->places[at] - 1].id != contributor)
        at = (at + 1) & (r->place_room - 1);
    return at;
}

static enum err widen(struct reading *r) {
    const struct cube_person *people = r->people.items;
    size_t room = r->place_room ? r->place_room * 2 : FIRST * 2;
    uint32_t *places = calloc(room, sizeof *places);
    if (!places)
        return ERR_NO_MEMORY;
    free(r->places);
    r->places = places;
    r->place_room = room;
    for (size_t i = 0; i < r->people.count; i++)
        r->places[place_of(r, people[i].id)] = (uint32_t)i + 1;
    return ERR_OK;
}

static enum err person_of(struct reading *r, const struct counted_mark *mark, uint32_t *out) {
    enum err err = r->people.count * 2 >= r->place_room ? widen(r) : ERR_OK;
    if (err)
        return err;
    size_t at = place_of(r, mark->contributor);
    if (!r->places[at]) {
        struct cube_person *person = pile_push(&r->people, 1);
        uint32_t *groups = person ? pile_push(&r->groups, 1) : NULL;
        if (!groups)
            return ERR_NO_MEMORY;
        *person = (struct cube_person){.id = mark->contributor, .session = (uint32_t)mark->session_id};
        err = publication_slices_of_groups(r->slices, mark->own_groups, groups);
        if (err)
            return err;
        r->places[at] = (uint32_t)r->people.count;
    }
    *out = r->places[at] - 1;
    return ERR_OK;
}

/* ---- contributions ---- */

static enum err version_of(struct reading *r, int64_t id, const struct exercise **out) {
    for (size_t i = 0; i < r->version_count; i++) {
        if (r->versions[i].id == id) {
            *out = r->versions[i].exercise;
            return ERR_OK;
        }
    }
    struct version *version = &r->versions[r->version_count];
    version->id = id;
    enum err err = exercise_get(r->context, id, r->arena, &version->exercise);
    if (err)
        return err;
    r->version_count++;
    *out = version->exercise;
    return ERR_OK;
}

static enum err add_cells(struct reading *r, uint32_t person, uint32_t slices, const struct cell *cells,
                          size_t count) {
    struct cube_mark *marks = pile_push(&r->marks, count);
    if (!marks)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        marks[i] = (struct cube_mark){.person = person, .slices = slices, .cell = cells[i]};
    return ERR_OK;
}

static enum err add_positions(struct reading *r, const struct geometry *geometry) {
    double *positions = pile_push(&r->positions, geometry->vertex_count * 2);
    if (!positions)
        return ERR_NO_MEMORY;
    memcpy(positions, geometry->coords, geometry->vertex_count * 2 * sizeof *positions);
    return ERR_OK;
}

static enum err add_mark(void *context, const struct counted_mark *mark) {
    struct reading *r = context;
    const struct exercise *version = NULL;
    struct cell *cells = NULL;
    size_t count = 0;
    uint32_t person = 0, slices = 0;
    arena_reset(&r->cells);
    enum err err = equal_area_cells(r->context->crs, r->epsg, r->base_m, &mark->geometry, PEOPLE_CELLS_MAX,
                                    &r->cells, &cells, &count);
    if (err == ERR_TOO_LARGE || err == ERR_BAD_CRS) { // too wide, or where the grid has no place for it
        r->too_wide++;
        return ERR_OK;
    }
    if (!err)
        err = version_of(r, mark->exercise_id, &version);
    if (!err)
        err = publication_slices_of(r->slices, version, mark->answers, mark->answers_len, &slices);
    if (!err)
        err = person_of(r, mark, &person);
    if (!err)
        err = add_cells(r, person, slices | ((uint32_t *)r->groups.items)[person], cells, count);
    if (!err)
        err = add_positions(r, &mark->geometry);
    if (!err && ++r->contributions % TELL_EVERY == 0 && r->tell)
        err = r->tell(r->tell_context, r->contributions);
    return err;
}

static enum err keep(struct reading *r, struct publication_people *out) {
    struct publication_people made = {
        .epsg = r->epsg, .contributions = r->contributions, .too_wide = r->too_wide};
    void *people, *marks, *positions;
    enum err err = pile_keep(&r->people, r->arena, &people, &made.person_count);
    if (!err)
        err = pile_keep(&r->marks, r->arena, &marks, &made.mark_count);
    if (!err)
        err = pile_keep(&r->positions, r->arena, &positions, &made.position_count);
    if (err)
        return err;
    made.people = people;
    made.marks = marks;
    made.positions = positions;
    made.position_count /= 2;
    *out = made;
    return ERR_OK;
}

enum err publication_people_read(struct context *context, const struct publication *publication,
                                 const struct publication_exercise *exercise,
                                 const struct publication_slices *slices, people_tell_fn *tell,
                                 void *tell_context, struct arena *arena, struct publication_people *out) {
    struct reading r = {.context = context,
                        .slices = slices,
                        .arena = arena,
                        .base_m = exercise->profile.base_m,
                        .epsg = equal_area_epsg(&publication->project.bbox),
                        .tell = tell,
                        .tell_context = tell_context,
                        .people.size = sizeof(struct cube_person),
                        .marks.size = sizeof(struct cube_mark),
                        .positions.size = sizeof(double),
                        .groups.size = sizeof(uint32_t)};
    struct arena scratch;
    arena_init(&scratch);
    arena_init(&r.cells);
    r.versions = arena_array(arena, publication->session_count + 1, sizeof *r.versions);
    enum err err = r.versions ? ERR_OK : ERR_NO_MEMORY;
    if (!err)
        err = publication_marks(context->db, publication->project.id, exercise->key, publication->closed_ms,
                                &scratch, add_mark, &r);
    if (!err)
        err = keep(&r, out);
    free(r.places);
    free(r.people.items);
    free(r.marks.items);
    free(r.positions.items);
    free(r.groups.items);
    arena_fini(&r.cells);
    arena_fini(&scratch);
    return err;
}
