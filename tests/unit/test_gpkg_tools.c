// SPDX-License-Identifier: AGPL-3.0-or-later
// The file as GDAL sees it, which is how QGIS sees it: one geometry type a layer, a CRS it knows,
// every feature.
#include "base/buf.h"
#include "gpkg_room.h"
#include "sample_edition.h"
#include "test.h"
#include <sys/wait.h>

/* What a command prints, to be freed. Skips the test where there is no GDAL. */
static char *said(const struct gpkg_room *room, const char *command, const char *rest) {
    struct buf line, text;
    buf_init(&line);
    buf_init(&text);
    buf_printf(&line, "%s '%s' %s 2>&1", command, room->path, rest);
    buf_char(&line, '\0');
    FILE *pipe = popen(line.data, "r");
    assert_non_null(pipe);
    for (size_t n = 1; n > 0; text.len += n)
        n = fread(buf_reserve(&text, 65536), 1, 65536, pipe);
    int status = pclose(pipe);
    buf_fini(&line);
    buf_char(&text, '\0');
    if (WEXITSTATUS(status) == 127) {
        buf_fini(&text);
        print_message("there is no ogrinfo (gdal-bin)\n");
        skip();
    }
    if (strstr(text.data, "ERROR") || strstr(text.data, "Warning"))
        fail_msg("%s", text.data);
    return text.data;
}

/* The layer's part of what was said. */
static char *part(const char *text, const char *layer) {
    char title[128];
    snprintf(title, sizeof title, "Layer name: %s\n", layer);
    const char *start = strstr(text, title);
    if (!start) {
        fail_msg("there is no layer %s", layer);
        return NULL;
    }
    const char *end = strstr(start + strlen(title), "Layer name: ");
    return strndup(start, end ? (size_t)(end - start) : strlen(start));
}

static void gdal_finds_every_layer_with_its_type_its_crs_and_its_features(void **state) {
    static const struct {
        const char *layer, *geometry, *features, *crs;
    } layers[] = {
        {"safety_map_all", "Geometry: Multi Polygon\n", "Feature Count: 8\n", "ID[\"EPSG\",3035]"},
        {"safety_map_category_unsafe", "Geometry: Multi Polygon\n", "Feature Count: 4\n",
         "ID[\"EPSG\",3035]"},
        {"safety_map_category_safe", "Geometry: Multi Polygon\n", "Feature Count: 2\n",
         "ID[\"EPSG\",3035]"},
        {"safety_map_time_evening", "Geometry: Multi Polygon\n", "Feature Count: 1\n",
         "ID[\"EPSG\",3035]"},
        {"safety_map_group_new", "Geometry: Multi Polygon\n", "Feature Count: 1\n",
         "ID[\"EPSG\",3035]"},
        {"safety_map_group_long", "Geometry: Multi Polygon\n", "Feature Count: 0\n",
         "ID[\"EPSG\",3035]"},
        {"asset_map_all", "Geometry: Multi Polygon\n", "Feature Count: 3\n", "ID[\"EPSG\",3035]"},
        {"asset_map_category_culture_story", "Geometry: Multi Polygon\n", "Feature Count: 1\n",
         "ID[\"EPSG\",3035]"},
        {"findings_points", "Geometry: Point\n", "Feature Count: 2\n", "ID[\"EPSG\",4326]"},
        {"findings_lines", "Geometry: Line String\n", "Feature Count: 1\n", "ID[\"EPSG\",4326]"},
        {"findings_areas", "Geometry: Polygon\n", "Feature Count: 1\n", "ID[\"EPSG\",4326]"},
        {"assets_points", "Geometry: Point\n", "Feature Count: 2\n", "ID[\"EPSG\",4326]"},
        {"assets_areas", "Geometry: Polygon\n", "Feature Count: 1\n", "ID[\"EPSG\",4326]"},
        {"overlay_2", "Geometry: Multi Polygon\n", "Feature Count: 3\n", "ID[\"EPSG\",4326]"},
        {"overlay_5", "Geometry: Point\n", "Feature Count: 3\n", "ID[\"EPSG\",4326]"},
        {"repere_metadata", "Geometry: None\n", "Feature Count: 22\n", ""},
        {"repere_exercises", "Geometry: None\n", "Feature Count: 2\n", ""},
        {"repere_slices", "Geometry: None\n", "Feature Count: 8\n", ""},
        {"repere_overlays", "Geometry: None\n", "Feature Count: 2\n", ""},
        {"layer_styles", "Geometry: None\n", "Feature Count: 15\n", ""},
    };
    struct gpkg_room *room = *state;
    char *text = said(room, "ogrinfo -ro -al -so", "");
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, "Layer name: ")) != NULL; at++)
        count++;
    assert_int_equal(count, COUNT_OF(layers));
    for (size_t i = 0; i < COUNT_OF(layers); i++) {
        char *layer = part(text, layers[i].layer);
        if (!strstr(layer, layers[i].geometry) || !strstr(layer, layers[i].features) ||
            !strstr(layer, layers[i].crs))
            fail_msg("%s", layer);
        free(layer);
    }
    free(text);
}

static void gdal_reads_each_geometry_where_it_is(void **state) {
    struct gpkg_room *room = *state;
    char *text = said(room, "ogrinfo -ro -q", "findings_lines");
    assert_non_null(strstr(text, "LINESTRING (4.3401 50.8512,4.3433 50.8519,4.3469 50.8508)"));
    assert_non_null(strstr(text, "\"on fait le tour\" <par l'avenue> & vite."));
    free(text);
    text = said(room, "ogrinfo -ro -q", "safety_map_all -where 'fid = 5'");
    assert_non_null(strstr(
        text, "MULTIPOLYGON (((3923000 3097000,3923500 3097000,3923500 3097500,3923000 3097500,"
              "3923000 3097000)))"));
    assert_non_null(strstr(text, "code (String) = CRS3035RES500mN3097000E3923000\n"));
    assert_non_null(strstr(text, "value (Integer64) = 30\n"));
    free(text);
}

/* Whatever a leaf's shape: its geometry is valid and of the area that its row tells. */
static void geometries_are_valid_and_as_large_as_they_say(void **state) {
    struct gpkg_room *room = *state;
    char *text =
        said(room, "ogrinfo -ro -q",
             "-dialect SQLite -sql 'SELECT count(*) AS n, sum(ST_IsValid(geom)) AS valid,"
             " max(abs(ST_Area(geom) / 1e6 - area_km2)) < 1e-9 AS fits FROM safety_map_all'");
    if (strstr(text, "no such function")) {
        free(text);
        skip();
    }
    assert_non_null(strstr(text, "n (Integer) = 8\n"));
    assert_non_null(strstr(text, "valid (Integer) = 8\n"));
    assert_non_null(strstr(text, "fits (Integer) = 1\n"));
    free(text);
}

static void looking_at_the_file_does_not_change_it(void **state) {
    struct gpkg_room *room = *state;
    struct edition edition;
    free(said(room, "ogrinfo -ro -al", ""));
    assert_int_equal(gpkg_read(room->path, &room->arena, NULL, &edition), ERR_OK);
    sample_edition_assert_equal(room->sample, &edition);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, gpkg_room_open, gpkg_room_close)
        IN_A_ROOM(gdal_finds_every_layer_with_its_type_its_crs_and_its_features),
        IN_A_ROOM(gdal_reads_each_geometry_where_it_is),
        IN_A_ROOM(geometries_are_valid_and_as_large_as_they_say),
        IN_A_ROOM(looking_at_the_file_does_not_change_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
