// SPDX-License-Identifier: AGPL-3.0-or-later
// What `repere doctor` finds on the disk: the data folder and what is in it.
#include "base/clock.h"
#include "cli/doctor.h"
#include "data_folder.h"
#include "service/audit_service.h"
#include "service/basemaps.h"
#include "service/publication_key.h"
#include "store/db_restore.h"
#include "store/migrate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { DISK_NEEDED_MIB = 500, DAY_S = 24 * 60 * 60 };

static void check_folder(struct doctor *doctor) {
    struct stat info;
    bool there = stat(doctor->folder, &info) == 0;
    if (!there || !S_ISDIR(info.st_mode)) {
        doctor_bad(doctor, "data folder", there ? "is no folder" : strerror(errno),
                   "`repere init` makes one.");
        return;
    }
    if (access(doctor->folder, R_OK | W_OK | X_OK) != 0)
        doctor_bad(doctor, "data folder", "this account may not write to it", cli_advice(ERR_READ_ONLY));
    else if (info.st_mode & (S_IRWXG | S_IRWXO))
        doctor_note("data folder", "others on this machine may look into it",
             "`chmod 700` on it keeps them out.");
    else
        doctor_good("data folder", doctor->folder);
}

/* @param db NULL: there is no store that can be asked */
static void check_key(struct doctor *doctor, struct db *db, enum data_key key) {
    char path[DATA_PATH_SIZE], detail[128];
    struct stat info;
    const char *name = data_key_name(key);
    if (data_folder_path(doctor->folder, name, path) != ERR_OK)
        return;
    bool there = stat(path, &info) == 0;
    const char *lost = there || !db ? NULL : data_key_lost(doctor->folder, db, key);
    if (lost) {
        snprintf(detail, sizeof detail, "is missing, so %s", lost);
        doctor_bad(doctor, name, detail, "Put the folder keys back from the backup before the next start.");
    } else if (!there) {
        doctor_note(name, "is missing", "It is made at the next start.");
    } else if (info.st_mode & (S_IRWXG | S_IRWXO)) {
        doctor_bad(doctor, name, "others may read it", "`chmod 600` on it keeps them out.");
    } else {
        doctor_good(name, "is there, and private");
    }
}

static void name_lost_key(void *context, const char *name) {
    doctor_bad(context, name, "is missing, so nothing more of its exercise can be published",
        "Put the folder keys back from the backup.");
}

/* A key that is made anew would let the noise of editions be averaged away, so none is. */
static void check_exercise_keys(struct doctor *doctor, struct db *db) {
    struct context context = {.db = db, .data_folder = doctor->folder};
    publication_keys_lost(&context, name_lost_key, doctor);
}

static void check_keys(struct doctor *doctor) {
    char path[DATA_PATH_SIZE];
    struct fault fault = {0};
    struct db *db = NULL;
    if (data_folder_path(doctor->folder, DATA_STORE, path) != ERR_OK ||
        db_open(path, DB_READ, &fault, &db) != ERR_OK)
        db = NULL; // check_store tells why
    for (int key = 0; key < DATA_KEY_COUNT; key++)
        check_key(doctor, db, (enum data_key)key);
    if (db)
        check_exercise_keys(doctor, db);
    db_close(db);
}

static void check_store(struct doctor *doctor) {
    char path[DATA_PATH_SIZE], detail[sizeof(struct fault)];
    struct fault fault = {0};
    enum err err = data_folder_path(doctor->folder, DATA_STORE, path);
    if (err == ERR_OK)
        err = db_check(path, &fault);
    if (err == ERR_OK) {
        doctor_good("store", "whole and sound");
        return;
    }
    snprintf(detail, sizeof detail, "%s", fault.why[0] ? fault.why : err_text(err));
    const char *advice = cli_advice(err);
    if (err == ERR_NOT_FOUND)
        advice = "`repere init` makes one, `repere restore` brings one back.";
    else if (!advice)
        advice = "`repere restore FILE --replace` brings the last backup back.";
    doctor_bad(doctor, "store", detail, advice);
}

/* What staff did is a chain: an entry that somebody changed or took out shows. */
static void check_trail(struct doctor *doctor) {
    char path[DATA_PATH_SIZE], detail[sizeof(struct fault)];
    struct fault fault = {0};
    struct context context = {0};
    int64_t count = 0;
    if (data_folder_path(doctor->folder, DATA_STORE, path) != ERR_OK ||
        db_open(path, DB_READ, &fault, &context.db) != ERR_OK)
        return; // check_store has told why
    if (audit_check(&context, &fault, &count) == ERR_OK) {
        snprintf(detail, sizeof detail, "%lld entries, none changed", (long long)count);
        doctor_good("staff trail", detail);
    } else {
        snprintf(detail, sizeof detail, "%s %s", fault.where, fault.why);
        doctor_bad(doctor, "staff trail", detail, "Somebody wrote to the store with another program.");
    }
    db_close(context.db);
}

static void note_old_copy(void *context, const char *name) {
    (void)context;
    doctor_note(name, "is a copy of more than 30 days", "The next start deletes it: people may have withdrawn since.");
}

static void check_old_copies(struct doctor *doctor) {
    data_folder_old_copies(doctor->folder, note_old_copy, NULL);
}

static void check_disk(struct doctor *doctor) {
    struct statvfs disk;
    char detail[64];
    if (statvfs(doctor->folder, &disk) != 0)
        return;
    unsigned long long mib = (unsigned long long)disk.f_bavail * disk.f_frsize >> 20;
    snprintf(detail, sizeof detail, "%llu MiB free", mib);
    if (mib < DISK_NEEDED_MIB)
        doctor_bad(doctor, "disk", detail, "Make room before the session: 500 MiB or more.");
    else
        doctor_good("disk", detail);
}

bool doctor_folder(struct doctor *doctor) {
    check_folder(doctor);
    if (doctor->problems > 0)
        return false;
    check_keys(doctor);
    check_store(doctor);
    check_trail(doctor);
    check_old_copies(doctor);
    check_disk(doctor);
    return true;
}

static void tell_refused(void *context, const char *file, const char *why) {
    char what[160];
    snprintf(what, sizeof what, "base map %s", file);
    (void)context;
    doctor_note(what, why, "It is not served: put a whole copy in its place, or take it out.");
}

void doctor_basemaps(struct doctor *doctor) {
    char path[DATA_PATH_SIZE], what[160], detail[160];
    struct basemaps *basemaps = NULL;
    if (data_folder_path(doctor->folder, DATA_BASEMAPS, path) != ERR_OK)
        return;
    if (basemaps_open_telling(path, tell_refused, NULL, &basemaps) != ERR_OK) {
        doctor_bad(doctor, "base maps", "the folder basemaps cannot be read", "Look at its rights.");
        return;
    }
    for (size_t i = 0; i < basemaps_count(basemaps); i++) {
        const struct basemap *basemap = basemaps_at(basemaps, i);
        snprintf(what, sizeof what, "base map %s", basemap->name);
        snprintf(detail, sizeof detail, "%s, zoom %u to %u, from %.2f,%.2f to %.2f,%.2f",
                 basemap->format, basemap->minzoom, basemap->maxzoom, basemap->bbox.west_deg,
                 basemap->bbox.south_deg, basemap->bbox.east_deg, basemap->bbox.north_deg);
        doctor_good(what, detail);
    }
    if (basemaps_count(basemaps) == 0)
        doctor_note("base maps", "there are none, so maps are blank without internet too",
                    "Put an .mbtiles or .pmtiles file into the folder basemaps.");
    basemaps_close(basemaps);
}

/* A laptop whose battery was empty wakes up in the past: sign-ins and join codes would end at once. */
void doctor_clock(struct doctor *doctor) {
    char path[DATA_PATH_SIZE], text[CLOCK_TEXT_SIZE];
    struct stat info;
    int64_t now_ms = clock_now_ms(), built_ms = 1767225600000; // 2026-01-01
    clock_format(now_ms, text);
    bool before_store = data_folder_path(doctor->folder, DATA_STORE, path) == ERR_OK &&
                        stat(path, &info) == 0 && now_ms / 1000 < info.st_mtime - DAY_S;
    if (now_ms < built_ms || before_store)
        doctor_bad(doctor, "clock", text, "That is in the past: set the machine's clock.");
    else
        doctor_good("clock", text);
}
