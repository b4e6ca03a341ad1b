// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/overlay.h"

#include <string.h>

bool overlay_colour_valid(const char *colour) {
    return colour[0] == '#' && strlen(colour) == 7 &&
           strspn(colour + 1, "0123456789abcdefABCDEF") == 6;
}
