// SPDX-License-Identifier: AGPL-3.0-or-later
#include "simplify.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/** Squared distance of p from the segment a-b. */
static double distance_squared(const double *p, const double *a, const double *b) {
    double dx = b[0] - a[0], dy = b[1] - a[1];
    double length_squared = dx * dx + dy * dy;
    double share = 0;
    if (length_squared > 0)
        share = fmax(0, fmin(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length_squared));
    double x = a[0] + share * dx - p[0], y = a[1] + share * dy - p[1];
    return x * x + y * y;
}

struct span {
    size_t first, last;
};

/** The vertex of a span that lies farthest from its chord; 0 when all lie within the tolerance. */
static size_t farthest(const double *xy, struct span span, double tolerance_squared) {
    size_t found = 0;
    double most = tolerance_squared;
    for (size_t i = span.first + 1; i < span.last; i++) {
        double far = distance_squared(xy + 2 * i, xy + 2 * span.first, xy + 2 * span.last);
        if (far > most) {
            most = far;
            found = i;
        }
    }
    return found;
}

enum err simplify_line(double tolerance, double *xy, size_t count, size_t *kept) {
    if (count < 3 || !(tolerance > 0)) {
        *kept = count;
        return ERR_OK;
    }
    enum err err = ERR_NO_MEMORY;
    // Each split leaves at most one span waiting, and there are at most count - 2 splits.
    struct span *waiting = calloc(count, sizeof *waiting);
    uint8_t *keep = calloc(count, 1);
    if (waiting == NULL || keep == NULL)
        goto done;
    keep[0] = keep[count - 1] = 1;
    size_t depth = 0;
    waiting[depth++] = (struct span){0, count - 1};
    while (depth > 0) {
        struct span span = waiting[--depth];
        size_t middle = farthest(xy, span, tolerance * tolerance);
        if (middle == 0)
            continue;
        keep[middle] = 1;
        waiting[depth++] = (struct span){span.first, middle};
        waiting[depth++] = (struct span){middle, span.last};
    }
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        if (!keep[i])
            continue;
        xy[2 * left] = xy[2 * i];
        xy[2 * left + 1] = xy[2 * i + 1];
        left++;
    }
    *kept = left;
    err = ERR_OK;
done:
    free(keep);
    free(waiting);
    return err;
}
