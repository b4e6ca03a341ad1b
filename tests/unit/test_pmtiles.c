// SPDX-License-Identifier: AGPL-3.0-or-later
// PMTiles: archives of other makers, our own, and broken in every way we know of.
#include "archive_room.h"
#include "base/zip.h"
#include "pmtiles.h"
#include "pmtiles_directory.h"
#include "pmtiles_write.h"
#include "shared_data.h"
#include "test.h"
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

struct tally {
    struct archive *archive;
    uint64_t tiles, runs, bytes;
    enum tile_format format;
};

/* Reads the first tile of each run and looks whether it is what it should be. */
static enum err tally_run(void *context, const struct archive_run *run) {
    struct tally *tally = context;
    struct buf bytes, plain;
    bool gzipped;
    enum tile_format format;
    buf_init(&bytes);
    buf_init(&plain);
    assert_int_equal(archive_tile(tally->archive, hilbert_tile(run->id), &bytes, &gzipped), ERR_OK);
    assert_int_equal(bytes.len, run->bytes);
    if (gzipped)
        assert_int_equal(zip_gunzip(bytes.data, bytes.len, 1 << 24, &plain), ERR_OK);
    assert_true(tile_format_guess(bytes.data, bytes.len, &format));
    assert_int_equal(format, tally->format);
    tally->tiles += run->tiles;
    tally->bytes += run->bytes;
    tally->runs++;
    buf_fini(&bytes);
    buf_fini(&plain);
    return ERR_OK;
}

static struct tally tally_all(struct archive *archive) {
    const struct archive_info *info = archive_info(archive);
    struct tally tally = {.archive = archive, .format = info->format};
    for (unsigned z = info->minzoom; z <= info->maxzoom; z++) {
        uint32_t last = ((uint32_t)1 << z) - 1;
        const struct tile_range all = {z, 0, 0, last, last};
        assert_int_equal(archive_runs(archive, &all, NULL, tally_run, &tally), ERR_OK);
    }
    return tally;
}

static struct archive *real(const char *name) {
    char path[SHARED_PATH_SIZE], below[64];
    snprintf(below, sizeof below, "basemaps/%s", name);
    if (!shared_data_path(below, path)) {
        print_message("not here: ../shared/data/%s\n", below);
        skip();
    }
    return archive_opened(path);
}

static void a_vector_archive_of_another_maker_is_read_whole(void **state) {
    (void)state;
    struct archive *archive = real("firenze_vector.pmtiles");
    const struct archive_info *info = archive_info(archive);
    assert_string_equal(info->title, "protomaps 2023-01-18T07:49:39Z");
    assert_non_null(strstr(info->attribution, "OpenStreetMap"));
    assert_memory_equal(info->vector_layers, "[{", 2);
    assert_int_equal(info->format, TILE_PBF);
    assert_int_equal(info->minzoom, 0);
    assert_int_equal(info->maxzoom, 14);
    assert_true(info->bounds_deg[0] == 11.154026 && info->bounds_deg[3] == 43.8325455);
    assert_true(archive_is_pmtiles(archive));
    assert_int_equal(archive_bytes(archive), 3959979);
    assert_int_equal(tally_all(archive).tiles, 108);
    struct buf bytes;
    bool gzipped;
    buf_init(&bytes);
    assert_int_equal(archive_tile(archive, (struct tile){14, 0, 0}, &bytes, &gzipped),
                     ERR_NOT_FOUND);
    assert_int_equal(archive_tile(archive, (struct tile){25, 0, 0}, &bytes, &gzipped),
                     ERR_NOT_FOUND);
    assert_int_equal(archive_tile(archive, (struct tile){0, 1, 0}, &bytes, &gzipped),
                     ERR_NOT_FOUND);
    assert_int_equal(archive_tile(archive, (struct tile){3, 0xffffffff, 7}, &bytes, &gzipped),
                     ERR_NOT_FOUND);
    assert_int_equal(bytes.len, 0);
    buf_fini(&bytes);
    archive_close(archive);
}

static void picture_archives_of_another_maker_are_read_whole(void **state) {
    (void)state;
    static const struct {
        const char *name;
        enum tile_format format;
    } cases[] = {{"raster_png.pmtiles", TILE_PNG}, {"raster_webp.pmtiles", TILE_WEBP}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct archive *archive = real(cases[i].name);
        assert_int_equal(archive_info(archive)->format, cases[i].format);
        assert_null(archive_info(archive)->vector_layers);
        assert_string_equal(archive_info(archive)->title, "ne2sr");
        assert_int_equal(tally_all(archive).tiles, 5);
        archive_close(archive);
    }
}

static void assert_tile(struct archive *archive, struct tile tile, bool there) {
    char wanted[SAMPLE_TILE_SIZE];
    struct buf bytes;
    bool gzipped = false;
    buf_init(&bytes);
    enum err err = archive_tile(archive, tile, &bytes, &gzipped);
    assert_int_equal(err, there ? ERR_OK : ERR_NOT_FOUND);
    if (there) {
        assert_int_equal(bytes.len, sample_tile(tile, wanted));
        assert_memory_equal(bytes.data, wanted, bytes.len);
        assert_true(gzipped);
    }
    buf_fini(&bytes);
}

static void assert_sample(struct archive *archive, uint32_t count, uint32_t step) {
    for (unsigned z = 0; z <= 3; z++)
        for (uint32_t x = 0; x < 1u << z; x++)
            for (uint32_t y = 0; y < 1u << z; y++)
                assert_tile(archive, (struct tile){z, x, y}, true);
    for (uint32_t i = 0; i < count; i += step) {
        uint64_t id = hilbert_first(12) + 3 * (uint64_t)i;
        assert_tile(archive, hilbert_tile(id), true);
        assert_tile(archive, hilbert_tile(id + 1), false);
    }
    assert_tile(archive, hilbert_tile(hilbert_first(12) + 3 * (uint64_t)count), false);
    assert_tile(archive, (struct tile){4, 0, 0}, false);
}

static void an_archive_we_write_is_read_back(void **state) {
    struct archive_room *room = *state;
    sample_pmtiles(room->path, 50);
    struct archive *archive = archive_opened(room->path);
    const struct archive_info *info = archive_info(archive);
    assert_string_equal(info->title, "Sample");
    assert_string_equal(info->attribution, "nobody <b>at all</b>");
    assert_string_equal(info->vector_layers, "[{\"id\":\"roads\",\"fields\":{}}]");
    assert_int_equal(info->minzoom, 0);
    assert_int_equal(info->maxzoom, 12);
    assert_sample(archive, 50, 1);
    archive_close(archive);
}

static void equal_tiles_are_stored_once(void **state) {
    struct archive_room *room = *state;
    struct pmtiles *pmtiles;
    sample_pmtiles(room->path, 1);
    assert_int_equal(pmtiles_open(room->path, NULL, &pmtiles), ERR_OK);
    const struct pmtiles_header *header = pmtiles_header(pmtiles);
    assert_int_equal(header->addressed, 1 + 4 + 16 + 64 + 1);
    assert_int_equal(header->entries, 5);
    assert_int_equal(header->contents, 5);
    char bytes[SAMPLE_TILE_SIZE];
    size_t last = sample_tile(hilbert_tile(hilbert_first(12)), bytes);
    assert_int_equal(header->tiles.bytes, 4 * sample_tile((struct tile){0, 0, 0}, bytes) + last);
    pmtiles_close(pmtiles);

    // the same content again, far from the first
    struct pmtiles_writer *writer;
    unlink(room->path);
    assert_int_equal(pmtiles_writer_open(room->path, NULL, &writer), ERR_OK);
    assert_int_equal(pmtiles_writer_run(writer, 1, 1, "\x1asea", 4), ERR_OK);
    assert_int_equal(pmtiles_writer_run(writer, 2, 1, "\x1aland", 5), ERR_OK);
    assert_int_equal(pmtiles_writer_run(writer, 4, 1, "\x1asea", 4), ERR_OK);
    const struct archive_info info = {
        .title = "t", .attribution = "", .format = TILE_PBF, .bounds_deg = {0, 0, 1, 1}};
    assert_int_equal(pmtiles_writer_finish(writer, &info), ERR_OK);
    assert_int_equal(pmtiles_open(room->path, NULL, &pmtiles), ERR_OK);
    assert_int_equal(pmtiles_header(pmtiles)->tiles.bytes, 9);
    assert_int_equal(pmtiles_header(pmtiles)->contents, 2);
    assert_int_equal(pmtiles_header(pmtiles)->entries, 3);
    pmtiles_close(pmtiles);
}

static enum err count_run(void *context, const struct archive_run *run) {
    (void)run;
    ++*(int *)context;
    return ERR_OK;
}

static void a_large_directory_is_kept_in_leaves(void **state) {
    struct archive_room *room = *state;
    struct pmtiles *pmtiles;
    enum { COUNT = 60000 };
    sample_pmtiles(room->path, COUNT);
    assert_int_equal(pmtiles_open(room->path, NULL, &pmtiles), ERR_OK);
    const struct pmtiles_header *header = pmtiles_header(pmtiles);
    assert_true(header->leaves.bytes > 0);
    assert_true(header->root.offset + header->root.bytes <= 16384);
    pmtiles_close(pmtiles);
    struct archive *archive = archive_opened(room->path);
    assert_sample(archive, COUNT, 37);
    const struct tile_range all = {12, 0, 0, 4095, 4095};
    int runs = 0;
    assert_int_equal(archive_runs(archive, &all, NULL, count_run, &runs), ERR_OK);
    assert_int_equal(runs, COUNT);
    archive_close(archive);
}

static void the_same_tiles_give_the_same_bytes(void **state) {
    struct archive_room *room = *state;
    size_t a_len, b_len;
    sample_pmtiles(room->path, 9000);
    char *a = folder_read(room->path, &a_len);
    unlink(room->path);
    sample_pmtiles(room->path, 9000);
    char *b = folder_read(room->path, &b_len);
    assert_int_equal(a_len, b_len);
    assert_memory_equal(a, b, a_len);
    free(a);
    free(b);
}

static void the_writer_refuses_what_it_cannot_write(void **state) {
    struct archive_room *room = *state;
    struct pmtiles_writer *writer;
    const struct archive_info info = {.title = "t", .attribution = "", .format = TILE_PBF};
    assert_int_equal(pmtiles_writer_open(room->path, NULL, &writer), ERR_OK);
    assert_int_equal(pmtiles_writer_run(writer, 4, 2, "a", 1), ERR_OK);
    assert_int_equal(pmtiles_writer_run(writer, 5, 1, "b", 1), ERR_CONFLICT);
    assert_int_equal(pmtiles_writer_run(writer, 6, 1, "", 0), ERR_TOO_LARGE);
    pmtiles_writer_abandon(writer);
    assert_int_not_equal(access(room->path, F_OK), 0);
    assert_int_equal(rmdir(room->folder), 0); // nothing beside it either
    assert_int_equal(mkdir(room->folder, 0700), 0);
    assert_int_equal(pmtiles_writer_open(room->path, NULL, &writer), ERR_OK);
    assert_int_equal(pmtiles_writer_finish(writer, &info), ERR_NOT_FOUND);
    assert_int_not_equal(access(room->path, F_OK), 0);
    sample_pmtiles(room->path, 1);
    assert_int_equal(pmtiles_writer_open(room->path, NULL, &writer), ERR_CONFLICT);
    assert_int_equal(pmtiles_writer_open("/nonexistent/map.pmtiles", NULL, &writer), ERR_IO);
}

/* Writes the sample with some bytes changed. */
static void damaged(const struct archive_room *room, size_t at, const void *bytes, size_t len,
                    const char *why) {
    size_t file_len;
    unlink(room->path);
    sample_pmtiles(room->path, 50);
    char *file = folder_read(room->path, &file_len);
    memcpy(file + at, bytes, len);
    folder_write(room->path, file, file_len);
    free(file);
    archive_refused(room->path, why);
}

static void what_cannot_be_served_is_refused_with_its_reason(void **state) {
    struct archive_room *room = *state;
    damaged(room, 0, "QMT", 3, "neither MBTiles nor PMTiles");
    damaged(room, 7, "\2", 1, "version 2");
    damaged(room, 8, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, "root directory should lie");
    damaged(room, 16, "\xff\xff\xff\xff\xff\xff\xff\x7f", 8, "root directory should lie");
    damaged(room, 8, "\0\0\0\0\0\0\0\0", 8, "first 16 KiB");
    damaged(room, 16, "\0\0\0\0\0\0\0\0", 8, "first 16 KiB");
    damaged(room, 8, "\0\x40", 2, "first 16 KiB");
    damaged(room, 24, "\0\0\0\1", 4, "metadata should lie");
    damaged(room, 40, "\0\0\0\1", 4, "leaf directories should lie");
    damaged(room, 64, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, "tiles should lie");
    damaged(room, 97, "\3", 1, "brotli");
    damaged(room, 97, "\0", 1, "unknown method");
    damaged(room, 98, "\4", 1, "zstd");
    damaged(room, 98, "\7", 1, "unknown method");
    damaged(room, 99, "\5", 1, "avif");
    damaged(room, 99, "\6", 1, "unknown type");
    damaged(room, 100, "\15", 1, "zooms are 13 to 12");
    damaged(room, 101, "\31", 1, "zooms are 0 to 25");
    damaged(room, 130, "\0\0\0\0\0\0\0\0\0\0", 10, "root directory is damaged");
    damaged(room, 24, "\0\x40", 2, "metadata are damaged");
}

static void files_that_are_something_else_are_refused(void **state) {
    struct archive_room *room = *state;
    folder_write(room->path, "", 0);
    archive_refused(room->path, "neither");
    folder_write(room->path, "PMTiles\3", 8);
    archive_refused(room->path, "too short");
    archive_refused(room->folder, "no file");
    struct archive *archive;
    unlink(room->path);
    assert_int_equal(archive_open(room->path, NULL, &archive), ERR_NOT_FOUND);
}

/* An archive whose root directory and leaves are these bytes, not compressed. */
static void by_hand(const char *path, const struct buf *root, const struct buf *leaves,
                    const char *json) {
    unsigned char file[4096] = {0};
    struct pmtiles_header header = {
        .root = {PMTILES_HEADER_SIZE, root->len},
        .metadata = {1024, strlen(json)},
        .leaves = {2048, leaves->len},
        .tiles = {3072, 1024},
        .internal_compression = PMTILES_NONE,
        .tile_type = PMTILES_MVT,
        .maxzoom = 24,
    };
    pmtiles_header_write(&header, file);
    memcpy(file + header.root.offset, root->data, root->len);
    memcpy(file + header.metadata.offset, json, strlen(json));
    if (leaves->len > 0)
        memcpy(file + header.leaves.offset, leaves->data, leaves->len);
    folder_write(path, file, sizeof file);
}

/* What reading a tile and listing zoom 5 give. */
static void assert_read(const char *path, struct tile tile, enum err of_tile, enum err of_runs) {
    struct archive *archive = archive_opened(path);
    const struct tile_range range = {5, 0, 0, 31, 31};
    struct buf bytes;
    bool gzipped;
    int runs = 0;
    buf_init(&bytes);
    assert_int_equal(archive_tile(archive, tile, &bytes, &gzipped), of_tile);
    assert_int_equal(archive_runs(archive, &range, NULL, count_run, &runs), of_runs);
    buf_fini(&bytes);
    archive_close(archive);
}

static void leaves_that_lead_in_circles_end(void **state) {
    struct archive_room *room = *state;
    const struct tile first = hilbert_tile(hilbert_first(5));
    struct buf root, leaves;
    buf_init(&root);
    buf_init(&leaves);
    // a leaf that names itself
    struct pmtiles_entry entry = {hilbert_first(5), 0, 7, 0};
    pmtiles_directory_write(&entry, 1, &leaves);
    entry.bytes = (uint32_t)leaves.len;
    buf_clear(&leaves);
    pmtiles_directory_write(&entry, 1, &leaves);
    pmtiles_directory_write(&entry, 1, &root);
    by_hand(room->path, &root, &leaves, "{}");
    assert_read(room->path, first, ERR_NOT_A_STORE, ERR_NOT_A_STORE);
    // a leaf that does not begin where it is said to
    buf_clear(&root);
    entry.id--;
    pmtiles_directory_write(&entry, 1, &root);
    by_hand(room->path, &root, &leaves, "{}");
    assert_read(room->path, first, ERR_NOT_A_STORE, ERR_NOT_A_STORE);
    // a leaf with tiles that belong to the next one
    buf_clear(&root);
    buf_clear(&leaves);
    struct pmtiles_entry tile = {hilbert_first(5), 0, 9, 400};
    pmtiles_directory_write(&tile, 1, &leaves);
    struct pmtiles_entry two[2] = {{hilbert_first(5), 0, (uint32_t)leaves.len, 0},
                                   {hilbert_first(5) + 300, 0, 9, 1}};
    pmtiles_directory_write(two, 2, &root);
    by_hand(room->path, &root, &leaves, "{}");
    assert_read(room->path, first, ERR_OK, ERR_NOT_A_STORE);
    buf_fini(&root);
    buf_fini(&leaves);
}

static void a_run_of_most_of_the_world_is_told_as_one(void **state) {
    struct archive_room *room = *state;
    struct buf root, leaves;
    buf_init(&root);
    buf_init(&leaves);
    struct pmtiles_entry all = {0, 0, 9, UINT32_MAX};
    pmtiles_directory_write(&all, 1, &root);
    by_hand(room->path, &root, &leaves, "{}");
    struct archive *archive = archive_opened(room->path);
    const uint32_t last = (1u << 15) - 1;
    const struct tile_range range = {15, 0, 0, last, last};
    int runs = 0;
    assert_int_equal(archive_runs(archive, &range, NULL, count_run, &runs), ERR_OK);
    assert_int_equal(runs, 1);
    archive_close(archive);
    by_hand(room->path, &root, &leaves, "[]");
    archive_refused(room->path, "no JSON object");
    by_hand(room->path, &root, &leaves, "{\"name\":3,\"attribution\":null,\"vector_layers\":{}}");
    archive = archive_opened(room->path);
    assert_string_equal(archive_info(archive)->title, "map");
    assert_string_equal(archive_info(archive)->attribution, "");
    assert_null(archive_info(archive)->vector_layers);
    assert_true(archive_info(archive)->bounds_deg[0] == -180); // told: nothing between 0 and 0
    archive_close(archive);
    buf_fini(&root);
    buf_fini(&leaves);
}

static void directories_out_of_order_or_bounds_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {
#define BYTES(text) {text, sizeof text - 1}
        BYTES(""),
        BYTES("\0"),                                         // no entry
        BYTES("\1"),                                         // cut off
        BYTES("\1\0\1\5"),                                   // without offsets
        BYTES("\1\0\1\5\0"),                                 // the first one right behind nothing
        BYTES("\1\0\1\5\1\0"),                               // a byte too many
        BYTES("\1\0\1\x65\1"),                               // beyond the tiles
        BYTES("\1\0\1\5\x62"),                               // the same
        BYTES("\1\0\0\5\x0a"),                               // beyond the leaves
        BYTES("\1\0\0\0\1"),                                 // a leaf of no bytes
        BYTES("\2\0\0\1\1\5\5\1\0"),                         // the same tile twice
        BYTES("\2\0\2\3\1\5\5\1\0"),                         // a run into the next one
        BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"),     // 2^64 - 1 entries
        BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"), // a number of 77 bits
        BYTES("\1\xff\xff\xff\xff\xff\xff\xff\x1f\1\5\1"),   // a tile beyond zoom 26
        BYTES("\1\0\xff\xff\xff\xff\x1f\5\1"),               // a run of more than 32 bits
    };
    struct pmtiles_directory *directory = NULL;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (pmtiles_directory_parse(bad[i].bytes, bad[i].len, 10, 100, &directory) !=
            ERR_NOT_A_STORE)
            fail_msg("took case %zu", i);
    assert_int_equal(pmtiles_directory_parse("\2\1\2\2\0\5\6\1\4", 9, 10, 100, &directory), ERR_OK);
    assert_null(pmtiles_directory_find(directory, 0));
    assert_int_equal(pmtiles_directory_find(directory, 2)->id, 1);
    assert_int_equal(pmtiles_directory_find(directory, 3)->id, 3);
    assert_int_equal(pmtiles_directory_find(directory, UINT64_MAX)->offset, 3);
    free(directory);
}

/* Opens, lists and reads; whatever comes of it, the sanitizers have nothing to say. */
static void look_around(const char *path) {
    struct fault fault = {0};
    struct archive *archive = NULL;
    enum err err = archive_open(path, &fault, &archive);
    assert_true(err == ERR_OK || (err == ERR_NOT_A_STORE && fault.why[0] != '\0'));
    if (err != ERR_OK)
        return;
    struct buf bytes;
    bool gzipped;
    int runs = 0;
    buf_init(&bytes);
    for (unsigned z = 0; z <= 12; z += 3) {
        const struct tile_range range = {z, 0, 0, (1u << z) - 1, (1u << z) / 2};
        err = archive_runs(archive, &range, NULL, count_run, &runs);
        assert_true(err == ERR_OK || err == ERR_NOT_A_STORE);
        err = archive_tile(archive, (struct tile){z, 0, 0}, &bytes, &gzipped);
        assert_true(err == ERR_OK || err == ERR_NOT_FOUND || err == ERR_NOT_A_STORE);
    }
    buf_fini(&bytes);
    archive_close(archive);
}

static void no_flipped_bit_and_no_cut_does_harm(void **state) {
    struct archive_room *room = *state;
    struct stat about;
    sample_pmtiles(room->path, 9000); // with leaves
    size_t len;
    char *file = folder_read(room->path, &len);
    assert_int_equal(stat(room->path, &about), 0);
    srandom(5);
    for (int round = 0; round < 1500; round++) {
        // the header and the directories are what is read; the tiles are only carried
        size_t at = (size_t)random() % (round % 3 == 0 ? len : round % 3 == 1 ? 127u : 16384u);
        if (round % 3 == 0)
            at = len - 1 - at % 4096;
        file[at] = (char)(file[at] ^ 1 << random() % 8);
        folder_write(room->path, file, len);
        look_around(room->path);
        if (round % 4 != 0) // mostly one at a time
            continue;
        free(file);
        unlink(room->path);
        sample_pmtiles(room->path, 9000);
        file = folder_read(room->path, &len);
    }
    free(file);
    unlink(room->path);
    sample_pmtiles(room->path, 50);
    file = folder_read(room->path, &len);
    for (size_t cut = 0; cut < len; cut += 1 + cut / 64) {
        folder_write(room->path, file, cut);
        archive_refused(room->path, ""); // what is cut off is seen when it is opened
    }
    free(file);
}

static void a_file_cut_short_while_open_gives_an_error(void **state) {
    struct archive_room *room = *state;
    sample_pmtiles(room->path, 50);
    struct archive *archive = archive_opened(room->path);
    struct buf bytes;
    bool gzipped;
    buf_init(&bytes);
    assert_int_equal(truncate(room->path, 16390), 0);
    assert_int_equal(archive_tile(archive, (struct tile){3, 0, 0}, &bytes, &gzipped),
                     ERR_NOT_A_STORE);
    assert_int_equal(bytes.len, 0);
    buf_fini(&bytes);
    archive_close(archive);
}

enum { MANY = 200000 }; // more directories than are kept

static void *read_often(void *argument) {
    struct archive *archive = argument;
    unsigned seed = (unsigned)(uintptr_t)&seed;
    for (int i = 0; i < 3000; i++)
        assert_tile(archive, hilbert_tile(hilbert_first(12) + 3 * (uint64_t)(rand_r(&seed) % MANY)),
                    true);
    return NULL;
}

static void several_threads_read_at_the_same_time(void **state) {
    struct archive_room *room = *state;
    pthread_t threads[4];
    sample_pmtiles(room->path, MANY);
    struct archive *archive = archive_opened(room->path);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_often, archive), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    archive_close(archive);
}

int main(void) {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, archive_room_open, archive_room_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_vector_archive_of_another_maker_is_read_whole),
        cmocka_unit_test(picture_archives_of_another_maker_are_read_whole),
        IN_A_ROOM(an_archive_we_write_is_read_back),
        IN_A_ROOM(equal_tiles_are_stored_once),
        IN_A_ROOM(a_large_directory_is_kept_in_leaves),
        IN_A_ROOM(the_same_tiles_give_the_same_bytes),
        IN_A_ROOM(the_writer_refuses_what_it_cannot_write),
        IN_A_ROOM(what_cannot_be_served_is_refused_with_its_reason),
        IN_A_ROOM(files_that_are_something_else_are_refused),
        IN_A_ROOM(leaves_that_lead_in_circles_end),
        IN_A_ROOM(a_run_of_most_of_the_world_is_told_as_one),
        cmocka_unit_test(directories_out_of_order_or_bounds_are_refused),
        IN_A_ROOM(no_flipped_bit_and_no_cut_does_harm),
        IN_A_ROOM(a_file_cut_short_while_open_gives_an_error),
        IN_A_ROOM(several_threads_read_at_the_same_time),
    };
    return cmocka_run_group_tests_name("pmtiles", tests, NULL, NULL);
}
