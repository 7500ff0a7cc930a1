/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-crash-private.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-import.h"
#include "jp-merge.h"
#include "jp-test-records.h"
#include "jp-typing-repo.h"

#define ACTOR     "前台"
#define MAX_TRIES 200

/* What people at the front desk do. */

static JpVault *
vault_of (JpCrashStage *stage)
{
  return stage->fixture.vault;
}

static JpChange *
new_change (JpCrashStage *stage, const char *kind)
{
  JpId op_id = jp_id_source_next (vault_of (stage)->ids);

  return jp_change_new (&op_id, kind, ACTOR);
}

static JpKind
pick_kind (JpCrashStage *stage)
{
  static const JpKind kinds[] = { JP_KIND_VEHICLE, JP_KIND_COACH, JP_KIND_TRAINEE, JP_KIND_GROUND };

  return kinds[jp_sim_random_below (&stage->random, G_N_ELEMENTS (kinds))];
}

/* What a user leaves after working on some fields of a record. */
static JpRecord *
edited (JpCrashStage *stage, JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);
  g_autoptr (JpRecord) other = jp_test_record_new (info->kind, stage->fixture.random);
  JpDraft *draft = jp_draft_new_from (record);
  guint32  units = jp_record_diff_units (record, other) & jp_merge_owned_units (info, FALSE);
  guint    n = 1 + jp_sim_random_below (&stage->random, 3);

  for (guint tries = 0; n > 0 && tries < MAX_TRIES; tries++)
    {
      guint unit = jp_sim_random_below (&stage->random, 32);

      if (units >> unit & 1)
        {
          jp_draft_copy_unit (draft, other, unit);
          units &= ~(1u << unit);
          n--;
        }
    }
  return jp_draft_end (draft);
}

static gboolean
save_edit (JpCrashStage *stage, GPtrArray *records, GError **error)
{
  JpChange *change = new_change (stage, "edit");

  for (guint i = 0; i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);
      g_autoptr (JpRecord) before = jp_crash_stage_get (stage, record);
      g_autoptr (JpRecord) after = edited (stage, before);

      jp_change_add (change, before, after);
    }
  return jp_crash_stage_commit (stage, change, error);
}

/* --- records --- */

static gboolean
act_save (JpCrashStage *stage, GError **error)
{
  JpChange *change = new_change (stage, "new");
  guint     n = 1 + jp_sim_random_below (&stage->random, 3);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JpRecord) record = jp_test_record_new (pick_kind (stage), stage->fixture.random);

      jp_change_add (change, NULL, record);
    }
  return jp_crash_stage_commit (stage, change, error);
}

static void
prepare_record (JpCrashStage *stage)
{
  stage->subject = jp_crash_stage_add (stage, pick_kind (stage));
}

static gboolean
act_edit (JpCrashStage *stage, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, stage->subject);
  return save_edit (stage, records, error);
}

/* One after the other, as somebody works through a list. */
static gboolean
act_edits (JpCrashStage *stage, GError **error)
{
  for (int i = 0; i < 4; i++)
    if (!act_edit (stage, error))
      return FALSE;
  return TRUE;
}

static void
prepare_many (JpCrashStage *stage)
{
  for (int i = 0; i < 6; i++)
    g_ptr_array_add (stage->records, jp_crash_stage_add (stage, pick_kind (stage)));
}

static gboolean
act_edit_many (JpCrashStage *stage, GError **error)
{
  return save_edit (stage, stage->records, error);
}

static void
prepare_undo (JpCrashStage *stage)
{
  g_autoptr (GError) error = NULL;

  prepare_record (stage);
  act_edit (stage, &error);
  g_assert_no_error (error);
}

static gboolean
act_undo (JpCrashStage *stage, GError **error)
{
  if (!jp_commit_undo (vault_of (stage), stage->n, ACTOR, NULL, error))
    return FALSE;
  jp_crash_stage_ack (stage, NULL);
  return TRUE;
}

static gboolean
set_deleted (JpCrashStage *stage, gboolean deleted, GError **error)
{
  return jp_crash_stage_commit (stage,
                                jp_desk_set_deleted (vault_of (stage),
                                                     jp_record_get_kind (stage->subject),
                                                     jp_record_get_id (stage->subject), deleted,
                                                     ACTOR, error),
                                error);
}

static gboolean
act_delete (JpCrashStage *stage, GError **error)
{
  return set_deleted (stage, TRUE, error);
}

static void
prepare_deleted (JpCrashStage *stage)
{
  g_autoptr (GError) error = NULL;

  prepare_record (stage);
  set_deleted (stage, TRUE, &error);
  g_assert_no_error (error);
}

static gboolean
act_restore (JpCrashStage *stage, GError **error)
{
  return set_deleted (stage, FALSE, error);
}

static gboolean
act_typing (JpCrashStage *stage, GError **error)
{
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strnfill (20 + (gsize)i * 400, 'x');
      GVariantBuilder  typed;

      g_variant_builder_init (&typed, G_VARIANT_TYPE ("a{ss}"));
      g_variant_builder_add (&typed, "{ss}", "note", text);
      if (!jp_typing_repo_save (vault_of (stage), "trainee:new", g_variant_builder_end (&typed),
                                error))
        return FALSE;
      jp_crash_stage_ack (stage, NULL);
    }
  return jp_typing_repo_clear (vault_of (stage), "trainee:new", error);
}

static void
add_import_row (JpCrashStage *stage, JpImport *import, guint number)
{
  g_autofree char *name = jp_test_record_dup_name (stage->fixture.random);
  g_autofree char *mobile = jp_test_record_dup_mobile (stage->fixture.random);
  g_autofree char *id_number =
    jp_test_record_dup_id_number (stage->fixture.random, 19991224, number % 2 == 0);
  JpImportRow *row = jp_import_add_row (import, number);

  jp_import_row_put (row, JP_TRAINEE_NAME, name);
  jp_import_row_put (row, JP_TRAINEE_ID_NUMBER, id_number);
  jp_import_row_put (row, JP_TRAINEE_PHONE, mobile);
  jp_import_row_put (row, JP_TRAINEE_LICENCE_TYPE, "C1");
}

static gboolean
act_import (JpCrashStage *stage, GError **error)
{
  g_autoptr (JpImport) import = jp_import_new (JP_KIND_TRAINEE);
  guint n_rows = 3 + jp_sim_random_below (&stage->random, 6);

  for (guint i = 0; i < n_rows; i++)
    add_import_row (stage, import, i + 1);
  if (!jp_import_plan (import, vault_of (stage), NULL, error))
    return FALSE;
  g_assert_cmpuint (jp_import_count (import, JP_IMPORT_NEW), >, 0);
  if (!jp_import_commit (import, vault_of (stage), ACTOR, NULL, error))
    return FALSE;
  jp_crash_stage_ack (stage, NULL);
  return TRUE;
}

/* --- contracts and tiers --- */

static void
complete_school (JpCrashStage *stage)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = vault_of (stage);
  g_autoptr (JpRecord) school = jp_vault_fixture_get (vault, JP_KIND_SCHOOL, &vault->school);
  g_autoptr (JpRecord) after = NULL;
  JpDraft  *draft = jp_draft_new_from (school);
  JpChange *change = new_change (stage, "edit");

  jp_draft_set_text (draft, JP_SCHOOL_CREDIT_CODE, "91350100M000100Y43");
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_NO, "鲁交运管许可菏字371702000001号");
  jp_draft_set_text (draft, JP_SCHOOL_LEGAL_PERSON, "王建国");
  after = jp_draft_end (draft);
  jp_change_add (change, school, after);
  jp_crash_stage_commit (stage, change, &error);
  g_assert_no_error (error);
}

static gboolean
draft_contract (JpCrashStage *stage, JpRecord *trainee, JpRecord *tier, GError **error)
{
  JpChange *change = jp_desk_draft_contract (vault_of (stage), jp_record_get_id (trainee),
                                             jp_record_get_id (tier), ACTOR, error);

  g_clear_pointer (&stage->subject, jp_record_unref);
  if (change == NULL)
    return FALSE;
  stage->subject = jp_record_ref (((JpChangeRow *)g_ptr_array_index (change->rows, 0))->after);
  return jp_crash_stage_commit (stage, change, error);
}

static void
prepare_people (JpCrashStage *stage)
{
  complete_school (stage);
  g_ptr_array_add (stage->records,
                   jp_vault_fixture_add_tier (vault_of (stage), "C1 普通班", 328000));
  g_ptr_array_add (stage->records, jp_vault_fixture_add_trainee (&stage->fixture, "C1"));
}

static gboolean
act_contract (JpCrashStage *stage, GError **error)
{
  return draft_contract (stage, stage->records->pdata[1], stage->records->pdata[0], error);
}

static void
prepare_contract (JpCrashStage *stage)
{
  g_autoptr (GError) error = NULL;

  prepare_people (stage);
  act_contract (stage, &error);
  g_assert_no_error (error);
}

static gboolean
act_offer (JpCrashStage *stage, GError **error)
{
  return jp_crash_stage_commit (stage,
                                jp_desk_offer_contract (vault_of (stage),
                                                        jp_record_get_id (stage->subject), ACTOR,
                                                        error),
                                error);
}

static gboolean
act_cancel (JpCrashStage *stage, GError **error)
{
  return jp_crash_stage_commit (stage,
                                jp_desk_cancel_contract (vault_of (stage),
                                                         jp_record_get_id (stage->subject), ACTOR,
                                                         error),
                                error);
}

static void
prepare_tier (JpCrashStage *stage)
{
  stage->subject = jp_vault_fixture_add_tier (vault_of (stage), "C1 普通班", 328000);
}

static gboolean
act_tier (JpCrashStage *stage, GError **error)
{
  JpDraft *wanted = jp_draft_new_from (stage->subject);

  jp_draft_set_integer (wanted, JP_CLASS_TIER_PRICE,
                        300000 + (gint64)jp_sim_random_below (&stage->random, 20000));
  return jp_crash_stage_commit (stage, jp_desk_change_tier (vault_of (stage), wanted, ACTOR, error),
                                error);
}

/* --- terminals --- */

static JpId
add_terminal (JpCrashStage *stage)
{
  JpDraft *draft = jp_test_draft_new (JP_KIND_TERMINAL, stage->fixture.random);
  g_autoptr (JpRecord) record = NULL;

  jp_draft_set_code (draft, JP_TERMINAL_STATUS, JP_TERMINAL_STATUS_SPARE);
  record = jp_vault_fixture_save (vault_of (stage), draft);
  return *jp_record_get_id (record);
}

static gboolean
seat (JpCrashStage *stage, JpId terminal, JpAssignmentReason reason, GError **error)
{
  JpDeskSwap request = {
    *jp_record_get_id (stage->subject), terminal, "1440530000001", reason, NULL, FALSE
  };

  return jp_crash_stage_commit (stage,
                                jp_desk_swap_terminal (vault_of (stage), &request, ACTOR, error),
                                error);
}

static void
prepare_seat (JpCrashStage *stage)
{
  g_autoptr (GError) error = NULL;

  stage->subject = jp_crash_stage_add (stage, JP_KIND_VEHICLE);
  seat (stage, add_terminal (stage), JP_ASSIGNMENT_REASON_FIRST, &error);
  g_assert_no_error (error);
  stage->id = add_terminal (stage);
}

static gboolean
act_swap (JpCrashStage *stage, GError **error)
{
  return seat (stage, stage->id, JP_ASSIGNMENT_REASON_REPAIR, error);
}

/* --- enrolments --- */

static void
prepare_enrolment (JpCrashStage *stage)
{
  JpId             id = jp_id_source_next (vault_of (stage)->ids);
  JpDraft         *draft = jp_draft_new (JP_KIND_ENROLMENT, &id);
  g_autofree char *name = jp_test_record_dup_name (stage->fixture.random);
  g_autofree char *mobile = jp_test_record_dup_mobile (stage->fixture.random);
  g_autofree char *number = jp_test_record_dup_id_number (stage->fixture.random, 19991224, TRUE);

  jp_draft_set_text (draft, JP_ENROLMENT_NAME, name);
  jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER, number);
  jp_draft_set_text (draft, JP_ENROLMENT_PHONE, mobile);
  jp_draft_set_text (draft, JP_ENROLMENT_LICENCE_TYPE, "C1");
  jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
  jp_draft_set_integer (draft, JP_ENROLMENT_ASKED_AT, JP_FAKE_CLOCK_NOW_US - 3 * JP_DAY_US);
  jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN);
  stage->subject = jp_vault_fixture_save (vault_of (stage), draft);
}

static gboolean
act_accept (JpCrashStage *stage, GError **error)
{
  return jp_crash_stage_commit (stage,
                                jp_desk_accept_enrolment (vault_of (stage),
                                                          jp_record_get_id (stage->subject), NULL,
                                                          ACTOR, error),
                                error);
}

const JpCrashAction jp_crash_desk_actions[] = {
  { "save", NULL, act_save, FALSE },
  { "edit", prepare_record, act_edit, FALSE },
  { "edits", prepare_record, act_edits, FALSE },
  { "edit many", prepare_many, act_edit_many, FALSE },
  { "undo", prepare_undo, act_undo, FALSE },
  { "delete", prepare_record, act_delete, FALSE },
  { "restore", prepare_deleted, act_restore, FALSE },
  { "typing", NULL, act_typing, FALSE },
  { "import", NULL, act_import, FALSE },
  { "draft contract", prepare_people, act_contract, FALSE },
  { "offer contract", prepare_contract, act_offer, FALSE },
  { "cancel contract", prepare_contract, act_cancel, FALSE },
  { "change tier", prepare_tier, act_tier, FALSE },
  { "seat terminal", prepare_seat, act_swap, FALSE },
  { "accept enrolment", prepare_enrolment, act_accept, FALSE },
};

const guint jp_crash_n_desk_actions = G_N_ELEMENTS (jp_crash_desk_actions);
