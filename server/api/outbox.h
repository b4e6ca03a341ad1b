// SPDX-License-Identifier: AGPL-3.0-or-later
// What waited on a tablet, brought as a file.
#ifndef REPERE_API_OUTBOX_H
#define REPERE_API_OUTBOX_H
#include "http/route.h"

handler_fn outbox_prepare, outbox_post;
#endif
