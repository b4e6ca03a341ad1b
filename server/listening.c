// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listening.h"

#include "api/edition_request.h"
#include "embedded.h"
#include "model/role.h"
#include "publish/published.h"

static uint64_t generation_of_published(void *published) {
    return published_generation(published);
}

static const char *name_of_role(unsigned bit) {
    return role_name((enum role)bit);
}

enum err listening_start(const struct config *config, struct server_options *options,
                         const struct route_table *routes, struct server_hooks *hooks,
                         struct published *published, struct fault *fault, struct server **out) {
    const char *origin = config_text(config, SETTING_ORIGIN);
    options->address = config_text(config, SETTING_ADDRESS);
    options->port = (uint16_t)config_number(config, SETTING_PORT);
    options->io_threads = config_number(config, SETTING_IO_THREADS);
    options->workers = config_number(config, SETTING_WORKERS);
    options->connections_max = config_number(config, SETTING_CONNECTIONS_MAX);
    options->origin = *origin ? origin : NULL;
    options->schemas = embedded_schemas;
    hooks->published = published;
    hooks->published_generation = generation_of_published;
    hooks->published_advice = edition_advice;
    hooks->role_name = name_of_role;
    enum err err = server_start(options, routes, hooks, fault, out);
    if (err == ERR_CONFLICT)
        return fault_set(fault, err, options->address,
                         "port %u is in use: end the other program or take another --port",
                         options->port);
    return err;
}
