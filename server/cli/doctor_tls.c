// SPDX-License-Identifier: AGPL-3.0-or-later
// What `repere doctor` finds about TLS and names, and what a room needs besides.
#include "base/clock.h"
#include "cli/doctor.h"
#include "http/certificate.h"
#include "listening.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

enum { DAY_S = 24 * 60 * 60, DAYS_FEW = 30, NAME_SIZE = 256 };

/* ---- where a name leads ---- */

static void tell_where(const char *name, const struct sockaddr *address) {
    char what[NAME_SIZE + 8], text[INET6_ADDRSTRLEN] = "", detail[INET6_ADDRSTRLEN + 64];
    const void *bytes =
        address->sa_family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;
    snprintf(what, sizeof what, "name %s", name);
    if (!inet_ntop(address->sa_family, bytes, text, sizeof text))
        return;
    bool own = doctor_is_own(address);
    snprintf(detail, sizeof detail, "leads to %s, %s", text,
             own ? "this machine" : "which is not this machine");
    if (own)
        doctor_good(what, detail);
    else
        doctor_note(what, detail,
                    "Of no matter with this machine's own resolver, if the room's DNS gives this "
                    "machine's address; ask it on a tablet.");
}

static void check_name(const char *name) {
    char what[NAME_SIZE + 8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(name, NULL, &hints, &found) == 0 && found) {
        tell_where(name, found->ai_addr);
    } else {
        snprintf(what, sizeof what, "name %s", name);
        doctor_note(what, "leads nowhere, as this machine's resolver says",
                    "The room's DNS must give it this machine's address, and /etc/hosts for this laptop's own "
                    "browser: examples/room says how.");
    }
    if (found)
        freeaddrinfo(found);
}

static void tell_uncovered(const char *name) {
    char what[NAME_SIZE + 8];
    snprintf(what, sizeof what, "name %s", name);
    doctor_note(what, "is none of the certificate's, so browsers warn there",
                "Let people type one of those, or get a certificate for this one too.");
}

static void check_names(const struct doctor *doctor, const struct certificate *certificate) {
    char list[SETTING_TEXT_SIZE], *rest = list, *name;
    const char *covered;
    for (size_t i = 0; certificate && (covered = certificate_name(certificate, i)); i++)
        if (covered[0] != '*')
            check_name(covered);
    snprintf(list, sizeof list, "%s", config_text(doctor->config, SETTING_HOST_NAMES));
    while ((name = strsep(&rest, ", ")))
        if (*name && !(certificate &&
                       certificate_covers(certificate, (struct span){name, strlen(name)}))) {
            check_name(name);
            if (certificate)
                tell_uncovered(name);
        }
}

/* ---- the certificate ---- */

static void bad(struct doctor *doctor, const char *what, const char *detail, const char *advice) {
    doctor_bad(doctor, what, detail, advice);
    doctor->warned = true;
}

static void check_dates(struct doctor *doctor, const struct certificate *certificate) {
    char date[CLOCK_TEXT_SIZE], detail[CLOCK_TEXT_SIZE + 64];
    int64_t now_s = clock_now_ms() / 1000, ends_s = certificate_ends_s(certificate);
    int64_t days = (ends_s - now_s) / DAY_S;
    if (now_s < certificate_begins_s(certificate)) {
        clock_format(certificate_begins_s(certificate) * 1000, date);
        snprintf(detail, sizeof detail, "is not valid before %s", date);
        bad(doctor, "certificate", detail, "Look at this machine's clock first.");
        return;
    }
    clock_format(ends_s * 1000, date);
    if (ends_s <= now_s)
        snprintf(detail, sizeof detail, "expired on %s", date);
    else
        snprintf(detail, sizeof detail, "%lld day%s left, until %s", (long long)days,
                 days == 1 ? "" : "s", date);
    doctor->warned |= ends_s <= now_s;
    if (ends_s - now_s < DAY_S)
        doctor_bad(doctor, "certificate", detail,
                   "Renew it where there is internet and copy both files over: a running server "
                   "takes them by itself.");
    else if (days < DAYS_FEW)
        doctor_note("certificate", detail, "Renew it before you go where there is no internet.");
    else
        doctor_good("certificate", detail);
}

static void check_chain(const struct certificate *certificate) {
    char detail[NAME_SIZE + 64];
    switch (certificate_chain(certificate)) {
    case CERTIFICATE_TRUSTED:
        doctor_good("certificate chain", "complete, to an authority that this machine trusts");
        break;
    case CERTIFICATE_SELF_SIGNED:
        doctor_note("certificate chain", "it vouches for itself, so browsers warn",
                    "Clicking the warning away gives no secure context: get one from an authority, or "
                    "make each tablet trust it.");
        break;
    case CERTIFICATE_ALONE:
        doctor_note("certificate chain", "nothing in the file leads to an authority that this machine trusts",
                    "Take the file with the whole chain (fullchain.pem); an authority of your own must "
                    "be known to each tablet.");
        break;
    case CERTIFICATE_FOREIGN:
        snprintf(detail, sizeof detail, "it ends at %s, which this machine does not trust",
                 certificate_issuer(certificate));
        doctor_note("certificate chain", detail,
                    "Browsers warn unless each tablet knows that authority.");
        break;
    }
}

static void check_covered(struct doctor *doctor, const struct certificate *certificate) {
    char detail[512] = "";
    size_t len = 0;
    const char *name;
    for (size_t i = 0; (name = certificate_name(certificate, i)) && len < sizeof detail; i++)
        len += (size_t)snprintf(detail + len, sizeof detail - len, "%s%s", i ? ", " : "", name);
    if (len > 0)
        doctor_good("certificate names", detail);
    else
        bad(doctor, "certificate names", "there are none, so no browser takes it",
            "Ask for one with the host name as a subject alternative name.");
}

void doctor_certificate(struct doctor *doctor) {
    const char *file = config_text(doctor->config, SETTING_TLS_CERT);
    const char *key = config_text(doctor->config, SETTING_TLS_KEY);
    struct certificate *certificate = NULL;
    struct fault fault = {0};
    char detail[sizeof fault + 4];
    enum err err = *file && *key ? certificate_read(file, key, &fault, &certificate) : ERR_OK;
    if (!*file != !*key) {
        bad(doctor, "certificate", *file ? "--tls-cert without --tls-key" : "--tls-key without --tls-cert",
            "Set both or none.");
    } else if (err != ERR_OK) {
        const char *why = fault.why[0] ? fault.why : err_text(err); // of NO_MEMORY it says nothing
        snprintf(detail, sizeof detail, "%s: %s", fault.where[0] ? fault.where : file, why);
        bad(doctor, "certificate", detail, "The server does not start with it.");
    } else if (*file) {
        doctor_good("certificate", "readable, and the key fits");
        check_covered(doctor, certificate);
        check_dates(doctor, certificate);
        check_chain(certificate);
        if (certificate_key_is_open(key))
            doctor_note("certificate key", "others on this machine may read it",
                        "`chmod 600` on it keeps them out.");
    }
    check_names(doctor, certificate);
    certificate_drop(certificate);
}

/* ---- what follows from it ---- */

void doctor_secure_context(struct doctor *doctor) {
    static const char without[] =
        "Marks, waiting and wiping work; pages must stay open while the server is away, and there is no "
        "GPS. A certificate changes that: examples/room.";
    const char *origin = config_text(doctor->config, SETTING_ORIGIN);
    if (doctor->warned)
        doctor_note("secure context", "no", "Mend the certificate first.");
    else if (*config_text(doctor->config, SETTING_TLS_CERT))
        doctor_good("secure context", "yes, by the certificate's names: pages open without the server, and have GPS");
    else if (strncmp(origin, "https://", 8) == 0)
        doctor_good("secure context", "yes, by --origin, when the proxy there ends TLS");
    else
        doctor_note("secure context", "no, but on this machine itself: pages come over plain HTTP", without);
}

void doctor_room(struct doctor *doctor) {
    char url[SETTING_TEXT_SIZE];
    listening_url(doctor->config, (uint16_t)config_number(doctor->config, SETTING_PORT), url, sizeof url);
    const char *shown = strstr(url, "//127.0.0.1") ? "the address that `repere serve` prints" : url;
    printf("todo  tablet: open %s on each before people come: no warning, the map is there, a mark arrives.\n",
           shown);
    puts("todo  tablet: full battery, screen lock off or known, \"private DNS\" and data saving off.");
    puts("todo  Wi-Fi: tell people that a phone may ask whether to stay without internet: stay.");
    puts("todo  laptop: on its charger, not sleeping when its lid is closed, its clock right.");
    puts("todo  paper: the join sheet printed; it shows the address of the page it was printed from.");
    puts("todo  after: `repere backup FILE`, with keys/ beside it.");
}
