// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere basemap check`: every tile of an archive is read.
#include "archive_check.h"
#include "base/clock.h"
#include "cli/basemap.h"

#include <inttypes.h>
#include <stdio.h>

enum { FAULTS_SHOWN_MAX = 20, PROGRESS_MS = 1000 };

struct watching {
    uint64_t faults;
    int64_t told_ms; // when progress was told, or the beginning
};

static void fault_tell(void *context, const char *where, const char *why) {
    struct watching *watching = context;
    if (++watching->faults <= FAULTS_SHOWN_MAX)
        fprintf(stderr, "  %s %s\n", where, why);
    else if (watching->faults == FAULTS_SHOWN_MAX + 1)
        fputs("  and more\n", stderr);
}

static void progress_tell(void *context, const struct archive_check_report *so_far) {
    struct watching *watching = context;
    int64_t now_ms = clock_monotonic_ms();
    if (now_ms - watching->told_ms < PROGRESS_MS)
        return;
    watching->told_ms = now_ms;
    fprintf(stderr, "  %" PRIu64 " tiles read\n", so_far->tiles);
}

enum err basemap_read_all(struct cli *cli, const char *name, struct archive *archive) {
    struct watching watching = {0, clock_monotonic_ms()};
    const struct archive_watch watch = {fault_tell, progress_tell, &watching};
    struct archive_check_report report;
    enum err err = archive_check(archive, &watch, &report);
    if (err)
        return err;
    if (report.faults > 0)
        return fault_set(&cli->fault, ERR_NOT_A_STORE, name, "faults: %" PRIu64 ", tiles: %" PRIu64,
                         report.faults, report.tiles);
    cli_put(stdout, name);
    printf(": %" PRIu64 " tiles, %" PRIu64 " bytes, nothing wrong\n", report.tiles, report.bytes);
    for (unsigned z = 0; z <= TILE_ZOOM_MAX; z++)
        if (report.tiles_of_zoom[z] > 0)
            printf("  zoom %u: %" PRIu64 "\n", z, report.tiles_of_zoom[z]);
    return ERR_OK;
}

static void title_tell(const struct archive_info *info) {
    fputs("  title: ", stdout);
    cli_put(stdout, info->title);
    printf("%s\n", info->title_unfit
                       ? ", for its own cannot be shown; `repere basemap add --title` gives it one"
                       : "");
}

enum err basemap_check(struct cli *cli) {
    struct archive *archive = NULL;
    const char *name = cli->arguments[1];
    enum err err = basemap_open_any(cli, name, &archive);
    if (!err)
        err = basemap_read_all(cli, name, archive);
    if (!err)
        title_tell(archive_info(archive));
    archive_close(archive);
    return err;
}
