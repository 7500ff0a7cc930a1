/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-actor-private.h"

#include <glib/gi18n.h>

/* A day of a school: some sign, some pay, some train, the reviewer works, and on the first of the
 * month the bank settles. */

#define MAX_SIGNED        3
#define MAX_PAID          3
#define N_TRAINING        4
#define MORNING_HOUR      8
#define LIST_ROWS         40
#define SUSPICIOUS_ONE_IN 8
#define ENROL_ONE_IN      2

/* Runs a step for some contracts in a state; a refusal is told and does not stop the day. */
static gboolean
do_for_some (JpActor              *self,
             const JpActorOptions *options,
             const char           *status,
             const char           *step,
             guint                 n_most,
             GError              **error)
{
  g_autofree char *query =
    g_strdup_printf ("/v1/public/contracts?status=%s&limit=%d", status, LIST_ROWS);
  g_autofree char *path =
    jp_actor_dup_query (query, &(JpActorOptions){ .school = options->school });
  g_autoptr (JsonObject) list = jp_actor_get (self, JP_PUBLIC_TERMINAL, path, error);
  guint n_rows = list != NULL ? jp_actor_get_length (list, "contracts") : 0;

  for (guint i = 0; i < MIN (n_most, n_rows); i++)
    {
      guint       index = jp_id_source_below (self->host.random, n_rows);
      JsonObject *row = jp_actor_get_element (list, "contracts", index);
      g_autoptr (GError) refusal = NULL;
      JpActorOptions one = {
        .contract = (char *)jp_actor_read_text (row, "contract_no"),
        .school = (char *)jp_actor_read_text (row, "school"),
        .minutes = options->minutes,
        .suspicious = jp_id_source_below (self->host.random, SUSPICIOUS_ONE_IN) == 0,
      };

      if (jp_actor_do (self, step, &one, &refusal))
        continue;
      if (refusal->domain != JP_PLATFORM_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      jp_actor_tell (self, _ ("%s: refused: %s"), one.contract, refusal->message);
    }
  return list != NULL;
}

static gboolean
settle_on_the_first (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_autoptr (JsonObject) hello = jp_actor_link_get (self->link, NULL, "/v1/hello", error);
  JpDate today = JP_DATE_NONE;

  if (hello == NULL)
    return FALSE;
  today = jp_date_from_instant (jp_actor_read_integer (hello, "now"));
  return options->school == NULL || jp_date_get_day (today) != 1 ||
         jp_actor_settle (self, options, error);
}

/**
 * jp_actor_sleep:
 * @self: an actor
 * @error: return location for an error of the network
 *
 * Lets the night go by until eight in the morning; where days do not go by when asked, it stays as
 * late as it is.
 *
 * Returns: whether the platform could be reached
 */
gboolean
jp_actor_sleep (JpActor *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr (JsonObject) hello = jp_actor_link_get (self->link, NULL, "/v1/hello", error);
  g_autoptr (GError) refusal = NULL;
  gint64 now_us = 0;
  JpDate tomorrow = JP_DATE_NONE;

  if (hello == NULL)
    return FALSE;
  now_us = jp_actor_read_integer (hello, "now");
  tomorrow = jp_date_add_days (jp_date_from_instant (now_us), 1);
  if (jp_actor_advance (self, jp_date_to_instant (tomorrow, MORNING_HOUR, 0), now_us, &refusal) ||
      g_error_matches (refusal, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/**
 * jp_actor_play_round:
 * @self: an actor
 * @options: which school; all of them if none is named
 * @error: return location for an error of the network
 *
 * Plays a day. What the platform refuses is told and does not stop it.
 *
 * Returns: whether the platform could be reached
 */
gboolean
jp_actor_play_round (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  const JpActorOptions day = {
    .school = options->school,
    .minutes = 60 * (1 + (int)jp_id_source_below (self->host.random, 4)),
  };

  if (options->school != NULL && jp_id_source_below (self->host.random, ENROL_ONE_IN) == 0 &&
      !jp_actor_enrol (self, options, error))
    return FALSE;
  return do_for_some (self, &day, "offered", "sign", MAX_SIGNED, error) &&
         do_for_some (self, &day, "signed", "pay", MAX_PAID, error) &&
         do_for_some (self, &day, "paid", "train", N_TRAINING, error) &&
         jp_actor_review (self, &(JpActorOptions){ .school = options->school }, error) &&
         do_for_some (self, &day, "paid", "exam", 1, error) &&
         jp_actor_decide (self, &(JpActorOptions){ .school = options->school }, error) &&
         jp_actor_answer (self, &(JpActorOptions){ .school = options->school }, error) &&
         settle_on_the_first (self, options, error);
}
