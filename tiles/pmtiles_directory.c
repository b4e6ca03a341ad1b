// SPDX-License-Identifier: AGPL-3.0-or-later
// In the file: the number of entries; then of all entries the steps from id to id, then the runs,
// then the lengths, then the offsets plus one, where 0 says "right behind the one before".
#include "pmtiles_directory.h"
#include "hilbert.h"
#include "varint.h"
#include <stdlib.h>

struct cursor {
    const unsigned char *at, *end;
    bool failed;
};

static uint64_t varint(struct cursor *cursor) {
    uint64_t value = 0;
    size_t used = varint_read(cursor->at, (size_t)(cursor->end - cursor->at), &value);
    cursor->at += used;
    cursor->failed |= used == 0;
    return value;
}

static uint32_t varint_32(struct cursor *cursor) {
    uint64_t value = varint(cursor);
    cursor->failed |= value > UINT32_MAX;
    return (uint32_t)value;
}

static bool read_ids_and_runs(struct cursor *cursor, struct pmtiles_directory *directory) {
    const uint64_t end = hilbert_first(HILBERT_ZOOM_MAX + 1);
    uint64_t id = 0;
    for (size_t i = 0; i < directory->count; i++) {
        uint64_t step = varint(cursor);
        if (cursor->failed || step >= end - id || (i > 0 && step == 0))
            return false;
        id += step;
        directory->entries[i].id = id;
    }
    for (size_t i = 0; i < directory->count; i++) {
        struct pmtiles_entry *entry = &directory->entries[i];
        uint64_t next = i + 1 < directory->count ? entry[1].id : end;
        entry->run = varint_32(cursor);
        if (cursor->failed || entry->run > next - entry->id)
            return false;
    }
    return true;
}

static bool read_places(struct cursor *cursor, struct pmtiles_directory *directory,
                        uint64_t leaves_bytes, uint64_t tiles_bytes) {
    for (size_t i = 0; i < directory->count; i++)
        directory->entries[i].bytes = varint_32(cursor);
    for (size_t i = 0; i < directory->count && !cursor->failed; i++) {
        struct pmtiles_entry *entry = &directory->entries[i];
        uint64_t place = varint(cursor);
        uint64_t section = entry->run == 0 ? leaves_bytes : tiles_bytes;
        if (place > 0)
            entry->offset = place - 1;
        else if (i > 0) // no overflow: both lie within the file
            entry->offset = entry[-1].offset + entry[-1].bytes;
        else
            return false;
        if (entry->offset > section || entry->bytes > section - entry->offset ||
            (entry->run == 0 && entry->bytes == 0))
            return false;
    }
    return !cursor->failed;
}

enum err pmtiles_directory_parse(const void *bytes, size_t len, uint64_t leaves_bytes,
                                 uint64_t tiles_bytes, struct pmtiles_directory **out) {
    struct cursor cursor = {bytes, (const unsigned char *)bytes + len, false};
    uint64_t count = varint(&cursor);
    // an entry takes at least a byte in each of four columns
    if (cursor.failed || count == 0 || count > PMTILES_ENTRIES_MAX || count > len / 4)
        return ERR_NOT_A_STORE;
    struct pmtiles_directory *directory =
        calloc(1, sizeof *directory + (size_t)count * sizeof directory->entries[0]);
    if (directory == NULL)
        return ERR_NO_MEMORY;
    directory->count = (size_t)count;
    if (!read_ids_and_runs(&cursor, directory) ||
        !read_places(&cursor, directory, leaves_bytes, tiles_bytes) || cursor.at != cursor.end) {
        free(directory);
        return ERR_NOT_A_STORE;
    }
    *out = directory;
    return ERR_OK;
}

const struct pmtiles_entry *pmtiles_directory_find(const struct pmtiles_directory *directory,
                                                   uint64_t id) {
    size_t low = 0, high = directory->count; // the entry sought is below `high`
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (directory->entries[middle].id <= id)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &directory->entries[low - 1];
}

void pmtiles_directory_write(const struct pmtiles_entry *entries, size_t count, struct buf *out) {
    varint_write(out, count);
    for (size_t i = 0; i < count; i++)
        varint_write(out, entries[i].id - (i > 0 ? entries[i - 1].id : 0));
    for (size_t i = 0; i < count; i++)
        varint_write(out, entries[i].run);
    for (size_t i = 0; i < count; i++)
        varint_write(out, entries[i].bytes);
    for (size_t i = 0; i < count; i++) {
        bool behind = i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].bytes;
        varint_write(out, behind ? 0 : entries[i].offset + 1);
    }
}
