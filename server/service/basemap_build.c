// SPDX-License-Identifier: AGPL-3.0-or-later
// Zoom by zoom: every feature is simplified once, the tiles that its box touches are noted, the
// notes are sorted by tile, and each tile is made from its run of notes.
#include "service/basemap_build.h"
#include "base/jsonw.h"
#include "mbtiles_write.h"
#include "mvt_shape.h"
#include "service/basemap_reduce.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct note {
    uint32_t x, y;
    uint32_t feature;
};
struct build {
    const struct basemap_options *options;
    struct basemap_source source;
    struct basemap_fields fields[BASEMAP_LAYERS_MAX];
    struct mbtiles_writer *writer;
    struct basemap_report report;
    /* of the zoom under way */
    unsigned z;
    struct arena arena;
    struct basemap_reduced *reduced; // one a feature
    struct note *notes;
    size_t note_count, note_room;
    struct mvt_shape shape;
    struct buf bytes;
};

/** Notes every tile that a feature's box touches, the margin of clipping included. */
static enum err note_tiles(struct build *build, size_t feature) {
    struct tile_box box = build->source.features[feature].box;
    double margin_m = MVT_MARGIN * tile_pixel_m(build->z) * 256 / MVT_EXTENT;
    struct tile first = tile_at(build->z, box.min_x_m - margin_m, box.max_y_m + margin_m);
    struct tile last = tile_at(build->z, box.max_x_m + margin_m, box.min_y_m - margin_m);
    size_t count = (size_t)(last.x - first.x + 1) * (last.y - first.y + 1);
    if (build->note_count + count > build->note_room) {
        size_t room = 2 * (build->note_count + count);
        struct note *notes = reallocarray(build->notes, room, sizeof *notes);
        if (notes == NULL)
            return ERR_NO_MEMORY;
        build->notes = notes;
        build->note_room = room;
    }
    for (uint32_t x = first.x; x <= last.x; x++) {
        for (uint32_t y = first.y; y <= last.y; y++)
            build->notes[build->note_count++] = (struct note){x, y, (uint32_t)feature};
    }
    return ERR_OK;
}

static int note_compare(const void *a, const void *b) {
    const struct note *left = a, *right = b;
    if (left->x != right->x)
        return left->x < right->x ? -1 : 1;
    if (left->y != right->y)
        return left->y < right->y ? -1 : 1;
    return (left->feature > right->feature) - (left->feature < right->feature);
}

static enum err shape_make(struct build *build, struct tile tile, enum mvt_type type,
                           const struct basemap_reduced *reduced) {
    enum err err = ERR_OK;
    const double *xy_m = reduced->xy_m;
    size_t part = 0;
    mvt_shape_clear(&build->shape);
    if (type == MVT_POINT)
        return mvt_shape_points(&build->shape, tile, xy_m, reduced->part_vertices[0]);
    for (; type == MVT_LINE && part < reduced->part_count && err == ERR_OK; part++) {
        err = mvt_shape_line(&build->shape, tile, xy_m, reduced->part_vertices[part]);
        xy_m += 2 * (size_t)reduced->part_vertices[part];
    }
    for (size_t i = 0; i < reduced->polygon_count && err == ERR_OK; i++) {
        const uint32_t *rings = reduced->part_vertices + part;
        err = mvt_shape_polygon(&build->shape, tile, xy_m, rings, reduced->polygon_rings[i]);
        for (size_t end = part + reduced->polygon_rings[i]; part < end; part++)
            xy_m += 2 * (size_t)reduced->part_vertices[part];
    }
    return err;
}

static enum err feature_write(struct build *build, struct tile tile, struct mvt *mvt,
                              size_t index) {
    const struct basemap_feature *feature = &build->source.features[index];
    enum mvt_type type = basemap_type(&feature->geometry);
    enum err err = shape_make(build, tile, type, &build->reduced[index]);
    if (err != ERR_OK || build->shape.part_count == 0)
        return err;
    struct mvt_layer *layer;
    err = mvt_layer(mvt, build->options->layers[feature->layer].name, &layer);
    if (err != ERR_OK)
        return err;
    const struct mvt_feature made = {.type = type,
                                     .xy = build->shape.xy,
                                     .part_vertices = build->shape.part_vertices,
                                     .part_count = build->shape.part_count,
                                     .properties = feature->properties,
                                     .property_count = feature->property_count};
    return mvt_add(layer, &made);
}

static enum err tile_write(struct build *build, struct tile tile, const struct note *notes,
                           size_t count) {
    struct mvt *mvt;
    enum err err = mvt_new(&mvt);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        err = feature_write(build, tile, mvt, notes[i].feature);
    buf_clear(&build->bytes);
    if (err == ERR_OK)
        err = mvt_write(mvt, &build->bytes);
    if (err == ERR_OK && build->bytes.len > 0) {
        err = mbtiles_writer_tile(build->writer, tile, build->bytes.data, build->bytes.len);
        build->report.tiles++;
        build->report.bytes += build->bytes.len;
    }
    mvt_free(mvt);
    return err;
}

static enum err zoom_write(struct build *build) {
    bool finest = build->z == build->options->maxzoom;
    build->note_count = 0;
    arena_reset(&build->arena);
    for (size_t i = 0; i < build->source.count; i++) {
        const struct basemap_feature *feature = &build->source.features[i];
        build->reduced[i] = (struct basemap_reduced){0};
        if (feature->min_zoom > build->z)
            continue;
        enum err err = basemap_reduce(feature, build->z, finest, &build->arena, &build->reduced[i]);
        if (err == ERR_OK && build->reduced[i].part_count > 0)
            err = note_tiles(build, i);
        if (err != ERR_OK)
            return err;
    }
    if (build->note_count > 0)
        qsort(build->notes, build->note_count, sizeof *build->notes, note_compare);
    for (size_t from = 0, to; from < build->note_count; from = to) {
        const struct note *first = &build->notes[from];
        to = from + 1;
        while (to < build->note_count && build->notes[to].x == first->x &&
               build->notes[to].y == first->y)
            to++;
        enum err err =
            tile_write(build, (struct tile){build->z, first->x, first->y}, first, to - from);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

/** The first layer of the same name: it stands for all of them. */
static size_t layer_owner(const struct basemap_options *options, size_t layer) {
    size_t owner = 0;
    while (strcmp(options->layers[owner].name, options->layers[layer].name) != 0)
        owner++;
    return owner;
}

/** The `json` row: a vector layer a name, with the fields of all its files. */
static void write_vector_layers(struct buf *out, const struct build *build) {
    const struct basemap_options *options = build->options;
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_object(&w);
    jsonw_key(&w, "vector_layers");
    jsonw_array(&w);
    for (size_t i = 0; i < options->layer_count; i++) {
        if (layer_owner(options, i) != i)
            continue;
        jsonw_object(&w);
        jsonw_kstr(&w, "id", options->layers[i].name);
        jsonw_kstr(&w, "description", "");
        jsonw_ki64(&w, "minzoom", options->minzoom);
        jsonw_ki64(&w, "maxzoom", options->maxzoom);
        jsonw_key(&w, "fields");
        jsonw_object(&w);
        for (size_t j = 0; j < build->fields[i].count; j++)
            jsonw_kstr(&w, build->fields[i].names[j], build->fields[i].types[j]);
        jsonw_object_end(&w);
        jsonw_object_end(&w);
    }
    jsonw_array_end(&w);
    jsonw_object_end(&w);
}

static enum err meta_number(struct mbtiles_writer *writer, const char *name, unsigned value) {
    char text[16];
    snprintf(text, sizeof text, "%u", value);
    return mbtiles_writer_meta(writer, name, text);
}

static enum err meta_places(const struct build *build) {
    const struct bbox *box = &build->source.bbox;
    struct buf text;
    buf_init(&text);
    buf_printf(&text, "%.7f,%.7f,%.7f,%.7f", box->west_deg, box->south_deg, box->east_deg,
               box->north_deg);
    buf_char(&text, '\0');
    enum err err =
        text.failed ? ERR_NO_MEMORY : mbtiles_writer_meta(build->writer, "bounds", text.data);
    buf_clear(&text);
    buf_printf(&text, "%.7f,%.7f,%u", (box->west_deg + box->east_deg) / 2,
               (box->south_deg + box->north_deg) / 2, build->options->minzoom);
    buf_char(&text, '\0');
    if (err == ERR_OK)
        err = text.failed ? ERR_NO_MEMORY : mbtiles_writer_meta(build->writer, "center", text.data);
    buf_clear(&text);
    write_vector_layers(&text, build);
    buf_char(&text, '\0');
    if (err == ERR_OK)
        err = text.failed ? ERR_NO_MEMORY : mbtiles_writer_meta(build->writer, "json", text.data);
    buf_fini(&text);
    return err;
}

static enum err meta_write(const struct build *build) {
    const struct basemap_options *options = build->options;
    struct mbtiles_writer *writer = build->writer;
    enum err err = mbtiles_writer_meta(writer, "name", options->title);
    if (err == ERR_OK && options->attribution[0] != '\0')
        err = mbtiles_writer_meta(writer, "attribution", options->attribution);
    if (err == ERR_OK)
        err = mbtiles_writer_meta(writer, "type", "baselayer");
    if (err == ERR_OK)
        err = mbtiles_writer_meta(writer, "version", "1");
    if (err == ERR_OK)
        err = meta_number(writer, "minzoom", options->minzoom);
    if (err == ERR_OK)
        err = meta_number(writer, "maxzoom", options->maxzoom);
    return err == ERR_OK ? meta_places(build) : err;
}

static enum err sources_read(struct build *build, struct fault *fault) {
    const struct basemap_options *options = build->options;
    for (size_t i = 0; i < options->layer_count; i++) {
        enum err err = basemap_source_add(&build->source, i, options->layers[i].path, fault,
                                          &build->fields[layer_owner(options, i)]);
        if (err != ERR_OK)
            return err;
    }
    if (build->source.count == 0 || build->source.count > UINT32_MAX)
        return fault_set(fault, ERR_BAD_GEOMETRY, options->layers[0].path,
                         "the files hold no features");
    build->reduced = calloc(build->source.count, sizeof *build->reduced);
    return build->reduced == NULL ? ERR_NO_MEMORY : ERR_OK;
}

static enum err options_check(const struct basemap_options *options, struct fault *fault) {
    if (options->minzoom > options->maxzoom || options->maxzoom > TILE_ZOOM_MAX)
        return fault_set(fault, ERR_BAD_PARAMETER, "maxzoom",
                         "zooms go from 0 to %d, the lower one first", TILE_ZOOM_MAX);
    if (options->layer_count == 0 || options->layer_count > BASEMAP_LAYERS_MAX)
        return fault_set(fault, ERR_BAD_PARAMETER, "layer", "there must be 1 to %d of them",
                         BASEMAP_LAYERS_MAX);
    return ERR_OK;
}

enum err basemap_build(const struct basemap_options *options, struct fault *fault,
                       struct basemap_report *out) {
    struct build build = {.options = options};
    arena_init(&build.arena);
    buf_init(&build.bytes);
    basemap_source_init(&build.source);
    enum err err = options_check(options, fault);
    if (err == ERR_OK)
        err = sources_read(&build, fault);
    if (err == ERR_OK)
        err = mbtiles_writer_open(options->out_path, TILE_PBF, fault, &build.writer);
    if (err == ERR_OK)
        err = meta_write(&build);
    for (build.z = options->minzoom; build.z <= options->maxzoom && err == ERR_OK; build.z++)
        err = zoom_write(&build);
    if (err == ERR_OK) {
        err = mbtiles_writer_finish(build.writer);
        build.writer = NULL;
    }
    if (err == ERR_OK) {
        build.report.features = build.source.count;
        *out = build.report;
    }
    mbtiles_writer_abandon(build.writer);
    mvt_shape_fini(&build.shape);
    free(build.notes);
    free(build.reduced);
    basemap_source_fini(&build.source);
    buf_fini(&build.bytes);
    arena_fini(&build.arena);
    return err;
}
