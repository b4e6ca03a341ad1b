// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mbtiles_info.h"
#include "base/json.h"
#include "coord.h"
#include "mbtiles_reader.h"
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char meta_sql[] = "SELECT value FROM metadata WHERE name = ?1";
static const char zooms_sql[] =
    // one by one: an index gives the one or the other at once, both in one question are a walk through it
    "SELECT (SELECT min(zoom_level) FROM tiles), (SELECT max(zoom_level) FROM tiles)";
static const char extent_sql[] =
    "SELECT min(tile_column), min(tile_row), max(tile_column), max(tile_row) FROM tiles "
    "WHERE zoom_level = ?1";
static const char sample_sql[] = "SELECT tile_data FROM tiles WHERE length(tile_data) > 0 LIMIT 1";

struct source {
    struct mbtiles_reader *reader;
    const char *path;
    struct arena *arena;
    struct fault *fault;
};

static enum err damaged(const struct source *source, int code) {
    enum err err = mbtiles_reader_err(source->reader, code);
    if (err == ERR_BUSY)
        return fault_set(source->fault, ERR_NOT_A_STORE, source->path,
                         "looking through its tiles takes too long: it has no index, or no bounds");
    if (err == ERR_NOT_A_STORE)
        fault_set(source->fault, err, source->path, "%s", sqlite3_errmsg(source->reader->db));
    return err;
}

/** A row of metadata, copied; `*out` NULL when there is none or it is empty. */
static enum err meta(const struct source *source, const char *name, const char **out) {
    sqlite3_stmt *stmt = NULL;
    *out = NULL;
    int code = sqlite3_prepare_v2(source->reader->db, meta_sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    enum err err = damaged(source, code);
    const char *text = code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (text != NULL && text[0] != '\0') {
        *out = arena_strdup(source->arena, text);
        if (*out == NULL)
            err = ERR_NO_MEMORY;
    }
    sqlite3_finalize(stmt);
    return err;
}

/** The whole numbers of a one-row statement; `*found` false when the first one is NULL. */
static enum err numbers(const struct source *source, const char *sql, int64_t parameter, int count,
                        int64_t *out, bool *found) {
    sqlite3_stmt *stmt = NULL;
    *found = false;
    int code = sqlite3_prepare_v2(source->reader->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(stmt) > 0)
        code = sqlite3_bind_int64(stmt, 1, parameter);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    enum err err = damaged(source, code);
    if (code == SQLITE_ROW && sqlite3_column_type(stmt, 0) == SQLITE_INTEGER) {
        *found = true;
        for (int i = 0; i < count; i++)
            out[i] = sqlite3_column_int64(stmt, i);
    }
    sqlite3_finalize(stmt);
    return err;
}

bool mbtiles_bounds_parse(const char *text, double out[4]) {
    double parts[4];
    for (int i = 0; i < 4; i++) {
        char *end;
        parts[i] = strtod(text, &end);
        while (*end == ' ')
            end++;
        if (end == text || *end != (i < 3 ? ',' : '\0') || !isfinite(parts[i]))
            return false;
        text = end + 1;
    }
    if (!archive_bounds_valid(parts))
        return false;
    memcpy(out, parts, sizeof parts);
    return true;
}

static bool zoom_parse(const char *text, unsigned *out) {
    char *end;
    if (text == NULL)
        return false;
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < 0 || value > TILE_ZOOM_MAX)
        return false;
    *out = (unsigned)value;
    return true;
}

static enum err read_format(const struct source *source, enum tile_format *out) {
    const char *named;
    sqlite3_stmt *stmt = NULL;
    enum err err = meta(source, "format", &named);
    if (err != ERR_OK)
        return err;
    if (named != NULL) {
        if (tile_format_parse(named, out))
            return ERR_OK;
        return fault_set(source->fault, ERR_NOT_A_STORE, source->path,
                         "its format \"%.40s\" is not png, jpg, webp or pbf", named);
    }
    int code = sqlite3_prepare_v2(source->reader->db, sample_sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    err = damaged(source, code);
    if (err == ERR_OK) {
        const void *bytes = code == SQLITE_ROW ? sqlite3_column_blob(stmt, 0) : NULL;
        size_t len = bytes == NULL ? 0 : (size_t)sqlite3_column_bytes(stmt, 0);
        if (bytes == NULL || !tile_format_guess(bytes, len, out))
            err = fault_set(source->fault, ERR_NOT_A_STORE, source->path,
                            "it does not say its format, and its tiles are of none we know");
    }
    sqlite3_finalize(stmt);
    return err;
}

static enum err read_zooms(const struct source *source, struct archive_info *info) {
    const char *min_text, *max_text;
    int64_t zooms[2];
    bool found;
    enum err err = meta(source, "minzoom", &min_text);
    if (err == ERR_OK)
        err = meta(source, "maxzoom", &max_text);
    if (err == ERR_OK)
        err = numbers(source, zooms_sql, 0, 2, zooms, &found);
    if (err != ERR_OK)
        return err;
    if (!found)
        return fault_set(source->fault, ERR_NOT_A_STORE, source->path, "it holds no tiles");
    if (zooms[0] < 0 || zooms[1] > TILE_ZOOM_MAX || zooms[0] > zooms[1])
        return fault_set(source->fault, ERR_NOT_A_STORE, source->path,
                         "it has tiles at zooms beyond 0 to %d", TILE_ZOOM_MAX);
    bool told = zoom_parse(min_text, &info->minzoom) && zoom_parse(max_text, &info->maxzoom) &&
                info->minzoom <= info->maxzoom;
    if (!told) {
        info->minzoom = (unsigned)zooms[0];
        info->maxzoom = (unsigned)zooms[1];
    }
    return ERR_OK;
}

/** What the tiles of the finest zoom that has any cover. */
static enum err read_bounds(const struct source *source, struct archive_info *info) {
    const char *text;
    int64_t zooms[2], extent[4];
    bool found;
    enum err err = meta(source, "bounds", &text);
    if (err != ERR_OK)
        return err;
    if (text != NULL && mbtiles_bounds_parse(text, info->bounds_deg))
        return ERR_OK;
    err = numbers(source, zooms_sql, 0, 2, zooms, &found);
    if (err == ERR_OK)
        err = numbers(source, extent_sql, zooms[1], 4, extent, &found);
    if (err != ERR_OK)
        return err;
    if (!found || !tile_valid(zooms[1], extent[0], extent[1]) ||
        !tile_valid(zooms[1], extent[2], extent[3]))
        return fault_set(source->fault, ERR_NOT_A_STORE, source->path,
                         "it has tiles outside the world");
    unsigned z = (unsigned)zooms[1];
    struct tile south_west = {z, (uint32_t)extent[0], tile_flip(z, (uint32_t)extent[1])};
    struct tile north_east = {z, (uint32_t)extent[2], tile_flip(z, (uint32_t)extent[3])};
    struct tile_box low = tile_bounds(south_west), high = tile_bounds(north_east);
    double *wsen = info->bounds_deg;
    tile_to_degrees(low.min_x_m, low.min_y_m, &wsen[0], &wsen[1]);
    tile_to_degrees(high.max_x_m, high.max_y_m, &wsen[2], &wsen[3]);
    return ERR_OK;
}

/** The layers named in the metadata's `json`; a row that cannot be read tells of none. */
static enum err read_layers(const struct source *source, const char **out) {
    const char *text;
    struct json_object *document = NULL;
    enum err err = meta(source, "json", &text);
    if (err != ERR_OK || text == NULL)
        return err;
    err = archive_json_parse(text, strlen(text), &document);
    if (err == ERR_OK)
        err = archive_vector_layers(document, source->arena, out);
    json_free(document);
    return err == ERR_BAD_JSON || err == ERR_TOO_LARGE ? ERR_OK : err;
}

enum err mbtiles_info_read(struct mbtiles_reader *reader, const char *path, struct arena *arena,
                           struct fault *fault, struct archive_info *out) {
    const struct source source = {reader, path, arena, fault};
    struct archive_info info = {0};
    const char *title;
    enum err err = meta(&source, "name", &title);
    if (err == ERR_OK)
        err = archive_title_choose(&info, title, path, arena);
    if (err == ERR_OK)
        err = meta(&source, "attribution", &info.attribution);
    if (err == ERR_OK)
        err = read_zooms(&source, &info);
    if (err == ERR_OK)
        err = read_format(&source, &info.format);
    if (err == ERR_OK)
        err = read_bounds(&source, &info);
    if (err == ERR_OK && info.format == TILE_PBF)
        err = read_layers(&source, &info.vector_layers);
    if (err != ERR_OK)
        return err;
    if (info.attribution == NULL)
        info.attribution = "";
    *out = info;
    return ERR_OK;
}
