/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-remote-repo.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-merge.h"
#include "jp-op-repo.h"
#include "jp-query.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

/* --- helpers --- */

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

static JpRecord *
with_text (JpRecord *record, JpFieldId field, const char *text)
{
  JpDraft *draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, field, text);
  return jp_draft_end (draft);
}

static JpRecord *
with_deleted (JpRecord *record, gboolean deleted)
{
  JpDraft *draft = jp_draft_new_from (record);

  jp_draft_set_deleted (draft, deleted);
  return jp_draft_end (draft);
}

static JpRemoteOutcome
apply (JpVault *vault, JpVerdict *verdict, JpRecord *first, JpRecord *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  gboolean        goes_on = verdict != NULL && first == NULL; /* the row comes in a later page */
  JpRemoteReply   reply = { verdicts, records, "e-1", "e-1:9", !goes_on };
  JpRemoteOutcome outcome = { 0 };

  if (verdict != NULL)
    g_ptr_array_add (verdicts, verdict);
  if (first != NULL)
    g_ptr_array_add (records, first);
  if (second != NULL)
    g_ptr_array_add (records, second);
  jp_remote_repo_apply (vault, &reply, &outcome, &error);
  g_assert_no_error (error);
  return outcome;
}

static JpRemoteOutcome
judge (JpVault *vault, gint64 n, JpVerdictResult result, JpRecord *record)
{
  g_autoptr (JpVerdict) verdict = jp_verdict_new (n, result, 9, NULL, NULL);

  return apply (vault, verdict, record, NULL);
}

static gint64
commit (JpVault *vault, JpRecord *before, JpRecord *after)
{
  JpId      op_id = jp_id_source_next (vault->ids);
  JpChange *change = jp_change_new (&op_id, "edit", "前台");

  jp_change_add (change, before, after);
  return jp_vault_fixture_commit (vault, change);
}

static JpRecord *
get_again (JpVault *vault, JpRecord *record)
{
  return jp_vault_fixture_get (vault, jp_record_get_kind (record), jp_record_get_id (record));
}

/* Returns: (transfer full): a vehicle that came from the platform */
static JpRecord *
pull_vehicle (JpVaultFixture *fixture, gint64 version)
{
  g_autoptr (JpRecord) made = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  g_autoptr (JpRecord) remote = as_remote (made, version);

  apply (fixture->vault, NULL, remote, NULL);
  return get_again (fixture->vault, made);
}

static void
assert_good (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);

  g_assert_no_error (error);
  for (int i = 0; i < JP_VERIFY_N_CHECKS; i++)
    if (i != JP_VERIFY_REFERENCES) /* random records refer to rows that are not there */
      g_assert_cmpuint (report->n_found[i], ==, 0);
}

/* --- versions --- */

static void
test_older (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 5);
  g_autoptr (JpRecord) changed = with_text (seen, JP_VEHICLE_NOTE, "旧");
  g_autoptr (JpRecord) same = as_remote (changed, 5);
  g_autoptr (JpRecord) older = as_remote (changed, 4);
  g_autoptr (JpRecord) mine = with_text (seen, JP_VEHICLE_BRAND, "捷达");
  g_autoptr (JpRecord) edited = NULL;
  g_autoptr (JpRecord) after = NULL;

  g_assert_cmpuint (apply (vault, NULL, same, older).n_records, ==, 0);
  commit (vault, seen, mine);
  edited = get_again (vault, seen);
  g_assert_cmpuint (apply (vault, NULL, older, same).n_records, ==, 0);
  after = get_again (vault, seen);
  jp_test_record_assert_equal (edited, after);
  assert_good (vault);
}

static void
test_unknown_verdict (JpVaultFixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (judge (fixture->vault, 999, JP_VERDICT_APPLIED, NULL).n_verdicts, ==, 0);
  assert_good (fixture->vault);
}

/* --- the platform's answer to an edit --- */

static void
test_conflict (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);
  g_autoptr (JpRecord) mine = with_text (seen, JP_VEHICLE_NOTE, "我的");
  g_autoptr (JpRecord) theirs = with_text (seen, JP_VEHICLE_NOTE, "他的");
  g_autoptr (JpRecord) newer = as_remote (theirs, 3);
  gint64          n = commit (vault, seen, mine);
  JpRemoteOutcome outcome = judge (vault, n, JP_VERDICT_CONFLICT, NULL);

  /* The row itself comes with a later page: until then nothing is lost from sight. */
  g_autoptr (JpRecord) between = get_again (vault, seen);

  g_assert_cmpuint (outcome.n_refused, ==, 1);
  g_assert_cmpuint (outcome.n_records, ==, 0);
  g_assert_cmpstr (jp_record_get_text (between, JP_VEHICLE_NOTE), ==, "我的");
  g_assert_cmpuint (jp_record_get_head (between)->pending, ==, 0);
  assert_good (vault);

  g_assert_cmpuint (apply (vault, NULL, newer, NULL).n_records, ==, 1);

  g_autoptr (JpRecord) after = get_again (vault, seen);
  g_autoptr (JpRecord) base = NULL;

  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==, "他的");
  g_assert_cmpint (jp_record_get_head (after)->version, ==, 3);
  g_assert_true (
    jp_commit_get_base (vault, JP_KIND_VEHICLE, jp_record_get_id (seen), &base, &error));
  g_assert_null (base);
  assert_good (vault);
}

/* Of two edits that wait the first is refused: the second stays in sight. */
static void
test_refused_below (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);
  g_autoptr (JpRecord) one = with_text (seen, JP_VEHICLE_NOTE, "一");
  gint64 n = commit (vault, seen, one);
  g_autoptr (JpRecord) between = get_again (vault, seen);
  g_autoptr (JpRecord) two = with_text (between, JP_VEHICLE_BRAND, "捷达");
  g_autoptr (JpRecord) after = NULL;

  commit (vault, between, two);
  judge (vault, n, JP_VERDICT_REJECTED, NULL);
  after = get_again (vault, seen);
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==,
                   jp_record_get_text (seen, JP_VEHICLE_NOTE));
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_BRAND), ==, "捷达");
  g_assert_cmpuint (jp_record_get_head (after)->pending, ==,
                    1u << jp_field_get (JP_VEHICLE_BRAND)->merge);
  assert_good (vault);
}

/* A new row that is refused stays in sight, out of the way, until the platform takes it. */
static void
test_refused_new (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) made = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  gint64 n = commit (vault, NULL, made);
  g_autoptr (JpRecord) parked = NULL;
  g_autoptr (JpRecord) remote = as_remote (made, 1);
  g_autoptr (JpRecord) after = NULL;

  judge (vault, n, JP_VERDICT_PARKED, NULL);
  parked = get_again (vault, made);
  g_assert_true (jp_record_get_head (parked)->parked);
  g_assert_cmpuint (jp_record_diff_units (made, parked), ==, 0);
  g_assert_cmpuint (jp_record_get_head (parked)->pending, ==, 0);

  apply (vault, NULL, remote, NULL);
  after = get_again (vault, made);
  g_assert_false (jp_record_get_head (after)->parked);
  assert_good (vault);
}

/* An action that changes nothing, and then one that does: what is refused goes back to the newest
 * state, not to the one of the empty action. */
static void
test_empty_edit (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);
  g_autoptr (JpRecord) theirs = with_text (seen, JP_VEHICLE_NOTE, "他的");
  g_autoptr (JpRecord) remote = as_remote (theirs, 2);
  g_autoptr (JpRecord) newer = NULL;
  g_autoptr (JpRecord) mine = NULL;
  g_autoptr (JpRecord) after = NULL;
  gint64 n = commit (vault, seen, seen);

  apply (vault, NULL, remote, NULL);
  newer = get_again (vault, seen);
  mine = with_text (newer, JP_VEHICLE_NOTE, "我的");
  g_assert_cmpint (commit (vault, newer, mine), ==, n + 1);
  judge (vault, n, JP_VERDICT_APPLIED, NULL);
  judge (vault, n + 1, JP_VERDICT_REJECTED, NULL);
  after = get_again (vault, seen);
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==, "他的");
  g_assert_cmpint (jp_record_get_head (after)->version, ==, 2);
  assert_good (vault);
}

/* The answer to an edit was lost, another PC has changed the value since, and all rows were read
 * anew in between: with the verdict the row is what the platform says of it, not what was meant
 * here. Nothing newer will come and say so. */
static void
test_answer_lost (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);
  g_autoptr (JpRecord) mine = with_text (seen, JP_VEHICLE_NOTE, "我的");
  g_autoptr (JpRecord) theirs = with_text (seen, JP_VEHICLE_NOTE, "后来的");
  g_autoptr (JpRecord) remote = as_remote (theirs, 3);
  g_autoptr (JpRecord) waiting = NULL;
  g_autoptr (JpRecord) after = NULL;
  gint64 n = commit (vault, seen, mine);

  apply (vault, NULL, remote, NULL);
  waiting = get_again (vault, seen);
  g_assert_cmpstr (jp_record_get_text (waiting, JP_VEHICLE_NOTE), ==, "我的");
  judge (vault, n, data != NULL ? JP_VERDICT_DUPLICATE : JP_VERDICT_APPLIED, NULL);
  after = get_again (vault, seen);
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==, "后来的");
  g_assert_cmpint (jp_record_get_head (after)->version, ==, 3);
  g_assert_cmpuint (jp_record_get_head (after)->pending, ==, 0);
  assert_good (vault);
}

/* A new row that somebody else threw away, and then its maker takes it back. */
static void
test_undo_of_trashed (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) made = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  g_autoptr (JpRecord) trashed = with_deleted (made, TRUE);
  g_autoptr (JpRecord) remote = as_remote (trashed, 2);
  gint64 n = commit (vault, NULL, made);

  judge (vault, n, JP_VERDICT_APPLIED, remote);
  g_assert_true (jp_commit_undo (vault, n, "前台", NULL, &error));
  g_assert_no_error (error);
  assert_good (vault);
}

/* --- the trash --- */

static void
test_trash (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);
  g_autoptr (JpRecord) gone = with_deleted (seen, TRUE);
  gint64 n = commit (vault, seen, gone);
  g_autoptr (JpRecord) trashed = get_again (vault, seen);
  gint64 undone = 0;

  g_assert_true (jp_record_get_head (trashed)->deleted);
  g_assert_cmpuint (jp_record_get_head (trashed)->pending, ==, JP_UNIT_EXISTENCE);

  /* The platform changes it meanwhile: it stays in the trash, with the newer values. */
  g_autoptr (JpRecord) theirs = with_text (seen, JP_VEHICLE_NOTE, "他的");
  g_autoptr (JpRecord) newer = as_remote (theirs, 2);
  g_autoptr (JpRecord) pulled = NULL;

  apply (vault, NULL, newer, NULL);
  pulled = get_again (vault, seen);
  g_assert_true (jp_record_get_head (pulled)->deleted);
  g_assert_cmpstr (jp_record_get_text (pulled, JP_VEHICLE_NOTE), ==, "他的");
  assert_good (vault);

  /* Taken back, and that again. */
  g_assert_true (jp_commit_undo (vault, n, "前台", &undone, &error));
  g_assert_no_error (error);

  g_autoptr (JpRecord) back = get_again (vault, seen);

  g_assert_false (jp_record_get_head (back)->deleted);
  g_assert_true (jp_commit_undo (vault, undone, "前台", NULL, &error));
  g_assert_no_error (error);

  g_autoptr (JpRecord) again = get_again (vault, seen);

  g_assert_true (jp_record_get_head (again)->deleted);

  /* The platform does not let it go. */
  judge (vault, n, JP_VERDICT_REJECTED, NULL);
  judge (vault, undone, JP_VERDICT_APPLIED, NULL);
  judge (vault, undone + 1, JP_VERDICT_REJECTED, NULL);

  g_autoptr (JpRecord) kept = get_again (vault, seen);

  g_assert_false (jp_record_get_head (kept)->deleted);
  g_assert_cmpuint (jp_record_get_head (kept)->pending, ==, 0);
  assert_good (vault);
}

/* Somebody else puts a row into the trash that is being edited here. */
static void
test_trashed_above (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);
  g_autoptr (JpRecord) mine = with_text (seen, JP_VEHICLE_NOTE, "我的");
  g_autoptr (JpRecord) gone = with_deleted (seen, TRUE);
  g_autoptr (JpRecord) remote = as_remote (gone, 2);
  g_autoptr (JpRecord) after = NULL;

  commit (vault, seen, mine);
  apply (vault, NULL, remote, NULL);
  after = get_again (vault, seen);
  g_assert_true (jp_record_get_head (after)->deleted);
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==, "我的");
  g_assert_cmpuint (jp_record_get_head (after)->pending, ==,
                    1u << jp_field_get (JP_VEHICLE_NOTE)->merge);
  assert_good (vault);
}

/* --- seats --- */

static JpRecord *
new_seat (JpVaultFixture *fixture, const JpId *terminal, const JpId *vehicle)
{
  gint64   started_us = jp_vault_now_us (fixture->vault) - G_TIME_SPAN_HOUR;
  JpDraft *draft = jp_test_draft_new (JP_KIND_TERMINAL_ASSIGNMENT, fixture->random);

  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, terminal);
  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, vehicle);
  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, started_us);
  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_END_REASON);
  return jp_draft_end (draft);
}

/* Until the seat after it begins. */
static JpRecord *
ended_seat (JpRecord *seat, JpRecord *next)
{
  JpDraft *draft = jp_draft_new_from (seat);

  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT,
                        jp_record_get_integer (next, JP_TERMINAL_ASSIGNMENT_STARTED_AT));
  jp_draft_set_code (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, 0);
  return jp_draft_end (draft);
}

typedef struct
{
  JpId terminal;
  JpId vehicles[2];
} Seats;

static void
init_seats (Seats *seats)
{
  seats->terminal = jp_id_derive ("terminal", "t");
  seats->vehicles[0] = jp_id_derive ("vehicle", "v0");
  seats->vehicles[1] = jp_id_derive ("vehicle", "v1");
}

/* The terminal moves to another vehicle in one action; the page names the new seat first. */
static void
test_seat_order (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  Seats    seats;

  init_seats (&seats);

  g_autoptr (JpRecord) first = new_seat (fixture, &seats.terminal, &seats.vehicles[0]);

  jp_fake_clock_advance (fixture->clock, G_TIME_SPAN_MINUTE);

  g_autoptr (JpRecord) second = new_seat (fixture, &seats.terminal, &seats.vehicles[1]);
  g_autoptr (JpRecord) first_remote = as_remote (first, 1);
  g_autoptr (JpRecord) ended = ended_seat (first_remote, second);
  g_autoptr (JpRecord) ended_remote = as_remote (ended, 2);
  g_autoptr (JpRecord) second_remote = as_remote (second, 1);

  apply (vault, NULL, first_remote, NULL);
  g_assert_cmpuint (apply (vault, NULL, second_remote, ended_remote).n_parked, ==, 0);
  assert_good (vault);
}

/* The platform gave the seat to somebody else: ours makes room and can still be read. */
static void
test_seat_taken (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  Seats    seats;

  init_seats (&seats);

  g_autoptr (JpRecord) ours = new_seat (fixture, &seats.terminal, &seats.vehicles[0]);
  g_autoptr (JpRecord) theirs = new_seat (fixture, &seats.terminal, &seats.vehicles[1]);
  g_autoptr (JpRecord) remote = as_remote (theirs, 1);
  gint64          n = commit (vault, NULL, ours);
  JpRemoteOutcome outcome = apply (vault, NULL, remote, NULL);
  g_autoptr (JpRecord) parked = get_again (vault, ours);
  g_autoptr (JpRecord) seated = get_again (vault, theirs);
  g_autoptr (JpRecord) after = NULL;

  g_assert_cmpuint (outcome.n_parked, ==, 1);
  g_assert_true (jp_record_get_head (parked)->parked);
  g_assert_false (jp_record_get_head (seated)->parked);
  judge (vault, n, JP_VERDICT_PARKED, NULL);
  after = get_again (vault, ours);
  g_assert_true (jp_record_get_head (after)->parked);
  g_assert_cmpuint (jp_record_get_head (after)->pending, ==, 0);
  assert_good (vault);
}

/* A swap that the platform refuses as a whole: the old seat is open again and the new one makes
 * room, though the database allows one open seat at any moment. */
static void
test_swap_refused (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault  *vault = fixture->vault;
  JpId      op_id = jp_id_source_next (vault->ids);
  JpChange *change = jp_change_new (&op_id, "swap", "前台");
  Seats     seats;
  gint64    n = 0;

  init_seats (&seats);

  g_autoptr (JpRecord) first = new_seat (fixture, &seats.terminal, &seats.vehicles[0]);

  jp_fake_clock_advance (fixture->clock, G_TIME_SPAN_MINUTE);

  g_autoptr (JpRecord) second = new_seat (fixture, &seats.terminal, &seats.vehicles[1]);
  g_autoptr (JpRecord) remote = as_remote (first, 1);

  apply (vault, NULL, remote, NULL);

  g_autoptr (JpRecord) seen = get_again (vault, first);
  g_autoptr (JpRecord) ended = ended_seat (seen, second);

  jp_change_add (change, seen, ended);
  jp_change_add (change, NULL, second);
  n = jp_vault_fixture_commit (vault, change);
  judge (vault, n, JP_VERDICT_REJECTED, NULL);

  g_autoptr (JpRecord) reopened = get_again (vault, first);
  g_autoptr (JpRecord) refused = get_again (vault, second);

  g_assert_false (jp_record_has (reopened, JP_TERMINAL_ASSIGNMENT_ENDED_AT));
  g_assert_false (jp_record_get_head (reopened)->parked);
  g_assert_true (jp_record_get_head (refused)->parked);
  g_assert_cmpuint (jp_record_get_head (refused)->pending, ==, 0);
  assert_good (vault);
}

/* --- whatever comes --- */

#define N_ROWS         5
#define N_RANDOM_STEPS 400

/* What the platform has, and what this station has not been told a verdict on. */
typedef struct
{
  JpVaultFixture *fixture;
  JpRecord       *above[N_ROWS]; /* (owned) */
  gint64          first_n;       /* the first operation of the test */
  gint64          judged_n;      /* all up to here are judged */
  gint64          last_n;
} Play;

static guint
roll (Play *play, guint sides)
{
  return jp_id_source_below (play->fixture->random, sides);
}

static void
edit_row (Play *play)
{
  static const JpFieldId fields[] = { JP_VEHICLE_BRAND, JP_VEHICLE_NOTE, JP_VEHICLE_STATUS,
                                      JP_VEHICLE_INSPECTED_UNTIL };
  JpVault               *vault = play->fixture->vault;
  g_autoptr (JpRecord) seen = get_again (vault, play->above[roll (play, N_ROWS)]);
  JpDraft *draft = jp_draft_new_from (seen);
  g_autoptr (JpRecord) meant = NULL;
  gboolean deleted = jp_record_get_head (seen)->deleted;

  if (deleted || roll (play, 5) == 0)
    jp_draft_set_deleted (draft, !deleted);
  else
    jp_test_draft_fill (draft, fields[roll (play, G_N_ELEMENTS (fields))], play->fixture->random);
  meant = jp_draft_end (draft);
  play->last_n = commit (vault, seen, meant);
}

/* Undoing an edit shows what was there before, and undoing what nobody touched since is allowed. */
static void
edit_and_undo (Play *play)
{
  g_autoptr (GError) error = NULL;
  JpVault  *vault = play->fixture->vault;
  guint     which = roll (play, N_ROWS);
  JpRecord *before[N_ROWS];
  g_autoptr (JpRecord) after = NULL;

  for (guint i = 0; i < N_ROWS; i++)
    before[i] = get_again (vault, play->above[i]);

  edit_row (play);
  jp_commit_undo (vault, play->last_n, "前台", &play->last_n, &error);
  g_assert_no_error (error);
  after = get_again (vault, play->above[which]);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (JpRecord) again = get_again (vault, before[i]);

      g_assert_cmpuint (jp_record_diff_units (before[i], again), ==, 0);
      g_assert_cmpint (jp_record_get_head (before[i])->deleted, ==,
                       jp_record_get_head (again)->deleted);
      jp_record_unref (before[i]);
    }
}

static guint
index_of (Play *play, const JpId *id)
{
  guint i = 0;

  while (!jp_id_equal (id, jp_record_get_id (play->above[i])))
    i++;
  return i;
}

/* What the platform makes of an operation of one row. */
static JpRecord *
take_above (Play *play, const JpOpRow *row)
{
  guint      i = index_of (play, &row->id);
  JpRecord **above = &play->above[i];
  JpDraft   *draft = jp_draft_new_from (*above);
  g_autoptr (JpRecord) changed = NULL;
  JpRecord *newer = NULL;

  for (guint unit = 0; unit < 32; unit++)
    if (row->units >> unit & 1)
      jp_draft_copy_unit (draft, row->set, unit);
  if (row->deletion != JP_OP_KEEP)
    jp_draft_set_deleted (draft, row->deletion == JP_OP_DELETE);
  changed = jp_draft_end (draft);
  newer = as_remote (changed, jp_record_get_head (*above)->version + 1);
  jp_record_unref (*above);
  *above = newer;
  return newer;
}

static void
judge_next (Play *play)
{
  static const JpVerdictResult results[] = { JP_VERDICT_APPLIED, JP_VERDICT_MERGED,
                                             JP_VERDICT_APPLIED, JP_VERDICT_REJECTED,
                                             JP_VERDICT_PARKED };
  g_autoptr (GError) error = NULL;
  JpVault        *vault = play->fixture->vault;
  JpVerdictResult result = results[roll (play, G_N_ELEMENTS (results))];
  g_autoptr (JpOp) op = NULL;
  JpRecord *newer = NULL;

  if (play->judged_n == play->last_n)
    return;
  op = jp_op_repo_get (vault, ++play->judged_n, &error);
  g_assert_no_error (error);
  if (result == JP_VERDICT_APPLIED || result == JP_VERDICT_MERGED)
    newer = take_above (play, g_ptr_array_index (op->rows, 0));
  judge (vault, play->judged_n, result, newer);
}

static void
edit_above (Play *play)
{
  static const JpFieldId fields[] = { JP_VEHICLE_BRAND, JP_VEHICLE_NOTE, JP_VEHICLE_STATUS };
  JpRecord             **above = &play->above[roll (play, N_ROWS)];
  JpDraft               *draft = jp_draft_new_from (*above);
  g_autoptr (JpRecord) changed = NULL;
  JpRecord *newer = NULL;

  jp_test_draft_fill (draft, fields[roll (play, G_N_ELEMENTS (fields))], play->fixture->random);
  if (roll (play, 4) == 0)
    jp_draft_set_deleted (draft, !jp_record_get_head (*above)->deleted);
  changed = jp_draft_end (draft);
  newer = as_remote (changed, jp_record_get_head (*above)->version + 1);
  jp_record_unref (*above);
  *above = newer;
  apply (play->fixture->vault, NULL, newer, NULL);
}

static guint32
add_pending (Play *play, JpRecord *record, gint64 n, JpDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpOp) op = jp_op_repo_get (play->fixture->vault, n, &error);
  const JpOpRow *row = g_ptr_array_index (op->rows, 0);

  if (!jp_id_equal (&row->id, jp_record_get_id (record)))
    return 0;
  for (guint unit = 0; unit < 32; unit++)
    if (row->units >> unit & 1)
      jp_draft_copy_unit (draft, row->set, unit);
  if (row->deletion == JP_OP_KEEP)
    return row->units;
  jp_draft_set_deleted (draft, row->deletion == JP_OP_DELETE);
  return row->units | JP_UNIT_EXISTENCE;
}

/* Each row is what the platform has, with the edits on top that wait; and says which they are. */
static void
check_rows (Play *play)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = play->fixture->vault;

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (JpRecord) shown = get_again (vault, play->above[i]);
      JpDraft *draft = jp_draft_new_from (play->above[i]);
      guint32  pending = 0;
      g_autoptr (JpRecord) expected = NULL;
      g_autoptr (JpRecord) base = NULL;

      for (gint64 n = play->judged_n + 1; n <= play->last_n; n++)
        pending |= add_pending (play, shown, n, draft);
      expected = jp_draft_end (draft);
      g_assert_cmpuint (jp_record_get_head (shown)->pending, ==, pending);
      g_assert_cmpuint (jp_record_diff_units (shown, expected), ==, 0);
      g_assert_cmpint (jp_record_get_head (shown)->deleted, ==,
                       jp_record_get_head (expected)->deleted);
      g_assert_cmpint (jp_record_get_head (shown)->version, ==,
                       jp_record_get_head (expected)->version);

      jp_commit_get_base (vault, JP_KIND_VEHICLE, jp_record_get_id (shown), &base, &error);
      g_assert_no_error (error);
      g_assert_true ((base != NULL) == (pending != 0));
      if (base != NULL)
        g_assert_cmpuint (jp_record_diff_units (base, play->above[i]), ==, 0);
    }
}

static void
test_random (JpVaultFixture *fixture, gconstpointer data)
{
  Play play = { .fixture = fixture };

  /* The first operation founded the school. */
  play.judged_n = play.last_n = 1;
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (JpRecord) seen = pull_vehicle (fixture, 1);

      play.above[i] = as_remote (seen, 1);
    }

  for (guint i = 0; i < N_RANDOM_STEPS; i++)
    {
      guint what = roll (&play, 10);

      if (what < 4)
        edit_row (&play);
      else if (what < 5)
        edit_and_undo (&play);
      else if (what < 8)
        judge_next (&play);
      else
        edit_above (&play);
      check_rows (&play);
    }

  while (play.judged_n < play.last_n)
    judge_next (&play);
  check_rows (&play);
  assert_good (fixture->vault);
  for (guint i = 0; i < N_ROWS; i++)
    jp_record_unref (play.above[i]);
}

static gint64
count_indexes (JpDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db,
                   "SELECT count (*) FROM sqlite_schema"
                   " WHERE type = 'index' AND name GLOB 'idx_vehicle_*'",
                   &error);
  gboolean row = FALSE;

  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_no_error (error);
  return jp_statement_get_integer (statement, 0);
}

static void
begin_load (JpVaultFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  jp_remote_repo_begin_load (fixture->vault, JP_KIND_VEHICLE, &error);
  g_assert_no_error (error);
}

/* The indexes of a table are out of the way while its pages come, if there was nothing in it. */
static void
test_load_indexes (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  g_autoptr (JpRecord) made = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  JpDb  *db = fixture->vault->db;
  gint64 n_indexes = count_indexes (db);

  g_assert_cmpint (n_indexes, >, 1);
  begin_load (fixture);
  g_assert_cmpint (count_indexes (db), ==, 0);
  g_ptr_array_add (page, as_remote (made, 1));
  g_assert_true (jp_remote_repo_load (fixture->vault, page, NULL, "load", "1", &error));
  g_assert_true (jp_remote_repo_end_load (fixture->vault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_indexes (db), ==, n_indexes);
  begin_load (fixture);
  g_assert_cmpint (count_indexes (db), ==, n_indexes);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/remote-repo/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, func,     \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("older", test_older);
  ADD ("unknown-verdict", test_unknown_verdict);
  ADD ("conflict", test_conflict);
  ADD ("refused-below", test_refused_below);
  ADD ("refused-new", test_refused_new);
  ADD ("empty-edit", test_empty_edit);
  ADD ("answer-lost", test_answer_lost);
  g_test_add ("/store/remote-repo/answer-lost-twice", JpVaultFixture, "", jp_vault_fixture_set_up,
              test_answer_lost, jp_vault_fixture_tear_down);
  ADD ("undo-of-trashed", test_undo_of_trashed);
  ADD ("trash", test_trash);
  ADD ("trashed-above", test_trashed_above);
  ADD ("seat-order", test_seat_order);
  ADD ("seat-taken", test_seat_taken);
  ADD ("swap-refused", test_swap_refused);
  ADD ("load-indexes", test_load_indexes);
  ADD ("random", test_random);
  return g_test_run ();
}
