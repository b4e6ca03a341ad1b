// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/uploads.h"

#include "base/clock.h"

#include <dirent.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 1400 };
static const int64_t LIFE_MS = INT64_C(24) * 60 * 60 * 1000;
static const char prefix[] = "import-"; // of our files: the HTTP server's own lie beside them

struct kept {
    char word[SECRET_TOKEN_TEXT_SIZE]; // "": the place is free
    int64_t project_id;
    int64_t since_ms;
    char name[UPLOAD_NAME_MAX + 1];
};

struct uploads {
    pthread_mutex_t mutex;
    char folder[PATH_SIZE - 100];
    struct kept kept[UPLOADS_MAX];
};

static void path_of(const struct uploads *uploads, const char *word, char out[PATH_SIZE]) {
    snprintf(out, PATH_SIZE, "%s/%s%s", uploads->folder, prefix, word);
}

static void drop(struct uploads *uploads, struct kept *kept) {
    char path[PATH_SIZE];
    path_of(uploads, kept->word, path);
    unlink(path);
    *kept = (struct kept){0};
}

static enum err drop_old_run(const struct uploads *uploads) {
    DIR *dir = opendir(uploads->folder);
    if (!dir)
        return ERR_IO;
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[PATH_SIZE + sizeof entry->d_name];
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", uploads->folder, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    return ERR_OK;
}

enum err uploads_open(const char *folder, struct uploads **out) {
    struct uploads *uploads = calloc(1, sizeof *uploads);
    if (!uploads)
        return ERR_NO_MEMORY;
    int len = snprintf(uploads->folder, sizeof uploads->folder, "%s", folder);
    enum err err = len < 0 || (size_t)len >= sizeof uploads->folder ? ERR_IO : drop_old_run(uploads);
    if (err) {
        free(uploads);
        return err;
    }
    pthread_mutex_init(&uploads->mutex, NULL);
    *out = uploads;
    return ERR_OK;
}

void uploads_close(struct uploads *uploads) {
    if (!uploads)
        return;
    for (size_t i = 0; i < UPLOADS_MAX; i++)
        if (uploads->kept[i].word[0])
            drop(uploads, &uploads->kept[i]);
    pthread_mutex_destroy(&uploads->mutex);
    free(uploads);
}

static void drop_old(struct uploads *uploads, int64_t now_ms) {
    for (size_t i = 0; i < UPLOADS_MAX; i++) {
        struct kept *kept = &uploads->kept[i];
        if (kept->word[0] && now_ms - kept->since_ms > LIFE_MS)
            drop(uploads, kept);
    }
}

void uploads_sweep(struct uploads *uploads, int64_t now_ms) {
    pthread_mutex_lock(&uploads->mutex);
    drop_old(uploads, now_ms);
    pthread_mutex_unlock(&uploads->mutex);
}

/* A free place; when there is none, the oldest one's. */
static struct kept *make_room(struct uploads *uploads, int64_t now_ms) {
    struct kept *place = &uploads->kept[0];
    drop_old(uploads, now_ms);
    for (size_t i = 0; i < UPLOADS_MAX; i++) {
        struct kept *kept = &uploads->kept[i];
        if (kept->since_ms < place->since_ms)
            place = kept;
    }
    if (place->word[0])
        drop(uploads, place);
    return place;
}

enum err uploads_keep(struct uploads *uploads, int64_t project_id, const char *name,
                      const char *path, char word[SECRET_TOKEN_TEXT_SIZE]) {
    char kept_path[PATH_SIZE];
    int64_t now_ms = clock_now_ms();
    secret_token(word);
    path_of(uploads, word, kept_path);
    if (rename(path, kept_path) != 0)
        return ERR_IO;
    pthread_mutex_lock(&uploads->mutex);
    struct kept *kept = make_room(uploads, now_ms);
    kept->project_id = project_id;
    kept->since_ms = now_ms;
    memcpy(kept->word, word, sizeof kept->word);
    snprintf(kept->name, sizeof kept->name, "%s", name);
    pthread_mutex_unlock(&uploads->mutex);
    return ERR_OK;
}

static struct kept *find(struct uploads *uploads, const char *word) {
    for (size_t i = 0; i < UPLOADS_MAX; i++)
        if (word[0] && strcmp(uploads->kept[i].word, word) == 0)
            return &uploads->kept[i];
    return NULL;
}

enum err uploads_find(struct uploads *uploads, const char *word, struct arena *arena,
                      struct upload *out) {
    char path[PATH_SIZE];
    enum err err = ERR_NOT_FOUND;
    pthread_mutex_lock(&uploads->mutex);
    const struct kept *kept = find(uploads, word);
    if (kept) {
        path_of(uploads, kept->word, path);
        struct upload found = {.project_id = kept->project_id,
                               .name = arena_strdup(arena, kept->name),
                               .path = arena_strdup(arena, path)};
        err = found.name && found.path ? ERR_OK : ERR_NO_MEMORY;
        if (!err)
            *out = found;
    }
    pthread_mutex_unlock(&uploads->mutex);
    return err;
}

enum err uploads_drop(struct uploads *uploads, const char *word) {
    pthread_mutex_lock(&uploads->mutex);
    struct kept *kept = find(uploads, word);
    if (kept)
        drop(uploads, kept);
    pthread_mutex_unlock(&uploads->mutex);
    return kept ? ERR_OK : ERR_NOT_FOUND;
}
