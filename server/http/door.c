// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/door.h"
#include <string.h>
#include <strings.h>

enum { LANGUAGE_MAX = 35, TOKEN_MAX = 512 };

/* The host (and port) of "https://map.example.org", or NULL. */
static const char *host_of(const char *origin, size_t len) {
    const char *end = origin + len;
    for (const char *at = origin; at + 3 <= end; at++) {
        if (memcmp(at, "://", 3) == 0)
            return at + 3;
    }
    return NULL;
}

static bool is_own_origin(const struct head *head, const char *origin) {
    if (origin && span_is_nocase(head->origin, origin))
        return true;
    const char *host = host_of(head->origin.text, head->origin.len);
    if (!host)
        return false;
    size_t len = (size_t)(head->origin.text + head->origin.len - host);
    return len == head->host.len && strncasecmp(host, head->host.text, len) == 0;
}

enum err door_check_site(const struct head *head, const char *origin, struct fault *fault) {
    if (!span_is(head->requested_with, "repere"))
        return fault_set(fault, ERR_CROSS_SITE, "X-Requested-With", "must be repere in every write");
    if (head->fetch_site.text && !span_is(head->fetch_site, "same-origin") &&
        !span_is(head->fetch_site, "none"))
        return ERR_CROSS_SITE;
    if (head->origin.text && !is_own_origin(head, origin))
        return ERR_CROSS_SITE;
    return ERR_OK;
}

bool door_is_secure(const struct head *head, bool over_tls, const char *origin) {
    if (over_tls)
        return true;
    return origin && strncmp(origin, "https://", 8) == 0 && span_is_nocase(head->host, origin + 8);
}

static struct span trim(const char *text, const char *end) {
    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return (struct span){text, (size_t)(end - text)};
}

struct span door_media_type(const struct head *head) {
    struct span type = head->content_type;
    if (!type.text)
        return (struct span){"", 0};
    const char *semicolon = memchr(type.text, ';', type.len);
    return trim(type.text, semicolon ? semicolon : type.text + type.len);
}

/* Whether `type` is one of "text/csv, application/json". */
static bool is_listed(struct span type, const char *list) {
    while (*list) {
        size_t len = strcspn(list, ", ");
        if (len > 0 && len == type.len && strncasecmp(list, type.text, len) == 0)
            return true;
        list += len;
        list += strspn(list, ", ");
    }
    return false;
}

size_t door_body_max(const struct route *route) {
    return route->body_max ? route->body_max : DOOR_BODY_MAX;
}

enum err door_check_body(const struct route *route, const struct head *head, struct fault *fault) {
    if (!route->body)
        return framing_has_body(head)
                   ? fault_set(fault, ERR_BAD_REQUEST, "body", "this resource takes no body")
                   : ERR_OK;
    const char *types = strchr(route->body, '/') ? route->body : "application/json";
    if (!is_listed(door_media_type(head), types))
        return fault_set(fault, ERR_WRONG_TYPE, "Content-Type", "must be %s", types);
    if (head->content_length > door_body_max(route))
        return fault_set(fault, ERR_TOO_LARGE, "body", "%zu bytes at most", door_body_max(route));
    return ERR_OK;
}

struct span door_bearer(const struct head *head) {
    static const char scheme[] = "Bearer ";
    size_t scheme_len = sizeof scheme - 1;
    struct span value = head->authorization;
    if (!value.text || value.len <= scheme_len || value.len > TOKEN_MAX ||
        strncasecmp(value.text, scheme, scheme_len) != 0)
        return (struct span){0};
    return trim(value.text + scheme_len, value.text + value.len);
}

struct span door_cookie(const struct head *head, bool secure) {
    const char *name = secure ? "__Host-repere" : "repere";
    size_t name_len = strlen(name);
    const char *at = head->cookie.text, *end = at ? at + head->cookie.len : NULL;
    while (at && at < end) {
        const char *semicolon = memchr(at, ';', (size_t)(end - at));
        struct span pair = trim(at, semicolon ? semicolon : end);
        if (pair.len > name_len && pair.len <= TOKEN_MAX && pair.text[name_len] == '=' &&
            memcmp(pair.text, name, name_len) == 0)
            return (struct span){pair.text + name_len + 1, pair.len - name_len - 1};
        at = semicolon ? semicolon + 1 : end;
    }
    return (struct span){0};
}

struct span door_language(const struct head *head) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    struct span list = head->accept_language;
    size_t len = list.text ? strspn(list.text, letters) : 0;
    if (len == 0 || len > LANGUAGE_MAX || len > list.len)
        return (struct span){0};
    return (struct span){list.text, len};
}
