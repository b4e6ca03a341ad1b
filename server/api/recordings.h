// SPDX-License-Identifier: AGPL-3.0-or-later
// Recordings: words of an exercise read aloud by a person.
#ifndef REPERE_API_RECORDINGS_H
#define REPERE_API_RECORDINGS_H
#include "http/route.h"

handler_fn recordings_list, recordings_of_session, recording_get, recording_get_one, recording_put_prepare, recording_put_one,
    recording_delete_one;
#endif
