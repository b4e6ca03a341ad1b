// SPDX-License-Identifier: AGPL-3.0-or-later
// Publishing, the leads' side: where a project stands, previews, editions, takedowns, an exercise's end.
#ifndef REPERE_API_PUBLICATION_H
#define REPERE_API_PUBLICATION_H
#include "http/route.h"

handler_fn publication_get, publication_put_prepare, publication_put, publication_preview_post, edition_post,
    edition_takedown_post, exercise_end_post;
#endif
