/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"
#include "jp-record.h"

G_BEGIN_DECLS

/**
 * JpPosterPaper:
 * @issue: who prints it
 * @school: the school's own record
 * @tiers: (array length=n_tiers): the class tiers, in the order in which they hang
 * @n_tiers: how many
 * @complaint_phone: (nullable): whom to ring about prices; %NULL: the school's phone
 *
 * What a price poster is made from. All borrowed.
 */
typedef struct
{
  JpPaperIssue     issue;
  JpRecord        *school;
  JpRecord *const *tiers;
  guint            n_tiers;
  const char      *complaint_phone;
} JpPosterPaper;

JpPaper *jp_poster_paper_new (const JpPosterPaper *input, GError **error);

G_END_DECLS
