/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-old.h"

#include <sqlite3.h>

/* What takes the newest step back, the one before it, and so on. Record tables are not made by
 * steps and stay. Who adds a step adds the way back. */
static const char *const store_steps[] = {
  "DROP INDEX idx_training_session_trainee_started;"
  "CREATE INDEX idx_training_session_trainee_started"
  "  ON training_session (trainee, started_at, part, valid_minutes, deleted);"
  "DROP INDEX idx_stage_record_contract_part;"
  "CREATE INDEX idx_stage_record_contract_part"
  "  ON stage_record (contract, part, valid_minutes, reviewed_at, state, deleted);"
  "PRAGMA user_version = 3;",

  "DROP TABLE withdrawal; DROP TABLE user; PRAGMA user_version = 2;",

  "DROP TRIGGER statement_line_counted; DROP TRIGGER statement_line_recounted;"
  "DROP TRIGGER statement_line_gone; DROP TABLE statement_sum; DROP TABLE ledger_finding;"
  "DROP TRIGGER posting_stays; DROP TABLE posting; DELETE FROM setting WHERE name = 'ledger';"
  "DROP INDEX idx_statement_line_contract_paid; DROP INDEX idx_payment_contract_paid;"
  "DROP INDEX idx_stage_record_contract_part; DROP INDEX idx_stage_record_reviewed;"
  "DROP INDEX idx_exam_result_trainee_subject; DROP INDEX idx_contract_signed;"
  "DROP INDEX idx_contract_rules; DROP INDEX idx_training_session_trainee_started;"
  "CREATE INDEX idx_training_session_trainee_started ON training_session (trainee, started_at);"
  "PRAGMA user_version = 1;",
};

static const char platform_step[] =
  "ALTER TABLE tenant DROP COLUMN digest; PRAGMA user_version = 4;";

static void
exec (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static JpSimDisk *
make (JpSimNode *node, const char *path, const char *const *steps, guint n_steps)
{
  sqlite3    *db = NULL;
  JpSimRandom random = { 0 };

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (guint i = 0; i < n_steps; i++)
    exec (db, steps[i]);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return jp_sim_disk_crash (jp_sim_node_get_disk (node), JP_SIM_LOSS_NONE, &random);
}

/**
 * jp_sim_old_make_store:
 * @node: a station that is off
 * @name: of its database
 * @n_back: decides how old it shall be
 *
 * Returns: (transfer full): its disk as an older program would have left it; the node has it, too
 */
JpSimDisk *
jp_sim_old_make_store (JpSimNode *node, const char *name, guint n_back)
{
  g_autofree char *path = jp_sim_node_dup_path (node, name);

  return make (node, path, store_steps, 1 + n_back % G_N_ELEMENTS (store_steps));
}

/**
 * jp_sim_old_make_platform:
 * @node: the platform's machine, which is off
 * @folder: where its database is
 *
 * Returns: (transfer full): its disk as an older program would have left it; the node has it, too
 */
JpSimDisk *
jp_sim_old_make_platform (JpSimNode *node, const char *folder)
{
  const char *const steps[] = { platform_step };
  g_autofree char  *path = g_build_filename (folder, "platform.db", NULL);

  return make (node, path, steps, 1);
}
