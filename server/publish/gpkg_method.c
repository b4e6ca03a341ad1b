// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/gpkg_method.h"
#include "base/number.h"
#include "publish/held.h"
#include <inttypes.h>
#include <string.h>

static const char *const fact_names[FACT_COUNT] = {
    "format",       "project",    "edition",  "revision", "title",
    "published_on", "taken_down", "base_map", "bbox_deg", "epsg",
    "exercises",    "slices",     "findings", "assets",   "overlays",
};

static const struct {
    const char *name, *value;
} words[] = {
    {"method", "People marked places in sessions. A person counts once in a region, and in 8 cells "
               "of a layer at most. "
               "Regions are squares of an equal-area grid, or what is left of a square when parts "
               "of it stand on their "
               "own. A region is shown when three things hold: at least 'floor' people of its "
               "exercise marked it; their "
               "number with a random amount added reaches floor + noise_max; and they come from "
               "two sessions or more, "
               "none of which has above 65 to 80 percent of them, with three to five people or more from the "
               "largest (always the same for the same people). A region for "
               "which they do not hold is merged into the square of twice the side, up to 4 km; "
               "what is left there is "
               "not shown. Only sessions that closed seven days or more before are counted, and "
               "only what was approved "
               "by a facilitator and not withdrawn."},
    {"noise", "The random amount is a whole number from -noise_max to noise_max with variance "
              "noise_variance (columns "
              "of repere_exercises). It is always the same for the same people, so that asking "
              "again tells nothing."},
    {"rounding", "Values are numbers of people with that amount, rounded to 5. Sessions and "
                 "attendances are rounded to 5. "
                 "Shares are told in five bands. A region that is the same as in the edition "
                 "before, and whose people "
                 "hardly changed, keeps its value."},
    {"limits", "This is not differential privacy: it is a floor with bounded noise, computed once "
               "for each edition and "
               "tested by attacks. Ground without a region is ground where not enough people can "
               "be shown, not ground "
               "where nobody marked anything. Values of different layers, and of regions that "
               "overlap, do not add up."},
    {"authored", "Findings were worded in a session, read back and agreed on by the group. Assets "
                 "were offered for "
                 "everybody by who marked them and approved by a facilitator."},
    {"reuse", "Who publishes this edition decides how it may be reused. Overlays stay under the "
              "terms of their sources: "
              "repere_overlays names them."},
};

const char *gpkg_fact_name(enum gpkg_fact fact) {
    return fact_names[fact];
}

/* `value` NULL: memory was short; the column refuses it. */
static void put(struct gpkg_insert *insert, int64_t *id, const char *name, const char *value) {
    gpkg_put_i64(insert, ++*id);
    gpkg_put_text(insert, name);
    if (value)
        gpkg_put_text(insert, value);
    else if (insert->code == SQLITE_OK)
        insert->code = SQLITE_NOMEM;
    gpkg_put_row(insert);
}

static const char *bbox_text(const struct bbox *bbox, struct arena *arena) {
    const double degrees[] = {bbox->west_deg, bbox->south_deg, bbox->east_deg, bbox->north_deg};
    char texts[4][NUMBER_TEXT_SIZE];
    for (size_t i = 0; i < 4; i++)
        texts[i][number_format(degrees[i], texts[i])] = '\0';
    return arena_printf(arena, "%s,%s,%s,%s", texts[0], texts[1], texts[2], texts[3]);
}

void gpkg_put_metadata(const struct edition *e, struct arena *arena, struct gpkg_insert *insert) {
    const char *const facts[FACT_COUNT] = {
        [FACT_FORMAT] = arena_printf(arena, "%d", EDITION_FORMAT),
        [FACT_PROJECT] = arena_printf(arena, "%" PRId64, e->project),
        [FACT_EDITION] = arena_printf(arena, "%u", e->number),
        [FACT_REVISION] = arena_printf(arena, "%u", e->revision),
        [FACT_TITLE] = e->title,
        [FACT_PUBLISHED_ON] = e->published_on,
        [FACT_TAKEN_DOWN] = e->taken_down,
        [FACT_BASE_MAP] = e->base_map,
        [FACT_BBOX] = bbox_text(&e->bbox, arena),
        [FACT_EPSG] = arena_printf(arena, "%d", e->epsg),
        [FACT_EXERCISES] = arena_printf(arena, "%zu", e->exercise_count),
        [FACT_SLICES] = arena_printf(arena, "%zu", e->slice_count),
        [FACT_FINDINGS] = arena_printf(arena, "%zu", e->finding_count),
        [FACT_ASSETS] = arena_printf(arena, "%zu", e->asset_count),
        [FACT_OVERLAYS] = arena_printf(arena, "%zu", e->overlay_count),
    };
    int64_t id = 0;
    for (size_t i = 0; i < FACT_COUNT; i++)
        put(insert, &id, fact_names[i], facts[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        put(insert, &id, words[i].name, words[i].value);
    char address[HELD_ADDRESS_SIZE];
    held_address_write(e, address);
    put(insert, &id, "attribution",
        arena_printf(arena, "%s, edition %s of %s. Made with Repère.", e->title, address,
                     e->published_on));
}
