// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages are read by a keyset cursor, each in its own read transaction: what is sent or withdrawn
// while somebody downloads is in the file or not, but never breaks it.
#include "service/export_service.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/json.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/contribution_json.h"
#include "service/exercise_service.h"
#include "service/session_service.h"
#include "store/contribution_store.h"
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>

enum { PAGE_ROWS = 500, DEGREE_DECIMALS = 7 };

struct export {
    enum export_format format;
    int64_t session_id;
    int64_t after_id;
    bool begun, ended;
    bool any_row;
    struct contribution_view view;
    struct arena arena; // holds the questions
    size_t question_count;
    const char **questions;
    struct buf *out; // of the piece being written
};

void export_free(struct export *export) {
    if (!export)
        return;
    arena_fini(&export->arena);
    free(export);
}

static enum err copy_questions(struct export *export, const struct exercise *exercise) {
    export->question_count = exercise->field_count;
    export->questions =
        arena_array(&export->arena, exercise->field_count, sizeof *export->questions);
    for (size_t i = 0; export->questions && i < exercise->field_count; i++) {
        export->questions[i] = arena_strdup(&export->arena, exercise->fields[i].id);
        if (!export->questions[i])
            return ERR_NO_MEMORY;
    }
    return export->questions ? ERR_OK : ERR_NO_MEMORY;
}

/* The one write of an export, made on the writer's connection while this thread waits. */
struct entry {
    struct write_op op;
    struct caller caller;
    int64_t session_id;
};

static enum err apply_entry(struct write_op *op, void *context) {
    struct entry *entry = (struct entry *)op; // its first member
    return audit_add(context, entry->caller, "session.export", "session", entry->session_id);
}

static enum err audit(struct context *context, struct caller caller, int64_t session_id) {
    struct entry entry = {.op.apply = apply_entry, .caller = caller, .session_id = session_id};
    if (!context->writer)
        return audit_add(context, caller, "session.export", "session", session_id);
    return writer_run(context->writer, &entry.op);
}

enum err export_open(struct context *context, struct caller caller, int64_t session_id,
                     enum export_format format, struct export **out) {
    const struct exercise *exercise = NULL;
    struct session session;
    struct export *export = calloc(1, sizeof *export);
    if (!export)
        return ERR_NO_MEMORY;
    arena_init(&export->arena);
    export->format = format;
    export->session_id = session_id;
    export->view = contribution_view_of(caller, NULL); // leads see all
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, &export->arena, &exercise);
    if (err == ERR_OK)
        err = copy_questions(export, exercise);
    if (err == ERR_OK)
        err = audit(context, caller, session_id);
    if (err == ERR_OK)
        *out = export;
    else
        export_free(export);
    return err;
}

static enum err write_feature(void *context, const struct contribution *c) {
    struct export *export = context;
    if (export->any_row)
        buf_str(export->out, ",\n");
    export->any_row = true;
    struct jsonw w;
    jsonw_init(&w, export->out);
    return contribution_write(&w, c, &export->view);
}

/* One answer as it reads in a cell: a list's elements joined, numbers and words as they are. */
static void answer_text(struct json_object *answer, struct buf *out) {
    size_t len = 0;
    if (json_type_of(answer) == JSON_ARRAY) {
        for (size_t i = 0; i < json_length(answer); i++) {
            if (i > 0)
                buf_str(out, "; ");
            answer_text(json_at(answer, i), out);
        }
        return;
    }
    const char *text = json_text(answer, &len);
    if (!text && answer)
        text = json_write(answer, &len);
    if (text)
        buf_bytes(out, text, len);
}

static void cell_of(struct buf *out, struct buf *text, bool first) {
    buf_char(text, '\0');
    csv_cell(out, text->failed ? "" : text->data, first);
    out->failed = out->failed || text->failed;
    buf_clear(text);
}

static void number_cell(struct buf *out, struct buf *text, double value) {
    buf_fixed(text, value, DEGREE_DECIMALS);
    cell_of(out, text, false);
}

static void write_cells(struct export *export, const struct contribution *c,
                        struct json_object *answers, struct buf *text) {
    struct buf *out = export->out;
    char uuid[SECRET_UUID_TEXT_SIZE], created[CLOCK_TEXT_SIZE];
    double at[2];
    secret_uuid_format(c->uuid, uuid);
    clock_format(c->created_ms, created);
    geometry_label_point(&c->geometry, at);
    csv_cell(out, uuid, true);
    number_cell(out, text, at[0]);
    number_cell(out, text, at[1]);
    csv_cell(out, geometry_type_name(c->geometry.type), false);
    for (size_t i = 0; i < export->question_count; i++) {
        answer_text(json_get(answers, export->questions[i]), text);
        cell_of(out, text, false);
    }
    csv_cell(out, contribution_state_name(c->state), false);
    csv_cell(out, c->pseudonym ? c->pseudonym : "", false);
    csv_cell(out, created, false);
    buf_i64(text, c->version);
    cell_of(out, text, false);
    csv_end_row(out);
}

static enum err write_csv_row(void *context, const struct contribution *c) {
    struct export *export = context;
    struct json_object *answers = NULL;
    enum err err = json_parse(c->answers, c->answers_len, NULL, &answers);
    if (err != ERR_OK)
        return err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
    struct buf text;
    buf_init(&text);
    write_cells(export, c, answers, &text);
    buf_fini(&text);
    json_free(answers);
    return ERR_OK;
}

static void write_head(const struct export *export, struct buf *out) {
    if (export->format == EXPORT_GEOJSON) {
        buf_str(out, "{\"type\":\"FeatureCollection\",\"features\":[\n");
        return;
    }
    static const char *const before[] = {"x", "y", "geometry"};
    static const char *const after[] = {"state", "participant", "created", "version"};
    buf_str(out, "\xEF\xBB\xBF");
    csv_cell(out, "id", true);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        csv_cell(out, before[i], false);
    for (size_t i = 0; i < export->question_count; i++)
        csv_cell(out, export->questions[i], false);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        csv_cell(out, after[i], false);
    csv_end_row(out);
}

enum err export_piece(struct export *export, struct context *context, struct buf *out) {
    if (export->ended)
        return ERR_OK;
    if (!export->begun)
        write_head(export, out);
    export->begun = true;
    export->out = out;
    bool geojson = export->format == EXPORT_GEOJSON;
    int64_t last_id = 0;
    enum err err =
        contribution_list_oldest(context->db, export->session_id, export->after_id, PAGE_ROWS,
                                 geojson ? write_feature : write_csv_row, export, &last_id);
    if (err != ERR_OK)
        return err;
    export->after_id = last_id;
    export->ended = last_id == 0;
    if (export->ended && geojson)
        buf_str(out, "\n]}\n");
    return out->failed ? ERR_NO_MEMORY : ERR_OK;
}
