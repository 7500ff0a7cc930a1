/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/* Records of every kind with random contents that pass jp_validate_draft() on the day of the fake
 * clock. All people and numbers are made up; the same source with the same seed makes the same
 * ones. */

JpDate    jp_test_record_get_today (void);
JpDraft  *jp_test_draft_new (JpKind kind, JpIdSource *source);
JpRecord *jp_test_record_new (JpKind kind, JpIdSource *source);
void      jp_test_draft_fill (JpDraft *draft, JpFieldId field, JpIdSource *source);
void      jp_test_record_assert_equal (JpRecord *a, JpRecord *b);

char  *jp_test_record_dup_name (JpIdSource *source);
char  *jp_test_record_dup_id_number (JpIdSource *source, JpDate birth_date, gboolean male);
char  *jp_test_record_dup_mobile (JpIdSource *source);
char  *jp_test_record_dup_plate (JpIdSource *source);
JpDate jp_test_record_random_date (JpIdSource *source, JpDate from, JpDate to);

G_END_DECLS
