// SPDX-License-Identifier: AGPL-3.0-or-later
// What `repere doctor` finds about addresses and ports, and whether a server runs.
#include "cli/doctor.h"
#include "data_folder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool doctor_is_loopback(const struct sockaddr *address) {
    return address->sa_family == AF_INET6
               ? IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr)
               : ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 ==
                     IN_LOOPBACKNET;
}

static bool is_same(const struct sockaddr *one, const struct sockaddr *other) {
    if (one->sa_family != other->sa_family)
        return false;
    if (one->sa_family == AF_INET)
        return ((const struct sockaddr_in *)(const void *)one)->sin_addr.s_addr ==
               ((const struct sockaddr_in *)(const void *)other)->sin_addr.s_addr;
    return one->sa_family == AF_INET6 &&
           memcmp(&((const struct sockaddr_in6 *)(const void *)one)->sin6_addr,
                  &((const struct sockaddr_in6 *)(const void *)other)->sin6_addr,
                  sizeof(struct in6_addr)) == 0;
}

bool doctor_is_own(const struct sockaddr *address) {
    struct ifaddrs *all = NULL;
    bool own = false;
    if (getifaddrs(&all) != 0)
        return false;
    for (const struct ifaddrs *at = all; at && !own; at = at->ifa_next)
        own = at->ifa_addr && is_same(at->ifa_addr, address);
    freeifaddrs(all);
    return own;
}

void doctor_server(struct doctor *doctor) {
    char path[DATA_PATH_SIZE];
    struct fault fault = {0};
    struct db *db = NULL;
    if (data_folder_path(doctor->folder, DATA_STORE, path) != ERR_OK)
        return;
    doctor->held = db_open(path, DB_WRITE, &fault, &db) == ERR_LOCKED;
    db_close(db);
    doctor_good("server", doctor->held ? "runs on this data folder" : "is not running");
}

/* ---- the address and its ports ---- */

static void check_port(struct doctor *doctor, const struct addrinfo *address, const char *port,
                       const char *flag) {
    char what[32], advice[128];
    int yes = 1;
    snprintf(what, sizeof what, "port %s", port);
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd >= 0 && bind(fd, address->ai_addr, address->ai_addrlen) == 0) {
        doctor_good(what, "is free");
    } else if (errno == EADDRNOTAVAIL) {
        doctor_bad(doctor, "address", config_text(doctor->config, SETTING_ADDRESS),
                   "It is none of this machine's; try 0.0.0.0.");
    } else if (errno == EACCES) {
        doctor_bad(doctor, what, "this account may not listen there",
                   "`sudo sysctl net.ipv4.ip_unprivileged_port_start=80` lets it (examples/room/README.md makes that "
                   "last), or take a port above 1023.");
    } else if (doctor->held) {
        doctor_good(what, "is in use, and a server runs on this data folder");
    } else {
        snprintf(advice, sizeof advice, "End the other program or take another %s.", flag);
        doctor_bad(doctor, what, strerror(errno), advice);
    }
    if (fd >= 0)
        close(fd);
}

static struct addrinfo *find_address(const char *address, const char *port) {
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    return getaddrinfo(address, port, &hints, &found) == 0 ? found : NULL;
}

/* With 0.0.0.0 or ::, each address that tablets may come by. */
static void tell_addresses(void) {
    struct ifaddrs *all = NULL;
    char text[INET_ADDRSTRLEN], detail[INET_ADDRSTRLEN + IFNAMSIZ + 8];
    bool any = false;
    if (getifaddrs(&all) != 0)
        return;
    for (const struct ifaddrs *at = all; at; at = at->ifa_next) {
        if (!at->ifa_addr || at->ifa_addr->sa_family != AF_INET ||
            doctor_is_loopback(at->ifa_addr))
            continue;
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)at->ifa_addr;
        if (!inet_ntop(AF_INET, &in->sin_addr, text, sizeof text))
            continue;
        snprintf(detail, sizeof detail, "%s (%s)", text, at->ifa_name);
        doctor_good("address", detail);
        any = true;
    }
    freeifaddrs(all);
    if (!any)
        doctor_note("address", "this machine is on no network",
                    "Join the room's Wi-Fi, or start the laptop's own (examples/room).");
}

void doctor_address(struct doctor *doctor) {
    const char *address = config_text(doctor->config, SETTING_ADDRESS);
    const char *port = config_text(doctor->config, SETTING_PORT);
    const char *plain = config_text(doctor->config, SETTING_HTTP_PORT);
    struct addrinfo *found = find_address(address, port);
    if (!found) {
        doctor_bad(doctor, "address", address,
                   "It is no address of a network card; try 0.0.0.0.");
        return;
    }
    check_port(doctor, found, port, "--port");
    struct addrinfo *second = *plain ? find_address(address, plain) : NULL;
    if (second) {
        check_port(doctor, second, plain, "--http-port");
        freeaddrinfo(second);
    }
    if (doctor_is_loopback(found->ai_addr))
        doctor_note("address", address,
                    "Only this machine reaches it; `--address 0.0.0.0` lets the tablets of a room in.");
    else if (strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0)
        tell_addresses();
    freeaddrinfo(found);
}
