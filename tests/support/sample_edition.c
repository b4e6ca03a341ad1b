// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_edition.h"
#include "test.h"

#define TEXT(en, fr) "{\"en\":\"" en "\",\"fr\":\"" fr "\"}"

/* A square of cells from its south-west corner: column, row, cells a side. */
struct square {
    unsigned column, row, side;
};
/* A leaf: the square less up to three others. Corners that touch are written as two squares. */
struct sample_leaf {
    struct cell top;
    uint32_t value;
    enum share_band share;
    struct square squares[2], holes[3];
};
struct sample_slice {
    const char *id;
    size_t exercise;
    enum slice_kind kind;
    const char *title, *colour, *icon;
    struct sample_leaf leaves[8]; // up to the first of value 0
};

static const struct edition_exercise sample_exercises[] = {
    {"safety-map", TEXT("Safety map", "Carte de sécurité"), "sensitive", 10, 8, 500, 12, 20, 300,
     "2026-02", "2026-04", 2},
    {"asset-map", TEXT("Asset map", "Carte des ressources"), "standard", 5, 5, 250, 5, 10, 120,
     "2025-10", "2025-12", 1},
};

#define CENTRE                                                                                     \
    { 980, 774 }
static const struct sample_slice sample_slices[] = {
    {"safety-map.all",
     0,
     SLICE_ALL,
     TEXT("All places", "Tous les lieux"),
     "",
     "",
     {{{980, 773}, 20, SHARE_UNKNOWN, {{0, 0, 1}, {1, 1, 1}}, {{0}}},
      {CENTRE, 20, SHARE_UNKNOWN, {{0, 0, 8}}, {{4, 0, 4}}},
      {CENTRE, 20, SHARE_UNKNOWN, {{4, 0, 4}}, {{4, 2, 2}, {6, 2, 1}, {7, 2, 1}}},
      {CENTRE, 25, SHARE_UNKNOWN, {{4, 2, 2}}, {{0}}},
      {CENTRE, 30, SHARE_UNKNOWN, {{6, 2, 1}}, {{0}}},
      {CENTRE, 45, SHARE_UNKNOWN, {{7, 2, 1}}, {{0}}},
      {{981, 774}, 30, SHARE_UNKNOWN, {{0, 0, 8}}, {{2, 2, 2}}},
      {{981, 774}, 35, SHARE_UNKNOWN, {{2, 2, 2}}, {{0}}}}},
    {"safety-map.category.unsafe",
     0,
     SLICE_CATEGORY,
     TEXT("Unsafe", "Pas en sécurité"),
     "#cc6677",
     "alert",
     {{{981, 773}, 20, SHARE_UNKNOWN, {{0, 0, 8}}, {{0}}},
      {CENTRE, 25, SHARE_ABOVE_80, {{4, 2, 2}}, {{0}}},
      {CENTRE, 20, SHARE_60_80, {{6, 2, 1}}, {{0}}},
      {CENTRE, 30, SHARE_60_80, {{7, 2, 1}}, {{0}}}}},
    {"safety-map.category.safe",
     0,
     SLICE_CATEGORY,
     TEXT("Safe", "En sécurité"),
     "#117733",
     "shield",
     {{CENTRE, 20, SHARE_40_60, {{7, 2, 1}}, {{0}}},
      {{981, 774}, 20, SHARE_20_40, {{0, 0, 8}}, {{0}}}}},
    {"safety-map.time.evening",
     0,
     SLICE_TIME,
     TEXT("Evening", "Le soir"),
     "",
     "moon",
     {{CENTRE, 20, SHARE_BELOW_20, {{0, 0, 8}}, {{0}}}}},
    {"safety-map.group.new",
     0,
     SLICE_GROUP,
     TEXT("New here", "Depuis peu ici"),
     "",
     "",
     {{CENTRE, 25, SHARE_40_60, {{7, 2, 1}}, {{0}}}}},
    {"safety-map.group.long",
     0,
     SLICE_GROUP,
     TEXT("Long here", "Depuis longtemps"),
     "",
     "",
     {{.value = 0}}},
    {"asset-map.all",
     1,
     SLICE_ALL,
     TEXT("All places", "Tous les lieux"),
     "",
     "",
     {{CENTRE, 15, SHARE_UNKNOWN, {{14, 4, 2}}, {{14, 5, 1}}},
      {CENTRE, 15, SHARE_UNKNOWN, {{14, 5, 1}}, {{0}}},
      {CENTRE, 20, SHARE_UNKNOWN, {{12, 8, 4}}, {{0}}}}},
    {"asset-map.category.culture_story",
     1,
     SLICE_CATEGORY,
     TEXT("Culture", "Culture"),
     "#88ccee",
     "book",
     {{CENTRE, 10, SHARE_20_40, {{14, 4, 2}}, {{0}}}}},
};

static void *must(void *memory) {
    assert_non_null(memory);
    return memory;
}

static void set_square(struct region *region, unsigned side, struct square square, bool on) {
    for (unsigned row = square.row; row < square.row + square.side; row++)
        for (unsigned column = square.column; column < square.column + square.side; column++) {
            unsigned bit = row * side + column;
            uint64_t mask = UINT64_C(1) << bit % 64;
            region->bits[bit / 64] =
                on ? region->bits[bit / 64] | mask : region->bits[bit / 64] & ~mask;
        }
}

static void fill_slice(const struct sample_slice *from, struct arena *arena,
                       struct edition_slice *to) {
    const unsigned side = EQUAL_AREA_TOP_M / sample_exercises[from->exercise].base_m;
    *to = (struct edition_slice){.id = from->id,
                                 .exercise = from->exercise,
                                 .kind = from->kind,
                                 .title = from->title,
                                 .colour = from->colour,
                                 .icon = from->icon};
    to->leaves = must(arena_array(arena, COUNT_OF(from->leaves), sizeof *to->leaves));
    for (const struct sample_leaf *leaf = from->leaves;
         leaf < from->leaves + COUNT_OF(from->leaves) && leaf->value; leaf++) {
        struct edition_leaf *made = &to->leaves[to->leaf_count++];
        *made = (struct edition_leaf){{leaf->top, {0}}, leaf->value, leaf->share};
        for (size_t i = 0; i < COUNT_OF(leaf->squares); i++)
            set_square(&made->region, side, leaf->squares[i], true);
        for (size_t i = 0; i < COUNT_OF(leaf->holes); i++)
            set_square(&made->region, side, leaf->holes[i], false);
    }
}

/* One part or ring, or several: `parts` ends with 0; `polygons`, the rings of each, ends with 0. */
static struct geometry shape(struct arena *arena, enum geometry_type type, const double *lon_lat,
                             const uint32_t *parts, const uint32_t *polygons) {
    struct geometry geometry = {.type = type};
    static const uint32_t none[] = {0};
    for (const uint32_t *at = parts ? parts : none; *at; at++, geometry.part_count++)
        geometry.vertex_count += *at;
    for (const uint32_t *at = polygons ? polygons : none; *at; at++)
        geometry.polygon_count++;
    if (!parts)
        geometry.vertex_count = 1;
    // written here, never through these pointers again
    geometry.coords = (double *)lon_lat;
    geometry.part_vertices = (uint32_t *)parts;
    geometry.polygon_rings = (uint32_t *)polygons;
    struct geometry copy;
    assert_int_equal(geometry_copy(&geometry, arena, &copy), ERR_OK);
    return copy;
}

static const uint32_t ring_of_5[] = {5, 0}, line_of_3[] = {3, 0}, one_ring[] = {1, 0};

static void fill_findings(struct edition *edition, struct arena *arena) {
    static const double crossing[] = {4.3517, 50.8466};
    static const double walk[] = {4.3401, 50.8512, 4.3433, 50.8519, 4.3469, 50.8508};
    static const double square[] = {4.3600,  50.8400, 4.3640,  50.8400, 4.3640,
                                    50.8425, 4.3600,  50.8425, 4.3600,  50.8400};
    edition->finding_count = 4;
    edition->findings = must(arena_array(arena, 4, sizeof *edition->findings));
    edition->findings[0] =
        (struct edition_finding){3,
                                 "safety-map",
                                 "The crossing gives no time to cross with a pram.",
                                 "A longer green for walkers.",
                                 "city",
                                 URGENCY_AMBER,
                                 "en",
                                 "2026-03",
                                 shape(arena, GEOMETRY_POINT, crossing, NULL, NULL)};
    edition->findings[1] = (struct edition_finding){
        4,
        "safety-map",
        "Le soir, personne ne passe ici : \"on fait le tour\" <par l'avenue> & vite.",
        "",
        "transport",
        URGENCY_RED,
        "fr",
        "2026-04",
        shape(arena, GEOMETRY_LINE, walk, line_of_3, NULL)};
    edition->findings[2] =
        (struct edition_finding){7,
                                 "asset-map",
                                 "De tuin is een plek voor iedereen.",
                                 "Laat de poort open tot 20 u.",
                                 "association",
                                 URGENCY_GREEN,
                                 "nl",
                                 "2025-11",
                                 shape(arena, GEOMETRY_POLYGON, square, ring_of_5, one_ring)};
    edition->findings[3] = (struct edition_finding){
        8,    "safety-map", "المكان مظلم بعد الثامنة.",
        "",   "unknown",    URGENCY_AMBER,
        "ar", "2026-04",    shape(arena, GEOMETRY_POINT, walk, NULL, NULL)};
}

static void fill_assets(struct edition *edition, struct arena *arena) {
    static const double library[] = {4.3571, 50.8443}, person[] = {4.3539, 50.8449};
    static const double garden[] = {4.3700,  50.8500, 4.3720,  50.8500, 4.3720,
                                    50.8510, 4.3700,  50.8510, 4.3700,  50.8500};
    edition->asset_count = 3;
    edition->assets = must(arena_array(arena, 3, sizeof *edition->assets));
    edition->assets[0] = (struct edition_asset){
        11,
        "asset-map",
        "The library's reading room",
        "institution",
        TEXT("Institution", "Institution"),
        "#ddcc77",
        "town-hall",
        "square",
        "[{\"question\":" TEXT(
            "What is on offer?",
            "Qu'est-ce qui est offert ?") ",\"answers\":[" TEXT("Space",
                                                                "Local") "," TEXT("IT", "Informatiq"
                                                                                        "ue") "]}]",
        0,
        shape(arena, GEOMETRY_POINT, library, NULL, NULL)};
    edition->assets[1] = (struct edition_asset){12,
                                                "asset-map",
                                                "Helps with letters in three languages",
                                                "person",
                                                TEXT("Person", "Personne"),
                                                "#cc6677",
                                                "person",
                                                "circle",
                                                "[]",
                                                250,
                                                shape(arena, GEOMETRY_POINT, person, NULL, NULL)};
    edition->assets[2] =
        (struct edition_asset){15,
                               "asset-map",
                               "Le potager du quartier",
                               "culture_story",
                               TEXT("Culture/story", "Culture/récit"),
                               "#88ccee",
                               "book",
                               "star",
                               "[]",
                               25,
                               shape(arena, GEOMETRY_POLYGON, garden, ring_of_5, one_ring)};
}

static void fill_areas(struct edition_overlay *overlay, struct arena *arena) {
    static const double west[] = {4.30, 50.80, 4.36, 50.80, 4.36, 50.90, 4.30, 50.90, 4.30, 50.80};
    static const double holed[] = {4.36, 50.80, 4.40, 50.80, 4.40, 50.90, 4.36, 50.90, 4.36, 50.80,
                                   4.37, 50.84, 4.37, 50.85, 4.38, 50.85, 4.38, 50.84, 4.37, 50.84};
    static const double two[] = {4.40, 50.80, 4.45, 50.80, 4.45, 50.84, 4.40, 50.84, 4.40, 50.80,
                                 4.40, 50.86, 4.45, 50.86, 4.45, 50.90, 4.40, 50.90, 4.40, 50.86};
    static const uint32_t two_rings_of_5[] = {5, 5, 0}, two_rings[] = {2, 0},
                          a_ring_each[] = {1, 1, 0};
    *overlay = (struct edition_overlay){.id = 2,
                                        .title = "Quartiers",
                                        .kind = "areas",
                                        .colour = "#332288",
                                        .attribution = "Monitoring des quartiers, CC0"};
    overlay->feature_count = 3;
    overlay->features = must(arena_array(arena, 3, sizeof *overlay->features));
    overlay->features[0] = (struct edition_overlay_feature){
        "West", shape(arena, GEOMETRY_POLYGON, west, ring_of_5, one_ring)};
    overlay->features[1] = (struct edition_overlay_feature){
        "Midden", shape(arena, GEOMETRY_POLYGON, holed, two_rings_of_5, two_rings)};
    overlay->features[2] = (struct edition_overlay_feature){
        "Est, en deux morceaux",
        shape(arena, GEOMETRY_MULTI_POLYGON, two, two_rings_of_5, a_ring_each)};
}

static void fill_overlays(struct edition *edition, struct arena *arena) {
    static const double places[] = {4.3488, 50.8467, 4.3361, 50.8354, 4.3799, 50.8427};
    static const char *const labels[] = {"Town hall", "Station", ""};
    edition->overlay_count = 2;
    edition->overlays = must(arena_array(arena, 2, sizeof *edition->overlays));
    fill_areas(&edition->overlays[0], arena);
    edition->overlays[1] = (struct edition_overlay){.id = 5,
                                                    .title = "Services of the city",
                                                    .kind = "points",
                                                    .colour = "#117733",
                                                    .attribution = ""};
    edition->overlays[1].feature_count = 3;
    edition->overlays[1].features =
        must(arena_array(arena, 3, sizeof *edition->overlays[1].features));
    for (size_t i = 0; i < 3; i++)
        edition->overlays[1].features[i] = (struct edition_overlay_feature){
            labels[i], shape(arena, GEOMETRY_POINT, places + 2 * i, NULL, NULL)};
}

struct edition *sample_edition_make(struct arena *arena) {
    struct edition *edition = must(arena_alloc(arena, sizeof *edition));
    *edition = (struct edition){.project = 1,
                                .number = 2,
                                .revision = 1,
                                .title = "Women map their city",
                                .published_on = "2026-05-31",
                                .taken_down = "[]",
                                .base_map = "brussels",
                                .epsg = 3035,
                                .bbox = {4.28, 50.79, 4.46, 50.91}};
    edition->exercise_count = COUNT_OF(sample_exercises);
    edition->exercises =
        must(arena_array(arena, COUNT_OF(sample_exercises), sizeof *edition->exercises));
    memcpy(edition->exercises, sample_exercises, sizeof sample_exercises);
    edition->slice_count = COUNT_OF(sample_slices);
    edition->slices = must(arena_array(arena, COUNT_OF(sample_slices), sizeof *edition->slices));
    for (size_t i = 0; i < COUNT_OF(sample_slices); i++)
        fill_slice(&sample_slices[i], arena, &edition->slices[i]);
    fill_findings(edition, arena);
    fill_assets(edition, arena);
    fill_overlays(edition, arena);
    return edition;
}

struct edition *sample_edition_large(struct arena *arena, size_t leaves) {
    struct edition *edition = sample_edition_make(arena);
    struct edition_slice *slice = &edition->slices[0];
    slice->leaf_count = leaves;
    slice->leaves = must(arena_array(arena, leaves, sizeof *slice->leaves));
    for (size_t i = 0; i < leaves; i++) { // 64 cells a top cell, 100 top cells a row of them
        size_t top = i / 64;
        struct edition_leaf *leaf = &slice->leaves[i];
        leaf->region =
            (struct region){.top = {980 + (int32_t)(top % 100), 774 + (int32_t)(top / 100)}};
        leaf->region.bits[0] = UINT64_C(1) << i % 64;
        leaf->value = 20 + 5 * (uint32_t)(i * 7919 % 16);
    }
    return edition;
}

static void same_text(const char *what, const char *a, const char *b) {
    if (!a || !b || strcmp(a, b) != 0)
        fail_msg("%s: \"%s\" is not \"%s\"", what, a ? a : "(null)", b ? b : "(null)");
}

static void same_geometry(const struct geometry *a, const struct geometry *b) {
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->vertex_count, b->vertex_count);
    assert_int_equal(a->part_count, b->part_count);
    assert_int_equal(a->polygon_count, b->polygon_count);
    assert_memory_equal(a->coords, b->coords, a->vertex_count * 2 * sizeof *a->coords);
    if (a->part_count)
        assert_memory_equal(a->part_vertices, b->part_vertices,
                            a->part_count * sizeof *a->part_vertices);
    if (a->polygon_count)
        assert_memory_equal(a->polygon_rings, b->polygon_rings,
                            a->polygon_count * sizeof *a->polygon_rings);
}

static void same_exercise(const struct edition_exercise *a, const struct edition_exercise *b) {
    same_text("key", a->key, b->key);
    same_text("title", a->title, b->title);
    same_text("profile", a->profile, b->profile);
    assert_int_equal(a->floor, b->floor);
    assert_int_equal(a->noise_max, b->noise_max);
    assert_int_equal(a->base_m, b->base_m);
    assert_memory_equal(&a->noise_variance, &b->noise_variance, sizeof a->noise_variance);
    assert_int_equal(a->sessions, b->sessions);
    assert_int_equal(a->attendances, b->attendances);
    same_text("first month", a->first_month, b->first_month);
    same_text("last month", a->last_month, b->last_month);
    assert_int_equal(a->since, b->since);
}

static void same_slice(const struct edition_slice *a, const struct edition_slice *b) {
    same_text("slice", a->id, b->id);
    assert_int_equal(a->exercise, b->exercise);
    assert_int_equal(a->kind, b->kind);
    same_text("title", a->title, b->title);
    same_text("colour", a->colour, b->colour);
    same_text("icon", a->icon, b->icon);
    assert_int_equal(a->leaf_count, b->leaf_count);
    for (size_t i = 0; i < a->leaf_count; i++) {
        assert_memory_equal(&a->leaves[i].region, &b->leaves[i].region, sizeof a->leaves[i].region);
        assert_int_equal(a->leaves[i].value, b->leaves[i].value);
        assert_int_equal(a->leaves[i].share, b->leaves[i].share);
    }
}

static void same_finding(const struct edition_finding *a, const struct edition_finding *b) {
    assert_int_equal(a->id, b->id);
    same_text("exercise", a->exercise, b->exercise);
    same_text("statement", a->statement, b->statement);
    same_text("recommendation", a->recommendation, b->recommendation);
    same_text("who", a->who, b->who);
    assert_int_equal(a->urgency, b->urgency);
    same_text("language", a->language, b->language);
    same_text("month", a->month, b->month);
    same_geometry(&a->geometry, &b->geometry);
}

static void same_asset(const struct edition_asset *a, const struct edition_asset *b) {
    assert_int_equal(a->id, b->id);
    same_text("exercise", a->exercise, b->exercise);
    same_text("title", a->title, b->title);
    same_text("category", a->category, b->category);
    same_text("label", a->label, b->label);
    same_text("colour", a->colour, b->colour);
    same_text("icon", a->icon, b->icon);
    same_text("shape", a->shape, b->shape);
    same_text("details", a->details, b->details);
    assert_int_equal(a->precision_m, b->precision_m);
    same_geometry(&a->geometry, &b->geometry);
}

static void same_overlay(const struct edition_overlay *a, const struct edition_overlay *b) {
    assert_int_equal(a->id, b->id);
    same_text("title", a->title, b->title);
    same_text("kind", a->kind, b->kind);
    same_text("colour", a->colour, b->colour);
    same_text("attribution", a->attribution, b->attribution);
    assert_int_equal(a->feature_count, b->feature_count);
    for (size_t i = 0; i < a->feature_count; i++) {
        same_text("label", a->features[i].label, b->features[i].label);
        same_geometry(&a->features[i].geometry, &b->features[i].geometry);
    }
}

void sample_edition_assert_equal(const struct edition *a, const struct edition *b) {
    assert_int_equal(a->project, b->project);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->revision, b->revision);
    same_text("title", a->title, b->title);
    same_text("published on", a->published_on, b->published_on);
    same_text("taken down", a->taken_down, b->taken_down);
    same_text("base map", a->base_map, b->base_map);
    assert_memory_equal(&a->bbox, &b->bbox, sizeof a->bbox);
    assert_int_equal(a->epsg, b->epsg);
    assert_int_equal(a->exercise_count, b->exercise_count);
    assert_int_equal(a->slice_count, b->slice_count);
    assert_int_equal(a->finding_count, b->finding_count);
    assert_int_equal(a->asset_count, b->asset_count);
    assert_int_equal(a->overlay_count, b->overlay_count);
    for (size_t i = 0; i < a->exercise_count; i++)
        same_exercise(&a->exercises[i], &b->exercises[i]);
    for (size_t i = 0; i < a->slice_count; i++)
        same_slice(&a->slices[i], &b->slices[i]);
    for (size_t i = 0; i < a->finding_count; i++)
        same_finding(&a->findings[i], &b->findings[i]);
    for (size_t i = 0; i < a->asset_count; i++)
        same_asset(&a->assets[i], &b->assets[i]);
    for (size_t i = 0; i < a->overlay_count; i++)
        same_overlay(&a->overlays[i], &b->overlays[i]);
}
