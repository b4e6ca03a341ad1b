// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/geos.h"
#include <geos_c.h>
#include <stdlib.h>
#include <string.h>

/* Takes part `part` of the geometry, whose first vertex is `*vertex`; NULL when memory is short. */
static GEOSGeometry *ring_of(GEOSContextHandle_t geos, const struct geometry *geometry, size_t part,
                             size_t *vertex) {
    unsigned count = geometry->part_vertices[part];
    GEOSCoordSequence *sequence =
        GEOSCoordSeq_copyFromBuffer_r(geos, geometry->coords + 2 * *vertex, count, 0, 0);
    *vertex += count;
    return sequence ? GEOSGeom_createLinearRing_r(geos, sequence) : NULL;
}

static GEOSGeometry *polygon_of(GEOSContextHandle_t geos, const struct geometry *geometry,
                                size_t *part, size_t ring_count, size_t *vertex) {
    GEOSGeometry *polygon = NULL;
    GEOSGeometry **rings = calloc(ring_count, sizeof(GEOSGeometry *));
    if (!rings)
        return NULL;
    size_t made = 0;
    while (made < ring_count && (rings[made] = ring_of(geos, geometry, *part, vertex))) {
        made++;
        (*part)++;
    }
    if (made == ring_count)
        polygon = GEOSGeom_createPolygon_r(geos, rings[0], rings + 1, (unsigned)ring_count - 1);
    else
        while (made)
            GEOSGeom_destroy_r(geos, rings[--made]);
    free(rings);
    return polygon;
}

/* The polygons as one GEOS geometry. */
static GEOSGeometry *convert(GEOSContextHandle_t geos, const struct geometry *geometry) {
    GEOSGeometry *all = NULL;
    GEOSGeometry **polygons = calloc(geometry->polygon_count, sizeof(GEOSGeometry *));
    if (!polygons)
        return NULL;
    size_t made = 0, part = 0, vertex = 0;
    while (made < geometry->polygon_count &&
           (polygons[made] =
                polygon_of(geos, geometry, &part, geometry->polygon_rings[made], &vertex)))
        made++;
    if (made == geometry->polygon_count)
        all = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygons, (unsigned)made);
    else
        while (made)
            GEOSGeom_destroy_r(geos, polygons[--made]);
    free(polygons);
    return all;
}

enum err geos_check(const struct geometry *geometry, struct fault *fault) {
    if (geometry->type != GEOMETRY_POLYGON && geometry->type != GEOMETRY_MULTI_POLYGON)
        return ERR_OK; // a line may cross itself: people walk that way
    GEOSContextHandle_t geos = GEOS_init_r();
    if (!geos)
        return ERR_NO_MEMORY;
    enum err err = ERR_NO_MEMORY;
    char *reason = NULL;
    GEOSGeometry *converted = convert(geos, geometry);
    if (!converted)
        goto done;
    char valid = GEOSisValid_r(geos, converted);
    if (valid == 1) {
        err = ERR_OK;
        goto done;
    }
    reason = GEOSisValidReason_r(geos, converted);
    if (!reason)
        goto done;
    // "Self-intersection[4.35 50.84]": the place stays here
    err = fault_set(fault, ERR_BAD_GEOMETRY, "geometry", "%.*s", (int)strcspn(reason, "["), reason);
done:
    GEOSFree_r(geos, reason);
    GEOSGeom_destroy_r(geos, converted);
    GEOS_finish_r(geos);
    return err;
}
