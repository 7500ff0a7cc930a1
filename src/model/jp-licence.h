/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-header.h"
#include "jp-problem.h"

G_BEGIN_DECLS

/* Licence types (准驾车型), who may apply for them, and which present licence an additional type
 * asks for. From data/licence-types/2025.json. */

#define JP_LICENCE_NO_AGE_LIMIT (-1)

/**
 * JpLicence:
 * @code: A1 … P
 * @name: official name, in Chinese
 * @name_en: English name
 * @course_code: (nullable): two digits in the ministry's course code; C6 has none
 * @is_first: may be somebody's first licence
 * @is_addition: may be added to a licence
 * @age_min: years
 * @age_max: last year of age in which one may apply, or %JP_LICENCE_NO_AGE_LIMIT
 * @covers: (array zero-terminated=1): other types it also permits to drive
 * @confidence: of the ages
 *
 * One licence type. Constant; any thread.
 */
typedef struct
{
  const char        *code;
  const char        *name;
  const char        *name_en;
  const char        *course_code;
  gboolean           is_first;
  gboolean           is_addition;
  int                age_min;
  int                age_max;
  const char *const *covers;
  JpDataConfidence   confidence;
} JpLicence;

/**
 * JpLicenceApplication:
 * @type: code applied for
 * @is_addition: an additional type (增领), not a first licence (初领)
 * @present_types: (nullable): types on the present licence, like `C1` or `C1D`
 * @present_since: first date of the present licence, or %JP_DATE_NONE if unknown
 * @birth_date: birth date, or %JP_DATE_NONE if unknown
 * @on: the day of the application
 *
 * What the desk knows of somebody who wants to enrol.
 */
typedef struct
{
  const char *type;
  gboolean    is_addition;
  const char *present_types;
  JpDate      present_since;
  JpDate      birth_date;
  JpDate      on;
} JpLicenceApplication;

const JpLicence *jp_licence_list (guint *out_n_licences);
const JpLicence *jp_licence_lookup (const char *code);
const char      *jp_licence_get_label (const char *code);
GStrv            jp_licence_parse_types (const char *text);

JpProblem jp_licence_check_type (const char *code);
JpProblem jp_licence_check_types (const char *text);
JpProblem jp_licence_check_age (const char *code, JpDate birth_date, JpDate on);
JpProblem jp_licence_check_application (const JpLicenceApplication *application,
                                        JpDataConfidence           *out_confidence);

G_END_DECLS
