// SPDX-License-Identifier: AGPL-3.0-or-later
#include "raw_http.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

int raw_connect(uint16_t port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

void raw_send(int fd, const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n <= 0)
            return; // the server may have had enough already
        at += n;
        len -= (size_t)n;
    }
}

void raw_send_text(int fd, const char *text) {
    raw_send(fd, text, strlen(text));
}

char *raw_header(const struct raw_reply *reply, const char *name) {
    size_t name_len = strlen(name);
    const char *line = strstr(reply->text ? reply->text : "", "\r\n");
    while (line && line + 2 < reply->body) {
        line += 2;
        const char *end = strstr(line, "\r\n");
        if (end && strncasecmp(line, name, name_len) == 0 && line[name_len] == ':') {
            const char *value = line + name_len + 1;
            value += strspn(value, " ");
            return strndup(value, (size_t)(end - value));
        }
        line = end;
    }
    return NULL;
}

bool raw_has(const struct raw_reply *reply, const char *text) {
    return reply->text && strstr(reply->text, text) != NULL;
}

static bool is_complete(struct raw_reply *reply, bool head_only) {
    const char *end = reply->text ? strstr(reply->text, "\r\n\r\n") : NULL;
    if (!end)
        return false;
    reply->body = end + 4;
    reply->body_len = reply->len - (size_t)(reply->body - reply->text);
    sscanf(reply->text, "HTTP/1.%*d %d", &reply->status);
    if (head_only || reply->status == 304 || reply->status == 204)
        return true;
    char *length = raw_header(reply, "Content-Length");
    bool complete = length && reply->body_len >= strtoul(length, NULL, 10);
    free(length);
    char *encoding = raw_header(reply, "Transfer-Encoding");
    if (encoding && reply->body_len >= 5 &&
        memcmp(reply->text + reply->len - 5, "0\r\n\r\n", 5) == 0)
        complete = true;
    free(encoding);
    return complete;
}

/* 1: bytes came, 0: nothing in time, -1: the connection ended */
static int read_some(int fd, struct raw_reply *reply, int wait_ms) {
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (poll(&ready, 1, wait_ms) == 0)
        return 0;
    char piece[65536];
    ssize_t n = recv(fd, piece, sizeof piece, 0);
    if (n <= 0)
        return -1;
    reply->text = realloc(reply->text, reply->len + (size_t)n + 1);
    memcpy(reply->text + reply->len, piece, (size_t)n);
    reply->len += (size_t)n;
    reply->text[reply->len] = '\0';
    return 1;
}

struct raw_reply raw_read(int fd, bool head_only, int wait_ms, int close_ms) {
    struct raw_reply reply = {0};
    int64_t until_ms = clock_monotonic_ms() + wait_ms;
    int got = 1;
    while (got > 0 && !is_complete(&reply, head_only)) {
        int64_t left_ms = until_ms - clock_monotonic_ms();
        got = left_ms > 0 ? read_some(fd, &reply, (int)left_ms) : 0;
    }
    reply.closed = got < 0;
    while (close_ms > 0 && got > 0)
        got = read_some(fd, &reply, close_ms);
    reply.closed = reply.closed || got < 0;
    if (reply.text)
        is_complete(&reply, head_only);
    return reply;
}

void raw_reply_free(struct raw_reply *reply) {
    free(reply->text);
    *reply = (struct raw_reply){0};
}

struct raw_reply raw_request(uint16_t port, const char *text) {
    int fd = raw_connect(port);
    raw_send_text(fd, text);
    struct raw_reply reply = raw_read(fd, strncmp(text, "HEAD ", 5) == 0, 5000, 0);
    close(fd);
    return reply;
}

char *raw_dechunk(const struct raw_reply *reply, size_t *len) {
    char *whole = malloc(reply->body_len + 1);
    const char *at = reply->body;
    *len = 0;
    for (;;) {
        char *after;
        size_t size = strtoul(at, &after, 16);
        if (after == at || size == 0)
            break;
        memcpy(whole + *len, after + 2, size);
        *len += size;
        at = after + 2 + size + 2;
    }
    whole[*len] = '\0';
    return whole;
}
