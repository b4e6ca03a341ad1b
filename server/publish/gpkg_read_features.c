// SPDX-License-Identifier: AGPL-3.0-or-later
// The rows of feature tables. A leaf is its region, its value and its share; all else that its row
// tells must be what follows from these, so that QGIS shows what this program answers.
#include "publish/gpkg_blob.h"
#include "publish/gpkg_layers.h"
#include "publish/gpkg_reader.h"
#include <endian.h>
#include <math.h>
#include <string.h>

enum {
    VALUE_MAX = 1000000000,
    TOP_MAX = 5000 /* 20,000 km from the CRS's origin */,
    LANGUAGE_MAX = 35
};

static const char *const share_words[] = {"<20%", "20-40%", "40-60%", "60-80%", ">80%", NULL};

static void take_region(struct gpkg_rows *rows, unsigned base_m, struct region *region) {
    size_t len;
    const unsigned side = EQUAL_AREA_TOP_M / base_m, bits = side * side;
    region->top.column = (int32_t)gpkg_take_i64(rows, -TOP_MAX, TOP_MAX);
    region->top.row = (int32_t)gpkg_take_i64(rows, -TOP_MAX, TOP_MAX);
    const void *cells = gpkg_take_blob(rows, &len);
    if (rows->err)
        return;
    if (len != sizeof region->bits) {
        gpkg_wrong(rows, "its cells are not 32 bytes");
        return;
    }
    memcpy(region->bits, cells, sizeof region->bits);
    for (unsigned i = 0; i < REGION_WORDS; i++) {
        region->bits[i] = le64toh(region->bits[i]);
        uint64_t beyond = bits >= 64 * (i + 1) ? 0
                          : bits <= 64 * i     ? UINT64_MAX
                                               : UINT64_MAX << (bits - 64 * i);
        if (region->bits[i] & beyond)
            gpkg_wrong(rows, "it has cells beyond its square");
    }
    if (!region_count(region))
        gpkg_wrong(rows, "its region is empty");
}

/* What the row tells beside the region, as it was before the region was known. */
struct told {
    const void *blob;
    size_t blob_len;
    const char *code;
    int64_t side_m, whole;
    double area_km2;
};

static void check_told(struct gpkg_reader *reader, struct gpkg_rows *rows, unsigned base_m,
                       const struct region *region, const struct told *told) {
    char code[REGION_CODE_SIZE];
    struct cell corner;
    struct geometry outline;
    if (region_outline(region, base_m, &reader->scratch, &outline) != ERR_OK) {
        gpkg_short(rows);
        return;
    }
    buf_clear(&reader->bytes);
    gpkg_blob_write(&outline, GEOMETRY_MULTI_POLYGON, reader->edition.epsg, &reader->bytes);
    region_code(region, base_m, reader->edition.epsg, code);
    const int64_t side_m = region_level_m(region, base_m, &corner), across = side_m / base_m;
    const int64_t count = region_count(region);
    const double area_km2 = (double)count * (base_m / 1000.0) * (base_m / 1000.0);
    if (reader->bytes.failed)
        gpkg_short(rows);
    else if (reader->bytes.len != told->blob_len ||
             memcmp(reader->bytes.data, told->blob, told->blob_len) != 0)
        gpkg_wrong(rows, "its geometry is not its region's");
    else if (strcmp(told->code, code) != 0 || told->side_m != side_m ||
             told->whole != (count == across * across) || fabs(told->area_km2 - area_km2) > 1e-9)
        gpkg_wrong(rows, "its code, side or area is not its region's");
}

static void take_leaf(struct gpkg_reader *reader, struct gpkg_rows *rows, unsigned base_m,
                      struct edition_leaf *leaf) {
    struct told told;
    arena_reset(&reader->scratch);
    told.blob = gpkg_take_blob(rows, &told.blob_len);
    told.code = gpkg_take_word(rows);
    told.side_m = gpkg_take_i64(rows, base_m, EQUAL_AREA_TOP_M);
    told.whole = gpkg_take_i64(rows, 0, 1);
    told.area_km2 = gpkg_take_f64(rows, 0, 16);
    leaf->value = (uint32_t)gpkg_take_i64(rows, 5, VALUE_MAX);
    if (leaf->value % 5 != 0)
        gpkg_wrong(rows, "its value is not a multiple of 5");
    if (!gpkg_take_null(rows))
        leaf->share = (enum share_band)(gpkg_take_one_of(rows, share_words) + SHARE_BELOW_20);
    take_region(rows, base_m, &leaf->region);
    if (!rows->err)
        check_told(reader, rows, base_m, &leaf->region, &told);
}

/* Leaves stand in the order of their regions: those of a top cell side by side. `ground` is what
 * the ones before have of this one's top cell. */
static void check_place(struct gpkg_rows *rows, const struct edition_leaf *before,
                        const struct edition_leaf *leaf, struct region *ground) {
    if (before && region_order(&before->region, &leaf->region) >= 0)
        gpkg_wrong(rows, "its leaves are not in order");
    if (!before || before->region.top.column != leaf->region.top.column ||
        before->region.top.row != leaf->region.top.row)
        *ground = (struct region){.top = leaf->region.top};
    if (region_meets(ground, &leaf->region))
        gpkg_wrong(rows, "two leaves overlap");
    for (size_t i = 0; i < REGION_WORDS; i++)
        ground->bits[i] |= leaf->region.bits[i];
}

enum err gpkg_read_leaves(struct gpkg_reader *reader, struct edition_slice *slice,
                          const char *table) {
    const unsigned base_m = reader->edition.exercises[slice->exercise].base_m;
    struct gpkg_rows rows;
    struct region ground = {0};
    int64_t read = 0;
    if (!gpkg_entry_find(&reader->file, GPKG_LEAVES, table))
        return gpkg_refuse(&reader->file, "the layer \"%.80s\" is missing", table);
    slice->leaves = arena_array(reader->arena, slice->leaf_count, sizeof *slice->leaves);
    gpkg_rows_open(&reader->file, table, &reader->scratch, &rows);
    if (!slice->leaves)
        gpkg_short(&rows);
    while (gpkg_rows_next(&rows)) {
        if (rows.number != read + 1 || (size_t)read >= slice->leaf_count) {
            gpkg_wrong(&rows, "it has other leaves than it is said to have");
            break;
        }
        struct edition_leaf *leaf = &slice->leaves[read];
        take_leaf(reader, &rows, base_m, leaf);
        if (!rows.err)
            check_place(&rows, read ? leaf - 1 : NULL, leaf, &ground);
        read++;
    }
    if (!rows.err && (size_t)read != slice->leaf_count)
        gpkg_wrong(&rows, "leaves are missing");
    return gpkg_rows_close(&rows);
}

/* A list whose features stand in up to three tables. */
struct features {
    enum gpkg_content content;
    const struct edition_overlay *overlay;
    size_t count;
    struct geometry *(*geometry)(struct gpkg_reader *reader, const struct features *features,
                                 size_t index);
    void (*take)(struct gpkg_reader *reader, const struct features *features,
                 struct gpkg_rows *rows, size_t index);
};

static void take_feature(struct gpkg_reader *reader, const struct features *features,
                         enum geometry_type type, struct gpkg_rows *rows) {
    size_t len;
    if (rows->number > (int64_t)features->count) {
        gpkg_wrong(rows, "it has other features than it is said to have");
        return;
    }
    const size_t index = (size_t)rows->number - 1;
    struct geometry *geometry = features->geometry(reader, features, index);
    const void *blob = gpkg_take_blob(rows, &len);
    struct fault fault = {0};
    if (geometry->type) {
        gpkg_wrong(rows, "another layer has this feature too");
        return;
    }
    enum err err =
        rows->err ? rows->err : gpkg_blob_read(blob, len, type, reader->arena, &fault, geometry);
    if (err == ERR_NO_MEMORY)
        gpkg_short(rows);
    else if (err)
        gpkg_wrong(rows, fault.why);
    features->take(reader, features, rows, index);
}

static enum err read_features(struct gpkg_reader *reader, const struct features *features) {
    size_t read = 0;
    for (int type = GEOMETRY_POINT; type <= GEOMETRY_POLYGON; type++) {
        struct gpkg_rows rows;
        const char *table = gpkg_feature_table(features->content, features->overlay,
                                               (enum geometry_type)type, &reader->file.arena);
        if (!table)
            return ERR_NO_MEMORY;
        const struct gpkg_entry *entry = gpkg_entry_find(&reader->file, features->content, table);
        if (!entry || gpkg_simple_type(entry->type) != (enum geometry_type)type)
            continue; // an overlay of one type has its one table three times here
        gpkg_rows_open(&reader->file, table, reader->arena, &rows);
        for (; gpkg_rows_next(&rows); read++)
            take_feature(reader, features, entry->type, &rows);
        enum err err = gpkg_rows_close(&rows);
        if (err)
            return err;
    }
    if (read != features->count)
        return gpkg_refuse(&reader->file, "features are missing: %zu are there, %zu are told", read,
                           features->count);
    return ERR_OK;
}

static struct geometry *finding_geometry(struct gpkg_reader *reader,
                                         const struct features *features, size_t index) {
    (void)features;
    return &reader->edition.findings[index].geometry;
}

static const char *take_language(struct gpkg_rows *rows) {
    const char *language = gpkg_take_word(rows);
    if (strlen(language) > LANGUAGE_MAX)
        gpkg_wrong(rows, "a language tag is too long");
    return language;
}

static void take_finding(struct gpkg_reader *reader, const struct features *features,
                         struct gpkg_rows *rows, size_t index) {
    static const char *const actors[] = {"city",        "transport", "landlord", "police",
                                         "association", "unknown",   NULL};
    static const char *const urgencies[] = {"green", "amber", "red", NULL};
    struct edition_finding *finding = &reader->edition.findings[index];
    (void)features;
    finding->id = gpkg_take_i64(rows, 1, INT64_MAX);
    finding->exercise = gpkg_take_word(rows);
    finding->statement = gpkg_take_text(rows);
    finding->recommendation = gpkg_take_text(rows);
    finding->who = actors[gpkg_take_one_of(rows, actors)];
    finding->urgency = (enum finding_urgency)gpkg_take_one_of(rows, urgencies);
    finding->language = take_language(rows);
    finding->month = gpkg_take_month(rows);
}

enum err gpkg_read_findings(struct gpkg_reader *reader) {
    struct edition *edition = &reader->edition;
    const struct features features = {GPKG_FINDINGS, NULL, edition->finding_count, finding_geometry,
                                      take_finding};
    edition->findings =
        arena_array(reader->arena, edition->finding_count, sizeof *edition->findings);
    return edition->findings ? read_features(reader, &features) : ERR_NO_MEMORY;
}

static struct geometry *asset_geometry(struct gpkg_reader *reader, const struct features *features,
                                       size_t index) {
    (void)features;
    return &reader->edition.assets[index].geometry;
}

static void take_asset(struct gpkg_reader *reader, const struct features *features,
                       struct gpkg_rows *rows, size_t index) {
    struct edition_asset *asset = &reader->edition.assets[index];
    (void)features;
    asset->id = gpkg_take_i64(rows, 1, INT64_MAX);
    asset->exercise = gpkg_take_word(rows);
    asset->title = gpkg_take_text(rows);
    asset->category = gpkg_take_word(rows);
    asset->label = gpkg_take_by_language(rows);
    asset->colour = gpkg_take_colour(rows);
    asset->icon = gpkg_take_word_or_none(rows);
    asset->shape = gpkg_take_word_or_none(rows);
    asset->details = gpkg_take_array(rows);
    asset->precision_m = (unsigned)gpkg_take_i64(rows, 0, 100000);
}

enum err gpkg_read_assets(struct gpkg_reader *reader) {
    struct edition *edition = &reader->edition;
    const struct features features = {GPKG_ASSETS, NULL, edition->asset_count, asset_geometry,
                                      take_asset};
    edition->assets = arena_array(reader->arena, edition->asset_count, sizeof *edition->assets);
    return edition->assets ? read_features(reader, &features) : ERR_NO_MEMORY;
}

static struct geometry *overlay_geometry(struct gpkg_reader *reader,
                                         const struct features *features, size_t index) {
    (void)reader;
    return &features->overlay->features[index].geometry;
}

static void take_overlay_feature(struct gpkg_reader *reader, const struct features *features,
                                 struct gpkg_rows *rows, size_t index) {
    (void)reader;
    features->overlay->features[index].label = gpkg_take_text(rows);
}

enum err gpkg_read_overlay(struct gpkg_reader *reader, struct edition_overlay *overlay) {
    const struct features features = {GPKG_OVERLAY, overlay, overlay->feature_count,
                                      overlay_geometry, take_overlay_feature};
    overlay->features =
        arena_array(reader->arena, overlay->feature_count, sizeof *overlay->features);
    enum err err = overlay->features ? read_features(reader, &features) : ERR_NO_MEMORY;
    if (!err && !gpkg_of_its_kind(overlay))
        err = gpkg_refuse(&reader->file, "an overlay holds features that are not of its kind");
    return err;
}
