// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere serve`: the server, until SIGINT or SIGTERM.
#include "app.h"
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static enum err run(struct cli *cli) {
    struct app *app = NULL;
    sigset_t ends;
    int signal_number = 0;
    // blocked here, so that every thread inherits it and the signals wait for sigwait
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a write beyond a limit is an error like a full disk

    enum err err = app_start(&cli->config, &cli->fault, &app);
    if (err)
        return err;
    const char *address = config_text(&cli->config, SETTING_ADDRESS);
    bool is_v6 = strchr(address, ':') != NULL;
    printf("listening on http://%s%s%s:%u\n", is_v6 ? "[" : "", address, is_v6 ? "]" : "",
           app_port(app));
    fflush(stdout);
    sigwait(&ends, &signal_number);
    app_stop(app);
    return ERR_OK;
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "",
    .summary = "Serves the pages and the API until it is told to end (SIGINT, SIGTERM).",
    .run = run,
};
