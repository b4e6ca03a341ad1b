// SPDX-License-Identifier: AGPL-3.0-or-later
// The rows of the route table that are ROUTE_PUBLIC, which hold nothing private: editions, base maps,
// schemas, the API's description, health. Their handlers get a context without a store.
#include "published_app.h"

#include "api/routes.h"
#include "data_folder.h"
#include "embedded.h"
#include "listening.h"
#include "model/role.h"
#include "publish/published.h"
#include "service/basemaps.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct published_app {
    const struct config *config;
    char editions[DATA_PATH_SIZE], basemaps[DATA_PATH_SIZE];
    struct context context; // of base maps and schemas; no store in it
    struct route *rows;
    size_t row_count;
    struct asset *assets;
    size_t asset_count;
    struct server *server;
};

/* ---- hooks of http/server.h; `owner` is the app ---- */

static enum err worker_open(void *owner, void **out) {
    *out = &((struct published_app *)owner)->context;
    return ERR_OK;
}

/* There are no accounts here. */
static enum err authenticate(void *owner, void *worker, const char *bearer, const char *cookie,
                             struct principal *out) {
    (void)owner, (void)worker, (void)bearer, (void)cookie;
    *out = (struct principal){.roles = ROLE_ANYONE};
    return ERR_OK;
}

/* ---- what is served ---- */

static enum err choose_rows(struct published_app *app) {
    struct route_table all = api_routes();
    app->rows = calloc(all.count, sizeof *app->rows);
    if (!app->rows)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < all.count; i++)
        if (all.rows[i].flags & ROUTE_PUBLIC)
            app->rows[app->row_count++] = all.rows[i];
    return ERR_OK;
}

/* Files with hashed names hold no page; of the pages, those for planners. */
static bool is_for_planners(const char *path) {
    static const char *const pages[] = {"/plan", "/embed", "/protection"};
    bool known = strncmp(path, "/assets/", 8) == 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        known = known || strcmp(path, pages[i]) == 0;
    return known;
}

static enum err choose_assets(struct published_app *app) {
    app->assets = calloc(embedded_asset_count + 1, sizeof *app->assets);
    if (!app->assets)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < embedded_asset_count; i++) {
        const struct asset *asset = &embedded_assets[i];
        if (!is_for_planners(asset->path))
            continue;
        app->assets[app->asset_count++] = *asset;
        if (strcmp(asset->path, "/plan") == 0) {
            app->assets[app->asset_count] = *asset;
            app->assets[app->asset_count++].path = "/";
        }
    }
    return ERR_OK;
}

/* A copy of a data folder without its store has the editions in a sub-folder; a folder that was made for
 * them has them in itself. */
static enum err find_folders(struct published_app *app, struct fault *fault) {
    const char *folder = config_text(app->config, SETTING_PUBLISHED_ONLY);
    struct stat info;
    if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode))
        return fault_set(fault, ERR_NOT_FOUND, "--published-only", "there is no such folder");
    enum err err = data_folder_path(folder, DATA_BASEMAPS, app->basemaps);
    if (err == ERR_OK)
        err = data_folder_path(folder, DATA_EDITIONS, app->editions);
    if (err == ERR_OK && (stat(app->editions, &info) != 0 || !S_ISDIR(info.st_mode)))
        err = data_folder_path(folder, ".", app->editions);
    return err;
}

static enum err open_folders(struct published_app *app) {
    struct context *context = &app->context;
    context->schemas = embedded_schemas;
    enum err err = basemaps_open(app->basemaps, &context->basemaps);
    if (err == ERR_OK)
        err = published_open(app->editions, &context->published);
    if (err == ERR_OK)
        err = published_watch(context->published, LISTENING_EDITIONS_EVERY_MS);
    return err;
}

static enum err start_server(struct published_app *app, struct fault *fault) {
    struct route_table routes = {.rows = app->rows, .count = app->row_count};
    // whatever name it is asked by: what it serves is open to the pages of any host
    struct server_options options = {.assets = app->assets, .asset_count = app->asset_count};
    struct server_hooks hooks = {
        .owner = app, .worker_open = worker_open, .authenticate = authenticate, .quick = &app->context};
    return listening_start(app->config, &options, &routes, &hooks, app->context.published, fault,
                           &app->server);
}

enum err published_app_start(const struct config *config, struct fault *fault,
                             struct published_app **out) {
    struct published_app *app = calloc(1, sizeof *app);
    if (!app)
        return ERR_NO_MEMORY;
    app->config = config;
    enum err err = find_folders(app, fault);
    if (err == ERR_OK)
        err = open_folders(app);
    if (err == ERR_OK)
        err = choose_rows(app);
    if (err == ERR_OK)
        err = choose_assets(app);
    if (err == ERR_OK)
        err = start_server(app, fault);
    if (err == ERR_OK)
        *out = app;
    else
        published_app_stop(app);
    return err;
}

const struct server *published_app_server(const struct published_app *app) {
    return app->server;
}

void published_app_stop(struct published_app *app) {
    if (!app)
        return;
    if (app->server)
        server_stop(app->server, LISTENING_GRACE_MS);
    published_close(app->context.published);
    basemaps_close(app->context.basemaps);
    free(app->assets);
    free(app->rows);
    free(app);
}
