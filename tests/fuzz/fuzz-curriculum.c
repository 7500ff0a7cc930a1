/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-curriculum.h"
#include "jp-model-error.h"

#include "jp-fuzz.h"

static void
use (JpCurriculum *curriculum)
{
  const char *const *types = jp_curriculum_get_licence_types (curriculum);

  for (guint i = 0; types[i] != NULL; i++)
    {
      JpCurriculumNumber number = { 0 };

      for (int part = JP_CURRICULUM_TOTAL; part <= JP_CURRICULUM_N_PARTS; part++)
        {
          g_assert_true (jp_curriculum_get_minutes (curriculum, types[i], part, &number));
          g_assert_cmpint (number.value, >=, JP_CURRICULUM_UNKNOWN);
          g_assert_cmpint (number.value, <=, JP_CURRICULUM_MAX_MINUTES);
          g_assert_cmpint (number.value == JP_CURRICULUM_UNKNOWN, ==,
                           number.state == JP_DATA_STATE_TO_CONFIRM);
        }
    }

  for (gint64 minutes = 0; minutes <= 240; minutes += 60)
    {
      gint64 counted = jp_curriculum_recognise_minutes (curriculum, minutes, minutes * 2 / 3);

      g_assert_cmpint (counted, >=, 0);
      g_assert_cmpint (counted, <=, minutes);
    }
}

/* Whatever is in a curriculum file: it is refused with a place and a reason, or every number of it
 * keeps to its bounds. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_bytes ("fuzz.json", bytes, &error);

  if (curriculum != NULL)
    {
      use (curriculum);
      return 0;
    }

  g_assert_true (error->domain == JP_MODEL_ERROR);
  g_assert_true (g_str_has_prefix (error->message, "fuzz.json:"));
  return 0;
}
