// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exercise_fixture.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

const char *fixture_text(struct arena *arena, const char *path, size_t *len) {
    FILE *file = fopen(arena_printf(arena, "%s/%s", SOURCE_DIR, path), "rb");
    if (!file)
        fail_msg("%s cannot be opened", path);
    char *text = arena_alloc(arena, 1 << 20);
    size_t read = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    if (len)
        *len = read;
    return text;
}

const struct exercise *fixture_exercise(struct arena *arena, const char *path) {
    size_t len = 0;
    const char *text = fixture_text(arena, path, &len);
    const struct exercise *exercise = NULL;
    struct fault fault = {0};
    if (exercise_parse(text, len, arena, &fault, &exercise) != ERR_OK)
        fail_msg("%s: %s %s", path, fault.where, fault.why);
    return exercise;
}

const char *fixture_replaced(struct arena *arena, const char *text, const char *replace,
                             const char *by) {
    const char *at = strstr(text, replace);
    if (!at)
        fail_msg("there is no %s to replace", replace);
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, by, at + strlen(replace));
}
