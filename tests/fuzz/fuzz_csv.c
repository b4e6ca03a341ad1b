// SPDX-License-Identifier: AGPL-3.0-or-later
// CSV text -> rows -> cells written again, which must read back as the same cells.
#include "base/buf.h"
#include "base/csv.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

static void require(bool condition) {
    if (!condition)
        abort();
}

struct seen {
    struct buf rewritten;
    uint64_t last_row;
};

/* Written cells may have gained the apostrophe that keeps spreadsheets from running them. */
static enum err compare_row(void *context, const struct csv_row *row, struct fault *fault) {
    (void)fault;
    const struct csv_row *original = context;
    if (row->number == 1)
        return ERR_OK;
    require(row->count == original->count);
    for (size_t i = 0; i < row->count; i++) {
        size_t gained = row->lengths[i] - original->lengths[i];
        require(gained <= 1 && (!gained || row->cells[i][0] == '\''));
        require(strcmp(row->cells[i] + gained, original->cells[i]) == 0);
    }
    return ERR_OK;
}

static enum err take_row(void *context, const struct csv_row *row, struct fault *fault) {
    struct seen *seen = context;
    require(row->number > seen->last_row && row->count > 0);
    seen->last_row = row->number;
    buf_clear(&seen->rewritten);
    csv_cell(&seen->rewritten, "header", true); // a byte-order mark counts in the first row only
    csv_end_row(&seen->rewritten);
    for (size_t i = 0; i < row->count; i++) {
        require(strlen(row->cells[i]) == row->lengths[i]);
        require(utf8_valid(row->cells[i], row->lengths[i], NULL));
        csv_cell(&seen->rewritten, row->cells[i], i == 0);
    }
    csv_end_row(&seen->rewritten);
    return csv_read(seen->rewritten.data, seen->rewritten.len, ',', compare_row, (void *)row,
                    fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct seen seen = {0};
    struct fault fault = {0};
    buf_init(&seen.rewritten);
    enum err err = csv_read((const char *)data, size, 0, take_row, &seen, &fault);
    require(!err || err == ERR_BAD_CSV);
    buf_fini(&seen.rewritten);
    return 0;
}
