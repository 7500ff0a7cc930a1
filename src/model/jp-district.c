/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-district.h"

#include "jp-data.h"
#include "jp-model-error.h"

#include <string.h>

#define DISTRICT_FILE   "districts/heze.json"
#define DISTRICT_FORMAT "jiapei-districts"
#define PREFIX_LENGTH   4

typedef struct
{
  GArray *current; /* (element-type JpDistrict): given today, the city first */
  GArray *former;  /* (element-type JpDistrict): no longer given, or prefixes of such codes */
} Districts;

static const char *const kinds[] = { "city", "district", "county", NULL };

static void
read_district (const JpDataHeader *header, JpDataReader *reader, GArray *districts)
{
  JpDistrict district = {
    .code = g_strdup (jp_data_reader_text (reader, "code")),
    .name = g_strdup (jp_data_reader_text (reader, "name")),
    .kind = kinds[jp_data_reader_choice (reader, "kind", kinds)],
    .confidence = jp_data_header_read_confidence (header, reader),
  };

  g_array_append_val (districts, district);
}

static void
read_former (const JpDataHeader *header, JpDataReader *reader, GArray *districts)
{
  const char *code = jp_data_reader_text_if (reader, "prefix");
  JpDistrict  district = {
     .code = g_strdup (code != NULL ? code : jp_data_reader_text (reader, "code")),
     .name = g_strdup (jp_data_reader_text (reader, "name")),
     .kind = "former",
     .successor = g_strdup (jp_data_reader_text_if (reader, "successor")),
     .confidence = jp_data_header_read_confidence (header, reader),
  };

  g_array_append_val (districts, district);
}

/* The file is part of the program: a mistake in it is ours, and a test reads it. */
static Districts *
read_districts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jp_data_lookup (DISTRICT_FILE, &error);

  g_assert_no_error (error);

  g_autoptr (JpDataReader) reader = jp_data_reader_new (DISTRICT_FILE, bytes, &error);

  g_assert_no_error (error);

  g_autoptr (JpDataHeader) header = jp_data_header_read (reader, DISTRICT_FORMAT);
  Districts *districts = g_new0 (Districts, 1);

  districts->current = g_array_new (FALSE, FALSE, sizeof (JpDistrict));
  districts->former = g_array_new (FALSE, FALSE, sizeof (JpDistrict));
  jp_data_header_read_rows (header, reader, "districts", read_district, districts->current);
  jp_data_header_read_rows (header, reader, "former", read_former, districts->former);
  jp_data_header_read_rows (header, reader, "former_prefixes", read_former, districts->former);
  jp_data_reader_finish (reader, &error);
  g_assert_no_error (error);

  return districts;
}

static const Districts *
get_districts (void)
{
  static Districts *districts = NULL; /* constant once it is there; lives as long as the program */

  if (g_once_init_enter (&districts))
    g_once_init_leave (&districts, read_districts ());

  return districts;
}

/**
 * jp_district_list:
 * @out_n_districts: (out): how many
 *
 * Returns: (array length=out_n_districts) (transfer none): the divisions with a code of today, in
 *   the order of their codes; the first is the city itself
 */
const JpDistrict *
jp_district_list (guint *out_n_districts)
{
  g_return_val_if_fail (out_n_districts != NULL, NULL);

  const GArray *current = get_districts ()->current;

  *out_n_districts = current->len;

  return (const JpDistrict *)(gconstpointer)current->data;
}

static const JpDistrict *
find (const GArray *districts, const char *code, gsize length)
{
  for (guint i = 0; i < districts->len; i++)
    {
      const JpDistrict *district = &g_array_index (districts, JpDistrict, i);

      if (strlen (district->code) == length && memcmp (district->code, code, length) == 0)
        return district;
    }

  return NULL;
}

/**
 * jp_district_lookup:
 * @code: six digits, or the beginning of an identity number
 *
 * Finds a division by its code, also by one that is no longer given.
 *
 * Returns: (transfer none) (nullable): the division, or %NULL: most codes of China are not in here
 */
const JpDistrict *
jp_district_lookup (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  if (strlen (code) < JP_DISTRICT_CODE_LENGTH)
    return NULL;

  const Districts  *districts = get_districts ();
  const JpDistrict *district = find (districts->current, code, JP_DISTRICT_CODE_LENGTH);

  if (district == NULL)
    district = find (districts->former, code, JP_DISTRICT_CODE_LENGTH);
  if (district == NULL)
    district = find (districts->former, code, PREFIX_LENGTH);

  return district;
}

/* 定陶, 定陶区 and 定陶县 are the same place to people. */
static gboolean
is_name (const JpDistrict *district, const char *name)
{
  const char *rest = district->name;
  gsize       length = strlen (name);

  if (strncmp (rest, name, length) != 0)
    return FALSE;

  rest += length;

  return *rest == '\0' ||
         (g_utf8_strlen (name, -1) >= 2 &&
          (g_str_equal (rest, "区") || g_str_equal (rest, "县") || g_str_equal (rest, "市")));
}

/**
 * jp_district_lookup_name:
 * @name: a name, like 定陶区 or 定陶; a former name finds the present division
 *
 * Returns: (transfer none) (nullable): the division with a code of today, or %NULL
 */
const JpDistrict *
jp_district_lookup_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  const Districts *districts = get_districts ();

  if (name[0] == '\0')
    return NULL;

  for (guint i = 0; i < districts->current->len; i++)
    {
      const JpDistrict *district = &g_array_index (districts->current, JpDistrict, i);

      if (is_name (district, name))
        return district;
    }

  for (guint i = 0; i < districts->former->len; i++)
    {
      const JpDistrict *district = &g_array_index (districts->former, JpDistrict, i);

      if (district->successor != NULL && is_name (district, name))
        return find (districts->current, district->successor, JP_DISTRICT_CODE_LENGTH);
    }

  return NULL;
}

/**
 * jp_district_check:
 * @code: the district of a school or a training ground
 *
 * Checks that @code is a division of the city with a code of today. Not for identity numbers,
 * which may come from everywhere and from every time.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_district_check (const char *code)
{
  g_return_val_if_fail (code != NULL, JP_PROBLEM_REQUIRED);

  if (code[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (strlen (code) != JP_DISTRICT_CODE_LENGTH ||
      strspn (code, "0123456789") != JP_DISTRICT_CODE_LENGTH)
    return JP_PROBLEM_DISTRICT_FORM;

  const Districts *districts = get_districts ();

  if (find (districts->current, code, JP_DISTRICT_CODE_LENGTH) != NULL)
    return JP_PROBLEM_NONE;

  return find (districts->former, code, JP_DISTRICT_CODE_LENGTH) != NULL
           ? JP_PROBLEM_DISTRICT_FORMER
           : JP_PROBLEM_DISTRICT_UNKNOWN;
}

/**
 * jp_district_dup_region_name:
 * @region: the first six digits of an identity number
 *
 * Returns: (transfer full) (nullable): where it comes from, in Chinese: the name the division has
 *   today, or the former name if nothing took its place; %NULL if it is not a division of the city
 */
char *
jp_district_dup_region_name (const char *region)
{
  g_return_val_if_fail (region != NULL, NULL);

  const JpDistrict *district = jp_district_lookup (region);

  if (district == NULL)
    return NULL;

  if (district->successor != NULL)
    district = jp_district_lookup (district->successor);

  return district != NULL ? g_strdup (district->name) : NULL;
}
