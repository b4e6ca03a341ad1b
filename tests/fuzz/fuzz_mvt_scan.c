// SPDX-License-Identifier: AGPL-3.0-or-later
// Vector tiles out of archives that somebody put into the data folder: walked as the paper sheets do.
#include "mvt_scan.h"
#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct mvt_scan_layer *layer, const struct mvt_scan_feature *feature, const char *end) {
    struct mvt_scan_path path = mvt_scan_path(feature);
    size_t steps = 0;
    while (mvt_scan_step(&path)) {
        assert(path.x >= -MVT_SCAN_REACH && path.x <= MVT_SCAN_REACH);
        assert(path.y >= -MVT_SCAN_REACH && path.y <= MVT_SCAN_REACH);
        steps++;
    }
    assert(steps <= (size_t)(feature->geometry.end - feature->geometry.at)); // a step has a byte at least
    struct mvt_span name = mvt_scan_text(layer, feature, "name");
    assert(name.at <= name.end && name.end <= end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena);
    const char *end = (const char *)data + size;
    struct mvt_span tile = {(const char *)data, end};
    struct mvt_scan_layer layer;
    size_t words_left = 1 << 20;
    struct mvt_scan_feature feature;
    while (mvt_scan_layer(&tile, &words_left, &arena, &layer) == ERR_OK) {
        assert(layer.extent > 0 && layer.name.at < layer.name.end && layer.name.end <= end);
        while (mvt_scan_feature(&layer, &feature)) {
            assert(feature.type >= MVT_POINT && feature.type <= MVT_POLYGON);
            walk(&layer, &feature, end);
        }
    }
    arena_fini(&arena);
    return 0;
}
