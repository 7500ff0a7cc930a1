/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-licence.h"

#include "jp-data.h"
#include "jp-model-error.h"

#include <string.h>

#define LICENCE_FILE   "licence-types/2025.json"
#define LICENCE_FORMAT "jiapei-licence-types"
#define MAX_LICENCES   32
#define MAX_AGE        120
#define MAX_YEARS      20
#define MAX_HELD       8

/* Adding a type asks for one of some present types, held for some years. */
typedef struct
{
  const char        *to;
  const char *const *from;
  int                years;
  JpDataConfidence   confidence;
} Addition;

typedef struct
{
  GArray *licences;  /* (element-type JpLicence) */
  GArray *additions; /* (element-type Addition) */
} Licences;

static void
read_licence (const JpDataHeader *header, JpDataReader *reader, GArray *licences)
{
  static const char *const confidences[] = { "L", "M", "H", NULL };

  gint64    age_max = JP_LICENCE_NO_AGE_LIMIT;
  JpLicence licence = {
    .code = g_strdup (jp_data_reader_text (reader, "code")),
    .name = g_strdup (jp_data_reader_text (reader, "name")),
    .name_en = g_strdup (jp_data_reader_text (reader, "name_en")),
    .course_code = g_strdup (jp_data_reader_text_if (reader, "course_code")),
    .is_first = jp_data_reader_boolean_if (reader, "first", FALSE),
    .is_addition = jp_data_reader_boolean_if (reader, "addition", FALSE),
    .age_min = (int)jp_data_reader_integer (reader, "age_min", 0, MAX_AGE),
    .covers = (const char *const *)jp_data_reader_texts_if (reader, "covers", MAX_LICENCES),
    .confidence = jp_data_header_read_confidence (header, reader),
  };

  jp_data_reader_choice (reader, "name_confidence", confidences);
  jp_data_reader_integer_if (reader, "age_max", licence.age_min, MAX_AGE, &age_max);
  licence.age_max = (int)age_max;
  g_array_append_val (licences, licence);
}

static void
read_addition (const JpDataHeader *header, JpDataReader *reader, GArray *additions)
{
  Addition addition = {
    .to = g_strdup (jp_data_reader_text (reader, "to")),
    .from = (const char *const *)jp_data_reader_texts_if (reader, "from", MAX_LICENCES),
    .years = (int)jp_data_reader_integer (reader, "years", 0, MAX_YEARS),
    .confidence = jp_data_header_read_confidence (header, reader),
  };

  g_array_append_val (additions, addition);
}

/* The file is part of the program: a mistake in it is ours, and a test reads it. */
static Licences *
read_licences (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jp_data_lookup (LICENCE_FILE, &error);

  g_assert_no_error (error);

  g_autoptr (JpDataReader) reader = jp_data_reader_new (LICENCE_FILE, bytes, &error);

  g_assert_no_error (error);

  g_autoptr (JpDataHeader) header = jp_data_header_read (reader, LICENCE_FORMAT);
  Licences *licences = g_new0 (Licences, 1);

  licences->licences = g_array_new (FALSE, FALSE, sizeof (JpLicence));
  licences->additions = g_array_new (FALSE, FALSE, sizeof (Addition));
  jp_data_header_read_rows (header, reader, "types", read_licence, licences->licences);
  jp_data_header_read_rows (header, reader, "additions", read_addition, licences->additions);
  jp_data_reader_finish (reader, &error);
  g_assert_no_error (error);

  return licences;
}

static const Licences *
get_licences (void)
{
  static Licences *licences = NULL; /* constant once it is there; lives as long as the program */

  if (g_once_init_enter (&licences))
    g_once_init_leave (&licences, read_licences ());

  return licences;
}

/**
 * jp_licence_list:
 * @out_n_licences: (out): how many
 *
 * Returns: (array length=out_n_licences) (transfer none): all licence types, A1 to P
 */
const JpLicence *
jp_licence_list (guint *out_n_licences)
{
  g_return_val_if_fail (out_n_licences != NULL, NULL);

  const GArray *licences = get_licences ()->licences;

  *out_n_licences = licences->len;

  return (const JpLicence *)(gconstpointer)licences->data;
}

/**
 * jp_licence_lookup:
 * @code: A1 … P
 *
 * Returns: (transfer none) (nullable): the type, or %NULL if there is none of that code
 */
const JpLicence *
jp_licence_lookup (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  const GArray *licences = get_licences ()->licences;

  for (guint i = 0; i < licences->len; i++)
    {
      const JpLicence *licence = &g_array_index (licences, JpLicence, i);

      if (g_str_equal (licence->code, code))
        return licence;
    }

  return NULL;
}

/**
 * jp_licence_get_label:
 * @code: A1 … P
 *
 * Returns: (nullable): the official Chinese name, for printed documents whatever the language of
 *   the program; %NULL if there is no such type
 */
const char *
jp_licence_get_label (const char *code)
{
  const JpLicence *licence = jp_licence_lookup (code);

  return licence != NULL ? licence->name : NULL;
}

/**
 * jp_licence_parse_types:
 * @text: types as a licence prints them, without anything between, like `A1A2D`; commas and spaces
 *   are allowed
 *
 * Returns: (transfer full) (nullable): the codes, or %NULL if one is not known, occurs twice, or
 *   there are none
 */
GStrv
jp_licence_parse_types (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      gsize length = 1 + (g_ascii_isdigit (text[1]) ? 1 : 0);

      if (*text == ',' || *text == ' ')
        {
          text++;
          continue;
        }

      g_autofree char *code = g_strndup (text, length);

      if (jp_licence_lookup (code) == NULL || codes->len == MAX_HELD ||
          g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
        return NULL;

      g_ptr_array_add (codes, g_steal_pointer (&code));
      text += length;
    }

  if (codes->len == 0)
    return NULL;

  g_ptr_array_add (codes, NULL);

  return (GStrv)g_ptr_array_free (g_steal_pointer (&codes), FALSE);
}

/**
 * jp_licence_check_type:
 * @code: one licence type
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_licence_check_type (const char *code)
{
  g_return_val_if_fail (code != NULL, JP_PROBLEM_REQUIRED);

  if (code[0] == '\0')
    return JP_PROBLEM_REQUIRED;

  return jp_licence_lookup (code) != NULL ? JP_PROBLEM_NONE : JP_PROBLEM_LICENCE_UNKNOWN;
}

/**
 * jp_licence_check_types:
 * @text: the types on a licence, or a list of types, like `C1D` or `C1,C2`
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_licence_check_types (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;

  g_auto (GStrv) codes = jp_licence_parse_types (text);

  return codes != NULL ? JP_PROBLEM_NONE : JP_PROBLEM_LICENCE_PRESENT_UNKNOWN;
}

/**
 * jp_licence_check_age:
 * @code: one licence type
 * @birth_date: of the applicant
 * @on: the day of the application
 *
 * Both limits are inclusive (以上, 以下 in the decree): 18 from the 18th birthday, 63 until the day
 * before the 64th. Source: decree no. 172 of the Ministry of Public Security, in force 2025-01-01.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_licence_check_age (const char *code, JpDate birth_date, JpDate on)
{
  g_return_val_if_fail (code != NULL, JP_PROBLEM_LICENCE_UNKNOWN);
  g_return_val_if_fail (jp_date_is_valid (birth_date), JP_PROBLEM_NOT_A_DATE);
  g_return_val_if_fail (jp_date_is_valid (on), JP_PROBLEM_NOT_A_DATE);

  const JpLicence *licence = jp_licence_lookup (code);

  if (licence == NULL)
    return JP_PROBLEM_LICENCE_UNKNOWN;

  int age = birth_date <= on ? jp_date_years_between (birth_date, on) : 0;

  if (age < licence->age_min)
    return JP_PROBLEM_LICENCE_TOO_YOUNG;
  if (licence->age_max != JP_LICENCE_NO_AGE_LIMIT && age > licence->age_max)
    return JP_PROBLEM_LICENCE_TOO_OLD;

  return JP_PROBLEM_NONE;
}

static gboolean
is_held (char **held, const char *code)
{
  for (guint i = 0; held[i] != NULL; i++)
    {
      const JpLicence *licence = jp_licence_lookup (held[i]);

      if (g_str_equal (held[i], code) || g_strv_contains (licence->covers, code))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_from (const Addition *addition, char **held)
{
  for (guint i = 0; held[i] != NULL; i++)
    {
      if (g_strv_contains (addition->from, held[i]))
        return TRUE;
    }

  return FALSE;
}

/* One rule that fits is enough: who holds C1 for one year and B2 for three may add A1. */
static JpProblem
check_history (const JpLicenceApplication *application,
               char                      **held,
               JpDataConfidence           *out_confidence)
{
  const GArray *additions = get_licences ()->additions;
  JpProblem     problem = JP_PROBLEM_NONE;

  for (guint i = 0; i < additions->len; i++)
    {
      const Addition *addition = &g_array_index (additions, Addition, i);

      if (!g_str_equal (addition->to, application->type))
        continue;

      *out_confidence = addition->confidence;

      if (!is_from (addition, held))
        {
          if (problem == JP_PROBLEM_NONE)
            problem = JP_PROBLEM_LICENCE_PRESENT_UNFIT;
          continue;
        }

      if (application->present_since == JP_DATE_NONE ||
          (application->present_since <= application->on &&
           jp_date_years_between (application->present_since, application->on) >= addition->years))
        return JP_PROBLEM_NONE;

      problem = JP_PROBLEM_LICENCE_PRESENT_SHORT;
    }

  return problem;
}

static JpProblem
check_addition (const JpLicenceApplication *application, JpDataConfidence *out_confidence)
{
  const JpLicence *licence = jp_licence_lookup (application->type);

  if (application->present_types == NULL || application->present_types[0] == '\0')
    return JP_PROBLEM_LICENCE_PRESENT_MISSING;

  g_auto (GStrv) held = jp_licence_parse_types (application->present_types);

  if (held == NULL)
    return JP_PROBLEM_LICENCE_PRESENT_UNKNOWN;
  if (is_held (held, application->type))
    return JP_PROBLEM_LICENCE_ALREADY_HELD;
  if (!licence->is_addition)
    return JP_PROBLEM_LICENCE_PRESENT_UNFIT;

  return check_history (application, held, out_confidence);
}

/**
 * jp_licence_check_application:
 * @application: what is known of the applicant; `on` must be a date
 * @out_confidence: (out) (optional): how sure the rule is that decided
 *
 * Checks type, age, whether the type may be a first licence, and for an additional type the
 * present licence and how long it has been held. The years of the last rule come from a weak
 * source (`JP_DATA_CONFIDENCE_LOW`): show such a problem as a hint and let people go on. What is
 * unknown (no birth date, no first date) is not held against the applicant.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_licence_check_application (const JpLicenceApplication *application,
                              JpDataConfidence           *out_confidence)
{
  g_return_val_if_fail (application != NULL, JP_PROBLEM_LICENCE_UNKNOWN);
  g_return_val_if_fail (application->type != NULL, JP_PROBLEM_LICENCE_UNKNOWN);
  g_return_val_if_fail (jp_date_is_valid (application->on), JP_PROBLEM_NOT_A_DATE);

  const JpLicence *licence = jp_licence_lookup (application->type);
  JpDataConfidence confidence = JP_DATA_CONFIDENCE_HIGH;
  JpProblem        problem = JP_PROBLEM_NONE;

  if (licence == NULL)
    problem = JP_PROBLEM_LICENCE_UNKNOWN;
  else
    confidence = licence->confidence;

  if (problem == JP_PROBLEM_NONE && application->birth_date != JP_DATE_NONE)
    problem = jp_licence_check_age (application->type, application->birth_date, application->on);
  if (problem == JP_PROBLEM_NONE && !application->is_addition && !licence->is_first)
    problem = JP_PROBLEM_LICENCE_ONLY_ADDITION;
  if (problem == JP_PROBLEM_NONE && application->is_addition)
    problem = check_addition (application, &confidence);

  if (out_confidence != NULL)
    *out_confidence = confidence;

  return problem;
}
