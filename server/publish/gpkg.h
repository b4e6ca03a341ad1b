// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition as a GeoPackage 1.3: written once, read for serving. The same edition gives the same bytes.
//
// Tables: one feature table a slice (named as its id, - and . as _), `findings_points|lines|areas`, `assets_points|areas`,
// one an overlay, geometry types never mixed; `repere_metadata` (name, value) with method, parameters and
// dates; `repere_exercises`, `repere_slices`; `layer_styles` as QGIS reads them. Leaves are in
// the grid's CRS, everything else in EPSG:4326.
#ifndef REPERE_PUBLISH_GPKG_H
#define REPERE_PUBLISH_GPKG_H
#include "base/arena.h"
#include "publish/edition.h"

struct crs;
/**
 * Writes the edition to a new file and brings it to the disk. Nothing is left of a file that could not be finished.
 * @param crs for the CRS's definition
 * Errors: CONFLICT (the file exists), DISK_FULL, READ_ONLY, IO, NO_MEMORY.
 */
enum err gpkg_write(const struct edition *edition, struct crs *crs, const char *path, struct fault *fault);
/**
 * Reads an edition. The file is not trusted: opened immutable, without triggers, views or extensions.
 * @param out all of it in the arena
 * Errors: NOT_FOUND, NOT_A_STORE (damaged, or not one of ours; fault.why says what), NEWER_DATABASE
 *         (another EDITION_FORMAT), TOO_LARGE, IO, NO_MEMORY.
 */
enum err gpkg_read(const char *path, struct arena *arena, struct fault *fault, struct edition *out);
#endif
