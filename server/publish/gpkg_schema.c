// SPDX-License-Identifier: AGPL-3.0-or-later
// gpkg_* as OGC 12-128r17 defines them, layer_styles as QGIS looks for it. No AUTOINCREMENT: it
// would keep a table of its own. repere_metadata never changes its shape: it says the format.
#include "publish/gpkg_schema.h"
#include "publish/gpkg_blob.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const struct gpkg_table gpkg_fixed_tables[GPKG_FIXED_COUNT] = {
    [GPKG_SPATIAL_REF_SYS] =
        {"gpkg_spatial_ref_sys",
         "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, "
         "srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, "
         "organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, "
         "description TEXT)",
         NULL},
    [GPKG_CONTENTS] =
        {"gpkg_contents",
         "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, "
         "data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', "
         "last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
         "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
         "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
         NULL},
    [GPKG_GEOMETRY_COLUMNS] =
        {"gpkg_geometry_columns",
         "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, "
         "column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, "
         "srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, "
         "CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), "
         "CONSTRAINT uk_gc_table_name UNIQUE (table_name), "
         "CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), "
         "CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))",
         NULL},
    [GPKG_METADATA] =
        {"repere_metadata",
         "CREATE TABLE repere_metadata (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, "
         "value TEXT NOT NULL)",
         "What this edition is, how its figures were protected, how they may be used"},
    [GPKG_EXERCISES] =
        {"repere_exercises",
         "CREATE TABLE repere_exercises (id INTEGER PRIMARY KEY NOT NULL, exercise TEXT NOT NULL, "
         "title TEXT NOT NULL, profile TEXT NOT NULL, floor INTEGER NOT NULL, "
         "noise_max INTEGER NOT NULL, noise_variance DOUBLE NOT NULL, base_m INTEGER NOT NULL, "
         "sessions INTEGER NOT NULL, attendances INTEGER NOT NULL, first_month TEXT NOT NULL, "
         "last_month TEXT NOT NULL, since INTEGER NOT NULL)",
         "What people were asked, with the parameters of protection"},
    [GPKG_SLICES] =
        {"repere_slices",
         "CREATE TABLE repere_slices (id INTEGER PRIMARY KEY NOT NULL, slice TEXT NOT NULL, "
         "table_name TEXT NOT NULL, exercise TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT "
         "NULL, "
         "colour TEXT NOT NULL, icon TEXT NOT NULL, leaves INTEGER NOT NULL)",
         "The layers of figures"},
    [GPKG_OVERLAYS] =
        {"repere_overlays",
         "CREATE TABLE repere_overlays (id INTEGER PRIMARY KEY NOT NULL, overlay INTEGER NOT NULL, "
         "title TEXT NOT NULL, kind TEXT NOT NULL, colour TEXT NOT NULL, "
         "attribution TEXT NOT NULL, features INTEGER NOT NULL)",
         "Reference layers, with where they come from"},
    [GPKG_STYLES] =
        {"layer_styles",
         "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY NOT NULL, f_table_catalog TEXT(256), "
         "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), "
         "styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description "
         "TEXT, "
         "owner TEXT(30), ui TEXT(30), update_time DATETIME)",
         "Styles for QGIS"},
};

static const struct {
    const char *columns; // behind fid and geom
    unsigned count;
} contents[GPKG_CONTENT_COUNT] = {
    [GPKG_LEAVES] = {"code TEXT NOT NULL, side_m INTEGER NOT NULL, whole BOOLEAN NOT NULL, "
                     "area_km2 DOUBLE NOT NULL, value INTEGER NOT NULL, share TEXT, "
                     "top_column INTEGER NOT NULL, top_row INTEGER NOT NULL, cells BLOB NOT NULL",
                     9},
    [GPKG_FINDINGS] = {"finding INTEGER NOT NULL, exercise TEXT NOT NULL, statement TEXT NOT NULL, "
                       "recommendation TEXT NOT NULL, who TEXT NOT NULL, urgency TEXT NOT NULL, "
                       "language TEXT NOT NULL, month TEXT NOT NULL",
                       8},
    [GPKG_ASSETS] =
        {"asset INTEGER NOT NULL, exercise TEXT NOT NULL, title TEXT NOT NULL, "
         "category TEXT NOT NULL, label TEXT NOT NULL, colour TEXT NOT NULL, icon TEXT NOT NULL, "
         "shape TEXT NOT NULL, details TEXT NOT NULL, precision_m INTEGER NOT NULL",
         10},
    [GPKG_OVERLAY] = {"label TEXT NOT NULL", 1},
};
static const unsigned fixed_columns[GPKG_FIXED_COUNT] = {
    [GPKG_SPATIAL_REF_SYS] = 6, [GPKG_CONTENTS] = 10,  [GPKG_GEOMETRY_COLUMNS] = 6,
    [GPKG_METADATA] = 3,        [GPKG_EXERCISES] = 13, [GPKG_SLICES] = 9,
    [GPKG_OVERLAYS] = 7,        [GPKG_STYLES] = 13,
};

void gpkg_create_features(enum gpkg_content content, const char *table, enum geometry_type type,
                          struct buf *out) {
    buf_printf(out, "CREATE TABLE \"%s\" (fid INTEGER PRIMARY KEY NOT NULL, geom %s NOT NULL, %s)",
               table, gpkg_type_name(type), contents[content].columns);
    buf_char(out, '\0');
}

static void put_insert(const char *table, unsigned columns, struct buf *out) {
    buf_printf(out, "INSERT INTO \"%s\" VALUES (", table);
    for (unsigned i = 0; i < columns; i++)
        buf_str(out, i ? ",?" : "?");
    buf_char(out, ')');
    buf_char(out, '\0');
}

void gpkg_insert_fixed(enum gpkg_fixed table, struct buf *out) {
    put_insert(gpkg_fixed_tables[table].name, fixed_columns[table], out);
}

void gpkg_insert_features(enum gpkg_content content, const char *table, struct buf *out) {
    put_insert(table, contents[content].count + 2, out);
}

void gpkg_select(const char *table, struct buf *out) {
    buf_printf(out, "SELECT * FROM \"%s\" ORDER BY 1", table);
    buf_char(out, '\0');
}

/* Names that a standard, another table of ours or SQLite itself may claim. */
static bool taken_by_others(const char *name) {
    static const char *const starts[] = {"gpkg_",  "rtree_",    "sqlite_", "repere_", "layer_",
                                         "slice_", "findings_", "assets_", "overlay_"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(name, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static bool among(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static const char *slice_table(const char *id, const char *const *before, size_t count,
                               struct arena *arena) {
    char *plain = arena_strdup(arena, id);
    if (!plain)
        return NULL;
    for (char *at = plain; *at; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a'); // names are the same to SQLite in both cases
        else if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
            *at = '_';
    }
    const char *first = taken_by_others(plain) ? arena_printf(arena, "slice_%s", plain) : plain;
    const char *name = first;
    for (unsigned i = 2; name && among(name, before, count); i++)
        name = arena_printf(arena, "%s_%u", first, i);
    return name;
}

const char *const *gpkg_slice_tables(const struct edition_slice *slices, size_t count,
                                     struct arena *arena) {
    const char **names = arena_array(arena, count, sizeof *names);
    for (size_t i = 0; names && i < count; i++) {
        names[i] = slice_table(slices[i].id, names, i, arena);
        if (!names[i])
            return NULL;
    }
    return names;
}

const char *gpkg_feature_table(enum gpkg_content content, const struct edition_overlay *overlay,
                               enum geometry_type type, struct arena *arena) {
    static const char *const shapes[] = {"", "points", "lines", "areas"};
    if (content != GPKG_OVERLAY)
        return arena_printf(arena, "%s_%s", content == GPKG_FINDINGS ? "findings" : "assets",
                            shapes[type]);
    if (strcmp(overlay->kind, "mixed") == 0)
        return arena_printf(arena, "overlay_%" PRId64 "_%s", overlay->id, shapes[type]);
    return arena_printf(arena, "overlay_%" PRId64, overlay->id);
}
