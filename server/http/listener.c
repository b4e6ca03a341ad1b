// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/listener.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static int bind_one(const struct addrinfo *info) {
    int fd = socket(info->ai_family, info->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
                    info->ai_protocol);
    if (fd < 0)
        return -1;
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int cause = errno;
    close(fd);
    errno = cause;
    return -1;
}

static uint16_t port_of(int fd) {
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        return 0;
    return address.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)&address)->sin6_port)
                                         : ntohs(((struct sockaddr_in *)&address)->sin_port);
}

enum err listener_open(const char *address, uint16_t port, struct fault *fault, int *out_fd,
                       uint16_t *out_port) {
    char service[8];
    snprintf(service, sizeof service, "%u", port);
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
    struct addrinfo *info;
    int failed = getaddrinfo(address, service, &hints, &info);
    if (failed)
        return fault_set(fault, ERR_IO, "address", "%s: %s; 0.0.0.0 listens on all of this machine's",
                         address, gai_strerror(failed));
    int fd = bind_one(info);
    int cause = errno;
    freeaddrinfo(info);
    if (fd < 0 && cause == EADDRNOTAVAIL)
        return fault_set(fault, ERR_IO, "address", "%s is none of this machine's; 0.0.0.0 listens on all that are", address);
    if (fd < 0 && cause == EACCES)
        return fault_set(fault, ERR_IO, "port",
                         "this account may not listen on %u: `sudo sysctl net.ipv4.ip_unprivileged_port_start=80` "
                         "lets it (examples/room/README.md makes that last), or take a port above 1023",
                         port);
    if (fd < 0)
        return fault_set(fault, cause == EADDRINUSE ? ERR_CONFLICT : ERR_IO, "port", "%s",
                         strerror(cause));
    *out_fd = fd;
    *out_port = port_of(fd);
    return ERR_OK;
}
