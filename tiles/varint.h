// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole numbers of one to ten bytes, seven bits each, the lowest first (LEB128): what vector tiles and
// directories of PMTiles are made of.
#ifndef REPERE_TILES_VARINT_H
#define REPERE_TILES_VARINT_H
#include "base/buf.h"
#include <stddef.h>
#include <stdint.h>

/** Reads one from the beginning of `len` bytes: how many it took; 0 when it does not end there or holds
 *  more than 64 bits, and then nothing is written. */
size_t varint_read(const void *bytes, size_t len, uint64_t *out);
/** Appends one. */
void varint_write(struct buf *out, uint64_t value);
#endif
