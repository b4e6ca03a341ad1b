// SPDX-License-Identifier: AGPL-3.0-or-later
// Exercises: the templates, a project's own, and the schemas that say what a document may hold.
#ifndef REPERE_API_EXERCISES_H
#define REPERE_API_EXERCISES_H
#include "http/route.h"

handler_fn exercises_list;
handler_fn exercise_show;
handler_fn exercise_post_prepare, exercise_post;
handler_fn schema_show;
#endif
