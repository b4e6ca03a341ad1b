// SPDX-License-Identifier: AGPL-3.0-or-later
#include "archive_room.h"
#include "pmtiles_write.h"
#include "test.h"

int archive_room_open(void **state) {
    struct archive_room *room = calloc(1, sizeof *room);
    folder_make(room->folder);
    folder_path(room->folder, "map.pmtiles", room->path);
    *state = room;
    return 0;
}

int archive_room_close(void **state) {
    struct archive_room *room = *state;
    folder_drop(room->folder);
    free(room);
    return 0;
}

size_t sample_tile(struct tile tile, char out[SAMPLE_TILE_SIZE]) {
    if (tile.z <= 3)
        return (size_t)snprintf(out, SAMPLE_TILE_SIZE, "\x1f\x8b sea of zoom %u", tile.z);
    // of different lengths, so that a directory does not compress to nothing
    int len = snprintf(out, SAMPLE_TILE_SIZE, "\x1f\x8b%u/%u/%u", tile.z, tile.x, tile.y);
    uint32_t more = (tile.x * 2654435761u ^ tile.y * 40503u) >> 9 & 15;
    memset(out + len, '.', more);
    return (size_t)len + more;
}

void sample_pmtiles(const char *path, uint32_t count) {
    static const struct archive_info info = {
        .title = "Sample",
        .attribution = "nobody <b>at all</b>",
        .vector_layers = "[{\"id\":\"roads\",\"fields\":{}}]",
        .format = TILE_PBF,
        .bounds_deg = {-180, -85, 180, 85},
    };
    char bytes[SAMPLE_TILE_SIZE];
    struct pmtiles_writer *writer;
    assert_int_equal(pmtiles_writer_open(path, NULL, &writer), ERR_OK);
    for (unsigned z = 0; z <= 3; z++)
        assert_int_equal(pmtiles_writer_run(writer, hilbert_first(z), (uint64_t)1 << (2 * z), bytes,
                                            sample_tile((struct tile){z, 0, 0}, bytes)),
                         ERR_OK);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t id = hilbert_first(12) + 3 * (uint64_t)i;
        size_t len = sample_tile(hilbert_tile(id), bytes);
        assert_int_equal(pmtiles_writer_run(writer, id, 1, bytes, len), ERR_OK);
    }
    assert_int_equal(pmtiles_writer_finish(writer, &info), ERR_OK);
}

struct archive *archive_opened(const char *path) {
    struct fault fault = {0};
    struct archive *archive = NULL;
    enum err err = archive_open(path, &fault, &archive);
    if (err != ERR_OK)
        fail_msg("%s: %s, %s", path, err_name(err), fault.why);
    return archive;
}

void archive_refused(const char *path, const char *why) {
    struct fault fault = {0};
    struct archive *archive = NULL;
    assert_int_equal(archive_open(path, &fault, &archive), ERR_NOT_A_STORE);
    if (strstr(fault.why, why) == NULL)
        fail_msg("%s: \"%s\" does not say \"%s\"", path, fault.why, why);
}
