// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows as features of a new overlay. Their cells stay as they are, but for the date, which is
// written the same way whatever the file's order was.
#include "service/import_target.h"

#include "base/clock.h"
#include "base/json.h"
#include "model/import_cell.h"
#include "service/audit_service.h"
#include "store/import_store.h"
#include "store/overlay_store.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_MAX = 200, PROPERTIES_MAX = 65536, TELL_EVERY = 1000, DATE_TEXT_LEN = 10 };

static bool is_position(const struct import_row *row, size_t column) {
    return row->plan->order.mapping->x && (column == row->position.x || column == row->position.y);
}

/* "2010-07-05", with the time of day when there was one. */
static enum err write_date(struct jsonw *w, const struct import_row *row,
                           const struct import_record *record, struct fault *fault) {
    char text[CLOCK_TEXT_SIZE];
    int64_t time_ms;
    enum err err = import_row_date(row, record, fault, &time_ms);
    if (err)
        return err;
    clock_format(time_ms, text);
    bool has_time = time_ms % INT64_C(86400000) != 0;
    jsonw_strn(w, text, has_time ? strlen(text) : DATE_TEXT_LEN);
    return ERR_OK;
}

static enum err write_property(struct jsonw *w, const struct import_row *row,
                               const struct import_record *record, size_t column,
                               struct fault *fault) {
    const char *name = row->plan->order.source->columns[column];
    struct json_object *value = json_get(record->properties, name);
    if (is_position(row, column) || !record->lengths[column])
        return ERR_OK;
    jsonw_key(w, name);
    if (column == row->date)
        return write_date(w, row, record, fault);
    if (!value || json_type_of(value) == JSON_STRING) {
        jsonw_strn(w, record->cells[column], record->lengths[column]);
        return ERR_OK;
    }
    size_t len;
    const char *text = json_write(value, &len);
    if (!text)
        return ERR_NO_MEMORY;
    jsonw_raw(w, text, len);
    return ERR_OK;
}

static enum err properties_of(const struct import_row *row, const struct import_record *record,
                              struct fault *fault, const char **out) {
    struct buf text;
    struct jsonw w;
    enum err err = ERR_OK;
    buf_init(&text);
    jsonw_init(&w, &text);
    jsonw_object(&w);
    for (size_t i = 0; i < row->plan->order.source->column_count && !err; i++)
        err = write_property(&w, row, record, i, fault);
    jsonw_object_end(&w);
    if (!err && text.len > PROPERTIES_MAX)
        err = fault_set(fault, ERR_TOO_LARGE, "properties", "more than %d bytes", PROPERTIES_MAX);
    *out = !err && !text.failed ? arena_strndup(&row->plan->arena, text.data, text.len) : NULL;
    buf_fini(&text);
    return err || *out ? err : ERR_NO_MEMORY;
}

/* The label's cell, cut between characters when it is long. */
static const char *label_of(const struct import_row *row, const struct import_record *record) {
    if (row->label == SIZE_MAX)
        return "";
    struct import_part part = import_trim(record->cells[row->label], record->lengths[row->label]);
    size_t len = part.len < LABEL_MAX ? part.len : LABEL_MAX;
    while (len < part.len && len && (part.text[len] & 0xC0) == 0x80)
        len--;
    return arena_strndup(&row->plan->arena, part.text, len);
}

enum err import_features_add(struct import_row *row, const struct import_record *record,
                             struct fault *fault) {
    struct import_plan *plan = row->plan;
    struct overlay_feature made = {0};
    struct geometry geometry;
    enum err err = import_position_read(&row->position, record, &plan->scratch, fault, &geometry);
    if (!err)
        err = geometry_check(&geometry, GEOMETRY_IMPORT_VERTICES_MAX, fault);
    if (!err)
        err = properties_of(row, record, fault, &made.properties);
    if (!err)
        err = geometry_copy(&geometry, &plan->arena, &made.geometry);
    if (err)
        return err;
    made.label = label_of(row, record);
    struct overlay_feature *rows = import_plan_grow(plan, plan->features, sizeof *plan->features);
    if (!made.label || !rows)
        return ERR_NO_MEMORY;
    plan->features = rows;
    rows[plan->count++] = made;
    return ERR_OK;
}

/* The file's name without its ending, when nobody gave a title. */
static const char *title_of(struct import_plan *plan) {
    const char *name = plan->order.file_name;
    const char *slash = strrchr(name, '/');
    name = slash ? slash + 1 : name;
    const char *dot = strrchr(name, '.');
    size_t len = dot && dot != name ? (size_t)(dot - name) : strlen(name);
    return len ? arena_strndup(&plan->scratch, name,
                               len < IMPORT_TITLE_MAX ? len : IMPORT_TITLE_MAX)
               : "Overlay";
}

static enum err insert_features(struct context *context, const struct import_plan *plan,
                                int64_t overlay_id) {
    const struct import_listener *listener = &plan->order.listener;
    uint64_t read = plan->order.source->row_count;
    struct import_bulk bulk;
    enum err err = import_bulk_begin(context->db, IMPORT_FEATURES, &bulk);
    for (size_t i = 0; i < plan->count && !err; i++) {
        err = overlay_feature_insert(context->db, overlay_id, &plan->features[i]);
        if (!err && listener->tell && i % TELL_EVERY == 0)
            err = listener->tell(listener->owner, read + i, read * 2);
    }
    return import_bulk_end(&bulk, err);
}

enum err import_features_apply(struct context *context, struct import_plan *plan) {
    const struct import_mapping *mapping = plan->order.mapping;
    const struct overlay overlay = {
        .project_id = plan->order.project_id,
        .title = mapping->title ? mapping->title : title_of(plan),
        .colour = "#555555",
        .attribution = mapping->attribution ? mapping->attribution : "",
    };
    int64_t id = 0;
    if (!overlay.title)
        return ERR_NO_MEMORY;
    enum err err = overlay_insert(context->db, &overlay, clock_now_ms(), &id);
    if (!err)
        err = insert_features(context, plan, id);
    if (!err)
        err = overlay_summarise(context->db, id);
    if (!err)
        err = audit_add(context, plan->order.caller, "import", "overlay", id);
    if (!err)
        plan->report.overlay_id = id;
    return err;
}
