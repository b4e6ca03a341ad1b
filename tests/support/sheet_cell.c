// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sheet_cell.h"
#include <math.h>

bool sheet_cell_parse(const struct sheet_frame *frame, const char *text, struct sheet_cell *out) {
    struct sheet_cell cell = {0};
    while (*text == ' ')
        text++;
    char letter = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    if (letter < 'A' || letter > 'Z')
        return false;
    cell.column = (unsigned)(letter - 'A');
    unsigned row = 0, digits = 0;
    for (text++; *text >= '0' && *text <= '9' && digits < 3; text++, digits++)
        row = 10 * row + (unsigned)(*text - '0');
    if (text[0] == '.' && text[1] >= '1' && text[1] <= '9') {
        cell.part = (unsigned)(text[1] - '0');
        text += 2;
    }
    while (*text == ' ')
        text++;
    if (*text != '\0' || row == 0 || row > frame->rows || cell.column >= frame->columns)
        return false;
    cell.row = row - 1;
    *out = cell;
    return true;
}

void sheet_cell_name(struct sheet_cell cell, char out[SHEET_CELL_NAME_SIZE]) {
    unsigned row = cell.row + 1;
    size_t len = 0;
    out[len++] = (char)('A' + cell.column % SHEET_COLUMNS_MAX);
    if (row >= 100)
        out[len++] = (char)('0' + row / 100 % 10);
    if (row >= 10)
        out[len++] = (char)('0' + row / 10 % 10);
    out[len++] = (char)('0' + row % 10);
    if (cell.part != 0) {
        out[len++] = '.';
        out[len++] = (char)('0' + cell.part % 10);
    }
    out[len] = '\0';
}

static double lon_at(const struct sheet_frame *frame, double column) {
    double lon, lat;
    double x = frame->ground.min_x_m + column / frame->columns * (frame->ground.max_x_m - frame->ground.min_x_m);
    tile_to_degrees(remainder(x, 2 * TILE_HALF_WORLD_M), 0, &lon, &lat);
    return lon;
}

static double lat_at(const struct sheet_frame *frame, double row) {
    double lon, lat;
    double y = frame->ground.max_y_m - row / frame->rows * (frame->ground.max_y_m - frame->ground.min_y_m);
    tile_to_degrees(0, y, &lon, &lat);
    return lat;
}

struct bbox sheet_cell_box(const struct sheet_frame *frame, struct sheet_cell cell) {
    double west = cell.column, north = cell.row, side = 1;
    if (cell.part != 0) {
        side = 1.0 / 3;
        west += (cell.part - 1) % 3 * side;
        north += (2 - (cell.part - 1) / 3) * side;
    }
    return (struct bbox){lon_at(frame, west), lat_at(frame, north + side),
                         lon_at(frame, west + side), lat_at(frame, north)};
}

bool sheet_cell_at(const struct sheet_frame *frame, double lon_deg, double lat_deg, struct sheet_cell *out) {
    double x, y;
    tile_from_degrees(lon_deg, lat_deg, &x, &y);
    if (x < frame->ground.min_x_m)
        x += 2 * TILE_HALF_WORLD_M;
    else if (x > frame->ground.max_x_m)
        x -= 2 * TILE_HALF_WORLD_M;
    const struct tile_box *ground = &frame->ground;
    double east = (x - ground->min_x_m) / (ground->max_x_m - ground->min_x_m) * frame->columns;
    double south = (ground->max_y_m - y) / (ground->max_y_m - ground->min_y_m) * frame->rows;
    if (!(east >= 0 && south >= 0 && east < frame->columns && south < frame->rows))
        return false;
    unsigned column = (unsigned)east, row = (unsigned)south;
    unsigned right = (unsigned)((east - column) * 3), down = (unsigned)((south - row) * 3);
    *out = (struct sheet_cell){column, row, 1 + (right > 2 ? 2 : right) + 3 * (2 - (down > 2 ? 2 : down))};
    return true;
}
