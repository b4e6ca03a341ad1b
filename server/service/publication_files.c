// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_files.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "publish/gpkg.h"
#include "publish/held.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_TRY_MS = 50 };

static enum err fits(int written) {
    return written > 0 && written < PUBLICATION_PATH_SIZE ? ERR_OK : ERR_IO;
}

enum err publication_path(const char *data_folder, int64_t project, unsigned number,
                          enum publication_file file, char out[PUBLICATION_PATH_SIZE]) {
    bool part = file == PUBLICATION_PART;
    return fits(snprintf(out, PUBLICATION_PATH_SIZE, "%s/" PUBLICATION_EDITIONS "/%s%" PRId64 "-%u.gpkg%s",
                         data_folder, part ? "." : "", project, number, part ? ".part" : ""));
}

bool publication_file_there(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

enum err publication_file_hash(const char *path, uint8_t out[SECRET_HASH_SIZE]) {
    struct buf bytes;
    buf_init(&bytes);
    enum err err = file_read(path, GPKG_FILE_BYTES_MAX, &bytes);
    if (!err)
        secret_hash(bytes.len ? bytes.data : "", bytes.len, out);
    buf_fini(&bytes);
    return err;
}

enum err publication_file_check(const char *path, const uint8_t hash[SECRET_HASH_SIZE]) {
    uint8_t found[SECRET_HASH_SIZE];
    enum err err = publication_file_hash(path, found);
    return err ? err : memcmp(found, hash, sizeof found) == 0 ? ERR_OK : ERR_NOT_A_STORE;
}

enum err publication_folder_sync(const char *data_folder) {
    char path[PUBLICATION_PATH_SIZE];
    enum err err = fits(snprintf(path, sizeof path, "%s/" PUBLICATION_EDITIONS, data_folder));
    int fd = err ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err ? err : err_of_errno(errno);
    if (fsync(fd) != 0)
        err = err_of_errno(errno);
    close(fd);
    return err;
}

enum err publication_file_install(const char *data_folder, int64_t project, unsigned number) {
    char part[PUBLICATION_PATH_SIZE], place[PUBLICATION_PATH_SIZE];
    enum err err = publication_path(data_folder, project, number, PUBLICATION_PART, part);
    if (!err)
        err = publication_path(data_folder, project, number, PUBLICATION_FILE, place);
    if (!err && rename(part, place) != 0)
        err = err_of_errno(errno);
    // a rename that a crash undoes is done again at the next start
    if (!err && publication_folder_sync(data_folder) != ERR_OK)
        log_event(LOG_WARN, "edition_sync", "the folder of editions could not be brought to the disk");
    return err;
}

void publication_part_drop(const char *data_folder, int64_t project, unsigned number) {
    char part[PUBLICATION_PATH_SIZE];
    if (publication_path(data_folder, project, number, PUBLICATION_PART, part) == ERR_OK)
        unlink(part);
}

static DIR *open_folder(const char *data_folder) {
    char path[PUBLICATION_PATH_SIZE];
    enum err err = fits(snprintf(path, sizeof path, "%s/" PUBLICATION_EDITIONS, data_folder));
    return err ? NULL : opendir(path);
}

/* ".7-2.gpkg.part". */
static bool read_part_name(const char *name, int64_t *project, unsigned *number) {
    static const char ending[] = ".part";
    char whole[64];
    size_t len = strlen(name);
    if (name[0] != '.' || len < sizeof ending || len > sizeof whole ||
        strcmp(name + len - (sizeof ending - 1), ending) != 0)
        return false;
    snprintf(whole, sizeof whole, "%.*s", (int)(len - sizeof ending), name + 1);
    return held_name_parse(whole, project, number);
}

unsigned publication_file_last(const char *data_folder, int64_t project) {
    DIR *folder = open_folder(data_folder);
    unsigned last = 0, number;
    int64_t whose;
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (held_name_parse(entry->d_name, &whose, &number) && whose == project && number > last)
            last = number;
    if (folder)
        closedir(folder);
    return last;
}

void publication_parts(const char *data_folder, publication_part_fn *each, void *context) {
    DIR *folder = open_folder(data_folder);
    unsigned number;
    int64_t project;
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (read_part_name(entry->d_name, &project, &number))
            each(context, project, number);
    if (folder)
        closedir(folder);
}

enum err publication_lock(const char *data_folder, int64_t project, int wait_ms, int *out_fd) {
    char path[PUBLICATION_PATH_SIZE];
    const struct timespec pause = {.tv_nsec = LOCK_TRY_MS * 1000000L};
    const int64_t until_ms = clock_monotonic_ms() + wait_ms;
    enum err err = fits(
        snprintf(path, sizeof path, "%s/" PUBLICATION_EDITIONS "/.%" PRId64 ".lock", data_folder, project));
    int fd = err ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return err ? err : err_of_errno(errno);
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || clock_monotonic_ms() >= until_ms) {
            err = errno == EWOULDBLOCK ? ERR_CONFLICT : ERR_IO;
            close(fd);
            return err;
        }
        nanosleep(&pause, NULL);
    }
    *out_fd = fd;
    return ERR_OK;
}

void publication_unlock(int fd) {
    if (fd >= 0)
        close(fd);
}
