// SPDX-License-Identifier: AGPL-3.0-or-later
// Archives that somebody put into the data folder, in two ways. An input that begins as an archive
// is the whole file. Of any other the first byte says how the rest is cut into root directory,
// leaves and metadata, which stand behind a sound header and are not compressed: so the fuzzer need
// not learn gzip and offsets.
#include "archive.h"
#include "pmtiles_directory.h"
#include "pmtiles_header.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SECTION_MAX = 8000, TILES_SIZE = 4096 };
static int file = -1;
static char path[64];

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    file = memfd_create("fuzz_pmtiles", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return 0;
}

static void write_file(const void *bytes, size_t len, off_t offset) {
    if (pwrite(file, bytes, len, offset) != (ssize_t)len)
        abort();
}

static void write_parts(const uint8_t *data, size_t size) {
    static const char json[] = "{\"name\":\"x\"}";
    static const unsigned char tiles[TILES_SIZE];
    unsigned char head[PMTILES_HEADER_SIZE];
    size_t root = size < 2 ? 0 : (size - 1) * data[0] / 256,
           leaves = size < 1 ? 0 : size - 1 - root;
    if (root > SECTION_MAX)
        root = SECTION_MAX;
    const struct pmtiles_header header = {
        .root = {PMTILES_HEADER_SIZE, root},
        .leaves = {PMTILES_HEADER_SIZE + root, leaves},
        .metadata = {PMTILES_HEADER_SIZE + root + leaves, sizeof json - 1},
        .tiles = {PMTILES_HEADER_SIZE + root + leaves + sizeof json - 1, TILES_SIZE},
        .internal_compression = PMTILES_NONE,
        .tile_type = PMTILES_MVT,
        .maxzoom = TILE_ZOOM_MAX,
    };
    pmtiles_header_write(&header, head);
    write_file(head, sizeof head, 0);
    if (size > 1)
        write_file(data + 1, root + leaves, (off_t)header.root.offset);
    write_file(json, sizeof json - 1, (off_t)header.metadata.offset);
    write_file(tiles, TILES_SIZE, (off_t)header.tiles.offset);
}

struct seen {
    struct archive *archive;
    uint64_t end; // behind the last run
    int tiles_left;
};

static enum err see(void *context, const struct archive_run *run) {
    struct seen *seen = context;
    struct buf bytes;
    bool gzipped;
    assert(run->tiles > 0 && run->id >= seen->end); // ascending, none over another
    seen->end = run->id + run->tiles;
    buf_init(&bytes);
    enum err err = archive_tile(seen->archive, hilbert_tile(run->id), &bytes, &gzipped);
    assert(err != ERR_OK || bytes.len == run->bytes);
    assert(err == ERR_OK || err == ERR_NOT_A_STORE || (err == ERR_NOT_FOUND && run->bytes == 0));
    buf_fini(&bytes);
    return --seen->tiles_left > 0 ? ERR_OK : ERR_TOO_MANY;
}

static void look_around(struct archive *archive) {
    const struct archive_info *info = archive_info(archive);
    assert(info->title != NULL && info->attribution != NULL);
    assert(info->minzoom <= info->maxzoom && info->maxzoom <= TILE_ZOOM_MAX);
    assert(archive_bounds_valid(info->bounds_deg));
    for (unsigned z = info->minzoom; z <= info->maxzoom; z++) {
        uint32_t last = ((uint32_t)1 << z) - 1;
        struct seen all = {archive, 0, 50}, some = {archive, 0, 50};
        const struct tile_range whole = {z, 0, 0, last, last};
        const struct tile_range part = {z, 1 & last, 1 & last, 20 & last, 7 & last};
        enum err err = archive_runs(archive, &whole, NULL, see, &all);
        assert(err == ERR_OK || err == ERR_NOT_A_STORE || err == ERR_TOO_MANY);
        err = archive_runs(archive, &part, NULL, see, &some);
        assert(err == ERR_OK || err == ERR_NOT_A_STORE || err == ERR_TOO_MANY);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct archive *archive = NULL;
    struct fault fault = {0};
    if (ftruncate(file, 0) != 0)
        abort();
    if (pmtiles_header_known(data, size))
        write_file(data, size, 0);
    else if (size <= 2 * SECTION_MAX)
        write_parts(data, size);
    enum err err = archive_open(path, &fault, &archive);
    assert(err == ERR_OK || (err == ERR_NOT_A_STORE && fault.why[0] != '\0'));
    if (err == ERR_OK)
        look_around(archive);
    archive_close(archive);
    return 0;
}
