// SPDX-License-Identifier: AGPL-3.0-or-later
// A file being written, shared by gpkg_write.c and gpkg_write_layers.c.
#ifndef REPERE_PUBLISH_GPKG_WRITER_H
#define REPERE_PUBLISH_GPKG_WRITER_H
#include "publish/gpkg_insert.h"
#include "publish/gpkg_layers.h"

struct gpkg_writer {
    sqlite3 *db;
    const struct edition *edition;
    struct arena arena;   // until the file is done
    struct arena scratch; // of a feature
    struct buf sql, bytes;
    struct gpkg_layer *layers;
    size_t layer_count;
};
/** Writes the layer's features and fills in its extent. SQLite's code. */
int gpkg_write_layer(struct gpkg_writer *writer, struct gpkg_layer *layer);
#endif
