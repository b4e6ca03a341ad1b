// SPDX-License-Identifier: AGPL-3.0-or-later
// The parameters of the routes: routes.c's own, apart from it for its length.
#ifndef REPERE_API_ROUTE_PARAMS_H
#define REPERE_API_ROUTE_PARAMS_H
#include "http/route.h"
#include "model/recording.h"
#include "service/uploads.h"

/* An id is a whole number that a double holds exactly: browsers read it as one. */

#define ID(word_, doc_)                                                                            \
    static const struct param word_##_param = {                                                    \
        .name = #word_, .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = (doc_)}

ID(project, "Project id.");
ID(session, "Session id.");
ID(exercise, "Exercise id.");
ID(participant, "Participant id.");
ID(tablet, "Tablet id.");
ID(staff, "Account id.");
ID(overlay, "Overlay id.");
ID(finding, "Finding id.");
ID(recording, "Recording id.");
ID(cursor, "Where the page before ended: its `next`.");

static const struct param schema_param = {
    .name = "name", .type = PARAM_WORD, .max = 64, .doc = "Name of the schema."};
static const struct param origin_param = {
    .name = "origin",
    .type = PARAM_TEXT,
    .required = true,
    .max = 200,
    .doc = "Where the tablets find this server, such as http://192.168.1.10:8080."};
static const char *const papers[] = {"a4", "a3", NULL};
static const struct param paper_param = {
    .name = "paper", .type = PARAM_ONE_OF, .words = papers, .fallback = "a4", .doc = "Of the sheet."};
static const char *const orientations[] = {"auto", "portrait", "landscape", NULL};
static const struct param orientation_param = {.name = "orientation",
                                               .type = PARAM_ONE_OF,
                                               .words = orientations,
                                               .fallback = "auto",
                                               .doc = "Of the sheet; auto: what shows the area larger."};
static const struct param sheet_language_param = {
    .name = "language",
    .type = PARAM_WORD,
    .max = 35,
    .doc = "Language tag of the sheet's words; the session's first language when left out."};
static const struct param sheet_basemap_param = {
    .name = "basemap",
    .type = PARAM_WORD,
    .max = 64,
    .doc = "Name of a base map, or none; the session's first one when left out."};
static const struct param sheet_origin_param = {
    .name = "origin",
    .type = PARAM_TEXT,
    .max = 200,
    .doc = "Where the tablets find this server: without it there is no QR on the sheet."};
static const struct param limit_param = {.name = "limit",
                                         .type = PARAM_INT,
                                         .min = 1,
                                         .max = 1000,
                                         .fallback = "100",
                                         .doc = "At most so many items."};

static const struct param basemap_param = {
    .name = "name", .type = PARAM_WORD, .max = 64, .doc = "Name of the base map."};
static const struct param zoom_param = {
    .name = "z", .type = PARAM_INT, .min = 0, .max = 24, .doc = "Zoom of the tile."};
static const struct param column_param = {.name = "x",
                                          .type = PARAM_INT,
                                          .min = 0,
                                          .max = 16777215,
                                          .doc = "Column of the tile, from the west, below 2^z."};
static const struct param row_param = {.name = "y",
                                       .type = PARAM_INT,
                                       .min = 0,
                                       .max = 16777215,
                                       .doc = "Row of the tile, from the north, below 2^z."};

static const struct param uuid_param = {.name = "uuid",
                                        .type = PARAM_UUID,
                                        .doc =
                                            "Id of the contribution, made by its author's device."};
static const struct param bbox_param = {
    .name = "bbox",
    .type = PARAM_BBOX,
    .doc =
        "Only what touches west,south,east,north (EPSG:4326 degrees), in no order, without pages."};
static const struct param category_param = {.name = "category",
                                            .type = PARAM_WORD,
                                            .max = 40,
                                            .doc = "Only this option of the category question."};
static const struct param when_param = {.name = "when",
                                        .type = PARAM_WORD,
                                        .max = 40,
                                        .doc = "Only with this answer to the question \"when\"."};
static const char *const states[] = {"pending", "approved", "hidden", NULL};
static const struct param state_param = {
    .name = "state", .type = PARAM_ONE_OF, .words = states, .doc = "Only in this state."};
static const struct param heat_state_param = {.name = "state",
                                              .type = PARAM_ONE_OF,
                                              .words = states,
                                              .doc = "For leads; approved when left out."};
static const char *const formats[] = {"geojson", "csv", NULL};
static const struct param format_param = {.name = "format",
                                          .type = PARAM_ONE_OF,
                                          .words = formats,
                                          .fallback = "geojson",
                                          .doc = "Of the file."};

static const struct param edition_param = {
    .name = "edition",
    .type = PARAM_WORD,
    .max = 16,
    .doc = "Its number (2), with the number of takedowns behind it when there were any (2.1)."};
static const struct param slice_param = {
    .name = "slice",
    .type = PARAM_WORD,
    .max = 200,
    .doc = "Id of a slice of the edition, such as safety-map.category.unsafe."};
static const struct param other_param = {
    .name = "other",
    .type = PARAM_WORD,
    .max = 200,
    .doc = "Id of another slice: of a group beside a group, of a band of time beside another."};
static const struct param file_name_param = {.name = "name",
                                             .type = PARAM_TEXT,
                                             .required = true,
                                             .max = UPLOAD_NAME_MAX,
                                             .doc = "The file's name."};
static const struct param upload_param = {
    .name = "upload", .type = PARAM_WORD, .max = 64, .doc = "Word of the upload."};
static const struct param job_param = {
    .name = "job", .type = PARAM_WORD, .max = 64, .doc = "Word of the job."};
static const struct param edition_number_param = {
    .name = "edition", .type = PARAM_INT, .min = 1, .max = 1000000, .doc = "Number of the edition."};
static const struct param key_param = {
    .name = "key", .type = PARAM_WORD, .max = 40, .doc = "The exercise's own id, such as safety-map."};
static const struct param item_param = {
    .name = "item",
    .type = PARAM_WORD,
    .required = true,
    .max = RECORDING_ITEM_MAX,
    .doc = "A question of the exercise (feeling) or an answer to it (feeling.safe)."};
static const struct param language_param = {
    .name = "language", .type = PARAM_WORD, .required = true, .max = 35, .doc = "Language tag."};
#endif
