// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/recording_service.h"

#include "service/audit_service.h"
#include "service/exercise_service.h"
#include "service/project_service.h"
#include "service/session_service.h"
#include "store/writer.h"
#include <string.h>

enum err recording_list(struct context *context, struct caller caller, int64_t project_id,
                        const char *exercise_key, struct arena *arena, struct recording **out,
                        size_t *count) {
    enum err err = project_require(context, caller, project_id);
    return err ? err : recording_select_list(context->db, project_id, exercise_key, NULL, arena, out, count);
}

enum err recording_list_of_session(struct context *context, struct caller caller, int64_t session_id,
                                   struct arena *arena, struct recording **out, size_t *count) {
    struct session session;
    const struct exercise *exercise;
    enum err err = session_require(context, caller, session_id, arena, &session);
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, arena, &exercise);
    return err ? err
               : recording_select_list(context->db, session.project_id, exercise->id, session.languages,
                                       arena, out, count);
}

static enum err read_bytes(struct context *context, int64_t project_id, int64_t id, struct buf *out,
                           const char **media_type) {
    enum err err = recording_select_bytes(context->db, project_id, id, out);
    if (err == ERR_OK && !(*media_type = recording_media_type(out->data, out->len)))
        err = ERR_NOT_A_STORE;
    return err;
}

enum err recording_bytes(struct context *context, struct caller caller, int64_t session_id, int64_t id,
                         struct buf *out, const char **media_type) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    return err ? err : read_bytes(context, session.project_id, id, out, media_type);
}

enum err recording_bytes_of_project(struct context *context, struct caller caller, int64_t project_id,
                                    int64_t id, struct buf *out, const char **media_type) {
    enum err err = project_require(context, caller, project_id);
    return err ? err : read_bytes(context, project_id, id, out, media_type);
}

/* The exercise as the project has it, else the template. */
static enum err find_exercise(struct context *context, int64_t project_id, const char *key,
                              struct arena *arena, const struct exercise **out) {
    struct exercise_row row;
    enum err err = exercise_select_latest(context->db, project_id, key, arena, &row);
    if (err == ERR_NOT_FOUND)
        err = exercise_select_latest(context->db, 0, key, arena, &row);
    return err ? err : exercise_get(context, row.id, arena, out);
}

enum err recording_save(struct context *context, struct caller caller, int64_t project_id,
                        struct recording *recording, const void *data, struct arena *arena,
                        struct fault *fault) {
    const struct exercise *exercise;
    int64_t weight = 0;
    enum err err = project_require(context, caller, project_id);
    if (err == ERR_OK)
        err = find_exercise(context, project_id, recording->exercise_key, arena, &exercise);
    if (err != ERR_OK)
        return err;
    if (!recording_item_known(exercise, recording->item))
        return fault_set(fault, ERR_BAD_PARAMETER, "item", "is no question of the exercise and no answer to one");
    recording->media_type = recording_media_type(data, (size_t)recording->bytes);
    if (!recording->media_type)
        return fault_set(fault, ERR_BAD_REQUEST, "body", "is no sound: WebM, Ogg, MP4, MP3 or WAV");
    err = recording_weight(context->db, project_id, recording, &weight);
    if (err == ERR_OK && weight + recording->bytes > RECORDING_PROJECT_BYTES_MAX)
        return fault_set(fault, ERR_TOO_LARGE, "body", "does not fit: the project's recordings fill %d MiB",
                         RECORDING_PROJECT_BYTES_MAX >> 20);
    if (err == ERR_OK)
        err = recording_put(context->db, project_id, recording, data, &recording->id);
    if (err == ERR_OK && context->writer) // a voice that stood there before leaves no bytes
        writer_scrub_later(context->writer);
    return err ? err : audit_add(context, caller, "recording.save", "project", project_id);
}

enum err recording_forget(struct context *context, struct caller caller, int64_t project_id, int64_t id) {
    enum err err = project_require(context, caller, project_id);
    if (err == ERR_OK)
        err = recording_delete(context->db, project_id, id);
    if (err == ERR_OK && context->writer)
        writer_scrub_later(context->writer);
    return err ? err : audit_add(context, caller, "recording.delete", "project", project_id);
}
