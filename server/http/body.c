// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/body.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PASSED_OVER_MAX = 1 << 20, // so that who sends a little too much can read why
    BYTES_KEPT_MAX = 64 * 1024
};
static const char file_prefix[] = ".incoming-";

void body_init(struct body *body) {
    *body = (struct body){.fd = -1};
    buf_init(&body->bytes);
}

void body_begin(struct body *body, size_t max, const char *folder, struct arena *arena) {
    body->max = max;
    if (!folder)
        return;
    char *path = arena_printf(arena, "%s/%sXXXXXX", folder, file_prefix);
    body->fd = path ? mkostemp(path, O_CLOEXEC) : -1;
    if (!path)
        body->err = ERR_NO_MEMORY;
    else if (body->fd < 0)
        body->err = err_of_errno(errno);
    else
        body->path = path;
}

static enum err write_all(int fd, const char *data, size_t len) {
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_of_errno(errno);
        data += n;
        len -= (size_t)n;
    }
    return ERR_OK;
}

bool body_take(struct body *body, const char *data, size_t len) {
    if (body->err == ERR_OK && len > body->max - body->len)
        body->err = ERR_TOO_LARGE;
    if (body->err != ERR_OK) {
        body->passed_over += len;
        return body->passed_over <= PASSED_OVER_MAX;
    }
    body->len += len;
    if (body->fd >= 0) {
        body->err = write_all(body->fd, data, len);
    } else {
        buf_bytes(&body->bytes, data, len);
        if (body->bytes.failed)
            body->err = ERR_NO_MEMORY;
    }
    return true;
}

void body_end(struct body *body) {
    if (body->fd >= 0) {
        if (close(body->fd) != 0 && body->err == ERR_OK)
            body->err = ERR_IO;
        body->fd = -1;
    } else {
        buf_char(&body->bytes, '\0');
        if (body->bytes.failed && body->err == ERR_OK)
            body->err = ERR_NO_MEMORY;
    }
}

void body_remove_file(struct body *body) {
    if (body->path)
        unlink(body->path); // gone when a handler renamed it
    body->path = NULL;
}

void body_forget(struct body *body) {
    if (body->fd >= 0)
        close(body->fd);
    body_remove_file(body);
    struct buf bytes = body->bytes;
    if (bytes.cap > BYTES_KEPT_MAX || bytes.failed)
        buf_fini(&bytes), buf_init(&bytes);
    else
        buf_clear(&bytes);
    *body = (struct body){.fd = -1, .bytes = bytes};
}

void body_fini(struct body *body) {
    body_forget(body);
    buf_fini(&body->bytes);
}

void body_sweep(const char *folder) {
    DIR *dir = folder ? opendir(folder) : NULL;
    if (!dir)
        return;
    struct dirent *entry;
    while ((entry = readdir(dir))) {
        if (strncmp(entry->d_name, file_prefix, sizeof file_prefix - 1) == 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    closedir(dir);
}
