// SPDX-License-Identifier: AGPL-3.0-or-later
// Exercise documents: whatever the bytes, a refusal, or an exercise whose written form reads back as
// itself.
#include "model/exercise.h"

#include <stdlib.h>
#include <string.h>

static const struct exercise *parse(const char *text, size_t len, struct arena *arena) {
    const struct exercise *exercise = NULL;
    struct fault fault = {0};
    return exercise_parse(text, len, arena, &fault, &exercise) == ERR_OK ? exercise : NULL;
}

static void write(struct buf *buf, const struct exercise *exercise) {
    struct jsonw w;
    jsonw_init(&w, buf);
    exercise_write(&w, exercise);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena arena;
    struct buf first, second;
    arena_init(&arena);
    buf_init(&first);
    buf_init(&second);
    const struct exercise *exercise = parse((const char *)bytes, len, &arena);
    if (exercise) {
        write(&first, exercise);
        const struct exercise *again = parse(first.data, first.len, &arena);
        if (!again)
            abort();
        write(&second, again);
        if (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
            abort();
    }
    buf_fini(&second);
    buf_fini(&first);
    arena_fini(&arena);
    return 0;
}
