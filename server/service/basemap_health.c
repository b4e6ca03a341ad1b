// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/basemap_health.h"

#include "base/clock.h"
#include "base/log.h"

bool basemap_health_rests(const struct basemap_health *health) {
    long long until_ms = atomic_load_explicit(&health->rests_until_ms, memory_order_relaxed);
    return until_ms != 0 && clock_monotonic_ms() < until_ms;
}

void basemap_health_failed(struct basemap_health *health, const char *name, enum err err) {
    long long now_ms = clock_monotonic_ms(), told_ms = atomic_load(&health->told_ms);
    if (err == ERR_BUSY)
        atomic_store(&health->rests_until_ms, now_ms + BASEMAP_REST_MS);
    atomic_fetch_add(&health->untold, 1);
    bool due = told_ms == 0 || now_ms - told_ms >= BASEMAP_TELL_MS;
    if (!due || !atomic_compare_exchange_strong(&health->told_ms, &told_ms, now_ms))
        return; // another thread tells it
    log_event(LOG_WARN, "basemap_tile_unreadable", "%s: %s, tiles since the last such line: %u",
              name,
              err == ERR_BUSY ? "a tile takes too long to find; it has no index" : err_name(err),
              atomic_exchange(&health->untold, 0));
}
