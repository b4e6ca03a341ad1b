// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere basemap cut`: an area of an archive as an archive of its own.
#include "archive_cut.h"
#include "base/number.h"
#include "cli/basemap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum err read_bbox(struct cli *cli, double out_deg[4]) {
    const char *text = cli_option(cli, "--bbox");
    bool good = text != NULL;
    for (int i = 0; i < 4 && good; i++) {
        size_t len = i < 3 ? strcspn(text, ",") : strlen(text);
        good = number_parse(text, len, '.', &out_deg[i]) && (i == 3 || text[len] == ',');
        text += len + (i < 3);
    }
    return good ? ERR_OK
                : cli_misused(cli, "--bbox", "is needed: west,south,east,north in degrees");
}

/* An area beside the map would still get the few tiles that hold half the world. One that is none is
 * archive_cut_write's to refuse. */
static enum err overlaps(struct cli *cli, const struct archive *archive, const double bbox_deg[4]) {
    const double *map_deg = archive_info(archive)->bounds_deg;
    double west_deg = bbox_deg[0], south_deg = bbox_deg[1], east_deg = bbox_deg[2],
           north_deg = bbox_deg[3];
    bool is_area = south_deg < north_deg && south_deg >= -90 && north_deg <= 90 &&
                   west_deg >= -180 && east_deg <= 180 && west_deg < east_deg;
    if (!is_area || (north_deg > map_deg[1] && south_deg < map_deg[3] && east_deg > map_deg[0] &&
                     west_deg < map_deg[2]))
        return ERR_OK;
    return fault_set(&cli->fault, ERR_BAD_FIELD, "--bbox",
                     "lies outside the map, which goes from %.2f,%.2f to %.2f,%.2f", map_deg[0],
                     map_deg[1], map_deg[2], map_deg[3]);
}

enum err basemap_cut(struct cli *cli) {
    const char *name = cli->arguments[1], *out_path = cli->arguments[2];
    struct archive_cut cut = {0};
    struct archive_cut_report report;
    struct archive *archive = NULL;
    size_t len;
    if (!archive_name(out_path, &len))
        return cli_misused(cli, out_path, "must end with .mbtiles or .pmtiles");
    enum err err = read_bbox(cli, cut.bbox_deg);
    if (!err)
        err = basemap_zoom(cli, "--maxzoom", TILE_ZOOM_MAX, &cut.maxzoom);
    if (!err)
        err = basemap_open_any(cli, name, &archive);
    if (!err)
        err = overlaps(cli, archive, cut.bbox_deg);
    if (!err)
        err = archive_cut_write(archive, &cut, out_path, &cli->fault, &report);
    bool opened = archive != NULL;
    archive_close(archive);
    if (err == ERR_BAD_BBOX)
        return cli_misused(cli, "--bbox", "is west,south,east,north in degrees");
    if (err == ERR_NOT_FOUND && opened)
        fault_set(&cli->fault, err, name, "has no tiles there");
    if (!err)
        printf("%" PRIu64 " tiles of zoom %u to %u, %" PRIu64 " bytes: %s\n", report.tiles,
               report.minzoom, report.maxzoom, report.bytes, out_path);
    return err;
}
