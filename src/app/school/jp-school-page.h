/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-board-page.h"

G_BEGIN_DECLS

/* The page School Profile: what the school says of itself, what is missing, its grounds. */

#define JP_TYPE_SCHOOL_PAGE (jp_school_page_get_type ())

G_DECLARE_FINAL_TYPE (JpSchoolPage, jp_school_page, JP, SCHOOL_PAGE, JpBoardPage)

GtkWidget *jp_school_page_new (JpOffice *office);
guint      jp_school_page_get_n_grounds (JpSchoolPage *self);
char      *jp_school_page_dup_missing (JpRecord *school, guint n_grounds);

G_END_DECLS
