/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-hours.h"

#include "jp-codes.h"

#include <glib/gi18n-lib.h>

static const JpRecordsColumn columns[] = {
  { "started", JP_TRAINING_SESSION_STARTED_AT, NULL, 11, JP_COLUMN_TEXT, FALSE, NULL },
  { "trainee", JP_TRAINING_SESSION_TRAINEE, NULL, 9, JP_COLUMN_TEXT, TRUE, NULL },
  { "part", JP_TRAINING_SESSION_PART, NULL, 7, JP_COLUMN_TEXT, FALSE, NULL },
  { "method", JP_TRAINING_SESSION_METHOD, NULL, 7, JP_COLUMN_TEXT, FALSE, NULL, 1 },
  { "coach", JP_TRAINING_SESSION_COACH, NULL, 8, JP_COLUMN_TEXT, FALSE, NULL, 3 },
  { "vehicle", JP_TRAINING_SESSION_VEHICLE, NULL, 9, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "duration", JP_TRAINING_SESSION_DURATION, NULL, 8, JP_COLUMN_NUMBER, FALSE, NULL, 4 },
  { "valid", JP_TRAINING_SESSION_VALID_MINUTES, NULL, 8, JP_COLUMN_NUMBER, FALSE, NULL },
  { "state", JP_TRAINING_SESSION_STATE, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "pending", NC_ ("view", "To be reviewed"), JP_TRAINING_SESSION_STATE, "pending" },
  { "valid", NC_ ("view", "Valid"), JP_TRAINING_SESSION_STATE, "valid" },
  { "partial", NC_ ("view", "Partly valid"), JP_TRAINING_SESSION_STATE, "partial" },
  { "void", NC_ ("view", "Void"), JP_TRAINING_SESSION_STATE, "void" },
};

static const JpRecordsSpec spec = {
  .place = "hours",
  .kind = JP_KIND_TRAINING_SESSION,
  .can_edit = FALSE,
  .can_delete = FALSE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_TRAINING_SESSION_STARTED_AT,
  .descending = TRUE,
  .empty_icon = "jp-hours-symbolic",
  .empty_title = N_ ("No training sessions yet"),
  .empty_text =
    N_ ("Terminals record them, the platform judges them; they come with the next sync."),
};

/**
 * jp_hours_get_spec:
 *
 * Returns: (transfer none): the page Hours
 */
const JpRecordsSpec *
jp_hours_get_spec (void)
{
  return &spec;
}
