// SPDX-License-Identifier: AGPL-3.0-or-later
#include "solve.h"
#include <math.h>

static void swap_rows(size_t n, double *a, double *b, size_t i, size_t j)
{
    for (size_t column = 0; column < n; column++) {
        double held = a[i * n + column];
        a[i * n + column] = a[j * n + column];
        a[j * n + column] = held;
    }
    double held = b[i];
    b[i] = b[j];
    b[j] = held;
}
// Gauss and Jordan on a symmetric, possibly singular matrix: row i is the equation of unknown i.
size_t solve(size_t n, double *a, double *b)
{
    double scale = 0;
    size_t determined = 0;
    for (size_t i = 0; i < n * n; i++) {
        scale = fmax(scale, fabs(a[i]));
    }
    for (size_t column = 0; column < n; column++) {
        size_t pivot = column;
        for (size_t row = column + 1; row < n; row++) {
            pivot = fabs(a[row * n + column]) > fabs(a[pivot * n + column]) ? row : pivot;
        }
        if (fabs(a[pivot * n + column]) <= 1e-12 * scale) {
            for (size_t i = 0; i < n; i++) {
                a[column * n + i] = a[i * n + column] = 0;
            }
            b[column] = 0;
            continue;
        }
        swap_rows(n, a, b, pivot, column);
        determined++;
        for (size_t row = 0; row < n; row++) {
            double times = a[row * n + column] / a[column * n + column];
            if (row == column || fabs(times) < 1e-300) {
                continue;
            }
            for (size_t i = column; i < n; i++) {
                a[row * n + i] -= times * a[column * n + i];
            }
            b[row] -= times * b[column];
        }
    }
    for (size_t i = 0; i < n; i++) {
        b[i] = fabs(a[i * n + i]) > 0 ? b[i] / a[i * n + i] : 0;
    }
    return determined;
}
