// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shared_data.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

bool shared_data_path(const char *name, char out[SHARED_PATH_SIZE]) {
    snprintf(out, SHARED_PATH_SIZE, "%s/../shared/data/%s", SOURCE_DIR, name);
    return access(out, R_OK) == 0;
}

char *read_whole_file(const char *path, size_t *len) {
    char *text = NULL;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    rewind(file);
    if (size >= 0)
        text = malloc((size_t)size + 1);
    if (text) {
        *len = fread(text, 1, (size_t)size, file);
        text[*len] = 0;
    }
    fclose(file);
    return text;
}

char *shared_data_or_skip(const char *name, size_t *len) {
    char path[SHARED_PATH_SIZE];
    char *text = shared_data_path(name, path) ? read_whole_file(path, len) : NULL;
    if (!text) {
        print_message("not here: ../shared/data/%s\n", name);
        skip();
    }
    return text;
}
