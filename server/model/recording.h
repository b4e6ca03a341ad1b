// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of an exercise read aloud by a person, for devices without a voice in that language.
#ifndef REPERE_MODEL_RECORDING_H
#define REPERE_MODEL_RECORDING_H
#include "model/exercise.h"

enum {
    RECORDING_BYTES_MAX = 256 * 1024,           // some half a minute of speech
    RECORDING_PROJECT_BYTES_MAX = 64 * 1024 * 1024,
    RECORDING_ITEM_MAX = 2 * EXERCISE_ID_MAX_BYTES + 1
};

struct recording {
    int64_t id;
    const char *exercise_key;
    const char *item; // "feeling": the question; "feeling.safe": one of its answers
    const char *language;
    const char *media_type;
    int64_t bytes;
};

/** The media type by the file's first bytes (WebM, Ogg, MP4, MP3, WAV): a constant of the program. NULL: none
 *  of these. */
const char *recording_media_type(const void *bytes, size_t len);
/** Whether the exercise has such a question, or such an answer to it. */
bool recording_item_known(const struct exercise *exercise, const char *item);
#endif
