// SPDX-License-Identifier: AGPL-3.0-or-later
// How QGIS draws a layer when it is opened: its QML. Colour never says anything alone.
#ifndef REPERE_PUBLISH_GPKG_STYLE_H
#define REPERE_PUBLISH_GPKG_STYLE_H
#include "publish/gpkg_layers.h"

enum { GPKG_CLASSES_MAX = 5 };
struct gpkg_class {
    uint32_t from, to; // multiples of 5, both ends included
};
/**
 * Classes of about as many leaves each, without gaps between the smallest and the largest value.
 * @return how many; 0 without leaves. Errors: (size_t)-1 when memory is short.
 */
size_t gpkg_classes(const struct edition_slice *slice, struct gpkg_class out[GPKG_CLASSES_MAX]);
/** The layer's QML. Short memory: `out` says so. */
void gpkg_style(const struct edition *edition, const struct gpkg_layer *layer, struct arena *arena,
                struct buf *out);
#endif
