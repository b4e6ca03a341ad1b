// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exercise_fixture.h"
#include "geo/grid.h"
#include "model/role.h"
#include "seeded_store.h"
#include "service/contribution_conflict.h"
#include "service/contribution_json.h"
#include "service/contribution_service.h"
#include "service/export_service.h"
#include "test.h"

static const struct caller writer_one = {ROLE_ANYONE | ROLE_PARTICIPANT, SEED_ONE, SEED_SESSION};
static const struct caller writer_two = {ROLE_ANYONE | ROLE_PARTICIPANT, SEED_TWO, SEED_SESSION};
static const struct caller waiting = {ROLE_ANYONE | ROLE_PARTICIPANT, SEED_WAITING, SEED_SESSION};
static const struct caller lead = {ROLE_ANYONE | ROLE_FACILITATOR, SEED_STAFF, 0};
static const struct caller researcher = {ROLE_ANYONE | ROLE_RESEARCHER, SEED_STAFF, 0};

struct room {
    struct seeded_store store;
    struct context context;
    struct fault fault;
};

static int open_room(void **state) {
    static struct room room;
    struct arena arena;
    size_t len = 0;
    arena_init(&arena);
    seeded_store_open(&room.store,
                      fixture_text(&arena, "tests/fixtures/exercises/small.json", &len));
    arena_fini(&arena);
    seeded_store_sql(&room.store,
                     "UPDATE session SET free_text = 1, precision_m = 100 WHERE id = 1");
    room.context = (struct context){.db = room.store.writing};
    room.fault = (struct fault){0};
    *state = &room;
    return 0;
}

static int close_room(void **state) {
    seeded_store_close(&((struct room *)*state)->store);
    return 0;
}

static const char point[] = "{\"type\":\"Point\",\"coordinates\":[4.3517211,50.8467299]}";
static const char good[] = "{\"kind\":\"good\"}";

static void uuid_of(unsigned number, uint8_t out[CONTRIBUTION_UUID_SIZE]) {
    memset(out, 0x5a, CONTRIBUTION_UUID_SIZE);
    memcpy(out, &number, sizeof number);
}

static enum err draft(struct room *room, struct caller caller, unsigned number,
                      const char *geometry, const char *answers, struct contribution_draft *out) {
    struct json_object *geometry_json = NULL, *answers_json = NULL;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(number, uuid);
    assert_int_equal(json_parse(geometry, strlen(geometry), NULL, &geometry_json), ERR_OK);
    assert_int_equal(json_parse(answers, strlen(answers), NULL, &answers_json), ERR_OK);
    room->fault = (struct fault){0};
    enum err err =
        contribution_draft_make(&room->context, caller, SEED_SESSION, uuid, geometry_json,
                                answers_json, &room->store.arena, &room->fault, out);
    json_free(geometry_json);
    json_free(answers_json);
    return err;
}

/* Sends it as a tablet would; what came of it in `outcome` and `stored`. */
static enum err send_version(struct room *room, struct caller caller, unsigned number,
                             const char *geometry, const char *answers, int64_t if_version,
                             enum contribution_outcome *outcome, struct contribution *stored) {
    struct contribution_draft sent;
    enum err err = draft(room, caller, number, geometry, answers, &sent);
    if (err != ERR_OK)
        return err;
    return contribution_submit(&room->context, caller, &sent, if_version, &room->store.arena,
                               stored, outcome);
}

static enum err send(struct room *room, struct caller caller, unsigned number, const char *geometry,
                     const char *answers) {
    struct contribution stored;
    enum contribution_outcome outcome;
    return send_version(room, caller, number, geometry, answers, 0, &outcome, &stored);
}

static struct buf shown(struct room *room, struct caller caller, struct contribution_query query) {
    struct buf out;
    struct jsonw w;
    struct contribution_end end;
    buf_init(&out);
    jsonw_init(&w, &out);
    query.session_id = SEED_SESSION;
    query.limit = 100;
    assert_int_equal(
        contribution_show_list(&room->context, caller, &query, &room->store.arena, &w, &end),
        ERR_OK);
    buf_char(&out, '\0');
    return out;
}

static void sending_twice_makes_one(void **state) {
    struct room *room = *state;
    struct contribution stored;
    enum contribution_outcome outcome;
    assert_int_equal(send_version(room, writer_one, 1, point, good, 0, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_CREATED);
    assert_int_equal(stored.version, 1);
    assert_string_equal(stored.pseudonym, "Kiwi 11");
    assert_int_equal(send_version(room, writer_one, 1, point, good, 0, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_SAME);
    assert_int_equal(stored.version, 1);
    struct contribution_counts counts;
    assert_int_equal(
        contribution_sum(&room->context, lead, SEED_SESSION, &room->store.arena, &counts), ERR_OK);
    assert_int_equal(counts.total, 1);
}

static enum err remove_one(struct room *room, struct caller caller,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE]) {
    struct contribution stored;
    enum contribution_outcome outcome;
    return contribution_remove(&room->context, caller, SEED_SESSION, uuid, 0, &room->store.arena,
                               &stored, &outcome);
}

static const char edited[] = "{\"kind\":\"good\",\"count\":3}";

static void other_content_of_its_author_is_an_edit(void **state) {
    struct room *room = *state;
    struct contribution stored;
    enum contribution_outcome outcome;
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(send_version(room, writer_one, 1, point, edited, 1, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_CHANGED);
    assert_int_equal(stored.version, 2);
    assert_string_equal(stored.answers, edited);
    // the answer got lost on the way: the same edit once more
    assert_int_equal(send_version(room, writer_one, 1, point, edited, 1, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_SAME);
}

static void an_edit_of_an_old_version_is_kept_beside(void **state) {
    struct room *room = *state;
    struct contribution stored;
    struct contribution_choice choice;
    enum contribution_outcome outcome;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    static const char later[] = "{\"kind\":\"good\",\"count\":7}";
    uuid_of(1, uuid);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(send_version(room, writer_one, 1, point, edited, 1, &outcome, &stored), ERR_OK);
    assert_int_equal(send_version(room, writer_one, 1, point, later, 1, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_KEPT_BESIDE);
    assert_true(stored.kept_beside);
    assert_string_equal(stored.answers, edited);
    assert_int_equal(contribution_choose(&room->context, lead, SEED_SESSION, uuid, true,
                                         &room->store.arena, &choice),
                     ERR_OK);
    assert_false(choice.gone);
    assert_int_equal(choice.kept.version, 3);
    assert_int_equal(contribution_choose(&room->context, lead, SEED_SESSION, uuid, true,
                                         &room->store.arena, &choice),
                     ERR_NOT_FOUND);
    // the version that was taken is what its author sent: sent again it is the same
    assert_int_equal(send_version(room, writer_one, 1, point, later, 1, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_SAME);
    assert_int_equal(stored.version, 3);
}

static void approving_is_no_edit_that_another_meets(void **state) {
    struct room *room = *state;
    struct contribution stored;
    const struct exercise *exercise;
    enum contribution_outcome outcome;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(1, uuid);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(contribution_judge(&room->context, lead, SEED_SESSION, uuid, CONTRIBUTION_HIDDEN,
                                        &room->store.arena, &stored, &exercise),
                     ERR_OK);
    assert_int_equal(stored.version, 2);
    assert_int_equal(send_version(room, writer_one, 1, point, edited, 1, &outcome, &stored), ERR_OK);
    assert_int_equal(outcome, CONTRIBUTION_CHANGED);
    assert_int_equal(stored.version, 3);
    assert_int_equal(stored.state, CONTRIBUTION_HIDDEN);
}

static void what_was_deleted_is_not_made_again(void **state) {
    struct room *room = *state;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    struct contribution stored;
    enum contribution_outcome outcome;
    uuid_of(1, uuid);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(remove_one(room, lead, uuid), ERR_OK);
    assert_int_equal(send_version(room, writer_one, 1, point, edited, 1, &outcome, &stored), ERR_DELETED);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_DELETED);
}

static void somebody_elses_uuid_does_not_exist(void **state) {
    struct room *room = *state;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(1, uuid);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(send(room, writer_two, 1, point, good), ERR_NOT_FOUND);
    assert_int_equal(send(room, lead, 1, point, good), ERR_NOT_FOUND);
    assert_int_equal(remove_one(room, writer_two, uuid), ERR_NOT_FOUND);
    struct buf out;
    struct jsonw w;
    int64_t version;
    buf_init(&out);
    jsonw_init(&w, &out);
    assert_int_equal(contribution_show(&room->context, writer_two, SEED_SESSION, uuid,
                                       &room->store.arena, &w, &version),
                     ERR_NOT_FOUND);
    buf_fini(&out);
}

static void a_waiting_participant_is_not_let_in_yet(void **state) {
    assert_int_equal(send(*state, waiting, 1, point, good), ERR_NOT_ADMITTED);
}

static void consent_to_the_room_comes_first(void **state) {
    struct room *room = *state;
    seeded_store_sql(&room->store,
                     "UPDATE participant SET consent = '{\"room\":false}' WHERE id = 1");
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_NOT_ADMITTED);
}

static void a_closed_session_takes_nothing_new_but_knows_what_it_has(void **state) {
    struct room *room = *state;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(1, uuid);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    seeded_store_sql(&room->store, "UPDATE session SET state = 'closed' WHERE id = 1");
    assert_int_equal(send(room, writer_one, 2, point, good), ERR_SESSION_CLOSED);
    assert_int_equal(send(room, writer_one, 1, point, "{\"kind\":\"good\",\"count\":3}"),
                     ERR_SESSION_CLOSED);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(remove_one(room, writer_one, uuid),
                     ERR_SESSION_CLOSED);
    assert_int_equal(remove_one(room, lead, uuid), ERR_OK);
}

static enum err draft_at(struct room *room, double lon_deg, double lat_deg, const char *answers,
                         struct contribution_draft *out) {
    char geometry[96];
    snprintf(geometry, sizeof geometry, "{\"type\":\"Point\",\"coordinates\":[%.7f,%.7f]}", lon_deg,
             lat_deg);
    return draft(room, writer_one, 1, geometry, answers, out);
}

static void positions_are_as_coarse_as_the_session_or_the_category(void **state) {
    struct room *room = *state;
    struct contribution_draft sent;
    uint8_t hash[SECRET_HASH_SIZE];
    double lon = 4.3515, lat = 50.8462;
    grid_snap(100, &lon, &lat);
    const double middle[2] = {lon, lat};
    // some 60 m apart, in one cell of 100 m
    assert_int_equal(draft_at(room, lon - 0.0003, lat - 0.0002, good, &sent), ERR_OK);
    assert_memory_equal(sent.content.geometry.coords, middle, sizeof middle);
    memcpy(hash, sent.hash, sizeof hash);
    assert_int_equal(draft_at(room, lon + 0.0003, lat + 0.0002, good, &sent), ERR_OK);
    assert_memory_equal(sent.content.geometry.coords, middle, sizeof middle);
    assert_memory_equal(sent.hash, hash, sizeof hash); // it knows no more than the store
    // "bad" is kept at 250 m
    grid_snap(250, &lon, &lat);
    const double coarser[2] = {lon, lat};
    assert_int_equal(draft_at(room, lon + 0.001, lat - 0.0009, "{\"kind\":\"bad\"}", &sent),
                     ERR_OK);
    assert_memory_equal(sent.content.geometry.coords, coarser, sizeof coarser);
}

static void an_area_tangled_by_snapping_becomes_its_hull(void **state) {
    struct room *room = *state;
    struct contribution_draft sent;
    // thin enough that its snapped sides lie on each other for a stretch
    static const char strip[] = "{\"type\":\"Polygon\",\"coordinates\":[[[4.3525,50.8406],[4.3509,"
                                "50.8410],[4.3464,50.8399],"
                                "[4.3456,50.8391],[4.3537,50.8392],[4.3525,50.8406]]]}";
    assert_int_equal(draft(room, writer_one, 1, strip, good, &sent), ERR_OK);
    struct fault fault;
    assert_int_equal(sent.content.geometry.type, GEOMETRY_POLYGON);
    assert_int_equal(geometry_check(&sent.content.geometry, GEOMETRY_VERTICES_MAX, &fault), ERR_OK);
}

static void what_does_not_fit_is_refused_with_its_place(void **state) {
    static const struct {
        const char *geometry, *answers;
        enum err err;
        const char *where;
    } cases[] = {
        {"{\"type\":\"LineString\",\"coordinates\":[[4.35,50.84],[4.36,50.85]]}", good,
         ERR_BAD_GEOMETRY, "geometry"},
        {"{\"type\":\"MultiPoint\",\"coordinates\":[[4.35,50.84],[4.36,50.85]]}", good,
         ERR_BAD_GEOMETRY, "geometry.type"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[4.35,50.84],[4.36,50.84],[4.36,50.85],[4.35,50."
         "84]]]}",
         "{\"kind\":\"bad\"}", ERR_BAD_GEOMETRY, "geometry"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[4.35,50.84],[4.36,50.84],[4.36,50.85],[4.35,50."
         "85]]]}",
         good, ERR_BAD_GEOMETRY, "geometry"},
        {"{\"type\":\"Point\",\"coordinates\":[4.35,91]}", good, ERR_BAD_GEOMETRY, "geometry"},
        {"{\"type\":\"Point\",\"coordinates\":[4.35]}", good, ERR_BAD_GEOMETRY,
         "geometry.coordinates"},
        {"{\"type\":\"Circle\",\"coordinates\":[4.35,50.84]}", good, ERR_BAD_GEOMETRY,
         "geometry.type"},
        {"null", good, ERR_BAD_GEOMETRY, "geometry"},
        {"{\"type\":\"Point\",\"coordinates\":[6.5,50.84]}", good, ERR_BAD_GEOMETRY, "geometry"},
        {"{\"type\":\"Point\",\"coordinates\":[50.84,4.35]}", good, ERR_BAD_GEOMETRY, "geometry"},
        {point, "{\"kind\":\"worse\"}", ERR_BAD_FIELD, "answers.kind"},
        {point, "{}", ERR_BAD_FIELD, "answers.kind"},
        {point, "{\"kind\":\"good\",\"words\":\"too long\"}", ERR_BAD_FIELD, "answers.words"},
        {point, "{\"kind\":\"good\",\"other\":\"0190a2b0-0000-7000-8000-000000000001\"}",
         ERR_BAD_FIELD, "answers.other"},
        {point, "null", ERR_BAD_FIELD, "answers"},
    };
    struct room *room = *state;
    struct contribution_draft sent;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        enum err err = draft(room, writer_one, 1, cases[i].geometry, cases[i].answers, &sent);
        if (err != cases[i].err || strcmp(room->fault.where, cases[i].where) != 0)
            fail_msg("case %zu: %s at %s", i, err_name(err), room->fault.where);
    }
}

static void a_position_outside_by_less_than_the_area_is_kept(void **state) {
    struct contribution_draft sent;
    assert_int_equal(
        draft(*state, writer_one, 1, "{\"type\":\"Point\",\"coordinates\":[4.69,50.71]}", good, &sent),
        ERR_OK);
    assert_int_equal(
        draft(*state, writer_one, 1, "{\"type\":\"Point\",\"coordinates\":[4.71,50.71]}", good, &sent),
        ERR_BAD_GEOMETRY);
}

static void a_link_names_another_contribution_of_the_session(void **state) {
    struct room *room = *state;
    char answers[128], uuid_text[SECRET_UUID_TEXT_SIZE];
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(1, uuid);
    secret_uuid_format(uuid, uuid_text);
    snprintf(answers, sizeof answers, "{\"kind\":\"good\",\"other\":\"%s\"}", uuid_text);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(send(room, writer_one, 2, point, answers), ERR_OK);
    assert_int_equal(send(room, writer_one, 1, point, answers), ERR_BAD_FIELD); // itself
}

static void a_participant_sees_her_own_and_leads_see_whose_it_is(void **state) {
    struct room *room = *state;
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(send(room, writer_two, 2, point, "{\"kind\":\"bad\"}"), ERR_OK);
    struct buf hers = shown(room, writer_one, (struct contribution_query){0});
    assert_non_null(strstr(hers.data, "\"category\":\"good\""));
    assert_null(strstr(hers.data, "\"category\":\"bad\""));
    assert_non_null(strstr(hers.data, "\"mine\":true"));
    assert_null(strstr(hers.data, "Kiwi"));
    assert_null(strstr(hers.data, "created"));
    struct buf all = shown(room, lead, (struct contribution_query){0});
    assert_non_null(strstr(all.data, "\"participant\":\"Kiwi 11\""));
    assert_non_null(strstr(all.data, "\"participant\":\"Plum 12\""));
    assert_non_null(strstr(all.data, "\"created\":"));
    assert_null(strstr(all.data, "\"mine\":true"));
    buf_fini(&hers);
    buf_fini(&all);
}

static void researchers_read_free_text_only_once_it_is_approved(void **state) {
    struct room *room = *state;
    struct contribution stored;
    const struct exercise *exercise = NULL;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(1, uuid);
    seeded_store_sql(&room->store, "UPDATE session SET approve = 'by_hand' WHERE id = 1");
    assert_int_equal(send(room, writer_one, 1, point, "{\"kind\":\"good\",\"words\":\"psst\"}"), ERR_OK);
    struct buf theirs = shown(room, researcher, (struct contribution_query){0});
    assert_null(strstr(theirs.data, "psst"));
    assert_non_null(strstr(theirs.data, "\"answers\":{\"kind\":\"good\"}"));
    assert_null(strstr(theirs.data, "Kiwi"));
    buf_fini(&theirs);
    struct buf all = shown(room, lead, (struct contribution_query){0});
    assert_non_null(strstr(all.data, "psst"));
    buf_fini(&all);
    assert_int_equal(contribution_judge(&room->context, lead, SEED_SESSION, uuid,
                                        CONTRIBUTION_APPROVED, &room->store.arena, &stored,
                                        &exercise),
                     ERR_OK);
    assert_int_equal(stored.version, 2);
    theirs = shown(room, researcher, (struct contribution_query){0});
    assert_non_null(strstr(theirs.data, "psst"));
    buf_fini(&theirs);
}

static void what_was_hidden_stays_hidden_when_it_is_edited(void **state) {
    struct room *room = *state;
    struct contribution stored;
    enum contribution_outcome outcome;
    const struct exercise *exercise = NULL;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    uuid_of(1, uuid);
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(contribution_judge(&room->context, lead, SEED_SESSION, uuid,
                                        CONTRIBUTION_HIDDEN, &room->store.arena, &stored,
                                        &exercise),
                     ERR_OK);
    assert_int_equal(send_version(room, writer_one, 1, point, "{\"kind\":\"good\",\"count\":3}", 0,
                                  &outcome, &stored),
                     ERR_OK);
    assert_int_equal(stored.state, CONTRIBUTION_HIDDEN);
}

static void counts_say_how_many_of_what(void **state) {
    struct room *room = *state;
    struct contribution_counts counts;
    assert_int_equal(send(room, writer_one, 1, point, good), ERR_OK);
    assert_int_equal(send(room, writer_one, 2, point, good), ERR_OK);
    assert_int_equal(send(room, writer_two, 3, point, "{\"kind\":\"bad\"}"), ERR_OK);
    assert_int_equal(
        contribution_sum(&room->context, lead, SEED_SESSION, &room->store.arena, &counts), ERR_OK);
    assert_int_equal(counts.total, 3);
    assert_int_equal(counts.by_state[CONTRIBUTION_APPROVED], 3);
    assert_int_equal(counts.category_count, 2);
    assert_int_equal(counts.waiting, 1);
    assert_int_equal(counts.admitted, 2);
}

static struct buf exported(struct room *room, enum export_format format) {
    struct export *export = NULL;
    struct buf out;
    buf_init(&out);
    assert_int_equal(export_open(&room->context, lead, SEED_SESSION, format, &export), ERR_OK);
    for (size_t before = 1; before != out.len;) {
        before = out.len;
        assert_int_equal(export_piece(export, &room->context, &out), ERR_OK);
    }
    export_free(export);
    buf_char(&out, '\0');
    return out;
}

static void the_spreadsheet_has_a_column_a_question(void **state) {
    struct room *room = *state;
    seeded_store_sql(&room->store, "UPDATE session SET precision_m = 0 WHERE id = 1");
    assert_int_equal(send(room, writer_one, 1, "{\"type\":\"Point\",\"coordinates\":[4.35,50.85]}",
                          "{\"kind\":\"good\",\"rate\":\"na\",\"words\":"
                          "\"\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7\"}"),
                     ERR_OK);
    seeded_store_sql(&room->store, "UPDATE session SET precision_m = 100 WHERE id = 1");
    assert_int_equal(
        send(room, writer_two, 2, point, "{\"kind\":\"bad\",\"why\":[\"dark\",\"past\"],\"count\":3}"),
        ERR_OK);
    struct buf csv = exported(room, EXPORT_CSV);
    assert_non_null(strstr(csv.data, "\xEF\xBB\xBFid,x,y,geometry,kind,why,rate,count,words,other,"
                                     "state,participant,created,version\r\n"));
    assert_non_null(strstr(
        csv.data,
        ",4.35,50.85,Point,good,,na,,\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7,,approved,Kiwi 11,"));
    assert_non_null(strstr(csv.data, ",Point,bad,\"dark; past\",,3,,,approved,Plum 12,"));
    buf_fini(&csv);
}

static void the_map_file_is_one_collection_whatever_the_number_of_pages(void **state) {
    struct room *room = *state;
    struct json_object *doc = NULL;
    struct fault fault = {0};
    struct buf empty = exported(room, EXPORT_GEOJSON);
    assert_int_equal(json_parse(empty.data, strlen(empty.data), &fault, &doc), ERR_OK);
    assert_int_equal(json_length(json_get(doc, "features")), 0);
    json_free(doc);
    buf_fini(&empty);
    assert_int_equal(db_begin(room->store.writing), ERR_OK);
    for (unsigned i = 0; i < 1101; i++)
        assert_int_equal(send(room, writer_one, i, point, good), ERR_OK);
    assert_int_equal(db_commit(room->store.writing), ERR_OK);
    struct buf full = exported(room, EXPORT_GEOJSON);
    assert_int_equal(json_parse(full.data, strlen(full.data), &fault, &doc), ERR_OK);
    assert_int_equal(json_length(json_get(doc, "features")), 1101);
    json_free(doc);
    buf_fini(&full);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(sending_twice_makes_one),
        CASE(other_content_of_its_author_is_an_edit),
        CASE(an_edit_of_an_old_version_is_kept_beside),
        CASE(approving_is_no_edit_that_another_meets),
        CASE(what_was_deleted_is_not_made_again),
        CASE(somebody_elses_uuid_does_not_exist),
        CASE(a_waiting_participant_is_not_let_in_yet),
        CASE(consent_to_the_room_comes_first),
        CASE(a_closed_session_takes_nothing_new_but_knows_what_it_has),
        CASE(positions_are_as_coarse_as_the_session_or_the_category),
        CASE(an_area_tangled_by_snapping_becomes_its_hull),
        CASE(what_does_not_fit_is_refused_with_its_place),
        CASE(a_position_outside_by_less_than_the_area_is_kept),
        CASE(a_link_names_another_contribution_of_the_session),
        CASE(a_participant_sees_her_own_and_leads_see_whose_it_is),
        CASE(researchers_read_free_text_only_once_it_is_approved),
        CASE(what_was_hidden_stays_hidden_when_it_is_edited),
        CASE(counts_say_how_many_of_what),
        CASE(the_spreadsheet_has_a_column_a_question),
        CASE(the_map_file_is_one_collection_whatever_the_number_of_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
