// SPDX-License-Identifier: AGPL-3.0-or-later
// The certificate that new connections are shown: read from its two files at start, and again when what
// is in them has changed. A pair that cannot be used is logged, once, and the one before goes on; one that
// is not valid yet is taken when it is.
#ifndef REPERE_HTTP_TLS_H
#define REPERE_HTTP_TLS_H
#include "base/err.h"
#include "http/certificate.h"

struct tls;

/** What is offered: TLS 1.2 and 1.3, with forward secrecy and authenticated ciphers alone. The browser chooses
 *  among them: a tablet without AES in hardware takes ChaCha20. */
#define TLS_PRIORITY                                                                               \
    "NONE:+VERS-TLS1.3:+VERS-TLS1.2:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:"                 \
    "+ECDHE-ECDSA:+ECDHE-RSA:+AEAD:+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1:"               \
    "+SIGN-ECDSA-SHA256:+SIGN-ECDSA-SHA384:+SIGN-ECDSA-SECP256R1-SHA256:"                          \
    "+SIGN-ECDSA-SECP384R1-SHA384:+SIGN-EDDSA-ED25519:+SIGN-RSA-SHA256:+SIGN-RSA-SHA384:"          \
    "+SIGN-RSA-SHA512:+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-PSS-RSAE-SHA384:"                        \
    "+SIGN-RSA-PSS-RSAE-SHA512:+CTYPE-X509"

/**
 * Reads the pair and begins to watch its files. One that has expired serves, with a line in the log.
 *
 * Errors: as certificate_read; BAD_FIELD for one that is not valid yet.
 */
enum err tls_open(const char *certificate_path, const char *key_path, struct fault *fault,
                  struct tls **out);
/** Accepts NULL. */
void tls_close(struct tls *tls);
/** The present certificate; the caller drops it. */
struct certificate *tls_certificate(struct tls *tls);
#endif
