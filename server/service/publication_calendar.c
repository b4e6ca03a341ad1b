// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_calendar.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

static const int64_t DAY_MS = INT64_C(24) * 60 * 60 * 1000;

bool calendar_day_parse(const char *text, int64_t *out) {
    int64_t time_ms;
    if (strlen(text) != 10 || !clock_parse(text, 10, &time_ms))
        return false;
    *out = time_ms / DAY_MS;
    return true;
}

void calendar_day_format(int64_t day, char out[CALENDAR_DAY_SIZE]) {
    char text[CLOCK_TEXT_SIZE];
    clock_format(day * DAY_MS, text);
    snprintf(out, CALENDAR_DAY_SIZE, "%.10s", text);
}

int64_t calendar_day_of(int64_t time_ms) {
    return time_ms / DAY_MS;
}

int64_t calendar_closed_ms(int64_t day) {
    return (day - CALENDAR_WAIT_DAYS) * DAY_MS;
}

int64_t calendar_counted_from(int64_t closed_ms) {
    return (closed_ms + DAY_MS - 1) / DAY_MS + CALENDAR_WAIT_DAYS;
}

int calendar_delay(const uint8_t key[SECRET_KEY_SIZE], unsigned number) {
    uint8_t bytes[8] = {0}, hash[SECRET_HASH_SIZE];
    uint64_t draw = 0;
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(number >> (8 * i));
    secret_hmac(key, "delay", bytes, sizeof bytes, hash);
    for (int i = 0; i < 8; i++)
        draw |= (uint64_t)hash[i] << (8 * i);
    return (int)(draw % (CALENDAR_DELAY_DAYS_MAX + 1));
}

struct calendar_turn calendar_turn(const int64_t *published, size_t count, int delay_days, int64_t day) {
    struct calendar_turn turn = {0};
    if (count == 0)
        return turn;
    int64_t from_day = published[0] + CALENDAR_BETWEEN_DAYS + delay_days;
    turn.too_early = day < from_day;
    if (count >= CALENDAR_EDITIONS_A_YEAR) {
        int64_t free_day = published[CALENDAR_EDITIONS_A_YEAR - 1] + CALENDAR_YEAR_DAYS;
        turn.too_many = day < free_day;
        if (turn.too_many && free_day > from_day)
            from_day = free_day;
    }
    if (turn.too_early || turn.too_many)
        turn.from_day = from_day;
    return turn;
}

uint32_t calendar_new_people(uint32_t last_people) {
    uint32_t share = (last_people + CALENDAR_NEW_SHARE - 1) / CALENDAR_NEW_SHARE;
    return share > CALENDAR_NEW_PEOPLE_MIN ? share : CALENDAR_NEW_PEOPLE_MIN;
}
