/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-demo.h"

#include "jp-commit.h"
#include "jp-demo-private.h"
#include "jp-demo-school.h"
#include "jp-setup.h"

#define STEPS_BEFORE_TRAINEES 2
#define ACTOR                 "演示"

/**
 * jp_demo_make_id:
 * @demo: a demo school
 * @what: kind of record
 * @number: which one
 *
 * Returns: the id of a record of the demo, the same for the same seed
 */
JpId
jp_demo_make_id (JpDemo *demo, const char *what, guint number)
{
  g_autofree char *purpose = g_strconcat ("demo-", what, NULL);
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT "-%u", demo->seed, number);

  return jp_id_derive (purpose, key);
}

/**
 * jp_demo_commit:
 * @demo: a demo school
 * @change: what somebody is said to have done
 * @error: return location
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_demo_commit (JpDemo *demo, JpChange *change, GError **error)
{
  return jp_commit_change (demo->vault, change, NULL, error);
}

static gboolean
choose_policy (JpVault *vault, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_vault_set_setting (vault, JP_SETTING_POLICY, JP_DEMO_POLICY, error) ||
      !jp_vault_set_setting (vault, JP_SETTING_DEMO, "1", error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

/**
 * jp_demo_fill:
 * @vault: a writing vault of a school without data, see jp_demo_school_new_draft()
 * @seed: the same seed on the same day makes the same people
 * @actor: who is said to have typed it
 * @monitor: (nullable): how the job is watched
 * @error: return location for a [error@Jp.StoreError]
 *
 * Fills the demo school. About a second: never on the main thread of a window.
 *
 * Returns: whether it is filled
 */
gboolean
jp_demo_fill (JpVault         *vault,
              guint64          seed,
              const char      *actor,
              const JpMonitor *monitor,
              GError         **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (actor != NULL, FALSE);

  const guint total = STEPS_BEFORE_TRAINEES + JP_DEMO_TRAINEES;
  g_autoptr (JpIdSource) random = jp_id_source_new_seeded (vault->clock, seed);
  JpDemo demo = { vault, random, seed, actor, jp_vault_today (vault), 0 };

  if (!choose_policy (vault, error) || !jp_demo_make_means (&demo, error) ||
      !jp_monitor_step (monitor, 1, total, error) || !jp_demo_make_tiers (&demo, error))
    return FALSE;

  for (guint i = 0; i < JP_DEMO_TRAINEES; i++)
    if (!jp_monitor_step (monitor, STEPS_BEFORE_TRAINEES + i, total, error) ||
        !jp_demo_make_trainee (&demo, i, error))
      return FALSE;
  return jp_monitor_step (monitor, total, total, error);
}

static JpVault *
open_empty (JpProfile *profile, JpClock *clock, JpIdSource *ids, GError **error)
{
  g_autoptr (JpVault) vault =
    jp_vault_open (profile->database, JP_DB_WRITER, profile->key, clock, ids, error);

  return vault != NULL && jp_vault_set_up (vault, error) ? g_steal_pointer (&vault) : NULL;
}

/**
 * jp_demo_create:
 * @folder: a folder that does not hold a school
 * @seed: see jp_demo_fill()
 * @clock: where time comes from
 * @monitor: (nullable): how the job is watched
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the demo school in a folder of its own, with %JP_DEMO_PASSWORD. Never on the main thread.
 *
 * Returns: (transfer full): the unlocked profile, or %NULL with an error
 */
JpProfile *
jp_demo_create (const char      *folder,
                guint64          seed,
                JpClock         *clock,
                const JpMonitor *monitor,
                GError         **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (JP_IS_CLOCK (clock), NULL);

  g_autoptr (JpIdSource) ids = jp_id_source_new (clock);
  g_autoptr (JpProfile) profile = jp_profile_create (folder, JP_DEMO_PASSWORD, ids, error);
  g_autoptr (JpDb) lock = NULL;
  g_autoptr (JpVault) vault = NULL;

  if (profile == NULL)
    return NULL;
  lock = jp_vault_take_lock (profile->database, error);
  if (lock == NULL)
    return NULL;

  vault = open_empty (profile, clock, ids, error);
  if (vault == NULL || !jp_setup_school (vault, jp_demo_school_new_draft (), ACTOR, error) ||
      !jp_demo_fill (vault, seed, ACTOR, monitor, error))
    return NULL;
  return g_steal_pointer (&profile);
}
