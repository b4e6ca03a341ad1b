// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/problem.h"
#include "base/jsonw.h"
#include "http/router.h"
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

static void allow(struct response *response, unsigned methods) {
    struct buf names;
    buf_init(&names);
    for (unsigned m = METHOD_GET; m <= METHOD_DELETE; m++) {
        if (!(methods & (1u << m)))
            continue;
        buf_str(&names, names.len ? ", " : "");
        buf_str(&names, m == METHOD_GET ? "GET, HEAD" : method_name((enum method)m));
    }
    buf_char(&names, '\0');
    if (!names.failed)
        response_header(response, "Allow", names.data);
    buf_fini(&names);
}

static void whole_range(struct response *response, uint64_t size) {
    char text[40];
    snprintf(text, sizeof text, "bytes */%" PRIu64, size);
    response_header(response, "Content-Range", text);
}

static void retry_after(struct response *response, unsigned wait_s) {
    char text[16];
    snprintf(text, sizeof text, "%u", wait_s);
    response_header(response, "Retry-After", text);
}

/* A full disk or a read-only folder is known to those who run the place; its path is not. */
static bool is_ours(unsigned status) {
    return status >= 500;
}

static void write_detail(struct jsonw *w, const char *why, const char *advice) {
    struct buf detail;
    buf_init(&detail);
    buf_str(&detail, why);
    if (why[0] && advice)
        buf_str(&detail, "; ");
    buf_str(&detail, advice ? advice : "");
    if (detail.len) {
        jsonw_key(w, "detail");
        jsonw_strn(w, detail.data, detail.len);
    }
    w->out->failed = w->out->failed || detail.failed;
    buf_fini(&detail);
}

void problem_fill(struct response *response, const struct problem *problem) {
    const struct fault none = {0}, *fault = problem->fault ? problem->fault : &none;
    enum err err = problem->err;
    unsigned status = err_status(err);
    response_status(response, status);
    response_type(response, "application/problem+json");
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    jsonw_object(&w);
    char type[64];
    snprintf(type, sizeof type, "/errors/%s", err_name(err));
    jsonw_kstr(&w, "type", type);
    jsonw_kstr(&w, "title", err_text(err));
    jsonw_ki64(&w, "status", status);
    if (!is_ours(status)) {
        if (fault->where[0])
            jsonw_kstr(&w, "where", fault->where);
        write_detail(&w, fault->why, problem->advice);
    }
    jsonw_object_end(&w);
    if (status == 401)
        response_header(response, "WWW-Authenticate", "Bearer");
    if (status == 405)
        allow(response, problem->methods);
    if (status == 416)
        whole_range(response, problem->size);
    if (status == 429)
        retry_after(response, fault->retry_s ? fault->retry_s : 60);
    if (status == 503)
        retry_after(response, 1);
}
