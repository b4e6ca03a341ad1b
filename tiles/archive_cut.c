// SPDX-License-Identifier: AGPL-3.0-or-later
// Both kinds of file are written from one plan: the runs to take, ascending.
#include "archive_cut.h"
#include "archive_plan.h"
#include "base/jsonw.h"
#include "base/zip.h"
#include "mbtiles_write.h"
#include "pmtiles_write.h"
#include <string.h>

struct cutting {
    struct archive *archive;
    const struct archive_plan *plan;
    const struct archive_patience *patience;
    struct archive_info info; // the cut's own
    const char *path;
    struct fault *fault;
    struct buf tile, zipped;
};

enum err archive_cut_measure(struct archive *archive, const struct archive_cut *cut,
                             struct archive_cut_report *out) {
    struct archive_plan plan;
    enum err err = archive_plan_make(archive, cut, &plan);
    if (err != ERR_OK)
        return err;
    *out = plan.report;
    archive_plan_fini(&plan);
    return ERR_OK;
}

/* A tile's bytes as the cut stores them: pictures as they are, vector tiles gzipped, as both
 * formats want them. Borrowed until the next one. */
static enum err read_tile(struct cutting *cutting, struct tile tile, const struct buf **out) {
    bool gzipped;
    enum err err = archive_patience_ask(cutting->patience);
    if (err != ERR_OK)
        return err;
    buf_clear(&cutting->tile);
    err = archive_tile(cutting->archive, tile, &cutting->tile, &gzipped);
    if (err == ERR_NOT_FOUND || err == ERR_BUSY)
        err = ERR_NOT_A_STORE; // it was told a moment ago
    if (err != ERR_OK)
        return fault_set(cutting->fault, err,
                         cutting->path, // which one is a place, and not for logs
                         "a tile to be copied cannot be read; `repere basemap check` names it");
    *out = &cutting->tile;
    if (cutting->info.format != TILE_PBF || gzipped)
        return ERR_OK;
    buf_clear(&cutting->zipped);
    *out = &cutting->zipped;
    return zip_gzip(cutting->tile.data, cutting->tile.len, &cutting->zipped);
}

static enum err write_pmtiles(struct cutting *cutting) {
    struct pmtiles_writer *writer = NULL;
    enum err err = pmtiles_writer_open(cutting->path, cutting->fault, &writer);
    for (size_t i = 0; i < cutting->plan->count && err == ERR_OK; i++) {
        const struct archive_run *run = &cutting->plan->runs[i];
        const struct buf *bytes;
        err = read_tile(cutting, hilbert_tile(run->id), &bytes);
        if (err == ERR_OK)
            err = pmtiles_writer_run(writer, run->id, run->tiles, bytes->data, bytes->len);
    }
    if (err == ERR_OK)
        return pmtiles_writer_finish(writer, &cutting->info);
    pmtiles_writer_abandon(writer);
    return err;
}

static enum err write_number(struct mbtiles_writer *writer, const char *name, unsigned value) {
    char text[16];
    size_t at = sizeof text - 1;
    text[at] = '\0';
    do
        text[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    return mbtiles_writer_meta(writer, name, text + at);
}

static enum err write_bounds(struct mbtiles_writer *writer, const double wsen_deg[4],
                             struct buf *text) {
    for (int i = 0; i < 4; i++) {
        buf_fixed(text, wsen_deg[i], 7);
        buf_char(text, i < 3 ? ',' : '\0');
    }
    return text->failed ? ERR_NO_MEMORY : mbtiles_writer_meta(writer, "bounds", text->data);
}

static enum err write_layers(struct mbtiles_writer *writer, const char *vector_layers,
                             struct buf *text) {
    struct jsonw w;
    if (vector_layers == NULL)
        return ERR_OK;
    jsonw_init(&w, text);
    jsonw_object(&w);
    jsonw_kraw(&w, "vector_layers", vector_layers);
    jsonw_object_end(&w);
    buf_char(text, '\0');
    return text->failed ? ERR_NO_MEMORY : mbtiles_writer_meta(writer, "json", text->data);
}

static enum err write_metadata(struct mbtiles_writer *writer, const struct cutting *cutting) {
    const struct archive_info *info = &cutting->info;
    struct buf text;
    buf_init(&text);
    enum err err = mbtiles_writer_meta(writer, "name", info->title);
    if (err == ERR_OK)
        err = mbtiles_writer_meta(writer, "attribution", info->attribution);
    if (err == ERR_OK)
        err = mbtiles_writer_meta(writer, "type", "baselayer");
    if (err == ERR_OK)
        err = write_number(writer, "minzoom", info->minzoom);
    if (err == ERR_OK)
        err = write_number(writer, "maxzoom", info->maxzoom);
    if (err == ERR_OK)
        err = write_bounds(writer, info->bounds_deg, &text);
    buf_clear(&text);
    if (err == ERR_OK)
        err = write_layers(writer, info->vector_layers, &text);
    buf_fini(&text);
    return err;
}

static enum err write_mbtiles(struct cutting *cutting) {
    struct mbtiles_writer *writer = NULL;
    enum err err =
        mbtiles_writer_open(cutting->path, cutting->info.format, cutting->fault, &writer);
    if (err == ERR_OK)
        err = write_metadata(writer, cutting);
    for (size_t i = 0; i < cutting->plan->count && err == ERR_OK; i++) {
        const struct archive_run *run = &cutting->plan->runs[i];
        const struct buf *bytes;
        err = read_tile(cutting, hilbert_tile(run->id), &bytes);
        for (uint64_t n = 0; n < run->tiles && err == ERR_OK; n++)
            err = mbtiles_writer_tile_stored(writer, hilbert_tile(run->id + n), bytes->data,
                                             bytes->len);
    }
    if (err == ERR_OK)
        return mbtiles_writer_finish(writer);
    mbtiles_writer_abandon(writer);
    return err;
}

static bool ends_as_mbtiles(const char *path) {
    static const char ending[] = ".mbtiles";
    size_t len = strlen(path), end = sizeof ending - 1;
    return len >= end && strcmp(path + len - end, ending) == 0;
}

enum err archive_cut_write(struct archive *archive, const struct archive_cut *cut, const char *path,
                           struct fault *fault, struct archive_cut_report *out) {
    struct archive_plan plan;
    enum err err = archive_plan_make(archive, cut, &plan);
    if (err == ERR_TOO_LARGE)
        fault_set(fault, err, path, "there are too many tiles there even at the coarsest zoom");
    if (err != ERR_OK)
        return err;
    struct cutting cutting = {archive, &plan, cut->patience, *archive_info(archive),
                              path,    fault, {0},           {0}};
    archive_plan_bounds(archive_info(archive), cut, cutting.info.bounds_deg);
    if (cut->title != NULL)
        cutting.info.title = cut->title;
    cutting.info.minzoom = plan.report.minzoom;
    cutting.info.maxzoom = plan.report.maxzoom;
    buf_init(&cutting.tile);
    buf_init(&cutting.zipped);
    err = ends_as_mbtiles(path) ? write_mbtiles(&cutting) : write_pmtiles(&cutting);
    if (err == ERR_OK && out != NULL)
        *out = plan.report;
    if (err != ERR_OK && fault != NULL && fault->why[0] == '\0')
        fault_set(fault, err, path, "%s", err_text(err));
    buf_fini(&cutting.tile);
    buf_fini(&cutting.zipped);
    archive_plan_fini(&plan);
    return err;
}
