// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere withdraw`: deletes all that came from the holder of a receipt. Works beside a running
// server.
#include "cli/cli.h"
#include "service/asset_ends.h"
#include "service/participant_service.h"

#include <stdio.h>
#include <unistd.h>

enum { SCRUB_TRIES = 60, LOCK_WAIT_MS = 15000 };

static enum err withdraw(struct cli *cli, struct cli_store *store) {
    struct withdrawn withdrawn;
    enum err err = participant_withdraw(&store->context, cli->arguments[0], &cli->arena, &cli->fault,
                                        &withdrawn);
    if (err == ERR_BAD_CREDENTIALS)
        return fault_set(&cli->fault, err, "receipt", "is not one of this store's");
    if (err == ERR_OK)
        printf("withdrawn: %zu contributions\n", withdrawn.count);
    return err;
}

/* Of what was shared with everybody. Done here in case no server runs; one that does may be first.
 */
static enum err take_down(struct cli *cli, struct cli_store *store) {
    struct fault fault = {0};
    enum err err = asset_ends_work(&store->context, LOCK_WAIT_MS, &fault);
    if (err)
        fault_set(&cli->fault, err, "editions",
                  "what came from her is deleted, but an edition that was published may still hold "
                  "a place she "
                  "shared until the server takes it down: %s",
                  fault.why);
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
    enum err editions = take_down(cli, &store);
    err = err ? err : editions;
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
