// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/percent.h"
#include "base/utf8.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The byte that the escape at `text` stands for, or -1. */
static int escape_value(const char *text, size_t len) {
    if (len < 3)
        return -1;
    int high = hex_digit(text[1]), low = hex_digit(text[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum err percent_decode(const char *text, size_t len, bool plus, struct arena *arena, char **out,
                        size_t *out_len) {
    char *decoded = arena_alloc(arena, len + 1);
    if (!decoded)
        return ERR_NO_MEMORY;
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        int byte = (unsigned char)text[i];
        if (byte == '%') {
            byte = escape_value(text + i, len - i);
            i += 2;
        } else if (byte == '+' && plus) {
            byte = ' ';
        }
        if (byte < 0x20 || byte == 0x7f)
            return ERR_BAD_REQUEST;
        decoded[n++] = (char)byte;
    }
    if (!utf8_valid(decoded, n, NULL))
        return ERR_BAD_REQUEST;
    *out = decoded;
    *out_len = n;
    return ERR_OK;
}

/* Dots of the path's last step: 1 or 2 when it is made of nothing else, 3 for any other. */
static int dots_after(int dots, int byte) {
    if (byte == '/')
        return 0;
    return byte == '.' && dots < 2 ? dots + 1 : 3;
}

bool percent_target_ok(const char *target, size_t len) {
    if (len == 0 || target[0] != '/')
        return false;
    bool in_path = true;
    int dots = 0;
    for (size_t i = 0; i < len; i++) {
        int byte = (unsigned char)target[i];
        if (byte <= 0x20 || byte >= 0x7f || byte == '#' || byte == '\\')
            return false;
        if (byte == '%') {
            byte = escape_value(target + i, len - i);
            i += 2;
            if (byte <= 0)
                return false;
            // an escaped slash or backslash would be a step to some readers and a letter to others
            if (in_path && (byte == '/' || byte == '\\'))
                return false;
        } else if (byte == '?' && in_path) {
            in_path = false;
            if (dots == 1 || dots == 2)
                return false;
        }
        if (in_path) {
            if (byte == '/' && (dots == 1 || dots == 2))
                return false;
            dots = dots_after(dots, byte);
        }
    }
    return !in_path || (dots != 1 && dots != 2);
}
