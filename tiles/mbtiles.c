// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection is used by one thread at a time: who needs one takes an idle one or opens another,
// and puts it back. There are never more than threads that read at the same moment. A thread takes
// the one that it used last, whose pages lie in its processor's cache.
#include "mbtiles.h"
#include "mbtiles_info.h"
#include "mbtiles_reader.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// a column of mixed types is compared by its own rules: what is no whole number is left out
static const char range_sql[] = "SELECT tile_column, tile_row, ifnull(length(tile_data), 0) FROM "
                                "tiles WHERE zoom_level = ?1 AND "
                                "tile_column BETWEEN ?2 AND ?3 AND tile_row BETWEEN ?4 AND ?5 AND "
                                "typeof(tile_column) = 'integer' AND typeof(tile_row) = 'integer'";
enum { OPEN_MS_MAX = 5000, TILE_MS_MAX = 250 };

struct mbtiles {
    struct archive_info info;
    struct arena arena; // the info's texts
    char *uri;
    pthread_mutex_t lock; // of `idle`
    struct mbtiles_reader *idle;
};

static enum err reader_take(struct mbtiles *mbtiles, struct mbtiles_reader **out) {
    pthread_mutex_lock(&mbtiles->lock);
    struct mbtiles_reader **at = &mbtiles->idle;
    while (*at != NULL && !pthread_equal((*at)->user, pthread_self()))
        at = &(*at)->next;
    if (*at == NULL) // none of this thread's own
        at = &mbtiles->idle;
    struct mbtiles_reader *reader = *at;
    if (reader != NULL)
        *at = reader->next;
    pthread_mutex_unlock(&mbtiles->lock);
    enum err err = reader != NULL ? ERR_OK : mbtiles_reader_new(mbtiles->uri, NULL, NULL, &reader);
    if (err != ERR_OK)
        return err;
    reader->user = pthread_self();
    *out = reader;
    return ERR_OK;
}

static void reader_give_back(struct mbtiles *mbtiles, struct mbtiles_reader *reader) {
    pthread_mutex_lock(&mbtiles->lock);
    reader->next = mbtiles->idle;
    mbtiles->idle = reader;
    pthread_mutex_unlock(&mbtiles->lock);
}

/** "file:<path>?immutable=1", with what has a meaning in a URI written as %XX. */
static char *uri_of(const char *path) {
    struct buf uri;
    buf_init(&uri);
    buf_str(&uri, "file:");
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr("%?#", *at) != NULL)
            buf_printf(&uri, "%%%02X", (unsigned char)*at);
        else
            buf_char(&uri, *at);
    }
    buf_str(&uri, "?immutable=1");
    buf_char(&uri, '\0');
    if (!uri.failed)
        return uri.data;
    buf_fini(&uri);
    return NULL;
}

enum err mbtiles_open(const char *path, struct fault *fault, struct mbtiles **out) {
    if (access(path, F_OK) != 0)
        return fault_set(fault, ERR_NOT_FOUND, path, "there is no such file");
    struct mbtiles *mbtiles = calloc(1, sizeof *mbtiles);
    if (mbtiles == NULL)
        return ERR_NO_MEMORY;
    arena_init(&mbtiles->arena);
    pthread_mutex_init(&mbtiles->lock, NULL);
    enum err err = ERR_NO_MEMORY;
    struct mbtiles_reader *reader = NULL;
    mbtiles->uri = uri_of(path);
    if (mbtiles->uri == NULL)
        goto done;
    err = mbtiles_reader_new(mbtiles->uri, path, fault, &reader);
    if (err != ERR_OK)
        goto done;
    mbtiles_reader_wait(reader, OPEN_MS_MAX, NULL);
    err = mbtiles_info_read(reader, path, &mbtiles->arena, fault, &mbtiles->info);
    reader_give_back(mbtiles, reader);
done:
    if (err != ERR_OK)
        mbtiles_close(mbtiles);
    else
        *out = mbtiles;
    return err;
}

void mbtiles_close(struct mbtiles *mbtiles) {
    if (mbtiles == NULL)
        return;
    while (mbtiles->idle != NULL) {
        struct mbtiles_reader *reader = mbtiles->idle;
        mbtiles->idle = reader->next;
        mbtiles_reader_free(reader);
    }
    pthread_mutex_destroy(&mbtiles->lock);
    arena_fini(&mbtiles->arena);
    free(mbtiles->uri);
    free(mbtiles);
}

const struct archive_info *mbtiles_info(const struct mbtiles *mbtiles) {
    return &mbtiles->info;
}

enum err mbtiles_tile(struct mbtiles *mbtiles, struct tile tile, struct buf *out) {
    struct mbtiles_reader *reader;
    enum err err = reader_take(mbtiles, &reader);
    if (err != ERR_OK)
        return err;
    mbtiles_reader_wait(reader, TILE_MS_MAX, NULL);
    sqlite3_bind_int64(reader->tile, 1, tile.z);
    sqlite3_bind_int64(reader->tile, 2, tile.x);
    sqlite3_bind_int64(reader->tile, 3, tile_flip(tile.z, tile.y));
    int code = sqlite3_step(reader->tile);
    err = mbtiles_reader_err(reader, code);
    if (code == SQLITE_DONE || (code == SQLITE_ROW && sqlite3_column_bytes(reader->tile, 0) == 0))
        err = ERR_NOT_FOUND;
    if (err == ERR_OK) {
        // asked for in this order, as SQLite wants it: first the bytes, then how many
        const void *bytes = sqlite3_column_blob(reader->tile, 0);
        int len = sqlite3_column_bytes(reader->tile, 0);
        if (bytes != NULL)
            buf_bytes(out, bytes, (size_t)len);
        if (bytes == NULL || out->failed)
            err = ERR_NO_MEMORY;
    }
    sqlite3_reset(reader->tile);
    reader_give_back(mbtiles, reader);
    return err;
}

static enum err tell(const struct mbtiles_reader *reader, sqlite3_stmt *stmt, unsigned z,
                     archive_run_fn *fn, void *context) {
    int code;
    enum err err = ERR_OK;
    while (err == ERR_OK && (code = sqlite3_step(stmt)) != SQLITE_DONE) {
        if (code != SQLITE_ROW)
            return mbtiles_reader_err(reader, code);
        const struct tile tile = {z, (uint32_t)sqlite3_column_int64(stmt, 0),
                                  tile_flip(z, (uint32_t)sqlite3_column_int64(stmt, 1))};
        const struct archive_run run = {hilbert_id(tile), 1,
                                        (uint64_t)sqlite3_column_int64(stmt, 2)};
        err = fn(context, &run);
    }
    return err;
}

enum err mbtiles_runs(struct mbtiles *mbtiles, const struct tile_range *range,
                      const struct archive_patience *patience, archive_run_fn *fn, void *context) {
    struct mbtiles_reader *reader;
    enum err err = reader_take(mbtiles, &reader);
    if (err != ERR_OK)
        return err;
    sqlite3_stmt *stmt = NULL;
    mbtiles_reader_wait(reader, INT64_MAX / 2, patience);
    err = mbtiles_reader_err(reader, sqlite3_prepare_v2(reader->db, range_sql, -1, &stmt, NULL));
    if (err == ERR_OK) {
        const int64_t parameters[] = {range->z, range->min_x, range->max_x,
                                      tile_flip(range->z, range->max_y),
                                      tile_flip(range->z, range->min_y)};
        for (int i = 0; i < 5; i++)
            sqlite3_bind_int64(stmt, i + 1, parameters[i]);
        err = tell(reader, stmt, range->z, fn, context);
    }
    sqlite3_finalize(stmt);
    reader_give_back(mbtiles, reader);
    return err;
}
