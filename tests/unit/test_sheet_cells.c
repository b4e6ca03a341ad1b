// SPDX-License-Identifier: AGPL-3.0-or-later
// Names of cells mean the same here and on the screen where they are typed in: tests/fixtures/sheet_cells.json is
// read by this test and by tests/web/entry_parts.test.mjs.
#include "base/json.h"
#include "exercise_fixture.h"
#include "sheet_cell.h"
#include "test.h"
#include <math.h>

static const double NEAR_DEG = 2e-7; // the fixture has seven decimals

static const char *text_of(const struct json_object *json, const char *key) {
    return json_text(json_get(json, key), NULL);
}

static double number_at(const struct json_object *list, size_t index) {
    double number = NAN;
    assert_true(json_number(json_at(list, index), &number));
    return number;
}

static void make(const struct json_object *group, struct sheet_frame *out) {
    struct json_object *area = json_get(group, "area"), *asked = json_get(group, "asked");
    struct bbox box = {number_at(area, 0), number_at(area, 1), number_at(area, 2), number_at(area, 3)};
    const char *orientation = text_of(asked, "orientation");
    sheet_frame_make(&box, strcmp(text_of(asked, "paper"), "a3") == 0 ? SHEET_A3 : SHEET_A4,
                     strcmp(orientation, "auto") == 0       ? SHEET_AUTO
                     : strcmp(orientation, "portrait") == 0 ? SHEET_PORTRAIT
                                                            : SHEET_LANDSCAPE,
                     out);
}

static void check_grid(const struct sheet_frame *frame, const struct json_object *sheet) {
    struct json_object *longitudes = json_get(sheet, "longitudes"), *latitudes = json_get(sheet, "latitudes");
    assert_int_equal(json_length(longitudes), frame->columns + 1);
    assert_int_equal(json_length(latitudes), frame->rows + 1);
    for (unsigned i = 0; i <= frame->columns; i++)
        assert_true(fabs(number_at(longitudes, i) - sheet_column_lon(frame, i)) < NEAR_DEG);
    for (unsigned i = 0; i <= frame->rows; i++)
        assert_true(fabs(number_at(latitudes, i) - sheet_row_lat(frame, i)) < NEAR_DEG);
}

/** Between the box's sides in Web Mercator, as parts of cells are equal in it. */
static void middle_of(const struct bbox *box, double *lon_deg, double *lat_deg) {
    double west, south, east, north;
    tile_from_degrees(box->west_deg, box->south_deg, &west, &south);
    tile_from_degrees(box->east_deg, box->north_deg, &east, &north);
    if (box->west_deg > box->east_deg)
        east += 2 * TILE_HALF_WORLD_M;
    tile_to_degrees(remainder((west + east) / 2, 2 * TILE_HALF_WORLD_M), (south + north) / 2, lon_deg, lat_deg);
}

static void check_case(const struct sheet_frame *frame, const struct json_object *item) {
    struct sheet_cell cell, found;
    char name[SHEET_CELL_NAME_SIZE];
    const char *expected = text_of(item, "name");
    assert_int_equal(sheet_cell_parse(frame, text_of(item, "text"), &cell), expected != NULL);
    if (expected == NULL)
        return;
    sheet_cell_name(cell, name);
    assert_string_equal(name, expected);
    struct bbox box = sheet_cell_box(frame, cell);
    double lon, lat;
    middle_of(&box, &lon, &lat);
    struct json_object *middle = json_get(item, "middle");
    assert_true(fabs(number_at(middle, 0) - lon) < NEAR_DEG);
    assert_true(fabs(number_at(middle, 1) - lat) < NEAR_DEG);
    assert_true(sheet_cell_at(frame, lon, lat, &found));
    sheet_cell_name(found, name);
    assert_string_equal(name, text_of(item, "at"));
}

static void a_name_is_the_same_place_as_on_the_entry_screen(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct json_object *groups = NULL;
    size_t len = 0;
    const char *text = fixture_text(&arena, "tests/fixtures/sheet_cells.json", &len);
    assert_int_equal(json_parse(text, len, NULL, &groups), ERR_OK);
    assert_true(json_length(groups) >= 3);
    for (size_t i = 0; i < json_length(groups); i++) {
        const struct json_object *group = json_at(groups, i);
        struct json_object *cases = json_get(group, "cases");
        struct sheet_frame frame;
        make(group, &frame);
        check_grid(&frame, json_get(group, "sheet"));
        for (size_t j = 0; j < json_length(cases); j++)
            check_case(&frame, json_at(cases, j));
    }
    json_free(groups);
    arena_fini(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_the_same_place_as_on_the_entry_screen),
    };
    return cmocka_run_group_tests_name("sheet_cells", tests, NULL, NULL);
}
