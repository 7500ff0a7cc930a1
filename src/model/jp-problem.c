/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-problem.h"

#include "jp-model-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *sentence; /* English, in the context "problem" */
} ProblemText;

/* clang-format off */
static const ProblemText problem_texts[JP_PROBLEM_LAST + 1] = {
  [JP_PROBLEM_NONE] = { "none", NULL },

  [JP_PROBLEM_REQUIRED] = { "required", NC_ ("problem", "This is needed: please fill it in") },
  [JP_PROBLEM_TOO_SHORT] = { "too-short", NC_ ("problem", "Too short: please check that nothing is missing") },
  [JP_PROBLEM_TOO_LONG] = { "too-long", NC_ ("problem", "Too long: please shorten it") },
  [JP_PROBLEM_TOO_SMALL] = { "too-small", NC_ ("problem", "The number is too small: please check it") },
  [JP_PROBLEM_TOO_LARGE] = { "too-large", NC_ ("problem", "The number is too large: please check it") },
  [JP_PROBLEM_NOT_A_NUMBER] = { "not-a-number", NC_ ("problem", "This is not a number: please use digits only") },
  [JP_PROBLEM_NOT_A_DATE] = { "not-a-date", NC_ ("problem", "There is no such date: write it like 2026-11-24") },
  [JP_PROBLEM_DATE_ORDER] = { "date-order", NC_ ("problem", "The end lies before the beginning: please check both dates") },
  [JP_PROBLEM_SUM] = { "sum", NC_ ("problem", "The parts do not add up to the price: please change the price or a part") },
  [JP_PROBLEM_UNKNOWN_CODE] = { "unknown-code", NC_ ("problem", "This value is not in the list: please choose one of the list") },
  [JP_PROBLEM_CHARACTERS] = { "characters", NC_ ("problem", "There are characters in it that cannot be saved: please type it again") },
  [JP_PROBLEM_DUPLICATE] = { "duplicate", NC_ ("problem", "This exists already: please search for it first") },

  [JP_PROBLEM_ID_OLD_FORM] = { "id-old-form", NC_ ("problem", "ID numbers of 15 digits are no longer valid: enter the 18 characters of the present card") },
  [JP_PROBLEM_ID_LENGTH] = { "id-length", NC_ ("problem", "An ID number has 18 characters: please count them again") },
  [JP_PROBLEM_ID_CHARACTERS] = { "id-characters", NC_ ("problem", "An ID number has 17 digits and ends in a digit or X: please check it against the card") },
  [JP_PROBLEM_ID_REGION] = { "id-region", NC_ ("problem", "No ID number begins like this: please check the first six digits") },
  [JP_PROBLEM_ID_BIRTH_DATE] = { "id-birth-date", NC_ ("problem", "The birth date in the ID number does not exist: please check digits 7 to 14") },
  [JP_PROBLEM_ID_BIRTH_FUTURE] = { "id-birth-future", NC_ ("problem", "The birth date in the ID number lies in the future: please check digits 7 to 14") },
  [JP_PROBLEM_ID_CHECK_DIGIT] = { "id-check-digit", NC_ ("problem", "The last character does not fit the others: please check the whole number against the card") },
  [JP_PROBLEM_ID_FOREIGN] = { "id-foreign", NC_ ("problem", "This is the number of a foreigner's permanent resident card: choose “Other document” as the kind of document") },
  [JP_PROBLEM_ID_FOREIGN_FORM] = { "id-foreign-form", NC_ ("problem", "A permanent resident card has 18 digits that begin with 9, or three letters and 12 digits: please check it against the card") },
  [JP_PROBLEM_PASSPORT] = { "passport", NC_ ("problem", "A passport number has 5 to 17 letters and digits, without spaces: please check it against the passport") },
  [JP_PROBLEM_OFFICER_CARD] = { "officer-card", NC_ ("problem", "The number of an officer's card looks like 军字第1234567号: please check it against the card") },

  [JP_PROBLEM_NAME_LENGTH] = { "name-length", NC_ ("problem", "A name has 2 to 64 characters: please write it in full") },
  [JP_PROBLEM_NAME_CHARACTERS] = { "name-characters", NC_ ("problem", "A name has no digits or other signs: please write it as on the identity document") },
  [JP_PROBLEM_NAME_SEPARATOR] = { "name-separator", NC_ ("problem", "Write the parts of the name with the middle dot “·” between them") },
  [JP_PROBLEM_MOBILE] = { "mobile", NC_ ("problem", "A mobile number has 11 digits and begins with 13 to 19: please check it") },
  [JP_PROBLEM_PHONE] = { "phone", NC_ ("problem", "Enter a mobile number, or a fixed line with its area code, like 0530-5612345") },
  [JP_PROBLEM_POSTCODE] = { "postcode", NC_ ("problem", "A postcode has six digits, like 274000") },
  [JP_PROBLEM_DISTRICT_FORM] = { "district-form", NC_ ("problem", "A district code has six digits: please choose a district from the list") },
  [JP_PROBLEM_DISTRICT_UNKNOWN] = { "district-unknown", NC_ ("problem", "This code is not a district of the city: please choose a district from the list") },
  [JP_PROBLEM_DISTRICT_FORMER] = { "district-former", NC_ ("problem", "This district has a new code: please choose it again from the list") },

  [JP_PROBLEM_CREDIT_CODE_LENGTH] = { "credit-code-length", NC_ ("problem", "A unified social credit code has 18 characters: please count them again") },
  [JP_PROBLEM_CREDIT_CODE_CHARACTERS] = { "credit-code-characters", NC_ ("problem", "A unified social credit code has digits and capital letters, but never I, O, S, V or Z: please check it against the business licence") },
  [JP_PROBLEM_CREDIT_CODE_CHECK] = { "credit-code-check", NC_ ("problem", "The last character does not fit the others: please check the code against the business licence") },
  [JP_PROBLEM_MINISTRY_NUMBER] = { "ministry-number", NC_ ("problem", "A unified number has 16 digits or capital letters: please copy it from the supervision platform") },
  [JP_PROBLEM_PLATFORM_NUMBER] = { "platform-number", NC_ ("problem", "A platform number has one letter and four digits, like A0041") },
  [JP_PROBLEM_PLATE_PROVINCE] = { "plate-province", NC_ ("problem", "A plate begins with the province and a letter, like 鲁R: please check it") },
  [JP_PROBLEM_PLATE_LENGTH] = { "plate-length", NC_ ("problem", "A plate has 7 characters, a new-energy plate 8: please count them again") },
  [JP_PROBLEM_PLATE_CHARACTERS] = { "plate-characters", NC_ ("problem", "There is no such plate: please check it against the vehicle licence (plates have no I or O after the second character)") },
  [JP_PROBLEM_PLATE_NOT_COACH] = { "plate-not-coach", NC_ ("problem", "A training vehicle's plate ends in 学, unless it is a new-energy plate: please check it against the vehicle licence") },
  [JP_PROBLEM_VIN_LENGTH] = { "vin-length", NC_ ("problem", "A vehicle identification number has 17 characters: please count them again") },
  [JP_PROBLEM_VIN_CHARACTERS] = { "vin-characters", NC_ ("problem", "A vehicle identification number has digits and capital letters, but never I, O or Q: please check it against the vehicle licence") },
  [JP_PROBLEM_VIN_CHECK_DIGIT] = { "vin-check-digit", NC_ ("problem", "The ninth character does not fit the others: if the vehicle licence says the same, keep it") },
  [JP_PROBLEM_IMEI_CHECK_DIGIT] = { "imei-check-digit", NC_ ("problem", "The last digit of the IMEI does not fit the others: please check it against the label of the terminal") },
  [JP_PROBLEM_DEVICE_ID] = { "device-id", NC_ ("problem", "Enter the IMEI (15 digits) or the MAC address (12 characters 0–9, A–F) from the label of the terminal") },
  [JP_PROBLEM_SIM] = { "sim", NC_ ("problem", "Enter the 19 or 20 characters printed on the SIM card, beginning with 89, or its number of 11 or 13 digits") },

  [JP_PROBLEM_COORDINATES] = { "coordinates", NC_ ("problem", "Write longitude and latitude in degrees with a comma between them, like 115.480656,35.233750") },
  [JP_PROBLEM_COORDINATES_OUTSIDE] = { "coordinates-outside", NC_ ("problem", "This point lies outside China: longitude comes first, then latitude") },
  [JP_PROBLEM_POLYGON_FORM] = { "polygon-form", NC_ ("problem", "Write the corners as longitude,latitude with a semicolon between them") },
  [JP_PROBLEM_POLYGON_POINTS] = { "polygon-points", NC_ ("problem", "An area needs at least three different corners that are not on one line: please add corners") },
  [JP_PROBLEM_POLYGON_LENGTH] = { "polygon-length", NC_ ("problem", "The outline has more than 1024 characters: please use fewer corners or fewer decimals") },
  [JP_PROBLEM_POLYGON_CROSSES] = { "polygon-crosses", NC_ ("problem", "The outline crosses itself: please enter the corners in the order in which one walks around the area") },

  [JP_PROBLEM_LICENCE_UNKNOWN] = { "licence-unknown", NC_ ("problem", "There is no such licence type: please choose one from the list") },
  [JP_PROBLEM_LICENCE_TOO_YOUNG] = { "licence-too-young", NC_ ("problem", "Too young for this licence type: choose another type, or enrol later") },
  [JP_PROBLEM_LICENCE_TOO_OLD] = { "licence-too-old", NC_ ("problem", "Above the age limit of this licence type: please choose another type") },
  [JP_PROBLEM_LICENCE_ONLY_ADDITION] = { "licence-only-addition", NC_ ("problem", "This licence type cannot be the first licence: choose “Additional type” and enter the present licence") },
  [JP_PROBLEM_LICENCE_PRESENT_MISSING] = { "licence-present-missing", NC_ ("problem", "For an additional type the present licence type is needed: please fill it in") },
  [JP_PROBLEM_LICENCE_PRESENT_UNKNOWN] = { "licence-present-unknown", NC_ ("problem", "The present licence type is not known: write it as on the licence, like C1 or C1D") },
  [JP_PROBLEM_LICENCE_ALREADY_HELD] = { "licence-already-held", NC_ ("problem", "The present licence already covers this type: please check the type applied for") },
  [JP_PROBLEM_LICENCE_PRESENT_UNFIT] = { "licence-present-unfit", NC_ ("problem", "This type cannot be added to the present licence: please check the type applied for") },
  [JP_PROBLEM_LICENCE_PRESENT_SHORT] = { "licence-present-short", NC_ ("problem", "The present licence has not been held long enough for this type: please check its first date") },
};
/* clang-format on */

/**
 * jp_problem_get_name:
 * @problem: a problem
 *
 * Returns: a short English name in kebab case that does not change between versions, for files,
 *   logs and JSON
 */
const char *
jp_problem_get_name (JpProblem problem)
{
  g_return_val_if_fail ((guint)problem <= JP_PROBLEM_LAST, "none");

  return problem_texts[problem].name;
}

/**
 * jp_problem_from_name:
 * @name: what jp_problem_get_name() returned
 *
 * Returns: the problem of that name, or %JP_PROBLEM_NONE if there is none
 */
JpProblem
jp_problem_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, JP_PROBLEM_NONE);

  for (guint i = 0; i <= JP_PROBLEM_LAST; i++)
    {
      if (g_str_equal (problem_texts[i].name, name))
        return (JpProblem)i;
    }

  return JP_PROBLEM_NONE;
}

/**
 * jp_problem_dup_sentence:
 * @problem: a problem
 *
 * Says in the user's language what is wrong and what to do next. Stands alone under a field; no
 * full stop at the end.
 *
 * Returns: (transfer full): the sentence; empty for %JP_PROBLEM_NONE
 */
char *
jp_problem_dup_sentence (JpProblem problem)
{
  g_return_val_if_fail ((guint)problem <= JP_PROBLEM_LAST, NULL);

  const char *sentence = problem_texts[problem].sentence;

  if (sentence == NULL)
    return g_strdup ("");

  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "problem", sentence));
}

/**
 * jp_problem_to_error:
 * @problem: a problem
 * @what: what was checked, in English: the name of a field, never its value
 * @error: return location for a [error@Jp.ModelError]
 *
 * Turns the result of a check into an error for callers that only pass errors on.
 *
 * Returns: %TRUE for %JP_PROBLEM_NONE, else %FALSE with %JP_MODEL_ERROR_MISSING,
 *   %JP_MODEL_ERROR_RANGE or %JP_MODEL_ERROR_INVALID
 */
gboolean
jp_problem_to_error (JpProblem problem, const char *what, GError **error)
{
  g_return_val_if_fail ((guint)problem <= JP_PROBLEM_LAST, FALSE);
  g_return_val_if_fail (what != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (problem == JP_PROBLEM_NONE)
    return TRUE;

  JpModelError code = JP_MODEL_ERROR_INVALID;

  if (problem == JP_PROBLEM_REQUIRED)
    code = JP_MODEL_ERROR_MISSING;
  else if (problem == JP_PROBLEM_TOO_SMALL || problem == JP_PROBLEM_TOO_LARGE)
    code = JP_MODEL_ERROR_RANGE;

  g_set_error (error, JP_MODEL_ERROR, code, "%s is not valid: %s", what,
               problem_texts[problem].name);

  return FALSE;
}
