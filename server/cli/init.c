// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere init`: a new data folder with its store, its secrets and the built-in exercises.
#include "cli/cli.h"
#include "data_folder.h"
#include "embedded.h"
#include "service/exercise_service.h"
#include "store/migrate.h"

#include <stdio.h>

static enum err run(struct cli *cli) {
    const char *folder = config_text(&cli->config, SETTING_DATA);
    char path[DATA_PATH_SIZE];
    struct cli_store store;
    enum err err = data_folder_make(folder, &cli->fault);
    if (err == ERR_OK)
        err = data_folder_path(folder, DATA_STORE, path);
    if (err == ERR_OK)
        err = migrate(path, true, &cli->fault);
    if (err == ERR_CONFLICT)
        return fault_set(&cli->fault, err, path,
                         "there is a store already: `repere serve --data %s` serves it", folder);
    if (err == ERR_OK)
        err = cli_store_open(cli, DB_WRITE, &store);
    if (err)
        return err;
    err = exercise_install_templates(store.context.db, embedded_exercises, &cli->fault);
    cli_store_close(&store);
    if (err == ERR_OK)
        printf("made %s\nnext: repere user add NAME --role facilitator --data %s\n", folder, folder);
    return err;
}

const struct command command_init = {
    .name = "init",
    .arguments = "",
    .summary = "Makes the data folder: an empty store, its keys, the built-in exercises.",
    .run = run,
};
