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

/* Two that changed places are told apart from a box across the antimeridian by its width: the area
 * of a town or a country is not half the world. */
static enum err check_bbox(struct cli *cli, const double box_deg[4]) {
    double west = box_deg[0], south = box_deg[1], east = box_deg[2], north = box_deg[3];
    cli->misused = true;
    if (!(west >= -180 && west <= 180 && east >= -180 && east <= 180 && south >= -90 &&
          south <= 90 && north >= -90 && north <= 90))
        return fault_set(&cli->fault, ERR_BAD_PARAMETER, "--bbox",
                         "is west,south,east,north in degrees, -180 to 180 and -90 to 90");
    if (south >= north)
        return fault_set(&cli->fault, ERR_BAD_PARAMETER, "--bbox",
                         "south (%g) must be below north (%g): have they changed places?", south,
                         north);
    if (west == east || (west == 180 && east == -180))
        return fault_set(&cli->fault, ERR_BAD_PARAMETER, "--bbox",
                         "west (%g) and east (%g) are the same", west, east);
    if (west > east && east + 360 - west > 180)
        return fault_set(&cli->fault, ERR_BAD_PARAMETER, "--bbox",
                         "west (%g) lies east of east (%g): have they changed places? Across the "
                         "antimeridian an area is at most 180 degrees wide",
                         west, east);
    cli->misused = false;
    return ERR_OK;
}

static bool overlaps(const double map_deg[4], double west_deg, double east_deg,
                     const double box_deg[4]) {
    return box_deg[3] > map_deg[1] && box_deg[1] < map_deg[3] && east_deg > map_deg[0] &&
           west_deg < map_deg[2];
}

/* An area beside the map would still get the few tiles that hold half the world. */
static enum err check_overlap(struct cli *cli, const struct archive *archive,
                              const double box_deg[4]) {
    const double *map_deg = archive_info(archive)->bounds_deg;
    double west_deg = box_deg[0], east_deg = box_deg[2];
    bool touches = west_deg < east_deg ? overlaps(map_deg, west_deg, east_deg, box_deg)
                                       : overlaps(map_deg, west_deg, 180, box_deg) ||
                                             overlaps(map_deg, -180, east_deg, box_deg);
    if (touches)
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
        err = check_bbox(cli, cut.bbox_deg);
    if (!err)
        err = basemap_title(cli, &cut.title);
    if (!err)
        err = basemap_zoom(cli, "--maxzoom", TILE_ZOOM_MAX, &cut.maxzoom);
    if (!err)
        err = basemap_open_any(cli, name, &archive);
    if (!err)
        err = check_overlap(cli, archive, cut.bbox_deg);
    if (!err)
        err = archive_cut_write(archive, &cut, out_path, &cli->fault, &report);
    bool opened = archive != NULL;
    archive_close(archive);
    if (err == ERR_NOT_FOUND && opened)
        fault_set(&cli->fault, err, name, "has no tiles there");
    if (!err)
        printf("%" PRIu64 " tiles of zoom %u to %u, %" PRIu64 " bytes: %s\n", report.tiles,
               report.minzoom, report.maxzoom, report.bytes, out_path);
    return err;
}
