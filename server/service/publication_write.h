// SPDX-License-Identifier: AGPL-3.0-or-later
// One write of publishing: on the writer beside the room's own, or in a transaction of its own where there is
// no writer (the command line, the start of the server).
#ifndef REPERE_SERVICE_PUBLICATION_WRITE_H
#define REPERE_SERVICE_PUBLICATION_WRITE_H
#include "service/context.h"

typedef enum err publication_work_fn(struct context *writing, void *work);
/** Done and on the disk, or not done. Ends whatever statements of the context are still busy. */
enum err publication_write(struct context *context, publication_work_fn *fn, void *work);
#endif
