// SPDX-License-Identifier: AGPL-3.0-or-later
// Starting, in this order: store up to date, writing connection, shared caches, writer, jobs, HTTP workers
// (each opens its reading connection), listening. Stopping, in reverse: nobody new is let in, jobs
// give up, the writer empties its queue, what is under way ends, everything is closed.
#include "app.h"

#include "api/routes.h"
#include "base/log.h"
#include "data_folder.h"
#include "embedded.h"
#include "listening.h"
#include "model/role.h"
#include "publish/published.h"
#include "service/areas.h"
#include "service/asset_ends.h"
#include "service/auth_service.h"
#include "service/basemaps.h"
#include "service/exercise_cache.h"
#include "service/exercise_service.h"
#include "service/heat_service.h"
#include "service/jobs.h"
#include "service/limiter.h"
#include "service/publication_recovery.h"
#include "service/retention.h"
#include "service/uploads.h"
#include "store/migrate.h"
#include "store/writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct app {
    const struct config *config;
    char store_path[DATA_PATH_SIZE], upload_path[DATA_PATH_SIZE];
    struct keys keys;
    struct context writing; // the writer's; also what every reader's begins as
    struct context quick;   // of threads that read no store: what they share and nothing else
    struct writer *writer;
    struct retention *retention;
    struct server *server;
    struct asset_ends ends; // the jobs thread's
};

/* Hooks of http/server.h; `owner` is the app. */

static void worker_close(void *owner, void *worker) {
    struct context *context = worker;
    (void)owner;
    if (!context)
        return;
    crs_close(context->crs);
    db_close(context->db);
    free(context);
}

static enum err worker_open(void *owner, void **out) {
    struct app *app = owner;
    struct fault fault = {0};
    struct context *context = malloc(sizeof *context);
    if (!context)
        return ERR_NO_MEMORY;
    *context = app->writing;
    context->db = NULL;
    context->crs = NULL;
    enum err err = db_open(app->store_path, DB_READ, &fault, &context->db);
    if (err == ERR_OK)
        err = crs_open(&context->crs);
    if (err) {
        log_event(LOG_ERROR, "worker", "%s: %s: %s", err_name(err), fault.where, fault.why);
        worker_close(app, context);
        return err;
    }
    *out = context;
    return ERR_OK;
}

/* An idle worker keeps no read open: a scrub waits for the last one. */
static void worker_rest(void *owner, void *worker) {
    const struct context *context = worker;
    (void)owner;
    db_reset_all(context->db);
}

static enum err authenticate(void *owner, void *worker, const char *bearer, const char *cookie,
                             struct principal *out) {
    struct context *context = worker;
    struct auth_found found;
    (void)owner;
    enum err err = auth_find(context, bearer, cookie, &found);
    if (err)
        return err;
    *out = (struct principal){.roles = found.caller.roles | ROLE_ANYONE,
                              .id = found.caller.id,
                              .session_id = found.caller.session_id};
    memcpy(out->token_hash, found.token_hash, sizeof out->token_hash);
    return ERR_OK;
}

/* A write on its way through the writer's queue, in the exchange's own memory. */
struct queued {
    struct write_op op;
    struct exchange *exchange;
};
static_assert(sizeof(struct queued) <= SERVER_LINK_SIZE, "the exchange has room for it");

static enum err queued_apply(struct write_op *op, void *context) {
    return exchange_apply(((struct queued *)op)->exchange, context);
}

static void queued_done(struct write_op *op, enum err outcome) {
    exchange_done(((struct queued *)op)->exchange, outcome);
}

static enum err submit_write(void *owner, struct exchange *exchange, void *link) {
    struct app *app = owner;
    struct queued *queued = link;
    *queued = (struct queued){.op = {.apply = queued_apply, .done = queued_done},
                              .exchange = exchange};
    return writer_submit(app->writer, &queued->op);
}

static uint64_t generation(void *owner) {
    return writer_generation(((struct app *)owner)->writer);
}

/* The long-lived objects. */

static enum err open_store(struct app *app, struct fault *fault) {
    const char *folder = config_text(app->config, SETTING_DATA);
    enum err err = data_folder_path(folder, DATA_STORE, app->store_path);
    if (err == ERR_OK)
        err = migrate(app->store_path, false, fault);
    if (err == ERR_NOT_FOUND)
        return fault_set(fault, err, folder, "is no data folder: `repere init --data %s` makes one",
                         folder);
    if (err == ERR_OK)
        err = data_folder_make(folder, fault); // sub-folders a backup did not have
    if (err == ERR_OK)
        err = db_open(app->store_path, DB_WRITE, fault, &app->writing.db);
    if (err == ERR_OK)
        err = data_folder_keys(folder, app->writing.db, &app->keys, fault);
    if (err == ERR_OK)
        err = exercise_install_templates(app->writing.db, embedded_exercises, fault);
    if (err == ERR_OK)
        data_folder_drop_old_copies(folder);
    return err;
}

static void mend_editions(struct context *context) {
    struct fault fault = {0};
    publication_recover_all(context);
    if (asset_ends_work(context, 0, &fault) != ERR_OK)
        log_event(LOG_WARN, "asset_ended", "%s: %s: tried again", fault.where, fault.why);
}

static enum err open_shared(struct app *app) {
    char path[DATA_PATH_SIZE];
    struct context *context = &app->writing;
    context->keys = &app->keys;
    context->schemas = embedded_schemas;
    context->icons = embedded_icons;
    context->data_folder = config_text(app->config, SETTING_DATA);
    enum err err = crs_open(&context->crs);
    if (err == ERR_OK)
        err = limiter_new(&context->limiter);
    if (err == ERR_OK)
        err = exercise_cache_new(&context->exercises);
    if (err == ERR_OK)
        err = heat_cache_new(&context->heat);
    if (err == ERR_OK)
        err = data_folder_path(context->data_folder, DATA_UPLOADS, app->upload_path);
    if (err == ERR_OK)
        err = uploads_open(app->upload_path, &context->uploads);
    if (err == ERR_OK)
        err = data_folder_path(context->data_folder, DATA_BASEMAPS, path);
    if (err == ERR_OK)
        err = basemaps_open(path, &context->basemaps);
    if (err == ERR_OK)
        err = data_folder_path(context->data_folder, DATA_AREAS, path);
    if (err == ERR_OK)
        err = areas_open(path, &context->areas);
    if (err == ERR_OK)
        mend_editions(context); // before anybody reads what a crash left
    if (err == ERR_OK)
        err = data_folder_path(context->data_folder, DATA_EDITIONS, path);
    if (err == ERR_OK)
        err = published_open(path, &context->published);
    // the command line publishes beside a running server
    if (err == ERR_OK)
        err = published_watch(context->published, LISTENING_EDITIONS_EVERY_MS);
    return err;
}

static enum err start_writer(struct app *app) {
    enum err err = writer_start(app->writing.db, &app->writing, &app->writer);
    if (err)
        return err;
    app->writing.writer = app->writer;
    writer_scrub_later(app->writer); // what a crash left undone
    return ERR_OK;
}

static void between_jobs(void *owner, void *worker) {
    asset_ends_tick(&((struct app *)owner)->ends, worker);
}

static enum err start_jobs(struct app *app) {
    const struct jobs_hooks hooks = {.owner = app,
                                     .worker_open = worker_open,
                                     .worker_close = worker_close,
                                     .between = between_jobs};
    return jobs_start(&hooks, &app->writing.jobs);
}

static enum err start_server(struct app *app, struct fault *fault) {
    struct route_table routes = api_routes();
    app->quick.basemaps = app->writing.basemaps;
    struct server_options options = {
        .upload_folder = app->upload_path,
        .assets = embedded_assets,
        .asset_count = embedded_asset_count,
        .checks_host = true,
    };
    struct server_hooks hooks = {
        .owner = app,
        .worker_open = worker_open,
        .worker_close = worker_close,
        .worker_rest = worker_rest,
        .authenticate = authenticate,
        .submit_write = submit_write,
        .generation = generation,
        .quick = &app->quick,
    };
    return listening_start(app->config, &options, &routes, &hooks, app->writing.published, fault,
                           &app->server);
}

enum err app_start(const struct config *config, struct fault *fault, struct app **out) {
    struct app *app = calloc(1, sizeof *app);
    if (!app)
        return ERR_NO_MEMORY;
    app->config = config;
    enum err err = open_store(app, fault);
    if (err == ERR_OK)
        err = open_shared(app);
    if (err == ERR_OK)
        err = start_writer(app);
    if (err == ERR_OK)
        err = start_jobs(app);
    if (err == ERR_OK)
        err = retention_start(&app->writing, config_number(config, SETTING_KEEP_DAYS),
                              &app->retention);
    if (err == ERR_OK)
        err = start_server(app, fault);
    if (err)
        app_stop(app);
    else
        *out = app;
    return err;
}

const struct server *app_server(const struct app *app) {
    return app->server;
}

void app_stop(struct app *app) {
    struct context *context = &app->writing;
    if (app->server)
        server_quiesce(app->server);
    if (context->jobs)
        jobs_stop(context->jobs);
    retention_stop(app->retention);
    if (app->writer)
        writer_stop(app->writer);
    if (app->server)
        server_stop(app->server, LISTENING_GRACE_MS);
    jobs_free(context->jobs);
    uploads_close(context->uploads);
    writer_free(app->writer);
    published_close(context->published);
    areas_close(context->areas); // reads base maps
    basemaps_close(context->basemaps);
    heat_cache_free(context->heat);
    exercise_cache_free(context->exercises);
    limiter_free(context->limiter);
    crs_close(context->crs);
    db_close(context->db);
    secret_wipe(&app->keys, sizeof app->keys);
    free(app);
}
