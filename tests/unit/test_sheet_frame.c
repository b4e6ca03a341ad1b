// SPDX-License-Identifier: AGPL-3.0-or-later
// Frames of paper sheets: what is on the map, how large, and that a cell's name is one place.
#include "sheet_cell.h"
#include "test.h"
#include <math.h>

static const struct bbox town = {4.33, 50.84, 4.37, 50.86};
static const struct bbox areas[] = {
    {4.33, 50.84, 4.37, 50.86},   {4.35, 50.85, 4.35, 50.85},    {-180, -90, 180, 90},
    {179.9, -17.1, -179.9, -16.9}, {-0.5, -0.001, 0.5, 0.001},    {12, 78, 12.2, 79.5},
    {-30.238, 44.577, -30.165, 44.623}};

static void frames(const struct bbox *area, struct sheet_frame out[6]) {
    for (int i = 0; i < 6; i++)
        sheet_frame_make(area, i / 3 == 0 ? SHEET_A4 : SHEET_A3, (enum sheet_orientation)(i % 3), &out[i]);
}

static void the_map_holds_the_area_and_its_middle_is_the_areas(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(areas); i++) {
        struct sheet_frame made[6];
        frames(&areas[i], made);
        double west, south, east, north;
        tile_from_degrees(areas[i].west_deg, areas[i].south_deg, &west, &south);
        tile_from_degrees(areas[i].east_deg, areas[i].north_deg, &east, &north);
        if (areas[i].west_deg > areas[i].east_deg)
            east += 2 * TILE_HALF_WORLD_M;
        for (int j = 0; j < 6; j++) {
            const struct tile_box *ground = &made[j].ground;
            assert_true(ground->min_x_m <= west + 1e-3 && ground->max_x_m >= east - 1e-3);
            assert_true(ground->min_y_m <= south + 1e-3 && ground->max_y_m >= north - 1e-3);
            assert_true(fabs(ground->min_x_m + ground->max_x_m - west - east) < 1e-3);
            assert_true(bbox_valid(&made[j].bbox));
        }
    }
}

static void a_metre_on_the_ground_is_as_long_on_paper_as_the_scale_says(void **state) {
    (void)state;
    struct sheet_frame made[6];
    frames(&town, made);
    for (int i = 0; i < 6; i++) {
        const struct tile_box *ground = &made[i].ground;
        double middle = (ground->min_y_m + ground->max_y_m) / 2;
        double across_m = (ground->max_x_m - ground->min_x_m) / tile_scale_factor(middle);
        assert_true(fabs(across_m / (made[i].map.w_mm / 1000) / made[i].scale - 1) < 1e-9);
        double aspect = (ground->max_x_m - ground->min_x_m) / (ground->max_y_m - ground->min_y_m);
        assert_true(fabs(aspect / (made[i].map.w_mm / made[i].map.h_mm) - 1) < 1e-9);
        assert_true(fabs(made[i].bar_mm * made[i].scale / 1000 - made[i].bar_m) < 1e-6);
        assert_true(made[i].bar_mm <= 45.001 && made[i].bar_mm >= 18);
    }
}

static void the_scale_is_a_round_number_and_never_finer_than_1_to_1000(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(areas); i++) {
        struct sheet_frame made[6];
        frames(&areas[i], made);
        for (int j = 0; j < 6; j++) {
            double power = pow(10, floor(log10(made[j].scale)) - 2);
            assert_true(made[j].scale >= 1000);
            assert_true(fabs(remainder(made[j].scale / power, 25)) < 1e-6);
        }
    }
}

static void cells_are_about_two_centimetres_and_have_letters_enough(void **state) {
    (void)state;
    struct sheet_frame made[6];
    frames(&town, made);
    for (int i = 0; i < 6; i++) {
        double w = made[i].map.w_mm / made[i].columns, h = made[i].map.h_mm / made[i].rows;
        assert_true(w >= 18 && w <= 22 && h >= 18 && h <= 22);
        assert_in_range(made[i].columns, 1, SHEET_COLUMNS_MAX);
    }
}

static bool inside(struct sheet_box inner, double page_w, double page_h) {
    return inner.x_mm >= 5 && inner.y_mm >= 5 && inner.x_mm + inner.w_mm <= page_w - 5 &&
           inner.y_mm + inner.h_mm <= page_h - 5 && inner.w_mm > 0 && inner.h_mm > 0;
}

static bool apart(struct sheet_box a, struct sheet_box b) {
    return a.x_mm + a.w_mm <= b.x_mm || b.x_mm + b.w_mm <= a.x_mm || a.y_mm + a.h_mm <= b.y_mm ||
           b.y_mm + b.h_mm <= a.y_mm;
}

static void the_parts_of_a_page_lie_on_it_and_not_on_each_other_either_way_round(void **state) {
    (void)state;
    struct sheet_frame made[6];
    frames(&town, made);
    for (int i = 0; i < 12; i++) {
        const struct sheet_frame *frame = &made[i / 2];
        struct sheet_box boxes[] = {frame->head, frame->map, frame->legend, frame->foot};
        for (int j = 0; j < 4; j++) {
            if (i % 2 == 1)
                boxes[j] = sheet_box_mirrored(frame, boxes[j]);
            assert_true(inside(boxes[j], frame->page_w_mm, frame->page_h_mm));
            for (int k = 0; k < j; k++)
                assert_true(apart(boxes[j], boxes[k]));
        }
    }
}

static void auto_is_the_orientation_that_shows_the_area_larger(void **state) {
    (void)state;
    struct sheet_frame frame;
    const struct bbox wide = {4.30, 50.85, 4.40, 50.86}, tall = {4.35, 50.80, 4.36, 50.86};
    sheet_frame_make(&wide, SHEET_A4, SHEET_AUTO, &frame);
    assert_int_equal(frame.orientation, SHEET_LANDSCAPE);
    sheet_frame_make(&tall, SHEET_A4, SHEET_AUTO, &frame);
    assert_int_equal(frame.orientation, SHEET_PORTRAIT);
}

static void a_cells_name_leads_to_its_box_and_back(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(areas); i++) {
        struct sheet_frame frame;
        sheet_frame_make(&areas[i], SHEET_A3, SHEET_LANDSCAPE, &frame);
        if (frame.bbox.west_deg == -180 && frame.bbox.east_deg == 180)
            continue; // a longitude is on it more than once
        for (unsigned column = 0; column < frame.columns; column++) {
            for (unsigned row = 0; row < frame.rows; row++) {
                for (unsigned part = 1; part <= 9; part++) {
                    struct sheet_cell cell = {column, row, part}, read, found;
                    char name[SHEET_CELL_NAME_SIZE];
                    sheet_cell_name(cell, name);
                    assert_true(sheet_cell_parse(&frame, name, &read));
                    assert_memory_equal(&read, &cell, sizeof cell);
                    struct bbox box = sheet_cell_box(&frame, cell);
                    double lon = box.west_deg > box.east_deg ? 180 : (box.west_deg + box.east_deg) / 2;
                    assert_true(sheet_cell_at(&frame, lon, (box.south_deg + box.north_deg) / 2, &found));
                    assert_memory_equal(&found, &cell, sizeof cell);
                }
            }
        }
    }
}

static void the_parts_are_those_of_a_number_pad(void **state) {
    (void)state;
    struct sheet_frame frame;
    struct sheet_cell cell;
    sheet_frame_make(&town, SHEET_A4, SHEET_PORTRAIT, &frame);
    assert_true(sheet_cell_parse(&frame, " c4 ", &cell));
    assert_int_equal(cell.column, 2);
    assert_int_equal(cell.row, 3);
    assert_int_equal(cell.part, 0);
    struct bbox whole = sheet_cell_box(&frame, cell);
    const struct {
        unsigned part;
        bool west, north;
    } corners[] = {{7, true, true}, {9, false, true}, {1, true, false}, {3, false, false}};
    for (size_t i = 0; i < COUNT_OF(corners); i++) {
        struct bbox box = sheet_cell_box(&frame, (struct sheet_cell){2, 3, corners[i].part});
        double lon = corners[i].west ? box.west_deg - whole.west_deg : box.east_deg - whole.east_deg;
        double lat = corners[i].north ? box.north_deg - whole.north_deg : box.south_deg - whole.south_deg;
        assert_true(fabs(lon) < 1e-9 && fabs(lat) < 1e-9);
    }
    assert_true(fabs(whole.west_deg - sheet_column_lon(&frame, 2)) < 1e-12);
    assert_true(fabs(whole.north_deg - sheet_row_lat(&frame, 3)) < 1e-12);
}

static void what_is_no_cell_of_the_sheet_is_refused(void **state) {
    (void)state;
    struct sheet_frame frame;
    struct sheet_cell cell;
    sheet_frame_make(&town, SHEET_A4, SHEET_PORTRAIT, &frame);
    static const char *const wrong[] = {"",    "C",    "4",   "C0",   "C99", "Z1",  "C4.",   "C4.0", "C4.10",
                                        "C 4", "CC4",  "C4x", "C-4",  "4C",  "É4",  "C4.5.", "C٤",   "C0004",
                                        "C4 .5", "\xff"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_false(sheet_cell_parse(&frame, wrong[i], &cell));
    assert_false(sheet_cell_at(&frame, 0, 0, &cell));
    assert_false(sheet_cell_at(&frame, NAN, 50.85, &cell));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_holds_the_area_and_its_middle_is_the_areas),
        cmocka_unit_test(a_metre_on_the_ground_is_as_long_on_paper_as_the_scale_says),
        cmocka_unit_test(the_scale_is_a_round_number_and_never_finer_than_1_to_1000),
        cmocka_unit_test(cells_are_about_two_centimetres_and_have_letters_enough),
        cmocka_unit_test(the_parts_of_a_page_lie_on_it_and_not_on_each_other_either_way_round),
        cmocka_unit_test(auto_is_the_orientation_that_shows_the_area_larger),
        cmocka_unit_test(a_cells_name_leads_to_its_box_and_back),
        cmocka_unit_test(the_parts_are_those_of_a_number_pad),
        cmocka_unit_test(what_is_no_cell_of_the_sheet_is_refused),
    };
    return cmocka_run_group_tests_name("sheet_frame", tests, NULL, NULL);
}
