// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/certificate.h"
#include "base/file.h"
#include "base/secret.h"
#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { FILE_MAX = 256 * 1024, CHAIN_MAX = 10, NAMES_MAX = 64, NAME_SIZE = 256, KEY_ID_SIZE = 64 };

struct certificate {
    atomic_int holders;
    gnutls_x509_crt_t chain[CHAIN_MAX];
    gnutls_pcert_st shown[CHAIN_MAX];
    unsigned chain_len, shown_len;
    gnutls_privkey_t key;
    char names[NAMES_MAX][NAME_SIZE];
    size_t name_count;
    char issuer[NAME_SIZE];
};

/* The end of a path, which says most. */
static const char *short_path(const char *path) {
    enum { LEN_MAX = sizeof((struct fault *)0)->where - 1 };
    size_t len = strlen(path);
    return len > LEN_MAX ? path + len - LEN_MAX : path;
}

static enum err read_pem(const char *path, struct buf *out, struct fault *fault) {
    errno = 0;
    enum err err = file_read(path, FILE_MAX, out);
    if (err == ERR_NOT_FOUND)
        return fault_set(fault, err, short_path(path), "there is no such file");
    if (err == ERR_TOO_LARGE)
        return fault_set(fault, ERR_BAD_FIELD, short_path(path), "is too large to be a PEM file");
    if (err == ERR_IO)
        return fault_set(fault, err, short_path(path), "%s", strerror(errno ? errno : EIO));
    return err;
}

static gnutls_datum_t datum_of(const struct buf *bytes) {
    return (gnutls_datum_t){(unsigned char *)bytes->data, (unsigned)bytes->len};
}

/* ---- the certificate ---- */

static enum err read_chain(struct certificate *certificate, const char *path, struct fault *fault) {
    struct buf pem;
    buf_init(&pem);
    enum err err = read_pem(path, &pem, fault);
    gnutls_datum_t datum = datum_of(&pem);
    unsigned len = CHAIN_MAX;
    int got = err ? 0
                  : gnutls_x509_crt_list_import(certificate->chain, &len, &datum,
                                                GNUTLS_X509_FMT_PEM,
                                                GNUTLS_X509_CRT_LIST_SORT |
                                                    GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED);
    if (err == ERR_OK && got == GNUTLS_E_SHORT_MEMORY_BUFFER)
        err = fault_set(fault, ERR_BAD_FIELD, short_path(path), "holds more than %d certificates",
                        CHAIN_MAX);
    else if (err == ERR_OK && got <= 0)
        err = fault_set(fault, ERR_BAD_FIELD, short_path(path),
                        "holds no certificate that can be read: wanted is a PEM file (%s)",
                        gnutls_strerror(got));
    if (err == ERR_OK)
        certificate->chain_len = len;
    for (unsigned i = 0; i < certificate->chain_len && err == ERR_OK; i++) {
        if (gnutls_pcert_import_x509(&certificate->shown[i], certificate->chain[i], 0) < 0)
            err = ERR_NO_MEMORY;
        else
            certificate->shown_len++;
    }
    buf_fini(&pem);
    return err;
}

static void add_name(struct certificate *certificate, const char *name, size_t len) {
    bool fits = len > 0 && len < NAME_SIZE && !memchr(name, 0, len);
    if (fits && certificate->name_count < NAMES_MAX)
        memcpy(certificate->names[certificate->name_count++], name, len); // zeros are behind it
}

static void add_address(struct certificate *certificate, const void *bytes, size_t size) {
    char text[INET6_ADDRSTRLEN];
    if (inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, text, sizeof text))
        add_name(certificate, text, strlen(text));
}

/* Browsers look at the subject alternative names and at nothing else. */
static void read_names(struct certificate *certificate) {
    for (unsigned i = 0; i < NAMES_MAX; i++) {
        char name[NAME_SIZE];
        size_t size = sizeof name;
        int kind = gnutls_x509_crt_get_subject_alt_name(certificate->chain[0], i, name, &size, NULL);
        if (kind == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
            break;
        if (kind == GNUTLS_SAN_DNSNAME)
            add_name(certificate, name, size);
        else if (kind == GNUTLS_SAN_IPADDRESS && (size == 4 || size == 16))
            add_address(certificate, name, size);
    }
    size_t size = sizeof certificate->issuer;
    if (gnutls_x509_crt_get_issuer_dn(certificate->chain[certificate->chain_len - 1],
                                      certificate->issuer, &size) < 0)
        certificate->issuer[0] = 0;
}

/* ---- the key ---- */

static enum err key_fault(int failed, const char *path, struct fault *fault) {
    if (failed == GNUTLS_E_MEMORY_ERROR)
        return ERR_NO_MEMORY;
    if (failed == GNUTLS_E_DECRYPTION_FAILED)
        return fault_set(fault, ERR_BAD_FIELD, short_path(path),
                         "is protected by a password, which nobody is there to type");
    return fault_set(fault, ERR_BAD_FIELD, short_path(path),
                     "holds no private key that can be read: wanted is a PEM file (%s)",
                     gnutls_strerror(failed));
}

static enum err import_key(struct certificate *certificate, const gnutls_datum_t *pem,
                           const char *path, struct fault *fault) {
    gnutls_x509_privkey_t key;
    int failed = gnutls_x509_privkey_init(&key);
    if (failed < 0)
        return ERR_NO_MEMORY;
    failed = gnutls_x509_privkey_import2(key, pem, GNUTLS_X509_FMT_PEM, NULL, 0);
    if (failed >= 0)
        failed = gnutls_privkey_init(&certificate->key);
    if (failed >= 0) {
        failed = gnutls_privkey_import_x509(certificate->key, key, GNUTLS_PRIVKEY_IMPORT_AUTO_RELEASE);
        if (failed >= 0)
            return ERR_OK;
    }
    gnutls_x509_privkey_deinit(key);
    return key_fault(failed, path, fault);
}

static bool key_fits(const struct certificate *certificate) {
    unsigned char ids[2][KEY_ID_SIZE];
    size_t sizes[2] = {KEY_ID_SIZE, KEY_ID_SIZE};
    gnutls_pubkey_t public_key;
    if (gnutls_pubkey_init(&public_key) < 0)
        return false;
    bool known = gnutls_pubkey_import_privkey(public_key, certificate->key, 0, 0) >= 0 &&
                 gnutls_pubkey_get_key_id(public_key, 0, ids[0], &sizes[0]) >= 0 &&
                 gnutls_x509_crt_get_key_id(certificate->chain[0], 0, ids[1], &sizes[1]) >= 0;
    gnutls_pubkey_deinit(public_key);
    return known && sizes[0] == sizes[1] && memcmp(ids[0], ids[1], sizes[0]) == 0;
}

static enum err read_key(struct certificate *certificate, const char *path, struct fault *fault) {
    struct buf pem;
    buf_init(&pem);
    enum err err = read_pem(path, &pem, fault);
    const gnutls_datum_t datum = datum_of(&pem);
    if (err == ERR_OK)
        err = import_key(certificate, &datum, path, fault);
    if (err == ERR_OK && !key_fits(certificate))
        err = fault_set(fault, ERR_BAD_FIELD, short_path(path),
                        "is the key of another certificate than the one of --tls-cert");
    if (pem.data)
        secret_wipe(pem.data, pem.len);
    buf_fini(&pem);
    return err;
}

/* ---- the pair ---- */

enum err certificate_read(const char *certificate_path, const char *key_path, struct fault *fault,
                          struct certificate **out) {
    struct certificate *certificate = calloc(1, sizeof *certificate);
    if (!certificate)
        return ERR_NO_MEMORY;
    atomic_init(&certificate->holders, 1);
    enum err err = read_chain(certificate, certificate_path, fault);
    if (err == ERR_OK)
        err = read_key(certificate, key_path, fault);
    if (err == ERR_OK) {
        read_names(certificate);
        *out = certificate;
    } else {
        certificate_drop(certificate);
    }
    return err;
}

struct certificate *certificate_hold(struct certificate *certificate) {
    atomic_fetch_add_explicit(&certificate->holders, 1, memory_order_relaxed);
    return certificate;
}

void certificate_drop(struct certificate *certificate) {
    if (!certificate ||
        atomic_fetch_sub_explicit(&certificate->holders, 1, memory_order_acq_rel) != 1)
        return;
    for (unsigned i = 0; i < certificate->shown_len; i++)
        gnutls_pcert_deinit(&certificate->shown[i]);
    for (unsigned i = 0; i < certificate->chain_len; i++)
        gnutls_x509_crt_deinit(certificate->chain[i]);
    gnutls_privkey_deinit(certificate->key);
    free(certificate);
}

static bool name_covers(const char *name, struct span host) {
    if (name[0] != '*' || name[1] != '.')
        return span_is_nocase(host, name);
    const char *dot = memchr(host.text, '.', host.len);
    size_t label = dot ? (size_t)(dot - host.text) : 0;
    return label > 0 && span_is_nocase((struct span){dot, host.len - label}, name + 1);
}

bool certificate_covers(const struct certificate *certificate, struct span host) {
    for (size_t i = 0; i < certificate->name_count; i++)
        if (name_covers(certificate->names[i], host))
            return true;
    return false;
}

const char *certificate_name(const struct certificate *certificate, size_t index) {
    return index < certificate->name_count ? certificate->names[index] : NULL;
}

const char *certificate_host(const struct certificate *certificate) {
    for (size_t i = 0; i < certificate->name_count; i++)
        if (certificate->names[i][0] != '*')
            return certificate->names[i];
    return NULL;
}

int64_t certificate_begins_s(const struct certificate *certificate) {
    return gnutls_x509_crt_get_activation_time(certificate->chain[0]);
}

int64_t certificate_ends_s(const struct certificate *certificate) {
    return gnutls_x509_crt_get_expiration_time(certificate->chain[0]);
}

/* Dates are judged elsewhere, and names by the browser. */
static bool is_trusted_here(const struct certificate *certificate) {
    gnutls_x509_trust_list_t list;
    unsigned status = 1;
    if (gnutls_x509_trust_list_init(&list, 0) < 0)
        return false;
    bool asked = gnutls_x509_trust_list_add_system_trust(list, 0, 0) >= 0 &&
                 gnutls_x509_trust_list_verify_crt(
                     list, (gnutls_x509_crt_t *)(uintptr_t)certificate->chain,
                     certificate->chain_len, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status, NULL) >= 0;
    gnutls_x509_trust_list_deinit(list, 1);
    return asked && status == 0;
}

enum certificate_chain certificate_chain(const struct certificate *certificate) {
    gnutls_x509_crt_t first = certificate->chain[0];
    if (is_trusted_here(certificate))
        return CERTIFICATE_TRUSTED;
    if (gnutls_x509_crt_check_issuer(first, first))
        return CERTIFICATE_SELF_SIGNED;
    return certificate->chain_len == 1 ? CERTIFICATE_ALONE : CERTIFICATE_FOREIGN;
}

const char *certificate_issuer(const struct certificate *certificate) {
    return certificate->issuer;
}

bool certificate_key_is_open(const char *key_path) {
    struct stat info;
    return stat(key_path, &info) == 0 && (info.st_mode & (S_IRWXO | S_IWGRP));
}

void certificate_show(const struct certificate *certificate, struct gnutls_pcert_st **chain,
                      unsigned *len, struct gnutls_privkey_st **key) {
    *chain = (gnutls_pcert_st *)(uintptr_t)certificate->shown;
    *len = certificate->shown_len;
    *key = certificate->key;
}
