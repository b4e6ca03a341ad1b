// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample edition made ready to be served, without a file.
#ifndef REPERE_TESTS_HELD_FIXTURE_H
#define REPERE_TESTS_HELD_FIXTURE_H
#include "publish/held.h"

/** To be freed with held_free. `leaves` 0: as many as the sample has. Fails the test when it cannot. */
struct held_edition *held_fixture(size_t leaves);
/** Fails the test when there is none of that name. */
const struct shown_slice *held_fixture_slice(const struct held_edition *held, const char *id);
#endif
