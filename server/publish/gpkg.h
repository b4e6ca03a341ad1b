// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition as a GeoPackage 1.3: written once, read for serving. The same edition gives the same
// bytes.
//
// Tables: one feature table a slice (named as its id, - and . as _), `findings_points|lines|areas`,
// `assets_points|lines|areas`, `overlay_<id>` (of a mixed overlay
// `overlay_<id>_points|lines|areas`), of these those that hold something; geometry types never
// mixed. `repere_metadata` (name, value) with method, parameters and dates; `repere_exercises`,
// `repere_slices`, `repere_overlays`; `layer_styles` as QGIS reads them. Leaves are in the grid's
// CRS, everything else in EPSG:4326.
#ifndef REPERE_PUBLISH_GPKG_H
#define REPERE_PUBLISH_GPKG_H
#include "base/arena.h"
#include "publish/edition.h"

enum { GPKG_FILE_BYTES_MAX = 512 << 20 }; // a larger one is refused

struct crs;
/**
 * Writes the edition to a new file and brings it to the disk. Nothing is left of a file that could
 * not be finished. The edition's own rules are gpkg_read's to check: read what was written before
 * it is given away.
 * @param crs for the CRS's definition
 * Errors: CONFLICT (the file exists), BAD_GEOMETRY (an overlay's feature is not of its kind),
 * BAD_CRS, DISK_FULL, READ_ONLY, IO, NO_MEMORY.
 */
enum err gpkg_write(const struct edition *edition, struct crs *crs, const char *path,
                    struct fault *fault);
/**
 * Reads an edition. The file is not trusted: opened immutable, without triggers, views or
 * extensions. It is read only when it is as gpkg_write leaves it: what another program has changed
 * is refused. A geometry of one part comes back as that part, not as a multi.
 * @param out all of it in the arena
 * Errors: NOT_FOUND, NOT_A_STORE (damaged, or not one of ours; fault.why says what), NEWER_DATABASE
 *         (another EDITION_FORMAT), TOO_LARGE, IO, NO_MEMORY.
 */
enum err gpkg_read(const char *path, struct arena *arena, struct fault *fault, struct edition *out);
#endif
