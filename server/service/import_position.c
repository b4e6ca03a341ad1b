// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/import_position.h"

#include "model/import_cell.h"

#include <string.h>

static const char target[] = "EPSG:4326";

static enum err find_column(const struct import_source *source, const char *name, const char *where,
                            struct fault *fault, size_t *out) {
    *out = import_source_column(source, name);
    if (*out < source->column_count)
        return ERR_OK;
    return fault_set(fault, ERR_BAD_FIELD, where, "the file has no column \"%s\"", name);
}

enum err import_position_init(struct import_position *position, struct crs *crs,
                              const struct import_mapping *mapping,
                              const struct import_source *source, struct fault *fault) {
    const char *from = mapping->crs ? mapping->crs : source->crs;
    enum err err = ERR_OK;
    *position = (struct import_position){.crs = crs,
                                         .decimal = mapping->decimal,
                                         .x = source->column_count,
                                         .y = source->column_count,
                                         .mapping = mapping};
    if (!mapping->x && !source->geojson)
        return fault_set(fault, ERR_BAD_FIELD, "x",
                         "is needed: which column is east or longitude?");
    if (mapping->x)
        err = find_column(source, mapping->x, "x", fault, &position->x);
    if (mapping->x && !err)
        err = find_column(source, mapping->y, "y", fault, &position->y);
    if (err)
        return err;
    if (*from && strcmp(from, target) != 0) {
        if (!import_crs_valid(from) || !crs_known(crs, from, NULL))
            return fault_set(fault, ERR_BAD_CRS, "crs", "no such coordinate reference system");
        position->from = from;
    }
    return ERR_OK;
}

static enum err read_number(const struct import_position *position,
                            const struct import_record *record, size_t column, const char *name,
                            struct fault *fault, double *out) {
    if (import_number(record->cells[column], record->lengths[column], position->decimal, out))
        return ERR_OK;
    return fault_set(fault, ERR_BAD_FIELD, name, "%s",
                     record->lengths[column] ? "is not a number" : "is empty");
}

static enum err read_point(const struct import_position *position,
                           const struct import_record *record, struct arena *arena,
                           struct fault *fault, struct geometry *out) {
    double xy[2];
    enum err err = read_number(position, record, position->x, position->mapping->x, fault, &xy[0]);
    if (!err)
        err = read_number(position, record, position->y, position->mapping->y, fault, &xy[1]);
    if (err)
        return err;
    const struct geometry point = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = xy};
    return geometry_copy(&point, arena, out);
}

enum err import_position_read(const struct import_position *position,
                              const struct import_record *record, struct arena *arena,
                              struct fault *fault, struct geometry *out) {
    struct geometry geometry;
    enum err err;
    if (position->mapping->x)
        err = read_point(position, record, arena, fault, &geometry);
    else if (record->geometry)
        err = geometry_copy(record->geometry, arena, &geometry);
    else
        err = fault_set(fault, ERR_BAD_GEOMETRY, "geometry", "is missing");
    if (!err && position->from)
        err = crs_transform(position->crs, position->from, target, geometry.coords,
                            geometry.vertex_count, fault);
    if (!err)
        *out = geometry;
    return err;
}
