// SPDX-License-Identifier: AGPL-3.0-or-later
// Refused: Content-Length with Transfer-Encoding; any header we look at given twice; no Host; a
// name that is not a token (so `Content-Length :`); a Content-Length that is not digits; a
// Transfer-Encoding that is not "chunked"; a control character in a value; a version other than
// HTTP/1.0 and 1.1.
//
// Bare line feeds, continued lines, NUL and a line without a name (which ends the head early)
// cannot be seen in the parsed headers. They can be seen in where the parsed texts lie: 0.9.75
// parses in place and overwrites each CR LF with two NULs. So the name of a header begins exactly
// two bytes after the value before it, and four NULs follow the last. A bare LF leaves one byte, a
// NUL within the value or a continued line leaves more, or moves the text elsewhere. Those four
// bytes are the library's read buffer, which it keeps until the request ends. Other versions are
// not looked at in this way.
#include "http/framing.h"
#include <microhttpd.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

struct walk {
    struct head *head;
    const char *end; // of the text before: the version, then each value
    bool in_place;   // the library parses in place as described above
    const char *why;
};

bool span_is(struct span span, const char *text) {
    return span.text && strlen(text) == span.len && memcmp(span.text, text, span.len) == 0;
}

bool span_is_nocase(struct span span, const char *text) {
    return span.text && strlen(text) == span.len && strncasecmp(span.text, text, span.len) == 0;
}

static bool is_token(const char *text, size_t len) {
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alnum && (c == '\0' || !strchr(others, c)))
            return false;
    }
    return len > 0;
}

static bool is_field_value(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

/* "gzip, br;q=0.5": a coding with q=0 is not wanted. */
static bool accepts(struct span list, const char *coding) {
    size_t coding_len = strlen(coding);
    const char *at = list.text, *end = at + list.len;
    while (at < end) {
        at += strspn(at, ", \t");
        size_t item = strcspn(at, ",");
        if (item >= coding_len && strncasecmp(at, coding, coding_len) == 0) {
            const char *rest = at + coding_len;
            rest += strspn(rest, " \t");
            if (rest >= at + item)
                return true;
            if (*rest == ';') {
                rest += 1 + strspn(rest + 1, " \t");
                size_t zeros = strncasecmp(rest, "q=0", 3) == 0 ? 3 + strspn(rest + 3, ".0") : 0;
                return zeros == 0 || (rest[zeros] >= '1' && rest[zeros] <= '9');
            }
        }
        at += item;
    }
    return false;
}

static struct span *place_for(struct head *head, struct span name) {
#define WANTED(text, field)                                                                        \
    { text, sizeof text - 1, offsetof(struct head, field) }
    static const struct {
        const char *name;
        size_t len, offset;
    } wanted[] = {
        WANTED("Host", host),
        WANTED("Cookie", cookie),
        WANTED("Range", range),
        WANTED("Origin", origin),
        WANTED("If-Range", if_range),
        WANTED("If-Match", if_match),
        WANTED("Content-Type", content_type),
        WANTED("If-None-Match", if_none_match),
        WANTED("Authorization", authorization),
        WANTED("Content-Length", length),
        WANTED("Sec-Fetch-Site", fetch_site),
        WANTED("X-Requested-With", requested_with),
        WANTED("Transfer-Encoding", encoding),
    };
#undef WANTED
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (wanted[i].len == name.len && strncasecmp(name.text, wanted[i].name, name.len) == 0)
            return (struct span *)(void *)((char *)head + wanted[i].offset);
    }
    return NULL;
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   size_t name_len, const char *value, size_t value_len) {
    struct walk *walk = cls;
    (void)kind;
    struct span header = {name, name_len}, text = {value ? value : "", value_len};
    if (!is_token(name, name_len))
        walk->why = "a header's name is not a token";
    else if (!is_field_value(text.text, text.len))
        walk->why = "a header holds a control character";
    else if (walk->in_place && (uintptr_t)name - (uintptr_t)walk->end != 2)
        walk->why = "a line does not end in CR LF, is continued or holds a NUL";
    if (walk->why)
        return MHD_NO;
    walk->end = text.text + text.len;
    struct span *place = place_for(walk->head, header);
    if (place) {
        if (place->text) {
            walk->why = "a header is given twice";
            return MHD_NO;
        }
        *place = text;
    } else if (span_is_nocase(header, "Accept-Encoding")) {
        walk->head->accepts_gzip = walk->head->accepts_gzip || accepts(text, "gzip");
        walk->head->accepts_brotli = walk->head->accepts_brotli || accepts(text, "br");
    } else if (span_is_nocase(header, "Accept-Language") && !walk->head->accept_language.text) {
        walk->head->accept_language = text;
    }
    return MHD_YES;
}

/* Behind a name, or an address in brackets, stands a port or nothing: what is taken for the name is all of it. */
static bool ends_in_port(struct span host) {
    const char *end = host.text + host.len;
    const char *rest = memchr(host.text, host.text[0] == '[' ? ']' : ':', host.len);
    if (!rest)
        return host.text[0] != '[';
    rest += *rest == ']';
    return rest == end || (*rest == ':' && strspn(rest + 1, "0123456789") >= (size_t)(end - rest - 1));
}

bool framing_host_ok(struct span host) {
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:[]";
    return host.text && host.len > 0 && host.len <= 255 && strspn(host.text, allowed) >= host.len &&
           ends_in_port(host);
}

static bool read_length(struct span text, uint64_t *out) {
    if (text.len == 0 || text.len > 18)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.text[i] < '0' || text.text[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.text[i] - '0');
    }
    *out = value;
    return true;
}

static const char *check_body_framing(struct head *head) {
    if (head->length.text && head->encoding.text)
        return "Content-Length and Transfer-Encoding exclude each other";
    if (head->length.text && !read_length(head->length, &head->content_length))
        return "Content-Length is not a number";
    if (head->encoding.text && !span_is_nocase(head->encoding, "chunked"))
        return "Transfer-Encoding is not chunked";
    head->chunked = head->encoding.text != NULL;
    return NULL;
}

bool framing_sees_line_ends(void) {
    return strcmp(MHD_get_version(), "0.9.75") == 0;
}

enum err framing_read(struct MHD_Connection *connection, const char *method, const char *version,
                      struct head *out, const char **why) {
    *out = (struct head){0};
    bool http10 = strcmp(version, "HTTP/1.0") == 0;
    struct walk walk = {.head = out, .end = version + strlen(version)};
    walk.in_place = framing_sees_line_ends();
    if (!is_token(method, strlen(method)))
        walk.why = "the method is not a token";
    else if (!http10 && strcmp(version, "HTTP/1.1") != 0)
        walk.why = "the version is neither HTTP/1.1 nor 1.0";
    else
        MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take_header, &walk);
    if (!walk.why && !framing_host_ok(out->host))
        walk.why = "Host is missing or malformed";
    if (!walk.why && walk.in_place && memcmp(walk.end, "\0\0\0", 4) != 0)
        walk.why = "the head does not end in CR LF CR LF";
    if (!walk.why)
        walk.why = check_body_framing(out);
    if (!walk.why && http10 && out->chunked)
        walk.why = "HTTP/1.0 knows no Transfer-Encoding";
    *why = walk.why;
    return walk.why ? ERR_BAD_REQUEST : ERR_OK;
}

bool framing_has_body(const struct head *head) {
    return head->chunked || head->content_length > 0;
}
