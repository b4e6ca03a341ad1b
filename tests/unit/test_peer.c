// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/peer.h"

#include "test.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static const uint8_t key[SECRET_KEY_SIZE] = {1}, other_key[SECRET_KEY_SIZE] = {2};

/* What stands for an address written out; true when anything does. */
static bool name(const uint8_t *with, const char *text, uint16_t port, uint8_t out[SECRET_HASH_SIZE]) {
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
        return peer_name(with, (const struct sockaddr *)&in, out);
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
    return peer_name(with, (const struct sockaddr *)&in6, out);
}

static bool are_one(const char *a, const char *b) {
    uint8_t first[SECRET_HASH_SIZE], second[SECRET_HASH_SIZE];
    assert_true(name(key, a, 1024, first));
    assert_true(name(key, b, 4201, second)); // the port says nothing
    return memcmp(first, second, SECRET_HASH_SIZE) == 0;
}

static void each_ipv4_address_stands_for_itself_whatever_its_port(void **state) {
    (void)state;
    assert_true(are_one("192.168.1.10", "192.168.1.10"));
    assert_false(are_one("192.168.1.10", "192.168.1.11"));
    assert_false(are_one("192.168.1.10", "10.168.1.10"));
}

static void an_ipv4_address_over_ipv6_is_the_same(void **state) {
    (void)state;
    assert_true(are_one("192.168.1.10", "::ffff:192.168.1.10"));
    assert_false(are_one("::ffff:192.168.1.10", "::ffff:192.168.1.11"));
}

static void an_ipv6_address_stands_for_its_network(void **state) {
    (void)state;
    assert_true(are_one("2001:db8:1:2::1", "2001:db8:1:2:ffff::7"));
    assert_false(are_one("2001:db8:1:2::1", "2001:db8:1:3::1"));
}

static void another_start_gives_other_names(void **state) {
    (void)state;
    uint8_t first[SECRET_HASH_SIZE], second[SECRET_HASH_SIZE];
    assert_true(name(key, "192.168.1.10", 1, first));
    assert_true(name(other_key, "192.168.1.10", 1, second));
    assert_memory_not_equal(first, second, SECRET_HASH_SIZE);
}

static void what_is_no_internet_address_has_no_name(void **state) {
    (void)state;
    const struct sockaddr_un local = {.sun_family = AF_UNIX};
    uint8_t out[SECRET_HASH_SIZE];
    assert_false(peer_name(key, (const struct sockaddr *)&local, out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_ipv4_address_stands_for_itself_whatever_its_port),
        cmocka_unit_test(an_ipv4_address_over_ipv6_is_the_same),
        cmocka_unit_test(an_ipv6_address_stands_for_its_network),
        cmocka_unit_test(another_start_gives_other_names),
        cmocka_unit_test(what_is_no_internet_address_has_no_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
