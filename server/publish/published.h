// SPDX-License-Identifier: AGPL-3.0-or-later
// The read side: the editions of a folder, held in memory. All that a planner's handler is given. Knows no
// store, no key, no contribution. Shared by all workers; locked inside.
//
// A file is "<project>-<number>.gpkg". One that cannot be read is refused by name; the others go on.
#ifndef REPERE_PUBLISH_PUBLISHED_H
#define REPERE_PUBLISH_PUBLISHED_H
#include "base/buf.h"
#include "base/err.h"
#include "publish/edition.h"

struct published;
/** Reads what is there. @param folder may be empty or absent: no editions then. Errors: NO_MEMORY. */
enum err published_open(const char *folder, struct published **out);
/** From now on a thread looks at the folder so often: what another process publishes, takes down or
 *  copies there is seen without being told. Errors: NO_MEMORY. */
enum err published_watch(struct published *published, int64_t every_ms);
/** NULL is fine. */
void published_close(struct published *published);
/** Looks at the folder again: new files are read, changed ones read again, and those that the machine could
 *  not read; missing ones are forgotten. A cheap look when nothing has changed. Any thread. */
enum err published_refresh(struct published *published);
/** Grows when what is published has changed: replies made before are void. */
uint64_t published_generation(struct published *published);

/** An edition in use; never changes, also when its file is replaced meanwhile. publish/held.h */
struct held_edition;
const struct edition *held_edition(const struct held_edition *held);
/** @param number 0: the latest. Errors: NOT_FOUND. */
enum err published_hold(struct published *published, int64_t project, unsigned number, struct held_edition **out);
void published_release(struct published *published, struct held_edition *held);
/** Every edition by project, newest first; and the refused files, by name. Called under no lock of the
 *  caller's; what they are given is theirs during the call. */
typedef enum err published_each_fn(void *context, const struct edition *edition);
typedef enum err published_refused_fn(void *context, const char *file, const char *why);
enum err published_list(struct published *published, published_each_fn *each, published_refused_fn *refused,
                        void *context);
#endif
