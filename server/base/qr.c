// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/qr.h"
#include <errno.h>
#include <qrencode.h>

enum { QUIET_ZONE = 4 };

/* Each run of dark modules of a row is one rectangle of the path. */
static void write_row(struct buf *out, const unsigned char *row, int width, int y) {
    for (int x = 0; x < width;) {
        if (!(row[x] & 1)) {
            x++;
            continue;
        }
        int from = x;
        while (x < width && (row[x] & 1))
            x++;
        buf_printf(out, "M%d %dh%dv1h-%dz", from + QUIET_ZONE, y + QUIET_ZONE, x - from, x - from);
    }
}

enum err qr_svg(const char *text, struct buf *out) {
    errno = 0;
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return errno == ENOMEM ? ERR_NO_MEMORY : ERR_TOO_LARGE;
    int side = code->width + 2 * QUIET_ZONE;
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
               "shape-rendering=\"crispEdges\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>"
               "<path fill=\"#000\" d=\"",
               side, side, side, side);
    for (int y = 0; y < code->width; y++)
        write_row(out, code->data + (size_t)y * (size_t)code->width, code->width, y);
    buf_str(out, "\"/></svg>\n");
    QRcode_free(code);
    return out->failed ? ERR_NO_MEMORY : ERR_OK;
}
