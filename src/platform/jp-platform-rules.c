/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-rules.h"

#include "jp-codes.h"
#include "jp-merge.h"
#include "jp-request.h"
#include "jp-validate.h"

/* The steps of a status that a school may take; NULL is before the record exists. All other steps
 * of these fields are the platform's. */
static const struct
{
  JpFieldId   field;
  const char *from;
  const char *to;
} steps[] = {
  { JP_CONTRACT_STATUS, NULL, "draft" },
  { JP_CONTRACT_STATUS, NULL, "offered" },
  { JP_CONTRACT_STATUS, "draft", "offered" },
  { JP_CONTRACT_STATUS, "draft", "cancelled" },
  { JP_CONTRACT_STATUS, "offered", "cancelled" },
  { JP_REFUND_STATE, NULL, "draft" },
  { JP_REFUND_STATE, NULL, "pending" },
  { JP_REFUND_STATE, "draft", "pending" },
  { JP_REFUND_STATE, "draft", "declined" },
  { JP_TRANSFER_STATE, NULL, "draft" },
  { JP_TRANSFER_STATE, NULL, "pending" },
  { JP_TRANSFER_STATE, "draft", "pending" },
  { JP_TRANSFER_STATE, "draft", "declined" },
  { JP_COMPLAINT_STATE, "open", "answered" },
  { JP_DISPUTE_STATE, NULL, "draft" },
  { JP_DISPUTE_STATE, NULL, "sent" },
  { JP_DISPUTE_STATE, "draft", "sent" },
  { JP_DISPUTE_STATE, "sent", "withdrawn" },
  { JP_DISPUTE_STATE, "review", "withdrawn" },
  { JP_CONFLICT_STATE, "open", "mine" },
  { JP_CONFLICT_STATE, "open", "theirs" },
};

static guint32
unit_of (JpFieldId field)
{
  return 1u << jp_field_get (field)->merge;
}

static gboolean
has_code (JpRecord *record, JpFieldId field, int code)
{
  return jp_record_get_code (record, field) == code;
}

/**
 * jp_platform_rules_get_units:
 * @info: a kind
 * @theirs: (nullable): the row as it is, %NULL before it exists
 *
 * A contract is frozen once it is offered: the trainee signs what they read. So is a request once
 * it is asked. What never changes has no units at all.
 *
 * Returns: mask of the merge units that a school may write now
 */
guint32
jp_platform_rules_get_units (const JpKindInfo *info, JpRecord *theirs)
{
  g_return_val_if_fail (info != NULL, 0);

  guint32 units = jp_merge_owned_units (info, FALSE);

  if (theirs == NULL)
    return units;
  if (info->rule == JP_RULE_FACT)
    return 0;
  if (info->kind == JP_KIND_CONTRACT &&
      !has_code (theirs, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT))
    return units & ~(unit_of (JP_CONTRACT_NUMBER) | unit_of (JP_CONTRACT_PRICE));
  if (info->kind == JP_KIND_REFUND && !has_code (theirs, JP_REFUND_STATE, JP_REQUEST_STATE_DRAFT))
    return units & ~(unit_of (JP_REFUND_REASON) | unit_of (JP_REFUND_CHECKED_BY));
  if (info->kind == JP_KIND_TRANSFER &&
      !has_code (theirs, JP_TRANSFER_STATE, JP_REQUEST_STATE_DRAFT))
    return units & ~(unit_of (JP_TRANSFER_OTHER_SCHOOL) | unit_of (JP_TRANSFER_CHECKED_BY));
  if (info->kind == JP_KIND_DISPUTE && !has_code (theirs, JP_DISPUTE_STATE, JP_DISPUTE_STATE_DRAFT))
    return units & ~unit_of (JP_DISPUTE_REASON);
  return units;
}

/**
 * jp_platform_rules_may_create:
 * @info: a kind
 *
 * Returns: whether schools make records of the kind
 */
gboolean
jp_platform_rules_may_create (const JpKindInfo *info)
{
  g_return_val_if_fail (info != NULL, FALSE);

  return info->owner != JP_OWNER_PLATFORM && info->kind != JP_KIND_SCHOOL &&
         info->kind != JP_KIND_CONFLICT;
}

static gboolean
may_step (JpFieldId field, const char *from, const char *to)
{
  gboolean governed = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (steps[i].field != field)
        continue;
      governed = TRUE;
      if (g_strcmp0 (steps[i].from, from) == 0 && g_strcmp0 (steps[i].to, to) == 0)
        return TRUE;
    }

  return !governed || (from != NULL && g_strcmp0 (from, to) == 0);
}

/**
 * jp_platform_rules_check_steps:
 * @theirs: (nullable): the row as it is, %NULL before it exists
 * @mine: the row as a school wants it
 *
 * Returns: (nullable): the name of a field whose step the school may not take
 */
const char *
jp_platform_rules_check_steps (JpRecord *theirs, JpRecord *mine)
{
  g_return_val_if_fail (mine != NULL, NULL);

  const JpKindInfo *info = jp_record_get_info (mine);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (field->type == JP_FIELD_CODE &&
          !may_step (field->id, theirs != NULL ? jp_record_get_text (theirs, field->id) : NULL,
                     jp_record_get_text (mine, field->id)))
        return field->name;
    }

  /* Only the platform knows who asked on the platform. */
  if (theirs == NULL && info->kind == JP_KIND_ENROLMENT &&
      g_strcmp0 (jp_record_get_text (mine, JP_ENROLMENT_CHANNEL), "platform") == 0)
    return jp_field_get (JP_ENROLMENT_CHANNEL)->name;
  return NULL;
}

static gboolean
has_own_digest (JpRecord *contract)
{
  const char *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);

  if (text == NULL)
    return FALSE;

  g_autofree char *digest = jp_hash_sha256_text (text, strlen (text));

  return g_strcmp0 (digest, jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST)) == 0;
}

/**
 * jp_platform_rules_check_fields:
 * @record: a row as a school wants it
 * @units: mask of the merge units to judge
 * @today: today's date
 *
 * Returns: (nullable) (transfer full): what is wrong as "field: problem" with commas between, or
 *   %NULL
 */
char *
jp_platform_rules_check_fields (JpRecord *record, guint32 units, JpDate today)
{
  g_return_val_if_fail (record != NULL, NULL);

  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  g_autoptr (GArray) issues = jp_validate_draft (draft, today);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      const JpIssue *issue = &g_array_index (issues, JpIssue, i);
      const JpField *field = jp_field_get (issue->field);

      if (field->owner == JP_OWNER_PLATFORM || !(units >> field->merge & 1))
        continue;
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "", field->name,
                              jp_problem_get_name (issue->problem));
    }

  if (text->len == 0 && jp_record_get_kind (record) == JP_KIND_CONTRACT &&
      (units & unit_of (JP_CONTRACT_TEXT)) && !has_own_digest (record))
    g_string_append_printf (text, "%s: digest", jp_field_get (JP_CONTRACT_TEXT_DIGEST)->name);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * jp_platform_rules_check_fixed:
 * @theirs: the row as it is
 * @mine: the row as a school wants it
 * @units: mask of the merge units to judge
 *
 * Returns: a field that cannot change any more but would, or 0
 */
JpFieldId
jp_platform_rules_check_fixed (JpRecord *theirs, JpRecord *mine, guint32 units)
{
  g_return_val_if_fail (theirs != NULL, 0);
  g_return_val_if_fail (mine != NULL, 0);

  const JpKindInfo *info = jp_record_get_info (theirs);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if ((field->flags & JP_FIELD_FIXED) && (units >> field->merge & 1) &&
          !jp_record_field_equal (theirs, mine, field->id))
        return field->id;
    }

  return 0;
}

/**
 * jp_platform_rules_is_request:
 * @record: a row
 *
 * Returns: whether it asks the platform for a decision
 */
gboolean
jp_platform_rules_is_request (JpRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  switch ((int)jp_record_get_kind (record))
    {
    case JP_KIND_REFUND:
      return has_code (record, JP_REFUND_STATE, JP_REQUEST_STATE_PENDING);
    case JP_KIND_TRANSFER:
      return has_code (record, JP_TRANSFER_STATE, JP_REQUEST_STATE_PENDING);
    case JP_KIND_DISPUTE:
      return has_code (record, JP_DISPUTE_STATE, JP_DISPUTE_STATE_SENT);
    default:
      return FALSE;
    }
}

static gboolean
find_person (JpPlatformStore *store,
             const JpId      *school,
             const JpId      *id,
             JpRecord       **out_person,
             GError         **error)
{
  g_autoptr (GError) local = NULL;

  *out_person =
    id != NULL ? jp_platform_store_find (store, school, JP_KIND_PERSON, id, &local) : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * jp_platform_rules_has_two_people:
 * @store: a store
 * @school: a school
 * @record: a row as the school wants it
 * @out_has: (out): %FALSE if it is a request without two people of the school behind it who may:
 *   one who asked, another one who checked
 * @error: return location for a [error@Jp.DbError]
 *
 * What a trainee asks for on the platform does not come this way.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_rules_has_two_people (JpPlatformStore *store,
                                  const JpId      *school,
                                  JpRecord        *record,
                                  gboolean        *out_has,
                                  GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (out_has != NULL, FALSE);

  const JpRequestFields *fields = jp_request_get_fields (jp_record_get_kind (record));
  g_autoptr (JpRecord) asked = NULL;
  g_autoptr (JpRecord) checked = NULL;

  *out_has = TRUE;
  if (fields == NULL || !jp_platform_rules_is_request (record))
    return TRUE;
  if (!find_person (store, school, jp_record_get_ref (record, fields->asked_by), &asked, error) ||
      !find_person (store, school, jp_record_get_ref (record, fields->checked_by), &checked, error))
    return FALSE;
  *out_has = jp_request_judge_people (asked, checked) == JP_REQUEST_PEOPLE_FINE;
  return TRUE;
}

/**
 * jp_platform_rules_is_seat:
 * @record: a row
 *
 * Returns: whether it is a terminal's assignment that is open, and not in the trash
 */
gboolean
jp_platform_rules_is_seat (JpRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return jp_record_get_kind (record) == JP_KIND_TERMINAL_ASSIGNMENT &&
         !jp_record_has (record, JP_TERMINAL_ASSIGNMENT_ENDED_AT) &&
         !jp_record_get_head (record)->deleted;
}

static gboolean
query_any (JpStatement *statement, gboolean *out_any, GError **error)
{
  return jp_statement_step (statement, out_any, error);
}

static gboolean
has_bound_contract (JpPlatformStore *store, JpRecord *trainee, gboolean *out_has, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT 1 FROM contract WHERE trainee = :trainee AND deleted = 0"
                   " AND status NOT IN ('draft', 'cancelled') LIMIT 1",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":trainee", jp_record_get_id (trainee));
  return query_any (statement, out_has, error);
}

/**
 * jp_platform_rules_has_money:
 * @store: a store
 * @record: a row
 * @out_has: (out): whether money, or somebody who signs, hangs on it
 * @error: return location for a [error@Jp.DbError]
 *
 * What the answer is yes for cannot be deleted.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_rules_has_money (JpPlatformStore *store,
                             JpRecord        *record,
                             gboolean        *out_has,
                             GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (out_has != NULL, FALSE);

  *out_has = FALSE;
  switch ((int)jp_record_get_kind (record))
    {
    case JP_KIND_CONTRACT:
      *out_has = !has_code (record, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT) &&
                 !has_code (record, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_CANCELLED);
      return TRUE;
    case JP_KIND_REFUND:
      *out_has = !has_code (record, JP_REFUND_STATE, JP_REQUEST_STATE_DRAFT);
      return TRUE;
    case JP_KIND_TRANSFER:
      *out_has = !has_code (record, JP_TRANSFER_STATE, JP_REQUEST_STATE_DRAFT);
      return TRUE;
    case JP_KIND_DISPUTE:
      *out_has = !has_code (record, JP_DISPUTE_STATE, JP_DISPUTE_STATE_DRAFT);
      return TRUE;
    case JP_KIND_TRAINEE:
      return has_bound_contract (store, record, out_has, error);
    default:
      return TRUE;
    }
}

static void
bind_seat (JpStatement *statement, JpRecord *record)
{
  jp_statement_bind_id (statement, ":terminal",
                        jp_record_get_ref (record, JP_TERMINAL_ASSIGNMENT_TERMINAL));
  jp_statement_bind_id (statement, ":vehicle",
                        jp_record_get_ref (record, JP_TERMINAL_ASSIGNMENT_VEHICLE));
  jp_statement_bind_id (statement, ":id", jp_record_get_id (record));
}

/**
 * jp_platform_rules_is_seat_taken:
 * @store: a store
 * @record: a row that may be an open assignment
 * @out_taken: (out): whether another open assignment has its terminal or its vehicle
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_rules_is_seat_taken (JpPlatformStore *store,
                                 JpRecord        *record,
                                 gboolean        *out_taken,
                                 GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (out_taken != NULL, FALSE);

  *out_taken = FALSE;
  if (!jp_platform_rules_is_seat (record))
    return TRUE;

  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT 1 FROM terminal_assignment WHERE terminal = :terminal"
                   " AND ended_at IS NULL AND deleted = 0 AND parked = 0 AND id <> :id"
                   " UNION ALL SELECT 1 FROM terminal_assignment WHERE vehicle = :vehicle"
                   " AND ended_at IS NULL AND deleted = 0 AND parked = 0 AND id <> :id LIMIT 1",
                   error);

  if (statement == NULL)
    return FALSE;
  bind_seat (statement, record);
  return query_any (statement, out_taken, error);
}

/**
 * jp_platform_rules_does_overlap:
 * @store: a store
 * @record: a row that may be an assignment that has ended
 * @out_overlaps: (out): whether somebody else had its terminal or its vehicle within its time
 * @error: return location for a [error@Jp.DbError]
 *
 * Two PCs may end the same assignment, or one may end what the other has taken back: whichever end
 * holds must not reach into the time of the next one.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_rules_does_overlap (JpPlatformStore *store,
                                JpRecord        *record,
                                gboolean        *out_overlaps,
                                GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (out_overlaps != NULL, FALSE);

  *out_overlaps = FALSE;
  if (jp_record_get_kind (record) != JP_KIND_TERMINAL_ASSIGNMENT ||
      !jp_record_has (record, JP_TERMINAL_ASSIGNMENT_ENDED_AT))
    return TRUE;

  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT 1 FROM terminal_assignment WHERE terminal = :terminal"
                   " AND started_at < :ended AND (ended_at IS NULL OR ended_at > :started)"
                   " AND deleted = 0 AND parked = 0 AND id <> :id"
                   " UNION ALL SELECT 1 FROM terminal_assignment WHERE vehicle = :vehicle"
                   " AND started_at < :ended AND (ended_at IS NULL OR ended_at > :started)"
                   " AND deleted = 0 AND parked = 0 AND id <> :id LIMIT 1",
                   error);

  if (statement == NULL)
    return FALSE;
  bind_seat (statement, record);
  jp_statement_bind_integer (statement, ":started",
                             jp_record_get_integer (record, JP_TERMINAL_ASSIGNMENT_STARTED_AT));
  jp_statement_bind_integer (statement, ":ended",
                             jp_record_get_integer (record, JP_TERMINAL_ASSIGNMENT_ENDED_AT));
  return query_any (statement, out_overlaps, error);
}

/**
 * jp_platform_rules_find_missing:
 * @store: a store
 * @school: the school of the row
 * @record: a row
 * @units: mask of the merge units to look at
 * @out_field: (out): a reference to a row that the school does not have, or 0
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_rules_find_missing (JpPlatformStore *store,
                                const JpId      *school,
                                JpRecord        *record,
                                guint32          units,
                                JpFieldId       *out_field,
                                GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);
  g_return_val_if_fail (out_field != NULL, FALSE);

  const JpKindInfo *info = jp_record_get_info (record);

  *out_field = 0;
  for (guint i = 0; i < info->n_fields && *out_field == 0; i++)
    {
      const JpField *field = &info->fields[i];
      gboolean       has = FALSE;

      if (field->type != JP_FIELD_REF || !(units >> field->merge & 1) ||
          !jp_record_has (record, field->id))
        continue;
      if (!jp_platform_store_has (store, school, field->target,
                                  jp_record_get_ref (record, field->id), &has, error))
        return FALSE;
      if (!has)
        *out_field = field->id;
    }

  return TRUE;
}

/**
 * jp_platform_rules_find_same_person:
 * @store: a store
 * @school: a school
 * @trainee: a trainee of the school
 * @out_id: (out): another trainee with the same ID number, or none
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_rules_find_same_person (JpPlatformStore *store,
                                    const JpId      *school,
                                    JpRecord        *trainee,
                                    JpId            *out_id,
                                    GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (trainee != NULL, FALSE);
  g_return_val_if_fail (out_id != NULL, FALSE);

  /* Not by the index on the school, which has far more rows with one value. */
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT id FROM trainee WHERE id_number_bix = :index AND +school = :school"
                   " AND deleted = 0 AND id <> :id ORDER BY rid LIMIT 1",
                   error);
  guint8   index[JP_SEAL_INDEX_BYTES];
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_seal_index (jp_platform_store_get_key (store), jp_field_get (JP_TRAINEE_ID_NUMBER)->name,
                 jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER), index);
  jp_statement_bind_blob (statement, ":index", index, sizeof index);
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_id (statement, ":id", jp_record_get_id (trainee));
  if (!jp_statement_step (statement, &row, error))
    return FALSE;

  *out_id = JP_ID_NONE;
  return !row || jp_statement_get_id (statement, 0, out_id);
}
