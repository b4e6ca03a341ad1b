// SPDX-License-Identifier: AGPL-3.0-or-later
#include "data_folder.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/key_store.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    return fault_set(fault, err_of_errno(cause), path, "%s",
                     cause == EEXIST   ? "is there already, and no folder"
                     : cause == ENOENT ? "the folder that it is to be made in does not exist"
                                       : strerror(cause));
}

enum err data_folder_make(const char *folder, struct fault *fault) {
    static const char *const inner[] = {DATA_EDITIONS, DATA_BASEMAPS, DATA_KEYS, DATA_AREAS,
                                        DATA_UPLOADS, NULL};
    char path[DATA_PATH_SIZE];
    enum err err = make_one(folder, fault);
    for (int i = 0; inner[i] && err == ERR_OK; i++) {
        err = data_folder_path(folder, inner[i], path);
        if (err == ERR_OK)
            err = make_one(path, fault);
    }
    return err;
}

/* <store>.version-<number> */
static bool is_copy(const char *name) {
    static const char prefix[] = DATA_STORE ".version-";
    const char *number = name + sizeof prefix - 1;
    return strncmp(name, prefix, sizeof prefix - 1) == 0 && *number &&
           number[strspn(number, "0123456789")] == 0;
}

void data_folder_old_copies(const char *folder, void (*each)(void *context, const char *name),
                            void *context) {
    const int64_t oldest_s = clock_now_ms() / 1000 - INT64_C(86400) * DATA_COPY_DAYS_MAX;
    char path[DATA_PATH_SIZE];
    struct stat info;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        if (is_copy(entry->d_name) && data_folder_path(folder, entry->d_name, path) == ERR_OK &&
            lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_mtime < oldest_s)
            each(context, entry->d_name);
    if (dir)
        closedir(dir);
}

static void drop_copy(void *context, const char *name) {
    char path[DATA_PATH_SIZE];
    if (data_folder_path(context, name, path) == ERR_OK && unlink(path) == 0)
        log_event(LOG_INFO, "old_copy", "%s, made before an update more than %d days ago, was deleted",
                  name, DATA_COPY_DAYS_MAX);
    else
        log_event(LOG_WARN, "old_copy", "%s, of more than %d days, could not be deleted", name,
                  DATA_COPY_DAYS_MAX);
}

void data_folder_drop_old_copies(const char *folder) {
    data_folder_old_copies(folder, drop_copy, (void *)(uintptr_t)folder);
}

const char *data_key_name(enum data_key key) {
    static const char *const names[DATA_KEY_COUNT] = {
        [DATA_KEY_SEAL] = DATA_KEYS "/seal",
        [DATA_KEY_RECEIPT] = DATA_KEYS "/receipt",
    };
    return names[key];
}

const char *data_key_lost(const char *folder, struct db *db, enum data_key key) {
    char path[DATA_PATH_SIZE];
    struct stat info;
    struct keys_in_use used;
    if (data_folder_path(folder, data_key_name(key), path) != ERR_OK || stat(path, &info) == 0 ||
        errno != ENOENT || keys_in_use(db, clock_now_ms(), &used) != ERR_OK)
        return NULL;
    if (key == DATA_KEY_SEAL)
        return used.join_codes ? "the join sheets of open sessions can no longer be shown" : NULL;
    return used.receipts     ? "receipts given out before no longer work"
           : used.join_codes ? "join codes given out before no longer work"
                             : NULL;
}

static enum err read_key(const char *folder, struct db *db, enum data_key key,
                         uint8_t out[SECRET_KEY_SIZE], struct fault *fault) {
    char path[DATA_PATH_SIZE];
    const char *name = data_key_name(key);
    const char *lost = data_key_lost(folder, db, key);
    if (lost)
        log_event(LOG_WARN, "key_missing",
                  "%s is missing and made anew, so %s: stop this program and put the folder keys "
                  "back from the backup",
                  name, lost);
    enum err err = data_folder_path(folder, name, path);
    if (err == ERR_OK)
        err = secret_key_file(path, out);
    return err ? fault_set(fault, err, name, "this key can neither be read nor made") : ERR_OK;
}

enum err data_folder_keys(const char *folder, struct db *db, struct keys *out,
                          struct fault *fault) {
    enum err err = read_key(folder, db, DATA_KEY_SEAL, out->seal, fault);
    return err ? err : read_key(folder, db, DATA_KEY_RECEIPT, out->receipt, fault);
}
