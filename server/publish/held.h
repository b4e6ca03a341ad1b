// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition as it is served: what its file holds, what was made ready when it was read, and the file
// itself, which stays open so that its bytes can be sent though another has taken its name.
#ifndef REPERE_PUBLISH_HELD_H
#define REPERE_PUBLISH_HELD_H
#include "publish/published.h"
#include "publish/shown_slice.h"

enum { HELD_NAME_SIZE = 64, HELD_HASH_SIZE = 65, HELD_ADDRESS_SIZE = 32 };

/** An area of an overlay in metres of the grid; vertex_count 0: no area, or outside the grid's CRS. */
struct held_overlay {
    struct geometry *areas; // one a feature
};
struct held_edition {
    struct edition edition;
    char address[HELD_ADDRESS_SIZE]; // names these bytes for ever
    struct shown_slice *slices;      // one a slice of the edition
    struct held_overlay *overlays;   // one an overlay of the edition
    struct arena arena;
    int fd;
    uint64_t bytes;
    char hash[HELD_HASH_SIZE]; // SHA-256 of the file, hexadecimal
    unsigned holders;          // published.c's, under its lock
};

/** "<project>-<number>.gpkg", in one spelling. */
bool held_name_parse(const char *name, int64_t *project, unsigned *number);
/** "2", or "2.1" after one takedown. */
void held_address_write(const struct edition *edition, char out[HELD_ADDRESS_SIZE]);
/** "2" or "2.1", in one spelling; revision 1 and up. */
bool held_address_parse(const char *text, unsigned *number, unsigned *revision);
/**
 * Reads one edition. A text that must be JSON is looked at, so that replies can hold it as it is.
 * @param name of the file in the folder; tells project and number, which must be the edition's
 * @param out  with one holder, to be freed with held_free
 * Errors: those of gpkg_read, BUSY (the file was replaced meanwhile); the fault says why.
 */
enum err held_read(const char *folder, const char *name, struct crs *crs, struct fault *fault,
                   struct held_edition **out);
/** Makes ready, from the edition that is in it, all that follows from it; in its arena.
 *  Errors: BAD_CRS, BAD_GEOMETRY, NO_MEMORY. */
enum err held_prepare(struct held_edition *held, struct crs *crs, struct fault *fault);
/** NULL is fine. */
void held_free(struct held_edition *held);
/** Errors: NOT_FOUND. */
enum err held_slice(const struct held_edition *held, const char *id, const struct shown_slice **out);
#endif
