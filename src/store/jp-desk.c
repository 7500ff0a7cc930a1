/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-check-id.h"
#include "jp-desk-private.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

#define GREEN_PLATE_CHARS 8

G_DEFINE_QUARK (jp - desk - error - quark, jp_desk_error)

static const char *const sentences[] = {
  [JP_DESK_GONE] = NC_ ("desk", "This record is not there any more. Look in the trash."),
  [JP_DESK_TRAINEE_EXISTS] =
    NC_ ("desk", "Somebody with this ID number is on the roster. Open that file instead."),
  [JP_DESK_TRAINEE_LEFT] =
    NC_ ("desk", "This trainee has graduated or left. Enrol the person again first."),
  [JP_DESK_ENROLMENT_CLOSED] =
    NC_ ("desk", "This enrolment has been accepted or declined already."),
  [JP_DESK_CONTRACT_RUNNING] =
    NC_ ("desk", "This trainee has a contract that is not finished. Cancel or finish it first."),
  [JP_DESK_CONTRACT_STATE] =
    NC_ ("desk", "The contract is not in the right state for this. Look at its status."),
  [JP_DESK_CONTRACT_CHANGED] =
    NC_ ("desk", "The text of the contract does not match its digest. Draft it again."),
  [JP_DESK_TIER_NOT_ON_SALE] =
    NC_ ("desk", "This class tier is not on sale today. Choose one that is published."),
  [JP_DESK_TIER_LICENCE] =
    NC_ ("desk", "This class tier is for another licence type than the trainee's."),
  [JP_DESK_TIER_ENDED] =
    NC_ ("desk", "This class tier has ended or was replaced. Open its newest version."),
  [JP_DESK_TIER_DATE] =
    NC_ ("desk", "The new version must not begin before the old one or before today."),
  [JP_DESK_TERMINAL_ELSEWHERE] =
    NC_ ("desk", "This terminal sits in another vehicle. Take it out there first."),
  [JP_DESK_TERMINAL_RETIRED] =
    NC_ ("desk", "This terminal is retired. Choose another one, or change its status first."),
  [JP_DESK_VEHICLE_EMPTY] = NC_ ("desk", "There is no terminal in this vehicle."),
  [JP_DESK_UNCHANGED] = NC_ ("desk", "Nothing would change."),
  [JP_DESK_REFUND_OPEN] =
    NC_ ("desk", "A refund for this contract is under way. Wait for the platform's answer."),
  [JP_DESK_TRANSFER_OPEN] =
    NC_ ("desk", "A transfer of this trainee is under way. Wait for the platform's answer."),
  [JP_DESK_SCHOOL_NUMBER] =
    NC_ ("desk",
         "This is not the number of another school. It has sixteen characters; the "
         "platform's list of schools has it."),
  [JP_DESK_SCHOOL_INCOMPLETE] =
    NC_ ("desk",
         "A contract names the school's credit code, permit and legal representative. "
         "Fill them in on the page School Profile first."),
  [JP_DESK_NO_POLICY] =
    NC_ ("desk", "No release and refund policy is known. Sync with the platform first."),
  [JP_DESK_NO_CURRICULUM] =
    NC_ ("desk", "No curriculum is known for this licence type. Sync with the platform first."),
  [JP_DESK_POLICY_SILENT] =
    NC_ ("desk",
         "The rules of this contract leave open a number that this needs. Ask the "
         "transport bureau for it; nothing is guessed here."),
  [JP_DESK_POLICY_UNSIGNED] =
    NC_ ("desk",
         "Rules have arrived that the platform has not signed. They are not used. Tell the "
         "platform."),
  [JP_DESK_USER_UNKNOWN] =
    NC_ ("desk", "Nobody of this name works at this PC. Add the person as a user first."),
  [JP_DESK_USER_EXISTS] = NC_ ("desk", "There is a user of this name already."),
  [JP_DESK_USER_ROLE] = NC_ ("desk", "This is not among the tasks of this person's role."),
  [JP_DESK_USER_FIRST] =
    NC_ ("desk", "The first user must be the principal, who then adds the others."),
  [JP_DESK_PIN_WRONG] = NC_ ("desk", "The PIN is wrong."),
  [JP_DESK_PIN_BLOCKED] =
    NC_ ("desk", "The PIN was wrong too often. Wait five minutes, then try again."),
  [JP_DESK_PIN_WEAK] = NC_ ("desk", "A PIN has at least six characters that are not all the same."),
  [JP_DESK_PIN_MISSING] =
    NC_ ("desk",
         "This person has no PIN at this PC yet. Make a code at a PC where there is one, "
         "then choose a PIN here with it."),
  [JP_DESK_CODE_WRONG] =
    NC_ ("desk", "This code is wrong, used or older than a week. Make another one."),
  [JP_DESK_SAME_PERSON] =
    NC_ ("desk", "Whoever asked for this cannot approve it. A second person must."),
  [JP_DESK_NOT_APPROVED] =
    NC_ ("desk", "It goes to the platform only after a second person approved it."),
  [JP_DESK_DECIDED] = NC_ ("desk", "This has been decided already."),
  [JP_DESK_DISPUTED] = NC_ ("desk", "This line is contested already. Look at its dispute."),
  [JP_DESK_NOTHING_WRONG] = NC_ ("desk", "Nothing is wrong with this line."),
  [JP_DESK_DISPUTE_STATE] =
    NC_ ("desk", "The dispute is not in the right state for this. Look at its state."),
  [JP_DESK_DISPUTE_DONE] =
    NC_ ("desk", "This can no longer be undone: the dispute is answered or withdrawn already."),
  [JP_DESK_FILE_TYPE] =
    NC_ ("desk", "Only pictures (JPEG, PNG, WebP) and PDF files can be attached."),
  [JP_DESK_FILE_SIZE] =
    NC_ ("desk",
         "The file is empty, or larger than 20 MiB. Scan it again with a lower resolution."),
  [JP_DESK_FILE_THERE] = NC_ ("desk", "This very file is attached here already."),
};

/**
 * jp_desk_problem_get_sentence:
 * @problem: a problem
 *
 * Returns: (transfer none): what is wrong and what to do, translated
 */
const char *
jp_desk_problem_get_sentence (JpDeskProblem problem)
{
  g_return_val_if_fail ((gsize)problem < G_N_ELEMENTS (sentences), "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "desk", sentences[problem]);
}

/* --- shared by the files of the desk
 * ------------------------------------------------------------------ */

/**
 * jp_desk_refuse:
 * @problem: why
 * @what: the kind of thing and which one, without personal data
 * @error: return location
 *
 * Returns: %FALSE always, so that it can be returned
 */
gboolean
jp_desk_refuse (JpDeskProblem problem, const char *what, GError **error)
{
  g_set_error (error, JP_DESK_ERROR, (int)problem, "%s: refused by rule %d of the desk", what,
               (int)problem);
  return FALSE;
}

/**
 * jp_desk_get_live:
 * @vault: a vault
 * @kind: a kind
 * @id: a record
 * @error: return location
 *
 * Returns: (transfer full): the record, or %NULL with %JP_DESK_GONE if it is deleted or missing
 */
JpRecord *
jp_desk_get_live (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) record =
    jp_record_table_find (vault->db, vault->key, kind, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      jp_vault_translate (error);
      return NULL;
    }
  if (record != NULL && !jp_record_get_head (record)->deleted)
    return g_steal_pointer (&record);

  jp_desk_refuse (JP_DESK_GONE, jp_kind_get_info (kind)->name, error);
  return NULL;
}

/**
 * jp_desk_find_first:
 * @vault: a vault
 * @query: a question
 * @out_record: (out) (nullable) (transfer full): its first row that is not parked
 * @error: return location
 *
 * Returns: whether it could be asked
 */
gboolean
jp_desk_find_first (JpVault *vault, const JpQuery *query, JpRecord **out_record, GError **error)
{
  g_autoptr (GPtrArray) records = jp_query_fetch_all (vault, query, error);

  if (records == NULL)
    return FALSE;

  *out_record = NULL;
  for (guint i = 0; *out_record == NULL && i < records->len; i++)
    if (!jp_record_get_head (g_ptr_array_index (records, i))->parked)
      *out_record = jp_record_ref (g_ptr_array_index (records, i));
  return TRUE;
}

/**
 * jp_desk_new_change:
 * @vault: a vault
 * @kind: what is done
 * @actor: who does it
 *
 * Returns: (transfer full): an empty change with a new identity
 */
JpChange *
jp_desk_new_change (JpVault *vault, const char *kind, const char *actor)
{
  JpId op_id = jp_id_source_next (vault->ids);

  return jp_change_new (&op_id, kind, actor);
}

/**
 * jp_desk_add:
 * @change: a change
 * @before: (nullable): the record as it is
 * @after: (transfer full): a draft of what it shall be
 */
void
jp_desk_add (JpChange *change, JpRecord *before, JpDraft *after)
{
  g_autoptr (JpRecord) record = jp_draft_end (after);

  jp_change_add (change, before, record);
}

/* --- defaults
 * -------------------------------------------------------------------------------------- */

static void
default_code (JpDraft *draft, JpFieldId field, int value)
{
  if (!jp_draft_has (draft, field))
    jp_draft_set_code (draft, field, value);
}

static void
default_date (JpDraft *draft, JpFieldId field, JpDate date)
{
  if (!jp_draft_has (draft, field))
    jp_draft_set_date (draft, field, date);
}

static void
set_trainee_defaults (JpDraft *draft, JpDate today)
{
  default_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_RESIDENT);
  default_code (draft, JP_TRAINEE_BUSI_TYPE, JP_BUSI_TYPE_FIRST);
  default_code (draft, JP_TRAINEE_STATUS, JP_TRAINEE_STATUS_ENROLLED);
  default_date (draft, JP_TRAINEE_APPLIED_ON, today);
  jp_validate_derive (draft, JP_TRAINEE_ID_NUMBER);
}

static void
set_vehicle_defaults (JpDraft *draft)
{
  const char  *plate = jp_draft_get_text (draft, JP_VEHICLE_PLATE);
  JpPlateColor color = JP_PLATE_COLOR_BLUE;

  default_code (draft, JP_VEHICLE_STATUS, JP_VEHICLE_STATUS_IN_USE);
  if (plate == NULL)
    return;

  /* Coach plates are yellow, those of electric cars have one more character and are green. */
  if (g_str_has_suffix (plate, "学"))
    color = JP_PLATE_COLOR_YELLOW;
  else if (jp_text_length (plate) == GREEN_PLATE_CHARS)
    color = JP_PLATE_COLOR_GREEN;
  default_code (draft, JP_VEHICLE_PLATE_COLOR, color);
}

static void
set_tier_defaults (JpDraft *draft, JpDate today)
{
  default_code (draft, JP_CLASS_TIER_STATUS, JP_TIER_STATUS_DRAFT);
  default_code (draft, JP_CLASS_TIER_TRAINING_MODE, JP_TRAINING_MODE_BOOKED);
  default_code (draft, JP_CLASS_TIER_CHARGE_MODE, JP_CHARGE_MODE_ONCE);
  default_code (draft, JP_CLASS_TIER_PAY_MODE, JP_PAY_MODE_PAY_FIRST);
  default_date (draft, JP_CLASS_TIER_VALID_FROM, today);
  if (!jp_draft_has (draft, JP_CLASS_TIER_VERSION_NO))
    jp_draft_set_integer (draft, JP_CLASS_TIER_VERSION_NO, 1);
}

/**
 * jp_desk_set_defaults:
 * @draft: a draft of a new record
 * @today: today's date
 *
 * Fills what nearly everybody would answer, and what follows from the ID number, where nothing has
 * been typed. For forms, the import and the terminal program.
 */
void
jp_desk_set_defaults (JpDraft *draft, JpDate today)
{
  g_return_if_fail (draft != NULL);
  g_return_if_fail (jp_date_is_valid (today));

  switch ((int)jp_draft_get_kind (draft))
    {
    case JP_KIND_TRAINEE:
      set_trainee_defaults (draft, today);
      break;
    case JP_KIND_COACH:
      default_code (draft, JP_COACH_EMPLOY_STATUS, JP_EMPLOY_STATUS_EMPLOYED);
      default_date (draft, JP_COACH_HIRED_ON, today);
      jp_validate_derive (draft, JP_COACH_ID_NUMBER);
      break;
    case JP_KIND_VEHICLE:
      set_vehicle_defaults (draft);
      break;
    case JP_KIND_TERMINAL:
      default_code (draft, JP_TERMINAL_STATUS, JP_TERMINAL_STATUS_SPARE);
      default_code (draft, JP_TERMINAL_TYPE, JP_TERMINAL_TYPE_VEHICLE);
      break;
    case JP_KIND_CLASS_TIER:
      set_tier_defaults (draft, today);
      break;
    default:
      break;
    }
}

/* --- trainees and enrolments
 * ----------------------------------------------------------------------- */

/**
 * jp_desk_find_person:
 * @vault: a vault
 * @kind: %JP_KIND_TRAINEE or %JP_KIND_COACH
 * @id_number: a whole ID number
 * @error: return location for a [error@Jp.StoreError]
 *
 * Looks somebody up by the blind index of the ID number. Of several files of one trainee the one
 * that is not finished comes first.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with or without an error
 */
JpRecord *
jp_desk_find_person (JpVault *vault, JpKind kind, const char *id_number, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (kind == JP_KIND_TRAINEE || kind == JP_KIND_COACH, NULL);
  g_return_val_if_fail (id_number != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (kind);
  g_autoptr (GPtrArray) found = NULL;
  JpRecord *best = NULL;

  jp_query_where_text (query, kind == JP_KIND_TRAINEE ? JP_TRAINEE_ID_NUMBER : JP_COACH_ID_NUMBER,
                       JP_QUERY_EQUAL, id_number);
  found = jp_query_fetch_all (vault, query, error);
  if (found == NULL || found->len == 0)
    return NULL;

  best = g_ptr_array_index (found, found->len - 1);
  for (guint i = 0; kind == JP_KIND_TRAINEE && i < found->len; i++)
    {
      JpRecord *record = g_ptr_array_index (found, i);

      if (jp_record_get_code (record, JP_TRAINEE_STATUS) <= JP_TRAINEE_STATUS_TRAINING)
        best = record;
    }
  return jp_record_ref (best);
}

static gboolean
check_newcomer (JpVault *vault, JpDraft *trainee, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) known = NULL;
  const char *id_number = jp_draft_get_text (trainee, JP_TRAINEE_ID_NUMBER);

  if (id_number == NULL)
    return TRUE; /* the commit says that it is missing */

  known = jp_desk_find_person (vault, JP_KIND_TRAINEE, id_number, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* Who has graduated or left may come again; that is a new file. */
  if (known != NULL && jp_record_get_code (known, JP_TRAINEE_STATUS) <= JP_TRAINEE_STATUS_TRAINING)
    return jp_desk_refuse (JP_DESK_TRAINEE_EXISTS, "trainee", error);
  return TRUE;
}

/**
 * jp_desk_enrol_trainee:
 * @vault: a vault
 * @trainee: (transfer full): what was typed
 * @actor: who enrols
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Somebody enrols at the desk.
 *
 * Returns: (transfer full): a change "enrol", or %NULL with %JP_DESK_TRAINEE_EXISTS
 */
JpChange *
jp_desk_enrol_trainee (JpVault *vault, JpDraft *trainee, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (trainee != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpDraft) draft = trainee;
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "enrol", actor);

  jp_desk_set_defaults (draft, jp_vault_today (vault));
  if (!check_newcomer (vault, draft, error))
    return NULL;

  jp_desk_add (change, NULL, g_steal_pointer (&draft));
  return g_steal_pointer (&change);
}

static int
guess_document (const char *number, JpDate today)
{
  if (jp_check_id_number_on (number, today) == JP_PROBLEM_NONE)
    return JP_ID_TYPE_RESIDENT;
  if (jp_check_id_passport (number) == JP_PROBLEM_NONE)
    return JP_ID_TYPE_PASSPORT;
  if (jp_check_id_officer (number) == JP_PROBLEM_NONE)
    return JP_ID_TYPE_OFFICER;
  return JP_ID_TYPE_OTHER;
}

static JpDraft *
draft_from_enrolment (JpVault *vault, JpRecord *enrolment)
{
  static const JpFieldId pairs[][2] = {
    { JP_TRAINEE_NAME, JP_ENROLMENT_NAME },
    { JP_TRAINEE_ID_NUMBER, JP_ENROLMENT_ID_NUMBER },
    { JP_TRAINEE_PHONE, JP_ENROLMENT_PHONE },
    { JP_TRAINEE_LICENCE_TYPE, JP_ENROLMENT_LICENCE_TYPE },
  };
  JpId        id = jp_id_source_next (vault->ids);
  JpDraft    *draft = jp_draft_new (JP_KIND_TRAINEE, &id);
  const char *number = jp_record_get_text (enrolment, JP_ENROLMENT_ID_NUMBER);
  gint64      asked_at_us = jp_record_get_integer (enrolment, JP_ENROLMENT_ASKED_AT);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (jp_record_has (enrolment, pairs[i][1]))
      jp_draft_set_text (draft, pairs[i][0], jp_record_get_text (enrolment, pairs[i][1]));

  if (jp_record_has (enrolment, JP_ENROLMENT_CLASS_TIER))
    jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER,
                      jp_record_get_ref (enrolment, JP_ENROLMENT_CLASS_TIER));
  if (number != NULL)
    jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, guess_document (number, jp_vault_today (vault)));
  jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON, jp_date_from_instant (asked_at_us));
  jp_desk_set_defaults (draft, jp_vault_today (vault));
  return draft;
}

static JpRecord *
get_open_enrolment (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (JpRecord) enrolment = jp_desk_get_live (vault, JP_KIND_ENROLMENT, id, error);

  if (enrolment == NULL)
    return NULL;
  if (jp_record_get_code (enrolment, JP_ENROLMENT_STATUS) == JP_ENROLMENT_STATUS_OPEN)
    return g_steal_pointer (&enrolment);

  jp_desk_refuse (JP_DESK_ENROLMENT_CLOSED, "enrolment", error);
  return NULL;
}

/**
 * jp_desk_new_trainee:
 * @vault: a vault
 * @enrolment: an open enrolment
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Prepares the file of somebody who enrolled online, for a form to complete.
 *
 * Returns: (transfer full): a draft with what the enrolment says, or %NULL with an error
 */
JpDraft *
jp_desk_new_trainee (JpVault *vault, const JpId *enrolment, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (enrolment != NULL, NULL);

  g_autoptr (JpRecord) record = get_open_enrolment (vault, enrolment, error);

  return record != NULL ? draft_from_enrolment (vault, record) : NULL;
}

static void
answer_enrolment (JpChange         *change,
                  JpRecord         *enrolment,
                  JpEnrolmentStatus status,
                  const JpId       *trainee,
                  const char       *reason)
{
  g_autoptr (JpDraft) answer = jp_draft_new_from (enrolment);

  jp_draft_set_code (answer, JP_ENROLMENT_STATUS, (int)status);
  if (trainee != NULL)
    jp_draft_set_ref (answer, JP_ENROLMENT_TRAINEE, trainee);
  if (reason != NULL)
    jp_draft_set_text (answer, JP_ENROLMENT_REASON, reason);
  jp_desk_add (change, enrolment, g_steal_pointer (&answer));
}

/**
 * jp_desk_accept_enrolment:
 * @vault: a vault
 * @enrolment: an open enrolment
 * @trainee: (nullable) (transfer full): the completed file; %NULL to take what the enrolment says
 * @actor: who accepts
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Accepts somebody who enrolled online. A person who is on the roster already gets no second file:
 * the enrolment points to the one that is there.
 *
 * Returns: (transfer full): a change "accept", or %NULL with an error
 */
JpChange *
jp_desk_accept_enrolment (JpVault    *vault,
                          const JpId *enrolment,
                          JpDraft    *trainee,
                          const char *actor,
                          GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (enrolment != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpDraft) draft = trainee;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) record = get_open_enrolment (vault, enrolment, error);
  g_autoptr (JpRecord) known = NULL;
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "accept", actor);

  if (record == NULL)
    return NULL;
  if (draft == NULL)
    draft = draft_from_enrolment (vault, record);
  if (jp_draft_has (draft, JP_TRAINEE_ID_NUMBER))
    known = jp_desk_find_person (vault, JP_KIND_TRAINEE,
                                 jp_draft_get_text (draft, JP_TRAINEE_ID_NUMBER), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (known != NULL && jp_record_get_code (known, JP_TRAINEE_STATUS) <= JP_TRAINEE_STATUS_TRAINING)
    {
      answer_enrolment (change, record, JP_ENROLMENT_STATUS_ACCEPTED, jp_record_get_id (known),
                        NULL);
      return g_steal_pointer (&change);
    }

  JpId id = *jp_draft_get_id (draft);

  jp_desk_add (change, NULL, g_steal_pointer (&draft));
  answer_enrolment (change, record, JP_ENROLMENT_STATUS_ACCEPTED, &id, NULL);
  return g_steal_pointer (&change);
}

/**
 * jp_desk_decline_enrolment:
 * @vault: a vault
 * @enrolment: an open enrolment
 * @reason: (nullable): what the person will read
 * @actor: who declines
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): a change "decline", or %NULL with an error
 */
JpChange *
jp_desk_decline_enrolment (JpVault    *vault,
                           const JpId *enrolment,
                           const char *reason,
                           const char *actor,
                           GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (enrolment != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = get_open_enrolment (vault, enrolment, error);
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "decline", actor);

  if (record == NULL)
    return NULL;

  answer_enrolment (change, record, JP_ENROLMENT_STATUS_DECLINED, NULL, reason);
  return g_steal_pointer (&change);
}

static void
add_deletion (JpChange *change, JpRecord *record, gboolean deleted)
{
  g_autoptr (JpDraft) draft = NULL;

  if (jp_record_get_head (record)->deleted == deleted)
    return;
  draft = jp_draft_new_from (record);
  jp_draft_set_deleted (draft, deleted);
  jp_desk_add (change, record, g_steal_pointer (&draft));
}

/**
 * jp_desk_set_deleted:
 * @vault: a vault
 * @kind: a kind
 * @id: a record
 * @deleted: into the trash, or out of it
 * @actor: who
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): a change "delete" or "restore", or %NULL with %JP_DESK_UNCHANGED if it
 *   is there already
 */
JpChange *
jp_desk_set_deleted (JpVault    *vault,
                     JpKind      kind,
                     const JpId *id,
                     gboolean    deleted,
                     const char *actor,
                     GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_record_table_get (vault->db, vault->key, kind, id, error);
  g_autoptr (JpChange) change = jp_desk_new_change (vault, deleted ? "delete" : "restore", actor);

  if (record == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  add_deletion (change, record, deleted);
  if (change->rows->len > 0)
    return g_steal_pointer (&change);

  jp_desk_refuse (JP_DESK_UNCHANGED, jp_kind_get_info (kind)->name, error);
  return NULL;
}

/**
 * jp_desk_set_rows_deleted:
 * @vault: a vault
 * @kind: a kind
 * @rids: (element-type gint64): row ids, at most %JP_CHANGE_MAX_ROWS
 * @deleted: into the trash, or out of it
 * @actor: who
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Puts several records into the trash, or takes them out, as one action. Those that are there
 * already stay as they are.
 *
 * Returns: (transfer full): a change "delete" or "restore", or %NULL with %JP_DESK_UNCHANGED if
 *   all are there already
 */
JpChange *
jp_desk_set_rows_deleted (JpVault    *vault,
                          JpKind      kind,
                          GArray     *rids,
                          gboolean    deleted,
                          const char *actor,
                          GError    **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (rids != NULL && rids->len <= JP_CHANGE_MAX_ROWS, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpChange) change = jp_desk_new_change (vault, deleted ? "delete" : "restore", actor);

  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (JpRecord) record =
        jp_record_table_get_rid (vault->db, vault->key, kind, g_array_index (rids, gint64, i),
                                 error);

      if (record == NULL)
        {
          jp_vault_translate (error);
          return NULL;
        }
      add_deletion (change, record, deleted);
    }
  if (change->rows->len > 0)
    return g_steal_pointer (&change);

  jp_desk_refuse (JP_DESK_UNCHANGED, jp_kind_get_info (kind)->name, error);
  return NULL;
}
