// SPDX-License-Identifier: AGPL-3.0-or-later
#include "seeded_store.h"
#include "store/contribution_store.h"
#include "test.h"

static const uint8_t hash[SECRET_HASH_SIZE] = {1, 2, 3};

static int open_store(void **state) {
    static struct seeded_store store;
    seeded_store_open(&store, NULL);
    *state = &store;
    return 0;
}

static int close_store(void **state) {
    seeded_store_close(*state);
    return 0;
}

static int64_t insert(struct seeded_store *store, struct contribution c) {
    int64_t id = 0;
    assert_int_equal(contribution_insert(store->writing, &c, hash, &id), ERR_OK);
    return id;
}

static int64_t insert_point(struct seeded_store *store, unsigned number, double lon, double lat) {
    double at[2] = {lon, lat};
    return insert(store, seeded_point(number, at));
}

/* What a list gave: the ids, in order. */
struct given {
    int64_t ids[2000];
    size_t count;
};

static enum err note(void *context, const struct contribution *c) {
    struct given *given = context;
    given->ids[given->count++] = c->id;
    return ERR_OK;
}

static struct given list(struct seeded_store *store, struct contribution_query query,
                         struct contribution_end *end) {
    struct given given = {0};
    struct contribution_end unused;
    if (query.limit == 0)
        query.limit = 1000;
    query.session_id = query.session_id ? query.session_id : SEED_SESSION;
    assert_int_equal(contribution_list(store->reading, &query, note, &given, end ? end : &unused),
                     ERR_OK);
    return given;
}

static void keeps_what_was_inserted(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.3512345, 50.8467891};
    struct contribution sent = seeded_point(7, at), found;
    sent.answers = "{\"note\":\"\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7\"}";
    sent.answers_len = strlen(sent.answers);
    int64_t id = insert(store, sent);
    assert_int_equal(
        contribution_find(store->reading, SEED_SESSION, sent.uuid, &store->arena, &found), ERR_OK);
    assert_int_equal(found.id, id);
    assert_int_equal(found.version, 1);
    assert_int_equal(found.participant_id, SEED_ONE);
    assert_int_equal(found.entered_by, 0);
    assert_int_equal(found.state, CONTRIBUTION_APPROVED);
    assert_int_equal(found.created_ms, sent.created_ms);
    assert_string_equal(found.category, "safe");
    assert_string_equal(found.answers, sent.answers);
    assert_string_equal(found.pseudonym, "Kiwi 11");
    assert_int_equal(found.geometry.type, GEOMETRY_POINT);
    assert_memory_equal(found.geometry.coords, at, sizeof at);
}

static void does_not_find_it_in_another_session(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.35, 50.85};
    struct contribution sent = seeded_point(7, at), found;
    insert(store, sent);
    assert_int_equal(
        contribution_find(store->reading, SEED_OTHER_SESSION, sent.uuid, &store->arena, &found),
        ERR_NOT_FOUND);
}

static void takes_a_uuid_once(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.35, 50.85};
    struct contribution sent = seeded_point(7, at);
    int64_t id;
    insert(store, sent);
    assert_int_equal(contribution_insert(store->writing, &sent, hash, &id), ERR_CONFLICT);
}

static void an_edit_replaces_and_counts_versions(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.35, 50.85}, moved[2] = {4.36, 50.86};
    const uint8_t other_hash[SECRET_HASH_SIZE] = {9};
    struct contribution sent = seeded_point(7, at);
    struct contribution_written written;
    sent.id = insert(store, sent);
    sent.geometry.coords = moved;
    sent.category = "unsafe";
    sent.state = CONTRIBUTION_PENDING;
    sent.changed_ms = 1700000005000;
    assert_int_equal(contribution_update(store->writing, &sent, other_hash), ERR_OK);
    assert_int_equal(contribution_find_written(store->writing, sent.uuid, &written), ERR_OK);
    assert_int_equal(written.version, 2);
    assert_int_equal(written.state, CONTRIBUTION_PENDING);
    assert_int_equal(written.created_ms, sent.created_ms);
    assert_memory_equal(written.body_hash, other_hash, sizeof other_hash);
    struct bbox there = {4.355, 50.855, 4.365, 50.865};
    assert_int_equal(list(store, (struct contribution_query){.box = &there}, NULL).count, 1);
}

static void deletes_with_its_place_in_the_index(void **state) {
    struct seeded_store *store = *state;
    int64_t id = insert_point(store, 1, 4.35, 50.85);
    assert_int_equal(contribution_delete(store->writing, id), ERR_OK);
    assert_int_equal(contribution_delete(store->writing, id), ERR_NOT_FOUND);
    struct bbox all = {-180, -90, 180, 90};
    assert_int_equal(list(store, (struct contribution_query){.box = &all}, NULL).count, 0);
}

static void says_whether_a_write_may_still_happen(void **state) {
    struct seeded_store *store = *state;
    struct contribution_gate gate;
    assert_int_equal(
        contribution_find_gate(store->reading, SEED_SESSION, SEED_ONE, &store->arena, &gate),
        ERR_OK);
    assert_true(gate.open && gate.approve_at_once && gate.admitted && gate.consents);
    assert_string_equal(gate.pseudonym, "Kiwi 11");
    assert_int_equal(
        contribution_find_gate(store->reading, SEED_SESSION, SEED_WAITING, &store->arena, &gate),
        ERR_OK);
    assert_false(gate.admitted);
    // a participant of another session counts as none
    assert_int_equal(contribution_find_gate(store->reading, SEED_OTHER_SESSION, SEED_ONE,
                                            &store->arena, &gate),
                     ERR_OK);
    assert_false(gate.open || gate.approve_at_once || gate.admitted || gate.consents);
    assert_int_equal(contribution_find_gate(store->reading, 99, 0, &store->arena, &gate),
                     ERR_NOT_FOUND);
}

static void pages_newest_first(void **state) {
    struct seeded_store *store = *state;
    int64_t ids[5];
    for (unsigned i = 0; i < 5; i++)
        ids[i] = insert_point(store, i, 4.35, 50.85);
    struct contribution_end end;
    struct given page = list(store, (struct contribution_query){.limit = 2}, &end);
    assert_int_equal(page.count, 2);
    assert_int_equal(page.ids[0], ids[4]);
    assert_int_equal(page.ids[1], ids[3]);
    assert_true(end.more);
    page = list(store, (struct contribution_query){.limit = 3, .before_id = end.last_id}, &end);
    assert_int_equal(page.count, 3);
    assert_int_equal(page.ids[2], ids[0]);
    assert_false(end.more);
}

static void lists_oldest_first_for_the_export(void **state) {
    struct seeded_store *store = *state;
    for (unsigned i = 0; i < 5; i++)
        insert_point(store, i, 4.35, 50.85);
    struct given given = {0};
    int64_t last = 0;
    size_t pages = 0;
    do {
        assert_int_equal(
            contribution_list_oldest(store->reading, SEED_SESSION, last, 2, note, &given, &last),
            ERR_OK);
        pages++;
    } while (last != 0);
    assert_int_equal(given.count, 5);
    assert_int_equal(pages, 4); // 2, 2, 1, none
    assert_true(given.ids[0] < given.ids[4]);
}

static void gives_a_participant_her_own(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.35, 50.85};
    struct contribution hers = seeded_point(1, at), other = seeded_point(2, at);
    other.participant_id = SEED_TWO;
    int64_t id = insert(store, hers);
    insert(store, other);
    struct bbox near = {4.3, 50.8, 4.4, 50.9}, far = {5, 51, 6, 52};
    struct contribution_query query = {.participant_id = SEED_ONE};
    struct given given = list(store, query, NULL);
    assert_int_equal(given.count, 1);
    assert_int_equal(given.ids[0], id);
    query.box = &near;
    assert_int_equal(list(store, query, NULL).count, 1);
    query.box = &far;
    assert_int_equal(list(store, query, NULL).count, 0);
}

static void filters_by_category_state_and_time_of_day(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.35, 50.85};
    struct contribution c = seeded_point(1, at);
    c.answers = "{\"feeling\":\"safe\",\"when\":[\"night\",\"evening\"]}";
    c.answers_len = strlen(c.answers);
    insert(store, c);
    c = seeded_point(2, at);
    c.category = "unsafe";
    c.state = CONTRIBUTION_HIDDEN;
    c.answers = "{\"when\":\"night\"}";
    c.answers_len = strlen(c.answers);
    insert(store, c);
    insert(store, seeded_point(3, at));
    assert_int_equal(list(store, (struct contribution_query){.category = "unsafe"}, NULL).count, 1);
    assert_int_equal(list(store, (struct contribution_query){.state = "approved"}, NULL).count, 2);
    assert_int_equal(list(store, (struct contribution_query){.when = "night"}, NULL).count, 2);
    assert_int_equal(list(store, (struct contribution_query){.when = "evening"}, NULL).count, 1);
    assert_int_equal(list(store, (struct contribution_query){.when = "morning"}, NULL).count, 0);
}

/* Enough that boxes are read by the spatial index. */
static void fill(struct seeded_store *store, unsigned count) {
    assert_int_equal(db_begin(store->writing), ERR_OK);
    for (unsigned i = 0; i < count; i++)
        insert_point(store, 1000 + i, 4.30 + 0.0001 * (double)(i % 100),
                     50.80 + 0.0001 * (double)(i / 100));
    assert_int_equal(db_commit(store->writing), ERR_OK);
}

static void a_box_of_a_large_session_holds_exactly_its_points(void **state) {
    struct seeded_store *store = *state;
    fill(store, 1000);
    // the edge lies between two floats of the index: points beyond it by less than that stay
    // outside
    double edge = 4.35, beyond = 4.3500000001;
    int64_t on_it = insert_point(store, 1, edge, 50.9),
            past_it = insert_point(store, 2, beyond, 50.9);
    struct bbox box = {4.34, 50.89, edge, 50.91};
    struct contribution_end end;
    struct given given = list(store, (struct contribution_query){.box = &box}, &end);
    assert_int_equal(given.count, 1);
    assert_int_equal(given.ids[0], on_it);
    assert_true(past_it > 0);
    assert_false(end.more);
    struct bbox corner = {4.29995, 50.79995, 4.30095, 50.80095};
    assert_int_equal(list(store, (struct contribution_query){.box = &corner}, NULL).count, 100);
}

static void a_box_ends_at_its_limit_and_says_there_is_more(void **state) {
    struct seeded_store *store = *state;
    fill(store, 1000);
    struct bbox all = {4, 50, 5, 51};
    struct contribution_end end;
    assert_int_equal(list(store, (struct contribution_query){.box = &all, .limit = 10}, &end).count,
                     10);
    assert_true(end.more);
    assert_int_equal(
        list(store, (struct contribution_query){.box = &all, .limit = 1000}, &end).count, 1000);
    assert_false(end.more);
}

static void a_box_holds_no_other_session(void **state) {
    struct seeded_store *store = *state;
    fill(store, 400);
    double at[2] = {4.30, 50.80};
    struct contribution other = seeded_point(1, at);
    other.session_id = SEED_OTHER_SESSION;
    other.participant_id = 0;
    insert(store, other);
    struct bbox all = {4, 50, 5, 51};
    assert_int_equal(list(store, (struct contribution_query){.box = &all}, NULL).count, 400);
    struct contribution_query query = {.box = &all, .session_id = SEED_OTHER_SESSION};
    assert_int_equal(list(store, query, NULL).count, 1);
}

static void a_box_crosses_the_antimeridian(void **state) {
    struct seeded_store *store = *state;
    fill(store, 400);
    insert_point(store, 1, 179.9, 10);
    insert_point(store, 2, -179.9, 10);
    insert_point(store, 3, 0, 10);
    struct bbox box = {179, 5, -179, 15};
    struct contribution_end end;
    assert_int_equal(list(store, (struct contribution_query){.box = &box}, &end).count, 2);
    assert_int_equal(list(store, (struct contribution_query){.box = &box, .limit = 1}, &end).count,
                     1);
    assert_true(end.more);
}

static void what_spans_both_halves_of_such_a_box_is_given_once(void **state) {
    struct seeded_store *store = *state;
    fill(store, 400);
    double coords[4] = {179.95, 10, -179.95, 11};
    uint32_t vertices = 2;
    struct contribution line = seeded_point(1, coords);
    line.geometry = (struct geometry){.type = GEOMETRY_LINE,
                                      .vertex_count = 2,
                                      .coords = coords,
                                      .part_count = 1,
                                      .part_vertices = &vertices};
    insert(store, line);
    struct bbox box = {179, 5, -179, 15};
    assert_int_equal(list(store, (struct contribution_query){.box = &box}, NULL).count, 1);
}

static void a_line_is_in_the_box_that_it_touches(void **state) {
    struct seeded_store *store = *state;
    fill(store, 400);
    double coords[4] = {4.40, 50.80, 4.45, 50.85};
    uint32_t vertices = 2;
    struct contribution line = seeded_point(1, coords);
    line.geometry = (struct geometry){.type = GEOMETRY_LINE,
                                      .vertex_count = 2,
                                      .coords = coords,
                                      .part_count = 1,
                                      .part_vertices = &vertices};
    int64_t id = insert(store, line);
    struct bbox box = {4.44, 50.84, 4.60, 50.90};
    struct given given = list(store, (struct contribution_query){.box = &box}, NULL);
    assert_int_equal(given.count, 1);
    assert_int_equal(given.ids[0], id);
}

static void a_box_is_answered_by_the_spatial_index(void **state) {
    struct seeded_store *store = *state;
    const char *plan = NULL;
    assert_int_equal(db_explain(store->reading, QUERY_CONTRIBUTIONS_IN_BOX, &store->arena, &plan),
                     ERR_OK);
    assert_non_null(
        strstr(plan, "SCAN i VIRTUAL TABLE INDEX 2:")); // 2: by constraints, not a full walk
    assert_non_null(strstr(plan, "SEARCH c USING INTEGER PRIMARY KEY"));
    assert_null(strstr(plan, "TEMP B-TREE"));
}

static void pages_are_answered_by_their_indexes_without_sorting(void **state) {
    static const struct {
        enum query query;
        const char *index;
    } cases[] = {
        {QUERY_CONTRIBUTIONS_NEWEST, "contribution_session (session_id=? AND id<?)"},
        {QUERY_CONTRIBUTIONS_OLDEST, "contribution_session (session_id=? AND id>?)"},
        {QUERY_CONTRIBUTIONS_OF_PARTICIPANT,
         "contribution_participant (participant_id=? AND rowid<?)"},
        {QUERY_CONTRIBUTIONS_BEYOND, "COVERING INDEX contribution_session"},
    };
    struct seeded_store *store = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *plan = NULL;
        assert_int_equal(db_explain(store->reading, cases[i].query, &store->arena, &plan), ERR_OK);
        if (!strstr(plan, cases[i].index) || strstr(plan, "TEMP B-TREE"))
            fail_msg("%s", plan);
    }
}

static int64_t pairs[CONTRIBUTION_STATES];

static enum err note_count(void *context, enum contribution_state state, const char *category,
                           int64_t count) {
    *(size_t *)context += strcmp(category, "safe") == 0;
    pairs[state] += count;
    return ERR_OK;
}

static void counts_by_state_and_category(void **state) {
    struct seeded_store *store = *state;
    double at[2] = {4.35, 50.85};
    size_t safe = 0;
    int64_t waiting, admitted;
    memset(pairs, 0, sizeof pairs);
    insert_point(store, 1, 4.3, 50.8);
    insert_point(store, 2, 4.3, 50.8);
    struct contribution hidden = seeded_point(3, at);
    hidden.state = CONTRIBUTION_HIDDEN;
    insert(store, hidden);
    assert_int_equal(contribution_count(store->reading, SEED_SESSION, note_count, &safe), ERR_OK);
    assert_int_equal(safe, 2); // one line a state
    assert_int_equal(pairs[CONTRIBUTION_APPROVED], 2);
    assert_int_equal(pairs[CONTRIBUTION_HIDDEN], 1);
    assert_int_equal(contribution_count_seats(store->reading, SEED_SESSION, &waiting, &admitted),
                     ERR_OK);
    assert_int_equal(waiting, 1);
    assert_int_equal(admitted, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(keeps_what_was_inserted),
        CASE(does_not_find_it_in_another_session),
        CASE(takes_a_uuid_once),
        CASE(an_edit_replaces_and_counts_versions),
        CASE(deletes_with_its_place_in_the_index),
        CASE(says_whether_a_write_may_still_happen),
        CASE(pages_newest_first),
        CASE(lists_oldest_first_for_the_export),
        CASE(gives_a_participant_her_own),
        CASE(filters_by_category_state_and_time_of_day),
        CASE(a_box_of_a_large_session_holds_exactly_its_points),
        CASE(a_box_ends_at_its_limit_and_says_there_is_more),
        CASE(a_box_holds_no_other_session),
        CASE(a_box_crosses_the_antimeridian),
        CASE(what_spans_both_halves_of_such_a_box_is_given_once),
        CASE(a_line_is_in_the_box_that_it_touches),
        CASE(a_box_is_answered_by_the_spatial_index),
        CASE(pages_are_answered_by_their_indexes_without_sorting),
        CASE(counts_by_state_and_category),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
