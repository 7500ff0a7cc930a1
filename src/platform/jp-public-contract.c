/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-private.h"

/* What trainees do with their contract, and what those who work for the city see of it. */

#define TOKEN_VALID_US   (90 * JP_DAY_US)
#define MAX_NUMBER_BYTES 64
#define MAX_SCHOOL_BYTES 300
#define MAX_KEY_BYTES    256
#define DEFAULT_ROWS     50
#define MAX_ROWS         500
#define DIGEST_BYTES     64

static void
add_contract (JpPublicCall *call, JpRecord *contract)
{
  static const JpFieldId fields[] = {
    JP_CONTRACT_NUMBER,     JP_CONTRACT_STATUS,    JP_CONTRACT_LICENCE_TYPE, JP_CONTRACT_PRICE,
    JP_CONTRACT_OFFERED_AT, JP_CONTRACT_SIGNED_AT, JP_CONTRACT_PAID_AT,      JP_CONTRACT_PAID,
    JP_CONTRACT_RELEASED,   JP_CONTRACT_REFUNDED,
  };

  jp_public_add_id (call, "id", jp_record_get_id (contract));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    jp_public_add_field (call, contract, fields[i]);
}

static gboolean
get_own (JpPublicCall *call, JpRecord **out_contract, GError **error)
{
  *out_contract =
    jp_business_get (call->business, JP_KIND_CONTRACT, &call->caller.subject, NULL, error);
  return *out_contract != NULL;
}

/**
 * jp_public_send_token: (skip)
 * @call: "contract_no", "school"
 * @error: return location
 *
 * Plays the text message that brings a trainee the token of an offered contract.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_send_token (JpPublicCall *call, GError **error)
{
  const char      *number = NULL;
  const char      *school = NULL;
  JpPublicCaller   owner = { .role = JP_PUBLIC_TRAINEE };
  g_autofree char *token = NULL;
  g_autoptr (JpRecord) contract = NULL;

  if (!jp_json_get_text (call->in, "contract_no", MAX_NUMBER_BYTES, &number, error) ||
      !jp_public_read_optional (call, "school", MAX_SCHOOL_BYTES, &school, error) ||
      !jp_public_find_contract (call, number, school, &owner.subject, error))
    return FALSE;
  contract =
    jp_business_get (call->business, JP_KIND_CONTRACT, &owner.subject, &owner.school, error);
  if (contract == NULL)
    return FALSE;
  if (jp_record_get_code (contract, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_DRAFT)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the contract is not offered yet");
  if (!jp_public_token_make (call->self->store, &owner, TOKEN_VALID_US, &token, error))
    return FALSE;
  add_contract (call, contract);
  jp_public_add_text (call, "token", token);
  return TRUE;
}

/* --- for those who work for the city --- */

static void
add_part (JpPublicCall *call, const JpBusinessFacts *facts, int part, gint64 pending)
{
  const JpPolicyPartFacts *training = &facts->gather.facts.parts[part];

  json_builder_begin_object (call->out);
  jp_public_add_integer (call, "part", part);
  if (training->required_minutes != JP_POLICY_UNKNOWN)
    jp_public_add_integer (call, "required_minutes", training->required_minutes);
  jp_public_add_integer (call, "valid_minutes", training->used_minutes);
  jp_public_add_integer (call, "pending_minutes", pending);
  jp_public_add_boolean (call, "approved", training->reviewed_on != JP_DATE_NONE);
  jp_public_add_boolean (call, "passed", facts->gather.facts.exams[part].passed_on != JP_DATE_NONE);
  json_builder_end_object (call->out);
}

static gboolean
read_pending (JpPublicCall *call,
              const JpId   *trainee,
              gint64        pending[JP_POLICY_N_PARTS + 1],
              GError      **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT part, sum (duration) FROM training_session WHERE trainee = :trainee"
                   " AND state = 'pending' AND deleted = 0 GROUP BY part",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return FALSE;
  jp_statement_bind_id (read, ":trainee", trainee);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        return TRUE;

      gint64 part = CLAMP (jp_statement_get_integer (read, 0), 1, JP_POLICY_N_PARTS);

      pending[part] += jp_statement_get_integer (read, 1);
    }
  return FALSE;
}

static gboolean
add_parts (JpPublicCall *call, JpRecord *contract, GError **error)
{
  JpBusinessFacts facts;
  gint64          pending[JP_POLICY_N_PARTS + 1] = { 0 };
  JpDate          today = jp_platform_store_get_today (call->self->store);

  if (!jp_business_read_facts (call->business, contract, today, &facts, error) ||
      !read_pending (call, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), pending, error))
    return FALSE;
  json_builder_set_member_name (call->out, "parts");
  json_builder_begin_array (call->out);
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    add_part (call, &facts, part, pending[part]);
  json_builder_end_array (call->out);
  return TRUE;
}

/* A coach, and a vehicle with a terminal, for whoever plays a terminal: of the licence type if the
 * school has them, and not the same for everybody. */
static gboolean
add_means (JpPublicCall *call, const JpId *school, JpRecord *contract, GError **error)
{
  g_autoptr (JpStatement) coach =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT number FROM coach WHERE school = :school AND employ_status = 'employed'"
                   " AND number IS NOT NULL AND deleted = 0"
                   " AND (permit_until IS NULL OR permit_until >= :soon)"
                   " ORDER BY teaches = :type DESC, (rid * 31 + :mix) % 97, rid LIMIT 1",
                   error);
  g_autoptr (JpStatement) seat =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT v.number, t.number FROM terminal_assignment a"
                   " JOIN vehicle v ON v.id = a.vehicle JOIN terminal t ON t.id = a.terminal"
                   " WHERE a.school = :school AND a.ended_at IS NULL AND a.deleted = 0"
                   " AND a.parked = 0 AND v.status = 'in-use'"
                   " AND v.deleted = 0 AND v.number IS NOT NULL AND t.number IS NOT NULL"
                   " AND (v.inspected_until IS NULL OR v.inspected_until >= :soon)"
                   " ORDER BY v.licence_type = :type DESC, (v.rid * 31 + :mix) % 97, v.rid LIMIT 1",
                   error);
  const char *type = jp_record_get_text (contract, JP_CONTRACT_LICENCE_TYPE);
  JpDate      soon = jp_date_add_days (jp_platform_store_get_today (call->self->store), 60);
  gint64      mix = jp_id_hash (jp_record_get_id (contract));
  gboolean    has_coach = FALSE;
  gboolean    has_seat = FALSE;

  if (coach == NULL || seat == NULL)
    return FALSE;
  jp_statement_bind_id (coach, ":school", school);
  jp_statement_bind_text (coach, ":type", type);
  jp_statement_bind_integer (coach, ":soon", soon);
  jp_statement_bind_integer (coach, ":mix", mix);
  jp_statement_bind_integer (seat, ":mix", mix);
  jp_statement_bind_id (seat, ":school", school);
  jp_statement_bind_text (seat, ":type", type);
  jp_statement_bind_integer (seat, ":soon", soon);
  if (!jp_statement_step (coach, &has_coach, error) || !jp_statement_step (seat, &has_seat, error))
    return FALSE;
  jp_public_add_text (call, "coach_number", has_coach ? jp_statement_get_text (coach, 0) : NULL);
  jp_public_add_text (call, "vehicle_number", has_seat ? jp_statement_get_text (seat, 0) : NULL);
  jp_public_add_text (call, "terminal_number", has_seat ? jp_statement_get_text (seat, 1) : NULL);
  return TRUE;
}

static gboolean
add_trainee (JpPublicCall *call, JpRecord *contract, GError **error)
{
  const JpId *id = jp_record_get_ref (contract, JP_CONTRACT_TRAINEE);
  g_autoptr (JpRecord) trainee = jp_business_get (call->business, JP_KIND_TRAINEE, id, NULL, error);
  g_autoptr (JpStatement) last =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT ifnull (max (CAST (record_no AS INTEGER)), 0),"
                   " ifnull (max (ended_at), 0) FROM training_session WHERE trainee = :trainee"
                   " AND deleted = 0",
                   error);
  gboolean row = FALSE;

  if (trainee == NULL || last == NULL)
    return FALSE;
  jp_statement_bind_id (last, ":trainee", id);
  if (!jp_statement_step (last, &row, error))
    return FALSE;
  jp_public_add_text (call, "trainee_number", jp_record_get_text (trainee, JP_TRAINEE_NUMBER));
  jp_public_add_integer (call, "last_record_no", jp_statement_get_integer (last, 0));
  jp_public_add_integer (call, "last_session_at", jp_statement_get_integer (last, 1));
  return TRUE;
}

static gboolean
add_numbers (JpPublicCall *call, const char *status, GError **error)
{
  const char *school = jp_http_request_get_query (call->request, "school");
  gint64      limit = DEFAULT_ROWS;
  JpId        owner = JP_ID_NONE;
  gboolean    row = FALSE;
  g_autoptr (JpStatement) read =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT c.number, s.number FROM contract c JOIN school s ON s.id = c.school"
                   " WHERE c.status = :status AND (:school IS NULL OR c.school = :school)"
                   " AND c.deleted = 0 AND c.parked = 0 ORDER BY c.rid DESC LIMIT :limit",
                   error);

  if (read == NULL ||
      !jp_http_request_get_query_integer (call->request, "limit", 1, MAX_ROWS, &limit, error) ||
      (school != NULL && !jp_public_find_school (call, school, &owner, error)))
    return FALSE;
  jp_statement_bind_text (read, ":status", status);
  jp_statement_bind_id (read, ":school", &owner);
  jp_statement_bind_integer (read, ":limit", limit);
  json_builder_set_member_name (call->out, "contracts");
  json_builder_begin_array (call->out);
  while (jp_statement_step (read, &row, error))
    {
      if (!row)
        {
          json_builder_end_array (call->out);
          return TRUE;
        }
      json_builder_begin_object (call->out);
      jp_public_add_text (call, "contract_no", jp_statement_get_text (read, 0));
      jp_public_add_text (call, "school", jp_statement_get_text (read, 1));
      json_builder_end_object (call->out);
    }
  return FALSE;
}

/**
 * jp_public_look_up_contract: (skip)
 * @call: "contract_no" and "school", or "status", "school" and "limit"
 * @error: return location
 *
 * Says how a contract stands: state, money, hours of each part, and with what can be trained; or
 * lists the contracts in a state, newest first.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_look_up_contract (JpPublicCall *call, GError **error)
{
  const char *number = jp_http_request_get_query (call->request, "contract_no");
  const char *status = jp_http_request_get_query (call->request, "status");
  const char *school = jp_http_request_get_query (call->request, "school");
  JpClock    *clock = jp_platform_store_get_clock (call->self->store);
  JpId        id;
  JpId        owner;
  g_autoptr (JpRecord) contract = NULL;

  if (number == NULL && status != NULL)
    return add_numbers (call, status, error);
  if (number == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "a number is missing");
  if (!jp_public_find_contract (call, number, school, &id, error))
    return FALSE;
  contract = jp_business_get (call->business, JP_KIND_CONTRACT, &id, &owner, error);
  if (contract == NULL)
    return FALSE;
  add_contract (call, contract);
  jp_public_add_id (call, "school", &owner);
  jp_public_add_integer (call, "now", jp_clock_now_us (clock));
  return add_trainee (call, contract, error) && add_parts (call, contract, error) &&
         add_means (call, &owner, contract, error);
}

/* --- for the trainee --- */

/**
 * jp_public_show_contract: (skip)
 * @call: nothing
 * @error: return location
 *
 * Shows trainees their contract, with the text that they sign.
 *
 * Returns: whether it is answered
 */
gboolean
jp_public_show_contract (JpPublicCall *call, GError **error)
{
  g_autoptr (JpRecord) contract = NULL;

  if (!get_own (call, &contract, error))
    return FALSE;
  add_contract (call, contract);
  jp_public_add_field (call, contract, JP_CONTRACT_TEXT);
  jp_public_add_field (call, contract, JP_CONTRACT_TEXT_DIGEST);
  return TRUE;
}

/**
 * jp_public_sign_contract: (skip)
 * @call: "digest"
 * @error: return location
 *
 * Returns: whether it is signed
 */
gboolean
jp_public_sign_contract (JpPublicCall *call, GError **error)
{
  const char *digest = NULL;
  g_autoptr (JpRecord) contract = NULL;

  if (!jp_json_get_text (call->in, "digest", DIGEST_BYTES, &digest, error) ||
      !jp_business_sign (call->business, &call->caller.subject, digest, &contract, error))
    return FALSE;
  add_contract (call, contract);
  return TRUE;
}

/**
 * jp_public_pay_contract: (skip)
 * @call: "key", "amount"
 * @error: return location
 *
 * Returns: whether it is paid
 */
gboolean
jp_public_pay_contract (JpPublicCall *call, GError **error)
{
  const char *key = NULL;
  gint64      amount_fen = 0;
  g_autoptr (JpRecord) payment = NULL;
  g_autoptr (JpRecord) contract = NULL;

  if (!jp_json_get_text (call->in, "key", MAX_KEY_BYTES, &key, error) ||
      !jp_json_get_integer (call->in, "amount", 1, JP_FEN_MAX, &amount_fen, error) ||
      !jp_business_pay (call->business, &call->caller.subject, key, amount_fen, &payment, error) ||
      !get_own (call, &contract, error))
    return FALSE;
  add_contract (call, contract);
  jp_public_add_field (call, payment, JP_PAYMENT_AMOUNT);
  jp_public_add_field (call, payment, JP_PAYMENT_BANK_REFERENCE);
  return TRUE;
}
