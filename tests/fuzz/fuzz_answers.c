// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers to an exercise that has every type of field: whatever the bytes, a refusal, or answers
// whose canonical form is accepted and stays as it is.
#include "base/json.h"
#include "model/answers.h"

#include <stdlib.h>
#include <string.h>

#define LABEL "\"label\":{\"en\":\"a\"}"
#define SYMBOL "\"icon\":\"a\",\"colour\":\"#000000\",\"shape\":\"star\""

static const char document[] =
    "{\"id\":\"x\",\"version\":1,\"title\":{\"en\":\"a\"},\"intro\":{\"en\":\"a\"},"
    "\"sensitivity\":\"standard\",\"precision_m\":0,\"geometry\":[\"point\"],\"category\":\"kind\","
    "\"fields\":["
    "{\"id\":\"kind\",\"type\":\"one\",\"required\":true," LABEL ",\"options\":["
    "{\"id\":\"good\"," LABEL "," SYMBOL "},{\"id\":\"bad\"," LABEL "," SYMBOL "}]},"
    "{\"id\":\"why\",\"type\":\"several\"," LABEL ",\"if\":{\"field\":\"kind\",\"in\":[\"bad\"]},"
    "\"options\":[{\"id\":\"dark\"," LABEL "},{\"id\":\"past\"," LABEL "}]},"
    "{\"id\":\"rate\",\"type\":\"scale\"," LABEL ",\"min\":0,\"max\":3,\"not_applicable\":true},"
    "{\"id\":\"count\",\"type\":\"number\"," LABEL ",\"min\":-5,\"max\":9},"
    "{\"id\":\"words\",\"type\":\"text\"," LABEL "},"
    "{\"id\":\"other\",\"type\":\"link\"," LABEL "}]}";

static enum err check(const struct exercise *exercise, const char *text, size_t len,
                      struct arena *arena, struct buf *json) {
    struct json_object *answers = NULL;
    struct fault fault = {0};
    struct answers out;
    enum err err = json_parse(text, len, &fault, &answers);
    if (err == ERR_OK)
        err = answers_check(exercise, true, 50, answers, arena, json, &fault, &out);
    json_free(answers);
    return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena arena;
    struct buf first, second;
    arena_init(&arena);
    buf_init(&first);
    buf_init(&second);
    const struct exercise *exercise = NULL;
    if (exercise_parse(document, sizeof document - 1, &arena, NULL, &exercise) != ERR_OK)
        abort();
    if (check(exercise, (const char *)bytes, len, &arena, &first) == ERR_OK) {
        if (check(exercise, first.data, first.len, &arena, &second) != ERR_OK)
            abort();
        if (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
            abort();
    }
    buf_fini(&second);
    buf_fini(&first);
    arena_fini(&arena);
    return 0;
}
