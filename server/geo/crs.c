// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/crs.h"
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_MAX = 16 };

struct kept {
    char *from, *to;
    PJ *transformation;
};
struct crs {
    PJ_CONTEXT *context;
    struct kept kept[KEPT_MAX]; // a ring: the oldest makes room
    size_t next;
};

static void stay_silent(void *owner, int level, const char *message) {
    (void)owner;
    (void)level;
    (void)message;
}

enum err crs_open(struct crs **out) {
    struct crs *crs = calloc(1, sizeof *crs);
    if (!crs)
        return ERR_NO_MEMORY;
    crs->context = proj_context_create();
    if (!crs->context) {
        free(crs);
        return ERR_NO_MEMORY;
    }
    proj_context_set_enable_network(crs->context, 0);
    proj_log_func(crs->context, NULL, stay_silent);
    *out = crs;
    return ERR_OK;
}

static void forget(struct kept *kept) {
    proj_destroy(kept->transformation);
    free(kept->from);
    free(kept->to);
    *kept = (struct kept){0};
}

void crs_close(struct crs *crs) {
    if (!crs)
        return;
    for (size_t i = 0; i < KEPT_MAX; i++)
        forget(&crs->kept[i]);
    proj_context_destroy(crs->context);
    free(crs);
}

static PJ *make(PJ_CONTEXT *context, const char *from, const char *to) {
    PJ *as_authority = proj_create_crs_to_crs(context, from, to, NULL);
    if (!as_authority)
        return NULL;
    PJ *east_first = proj_normalize_for_visualization(context, as_authority);
    proj_destroy(as_authority);
    return east_first;
}

/* The transformation, made once. Making one takes 2-26 ms. */
static enum err find(struct crs *crs, const char *from, const char *to, PJ **out,
                     struct fault *fault) {
    for (size_t i = 0; i < KEPT_MAX; i++) {
        const struct kept *kept = &crs->kept[i];
        if (kept->transformation && strcmp(kept->from, from) == 0 && strcmp(kept->to, to) == 0) {
            *out = kept->transformation;
            return ERR_OK;
        }
    }
    struct kept fresh = {.transformation = make(crs->context, from, to)};
    if (!fresh.transformation)
        return fault_set(fault, ERR_BAD_CRS, "crs", "no such coordinate reference system");
    fresh.from = strdup(from);
    fresh.to = strdup(to);
    if (!fresh.from || !fresh.to) {
        forget(&fresh);
        return ERR_NO_MEMORY;
    }
    forget(&crs->kept[crs->next]);
    crs->kept[crs->next] = fresh;
    crs->next = (crs->next + 1) % KEPT_MAX;
    *out = fresh.transformation;
    return ERR_OK;
}

static enum err check_all(const double *xy, size_t n, struct fault *fault) {
    for (size_t i = 0; i < n; i++) {
        if (isfinite(xy[2 * i]) && isfinite(xy[2 * i + 1]))
            continue;
        char where[40];
        snprintf(where, sizeof where, "position %zu", i);
        return fault_set(fault, ERR_BAD_CRS, where,
                         "lies where this coordinate reference system does not reach");
    }
    return ERR_OK;
}

enum err crs_transform(struct crs *crs, const char *from, const char *to, double *xy, size_t n,
                       struct fault *fault) {
    PJ *transformation = NULL;
    enum err err = check_all(xy, n, fault);
    if (!err)
        err = find(crs, from, to, &transformation, fault);
    if (err || !n)
        return err;
    const size_t stride = 2 * sizeof *xy;
    proj_errno_reset(transformation);
    proj_trans_generic(transformation, PJ_FWD, xy, stride, n, xy + 1, stride, n, NULL, 0, 0, NULL,
                       0, 0);
    return check_all(xy, n, fault); // PROJ writes HUGE_VAL where it fails
}

bool crs_known(struct crs *crs, const char *name, bool *geographic) {
    PJ *made = proj_create(crs->context, name);
    if (!made)
        return false;
    bool known = proj_is_crs(made);
    PJ_TYPE type = proj_get_type(made);
    if (known && type == PJ_TYPE_BOUND_CRS) {
        PJ *source = proj_get_source_crs(crs->context, made);
        type = source ? proj_get_type(source) : type;
        proj_destroy(source);
    }
    if (known && geographic)
        *geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    proj_destroy(made);
    return known;
}

enum err crs_wkt(struct crs *crs, const char *name, struct arena *arena, const char **out) {
    static const char *const options[] = {"MULTILINE=NO", NULL};
    PJ *made = proj_create(crs->context, name);
    const char *wkt = NULL, *copy = NULL;
    if (made && proj_is_crs(made))
        wkt = proj_as_wkt(crs->context, made, PJ_WKT1_GDAL, options);
    if (wkt)
        copy = arena_strdup(arena, wkt); // PROJ's own goes with `made`
    proj_destroy(made);
    if (!wkt)
        return ERR_BAD_CRS;
    if (!copy)
        return ERR_NO_MEMORY;
    *out = copy;
    return ERR_OK;
}
