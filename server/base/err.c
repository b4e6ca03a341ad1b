// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of err.h as tables.
#include "base/err.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static const char *const names[] = {
#define X(name, status, text) #name,
    ERR_LIST(X)
#undef X
};
static const unsigned statuses[] = {
#define X(name, status, text) status,
    ERR_LIST(X)
#undef X
};
static const char *const texts[] = {
#define X(name, status, text) text,
    ERR_LIST(X)
#undef X
};

static enum err known(enum err err) {
    return (unsigned)err < ERR_COUNT ? err : ERR_INTERNAL;
}

const char *err_name(enum err err) {
    return names[known(err)];
}

unsigned err_status(enum err err) {
    return statuses[known(err)];
}

const char *err_text(enum err err) {
    return texts[known(err)];
}

enum err err_of_errno(int cause) {
    switch (cause) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ERR_DISK_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return ERR_READ_ONLY;
    case ENOMEM:
        return ERR_NO_MEMORY;
    default:
        return ERR_IO;
    }
}

enum err fault_set(struct fault *fault, enum err err, const char *where, const char *why, ...) {
    if (!fault)
        return err;
    snprintf(fault->where, sizeof fault->where, "%s", where);
    va_list args;
    va_start(args, why);
    vsnprintf(fault->why, sizeof fault->why, why, args);
    va_end(args);
    return err;
}
