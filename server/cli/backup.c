// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere backup`: a copy of the store, also while the server runs. The keys are not in it: without
// them the copy's join codes and receipts are of no use to whoever finds it.
#include "cli/cli.h"

#include <stdio.h>

static enum err run(struct cli *cli) {
    struct cli_store store;
    enum err err = cli_store_open(cli, DB_READ, &store);
    if (err)
        return err;
    err = db_backup(store.context.db, cli->arguments[0], &cli->fault);
    cli_store_close(&store);
    if (err == ERR_OK)
        printf("copied to %s; keep it under lock and delete it after 30 days\n", cli->arguments[0]);
    return err;
}

const struct command command_backup = {
    .name = "backup",
    .arguments = "FILE",
    .summary = "Copies the store, as it is now, into a new file.",
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
