// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/params.h"
#include "base/number.h"
#include "base/secret.h"
#include "http/percent.h"
#include <math.h>
#include <string.h>

enum { TEXT_MAX_DEFAULT = 255 };

static bool in_range(const struct param *spec, double value) {
    return (spec->min == 0 && spec->max == 0) || (value >= spec->min && value <= spec->max);
}

/* Digits, no sign but '-', no leading zeros: one spelling a number, one URL a reply. */
static bool parse_int(const char *text, size_t len, int64_t *out) {
    bool negative = len > 0 && text[0] == '-';
    size_t i = negative ? 1 : 0;
    size_t digits = len - i;
    if (digits == 0 || digits > 18 || (text[i] == '0' && (digits > 1 || negative)))
        return false;
    int64_t value = 0;
    for (; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = negative ? -value : value;
    return true;
}

static enum err parse_bbox(const struct param *spec, const char *text, size_t len,
                           struct fault *fault, double out[4]) {
    double wsen[4];
    const char *end = text + len;
    for (int i = 0; i < 4; i++) {
        const char *comma = memchr(text, ',', (size_t)(end - text));
        if ((i < 3) != (comma != NULL))
            return fault_set(fault, ERR_BAD_BBOX, spec->name, "must be four numbers");
        const char *stop = comma ? comma : end;
        if (!number_parse(text, (size_t)(stop - text), '.', &wsen[i]))
            return fault_set(fault, ERR_BAD_BBOX, spec->name, "number %d cannot be read", i + 1);
        text = comma ? comma + 1 : end;
    }
    if (fabs(wsen[0]) > 180 || fabs(wsen[2]) > 180 || fabs(wsen[1]) > 90 || fabs(wsen[3]) > 90)
        return fault_set(fault, ERR_BAD_BBOX, spec->name, "leaves the globe");
    if (wsen[1] > wsen[3])
        return fault_set(fault, ERR_BAD_BBOX, spec->name, "its south lies north of its north");
    memcpy(out, wsen, sizeof wsen);
    return ERR_OK;
}

static bool is_word(const char *text, size_t len) {
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    return len > 0 && strspn(text, allowed) == len;
}

static enum err parse_text(const struct param *spec, const char *text, size_t len,
                           struct fault *fault, const char **out) {
    size_t max = spec->max > 0 ? (size_t)spec->max : TEXT_MAX_DEFAULT;
    if (len == 0)
        return fault_set(fault, ERR_BAD_PARAMETER, spec->name, "is empty");
    if (len > max)
        return fault_set(fault, ERR_BAD_PARAMETER, spec->name, "is longer than %zu bytes", max);
    if (spec->type == PARAM_WORD && !is_word(text, len))
        return fault_set(fault, ERR_BAD_PARAMETER, spec->name,
                         "may hold letters, digits, '_', '.' and '-' only");
    *out = text;
    return ERR_OK;
}

static enum err parse_one_of(const struct param *spec, const char *text, struct fault *fault,
                             const char **out) {
    for (const char *const *word = spec->words; word && *word; word++) {
        if (strcmp(*word, text) == 0) {
            *out = *word;
            return ERR_OK;
        }
    }
    return fault_set(fault, ERR_BAD_PARAMETER, spec->name, "is not one of the words it may be");
}

enum err param_parse(const struct param *spec, const char *text, size_t len, struct fault *fault,
                     struct param_value *out) {
    struct param_value value = {.present = true};
    enum err err = ERR_OK;
    switch (spec->type) {
    case PARAM_INT:
        if (!parse_int(text, len, &value.integer))
            err = fault_set(fault, ERR_BAD_PARAMETER, spec->name, "must be a whole number");
        else if (!in_range(spec, (double)value.integer))
            err = fault_set(fault, ERR_BAD_PARAMETER, spec->name, "must be %.0f to %.0f", spec->min,
                            spec->max);
        break;
    case PARAM_UUID:
        if (!secret_uuid_parse(text, len, value.uuid))
            err = fault_set(fault, ERR_BAD_PARAMETER, spec->name, "must be a UUID");
        break;
    case PARAM_BBOX:
        err = parse_bbox(spec, text, len, fault, value.bbox_wsen_deg);
        break;
    case PARAM_WORD:
    case PARAM_TEXT:
        err = parse_text(spec, text, len, fault, &value.text);
        break;
    case PARAM_ONE_OF:
        err = parse_one_of(spec, text, fault, &value.text);
        break;
    }
    if (err == ERR_OK)
        *out = value;
    return err;
}

/* Decodes one value and files it under its spec. */
static enum err take(struct request_params *params, size_t index, const char *raw, size_t raw_len,
                     bool in_query, struct arena *arena, struct fault *fault) {
    const struct param *spec = params->specs[index];
    if (params->values[index].present)
        return fault_set(fault, ERR_BAD_PARAMETER, spec->name, "is given twice");
    char *text;
    size_t len;
    enum err err = percent_decode(raw, raw_len, in_query, arena, &text, &len);
    if (err == ERR_BAD_REQUEST)
        return fault_set(fault, ERR_BAD_PARAMETER, spec->name, "is not escaped UTF-8 text");
    if (err != ERR_OK)
        return err;
    return param_parse(spec, text, len, fault, &params->values[index]);
}

static bool find_spec(const struct route *route, const char *name, size_t len, size_t *index) {
    for (size_t i = 0; i < ROUTE_PARAMS_MAX && route->params[i]; i++) {
        const char *known = route->params[i]->name;
        if (strlen(known) == len && memcmp(known, name, len) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

/* Names an unknown parameter back to who sent it, when it looks like a name at all. */
static enum err unknown_parameter(const char *name, size_t len, struct fault *fault) {
    char copy[33] = "";
    if (len < sizeof copy) {
        memcpy(copy, name, len);
        copy[len] = '\0';
    }
    return fault_set(fault, ERR_BAD_PARAMETER, is_word(copy, len) ? copy : "query",
                     "this resource does not know this parameter");
}

/* What the path has given already is given twice here. */
static enum err read_query(struct request_params *params, const struct route *route,
                           const char *query, size_t len, struct arena *arena,
                           struct fault *fault) {
    const char *end = query + len;
    while (query < end) {
        const char *amp = memchr(query, '&', (size_t)(end - query));
        const char *stop = amp ? amp : end;
        const char *equals = memchr(query, '=', (size_t)(stop - query));
        if (!equals || (amp && amp + 1 == end))
            return fault_set(fault, ERR_BAD_PARAMETER, "query", "must be name=value&name=value");
        size_t index;
        size_t name_len = (size_t)(equals - query);
        if (!find_spec(route, query, name_len, &index))
            return unknown_parameter(query, name_len, fault);
        enum err err =
            take(params, index, equals + 1, (size_t)(stop - equals - 1), true, arena, fault);
        if (err != ERR_OK)
            return err;
        query = amp ? amp + 1 : end;
    }
    return ERR_OK;
}

static enum err fill_absent(struct request_params *params, struct fault *fault) {
    for (size_t i = 0; i < ROUTE_PARAMS_MAX && params->specs[i]; i++) {
        const struct param *spec = params->specs[i];
        if (params->values[i].present)
            continue;
        if (spec->required)
            return fault_set(fault, ERR_BAD_PARAMETER, spec->name, "is required");
        if (!spec->fallback)
            continue;
        enum err err =
            param_parse(spec, spec->fallback, strlen(spec->fallback), fault, &params->values[i]);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

enum err params_read(const struct route_match *match, const char *query, size_t query_len,
                     struct arena *arena, struct fault *fault, struct request_params **out) {
    struct request_params *params = arena_alloc(arena, sizeof *params);
    if (!params)
        return ERR_NO_MEMORY;
    params->specs = match->route->params;
    enum err err = ERR_OK;
    for (size_t i = 0; i < match->value_count && err == ERR_OK; i++)
        err = take(params, match->values[i].param, match->values[i].text, match->values[i].len,
                   false, arena, fault);
    if (err == ERR_OK && query)
        err = read_query(params, match->route, query, query_len, arena, fault);
    if (err == ERR_OK)
        err = fill_absent(params, fault);
    if (err == ERR_OK)
        *out = params;
    return err;
}
