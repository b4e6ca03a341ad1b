// SPDX-License-Identifier: AGPL-3.0-or-later
// Imports: sending a file, checking it with a mapping, importing it, asking how far that is.
#ifndef REPERE_API_IMPORTS_H
#define REPERE_API_IMPORTS_H
#include "http/request.h"
#include "http/response.h"

enum err upload_post(struct request *request, struct response *response);
enum err upload_delete_one(struct request *request, struct response *response);
enum err upload_check_post(struct request *request, struct response *response);
enum err upload_import_post(struct request *request, struct response *response);
enum err job_get(struct request *request, struct response *response);
/** Replies with a job, if the caller may see it. Errors: NOT_FOUND. */
enum err job_show(struct request *request, struct response *response, const char *word);
#endif
