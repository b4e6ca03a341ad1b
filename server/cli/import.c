// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere import`: CSV and GeoJSON files into a session, or as overlays of a project. What the
// columns mean is guessed, then said by a mapping file and by options. All files go in together or
// none does. Works beside a running server, whose writes wait meanwhile.
#include "base/file.h"
#include "base/json.h"
#include "cli/cli.h"
#include "model/role.h"
#include "service/import_plan.h"
#include "service/import_service.h"
#include "service/session_service.h"
#include "service/uploads.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct caller operator= {.roles = ROLE_ANYONE | ROLE_ADMINISTRATOR};

/* A file on its way in. */
struct file {
    const char *path;
    struct buf text;
    struct import_look look;
    struct import_mapping mapping;
    struct import_plan *plan;
};

struct task {
    struct cli *cli;
    int64_t project_id, session_id; // session_id 0: an overlay
    size_t count;
    struct file *files;
};

/* ---- what the person said ---- */

static enum err read_id(struct cli *cli, const char *flag, int64_t *out) {
    const char *text = cli_option(cli, flag);
    char *end = NULL;
    *out = text ? strtoll(text, &end, 10) : 0;
    if (text && (*out < 1 || *end))
        return cli_misused(cli, flag, "needs an id");
    return ERR_OK;
}

static enum err read_target(struct task *task) {
    struct cli *cli = task->cli;
    enum err err = read_id(cli, "--project", &task->project_id);
    if (!err)
        err = read_id(cli, "--session", &task->session_id);
    if (!err && !task->project_id == !task->session_id)
        err = cli_misused(cli, "import", "needs --project ID (an overlay) or --session ID");
    return err;
}

static void override(const struct cli *cli, const char *flag, const char **value) {
    const char *given = cli_option(cli, flag);
    if (given)
        *value = given;
}

static enum err read_mark(struct cli *cli, const char *flag, char *out) {
    const char *given = cli_option(cli, flag);
    if (given && strlen(given) != 1)
        return cli_misused(cli, flag, "needs one character");
    if (given)
        *out = given[0];
    return ERR_OK;
}

/* --category and --separator in the place of what was guessed or mapped. */
static enum err override_category(struct cli *cli, struct import_mapping *mapping) {
    const char *column = cli_option(cli, "--category");
    if (!column && !cli_option(cli, "--separator"))
        return ERR_OK;
    struct import_answer *answers =
        arena_array(&cli->arena, mapping->answer_count + 1, sizeof *answers);
    if (!answers)
        return ERR_NO_MEMORY;
    bool has_one = mapping->answer_count && !mapping->answers[0].field;
    if (!column && !has_one)
        return cli_misused(cli, "--separator", "needs --category");
    if (has_one)
        answers[0] = mapping->answers[0];
    if (column)
        answers[0].column = column;
    for (size_t i = has_one; i < mapping->answer_count; i++)
        answers[i + !has_one] = mapping->answers[i];
    mapping->answer_count += !has_one;
    mapping->answers = answers;
    return read_mark(cli, "--separator", &answers[0].separator);
}

static enum err override_all(const struct task *task, struct import_mapping *mapping) {
    struct cli *cli = task->cli;
    const char *order = cli_option(cli, "--date-order");
    override(cli, "--overlay", &mapping->title);
    override(cli, "--attribution", &mapping->attribution);
    override(cli, "--x", &mapping->x);
    override(cli, "--y", &mapping->y);
    override(cli, "--crs", &mapping->crs);
    override(cli, "--date", &mapping->date);
    override(cli, "--label", &mapping->label);
    override(cli, "--participant", &mapping->participant);
    mapping->target = task->session_id ? IMPORT_SESSION : IMPORT_OVERLAY;
    mapping->session_id = task->session_id;
    mapping->counted |= cli_option(cli, "--counted") != NULL;
    mapping->skip_refused |= cli_option(cli, "--skip-refused") != NULL;
    mapping->whole_file_is_one_participant = cli_option(cli, "--participant-per-file") != NULL;
    if (order && !import_date_order_parse(order, &mapping->date_order))
        return cli_misused(cli, "--date-order", "is ymd, dmy or mdy");
    enum err err = read_mark(cli, "--decimal", &mapping->decimal);
    return err ? err : override_category(cli, mapping);
}

static enum err read_mapping_file(struct cli *cli, struct import_mapping *mapping) {
    const char *path = cli_option(cli, "--mapping");
    struct json_object *document = NULL;
    struct buf text;
    if (!path)
        return ERR_OK;
    buf_init(&text);
    enum err err = file_read(path, UPLOAD_BYTES_MAX, &text);
    if (err)
        fault_set(&cli->fault, err, path, "cannot be read");
    if (!err)
        err = json_parse(text.data, text.len, &cli->fault, &document);
    if (!err)
        err = import_mapping_read(document, &cli->arena, &cli->fault, mapping);
    json_free(document);
    buf_fini(&text);
    return err;
}

/* ---- reading ---- */

static enum err tell(void *owner, uint64_t done, uint64_t total) {
    const struct file *file = owner;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%s: %d %%", file->path, total ? (int)(done * 100 / total) : 0);
    return ERR_OK;
}

static void tell_end(void) {
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K");
}

/* Which of the files it is that a fault speaks of. */
static enum err name_file(struct cli *cli, const struct file *file, enum err err) {
    struct fault said = cli->fault;
    const char *slash = strrchr(file->path, '/'), *name = slash ? slash + 1 : file->path;
    char where[sizeof said.where + 80];
    if (err == ERR_OK || !said.why[0] || strncmp(said.where, "--", 2) == 0 ||
        strstr(said.where, name))
        return err;
    snprintf(where, sizeof where, "%.64s: %s", name, said.where);
    return fault_set(&cli->fault, err, where, "%s", said.why);
}

static enum err look(const struct task *task, struct file *file) {
    struct cli *cli = task->cli;
    enum err err = file_read(file->path, UPLOAD_BYTES_MAX, &file->text);
    if (err)
        return fault_set(&cli->fault, err, file->path, "cannot be read");
    err = import_look_at(file->text.len ? file->text.data : "", file->text.len, &cli->arena,
                         &cli->fault, &file->look);
    if (err)
        return err;
    file->mapping = file->look.guess;
    err = read_mapping_file(cli, &file->mapping);
    return err ? err : override_all(task, &file->mapping);
}

static void print_refusals(const struct file *file) {
    const struct import_report *report = &file->plan->report;
    for (size_t i = 0; i < report->refusal_count; i++)
        fprintf(stderr, "%s: row %" PRIu64 ": %s: %s\n", file->path, report->refusals[i].row,
                report->refusals[i].fault.where, report->refusals[i].fault.why);
    if (report->refused > report->refusal_count)
        fprintf(stderr, "%s: ... and %" PRIu64 " more rows\n", file->path,
                report->refused - report->refusal_count);
}

/* Which option says it otherwise, for what rows are refused for when a column was read wrongly. */
static void print_hints(const struct file *file) {
    static const char *const orders[] = {
        [DATE_YMD] = "ymd", [DATE_DMY] = "dmy", [DATE_MDY] = "mdy"};
    const struct import_report *report = &file->plan->report;
    const struct import_mapping *mapping = &file->mapping;
    bool date = false, number = false, answer = false;
    for (size_t i = 0; i < report->refusal_count; i++) {
        const char *where = report->refusals[i].fault.where, *why = report->refusals[i].fault.why;
        date |= mapping->date && strcmp(where, mapping->date) == 0;
        number |= strcmp(why, "is not a number") == 0;
        answer |= strcmp(why, "needs an answer") == 0;
    }
    if (date)
        fprintf(stderr, "dates were read as %s: --date-order says otherwise\n",
                orders[mapping->date_order]);
    if (number)
        fprintf(stderr, "numbers were read with the decimal mark '%c': --decimal says otherwise\n",
                mapping->decimal);
    if (answer)
        fprintf(stderr, "answers come from --category COLUMN and from a --mapping\n");
    if (report->refused && !mapping->skip_refused)
        fprintf(stderr, "--skip-refused imports the rows that are not refused\n");
}

static enum err plan(const struct task *task, struct context *context, struct file *file) {
    struct import_order order = {.caller = operator,
                                 .project_id = task->project_id,
                                 .source = &file->look.source,
                                 .file_name = file->path,
                                 .mapping = &file->mapping,
                                 .listener = {tell, file}};
    secret_hash(file->text.data, file->text.len, order.file_hash);
    enum err err = import_plan_make(context, &order, &task->cli->fault, &file->plan);
    tell_end();
    if (err)
        return err;
    print_refusals(file);
    print_hints(file);
    return cli_option(task->cli, "--dry-run") ? ERR_OK
                                              : import_plan_allowed(file->plan, &task->cli->fault);
}

/* ---- writing ---- */

static enum err write_all(const struct task *task, struct context *context) {
    enum err err = db_begin(context->db);
    if (err)
        return err;
    for (size_t i = 0; i < task->count && !err; i++)
        err = import_plan_apply(context, task->files[i].plan, &task->cli->fault);
    tell_end();
    if (!err)
        err = db_commit(context->db);
    if (err)
        db_rollback(context->db);
    return err;
}

static void print_done(const struct task *task) {
    bool dry = cli_option(task->cli, "--dry-run") != NULL;
    for (size_t i = 0; i < task->count; i++) {
        const struct import_report *report = &task->files[i].plan->report;
        printf("%s: %" PRIu64 " %s, %" PRIu64 " refused", task->files[i].path, report->importable,
               dry ? "can be imported" : "imported", report->refused);
        if (report->overlay_id)
            printf(", overlay %" PRId64, report->overlay_id);
        printf("\n");
    }
}

static enum err find_project(struct task *task, struct context *context) {
    struct session session;
    if (!task->session_id)
        return ERR_OK;
    enum err err =
        session_require(context, operator, task->session_id, &task->cli->arena, &session);
    if (!err)
        task->project_id = session.project_id;
    return err;
}

static enum err import_files(struct task *task, struct context *context) {
    enum err err = find_project(task, context);
    for (size_t i = 0; i < task->count && !err; i++) {
        err = name_file(task->cli, &task->files[i], look(task, &task->files[i]));
        if (!err)
            err = plan(task, context, &task->files[i]);
    }
    if (err == ERR_NOT_FOUND && !task->cli->fault.why[0])
        return fault_set(&task->cli->fault, err, task->session_id ? "--session" : "--project",
                         "is not in this store; its page has the number behind the last /");
    if (!err && !cli_option(task->cli, "--dry-run"))
        err = write_all(task, context);
    if (!err)
        print_done(task);
    return err;
}

static enum err run(struct cli *cli) {
    struct cli_store store;
    struct task task = {.cli = cli, .count = (size_t)cli->argument_count};
    enum err err = read_target(&task);
    if (err)
        return err;
    task.files = arena_array(&cli->arena, task.count, sizeof *task.files);
    if (!task.files)
        return ERR_NO_MEMORY;
    err = cli_store_open(cli, cli_option(cli, "--dry-run") ? DB_READ : DB_WRITE_BESIDE, &store);
    if (err)
        return err;
    for (size_t i = 0; i < task.count; i++) {
        task.files[i].path = cli->arguments[i];
        buf_init(&task.files[i].text);
    }
    err = import_files(&task, &store.context);
    for (size_t i = 0; i < task.count; i++) {
        import_plan_free(task.files[i].plan);
        buf_fini(&task.files[i].text);
    }
    cli_store_close(&store);
    return err;
}

const struct command command_import = {
    .name = "import",
    .arguments = "FILE... (CSV or GeoJSON)",
    .summary = "Imports files into a session (--session), or as overlays of a project (--project).",
    .arguments_min = 1,
    .arguments_max = CLI_ARGUMENTS_MAX,
    .run = run,
    .options =
        {
            {"--session", "ID", "rows become contributions of this session (#/session/ID of its page)"},
            {"--project", "ID", "each file becomes an overlay of this project (#/project/ID)"},
            {"--overlay", "TITLE", "the overlay's title (the file's name)"},
            {"--attribution", "TEXT", "whom the overlay is owed to"},
            {"--mapping", "FILE.json", "what the columns mean, as the API's Mapping"},
            {"--x", "COLUMN", "longitude or east"},
            {"--y", "COLUMN", "latitude or north"},
            {"--crs", "NAME", "of the positions, such as EPSG:2056"},
            {"--date", "COLUMN", "the day"},
            {"--date-order", "ORDER", "ymd, dmy or mdy (as guessed, else ymd)"},
            {"--decimal", "MARK", ". or , (as guessed, else .)"},
            {"--category", "COLUMN", "the answer to the exercise's category question"},
            {"--separator", "MARK", "between several categories in one cell"},
            {"--label", "COLUMN", "the names of an overlay's features"},
            {"--participant", "COLUMN", "each distinct cell is one participant"},
            {"--participant-per-file", NULL, "each file is one participant"},
            {"--counted", NULL, "the participants agreed to be counted in published figures"},
            {"--skip-refused", NULL, "import the others when some rows are refused"},
            {"--dry-run", NULL, "only say what would be refused"},
        },
};
