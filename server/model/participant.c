// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/participant.h"

#include <stdio.h>
#include <string.h>

static const char *const state_names[] = {
    [PARTICIPANT_WAITING] = "waiting",
    [PARTICIPANT_ADMITTED] = "admitted",
    [PARTICIPANT_REMOVED] = "removed",
};
enum { STATE_COUNT = sizeof state_names / sizeof state_names[0] };

const char *participant_state_name(enum participant_state state) {
    return state_names[state];
}

bool participant_state_parse(const char *name, enum participant_state *out) {
    for (int i = 0; name && i < STATE_COUNT; i++) {
        if (strcmp(state_names[i], name) == 0) {
            *out = (enum participant_state)i;
            return true;
        }
    }
    return false;
}

/* Plants, animals, foods, instruments, landscapes: read aloud alike in most languages of Europe, no
 * first names (no Olive, no Iris), nothing that offends, frightens or ranks. */
static const char *const words[] = {
    "Acacia", "Atlas",    "Banjo",  "Baobab", "Bonsai",  "Cacao",   "Cactus",  "Condor",
    "Cosmos", "Delta",    "Dingo",  "Dune",   "Fjord",   "Gecko",   "Geyser",  "Ginkgo",
    "Gong",   "Hibiscus", "Judo",   "Kayak",  "Kiwi",    "Koala",   "Lama",    "Lotus",
    "Lynx",   "Mango",    "Mimosa", "Moka",   "Oasis",   "Orca",    "Origami", "Paella",
    "Panda",  "Papaya",   "Pesto",  "Piano",  "Pixel",   "Polka",   "Puma",    "Quartz",
    "Rumba",  "Ravioli",  "Safari", "Samba",  "Sequoia", "Sorbet",  "Tango",   "Tapir",
    "Tempo",  "Tofu",     "Toucan", "Tuba",   "Turbo",   "Vanilla", "Yoga",    "Yucca",
};
enum { WORD_COUNT = sizeof words / sizeof words[0], NUMBER_FIRST = 10, NUMBER_COUNT = 90 };

size_t pseudonym_count(void) {
    return (size_t)WORD_COUNT * NUMBER_COUNT;
}

void pseudonym_make(uint32_t draw, char out[PSEUDONYM_SIZE]) {
    uint32_t index = draw % (uint32_t)(WORD_COUNT * NUMBER_COUNT);
    snprintf(out, PSEUDONYM_SIZE, "%s %u", words[index / NUMBER_COUNT],
             NUMBER_FIRST + index % NUMBER_COUNT);
}
