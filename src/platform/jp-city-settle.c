/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-codes.h"

#define N_MONTHS     6
#define ISSUE_DAY    3 /* of the following month */
#define STRANGER_FEN 98400

/**
 * jp_city_get_stage_title:
 * @stage: stage of the demo policy
 *
 * Returns: (transfer none): its title
 */
const char *
jp_city_get_stage_title (const char *stage)
{
  if (strcmp (stage, "registration") == 0)
    return "签约";
  if (strcmp (stage, "part1") == 0)
    return "第一部分培训";
  if (strcmp (stage, "part2") == 0)
    return "第二部分培训";
  return strcmp (stage, "part3") == 0 ? "第三、四部分培训" : stage;
}

/**
 * jp_city_add_line:
 * @school: a school
 * @contract: the contract
 * @trainee_name: the name on the line
 * @movement: what moved: its kind, its stage as the policy calls it, share, amount, time and
 *   reference; the rest follows from @contract
 *
 * Keeps a movement for the statements of the school.
 */
void
jp_city_add_line (JpCitySchool     *school,
                  JpRecord         *contract,
                  const char       *trainee_name,
                  const JpCityLine *movement)
{
  JpCityLine *line = g_new0 (JpCityLine, 1);

  line->contract = *jp_record_get_id (contract);
  line->contract_no = g_strdup (jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  line->trainee = *jp_record_get_ref (contract, JP_CONTRACT_TRAINEE);
  line->trainee_name = g_strdup (trainee_name);
  line->kind = movement->kind;
  line->stage = jp_city_get_stage_title (movement->stage);
  line->share_bp = movement->share_bp;
  line->amount_fen = movement->amount_fen;
  line->paid_us = movement->paid_us;
  line->reference = g_strdup (movement->reference);
  g_ptr_array_add (school->lines, line);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const JpCityLine *one = *(const JpCityLine *const *)a;
  const JpCityLine *two = *(const JpCityLine *const *)b;

  if (one->paid_us != two->paid_us)
    return one->paid_us < two->paid_us ? -1 : 1;
  return strcmp (one->reference, two->reference);
}

static JpDate
first_of_month (JpDate date, int months_back)
{
  int month = jp_date_get_year (date) * 12 + jp_date_get_month (date) - 1 - months_back;

  return jp_date_new (month / 12, month % 12 + 1, 1);
}

/* The bank pays for a contract that does not exist. */
static gboolean
add_stranger (JpCity *city, JpCitySchool *school, GPtrArray *month, GError **error)
{
  JpBankOrder order = { .kind = JP_BANK_MISTAKE, .school = school->id, .amount_fen = STRANGER_FEN };
  g_autofree char *purpose = g_strdup_printf ("%u:mistake", school->index);
  JpCityLine      *stranger = g_new0 (JpCityLine, 1);

  g_ptr_array_add (school->lines, stranger);
  order.purpose = purpose;
  order.at_us = ((JpCityLine *)month->pdata[month->len / 2])->paid_us;
  if (!jp_bank_post (city->bank, &order, &stranger->reference, error))
    return FALSE;

  stranger->contract_no = g_strdup ("HT-0000-000-00000");
  stranger->trainee_name = g_strdup ("查无此人");
  stranger->kind = "release";
  stranger->stage = jp_city_get_stage_title ("part2");
  stranger->share_bp = 3000;
  stranger->amount_fen = order.amount_fen;
  stranger->paid_us = order.at_us;
  g_ptr_array_add (month, stranger);
  return TRUE;
}

/* The list has a line twice: one movement, one reference, two lines. */
static void
add_duplicate (JpCitySchool *school, GPtrArray *month, const JpCityLine *line)
{
  JpCityLine *copy = g_new0 (JpCityLine, 1);

  *copy = *line;
  copy->contract_no = g_strdup (line->contract_no);
  copy->trainee_name = g_strdup (line->trainee_name);
  copy->reference = g_strdup (line->reference);
  g_ptr_array_add (school->lines, copy);
  g_ptr_array_add (month, copy);
}

/* The list names somebody whom the school does not have. */
static void
rename_trainee (JpCity *city, JpCityLine *line)
{
  g_free (line->trainee_name);
  line->trainee_name = jp_city_dup_person_name (city);
  line->trainee = JP_ID_NONE;
}

/* What only the list can get wrong, beside what the bank paid wrongly (jp-city-fault.c). */
static gboolean
add_faults (JpCity *city, JpCitySchool *school, GPtrArray *month, GError **error)
{
  guint n_lines = month->len;

  if (n_lines < 4)
    return TRUE;
  add_duplicate (school, month, month->pdata[n_lines / 3]);
  rename_trainee (city, month->pdata[2 * n_lines / 3]);
  return add_stranger (city, school, month, error);
}

static gboolean
put_line (JpCity           *city,
          JpCitySchool     *school,
          const JpId       *statement,
          guint             month,
          guint             i,
          const JpCityLine *line,
          GError          **error)
{
  JpId     id = jp_city_new_id (city, "line:%u:%u:%u", school->index, month, i);
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_STATEMENT_LINE, &id, line->paid_us);

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, statement);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, i + 1);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, &line->contract);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, line->contract_no);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_TRAINEE, &line->trainee);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, line->trainee_name);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, line->kind);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, line->stage);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_SHARE, line->share_bp);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, line->amount_fen);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, line->paid_us);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, line->reference);
  return jp_city_put_only (city, &school->id, draft, error);
}

static gboolean
put_statement (JpCity       *city,
               JpCitySchool *school,
               int           months_back,
               GPtrArray    *lines,
               GError      **error)
{
  JpDate           from = first_of_month (city->today, months_back);
  JpDate           next = first_of_month (city->today, months_back - 1);
  gint64           from_us = jp_date_to_instant (from, 0, 0);
  gint64           next_us = jp_date_to_instant (next, 0, 0);
  gint64           issued_us = jp_date_to_instant (jp_date_add_days (next, ISSUE_DAY - 1), 9, 0);
  JpId             id = jp_city_new_id (city, "statement:%u:%d", school->index, (int)from);
  JpDraft         *draft = jp_city_new_draft (city, JP_KIND_STATEMENT, &id, issued_us);
  g_autofree char *number = g_strdup_printf ("JS-%04u-%06d", school->index + 1, (int)from / 100);
  gint64           total = 0;
  gint64           opening = 0;
  gint64           closing = 0;

  for (guint i = 0; i < lines->len; i++)
    total += ((JpCityLine *)lines->pdata[i])->amount_fen;
  if (!jp_bank_get_custody (city->bank, &school->id, from_us, &opening, error) ||
      !jp_bank_get_custody (city->bank, &school->id, next_us, &closing, error))
    {
      jp_draft_free (draft);
      return FALSE;
    }

  jp_draft_set_text (draft, JP_STATEMENT_NUMBER, number);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, from);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, jp_date_add_days (next, -1));
  jp_draft_set_integer (draft, JP_STATEMENT_ISSUED_AT, issued_us);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, lines->len);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, total);
  jp_draft_set_integer (draft, JP_STATEMENT_OPENING, opening);
  jp_draft_set_integer (draft, JP_STATEMENT_CLOSING, closing);
  jp_draft_set_code (draft, JP_STATEMENT_STATE,
                     months_back == JP_CITY_FAULT_MONTH ? JP_STATEMENT_STATE_ISSUED
                                                        : JP_STATEMENT_STATE_PAID);
  if (!jp_city_put_only (city, &school->id, draft, error))
    return FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      jp_platform_store_next_group (city->store);
      if (!put_line (city, school, &id, (guint)from, i, lines->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_city_settle:
 * @self: a city with an open transaction
 * @school: a school whose trainees are made
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Issues the monthly statements of the school.
 *
 * Returns: whether it worked
 */
gboolean
jp_city_settle (JpCity *self, JpCitySchool *school, GError **error)
{
  g_ptr_array_sort (school->lines, compare_lines);

  for (int months_back = N_MONTHS; months_back >= JP_CITY_FAULT_MONTH; months_back--)
    {
      gint64 from_us = jp_date_to_instant (first_of_month (self->today, months_back), 0, 0);
      gint64 to_us = jp_date_to_instant (first_of_month (self->today, months_back - 1), 0, 0);
      g_autoptr (GPtrArray) month = g_ptr_array_new ();

      if (to_us + ISSUE_DAY * JP_DAY_US > self->now_us)
        continue;
      for (guint i = 0; i < school->lines->len; i++)
        {
          JpCityLine *line = school->lines->pdata[i];

          if (line->paid_us >= from_us && line->paid_us < to_us)
            g_ptr_array_add (month, line);
        }
      if (school->with_faults && months_back == JP_CITY_FAULT_MONTH &&
          !add_faults (self, school, month, error))
        return FALSE;
      if (month->len > 0 && !put_statement (self, school, months_back, month, error))
        return FALSE;
    }

  return TRUE;
}
