/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"

G_BEGIN_DECLS

/* What other people's programs read in a PDF: poppler's tools, each on a file that is written for
 * it. The files go into the folder that JP_PAPER_FOLDER names if somebody wants to look at them. */

gboolean jp_paper_reader_skip (void);
void     jp_paper_reader_use_chinese (void);
GBytes  *jp_paper_reader_write (JpPaper *paper, const char *name);
char    *jp_paper_reader_get_text (GBytes *pdf, gboolean with_layout);
char    *jp_paper_reader_get_page (GBytes *pdf, guint page);
char    *jp_paper_reader_get_fonts (GBytes *pdf);
GBytes  *jp_paper_reader_draw (GBytes *pdf);
char    *jp_paper_reader_get_info (GBytes *pdf);
void     jp_paper_reader_assert_has (const char *text, const char *const *needles);

G_END_DECLS
