/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-header.h"
#include "jp-error.h"

G_BEGIN_DECLS

/* The hours (学时) that the national syllabus asks for, per licence type and part, as dated files.
 * Glossary: part = 第一…四部分; hour = 学时, 60 minutes of which at least 45 are taught; all
 * numbers in here are minutes. A number nobody has confirmed is not there: no number is better than
 * a wrong one when money and exams hang on it. */

#define JP_CURRICULUM_N_PARTS     4
#define JP_CURRICULUM_TOTAL       0 /* "part" of the sum of all parts */
#define JP_CURRICULUM_UNKNOWN     G_GINT64_CONSTANT (-1)
#define JP_CURRICULUM_MAX_MINUTES 100000

/**
 * JpCurriculumNumber:
 * @value: minutes or km, or %JP_CURRICULUM_UNKNOWN
 * @state: what it rests on
 * @confidence: how sure we are
 *
 * One number of a curriculum.
 */
typedef struct
{
  gint64           value;
  JpDataState      state;
  JpDataConfidence confidence;
} JpCurriculumNumber;

/**
 * JpCurriculumRule:
 * @JP_CURRICULUM_RULE_HOUR: minutes of one hour of training
 * @JP_CURRICULUM_RULE_HOUR_EFFECTIVE_MIN: of which taught, at least
 * @JP_CURRICULUM_RULE_DAILY_CLASSROOM_MAX: classroom minutes a day, at most
 * @JP_CURRICULUM_RULE_DAILY_PRACTICE_MAX: practice minutes a day, at most
 *
 * Rules for all licence types.
 */
typedef enum {
  JP_CURRICULUM_RULE_HOUR,
  JP_CURRICULUM_RULE_HOUR_EFFECTIVE_MIN,
  JP_CURRICULUM_RULE_DAILY_CLASSROOM_MAX,
  JP_CURRICULUM_RULE_DAILY_PRACTICE_MAX,
} JpCurriculumRule;

#define JP_CURRICULUM_N_RULES 4

/**
 * JpCurriculumLimit:
 * @JP_CURRICULUM_LIMIT_CLASSROOM_MIN: minutes in the classroom, at least
 * @JP_CURRICULUM_LIMIT_REMOTE_MAX: minutes taught remotely, at most
 * @JP_CURRICULUM_LIMIT_SIMULATOR_MAX: minutes on a simulator, at most
 * @JP_CURRICULUM_LIMIT_MILEAGE_MIN: km driven, at least
 * @JP_CURRICULUM_LIMIT_SUM: minutes of several parts together, where the parts are not known alone
 *
 * Limits of one licence type, over one or several parts.
 */
typedef enum {
  JP_CURRICULUM_LIMIT_CLASSROOM_MIN,
  JP_CURRICULUM_LIMIT_REMOTE_MAX,
  JP_CURRICULUM_LIMIT_SIMULATOR_MAX,
  JP_CURRICULUM_LIMIT_MILEAGE_MIN,
  JP_CURRICULUM_LIMIT_SUM,
} JpCurriculumLimit;

/* One version of the syllabus. Immutable, reference-counted, any thread. */
typedef struct _JpCurriculum JpCurriculum;

JpCurriculum *jp_curriculum_new_from_bytes (const char *file_name, GBytes *bytes, GError **error);
JpCurriculum *jp_curriculum_new_from_data (const char *id, GError **error);
JpCurriculum *jp_curriculum_new_for_date (JpDate on, GError **error);
JpCurriculum *jp_curriculum_ref (JpCurriculum *self);
void          jp_curriculum_unref (JpCurriculum *self);

const JpDataHeader *jp_curriculum_get_header (JpCurriculum *self);
const char         *jp_curriculum_get_digest (JpCurriculum *self);

const char *const *jp_curriculum_get_licence_types (JpCurriculum *self);
const char        *jp_curriculum_get_note (JpCurriculum *self, const char *licence_type);
gboolean           jp_curriculum_get_minutes (JpCurriculum       *self,
                                              const char         *licence_type,
                                              int                 part,
                                              JpCurriculumNumber *out_number);
gboolean           jp_curriculum_get_limit (JpCurriculum       *self,
                                            const char         *licence_type,
                                            JpCurriculumLimit   limit,
                                            int                 part,
                                            JpCurriculumNumber *out_number);
JpCurriculumNumber jp_curriculum_get_rule (JpCurriculum *self, JpCurriculumRule rule);
gboolean           jp_curriculum_is_complete (JpCurriculum *self, const char *licence_type);
gboolean           jp_curriculum_may_interleave (JpCurriculum *self, int part_a, int part_b);
gint64
jp_curriculum_recognise_minutes (JpCurriculum *self, gint64 minutes, gint64 effective_minutes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCurriculum, jp_curriculum_unref)

G_END_DECLS
