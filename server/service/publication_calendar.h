// SPDX-License-Identifier: AGPL-3.0-or-later
// When a project may publish again, and how many people more an exercise needs. Pure rules: figures that
// follow each other closely, or differ by few people, could be subtracted from one another.
// Days are days since 1970-01-01.
#ifndef REPERE_SERVICE_PUBLICATION_CALENDAR_H
#define REPERE_SERVICE_PUBLICATION_CALENDAR_H
#include "base/secret.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CALENDAR_WAIT_DAYS = 7,       // from a session's closing until it counts
    CALENDAR_BETWEEN_DAYS = 28,   // from edition to edition, and
    CALENDAR_DELAY_DAYS_MAX = 7,  // a drawn delay, so that nobody knows when figures were taken
    CALENDAR_YEAR_DAYS = 365,
    CALENDAR_EDITIONS_A_YEAR = 6,
    CALENDAR_NEW_PEOPLE_MIN = 20, // of an exercise, for a first edition and for each that follows
    CALENDAR_NEW_SHARE = 4,       // a quarter of the last edition's people, when that is more
    CALENDAR_SESSIONS_MIN = 2     // for a first edition
};
enum { CALENDAR_DAY_SIZE = 12 };

/** "YYYY-MM-DD". False when it is no such day. */
bool calendar_day_parse(const char *text, int64_t *out);
void calendar_day_format(int64_t day, char out[CALENDAR_DAY_SIZE]);
int64_t calendar_day_of(int64_t time_ms);
/** The last moment at which a session must have been closed to be counted on that day. */
int64_t calendar_closed_ms(int64_t day);
/** The first day on which a session that was closed then is counted. */
int64_t calendar_counted_from(int64_t closed_ms);

/** The delay before edition `number`, the same whenever it is asked: from the key of an exercise, which
 *  nobody outside knows. Days. */
int calendar_delay(const uint8_t key[SECRET_KEY_SIZE], unsigned number);

struct calendar_turn {
    bool too_early, too_many; // the last edition is too near; there were too many in a year
    int64_t from_day;         // 0: from now on
};
/** @param published days of the editions, newest first */
struct calendar_turn calendar_turn(const int64_t *published, size_t count, int delay_days, int64_t day);

/** How many people a next edition must count who were in none before. @param last_people 0: a first edition */
uint32_t calendar_new_people(uint32_t last_people);
#endif
