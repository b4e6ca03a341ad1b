// SPDX-License-Identifier: AGPL-3.0-or-later
// What a crash left of a publication, put right: at the start of the server, and before each publication.
//
// The part is on the disk before the store names its hash, and only then renamed. So of an edition in the
// store: the part with its hash is put in its place; another part never became an edition, and the edition
// goes unless an earlier revision of it stands. An edition without either was published and its file was
// taken away since: it stays in the store, as what was shown cannot be unshown.
#ifndef REPERE_SERVICE_PUBLICATION_RECOVERY_H
#define REPERE_SERVICE_PUBLICATION_RECOVERY_H
#include "service/context.h"

/** Of one project whose lock is held. */
enum err publication_recover(struct context *context, int64_t project_id);
/** Of all that nobody else publishes at the moment. Log lines tell what could not be put right. */
void publication_recover_all(struct context *context);
#endif
