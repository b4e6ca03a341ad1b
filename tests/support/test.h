// SPDX-License-Identifier: AGPL-3.0-or-later
// What cmocka wants before its own header, and cmocka.
#ifndef REPERE_TESTS_TEST_H
#define REPERE_TESTS_TEST_H
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
/** Rows of a table of cases. */
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#endif
