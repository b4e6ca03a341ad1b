// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/secret.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSES = 1, MEMORY_BYTES = 46 * 1024 * 1024, CHECK_MODULUS = 37, RECEIPT_SYMBOLS = 26 };

_Static_assert(SECRET_PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "argon2id text form");
_Static_assert(SECRET_SEAL_OVERHEAD == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                           crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "nonce and tag");

_Static_assert(crypto_shorthash_KEYBYTES == SECRET_SHORT_KEY_SIZE && crypto_shorthash_BYTES == 8,
               "SipHash-2-4");

/* Crockford base32 (crockford.com/base32.html); the last five are check characters only. */
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

enum err secret_init(void) {
    return sodium_init() < 0 ? ERR_INTERNAL : ERR_OK;
}

void secret_random(void *out, size_t len) {
    randombytes_buf(out, len);
}

void secret_token(char out[SECRET_TOKEN_TEXT_SIZE]) {
    uint8_t bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, SECRET_TOKEN_TEXT_SIZE, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void secret_hash(const char *text, size_t len, uint8_t out[SECRET_HASH_SIZE]) {
    crypto_hash_sha256(out, (const unsigned char *)text, len);
}

void secret_hmac(const uint8_t key[SECRET_KEY_SIZE], const char *label, const void *bytes,
                 size_t len, uint8_t out[SECRET_HASH_SIZE]) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, SECRET_KEY_SIZE);
    // the label's NUL keeps "ab" + "c" apart from "a" + "bc"
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)label, strlen(label) + 1);
    crypto_auth_hmacsha256_update(&state, bytes, len);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

uint64_t secret_short_hash(const uint8_t key[SECRET_SHORT_KEY_SIZE], const void *bytes, size_t len) {
    uint8_t hash[crypto_shorthash_BYTES];
    uint64_t number = 0;
    crypto_shorthash(hash, bytes, len, key);
    for (size_t i = sizeof hash; i-- > 0;)
        number = number << 8 | hash[i];
    return number;
}

void secret_wipe(void *bytes, size_t len) {
    sodium_memzero(bytes, len);
}

enum err secret_password_hash(const char *password, size_t len,
                              char out[SECRET_PASSWORD_HASH_SIZE]) {
    return crypto_pwhash_str(out, password, len, PASSES, MEMORY_BYTES) == 0 ? ERR_OK
                                                                            : ERR_NO_MEMORY;
}

bool secret_password_verify(const char *hash, const char *password, size_t len) {
    return crypto_pwhash_str_verify(hash, password, len) == 0;
}

void secret_join_code(char out[SECRET_JOIN_CODE_SIZE]) {
    uint8_t bytes[8];
    randombytes_buf(bytes, sizeof bytes);
    size_t at = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i == 4)
            out[at++] = '-';
        out[at++] = symbols[bytes[i] & 31];
    }
    out[at] = 0;
    sodium_memzero(bytes, sizeof bytes);
}

void secret_receipt(char out[SECRET_RECEIPT_SIZE]) {
    uint8_t bytes[17]; // 16 random ones, and a zero so that the last bits can be read as a pair
    randombytes_buf(bytes, 16);
    bytes[16] = 0;
    size_t at = 0;
    unsigned remainder = 0;
    for (size_t i = 0; i < RECEIPT_SYMBOLS; i++) {
        size_t bit = i * 5;
        unsigned pair = (unsigned)bytes[bit / 8] << 8 | bytes[bit / 8 + 1];
        unsigned value = pair >> (11 - bit % 8) & 31;
        remainder = (remainder * 32 + value) % CHECK_MODULUS;
        if (i && i % 5 == 0)
            out[at++] = '-';
        out[at++] = symbols[value];
    }
    out[at++] = symbols[remainder];
    out[at] = 0;
    sodium_memzero(bytes, sizeof bytes);
}

/* The value of what was typed: 0-31 a symbol, 32-36 a check character, -1 none. */
static int symbol_value(char typed) {
    if (typed >= 'a' && typed <= 'z')
        typed = (char)(typed - 'a' + 'A');
    if (typed == 'O')
        typed = '0';
    if (typed == 'I' || typed == 'L')
        typed = '1';
    const char *found = typed ? strchr(symbols, typed) : NULL;
    return found ? (int)(found - symbols) : -1;
}

bool secret_code_read(const char *typed, size_t len, size_t count, bool checked, char *out) {
    size_t taken = 0;
    unsigned remainder = 0;
    for (size_t i = 0; i < len; i++) {
        if (typed[i] == ' ' || typed[i] == '-')
            continue;
        int value = symbol_value(typed[i]);
        if (value < 0 || taken == count)
            return false;
        bool is_check = checked && taken == count - 1;
        if (is_check ? (unsigned)value != remainder : value > 31)
            return false;
        remainder = (remainder * 32 + (unsigned)value) % CHECK_MODULUS;
        out[taken++] = symbols[value];
    }
    if (taken != count)
        return false;
    out[taken] = 0;
    return true;
}

void secret_uuid_format(const uint8_t uuid[16], char out[SECRET_UUID_TEXT_SIZE]) {
    static const char hex[] = "0123456789abcdef";
    size_t at = 0;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        out[at++] = hex[uuid[i] >> 4];
        out[at++] = hex[uuid[i] & 15];
    }
    out[at] = 0;
}

bool secret_uuid_parse(const char *text, size_t len, uint8_t out[16]) {
    if (len != SECRET_UUID_TEXT_SIZE - 1)
        return false;
    uint8_t uuid[16] = {0};
    size_t digit = 0;
    for (size_t i = 0; i < len; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return false;
            continue;
        }
        unsigned c = (unsigned char)text[i];
        unsigned value = c - '0' < 10 ? c - '0' : (c | 32) - 'a' < 6 ? (c | 32) - 'a' + 10 : 16;
        if (value > 15)
            return false;
        uuid[digit / 2] = (uint8_t)((unsigned)uuid[digit / 2] << 4 | value);
        digit++;
    }
    memcpy(out, uuid, 16);
    return true;
}

static enum err read_key(int fd, uint8_t out[SECRET_KEY_SIZE]) {
    uint8_t bytes[SECRET_KEY_SIZE + 1];
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n == SECRET_KEY_SIZE)
        memcpy(out, bytes, SECRET_KEY_SIZE);
    sodium_memzero(bytes, sizeof bytes);
    return n == SECRET_KEY_SIZE ? ERR_OK : ERR_IO;
}

/* A name that is free only: whoever made a key meanwhile keeps theirs (EEXIST). */
static int rename_if_free(const char *from, const char *to) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? link(from, to) : -1; // a file system without it
}

static enum err sync_folder(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_of_errno(errno);
    enum err err = fsync(fd) == 0 || errno == EINVAL ? ERR_OK : err_of_errno(errno);
    close(fd);
    return err;
}

/* A new key in a file of its own beside `path`, on disk; `aside` ends in XXXXXX and becomes its name. */
static enum err write_aside(char *aside) {
    uint8_t key[SECRET_KEY_SIZE];
    int fd = mkostemp(aside, O_CLOEXEC); // 0600
    if (fd < 0)
        return err_of_errno(errno);
    randombytes_buf(key, sizeof key);
    ssize_t n = write(fd, key, sizeof key);
    enum err err = n == sizeof key ? ERR_OK : n < 0 ? err_of_errno(errno) : ERR_DISK_FULL;
    sodium_memzero(key, sizeof key);
    if (!err && fsync(fd) != 0)
        err = err_of_errno(errno);
    if (close(fd) != 0 && !err)
        err = err_of_errno(errno);
    if (err)
        unlink(aside);
    return err;
}

/* The key takes its name when it is whole and on disk: a crash leaves none or a good one. */
static enum err make_key(const char *path) {
    char folder[PATH_MAX], aside[PATH_MAX];
    if (snprintf(folder, sizeof folder, "%s", path) >= (int)sizeof folder ||
        snprintf(aside, sizeof aside, "%s.XXXXXX", path) >= (int)sizeof aside)
        return ERR_IO;
    const char *parent = dirname(folder);
    if (mkdir(parent, 0700) != 0 && errno != EEXIST)
        return err_of_errno(errno);
    enum err err = write_aside(aside);
    if (err)
        return err;
    if (rename_if_free(aside, path) != 0 && errno != EEXIST)
        err = err_of_errno(errno);
    unlink(aside); // gone already when it was renamed
    return err ? err : sync_folder(parent);
}

static enum err open_key(const char *path, int *out_fd) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : err_of_errno(errno);
    *out_fd = fd;
    return ERR_OK;
}

enum err secret_key_file(const char *path, uint8_t out[SECRET_KEY_SIZE]) {
    int fd = -1;
    enum err err = open_key(path, &fd);
    if (err == ERR_NOT_FOUND) {
        err = make_key(path);
        if (err == ERR_OK && open_key(path, &fd) != ERR_OK)
            err = ERR_IO;
    }
    if (err)
        return err;
    err = read_key(fd, out);
    close(fd);
    return err;
}

void secret_seal(const uint8_t key[SECRET_KEY_SIZE], const void *plain, size_t len, uint8_t *out) {
    uint8_t *nonce = out;
    randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                                               NULL, plain, len, NULL, 0, NULL, nonce, key);
}

bool secret_unseal(const uint8_t key[SECRET_KEY_SIZE], const uint8_t *sealed, size_t len,
                   void *out) {
    const size_t nonce_len = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    if (len < SECRET_SEAL_OVERHEAD)
        return false;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed + nonce_len,
                                                      len - nonce_len, NULL, 0, sealed, key) == 0;
}
