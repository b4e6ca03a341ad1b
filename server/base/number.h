// SPDX-License-Identifier: AGPL-3.0-or-later
// Decimal numbers as text, the same in every locale.
#ifndef REPERE_BASE_NUMBER_H
#define REPERE_BASE_NUMBER_H
#include <stdbool.h>
#include <stddef.h>

/**
 * Reads all `len` bytes as a decimal number: sign, digits with an optional point, exponent. No
 * space, no hexadecimal, no "inf".
 *
 * @param point the decimal mark, '.' or ','
 * @return false when it is not one, or not finite; `*out` is then as before
 */
bool number_parse(const char *text, size_t len, char point, double *out);
/** The shortest digits that read back as `value`, which is finite; returns their number. */
enum { NUMBER_TEXT_SIZE = 32 };
size_t number_format(double value, char out[NUMBER_TEXT_SIZE]);
#endif
