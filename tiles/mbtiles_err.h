// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite's result codes as ours, for the reader and the writer of archives.
#ifndef REPERE_TILES_MBTILES_ERR_H
#define REPERE_TILES_MBTILES_ERR_H
#include "base/err.h"

/** @param code what SQLite returned; a success is ERR_OK */
enum err mbtiles_err(int code);
#endif
