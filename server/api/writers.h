// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions, participants, overlays and base maps as JSON: one shape for replies and for the live map.
#ifndef REPERE_API_WRITERS_H
#define REPERE_API_WRITERS_H
#include "base/jsonw.h"
#include "http/request.h"
#include "http/response.h"
#include "model/overlay.h"
#include "model/participant.h"
#include "model/session.h"
#include "model/tablet.h"
#include "service/basemaps.h"

void write_bbox(struct jsonw *w, const char *key, const struct bbox *box);
void write_consent(struct jsonw *w, const char *key, const struct consent *consent);
/** schemas/Participant.json */
void write_participant(struct jsonw *w, const struct participant *participant);
/** schemas/Tablet.json */
void write_tablet(struct jsonw *w, const struct tablet *tablet);
/** schemas/Overlay.json */
void write_overlay(struct jsonw *w, const struct overlay *overlay);
/** schemas/BaseMap.json; `in_full`: with the keys of its vector layers */
void write_basemap(struct jsonw *w, const struct basemap *basemap, bool in_full);
/** schemas/Session.json */
void write_session(struct jsonw *w, const struct session *session);

/* Tell those who listen to the session, once the write is on disk. Errors: NO_MEMORY. */
enum err announce_participant(struct request *request, struct response *response,
                              const struct participant *participant);
enum err announce_tablet(struct request *request, struct response *response,
                         const struct tablet *tablet);
enum err announce_session(struct request *request, struct response *response,
                          const struct session *session);
/** Contributions that are gone, one event each. */
enum err announce_removed(struct request *request, struct response *response, int64_t session_id,
                          uint8_t (*uuids)[16], size_t count);
#endif
