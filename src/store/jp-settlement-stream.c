/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement-stream.h"

#include "jp-codes.h"
#include "jp-facts-repo.h"
#include "jp-rules.h"

#include <string.h>

#define DELAY_DAYS 92 /* reviews take no longer in any published scheme */

/* Neighbours are read together, unless so few contracts are asked for that most of what lies
 * between them would be read in vain. */
#define BLOCK_IDS    512
#define BLOCK_DENSER 8 /* at least every eighth contract is asked for */

/* --- which contracts --- */

/* Of a statement: where it has a line, and where something happened in its period; sessions only
 * count where a scheme pays hour by hour. */
static const char *const ids_sql[] = {
  [JP_SETTLEMENT_SCOPE_STATEMENT] =
    "SELECT contract FROM statement_line WHERE statement = :id AND contract IS NOT NULL"
    " AND deleted = 0 UNION SELECT contract FROM stage_record"
    " WHERE reviewed_at >= :from AND reviewed_at < :until AND contract IS NOT NULL"
    " UNION SELECT c.id FROM exam_result AS e CROSS JOIN contract AS c ON c.trainee = e.trainee"
    " AND c.deleted = 0 WHERE e.taken_on >= :from_on AND e.taken_on <= :until_on AND e.deleted = 0"
    " UNION SELECT id FROM contract WHERE signed_at >= :from AND signed_at < :until"
    " UNION SELECT contract FROM payment WHERE paid_at >= :from AND paid_at < :until"
    " AND deleted = 0 AND contract IS NOT NULL"
    " UNION SELECT c.id FROM training_session AS s CROSS JOIN contract AS c"
    " ON c.trainee = s.trainee AND c.deleted = 0 WHERE :hourly AND s.started_at >= :from"
    " AND s.started_at < :until AND s.deleted = 0 ORDER BY 1",
  [JP_SETTLEMENT_SCOPE_CONTRACT] = "SELECT :id",
  [JP_SETTLEMENT_SCOPE_OPEN] =
    "SELECT id FROM contract WHERE status = 'paid' AND deleted = 0 ORDER BY 1",
};

/* --- the tables, each in the order of the contracts --- */

typedef enum {
  SOURCE_CONTRACTS,
  SOURCE_LINES,
  SOURCE_SESSIONS,
  SOURCE_REVIEWS,
  SOURCE_EXAMS,
  SOURCE_PAYMENTS,
  SOURCE_REFUNDS,
  SOURCE_TRANSFERS,
  SOURCE_STRANGERS, /* lines that name no contract */
} SourceKind;

#define N_SOURCES 9

/* Of the contracts from one to another; those in between that were not asked for are passed over.
 */
static const char *const sources_sql[N_SOURCES] = {
  "SELECT c.id, c.number, c.trainee, c.licence_type, ifnull (c.price, 0),"
  " c.policy_digest, c.curriculum_digest, c.tier_copy, ifnull (c.signed_at, 0),"
  " ifnull (c.paid_at, 0), t.name, c.class_tier FROM contract AS c LEFT JOIN trainee AS t ON "
  "t.id = c.trainee"
  " WHERE c.id BETWEEN :first AND :last AND c.deleted = 0 ORDER BY c.id",
  "SELECT l.contract, l.id, l.kind, l.stage, l.share, l.amount, ifnull (l.paid_at, 0),"
  " l.bank_reference, l.trainee, l.trainee_name, l.contract_no, l.line_no,"
  " :all OR l.statement = :id, EXISTS (SELECT 1 FROM ledger_finding AS f"
  " WHERE f.kind = 'reference' AND f.t = 16 AND f.id = l.id) FROM statement_line AS l"
  " WHERE l.contract BETWEEN :first AND :last AND l.deleted = 0 ORDER BY l.contract, l.paid_at, "
  "l.line_no",
  "SELECT c.id, s.part, ifnull (s.valid_minutes, 0), s.started_at, s.state, s.duration FROM "
  "contract AS c"
  " CROSS JOIN training_session AS s ON s.trainee = c.trainee"
  " AND s.started_at >= c.signed_at WHERE c.id BETWEEN :first AND :last"
  " AND s.deleted = 0 ORDER BY c.id, s.started_at",
  "SELECT contract, part, valid_minutes, ifnull (reviewed_at, 0), state, ifnull "
  "(submitted_at, 0) FROM stage_record"
  " WHERE contract BETWEEN :first AND :last AND deleted = 0 ORDER BY contract, part",
  "SELECT c.id, e.subject, e.taken_on, e.outcome = 'passed' FROM contract AS c"
  " CROSS JOIN exam_result AS e ON e.trainee = c.trainee WHERE c.id BETWEEN :first AND :last"
  " AND e.deleted = 0 AND e.outcome <> 'absent' ORDER BY c.id, e.subject, e.taken_on",
  "SELECT contract, paid_at, amount FROM payment WHERE contract BETWEEN :first AND :last"
  " AND deleted = 0 AND state = 'received' ORDER BY contract, paid_at",
  "SELECT contract, ifnull (amount, 0), asked_on, fault, bank_reference FROM refund"
  " WHERE contract BETWEEN :first AND :last AND deleted = 0 AND +state = 'done' ORDER BY contract, "
  "rid",
  "SELECT c.id, t.outgoing, ifnull (t.amount, 0), t.asked_on, ifnull (t.approved_minutes, 0)"
  " FROM contract AS c CROSS JOIN transfer AS t ON t.trainee = c.trainee WHERE c.id BETWEEN :first "
  "AND :last"
  " AND t.deleted = 0 AND t.state IN ('approved', 'done')"
  " AND (t.outgoing IS NOT 1 OR t.contract = c.id) ORDER BY c.id, t.rid",
  "SELECT zeroblob (16), id, kind, stage, share, amount, ifnull (paid_at, 0), bank_reference,"
  " trainee, trainee_name, contract_no, line_no, 1, 0 FROM statement_line"
  " WHERE statement = :id AND contract IS NULL AND deleted = 0 ORDER BY line_no"
};

/* One table on its way. */
typedef struct
{
  JpStatement *read; /* (owned) */
  gboolean     row;  /* there is one that nobody has taken */
  JpId         key;  /* its contract */
} Source;

/* The rules that a contract was signed with. */
typedef struct
{
  char         *key;        /* (owned): both digests */
  JpPolicy     *policy;     /* (owned) (nullable): not known here */
  JpCurriculum *curriculum; /* (owned) (nullable) */
  gboolean      has_fees;   /* the amounts come from the contract's list of fees */
} Rules;

typedef struct
{
  JpPolicyFee fees[JP_POLICY_GATHER_N_FEES];
  guint       n;
} Fees;

struct _JpSettlementStream
{
  JpVault             *vault; /* (borrowed) */
  JpSettlementQuery    query;
  GArray              *ids;   /* (owned) (element-type JpId): the contracts, in their order */
  guint                next;  /* of @ids */
  guint                end;   /* of the block of @ids that the sources are at */
  guint                block; /* how many of @ids the sources read at once */
  Source               sources[N_SOURCES];
  GHashTable          *rules;  /* (owned): key → Rules */
  Rules               *last;   /* (borrowed) (nullable): the ones of the contract before */
  GHashTable          *fees;   /* (owned): copy of a tier → Fees */
  GHashTable          *agreed; /* (owned): reference → fen: what upheld disputes give */
  JpSettlementContract contract;
  GStringChunk        *texts;    /* (owned): of the contract */
  GArray              *lines;    /* (owned) (element-type JpSettlementLine) */
  GArray              *line_nos; /* (owned) (element-type gint64) */
  GArray              *sessions; /* (owned) (element-type JpSettlementSession) */
  GArray              *payments; /* (owned) (element-type JpSettlementPayment) */
  GArray              *refunds;  /* (owned) (element-type JpSettlementRefund) */
  guint64              n_rows;
};

static void
rules_free (gpointer data)
{
  Rules *rules = data;

  g_free (rules->key);
  g_clear_pointer (&rules->policy, jp_policy_unref);
  g_clear_pointer (&rules->curriculum, jp_curriculum_unref);
  g_free (rules);
}

/* --- rules --- */

static char *
make_key (const char *policy, const char *curriculum)
{
  return g_strconcat (policy != NULL ? policy : "", "/", curriculum != NULL ? curriculum : "",
                      NULL);
}

static gboolean
load_rules (JpSettlementStream *self, gint64 rid, gboolean *inout_hourly, GError **error)
{
  JpVault *vault = self->vault;
  g_autoptr (JpRecord) contract =
    jp_record_table_get_rid (vault->db, vault->key, JP_KIND_CONTRACT, rid, error);
  Rules *rules = NULL;

  if (contract == NULL)
    return jp_vault_translate (error);
  rules = g_new0 (Rules, 1);
  rules->key = make_key (jp_record_get_text (contract, JP_CONTRACT_POLICY_DIGEST),
                         jp_record_get_text (contract, JP_CONTRACT_CURRICULUM_DIGEST));
  /* ignored: what is not known here makes a line unexplained, and its sentence says why */
  rules->policy = jp_rules_find_policy (vault, contract, NULL);
  rules->curriculum = jp_rules_find_curriculum (vault, contract, NULL);
  for (guint i = 0; rules->policy != NULL && i < jp_policy_get_n_stages (rules->policy); i++)
    {
      const JpPolicyStage *stage = jp_policy_get_stage (rules->policy, i);

      rules->has_fees = rules->has_fees || stage->amount == JP_POLICY_AMOUNT_FEE;
      *inout_hourly = *inout_hourly || stage->triggers[0].kind == JP_POLICY_TRIGGER_HOURS_DAILY;
    }
  for (guint i = 0; rules->policy != NULL && i < jp_policy_get_n_items (rules->policy); i++)
    if (jp_policy_get_item (rules->policy, i)->fee != NULL)
      rules->has_fees = TRUE;
  g_hash_table_replace (self->rules, rules->key, rules);
  return TRUE;
}

/* A school has a handful of versions: all of them are read before the first contract. */
static gboolean
load_all_rules (JpSettlementStream *self, gboolean *out_hourly, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (self->vault->db,
                   "SELECT min (rid) FROM contract GROUP BY policy_digest, curriculum_digest",
                   error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  *out_hourly = FALSE;
  while (read != NULL && jp_statement_step (read, &row, error))
    {
      gint64 rid = row ? jp_statement_get_integer (read, 0) : 0;

      if (!row)
        break;
      g_array_append_val (rids, rid);
    }
  if (read == NULL || row)
    return jp_vault_translate (error);
  for (guint i = 0; i < rids->len; i++)
    if (!load_rules (self, g_array_index (rids, gint64, i), out_hourly, error))
      return FALSE;
  return TRUE;
}

/* A school has few disputes: all upheld ones are read before the first contract. */
static gboolean
load_agreed (JpSettlementStream *self, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (self->vault->db,
                   "SELECT bank_reference, correction FROM dispute WHERE state = 'upheld'"
                   " AND bank_reference IS NOT NULL AND deleted = 0 AND parked = 0",
                   error);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      gint64 fen = row ? jp_statement_get_integer (read, 1) : 0;

      if (!row)
        return TRUE;
      g_hash_table_replace (self->agreed, g_strdup (jp_statement_get_text (read, 0)),
                            g_memdup2 (&fen, sizeof fen));
    }
  return jp_vault_translate (error);
}

static gboolean
is_agreed (JpSettlementStream *self, const JpSettlementLine *line)
{
  const gint64 *fen = line->kind == JP_SETTLEMENT_LINE_CORRECTION && line->reference != NULL
                        ? g_hash_table_lookup (self->agreed, line->reference)
                        : NULL;

  return fen != NULL && *fen == line->amount_fen;
}

/* --- going on --- */

static gboolean
advance (JpSettlementStream *self, Source *source, GError **error)
{
  if (!jp_statement_step (source->read, &source->row, error))
    return jp_vault_translate (error);
  if (source->row)
    {
      self->n_rows++;
      source->key = JP_ID_NONE;
      jp_statement_get_id (source->read, 0, &source->key);
    }
  return TRUE;
}

static gboolean
is_of (const Source *source, const JpId *contract)
{
  return source->row && jp_id_equal (&source->key, contract);
}

/* What belongs to contracts that are not there, or in the trash. */
static gboolean
skip_to (JpSettlementStream *self, Source *source, const JpId *contract, GError **error)
{
  while (source->row && jp_id_compare (&source->key, contract) < 0)
    if (!advance (self, source, error))
      return FALSE;
  return TRUE;
}

static void
bind_period (JpStatement *read, const JpSettlementQuery *query, gboolean is_hourly)
{
  JpDate from = jp_date_add_days (query->from, -DELAY_DAYS);

  jp_statement_bind_integer (read, ":hourly", is_hourly);
  jp_statement_bind_integer (read, ":from", jp_date_to_instant (from, 0, 0));
  jp_statement_bind_integer (read, ":until", jp_date_to_instant (query->to, 0, 0) + JP_DAY_US);
  jp_statement_bind_integer (read, ":from_on", from);
  jp_statement_bind_integer (read, ":until_on", query->to);
}

static gboolean
read_ids (JpSettlementStream *self, gboolean is_hourly, GError **error)
{
  JpSettlementScope scope = self->query.scope;
  g_autoptr (JpStatement) read = jp_db_prepare (self->vault->db, ids_sql[scope], error);
  gboolean row = FALSE;

  if (read == NULL)
    return jp_vault_translate (error);
  if (scope != JP_SETTLEMENT_SCOPE_OPEN)
    jp_statement_bind_blob (read, ":id", self->query.id.bytes, sizeof self->query.id.bytes);
  if (scope == JP_SETTLEMENT_SCOPE_STATEMENT)
    bind_period (read, &self->query, is_hourly);
  while (jp_statement_step (read, &row, error))
    {
      JpId id = JP_ID_NONE;

      if (!row)
        return TRUE;
      if (jp_statement_get_id (read, 0, &id))
        g_array_append_val (self->ids, id);
    }
  return jp_vault_translate (error);
}

static gboolean
choose_block (JpSettlementStream *self, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (self->vault->db, "SELECT ifnull (max (rid), 0) FROM contract", error);
  gboolean row = FALSE;

  if (read == NULL || !jp_statement_step (read, &row, error))
    return jp_vault_translate (error);
  self->block = row && jp_statement_get_integer (read, 0) > (gint64)self->ids->len * BLOCK_DENSER
                  ? 1
                  : BLOCK_IDS;
  return TRUE;
}

static gboolean
prepare_sources (JpSettlementStream *self, GError **error)
{
  const JpSettlementQuery *query = &self->query;

  for (guint i = 0; i < N_SOURCES; i++)
    {
      self->sources[i].read = jp_db_prepare (self->vault->db, sources_sql[i], error);
      if (self->sources[i].read == NULL)
        return jp_vault_translate (error);
    }
  jp_statement_bind_integer (self->sources[SOURCE_LINES].read, ":all", query->checks_all);
  jp_statement_bind_blob (self->sources[SOURCE_LINES].read, ":id", query->id.bytes,
                          sizeof query->id.bytes);
  jp_statement_bind_blob (self->sources[SOURCE_STRANGERS].read, ":id", query->id.bytes,
                          sizeof query->id.bytes);
  return advance (self, &self->sources[SOURCE_STRANGERS], error);
}

/* The next neighbours. */
static gboolean
begin_block (JpSettlementStream *self, GError **error)
{
  const JpId *first = &g_array_index (self->ids, JpId, self->next);
  const JpId *last = NULL;

  self->end = MIN (self->next + self->block, self->ids->len);
  last = &g_array_index (self->ids, JpId, self->end - 1);
  for (guint i = 0; i < SOURCE_STRANGERS; i++)
    {
      Source *source = &self->sources[i];

      jp_statement_reset (source->read);
      jp_statement_bind_blob (source->read, ":first", first->bytes, sizeof first->bytes);
      jp_statement_bind_blob (source->read, ":last", last->bytes, sizeof last->bytes);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_settlement_stream_open:
 * @vault: a vault
 * @query: which contracts
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the contracts, to be read with jp_settlement_stream_next(); %NULL with
 *   an error
 */
JpSettlementStream *
jp_settlement_stream_open (JpVault *vault, const JpSettlementQuery *query, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  g_autoptr (JpSettlementStream) self = g_new0 (JpSettlementStream, 1);
  gboolean is_hourly = FALSE;

  self->vault = vault;
  self->query = *query;
  self->ids = g_array_new (FALSE, FALSE, sizeof (JpId));
  self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, rules_free);
  self->fees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->agreed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->texts = g_string_chunk_new (4096);
  self->lines = g_array_new (FALSE, FALSE, sizeof (JpSettlementLine));
  self->line_nos = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->sessions = g_array_new (FALSE, FALSE, sizeof (JpSettlementSession));
  self->payments = g_array_new (FALSE, FALSE, sizeof (JpSettlementPayment));
  self->refunds = g_array_new (FALSE, FALSE, sizeof (JpSettlementRefund));
  if (!load_all_rules (self, &is_hourly, error) || !load_agreed (self, error) ||
      !read_ids (self, is_hourly, error) || !choose_block (self, error) ||
      !prepare_sources (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jp_settlement_stream_close:
 * @self: (nullable) (transfer full): a stream
 */
void
jp_settlement_stream_close (JpSettlementStream *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < N_SOURCES; i++)
    if (self->sources[i].read != NULL)
      jp_statement_release (self->sources[i].read);
  g_array_unref (self->ids);
  g_hash_table_unref (self->rules);
  g_hash_table_unref (self->fees);
  g_hash_table_unref (self->agreed);
  g_string_chunk_free (self->texts);
  g_array_unref (self->lines);
  g_array_unref (self->line_nos);
  g_array_unref (self->sessions);
  g_array_unref (self->payments);
  g_array_unref (self->refunds);
  g_free (self);
}

/* --- one contract --- */

static const char *
keep (JpSettlementStream *self, JpStatement *row, int column)
{
  const char *text = jp_statement_get_text (row, column);

  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

static JpDate
date_of (gint64 at_us)
{
  return at_us > 0 ? jp_date_from_instant (at_us) : JP_DATE_NONE;
}

static int
kind_of (const char *name)
{
  const JpCode *code = name != NULL ? jp_code_lookup (jp_line_kind_codes, name) : NULL;

  return code != NULL ? code->value : -1;
}

static gboolean
take_line (JpSettlementStream *self, Source *source, GError **error)
{
  JpStatement     *row = source->read;
  JpSettlementLine line = {
    .kind = kind_of (jp_statement_get_text (row, 2)),
    .stage = keep (self, row, 3),
    .share_bp = jp_statement_is_null (row, 4) ? -1 : (int)jp_statement_get_integer (row, 4),
    .amount_fen = jp_statement_get_integer (row, 5),
    .paid_on = date_of (jp_statement_get_integer (row, 6)),
    .reference = keep (self, row, 7),
    .trainee_name = keep (self, row, 9),
    .is_checked = jp_statement_get_integer (row, 12) != 0,
    .is_repeated = jp_statement_get_integer (row, 13) != 0,
  };
  gint64 line_no = jp_statement_get_integer (row, 11);

  /* Zero is how the platform says that it has no share, of a refund for example. */
  line.share_bp = line.share_bp == 0 ? -1 : line.share_bp;
  line.is_agreed = is_agreed (self, &line);
  jp_statement_get_id (row, 1, &line.id);
  jp_statement_get_id (row, 8, &line.trainee);
  if (self->contract.number == NULL)
    self->contract.number = keep (self, row, 10);
  g_array_append_val (self->lines, line);
  g_array_append_val (self->line_nos, line_no);
  return advance (self, source, error);
}

static gboolean
take_lines (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source *source = &self->sources[SOURCE_LINES];

  while (is_of (source, contract))
    if (!take_line (self, source, error))
      return FALSE;
  return TRUE;
}

static void
add_session (JpSettlementStream *self, JpStatement *row)
{
  const char         *state = jp_statement_get_text (row, 4);
  gint32              duration = (gint32)jp_statement_get_integer (row, 5);
  JpSettlementSession session = {
    .part = (gint32)jp_statement_get_integer (row, 1),
    .minutes = (gint32)jp_statement_get_integer (row, 2),
    .started_on = date_of (jp_statement_get_integer (row, 3)),
  };

  if (g_strcmp0 (state, "pending") == 0)
    session.pending_minutes = duration;
  else
    session.void_minutes = MAX (duration - session.minutes, 0);
  g_array_append_val (self->sessions, session);
}

static gboolean
take_sessions (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source *source = &self->sources[SOURCE_SESSIONS];

  while (is_of (source, contract))
    {
      add_session (self, source->read);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

/* A part may have been refused before it was approved. */
static void
add_review (JpSettlementStream *self, JpStatement *row)
{
  gint64              part = jp_statement_get_integer (row, 1);
  const char         *state = jp_statement_get_text (row, 4);
  JpSettlementReview *review = NULL;

  if (part < 1 || part > JP_POLICY_N_PARTS)
    return;
  review = &self->contract.reviews[part];
  if (g_strcmp0 (state, "approved") == 0)
    {
      review->minutes = jp_statement_get_integer (row, 2);
      review->reviewed_on = date_of (jp_statement_get_integer (row, 3));
    }
  else if (g_strcmp0 (state, "submitted") == 0)
    review->submitted_on = date_of (jp_statement_get_integer (row, 5));
  else if (g_strcmp0 (state, "refused") == 0)
    review->refused_on = date_of (jp_statement_get_integer (row, 3));
}

static gboolean
take_reviews (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source *source = &self->sources[SOURCE_REVIEWS];

  while (is_of (source, contract))
    {
      add_review (self, source->read);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_exams (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source        *source = &self->sources[SOURCE_EXAMS];
  JpPolicyFacts *facts = &self->contract.facts;
  JpDate         signed_on = facts->events[JP_POLICY_EVENT_CONTRACT_SIGNED];

  while (is_of (source, contract))
    {
      gint64 subject = jp_statement_get_integer (source->read, 1);
      JpDate taken_on = (JpDate)jp_statement_get_integer (source->read, 2);

      if (subject >= 1 && subject <= JP_POLICY_N_PARTS && taken_on >= signed_on)
        {
          facts->exams[subject].n_attempts++;
          if (jp_statement_get_integer (source->read, 3) != 0 &&
              facts->exams[subject].passed_on == JP_DATE_NONE)
            facts->exams[subject].passed_on = taken_on;
        }
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_payments (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source *source = &self->sources[SOURCE_PAYMENTS];

  while (is_of (source, contract))
    {
      JpSettlementPayment payment = { date_of (jp_statement_get_integer (source->read, 1)),
                                      jp_statement_get_integer (source->read, 2) };

      g_array_append_val (self->payments, payment);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_refunds (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source *source = &self->sources[SOURCE_REFUNDS];

  while (is_of (source, contract))
    {
      const char        *name = jp_statement_get_text (source->read, 3);
      const JpCode      *fault = name != NULL ? jp_code_lookup (jp_fault_codes, name) : NULL;
      JpSettlementRefund refund = {
        .amount_fen = jp_statement_get_integer (source->read, 1),
        .asked_on = (JpDate)jp_statement_get_integer (source->read, 2),
        .fault = fault != NULL ? (JpPolicyFault)fault->value : JP_POLICY_FAULT_TRAINEE,
        .reference = keep (self, source->read, 4),
      };

      g_array_append_val (self->refunds, refund);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

/* Outgoing ones take money away, incoming ones have brought hours along. */
static gboolean
take_transfers (JpSettlementStream *self, const JpId *contract, GError **error)
{
  Source *source = &self->sources[SOURCE_TRANSFERS];

  while (is_of (source, contract))
    {
      JpSettlementRefund move = {
        .amount_fen = jp_statement_get_integer (source->read, 2),
        .asked_on = (JpDate)jp_statement_get_integer (source->read, 3),
        .is_transfer = TRUE,
      };

      if (jp_statement_get_integer (source->read, 1) != 0)
        g_array_append_val (self->refunds, move);
      else
        self->contract.brought_minutes += jp_statement_get_integer (source->read, 4);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

/* --- its rules --- */

static Rules *
find_rules (JpSettlementStream *self, const char *policy, const char *curriculum)
{
  g_autofree char *key = make_key (policy, curriculum);

  if (self->last == NULL || strcmp (self->last->key, key) != 0)
    self->last = g_hash_table_lookup (self->rules, key);
  return self->last;
}

/* Contracts of one version of a tier carry the same copy. */
static gboolean
set_fees (JpSettlementStream *self, const char *copy, GError **error)
{
  Fees *fees = g_hash_table_lookup (self->fees, copy);

  if (fees == NULL)
    {
      JpVault       *vault = self->vault;
      JpPolicyGather gather = { 0 };
      g_autoptr (JpRecord) contract =
        jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, &self->contract.id, error);
      g_autoptr (JpRecord) tier =
        contract != NULL ? jp_facts_repo_read_tier (contract, NULL) : NULL;

      if (contract == NULL)
        return jp_vault_translate (error);
      /* ignored: without its fees a contract cannot be computed, and the sentence says so */
      if (tier != NULL)
        jp_policy_gather_add_fees (&gather, tier);
      fees = g_new0 (Fees, 1);
      memcpy (fees->fees, gather.fees, sizeof fees->fees);
      fees->n = gather.facts.n_fees;
      g_hash_table_insert (self->fees, g_strdup (copy), fees);
    }
  self->contract.facts.fees = fees->fees;
  self->contract.facts.n_fees = fees->n;
  return TRUE;
}

static gboolean
take_contract (JpSettlementStream *self, GError **error)
{
  Source               *source = &self->sources[SOURCE_CONTRACTS];
  JpStatement          *row = source->read;
  JpSettlementContract *contract = &self->contract;
  JpDate               *events = contract->facts.events;
  const char           *licence_type = keep (self, row, 3);
  const Rules          *rules =
    find_rules (self, jp_statement_get_text (row, 5), jp_statement_get_text (row, 6));

  contract->is_known = TRUE;
  contract->number = keep (self, row, 1);
  contract->trainee_name = keep (self, row, 10);
  contract->policy = rules != NULL ? rules->policy : NULL;
  jp_statement_get_id (row, 2, &contract->trainee);
  jp_statement_get_id (row, 11, &contract->tier);
  jp_policy_facts_init (&contract->facts, rules != NULL ? rules->curriculum : NULL,
                        licence_type != NULL ? licence_type : "");
  contract->facts.price_fen = jp_statement_get_integer (row, 4);
  events[JP_POLICY_EVENT_CONTRACT_SIGNED] = date_of (jp_statement_get_integer (row, 8));
  events[JP_POLICY_EVENT_FEE_PAID] = date_of (jp_statement_get_integer (row, 9));
  /* The file is opened, and the card issued, when the money is there. */
  events[JP_POLICY_EVENT_FILE_OPENED] = events[JP_POLICY_EVENT_FEE_PAID];
  events[JP_POLICY_EVENT_CARD_ISSUED] = events[JP_POLICY_EVENT_FEE_PAID];
  if (rules != NULL && rules->has_fees && !jp_statement_is_null (row, 7) &&
      !set_fees (self, jp_statement_get_text (row, 7), error))
    return FALSE;
  return advance (self, source, error);
}

static void
clear (JpSettlementStream *self)
{
  self->contract = (JpSettlementContract){ 0 };
  g_string_chunk_clear (self->texts);
  g_array_set_size (self->lines, 0);
  g_array_set_size (self->line_nos, 0);
  g_array_set_size (self->sessions, 0);
  g_array_set_size (self->payments, 0);
  g_array_set_size (self->refunds, 0);
}

static void
lend (JpSettlementStream *self)
{
  JpSettlementContract *contract = &self->contract;

  contract->lines = (const JpSettlementLine *)self->lines->data;
  contract->n_lines = self->lines->len;
  contract->sessions = (const JpSettlementSession *)self->sessions->data;
  contract->n_sessions = self->sessions->len;
  contract->payments = (const JpSettlementPayment *)self->payments->data;
  contract->n_payments = self->payments->len;
  contract->refunds = (const JpSettlementRefund *)self->refunds->data;
  contract->n_refunds = self->refunds->len;
}

static gboolean
take_all (JpSettlementStream *self, const JpId *contract, GError **error)
{
  for (guint i = 0; i < SOURCE_STRANGERS; i++)
    if (!skip_to (self, &self->sources[i], contract, error))
      return FALSE;
  return (!is_of (&self->sources[SOURCE_CONTRACTS], contract) || take_contract (self, error)) &&
         take_lines (self, contract, error) && take_sessions (self, contract, error) &&
         take_reviews (self, contract, error) && take_exams (self, contract, error) &&
         take_payments (self, contract, error) && take_refunds (self, contract, error) &&
         take_transfers (self, contract, error);
}

/* A contract that is asked for and is not here is told only if a line names it. */
static gboolean
take_next (JpSettlementStream *self, gboolean *out_any, GError **error)
{
  while (self->next < self->ids->len && !*out_any)
    {
      if (self->next == self->end && !begin_block (self, error))
        return FALSE;
      clear (self);
      self->contract.id = g_array_index (self->ids, JpId, self->next++);
      if (!take_all (self, &self->contract.id, error))
        return FALSE;
      *out_any = self->contract.is_known || self->lines->len > 0;
    }
  return TRUE;
}

/* Each stands for itself: two strangers have nothing to do with each other. */
static gboolean
take_stranger (JpSettlementStream *self, gboolean *out_any, GError **error)
{
  Source *source = &self->sources[SOURCE_STRANGERS];

  *out_any = source->row;
  return !source->row || take_line (self, source, error);
}

/**
 * jp_settlement_stream_next:
 * @self: a stream
 * @out_contract: (out) (transfer none) (nullable): the next contract, valid until the next call;
 *   %NULL at the end. The lines that name no contract come last, one by one, each as a contract
 * that is not known
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_settlement_stream_next (JpSettlementStream          *self,
                           const JpSettlementContract **out_contract,
                           GError                     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_contract != NULL, FALSE);

  gboolean any = FALSE;

  *out_contract = NULL;
  if (!take_next (self, &any, error))
    return FALSE;
  if (!any)
    clear (self);
  if (!any && !take_stranger (self, &any, error))
    return FALSE;

  lend (self);
  if (any)
    *out_contract = &self->contract;
  return TRUE;
}

/**
 * jp_settlement_stream_get_line_no:
 * @self: a stream
 * @index: index of a line of the present contract
 *
 * Returns: the number of the line on its statement
 */
gint64
jp_settlement_stream_get_line_no (JpSettlementStream *self, guint index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < self->line_nos->len, 0);

  return g_array_index (self->line_nos, gint64, index);
}

/**
 * jp_settlement_stream_count_rows:
 * @self: a stream
 *
 * Returns: how many rows were read so far
 */
guint64
jp_settlement_stream_count_rows (JpSettlementStream *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

static gboolean
drain (JpSettlementStream *self, Source *source, GError **error)
{
  int n_columns = source->row ? jp_statement_get_n_columns (source->read) : 0;

  while (source->row)
    {
      for (int column = 1; column < n_columns; column++)
        jp_statement_get_integer (source->read, column);
      if (!advance (self, source, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_settlement_stream_drain:
 * @self: a stream that was just opened
 * @error: return location for a [error@Jp.StoreError]
 *
 * Reads the same rows and columns as jp_settlement_stream_next() would, and makes nothing of them:
 * what the matching is measured against.
 *
 * Returns: whether they could be read
 */
gboolean
jp_settlement_stream_drain (JpSettlementStream *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  while (self->next < self->ids->len)
    {
      if (!begin_block (self, error))
        return FALSE;
      for (guint i = 0; i < SOURCE_STRANGERS; i++)
        if (!drain (self, &self->sources[i], error))
          return FALSE;
      self->next = self->end;
    }
  return drain (self, &self->sources[SOURCE_STRANGERS], error);
}
