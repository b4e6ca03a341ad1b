// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/area_folder.h"

#include "base/clock.h"
#include "service/areas.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TAG_LEN = BASEMAP_TAG_SIZE - 1 };
static const char ending[] = ".pmtiles";

struct file {
    char tag[BASEMAP_TAG_SIZE];
    uint64_t bytes;
    int64_t used_s;
};
struct listing {
    struct file *files;
    size_t count, room;
};

void area_path(const char *folder, const char *tag, char out[AREA_PATH_SIZE]) {
    snprintf(out, AREA_PATH_SIZE, "%s/%s%s", folder, tag, ending);
}

void area_touch(const char *folder, const char *tag) {
    char path[AREA_PATH_SIZE];
    area_path(folder, tag, path);
    utimensat(AT_FDCWD, path, NULL, 0);
}

/* Ours by name: the rest of it is what a cut writes before it is whole. */
static bool is_ours(const char *name, bool *whole) {
    if (strspn(name, "0123456789abcdef") != TAG_LEN)
        return false;
    *whole = strcmp(name + TAG_LEN, ending) == 0;
    return *whole || strncmp(name + TAG_LEN, ending, sizeof ending - 1) == 0;
}

static void add(struct listing *list, const char *name, const struct stat *about) {
    if (list->count == list->room) {
        size_t room = 2 * list->room + 16;
        struct file *files = reallocarray(list->files, room, sizeof *files);
        if (!files)
            return; // looked at the next time
        list->files = files;
        list->room = room;
    }
    struct file *file = &list->files[list->count++];
    memcpy(file->tag, name, TAG_LEN);
    file->tag[TAG_LEN] = '\0';
    file->bytes = (uint64_t)about->st_size;
    file->used_s = about->st_mtime;
}

/* The files that are whole; what is left of others is deleted where `clears`. */
static enum err list_files(const char *folder, bool clears, struct listing *out) {
    char path[AREA_PATH_SIZE + 256];
    struct stat about;
    bool whole;
    DIR *dir = opendir(folder);
    if (!dir)
        return ERR_IO;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!is_ours(entry->d_name, &whole))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (!whole && clears)
            unlink(path);
        else if (whole && lstat(path, &about) == 0 && S_ISREG(about.st_mode))
            add(out, entry->d_name, &about);
    }
    closedir(dir);
    return ERR_OK;
}

static void drop(const char *folder, const struct file *file) {
    char path[AREA_PATH_SIZE];
    area_path(folder, file->tag, path);
    unlink(path);
}

enum err area_folder_open(const char *folder) {
    const int64_t oldest_s = clock_now_ms() / 1000 - INT64_C(86400) * AREA_DAYS_MAX;
    struct listing list = {0};
    enum err err = list_files(folder, true, &list);
    for (size_t i = 0; i < list.count; i++)
        if (list.files[i].used_s < oldest_s)
            drop(folder, &list.files[i]);
    free(list.files);
    return err;
}

static int newest_first(const void *a, const void *b) {
    const struct file *left = a, *right = b;
    return (left->used_s < right->used_s) - (left->used_s > right->used_s);
}

void area_folder_bound(const char *folder, const char *tag,
                       void (*gone)(void *context, const char *tag), void *context) {
    struct listing list = {0};
    size_t count = 0;
    uint64_t bytes = 0;
    if (list_files(folder, false, &list) != ERR_OK)
        return;
    if (list.count)
        qsort(list.files, list.count, sizeof *list.files, newest_first);
    for (size_t i = 0; i < list.count; i++) {
        const struct file *file = &list.files[i];
        bool fits = count < AREAS_MAX && bytes + file->bytes <= AREAS_BYTES_MAX;
        if (fits || strcmp(file->tag, tag) == 0) {
            count++;
            bytes += file->bytes;
        } else {
            gone(context, file->tag);
            drop(folder, file);
        }
    }
    free(list.files);
}
