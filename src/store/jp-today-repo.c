/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-repo.h"

#include "jp-codes.h"
#include "jp-lookup.h"
#include "jp-op-repo.h"

/* The dates that the page warns of. */
static const JpFieldId expiry_fields[] = {
  JP_COACH_PERMIT_UNTIL,
  JP_COACH_LICENCE_UNTIL,
  JP_VEHICLE_INSPECTED_UNTIL,
  JP_VEHICLE_INSURED_UNTIL,
};

/**
 * jp_today_repo_free:
 * @self: (nullable) (transfer full): what the page shows
 */
void
jp_today_repo_free (JpToday *self)
{
  if (self == NULL)
    return;

  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    g_strfreev (self->lists[i].names);
  g_clear_pointer (&self->expiries, g_ptr_array_unref);
  g_free (self);
}

static void
expiry_free (gpointer data)
{
  JpTodayExpiry *expiry = data;

  g_free (expiry->title);
  g_free (expiry);
}

static JpQuery *
query_code (JpKind kind, JpFieldId field, int value, JpFieldId order)
{
  JpQuery *query = jp_query_new (kind);

  jp_query_where_code (query, field, JP_QUERY_EQUAL, value);
  jp_query_set_order (query, order, FALSE);
  return query;
}

static JpQuery *
query_answers (void)
{
  JpQuery *query = jp_query_new (JP_KIND_DISPUTE);

  jp_query_where_set (query, JP_DISPUTE_DECIDED_AT, TRUE);
  jp_query_where_set (query, JP_DISPUTE_READ_AT, FALSE);
  jp_query_set_order (query, JP_DISPUTE_DECIDED_AT, FALSE);
  return query;
}

/**
 * jp_today_repo_new_query:
 * @task: a work-list
 *
 * Returns: (transfer full): the question behind it: a page that opens it shows the same rows
 */
JpQuery *
jp_today_repo_new_query (JpTodayTask task)
{
  switch (task)
    {
    case JP_TODAY_ENROLMENTS:
      return query_code (JP_KIND_ENROLMENT, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN,
                         JP_ENROLMENT_ASKED_AT);
    case JP_TODAY_UNSIGNED:
      return query_code (JP_KIND_CONTRACT, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_OFFERED,
                         JP_CONTRACT_OFFERED_AT);
    case JP_TODAY_UNPAID:
      return query_code (JP_KIND_CONTRACT, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_SIGNED,
                         JP_CONTRACT_SIGNED_AT);
    case JP_TODAY_COMPLAINTS:
      return query_code (JP_KIND_COMPLAINT, JP_COMPLAINT_STATE, 0, JP_COMPLAINT_DUE_ON);
    case JP_TODAY_CONFLICTS:
      return query_code (JP_KIND_CONFLICT, JP_CONFLICT_STATE, JP_CONFLICT_STATE_OPEN,
                         JP_CONFLICT_HAPPENED_AT);
    case JP_TODAY_STATEMENTS:
      return query_code (JP_KIND_STATEMENT, JP_STATEMENT_STATE, JP_STATEMENT_STATE_ISSUED,
                         JP_STATEMENT_PERIOD_FROM);
    case JP_TODAY_REFUNDS:
      return query_code (JP_KIND_REFUND, JP_REFUND_STATE, JP_REQUEST_STATE_PENDING,
                         JP_REFUND_ASKED_ON);
    case JP_TODAY_ANSWERS:
      return query_answers ();
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
dup_name (JpVault *vault, JpRecord *record, char **out_name, GError **error)
{
  const JpId *trainee = NULL;

  if (jp_record_get_kind (record) == JP_KIND_CONTRACT)
    trainee = jp_record_get_ref (record, JP_CONTRACT_TRAINEE);
  else if (jp_record_get_kind (record) == JP_KIND_REFUND)
    trainee = jp_record_get_ref (record, JP_REFUND_TRAINEE);

  if (trainee != NULL)
    return jp_lookup_title (vault, JP_KIND_TRAINEE, trainee, out_name, error);

  *out_name = g_strdup (jp_record_get_title (record));
  return TRUE;
}

static gint64
waits_since_us (JpRecord *record, JpFieldId order)
{
  if (!jp_record_has (record, order))
    return jp_record_get_head (record)->created_at_us;
  if (jp_field_get (order)->type == JP_FIELD_DATE)
    return jp_date_to_instant (jp_record_get_date (record, order), 0, 0);
  return jp_record_get_integer (record, order);
}

static gboolean
read_list (JpVault *vault, JpTodayTask task, JpTodayList *list, GError **error)
{
  g_autoptr (JpQuery) query = jp_today_repo_new_query (task);
  g_autoptr (GPtrArray) oldest = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JpFieldId order = 0;
  gboolean  descending = FALSE;

  jp_query_get_order (query, &order, &descending);
  if (!jp_query_count (vault, query, &list->count, error))
    return FALSE;
  jp_query_set_limit (query, JP_TODAY_NAMES);
  oldest = jp_query_fetch_all (vault, query, error);
  if (oldest == NULL)
    return FALSE;

  for (guint i = 0; i < oldest->len; i++)
    {
      g_autofree char *name = NULL;

      if (i == 0)
        list->oldest_us = waits_since_us (oldest->pdata[i], order);
      if (!dup_name (vault, oldest->pdata[i], &name, error))
        return FALSE;
      if (*name != '\0')
        g_strv_builder_add (names, name);
    }

  list->names = g_strv_builder_end (names);
  return TRUE;
}

static int
compare_expiries (gconstpointer a, gconstpointer b)
{
  const JpTodayExpiry *one = *(const JpTodayExpiry *const *)a;
  const JpTodayExpiry *two = *(const JpTodayExpiry *const *)b;

  return one->date - two->date;
}

static void
narrow_to_active (JpQuery *query)
{
  if (jp_query_get_kind (query) == JP_KIND_COACH)
    jp_query_where_text (query, JP_COACH_EMPLOY_STATUS, JP_QUERY_EQUAL, "employed");
  else
    jp_query_where_text (query, JP_VEHICLE_STATUS, JP_QUERY_EQUAL, "in-use");
}

static gboolean
read_expiries (JpVault *vault, JpToday *today, GError **error)
{
  JpDate limit = jp_date_add_days (jp_vault_today (vault), JP_TODAY_EXPIRY_DAYS);

  for (gsize i = 0; i < G_N_ELEMENTS (expiry_fields); i++)
    {
      g_autoptr (JpQuery) query = jp_query_new (JP_FIELD_KIND (expiry_fields[i]));
      g_autoptr (GPtrArray) records = NULL;

      jp_query_where_integer (query, expiry_fields[i], JP_QUERY_LESS, limit);
      narrow_to_active (query);
      records = jp_query_fetch_all (vault, query, error);
      if (records == NULL)
        return FALSE;

      for (guint j = 0; j < records->len; j++)
        {
          JpTodayExpiry *expiry = g_new0 (JpTodayExpiry, 1);

          expiry->kind = JP_FIELD_KIND (expiry_fields[i]);
          expiry->id = *jp_record_get_id (records->pdata[j]);
          expiry->title = g_strdup (jp_record_get_title (records->pdata[j]));
          expiry->field = expiry_fields[i];
          expiry->date = jp_record_get_date (records->pdata[j], expiry_fields[i]);
          g_ptr_array_add (today->expiries, expiry);
        }
    }

  g_ptr_array_sort (today->expiries, compare_expiries);
  return TRUE;
}

static gboolean
sum_contracts (JpVault *vault, JpFieldId field, gint64 *out_sum, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);

  return jp_query_sum (vault, query, field, out_sum, error);
}

static gboolean
sum_lines (JpVault    *vault,
           const char *kind,
           JpDate      from,
           JpDate      to,
           gint64     *out_sum,
           GError    **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT_LINE);

  jp_query_where_text (query, JP_STATEMENT_LINE_KIND, JP_QUERY_EQUAL, kind);
  jp_query_where_integer (query, JP_STATEMENT_LINE_PAID_AT, JP_QUERY_AT_LEAST,
                          jp_date_to_instant (from, 0, 0));
  jp_query_where_integer (query, JP_STATEMENT_LINE_PAID_AT, JP_QUERY_LESS,
                          jp_date_to_instant (to, 0, 0));
  return jp_query_sum (vault, query, JP_STATEMENT_LINE_AMOUNT, out_sum, error);
}

static JpDate
first_of_month (JpDate date, int months_back)
{
  int month = jp_date_get_year (date) * 12 + jp_date_get_month (date) - 1 - months_back;

  return jp_date_new (month / 12, month % 12 + 1, 1);
}

static gboolean
read_money (JpVault *vault, JpToday *today, GError **error)
{
  gint64 paid = 0;
  gint64 released = 0;
  gint64 refunded = 0;
  JpDate date = jp_vault_today (vault);

  if (!sum_contracts (vault, JP_CONTRACT_PAID, &paid, error) ||
      !sum_contracts (vault, JP_CONTRACT_RELEASED, &released, error) ||
      !sum_contracts (vault, JP_CONTRACT_REFUNDED, &refunded, error))
    return FALSE;
  today->in_custody_fen = paid - released - refunded;

  for (int i = 0; i < JP_TODAY_MONTHS; i++)
    {
      JpDate from = first_of_month (date, JP_TODAY_MONTHS - 1 - i);
      JpDate to = first_of_month (date, JP_TODAY_MONTHS - 2 - i);

      today->months[i].month = from;
      if (!sum_lines (vault, "release", from, to, &today->months[i].released_fen, error) ||
          !sum_lines (vault, "refund", from, to, &today->months[i].refunded_fen, error))
        return FALSE;
    }

  today->released_month_fen = today->months[JP_TODAY_MONTHS - 1].released_fen;
  return TRUE;
}

static gboolean
read_yesterday (JpVault *vault, JpToday *today, GError **error)
{
  JpDate date = jp_vault_today (vault);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINING_SESSION);

  jp_query_where_integer (query, JP_TRAINING_SESSION_STARTED_AT, JP_QUERY_AT_LEAST,
                          jp_date_to_instant (jp_date_add_days (date, -1), 0, 0));
  jp_query_where_integer (query, JP_TRAINING_SESSION_STARTED_AT, JP_QUERY_LESS,
                          jp_date_to_instant (date, 0, 0));
  return jp_query_count (vault, query, &today->yesterday_sessions, error) &&
         jp_query_sum (vault, query, JP_TRAINING_SESSION_DURATION, &today->yesterday_minutes,
                       error) &&
         jp_query_sum (vault, query, JP_TRAINING_SESSION_VALID_MINUTES,
                       &today->yesterday_valid_minutes, error);
}

/**
 * jp_today_repo_read:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): everything the page Today shows, or %NULL with an error
 */
JpToday *
jp_today_repo_read (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpToday) today = g_new0 (JpToday, 1);

  today->expiries = g_ptr_array_new_with_free_func (expiry_free);
  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    if (!read_list (vault, (JpTodayTask)i, &today->lists[i], error))
      return NULL;

  if (!read_expiries (vault, today, error) || !read_money (vault, today, error) ||
      !read_yesterday (vault, today, error) ||
      !jp_op_repo_count_waiting (vault, &today->waiting_ops, &today->oldest_op_us, error))
    return NULL;
  return g_steal_pointer (&today);
}
