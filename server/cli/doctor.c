// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere doctor`: looks the installation over and says what to do. Each check is one line; the status
// is 1 when any of them found something that keeps a session from being held.
#include "base/clock.h"
#include "cli/cli.h"
#include "data_folder.h"
#include "service/audit_service.h"
#include "service/basemaps.h"
#include "service/publication_key.h"
#include "store/db_restore.h"
#include "store/migrate.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { DISK_NEEDED_MIB = 500, DAY_S = 24 * 60 * 60 };

struct doctor {
    const char *folder;
    const struct config *config;
    bool held;    // by a running server
    int problems; // that keep a session from being held
};

static void good(const char *what, const char *detail) {
    printf("ok    %s: %s\n", what, detail);
}

static void note(const char *what, const char *detail, const char *advice) {
    printf("note  %s: %s. %s\n", what, detail, advice);
}

static void bad(struct doctor *doctor, const char *what, const char *detail, const char *advice) {
    printf("BAD   %s: %s. %s\n", what, detail, advice);
    doctor->problems++;
}

static void check_folder(struct doctor *doctor) {
    struct stat info;
    if (stat(doctor->folder, &info) != 0 || !S_ISDIR(info.st_mode)) {
        bad(doctor, "data folder", strerror(errno), "`repere init` makes one");
        return;
    }
    if (access(doctor->folder, R_OK | W_OK | X_OK) != 0)
        bad(doctor, "data folder", "this account may not write to it",
            "Give it to the account that runs `repere serve`.");
    else if (info.st_mode & (S_IRWXG | S_IRWXO))
        note("data folder", "others on this machine may look into it",
             "`chmod 700` on it keeps them out.");
    else
        good("data folder", doctor->folder);
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
        bad(doctor, name, detail, "Put the folder keys back from the backup before the next start.");
    } else if (!there) {
        note(name, "is missing", "It is made at the next start.");
    } else if (info.st_mode & (S_IRWXG | S_IRWXO)) {
        bad(doctor, name, "others may read it", "`chmod 600` on it keeps them out.");
    } else {
        good(name, "is there, and private");
    }
}

static void name_lost_key(void *context, const char *name) {
    bad(context, name, "is missing, so nothing more of its exercise can be published",
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
        good("store", "whole and sound");
        return;
    }
    snprintf(detail, sizeof detail, "%s", fault.why[0] ? fault.why : err_text(err));
    bad(doctor, "store", detail,
        err == ERR_NOT_FOUND        ? "`repere init` makes one, `repere restore` brings one back"
        : err == ERR_NEWER_DATABASE ? "Use the newer program that wrote it."
                                    : "`repere restore FILE --replace` brings the last backup back.");
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
        good("staff trail", detail);
    } else {
        snprintf(detail, sizeof detail, "%s %s", fault.where, fault.why);
        bad(doctor, "staff trail", detail, "Somebody wrote to the store with another program.");
    }
    db_close(context.db);
}

static void note_old_copy(void *context, const char *name) {
    (void)context;
    note(name, "is a copy of more than 30 days", "The next start deletes it: people may have withdrawn since.");
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
        bad(doctor, "disk", detail, "Make room before the session: 500 MiB or more.");
    else
        good("disk", detail);
}

static void check_basemaps(struct doctor *doctor) {
    char path[DATA_PATH_SIZE], detail[64];
    struct basemaps *basemaps = NULL;
    if (data_folder_path(doctor->folder, DATA_BASEMAPS, path) != ERR_OK)
        return;
    if (basemaps_open(path, &basemaps) != ERR_OK) {
        bad(doctor, "base maps", "the folder basemaps cannot be read", "Look at its rights.");
        return;
    }
    snprintf(detail, sizeof detail, "%zu", basemaps_count(basemaps));
    if (basemaps_count(basemaps) == 0)
        note("base maps", "there are none, so maps are blank without internet too",
             "Put an .mbtiles file into the folder basemaps.");
    else
        good("base maps", detail);
    basemaps_close(basemaps);
}

/* A laptop whose battery was empty wakes up in the past: sign-ins and join codes would end at once. */
static void check_clock(struct doctor *doctor) {
    char path[DATA_PATH_SIZE], text[CLOCK_TEXT_SIZE];
    struct stat info;
    int64_t now_ms = clock_now_ms(), built_ms = 1767225600000; // 2026-01-01
    clock_format(now_ms, text);
    bool before_store = data_folder_path(doctor->folder, DATA_STORE, path) == ERR_OK &&
                        stat(path, &info) == 0 && now_ms / 1000 < info.st_mtime - DAY_S;
    if (now_ms < built_ms || before_store)
        bad(doctor, "clock", text, "That is in the past: set the machine's clock.");
    else
        good("clock", text);
}

static bool is_loopback(const struct sockaddr *address) {
    return address->sa_family == AF_INET6
               ? IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr)
               : ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

static void check_port(struct doctor *doctor) {
    const char *address = config_text(doctor->config, SETTING_ADDRESS);
    const char *port = config_text(doctor->config, SETTING_PORT);
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char what[SETTING_TEXT_SIZE + 16];
    int yes = 1;
    snprintf(what, sizeof what, "port %s", port);
    if (getaddrinfo(address, port, &hints, &found) != 0) {
        bad(doctor, "address", address, "It is no address of a network card; try 0.0.0.0.");
        return;
    }
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd >= 0 && bind(fd, found->ai_addr, found->ai_addrlen) == 0)
        good(what, "is free");
    else if (errno == EADDRNOTAVAIL)
        bad(doctor, "address", address, "It is none of this machine's; try 0.0.0.0.");
    else if (doctor->held)
        good(what, "is in use, and a server runs on this data folder");
    else
        bad(doctor, what, strerror(errno), "End the other program or take another --port.");
    if (is_loopback(found->ai_addr))
        note("address", address,
             "Only this machine reaches it; `--address 0.0.0.0` lets the tablets of a room in.");
    if (fd >= 0)
        close(fd);
    freeaddrinfo(found);
}

static void check_server(struct doctor *doctor) {
    char path[DATA_PATH_SIZE];
    struct fault fault = {0};
    struct db *db = NULL;
    if (data_folder_path(doctor->folder, DATA_STORE, path) != ERR_OK)
        return;
    doctor->held = db_open(path, DB_WRITE, &fault, &db) == ERR_LOCKED;
    db_close(db);
    good("server", doctor->held ? "runs on this data folder" : "is not running");
}

static enum err run(struct cli *cli) {
    struct doctor doctor = {.folder = config_text(&cli->config, SETTING_DATA),
                            .config = &cli->config};
    check_folder(&doctor);
    if (doctor.problems == 0) {
        check_keys(&doctor);
        check_store(&doctor);
        check_trail(&doctor);
        check_old_copies(&doctor);
        check_disk(&doctor);
        check_basemaps(&doctor);
        check_clock(&doctor);
        check_server(&doctor);
        check_port(&doctor);
    }
    if (doctor.problems)
        return fault_set(&cli->fault, ERR_CONFLICT, doctor.folder, "%d of the checks went badly",
                         doctor.problems);
    return ERR_OK;
}

const struct command command_doctor = {
    .name = "doctor",
    .arguments = "",
    .summary = "Looks the installation over and says what to do.",
    .run = run,
};
