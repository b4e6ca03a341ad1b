// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition being read, shared by gpkg_read.c and gpkg_read_features.c.
#ifndef REPERE_PUBLISH_GPKG_READER_H
#define REPERE_PUBLISH_GPKG_READER_H
#include "publish/gpkg_rows.h"

struct gpkg_reader {
    struct gpkg_file file;
    struct arena *arena; // of the edition
    struct arena scratch;
    struct buf bytes;
    struct edition edition;
};
/** A slice's leaves, whose number is known; `table` is theirs. */
enum err gpkg_read_leaves(struct gpkg_reader *reader, struct edition_slice *slice,
                          const char *table);
/** Findings, assets and the overlays' features, whose numbers are known. */
enum err gpkg_read_findings(struct gpkg_reader *reader);
enum err gpkg_read_assets(struct gpkg_reader *reader);
enum err gpkg_read_overlay(struct gpkg_reader *reader, struct edition_overlay *overlay);
#endif
