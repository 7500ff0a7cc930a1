/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-curriculum.h"
#include "jp-record.h"

G_BEGIN_DECLS

#define JP_PROGRESS_N_PARTS 4

/**
 * JpProgressPart:
 * @required_minutes: what the curriculum asks for, or %JP_CURRICULUM_UNKNOWN
 * @valid_minutes: counted so far
 * @pending_minutes: recorded, not yet judged
 * @void_minutes: recorded, judged not to count
 * @exam_passed: the subject's exam is passed
 *
 * How far one part is.
 */
typedef struct
{
  gint64   required_minutes;
  gint64   valid_minutes;
  gint64   pending_minutes;
  gint64   void_minutes;
  gboolean exam_passed;
} JpProgressPart;

/**
 * JpProgress:
 * @parts: by part; [0] is not used
 * @last_void_us: start of the newest session with minutes that do not count, 0 = none
 * @last_void_reason: why, a value of jp_session_reason_codes, %JP_CODE_UNSET = none
 * @last_void_coach: (owned) (nullable): its coach
 * @oldest_pending_us: start of the oldest session that is not judged, 0 = none
 *
 * The answer to "where am I?" in numbers. Add the sessions and exams of a trainee to it.
 */
typedef struct
{
  JpProgressPart parts[JP_PROGRESS_N_PARTS + 1];
  gint64         last_void_us;
  int            last_void_reason;
  char          *last_void_coach;
  gint64         oldest_pending_us;
} JpProgress;

JpProgress *jp_progress_new (JpCurriculum *curriculum, const char *licence_type);
void        jp_progress_free (JpProgress *self);
void        jp_progress_add_session (JpProgress *self, JpRecord *session, const char *coach);
void        jp_progress_add_exam (JpProgress *self, JpRecord *exam);
int         jp_progress_get_current_part (const JpProgress *self);
gint64      jp_progress_get_valid_minutes (const JpProgress *self);
gint64      jp_progress_get_required_minutes (const JpProgress *self);
const char *jp_progress_get_part_label (int part);
const char *jp_progress_get_subject_label (int subject);
char       *jp_progress_dup_sentence (const JpProgress *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpProgress, jp_progress_free)

G_END_DECLS
