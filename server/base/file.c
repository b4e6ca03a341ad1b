// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

static enum err read_all(int fd, size_t max, struct buf *out) {
    size_t taken = 0;
    for (;;) {
        char *room = buf_reserve(out, PIECE);
        if (!room)
            return ERR_NO_MEMORY;
        ssize_t n = read(fd, room, PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        if (n == 0)
            return ERR_OK;
        taken += (size_t)n;
        if (taken > max)
            return ERR_TOO_LARGE;
        out->len += (size_t)n;
    }
}

enum err file_read(const char *path, size_t max, struct buf *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    enum err err = read_all(fd, max, out);
    close(fd);
    return err;
}
