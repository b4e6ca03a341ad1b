// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere export`: a session's contributions on standard output. Works beside a running server; it
// is entered in the audit trail like an export from the page.
#include "cli/cli.h"
#include "model/role.h"
#include "service/export_service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct caller operator= {.roles = ROLE_ANYONE | ROLE_ADMINISTRATOR};

static enum err read_format(struct cli *cli, enum export_format *out) {
    const char *word = cli_option(cli, "--format");
    *out = word && strcmp(word, "csv") == 0 ? EXPORT_CSV : EXPORT_GEOJSON;
    if (word && *out == EXPORT_GEOJSON && strcmp(word, "geojson") != 0)
        return cli_misused(cli, "--format", "is geojson or csv");
    return ERR_OK;
}

static enum err copy_pieces(struct cli *cli, struct context *context, struct export *export) {
    struct buf piece;
    buf_init(&piece);
    enum err err;
    do {
        buf_clear(&piece);
        err = export_piece(export, context, &piece);
        if (!err && fwrite(piece.data, 1, piece.len, stdout) != piece.len)
            err = fault_set(&cli->fault, ERR_IO, "standard output", "cannot be written to");
    } while (!err && piece.len);
    buf_fini(&piece);
    if (!err && fflush(stdout) != 0)
        err = fault_set(&cli->fault, ERR_IO, "standard output", "cannot be written to");
    return err;
}

static enum err run(struct cli *cli) {
    enum export_format format;
    struct cli_store store;
    struct export *export = NULL;
    int64_t session_id = strtoll(cli->arguments[0], NULL, 10);
    enum err err = read_format(cli, &format);
    if (!err)
        err = cli_store_open(cli, DB_WRITE_BESIDE, &store);
    if (err)
        return err;
    err = export_open(&store.context, operator, session_id, format, &export);
    if (err == ERR_NOT_FOUND)
        fault_set(&cli->fault, err, cli->arguments[0], "is no session of this store; its page has the number, #/session/NUMBER");
    if (!err)
        err = copy_pieces(cli, &store.context, export);
    export_free(export);
    cli_store_close(&store);
    return err;
}

const struct command command_export = {
    .name = "export",
    .arguments = "SESSION",
    .summary = "Writes a session's contributions to standard output.",
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
    .options = {{"--format", "FORMAT", "geojson (usual) or csv"}},
};
