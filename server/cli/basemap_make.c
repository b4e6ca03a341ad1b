// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere basemap build`: a base map from a folder of GeoJSON files, one a layer. It is made aside
// and put into the data folder by `repere basemap add`.
#include "cli/basemap.h"
#include "service/basemap_build.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char ending[] = ".geojson";

static int is_layer(const struct dirent *file) {
    size_t len = strlen(file->d_name), end = strlen(ending);
    return len > end && file->d_name[0] != '.' && strcmp(file->d_name + len - end, ending) == 0;
}

/** Every <layer>.geojson of a folder, by name; names and paths are the arena's. */
static enum err layers_list(struct cli *cli, const char *folder, struct basemap_layer *out,
                            size_t *count) {
    struct dirent **files = NULL;
    int found = scandir(folder, &files, is_layer, alphasort);
    enum err err = ERR_OK;
    if (found < 0)
        return fault_set(&cli->fault, ERR_NOT_FOUND, folder, "is no folder that can be read");
    if (found == 0 || found > BASEMAP_LAYERS_MAX)
        err = fault_set(&cli->fault, ERR_NOT_FOUND, folder, "must hold 1 to %d files *%s",
                        BASEMAP_LAYERS_MAX, ending);
    for (int i = 0; i < found; i++) {
        const char *name = files[i]->d_name;
        if (err == ERR_OK) {
            out[i].name = arena_strndup(&cli->arena, name, strlen(name) - strlen(ending));
            out[i].path = arena_printf(&cli->arena, "%s/%s", folder, name);
            if (!out[i].name || !out[i].path)
                err = ERR_NO_MEMORY;
        }
        free(files[i]);
    }
    free(files);
    *count = (size_t)found;
    return err;
}

enum err basemap_make(struct cli *cli) {
    struct basemap_layer layers[BASEMAP_LAYERS_MAX];
    struct basemap_report report;
    const char *title, *attribution = cli_option(cli, "--attribution");
    enum err err = basemap_title(cli, &title);
    struct basemap_options options = {
        .out_path = cli->arguments[2],
        .title = title ? title : "Base map",
        .attribution = attribution ? attribution : "",
        .layers = layers,
    };
    if (err == ERR_OK)
        err = basemap_zoom(cli, "--minzoom", 10, &options.minzoom);
    if (err == ERR_OK)
        err = basemap_zoom(cli, "--maxzoom", 16, &options.maxzoom);
    if (err == ERR_OK)
        err = layers_list(cli, cli->arguments[1], layers, &options.layer_count);
    if (err == ERR_OK)
        err = basemap_build(&options, &cli->fault, &report);
    if (err == ERR_OK)
        printf("%zu features in %zu tiles: %s\n", report.features, report.tiles, options.out_path);
    return err;
}
