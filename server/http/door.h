// SPDX-License-Identifier: AGPL-3.0-or-later
// What is looked at before a request may cost anything: did one of our own pages send it, does it
// carry the kind of body its route takes, which credential does it show.
#ifndef REPERE_HTTP_DOOR_H
#define REPERE_HTTP_DOOR_H
#include "base/err.h"
#include "http/framing.h"
#include "http/route.h"
#include <stdbool.h>

enum { DOOR_BODY_MAX = 256 * 1024 };

/**
 * Whether a write may come from another site's page: X-Requested-With must be "repere" (no form can
 * set it), and Sec-Fetch-Site and Origin, where a browser sends them, must name this server.
 *
 * @param origin the public origin ("https://map.example.org"), or NULL: the Host header's
 * Errors: CROSS_SITE, with a fault when it is the header of ours that lacks.
 */
enum err door_check_site(const struct head *head, const char *origin, struct fault *fault);
/** Errors: BAD_REQUEST (a body where none is taken), WRONG_TYPE, TOO_LARGE. */
enum err door_check_body(const struct route *route, const struct head *head, struct fault *fault);
/** Bytes the route takes. */
size_t door_body_max(const struct route *route);
/** Whether the request came over TLS, our own or that of the https origin, so that its cookie is the
 *  __Host- one. */
bool door_is_secure(const struct head *head, bool over_tls, const char *origin);
/** The token of "Authorization: Bearer" and the staff cookie's value; text NULL without. */
struct span door_bearer(const struct head *head);
struct span door_cookie(const struct head *head, bool secure);
/** The content type without parameters and blanks around it. */
struct span door_media_type(const struct head *head);
/** The first language of Accept-Language, text NULL without a plausible one. */
struct span door_language(const struct head *head);
#endif
