// SPDX-License-Identifier: AGPL-3.0-or-later
// A feature's geometry as one zoom shows it: simplified, and nothing when it is too small to be
// seen.
#ifndef REPERE_SERVICE_BASEMAP_REDUCE_H
#define REPERE_SERVICE_BASEMAP_REDUCE_H
#include "mvt.h"
#include "service/basemap_source.h"

struct basemap_reduced {
    double *xy_m; // Web Mercator
    uint32_t *part_vertices;
    uint32_t *polygon_rings;
    size_t part_count, polygon_count; // part_count 0: not shown
};

enum mvt_type basemap_type(const struct geometry *geometry);
/**
 * @param finest the last zoom of the archive, which pages magnify: nothing is left out
 * @param arena  holds the result
 * Errors: NO_MEMORY.
 */
enum err basemap_reduce(const struct basemap_feature *feature, unsigned z, bool finest,
                        struct arena *arena, struct basemap_reduced *out);
#endif
