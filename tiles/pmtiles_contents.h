// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the contents of tiles stand in a file that is being written, so that each is written once.
#ifndef REPERE_TILES_PMTILES_CONTENTS_H
#define REPERE_TILES_PMTILES_CONTENTS_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

struct pmtiles_content {
    uint64_t hash, offset;
    uint32_t bytes; // 0: a free place
};
struct pmtiles_contents {
    struct pmtiles_content *places; // a table of open addresses; a power of two, at most half full
    size_t room, count;
};

void pmtiles_contents_fini(struct pmtiles_contents *contents);
uint64_t pmtiles_content_hash(const void *bytes, size_t len);
/**
 * The next content with this hash and length, which need not be the same bytes; NULL after the
 * last.
 * @param before NULL: the first one
 */
const struct pmtiles_content *pmtiles_contents_next(const struct pmtiles_contents *contents,
                                                    uint64_t hash, uint32_t bytes,
                                                    const struct pmtiles_content *before);
/** Errors: NO_MEMORY. */
enum err pmtiles_contents_add(struct pmtiles_contents *contents, struct pmtiles_content content);
#endif
