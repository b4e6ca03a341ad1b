// SPDX-License-Identifier: AGPL-3.0-or-later
// Profiles, the table of the noise, the keys and the rounding.
#include "publish/cube.h"
#include <math.h>

struct cube_profile cube_profile(bool sensitive, unsigned floor) {
    struct cube_profile profile = sensitive
                                      ? (struct cube_profile){"sensitive", 10, 8, 12.0, 500, 3, 16}
                                      : (struct cube_profile){"standard", 5, 5, 5.0, 250, 3, 16};
    if (floor > profile.floor)
        profile.floor = floor;
    return profile;
}

static double variance_of(unsigned noise_max, double lambda) {
    double weights = 0, squares = 0;
    for (int e = -(int)noise_max; e <= (int)noise_max; e++) {
        double weight = exp(-lambda * e * e);
        weights += weight;
        squares += weight * e * e;
    }
    return squares / weights;
}

/* The variance falls as lambda rises, from that of the even distribution, D(D+1)/3, to nothing. */
static double solve_lambda(unsigned noise_max, double variance) {
    double low = 0, high = 1000;
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (variance_of(noise_max, middle) > variance)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

void cube_noise_table(unsigned noise_max, double variance, double out[2 * CUBE_NOISE_MAX + 1]) {
    const double lambda = solve_lambda(noise_max, variance);
    const int max = (int)noise_max;
    double total = 0, below = 0;
    for (int e = -max; e <= max; e++)
        total += exp(-lambda * e * e);
    for (int e = -max; e <= max; e++) {
        below += exp(-lambda * e * e);
        out[e + max] = below / total;
    }
    out[2 * max] = 1;
}

static void write_le64(uint64_t value, uint8_t out[8]) {
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(value >> 8 * i);
}

/* The first 64 bits of the HMAC of a number, little-endian both. */
static uint64_t keyed(const uint8_t key[SECRET_KEY_SIZE], const char *label, uint64_t number) {
    uint8_t bytes[8], hash[SECRET_HASH_SIZE];
    write_le64(number, bytes);
    secret_hmac(key, label, bytes, sizeof bytes, hash);
    uint64_t first = 0;
    for (int i = 7; i >= 0; i--)
        first = first << 8 | hash[i];
    return first;
}

uint64_t cube_record_key(const uint8_t key[SECRET_KEY_SIZE], int64_t id) {
    return keyed(key, "rk", (uint64_t)id);
}

int cube_noise(const uint8_t key[SECRET_KEY_SIZE], uint64_t cell_key, const double *table,
               unsigned noise_max) {
    double u = (double)(keyed(key, "ck", cell_key) >> 11) * 0x1p-53; // below 1, as the last value is not
    int e = 0;
    while (table[e] <= u)
        e++;
    return e - (int)noise_max;
}

struct cube_slack cube_slack(const uint8_t key[SECRET_KEY_SIZE], uint64_t cell_key,
                             const struct cube_profile *profile) {
    const uint64_t drawn = keyed(key, "se", cell_key);
    return (struct cube_slack){.people = (unsigned)(drawn / profile->slack_percent % profile->slack_people),
                               .percent = (unsigned)(drawn % profile->slack_percent)};
}

uint32_t cube_rounded(int64_t sum) {
    return (uint32_t)((2 * sum + 5) / 10 * 5);
}
