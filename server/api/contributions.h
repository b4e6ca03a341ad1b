// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributions over HTTP.
#ifndef REPERE_API_CONTRIBUTIONS_H
#define REPERE_API_CONTRIBUTIONS_H
#include "http/request.h"
#include "http/response.h"
#include "model/contribution.h"
#include "model/exercise.h"

handler_fn contribution_put_prepare, contribution_put;
handler_fn contribution_delete_one, contribution_get;
handler_fn contribution_state_prepare, contribution_state_put;
handler_fn conflicts_list, conflict_prepare, conflict_put_choice;
handler_fn contributions_list, contributions_counts, contributions_export;

/** Tells those who listen to the session, once the write is on disk: each as she may see it. Errors: NO_MEMORY. */
enum err announce_contribution(struct request *request, struct response *response,
                               const struct contribution *c, const struct exercise *exercise);
/** Tells those who lead that an edit waits beside a contribution (`open`), or that it waits no more. */
enum err announce_conflict(struct request *request, struct response *response, int64_t session_id,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE], bool open);
/** A contribution as the reply to a write. */
enum err contribution_answer(struct request *request, struct response *response,
                             const struct contribution *c, const struct exercise *exercise);
#endif
