/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form.h"
#include "jp-user-repo.h"

G_BEGIN_DECLS

/* Who is it? A person at this PC and the PIN, as rows of a form. */

void        jp_person_rows_add (JpForm *form, const char *name_title, const char *pin_title);
void        jp_person_rows_set_users (JpForm *form, GPtrArray *users);
const char *jp_person_rows_find_field (const GError *error);

#define JP_PERSON_ROWS_NAME "person"
#define JP_PERSON_ROWS_PIN  "person-pin"

G_END_DECLS
