// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere user`: accounts of staff. Works beside a running server.
#include "cli/cli.h"
#include "listening.h"
#include "service/user_service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The first line of standard input, asked for and not shown at a terminal; "" when there is none. */
static enum err read_password(struct cli *cli, const char **out) {
    char *line = NULL;
    size_t size = 0;
    struct termios shown, hidden;
    bool at_terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (at_terminal) {
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        fprintf(stderr, "Password of %s, 15 characters or more: ", cli->arguments[1]);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ssize_t len = getline(&line, &size, stdin);
    if (at_terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    if (len < 0)
        len = 0;
    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    *out = arena_strndup(&cli->arena, line ? line : "", (size_t)len);
    if (line)
        secret_wipe(line, size);
    free(line);
    return *out ? ERR_OK : ERR_NO_MEMORY;
}

static enum err add(struct cli *cli, struct cli_store *store) {
    const char *name = cli->arguments[1], *role = cli_option(cli, "--role"), *password = NULL;
    int64_t id = 0;
    enum err err = ERR_OK;
    if (!role)
        return cli_misused(cli, "--role", "is needed: administrator, facilitator or researcher");
    if (cli_option(cli, "--password-stdin"))
        err = read_password(cli, &password);
    if (err == ERR_OK)
        err = user_add(&store->context, name, role_parse(role), password, &cli->fault, &id);
    if (err == ERR_OK)
        printf("added %s, %s\n", name, role);
    return err;
}

static enum err no_such(struct cli *cli, enum err err) {
    return err == ERR_NOT_FOUND ? fault_set(&cli->fault, err, cli->arguments[1],
                                            "is no account; `repere user list` names them")
                                : err;
}

static enum err link_once(struct cli *cli, struct cli_store *store) {
    char token[SECRET_TOKEN_TEXT_SIZE];
    const char *base = cli_option(cli, "--base-url");
    char url[SETTING_TEXT_SIZE];
    if (base && strncmp(base, "http://", 7) != 0 && strncmp(base, "https://", 8) != 0)
        return cli_misused(cli, "--base-url", "must begin with http:// or https://");
    listening_url(&cli->config, (uint16_t)config_number(&cli->config, SETTING_PORT), url, sizeof url);
    enum err err = user_link(&store->context, cli->arguments[1], token);
    if (err)
        return no_such(cli, err);
    printf("%s/facilitate#link=%s\n", base ? base : url, token);
    return ERR_OK;
}

static enum err set_password(struct cli *cli, struct cli_store *store) {
    const char *password = NULL;
    enum err err = read_password(cli, &password);
    if (err == ERR_OK)
        err = user_set_password(&store->context, cli->arguments[1], password, &cli->fault);
    if (err == ERR_OK)
        printf("changed; %s is signed out everywhere\n", cli->arguments[1]);
    return no_such(cli, err);
}

static enum err disable(struct cli *cli, struct cli_store *store) {
    enum err err = user_disable(&store->context, cli->arguments[1]);
    if (err == ERR_OK)
        printf("%s can no longer sign in\n", cli->arguments[1]);
    return no_such(cli, err);
}

static enum err join(struct cli *cli, struct cli_store *store) {
    const char *project = cli_option(cli, "--project");
    char *end = NULL;
    long long id = project ? strtoll(project, &end, 10) : 0;
    if (id < 1 || *end)
        return cli_misused(cli, "--project", "is needed: the project's number");
    enum err err = user_join_project(&store->context, cli->arguments[1], id);
    if (err == ERR_NOT_FOUND)
        return fault_set(&cli->fault, err, cli->arguments[1], "is no account, or there is no project %lld", id);
    if (err == ERR_OK)
        printf("%s works on project %lld\n", cli->arguments[1], id);
    return err;
}

static enum err list(struct cli *cli, struct cli_store *store) {
    struct staff *staff = NULL;
    size_t count = 0;
    enum err err = user_list(&store->context, &cli->arena, &staff, &count);
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        printf("%s\t%s%s\n", staff[i].name, role_name(staff[i].role),
               staff[i].disabled_ms ? "\tdisabled" : "");
    return err;
}

static const struct {
    const char *word;
    bool named; // takes a NAME
    enum err (*work)(struct cli *cli, struct cli_store *store);
} actions[] = {
    {"add", true, add},         {"link", true, link_once}, {"password", true, set_password},
    {"disable", true, disable}, {"join", true, join},      {"list", false, list},
};
enum { ACTION_COUNT = sizeof actions / sizeof actions[0] };

static enum err run(struct cli *cli) {
    struct cli_store store;
    int at = 0;
    while (at < ACTION_COUNT && strcmp(actions[at].word, cli->arguments[0]) != 0)
        at++;
    if (at == ACTION_COUNT)
        return cli_misused(cli, cli->arguments[0], "is not one of add, link, password, disable, join, list");
    if (actions[at].named != (cli->argument_count == 2))
        return cli_misused(cli, cli->arguments[0],
                           actions[at].named ? "needs a name" : "takes no name");
    enum err err = cli_store_open(cli, DB_WRITE_BESIDE, &store);
    if (err)
        return err;
    err = cli_transaction(&store, actions[at].work, cli);
    cli_store_close(&store);
    return err;
}

const struct command command_user = {
    .name = "user",
    .arguments = "add NAME | link NAME | password NAME | disable NAME | join NAME | list",
    .summary = "Accounts of staff; a link signs in once within a day; password asks for one, or reads a line of "
               "standard input;\n      join puts on a project.",
    .arguments_min = 1,
    .arguments_max = 2,
    .run = run,
    .options = {{"--role", "ROLE", "add: administrator, facilitator or researcher"},
                {"--password-stdin", NULL, "add: asks for a password too, 15 characters or more"},
                {"--base-url", "URL", "link: where the server is reached, http://192.168.1.20:8080"},
                {"--project", "NUMBER", "join: the project, #/project/NUMBER of its page"}},
};
