// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_key.h"

#include "service/publication_files.h"
#include "store/publication_store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void publication_key_name(int64_t project, const char *exercise_key, char out[PUBLICATION_KEY_NAME_SIZE]) {
    snprintf(out, PUBLICATION_KEY_NAME_SIZE, "keys/exercise-%" PRId64 "-%s.key", project, exercise_key);
}

static enum err key_path(const char *data_folder, int64_t project, const char *exercise_key,
                         char out[PUBLICATION_PATH_SIZE]) {
    char name[PUBLICATION_KEY_NAME_SIZE];
    publication_key_name(project, exercise_key, name);
    int written = snprintf(out, PUBLICATION_PATH_SIZE, "%s/%s", data_folder, name);
    return written > 0 && written < PUBLICATION_PATH_SIZE ? ERR_OK : ERR_IO;
}

bool publication_key_there(const char *data_folder, int64_t project, const char *exercise_key) {
    char path[PUBLICATION_PATH_SIZE];
    return key_path(data_folder, project, exercise_key, path) == ERR_OK && publication_file_there(path);
}

static void stand_in(const struct keys *keys, const char *path, uint8_t out[SECRET_KEY_SIZE]) {
    _Static_assert(SECRET_KEY_SIZE == SECRET_HASH_SIZE, "a hash is a key");
    const char *name = strrchr(path, '/');
    secret_hmac(keys->receipt, "preview", name, strlen(name), out);
}

enum err publication_key_read(struct context *context, int64_t project, const char *exercise_key,
                              enum publication_key_use use, struct fault *fault,
                              uint8_t out[SECRET_KEY_SIZE]) {
    char path[PUBLICATION_PATH_SIZE], name[PUBLICATION_KEY_NAME_SIZE];
    publication_key_name(project, exercise_key, name);
    enum err err = key_path(context->data_folder, project, exercise_key, path);
    if (err)
        return err;
    bool there = publication_file_there(path);
    if (!there && use == KEY_PUBLISHED)
        return fault_set(fault, ERR_CONFLICT, name,
                         "is missing; with a new key the noise of two editions could be averaged away: "
                         "put the folder keys back from the backup, or end the exercise");
    if (!there && use == KEY_TO_PREVIEW) {
        stand_in(context->keys, path, out);
        return ERR_OK;
    }
    err = secret_key_file(path, out);
    return err ? fault_set(fault, err, name, "can neither be read nor made") : ERR_OK;
}

static enum err overwrite(int fd) {
    const uint8_t nothing[SECRET_KEY_SIZE] = {0};
    if (pwrite(fd, nothing, sizeof nothing, 0) != (ssize_t)sizeof nothing || fsync(fd) != 0)
        return err_of_errno(errno);
    return ERR_OK;
}

enum err publication_key_destroy(const char *data_folder, int64_t project, const char *exercise_key) {
    char path[PUBLICATION_PATH_SIZE];
    enum err err = key_path(data_folder, project, exercise_key, path);
    int fd = err ? -1 : open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return err ? err : errno == ENOENT ? ERR_OK : err_of_errno(errno);
    err = overwrite(fd);
    close(fd);
    if (unlink(path) != 0 && !err)
        err = err_of_errno(errno);
    return err;
}

void publication_keys_lost(struct context *context, void (*each)(void *owner, const char *name), void *owner) {
    struct arena arena;
    struct project_exercise *published = NULL, *ends = NULL;
    size_t count = 0, end_count = 0;
    arena_init(&arena);
    enum err err = exercise_published_list(context->db, 0, &arena, &published, &count);
    if (!err)
        err = exercise_end_list(context->db, 0, &arena, &ends, &end_count);
    for (size_t i = 0; i < count && !err; i++) {
        const struct project_exercise *one = &published[i];
        char name[PUBLICATION_KEY_NAME_SIZE];
        publication_key_name(one->project_id, one->key, name);
        if (!project_exercise_in(ends, end_count, one->project_id, one->key) &&
            !publication_key_there(context->data_folder, one->project_id, one->key))
            each(owner, name);
    }
    arena_fini(&arena);
}
