// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mbtiles_write.h"
#include "base/zip.h"
#include "mbtiles_err.h"
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* application_id: "MPBX", which `file` and GDAL know MBTiles by. */
static const char begin_sql[] =
    "PRAGMA journal_mode=OFF; PRAGMA application_id=1297105496;"
    "BEGIN;"
    "CREATE TABLE metadata (name TEXT NOT NULL, value TEXT);"
    "CREATE UNIQUE INDEX metadata_index ON metadata (name);"
    "CREATE TABLE tiles (zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL,"
    " tile_row INTEGER NOT NULL, tile_data BLOB NOT NULL);"
    "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);";
static const char meta_sql[] = "INSERT INTO metadata (name, value) VALUES (?1, ?2)";
static const char tile_sql[] = "INSERT INTO tiles (zoom_level, tile_column, tile_row, tile_data) "
                               "VALUES (?1, ?2, ?3, ?4)";

struct mbtiles_writer {
    sqlite3 *db;
    sqlite3_stmt *meta, *tile;
    struct buf zipped;
    char *path, *part_path; // under the second name until it is complete
};

static void writer_free(struct mbtiles_writer *writer) {
    sqlite3_finalize(writer->meta);
    sqlite3_finalize(writer->tile);
    sqlite3_close(writer->db);
    buf_fini(&writer->zipped);
    free(writer->path);
    free(writer->part_path);
    free(writer);
}

void mbtiles_writer_abandon(struct mbtiles_writer *writer) {
    if (writer == NULL)
        return;
    if (writer->part_path != NULL)
        unlink(writer->part_path);
    writer_free(writer);
}

static enum err step_once(sqlite3_stmt *stmt) {
    enum err err = mbtiles_err(sqlite3_step(stmt));
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return err;
}

static enum err writer_begin(struct mbtiles_writer *writer, enum tile_format format) {
    int code =
        sqlite3_open_v2(writer->part_path, &writer->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(writer->db, begin_sql, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(writer->db, meta_sql, -1, &writer->meta, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(writer->db, tile_sql, -1, &writer->tile, NULL);
    return code == SQLITE_OK ? mbtiles_writer_meta(writer, "format", tile_format_name(format))
                             : mbtiles_err(code);
}

enum err mbtiles_writer_open(const char *path, enum tile_format format, struct fault *fault,
                             struct mbtiles_writer **out) {
    if (access(path, F_OK) == 0)
        return fault_set(fault, ERR_CONFLICT, path, "the file exists already");
    struct mbtiles_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return ERR_NO_MEMORY;
    enum err err = ERR_NO_MEMORY;
    buf_init(&writer->zipped);
    writer->path = strdup(path);
    if (writer->path == NULL || asprintf(&writer->part_path, "%s.part", path) < 0) {
        writer->part_path = NULL;
        goto done;
    }
    if (unlink(writer->part_path) != 0 && errno != ENOENT) {
        err = fault_set(fault, ERR_IO, path, "an unfinished file beside it cannot be removed");
        goto done;
    }
    err = writer_begin(writer, format);
    if (err != ERR_OK)
        fault_set(fault, err, path, "the file cannot be made");
done:
    if (err != ERR_OK)
        mbtiles_writer_abandon(writer);
    else
        *out = writer;
    return err;
}

enum err mbtiles_writer_meta(struct mbtiles_writer *writer, const char *name, const char *value) {
    sqlite3_bind_text(writer->meta, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(writer->meta, 2, value, -1, SQLITE_STATIC);
    return step_once(writer->meta);
}

enum err mbtiles_writer_tile_stored(struct mbtiles_writer *writer, struct tile tile,
                                    const void *bytes, size_t len) {
    sqlite3_bind_int64(writer->tile, 1, tile.z);
    sqlite3_bind_int64(writer->tile, 2, tile.x);
    sqlite3_bind_int64(writer->tile, 3, tile_flip(tile.z, tile.y));
    sqlite3_bind_blob64(writer->tile, 4, bytes, len, SQLITE_STATIC);
    return step_once(writer->tile);
}

enum err mbtiles_writer_tile(struct mbtiles_writer *writer, struct tile tile, const void *bytes,
                             size_t len) {
    buf_clear(&writer->zipped);
    enum err err = zip_gzip(bytes, len, &writer->zipped);
    if (err != ERR_OK)
        return err;
    return mbtiles_writer_tile_stored(writer, tile, writer->zipped.data, writer->zipped.len);
}

enum err mbtiles_writer_finish(struct mbtiles_writer *writer) {
    enum err err = mbtiles_err(sqlite3_exec(writer->db, "COMMIT", NULL, NULL, NULL));
    sqlite3_finalize(writer->meta);
    sqlite3_finalize(writer->tile);
    writer->meta = writer->tile = NULL;
    if (err == ERR_OK)
        err = mbtiles_err(sqlite3_close(writer->db));
    if (err == ERR_OK) {
        writer->db = NULL;
        if (rename(writer->part_path, writer->path) != 0)
            err = ERR_IO;
    }
    if (err != ERR_OK)
        unlink(writer->part_path);
    writer_free(writer);
    return err;
}
