/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-hours.h"

#include "jp-curriculum.h"

/* The hours of a licence type, looked up for every visible cell of the roster. */
static GHashTable *
get_table (void)
{
  static GHashTable *table = NULL;

  if (table == NULL)
    table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return table;
}

static gint64 *
read_minutes (const char *licence_type)
{
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_for_date (JP_DATE_MAX, NULL);
  gint64 *minutes = g_new0 (gint64, JP_TRAINEE_HOURS_PARTS + 1);

  for (int part = 1; part <= JP_TRAINEE_HOURS_PARTS; part++)
    {
      JpCurriculumNumber number = { 0 };

      minutes[part] = JP_CURRICULUM_UNKNOWN;
      if (curriculum != NULL && jp_curriculum_get_minutes (curriculum, licence_type, part, &number))
        minutes[part] = number.value;
    }
  return minutes;
}

/**
 * jp_trainee_hours_get_required:
 * @licence_type: a licence type
 * @part: 1 … 4
 *
 * Main thread.
 *
 * Returns: minutes that the newest curriculum asks for, or %JP_CURRICULUM_UNKNOWN
 */
gint64
jp_trainee_hours_get_required (const char *licence_type, int part)
{
  g_return_val_if_fail (licence_type != NULL, JP_CURRICULUM_UNKNOWN);
  g_return_val_if_fail (part >= 1 && part <= JP_TRAINEE_HOURS_PARTS, JP_CURRICULUM_UNKNOWN);

  gint64 *minutes = g_hash_table_lookup (get_table (), licence_type);

  if (minutes == NULL)
    {
      minutes = read_minutes (licence_type);
      g_hash_table_insert (get_table (), g_strdup (licence_type), minutes);
    }
  return minutes[part];
}

/**
 * jp_trainee_hours_get_valid:
 * @trainee: a trainee
 * @part: 1 … 4
 *
 * Returns: valid minutes of the part as the platform counts them
 */
gint64
jp_trainee_hours_get_valid (JpRecord *trainee, int part)
{
  static const JpFieldId fields[] = { 0, JP_TRAINEE_PART1_MINUTES, JP_TRAINEE_PART2_MINUTES,
                                      JP_TRAINEE_PART3_MINUTES, JP_TRAINEE_PART4_MINUTES };

  g_return_val_if_fail (trainee != NULL, 0);
  g_return_val_if_fail (part >= 1 && part <= JP_TRAINEE_HOURS_PARTS, 0);

  return jp_record_get_integer (trainee, fields[part]);
}
