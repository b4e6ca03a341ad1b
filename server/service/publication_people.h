// SPDX-License-Identifier: AGPL-3.0-or-later
// Who marked which cell of an exercise: what the cube is made of. Everything here is private, and goes
// when the job ends.
#ifndef REPERE_SERVICE_PUBLICATION_PEOPLE_H
#define REPERE_SERVICE_PUBLICATION_PEOPLE_H
#include "service/publication.h"
#include "service/publication_slices.h"

enum { PEOPLE_CELLS_MAX = 65536 }; // of one contribution; a wider one is left out

struct publication_people {
    int epsg; // of the cells
    struct cube_person *people;
    size_t person_count;
    struct cube_mark *marks;
    size_t mark_count;
    double *positions; // longitude, latitude: every vertex that counts
    size_t position_count;
    uint32_t contributions, too_wide;
};
/**
 * @param slices of the exercise
 * @param tell   of each thousand contributions; may be NULL. What it returns, when not OK, ends the reading
 * @param out    in the arena
 */
typedef enum err people_tell_fn(void *context, uint64_t contributions);
enum err publication_people_read(struct context *context, const struct publication *publication,
                                 const struct publication_exercise *exercise,
                                 const struct publication_slices *slices, people_tell_fn *tell,
                                 void *tell_context, struct arena *arena, struct publication_people *out);
#endif
