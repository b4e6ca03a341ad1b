// SPDX-License-Identifier: AGPL-3.0-or-later
// The base maps of the data folder, opened once at start: basemaps/<name>.mbtiles and
// <name>.pmtiles. Shared by all threads. A file that is replaced while the server runs is not
// noticed: put the new one in its place by renaming it, then start again.
#ifndef REPERE_SERVICE_BASEMAPS_H
#define REPERE_SERVICE_BASEMAPS_H
#include "archive.h"
#include "geo/bbox.h"
#include "service/basemap_health.h"

struct basemaps;
enum { BASEMAP_TAG_SIZE = 33 };
struct basemap {
    const char *name;   // the file's, without its ending
    const char *title;  // the maker's
    const char *format; // png, jpg, webp, pbf
    unsigned minzoom, maxzoom;
    struct bbox bbox;
    const char *attribution;   // as the maker wrote it: perhaps HTML, never to be trusted as such
    const char *vector_layers; // JSON array; NULL for pictures or when the archive does not tell
    const char *layer_names;   // the same with id, minzoom and maxzoom alone
    const char *path;          // of the file
    char tag[BASEMAP_TAG_SIZE]; // names the file's bytes: another file has another
    struct archive *archive;   // open; any number of threads may read it
    struct basemap_health *health;
};

/**
 * Opens every archive of a folder. One that cannot be served is left out with a line in the log
 * that names it; the others serve. Of two files of one name the first by ending serves. A folder
 * that does not exist is an empty one. Errors: IO, NO_MEMORY.
 */
enum err basemaps_open(const char *folder, struct basemaps **out);
typedef void basemap_refused_fn(void *context, const char *file, const char *why);
/** The same, but a file that is left out is told to `refused` instead of to the log. */
enum err basemaps_open_telling(const char *folder, basemap_refused_fn *refused, void *context,
                               struct basemaps **out);
void basemaps_close(struct basemaps *basemaps);
/** By name. */
size_t basemaps_count(const struct basemaps *basemaps);
const struct basemap *basemaps_at(const struct basemaps *basemaps, size_t index);
/** NULL when there is none of that name. */
const struct basemap *basemaps_find(const struct basemaps *basemaps, const char *name);
/**
 * Appends the tile as it is stored. XYZ.
 * @param gzipped  whether the bytes are a gzip file
 * Errors: NOT_FOUND (base map), BAD_PARAMETER (no such tile at that zoom), NO_MEMORY. A tile that
 * is absent gives no bytes and no error; so does one that cannot be read, which is logged once a minute at most,
 * and all of an archive for some seconds after one took too long to find.
 */
enum err basemaps_tile(const struct basemaps *basemaps, const char *name, int64_t z, int64_t x,
                       int64_t y, struct buf *out, bool *gzipped);
/**
 * The file itself, for reading, with its length and the tag of its bytes as it is now.
 * Errors: NOT_FOUND (it is an MBTiles, which cannot be read in parts), IO.
 */
enum err basemap_file(const struct basemap *basemap, int *out_fd, uint64_t *out_len,
                      char out_tag[BASEMAP_TAG_SIZE]);
/** 32 hexadecimal digits that stand for a text. */
void basemap_tag_of(const char *text, size_t len, char out[BASEMAP_TAG_SIZE]);
#endif
