// SPDX-License-Identifier: AGPL-3.0-or-later
// The same edition gives the same bytes: one transaction on an empty file, page size and encoding
// told, no clock, rows in the edition's order, no page ever freed, unused bytes zeroed
// (secure_delete). What is left in SQLite's header is the library's own version number. Without a
// journal a failed write is not rolled back: the file is removed.
#include "publish/gpkg.h"
#include "geo/crs.h"
#include "publish/gpkg_blob.h"
#include "publish/gpkg_method.h"
#include "publish/gpkg_style.h"
#include "publish/gpkg_writer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char begin_sql[] =
    "PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=NONE; PRAGMA "
    "journal_mode=OFF;"
    "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA "
    "foreign_keys=OFF;"
    "BEGIN; PRAGMA application_id=1196444487; PRAGMA user_version=10300";
_Static_assert(GPKG_APPLICATION_ID == 1196444487 && GPKG_VERSION == 10300 &&
                   GPKG_PAGE_BYTES == 4096,
               "begin_sql says what gpkg_schema.h says");

static enum err error_of(struct gpkg_writer *writer, int code) {
    int cause = 0;
    switch (code & 0xff) {
    case SQLITE_OK:
        return ERR_OK;
    case SQLITE_NOMEM:
        return ERR_NO_MEMORY;
    case SQLITE_FULL:
        return ERR_DISK_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ERR_READ_ONLY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        sqlite3_file_control(writer->db, "main", SQLITE_FCNTL_LAST_ERRNO, &cause);
        return err_of_errno(cause);
    default:
        return ERR_INTERNAL;
    }
}

/* One insert into a fixed table, to be closed by close_fixed. */
static void open_fixed(struct gpkg_writer *writer, enum gpkg_fixed table, struct gpkg_insert *out) {
    buf_clear(&writer->sql);
    gpkg_insert_fixed(table, &writer->sql);
    gpkg_insert_open(writer->db, &writer->sql, out);
}

static int make_tables(struct gpkg_writer *writer) {
    int code = SQLITE_OK;
    for (size_t i = 0; i < GPKG_FIXED_COUNT && code == SQLITE_OK; i++)
        code = sqlite3_exec(writer->db, gpkg_fixed_tables[i].create, NULL, NULL, NULL);
    for (size_t i = 0; i < writer->layer_count && code == SQLITE_OK; i++) {
        const struct gpkg_layer *layer = &writer->layers[i];
        buf_clear(&writer->sql);
        gpkg_create_features(layer->content, layer->table, layer->type, &writer->sql);
        code = writer->sql.failed ? SQLITE_NOMEM
                                  : sqlite3_exec(writer->db, writer->sql.data, NULL, NULL, NULL);
    }
    return code;
}

static void put_srs(struct gpkg_insert *insert, const char *name, int id, const char *organization,
                    const char *definition) {
    gpkg_put_text(insert, name);
    gpkg_put_i64(insert, id);
    gpkg_put_text(insert, organization);
    gpkg_put_i64(insert, id);
    gpkg_put_text(insert, definition);
    gpkg_put_null(insert);
    gpkg_put_row(insert);
}

/* The first two are asked for by the standard, whether used or not. */
static enum err write_srs(struct gpkg_writer *writer, struct crs *crs, struct fault *fault) {
    struct gpkg_insert insert;
    const char *degrees, *grid;
    const int epsg = writer->edition->epsg;
    enum err err = crs_wkt(crs, "EPSG:4326", &writer->arena, &degrees);
    if (!err)
        err = crs_wkt(crs, equal_area_name(epsg), &writer->arena, &grid);
    if (err)
        return fault_set(fault, err, "crs", "the grid's definition cannot be had");
    open_fixed(writer, GPKG_SPATIAL_REF_SYS, &insert);
    put_srs(&insert, "Undefined Cartesian", -1, "NONE", "undefined");
    put_srs(&insert, "Undefined geographic", 0, "NONE", "undefined");
    put_srs(&insert,
            epsg == 3035 ? "ETRS89-extended / LAEA Europe" : "WGS 84 / NSIDC EASE-Grid 2.0 Global",
            epsg, "EPSG", grid);
    put_srs(&insert, "WGS 84", GPKG_SRS_DEGREES, "EPSG", degrees);
    return error_of(writer, gpkg_insert_close(&insert));
}

static int srs_of(const struct gpkg_writer *writer, const struct gpkg_layer *layer) {
    return layer->content == GPKG_LEAVES ? writer->edition->epsg : GPKG_SRS_DEGREES;
}

static void put_content(struct gpkg_insert *insert, const char *table, const char *type,
                        const char *description, const char *changed,
                        const struct gpkg_layer *layer, int srs_id) {
    gpkg_put_text(insert, table);
    gpkg_put_text(insert, type);
    gpkg_put_text(insert, table);
    gpkg_put_text(insert, description);
    gpkg_put_text(insert, changed);
    for (size_t i = 0; i < 4; i++) {
        if (layer && layer->extent[0] <= layer->extent[2])
            gpkg_put_f64(insert, layer->extent[i]);
        else
            gpkg_put_null(insert);
    }
    if (layer)
        gpkg_put_i64(insert, srs_id);
    else
        gpkg_put_null(insert);
    gpkg_put_row(insert);
}

static int write_contents(struct gpkg_writer *writer, const char *changed) {
    struct gpkg_insert insert;
    open_fixed(writer, GPKG_CONTENTS, &insert);
    for (size_t i = 0; i < writer->layer_count; i++) {
        const struct gpkg_layer *layer = &writer->layers[i];
        put_content(&insert, layer->table, "features", layer->description, changed, layer,
                    srs_of(writer, layer));
    }
    for (size_t i = 0; i < GPKG_FIXED_COUNT; i++) {
        const struct gpkg_table *table = &gpkg_fixed_tables[i];
        if (table->description)
            put_content(&insert, table->name, "attributes", table->description, changed, NULL, 0);
    }
    return gpkg_insert_close(&insert);
}

static int write_geometry_columns(struct gpkg_writer *writer) {
    struct gpkg_insert insert;
    open_fixed(writer, GPKG_GEOMETRY_COLUMNS, &insert);
    for (size_t i = 0; i < writer->layer_count; i++) {
        const struct gpkg_layer *layer = &writer->layers[i];
        gpkg_put_text(&insert, layer->table);
        gpkg_put_text(&insert, "geom");
        gpkg_put_text(&insert, gpkg_type_name(layer->type));
        gpkg_put_i64(&insert, srs_of(writer, layer));
        gpkg_put_i64(&insert, 0);
        gpkg_put_i64(&insert, 0);
        gpkg_put_row(&insert);
    }
    return gpkg_insert_close(&insert);
}

static int write_exercises(struct gpkg_writer *writer) {
    struct gpkg_insert insert;
    open_fixed(writer, GPKG_EXERCISES, &insert);
    for (size_t i = 0; i < writer->edition->exercise_count; i++) {
        const struct edition_exercise *exercise = &writer->edition->exercises[i];
        gpkg_put_i64(&insert, (int64_t)i + 1);
        gpkg_put_text(&insert, exercise->key);
        gpkg_put_text(&insert, exercise->title);
        gpkg_put_text(&insert, exercise->profile);
        gpkg_put_i64(&insert, exercise->floor);
        gpkg_put_i64(&insert, exercise->noise_max);
        gpkg_put_f64(&insert, exercise->noise_variance);
        gpkg_put_i64(&insert, exercise->base_m);
        gpkg_put_i64(&insert, exercise->sessions);
        gpkg_put_i64(&insert, exercise->attendances);
        gpkg_put_text(&insert, exercise->first_month);
        gpkg_put_text(&insert, exercise->last_month);
        gpkg_put_i64(&insert, exercise->since);
        gpkg_put_row(&insert);
    }
    return gpkg_insert_close(&insert);
}

/* Layers begin with the slices, in their order. */
static int write_slices(struct gpkg_writer *writer) {
    struct gpkg_insert insert;
    open_fixed(writer, GPKG_SLICES, &insert);
    for (size_t i = 0; i < writer->edition->slice_count; i++) {
        const struct edition_slice *slice = &writer->edition->slices[i];
        gpkg_put_i64(&insert, (int64_t)i + 1);
        gpkg_put_text(&insert, slice->id);
        gpkg_put_text(&insert, writer->layers[i].table);
        gpkg_put_text(&insert, writer->edition->exercises[slice->exercise].key);
        gpkg_put_text(&insert, slice_kind_name(slice->kind));
        gpkg_put_text(&insert, slice->title);
        gpkg_put_text(&insert, slice->colour);
        gpkg_put_text(&insert, slice->icon);
        gpkg_put_i64(&insert, (int64_t)slice->leaf_count);
        gpkg_put_row(&insert);
    }
    return gpkg_insert_close(&insert);
}

static int write_overlays(struct gpkg_writer *writer) {
    struct gpkg_insert insert;
    open_fixed(writer, GPKG_OVERLAYS, &insert);
    for (size_t i = 0; i < writer->edition->overlay_count; i++) {
        const struct edition_overlay *overlay = &writer->edition->overlays[i];
        gpkg_put_i64(&insert, (int64_t)i + 1);
        gpkg_put_i64(&insert, overlay->id);
        gpkg_put_text(&insert, overlay->title);
        gpkg_put_text(&insert, overlay->kind);
        gpkg_put_text(&insert, overlay->colour);
        gpkg_put_text(&insert, overlay->attribution);
        gpkg_put_i64(&insert, (int64_t)overlay->feature_count);
        gpkg_put_row(&insert);
    }
    return gpkg_insert_close(&insert);
}

static int write_styles(struct gpkg_writer *writer, const char *changed) {
    struct gpkg_insert insert;
    open_fixed(writer, GPKG_STYLES, &insert);
    for (size_t i = 0; i < writer->layer_count && insert.code == SQLITE_OK; i++) {
        const struct gpkg_layer *layer = &writer->layers[i];
        buf_clear(&writer->bytes);
        gpkg_style(writer->edition, layer, &writer->arena, &writer->bytes);
        buf_char(&writer->bytes, '\0');
        if (writer->bytes.failed) {
            insert.code = SQLITE_NOMEM;
            break;
        }
        gpkg_put_i64(&insert, (int64_t)i + 1);
        gpkg_put_text(&insert, "");
        gpkg_put_text(&insert, "");
        gpkg_put_text(&insert, layer->table);
        gpkg_put_text(&insert, "geom");
        gpkg_put_text(&insert, layer->table);
        gpkg_put_text(&insert, writer->bytes.data);
        gpkg_put_text(&insert, "");
        gpkg_put_i64(&insert, 1);
        gpkg_put_text(&insert, layer->description);
        gpkg_put_text(&insert, "");
        gpkg_put_null(&insert);
        gpkg_put_text(&insert, changed);
        gpkg_put_row(&insert);
    }
    return gpkg_insert_close(&insert);
}

static int write_rows(struct gpkg_writer *writer) {
    struct gpkg_insert insert;
    const char *changed =
        arena_printf(&writer->arena, "%sT00:00:00.000Z", writer->edition->published_on);
    int code = changed ? SQLITE_OK : SQLITE_NOMEM;
    for (size_t i = 0; i < writer->layer_count && code == SQLITE_OK; i++)
        code = gpkg_write_layer(writer, &writer->layers[i]);
    if (code == SQLITE_OK)
        code = write_contents(writer, changed);
    if (code == SQLITE_OK)
        code = write_geometry_columns(writer);
    if (code == SQLITE_OK) {
        open_fixed(writer, GPKG_METADATA, &insert);
        gpkg_put_metadata(writer->edition, &writer->arena, &insert);
        code = gpkg_insert_close(&insert);
    }
    if (code == SQLITE_OK)
        code = write_exercises(writer);
    if (code == SQLITE_OK)
        code = write_slices(writer);
    if (code == SQLITE_OK)
        code = write_overlays(writer);
    return code == SQLITE_OK ? write_styles(writer, changed) : code;
}

static enum err write_all(struct gpkg_writer *writer, struct crs *crs, const char *path,
                          struct fault *fault) {
    int code =
        sqlite3_open_v2(path, &writer->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(writer->db, begin_sql, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = make_tables(writer);
    enum err err = error_of(writer, code);
    if (!err)
        err = write_srs(writer, crs, fault);
    if (!err)
        err = error_of(writer, write_rows(writer));
    if (!err)
        err = error_of(writer,
                       sqlite3_exec(writer->db, "COMMIT", NULL, NULL, NULL)); // syncs the file
    return err;
}

/* So that the file's name is on the disk too. */
static enum err sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    if (!folder)
        return ERR_NO_MEMORY;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum err err = fd < 0 || fsync(fd) != 0 ? err_of_errno(errno) : ERR_OK;
    if (fd >= 0)
        close(fd);
    free(folder);
    return err;
}

static enum err create(const char *path, const char *name, struct fault *fault) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd >= 0) {
        close(fd);
        return ERR_OK;
    }
    if (errno == EEXIST)
        return fault_set(fault, ERR_CONFLICT, name, "the file exists already");
    return fault_set(fault, err_of_errno(errno), name, "the file cannot be made");
}

enum err gpkg_write(const struct edition *edition, struct crs *crs, const char *path,
                    struct fault *fault) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct gpkg_writer writer = {.edition = edition};
    struct fault unread;
    fault = fault ? fault : &unread;
    *fault = (struct fault){0};
    enum err err = create(path, name, fault);
    if (err)
        return err;
    arena_init(&writer.arena);
    arena_init(&writer.scratch);
    buf_init(&writer.sql);
    buf_init(&writer.bytes);
    err = gpkg_layers(edition, &writer.arena, fault, &writer.layers, &writer.layer_count);
    if (!err)
        err = write_all(&writer, crs, path, fault);
    if (sqlite3_close(writer.db) != SQLITE_OK && !err)
        err = ERR_INTERNAL;
    if (!err)
        err = sync_folder(path);
    if (err) {
        unlink(path);
        if (!fault->why[0])
            fault_set(fault, err, name, "the file cannot be written");
    }
    buf_fini(&writer.sql);
    buf_fini(&writer.bytes);
    arena_fini(&writer.arena);
    arena_fini(&writer.scratch);
    return err;
}
