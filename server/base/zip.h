// SPDX-License-Identifier: AGPL-3.0-or-later
// gzip of whole buffers. The only user of zlib in the server.
#ifndef REPERE_BASE_ZIP_H
#define REPERE_BASE_ZIP_H
#include "base/buf.h"
#include "base/err.h"

/** Appends `len` bytes as a gzip member, at level 1 (speed). Errors: NO_MEMORY. */
enum err zip_gzip(const void *bytes, size_t len, struct buf *out);
/**
 * Appends what a gzip file holds.
 * @param max bytes that may come out; a larger file is refused before they are made
 * Errors: BAD_REQUEST (not gzip, or damaged), TOO_LARGE, NO_MEMORY.
 */
enum err zip_gunzip(const void *bytes, size_t len, size_t max, struct buf *out);
#endif
