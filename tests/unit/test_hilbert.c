// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers of tiles along the curve.
#include "hilbert.h"
#include "test.h"
#include <stdlib.h>

static void the_first_numbers_are_those_of_the_format(void **state) {
    (void)state;
    static const struct {
        struct tile tile;
        uint64_t id;
    } known[] = {
        {{0, 0, 0}, 0},
        {{1, 0, 0}, 1},
        {{1, 0, 1}, 2},
        {{1, 1, 1}, 3},
        {{1, 1, 0}, 4},
        {{2, 0, 0}, 5},
        {{12, 3423, 1763}, 19078479},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(hilbert_id(known[i].tile), known[i].id);
    assert_int_equal(hilbert_first(HILBERT_ZOOM_MAX), 1501199875790165u);
}

static uint64_t random_below(uint64_t end) {
    return ((uint64_t)random() << 31 ^ (uint64_t)random()) % end;
}

static void a_number_leads_back_to_its_tile_at_every_zoom(void **state) {
    (void)state;
    srandom(3);
    for (unsigned z = 0; z <= HILBERT_ZOOM_MAX; z++) {
        uint32_t side = (uint32_t)1 << z;
        const uint32_t ends[] = {0, side - 1, side / 2, (uint32_t)random_below(side)};
        for (int i = 0; i < 200; i++) {
            struct tile tile = {z, i < 16 ? ends[i % 4] : (uint32_t)random_below(side),
                                i < 16 ? ends[i / 4] : (uint32_t)random_below(side)};
            uint64_t id = hilbert_id(tile);
            assert_true(id >= hilbert_first(z) && id < hilbert_first(z + 1));
            struct tile back = hilbert_tile(id);
            assert_true(back.z == z && back.x == tile.x && back.y == tile.y);
        }
    }
}

static void numbers_in_a_row_are_neighbours(void **state) {
    (void)state;
    for (uint64_t id = hilbert_first(6); id + 1 < hilbert_first(7); id++) {
        struct tile a = hilbert_tile(id), b = hilbert_tile(id + 1);
        assert_int_equal(abs((int)a.x - (int)b.x) + abs((int)a.y - (int)b.y), 1);
    }
}

struct seen {
    unsigned char of_range[1 << 10];
    uint64_t first, end, spans, count;
};

static enum err see(void *context, uint64_t first, uint64_t end) {
    struct seen *seen = context;
    assert_true(first < end && (seen->spans == 0 || first > seen->end)); // ascending, with a gap
    for (uint64_t id = first; id < end; id++)
        seen->of_range[id - hilbert_first(5)]++;
    seen->end = end;
    seen->spans++;
    seen->count += end - first;
    return ERR_OK;
}

static void spans_hold_the_tiles_of_a_range_and_no_others(void **state) {
    (void)state;
    srandom(4);
    for (int round = 0; round < 300; round++) {
        struct tile_range range = {5, (uint32_t)random() % 32, (uint32_t)random() % 32, 0, 0};
        range.max_x = range.min_x + (uint32_t)random() % (32 - range.min_x);
        range.max_y = range.min_y + (uint32_t)random() % (32 - range.min_y);
        struct seen seen = {0};
        assert_int_equal(hilbert_spans(&range, see, &seen), ERR_OK);
        assert_int_equal(seen.count,
                         (range.max_x - range.min_x + 1) * (range.max_y - range.min_y + 1));
        for (uint32_t x = range.min_x; x <= range.max_x; x++)
            for (uint32_t y = range.min_y; y <= range.max_y; y++)
                assert_int_equal(
                    seen.of_range[hilbert_id((struct tile){5, x, y}) - hilbert_first(5)], 1);
    }
}

static enum err count_tiles(void *context, uint64_t first, uint64_t end) {
    *(uint64_t *)context += end - first;
    return ERR_OK;
}

static enum err stop(void *context, uint64_t first, uint64_t end) {
    (void)context, (void)first, (void)end;
    return ERR_TOO_LARGE;
}

static void a_whole_zoom_is_one_span_however_fine(void **state) {
    (void)state;
    uint64_t tiles = 0;
    uint32_t last = ((uint32_t)1 << HILBERT_ZOOM_MAX) - 1;
    const struct tile_range all = {HILBERT_ZOOM_MAX, 0, 0, last, last};
    assert_int_equal(hilbert_spans(&all, count_tiles, &tiles), ERR_OK);
    assert_int_equal(tiles, (uint64_t)1 << (2 * HILBERT_ZOOM_MAX));
    assert_int_equal(hilbert_spans(&all, stop, NULL), ERR_TOO_LARGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_numbers_are_those_of_the_format),
        cmocka_unit_test(a_number_leads_back_to_its_tile_at_every_zoom),
        cmocka_unit_test(numbers_in_a_row_are_neighbours),
        cmocka_unit_test(spans_hold_the_tiles_of_a_range_and_no_others),
        cmocka_unit_test(a_whole_zoom_is_one_span_however_fine),
    };
    return cmocka_run_group_tests_name("hilbert", tests, NULL, NULL);
}
