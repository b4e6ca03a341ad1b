// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere basemap list` and `add`: the base maps of the data folder. A server that runs sees a new
// one when it is started again.
#include "archive_cut.h"
#include "cli/basemap.h"
#include "model/base_maps.h"
#include "service/basemaps.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void refused_tell(void *context, const char *file, const char *why) {
    (void)context;
    cli_put(stdout, file);
    fputs("\tnot served: ", stdout);
    cli_put(stdout, why);
    putchar('\n');
}

static void show(const struct basemap *basemap) {
    const struct bbox *box = &basemap->bbox;
    printf("%s\t", basemap->name);
    cli_put(stdout, basemap->title);
    printf("\t%s\t%s\tzoom %u to %u\t%.6f,%.6f,%.6f,%.6f\t%" PRIu64 " bytes\t",
           archive_is_pmtiles(basemap->archive) ? "PMTiles" : "MBTiles", basemap->format,
           basemap->minzoom, basemap->maxzoom, box->west_deg, box->south_deg, box->east_deg,
           box->north_deg, archive_bytes(basemap->archive));
    cli_put(stdout, basemap->attribution);
    putchar('\n');
}

enum err basemap_list(struct cli *cli) {
    const char *folder;
    struct basemaps *basemaps = NULL;
    enum err err = basemap_folder(cli, &folder);
    if (!err && access(folder, F_OK) != 0)
        return fault_set(&cli->fault, ERR_NOT_FOUND, folder,
                         "is no folder: `repere init` makes a data folder");
    if (!err)
        err = basemaps_open_telling(folder, refused_tell, NULL, &basemaps);
    for (size_t i = 0; !err && i < basemaps_count(basemaps); i++)
        show(basemaps_at(basemaps, i));
    basemaps_close(basemaps);
    return err;
}

static enum err write_all(int to, const char *bytes, size_t len) {
    while (len > 0) {
        ssize_t n = write(to, bytes, len);
        if (n < 0)
            return err_of_errno(errno);
        bytes += n;
        len -= (size_t)n;
    }
    return ERR_OK;
}

/* Copies a file's bytes and has them on the disk. */
static enum err copy_bytes(int from, int to) {
    char bytes[65536];
    ssize_t n;
    while ((n = read(from, bytes, sizeof bytes)) > 0) {
        enum err err = write_all(to, bytes, (size_t)n);
        if (err)
            return err;
    }
    return n < 0 || fsync(to) != 0 ? err_of_errno(errno) : ERR_OK;
}

static enum err copy_file(struct cli *cli, const char *file, const char *path) {
    const char *part = arena_printf(&cli->arena, "%s.part", path);
    if (!part)
        return ERR_NO_MEMORY;
    int from = open(file, O_RDONLY | O_CLOEXEC);
    int to = from < 0 ? -1 : open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    enum err err = to < 0 ? err_of_errno(errno) : copy_bytes(from, to);
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    if (!err && rename(part, path) != 0)
        err = err_of_errno(errno);
    if (err && to >= 0)
        unlink(part);
    return err ? fault_set(&cli->fault, err, path, "%s", err_text(err)) : ERR_OK;
}

/* The name it gets: as asked for, or the file's own. */
static enum err read_name(struct cli *cli, const char *file, const char **out) {
    const char *name = cli_option(cli, "--name"), *slash = strrchr(file, '/');
    const char *base = slash ? slash + 1 : file;
    size_t len;
    *out = name ? name
                : arena_strndup(&cli->arena, base, archive_name(base, &len) ? len : strlen(base));
    if (!*out)
        return ERR_NO_MEMORY;
    if (!base_map_name_valid(*out, strlen(*out)))
        return cli_misused(cli, *out, "is no name: letters, digits, _ - and . , at most 64");
    return ERR_OK;
}

static enum err is_free(struct cli *cli, const char *folder, const char *name) {
    for (size_t i = 0; archive_endings[i]; i++) {
        const char *path = arena_printf(&cli->arena, "%s/%s%s", folder, name, archive_endings[i]);
        if (!path)
            return ERR_NO_MEMORY;
        if (access(path, F_OK) == 0)
            return fault_set(&cli->fault, ERR_CONFLICT, path,
                             "is there already; --name gives another name");
    }
    return ERR_OK;
}

/* The title belongs into the file, or a copy made by hand would lose it. A stranger's SQLite is
 * never written to: the archive is written anew, as a cut of all of it. */
static enum err write_titled(struct cli *cli, struct archive *archive, const char *title,
                             const char *path) {
    const struct archive_cut all = {
        .bbox_deg = {-180, -90, 180, 90}, .maxzoom = TILE_ZOOM_MAX, .title = title};
    return archive_cut_write(archive, &all, path, &cli->fault, NULL);
}

enum err basemap_add(struct cli *cli) {
    const char *file = cli->arguments[1], *name, *folder, *title, *path = NULL;
    struct archive *archive = NULL;
    enum err err = read_name(cli, file, &name);
    if (!err)
        err = basemap_title(cli, &title);
    if (!err)
        err = basemap_folder(cli, &folder);
    if (!err && access(folder, F_OK) != 0)
        err = fault_set(&cli->fault, ERR_NOT_FOUND, folder,
                        "is no folder: `repere init` makes a data folder");
    if (!err)
        err = is_free(cli, folder, name);
    if (!err)
        err = archive_open(file, &cli->fault, &archive);
    if (!err)
        err = basemap_read_all(cli, file, archive);
    if (!err) {
        path = arena_printf(&cli->arena, "%s/%s.%s", folder, name,
                            archive_is_pmtiles(archive) ? "pmtiles" : "mbtiles");
        err = !path   ? ERR_NO_MEMORY
              : title ? write_titled(cli, archive, title, path)
                      : copy_file(cli, file, path);
    }
    archive_close(archive);
    if (!err)
        printf("%s: a server that is running shows it when it is started again\n", path);
    return err;
}
