// SPDX-License-Identifier: AGPL-3.0-or-later
// Random worlds for the cube: people, sessions, marks and a profile, all from a seed. And the cube once more,
// slowly and straight from its definition, to compare with.
#ifndef REPERE_TESTS_CUBE_WORLD_H
#define REPERE_TESTS_CUBE_WORLD_H
#include "publish/cube.h"

enum { WORLD_PEOPLE_MAX = 400, WORLD_MARKS_MAX = WORLD_PEOPLE_MAX * 24 };

struct cube_world {
    uint8_t key[SECRET_KEY_SIZE];
    struct cube_profile profile;
    const char *slice_ids[CUBE_SLICES_MAX];
    size_t slice_count, person_count, mark_count;
    struct cube_person people[WORLD_PEOPLE_MAX];
    struct cube_mark marks[WORLD_MARKS_MAX];
};

/** A number below `count`, the next one of the seed's. */
uint64_t world_random(uint64_t *seed, uint64_t count);
/** Some 20 to 300 people round places on both sides of the origin; any profile, each second time one of the
 *  two that there are. In the arena; NULL when memory is short. */
struct cube_world *world_make(uint64_t seed, struct arena *arena);
/** Adds somebody; her index. */
uint32_t world_add_person(struct cube_world *world, int64_t id, uint32_t session);
void world_add_mark(struct cube_world *world, uint32_t person, uint32_t slices, int32_t column,
                    int32_t row);
/** Takes somebody and her marks out; the last one gets her index. */
void world_remove_person(struct cube_world *world, uint32_t person);
/** The same people and marks in another order, some marks twice. */
void world_shuffle(struct cube_world *world, uint64_t seed);
struct cube_input world_input(const struct cube_world *world);
/** What an edition keeps of a cube's leaves: in the arena. Of a leaf that was kept, what it was kept from. */
struct cube_past *world_past(const struct cube_world *world, const struct cube *cube,
                             struct arena *arena);
/** Takes an id out of a past leaf, as a withdrawal does; whether it was there. */
bool past_forget(struct cube_past *past, int64_t id);

/** The cube by its definition: each square's people are looked up anew among all marks. */
enum err cube_make_slowly(const struct cube_input *input, struct arena *arena, struct cube *out);
#endif
