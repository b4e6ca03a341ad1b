// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/participants.h"

#include "api/api.h"
#include "api/writers.h"
#include "model/tablet.h"
#include "service/participant_service.h"
#include "service/session_service.h"

#include <string.h>

enum { CODE_BYTES_MAX = 64, SECRET_BYTES_MAX = 100, LANGUAGE_BYTES_MAX = 35 };

/* ---- joining ---- */

struct join_wish {
    int64_t session_id;
    const char *language;
    const char *tablet; // its key; NULL: none was sent
};

enum err join_prepare(struct request *request, struct response *response) {
    (void)response;
    const char *code = NULL, *secret = NULL;
    struct join_wish *wish = arena_alloc(request->arena, sizeof *wish);
    if (!wish)
        return ERR_NO_MEMORY;
    const char *browsers = session_language_valid(request->language) ? request->language : "";
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        code = fields_text_or(&f, "code", CODE_BYTES_MAX, NULL);
        secret = fields_text_or(&f, "secret", SECRET_BYTES_MAX, NULL);
        wish->language = fields_text_or(&f, "language", LANGUAGE_BYTES_MAX, browsers);
        wish->tablet = fields_text_or(&f, "tablet", TABLET_KEY_DIGITS, NULL);
        if (!code == !secret)
            fields_wrong(&f, "", "takes either code or secret");
        if (f.err == ERR_OK && wish->language[0] && !session_language_valid(wish->language))
            fields_wrong(&f, "language", "is a language tag, such as \"fr\"");
        if (f.err == ERR_OK && wish->tablet &&
            strspn(wish->tablet, "0123456789abcdef") != TABLET_KEY_DIGITS)
            fields_wrong(&f, "tablet", "is a key of %d hexadecimal digits", TABLET_KEY_DIGITS);
    }
    enum err err = fields_close(&f);
    if (err != ERR_OK)
        return err;
    request->state = wish;
    return session_by_door(api_context(request), request->from, code, secret, &request->fault,
                           &wish->session_id);
}

enum err join(struct request *request, struct response *response) {
    const struct join_wish *wish = request->state;
    struct joined joined;
    enum err err = participant_join(api_context(request), wish->session_id, wish->language,
                                    wish->tablet, request->arena, &joined);
    if (err == ERR_OK)
        err = announce_participant(request, response, &joined.participant);
    if (err != ERR_OK)
        return err;
    response_status(response, 201);
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "token", joined.token);
    jsonw_kstr(&w, "ticket", joined.ticket);
    jsonw_ki64(&w, "session", joined.participant.session_id);
    jsonw_ki64(&w, "participant", joined.participant.id);
    jsonw_kstr(&w, "pseudonym", joined.participant.pseudonym);
    jsonw_kstr(&w, "state", participant_state_name(joined.participant.state));
    jsonw_object_end(&w);
    return ERR_OK;
}

/* ---- what she does herself ---- */

enum err receipt_renew(struct request *request, struct response *response) {
    char receipt[SECRET_RECEIPT_SIZE];
    enum err err = participant_receipt(api_context(request), api_caller(request), receipt);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "receipt", receipt);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err leave(struct request *request, struct response *response) {
    enum err err = participant_leave(api_context(request), api_caller(request));
    if (err == ERR_OK) // tiles that her browser keeps tell where she looked
        err = response_header(response, "Clear-Site-Data", "\"cache\"");
    return err == ERR_OK ? api_empty(response) : err;
}

enum err withdraw_prepare(struct request *request, struct response *response) {
    (void)response;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        request->state = (void *)fields_text(&f, "receipt", 1, CODE_BYTES_MAX);
    return fields_close(&f);
}

enum err withdraw(struct request *request, struct response *response) {
    struct withdrawn gone;
    enum err err = participant_withdraw(api_context(request), request->state, request->arena,
                                        &request->fault, &gone);
    if (err == ERR_OK)
        err = announce_removed(request, response, gone.participant.session_id, gone.uuids,
                               gone.count);
    if (err == ERR_OK)
        err = announce_participant(request, response, &gone.participant);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_ki64(&w, "withdrawn", (int64_t)gone.count);
    jsonw_object_end(&w);
    return ERR_OK;
}

/* ---- what staff do ---- */

struct sheet_wish {
    const char *language;
    struct consent consent;
};

enum err sheet_seat_prepare(struct request *request, struct response *response) {
    (void)response;
    struct sheet_wish *wish = arena_alloc(request->arena, sizeof *wish);
    if (!wish)
        return ERR_NO_MEMORY;
    request->state = wish;
    struct fields f, consent;
    if (fields_open(request, &f) == ERR_OK) {
        wish->language = fields_text(&f, "language", 1, LANGUAGE_BYTES_MAX);
        if (f.err == ERR_OK && !session_language_valid(wish->language))
            fields_wrong(&f, "language", "is a language tag, such as \"fr\"");
        fields_inner(&f, fields_value(&f, "consent"), "consent", &consent);
        fields_consent(&consent, &wish->consent);
        if (consent.err == ERR_OK && !wish->consent.room)
            fields_wrong(&consent, "room", "is not ticked: the marks of this sheet may not be kept");
        f.err = fields_close(&consent);
    }
    return fields_close(&f);
}

enum err sheet_seat(struct request *request, struct response *response) {
    const struct sheet_wish *wish = request->state;
    struct sheet_seat seat;
    enum err err = participant_enter(api_context(request), api_caller(request),
                                     request_int(request, "session"), wish->language,
                                     &wish->consent, request->arena, &seat);
    if (err == ERR_OK)
        err = announce_participant(request, response, &seat.participant);
    if (err != ERR_OK)
        return err;
    response_status(response, 201);
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_ki64(&w, "participant", seat.participant.id);
    jsonw_kstr(&w, "pseudonym", seat.participant.pseudonym);
    jsonw_kstr(&w, "receipt", seat.receipt);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err participants_list(struct request *request, struct response *response) {
    int64_t limit = request_int(request, "limit");
    struct participant *items = NULL;
    size_t count = 0;
    enum err err =
        participant_list(api_context(request), api_caller(request), request_int(request, "session"),
                         api_cursor(request), limit + 1, request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = api_page_cut(&count, limit);
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_participant(&w, &items[i]);
    api_items_end(&w, more ? items[count - 1].id : 0);
    return ERR_OK;
}

enum err participant_put_prepare(struct request *request, struct response *response) {
    (void)response;
    static const char *const words[] = {"admitted", "removed", NULL};
    enum participant_state *state = arena_alloc(request->arena, sizeof *state);
    if (!state)
        return ERR_NO_MEMORY;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        *state =
            fields_one_of(&f, "state", words, -1) == 0 ? PARTICIPANT_ADMITTED : PARTICIPANT_REMOVED;
    request->state = state;
    return fields_close(&f);
}

enum err participant_put(struct request *request, struct response *response) {
    const enum participant_state *state = request->state;
    struct participant found;
    enum err err = participant_set_state(
        api_context(request), api_caller(request), request_int(request, "session"),
        request_int(request, "participant"), *state, request->arena, &found);
    if (err == ERR_OK)
        err = announce_participant(request, response, &found);
    if (err == ERR_OK) {
        struct jsonw w = api_reply(response);
        write_participant(&w, &found);
    }
    return err;
}
