// SPDX-License-Identifier: AGPL-3.0-or-later
// QML as QGIS 3 writes it, no more of it than a renderer and its symbols. Slices are graduated by
// value in a ramp from pale yellow to dark blue that also works without colour vision (after the
// ramp "cividis"); findings and assets are categorized, each category with a shape, a dash or a
// hatching of its own.
#include "publish/gpkg_style.h"
#include "publish/gpkg_blob.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* U+FFFE or U+FFFF, which are UTF-8 and no XML. */
static bool is_no_character(const char *at) {
    return strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0;
}

/* As attribute value; what XML 1.0 cannot hold is left out. */
static void put_escaped(struct buf *out, const char *text) {
    for (const char *at = text; *at; at++) {
        if (is_no_character(at)) {
            at += 2;
            continue;
        }
        switch (*at) {
        case '&':
            buf_str(out, "&amp;");
            break;
        case '<':
            buf_str(out, "&lt;");
            break;
        case '>':
            buf_str(out, "&gt;");
            break;
        case '"':
            buf_str(out, "&quot;");
            break;
        default:
            if ((unsigned char)*at >= ' ')
                buf_char(out, *at);
        }
    }
}

static void put_attribute(struct buf *out, const char *name, const char *value) {
    buf_printf(out, " %s=\"", name);
    put_escaped(out, value);
    buf_char(out, '"');
}

static void put_option(struct buf *out, const char *name, const char *value) {
    buf_str(out, "<Option type=\"QString\"");
    put_attribute(out, "name", name);
    put_attribute(out, "value", value);
    buf_str(out, "/>");
}

/* "#rrggbb" as QGIS writes a colour; dark grey for none. */
static void put_colour(struct buf *out, const char *name, const char *colour, unsigned alpha) {
    char *end, text[32];
    unsigned long rgb = colour[0] == '#' ? strtoul(colour + 1, &end, 16) : 0x444444;
    snprintf(text, sizeof text, "%lu,%lu,%lu,%u", rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff,
             alpha);
    put_option(out, name, text);
}

/* How one category looks: each geometry type has its own way to do without colour. */
struct look {
    const char *colour;
    const char *marker, *angle; // points
    const char *dash;           // lines and outlines
    const char *brush;          // areas
    const char *edge;           // of areas; NULL: as `colour`
};

static void put_marker(struct buf *out, const struct look *look) {
    put_option(out, "name", look->marker);
    put_option(out, "angle", look->angle);
    put_colour(out, "color", look->colour, 255);
    put_option(out, "outline_color", "255,255,255,255");
    put_option(out, "outline_width", "0.4");
    put_option(out, "size", "4");
    put_option(out, "size_unit", "MM");
}

static void put_line(struct buf *out, const struct look *look) {
    put_colour(out, "line_color", look->colour, 255);
    put_option(out, "line_style", look->dash);
    put_option(out, "line_width", "0.8");
    put_option(out, "line_width_unit", "MM");
    put_option(out, "capstyle", "round");
    put_option(out, "joinstyle", "round");
}

static void put_fill(struct buf *out, const struct look *look, unsigned alpha) {
    put_colour(out, "color", look->colour, alpha);
    put_option(out, "style", look->brush);
    put_colour(out, "outline_color", look->edge ? look->edge : look->colour, 255);
    put_option(out, "outline_style", look->dash);
    put_option(out, "outline_width", "0.4");
    put_option(out, "outline_width_unit", "MM");
}

static void put_symbol(struct buf *out, enum geometry_type type, size_t number,
                       const struct look *look, unsigned alpha) {
    static const char *const kinds[] = {"", "marker", "line", "fill"};
    static const char *const classes[] = {"", "SimpleMarker", "SimpleLine", "SimpleFill"};
    const enum geometry_type simple = gpkg_simple_type(type);
    buf_printf(out,
               "<symbol type=\"%s\" name=\"%zu\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
               "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">",
               kinds[simple], number, classes[simple]);
    if (simple == GEOMETRY_POINT)
        put_marker(out, look);
    else if (simple == GEOMETRY_LINE)
        put_line(out, look);
    else
        put_fill(out, look, alpha);
    buf_str(out, "</Option></layer></symbol>");
}

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

size_t gpkg_classes(const struct edition_slice *slice, struct gpkg_class out[GPKG_CLASSES_MAX]) {
    const size_t n = slice->leaf_count;
    size_t count = 0;
    if (!n)
        return 0;
    uint32_t *values = calloc(n, sizeof *values);
    if (!values)
        return (size_t)-1;
    for (size_t i = 0; i < n; i++)
        values[i] = slice->leaves[i].value;
    qsort(values, n, sizeof *values, by_size);
    for (size_t i = 0; i < GPKG_CLASSES_MAX; i++) {
        uint32_t from = values[i * n / GPKG_CLASSES_MAX];
        if (count && from == out[count - 1].from)
            continue;
        if (count)
            out[count - 1].to = from - 5;
        out[count++] = (struct gpkg_class){from, values[n - 1]};
    }
    free(values);
    return count;
}

static void put_range(struct buf *out, const struct gpkg_class *class, size_t number) {
    // the ends lie half way to the next value, so that none falls between two classes
    buf_printf(out,
               "<range symbol=\"%zu\" render=\"true\" lower=\"%u.5\" upper=\"%u.5\" label=\"%u",
               number, class->from - 3, class->to + 2, class->from);
    if (class->to > class->from)
        buf_printf(out, " to %u", class->to);
    buf_str(out, "\"/>");
}

static void put_graduated(struct buf *out, const struct gpkg_layer *layer) {
    // light for few
    static const char *const ramp[GPKG_CLASSES_MAX] = {"#fde737", "#bcae6c", "#7d7c78", "#434e6c",
                                                       "#00224e"};
    struct gpkg_class classes[GPKG_CLASSES_MAX];
    size_t count = gpkg_classes(layer->slice, classes);
    if (count == (size_t)-1) {
        out->failed = true;
        return;
    }
    buf_str(
        out,
        "<renderer-v2 type=\"graduatedSymbol\" attr=\"value\" graduatedMethod=\"GraduatedColor\" "
        "symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><ranges>");
    for (size_t i = 0; i < count; i++)
        put_range(out, &classes[i], i);
    buf_str(out, "</ranges><symbols>");
    for (size_t i = 0; i < count; i++) {
        size_t shade = count > 1 ? i * (GPKG_CLASSES_MAX - 1) / (count - 1) : GPKG_CLASSES_MAX / 2;
        put_symbol(out, layer->type, i,
                   &(struct look){
                       .colour = ramp[shade], .dash = "solid", .brush = "solid", .edge = "#444444"},
                   190);
    }
    buf_str(out, "</symbols></renderer-v2>");
}

/* Categories by an attribute; a symbol each. */
static void put_categorized(struct buf *out, const char *attribute, enum geometry_type type,
                            size_t count, const char *const *values, const char *const *labels,
                            const struct look *looks) {
    buf_str(out, "<renderer-v2 type=\"categorizedSymbol\"");
    put_attribute(out, "attr", attribute);
    buf_str(out, " symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><categories>");
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "<category symbol=\"%zu\" render=\"true\" type=\"string\"", i);
        put_attribute(out, "value", values[i]);
        put_attribute(out, "label", labels[i]);
        buf_str(out, "/>");
    }
    buf_str(out, "</categories><symbols>");
    for (size_t i = 0; i < count; i++)
        put_symbol(out, type, i, &looks[i], 160);
    buf_str(out, "</symbols></renderer-v2>");
}

static void put_urgencies(struct buf *out, const struct gpkg_layer *layer) {
    static const char *const values[] = {"red", "amber", "green"}, *const labels[] = {
                                                                       "Red", "Amber", "Green"};
    static const struct look looks[] = {
        {"#b2182b", "triangle", "0", "solid", "dense4", NULL},
        {"#e08214", "diamond", "0", "dash", "f_diagonal", NULL},
        {"#1b7837", "circle", "0", "dot", "horizontal", NULL},
    };
    put_categorized(out, "urgency", layer->type, 3, values, labels, looks);
}

/* QGIS's name of a symbol's shape. */
static const char *marker_of(const char *shape) {
    static const struct {
        const char *shape, *marker;
    } known[] = {
        {"square", "square"},          {"diamond", "diamond"},   {"triangle", "triangle"},
        {"triangle-down", "triangle"}, {"hexagon", "hexagon"},   {"star", "star"},
        {"cross", "cross_fill"},       {"pentagon", "pentagon"}, {"drop", "filled_arrowhead"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(shape, known[i].shape) == 0)
            return known[i].marker;
    return "circle";
}

static void put_assets(struct buf *out, const struct edition *edition,
                       const struct gpkg_layer *layer, struct arena *arena) {
    static const char *const dashes[] = {"solid", "dash", "dot", "dash dot"};
    static const char *const brushes[] = {"dense4",     "f_diagonal", "horizontal",
                                          "b_diagonal", "cross",      "vertical"};
    const char *values[32], *labels[32];
    struct look looks[32];
    size_t count = 0;
    for (size_t i = 0; i < edition->asset_count && count < 32; i++) {
        const struct edition_asset *asset = &edition->assets[i];
        bool known = !gpkg_feature_geometry(edition, layer, i);
        for (size_t j = 0; j < count; j++)
            known = known || strcmp(values[j], asset->category) == 0;
        if (known)
            continue;
        values[count] = asset->category;
        labels[count] = gpkg_plain(asset->label, arena);
        if (!labels[count]) {
            out->failed = true;
            return;
        }
        looks[count] = (struct look){asset->colour,
                                     marker_of(asset->shape),
                                     strcmp(asset->shape, "triangle-down") == 0 ? "180" : "0",
                                     dashes[count % 4],
                                     brushes[count % 6],
                                     NULL};
        count++;
    }
    put_categorized(out, "category", layer->type, count, values, labels, looks);
}

void gpkg_style(const struct edition *edition, const struct gpkg_layer *layer, struct arena *arena,
                struct buf *out) {
    buf_str(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                 "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">");
    if (layer->content == GPKG_LEAVES) {
        put_graduated(out, layer);
    } else if (layer->content == GPKG_FINDINGS) {
        put_urgencies(out, layer);
    } else if (layer->content == GPKG_ASSETS) {
        put_assets(out, edition, layer, arena);
    } else {
        buf_str(out, "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" "
                     "forceraster=\"0\"><symbols>");
        put_symbol(out, layer->type, 0,
                   &(struct look){layer->overlay->colour, "square", "0", "solid", "no", NULL}, 255);
        buf_str(out, "</symbols></renderer-v2>");
    }
    buf_printf(out, "<layerGeometryType>%d</layerGeometryType></qgis>\n",
               (int)gpkg_simple_type(layer->type) - 1);
}
