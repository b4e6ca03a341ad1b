// SPDX-License-Identifier: AGPL-3.0-or-later
// Validity by GEOS. Its only user. Re-entrant: a GEOS handle a call.
#ifndef REPERE_GEO_GEOS_H
#define REPERE_GEO_GEOS_H
#include "geo/geometry.h"
/** Errors: BAD_GEOMETRY (fault.why: GEOS's reason without coordinates), NO_MEMORY. */
enum err geos_check(const struct geometry *geometry, struct fault *fault);
#endif
