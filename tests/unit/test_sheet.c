// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sheet of paper says and draws, without a server: its words, attributions as plain text, base maps that
// are damaged or never end.
#include "paper/map_kind.h"
#include "paper/plain_text.h"
#include "paper/sheet.h"
#include "test.h"
#include <pthread.h>

static const struct bbox town = {4.33, 50.84, 4.37, 50.86};

static void dates_and_numbers_are_as_the_language_has_them(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const struct {
        const char *language, *date, *number;
    } cases[] = {{"en", "7 March 2026", "12\u202f500"},    {"fr-BE", "7 mars 2026", "12\u202f500"},
                 {"es", "7 de marzo de 2026", "12\u202f500"}, {"ky", "2026-ж., 7-март", "12\u202f500"},
                 {"ar", "٧ مارس ٢٠٢٦", "١٢\u202f٥٠٠"},      {"fa", "۱۶ اسفند ۱۴۰۴", "۱۲\u202f۵۰۰"},
                 {"xx", "7 March 2026", "12\u202f500"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct sheet_words *words = sheet_words_find(cases[i].language);
        assert_string_equal(sheet_words_date(words, "2026-03-07", &arena), cases[i].date);
        assert_string_equal(sheet_words_number(words, 12500, &arena), cases[i].number);
    }
    assert_string_equal(sheet_words_date(sheet_words_find("en"), "soon", &arena), "soon");
    assert_string_equal(sheet_words_date(sheet_words_find("en"), "2026-13-01", &arena), "2026-13-01");
    assert_string_equal(sheet_words_date(sheet_words_find("fa"), "1066-10-14", &arena), "1066-10-14");
    assert_string_equal(sheet_words_number(sheet_words_find("en"), 9999, &arena), "9999");
    arena_fini(&arena);
}

static void no_language_lacks_a_word(void **state) {
    (void)state;
    unsigned count = 0;
    for (const struct sheet_words *words; (words = sheet_words_at(count)) != NULL; count++) {
        const char *const texts[] = {words->date, words->marks, words->how, words->join, words->code, words->metre,
                                     words->kilometre, words->north, words->not_printable, words->no_tiles};
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            assert_true(texts[i] != NULL && texts[i][0] != '\0');
        for (size_t i = 0; i < 12; i++)
            assert_true(words->months[i] != NULL && words->months[i][0] != '\0');
        assert_ptr_equal(sheet_words_find(words->language), words);
    }
    assert_int_equal(count, 12);
}

static void an_attribution_is_read_without_its_markup(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const char *const cases[][2] = {
        {"<a href=\"https://a.example\">&copy; A &amp; B</a>, C", "© A & B, C"},
        {"  plain \n\t words ", "plain words"},
        {"1 < 2 and no end", "1 < 2 and no end"},
        {"<b></b>", ""},
        {"&unknown; &#169;", "&unknown; ©"},
        {"\xff\xfe", ""},
        {"", ""}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(plain_text(cases[i][0], &arena), cases[i][1]);
    arena_fini(&arena);
}

static enum map_kind kind_of_name(const char *name) {
    return map_kind_of_layer((struct mvt_span){name, name + strlen(name)});
}

static void layers_of_any_schema_are_known_by_words_in_their_names(void **state) {
    (void)state;
    assert_int_equal(kind_of_name("Waterways"), MAP_WATER);
    assert_int_equal(kind_of_name("osm_buildings"), MAP_BUILDING);
    assert_int_equal(kind_of_name("transportation"), MAP_ROAD);
    assert_int_equal(kind_of_name("public_transport"), MAP_ROUTE);
    assert_int_equal(kind_of_name("cycleway"), MAP_PATH);
    assert_int_equal(kind_of_name("place_label"), MAP_PLACE);
    assert_int_equal(kind_of_name("q"), MAP_OTHER);
}

struct supply {
    const char *bytes;
    size_t len, asked;
    bool gzipped;
};

static enum err fetch(void *owner, struct tile tile, struct buf *out, bool *gzipped) {
    struct supply *supply = owner;
    assert_true(tile_valid(tile.z, tile.x, tile.y));
    supply->asked++;
    *gzipped = supply->gzipped;
    buf_bytes(out, supply->bytes, supply->len);
    return ERR_OK;
}

/** Draws a sheet over such tiles. */
static void draw_into(struct supply *supply, const char *format, const struct bbox *area, unsigned maxzoom,
                      struct buf *out) {
    struct arena arena;
    struct sheet_frame frame;
    arena_init(&arena);
    sheet_frame_make(area, SHEET_A3, SHEET_AUTO, &frame);
    const struct sheet_tiles tiles = {supply, fetch, format, 0, maxzoom};
    const struct sheet_answer answer = {{"circle", "#cc6677", NULL}, "Here"};
    const struct sheet sheet = {.frame = &frame, .words = sheet_words_find("en"), .language = "en", .title = "T",
                                .held_on = "2026-03-07", .answers = &answer, .answer_count = 1, .tiles = &tiles};
    assert_int_equal(sheet_draw(&sheet, &arena, out), ERR_OK);
    assert_memory_equal(out->data, "%PDF-", 5);
    arena_fini(&arena);
}

/** Its bytes. */
static size_t draw(struct supply *supply, const char *format, const struct bbox *area, unsigned maxzoom) {
    struct buf out;
    buf_init(&out);
    draw_into(supply, format, area, maxzoom, &out);
    size_t len = out.len;
    buf_fini(&out);
    return len;
}

static void tiles_that_are_damaged_are_left_out(void **state) {
    (void)state;
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0";
    static const char jpeg[] = "\xff\xd8\xff\xc0\0\x11\x08\x01\0\x01\0\x03";
    // heads without pictures: 256 by 256 pixels, 16384 by 16384
    static const char webp[] = "RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f\xff\xc0\x3f\0\0";
    static const char wide_webp[] = "RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f\xff\xff\xff\x0f\0";
    const struct {
        const char *format;
        struct supply supply;
    } cases[] = {{"pbf", {.bytes = "\x1a\xff\xff\xff\x0f", .len = 5}},
                 {"pbf", {.bytes = "\x1f\x8b never gzip", .len = 13, .gzipped = true}},
                 {"png", {.bytes = png, .len = sizeof png - 1}},
                 {"png", {.bytes = "\x89PNG", .len = 4}},
                 {"jpg", {.bytes = jpeg, .len = sizeof jpeg - 1}},
                 {"jpg", {.bytes = "\xff\xd8\xff\xe0\0\0", .len = 6}},
                 {"webp", {.bytes = "", .len = 0}},
                 {"webp", {.bytes = webp, .len = sizeof webp - 1}},
                 {"webp", {.bytes = webp, .len = 20}},
                 {"webp", {.bytes = wide_webp, .len = sizeof wide_webp - 1}},
                 {"webp", {.bytes = png, .len = sizeof png - 1}},
                 {"png", {.bytes = "", .len = 0}},
                 {"tiff", {.bytes = "II*", .len = 3}}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct supply supply = cases[i].supply;
        draw(&supply, cases[i].format, &town, 16);
        assert_true(supply.asked > 0);
    }
}

static void large_pictures_are_put_in_as_fine_as_paper_shows_them(void **state) {
    (void)state;
    // 1024 by 1024 pixels of one colour
    static const char webp[] = "RIFF\x50\0\0\0WEBPVP8L\x43\0\0\0\x2f\xff\xc3\xff\0\x07\x50\xb3\x9a\xd5\xac\xff\x01\x81\x40\xb2\xbf\xf9"
                               "\x04\x45\xf4\x3f\xe3\x3f\xff\xf9\xcf\x7f\xfe\xf3\x9f\xff\xfc\xe7\x3f\xff\xf9\xcf\x7f\xfe\xf3\x9f"
                               "\xff\xfc\xe7\x3f\xff\xf9\xcf\x7f\xfe\xf3\x9f\xff\xfc\xe7\x3f\xff\xf9\xcf\x7f\xfe\xf3\x9f\xff\xfc"
                               "\xdf";
    struct supply supply = {.bytes = webp, .len = sizeof webp};
    struct buf out;
    buf_init(&out);
    draw_into(&supply, "webp", &town, 16, &out);
    buf_char(&out, '\0');
    size_t pictures = 0;
    for (const char *at = out.data; (at = memmem(at, out.len - (size_t)(at - out.data), "/Width ", 7)); at += 7) {
        assert_in_range(strtoul(at + 7, NULL, 10), 1, 800); // a tile's side is 45 mm here
        pictures++;
    }
    assert_in_range(pictures, 1, supply.asked);
    buf_fini(&out);
}

static void no_sheet_reads_more_tiles_than_it_may(void **state) {
    (void)state;
    const struct bbox areas[] = {{4.33, 50.84, 4.37, 50.86}, {-180, -85, 180, 85}, {179.9, -17.1, -179.9, -16.9}};
    const char *const formats[] = {"pbf", "png"};
    for (size_t i = 0; i < COUNT_OF(areas); i++) {
        for (size_t j = 0; j < COUNT_OF(formats); j++) {
            for (unsigned maxzoom = 0; maxzoom <= TILE_ZOOM_MAX; maxzoom += 6) {
                struct supply supply = {.bytes = "", .len = 0};
                draw(&supply, formats[j], &areas[i], maxzoom);
                assert_in_range(supply.asked, 1, SHEET_TILES_MAX);
            }
        }
    }
}

static void a_base_map_that_begins_too_fine_is_not_read_at_all(void **state) {
    (void)state;
    struct supply supply = {.bytes = "", .len = 0};
    struct arena arena;
    struct sheet_frame frame;
    struct buf out;
    arena_init(&arena);
    buf_init(&out);
    const struct bbox country = {2.5, 49.5, 6.4, 51.5};
    sheet_frame_make(&country, SHEET_A4, SHEET_AUTO, &frame);
    const struct sheet_tiles tiles = {&supply, fetch, "pbf", 14, 16};
    const struct sheet sheet = {.frame = &frame, .words = sheet_words_find("ti"), .language = "ti", .title = "T", .tiles = &tiles};
    assert_int_equal(sheet_draw(&sheet, &arena, &out), ERR_OK);
    assert_int_equal(supply.asked, 0);
    buf_fini(&out);
    arena_fini(&arena);
}

struct drawer {
    pthread_t thread;
    const struct buf *wanted;
    size_t same;
};
enum { DRAWERS = 4, SHEETS = 6 };

/** A sheet whose texts are of three scripts, with signs, a QR and pictures. */
static void draw_full(struct buf *out) {
    static const char jpeg[] = "\xff\xd8\xff\xc0\0\x11\x08\x01\0\x01\0\x03";
    struct supply supply = {.bytes = jpeg, .len = sizeof jpeg - 1};
    struct arena arena;
    struct sheet_frame frame;
    arena_init(&arena);
    sheet_frame_make(&town, SHEET_A4, SHEET_AUTO, &frame);
    const struct sheet_tiles tiles = {&supply, fetch, "jpg", 0, 16};
    const struct sheet_answer answers[] = {{{"star", "#cc6677", NULL}, "Here"}, {{"drop", "#117733", NULL}, "علامة"}};
    const struct sheet sheet = {.frame = &frame, .words = sheet_words_find("ti"), .language = "ti", .title = "ምልክታትኩም",
                                .question = "Écrivez un numéro", .held_on = "2026-03-07", .answers = answers,
                                .answer_count = COUNT_OF(answers), .join_url = "https://map.example/#join=abc",
                                .join_code = "123456", .tiles = &tiles};
    assert_int_equal(sheet_draw(&sheet, &arena, out), ERR_OK);
    arena_fini(&arena);
}

static void *draw_often(void *arg) {
    struct drawer *drawer = arg;
    for (int i = 0; i < SHEETS; i++) {
        struct buf out;
        buf_init(&out);
        draw_full(&out);
        drawer->same += out.len == drawer->wanted->len && memcmp(out.data, drawer->wanted->data, out.len) == 0;
        buf_fini(&out);
    }
    return NULL;
}

/* Each worker of the server draws those it is asked for; what draws letters is shared below them all. */
static void sheets_drawn_at_the_same_time_have_the_same_bytes(void **state) {
    (void)state;
    struct drawer drawers[DRAWERS] = {0};
    struct buf wanted;
    buf_init(&wanted);
    draw_full(&wanted);
    for (int i = 0; i < DRAWERS; i++) {
        drawers[i].wanted = &wanted;
        assert_int_equal(pthread_create(&drawers[i].thread, NULL, draw_often, &drawers[i]), 0);
    }
    for (int i = 0; i < DRAWERS; i++) {
        pthread_join(drawers[i].thread, NULL);
        assert_int_equal(drawers[i].same, SHEETS);
    }
    buf_fini(&wanted);
}

/* What a sheet has no text for leaves its place to the rest. */
static void a_sheet_without_texts_is_a_page_all_the_same(void **state) {
    (void)state;
    struct arena arena;
    struct sheet_frame frame;
    struct buf out;
    arena_init(&arena);
    buf_init(&out);
    sheet_frame_make(&town, SHEET_A4, SHEET_PORTRAIT, &frame);
    const struct sheet sheet = {.frame = &frame, .words = sheet_words_find("en"), .language = "en"};
    assert_int_equal(sheet_draw(&sheet, &arena, &out), ERR_OK);
    assert_memory_equal(out.data, "%PDF-", 5);
    buf_fini(&out);
    arena_fini(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_and_numbers_are_as_the_language_has_them),
        cmocka_unit_test(no_language_lacks_a_word),
        cmocka_unit_test(an_attribution_is_read_without_its_markup),
        cmocka_unit_test(layers_of_any_schema_are_known_by_words_in_their_names),
        cmocka_unit_test(tiles_that_are_damaged_are_left_out),
        cmocka_unit_test(large_pictures_are_put_in_as_fine_as_paper_shows_them),
        cmocka_unit_test(no_sheet_reads_more_tiles_than_it_may),
        cmocka_unit_test(a_base_map_that_begins_too_fine_is_not_read_at_all),
        cmocka_unit_test(a_sheet_without_texts_is_a_page_all_the_same),
        cmocka_unit_test(sheets_drawn_at_the_same_time_have_the_same_bytes),
    };
    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
