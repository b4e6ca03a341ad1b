// SPDX-License-Identifier: AGPL-3.0-or-later
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum kind { KIND_TEXT, KIND_NUMBER, KIND_ORIGIN, KIND_WORD, KIND_NAMES };
enum rank { RANK_DEFAULT, RANK_FILE, RANK_ENVIRONMENT, RANK_FLAG };

static const struct row {
    const char *name;
    const char *value; // as the help calls it
    const char *fallback;
    enum kind kind;
    long min, max;     // KIND_NUMBER
    const char *words; // KIND_WORD: " a b c "
    const char *help;
} rows[SETTING_COUNT] = {
    [SETTING_DATA] = {"data", "FOLDER", "repere-data", KIND_TEXT, 0, 0, NULL,
                      "the data folder"},
    [SETTING_ADDRESS] = {"address", "ADDRESS", "127.0.0.1", KIND_TEXT, 0, 0, NULL,
                         "where to listen; 0.0.0.0 or :: lets the tablets of a room in"},
    [SETTING_PORT] = {"port", "NUMBER", "8080", KIND_NUMBER, 0, 65535, NULL,
                      "port to listen on; 0 takes a free one"},
    [SETTING_ORIGIN] = {"origin", "URL", "", KIND_ORIGIN, 0, 0, NULL,
                        "the address people type (https://map.example.org), when a proxy stands in front"},
    [SETTING_TLS_CERT] = {"tls-cert", "FILE", "", KIND_TEXT, 0, 0, NULL,
                          "certificate with its chain (PEM): serves https; read again when it changes"},
    [SETTING_TLS_KEY] = {"tls-key", "FILE", "", KIND_TEXT, 0, 0, NULL,
                         "its private key (PEM, without a password)"},
    [SETTING_HTTP_PORT] = {"http-port", "NUMBER", "", KIND_NUMBER, 0, 65535, NULL,
                           "with TLS: a plain port that leads to https; 0 takes a free one"},
    [SETTING_HOST_NAMES] = {"host-names", "NAMES", "", KIND_NAMES, 0, 0, NULL,
                            "names people type (room.example.org,map.lan), beside this machine's own"},
    [SETTING_WORKERS] = {"workers", "NUMBER", "4", KIND_NUMBER, 1, 64, NULL,
                         "threads that answer requests, each with its own connection to the store"},
    [SETTING_IO_THREADS] = {"io-threads", "NUMBER", "2", KIND_NUMBER, 1, 64, NULL,
                            "threads that talk to the network"},
    [SETTING_CONNECTIONS_MAX] = {"connections-max", "NUMBER", "4000", KIND_NUMBER, 1, 100000, NULL,
                                 "connections held at the same time"},
    [SETTING_KEEP_DAYS] = {"keep-days", "NUMBER", "90", KIND_NUMBER, 14, 90, NULL,
                           "days after a session was closed until its contributions are deleted"},
    [SETTING_LOG_LEVEL] = {"log-level", "LEVEL", "info", KIND_WORD, 0, 0, " error warn info debug ",
                           "error, warn, info or debug"},
    [SETTING_PUBLISHED_ONLY] = {"published-only", "FOLDER", "", KIND_TEXT, 0, 0, NULL,
                                "serve the editions of this folder and nothing else: no data folder is opened"},
};

void config_init(struct config *config) {
    memset(config, 0, sizeof *config);
    for (int i = 0; i < SETTING_COUNT; i++)
        snprintf(config->values[i], SETTING_TEXT_SIZE, "%s", rows[i].fallback);
}

static enum setting by_name(const char *name, size_t len) {
    int i = 0;
    while (i < SETTING_COUNT && (strlen(rows[i].name) != len || memcmp(rows[i].name, name, len) != 0))
        i++;
    return (enum setting)i;
}

enum setting config_flag(const char *flag) {
    return strncmp(flag, "--", 2) == 0 ? by_name(flag + 2, strlen(flag + 2)) : SETTING_COUNT;
}

static bool is_origin(const char *value) {
    const char *host = strncmp(value, "https://", 8) == 0  ? value + 8
                       : strncmp(value, "http://", 7) == 0 ? value + 7
                                                           : NULL;
    if (!host || !*host)
        return *value == 0;
    for (; *host; host++)
        if (!isalnum((unsigned char)*host) && !strchr(".-:[]", *host))
            return false;
    return true;
}

/* "room.example.org, map.lan" */
static bool are_names(const char *value) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    bool any = false;
    while (*value) {
        size_t len = strspn(value, allowed);
        value += len;
        if (len == 0 || len > 253 || (*value && *value != ',' && *value != ' '))
            return false;
        value += strspn(value, ", ");
        any = true;
    }
    return any;
}

static bool is_word_of(const char *words, const char *value) {
    char wanted[32];
    if (snprintf(wanted, sizeof wanted, " %s ", value) >= (int)sizeof wanted)
        return false;
    return *value && !strchr(value, ' ') && strstr(words, wanted);
}

static enum err check(const struct row *row, const char *value, const char *where,
                      struct fault *fault) {
    char *end = NULL;
    long number;
    switch (row->kind) {
    case KIND_NUMBER:
        errno = 0;
        number = strtol(value, &end, 10);
        if (!isdigit((unsigned char)*value) || *end || errno || number < row->min ||
            number > row->max)
            return fault_set(fault, ERR_BAD_FIELD, where, "must be a number from %ld to %ld",
                             row->min, row->max);
        return ERR_OK;
    case KIND_ORIGIN:
        if (!is_origin(value))
            return fault_set(fault, ERR_BAD_FIELD, where,
                             "must be scheme and host, like https://map.example.org");
        return ERR_OK;
    case KIND_WORD:
        if (!is_word_of(row->words, value))
            return fault_set(fault, ERR_BAD_FIELD, where, "must be one of%.*s",
                             (int)strlen(row->words) - 1, row->words); // it ends in a space
        return ERR_OK;
    case KIND_NAMES:
        if (!are_names(value))
            return fault_set(fault, ERR_BAD_FIELD, where,
                             "must be host names with commas between, like room.example.org,map.lan");
        return ERR_OK;
    case KIND_TEXT:
        if (!*value)
            return fault_set(fault, ERR_BAD_FIELD, where, "must not be empty");
        if (strncmp(value, "~/", 2) == 0) // --data=~/mapping, or in repere.conf
            return fault_set(fault, ERR_BAD_FIELD, where,
                             "must be a whole path: only a shell knows what ~ is");
        return ERR_OK;
    }
    return ERR_OK;
}

static enum err put(struct config *config, enum setting setting, const char *value, enum rank rank,
                    const char *where, struct fault *fault) {
    enum err err = check(&rows[setting], value, where, fault);
    if (err)
        return err;
    if (strlen(value) >= SETTING_TEXT_SIZE)
        return fault_set(fault, ERR_BAD_FIELD, where, "is too long");
    if ((int)rank >= config->ranks[setting]) {
        snprintf(config->values[setting], SETTING_TEXT_SIZE, "%s", value);
        config->ranks[setting] = (int)rank;
    }
    return ERR_OK;
}

enum err config_set(struct config *config, enum setting setting, const char *value,
                    struct fault *fault) {
    char flag[40];
    snprintf(flag, sizeof flag, "--%s", rows[setting].name);
    return put(config, setting, value, RANK_FLAG, flag, fault);
}

/* REPERE_IO_THREADS */
static void variable_name(const struct row *row, char *out, size_t size) {
    snprintf(out, size, "REPERE_%s", row->name);
    for (; *out; out++)
        *out = *out == '-' ? '_' : (char)toupper((unsigned char)*out);
}

static enum err read_environment(struct config *config, struct fault *fault) {
    enum err err = ERR_OK;
    for (int i = 0; i < SETTING_COUNT && err == ERR_OK; i++) {
        char name[40];
        variable_name(&rows[i], name, sizeof name);
        const char *value = getenv(name);
        if (value)
            err = put(config, (enum setting)i, value, RANK_ENVIRONMENT, name, fault);
    }
    return err;
}

static char *trim(char *text) {
    while (isspace((unsigned char)*text))
        text++;
    size_t len = strlen(text);
    while (len && isspace((unsigned char)text[len - 1]))
        text[--len] = 0;
    return text;
}

/* One line: empty, a comment, or `key = value`. */
static enum err read_line(struct config *config, char *line, const char *where,
                          struct fault *fault) {
    char *text = trim(line), named[96];
    if (!*text || *text == '#')
        return ERR_OK;
    char *equals = strchr(text, '=');
    if (!equals)
        return fault_set(fault, ERR_BAD_FIELD, where, "must read: setting = value");
    *equals = 0;
    const char *key = trim(text);
    enum setting setting = by_name(key, strlen(key));
    if (setting == SETTING_COUNT || setting == SETTING_DATA || setting == SETTING_PUBLISHED_ONLY)
        return fault_set(fault, ERR_BAD_FIELD, where,
                         "there is no setting %s here; `repere --help` lists them", key);
    snprintf(named, sizeof named, "%s, %s", where, rows[setting].name);
    return put(config, setting, trim(equals + 1), RANK_FILE, named, fault);
}

static enum err read_file(struct config *config, struct fault *fault) {
    char path[SETTING_TEXT_SIZE + 16], where[64];
    char *line = NULL;
    size_t size = 0;
    enum err err = ERR_OK;
    const char *published = config->values[SETTING_PUBLISHED_ONLY];
    snprintf(path, sizeof path, "%s/repere.conf",
             *published ? published : config->values[SETTING_DATA]);
    FILE *file = fopen(path, "re");
    if (!file)
        return errno == ENOENT || errno == ENOTDIR
                   ? ERR_OK
                   : fault_set(fault, err_of_errno(errno), path, "%s", strerror(errno));
    for (int number = 1; err == ERR_OK && getline(&line, &size, file) >= 0; number++) {
        snprintf(where, sizeof where, "repere.conf, line %d", number);
        err = read_line(config, line, where, fault);
    }
    if (err == ERR_OK && ferror(file)) // a folder of that name opens, too
        err = fault_set(fault, ERR_IO, path, "%s", strerror(errno));
    free(line);
    fclose(file);
    return err;
}

enum err config_complete(struct config *config, struct fault *fault) {
    enum err err = read_environment(config, fault);
    return err ? err : read_file(config, fault);
}

const char *config_text(const struct config *config, enum setting setting) {
    return config->values[setting];
}

unsigned config_number(const struct config *config, enum setting setting) {
    return (unsigned)strtoul(config->values[setting], NULL, 10);
}

void config_help(FILE *out) {
    for (int i = 0; i < SETTING_COUNT; i++) {
        char flag[64], name[40];
        snprintf(flag, sizeof flag, "--%s %s", rows[i].name, rows[i].value);
        variable_name(&rows[i], name, sizeof name);
        fprintf(out, "  %-24s %s\n", flag, rows[i].help);
        fprintf(out, "  %-24s (%s%s%s)\n", "", name, *rows[i].fallback ? "; default " : "",
                rows[i].fallback);
    }
}
