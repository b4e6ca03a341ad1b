// SPDX-License-Identifier: AGPL-3.0-or-later
// What the checks of `repere doctor` share. A line that is not good says what to do.
#ifndef REPERE_CLI_DOCTOR_H
#define REPERE_CLI_DOCTOR_H
#include "cli/cli.h"
#include <stdbool.h>
#include <sys/socket.h>

struct doctor {
    const char *folder;
    const struct config *config;
    bool held;    // by a running server
    bool warned;  // browsers warn of the certificate, or the server does not start with it
    int problems; // that keep a session from being held
};

void doctor_good(const char *what, const char *detail);
void doctor_note(const char *what, const char *detail, const char *advice);
void doctor_bad(struct doctor *doctor, const char *what, const char *detail, const char *advice);

/** The data folder, its keys, store and trail, old copies, the disk. False: there is no folder to look into. */
bool doctor_folder(struct doctor *doctor);
/** Each archive by its name, those that are refused with the reason. */
void doctor_basemaps(struct doctor *doctor);
void doctor_clock(struct doctor *doctor);
/** Whether one runs on the folder. */
void doctor_server(struct doctor *doctor);
/** --address and the ports. */
void doctor_address(struct doctor *doctor);
/** The certificate, its key, its days and its chain; then where each name leads. */
void doctor_certificate(struct doctor *doctor);
/** What browsers will let pages do. */
void doctor_secure_context(struct doctor *doctor);
/** What no program can look at. */
void doctor_room(struct doctor *doctor);

/** Whether an address is of this machine alone. */
bool doctor_is_loopback(const struct sockaddr *address);
/** Whether one of this machine's network cards has it. */
bool doctor_is_own(const struct sockaddr *address);
#endif
