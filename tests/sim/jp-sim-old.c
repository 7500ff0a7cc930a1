/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-old.h"

#include "jp-record.h"

#include <sqlite3.h>

/**
 * Step:
 * @version: of the schema that it takes back
 * @sql: how
 *
 * A way back. Record tables are not made by steps and stay. Who adds a step of the schema adds the
 * way back here; without it data of older programs are not tried any more.
 */
typedef struct
{
  int         version;
  const char *sql;
} Step;

static const Step store_steps[] = {
  { 8, "DROP TRIGGER transfer_two_people; DROP TRIGGER transfer_new_two_people;"
       "PRAGMA user_version = 7;" },
  { 7, "DROP TRIGGER attachment_names_blob; DROP TRIGGER attachment_comes_back;"
       "DROP TABLE blob; DROP TABLE blob_chunk; PRAGMA user_version = 6;" },
  { 6, "DROP TRIGGER refund_two_people; DROP TRIGGER refund_new_two_people; DROP TABLE user;"
       "CREATE TABLE user (id INTEGER PRIMARY KEY);"
       "CREATE TABLE withdrawal (id BLOB PRIMARY KEY) WITHOUT ROWID;"
       "PRAGMA user_version = 5;" },
  { 5, "DELETE FROM setting WHERE name = 'fields';"
       "DROP INDEX idx_conflict_row_state; PRAGMA user_version = 4;" },
  { 4, "DROP INDEX idx_training_session_trainee_started;"
       "CREATE INDEX idx_training_session_trainee_started"
       "  ON training_session (trainee, started_at, part, valid_minutes, deleted);"
       "DROP INDEX idx_stage_record_contract_part;"
       "CREATE INDEX idx_stage_record_contract_part"
       "  ON stage_record (contract, part, valid_minutes, reviewed_at, state, deleted);"
       "PRAGMA user_version = 3;" },
  { 3, "DROP TABLE withdrawal; DROP TABLE user; PRAGMA user_version = 2;" },
  { 2,
    "DROP TRIGGER statement_line_counted; DROP TRIGGER statement_line_recounted;"
    "DROP TRIGGER statement_line_gone; DROP TABLE statement_sum; DROP TABLE ledger_finding;"
    "DROP TRIGGER posting_stays; DROP TABLE posting; DELETE FROM setting WHERE name = 'ledger';"
    "DROP INDEX idx_statement_line_contract_paid; DROP INDEX idx_payment_contract_paid;"
    "DROP INDEX idx_stage_record_contract_part; DROP INDEX idx_stage_record_reviewed;"
    "DROP INDEX idx_exam_result_trainee_subject; DROP INDEX idx_contract_signed;"
    "DROP INDEX idx_contract_rules; DROP INDEX idx_training_session_trainee_started;"
    "CREATE INDEX idx_training_session_trainee_started ON training_session (trainee, started_at);"
    "PRAGMA user_version = 1;" },
  { 0, NULL },
};

static const Step platform_steps[] = {
  { 10, "DROP TRIGGER transfer_two_people; DROP TRIGGER transfer_new_two_people;"
        "PRAGMA user_version = 9;" },
  { 9, "DROP TABLE version_floor; PRAGMA user_version = 8;" },
  { 8, "DROP TRIGGER refund_two_people; DROP TRIGGER refund_new_two_people;"
       "DROP INDEX idx_person_school; PRAGMA user_version = 7;" },
  { 7, "DROP TABLE unit_author; PRAGMA user_version = 6;" },
  { 6, "DROP INDEX idx_dispute_school; DROP INDEX idx_dispute_line_once;"
       "DROP INDEX idx_dispute_stage_once; PRAGMA user_version = 5;" },
  { 5, "ALTER TABLE tenant DROP COLUMN digest; PRAGMA user_version = 4;" },
  { 0, NULL },
};

static void
exec (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static int
read_version (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  int           version = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL), ==,
                   SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return version;
}

/* Returns: whether there is a way back */
static gboolean
step_back (sqlite3 *db, const Step *steps)
{
  int version = read_version (db);

  for (guint i = 0; steps[i].sql != NULL; i++)
    if (steps[i].version == version)
      {
        exec (db, steps[i].sql);
        return TRUE;
      }
  return FALSE;
}

static JpSimDisk *
make (JpSimNode *node, const char *path, const Step *steps, guint n_back)
{
  sqlite3    *db = NULL;
  JpSimRandom random = { 0 };

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (guint i = 0; i < n_back; i++)
    if (!step_back (db, steps))
      break;
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

  return make (node, path, store_steps, 1 + n_back % (G_N_ELEMENTS (store_steps) - 1));
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
  g_autofree char *path = g_build_filename (folder, "platform.db", NULL);

  return make (node, path, platform_steps, G_N_ELEMENTS (platform_steps) - 1);
}

/**
 * jp_sim_old_hide:
 * @answer: what the platform says
 *
 * Returns: (transfer full): the same to a program that does not know %JP_SIM_OLD_FIELD
 */
GBytes *
jp_sim_old_hide (GBytes *answer)
{
  gsize            size = 0;
  const char      *bytes = g_bytes_get_data (answer, &size);
  g_autofree char *text = g_strndup (bytes, size);
  g_autofree char *name = g_strconcat ("\"", jp_field_get (JP_SIM_OLD_FIELD)->name, "\"", NULL);
  g_autofree char *column = g_strconcat ("\"f.", jp_field_get (JP_SIM_OLD_FIELD)->name, "\"", NULL);
  g_autoptr (GString) other = g_string_new (text);

  g_string_replace (other, name, "\"" JP_SIM_OLD_HIDDEN "\"", 0);
  g_string_replace (other, column, "\"f." JP_SIM_OLD_HIDDEN "\"", 0);
  return g_bytes_new (other->str, other->len);
}
