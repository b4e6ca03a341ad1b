// SPDX-License-Identifier: AGPL-3.0-or-later
// SpatiaLite blobs: whatever the bytes, a geometry that can be written again, or a refusal.
#include "store/geometry_blob.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena arena;
    struct geometry geometry;
    arena_init(&arena);
    if (geometry_blob_read(bytes, len, &arena, &geometry) == ERR_OK) {
        size_t size = geometry_blob_size(&geometry);
        uint8_t *again = malloc(size);
        if (size != len || !again)
            abort();
        geometry_blob_write(&geometry, again);
        free(again);
    }
    arena_fini(&arena);
    return 0;
}
