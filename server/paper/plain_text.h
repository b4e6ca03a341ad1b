// SPDX-License-Identifier: AGPL-3.0-or-later
// What a maker of base maps wrote, as plain text: attributions come with links and entities in them.
#ifndef REPERE_PAPER_PLAIN_TEXT_H
#define REPERE_PAPER_PLAIN_TEXT_H
#include "base/arena.h"
/** Without tags, the usual entities as characters, runs of white space as one space; "" for what is not
 *  UTF-8. NULL: no memory. */
const char *plain_text(const char *html, struct arena *arena);
#endif
