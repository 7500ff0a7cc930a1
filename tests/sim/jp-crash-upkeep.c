/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-crash-private.h"

#include "jp-commit.h"
#include "jp-remote-repo.h"
#include "jp-setup.h"
#include "jp-test-records.h"

/* What happens to a store without anybody typing: it is made, filled by the
 * platform, copied. */

static JpVault *
vault_of (JpCrashStage *stage)
{
  return stage->fixture.vault;
}

static JpRecord *
as_remote (JpRecord *record, gint64 version)
{
  JpDraft     *draft = jp_draft_new_from (record);
  JpRecordHead head = *jp_record_get_head (record);

  head.version = version;
  head.pending = 0;
  jp_draft_set_head (draft, &head);
  return jp_draft_end (draft);
}

static void
add_remote (JpCrashStage *stage, GPtrArray *page, JpKind kind, gint64 version)
{
  g_autoptr (JpRecord) made = jp_test_record_new (kind, stage->fixture.random);

  g_ptr_array_add (page, as_remote (made, version));
}

static GPtrArray *
new_page (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
}

static gboolean
apply (JpCrashStage *stage, GPtrArray *verdicts, GPtrArray *page, GError **error)
{
  JpRemoteReply   reply = { verdicts, page, "e-1", "e-1:9", TRUE };
  JpRemoteOutcome outcome = { 0 };

  if (!jp_remote_repo_apply (vault_of (stage), &reply, &outcome, error))
    return FALSE;
  jp_crash_stage_ack (stage, NULL);
  return TRUE;
}

static gboolean
save_edit (JpCrashStage *stage, JpRecord *before, GError **error)
{
  JpId             op_id = jp_id_source_next (vault_of (stage)->ids);
  JpChange        *change = jp_change_new (&op_id, "edit", "前台");
  JpDraft         *draft = jp_draft_new_from (before);
  g_autofree char *note = g_strdup_printf ("改 %" G_GINT64_FORMAT, stage->n);
  g_autoptr (JpRecord) after = NULL;

  jp_draft_set_text (draft, JP_VEHICLE_NOTE, note);
  after = jp_draft_end (draft);
  jp_change_add (change, before, after);
  return jp_crash_stage_commit (stage, change, error);
}

static gboolean
save_again (JpCrashStage *stage, GError **error)
{
  g_autoptr (JpRecord) shown =
    jp_record_table_get (vault_of (stage)->db, stage->key, jp_record_get_kind (stage->subject),
                         jp_record_get_id (stage->subject), error);

  return shown != NULL && save_edit (stage, shown, error);
}

/* A vehicle of the platform with an edit of ours that waits. */
static void
prepare_waiting (JpCrashStage *stage)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = new_page ();

  add_remote (stage, page, JP_KIND_VEHICLE, 3);
  apply (stage, NULL, page, &error);
  g_assert_no_error (error);
  stage->subject = jp_crash_stage_get (stage, g_ptr_array_index (page, 0));
  save_edit (stage, stage->subject, &error);
  g_assert_no_error (error);
}

/* New rows, and the next state of one that carries an edit. */
static gboolean
act_page (JpCrashStage *stage, GError **error)
{
  g_autoptr (GPtrArray) page = new_page ();
  guint n = 2 + jp_sim_random_below (&stage->random, 8);

  for (guint i = 0; i < n; i++)
    add_remote (stage, page, i % 2 == 0 ? JP_KIND_COACH : JP_KIND_VEHICLE, 4);
  g_ptr_array_add (page, as_remote (stage->subject, 7));
  return apply (stage, NULL, page, error);
}

static gboolean
act_verdict (JpCrashStage *stage, GError **error)
{
  static const JpVerdictResult results[] = { JP_VERDICT_APPLIED, JP_VERDICT_MERGED,
                                             JP_VERDICT_CONFLICT, JP_VERDICT_REJECTED };
  guint                        pick = jp_sim_random_below (&stage->random, G_N_ELEMENTS (results));
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_verdict_free);
  g_autoptr (GPtrArray) page = new_page ();
  g_autoptr (JpRecord) shown = jp_crash_stage_get (stage, stage->subject);

  g_ptr_array_add (verdicts, jp_verdict_new (stage->n, results[pick], 9, NULL, NULL));
  if (results[pick] != JP_VERDICT_REJECTED)
    g_ptr_array_add (page, as_remote (shown, 8));
  return apply (stage, verdicts, page, error);
}

static gboolean
act_load (JpCrashStage *stage, GError **error)
{
  static const JpKind kinds[] = { JP_KIND_COACH, JP_KIND_VEHICLE, JP_KIND_TRAINEE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) page = new_page ();
      g_autofree char *position = g_strdup_printf ("%u", i);

      for (int j = 0; j < 4; j++)
        add_remote (stage, page, kinds[i], 1);

      g_autoptr (GPtrArray) images = jp_remote_repo_prepare (vault_of (stage), page);

      if (!jp_remote_repo_begin_load (vault_of (stage), kinds[i], error) ||
          !jp_remote_repo_load (vault_of (stage), page, images, "load", position, error))
        return FALSE;
      jp_crash_stage_ack (stage, NULL);
    }
  return jp_remote_repo_end_load (vault_of (stage), error);
}

/* The log goes into the file, more is written, and it goes again. */
static gboolean
act_checkpoint (JpCrashStage *stage, GError **error)
{
  if (!jp_db_checkpoint (vault_of (stage)->db, error))
    return FALSE;
  return save_again (stage, error) && jp_db_checkpoint (vault_of (stage)->db, error);
}

static gboolean
act_reopen (JpCrashStage *stage, GError **error)
{
  jp_crash_stage_close (stage);
  if (!jp_crash_stage_open (stage, error))
    return FALSE;
  return save_again (stage, error);
}

static gboolean
act_backup (JpCrashStage *stage, GError **error)
{
  g_autofree char *path = jp_sim_node_dup_path (stage->node, "copy.db");

  return jp_db_backup (vault_of (stage)->db, path, error);
}

static gboolean
found_school (JpCrashStage *stage, GError **error)
{
  JpId          id = jp_id_derive ("school", "new");
  JpSetupSchool school = {
    .name = "菏泽市新建机动车驾驶员培训有限公司",
    .district = "371702",
    .address = "菏泽市牡丹区人民路1号",
    .phone = "0530-5550000",
    .licence_types = "C1,C2",
  };

  return jp_setup_school (vault_of (stage), jp_setup_new_draft (&id, &school), "校长", error);
}

static gboolean
act_create (JpCrashStage *stage, GError **error)
{
  if (!jp_crash_stage_open (stage, error))
    return FALSE;
  jp_crash_stage_ack (stage, NULL);
  if (!found_school (stage, error))
    return FALSE;
  jp_crash_stage_ack (stage, NULL);
  return TRUE;
}

const JpCrashAction jp_crash_upkeep_actions[] = {
  { "apply page", prepare_waiting, act_page, FALSE },
  { "apply verdict", prepare_waiting, act_verdict, FALSE },
  { "first sync", NULL, act_load, FALSE },
  { "checkpoint", prepare_waiting, act_checkpoint, FALSE },
  { "reopen", prepare_waiting, act_reopen, FALSE },
  { "backup", prepare_waiting, act_backup, FALSE },
  { "create", NULL, act_create, TRUE },
};

const guint jp_crash_n_upkeep_actions = G_N_ELEMENTS (jp_crash_upkeep_actions);
