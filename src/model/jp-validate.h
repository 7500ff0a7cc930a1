/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/* Judging a draft before it is saved: each field by its description, then the rules between fields.
 */

/**
 * JpIssue:
 * @field: the field that is wrong
 * @problem: what is wrong with it
 *
 * One thing that keeps a record from being saved. A plain value.
 */
typedef struct
{
  JpFieldId field;
  JpProblem problem;
} JpIssue;

JpProblem jp_validate_field (JpDraft *draft, JpFieldId field);
GArray   *jp_validate_draft (JpDraft *draft, JpDate today);
char     *jp_validate_dup_sentence (const JpIssue *issue);
void      jp_validate_derive (JpDraft *draft, JpFieldId changed);

JpProblem jp_validate_licence_type (const char *text);
JpProblem jp_validate_licence_list (const char *text);
JpProblem jp_validate_district (const char *text);

G_END_DECLS
