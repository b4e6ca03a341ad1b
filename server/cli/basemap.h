// SPDX-License-Identifier: AGPL-3.0-or-later
// The parts of `repere basemap`, each in a file of its own, and what they share.
#ifndef REPERE_CLI_BASEMAP_H
#define REPERE_CLI_BASEMAP_H
#include "archive.h"
#include "cli/cli.h"

enum err basemap_list(struct cli *cli);  // basemap_folder.c
enum err basemap_add(struct cli *cli);   // basemap_folder.c
enum err basemap_check(struct cli *cli); // basemap_check.c
enum err basemap_cut(struct cli *cli);   // basemap_cut.c
enum err basemap_make(struct cli *cli);  // basemap_make.c

/** A zoom, `fallback` when the option is absent. */
enum err basemap_zoom(struct cli *cli, const char *flag, unsigned fallback, unsigned *out);
/** What people are to see, as --title says; NULL without. Misused when it is no title. */
enum err basemap_title(struct cli *cli, const char **out);
/** The archives' folder, in the command's arena. Errors: NO_MEMORY. */
enum err basemap_folder(struct cli *cli, const char **out);
/** Opens a file, or a base map of the data folder by its name; the fault says what is wrong. */
enum err basemap_open_any(struct cli *cli, const char *name, struct archive **out);
/** Reads every tile; tells on standard error what is wrong and how far it is. NOT_A_STORE:
 * something is. */
enum err basemap_read_all(struct cli *cli, const char *name, struct archive *archive);
#endif
