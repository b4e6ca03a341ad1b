// SPDX-License-Identifier: AGPL-3.0-or-later
// The rows of feature tables. A feature's fid is its place in the edition's list, counted from 1,
// also where a list is split by geometry type.
#include "publish/gpkg_blob.h"
#include "publish/gpkg_writer.h"
#include <endian.h>
#include <math.h>
#include <string.h>

static void widen(struct gpkg_layer *layer, const struct geometry *geometry) {
    for (size_t i = 0; i < 2 * geometry->vertex_count; i++) {
        double value = geometry->coords[i], *low = &layer->extent[i % 2], *high = low + 2;
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static void put_geometry(struct gpkg_writer *writer, struct gpkg_layer *layer, size_t index,
                         int srs_id, const struct geometry *geometry, struct gpkg_insert *insert) {
    gpkg_put_i64(insert, (int64_t)index + 1);
    widen(layer, geometry);
    buf_clear(&writer->bytes);
    gpkg_blob_write(geometry, layer->type, srs_id, &writer->bytes);
    if (writer->bytes.failed && insert->code == SQLITE_OK)
        insert->code = SQLITE_NOMEM;
    gpkg_put_blob(insert, writer->bytes.data, writer->bytes.len);
}

static void put_leaf(struct gpkg_writer *writer, struct gpkg_layer *layer, size_t index,
                     struct gpkg_insert *insert) {
    const struct edition_leaf *leaf = &layer->slice->leaves[index];
    const unsigned base_m = writer->edition->exercises[layer->slice->exercise].base_m;
    char code[REGION_CODE_SIZE];
    struct cell corner;
    struct geometry outline;
    uint64_t cells[REGION_WORDS];
    arena_reset(&writer->scratch);
    if (region_outline(&leaf->region, base_m, &writer->scratch, &outline) != ERR_OK) {
        insert->code = insert->code == SQLITE_OK ? SQLITE_NOMEM : insert->code;
        return;
    }
    region_code(&leaf->region, base_m, writer->edition->epsg, code);
    for (size_t i = 0; i < REGION_WORDS; i++)
        cells[i] = htole64(leaf->region.bits[i]);
    const unsigned side_m = region_level_m(&leaf->region, base_m, &corner),
                   count = region_count(&leaf->region);
    put_geometry(writer, layer, index, writer->edition->epsg, &outline, insert);
    gpkg_put_text(insert, code);
    gpkg_put_i64(insert, side_m);
    gpkg_put_i64(insert, count == (side_m / base_m) * (side_m / base_m));
    gpkg_put_f64(insert, count * (base_m / 1000.0) * (base_m / 1000.0));
    gpkg_put_i64(insert, leaf->value);
    if (share_band_text(leaf->share))
        gpkg_put_text(insert, share_band_text(leaf->share));
    else
        gpkg_put_null(insert);
    gpkg_put_i64(insert, leaf->region.top.column);
    gpkg_put_i64(insert, leaf->region.top.row);
    gpkg_put_blob(insert, cells, sizeof cells);
    gpkg_put_row(insert);
}

static void put_finding(const struct edition_finding *finding, struct gpkg_insert *insert) {
    gpkg_put_i64(insert, finding->id);
    gpkg_put_text(insert, finding->exercise);
    gpkg_put_text(insert, finding->statement);
    gpkg_put_text(insert, finding->recommendation);
    gpkg_put_text(insert, finding->who);
    gpkg_put_text(insert, finding_urgency_name(finding->urgency));
    gpkg_put_text(insert, finding->language);
    gpkg_put_text(insert, finding->month);
}

static void put_asset(const struct edition_asset *asset, struct gpkg_insert *insert) {
    gpkg_put_i64(insert, asset->id);
    gpkg_put_text(insert, asset->exercise);
    gpkg_put_text(insert, asset->title);
    gpkg_put_text(insert, asset->category);
    gpkg_put_text(insert, asset->label);
    gpkg_put_text(insert, asset->colour);
    gpkg_put_text(insert, asset->icon);
    gpkg_put_text(insert, asset->shape);
    gpkg_put_text(insert, asset->details);
    gpkg_put_i64(insert, asset->precision_m);
}

static void put_feature(struct gpkg_writer *writer, struct gpkg_layer *layer, size_t index,
                        struct gpkg_insert *insert) {
    const struct geometry *geometry = gpkg_feature_geometry(writer->edition, layer, index);
    if (!geometry)
        return;
    put_geometry(writer, layer, index, GPKG_SRS_DEGREES, geometry, insert);
    if (layer->content == GPKG_FINDINGS)
        put_finding(&writer->edition->findings[index], insert);
    else if (layer->content == GPKG_ASSETS)
        put_asset(&writer->edition->assets[index], insert);
    else
        gpkg_put_text(insert, layer->overlay->features[index].label);
    gpkg_put_row(insert);
}

int gpkg_write_layer(struct gpkg_writer *writer, struct gpkg_layer *layer) {
    struct gpkg_insert insert;
    const size_t count = gpkg_feature_count(writer->edition, layer);
    buf_clear(&writer->sql);
    gpkg_insert_features(layer->content, layer->table, &writer->sql);
    gpkg_insert_open(writer->db, &writer->sql, &insert);
    for (size_t i = 0; i < count && insert.code == SQLITE_OK; i++) {
        if (layer->content == GPKG_LEAVES)
            put_leaf(writer, layer, i, &insert);
        else
            put_feature(writer, layer, i, &insert);
    }
    return gpkg_insert_close(&insert);
}
