// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/secret.h"
#include "http/cache.h"

enum { MAX_BYTES = 100000, MAX_AGE_MS = 60000 };

static int setup(void **state) {
    struct cache *cache;
    if (secret_init() != ERR_OK || cache_new(MAX_BYTES, MAX_AGE_MS, &cache) != ERR_OK)
        return -1;
    *state = cache;
    return 0;
}

static int teardown(void **state) {
    cache_free(*state);
    return 0;
}

static struct reply *make_reply(unsigned status, size_t size) {
    static const char bytes[MAX_BYTES];
    struct reply_spec spec = {
        .status = status, .media_type = "text/plain", .cache_control = "no-store"};
    struct reply *reply;
    assert_int_equal(reply_new(&spec, &reply), ERR_OK);
    assert_int_equal(reply_add(reply, &spec, REPLY_PLAIN, reply_body_borrowed(bytes, size), size),
                     ERR_OK);
    return reply;
}

static struct cache_key key_of(const char *target, const char *language, uint8_t credential) {
    struct cache_key key = {.target = {target, strlen(target)}};
    if (language)
        key.language = (struct span){language, strlen(language)};
    memset(key.credential, credential, sizeof key.credential);
    return key;
}

static void keep(struct cache *cache, const char *target, unsigned status, size_t size,
                 uint64_t generation, bool lasting, int64_t now_ms) {
    struct cache_key key = key_of(target, NULL, 0);
    struct reply *reply = make_reply(status, size);
    cache_keep(cache, &key, reply, generation, lasting, now_ms);
    reply_drop(reply);
}

/* The status of what is kept, 0 for nothing: replies are told apart by it. */
static unsigned found(struct cache *cache, struct cache_key key, uint64_t generation,
                      int64_t now_ms) {
    struct reply *reply = cache_find(cache, &key, generation, now_ms);
    unsigned status = reply ? reply_status(reply) : 0;
    reply_drop(reply);
    return status;
}

static void a_kept_reply_is_good_for_one_generation(void **state) {
    keep(*state, "/a", 200, 10, 7, false, 1000);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 7, 1000), 200);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 8, 1000), 0);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 7, 1000), 0); // it is gone for good
}

static void and_for_a_minute_at_most(void **state) {
    keep(*state, "/a", 200, 10, 7, false, 1000);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 7, 1000 + MAX_AGE_MS - 1), 200);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 7, 1000 + MAX_AGE_MS), 0);
}

static void a_lasting_reply_grows_old_but_not_beyond_its_generation(void **state) {
    keep(*state, "/a", 200, 10, 7, true, 1000);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 7, 1000 + 100 * MAX_AGE_MS), 200);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 8, 1000), 0);
}

static void nobody_gets_what_was_made_for_another(void **state) {
    struct cache_key hers = key_of("/a", "fr", 1);
    struct reply *reply = make_reply(200, 10);
    cache_keep(*state, &hers, reply, 1, false, 0);
    reply_drop(reply);
    assert_int_equal(found(*state, key_of("/a", "fr", 1), 1, 0), 200);
    assert_int_equal(found(*state, key_of("/a", "fr", 2), 1, 0), 0);
    assert_int_equal(found(*state, key_of("/a", "fr", 0), 1, 0), 0);
    assert_int_equal(found(*state, key_of("/a", "en", 1), 1, 0), 0);
    assert_int_equal(found(*state, key_of("/a", NULL, 1), 1, 0), 0);
    assert_int_equal(found(*state, key_of("/af", "r", 1), 1, 0), 0);
    assert_int_equal(found(*state, key_of("/a?x=1", "fr", 1), 1, 0), 0);
}

static void a_newer_reply_takes_the_place_of_the_old(void **state) {
    keep(*state, "/a", 200, 10, 1, false, 0);
    size_t size = cache_size(*state);
    keep(*state, "/a", 204, 10, 2, false, 0);
    assert_int_equal(cache_size(*state), size);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 2, 0), 204);
}

static void holds_no_more_than_it_may_and_drops_the_least_used(void **state) {
    char target[32];
    for (int i = 0; i < 500; i++) {
        snprintf(target, sizeof target, "/%d", i);
        keep(*state, target, 200, 1000, 1, false, 0);
        assert_int_equal(found(*state, key_of("/0", NULL, 0), 1, 0), 200); // used again and again
        assert_true(cache_size(*state) <= MAX_BYTES);
    }
    assert_int_equal(found(*state, key_of("/499", NULL, 0), 1, 0), 200);
    assert_int_equal(found(*state, key_of("/1", NULL, 0), 1, 0), 0);
}

static void a_reply_as_large_as_the_whole_is_not_kept(void **state) {
    keep(*state, "/a", 200, 1000, 1, false, 0);
    keep(*state, "/large", 200, MAX_BYTES / 2, 1, false, 0);
    assert_int_equal(found(*state, key_of("/large", NULL, 0), 1, 0), 0);
    assert_int_equal(found(*state, key_of("/a", NULL, 0), 1, 0), 200);
}

static void a_reply_in_use_survives_its_removal(void **state) {
    keep(*state, "/a", 200, 10, 1, false, 0);
    struct cache_key key = key_of("/a", NULL, 0);
    struct reply *reply = cache_find(*state, &key, 1, 0);
    assert_int_equal(found(*state, key, 2, 0), 0);
    assert_int_equal(reply_status(reply), 200);
    reply_drop(reply);
    assert_int_equal(cache_size(*state), 0);
}

static void an_etag_matches_in_each_of_its_forms(void **state) {
    (void)state;
    static const struct {
        const char *if_none_match;
        bool matches;
    } cases[] = {
        {"\"12\"", true},   {"W/\"12\"", true},      {"\"12-g\"", true}, {"\"12-b\"", true},
        {"*", true},        {"\"1\", \"12\"", true}, {"\"1\"", false},   {"12", false},
        {"\"123\"", false}, {"\"12-x\"", false},     {"\"12", false},    {"", false},
        {"\"", false},      {"\"x12\"", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct span span = {cases[i].if_none_match, strlen(cases[i].if_none_match)};
        if (reply_etag_matches("12", span) != cases[i].matches)
            fail_msg("%s", cases[i].if_none_match);
    }
    assert_false(reply_etag_matches("", (struct span){"*", 1}));
    assert_false(reply_etag_matches("12", (struct span){0}));
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_kept_reply_is_good_for_one_generation),
        CASE(and_for_a_minute_at_most),
        CASE(a_lasting_reply_grows_old_but_not_beyond_its_generation),
        CASE(nobody_gets_what_was_made_for_another),
        CASE(a_newer_reply_takes_the_place_of_the_old),
        CASE(holds_no_more_than_it_may_and_drops_the_least_used),
        CASE(a_reply_as_large_as_the_whole_is_not_kept),
        CASE(a_reply_in_use_survives_its_removal),
        CASE(an_etag_matches_in_each_of_its_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
