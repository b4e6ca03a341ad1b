// SPDX-License-Identifier: AGPL-3.0-or-later
#include "report.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int rising(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}
static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

// The mean is of all targets; the largest and the ninth tenth of those drawn often enough to be told apart.
static void summarise_omniscient(const struct target *targets, const bool *is_long, size_t count, struct summary *out)
{
    double *often = calloc(count + 1, sizeof(*often)), of_cells[CITY_MARKS_A_PERSON + 1] = {0};
    size_t often_count = 0;
    if (!often) {
        exit(2);
    }
    for (size_t i = 0; i < count; i++) {
        const float *distance = targets[i].distance;
        for (int kind = DISTANCE_JOINT; kind <= DISTANCE_ALL; kind++) {
            out->omniscient[kind] += (double)distance[kind] / (double)count;
        }
        out->by_cells[targets[i].cells] += (double)distance[DISTANCE_JOINT];
        of_cells[targets[i].cells]++;
        if (is_long[i]) {
            often[often_count++] = (double)distance[DISTANCE_JOINT];
            out->certain += distance[DISTANCE_JOINT] > 0.99F;
            out->certain_no_rule += distance[DISTANCE_NO_SESSION_RULE] > 0.99F;
            out->omniscient_long += (double)distance[DISTANCE_JOINT];
            for (int kind = DISTANCE_NO_SESSION_RULE; kind < DISTANCES; kind++) {
                out->omniscient[kind] += (double)distance[kind];
            }
        }
    }
    out->certain = ratio(out->certain, (double)often_count);
    out->certain_no_rule = ratio(out->certain_no_rule, (double)often_count);
    out->omniscient_long = ratio(out->omniscient_long, (double)often_count);
    for (int kind = DISTANCE_NO_SESSION_RULE; kind < DISTANCES; kind++) {
        out->omniscient[kind] = ratio(out->omniscient[kind], (double)often_count);
    }
    for (unsigned cells = 0; cells <= CITY_MARKS_A_PERSON; cells++) {
        out->by_cells[cells] = ratio(out->by_cells[cells], of_cells[cells]);
    }
    qsort(often, often_count, sizeof(*often), rising);
    if (often_count > 0) {
        out->omniscient_max = often[often_count - 1];
        out->omniscient_p90 = often[often_count * 9 / 10];
    }
    free(often);
}
static void add_trial(const struct trial *trial, double worlds, double long_worlds, struct summary *out)
{
    double people = out->scenario.people;
    out->models_agree = out->models_agree && trial->model_agrees;
    out->all_likely = out->all_likely && trial->is_likely;
    out->leaves += trial->leaves / worlds;
    out->coverage += trial->coverage / worlds;
    out->top10_km += trial->top10_km / worlds;
    out->top10_base += trial->top10_base / worlds;
    claims_add(&out->product, &trial->product);
    claims_add(&out->no_noise, &trial->no_noise);
    claims_add(&out->no_floor, &trial->no_floor);
    out->no_noise_worlds += trial->no_noise.isolations > 0;
    out->no_noise_people += set_count(&trial->no_noise.isolated) / people / worlds;
    out->no_floor_people += set_count(&trial->no_floor.isolated) / people / worlds;
    if (trial->is_long) {
        for (unsigned i = 0; i < 5; i++) {
            out->singled[i] += trial->singled[i] / people / long_worlds;
        }
        out->tracked += ratio((double)trial->tracked, (double)trial->trackers) / long_worlds;
        for (unsigned mode = 0; mode < INSERTS_MODES; mode++) {
            snapshots_add(&out->snapshots[mode], &trial->snapshots[mode]);
        }
    }
}
void report_summarise(const struct scenario *scenario, const struct trial *trials, unsigned count, struct summary *out)
{
    size_t target_count = (size_t)count * MEMBERSHIP_TARGETS;
    struct target *targets = calloc(target_count, sizeof(*targets));
    bool *is_long = calloc(target_count, sizeof(*is_long));
    double long_worlds = 0;
    if (!targets || !is_long) {
        exit(2);
    }
    *out = (struct summary){.scenario = *scenario, .worlds = count, .models_agree = true,
                            .noise_agrees = trials[0].noise_agrees, .all_likely = true};
    for (unsigned i = 0; i < count; i++) {
        long_worlds += trials[i].is_long;
    }
    for (unsigned i = 0; i < count; i++) {
        add_trial(&trials[i], count, long_worlds, out);
        for (unsigned target = 0; target < MEMBERSHIP_TARGETS; target++) {
            targets[i * MEMBERSHIP_TARGETS + target] = trials[i].targets[target];
            is_long[i * MEMBERSHIP_TARGETS + target] = trials[i].is_long;
        }
    }
    out->polygons = trials[0].polygons;
    out->averaging = trials[0].averaging;
    out->realistic = membership_realistic(targets, target_count, &out->realistic_chance);
    summarise_omniscient(targets, is_long, target_count, out);
    free(targets);
    free(is_long);
}

enum { COLUMNS = 4 };
static void row(FILE *out, const char *what, const char *format, const double *values, unsigned count)
{
    fprintf(out, "| %s |", what);
    for (unsigned i = 0; i < count; i++) {
        char text[32];
        if (strcmp(format, "%") == 0) {
            snprintf(text, sizeof(text), "%.1f %%", 100 * values[i]);
        } else {
            snprintf(text, sizeof(text), "%.*f", format[0] - '0', values[i]);
        }
        fprintf(out, " %s |", text);
    }
    fputc('\n', out);
}
// One row of the table: an expression over each summary `s`.
#define ROW(what, format, expression)                                                              \
    do {                                                                                           \
        double values[COLUMNS] = {0};                                                              \
        for (unsigned i = 0; i < count; i++) {                                                     \
            const struct summary *s = &summaries[i];                                               \
            values[i] = (double)(expression);                                                      \
        }                                                                                          \
        row(out, what, format, values, count);                                                     \
    } while (0)

static void weakened_rows(const struct summary *summaries, unsigned count, FILE *out)
{
    ROW("**Weakened: no noise** (floor kept, n read): isolations", "0", s->no_noise.isolations);
    ROW("worlds in which somebody is isolated", "%", ratio(s->no_noise_worlds, s->worlds));
    ROW("people isolated, mean", "%", s->no_noise_people);
    ROW("**No floor, no noise, no session rule**: people isolated, mean", "%", s->no_floor_people);
    ROW("**A key for each edition**: counts recovered from 20 draws", "%", s->averaging.rotated_20);
    ROW("from 100 draws", "%", s->averaging.rotated_100);
    ROW("from 100 draws under the one key", "%", s->averaging.fixed_100);
    ROW("**Live data, floor of 5**: people singled out by filters", "%", s->singled[0]);
    ROW("by filters that know the day, too", "%", s->singled[1]);
    ROW("by polygons", "%", s->singled[2]);
    ROW("by watching updates", "%", s->singled[3]);
    ROW("by filters, polygons or updates", "%", s->singled[4]);
    ROW("small cells whose count a padded set gives away", "%", s->tracked);
}
static void snapshot_rows(const struct summary *summaries, unsigned count, FILE *out)
{
    static const char *const names[INSERTS_MODES] = {"**A snapshot round each insert** (if the gate let it be), past known",
                                                     "no past known", "no noise, no past"};
    for (unsigned mode = 0; mode < INSERTS_MODES; mode++) {
        char what[160];
        snprintf(what, sizeof(what), "%s: something changes", names[mode]);
        ROW(what, "%", ratio((double)s->snapshots[mode].visible, (double)s->snapshots[mode].inserts));
        ROW("the smallest ground that changes holds a mark of hers", "%",
            ratio((double)s->snapshots[mode].located, (double)s->snapshots[mode].inserts));
        ROW("that ground, km2, mean", "2", ratio(s->snapshots[mode].ground_km2, (double)s->snapshots[mode].visible));
    }
    ROW("no noise: the count there grows by exactly one", "%",
        ratio((double)s->snapshots[INSERTS_NO_NOISE].exact, (double)s->snapshots[INSERTS_NO_NOISE].inserts));
}
void report_table(const struct summary *summaries, unsigned count, FILE *out)
{
    fprintf(out, "\n|  |");
    for (unsigned i = 0; i < count; i++) {
        fprintf(out, " %s, %u people |", summaries[i].scenario.sensitive ? "sensitive" : "standard",
                summaries[i].scenario.people);
    }
    fprintf(out, "\n|---|---|---|---|---|\n");
    ROW("worlds", "0", s->worlds);
    ROW("**Isolations** (true claims of exactly one person)", "0", s->product.isolations);
    ROW("claims", "0", s->product.claims);
    ROW("equations tried", "0", s->product.equations);
    ROW("surest of them", "2", s->product.surest);
    ROW("**Realistic attacker**: advantage", "3", s->realistic);
    ROW("the same with labels given by a coin", "3", s->realistic_chance);
    ROW("**Omniscient attacker**, all slices: mean", "3", s->omniscient[DISTANCE_JOINT]);
    ROW("nine tenths of people are below", "3", s->omniscient_p90);
    ROW("largest", "3", s->omniscient_max);
    ROW("people whose presence is certain (above 0.99)", "%", s->certain);
    ROW("slice \"all\" alone: mean", "3", s->omniscient[DISTANCE_ALL]);
    ROW("she marked 3 cells: mean", "3", s->by_cells[3]);
    ROW("she marked 6 cells: mean", "3", s->by_cells[6]);
    ROW("long worlds: mean", "3", s->omniscient_long);
    ROW("without the session rule: mean", "3", s->omniscient[DISTANCE_NO_SESSION_RULE]);
    ROW("without it: presence is certain", "%", s->certain_no_rule);
    ROW("nothing passed up, base cells alone: mean", "3", s->omniscient[DISTANCE_NO_RESIDUE]);
    ROW("she marked 8 cells, as many as count: mean", "3", s->omniscient[DISTANCE_FULL_CAP]);
    ROW("she marked 24 places more, no cap: mean", "3", s->omniscient[DISTANCE_NO_CAP]);
    ROW("**Top ten** of 1 km squares", "2", s->top10_km);
    ROW("of base cells", "2", s->top10_base);
    ROW("**Coverage**", "%", s->coverage);
    ROW("leaves, mean", "0", s->leaves);
    ROW("**Asked again**: repeats in other orders", "0", s->averaging.repeats);
    ROW("that were not the same", "0", s->averaging.different);
    ROW("the same people through other slices and places", "0", s->averaging.equivalents);
    ROW("with another value", "0", s->averaging.unequal);
    ROW("**Random polygons** over the leaves", "0", s->polygons.polygons);
    ROW("leaves of \"all\"", "0", s->polygons.leaves);
    ROW("largest answer that the leaves do not foretell, 10^-9 people", "3", s->polygons.worst_answer * 1e9);
    snapshot_rows(summaries, count, out);
    weakened_rows(summaries, count, out);
    fputc('\n', out);
}

// What was hoped for, and whether it came so: told, never a failure.
void report_goals(const struct summary *summaries, unsigned count, FILE *out)
{
    for (unsigned i = 0; i < count; i++) {
        const struct summary *s = &summaries[i];
        bool sensitive = s->scenario.sensitive;
        struct {
            const char *what;
            double value, goal;
            bool above;
        } goals[] = {{"isolations", (double)s->product.isolations, 0, false},
                     {"realistic advantage", s->realistic, sensitive ? 0.05 : 0.08, false},
                     {"omniscient mean, all slices", s->omniscient[DISTANCE_JOINT], sensitive ? 0.20 : 0.30, false},
                     {"omniscient mean, slice \"all\"", s->omniscient[DISTANCE_ALL], sensitive ? 0.20 : 0.30, false},
                     {"top ten", s->top10_km, 0.8, true},
                     {"coverage", s->coverage, 0.95, true}};
        for (unsigned goal = 0; goal < sizeof(goals) / sizeof(*goals); goal++) {
            bool reached = goals[goal].above ? goals[goal].value >= goals[goal].goal
                                             : goals[goal].value <= goals[goal].goal;
            fprintf(out, "%s, %u people: %s %.3f, expected %s %.2f: %s\n", sensitive ? "sensitive" : "standard",
                    s->scenario.people, goals[goal].what, goals[goal].value,
                    goals[goal].above ? "at least" : "at most", goals[goal].goal,
                    reached ? "reached" : "NOT reached");
        }
    }
}

struct checker {
    FILE *out;
    const char *name;
    unsigned passed, failed;
};
static void check(struct checker *checker, bool holds, const char *sentence)
{
    fprintf(checker->out, "%s %u - %s: %s\n", holds ? "ok" : "not ok", checker->passed + checker->failed + 1,
            checker->name, sentence);
    checker->passed += holds;
    checker->failed += !holds;
}
static void check_strong(struct checker *checker, const struct summary *s)
{
    double joint = s->omniscient[DISTANCE_JOINT];
    check(checker, s->models_agree, "the method written a second time gives the same leaves");
    check(checker, s->noise_agrees, "the noise has the stated distribution");
    check(checker, s->all_likely, "what is shown is possible under the method");
    check(checker, s->product.equations > 0 && s->product.isolations == 0, "nobody is isolated by differences");
    check(checker, s->product.claims == 0, "no difference even looks like one person");
    check(checker, s->averaging.repeats > 0 && s->averaging.different == 0, "asking again gives the same bytes");
    check(checker, s->averaging.equivalents > 0 && s->averaging.unequal == 0,
          "the same people have the same value in any slice and place");
    check(checker, s->averaging.fixed_100 < 0.35, "the mean of many answers tells no more than one");
    check(checker, s->polygons.worst_answer < 1e-6, "polygons give back the leaves and nothing else");
    check(checker, s->realistic < 0.25, "the realistic attacker hardly knows who was there");
    check(checker, joint > 0.05 && joint < (s->scenario.sensitive ? 0.6 : 0.85),
          "the omniscient attacker is not sure who was there");
    check(checker, s->coverage > (s->scenario.people == 60 ? 0.7 : 0.9), "most marks are behind a value");
    check(checker, s->top10_km > (s->scenario.people == 60 ? 0.4 : 0.6), "the densest squares are found");
    check(checker, s->snapshots[INSERTS_PAST].visible * 4 < s->snapshots[INSERTS_NO_PAST].visible * 3,
          "an edition that knows the last one shows fewer single arrivals");
}
static void check_weakened(struct checker *checker, const struct summary *s)
{
    check(checker, s->no_noise.isolations > 0, "without noise, differences isolate people");
    check(checker, s->no_floor_people > 0.2, "without floor, noise and sessions, leaves are single people");
    check(checker, s->averaging.rotated_20 > 0.4 && s->averaging.rotated_100 > 0.7,
          "with a key for each edition, the mean is the count");
    check(checker, s->singled[4] > 0.8, "live data with a floor of five single people out");
    check(checker, s->tracked > 0.99, "live data give small cells away to padded sets");
    check(checker, s->snapshots[INSERTS_NO_NOISE].exact * 2 > s->snapshots[INSERTS_NO_NOISE].inserts,
          "without noise, each arrival is seen where it was");
}
unsigned report_checks(const struct summary *summaries, unsigned count, FILE *out, unsigned *out_passed)
{
    struct checker checker = {.out = out};
    for (unsigned i = 0; i < count; i++) {
        char name[48];
        snprintf(name, sizeof(name), "%s, %u people", summaries[i].scenario.sensitive ? "sensitive" : "standard",
                 summaries[i].scenario.people);
        checker.name = name;
        check_strong(&checker, &summaries[i]);
        check_weakened(&checker, &summaries[i]);
    }
    *out_passed = checker.passed;
    return checker.failed;
}

static void json_case(const struct summary *s, FILE *out)
{
    const struct snapshots *no_noise = &s->snapshots[INSERTS_NO_NOISE];
    fprintf(out, "    {\n      \"profile\": \"%s\",\n      \"people\": %u,\n      \"worlds\": %u,\n",
            s->scenario.sensitive ? "sensitive" : "standard", s->scenario.people, s->worlds);
    fprintf(out, "      \"isolations\": %llu,\n", (unsigned long long)s->product.isolations);
    fprintf(out, "      \"realistic\": %.3f,\n", s->realistic);
    fprintf(out, "      \"omniscient_mean\": %.3f,\n      \"omniscient_max\": %.3f,\n", s->omniscient[DISTANCE_JOINT],
            s->omniscient_max);
    fprintf(out, "      \"omniscient_all\": %.3f,\n      \"omniscient_certain\": %.3f,\n", s->omniscient[DISTANCE_ALL],
            s->certain);
    fprintf(out, "      \"top10\": %.3f,\n      \"coverage\": %.3f,\n", s->top10_km, s->coverage);
    fprintf(out, "      \"weakened\": {\n");
    fprintf(out, "        \"no_noise\": {\"isolations\": %llu, \"worlds\": %u, \"people\": %.3f, \"arrivals\": %.3f},\n",
            (unsigned long long)s->no_noise.isolations, s->no_noise_worlds, s->no_noise_people,
            ratio((double)no_noise->exact, (double)no_noise->inserts));
    fprintf(out, "        \"no_floor\": {\"isolations\": %llu, \"people\": %.3f},\n",
            (unsigned long long)s->no_floor.isolations, s->no_floor_people);
    fprintf(out, "        \"rotated_key\": {\"recovered_20\": %.3f, \"recovered_100\": %.3f},\n",
            s->averaging.rotated_20, s->averaging.rotated_100);
    fprintf(out, "        \"live_filters\": {\"filters\": %.3f, \"polygons\": %.3f, \"updates\": %.3f, \"any\": %.3f}\n",
            s->singled[0], s->singled[2], s->singled[3], s->singled[4]);
    fprintf(out, "      }\n    }");
}
void report_json(const struct summary *summaries, unsigned count, const char *made, FILE *out)
{
    fprintf(out, "{\n  \"made\": \"%s\",\n  \"worlds\": %u,\n  \"cases\": [\n", made, summaries[0].worlds);
    for (unsigned i = 0; i < count; i++) {
        json_case(&summaries[i], out);
        fprintf(out, i + 1 < count ? ",\n" : "\n");
    }
    fprintf(out, "  ]\n}\n");
}
