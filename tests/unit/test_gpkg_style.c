// SPDX-License-Identifier: AGPL-3.0-or-later
// What QGIS is told: classes that are honest, markup that is well formed, no colour without a
// shape.
#include "gpkg_room.h"
#include "publish/gpkg_style.h"
#include "sample_edition.h"
#include "test.h"
#include <sqlite3.h>

static struct edition_slice slice_of(struct edition_leaf *leaves, const uint32_t *values,
                                     size_t count) {
    for (size_t i = 0; i < count; i++)
        leaves[i] = (struct edition_leaf){.value = values[i]};
    return (struct edition_slice){.leaf_count = count, .leaves = leaves};
}

static void classes_are_multiples_of_5_without_gaps(void **state) {
    (void)state;
    static const struct {
        uint32_t values[12];
        size_t count;
        struct gpkg_class classes[GPKG_CLASSES_MAX];
        size_t class_count;
    } cases[] = {
        {{0}, 0, {{0}}, 0},
        {{20}, 1, {{20, 20}}, 1},
        {{20, 20, 20, 20}, 4, {{20, 20}}, 1},
        {{45, 20}, 2, {{20, 40}, {45, 45}}, 2},
        {{20, 25, 30, 35, 40}, 5, {{20, 20}, {25, 25}, {30, 30}, {35, 35}, {40, 40}}, 5},
        {{100, 20, 20, 25, 25, 30, 40, 40, 60, 200},
         10,
         {{20, 20}, {25, 25}, {30, 35}, {40, 95}, {100, 200}},
         5},
        {{20, 20, 20, 20, 20, 20, 20, 20, 20, 500},
         10,
         {{20, 500}},
         1}, // one that stands out is not split off
    };
    struct edition_leaf leaves[12];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct gpkg_class classes[GPKG_CLASSES_MAX];
        struct edition_slice slice = slice_of(leaves, cases[i].values, cases[i].count);
        assert_int_equal(gpkg_classes(&slice, classes), cases[i].class_count);
        if (cases[i].class_count)
            assert_memory_equal(classes, cases[i].classes, cases[i].class_count * sizeof *classes);
    }
}

/* Tags nest and close, attributes are quoted once and hold no bare sign: enough of XML for what is
 * written here. */
static void well_formed(const char *xml) {
    const char *open[32], *at = strstr(xml, "<qgis");
    size_t lens[32], depth = 0;
    assert_non_null(at);
    while (*at) {
        if (*at != '<') {
            assert_true(*at != '&' && *at != '>');
            at++;
            continue;
        }
        at++;
        const char *name = *at == '/' ? at + 1 : at, *end = name + strcspn(name, " />");
        if (*at == '/') {
            assert_true(depth > 0);
            depth--;
            assert_true((size_t)(end - name) == lens[depth] &&
                        strncmp(name, open[depth], lens[depth]) == 0);
            at = end + 1;
            continue;
        }
        for (at = end; *at == ' '; at++) {
            at += strcspn(at, "=") + 1;
            assert_true(*at == '"');
            for (at++; *at != '"'; at++) {
                assert_true(*at && *at != '<' && (unsigned char)*at >= ' ');
                if (*at == '&' && strncmp(at, "&amp;", 5) && strncmp(at, "&lt;", 4) &&
                    strncmp(at, "&gt;", 4) && strncmp(at, "&quot;", 6))
                    fail_msg("%.40s", at);
            }
            if (at[1] == '/' || at[1] == '>') {
                at++;
                break;
            }
        }
        if (*at == '/') {
            at += 2;
            continue;
        }
        assert_true(*at == '>' && depth < 32);
        open[depth] = name;
        lens[depth++] = (size_t)(end - name);
        at++;
    }
    assert_int_equal(depth, 0);
}

static void each_layer_has_a_style_that_is_well_formed(void **state) {
    struct gpkg_room *room = *state;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    int count = 0;
    room->sample->assets[1].label = "{\"fr\":\"L'<ami> & \\\"voisin\\\"\\u0001\\ufffe\\uffff\"}";
    gpkg_room_rewrite(room);
    assert_int_equal(sqlite3_open_v2(room->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    // as QGIS asks for it
    const char *sql =
        "SELECT styleQML, c.table_name FROM gpkg_contents c LEFT JOIN layer_styles ON "
        "f_table_schema = ''"
        " AND f_table_name = c.table_name AND f_geometry_column = 'geom' AND useAsDefault"
        " WHERE c.data_type = 'features'";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; count++) {
        const char *qml = (const char *)sqlite3_column_text(stmt, 0);
        const char *table = (const char *)sqlite3_column_text(stmt, 1);
        assert_non_null(qml);
        well_formed(qml);
        if (strcmp(table, "assets_points") == 0)
            assert_non_null(strstr(qml, "label=\"L'&lt;ami&gt; &amp; &quot;voisin&quot;\""));
        if (strcmp(table, "safety_map_all") == 0)
            assert_non_null(strstr(qml, "lower=\"32.5\" upper=\"47.5\" label=\"35 to 45\""));
    }
    assert_int_equal(count, 15);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

static void urgencies_differ_in_shape_as_well_as_in_colour(void **state) {
    struct gpkg_room *room = *state;
    static const char *const told[] = {
        "value=\"triangle\"", "value=\"diamond\"",    "value=\"circle\"",
        "value=\"solid\"",    "value=\"dash\"",       "value=\"dot\"",
        "value=\"dense4\"",   "value=\"f_diagonal\"", "value=\"horizontal\""};
    struct gpkg_layer layer = {.content = GPKG_FINDINGS, .type = GEOMETRY_POINT};
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        struct buf qml;
        buf_init(&qml);
        layer.type = (enum geometry_type)(GEOMETRY_POINT + i / 3);
        gpkg_style(room->sample, &layer, &room->arena, &qml);
        buf_char(&qml, '\0');
        assert_non_null(strstr(qml.data, told[i]));
        buf_fini(&qml);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_multiples_of_5_without_gaps),
        cmocka_unit_test_setup_teardown(each_layer_has_a_style_that_is_well_formed, gpkg_room_open,
                                        gpkg_room_close),
        cmocka_unit_test_setup_teardown(urgencies_differ_in_shape_as_well_as_in_colour,
                                        gpkg_room_open, gpkg_room_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
