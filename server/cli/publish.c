// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere publish`: the next edition of a project, or what it would be. Works beside a running server, which
// sees the new file by itself; both hold the project's lock while they publish, so never at once.
#include "base/clock.h"
#include "base/json.h"
#include "cli/cli.h"
#include "model/role.h"
#include "service/asset_ends.h"
#include "service/edition_job.h"
#include "service/publication.h"
#include "service/publication_calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct caller operator= {.roles = ROLE_ANYONE | ROLE_ADMINISTRATOR};

/* ---- what the person said ---- */

static enum err read_project(struct cli *cli, struct edition_order *order) {
    char *end = NULL;
    order->project_id = strtoll(cli->arguments[0], &end, 10);
    return order->project_id > 0 && !*end ? ERR_OK
                                          : cli_misused(cli, "PROJECT", "is an id, as in #/project/ID");
}

static enum err read_overlays(struct cli *cli, struct edition_order *order) {
    const char *text = cli_option(cli, "--overlays");
    while (text && *text) {
        char *end = NULL;
        int64_t id = strtoll(text, &end, 10);
        if (end == text || id < 1 || (*end && *end != ',') || order->overlay_count == EDITION_OVERLAYS_MAX)
            return cli_misused(cli, "--overlays", "is a list of at most 20 ids, such as 1,2");
        order->overlays[order->overlay_count++] = id;
        text = *end ? end + 1 : end;
    }
    return ERR_OK;
}

static enum err read_day(struct cli *cli, struct edition_order *order) {
    const char *text = cli_option(cli, "--on");
    order->day = calendar_day_of(clock_now_ms());
    int64_t today = order->day;
    if (text && !calendar_day_parse(text, &order->day))
        return cli_misused(cli, "--on", "is a day, YYYY-MM-DD");
    if (order->day > today)
        return cli_misused(cli, "--on", "is a day to come");
    return ERR_OK;
}

static enum err tell(void *owner, uint64_t done, uint64_t total) {
    (void)owner;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%d %%%s", (int)(done * 100 / total), done == total ? "\r\033[K" : "");
    return ERR_OK;
}

/* ---- what came of it ---- */

static int64_t whole(const struct json_object *object, const char *key) {
    int64_t number = 0;
    json_integer(json_get(object, key), &number);
    return number;
}

static const char *words(const struct json_object *object, const char *key) {
    size_t len = 0;
    const char *text = json_text(json_get(object, key), &len);
    return text ? text : "";
}

static double coverage_of(const struct json_object *object) {
    double coverage = 0;
    json_number(json_get(object, "coverage"), &coverage);
    return coverage;
}

static void print_exercise(const struct json_object *exercise) {
    const struct json_object *slices = json_get(exercise, "slices");
    printf("%s: %s, %.0f %% of what people marked would be shown\n", words(exercise, "key"),
           words(exercise, "outcome"), coverage_of(exercise) * 100);
    for (size_t i = 0; i < json_length(slices); i++)
        printf("  %-40s %" PRId64 " leaves, %" PRId64 " shown\n", words(json_at(slices, i), "id"),
               whole(json_at(slices, i), "leaves"), whole(json_at(slices, i), "shown"));
    if (json_type_of(json_get(exercise, "people_for_80")) == JSON_NUMBER && whole(exercise, "people_for_80"))
        printf("  some %" PRId64 " people more would bring it to 80 %%\n", whole(exercise, "people_for_80"));
}

static void print_report(const struct json_object *report, bool preview) {
    const struct json_object *exercises = json_get(report, "exercises");
    for (size_t i = 0; i < json_length(exercises); i++)
        print_exercise(json_at(exercises, i));
    if (!preview)
        printf("edition %" PRId64 ": %" PRId64 " leaves, %.0f %% of what people marked is shown: %s\n",
               whole(report, "edition"), whole(report, "leaves"), coverage_of(report) * 100,
               words(report, "url"));
}

static void print_missing(const struct publication *publication) {
    struct fault fault = {0};
    if (publication_allowed(publication, &fault) != ERR_OK)
        printf("missing: %s: %s\n", fault.where, fault.why);
    for (size_t i = 0; i < publication->exercise_count; i++) {
        const struct publication_exercise *exercise = &publication->exercises[i];
        if (exercise->missing_people || exercise->missing_sessions)
            printf("%s: %" PRIu32 " people of %u sessions count; %u more sessions, %" PRIu32
                   " more people are needed; %u sessions wait\n",
                   exercise->key, exercise->people, exercise->counted, exercise->missing_sessions,
                   exercise->missing_people, exercise->waiting);
    }
}

static enum err publish(struct cli *cli, struct context *context, const struct edition_order *order) {
    struct publication publication;
    struct json_object *report = NULL;
    struct buf text;
    buf_init(&text);
    enum err err = edition_make(context, order, &cli->fault, &text);
    if (!err)
        err = json_parse(text.data, text.len, &cli->fault, &report);
    if (!err)
        print_report(report, order->kind == EDITION_PREVIEW);
    bool lacks = err == ERR_TOO_FEW || err == ERR_TOO_EARLY || order->kind == EDITION_PREVIEW;
    if (lacks && publication_read(context, order->project_id, order->day, &cli->arena, &publication) == ERR_OK)
        print_missing(&publication);
    json_free(report);
    buf_fini(&text);
    if (err == ERR_NOT_FOUND && !cli->fault.why[0])
        return fault_set(&cli->fault, err, cli->arguments[0],
                         "is no project of this store; its page has the number, #/project/NUMBER");
    return err;
}

static enum err run(struct cli *cli) {
    struct cli_store store;
    bool preview = cli_option(cli, "--preview") != NULL;
    struct edition_order order = {
        .caller = operator, .kind = preview ? EDITION_PREVIEW : EDITION_PUBLISH, .tell = tell};
    enum err err = read_project(cli, &order);
    if (!err)
        err = read_overlays(cli, &order);
    if (!err)
        err = read_day(cli, &order);
    if (!err)
        err = cli_store_open(cli, preview ? DB_READ : DB_WRITE_BESIDE, &store);
    if (err)
        return err;
    struct fault fault = {0};
    if (!preview && asset_ends_work(&store.context, 0, &fault) != ERR_OK)
        fprintf(stderr, "what is shared no more could not be taken down: %s\n", fault.why);
    err = publish(cli, &store.context, &order);
    cli_store_close(&store);
    return err;
}

const struct command command_publish = {
    .name = "publish",
    .arguments = "PROJECT",
    .summary = "Publishes the next edition of a project; also while the server runs.",
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
    .options =
        {
            {"--overlays", "IDS", "overlays that are given away with it, such as 1,2"},
            {"--on", "DAY", "as it would have been on this past day, YYYY-MM-DD"},
            {"--preview", NULL, "only say what it would be, and what is missing"},
        },
};
