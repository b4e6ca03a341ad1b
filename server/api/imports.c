// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/imports.h"

#include "api/api.h"
#include "service/import_service.h"

/* ---- files ---- */

static void write_columns(struct jsonw *w, const struct import_source *source) {
    jsonw_key(w, "columns");
    jsonw_array(w);
    for (size_t i = 0; i < source->column_count; i++)
        jsonw_str(w, source->columns[i]);
    jsonw_array_end(w);
}

static void write_sample(struct jsonw *w, const struct import_table *table) {
    jsonw_key(w, "sample");
    jsonw_array(w);
    for (size_t row = 0; row < table->row_count && row < IMPORT_SAMPLE_ROWS; row++) {
        jsonw_array(w);
        for (size_t i = 0; i < table->column_count; i++)
            jsonw_str(w, table->rows[row][i]);
        jsonw_array_end(w);
    }
    jsonw_array_end(w);
}

static void write_values(struct jsonw *w, const struct import_look *look) {
    jsonw_key(w, "values");
    jsonw_object(w);
    for (size_t i = 0; i < look->source.column_count; i++) {
        if (!look->few[i].count)
            continue;
        jsonw_key(w, look->source.columns[i]);
        jsonw_array(w);
        for (size_t cell = 0; cell < look->few[i].count; cell++)
            jsonw_str(w, look->few[i].cells[cell]);
        jsonw_array_end(w);
    }
    jsonw_object_end(w);
}

enum err upload_post(struct request *request, struct response *response) {
    char word[SECRET_TOKEN_TEXT_SIZE];
    struct import_look look;
    if (!request->body_file)
        return fault_set(&request->fault, ERR_BAD_REQUEST, "body", "is empty");
    enum err err = import_upload(api_context(request), api_caller(request),
                                 request_int(request, "project"), request_text(request, "name"),
                                 request->body_file, request->arena, &request->fault, &look, word);
    if (err)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "upload", word);
    jsonw_kstr(&w, "format", look.source.geojson ? "geojson" : "csv");
    write_columns(&w, &look.source);
    jsonw_ki64(&w, "rows", (int64_t)look.source.row_count);
    write_sample(&w, &look.sample);
    write_values(&w, &look);
    jsonw_key(&w, "guess");
    import_mapping_write(&w, &look.guess);
    jsonw_object_end(&w);
    response_status(response, 201);
    return ERR_OK;
}

enum err upload_delete_one(struct request *request, struct response *response) {
    enum err err = import_forget(api_context(request), api_caller(request),
                                 request_text(request, "upload"), request->arena);
    return err ? err : api_empty(response);
}

/* ---- jobs ---- */

enum err job_show(struct request *request, struct response *response, const char *word) {
    static const char *const states[] = {
        [JOB_RUNNING] = "running", [JOB_DONE] = "done", [JOB_FAILED] = "failed"};
    struct job_view job;
    enum err err =
        import_job(api_context(request), api_caller(request), word, request->arena, &job);
    if (err)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "job", word);
    jsonw_kstr(&w, "kind", job.kind);
    jsonw_kstr(&w, "state", states[job.state]);
    jsonw_ki64(&w, "done", (int64_t)job.done);
    jsonw_ki64(&w, "total", (int64_t)job.total);
    jsonw_kraw(&w, "report", job.report);
    jsonw_object_end(&w);
    return ERR_OK;
}

static enum err begin(struct request *request, struct response *response, enum import_kind kind) {
    char word[SECRET_TOKEN_TEXT_SIZE];
    enum err err =
        import_begin(api_context(request), api_caller(request), request_text(request, "upload"),
                     kind, request->body, request->body_len, request->arena, &request->fault, word);
    if (err)
        return err;
    response_status(response, 202);
    return job_show(request, response, word);
}

enum err upload_check_post(struct request *request, struct response *response) {
    return begin(request, response, IMPORT_CHECK);
}

enum err upload_import_post(struct request *request, struct response *response) {
    return begin(request, response, IMPORT_WRITE);
}

enum err job_get(struct request *request, struct response *response) {
    return job_show(request, response, request_text(request, "job"));
}
