// SPDX-License-Identifier: AGPL-3.0-or-later
// attack [--full] [--worlds N] [--json FILE]: runs every attack on the standard and the sensitive profile, with
// 300 and with 60 people, in two processes. Without --full, small: the seeds are fixed, so the result is too.
#include "report.h"
#include "base/secret.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES = 2, SCENARIOS = 4 };
static const struct scenario scenarios[SCENARIOS] = {{false, 300}, {true, 300}, {false, 60}, {true, 60}};
static const struct effort small = {.worlds = 24, .long_worlds = 4, .repeats = 200, .polygons = 2000, .inserts = 15,
                                    .draws = 4, .long_draws = 16, .trials = 1};
static const struct effort full = {.worlds = 1000, .long_worlds = 40, .repeats = 10000, .polygons = 10000,
                                   .inserts = 30, .draws = 4, .long_draws = 64, .trials = 10};

static bool run(const struct effort *effort, struct trial *trials)
{
    pid_t children[PROCESSES];
    for (unsigned process = 0; process < PROCESSES; process++) {
        children[process] = fork();
        if (children[process] < 0) {
            return false;
        }
        if (children[process] == 0) {
            // the first world is the slowest: each scenario's goes to another process than the one before
            for (unsigned i = 0; i < SCENARIOS * effort->worlds; i++) {
                unsigned scenario = i / effort->worlds, world = i % effort->worlds;
                if ((world + scenario) % PROCESSES == process) {
                    trial_run(&scenarios[scenario], effort, world, &trials[i]);
                }
            }
            _exit(0);
        }
    }
    bool well = true;
    for (unsigned process = 0; process < PROCESSES; process++) {
        int status = 0;
        well = waitpid(children[process], &status, 0) > 0 && status == 0 && well;
    }
    return well;
}
static bool write_json(const struct summary *summaries, const char *path)
{
    char made[16];
    time_t now = time(NULL);
    struct tm today;
    strftime(made, sizeof(made), "%Y-%m-%d", gmtime_r(&now, &today));
    FILE *file = fopen(path, "w");
    if (!file) {
        return false;
    }
    report_json(summaries, SCENARIOS, made, file);
    return fclose(file) == 0;
}
int main(int argc, char **argv)
{
    struct effort effort = small;
    const char *json = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--full") == 0) {
            effort = full;
        } else if (strcmp(argv[i], "--worlds") == 0 && i + 1 < argc) {
            effort.worlds = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--json") == 0 && i + 1 < argc) {
            json = argv[++i];
        } else {
            fprintf(stderr, "usage: attack [--full] [--worlds N] [--json FILE]\n");
            return 2;
        }
    }
    if (secret_init() != ERR_OK || effort.worlds < 2 || effort.worlds > 100000) {
        return 2;
    }
    size_t size = (size_t)SCENARIOS * effort.worlds * sizeof(struct trial);
    struct trial *trials = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (trials == MAP_FAILED || !run(&effort, trials)) {
        fprintf(stderr, "attack: a run did not end well\n");
        return 2;
    }
    struct summary summaries[SCENARIOS];
    for (unsigned i = 0; i < SCENARIOS; i++) {
        report_summarise(&scenarios[i], trials + (size_t)i * effort.worlds, effort.worlds, &summaries[i]);
    }
    munmap(trials, size);
    report_table(summaries, SCENARIOS, stdout);
    report_goals(summaries, SCENARIOS, stdout);
    if (json && !write_json(summaries, json)) {
        fprintf(stderr, "attack: %s cannot be written\n", json);
        return 2;
    }
    unsigned passed = 0, failed = report_checks(summaries, SCENARIOS, stdout, &passed);
    printf("# pass %u\n# fail %u\n# skipped 0\n", passed, failed);
    return failed > 0;
}
