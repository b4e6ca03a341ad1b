// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures of few colours as PNG. The only user of libspng.
#ifndef REPERE_TILES_PNG_H
#define REPERE_TILES_PNG_H
#include "base/buf.h"
#include "base/err.h"
#include "palette.h"

/**
 * Appends an 8-bit palette PNG with transparency (PLTE, tRNS).
 *
 * @param indexes width * height bytes, row 0 on top, each below `count`
 * @param colours 1..256
 * Errors: BAD_PARAMETER, NO_MEMORY, INTERNAL.
 */
enum err png_palette(uint32_t width, uint32_t height, const uint8_t *indexes,
                     const struct palette_colour *colours, size_t count, struct buf *out);
#endif
