// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite's files, but the n-th write or sync fails. For connections opened after failing_files_install.
#ifndef REPERE_TESTS_FAILING_FILES_H
#define REPERE_TESTS_FAILING_FILES_H
#include <stdbool.h>

void failing_files_install(void);
/** The `n`-th call from here on fails, and with `for_good` all after it; 0: none does any more. */
void failing_files_fail_write(int n, bool for_good);
void failing_files_fail_sync(int n, bool for_good);
/** Whether a call has failed since it was set. */
bool failing_files_failed(void);
#endif
