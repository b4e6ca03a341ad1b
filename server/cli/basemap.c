// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere basemap`: which part is meant, and what the parts share.
#include "cli/basemap.h"

#include "data_folder.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *word;
    enum err (*run)(struct cli *cli);
    int words; // its own included
    const char *takes;
} parts[] = {
    {"list", basemap_list, 1, "nothing"},
    {"add", basemap_add, 2, "FILE"},
    {"check", basemap_check, 2, "NAME or FILE"},
    {"cut", basemap_cut, 3, "NAME or FILE, and OUT"},
    {"build", basemap_make, 3, "FOLDER and FILE.mbtiles"},
};

enum err basemap_zoom(struct cli *cli, const char *flag, unsigned fallback, unsigned *out) {
    const char *text = cli_option(cli, flag);
    *out = fallback;
    if (!text)
        return ERR_OK;
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end || value > TILE_ZOOM_MAX)
        return cli_misused(cli, flag, "is a zoom from 0 to 24");
    *out = (unsigned)value;
    return ERR_OK;
}

enum err basemap_title(struct cli *cli, const char **out) {
    *out = cli_option(cli, "--title");
    if (*out == NULL || archive_title_valid(*out))
        return ERR_OK;
    cli->misused = true;
    return fault_set(&cli->fault, ERR_BAD_PARAMETER, "--title",
                     "is 1 to %d characters on one line, none of them a control character or one "
                     "that turns text round",
                     ARCHIVE_TITLE_MAX);
}

enum err basemap_folder(struct cli *cli, const char **out) {
    *out = arena_printf(&cli->arena, "%s/" DATA_BASEMAPS, config_text(&cli->config, SETTING_DATA));
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

enum err basemap_open_any(struct cli *cli, const char *name, struct archive **out) {
    const char *folder;
    enum err err = basemap_folder(cli, &folder);
    if (err || strchr(name, '/') || access(name, F_OK) == 0)
        return err ? err : archive_open(name, &cli->fault, out);
    for (size_t i = 0; archive_endings[i]; i++) {
        const char *path = arena_printf(&cli->arena, "%s/%s%s", folder, name, archive_endings[i]);
        if (!path)
            return ERR_NO_MEMORY;
        if (access(path, F_OK) == 0)
            return archive_open(path, &cli->fault, out);
    }
    return fault_set(&cli->fault, ERR_NOT_FOUND, name,
                     "is no file and no base map of this data folder");
}

static enum err run(struct cli *cli) {
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strcmp(parts[i].word, cli->arguments[0]) != 0)
            continue;
        if (cli->argument_count == parts[i].words)
            return parts[i].run(cli);
        cli->misused = true;
        return fault_set(&cli->fault, ERR_BAD_PARAMETER, parts[i].word, "takes %s", parts[i].takes);
    }
    return cli_misused(cli, cli->arguments[0], "is not known; list, add, check, cut and build are");
}

const struct command command_basemap = {
    .name = "basemap",
    .arguments =
        "list | add FILE | check NAME|FILE | cut NAME|FILE OUT | build FOLDER FILE.mbtiles",
    .summary = "Base maps: what there is, one more, one looked at tile by tile, an area of one, or "
               "vector\n"
               "      tiles made of a folder's GeoJSON files, <layer>.geojson each.",
    .arguments_min = 1,
    .arguments_max = 3,
    .run = run,
    .options =
        {
            {"--name", "NAME", "add: what it is called here (the file's name)"},
            {"--bbox", "W,S,E,N",
             "cut: the area, degrees; west greater than east crosses the antimeridian"},
            {"--maxzoom", "ZOOM", "cut, build: the finest tiles (all; 16)"},
            {"--minzoom", "ZOOM", "build: the coarsest tiles (10)"},
            {"--title", "TEXT",
             "add, cut, build: what people see the map called (as its file says)"},
            {"--attribution", "TEXT", "build: whom it is owed to"},
        },
};
