// SPDX-License-Identifier: AGPL-3.0-or-later
#include "data_folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum err data_folder_path(const char *folder, const char *name, char out[DATA_PATH_SIZE]) {
    int written = snprintf(out, DATA_PATH_SIZE, "%s/%s", folder, name);
    return written > 0 && written < DATA_PATH_SIZE ? ERR_OK : ERR_IO;
}

static enum err make_one(const char *path, struct fault *fault) {
    struct stat info;
    if (mkdir(path, 0700) == 0)
        return ERR_OK;
    int cause = errno;
    if (cause == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return ERR_OK;
    return fault_set(fault, err_of_errno(cause), path, "%s", strerror(cause));
}

enum err data_folder_make(const char *folder, struct fault *fault) {
    static const char *const inner[] = {DATA_EDITIONS, DATA_BASEMAPS, DATA_KEYS, DATA_UPLOADS,
                                        NULL};
    char path[DATA_PATH_SIZE];
    enum err err = make_one(folder, fault);
    for (int i = 0; inner[i] && err == ERR_OK; i++) {
        err = data_folder_path(folder, inner[i], path);
        if (err == ERR_OK)
            err = make_one(path, fault);
    }
    return err;
}

static enum err read_key(const char *folder, const char *name, uint8_t out[SECRET_KEY_SIZE],
                         struct fault *fault) {
    char path[DATA_PATH_SIZE];
    enum err err = data_folder_path(folder, name, path);
    if (err == ERR_OK)
        err = secret_key_file(path, out);
    return err ? fault_set(fault, err, name, "this key can neither be read nor made") : ERR_OK;
}

enum err data_folder_keys(const char *folder, struct keys *out, struct fault *fault) {
    enum err err = read_key(folder, DATA_KEYS "/seal", out->seal, fault);
    return err ? err : read_key(folder, DATA_KEYS "/receipt", out->receipt, fault);
}
