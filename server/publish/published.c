// SPDX-License-Identifier: AGPL-3.0-or-later
// What a look at the folder finds is a `struct shelf`: one entry a file, never changed afterwards but for
// its holders. A look makes a new one, taking over the entries whose files are as they were, and puts it
// in the place of the old. Files are read under `looking` alone, so nobody who is served waits for it.
#include "publish/published.h"
#include "base/clock.h"
#include "base/log.h"
#include "publish/held.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry {
    char *name;
    struct stat info;          // size, time and inode: a file with others is another file
    int64_t project;           // of an edition
    unsigned number;
    struct held_edition *held; // NULL: refused
    char why[200];             // refused
};
/* Editions by project, newest first; then the refused by name. */
struct shelf {
    struct entry *entries;
    size_t count, room;
};
struct published {
    char *folder;
    pthread_mutex_t looking;
    struct crs *crs; // of the look under way; made when its first file is read
    pthread_mutex_t lock; // the shelf and its editions' holders
    struct shelf shelf;
    _Atomic uint64_t generation;
    pthread_t watcher; // with `watching`; under `looking`
    pthread_cond_t stop;
    bool watching, stopping;
    int64_t every_ms;
};

/* ---- shelves ---- */

static void release_locked(struct held_edition *held, struct held_edition **last) {
    *last = --held->holders == 0 ? held : NULL;
}

void published_release(struct published *published, struct held_edition *held) {
    struct held_edition *last = NULL;
    if (!held)
        return;
    pthread_mutex_lock(&published->lock);
    release_locked(held, &last);
    pthread_mutex_unlock(&published->lock);
    held_free(last);
}

static void shelf_drop(struct published *published, struct shelf *shelf) {
    for (size_t i = 0; i < shelf->count; i++) {
        published_release(published, shelf->entries[i].held);
        free(shelf->entries[i].name);
    }
    free(shelf->entries);
    *shelf = (struct shelf){0};
}

static struct entry *shelf_add(struct shelf *shelf, const char *name) {
    if (shelf->count == shelf->room) {
        size_t room = 2 * shelf->room + 8;
        struct entry *larger = reallocarray(shelf->entries, room, sizeof *larger);
        if (!larger)
            return NULL;
        shelf->entries = larger;
        shelf->room = room;
    }
    char *copy = strdup(name);
    if (!copy)
        return NULL;
    struct entry *entry = &shelf->entries[shelf->count++];
    *entry = (struct entry){.name = copy};
    return entry;
}

static int by_place(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (!x->held || !y->held)
        return x->held || y->held ? (x->held ? -1 : 1) : strcmp(x->name, y->name);
    if (x->project != y->project)
        return x->project < y->project ? -1 : 1;
    return x->number > y->number ? -1 : x->number < y->number;
}

/* ---- looking ---- */

static bool is_same_file(const struct stat *a, const struct stat *b) {
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mode == b->st_mode && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool is_edition_name(const char *name) {
    size_t len = strlen(name);
    return name[0] != '.' && len > 5 && strcmp(name + len - 5, ".gpkg") == 0;
}

static bool same_refusal(const struct entry *before, const struct entry *entry) {
    return before && !before->held && !entry->held && strcmp(before->why, entry->why) == 0;
}

/* Reads a file that is new, has changed or could not be read. What is said of it once is not said at each
 * look. Errors: NO_MEMORY. */
static enum err read_entry(struct published *published, const struct entry *before,
                           struct entry *entry) {
    struct fault fault = {0};
    struct held_edition *held = NULL;
    enum err err = published->crs ? ERR_OK : crs_open(&published->crs);
    if (err == ERR_OK)
        err = held_read(published->folder, entry->name, published->crs, &fault, &held);
    if (err == ERR_NO_MEMORY)
        return err;
    entry->held = held;
    if (held) {
        entry->project = held->edition.project;
        entry->number = held->edition.number;
        log_event(LOG_INFO, "edition", "%s: edition %s of project %lld", entry->name,
                  held->address, (long long)entry->project);
        return ERR_OK;
    }
    // what is wrong, not where: paths of this machine are nobody's business
    snprintf(entry->why, sizeof entry->why, "%s", fault.why[0] ? fault.why : err_text(err));
    if (!same_refusal(before, entry))
        log_event(LOG_WARN, "edition_refused", "%s: %s", entry->name, entry->why);
    // not for what is in it, but for what the machine lacked at that moment
    if (err == ERR_BUSY || err == ERR_NOT_FOUND || err == ERR_IO)
        entry->info = (struct stat){0}; // so that it is read again
    return ERR_OK;
}

/* Of the shelf before; changed by nobody but who looks. */
static const struct entry *find_before(const struct published *published, const char *name) {
    for (size_t i = 0; i < published->shelf.count; i++)
        if (strcmp(published->shelf.entries[i].name, name) == 0)
            return &published->shelf.entries[i];
    return NULL;
}

static enum err look_at(struct published *published, DIR *folder, const char *name,
                        struct shelf *next, bool *changed) {
    struct stat info;
    if (fstatat(dirfd(folder), name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return ERR_OK; // it went meanwhile
    struct entry *entry = shelf_add(next, name);
    if (!entry)
        return ERR_NO_MEMORY;
    entry->info = info;
    const struct entry *before = find_before(published, name);
    if (!before || !is_same_file(&before->info, &info)) {
        enum err err = read_entry(published, before, entry);
        *changed = *changed || !same_refusal(before, entry);
        return err;
    }
    entry->project = before->project;
    entry->number = before->number;
    memcpy(entry->why, before->why, sizeof entry->why);
    pthread_mutex_lock(&published->lock);
    if (before->held)
        before->held->holders++;
    pthread_mutex_unlock(&published->lock);
    entry->held = before->held;
    return ERR_OK;
}

static enum err look(struct published *published, struct shelf *next, bool *changed) {
    DIR *folder = opendir(published->folder);
    if (!folder && errno != ENOENT)
        return errno == ENOMEM ? ERR_NO_MEMORY : ERR_IO;
    enum err err = ERR_OK;
    for (struct dirent *at; folder && err == ERR_OK && (at = readdir(folder)) != NULL;)
        if (is_edition_name(at->d_name))
            err = look_at(published, folder, at->d_name, next, changed);
    if (folder)
        closedir(folder);
    *changed = *changed || next->count != published->shelf.count;
    if (next->count)
        qsort(next->entries, next->count, sizeof *next->entries, by_place);
    return err;
}

static enum err refresh(struct published *published) {
    struct shelf next = {0};
    bool changed = false;
    enum err err = look(published, &next, &changed);
    if (err == ERR_OK) {
        pthread_mutex_lock(&published->lock);
        struct shelf before = published->shelf;
        published->shelf = next;
        next = before;
        pthread_mutex_unlock(&published->lock);
        // a reply made of the old shelf is kept for the old generation
        atomic_fetch_add(&published->generation, changed);
    }
    crs_close(published->crs);
    published->crs = NULL;
    shelf_drop(published, &next);
    return err;
}

enum err published_refresh(struct published *published) {
    pthread_mutex_lock(&published->looking);
    enum err err = refresh(published);
    pthread_mutex_unlock(&published->looking);
    return err;
}

static void *watch(void *arg) {
    struct published *published = arg;
    pthread_mutex_lock(&published->looking);
    while (!published->stopping) {
        clock_cond_wait(&published->stop, &published->looking,
                        clock_monotonic_ms() + published->every_ms);
        if (!published->stopping)
            refresh(published); // short of memory or of rights: the next look may see more
    }
    pthread_mutex_unlock(&published->looking);
    return NULL;
}

/* ---- opening and closing ---- */

enum err published_open(const char *folder, struct published **out) {
    struct published *published = calloc(1, sizeof *published);
    if (!published)
        return ERR_NO_MEMORY;
    pthread_mutex_init(&published->looking, NULL);
    pthread_mutex_init(&published->lock, NULL);
    clock_cond_init(&published->stop);
    published->folder = strdup(folder);
    enum err err = published->folder ? published_refresh(published) : ERR_NO_MEMORY;
    if (err == ERR_IO) {
        log_event(LOG_WARN, "editions", "the folder of the editions cannot be read");
        err = ERR_OK;
    }
    if (err == ERR_OK)
        *out = published;
    else
        published_close(published);
    return err;
}

enum err published_watch(struct published *published, int64_t every_ms) {
    published->every_ms = every_ms;
    published->watching = pthread_create(&published->watcher, NULL, watch, published) == 0;
    return published->watching ? ERR_OK : ERR_NO_MEMORY;
}

void published_close(struct published *published) {
    if (!published)
        return;
    if (published->watching) {
        pthread_mutex_lock(&published->looking);
        published->stopping = true;
        pthread_cond_signal(&published->stop);
        pthread_mutex_unlock(&published->looking);
        pthread_join(published->watcher, NULL);
    }
    shelf_drop(published, &published->shelf);
    pthread_cond_destroy(&published->stop);
    pthread_mutex_destroy(&published->lock);
    pthread_mutex_destroy(&published->looking);
    free(published->folder);
    free(published);
}

uint64_t published_generation(struct published *published) {
    return atomic_load(&published->generation);
}

/* ---- serving ---- */

const struct edition *held_edition(const struct held_edition *held) {
    return &held->edition;
}

enum err published_hold(struct published *published, int64_t project, unsigned number,
                        struct held_edition **out) {
    struct held_edition *found = NULL;
    pthread_mutex_lock(&published->lock);
    for (size_t i = 0; i < published->shelf.count && !found; i++) {
        struct entry *entry = &published->shelf.entries[i];
        if (entry->held && entry->project == project && (number == 0 || entry->number == number))
            found = entry->held;
    }
    if (found)
        found->holders++;
    pthread_mutex_unlock(&published->lock);
    if (!found)
        return ERR_NOT_FOUND;
    *out = found;
    return ERR_OK;
}

/* Under the lock all the while: what it calls writes into memory, and calls nothing back. */
enum err published_list(struct published *published, published_each_fn *each,
                        published_refused_fn *refused, void *context) {
    enum err err = ERR_OK;
    pthread_mutex_lock(&published->lock);
    for (size_t i = 0; i < published->shelf.count && err == ERR_OK; i++) {
        const struct entry *entry = &published->shelf.entries[i];
        err = entry->held ? each(context, &entry->held->edition)
                          : refused(context, entry->name, entry->why);
    }
    pthread_mutex_unlock(&published->lock);
    return err;
}
