// SPDX-License-Identifier: AGPL-3.0-or-later
// QR codes as SVG. The only user of libqrencode.
#ifndef REPERE_BASE_QR_H
#define REPERE_BASE_QR_H
#include "base/buf.h"
#include "base/err.h"
/** Appends an SVG document (error correction M, quiet zone 4 modules, black on white, one path,
 *  viewBox in modules). Errors: TOO_LARGE, NO_MEMORY. */
enum err qr_svg(const char *text, struct buf *out);
#endif
