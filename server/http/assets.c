// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/assets.h"
#include "http/answer.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    const char *path; // NULL: free
    size_t len;
    struct reply *reply;
};
/* Open addressing, at most half full. */
struct assets {
    size_t mask;
    struct slot slots[];
};

static size_t hash_of(const char *path, size_t len) {
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)path[i]) * 0x100000001b3u;
    return (size_t)(hash ^ (hash >> 32));
}

static struct slot *slot_of(const struct assets *assets, const char *path, size_t len) {
    size_t i = hash_of(path, len) & assets->mask;
    while (assets->slots[i].path &&
           (assets->slots[i].len != len || memcmp(assets->slots[i].path, path, len) != 0))
        i = (i + 1) & assets->mask;
    return (struct slot *)(uintptr_t)&assets->slots[i];
}

static enum err make_reply(const struct asset *asset, struct reply **out) {
    char hash[33];
    if (!asset->etag)
        answer_hash(asset->plain, asset->plain_len, hash);
    struct reply_spec spec = {
        .status = 200,
        .media_type = asset->media_type,
        .cache_control = asset->immutable ? "public, max-age=31536000, immutable" : "no-cache",
        .etag = asset->etag ? asset->etag : hash,
        .varies = asset->gzip || asset->brotli,
        .framed = asset->framed,
    };
    const struct {
        const unsigned char *bytes;
        size_t len;
    } forms[REPLY_FORMS] = {
        {asset->plain, asset->plain_len},
        {asset->gzip, asset->gzip_len},
        {asset->brotli, asset->brotli_len},
    };
    struct reply *reply;
    enum err err = reply_new(&spec, &reply);
    if (err != ERR_OK)
        return err;
    for (int form = 0; form < REPLY_FORMS && err == ERR_OK; form++) {
        if (form == REPLY_PLAIN || forms[form].bytes)
            err =
                reply_add(reply, &spec, (enum reply_form)form,
                          reply_body_borrowed(forms[form].bytes, forms[form].len), forms[form].len);
    }
    if (err == ERR_OK)
        *out = reply;
    else
        reply_drop(reply);
    return err;
}

enum err assets_new(const struct asset *list, size_t count, struct assets **out) {
    size_t room = 16;
    while (room < 2 * count)
        room *= 2;
    struct assets *assets = calloc(1, sizeof *assets + room * sizeof assets->slots[0]);
    if (!assets)
        return ERR_NO_MEMORY;
    assets->mask = room - 1;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(list[i].path);
        struct slot *slot = slot_of(assets, list[i].path, len);
        enum err err = slot->path ? ERR_OK : make_reply(&list[i], &slot->reply);
        if (err != ERR_OK) {
            assets_free(assets);
            return err;
        }
        slot->path = list[i].path;
        slot->len = len;
    }
    *out = assets;
    return ERR_OK;
}

void assets_free(struct assets *assets) {
    if (!assets)
        return;
    for (size_t i = 0; i <= assets->mask; i++)
        reply_drop(assets->slots[i].reply);
    free(assets);
}

struct reply *assets_find(const struct assets *assets, const char *path, size_t len) {
    return slot_of(assets, path, len)->reply;
}
