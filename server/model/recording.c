// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/recording.h"

#include <string.h>

static bool has(const unsigned char *bytes, size_t len, size_t at, const char *magic, size_t magic_len) {
    return len >= at + magic_len && memcmp(bytes + at, magic, magic_len) == 0;
}

const char *recording_media_type(const void *bytes, size_t len) {
    const unsigned char *b = bytes;
    if (has(b, len, 0, "\x1a\x45\xdf\xa3", 4))
        return "audio/webm";
    if (has(b, len, 0, "OggS", 4))
        return "audio/ogg";
    if (has(b, len, 4, "ftyp", 4))
        return "audio/mp4";
    if (has(b, len, 0, "RIFF", 4) && has(b, len, 8, "WAVE", 4))
        return "audio/wav";
    // an MPEG frame: eleven bits of sync, layer III
    if (has(b, len, 0, "ID3", 3) || (len >= 2 && b[0] == 0xff && (b[1] & 0xe6) == 0xe2))
        return "audio/mpeg";
    return NULL;
}

bool recording_item_known(const struct exercise *exercise, const char *item) {
    for (size_t i = 0; i < exercise->field_count; i++) {
        const struct exercise_field *field = &exercise->fields[i];
        size_t len = strlen(field->id);
        if (strncmp(item, field->id, len) != 0)
            continue;
        if (item[len] == '\0')
            return true;
        if (item[len] == '.' && exercise_option_find(field, item + len + 1))
            return true;
    }
    return false;
}
