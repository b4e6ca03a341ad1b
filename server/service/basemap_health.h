// SPDX-License-Identifier: AGPL-3.0-or-later
// How a base map's archive does: its tiles that cannot be read are told to the log, once a minute
// and not once a request, and an archive that takes too long to search is left alone for a while,
// or the threads that read requests would wait for it by turns.
#ifndef REPERE_SERVICE_BASEMAP_HEALTH_H
#define REPERE_SERVICE_BASEMAP_HEALTH_H
#include "base/err.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { BASEMAP_REST_MS = 5000, BASEMAP_TELL_MS = 60000 };
struct basemap_health {
    atomic_llong rests_until_ms, told_ms; // 0: never
    atomic_uint untold;                   // tiles since the log was told
};

/** Whether it is to be left alone. Any thread, as the other. */
bool basemap_health_rests(const struct basemap_health *health);
/**
 * A tile could not be read.
 * @param name the base map's; the log is given no tile's place, which may tell where people are
 * @param err BUSY: it took too long to find
 */
void basemap_health_failed(struct basemap_health *health, const char *name, enum err err);
#endif
