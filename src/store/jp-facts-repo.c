/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-facts-repo.h"

#include "jp-codes.h"
#include "jp-json.h"
#include "jp-rules.h"
#include "jp-wire-record.h"

/**
 * jp_facts_repo_free:
 * @self: (nullable) (transfer full): facts
 *
 * Frees them.
 */
void
jp_facts_repo_free (JpFacts *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->contract, jp_record_unref);
  g_clear_pointer (&self->policy, jp_policy_unref);
  g_clear_pointer (&self->curriculum, jp_curriculum_unref);
  g_free (self);
}

/**
 * jp_facts_repo_read_tier:
 * @contract: a contract
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the class tier as it is frozen in the contract, or %NULL with
 *   `JP_STORE_ERROR_CORRUPT`
 */
JpRecord *
jp_facts_repo_read_tier (JpRecord *contract, GError **error)
{
  g_return_val_if_fail (jp_record_get_kind (contract) == JP_KIND_CONTRACT, NULL);

  const char *copy = jp_record_get_text (contract, JP_CONTRACT_TIER_COPY);
  g_autoptr (JpRecord) tier = jp_wire_record_from_text (copy, JP_KIND_CLASS_TIER, NULL);

  if (tier != NULL)
    return g_steal_pointer (&tier);

  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT,
                       "the copy of the class tier in the contract cannot be read");
  return NULL;
}

/* A query over the rows of a contract or trainee until some time. */
static JpStatement *
ask (JpVault *vault, const char *sql, const JpId *whose, gint64 until, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  jp_statement_bind_id (statement, ":whose", whose);
  jp_statement_bind_integer (statement, ":until", until);
  return g_steal_pointer (&statement);
}

static gboolean
next (JpStatement *statement, gboolean *out_row, GError **error)
{
  return jp_statement_step (statement, out_row, error) || jp_vault_translate (error);
}

static gboolean
add_sessions (JpVault *vault, JpFacts *self, GError **error)
{
  g_autoptr (JpStatement) read =
    ask (vault,
         "SELECT part, ifnull (sum (valid_minutes), 0), min (started_at),"
         " sum (duration * (state = 'pending')) FROM training_session WHERE trainee = :whose"
         " AND deleted = 0 AND started_at >= :from AND started_at < :until GROUP BY part",
         jp_record_get_ref (self->contract, JP_CONTRACT_TRAINEE), self->gather.until_us, error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_integer (read, ":from", self->gather.from_us);
  while (next (read, &row, error))
    {
      if (!row)
        return TRUE;
      jp_policy_gather_add_minutes (&self->gather, jp_statement_get_integer (read, 0),
                                    jp_statement_get_integer (read, 1),
                                    jp_statement_get_integer (read, 2));
      self->gather.pending_minutes += jp_statement_get_integer (read, 3);
    }
  return FALSE;
}

static gboolean
add_stages (JpVault *vault, JpFacts *self, GError **error)
{
  g_autoptr (JpStatement) read =
    ask (vault,
         "SELECT part, valid_minutes, ifnull (reviewed_at, 0) FROM stage_record"
         " WHERE contract = :whose AND deleted = 0 AND state = 'approved'"
         " AND ifnull (reviewed_at, 0) < :until",
         jp_record_get_id (self->contract), self->gather.until_us, error);
  gboolean row = FALSE;

  while (read != NULL && next (read, &row, error))
    {
      if (!row)
        return TRUE;
      jp_policy_gather_add_stage (&self->gather, jp_statement_get_integer (read, 0),
                                  jp_statement_get_integer (read, 1),
                                  jp_statement_get_integer (read, 2));
    }
  return FALSE;
}

static gboolean
add_exams (JpVault *vault, JpFacts *self, GError **error)
{
  g_autoptr (JpStatement) read =
    ask (vault,
         "SELECT subject, taken_on, outcome = 'passed' FROM exam_result WHERE trainee = :whose"
         " AND deleted = 0 AND outcome <> 'absent' AND taken_on <= :until",
         jp_record_get_ref (self->contract, JP_CONTRACT_TRAINEE), self->gather.facts.on, error);
  gboolean row = FALSE;

  while (read != NULL && next (read, &row, error))
    {
      if (!row)
        return TRUE;
      jp_policy_gather_add_exam (&self->gather, jp_statement_get_integer (read, 0),
                                 (JpDate)jp_statement_get_integer (read, 1),
                                 jp_statement_get_integer (read, 2) != 0);
    }
  return FALSE;
}

static gboolean
sum (JpVault *vault, JpFacts *self, const char *sql, gint64 *out_fen, GError **error)
{
  g_autoptr (JpStatement) read =
    ask (vault, sql, jp_record_get_id (self->contract), self->gather.until_us, error);
  gboolean row = FALSE;

  if (read == NULL || !next (read, &row, error))
    return FALSE;
  *out_fen = row ? jp_statement_get_integer (read, 0) : 0;
  return TRUE;
}

/* Today the platform's own sums hold: they are newer than its statements. For an earlier day what
 * had been paid and released until then. */
static gboolean
add_money (JpVault *vault, JpFacts *self, GError **error)
{
  JpPolicyFacts *facts = &self->gather.facts;

  if (facts->on >= jp_vault_today (vault))
    {
      facts->paid_fen = jp_record_get_integer (self->contract, JP_CONTRACT_PAID);
      facts->released_fen = jp_record_get_integer (self->contract, JP_CONTRACT_RELEASED);
      return TRUE;
    }
  return sum (vault, self,
              "SELECT ifnull (sum (amount), 0) FROM payment WHERE contract = :whose"
              " AND deleted = 0 AND state = 'received' AND paid_at < :until",
              &facts->paid_fen, error) &&
         sum (vault, self,
              "SELECT ifnull (sum (amount), 0) FROM statement_line WHERE contract = :whose"
              " AND deleted = 0 AND kind <> 'refund' AND paid_at < :until",
              &facts->released_fen, error);
}

/**
 * jp_facts_repo_read:
 * @vault: a vault
 * @contract: id of a contract
 * @on: a day; what happens later does not count
 * @error: return location for a [error@Jp.StoreError]
 *
 * Gathers what the policy of a contract looks at. Fault is the trainee's until somebody says
 * otherwise. On the vault's thread.
 *
 * Returns: (transfer full): the facts; or %NULL with `JP_STORE_ERROR_NOT_FOUND` if the contract, or
 *   the version of its policy, is not known here, or `JP_STORE_ERROR_CORRUPT`
 */
JpFacts *
jp_facts_repo_read (JpVault *vault, const JpId *contract, JpDate on, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);
  g_return_val_if_fail (jp_date_is_valid (on), NULL);

  g_autoptr (JpFacts) self = g_new0 (JpFacts, 1);
  g_autoptr (JpRecord) tier = NULL;

  self->contract = jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, contract, error);
  if (self->contract == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  self->policy = jp_rules_find_policy (vault, self->contract, error);
  tier = self->policy != NULL ? jp_facts_repo_read_tier (self->contract, error) : NULL;
  if (tier == NULL)
    return NULL;

  /* ignored: without its curriculum the hours it asks for are unknown, and the evaluator says so */
  self->curriculum = jp_rules_find_curriculum (vault, self->contract, NULL);
  jp_policy_gather_init (&self->gather, self->policy, self->curriculum, self->contract, on);
  jp_policy_gather_add_fees (&self->gather, tier);
  if (!add_sessions (vault, self, error) || !add_stages (vault, self, error) ||
      !add_exams (vault, self, error) || !add_money (vault, self, error))
    return NULL;

  jp_policy_gather_finish (&self->gather);
  return g_steal_pointer (&self);
}
