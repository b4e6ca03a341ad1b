// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "publish/cube.h"
#include <math.h>

static const uint8_t key[SECRET_KEY_SIZE] = "one key of two";
static const uint8_t other_key[SECRET_KEY_SIZE] = "the other key";

static double probability(const double *table, unsigned i) {
    return i ? table[i] - table[i - 1] : table[0];
}

static void the_table_has_mean_0_and_the_profiles_variance(void **state) {
    (void)state;
    static const struct {
        unsigned max;
        double variance;
    } rows[] = {{5, 5}, {8, 12}, {1, 0.3}, {3, 1}, {10, 0.5}, {32, 100}, {8, 23.9}};
    double table[2 * CUBE_NOISE_MAX + 1];
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        const unsigned max = rows[r].max;
        double mean = 0, variance = 0;
        cube_noise_table(max, rows[r].variance, table);
        for (unsigned i = 0; i <= 2 * max; i++) {
            double e = (double)i - max, p = probability(table, i);
            assert_true(p >= 0);
            assert_true(fabs(p - probability(table, 2 * max - i)) < 1e-12);
            mean += p * e;
            variance += p * e * e;
        }
        assert_true(table[2 * max] == 1);
        assert_true(fabs(mean) < 1e-9);
        assert_true(fabs(variance - rows[r].variance) < 1e-9);
    }
}

/* Of all tables with this variance the one of most entropy is exp(-lambda e^2): the logarithms of its
 * probabilities lie on a parabola. */
static void the_table_is_the_one_of_most_entropy(void **state) {
    (void)state;
    double table[2 * CUBE_NOISE_MAX + 1];
    cube_noise_table(8, 12, table);
    const double step = log(probability(table, 8) / probability(table, 9));
    assert_true(step > 0);
    for (int e = -8; e <= 8; e++) {
        double fall = log(probability(table, 8) / probability(table, (unsigned)(e + 8)));
        assert_true(fabs(fall - step * e * e) < 1e-9);
    }
}

static void too_wide_a_variance_gives_the_even_table(void **state) {
    (void)state;
    double table[2 * CUBE_NOISE_MAX + 1];
    cube_noise_table(5, 99, table);
    for (unsigned i = 0; i < 11; i++)
        assert_true(fabs(probability(table, i) - 1.0 / 11) < 1e-12);
    cube_noise_table(0, 5, table);
    assert_true(table[0] == 1);
    assert_int_equal(cube_noise(key, 1, table, 0), 0);
}

/* How far the draws of 100,000 cell keys are from the table: chi-square, 2D degrees of freedom. */
static double chi_square(unsigned max, double variance) {
    enum { DRAWS = 100000 };
    double table[2 * CUBE_NOISE_MAX + 1], sum = 0;
    unsigned counts[2 * CUBE_NOISE_MAX + 1] = {0};
    cube_noise_table(max, variance, table);
    for (uint64_t i = 0; i < DRAWS; i++) {
        int e = cube_noise(key, i * UINT64_C(0x9E3779B97F4A7C15), table, max);
        assert_true(e >= -(int)max && e <= (int)max);
        counts[e + (int)max]++;
    }
    for (unsigned i = 0; i <= 2 * max; i++) {
        double expected = DRAWS * probability(table, i);
        assert_true(expected > 5);
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return sum;
}

static void the_noise_is_drawn_as_the_table_says(void **state) {
    (void)state;
    // beyond these lies one in a thousand of all keys: the upper 0.1% of chi-square
    assert_true(chi_square(5, 5) < 29.59);
    assert_true(chi_square(8, 12) < 39.25);
}

static void the_noise_belongs_to_key_and_cell_key(void **state) {
    (void)state;
    double table[2 * CUBE_NOISE_MAX + 1];
    cube_noise_table(8, 12, table);
    unsigned same_neighbour = 0, same_key = 0;
    for (uint64_t ck = 0; ck < 2000; ck++) {
        int e = cube_noise(key, ck, table, 8);
        assert_int_equal(e, cube_noise(key, ck, table, 8));
        same_neighbour += e == cube_noise(key, ck + 1, table, 8);
        same_key += e == cube_noise(other_key, ck, table, 8);
    }
    // by chance alone two draws are the same in 7.9% of cases
    assert_in_range(same_neighbour, 100, 240);
    assert_in_range(same_key, 100, 240);
}

static void keys_and_noise_are_what_another_implementation_makes_of_them(void **state) {
    (void)state;
    // HMAC-SHA-256 under 32 times 7: of "rk", 0, -2 and of "ck", 0, 0x0102030405060708 in 8 bytes, little-endian
    uint8_t sevens[SECRET_KEY_SIZE];
    double table[2 * CUBE_NOISE_MAX + 1];
    memset(sevens, 7, sizeof sevens);
    cube_noise_table(8, 12, table);
    assert_int_equal(cube_record_key(sevens, -2), UINT64_C(0xF8478040BEF48E03));
    assert_int_equal(cube_noise(sevens, UINT64_C(0x0102030405060708), table, 8), -1);
}

static void record_keys_differ(void **state) {
    (void)state;
    assert_true(cube_record_key(key, 1) != cube_record_key(key, 2));
    assert_true(cube_record_key(key, 1) != cube_record_key(key, -1));
    assert_true(cube_record_key(key, 1) != cube_record_key(other_key, 1));
    assert_true(cube_record_key(key, 1) == cube_record_key(key, 1));
}

static void values_are_rounded_to_the_nearest_5(void **state) {
    (void)state;
    for (int64_t sum = 0; sum < 2000; sum++)
        assert_int_equal(cube_rounded(sum), 5 * (int64_t)floor((double)sum / 5 + 0.5));
    assert_int_equal(cube_rounded(12), 10);
    assert_int_equal(cube_rounded(13), 15);
}

static void a_profile_can_be_stricter_and_never_laxer(void **state) {
    (void)state;
    static const struct {
        bool sensitive;
        unsigned asked, floor, noise_max, base_m;
        double variance;
        const char *name;
    } rows[] = {{false, 0, 5, 5, 250, 5, "standard"},  {false, 4, 5, 5, 250, 5, "standard"},
                {false, 6, 6, 5, 250, 5, "standard"},  {true, 0, 10, 8, 500, 12, "sensitive"},
                {true, 9, 10, 8, 500, 12, "sensitive"}, {true, 25, 25, 8, 500, 12, "sensitive"}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct cube_profile profile = cube_profile(rows[i].sensitive, rows[i].asked);
        assert_int_equal(profile.floor, rows[i].floor);
        assert_int_equal(profile.noise_max, rows[i].noise_max);
        assert_int_equal(profile.base_m, rows[i].base_m);
        assert_true(profile.noise_variance == rows[i].variance);
        assert_string_equal(profile.name, rows[i].name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_has_mean_0_and_the_profiles_variance),
        cmocka_unit_test(the_table_is_the_one_of_most_entropy),
        cmocka_unit_test(too_wide_a_variance_gives_the_even_table),
        cmocka_unit_test(the_noise_is_drawn_as_the_table_says),
        cmocka_unit_test(the_noise_belongs_to_key_and_cell_key),
        cmocka_unit_test(keys_and_noise_are_what_another_implementation_makes_of_them),
        cmocka_unit_test(record_keys_differ),
        cmocka_unit_test(values_are_rounded_to_the_nearest_5),
        cmocka_unit_test(a_profile_can_be_stricter_and_never_laxer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
