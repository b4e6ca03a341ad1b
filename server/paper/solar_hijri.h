// SPDX-License-Identifier: AGPL-3.0-or-later
// Days in the Solar Hijri calendar, which is what a day is called in Persian.
#ifndef REPERE_PAPER_SOLAR_HIJRI_H
#define REPERE_PAPER_SOLAR_HIJRI_H
#include <stdbool.h>
#include <stdint.h>

struct solar_hijri {
    unsigned year, month, day; // months from 1, Farvardin
};
/**
 * The year begins on the day of the spring equinox in Tehran; its first six months have 31 days, the next five 30,
 * the last 29 or, in a leap year, 30. Years are leap by the cycle of 33: those that leave 1, 5, 9, 13, 17, 22, 26
 * or 30. That is what the equinox says from 1799 to 2256 (K. M. Borkowski, "The Persian calendar for 3000 years",
 * Earth, Moon and Planets 74, 1996, 223-230), and what browsers say until 2123, after which they take other years.
 *
 * @param day since 1970-01-01
 * Gives false for a day before 21 March 1799 or behind 20 March 2123.
 */
bool solar_hijri_of(int64_t day, struct solar_hijri *out);
#endif
