// SPDX-License-Identifier: AGPL-3.0-or-later
// The settings: one table gives the flag (--port), the environment variable (REPERE_PORT), the key in
// <data folder>/repere.conf (port = 8080), the default, what is allowed and the help. A flag goes
// before the environment, the environment before the file.
#ifndef REPERE_CONFIG_H
#define REPERE_CONFIG_H
#include "base/err.h"
#include <stdio.h>

enum setting {
    SETTING_DATA,
    SETTING_ADDRESS,
    SETTING_PORT,
    SETTING_ORIGIN,
    SETTING_TLS_CERT,
    SETTING_TLS_KEY,
    SETTING_HTTP_PORT,
    SETTING_HOST_NAMES,
    SETTING_WORKERS,
    SETTING_IO_THREADS,
    SETTING_CONNECTIONS_MAX,
    SETTING_KEEP_DAYS,
    SETTING_LOG_LEVEL,
    SETTING_PUBLISHED_ONLY,
    SETTING_COUNT
};
enum { SETTING_TEXT_SIZE = 1024 };

struct config {
    char values[SETTING_COUNT][SETTING_TEXT_SIZE];
    int ranks[SETTING_COUNT]; // where each value comes from: default, file, environment, flag
};

/** Every setting at its default. */
void config_init(struct config *config);
/** The setting of a flag ("--port"); SETTING_COUNT when there is none. */
enum setting config_flag(const char *flag);
/** A value from the command line. Errors: BAD_FIELD (fault: the flag and what is allowed). */
enum err config_set(struct config *config, enum setting setting, const char *value,
                    struct fault *fault);
/** Then the environment and, in the data folder it leads to (or the folder of what alone is served),
 *  repere.conf when there is one.
 *  Errors: BAD_FIELD (fault: the variable, or file and line), IO. */
enum err config_complete(struct config *config, struct fault *fault);

const char *config_text(const struct config *config, enum setting setting);
unsigned config_number(const struct config *config, enum setting setting);
/** One line or two a setting. */
void config_help(FILE *out);
#endif
