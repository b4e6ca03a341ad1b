// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sub-command is and what it is given. A command is one file that defines `command_<name>`;
// it is listed in cli.c. It returns an error and fills cli->fault; main prints the one line on stderr
// and turns it into the exit status: 0 done, 1 could not be done, 2 not how the command is called.
#ifndef REPERE_CLI_CLI_H
#define REPERE_CLI_CLI_H
#include "base/arena.h"
#include "base/err.h"
#include "config.h"
#include "service/context.h"
#include <stdbool.h>
#include <stdio.h>

struct cli;
enum { CLI_OPTIONS_MAX = 20, CLI_ARGUMENTS_MAX = 200 };

struct cli_option {
    const char *flag;  // "--role"
    const char *value; // as the help calls it; NULL: a switch
    const char *help;
};
struct command {
    const char *name;
    const char *arguments; // "add NAME | link NAME"
    const char *summary;
    int arguments_min, arguments_max;
    enum err (*run)(struct cli *cli);
    struct cli_option options[CLI_OPTIONS_MAX]; // of this command alone, beside the settings
};
extern const struct command command_init, command_serve, command_user, command_backup,
    command_restore, command_withdraw, command_basemap, command_doctor,
    command_import, command_export, command_publish;

struct cli {
    const struct command *command;
    struct config config;
    const char *arguments[CLI_ARGUMENTS_MAX];
    int argument_count;
    const char *options[CLI_OPTIONS_MAX]; // in the order of command->options; a switch is ""
    struct arena arena;
    struct fault fault;
    bool misused; // the fault is about how the command is called
};

/** Runs the program; gives the exit status. */
int cli_main(int argc, char **argv);
/** The value of an option, "" for a switch that is there; NULL when absent. */
const char *cli_option(const struct cli *cli, const char *flag);
/** Writes a text that may be a stranger's, such as an archive's, as a terminal may show it: what would steer the
 *  terminal is a space. */
void cli_put(FILE *to, const char *text);
/** Fills the fault and says that the command was misused. */
enum err cli_misused(struct cli *cli, const char *where, const char *why);

/** What to do about an error whatever it befell, as a sentence; NULL: the fault says what there is to do. */
const char *cli_advice(enum err err);

/** The store and what services need, for a command. */
struct cli_store {
    struct keys keys;
    struct context context;
};
/**
 * Opens the data folder's store, brought up to date first when no server holds it.
 * @param mode DB_WRITE_BESIDE for small changes beside a running server, DB_WRITE for what needs the
 *             folder for itself (imports), DB_READ
 */
enum err cli_store_open(struct cli *cli, enum db_mode mode, struct cli_store *out);
void cli_store_close(struct cli_store *store);
/** Runs `work` in one transaction and commits it. */
enum err cli_transaction(struct cli_store *store, enum err (*work)(struct cli *, struct cli_store *),
                         struct cli *cli);
#endif
