// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/findings.h"

#include "api/api.h"
#include "base/utf8.h"
#include "geo/geojson_write.h"
#include "model/session.h"
#include "service/finding_service.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 4 * FINDING_TEXT_MAX, LANGUAGE_BYTES_MAX = 35 };

static void write_finding(struct jsonw *w, const struct finding *f) {
    jsonw_object(w);
    jsonw_ki64(w, "id", f->id);
    jsonw_ki64(w, "session", f->session_id);
    jsonw_ki64(w, "project", f->project_id);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, &f->geometry);
    jsonw_kstr(w, "statement", f->statement);
    jsonw_kstr(w, "recommendation", f->recommendation);
    jsonw_kstr(w, "who", f->who);
    jsonw_kstr(w, "urgency", f->urgency);
    jsonw_kstr(w, "language", f->language);
    jsonw_kstr(w, "state", finding_state_words[f->state]);
    jsonw_ktime(w, "agreed", f->agreed_ms);
    jsonw_ktime(w, "created", f->created_ms);
    jsonw_ki64(w, "version", f->version);
    jsonw_object_end(w);
}

static enum err answer(struct response *response, const struct finding *f) {
    struct jsonw w = api_reply(response);
    write_finding(&w, f);
    return ERR_OK;
}

/* ---- reading ---- */

static enum err list(struct request *request, struct response *response,
                     const struct finding_page *page) {
    struct finding *items = NULL;
    size_t count = 0;
    struct finding_page longer = *page;
    longer.limit = page->limit + 1;
    enum err err = finding_list(api_context(request), api_caller(request), &longer, request->arena,
                                &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = api_page_cut(&count, page->limit);
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_finding(&w, &items[i]);
    api_items_end(&w, more ? items[count - 1].id : 0);
    return ERR_OK;
}

enum err findings_list(struct request *request, struct response *response) {
    const struct finding_page page = {
        .session_id = request_int(request, "session"),
        .before = api_cursor(request),
        .limit = request_int(request, "limit"),
    };
    return list(request, response, &page);
}

enum err project_findings_list(struct request *request, struct response *response) {
    const struct finding_page page = {
        .project_id = request_int(request, "project"),
        .before = api_cursor(request),
        .limit = request_int(request, "limit"),
    };
    return list(request, response, &page);
}

enum err finding_get(struct request *request, struct response *response) {
    struct finding found;
    enum err err = finding_find(api_context(request), api_caller(request),
                                request_int(request, "finding"), request->arena, &found);
    if (err != ERR_OK)
        return err;
    char version[24];
    snprintf(version, sizeof version, "%" PRId64, found.version);
    response_version(response, version);
    return answer(response, &found);
}

/* ---- writing ---- */

struct wish {
    struct finding finding;
    int64_t if_version;
};

static const char *read_words(struct fields *f, const char *key, bool required) {
    const char *text = required ? fields_text(f, key, 1, TEXT_BYTES_MAX)
                                : fields_text_or(f, key, TEXT_BYTES_MAX, "");
    if (text && (required || *text) && !utf8_is_line(text, strlen(text), FINDING_TEXT_MAX))
        fields_wrong(f, key, "is not a text of 1 to %d characters on one line", FINDING_TEXT_MAX);
    return text;
}

static const char *read_choice(struct fields *f, const char *key, const char *const *words) {
    int choice = fields_one_of(f, key, words, -1);
    return choice < 0 ? NULL : words[choice];
}

/* The body, and its place in the session that `wish` names. */
static enum err read_body(struct request *request, struct wish *wish) {
    struct finding *finding = &wish->finding;
    request->state = wish;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        const struct json_object *geometry = fields_value(&f, "geometry");
        finding->statement = read_words(&f, "statement", true);
        finding->recommendation = read_words(&f, "recommendation", false);
        finding->who = read_choice(&f, "who", finding_who_words);
        finding->urgency = read_choice(&f, "urgency", finding_urgency_words);
        finding->language = fields_text(&f, "language", 1, LANGUAGE_BYTES_MAX);
        if (finding->language && !session_language_valid(finding->language))
            fields_wrong(&f, "language", "is a language tag, such as \"fr\"");
        if (f.err == ERR_OK)
            f.err = finding_place(api_context(request), api_caller(request), geometry,
                                  request->arena, f.fault, finding);
    }
    return fields_close(&f);
}

enum err finding_post_prepare(struct request *request, struct response *response) {
    (void)response;
    struct wish *wish = arena_alloc(request->arena, sizeof *wish);
    if (!wish)
        return ERR_NO_MEMORY;
    wish->finding.session_id = request_int(request, "session");
    return read_body(request, wish);
}

enum err finding_post(struct request *request, struct response *response) {
    const struct wish *wish = request->state;
    struct finding stored;
    enum err err = finding_word(api_context(request), api_caller(request), &wish->finding,
                                request->arena, &stored);
    if (err != ERR_OK)
        return err;
    response_status(response, 201);
    return answer(response, &stored);
}

enum err finding_put_prepare(struct request *request, struct response *response) {
    (void)response;
    struct wish *wish = arena_alloc(request->arena, sizeof *wish);
    if (!wish)
        return ERR_NO_MEMORY;
    struct finding present;
    enum err err = api_if_version(request, &wish->if_version);
    if (err == ERR_OK)
        err = finding_find(api_context(request), api_caller(request),
                           request_int(request, "finding"), request->arena, &present);
    if (err != ERR_OK)
        return err;
    wish->finding.id = present.id;
    wish->finding.session_id = present.session_id;
    return read_body(request, wish);
}

enum err finding_put(struct request *request, struct response *response) {
    const struct wish *wish = request->state;
    struct finding stored;
    enum err err = finding_edit(api_context(request), api_caller(request), &wish->finding,
                                wish->if_version, request->arena, &stored);
    return err == ERR_OK ? answer(response, &stored) : err;
}

enum err finding_delete_one(struct request *request, struct response *response) {
    enum err err = finding_remove(api_context(request), api_caller(request),
                                  request_int(request, "finding"), request->arena);
    return err == ERR_OK ? api_empty(response) : err;
}

enum err finding_state_prepare(struct request *request, struct response *response) {
    (void)response;
    struct wish *wish = arena_alloc(request->arena, sizeof *wish);
    if (!wish)
        return ERR_NO_MEMORY;
    request->state = wish;
    enum err err = api_if_version(request, &wish->if_version);
    if (err != ERR_OK)
        return err;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        wish->finding.state =
            (enum finding_state)fields_one_of(&f, "state", finding_state_words, -1);
    return fields_close(&f);
}

enum err finding_state_put(struct request *request, struct response *response) {
    const struct wish *wish = request->state;
    struct finding stored;
    enum err err = finding_judge(api_context(request), api_caller(request),
                                 request_int(request, "finding"), wish->finding.state,
                                 wish->if_version, request->arena, &stored);
    return err == ERR_OK ? answer(response, &stored) : err;
}
