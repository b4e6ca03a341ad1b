// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/host_names.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OWN_NAMES_MAX = 5, NAME_MAX_LEN = 253 };

/* A handful: looked through one by one, by length first. */
struct host_names {
    size_t count, room;
    struct {
        char text[NAME_MAX_LEN + 1];
        size_t len;
    } names[];
};

static void add(struct host_names *names, struct span name, const char *ending) {
    char text[2 * NAME_MAX_LEN];
    int len = snprintf(text, sizeof text, "%.*s%s", (int)name.len, name.text, ending);
    if (name.len == 0 || len > NAME_MAX_LEN || names->count == names->room)
        return;
    memcpy(names->names[names->count].text, text, (size_t)len + 1);
    names->names[names->count++].len = (size_t)len;
}

/* "tisch.example.org" is also called "tisch" and "tisch.local". */
static void add_own(struct host_names *names) {
    char text[NAME_MAX_LEN + 1] = "";
    if (gethostname(text, sizeof text - 1) != 0)
        return;
    add(names, (struct span){text, strlen(text)}, "");
    struct span first = {text, strcspn(text, ".")};
    if (text[first.len])
        add(names, first, "");
    add(names, first, ".local");
}

static void add_list(struct host_names *names, const char *list) {
    while (*list) {
        size_t len = strcspn(list, ", ");
        add(names, (struct span){list, len}, "");
        list += len;
        list += strspn(list, ", ");
    }
}

enum err host_names_new(const char *origin, const char *list, struct host_names **out) {
    size_t room = OWN_NAMES_MAX + 1;
    for (const char *at = list ? list : ""; *at; at++)
        room += strchr(", ", *at) != NULL;
    struct host_names *names = calloc(1, sizeof *names + room * sizeof names->names[0]);
    if (!names)
        return ERR_NO_MEMORY;
    names->room = room;
    const char *host = origin ? strstr(origin, "://") : NULL;
    if (host)
        add(names, host_of_header((struct span){host + 3, strlen(host + 3)}), "");
    add_list(names, list ? list : "");
    add(names, (struct span){"localhost", 9}, "");
    add_own(names);
    *out = names;
    return ERR_OK;
}

void host_names_free(struct host_names *names) {
    free(names);
}

struct span host_of_header(struct span host) {
    const char *end = host.text + host.len;
    if (host.len > 0 && host.text[0] == '[') {
        const char *close = memchr(host.text, ']', host.len);
        return close ? (struct span){host.text + 1, (size_t)(close - host.text - 1)} : host;
    }
    const char *colon = memchr(host.text, ':', host.len);
    struct span name = {host.text, (size_t)((colon ? colon : end) - host.text)};
    if (name.len > 1 && name.text[name.len - 1] == '.')
        name.len--;
    return name;
}

/* An address cannot be made to mean another machine. */
static bool is_address(struct span name) {
    char text[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    bool digit = name.len > 0 && name.text[0] >= '0' && name.text[0] <= '9';
    if (name.len >= sizeof text || (!digit && !memchr(name.text, ':', name.len)))
        return false;
    memcpy(text, name.text, name.len);
    text[name.len] = 0;
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

bool host_names_know(const struct host_names *names, struct span host) {
    struct span name = host_of_header(host);
    for (size_t i = 0; i < names->count; i++)
        if (names->names[i].len == name.len && span_is_nocase(name, names->names[i].text))
            return true;
    return is_address(name);
}
