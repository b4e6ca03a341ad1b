// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in repere_metadata: first the rows that reading needs, then words for people.
#ifndef REPERE_PUBLISH_GPKG_METHOD_H
#define REPERE_PUBLISH_GPKG_METHOD_H
#include "publish/gpkg_insert.h"
#include "publish/gpkg_layers.h"

/** Rows that reading needs, in the order in which they are written. */
enum gpkg_fact {
    FACT_FORMAT, // first in every format, past and to come
    FACT_PROJECT,
    FACT_EDITION,
    FACT_REVISION,
    FACT_TITLE,
    FACT_PUBLISHED_ON,
    FACT_TAKEN_DOWN,
    FACT_BASE_MAP,
    FACT_BBOX, // west, south, east, north; degrees, shortest digits that read back the same
    FACT_EPSG,
    FACT_EXERCISES, // how many, of these and the following
    FACT_SLICES,
    FACT_FINDINGS,
    FACT_ASSETS,
    FACT_OVERLAYS,
    FACT_COUNT
};
/** "format", "published_on". */
const char *gpkg_fact_name(enum gpkg_fact fact);
/** Puts all rows. The texts made on the way go to the arena. */
void gpkg_put_metadata(const struct edition *edition, struct arena *arena,
                       struct gpkg_insert *insert);
#endif
