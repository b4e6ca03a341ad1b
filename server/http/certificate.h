// SPDX-License-Identifier: AGPL-3.0-or-later
// A certificate with its chain and its private key, read from two PEM files and checked against each other.
// Immutable; held by whoever shows it, so that another may take its place meanwhile.
#ifndef REPERE_HTTP_CERTIFICATE_H
#define REPERE_HTTP_CERTIFICATE_H
#include "base/err.h"
#include "http/framing.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct certificate;
struct gnutls_pcert_st;
struct gnutls_privkey_st;

/** How far what is in the file leads towards an authority that browsers know. */
enum certificate_chain {
    CERTIFICATE_TRUSTED,     // to an authority this machine trusts
    CERTIFICATE_SELF_SIGNED, // nowhere: it vouches for itself
    CERTIFICATE_ALONE,       // nowhere: what stands between it and its authority is not in the file
    CERTIFICATE_FOREIGN,     // to an authority that this machine does not know
};

/**
 * Reads the pair. A certificate that has expired is read as any other.
 *
 * Errors: NOT_FOUND, IO (a file that is missing or unreadable), BAD_FIELD (what is in it is no
 * certificate, no key, a key with a password, or the key of another certificate), NO_MEMORY; the fault
 * names the file and the reason.
 */
enum err certificate_read(const char *certificate_path, const char *key_path, struct fault *fault,
                          struct certificate **out);
struct certificate *certificate_hold(struct certificate *certificate);
void certificate_drop(struct certificate *certificate);

/** Whether it is for that host name or address (without port). "*.example.org" is for one label more. */
bool certificate_covers(const struct certificate *certificate, struct span host);
/** The names and addresses it is for; NULL behind the last. */
const char *certificate_name(const struct certificate *certificate, size_t index);
/** The first name that can be typed, which one with a "*" cannot; NULL when there is none. */
const char *certificate_host(const struct certificate *certificate);
/** Seconds since 1970. */
int64_t certificate_begins_s(const struct certificate *certificate);
int64_t certificate_ends_s(const struct certificate *certificate);
enum certificate_chain certificate_chain(const struct certificate *certificate);
/** Who vouches for the last of the chain, as text; "" when it does not tell. */
const char *certificate_issuer(const struct certificate *certificate);
/** Whether accounts outside the key file's group may read it. */
bool certificate_key_is_open(const char *key_path);
/** What a handshake shows; borrowed. */
void certificate_show(const struct certificate *certificate, struct gnutls_pcert_st **chain,
                      unsigned *len, struct gnutls_privkey_st **key);
#endif
