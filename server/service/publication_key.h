// SPDX-License-Identifier: AGPL-3.0-or-later
// The secret that an exercise's noise is drawn from: keys/exercise-<project>-<key>.key, 32 random bytes, made
// when its first edition is, never changed, overwritten and deleted when the exercise ends. It is never in
// the database. A second key for the same people would let two editions be averaged, so a key that is
// missing is never made anew once something of the exercise was published.
#ifndef REPERE_SERVICE_PUBLICATION_KEY_H
#define REPERE_SERVICE_PUBLICATION_KEY_H
#include "base/secret.h"
#include "service/context.h"
#include <stdbool.h>

enum publication_key_use {
    KEY_TO_PUBLISH,      // made when it is missing
    KEY_PUBLISHED,       // never made
    KEY_TO_PREVIEW       // a stand-in when it is missing: the same each time, and of no use to publish with
};
/**
 * To be wiped after use.
 * Errors: CONFLICT (it is missing, and editions were made with it: fault), IO, READ_ONLY, DISK_FULL.
 */
enum err publication_key_read(struct context *context, int64_t project, const char *exercise_key,
                              enum publication_key_use use, struct fault *fault,
                              uint8_t out[SECRET_KEY_SIZE]);
bool publication_key_there(const char *data_folder, int64_t project, const char *exercise_key);
/** Overwrites and deletes it; none is no error. On some disks old bytes outlive what overwrites them. */
enum err publication_key_destroy(const char *data_folder, int64_t project, const char *exercise_key);
/** Its name inside the data folder, for people: "keys/exercise-7-safety-map.key". */
enum { PUBLICATION_KEY_NAME_SIZE = 96 };
void publication_key_name(int64_t project, const char *exercise_key, char out[PUBLICATION_KEY_NAME_SIZE]);
/** Names the keys that editions were made with, of exercises that have not ended, and that are missing. */
void publication_keys_lost(struct context *context, void (*each)(void *owner, const char *name), void *owner);
#endif
