// SPDX-License-Identifier: AGPL-3.0-or-later
#include "varint.h"

size_t varint_read(const void *bytes, size_t len, uint64_t *out) {
    const unsigned char *at = bytes;
    uint64_t value = 0;
    for (unsigned shift = 0, i = 0; shift < 64 && i < len; shift += 7, i++) {
        if (shift == 63 && at[i] > 1)
            return 0;
        value |= (uint64_t)(at[i] & 0x7f) << shift;
        if (at[i] < 0x80) {
            *out = value;
            return i + 1;
        }
    }
    return 0;
}

void varint_write(struct buf *out, uint64_t value) {
    while (value >= 0x80) {
        buf_char(out, (char)((value & 0x7f) | 0x80));
        value >>= 7;
    }
    buf_char(out, (char)value);
}
