// SPDX-License-Identifier: AGPL-3.0-or-later
// The folder that areas.h keeps its files in: <tag>.pmtiles. A file's time is that of its last use.
#ifndef REPERE_SERVICE_AREA_FOLDER_H
#define REPERE_SERVICE_AREA_FOLDER_H
#include "base/err.h"

enum { AREA_FOLDER_SIZE = 1200, AREA_PATH_SIZE = 1300 };

/** What was not used for AREA_DAYS_MAX days goes, and what a cut that was broken off left. Errors: IO. */
enum err area_folder_open(const char *folder);
/** The longest unused go until what stays is within AREAS_MAX and AREAS_BYTES_MAX; `tag` stays. Each
 *  that goes is told. */
void area_folder_bound(const char *folder, const char *tag,
                       void (*gone)(void *context, const char *tag), void *context);
void area_path(const char *folder, const char *tag, char out[AREA_PATH_SIZE]);
/** It is used. */
void area_touch(const char *folder, const char *tag);
#endif
