// SPDX-License-Identifier: AGPL-3.0-or-later
// GeoJSON text -> geometries -> checked, snapped, labelled and written again: what an upload and a
// contribution go through.
#include "geo/geojson_read.h"
#include "geo/geojson_write.h"
#include "geo/grid.h"
#include <stdbool.h>
#include <stdlib.h>

enum { VERTICES_MAX = 200 }; // small, to keep the runs fast

static void require(bool condition) {
    if (!condition)
        abort();
}

/* A valid geometry keeps its own counts through snapping and can be written and read again. */
static void use(struct geometry *geometry, struct arena *arena) {
    struct buf out;
    struct jsonw w;
    struct json_object *doc;
    struct geometry again;
    double label[2];
    geometry_label_point(geometry, label);
    grid_snap_geometry(250, geometry);
    buf_init(&out);
    jsonw_init(&w, &out);
    geojson_write_geometry(&w, geometry);
    require(json_parse(out.data, out.len, NULL, &doc) == ERR_OK);
    require(geojson_read_geometry(doc, arena, NULL, &again) == ERR_OK);
    require(again.type == geometry->type && again.vertex_count == geometry->vertex_count);
    json_free(doc);
    buf_fini(&out);
}

static enum err take_feature(void *context, const struct geojson_feature *feature,
                             struct fault *fault) {
    struct arena *arena = context;
    struct geometry geometry;
    if (!feature->geometry.type)
        return ERR_OK;
    if (geometry_copy(&feature->geometry, arena, &geometry) == ERR_OK &&
        geometry_check(&geometry, VERTICES_MAX, fault) == ERR_OK)
        use(&geometry, arena);
    return ERR_OK;
}

static void take_bad(void *context, size_t index, const struct fault *fault) {
    (void)context;
    (void)index;
    require(fault->why[0] != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    struct fault fault = {0};
    char crs_name[64];
    arena_init(&arena);
    enum err err = geojson_read_text((const char *)data, size, &arena, take_feature, take_bad,
                                     &arena, crs_name, &fault);
    require(!err || fault.why[0]);
    arena_fini(&arena);
    return 0;
}
