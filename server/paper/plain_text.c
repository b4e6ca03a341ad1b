// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/plain_text.h"

#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

struct entity {
    const char *written, *meant; // what it means is no longer than it
};
static const struct entity entities[] = {{"&copy;", "©"}, {"&amp;", "&"},   {"&lt;", "<"},    {"&gt;", ">"},
                                         {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}, {"&#169;", "©"},
                                         {"&ndash;", "–"}, {"&mdash;", "—"}};

static const struct entity *entity_at(const char *text) {
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (strncmp(text, entities[i].written, strlen(entities[i].written)) == 0)
            return &entities[i];
    }
    return NULL;
}

const char *plain_text(const char *html, struct arena *arena) {
    size_t len = 0, length = strlen(html);
    char *out = arena_alloc(arena, length + 1);
    if (out == NULL || !utf8_valid(html, length, NULL))
        return out == NULL ? NULL : "";
    for (const char *at = html; *at != '\0';) {
        const char *end = *at == '<' ? strchr(at, '>') : NULL;
        const struct entity *entity = entity_at(at);
        if (end != NULL) {
            at = end + 1;
            continue;
        }
        const char *piece = entity != NULL ? entity->meant : at;
        size_t piece_len = entity != NULL ? strlen(entity->meant) : 1;
        at += entity != NULL ? strlen(entity->written) : 1;
        bool white = piece_len == 1 && ((unsigned char)*piece <= ' ' || *piece == 0x7f);
        if (white && (len == 0 || out[len - 1] == ' '))
            continue;
        memcpy(out + len, white ? " " : piece, piece_len);
        len += piece_len;
    }
    while (len > 0 && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
    return out;
}
