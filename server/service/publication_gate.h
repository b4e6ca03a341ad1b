// SPDX-License-Identifier: AGPL-3.0-or-later
// The last gate: what an edition must be, checked again on what is about to be published, by other means than
// it was made with. Each check gives NULL, or the name of the rule that does not hold: for a log line, which
// tells neither where nor whose.
#ifndef REPERE_SERVICE_PUBLICATION_GATE_H
#define REPERE_SERVICE_PUBLICATION_GATE_H
#include "publish/cube.h"
#include "publish/edition.h"

/**
 * An exercise's cube against what it was made from.
 *   "floor"  I1: a value stands for fewer than k people, or for fewer than k + D with its noise
 *   "value"  I3: a value is not what the function gives for its people
 *   "kept"   I7: a value that is not the earlier edition's, of the same ground, though fewer than k people
 *            came or went; or one that is said to be and is not
 */
const char *publication_gate_cube(const struct cube_input *input, const struct cube *cube);
/**
 * An edition as planners will see it.
 *   "disjoint"  I2: two leaves of a slice share ground
 *   "grid"      a leaf's outline has a corner that is none of its grid's
 *   "rounded"   a value is no multiple of 5, or none
 *   "memory"    it could not be looked at
 */
const char *publication_gate_edition(const struct edition *edition);
/** "file": what was read back is not what was written. */
const char *publication_gate_same(const struct edition *written, const struct edition *read);
/**
 * I5: looks through a file's bytes for positions: their 8-byte doubles, in either byte order, and their
 * decimal texts. What the edition itself gives away (findings, assets, overlays, the project's box) is no hit.
 * A longitude or latitude of four decimals or fewer says little and may stand there by chance: it counts
 * only beside the other one of its pair.
 *   "positions", "memory"
 * @param positions `count` pairs of longitude and latitude
 */
const char *publication_gate_bytes(const void *bytes, size_t len, const double *positions, size_t count,
                                   const struct edition *edition);
#endif
