// SPDX-License-Identifier: AGPL-3.0-or-later
// Files are looked at by what is in them, not by their dates: what puts a certificate into its place may keep
// dates, follow links or write in pieces. A change is taken when it has stayed as it is from one look to the
// next, so that a new certificate is not judged beside the old key.
#include "http/tls.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_EVERY_MS = 1000, FILE_MAX = 256 * 1024, MEMORY_PATIENCE_S = 60 };

/* What is in both files; zeros when one cannot be read. */
struct print {
    uint8_t hashes[2][SECRET_HASH_SIZE];
};

struct tls {
    char *paths[2]; // certificate, key
    pthread_mutex_t lock;
    pthread_cond_t stop;
    pthread_t thread;
    bool watched, stopping;
    struct certificate *certificate;
    /* the watching thread's */
    struct print judged, seen;
    int64_t again_s; // when what was refused may do as it is, seconds since 1970; 0: never
};

static struct print print_of(char *const paths[2]) {
    struct print print = {0};
    for (int i = 0; i < 2; i++) {
        struct buf bytes;
        buf_init(&bytes);
        if (file_read(paths[i], FILE_MAX, &bytes) == ERR_OK) {
            secret_hash(bytes.data ? bytes.data : "", bytes.len, print.hashes[i]);
            if (bytes.data)
                secret_wipe(bytes.data, bytes.len);
        }
        buf_fini(&bytes);
    }
    return print;
}

static bool is_same(const struct print *one, const struct print *other) {
    return memcmp(one, other, sizeof *one) == 0;
}

/* Sets `again_s`, too. */
static enum err read_pair(struct tls *tls, struct fault *fault, struct certificate **out) {
    char date[CLOCK_TEXT_SIZE];
    struct certificate *certificate;
    int64_t now_s = clock_now_ms() / 1000;
    enum err err = certificate_read(tls->paths[0], tls->paths[1], fault, &certificate);
    tls->again_s = err == ERR_NO_MEMORY ? now_s + MEMORY_PATIENCE_S : 0;
    if (err != ERR_OK)
        return err;
    if (now_s < certificate_begins_s(certificate)) {
        tls->again_s = certificate_begins_s(certificate);
        clock_format(tls->again_s * 1000, date);
        certificate_drop(certificate);
        return fault_set(fault, ERR_BAD_FIELD, tls->paths[0],
                         "is not valid before %s: wait, or set this machine's clock", date);
    }
    clock_format(certificate_ends_s(certificate) * 1000, date);
    if (now_s > certificate_ends_s(certificate))
        log_event(LOG_WARN, "tls_expired", "%s: expired on %s: browsers warn of it", tls->paths[0],
                  date);
    if (certificate_key_is_open(tls->paths[1]))
        log_event(LOG_WARN, "tls_key_open", "%s: others on this machine may read it", tls->paths[1]);
    *out = certificate;
    return ERR_OK;
}

/* ---- while it serves ---- */

static void take_pair(struct tls *tls) {
    struct certificate *certificate, *old;
    struct fault fault = {0};
    enum err err = read_pair(tls, &fault, &certificate);
    if (err != ERR_OK) {
        log_event(LOG_WARN, "tls_refused", "%s: %s; the certificate of before goes on", fault.where,
                  fault.why[0] ? fault.why : err_text(err));
        return;
    }
    pthread_mutex_lock(&tls->lock);
    old = tls->certificate;
    tls->certificate = certificate;
    pthread_mutex_unlock(&tls->lock);
    certificate_drop(old);
    log_event(LOG_INFO, "tls_renewed", "%s", tls->paths[0]);
}

static void look(struct tls *tls) {
    struct print print = print_of(tls->paths);
    bool settled = is_same(&print, &tls->seen);
    bool due = tls->again_s != 0 && clock_now_ms() / 1000 >= tls->again_s;
    tls->seen = print;
    if (!settled || (is_same(&print, &tls->judged) && !due))
        return;
    tls->judged = print;
    take_pair(tls);
}

static void *watch(void *arg) {
    struct tls *tls = arg;
    pthread_mutex_lock(&tls->lock);
    while (!tls->stopping) {
        pthread_mutex_unlock(&tls->lock);
        look(tls);
        pthread_mutex_lock(&tls->lock);
        if (!tls->stopping)
            clock_cond_wait(&tls->stop, &tls->lock, clock_monotonic_ms() + LOOK_EVERY_MS);
    }
    pthread_mutex_unlock(&tls->lock);
    return NULL;
}

struct certificate *tls_certificate(struct tls *tls) {
    pthread_mutex_lock(&tls->lock);
    struct certificate *certificate = certificate_hold(tls->certificate);
    pthread_mutex_unlock(&tls->lock);
    return certificate;
}

/* ---- start and end ---- */

enum err tls_open(const char *certificate_path, const char *key_path, struct fault *fault,
                  struct tls **out) {
    struct tls *tls = calloc(1, sizeof *tls);
    if (!tls)
        return ERR_NO_MEMORY;
    pthread_mutex_init(&tls->lock, NULL);
    clock_cond_init(&tls->stop);
    tls->paths[0] = strdup(certificate_path);
    tls->paths[1] = strdup(key_path);
    enum err err = tls->paths[0] && tls->paths[1] ? ERR_OK : ERR_NO_MEMORY;
    if (err == ERR_OK) {
        tls->judged = tls->seen = print_of(tls->paths); // before: a change meanwhile is seen
        err = read_pair(tls, fault, &tls->certificate);
    }
    if (err == ERR_OK) {
        tls->watched = pthread_create(&tls->thread, NULL, watch, tls) == 0;
        err = tls->watched ? ERR_OK : ERR_NO_MEMORY;
    }
    if (err == ERR_OK)
        *out = tls;
    else
        tls_close(tls);
    return err;
}

void tls_close(struct tls *tls) {
    if (!tls)
        return;
    pthread_mutex_lock(&tls->lock);
    tls->stopping = true;
    pthread_cond_signal(&tls->stop);
    pthread_mutex_unlock(&tls->lock);
    if (tls->watched)
        pthread_join(tls->thread, NULL);
    certificate_drop(tls->certificate);
    pthread_cond_destroy(&tls->stop);
    pthread_mutex_destroy(&tls->lock);
    free(tls->paths[0]);
    free(tls->paths[1]);
    free(tls);
}
