// SPDX-License-Identifier: AGPL-3.0-or-later
// What the trials of a scenario come to: a table, checks, and the figures that pages show.
#ifndef REPERE_ATTACK_REPORT_H
#define REPERE_ATTACK_REPORT_H
#include "trial.h"
#include <stdio.h>

struct summary {
    struct scenario scenario;
    unsigned worlds;
    bool models_agree, noise_agrees, all_likely;
    struct claims product, no_noise, no_floor;
    unsigned no_noise_worlds; // in which somebody was isolated
    double no_noise_people, no_floor_people; // isolated, as a share of those there; the mean
    double realistic, realistic_chance;
    double omniscient[DISTANCES], omniscient_max, omniscient_p90;
    double omniscient_long; // joint, of the targets that the weakened rules were measured for
    double certain;         // share of those whose presence is given away (distance above 0.99)
    double certain_no_rule; // and without the session rule
    double by_cells[CITY_MARKS_A_PERSON + 1]; // joint, by the number of cells she marked
    double leaves, coverage, top10_km, top10_base;
    double singled[5], tracked;
    struct snapshots snapshots[INSERTS_MODES];
    struct polygons polygons;
    struct averaging averaging;
};
void report_summarise(const struct scenario *scenario, const struct trial *trials, unsigned count, struct summary *out);
void report_table(const struct summary *summaries, unsigned count, FILE *out);
/** Whether each figure that was expected is reached. */
void report_goals(const struct summary *summaries, unsigned count, FILE *out);
/** Prints "ok" and "not ok" lines; returns how many failed. */
unsigned report_checks(const struct summary *summaries, unsigned count, FILE *out, unsigned *out_passed);
void report_json(const struct summary *summaries, unsigned count, const char *made, FILE *out);
#endif
