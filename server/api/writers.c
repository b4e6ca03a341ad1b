// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/writers.h"

#include "api/api.h"
#include "api/events.h"
#include "base/secret.h"

enum { DEGREE_DECIMALS = 7 }; // a centimetre

void write_bbox(struct jsonw *w, const char *key, const struct bbox *box) {
    jsonw_key(w, key);
    jsonw_array(w);
    jsonw_fixed(w, box->west_deg, DEGREE_DECIMALS);
    jsonw_fixed(w, box->south_deg, DEGREE_DECIMALS);
    jsonw_fixed(w, box->east_deg, DEGREE_DECIMALS);
    jsonw_fixed(w, box->north_deg, DEGREE_DECIMALS);
    jsonw_array_end(w);
}

void write_consent(struct jsonw *w, const char *key, const struct consent *consent) {
    jsonw_key(w, key);
    jsonw_object(w);
    jsonw_kbool(w, "room", consent->room);
    jsonw_kbool(w, "aggregate", consent->aggregate);
    jsonw_kbool(w, "finding", consent->finding);
    jsonw_kbool(w, "photo", consent->photo);
    jsonw_object_end(w);
}

void write_participant(struct jsonw *w, const struct participant *participant) {
    jsonw_object(w);
    jsonw_ki64(w, "id", participant->id);
    jsonw_kstr(w, "pseudonym", participant->pseudonym);
    jsonw_kstr(w, "language", participant->language);
    jsonw_kstr(w, "state", participant_state_name(participant->state));
    write_consent(w, "consent", &participant->consent);
    jsonw_ktime(w, "joined", participant->joined_ms);
    jsonw_ki64(w, "contributions", participant->contributions);
    jsonw_key(w, "tablet");
    if (participant->tablet_id)
        jsonw_i64(w, participant->tablet_id);
    else
        jsonw_null(w);
    jsonw_kbool(w, "on_paper", participant->on_paper);
    jsonw_object_end(w);
}

void write_tablet(struct jsonw *w, const struct tablet *tablet) {
    jsonw_object(w);
    jsonw_ki64(w, "tablet", tablet->id);
    jsonw_ki64(w, "number", tablet->number);
    jsonw_kstr(w, "state", tablet->revoked ? "revoked" : "in_use");
    jsonw_kraw(w, "participants", tablet->participants);
    jsonw_object_end(w);
}

void write_overlay(struct jsonw *w, const struct overlay *overlay) {
    jsonw_object(w);
    jsonw_ki64(w, "id", overlay->id);
    jsonw_ki64(w, "project", overlay->project_id);
    jsonw_kstr(w, "title", overlay->title);
    jsonw_kstr(w, "kind", overlay->kind);
    jsonw_kstr(w, "colour", overlay->colour);
    jsonw_kstr(w, "attribution", overlay->attribution);
    jsonw_ki64(w, "features", overlay->feature_count);
    if (overlay->has_bbox)
        write_bbox(w, "bbox", &overlay->bbox);
    else
        jsonw_kraw(w, "bbox", NULL);
    jsonw_object_end(w);
}

void write_basemap(struct jsonw *w, const struct basemap *basemap, bool in_full) {
    jsonw_object(w);
    jsonw_kstr(w, "name", basemap->name);
    jsonw_kstr(w, "title", basemap->title);
    jsonw_kstr(w, "format", basemap->format);
    jsonw_ki64(w, "minzoom", basemap->minzoom);
    jsonw_ki64(w, "maxzoom", basemap->maxzoom);
    write_bbox(w, "bbox", &basemap->bbox);
    jsonw_kstr(w, "attribution", basemap->attribution);
    const char *layers = in_full ? basemap->vector_layers : basemap->layer_names;
    if (layers != NULL)
        jsonw_kraw(w, "vector_layers", layers);
    jsonw_object_end(w);
}

static const char *by_hand_or_at_once(bool by_hand) {
    return by_hand ? "by_hand" : "at_once";
}

void write_session(struct jsonw *w, const struct session *session) {
    jsonw_object(w);
    jsonw_ki64(w, "id", session->id);
    jsonw_ki64(w, "project", session->project_id);
    jsonw_ki64(w, "exercise", session->exercise_id);
    jsonw_kraw(w, "exercise_title", session->exercise_title);
    jsonw_kstr(w, "title", session->title);
    jsonw_kstr(w, "place", session->place);
    jsonw_kstr(w, "held_on", session->held_on);
    write_bbox(w, "bbox", &session->bbox);
    jsonw_kfixed(w, "precision_m", session->precision_m, 0);
    jsonw_kraw(w, "languages", session->languages);
    jsonw_kraw(w, "consent", session->consent);
    jsonw_kraw(w, "help_contacts", session->help_contacts);
    jsonw_ki64(w, "seat_limit", session->seat_limit);
    jsonw_kstr(w, "admit", by_hand_or_at_once(session->admit_by_hand));
    jsonw_kstr(w, "approve", by_hand_or_at_once(session->approve_by_hand));
    jsonw_kbool(w, "free_text", session->free_text);
    jsonw_kstr(w, "state", session->open ? "open" : "closed");
    jsonw_ki64(w, "participants", session->participants);
    jsonw_ki64(w, "contributions", session->contributions);
    jsonw_kraw(w, "base_maps", session->base_maps);
    jsonw_ktime(w, "created", session->created_ms);
    jsonw_ktime(w, "closed", session->closed_ms);
    jsonw_ki64(w, "version", session->version);
    jsonw_object_end(w);
}

/* ---- announcements ---- */

static enum err announce(struct request *request, struct response *response, int64_t session_id,
                         const char *event, const struct buf *json) {
    const char *topic = api_session_topic(request->arena, session_id);
    if (!topic || json->failed)
        return ERR_NO_MEMORY;
    response_announce(response, topic, event, json->data, json->len);
    return ERR_OK;
}

enum err announce_participant(struct request *request, struct response *response,
                              const struct participant *participant) {
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    write_participant(&w, participant);
    enum err err = announce(request, response, participant->session_id, "participant", &json);
    buf_fini(&json);
    return err;
}

enum err announce_tablet(struct request *request, struct response *response,
                         const struct tablet *tablet) {
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    write_tablet(&w, tablet);
    enum err err = announce(request, response, tablet->session_id, "tablet", &json);
    buf_fini(&json);
    return err;
}

enum err announce_session(struct request *request, struct response *response,
                          const struct session *session) {
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    write_session(&w, session);
    enum err err = announce(request, response, session->id, "session", &json);
    buf_fini(&json);
    return err;
}

enum err announce_removed(struct request *request, struct response *response, int64_t session_id,
                          uint8_t (*uuids)[16], size_t count) {
    struct buf json;
    buf_init(&json);
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        char text[SECRET_UUID_TEXT_SIZE];
        struct jsonw w;
        secret_uuid_format(uuids[i], text);
        buf_clear(&json);
        jsonw_init(&w, &json);
        jsonw_object(&w);
        jsonw_kstr(&w, "id", text);
        jsonw_object_end(&w);
        err = announce(request, response, session_id, "removed", &json);
        const char *others = events_researchers_topic(request->arena, session_id);
        if (others)
            response_announce(response, others, "removed", json.data, json.len);
    }
    buf_fini(&json);
    return err;
}
