// SPDX-License-Identifier: AGPL-3.0-or-later
// The mutex guards the table; cutting and reading run outside it. A file is known by the table or found
// in the folder by its name, so that a restart cuts nothing again.
#include "service/areas.h"

#include "archive_cut.h"
#include "base/clock.h"
#include "base/log.h"
#include "service/area_folder.h"
#include "service/jobs.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES = 2 * AREAS_MAX };
static const int64_t RETRY_MS = 10000;         // after a failure
static const int64_t RETRY_ARCHIVE_MS = 600000; // after one that is the archive's
static const int64_t CUT_MS_MAX = 120000;
static const int64_t TOUCH_MS = 3600 * 1000;   // a use is noted in the file's time so often
static const double MARGIN = 0.1;              // of the box's width and height, on each side

enum phase { AREA_UNKNOWN, AREA_MAKING, AREA_READY, AREA_FAILED };

struct place {
    enum phase phase;
    enum err outcome; // AREA_FAILED; NOT_FOUND is for good
    int64_t used_ms, touched_ms;
    struct area area;
};

struct areas {
    pthread_mutex_t mutex;
    char folder[AREA_FOLDER_SIZE];
    struct jobs *jobs;
    struct place places[PLACES];
};

/* ---- what is cut ---- */

struct work {
    struct areas *areas;
    const struct basemap *basemap;
    struct archive_cut cut;
    struct area area; // the tag, then the rest
};

static double within(double value, double min, double max) {
    return value < min ? min : value > max ? max : value;
}

static struct archive_cut cut_of(const struct basemap *basemap, const struct bbox *box) {
    double width = box->east_deg - box->west_deg, height = box->north_deg - box->south_deg;
    bool crosses = width < 0;
    double x = (crosses ? width + 360 : width) * MARGIN, y = height * MARGIN;
    double west = box->west_deg - x, east = box->east_deg + x;
    if ((crosses ? width + 360 : width) + 2 * x >= 360) {
        west = -180;
        east = 180;
    } else {
        west += west < -180 ? 360 : 0;
        east -= east > 180 ? 360 : 0;
    }
    return (struct archive_cut){.bbox_deg = {west, within(box->south_deg - y, -90, 90), east,
                                             within(box->north_deg + y, -90, 90)},
                                .maxzoom = basemap->maxzoom,
                                .bytes_max = AREA_BYTES_MAX,
                                .runs_max = AREA_RUNS_MAX};
}

static void name_cut(const struct basemap *basemap, const struct archive_cut *cut,
                     char tag[BASEMAP_TAG_SIZE]) {
    char text[300];
    int len = snprintf(text, sizeof text, "area 1 %s %.7f %.7f %.7f %.7f %u %llu", basemap->tag,
                       cut->bbox_deg[0], cut->bbox_deg[1], cut->bbox_deg[2], cut->bbox_deg[3],
                       cut->maxzoom, (unsigned long long)cut->bytes_max);
    basemap_tag_of(text, (size_t)len, tag);
}

/* ---- making: on the thread of its own ---- */

/* One archive must not keep the others waiting, nor the server from ending. */
struct patience {
    struct job *job;
    int64_t until_ms;
};

static enum err ask(void *context) {
    const struct patience *patience = context;
    if (clock_monotonic_ms() > patience->until_ms)
        return ERR_NOT_A_STORE;
    return job_tell(patience->job, 0, 1);
}

/* Of a file that is there, from its own directories. A cut holds a tile: what holds none is not ours. */
static enum err describe(const char *path, struct fault *fault, struct area *area) {
    const struct archive_cut all = {.bbox_deg = {-180, -90, 180, 90}, .maxzoom = 24};
    struct archive *archive = NULL;
    struct archive_cut_report report;
    enum err err = archive_open(path, fault, &archive);
    if (!err) {
        err = archive_cut_measure(archive, &all, &report);
        err = err == ERR_NOT_FOUND ? ERR_NOT_A_STORE : err;
    }
    if (!err) {
        area->bytes = archive_bytes(archive);
        area->tiles = report.tiles;
        area->minzoom = report.minzoom;
        area->maxzoom = report.maxzoom;
    }
    archive_close(archive);
    return err;
}

static enum err make(struct work *work, struct job *job, struct fault *fault) {
    struct patience patience = {job, clock_monotonic_ms() + CUT_MS_MAX};
    const struct archive_patience asked = {ask, &patience};
    struct archive_cut cut = work->cut;
    char path[AREA_PATH_SIZE];
    struct archive_cut_report report;
    area_path(work->areas->folder, work->area.tag, path);
    enum err err = describe(path, fault, &work->area);
    if (!err) // from before this start; its time may be of long ago
        area_touch(work->areas->folder, work->area.tag);
    if (err == ERR_NOT_A_STORE)
        unlink(path);
    else if (err != ERR_NOT_FOUND) // it is there; that memory or descriptors are short now says nothing of it
        return err;
    *fault = (struct fault){0};
    cut.patience = &asked;
    err = archive_cut_write(work->basemap->archive, &cut, path, fault, &report);
    return err ? err : describe(path, fault, &work->area);
}

static struct place *find(struct areas *areas, const char *tag) {
    for (size_t i = 0; i < PLACES; i++)
        if (areas->places[i].phase != AREA_UNKNOWN && strcmp(areas->places[i].area.tag, tag) == 0)
            return &areas->places[i];
    return NULL;
}

static void settle(struct areas *areas, const struct area *area, enum err outcome) {
    pthread_mutex_lock(&areas->mutex);
    struct place *place = find(areas, area->tag);
    if (place) {
        place->phase = outcome ? AREA_FAILED : AREA_READY;
        place->outcome = outcome;
        place->area = *area;
        place->used_ms = clock_monotonic_ms();
        place->touched_ms = place->used_ms;
    }
    pthread_mutex_unlock(&areas->mutex);
}

static void forget(void *context, const char *tag) {
    struct areas *areas = context;
    pthread_mutex_lock(&areas->mutex);
    struct place *place = find(areas, tag);
    if (place && place->phase == AREA_READY)
        place->phase = AREA_UNKNOWN;
    pthread_mutex_unlock(&areas->mutex);
}

static enum err run(void *owner, struct context *context, struct job *job, struct buf *report) {
    struct work *work = owner;
    struct areas *areas = work->areas;
    struct fault fault = {0};
    (void)context, (void)report;
    enum err err = make(work, job, &fault);
    if (err && err != ERR_NOT_FOUND && err != ERR_BUSY) // BUSY: the server ends
        log_event(LOG_WARN, "area", "the area of %s could not be cut: %s %s", work->basemap->name,
                  err_name(err), fault.why);
    settle(areas, &work->area, err);
    area_folder_bound(areas->folder, work->area.tag, forget, areas);
    return ERR_OK;
}

/* ---- asking: on any thread ---- */

/* One that is free, or the one that was used longest ago; NULL: all are being made. */
static struct place *make_room(struct areas *areas) {
    struct place *oldest = NULL;
    for (size_t i = 0; i < PLACES; i++) {
        struct place *place = &areas->places[i];
        if (place->phase == AREA_UNKNOWN)
            return place;
        if (place->phase != AREA_MAKING && (!oldest || place->used_ms < oldest->used_ms))
            oldest = place;
    }
    return oldest;
}

/* The table says that it is being made before anybody is told to make it. */
static enum err order(struct areas *areas, const struct work *wanted) {
    struct work *work = malloc(sizeof *work);
    enum err err = work ? ERR_OK : ERR_NO_MEMORY;
    if (work) {
        const struct job_order order = {
            .kind = "area", .run = run, .work = work, .free_work = free};
        char word[SECRET_TOKEN_TEXT_SIZE];
        *work = *wanted;
        err = jobs_submit(areas->jobs, &order, word);
    }
    if (err)
        settle(areas, &wanted->area, err);
    return err ? err : ERR_BUSY;
}

/* An archive is the same until the next start, and is what it is. */
static int64_t retry_ms(enum err outcome) {
    if (outcome == ERR_NOT_FOUND)
        return INT64_MAX;
    return outcome == ERR_NOT_A_STORE || outcome == ERR_TOO_LARGE ? RETRY_ARCHIVE_MS : RETRY_MS;
}

/* Hands out what is known. BUSY with `*to_make`: nothing is, and the caller is to have it made. */
static enum err look(struct areas *areas, struct area *area, bool *to_make, bool *to_touch) {
    int64_t now_ms = clock_monotonic_ms();
    enum err err = ERR_BUSY;
    pthread_mutex_lock(&areas->mutex);
    struct place *place = find(areas, area->tag);
    bool again = place && place->phase == AREA_FAILED &&
                 now_ms - place->used_ms > retry_ms(place->outcome);
    *to_make = !place || again;
    *to_touch = false;
    if (*to_make) {
        place = place ? place : make_room(areas);
        *to_make = place != NULL;
        if (place)
            *place = (struct place){.phase = AREA_MAKING, .used_ms = now_ms, .area = *area};
    } else if (place->phase == AREA_FAILED) {
        err = place->outcome;
    } else if (place->phase == AREA_READY) {
        *to_touch = now_ms - place->touched_ms > TOUCH_MS;
        place->touched_ms = *to_touch ? now_ms : place->touched_ms;
        place->used_ms = now_ms;
        *area = place->area;
        err = ERR_OK;
    }
    pthread_mutex_unlock(&areas->mutex);
    return err;
}

enum err areas_find(struct areas *areas, const struct basemap *basemap, const struct bbox *box,
                    struct area *out) {
    struct work wanted = {.areas = areas, .basemap = basemap, .cut = cut_of(basemap, box)};
    bool to_make, to_touch;
    name_cut(basemap, &wanted.cut, wanted.area.tag);
    struct area area = wanted.area;
    enum err err = look(areas, &area, &to_make, &to_touch);
    if (to_make)
        return order(areas, &wanted);
    if (err)
        return err;
    if (to_touch)
        area_touch(areas->folder, area.tag);
    *out = area;
    return ERR_OK;
}

enum err areas_file(struct areas *areas, const struct area *area, int *out_fd) {
    char path[AREA_PATH_SIZE];
    struct stat about;
    area_path(areas->folder, area->tag, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &about) == 0 && (uint64_t)about.st_size == area->bytes) {
        *out_fd = fd;
        return ERR_OK;
    }
    if (fd >= 0)
        close(fd);
    forget(areas, area->tag);
    return ERR_BUSY;
}

/* ---- all of it ---- */

static enum err no_context(void *owner, void **context) {
    (void)owner;
    *context = NULL;
    return ERR_OK;
}

static void no_close(void *owner, void *context) {
    (void)owner, (void)context;
}

enum err areas_open(const char *folder, struct areas **out) {
    const struct jobs_hooks hooks = {.worker_open = no_context, .worker_close = no_close};
    struct areas *areas = calloc(1, sizeof *areas);
    if (!areas)
        return ERR_NO_MEMORY;
    int len = snprintf(areas->folder, sizeof areas->folder, "%s", folder);
    enum err err = len < 0 || (size_t)len >= sizeof areas->folder ? ERR_IO : ERR_OK;
    if (!err)
        err = area_folder_open(folder);
    if (!err)
        err = jobs_start(&hooks, &areas->jobs);
    if (err) {
        free(areas);
        return err;
    }
    pthread_mutex_init(&areas->mutex, NULL);
    *out = areas;
    return ERR_OK;
}

void areas_close(struct areas *areas) {
    if (!areas)
        return;
    jobs_free(areas->jobs);
    pthread_mutex_destroy(&areas->mutex);
    free(areas);
}
