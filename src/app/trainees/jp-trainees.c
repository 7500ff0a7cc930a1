/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainees.h"

#include "jp-codes.h"
#include "jp-trainee-contract.h"
#include "jp-trainee-detail.h"
#include "jp-trainee-enrol.h"
#include "jp-trainee-hours.h"

#include <glib/gi18n-lib.h>

#define NUMBER_TAIL_CHARS 5

static void
bind_number (JpRow *row, JpCell *cell)
{
  const char *number = jp_record_get_text (jp_row_get_record (row), JP_TRAINEE_NUMBER);

  if (number == NULL)
    return;
  if (jp_text_length (number) > NUMBER_TAIL_CHARS)
    jp_cell_take_text (cell, g_strconcat ("…", number + strlen (number) - NUMBER_TAIL_CHARS, NULL));
  else
    jp_cell_set_text (cell, number);
  jp_cell_take_tooltip (cell, g_strdup (number));
}

static void
bind_licence (JpRow *row, JpCell *cell)
{
  const char *type = jp_record_get_text (jp_row_get_record (row), JP_TRAINEE_LICENCE_TYPE);

  if (type != NULL)
    jp_cell_set_pill (cell, type, JP_TINT_MUTE);
}

static void
bind_progress (JpRow *row, JpCell *cell)
{
  JpRecord   *record = jp_row_get_record (row);
  const char *type = jp_record_get_text (record, JP_TRAINEE_LICENCE_TYPE);
  guint16     permille[JP_TRAINEE_HOURS_PARTS] = { 0 };

  for (int part = 1; type != NULL && part <= JP_TRAINEE_HOURS_PARTS; part++)
    {
      gint64 required = jp_trainee_hours_get_required (type, part);
      gint64 valid = jp_trainee_hours_get_valid (record, part);

      if (required > 0)
        permille[part - 1] =
          (guint16)MIN (valid * JP_PROGRESS_STRIP_ALL / required, JP_PROGRESS_STRIP_ALL);
      else if (valid > 0)
        permille[part - 1] = JP_PROGRESS_STRIP_ALL / 2; /* begun; how much is asked is not known */
    }
  jp_cell_set_strip (cell, permille, JP_TRAINEE_HOURS_PARTS);
}

static void
bind_hours (JpRow *row, JpCell *cell)
{
  JpRecord        *record = jp_row_get_record (row);
  gint64           required = jp_record_get_integer (record, JP_TRAINEE_REQUIRED_MINUTES);
  g_autofree char *valid =
    jp_minutes_format_hours (jp_record_get_integer (record, JP_TRAINEE_VALID_MINUTES));

  if (required > 0)
    jp_cell_take_text (cell, g_strdup_printf ("%s / %" G_GINT64_FORMAT, valid, required / 60));
  else
    jp_cell_set_text (cell, valid);
}

static const JpRecordsColumn columns[] = {
  { "name", JP_TRAINEE_NAME, NULL, 9, JP_COLUMN_TEXT, TRUE, NULL },
  { "number", JP_TRAINEE_NUMBER, NC_ ("column", "Number"), 8, JP_COLUMN_TEXT, FALSE, bind_number,
    3 },
  { "licence", JP_TRAINEE_LICENCE_TYPE, NC_ ("column", "Type"), 5, JP_COLUMN_PILL, FALSE,
    bind_licence, 4 },
  { "tier", JP_TRAINEE_CLASS_TIER, NC_ ("column", "Class tier"), 10, JP_COLUMN_TEXT, FALSE, NULL,
    2 },
  { "progress", JP_TRAINEE_EXAMS_PASSED, NC_ ("column", "Progress"), 15, JP_COLUMN_STRIP, FALSE,
    bind_progress, 5 },
  { "hours", JP_TRAINEE_VALID_MINUTES, NC_ ("column", "Valid hours"), 10, JP_COLUMN_NUMBER, FALSE,
    bind_hours },
  { "status", JP_TRAINEE_STATUS, NULL, 9, JP_COLUMN_PILL, FALSE, NULL },
  { "coach", JP_TRAINEE_COACH, NULL, 8, JP_COLUMN_TEXT, FALSE, NULL, 1 },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "training", NC_ ("view", "In training"), JP_TRAINEE_STATUS, "training" },
  { "unsigned", NC_ ("view", "No contract yet"), JP_TRAINEE_STATUS, "enrolled" },
  { "graduated", NC_ ("view", "Graduated"), JP_TRAINEE_STATUS, "graduated" },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsAction actions[] = {
  { "draft", NC_ ("button", "Contract"), jp_trainee_contract_open },
};

static const JpRecordsSpec spec = {
  .place = "trainees",
  .kind = JP_KIND_TRAINEE,
  .primary = NC_ ("button", "New Trainee"),
  .can_edit = TRUE,
  .can_delete = TRUE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_TRAINEE_APPLIED_ON,
  .descending = TRUE,
  .empty_icon = "system-users-symbolic",
  .empty_title = N_ ("No trainees yet"),
  .empty_text = N_ ("Enrol the first one with Ctrl+N, or import the roster of a spreadsheet."),
  .new_detail = jp_trainee_detail_new,
  .make_new = jp_trainee_enrol,
  .actions = actions,
  .n_actions = G_N_ELEMENTS (actions),
};

/**
 * jp_trainees_get_spec:
 *
 * Returns: (transfer none): the page Trainees
 */
const JpRecordsSpec *
jp_trainees_get_spec (void)
{
  return &spec;
}
