// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere withdraw`: deletes all that came from the holder of a receipt. Works beside a running server.
#include "cli/cli.h"
#include "service/participant_service.h"

#include <stdio.h>
#include <unistd.h>

enum { SCRUB_TRIES = 60 };

static enum err withdraw(struct cli *cli, struct cli_store *store) {
    struct withdrawn withdrawn;
    enum err err =
        participant_withdraw(&store->context, cli->arguments[0], &cli->arena, &withdrawn);
    if (err == ERR_BAD_CREDENTIALS)
        return fault_set(&cli->fault, err, "receipt", "is not one of this store's");
    if (err == ERR_OK)
        printf("withdrawn: %zu contributions\n", withdrawn.count);
    return err;
}

static enum err run(struct cli *cli) {
    struct cli_store store;
    enum err err = cli_store_open(cli, DB_WRITE_BESIDE, &store);
    if (err)
        return err;
    err = cli_transaction(&store, withdraw, cli);
    if (err)
        goto done;
    // a reader of the running server may hold the log for a moment
    err = db_scrub(store.context.db);
    for (int i = 0; err == ERR_BUSY && i < SCRUB_TRIES; i++) {
        sleep(1);
        err = db_scrub(store.context.db);
    }
    if (err == ERR_BUSY)
        fault_set(&cli->fault, err, "store",
                  "they are deleted, but traces stay until the server is started again");
done:
    cli_store_close(&store);
    return err;
}

const struct command command_withdraw = {
    .name = "withdraw",
    .arguments = "RECEIPT",
    .summary = "Deletes all contributions of the holder of a receipt, without traces.",
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
