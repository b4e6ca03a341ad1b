// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that somebody put beside the editions, read whatever is in them. The first byte says which
// of three:
//   g  a geometry: the table's type, then the bytes
//   p  patches of a small edition that was written at the start: offset 4 (little-endian), length
//   1, bytes;
//      so that the fuzzer gets past the header and SQLite's own check of the pages
//   *  the whole file
// What is read after all keeps an edition's rules.
#include "geo/crs.h"
#include "publish/gpkg.h"
#include "publish/gpkg_blob.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
    char path[64]; // SQLite takes no memfd: it follows the link to a name that is not there
    uint8_t *whole;
    size_t size;
} file;

static void remove_file(void) {
    unlink(file.path);
}

/* A leaf, a finding and an overlay's area. */
static void write_small(struct crs *crs) {
    static double place[] = {4.35, 50.85}, area[] = {4.3, 50.8, 4.4, 50.8, 4.4, 50.9, 4.3, 50.8};
    static uint32_t four[] = {4}, one[] = {1};
    struct edition_exercise exercise = {"walk", "{\"en\":\"Walk\"}", "sensitive", 10, 8, 500, 12, 5,
                                        60,     "2026-02",           "2026-04",   1};
    struct edition_leaf leaves[] = {{{{980, 774}, {1, 0, 0, 0}}, 20, SHARE_UNKNOWN},
                                    {{{980, 774}, {6, 0, 0, 0}}, 25, SHARE_20_40}};
    struct edition_slice slice = {"walk.all", 0, SLICE_ALL, "{\"en\":\"All\"}", "", "", 2, leaves};
    struct edition_finding finding = {
        1,    "walk",    "Dark.",
        "",   "city",    URGENCY_RED,
        "en", "2026-03", {GEOMETRY_POINT, 1, place, 0, NULL, 0, NULL}};
    struct edition_overlay_feature feature = {"A", {GEOMETRY_POLYGON, 4, area, 1, four, 1, one}};
    struct edition_overlay overlay = {1, "Areas", "areas", "#332288", "", 1, &feature};
    struct edition edition = {.project = 1,
                              .number = 1,
                              .revision = 1,
                              .title = "T",
                              .published_on = "2026-05-31",
                              .taken_down = "[]",
                              .base_map = "",
                              .bbox = {4.3, 50.8, 4.4, 50.9},
                              .epsg = 3035,
                              .exercise_count = 1,
                              .slice_count = 1,
                              .finding_count = 1,
                              .overlay_count = 1,
                              .exercises = &exercise,
                              .slices = &slice,
                              .findings = &finding,
                              .overlays = &overlay};
    unlink(file.path);
    assert(gpkg_write(&edition, crs, file.path, NULL) == ERR_OK);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    struct crs *crs;
    struct buf bytes;
    (void)argc;
    (void)argv;
    snprintf(file.path, sizeof file.path, "/dev/shm/fuzz_gpkg.%d", (int)getpid());
    assert(crs_open(&crs) == ERR_OK);
    write_small(crs);
    crs_close(crs);
    FILE *written = fopen(file.path, "rb");
    assert(written);
    buf_init(&bytes);
    for (size_t n = 1; n > 0; bytes.len += n)
        n = fread(buf_reserve(&bytes, 65536), 1, 65536, written);
    fclose(written);
    file.whole = (uint8_t *)bytes.data;
    file.size = bytes.len;
    atexit(remove_file);
    return 0;
}

static void check(const struct edition *edition) {
    for (size_t i = 0; i < edition->slice_count; i++) {
        const struct edition_slice *slice = &edition->slices[i];
        assert(slice->exercise < edition->exercise_count);
        for (size_t j = 0; j < slice->leaf_count; j++) {
            assert(slice->leaves[j].value > 0 && slice->leaves[j].value % 5 == 0);
            assert(region_count(&slice->leaves[j].region) > 0);
            assert(j == 0 || !region_meets(&slice->leaves[j - 1].region, &slice->leaves[j].region));
        }
    }
    for (size_t i = 0; i < edition->finding_count; i++)
        assert(edition->findings[i].statement && edition->findings[i].geometry.vertex_count > 0);
}

static void read_file(const uint8_t *bytes, size_t size) {
    struct arena arena;
    struct fault fault = {0};
    struct edition edition;
    FILE *out = fopen(file.path, "wb");
    if (!out)
        return;
    fwrite(bytes, 1, size, out);
    fclose(out);
    arena_init(&arena);
    enum err err = gpkg_read(file.path, &arena, &fault, &edition);
    if (err == ERR_OK)
        check(&edition);
    else
        assert(fault.why[0]);
    arena_fini(&arena);
}

static void read_patched(const uint8_t *data, size_t size) {
    uint8_t *patched = malloc(file.size);
    if (!patched)
        return;
    memcpy(patched, file.whole, file.size);
    while (size > 5) {
        const size_t at = (data[0] | (size_t)data[1] << 8 | (size_t)data[2] << 16) % file.size;
        size_t len = data[4];
        data += 5;
        size -= 5;
        len = len < size ? len : size;
        len = len < file.size - at ? len : file.size - at;
        memcpy(patched + at, data, len);
        data += len;
        size -= len;
    }
    read_file(patched, file.size);
    free(patched);
}

static void read_geometry(const uint8_t *data, size_t size) {
    struct arena arena;
    struct fault fault = {0};
    struct geometry geometry;
    if (size < 1)
        return;
    const enum geometry_type type = (enum geometry_type)(GEOMETRY_POINT + data[0] % 6);
    arena_init(&arena);
    if (gpkg_blob_read(data + 1, size - 1, type, &arena, &fault, &geometry) == ERR_OK) {
        struct buf again;
        buf_init(&again);
        gpkg_blob_write(&geometry, type, 4326, &again);
        assert(again.len == size - 1); // only the sign of a zero in the envelope may differ
        assert(memcmp(again.data + 40, data + 41, again.len > 40 ? again.len - 40 : 0) == 0 ||
               type == GEOMETRY_POINT);
        buf_fini(&again);
    } else {
        assert(fault.why[0]);
    }
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 0 && data[0] == 'g')
        read_geometry(data + 1, size - 1);
    else if (size > 0 && data[0] == 'p')
        read_patched(data + 1, size - 1);
    else
        read_file(data, size);
    return 0;
}
