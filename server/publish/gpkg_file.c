// SPDX-License-Identifier: AGPL-3.0-or-later
// Looked at in this order, so that nothing is run or followed that was not looked at before:
//   1. the header's bytes: a whole file of the size it says, a GeoPackage, not changed since it was
//   written
//   2. sqlite_schema: tables and their automatic indices alone, each defined word by word as we
//   define it
//   3. the format, from the one table that never changes its shape; a newer file may have others
//   4. SQLite's own check of every page: none is missing, broken or used twice
#include "publish/gpkg_file.h"
#include "publish/gpkg.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_BYTES = 100, ENTRIES_MAX = GPKG_SLICES_MAX + 6 + 3 * GPKG_OVERLAYS_MAX };

enum err gpkg_refuse(struct gpkg_file *file, const char *why, ...) {
    char text[sizeof file->fault->why];
    va_list args;
    va_start(args, why);
    vsnprintf(text, sizeof text, why, args);
    va_end(args);
    return fault_set(file->fault, ERR_NOT_A_STORE, file->name, "%s", text);
}

enum err gpkg_read_error(struct gpkg_file *file, int code) {
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_NOMEM: // also where a damaged length asks for more than there is
        return fault_set(file->fault, ERR_NO_MEMORY, file->name,
                         "there is not enough memory to read it, or it is damaged");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return fault_set(file->fault, ERR_IO, file->name, "it cannot be read");
    default:
        return gpkg_refuse(file, "it is damaged: %s",
                           file->db ? sqlite3_errmsg(file->db) : "unreadable");
    }
}

static uint32_t big_endian(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static enum err check_header(struct gpkg_file *file, const uint8_t *header, size_t len) {
    if (len < HEADER_BYTES || memcmp(header, "SQLite format 3", 16) != 0)
        return gpkg_refuse(file, "it is no GeoPackage: not even an SQLite database");
    if (big_endian(header + 68) != GPKG_APPLICATION_ID)
        return gpkg_refuse(file, "it is an SQLite database, but no GeoPackage");
    if (big_endian(header + 60) != GPKG_VERSION)
        return gpkg_refuse(file, "it is a GeoPackage of another version than 1.3");
    if (header[16] != GPKG_PAGE_BYTES >> 8 || header[17] != 0 || header[18] != 1 ||
        header[19] != 1 || header[20] != 0)
        return gpkg_refuse(file, "it is no edition, or another program has changed it");
    if (file->size_bytes != (uint64_t)big_endian(header + 28) * GPKG_PAGE_BYTES)
        return gpkg_refuse(file, "it is not whole: %u pages are told, %llu bytes are there",
                           big_endian(header + 28), (unsigned long long)file->size_bytes);
    return ERR_OK;
}

static enum err read_header(struct gpkg_file *file, const char *path) {
    uint8_t header[HEADER_BYTES];
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe does not make it wait
    if (fd < 0)
        return fault_set(file->fault, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, file->name,
                         errno == ENOENT ? "there is no such file" : "it cannot be opened");
    ssize_t len =
        fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? read(fd, header, sizeof header) : -1;
    close(fd);
    if (len < 0)
        return gpkg_refuse(file, "it is no file that can be read");
    file->size_bytes = (uint64_t)info.st_size;
    if (file->size_bytes > GPKG_FILE_BYTES_MAX)
        return fault_set(file->fault, ERR_TOO_LARGE, file->name, "it is larger than 512 MiB");
    return check_header(file, header, (size_t)len);
}

/* "file:<path>?immutable=1", with what has a meaning in a URI written as %XX. */
static void put_uri(struct buf *uri, const char *path) {
    buf_str(uri, "file:");
    for (const char *at = path; *at; at++) {
        if (strchr("%?#", *at))
            buf_printf(uri, "%%%02X", (unsigned char)*at);
        else
            buf_char(uri, *at);
    }
    buf_str(uri, "?immutable=1");
    buf_char(uri, '\0');
}

static enum err open_database(struct gpkg_file *file, const char *path) {
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                              SQLITE_DBCONFIG_ENABLE_VIEW};
    struct buf uri;
    buf_init(&uri);
    put_uri(&uri, path);
    int code = SQLITE_NOMEM;
    if (!uri.failed)
        code = sqlite3_open_v2(uri.data, &file->db,
                               SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    buf_fini(&uri);
    if (code != SQLITE_OK)
        return gpkg_read_error(file, code);
    sqlite3_limit(file->db, SQLITE_LIMIT_LENGTH, (int)file->size_bytes + 4096);
    sqlite3_db_config(file->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        sqlite3_db_config(file->db, off[i], 0, NULL);
    return gpkg_read_error(file,
                           sqlite3_exec(file->db, "PRAGMA query_only=ON; PRAGMA cell_size_check=ON",
                                        NULL, NULL, NULL));
}

/* Which fixed table it is, or GPKG_FIXED_COUNT. */
static size_t fixed_table(const char *name) {
    size_t i = 0;
    while (i < GPKG_FIXED_COUNT && strcmp(gpkg_fixed_tables[i].name, name) != 0)
        i++;
    return i;
}

/* Of all definitions of a feature table under this name, the one that `sql` is word by word. */
static enum err recognise(struct gpkg_file *file, const char *name, const char *sql,
                          struct buf *scratch) {
    for (int content = 0; content < GPKG_CONTENT_COUNT; content++)
        for (int type = GEOMETRY_POINT; type <= GEOMETRY_MULTI_POLYGON; type++) {
            buf_clear(scratch);
            gpkg_create_features((enum gpkg_content)content, name, (enum geometry_type)type,
                                 scratch);
            if (scratch->failed)
                return ERR_NO_MEMORY;
            if (strcmp(scratch->data, sql) != 0)
                continue;
            struct gpkg_entry *entry = &file->entries[file->entry_count++];
            *entry =
                (struct gpkg_entry){arena_strdup(&file->arena, name), (enum gpkg_content)content,
                                    (enum geometry_type)type, false};
            return entry->table ? ERR_OK : ERR_NO_MEMORY;
        }
    return gpkg_refuse(file, "its table \"%.60s\" is none of an edition's, or not as it was made",
                       name);
}

struct shapes {
    bool found[GPKG_FIXED_COUNT], as_made[GPKG_FIXED_COUNT];
    size_t features; // tables that are not fixed
};

/* Looks at one row of sqlite_schema. With `features`, recognises feature tables too. */
static enum err look_at(struct gpkg_file *file, sqlite3_stmt *stmt, struct shapes *shapes,
                        struct buf *features) {
    const char *type = (const char *)sqlite3_column_text(stmt, 0);
    const char *name = (const char *)sqlite3_column_text(stmt, 1);
    const char *sql = (const char *)sqlite3_column_text(stmt, 2);
    if (sqlite3_errcode(file->db) == SQLITE_NOMEM)
        return ERR_NO_MEMORY;
    if (!type || !name)
        return gpkg_refuse(file, "its list of tables is damaged");
    if (strcmp(type, "index") == 0 && !sql && strncmp(name, "sqlite_autoindex_", 17) == 0)
        return ERR_OK;
    if (strcmp(type, "table") != 0 || !sql)
        return gpkg_refuse(file, "it has a%s %.10s: an edition has none", type[0] == 'i' ? "n" : "",
                           type);
    size_t fixed = fixed_table(name);
    if (fixed < GPKG_FIXED_COUNT) {
        shapes->found[fixed] = true;
        shapes->as_made[fixed] = strcmp(sql, gpkg_fixed_tables[fixed].create) == 0;
        return ERR_OK;
    }
    if (++shapes->features > ENTRIES_MAX)
        return gpkg_refuse(file, "it has more tables than an edition can have");
    return features ? recognise(file, name, sql, features) : ERR_OK;
}

static enum err walk_schema(struct gpkg_file *file, struct shapes *shapes, struct buf *features) {
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(
        file->db, "SELECT type, name, sql FROM sqlite_schema ORDER BY rowid", -1, &stmt, NULL);
    enum err err = ERR_OK;
    *shapes = (struct shapes){0};
    while (!err && code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        err = look_at(file, stmt, shapes, features);
        code = SQLITE_OK;
    }
    if (!err)
        err = gpkg_read_error(file, code);
    sqlite3_finalize(stmt);
    return err;
}

/* The first row of a statement as text in the arena; NULL when there is none. */
static enum err one_text(struct gpkg_file *file, const char *sql, const char **out) {
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(file->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    enum err err = gpkg_read_error(file, code);
    *out = NULL;
    if (code == SQLITE_ROW && sqlite3_column_type(stmt, 0) == SQLITE_TEXT) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        *out = text ? arena_strdup(&file->arena, text) : NULL;
        err = *out ? ERR_OK : ERR_NO_MEMORY;
    }
    sqlite3_finalize(stmt);
    return err;
}

static enum err check_format(struct gpkg_file *file) {
    const char *format;
    char ours[16];
    snprintf(ours, sizeof ours, "%d", EDITION_FORMAT);
    enum err err = one_text(
        file, "SELECT value FROM repere_metadata WHERE id = 1 AND name = 'format'", &format);
    if (err)
        return err;
    if (!format)
        return gpkg_refuse(file, "it does not say its format");
    if (strcmp(format, ours) != 0)
        return fault_set(file->fault, ERR_NEWER_DATABASE, file->name,
                         "it is an edition of format %.20s; this program knows format %s", format,
                         ours);
    return ERR_OK;
}

static enum err check_shapes(struct gpkg_file *file) {
    struct shapes shapes;
    struct buf scratch;
    enum err err = walk_schema(file, &shapes, NULL);
    if (!err && !shapes.found[GPKG_METADATA])
        err = gpkg_refuse(file, "it is a GeoPackage, but no edition: it has no repere_metadata");
    if (!err && !shapes.as_made[GPKG_METADATA])
        err = gpkg_refuse(file, "its repere_metadata is not as it was made");
    if (!err)
        err = check_format(file);
    if (err)
        return err;
    for (size_t i = 0; i < GPKG_FIXED_COUNT; i++)
        if (!shapes.as_made[i])
            return gpkg_refuse(file, "its %s is %s", gpkg_fixed_tables[i].name,
                               shapes.found[i] ? "not as it was made" : "missing");
    file->entries = arena_array(&file->arena, ENTRIES_MAX, sizeof *file->entries);
    if (!file->entries)
        return ERR_NO_MEMORY;
    buf_init(&scratch);
    err = walk_schema(file, &shapes, &scratch);
    buf_fini(&scratch);
    return err;
}

/* A page that could not be had, for want of memory say, is told as text too. */
static int told_code(const char *said) {
    static const char words[] = "error code=";
    const char *at = strstr(said, words);
    return at ? (int)strtol(at + sizeof words - 1, NULL, 10) & 0xff : SQLITE_CORRUPT;
}

static enum err check_pages(struct gpkg_file *file) {
    const char *said;
    enum err err = one_text(file, "PRAGMA integrity_check(1)", &said);
    if (err || (said && strcmp(said, "ok") == 0))
        return err;
    int code = said ? told_code(said) : SQLITE_CORRUPT;
    if (code == SQLITE_NOMEM || code == SQLITE_IOERR)
        return gpkg_read_error(file, code);
    const char *line = said ? strrchr(said, '\n') : NULL; // behind the database's name
    return gpkg_refuse(file, "it is damaged: %.120s", line ? line + 1 : said ? said : "unreadable");
}

enum err gpkg_file_open(const char *path, struct fault *fault, struct gpkg_file *out) {
    const char *slash = strrchr(path, '/');
    *out = (struct gpkg_file){.name = slash ? slash + 1 : path, .fault = fault};
    arena_init(&out->arena);
    enum err err = read_header(out, path);
    if (!err)
        err = open_database(out, path);
    if (!err)
        err = check_shapes(out);
    return err ? err : check_pages(out);
}

void gpkg_file_close(struct gpkg_file *file) {
    sqlite3_close(file->db);
    file->db = NULL;
    arena_fini(&file->arena);
}

struct gpkg_entry *gpkg_entry_find(struct gpkg_file *file, enum gpkg_content content,
                                   const char *table) {
    for (size_t i = 0; i < file->entry_count; i++) {
        struct gpkg_entry *entry = &file->entries[i];
        if (entry->content == content && strcmp(entry->table, table) == 0) {
            entry->expected = true;
            return entry;
        }
    }
    return NULL;
}
