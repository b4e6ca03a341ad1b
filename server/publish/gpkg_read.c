// SPDX-License-Identifier: AGPL-3.0-or-later
// First what the edition is and how much it holds, then the layers that follow from it, then that
// there are no others.
#include "publish/gpkg.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/number.h"
#include "publish/gpkg_blob.h"
#include "publish/gpkg_method.h"
#include "publish/gpkg_reader.h"
#include <string.h>

enum { METADATA_ROWS_MAX = 64, NUMBER_MAX = 1000000000, BASE_MAP_MAX = 64 };
// no row is smaller: a leaf's geometry and cells, a point
enum { LEAF_ROW_BYTES = 100, FEATURE_ROW_BYTES = 29 };

/* Whether the file is large enough for so many rows; memory is taken only then. */
static bool could_hold(const struct gpkg_reader *reader, size_t rows, size_t row_bytes) {
    return rows <= reader->file.size_bytes / row_bytes;
}

/* A whole number as it is written: digits alone, no zero before others. */
static bool whole_number(const char *text, int64_t max, int64_t *out) {
    int64_t value = 0;
    size_t len = strspn(text, "0123456789");
    if (!len || len > 18 || text[len] || (text[0] == '0' && len > 1))
        return false;
    for (size_t i = 0; i < len; i++)
        value = 10 * value + (text[i] - '0');
    *out = value;
    return value <= max;
}

static bool bbox_of(const char *text, struct bbox *out) {
    double *const degrees[] = {&out->west_deg, &out->south_deg, &out->east_deg, &out->north_deg};
    for (size_t i = 0; i < 4; i++) {
        size_t len = strcspn(text, ",");
        if (!number_parse(text, len, '.', degrees[i]) || text[len] != (i < 3 ? ',' : '\0'))
            return false;
        text += len + 1;
    }
    return bbox_valid(out);
}

struct facts {
    const char *texts[FACT_COUNT];
    int64_t numbers[FACT_COUNT];
};

static enum err bad_fact(struct gpkg_reader *reader, enum gpkg_fact fact) {
    return gpkg_refuse(&reader->file, "repere_metadata: \"%s\" is missing or not what it should be",
                       gpkg_fact_name(fact));
}

/* The rows behind the facts are for people. */
static enum err read_facts(struct gpkg_reader *reader, struct facts *facts) {
    struct gpkg_rows rows;
    size_t count = 0;
    gpkg_rows_open(&reader->file, gpkg_fixed_tables[GPKG_METADATA].name, reader->arena, &rows);
    for (; gpkg_rows_next(&rows); count++) {
        const char *name = gpkg_take_word(&rows), *value = gpkg_take_text(&rows);
        if (count >= METADATA_ROWS_MAX)
            gpkg_wrong(&rows, "more rows than an edition has");
        if (count >= FACT_COUNT || rows.err)
            continue;
        if (strcmp(name, gpkg_fact_name((enum gpkg_fact)count)) != 0)
            gpkg_wrong(&rows, "another row belongs here");
        facts->texts[count] = value;
    }
    enum err err = gpkg_rows_close(&rows);
    return !err && count < FACT_COUNT ? bad_fact(reader, (enum gpkg_fact)count) : err;
}

static enum err read_numbers(struct gpkg_reader *reader, struct facts *facts) {
    static const struct {
        enum gpkg_fact fact;
        int64_t min, max;
    } numbers[] = {
        {FACT_PROJECT, 1, INT64_MAX},
        {FACT_EDITION, 1, 1000000},
        {FACT_REVISION, 1, 1000000},
        {FACT_EPSG, 1, 999999},
        {FACT_EXERCISES, 0, GPKG_EXERCISES_MAX},
        {FACT_SLICES, 0, GPKG_SLICES_MAX},
        {FACT_FINDINGS, 0, GPKG_FINDINGS_MAX},
        {FACT_ASSETS, 0, GPKG_ASSETS_MAX},
        {FACT_OVERLAYS, 0, GPKG_OVERLAYS_MAX},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t *number = &facts->numbers[numbers[i].fact];
        if (!whole_number(facts->texts[numbers[i].fact], numbers[i].max, number) ||
            *number < numbers[i].min)
            return bad_fact(reader, numbers[i].fact);
    }
    return ERR_OK;
}

static enum err read_taken_down(struct gpkg_reader *reader, const char *text) {
    struct json_object *doc = NULL;
    enum err err = json_parse(text, strlen(text), NULL, &doc);
    bool fits = !err && json_type_of(doc) == JSON_ARRAY;
    for (size_t i = 0; fits && i < json_length(doc); i++)
        fits = json_type_of(json_at(doc, i)) == JSON_STRING;
    json_free(doc);
    if (err == ERR_NO_MEMORY)
        return err;
    return fits ? ERR_OK : bad_fact(reader, FACT_TAKEN_DOWN);
}

static enum err read_edition(struct gpkg_reader *reader) {
    struct edition *edition = &reader->edition;
    struct facts facts;
    int64_t day_ms;
    enum err err = read_facts(reader, &facts);
    if (!err)
        err = read_numbers(reader, &facts);
    if (!err)
        err = read_taken_down(reader, facts.texts[FACT_TAKEN_DOWN]);
    if (err)
        return err;
    *edition = (struct edition){
        .project = facts.numbers[FACT_PROJECT],
        .number = (unsigned)facts.numbers[FACT_EDITION],
        .revision = (unsigned)facts.numbers[FACT_REVISION],
        .title = facts.texts[FACT_TITLE],
        .published_on = facts.texts[FACT_PUBLISHED_ON],
        .taken_down = facts.texts[FACT_TAKEN_DOWN],
        .base_map = facts.texts[FACT_BASE_MAP],
        .epsg = (int)facts.numbers[FACT_EPSG],
        .exercise_count = (size_t)facts.numbers[FACT_EXERCISES],
        .slice_count = (size_t)facts.numbers[FACT_SLICES],
        .finding_count = (size_t)facts.numbers[FACT_FINDINGS],
        .asset_count = (size_t)facts.numbers[FACT_ASSETS],
        .overlay_count = (size_t)facts.numbers[FACT_OVERLAYS],
    };
    if (strlen(edition->published_on) != 10 || !clock_parse(edition->published_on, 10, &day_ms))
        return bad_fact(reader, FACT_PUBLISHED_ON);
    if (!bbox_of(facts.texts[FACT_BBOX], &edition->bbox))
        return bad_fact(reader, FACT_BBOX);
    if (edition->epsg != 3035 && edition->epsg != 6933)
        return bad_fact(reader, FACT_EPSG);
    // a part of addresses and of file names
    static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    if (strspn(edition->base_map, signs) != strlen(edition->base_map) ||
        strlen(edition->base_map) > BASE_MAP_MAX)
        return bad_fact(reader, FACT_BASE_MAP);
    return ERR_OK;
}

static void take_exercise(struct gpkg_rows *rows, unsigned edition,
                          struct edition_exercise *exercise) {
    static const char *const profiles[] = {"standard", "sensitive", NULL};
    exercise->key = gpkg_take_word(rows);
    exercise->title = gpkg_take_by_language(rows);
    exercise->profile = profiles[gpkg_take_one_of(rows, profiles)];
    exercise->floor = (unsigned)gpkg_take_i64(rows, 1, 1000000);
    exercise->noise_max = (unsigned)gpkg_take_i64(rows, 1, 1000);
    exercise->noise_variance = gpkg_take_f64(rows, 0, 1e6);
    exercise->base_m = (unsigned)gpkg_take_i64(rows, 250, EQUAL_AREA_TOP_M);
    exercise->sessions = (uint32_t)gpkg_take_i64(rows, 0, NUMBER_MAX);
    exercise->attendances = (uint32_t)gpkg_take_i64(rows, 0, NUMBER_MAX);
    exercise->first_month = gpkg_take_month(rows);
    exercise->last_month = gpkg_take_month(rows);
    exercise->since = (unsigned)gpkg_take_i64(rows, 1, edition);
    const unsigned across = EQUAL_AREA_TOP_M / exercise->base_m;
    if (across * exercise->base_m != EQUAL_AREA_TOP_M || (across & (across - 1)) != 0)
        gpkg_wrong(rows, "its cells do not divide 4 km by halves");
    if (exercise->sessions % 5 || exercise->attendances % 5)
        gpkg_wrong(rows, "its numbers are not rounded to 5");
}

/* Rows are numbered from 1 without gaps; `told` is their number, `count` how many there were, this
 * one included. */
static bool next_of(struct gpkg_rows *rows, size_t told, size_t *count) {
    if (!gpkg_rows_next(rows)) {
        if (*count != told)
            gpkg_wrong(rows, "rows are missing behind it");
        return false;
    }
    if (rows->number != (int64_t)*count + 1 || *count >= told)
        gpkg_wrong(rows, "there are other rows than are told");
    ++*count;
    return !rows->err;
}

static enum err read_exercises(struct gpkg_reader *reader) {
    struct edition *edition = &reader->edition;
    struct gpkg_rows rows;
    size_t count = 0;
    edition->exercises =
        arena_array(reader->arena, edition->exercise_count, sizeof *edition->exercises);
    gpkg_rows_open(&reader->file, gpkg_fixed_tables[GPKG_EXERCISES].name, reader->arena, &rows);
    if (!edition->exercises)
        gpkg_short(&rows);
    while (next_of(&rows, edition->exercise_count, &count)) {
        struct edition_exercise *exercise = &edition->exercises[count - 1];
        take_exercise(&rows, edition->number, exercise);
        for (const struct edition_exercise *before = edition->exercises; before < exercise;
             before++)
            if (strcmp(before->key, exercise->key) == 0)
                gpkg_wrong(&rows, "an exercise is there twice");
    }
    return gpkg_rows_close(&rows);
}

/* "<exercise>.all" or "<exercise>.<kind>.<id>". */
static bool id_fits(const char *id, const char *exercise, enum slice_kind kind) {
    const char *name = slice_kind_name(kind);
    size_t key = strlen(exercise), word = strlen(name);
    if (strncmp(id, exercise, key) != 0 || id[key] != '.' || strncmp(id + key + 1, name, word) != 0)
        return false;
    const char *rest = id + key + 1 + word;
    return kind == SLICE_ALL ? rest[0] == '\0'
                             : rest[0] == '.' && rest[1] && !strchr(rest + 1, '.');
}

static void take_slice(struct gpkg_reader *reader, struct gpkg_rows *rows, size_t index,
                       const char **table) {
    static const char *const kinds[] = {"all", "category", "time", "group", NULL};
    struct edition *edition = &reader->edition;
    struct edition_slice *slice = &edition->slices[index];
    slice->id = gpkg_take_word(rows);
    *table = gpkg_take_word(rows);
    const char *exercise = gpkg_take_word(rows);
    slice->kind = (enum slice_kind)gpkg_take_one_of(rows, kinds);
    slice->title = gpkg_take_by_language(rows);
    slice->colour = gpkg_take_colour(rows);
    slice->icon = gpkg_take_word_or_none(rows);
    slice->leaf_count = (size_t)gpkg_take_i64(rows, 0, INT32_MAX);
    while (slice->exercise < edition->exercise_count &&
           strcmp(edition->exercises[slice->exercise].key, exercise) != 0)
        slice->exercise++;
    if (slice->exercise == edition->exercise_count) {
        gpkg_wrong(rows, "its exercise is not one of the edition's");
        slice->exercise = 0;
    }
    if (!rows->err && !id_fits(slice->id, exercise, slice->kind))
        gpkg_wrong(rows, "its id is not its exercise's and kind's");
    for (size_t i = 0; i < index && !rows->err; i++)
        if (strcmp(edition->slices[i].id, slice->id) == 0)
            gpkg_wrong(rows, "a slice is there twice");
}

/* The slices' tables, told and as they follow from the ids, are the same. */
static enum err check_tables(struct gpkg_reader *reader, const char *const *told,
                             const char *const **out) {
    const struct edition *edition = &reader->edition;
    const char *const *names =
        gpkg_slice_tables(edition->slices, edition->slice_count, &reader->file.arena);
    if (!names)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < edition->slice_count; i++)
        if (strcmp(names[i], told[i]) != 0)
            return gpkg_refuse(&reader->file,
                               "repere_slices, row %zu: its table has another name than it should",
                               i + 1);
    *out = names;
    return ERR_OK;
}

static enum err read_slices(struct gpkg_reader *reader) {
    struct edition *edition = &reader->edition;
    struct gpkg_rows rows;
    size_t count = 0, leaves = 0;
    const char **told = arena_array(&reader->file.arena, edition->slice_count, sizeof *told),
               *const *tables = NULL;
    edition->slices = arena_array(reader->arena, edition->slice_count, sizeof *edition->slices);
    gpkg_rows_open(&reader->file, gpkg_fixed_tables[GPKG_SLICES].name, reader->arena, &rows);
    if (!told || !edition->slices)
        gpkg_short(&rows);
    while (next_of(&rows, edition->slice_count, &count)) {
        take_slice(reader, &rows, count - 1, &told[count - 1]);
        leaves += edition->slices[count - 1].leaf_count;
    }
    enum err err = gpkg_rows_close(&rows);
    if (!err && leaves > GPKG_LEAVES_MAX)
        return fault_set(reader->file.fault, ERR_TOO_LARGE, reader->file.name,
                         "it has more than a million leaves");
    if (!err && !could_hold(reader, leaves, LEAF_ROW_BYTES))
        return gpkg_refuse(&reader->file, "it tells of more leaves than it can hold");
    if (!err)
        err = check_tables(reader, told, &tables);
    for (size_t i = 0; i < edition->slice_count && !err; i++)
        err = gpkg_read_leaves(reader, &edition->slices[i], tables[i]);
    return err;
}

static void take_overlay(struct gpkg_reader *reader, struct gpkg_rows *rows, size_t index) {
    static const char *const kinds[] = {"points", "lines", "areas", "mixed", NULL};
    struct edition_overlay *overlay = &reader->edition.overlays[index];
    overlay->id = gpkg_take_i64(rows, 1, INT64_MAX);
    overlay->title = gpkg_take_text(rows);
    overlay->kind = kinds[gpkg_take_one_of(rows, kinds)];
    overlay->colour = gpkg_take_colour(rows);
    overlay->attribution = gpkg_take_text(rows);
    overlay->feature_count = (size_t)gpkg_take_i64(rows, 0, GPKG_FEATURES_MAX);
    for (size_t i = 0; i < index && !rows->err; i++)
        if (reader->edition.overlays[i].id == overlay->id)
            gpkg_wrong(rows, "an overlay is there twice");
}

static enum err read_overlays(struct gpkg_reader *reader) {
    struct edition *edition = &reader->edition;
    struct gpkg_rows rows;
    size_t count = 0, features = edition->finding_count + edition->asset_count;
    edition->overlays =
        arena_array(reader->arena, edition->overlay_count, sizeof *edition->overlays);
    gpkg_rows_open(&reader->file, gpkg_fixed_tables[GPKG_OVERLAYS].name, reader->arena, &rows);
    if (!edition->overlays)
        gpkg_short(&rows);
    while (next_of(&rows, edition->overlay_count, &count)) {
        take_overlay(reader, &rows, count - 1);
        features += edition->overlays[count - 1].feature_count;
    }
    enum err err = gpkg_rows_close(&rows);
    if (!err && !could_hold(reader, features, FEATURE_ROW_BYTES))
        return gpkg_refuse(&reader->file, "it tells of more features than it can hold");
    for (size_t i = 0; i < edition->overlay_count && !err; i++)
        err = gpkg_read_overlay(reader, &edition->overlays[i]);
    return err;
}

/* What QGIS goes by says of every layer what the layer is. Descriptions and styles may change with
 * the program that wrote them. */
static enum err check_catalog(struct gpkg_reader *reader) {
    static const char sql[] =
        "SELECT count(*) FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) "
        "WHERE table_name = ?1 AND data_type = 'features' AND column_name = 'geom' "
        "AND geometry_type_name = ?2 AND c.srs_id = ?3 AND g.srs_id = ?3 AND z = 0 AND m = 0";
    sqlite3_stmt *stmt = NULL;
    enum err err =
        gpkg_read_error(&reader->file, sqlite3_prepare_v2(reader->file.db, sql, -1, &stmt, NULL));
    for (size_t i = 0; i < reader->file.entry_count && !err; i++) {
        const struct gpkg_entry *entry = &reader->file.entries[i];
        sqlite3_bind_text(stmt, 1, entry->table, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, 2, gpkg_type_name(entry->type), -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 3,
                         entry->content == GPKG_LEAVES ? reader->edition.epsg : GPKG_SRS_DEGREES);
        int code = sqlite3_step(stmt);
        if (!entry->expected)
            err = gpkg_refuse(&reader->file, "it has a layer that it does not tell of: \"%.60s\"",
                              entry->table);
        else if (code != SQLITE_ROW)
            err = gpkg_read_error(&reader->file, code);
        else if (sqlite3_column_int(stmt, 0) != 1)
            err = gpkg_refuse(&reader->file, "its catalog tells something else of \"%.60s\"",
                              entry->table);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return err;
}

static enum err read_all(struct gpkg_reader *reader) {
    enum err err = read_edition(reader);
    if (!err)
        err = read_exercises(reader);
    if (!err)
        err = read_slices(reader);
    if (!err)
        err = read_overlays(reader);
    if (!err)
        err = gpkg_read_findings(reader);
    if (!err)
        err = gpkg_read_assets(reader);
    return err ? err : check_catalog(reader);
}

enum err gpkg_read(const char *path, struct arena *arena, struct fault *fault,
                   struct edition *out) {
    struct gpkg_reader reader = {.arena = arena};
    struct fault unread;
    arena_init(&reader.scratch);
    buf_init(&reader.bytes);
    enum err err = gpkg_file_open(path, fault ? fault : &unread, &reader.file);
    if (!err)
        err = read_all(&reader);
    gpkg_file_close(&reader.file);
    arena_fini(&reader.scratch);
    buf_fini(&reader.bytes);
    if (!err)
        *out = reader.edition;
    return err;
}
