// SPDX-License-Identifier: AGPL-3.0-or-later
// Passwords, tokens, codes and ids. The only user of libsodium.
#ifndef REPERE_BASE_SECRET_H
#define REPERE_BASE_SECRET_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SECRET_KEY_SIZE = 32,
    SECRET_HASH_SIZE = 32,
    SECRET_SHORT_KEY_SIZE = 16,
    SECRET_TOKEN_TEXT_SIZE = 44,     // 256 bits, base64url, NUL
    SECRET_PASSWORD_HASH_SIZE = 128, // argon2id's text form
    SECRET_JOIN_CODE_SIZE = 10,      // XXXX-XXXX, Crockford base32, NUL
    SECRET_RECEIPT_SIZE = 34,        // 26 characters and a check character in groups, NUL
    SECRET_UUID_TEXT_SIZE = 37,
    SECRET_SEAL_OVERHEAD = 40
};

/** Once at start. Errors: INTERNAL. */
enum err secret_init(void);
void secret_random(void *out, size_t len);
/** A fresh 256-bit token as text. */
void secret_token(char out[SECRET_TOKEN_TEXT_SIZE]);
/** SHA-256 of a token's text: what the store keeps. */
void secret_hash(const char *text, size_t len, uint8_t out[SECRET_HASH_SIZE]);
/** HMAC-SHA-256 of a label and bytes under a key. */
void secret_hmac(const uint8_t key[SECRET_KEY_SIZE], const char *label, const void *bytes,
                 size_t len, uint8_t out[SECRET_HASH_SIZE]);
/** SipHash-2-4 of bytes under a key, read as a little-endian number: for choices by the million. */
uint64_t secret_short_hash(const uint8_t key[SECRET_SHORT_KEY_SIZE], const void *bytes, size_t len);
void secret_wipe(void *bytes, size_t len);

/** Argon2id, 46 MiB, one pass. Takes some 50 ms. Errors: NO_MEMORY. */
enum err secret_password_hash(const char *password, size_t len,
                              char out[SECRET_PASSWORD_HASH_SIZE]);
bool secret_password_verify(const char *hash, const char *password, size_t len);

/** 40 random bits as "ABCD-EFGH" in Crockford base32. */
void secret_join_code(char out[SECRET_JOIN_CODE_SIZE]);
/** 128 random bits and a mod-37 check character, in groups: "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XX". */
void secret_receipt(char out[SECRET_RECEIPT_SIZE]);
/** Reads what a person typed (case, spaces, dashes, O for 0, I and L for 1) into bare upper-case
 *  Crockford symbols. `checked`: the last of the `symbols` is a check character and is verified (27
 *  for a receipt; a join code has 8 and no check). False: not a code of so many symbols. `out`
 * holds symbols + 1 bytes. */
bool secret_code_read(const char *typed, size_t len, size_t symbols, bool checked, char *out);

/** The 8-4-4-4-12 form, lower case. */
void secret_uuid_format(const uint8_t uuid[16], char out[SECRET_UUID_TEXT_SIZE]);
/** Reads the 8-4-4-4-12 form, any case. */
bool secret_uuid_parse(const char *text, size_t len, uint8_t out[16]);

/** Reads a 32-byte key file, or makes it (0600, in a 0700 folder) when absent: whole or not at all,
 * and never in the place of one that is there. Errors: IO, READ_ONLY, DISK_FULL. */
enum err secret_key_file(const char *path, uint8_t out[SECRET_KEY_SIZE]);
/** Seals `len` bytes into `len + SECRET_SEAL_OVERHEAD` bytes; opens them again (false: not ours).
 */
void secret_seal(const uint8_t key[SECRET_KEY_SIZE], const void *plain, size_t len, uint8_t *out);
bool secret_unseal(const uint8_t key[SECRET_KEY_SIZE], const uint8_t *sealed, size_t len,
                   void *out);
#endif
