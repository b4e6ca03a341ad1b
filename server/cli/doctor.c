// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere doctor`: looks the installation over and says what to do. Each check is one line or a few; the
// status is 1 when any of them found something that keeps a session from being held.
#include "base/log.h"
#include "cli/doctor.h"

#include <stdio.h>

/* Archives and certificates say what they like. */
static void tell(const char *kind, const char *what, const char *detail) {
    fputs(kind, stdout);
    cli_put(stdout, what);
    fputs(": ", stdout);
    cli_put(stdout, detail);
}

void doctor_good(const char *what, const char *detail) {
    tell("ok    ", what, detail);
    putchar('\n');
}

void doctor_note(const char *what, const char *detail, const char *advice) {
    tell("note  ", what, detail);
    printf(". %s\n", advice);
}

void doctor_bad(struct doctor *doctor, const char *what, const char *detail, const char *advice) {
    tell("BAD   ", what, detail);
    printf(". %s\n", advice);
    doctor->problems++;
}

static enum err run(struct cli *cli) {
    struct doctor doctor = {.folder = config_text(&cli->config, SETTING_DATA),
                            .config = &cli->config};
    log_set_level(LOG_NOTHING); // its own lines say what failed, and what to do
    if (doctor_folder(&doctor)) {
        doctor_basemaps(&doctor);
        doctor_clock(&doctor);
        doctor_server(&doctor);
        doctor_address(&doctor);
        doctor_certificate(&doctor);
        doctor_secure_context(&doctor);
        doctor_room(&doctor);
    }
    if (doctor.problems)
        return fault_set(&cli->fault, ERR_CONFLICT, doctor.folder, "%d of the checks went badly",
                         doctor.problems);
    return ERR_OK;
}

const struct command command_doctor = {
    .name = "doctor",
    .arguments = "",
    .summary = "Looks the installation over and says what to do.",
    .run = run,
};
