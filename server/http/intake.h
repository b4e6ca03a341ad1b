// SPDX-License-Identifier: AGPL-3.0-or-later
// What happens to a request on libmicrohttpd's threads: it is looked at, refused or answered at
// once where that is possible, else its body is taken in and a worker is given the rest.
#ifndef REPERE_HTTP_INTAKE_H
#define REPERE_HTTP_INTAKE_H
#include <gnutls/abstract.h>
#include <microhttpd.h>

/* libmicrohttpd's callbacks; `cls` is the server. */
void intake_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
                       enum MHD_ConnectionNotificationCode code);
/** The certificate for a handshake: the present one, held by the connection to its end. */
gnutls_certificate_retrieve_function2 intake_certificate;
void *intake_target(void *cls, const char *target, struct MHD_Connection *mhd);
enum MHD_Result intake_request(void *cls, struct MHD_Connection *mhd, const char *url,
                               const char *method, const char *version, const char *data,
                               size_t *data_len, void **request_context);
void intake_completed(void *cls, struct MHD_Connection *mhd, void **request_context,
                      enum MHD_RequestTerminationCode why);
#endif
