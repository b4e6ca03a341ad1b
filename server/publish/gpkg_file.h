// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that says it is an edition, opened without trusting it: what it is, whether it is whole,
// and that every table has a shape that gpkg_schema.h knows, before a row is read.
#ifndef REPERE_PUBLISH_GPKG_FILE_H
#define REPERE_PUBLISH_GPKG_FILE_H
#include "publish/gpkg_schema.h"
#include <sqlite3.h>

/** A feature table. */
struct gpkg_entry {
    const char *table;
    enum gpkg_content content;
    enum geometry_type type;
    bool expected; // by what the edition says it holds
};
struct gpkg_file {
    sqlite3 *db;
    const char *name; // without its folder
    struct fault *fault;
    uint64_t size_bytes;
    struct arena arena; // until it is closed
    struct gpkg_entry *entries;
    size_t entry_count;
};
/**
 * To be closed also when it fails.
 * Errors: NOT_FOUND, NOT_A_STORE, NEWER_DATABASE, TOO_LARGE, IO, NO_MEMORY.
 */
enum err gpkg_file_open(const char *path, struct fault *fault, struct gpkg_file *out);
void gpkg_file_close(struct gpkg_file *file);
/** Fills in the fault; NOT_A_STORE. */
enum err gpkg_refuse(struct gpkg_file *file, const char *why, ...)
    __attribute__((format(printf, 2, 3)));
/** What a code of SQLite's comes to while reading. */
enum err gpkg_read_error(struct gpkg_file *file, int code);
/** The table of that name and content, marked as expected; NULL when there is none. */
struct gpkg_entry *gpkg_entry_find(struct gpkg_file *file, enum gpkg_content content,
                                   const char *table);
#endif
