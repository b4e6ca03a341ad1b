// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/utf8.h"
#include <stdint.h>
#include <string.h>

static bool continues(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

size_t utf8_step(const char *text, size_t len) {
    const unsigned char *s = (const unsigned char *)text;
    if (!len)
        return 0;
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF)
        return len >= 2 && continues(s[1]) ? 2 : 0;
    if (s[0] >= 0xE0 && s[0] <= 0xEF) {
        if (len < 3 || !continues(s[1]) || !continues(s[2]))
            return 0;
        bool overlong = s[0] == 0xE0 && s[1] < 0xA0;
        bool surrogate = s[0] == 0xED && s[1] > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        if (len < 4 || !continues(s[1]) || !continues(s[2]) || !continues(s[3]))
            return 0;
        bool overlong = s[0] == 0xF0 && s[1] < 0x90;
        bool beyond = s[0] == 0xF4 && s[1] > 0x8F;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

bool utf8_valid(const char *text, size_t len, size_t *bad_at) {
    size_t at = 0;
    while (at < len) {
        uint64_t eight;
        if (len - at >= sizeof eight) {
            memcpy(&eight, text + at, sizeof eight);
            if (!(eight & 0x8080808080808080U)) { // eight ASCII bytes at once
                at += sizeof eight;
                continue;
            }
        }
        size_t step = utf8_step(text + at, len - at);
        if (!step) {
            if (bad_at)
                *bad_at = at;
            return false;
        }
        at += step;
    }
    return true;
}

size_t utf8_count(const char *text, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += !continues((unsigned char)text[i]);
    return count;
}

/* The character that `text` begins with. */
static uint32_t code_point(const unsigned char *text, size_t bytes) {
    static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = text[0] & first_bits[bytes];
    for (size_t i = 1; i < bytes; i++)
        code = code << 6 | (text[i] & 0x3f);
    return code;
}

static bool is_control(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

bool utf8_is_line(const char *text, size_t len, size_t max) {
    size_t characters = 0, bytes;
    bool visible = false;
    for (size_t at = 0; at < len; at += bytes, characters++) {
        bytes = utf8_step(text + at, len - at);
        if (bytes == 0)
            return false;
        uint32_t code = code_point((const unsigned char *)text + at, bytes);
        if (is_control(code))
            return false;
        visible = visible || (code > 0x20 && code != 0xa0);
    }
    return visible && characters <= max;
}
