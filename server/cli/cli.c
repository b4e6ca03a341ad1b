// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading the command line, and what the commands share.
#include "cli/cli.h"

#include "base/log.h"
#include "data_folder.h"
#include "service/limiter.h"
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct command *const commands[] = {
    &command_init,    &command_serve,    &command_user,   &command_backup,
    &command_restore, &command_withdraw, &command_import, &command_export, &command_publish,
    &command_basemap,
    &command_doctor,
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void help_head(const struct command *command) {
    printf("  repere %s%s%s\n      %s\n", command->name, *command->arguments ? " " : "",
           command->arguments, command->summary);
}

/* `repere COMMAND --help`: its own options. */
static int help_command(const struct command *command) {
    help_head(command);
    for (const struct cli_option *option = command->options; option->flag; option++) {
        char flag[64];
        snprintf(flag, sizeof flag, "%s%s%s", option->flag, option->value ? " " : "",
                 option->value ? option->value : "");
        printf("  %-24s %s\n", flag, option->help);
    }
    printf("`repere --help` lists the settings that every command takes.\n");
    return 0;
}

static int help(void) {
    printf("repere %s: a participatory mapping server\n\n", REPERE_VERSION);
    for (int i = 0; i < COMMAND_COUNT; i++)
        help_head(commands[i]);
    printf("\n`repere COMMAND --help` lists a command's own options.\n\nSettings, for every command "
           "(also as environment variables, or in the data folder's repere.conf):\n");
    config_help(stdout);
    return 0;
}

static int option_index(const struct command *command, const char *flag) {
    for (int i = 0; i < CLI_OPTIONS_MAX && command->options[i].flag; i++)
        if (strcmp(command->options[i].flag, flag) == 0)
            return i;
    return -1;
}

const char *cli_option(const struct cli *cli, const char *flag) {
    int index = option_index(cli->command, flag);
    return index < 0 ? NULL : cli->options[index];
}

void cli_put(FILE *to, const char *text) {
    for (; *text; text++)
        putc((unsigned char)*text < ' ' || *text == 127 ? ' ' : *text, to);
}

enum err cli_misused(struct cli *cli, const char *where, const char *why) {
    cli->misused = true;
    return fault_set(&cli->fault, ERR_BAD_PARAMETER, where, "%s", why);
}

/* A flag of the command or a setting, with its value behind `=` or as the next word. */
static enum err read_flag(struct cli *cli, int argc, char **argv, int *at) {
    char flag[64];
    const char *equals = strchr(argv[*at], '=');
    const char *value = equals ? equals + 1 : NULL;
    int len = equals ? (int)(equals - argv[*at]) : (int)strlen(argv[*at]);
    snprintf(flag, sizeof flag, "%.*s", len, argv[*at]);
    enum setting setting = config_flag(flag);
    int option = option_index(cli->command, flag);
    bool wants_value =
        setting != SETTING_COUNT || (option >= 0 && cli->command->options[option].value);
    if (setting == SETTING_COUNT && option < 0)
        return cli_misused(cli, flag, "is not known; try `repere --help`");
    if (!wants_value && value)
        return cli_misused(cli, flag, "takes no value");
    if (wants_value && !value) {
        if (*at + 1 >= argc)
            return cli_misused(cli, flag, "needs a value");
        value = argv[++*at];
    }
    if (option >= 0) {
        cli->options[option] = value ? value : "";
        return ERR_OK;
    }
    cli->misused = true;
    enum err err = config_set(&cli->config, setting, value, &cli->fault);
    cli->misused = err != ERR_OK;
    return err;
}

static enum err read_words(struct cli *cli, int argc, char **argv) {
    enum err err = ERR_OK;
    for (int i = 2; i < argc && err == ERR_OK; i++) {
        if (argv[i][0] == '-' && argv[i][1])
            err = read_flag(cli, argc, argv, &i);
        else if (cli->argument_count < cli->command->arguments_max)
            cli->arguments[cli->argument_count++] = argv[i];
        else
            err = cli_misused(cli, argv[i], "is one word too many");
    }
    if (err == ERR_OK && cli->argument_count < cli->command->arguments_min)
        err = cli_misused(cli, "takes", cli->command->arguments);
    return err;
}

static enum log_level log_level(const struct config *config) {
    static const char *const words[] = {"error", "warn", "info", "debug"};
    int level = 0;
    while (level < LOG_DEBUG && strcmp(words[level], config_text(config, SETTING_LOG_LEVEL)) != 0)
        level++;
    return (enum log_level)level;
}

const char *cli_advice(enum err err) {
    switch (err) {
    case ERR_DISK_FULL:
        return "Make room there first.";
    case ERR_READ_ONLY:
        return "Use the account that owns the folder, or give it to this one (chown -R).";
    case ERR_LOCKED:
        return "End that one first.";
    case ERR_NEWER_DATABASE:
        return "Use the newer program that wrote it.";
    default:
        return NULL;
    }
}

static int run(struct cli *cli, int argc, char **argv) {
    enum err err = read_words(cli, argc, argv);
    if (err == ERR_OK)
        err = config_complete(&cli->config, &cli->fault);
    if (err == ERR_OK) {
        log_set_level(log_level(&cli->config));
        db_setup();
        err = secret_init();
    }
    if (err == ERR_OK)
        err = cli->command->run(cli);
    if (err == ERR_OK)
        return 0;
    fflush(stdout); // what the line speaks of stands above it, also in a file
    fprintf(stderr, "repere %s: ", cli->command->name);
    if (cli->fault.why[0]) {
        cli_put(stderr, cli->fault.where);
        fputs(": ", stderr);
    }
    cli_put(stderr, cli->fault.why[0] ? cli->fault.why : err_text(err));
    const char *advice = cli_advice(err);
    fprintf(stderr, "%s%s\n", advice ? ". " : "", advice ? advice : "");
    return cli->misused ? 2 : 1;
}

int cli_main(int argc, char **argv) {
    struct cli cli = {0};
    umask(077); // nobody else on the machine reads what is made
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0))
        return help();
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        puts("repere " REPERE_VERSION);
        return 0;
    }
    for (int i = 0; argc > 1 && i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, argv[1]) == 0)
            cli.command = commands[i];
    if (!cli.command) {
        fprintf(stderr, "repere: %s%s; try `repere --help`\n",
                argc > 1 ? "there is no command " : "which command?", argc > 1 ? argv[1] : "");
        return 2;
    }
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return help_command(cli.command);
    arena_init(&cli.arena);
    config_init(&cli.config);
    int status = run(&cli, argc, argv);
    arena_fini(&cli.arena);
    return status;
}

/* A command may bring an older store up to date, but for one that a server holds: it did so itself. */
static enum err bring_up_to_date(const char *path, enum db_mode mode, struct fault *fault) {
    enum err err = migrate(path, false, fault);
    bool held = err == ERR_LOCKED && mode != DB_WRITE;
    bool only_read = err == ERR_READ_ONLY && mode == DB_READ;
    return held || only_read ? ERR_OK : err;
}

enum err cli_store_open(struct cli *cli, enum db_mode mode, struct cli_store *out) {
    char path[DATA_PATH_SIZE];
    const char *folder = config_text(&cli->config, SETTING_DATA);
    struct cli_store store = {0};
    enum err err = data_folder_path(folder, DATA_STORE, path);
    if (err == ERR_OK)
        err = bring_up_to_date(path, mode, &cli->fault);
    if (err == ERR_NOT_FOUND)
        return fault_set(&cli->fault, err, folder,
                         "is no data folder: `repere init --data %s` makes one", folder);
    if (err == ERR_OK)
        err = db_open(path, mode, &cli->fault, &store.context.db);
    if (err == ERR_OK)
        err = data_folder_keys(folder, store.context.db, &store.keys, &cli->fault);
    if (err == ERR_OK)
        err = limiter_new(&store.context.limiter);
    if (err == ERR_OK)
        err = crs_open(&store.context.crs);
    if (err) {
        cli_store_close(&store);
        return err;
    }
    *out = store;
    out->context.keys = &out->keys;
    out->context.data_folder = folder;
    cli->fault = (struct fault){0};
    return ERR_OK;
}

void cli_store_close(struct cli_store *store) {
    crs_close(store->context.crs);
    limiter_free(store->context.limiter);
    db_close(store->context.db);
    secret_wipe(&store->keys, sizeof store->keys);
}

enum err cli_transaction(struct cli_store *store,
                         enum err (*work)(struct cli *, struct cli_store *), struct cli *cli) {
    enum err err = db_begin(store->context.db);
    if (err)
        return err;
    err = work(cli, store);
    if (err == ERR_OK)
        err = db_commit(store->context.db);
    if (err)
        db_rollback(store->context.db);
    return err;
}
