// SPDX-License-Identifier: AGPL-3.0-or-later
// http/ alone, with the routes of the fake server: GET /kept-for-all is a cached reply of 20 kB.
// Prints its port, serves until stdin ends.
#include "fake_server.h"
#include <stdio.h>

int main(void) {
    struct fake *fake = fake_start(false);
    if (!fake)
        return 1;
    printf("%u\n", fake_port(fake));
    fflush(stdout);
    while (getchar() != EOF)
        continue;
    fake_stop(fake);
    return 0;
}
