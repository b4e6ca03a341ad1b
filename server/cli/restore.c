// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere restore`: puts a backup in the place of the store. The file is checked first, and a store
// that is there is replaced only when asked. No server may run meanwhile.
#include "cli/cli.h"
#include "data_folder.h"
#include "store/db_restore.h"

#include <stdio.h>

static enum err run(struct cli *cli) {
    const char *folder = config_text(&cli->config, SETTING_DATA);
    bool replace = cli_option(cli, "--replace") != NULL;
    char path[DATA_PATH_SIZE];
    enum err err = data_folder_make(folder, &cli->fault);
    if (err == ERR_OK)
        err = data_folder_path(folder, DATA_STORE, path);
    if (err)
        return err;
    err = db_restore(cli->arguments[0], path, replace, &cli->fault);
    if (err == ERR_CONFLICT)
        return fault_set(&cli->fault, err, path,
                         "is there already; --replace puts the backup in its place");
    if (err == ERR_OK)
        printf("restored %s\n", path);
    return err;
}

const struct command command_restore = {
    .name = "restore",
    .arguments = "FILE",
    .summary = "Puts a backup, checked first, in the place of the store.",
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
    .options = {{"--replace", NULL, "replaces the store that is there"}},
};
