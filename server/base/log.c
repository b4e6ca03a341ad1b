// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/log.h"
#include "base/clock.h"
#include "base/jsonw.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

/* The program's one switch that all threads read; written at start only. */
static _Atomic int least_urgent = LOG_INFO;

void log_set_level(enum log_level level) {
    atomic_store(&least_urgent, (int)level);
}

/* Where stderr is gone there is nobody left to tell. */
static void write_all(const char *data, size_t len) {
    while (len) {
        ssize_t n = write(STDERR_FILENO, data, len);
        if (n <= 0)
            return;
        data += n;
        len -= (size_t)n;
    }
}

void log_event(enum log_level level, const char *event, const char *format, ...) {
    static const char *const names[] = {"error", "warn", "info", "debug"};
    if ((int)level > atomic_load(&least_urgent))
        return;
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);

    struct buf line;
    struct jsonw w;
    buf_init(&line);
    jsonw_init(&w, &line);
    jsonw_object(&w);
    jsonw_ktime(&w, "time", clock_now_ms());
    jsonw_kstr(&w, "level", names[level]);
    jsonw_kstr(&w, "event", event);
    jsonw_kstr(&w, "message", message);
    jsonw_object_end(&w);
    buf_char(&line, '\n');
    // one write a line, so that threads do not mix theirs
    if (!line.failed)
        write_all(line.data, line.len);
    buf_fini(&line);
}
