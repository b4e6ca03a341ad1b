// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/zip.h"
#include <limits.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8, PIECE = 64 * 1024 };

/* zlib counts in unsigned int: longer inputs are fed by pieces. */
static void feed(z_stream *z, const Bytef **rest, size_t *rest_len) {
    if (z->avail_in || !*rest_len)
        return;
    uInt piece = *rest_len > UINT_MAX ? UINT_MAX : (uInt)*rest_len;
    z->next_in = (z_const Bytef *)*rest;
    z->avail_in = piece;
    *rest += piece;
    *rest_len -= piece;
}

enum err zip_gzip(const void *bytes, size_t len, struct buf *out) {
    z_stream z = {0};
    if (deflateInit2(&z, 1, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_NO_MEMORY;
    const Bytef *rest = bytes;
    int state = Z_OK;
    while (state == Z_OK) {
        feed(&z, &rest, &len);
        char *room = buf_reserve(out, PIECE);
        if (!room)
            break;
        z.next_out = (Bytef *)room;
        z.avail_out = PIECE;
        state = deflate(&z, len ? Z_NO_FLUSH : Z_FINISH);
        out->len += PIECE - z.avail_out;
    }
    deflateEnd(&z);
    return state == Z_STREAM_END ? ERR_OK : ERR_NO_MEMORY;
}

static enum err inflate_all(z_stream *z, const Bytef *rest, size_t len, size_t max,
                            struct buf *out) {
    size_t made = 0;
    int state = Z_OK;
    while (state != Z_STREAM_END) {
        feed(z, &rest, &len);
        char *room = buf_reserve(out, PIECE);
        if (!room)
            return ERR_NO_MEMORY;
        z->next_out = (Bytef *)room;
        z->avail_out = PIECE;
        state = inflate(z, Z_NO_FLUSH);
        if (state == Z_MEM_ERROR)
            return ERR_NO_MEMORY;
        size_t piece = PIECE - z->avail_out;
        if (state != Z_OK && state != Z_STREAM_END)
            return ERR_BAD_REQUEST;
        made += piece;
        if (made > max)
            return ERR_TOO_LARGE;
        out->len += piece;
        if (!piece && !z->avail_in && !len && state != Z_STREAM_END)
            return ERR_BAD_REQUEST; // cut off
    }
    return ERR_OK;
}

enum err zip_gunzip(const void *bytes, size_t len, size_t max, struct buf *out) {
    z_stream z = {0};
    if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return ERR_NO_MEMORY;
    enum err err = inflate_all(&z, bytes, len, max, out);
    inflateEnd(&z);
    return err;
}
