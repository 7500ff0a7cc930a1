/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

#include "jp-money.h"

/* The bank pays out what the policies have earned, and tells each school what moved: a statement
 * has one line for every movement out of custody, or back into it, since the one before. So
 * opening + payments − lines = closing. */

/* Stages that are not of a policy. */
#define STAGE_REST "rest"
static const struct
{
  const char *kind;  /* of the movement */
  const char *stage; /* of the movement, or NULL for any */
  const char *line;  /* kind of the line */
  const char *title;
} titles[] = {
  { "release", STAGE_REST, "release", "退学结清" }, { "refund", NULL, "refund", "退学退费" },
  { "move", NULL, "refund", "转学转出" },           { "recall", NULL, "correction", "多拨退回" },
  { "mistake", NULL, "release", "未指明合同" },
};

#define UNKNOWN_NAME    "未知"
#define DISPUTE_PURPOSE "dispute/"

typedef struct
{
  JpBusiness *self;
  JpId        school;
  JpDate      from;
  JpDate      to;
  gint64      now_us;
  gint64      floor_us; /* movements before it are on older statements */
  gint64      opening;  /* fen */
  char       *number;   /* (owned) */
  JpId        id;
  GArray     *movements; /* (owned) (element-type gint64) */
  gint64      total;     /* fen */
} Issue;

static void
issue_clear (Issue *issue)
{
  g_clear_pointer (&issue->number, g_free);
  g_clear_pointer (&issue->movements, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Issue, issue_clear)

/* --- paying out --- */

static gboolean
release (JpBusiness *self,
         const JpId *school,
         JpRecord   *contract,
         const char *stage,
         gint64      amount_fen,
         GError    **error)
{
  JpIdText         text;
  gint64           released_fen = 0;
  const JpId      *id = jp_record_get_id (contract);
  g_autofree char *purpose = NULL;

  /* What went out before is part of the purpose: the same fen never goes out twice. */
  if (!jp_bank_get_released (self->bank, id, stage, &released_fen, error))
    return FALSE;
  purpose = g_strdup_printf ("release/%s/%s/%" G_GINT64_FORMAT, jp_id_to_text (id, text), stage,
                             released_fen);

  const JpBankOrder order = {
    .kind = JP_BANK_RELEASE,
    .school = *school,
    .contract = *id,
    .purpose = purpose,
    .stage = stage,
    .amount_fen = amount_fen,
    .at_us = jp_clock_now_us (jp_platform_store_get_clock (self->store)),
  };

  return jp_business_post (self, &order, NULL, error);
}

/* Stage by stage, in the order of the policy, as far as custody reaches. */
static gboolean
release_stages (JpBusiness *self,
                const JpId *school,
                JpRecord   *contract,
                gboolean   *out_any,
                GError    **error)
{
  JpBusinessFacts facts;
  JpBankSums      sums = { 0 };
  const JpId     *id = jp_record_get_id (contract);

  if (!jp_business_read_facts (self, contract, jp_platform_store_get_today (self->store), &facts,
                               error) ||
      !jp_bank_get_sums (self->bank, id, &sums, error))
    return FALSE;

  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (facts.policy, &facts.gather.facts, error);

  if (plan == NULL)
    return FALSE;
  for (guint i = 0; i < plan->n_stages; i++)
    {
      const char *stage = plan->stages[i].stage->id;
      gint64      released_fen = 0;

      if (!jp_bank_get_released (self->bank, id, stage, &released_fen, error))
        return FALSE;

      gint64 due_fen = MIN (plan->stages[i].earned_fen - released_fen, sums.custody_fen);

      if (due_fen <= 0)
        continue;
      if (!release (self, school, contract, stage, due_fen, error))
        return FALSE;
      sums.custody_fen -= due_fen;
      *out_any = TRUE;
    }
  return TRUE;
}

/* What waits in custody for another school. */
static gboolean
read_waiting (JpBusiness *self, const JpId *contract, gint64 *out_fen, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT ifnull (sum (amount), 0) FROM transfer WHERE contract = :contract"
                   " AND state = 'approved' AND outgoing = 1 AND deleted = 0",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":contract", contract);
  if (!jp_statement_step (read, &row, error))
    return FALSE;
  *out_fen = jp_statement_get_integer (read, 0);
  return TRUE;
}

/* Somebody has left and got back what is theirs: the rest is the school's. */
static gboolean
release_rest (JpBusiness *self,
              const JpId *school,
              JpRecord   *contract,
              gboolean   *out_any,
              GError    **error)
{
  JpBankSums sums = { 0 };
  gint64     waiting_fen = 0;

  if (!jp_bank_get_sums (self->bank, jp_record_get_id (contract), &sums, error) ||
      !read_waiting (self, jp_record_get_id (contract), &waiting_fen, error))
    return FALSE;
  if (sums.custody_fen <= waiting_fen)
    return TRUE;
  *out_any = TRUE;
  return release (self, school, contract, STAGE_REST, sums.custody_fen - waiting_fen, error);
}

static gboolean
settle_contract (JpBusiness *self, const JpId *school, JpRecord *contract, GError **error)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (contract);
  g_autoptr (JpRecord) settled = NULL;

  if (!jp_business_sum_up (self, draft, error) ||
      !jp_business_put (self, school, g_steal_pointer (&draft), &settled, error))
    return FALSE;
  return jp_record_get_code (settled, JP_CONTRACT_STATUS) != JP_CONTRACT_STATUS_PAID ||
         jp_business_graduate (self, school, settled, error);
}

/* Contracts with money in custody, and no refund or transfer that waits for its decision. */
static GArray *
list_held (JpBusiness *self, const JpId *school, GError **error)
{
  g_autoptr (JpStatement) read = jp_db_prepare (
    jp_platform_store_get_db (self->store),
    "SELECT c.id FROM contract c JOIN bank_account a ON a.contract = c.id AND a.kind = 'custody'"
    " JOIN bank_balance b ON b.account = a.id WHERE c.school = :school AND b.fen > 0"
    " AND c.status IN ('paid', 'withdrawn', 'transferred') AND c.deleted = 0 AND c.parked = 0"
    " AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.contract = c.id AND r.deleted = 0"
    " AND r.state = 'pending')"
    " AND NOT EXISTS (SELECT 1 FROM transfer t WHERE t.contract = c.id AND t.deleted = 0"
    " AND t.state = 'pending') ORDER BY c.number",
    error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (JpId));
  gboolean row = FALSE;
  JpId     id;

  if (read == NULL)
    return NULL;
  jp_statement_bind_id (read, ":school", school);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ids);
      if (jp_statement_get_id (read, 0, &id))
        g_array_append_val (ids, id);
    }
  return NULL;
}

/**
 * jp_business_release_due:
 * @self: a business with an open transaction
 * @school: a school
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Lets the bank pay out what the school's contracts have earned until now, each by the policy that
 * is frozen in it. What waits for a refund or a transfer stays.
 *
 * Returns: whether it worked
 */
gboolean
jp_business_release_due (JpBusiness *self, const JpId *school, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);

  g_autoptr (GArray) held = list_held (self, school, error);

  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      gboolean any = FALSE;
      g_autoptr (JpRecord) contract =
        jp_business_get (self, JP_KIND_CONTRACT, &g_array_index (held, JpId, i), NULL, error);

      if (contract == NULL)
        return FALSE;

      gboolean is_over =
        jp_record_get_code (contract, JP_CONTRACT_STATUS) != JP_CONTRACT_STATUS_PAID;

      if (!(is_over ? release_rest (self, school, contract, &any, error)
                    : release_stages (self, school, contract, &any, error)) ||
          (any && !settle_contract (self, school, contract, error)))
        return FALSE;
    }
  return held != NULL;
}

/* --- the statement --- */

/* The statement before decides where this one begins; without one, the first movement does. */
static gboolean
find_start (Issue *issue, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (issue->self->store),
                   "SELECT period_to, closing FROM statement WHERE school = :school AND deleted = 0"
                   " ORDER BY period_to DESC, rid DESC LIMIT 1",
                   error);
  g_autoptr (JpStatement) first =
    jp_db_prepare (jp_platform_store_get_db (issue->self->store),
                   "SELECT min (at) FROM bank_movement WHERE school = :school", error);
  g_autoptr (JpStatement) floor =
    jp_db_prepare (jp_platform_store_get_db (issue->self->store),
                   "SELECT min (s.period_from) FROM statement_item i JOIN statement_line l ON l.id "
                   "= i.line"
                   " JOIN statement s ON s.id = l.statement WHERE s.school = :school",
                   error);
  gboolean has_previous = FALSE;
  gboolean row = FALSE;

  if (read == NULL || first == NULL || floor == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":school", &issue->school);
  jp_statement_bind_id (first, ":school", &issue->school);
  jp_statement_bind_id (floor, ":school", &issue->school);
  if (!jp_statement_step (read, &has_previous, error) || !jp_statement_step (first, &row, error) ||
      !jp_statement_step (floor, &row, error))
    return FALSE;

  issue->from = issue->to;
  if (has_previous)
    issue->from = jp_date_add_days ((JpDate)jp_statement_get_integer (read, 0), 1);
  else if (!jp_statement_is_null (first, 0))
    issue->from = jp_date_from_instant (jp_statement_get_integer (first, 0));
  issue->opening = has_previous ? jp_statement_get_integer (read, 1) : 0;

  JpDate oldest =
    jp_statement_is_null (floor, 0) ? issue->from : (JpDate)jp_statement_get_integer (floor, 0);

  issue->floor_us = jp_date_to_instant (MIN (oldest, issue->from), 0, 0);
  return TRUE;
}

static gint64
end_of (Issue *issue)
{
  return jp_date_to_instant (issue->to, 0, 0) + JP_DAY_US;
}

static gboolean
find_movements (Issue *issue, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (issue->self->store),
                   "SELECT m.id FROM bank_movement m LEFT JOIN contract c ON c.id = m.contract"
                   " WHERE m.school = :school AND m.at >= :floor AND m.at < :end AND m.kind <> "
                   "'payment'"
                   " AND NOT EXISTS (SELECT 1 FROM statement_item i WHERE i.movement = m.id)"
                   " ORDER BY c.number, m.id",
                   error);
  gboolean row = FALSE;

  issue->movements = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":school", &issue->school);
  jp_statement_bind_integer (read, ":floor", issue->floor_us);
  jp_statement_bind_integer (read, ":end", end_of (issue));
  while (jp_statement_step (read, &row, error))
    {
      gint64 id = row ? jp_statement_get_integer (read, 0) : 0;

      if (!row)
        return TRUE;
      g_array_append_val (issue->movements, id);
    }
  return FALSE;
}

/* Share of a stage in basis points, where the policy says it as a share. */
static gboolean
find_share (JpPolicy *policy, const JpPolicyStage *stage, int *out_share_bp)
{
  int rest_bp = JP_BASIS_POINTS_ALL;

  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    {
      const JpPolicyStage *other = jp_policy_get_stage (policy, i);

      if (other == stage && stage->amount == JP_POLICY_AMOUNT_SHARE)
        {
          *out_share_bp = stage->share_bp;
          return TRUE;
        }
      if (other->amount != JP_POLICY_AMOUNT_SHARE && other != stage)
        return FALSE;
      rest_bp -= other == stage ? 0 : other->share_bp;
    }

  *out_share_bp = rest_bp;
  return stage->amount == JP_POLICY_AMOUNT_REST && rest_bp >= 0;
}

static gboolean
name_stage (Issue *issue, JpRecord *contract, const char *stage, JpDraft *line, GError **error)
{
  JpPolicy *policy = jp_business_find_policy (issue->self, contract, error);
  int       share_bp = 0;

  if (policy == NULL)
    return FALSE;
  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    {
      const JpPolicyStage *rule = jp_policy_get_stage (policy, i);

      if (g_strcmp0 (rule->id, stage) != 0)
        continue;
      jp_draft_set_text (line, JP_STATEMENT_LINE_STAGE, rule->title);
      if (find_share (policy, rule, &share_bp))
        jp_draft_set_integer (line, JP_STATEMENT_LINE_SHARE, share_bp);
      break;
    }
  return TRUE;
}

static gboolean
name_movement (Issue      *issue,
               JpRecord   *contract,
               const char *kind,
               const char *stage,
               JpDraft    *line,
               GError    **error)
{
  jp_draft_set_text (line, JP_STATEMENT_LINE_KIND, "release");
  jp_draft_set_text (line, JP_STATEMENT_LINE_STAGE, stage != NULL ? stage : kind);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].kind, kind) &&
        (titles[i].stage == NULL || g_strcmp0 (titles[i].stage, stage) == 0))
      {
        jp_draft_set_text (line, JP_STATEMENT_LINE_KIND, titles[i].line);
        jp_draft_set_text (line, JP_STATEMENT_LINE_STAGE, titles[i].title);
        return TRUE;
      }
  return contract == NULL || name_stage (issue, contract, stage, line, error);
}

static gboolean
name_contract (Issue *issue, JpRecord *contract, JpDraft *line, GError **error)
{
  const JpId *id = contract != NULL ? jp_record_get_ref (contract, JP_CONTRACT_TRAINEE) : NULL;
  g_autoptr (JpRecord) trainee =
    id != NULL ? jp_business_get (issue->self, JP_KIND_TRAINEE, id, NULL, error) : NULL;

  if (id != NULL && trainee == NULL)
    return FALSE;
  jp_draft_set_text (line, JP_STATEMENT_LINE_CONTRACT_NO,
                     contract != NULL ? jp_record_get_text (contract, JP_CONTRACT_NUMBER)
                                      : UNKNOWN_NAME);
  jp_draft_set_text (line, JP_STATEMENT_LINE_TRAINEE_NAME,
                     trainee != NULL ? jp_record_get_text (trainee, JP_TRAINEE_NAME)
                                     : UNKNOWN_NAME);
  if (contract == NULL)
    return TRUE;
  jp_draft_set_ref (line, JP_STATEMENT_LINE_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_ref (line, JP_STATEMENT_LINE_TRAINEE, id);
  return TRUE;
}

static gboolean
note_item (Issue *issue, gint64 movement, const JpId *line, GError **error)
{
  g_autoptr (JpStatement) add =
    jp_db_prepare (jp_platform_store_get_db (issue->self->store),
                   "INSERT INTO statement_item (movement, line) VALUES (:movement, :line)", error);

  if (add == NULL)
    return FALSE;
  jp_statement_bind_integer (add, ":movement", movement);
  jp_statement_bind_id (add, ":line", line);
  return jp_statement_run (add, error);
}

/* What puts right a line that the school has disputed is no release of its own. */
static gboolean
name_correction (Issue      *issue,
                 JpRecord   *contract,
                 const char *purpose,
                 const char *stage,
                 JpDraft    *line,
                 GError    **error)
{
  if (!g_str_has_prefix (purpose, DISPUTE_PURPOSE))
    return TRUE;
  jp_draft_set_text (line, JP_STATEMENT_LINE_KIND, "correction");
  if (contract != NULL && stage != NULL && !name_stage (issue, contract, stage, line, error))
    return FALSE;
  jp_draft_clear (line, JP_STATEMENT_LINE_SHARE);
  return TRUE;
}

static gboolean
put_line (Issue *issue, guint index, GError **error)
{
  gint64 movement = g_array_index (issue->movements, gint64, index);
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (issue->self->store),
                   "SELECT reference, kind, contract, stage, fen, at, purpose FROM bank_movement"
                   " WHERE id = :id",
                   error);
  JpId id = jp_id_source_next (jp_platform_store_get_ids (issue->self->store));
  g_autoptr (JpDraft) line = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);
  g_autoptr (JpRecord) contract = NULL;
  gboolean row = FALSE;
  JpId     contract_id;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_integer (read, ":id", movement);
  if (!jp_statement_step (read, &row, error))
    return FALSE;

  const char *kind = jp_statement_get_text (read, 1);
  gint64      fen = jp_statement_get_integer (read, 4);

  jp_statement_get_id (read, 2, &contract_id);
  if (!jp_id_is_none (&contract_id))
    {
      contract = jp_business_get (issue->self, JP_KIND_CONTRACT, &contract_id, NULL, error);
      if (contract == NULL)
        return FALSE;
    }

  fen = g_str_equal (kind, "recall") ? -fen : fen;
  issue->total += fen;
  jp_draft_set_ref (line, JP_STATEMENT_LINE_STATEMENT, &issue->id);
  jp_draft_set_integer (line, JP_STATEMENT_LINE_LINE_NO, index + 1);
  jp_draft_set_integer (line, JP_STATEMENT_LINE_AMOUNT, fen);
  jp_draft_set_integer (line, JP_STATEMENT_LINE_PAID_AT, jp_statement_get_integer (read, 5));
  jp_draft_set_text (line, JP_STATEMENT_LINE_BANK_REFERENCE, jp_statement_get_text (read, 0));
  return name_contract (issue, contract, line, error) &&
         name_movement (issue, contract, kind, jp_statement_get_text (read, 3), line, error) &&
         name_correction (issue, contract, jp_statement_get_text (read, 6),
                          jp_statement_get_text (read, 3), line, error) &&
         jp_business_put (issue->self, &issue->school, g_steal_pointer (&line), NULL, error) &&
         note_item (issue, movement, &id, error);
}

/* JS-0041-20261124: the last digits of the school's number, and the day. */
static gboolean
make_number (Issue *issue, GError **error)
{
  g_autoptr (JpRecord) school =
    jp_business_get (issue->self, JP_KIND_SCHOOL, &issue->school, NULL, error);
  const char *number = NULL;

  if (school == NULL)
    return FALSE;
  number = jp_record_get_text (school, JP_SCHOOL_NUMBER);
  issue->number =
    g_strdup_printf ("JS-%s-%08d",
                     number != NULL && strlen (number) > 4 ? number + strlen (number) - 4 : "0000",
                     issue->to);
  return TRUE;
}

static gboolean
put_statement (Issue *issue, JpRecord **out_statement, GError **error)
{
  gint64   held_fen = 0;
  gint64   end_us = MIN (end_of (issue), issue->now_us + 1);
  JpDraft *draft = NULL;

  if (!jp_bank_get_custody (issue->self->bank, &issue->school, end_us, &held_fen, error))
    return FALSE;

  draft = jp_draft_new (JP_KIND_STATEMENT, &issue->id);
  jp_draft_set_text (draft, JP_STATEMENT_NUMBER, issue->number);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, issue->from);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, issue->to);
  jp_draft_set_integer (draft, JP_STATEMENT_ISSUED_AT, issue->now_us);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, issue->movements->len);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, issue->total);
  jp_draft_set_integer (draft, JP_STATEMENT_OPENING, issue->opening);
  jp_draft_set_integer (draft, JP_STATEMENT_CLOSING, held_fen);
  jp_draft_set_code (draft, JP_STATEMENT_STATE, JP_STATEMENT_STATE_PAID);
  return jp_business_put (issue->self, &issue->school, draft, out_statement, error);
}

static gboolean
check_period (Issue *issue, GError **error)
{
  if (!jp_date_is_valid (issue->to))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the last day is not a date");
  if (issue->to > jp_platform_store_get_today (issue->self->store))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the last day has not come");
  if (!find_start (issue, error))
    return FALSE;
  return issue->from <= issue->to ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                             "there is a statement until this day already");
}

/**
 * jp_business_issue_statement:
 * @self: a business with an open transaction
 * @school: a school
 * @to: the last day of the statement; it begins the day after the statement before
 * @out_statement: (out) (transfer full) (nullable): the statement, or %NULL if nothing has moved
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Pays out what is due, and issues the statement of everything that moved since the one before.
 * What moves later on the last day is on the next one.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if the days are settled or have not
 *   come
 */
gboolean
jp_business_issue_statement (JpBusiness *self,
                             const JpId *school,
                             JpDate      to,
                             JpRecord  **out_statement,
                             GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (out_statement != NULL, FALSE);

  g_auto (Issue) issue = {
    .self = self,
    .school = *school,
    .to = to,
    .now_us = jp_clock_now_us (jp_platform_store_get_clock (self->store)),
    .id = jp_id_source_next (jp_platform_store_get_ids (self->store)),
  };

  *out_statement = NULL;
  if (!check_period (&issue, error) || !make_number (&issue, error) ||
      !jp_business_release_due (self, school, error) || !find_movements (&issue, error))
    return FALSE;
  if (issue.movements->len == 0)
    return TRUE;

  for (guint i = 0; i < issue.movements->len; i++)
    if (!put_line (&issue, i, error))
      return FALSE;
  return put_statement (&issue, out_statement, error);
}
