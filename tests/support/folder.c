// SPDX-License-Identifier: AGPL-3.0-or-later
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void folder_make(char out[FOLDER_PATH_SIZE]) {
    const char *base = getenv("TMPDIR");
    snprintf(out, FOLDER_PATH_SIZE, "%s/repere-test-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(out));
}

static int drop_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

void folder_drop(const char *folder) {
    nftw(folder, drop_one, 8, FTW_DEPTH | FTW_PHYS);
}

void folder_path(const char *folder, const char *name, char out[FOLDER_PATH_SIZE]) {
    int written = snprintf(out, FOLDER_PATH_SIZE, "%s/%s", folder, name);
    assert_in_range(written, 1, FOLDER_PATH_SIZE - 1);
}

char *folder_read(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, size, file), size);
    bytes[size] = 0;
    fclose(file);
    if (len)
        *len = size;
    return bytes;
}

void folder_write(const char *path, const void *bytes, size_t len) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}
