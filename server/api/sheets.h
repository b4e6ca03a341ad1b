// SPDX-License-Identifier: AGPL-3.0-or-later
// Sheets of paper: where their grid lies, and the page to print.
#ifndef REPERE_API_SHEETS_H
#define REPERE_API_SHEETS_H
#include "http/route.h"

handler_fn sheet_get, sheet_pdf_get;
#endif
