// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection to somebody else's SQLite file, which may be made to harm: it reads tables and at
// most one view upon tables, calls no function that could take long by itself, and a statement ends
// when it has run for as long as its caller waits. mbtiles.c's and mbtiles_info.c's own.
#ifndef REPERE_TILES_MBTILES_READER_H
#define REPERE_TILES_MBTILES_READER_H
#include "archive_run.h"
#include <pthread.h>

struct sqlite3;
struct sqlite3_stmt;
struct mbtiles_reader {
    struct mbtiles_reader *next; // the archive's business, as the next
    pthread_t user;              // who used it last
    struct sqlite3 *db;
    struct sqlite3_stmt *tile; // the bytes of one, by ?1 zoom, ?2 column, ?3 row
    /* of the statement under way */
    int64_t ms_max, until_ms; // 0: the clock was not looked at yet
    const struct archive_patience *patience;
    enum err ended; // why it was ended; OK: it was not
};

/**
 * Used by one thread at a time.
 * @param path for the fault; both may be NULL
 * Errors: NOT_A_STORE (fault says what is wrong), IO, NO_MEMORY.
 */
enum err mbtiles_reader_new(const char *uri, const char *path, struct fault *fault,
                            struct mbtiles_reader **out);
void mbtiles_reader_free(struct mbtiles_reader *reader);
/**
 * From now on statements run for so long and no longer, which few notice: the clock is looked at
 * after a thousand steps, and an index finds a tile in some dozen.
 * @param patience also asked then; NULL: nobody
 */
void mbtiles_reader_wait(struct mbtiles_reader *reader, int64_t ms_max,
                         const struct archive_patience *patience);
/** What SQLite returned, as ours. Errors: BUSY (it took longer), what `patience` says, as
 * mbtiles_err. */
enum err mbtiles_reader_err(const struct mbtiles_reader *reader, int code);
#endif
