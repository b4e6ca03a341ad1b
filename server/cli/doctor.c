// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere doctor`: looks the installation over and says what to do. Each check is one line or a few; the
// status is 1 when any of them found something that keeps a session from being held.
#include "base/log.h"
#include "cli/doctor.h"

#include <stdio.h>

void doctor_good(const char *what, const char *detail) {
    printf("ok    %s: %s\n", what, detail);
}

void doctor_note(const char *what, const char *detail, const char *advice) {
    printf("note  %s: %s. %s\n", what, detail, advice);
}

void doctor_bad(struct doctor *doctor, const char *what, const char *detail, const char *advice) {
    printf("BAD   %s: %s. %s\n", what, detail, advice);
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
