/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-actor-private.h"

#include "jp-check-id.h"

#include <glib/gi18n.h>

/* People who come and people who go. All of them are made up. */

#define MIN_AGE_YEARS   18
#define AGE_SPAN_DAYS   (30 * 365)
#define DAYS_PER_YEAR   365
#define MAX_SEQUENCE    999
#define DEFAULT_LICENCE "C1"

static char *
make_name (JpActor *self)
{
  static const char *const families[] = {
    "王", "李", "张", "刘", "陈", "孔", "曹", "欧阳", "尉迟"
  };
  static const char *const given[] = { "子轩", "雨桐", "建国", "秀英", "浩然",
                                       "静",   "磊",   "思远", "文博", "佳怡" };

  return g_strconcat (families[jp_id_source_below (self->host.random, G_N_ELEMENTS (families))],
                      given[jp_id_source_below (self->host.random, G_N_ELEMENTS (given))], NULL);
}

/* Of somebody old enough, with a right last digit. */
static char *
make_id_number (JpActor *self, JpDate today)
{
  int days = (MIN_AGE_YEARS + 1) * DAYS_PER_YEAR +
             (int)jp_id_source_below (self->host.random, AGE_SPAN_DAYS);
  JpDate           birth = jp_date_add_days (today, -days);
  guint            sequence = 1 + jp_id_source_below (self->host.random, MAX_SEQUENCE);
  g_autofree char *body = g_strdup_printf ("371702%08d%03u", birth, sequence);

  return g_strdup_printf ("%s%c", body, jp_check_id_compute_last (body));
}

static char *
make_phone (JpActor *self)
{
  return g_strdup_printf ("139%08u", jp_id_source_below (self->host.random, 100000000));
}

static char *
make_key (JpActor *self)
{
  JpId id = jp_id_source_next (self->host.random);

  return jp_id_dup_text (&id);
}

static gboolean
read_today (JpActor *self, JpDate *out_today, GError **error)
{
  g_autoptr (JsonObject) hello = jp_actor_link_get (self->link, NULL, "/v1/hello", error);

  if (hello == NULL)
    return FALSE;
  *out_today = jp_date_from_instant (jp_actor_read_integer (hello, "now"));
  return TRUE;
}

/**
 * jp_actor_enrol: (skip)
 * @self: an actor
 * @options: which school, which licence type
 * @error: return location
 *
 * Somebody wants to learn at the school, and asks on the platform.
 *
 * Returns: whether the enrolment is taken in
 */
gboolean
jp_actor_enrol (JpActor *self, const JpActorOptions *options, GError **error)
{
  JpDate           today = JP_DATE_NONE;
  JsonBuilder     *body = NULL;
  g_autofree char *name = make_name (self);
  g_autofree char *phone = make_phone (self);
  g_autofree char *key = make_key (self);
  g_autofree char *number = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (options->school == NULL)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           _ ("This step needs --school."));
      return FALSE;
    }
  if (!read_today (self, &today, error))
    return FALSE;
  number = make_id_number (self, today);
  body = jp_actor_new_body ();
  jp_actor_set_text (body, "school", options->school);
  jp_actor_set_text (body, "name", name);
  jp_actor_set_text (body, "id_number", number);
  jp_actor_set_text (body, "phone", phone);
  jp_actor_set_text (body, "licence_type",
                     options->licence != NULL ? options->licence : DEFAULT_LICENCE);
  jp_actor_set_text (body, "key", key);
  answer =
    jp_actor_link_post (self->link, NULL, "/v1/public/enrolments", jp_actor_end_body (body), error);
  if (answer == NULL)
    return FALSE;
  jp_actor_tell (self, _ ("%s has enrolled on the platform"), name);
  return TRUE;
}

static gboolean
decide_all (JpActor              *self,
            const JpActorOptions *options,
            const char           *what,
            guint                *out_n,
            GError              **error)
{
  g_autofree char *base = g_strconcat ("/v1/public/reviews/", what, NULL);
  g_autofree char *path = jp_actor_dup_query (base, &(JpActorOptions){ .school = options->school });
  g_autoptr (JsonObject) list = jp_actor_get (self, JP_PUBLIC_REVIEWER, path, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < jp_actor_get_length (list, what); i++)
    {
      JsonObject  *row = jp_actor_get_element (list, what, i);
      JsonBuilder *body = jp_actor_new_body ();
      g_autoptr (GError) refusal = NULL;
      g_autoptr (JsonObject) answer = NULL;

      jp_actor_set_text (body, "id", jp_actor_read_text (row, "id"));
      json_builder_set_member_name (body, "approve");
      json_builder_add_boolean_value (body, TRUE);
      answer = jp_actor_post (self, JP_PUBLIC_REVIEWER, base, body, &refusal);
      if (answer != NULL)
        (*out_n)++;
      else if (refusal->domain == JP_PLATFORM_ERROR)
        jp_actor_tell (self, _ ("%s: refused: %s"), jp_actor_read_text (row, "contract_no"),
                       refusal->message);
      else
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  return TRUE;
}

/* --- disputes --- */

static JsonObject *
post_step (JpActor *self, const char *id, const char *step, const char *answer, GError **error)
{
  JsonBuilder *body = jp_actor_new_body ();

  jp_actor_set_text (body, "id", id);
  jp_actor_set_text (body, "step", step);
  if (answer != NULL)
    jp_actor_set_text (body, "answer", answer);
  return jp_actor_post (self, JP_PUBLIC_REVIEWER, "/v1/public/reviews/disputes", body, error);
}

/* The reviewer follows the platform's own evaluator, and answers with its sentence. */
static JsonObject *
decide_one (JpActor *self, JsonObject *row, GError **error)
{
  JsonObject *finding = jp_json_get_object (row, "finding", NULL);
  const char *id = jp_actor_read_text (row, "id");
  const char *verdict = finding != NULL ? jp_actor_read_text (finding, "verdict") : NULL;
  const char *sentence = finding != NULL ? jp_actor_read_text (finding, "sentence") : NULL;
  gboolean    is_right = verdict == NULL || strcmp (verdict, "matches") == 0 ||
                      strcmp (verdict, "early") == 0 || strcmp (verdict, "unexplained") == 0;

  if (strcmp (jp_actor_read_text (row, "state"), "sent") == 0)
    return post_step (self, id, "review", NULL, error);
  return post_step (self, id, is_right ? "reject" : "uphold",
                    sentence != NULL ? sentence : _ ("The platform has no such line."), error);
}

/**
 * jp_actor_answer: (skip)
 * @self: an actor
 * @options: which school; all of them if none is named
 * @error: return location
 *
 * The reviewer opens the disputes that have come, and decides those that were opened before. What
 * cannot be decided is told.
 *
 * Returns: whether the platform answered
 */
gboolean
jp_actor_answer (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_autofree char *path = jp_actor_dup_query ("/v1/public/reviews/disputes",
                                              &(JpActorOptions){ .school = options->school });
  g_autoptr (JsonObject) list = jp_actor_get (self, JP_PUBLIC_REVIEWER, path, error);
  guint n_rows = list != NULL ? jp_actor_get_length (list, "disputes") : 0;
  guint n_done = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      JsonObject *row = jp_actor_get_element (list, "disputes", i);
      g_autoptr (GError) refusal = NULL;
      g_autoptr (JsonObject) answer = decide_one (self, row, &refusal);

      if (answer == NULL && refusal->domain != JP_PLATFORM_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      if (answer == NULL)
        jp_actor_tell (self, _ ("%s: refused: %s"), jp_actor_read_text (row, "contract_no"),
                       refusal->message);
      n_done += answer != NULL;
    }
  if (list != NULL)
    jp_actor_tell (self, _ ("disputes opened or answered: %u"), n_done);
  return list != NULL;
}

/**
 * jp_actor_decide: (skip)
 * @self: an actor
 * @options: which school; all of them if none is named
 * @error: return location
 *
 * The reviewer grants the withdrawals and transfers that wait. What cannot be decided yet is told.
 *
 * Returns: whether the platform answered
 */
gboolean
jp_actor_decide (JpActor *self, const JpActorOptions *options, GError **error)
{
  guint n_refunds = 0;
  guint n_transfers = 0;

  if (!decide_all (self, options, "refunds", &n_refunds, error) ||
      !decide_all (self, options, "transfers", &n_transfers, error))
    return FALSE;
  jp_actor_tell (self, _ ("granted: withdrawals %u, transfers %u"), n_refunds, n_transfers);
  return TRUE;
}
