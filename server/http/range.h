// SPDX-License-Identifier: AGPL-3.0-or-later
// Which bytes of a file a Range header asks for (RFC 9110, 14). One range is served; several, another
// unit and what is malformed are as if nothing had been asked: the whole file.
#ifndef REPERE_HTTP_RANGE_H
#define REPERE_HTTP_RANGE_H
#include "http/framing.h"
#include <stdint.h>

enum range_kind {
    RANGE_WHOLE,
    RANGE_PART,
    RANGE_BEYOND // well formed, but the file has no such byte
};
struct range {
    uint64_t from, len; // RANGE_PART: len > 0, all of it inside the file
};

enum range_kind range_read(struct span header, uint64_t size, struct range *out);
/** Whether If-Range lets a part be sent: it is absent, or the strong tag of the file as it is now. A date
 *  never does: no file here carries one. */
bool range_holds(struct span if_range, const char *etag);
#endif
