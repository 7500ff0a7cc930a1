/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-hours.h"

#include "jp-curriculum.h"

/* The newest curriculum, read once: every visible cell of the roster asks for its hours. */
static JpCurriculum *
get_curriculum (void)
{
  static JpCurriculum *curriculum = NULL;
  static gsize         initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      curriculum = jp_curriculum_new_for_date (JP_DATE_MAX, NULL); /* none: hours are unknown */
      g_once_init_leave (&initialized, 1);
    }
  return curriculum;
}

static gpointer
load_call (JpVault *vault, gpointer data, GError **error)
{
  get_curriculum ();
  return NULL;
}

/**
 * jp_trainee_hours_load:
 * @store: an open store
 *
 * Has the curriculum read on the reader's thread, before the first cell asks for it: that takes
 * 1.5 ms, and the main thread is busy with the window.
 */
void
jp_trainee_hours_load (JpStore *store)
{
  g_return_if_fail (JP_IS_STORE (store));

  JpStoreCall call = { load_call, NULL, NULL, NULL, 0 };

  jp_store_read_async (store, &call, NULL, NULL, NULL);
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

  JpCurriculum      *curriculum = get_curriculum ();
  JpCurriculumNumber number = { 0 };

  if (curriculum == NULL || !jp_curriculum_get_minutes (curriculum, licence_type, part, &number))
    return JP_CURRICULUM_UNKNOWN;
  return number.value;
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
