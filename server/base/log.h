// SPDX-License-Identifier: AGPL-3.0-or-later
// One JSON object a line on stderr. No address, position, secret or participant's text is ever
// given to it: callers pass names, ids of routes and counts.
#ifndef REPERE_BASE_LOG_H
#define REPERE_BASE_LOG_H

enum log_level { LOG_NOTHING = -1, LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };
/** Lines less urgent than this are dropped; with LOG_NOTHING, all. Set once at start, before threads. */
void log_set_level(enum log_level level);
/** `event` is a fixed word ("commit_failed"); the rest is a printf format for its message. */
void log_event(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
