// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of editions/ in a data folder, while they come into being: a part is written beside its place,
// brought to the disk, and renamed when the store knows its hash. Who publishes holds a project's lock, so
// that the server and the command line never do at once.
#ifndef REPERE_SERVICE_PUBLICATION_FILES_H
#define REPERE_SERVICE_PUBLICATION_FILES_H
#include "base/err.h"
#include "base/secret.h"
#include <stdbool.h>
#include <stdint.h>

enum { PUBLICATION_PATH_SIZE = 1200 };
#define PUBLICATION_EDITIONS "editions"

/** What a project's edition is called inside its folder: "7-2.gpkg", and ".7-2.gpkg.part" on its way. */
enum publication_file { PUBLICATION_FILE, PUBLICATION_PART };
/** Errors: IO (too long). */
enum err publication_path(const char *data_folder, int64_t project, unsigned number,
                          enum publication_file file, char out[PUBLICATION_PATH_SIZE]);
bool publication_file_there(const char *path);
/** SHA-256. Errors: NOT_FOUND, TOO_LARGE, IO, NO_MEMORY. */
enum err publication_file_hash(const char *path, uint8_t out[SECRET_HASH_SIZE]);
/** Whether it is the file of that hash. Errors: NOT_A_STORE (it is another one), those above. */
enum err publication_file_check(const char *path, const uint8_t hash[SECRET_HASH_SIZE]);
/** Brings the folder's names to the disk, so that a part that was written is found after a crash. */
enum err publication_folder_sync(const char *data_folder);
/** Puts the part in its place, over what is there. */
enum err publication_file_install(const char *data_folder, int64_t project, unsigned number);
/** No part is no error. */
void publication_part_drop(const char *data_folder, int64_t project, unsigned number);
/** The highest number that a file of the project has; 0: none. */
unsigned publication_file_last(const char *data_folder, int64_t project);
/** Called for each part that lies about. */
typedef void publication_part_fn(void *context, int64_t project, unsigned number);
void publication_parts(const char *data_folder, publication_part_fn *each, void *context);

/**
 * Takes the project's lock. It ends with the process, too.
 * @param wait_ms how long somebody else may still have it
 * Errors: CONFLICT (somebody else has it), IO, READ_ONLY, DISK_FULL.
 */
enum err publication_lock(const char *data_folder, int64_t project, int wait_ms, int *out_fd);
/** Below 0 is fine. */
void publication_unlock(int fd);
#endif
