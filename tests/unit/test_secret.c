// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "folder.h"
#include "base/secret.h"
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_hash_and_an_hmac_match_their_published_values(void **state) {
    (void)state;
    uint8_t out[SECRET_HASH_SIZE];
    secret_hash("abc", 3, out);
    assert_memory_equal(out, "\xba\x78\x16\xbf\x8f\x01\xcf\xea", 8); // FIPS 180-4
    const uint8_t key[SECRET_KEY_SIZE] = {1};
    uint8_t other[SECRET_HASH_SIZE];
    secret_hmac(key, "ab", "c", 1, out);
    secret_hmac(key, "a", "bc", 2, other);
    assert_memory_not_equal(out, other, sizeof out);
    secret_hmac(key, "ab", "c", 1, other);
    assert_memory_equal(out, other, sizeof out);
}

static void a_short_hash_is_the_one_of_the_paper(void **state) {
    (void)state;
    uint8_t key[SECRET_SHORT_KEY_SIZE], bytes[15];
    for (uint8_t i = 0; i < sizeof key; i++)
        key[i] = i;
    memcpy(bytes, key, sizeof bytes);
    // SipHash-2-4's example in Aumasson and Bernstein, 2012, appendix A
    assert_true(secret_short_hash(key, bytes, sizeof bytes) == UINT64_C(0xa129ca6149be45e5));
    key[0] = 1;
    assert_true(secret_short_hash(key, bytes, sizeof bytes) != UINT64_C(0xa129ca6149be45e5));
}

static void tokens_are_43_characters_and_never_the_same(void **state) {
    (void)state;
    char a[SECRET_TOKEN_TEXT_SIZE], b[SECRET_TOKEN_TEXT_SIZE];
    secret_token(a);
    secret_token(b);
    assert_int_equal(strlen(a), 43);
    assert_string_not_equal(a, b);
}

static void a_password_is_known_again_and_another_is_not(void **state) {
    (void)state;
    char hash[SECRET_PASSWORD_HASH_SIZE];
    assert_int_equal(secret_password_hash("a long enough one", 17, hash), ERR_OK);
    assert_non_null(strstr(hash, "$argon2id$"));
    assert_non_null(strstr(hash, "m=47104,t=1"));
    assert_true(secret_password_verify(hash, "a long enough one", 17));
    assert_false(secret_password_verify(hash, "a long enough onf", 17));
    assert_false(secret_password_verify("nonsense", "a", 1));
}

static void a_join_code_survives_how_people_type(void **state) {
    (void)state;
    char bare[9];
    assert_true(secret_code_read(" abcd-efgh ", 11, 8, false, bare));
    assert_string_equal(bare, "ABCDEFGH");
    assert_true(secret_code_read("oiL1 0000", 9, 8, false, bare));
    assert_string_equal(bare, "01110000");
    assert_false(secret_code_read("ABCDEFG", 7, 8, false, bare));
    assert_false(secret_code_read("ABCDEFGHJ", 9, 8, false, bare));
    assert_false(secret_code_read("ABCDEFGU", 8, 8, false, bare));
    assert_false(secret_code_read("ABCDEFG\xC3", 8, 8, false, bare));
    for (int i = 0; i < 200; i++) {
        char code[SECRET_JOIN_CODE_SIZE];
        secret_join_code(code);
        assert_int_equal(strlen(code), 9);
        assert_true(secret_code_read(code, strlen(code), 8, false, bare));
    }
}

static void a_receipt_with_a_slip_of_the_pen_is_noticed(void **state) {
    (void)state;
    for (int i = 0; i < 200; i++) {
        char receipt[SECRET_RECEIPT_SIZE], bare[28];
        secret_receipt(receipt);
        assert_int_equal(strlen(receipt), 32);
        assert_true(secret_code_read(receipt, strlen(receipt), 27, true, bare));
        assert_int_equal(strlen(bare), 27);
        receipt[i % 5] = receipt[i % 5] == '7' ? '8' : '7';
        assert_false(secret_code_read(receipt, strlen(receipt), 27, true, bare));
    }
}

static void a_uuid_is_written_in_its_five_groups_and_reads_back(void **state) {
    (void)state;
    static const uint8_t uuid[16] = {0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0x7C, 0xDE,
                                     0x8F, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0xFF};
    uint8_t again[16];
    char text[SECRET_UUID_TEXT_SIZE];
    secret_uuid_format(uuid, text);
    assert_string_equal(text, "01234567-89ab-7cde-8f00-1122334455ff");
    assert_true(secret_uuid_parse(text, 36, again));
    assert_memory_equal(uuid, again, 16);
    assert_true(secret_uuid_parse("0123ABCD-89ab-7000-8000-000000000000", 36, again));
    static const char *const bad[] = {"", "0123456789ab", "0123456g-89ab-7000-8000-000000000000",
                                      "01234567089ab-7000-8000-000000000000",
                                      "01234567-89ab-7000-8000-0000000000001"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(secret_uuid_parse(bad[i], strlen(bad[i]), again));
}

static void what_was_sealed_opens_with_its_key_alone(void **state) {
    (void)state;
    uint8_t key[SECRET_KEY_SIZE], sealed[5 + SECRET_SEAL_OVERHEAD], plain[5];
    secret_random(key, sizeof key);
    secret_seal(key, "hello", 5, sealed);
    assert_true(secret_unseal(key, sealed, sizeof sealed, plain));
    assert_memory_equal(plain, "hello", 5);
    sealed[30] ^= 1;
    assert_false(secret_unseal(key, sealed, sizeof sealed, plain));
    sealed[30] ^= 1;
    key[0] ^= 1;
    assert_false(secret_unseal(key, sealed, sizeof sealed, plain));
    assert_false(secret_unseal(key, sealed, 10, plain));
}

static void a_key_file_is_made_once_and_for_its_owner_only(void **state) {
    (void)state;
    char folder[] = "/tmp/repere-secret-XXXXXX", path[100];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/keys/seal", folder);
    uint8_t key[SECRET_KEY_SIZE], again[SECRET_KEY_SIZE];
    assert_int_equal(secret_key_file(path, key), ERR_OK);
    assert_int_equal(secret_key_file(path, again), ERR_OK);
    assert_memory_equal(key, again, sizeof key);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(truncate(path, 31), 0);
    assert_int_equal(secret_key_file(path, again), ERR_IO);
    unlink(path);
    snprintf(path, sizeof path, "%s/keys", folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    rmdir(path);
    rmdir(folder);
}

/* A folder for keys, and in it where one goes. */
static void key_place(char folder[FOLDER_PATH_SIZE], char path[FOLDER_PATH_SIZE]) {
    folder_make(folder);
    folder_path(folder, "seal", path);
}

static void a_start_that_dies_while_it_makes_a_key_does_not_stop_the_next(void **state) {
    (void)state;
    char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
    uint8_t key[SECRET_KEY_SIZE], again[SECRET_KEY_SIZE];
    int status = 0;
    key_place(folder, path);
    pid_t child = fork();
    if (child == 0) { // ended by SIGXFSZ at its first write to a file
        const struct rlimit nothing = {0, 0};
        setrlimit(RLIMIT_FSIZE, &nothing);
        secret_key_file(path, key);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(secret_key_file(path, key), ERR_OK);
    assert_int_equal(secret_key_file(path, again), ERR_OK);
    assert_memory_equal(key, again, sizeof key);
    folder_drop(folder);
}

static void a_key_that_finds_no_room_on_the_disk_says_so_and_leaves_nothing(void **state) {
    (void)state;
    char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
    key_place(folder, path);
    for (rlim_t room = 0; room < SECRET_KEY_SIZE; room += SECRET_KEY_SIZE / 2) { // none, or half of it
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            const struct rlimit little = {room, room};
            uint8_t key[SECRET_KEY_SIZE];
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &little);
            _exit((int)secret_key_file(path, key));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), ERR_DISK_FULL);
        assert_int_equal(rmdir(folder), 0); // it is empty
        assert_int_equal(mkdir(folder, 0700), 0);
    }
    folder_drop(folder);
}

static void two_that_make_a_key_at_once_have_the_same(void **state) {
    (void)state;
    enum { STARTS = 16 };
    char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
    uint8_t keys[STARTS][SECRET_KEY_SIZE];
    int ends[2], gate[2];
    key_place(folder, path);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < STARTS; i++)
        if (fork() == 0) {
            uint8_t key[SECRET_KEY_SIZE] = {0};
            char begin;
            close(gate[1]);
            bool made = read(gate[0], &begin, 1) == 0 && secret_key_file(path, key) == ERR_OK;
            _exit(write(ends[1], key, sizeof key) == sizeof key && made ? 0 : 1);
        }
    close(gate[0]);
    close(gate[1]); // all at once
    for (int i = 0; i < STARTS; i++) {
        int status = 1;
        assert_int_equal(read(ends[0], keys[i], SECRET_KEY_SIZE), SECRET_KEY_SIZE);
        assert_memory_equal(keys[i], keys[0], SECRET_KEY_SIZE);
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    close(ends[0]);
    close(ends[1]);
    DIR *dir = opendir(folder);
    int files = 0;
    while (dir && readdir(dir))
        files++;
    closedir(dir);
    assert_int_equal(files, 3); // with . and ..: what was written aside is gone
    folder_drop(folder);
}

static int start(void **state) {
    (void)state;
    return secret_init();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_and_an_hmac_match_their_published_values),
        cmocka_unit_test(a_short_hash_is_the_one_of_the_paper),
        cmocka_unit_test(tokens_are_43_characters_and_never_the_same),
        cmocka_unit_test(a_password_is_known_again_and_another_is_not),
        cmocka_unit_test(a_join_code_survives_how_people_type),
        cmocka_unit_test(a_receipt_with_a_slip_of_the_pen_is_noticed),
        cmocka_unit_test(a_uuid_is_written_in_its_five_groups_and_reads_back),
        cmocka_unit_test(what_was_sealed_opens_with_its_key_alone),
        cmocka_unit_test(a_key_file_is_made_once_and_for_its_owner_only),
        cmocka_unit_test(a_start_that_dies_while_it_makes_a_key_does_not_stop_the_next),
        cmocka_unit_test(a_key_that_finds_no_room_on_the_disk_says_so_and_leaves_nothing),
        cmocka_unit_test(two_that_make_a_key_at_once_have_the_same),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
