// SPDX-License-Identifier: AGPL-3.0-or-later
#include "likelihood.h"
#include "rng.h"
#include <math.h>
#include <string.h>

enum { SLOTS = 4096, ITEMS_MAX = 2048 };

// What the output says about one set: it is shown, with a noise from low to high, or it is not, wherever it
// is met; then the noise lies from low to high or the session rule was not kept.
struct clue {
    uint64_t set; // 0: free
    int low, high;
    double kept; // the share of keys under which the session rule is kept
    bool shown, hidden;
};
struct reader {
    const struct model *model;
    const struct shown *items;
    uint64_t item_keys[SLOTS]; // 0: free
    uint16_t item_at[SLOTS];
    size_t matched;
    bool impossible;
    struct clue clues[SLOTS];
};

static uint64_t region_key(unsigned slice, const struct region *region)
{
    uint64_t key = rng_mix(slice + 1);
    key = rng_mix(key ^ (uint32_t)region->top.column) + rng_mix(key + 7 + (uint32_t)region->top.row);
    for (unsigned i = 0; i < REGION_WORDS; i++) {
        key = rng_mix(key ^ region->bits[i]) + i;
    }
    return key | 1;
}
static uint64_t set_key(const struct set *people)
{
    uint64_t key = 0x5851f42d4c957f2dU;
    for (unsigned i = 0; i < SET_WORDS; i++) {
        key = rng_mix(key ^ people->words[i]) * 0x9e3779b97f4a7c15U + i;
    }
    return key | 1;
}
static const struct shown *item_of(const struct reader *reader, unsigned slice, const struct region *region)
{
    uint64_t key = region_key(slice, region);
    for (size_t slot = key % SLOTS; reader->item_keys[slot]; slot = (slot + 1) % SLOTS) {
        if (reader->item_keys[slot] == key) {
            return &reader->items[reader->item_at[slot]];
        }
    }
    return NULL;
}
static struct clue *clue_of(struct reader *reader, const struct set *people)
{
    uint64_t key = set_key(people);
    size_t slot = key % SLOTS;
    while (reader->clues[slot].set && reader->clues[slot].set != key) {
        slot = (slot + 1) % SLOTS;
    }
    if (!reader->clues[slot].set) {
        reader->clues[slot] = (struct clue){
            .set = key, .low = -reader->model->noise.max, .high = reader->model->noise.max};
    }
    return &reader->clues[slot];
}
static int least(int a, int b)
{
    return a < b ? a : b;
}
static int most(int a, int b)
{
    return a > b ? a : b;
}
static bool reader_decides(void *context, unsigned slice, const struct region *region,
                           const struct set *people, unsigned count, struct cube_slack kept)
{
    struct reader *reader = context;
    if (reader->impossible) {
        return false;
    }
    struct clue *clue = clue_of(reader, people);
    const struct shown *item = item_of(reader, slice, region);
    int n = (int)count, threshold = (int)(reader->model->profile.floor + reader->model->profile.noise_max);
    clue->kept = (double)(kept.people * kept.percent) /
                 (reader->model->profile.slack_people * reader->model->profile.slack_percent);
    if (item) {
        clue->shown = true;
        int value = (int)item->value;
        clue->low = most(clue->low, most(threshold, value - 2) - n);
        clue->high = least(clue->high, value + 2 - n);
        reader->matched++;
    } else {
        clue->hidden = true;
        clue->high = least(clue->high, threshold - 1 - n);
    }
    reader->impossible = (clue->shown && clue->hidden) || (clue->shown && clue->low > clue->high) ||
                         (clue->hidden && clue->kept == 1 && clue->low > clue->high);
    return item != NULL;
}
static double clue_probability(const struct noise *noise, const struct clue *clue)
{
    double within = clue->low > clue->high ? 0 : noise_between(noise, clue->low, clue->high);
    return clue->shown ? clue->kept * within : 1 - clue->kept * (1 - within);
}
double likelihood_log(const struct model *model, const struct set *crowd, const struct shown *items, size_t count)
{
    struct reader reader;
    memset(&reader, 0, sizeof(reader));
    reader.model = model;
    reader.items = items;
    size_t wanted = 0;
    for (size_t i = 0; i < count; i++) {
        if (model->slices >> items[i].slice & 1) {
            uint64_t key = region_key(items[i].slice, &items[i].region);
            size_t slot = key % SLOTS;
            while (reader.item_keys[slot]) {
                slot = (slot + 1) % SLOTS;
            }
            reader.item_keys[slot] = key;
            reader.item_at[slot] = (uint16_t)i;
            wanted++;
        }
    }
    model_walk(model, crowd, reader_decides, &reader);
    if (reader.impossible || reader.matched != wanted) {
        return -INFINITY;
    }
    double sum = 0;
    for (size_t i = 0; i < SLOTS; i++) {
        if (reader.clues[i].set) {
            sum += log(clue_probability(&model->noise, &reader.clues[i]));
        }
    }
    return sum;
}
void likelihood_distance(const struct city *city, struct model *model, const struct set *with,
                         const struct set *without, const uint32_t *slice_sets, unsigned slice_set_count,
                         unsigned draws, uint64_t seed, double *out)
{
    struct shown items[ITEMS_MAX];
    for (unsigned i = 0; i < slice_set_count; i++) {
        out[i] = 0;
    }
    for (unsigned draw = 0; draw < draws; draw++) {
        struct model_key key;
        model_key_seed(city, seed * 1000003 + draw, &key);
        model->slices = UINT32_MAX;
        size_t count = model_show(model, with, &key, items, ITEMS_MAX);
        for (unsigned i = 0; i < slice_set_count; i++) {
            model->slices = slice_sets[i];
            double there = likelihood_log(model, with, items, count);
            double absent = likelihood_log(model, without, items, count);
            out[i] += fmax(0, 1 - exp(absent - there)) / draws;
        }
    }
    model->slices = UINT32_MAX;
}
