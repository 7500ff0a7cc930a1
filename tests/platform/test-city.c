/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-bank.h"
#include "jp-city.h"
#include "jp-platform-fixture.h"
#include "jp-platform-store.h"
#include "jp-record-table.h"
#include "jp-validate.h"

#define SEED 7

static JpPlatform *
open_city_of (JpPlatformFixture *fixture, const char *name, guint64 seed, JpCitySize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char       *folder = jp_test_dir_build (fixture->dir, name);
  JpPlatformStoreOptions options = { JP_CLOCK (fixture->clock), fixture->ids };
  JpPlatform            *platform = jp_platform_new (&options);
  gboolean               empty = FALSE;

  jp_platform_open (platform, folder, &error);
  g_assert_no_error (error);
  jp_city_is_empty (platform, &empty, &error);
  g_assert_no_error (error);
  g_assert_true (empty);
  jp_city_fill (platform, seed, size, &error);
  g_assert_no_error (error);
  return platform;
}

static JpPlatform *
open_city (JpPlatformFixture *fixture, const char *name, guint64 seed)
{
  return open_city_of (fixture, name, seed, JP_CITY_SMALL);
}

static gint64
count (JpPlatform *platform, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (jp_platform_get_store (platform)), sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return jp_statement_get_integer (statement, 0);
}

typedef void (*EachRecord) (JpRecord *record, gpointer user_data);

static void
for_each (JpPlatform *platform, JpKind kind, EachRecord func, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  JpPlatformStore *store = jp_platform_get_store (platform);
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (kind), " ORDER BY id", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (jp_platform_store_get_db (store), sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  while (jp_statement_step (statement, &row, &error) && row)
    {
      g_autoptr (JpRecord) record =
        jp_record_table_read (statement, kind, jp_platform_store_get_key (store), &error);

      g_assert_no_error (error);
      func (record, user_data);
    }
  g_assert_no_error (error);
}

/* The signature under the rules is the platform's, whose key is its own and not the seed's. */
static void
add_to_digest (JpRecord *record, gpointer user_data)
{
  GChecksum        *checksum = user_data;
  const JpKindInfo *info = jp_record_get_info (record);
  JpIdText          text;

  g_checksum_update (checksum, (const guchar *)jp_id_to_text (jp_record_get_id (record), text), -1);
  for (guint i = 0; i < info->n_fields; i++)
    {
      g_autofree char *value = NULL;

      if (info->fields[i].id == JP_POLICY_SIGNATURE)
        continue;
      value = jp_record_dup_display (record, info->fields[i].id, TRUE);
      g_checksum_update (checksum, (const guchar *)value, -1);
      g_checksum_update (checksum, (const guchar *)"\n", 1);
    }
}

static char *
digest_of (JpPlatform *platform)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    for_each (platform, kind, add_to_digest, checksum);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_equal_runs (void)
{
  g_autoptr (JpPlatformFixture) fixture = jp_platform_fixture_new ();
  g_autoptr (JpPlatform) one = open_city (fixture, "one", SEED);
  g_autoptr (JpPlatform) two = open_city (fixture, "two", SEED);
  g_autoptr (JpPlatform) other = open_city (fixture, "other", SEED + 1);
  g_autofree char *digest_one = digest_of (one);
  g_autofree char *digest_two = digest_of (two);
  g_autofree char *digest_other = digest_of (other);

  g_assert_cmpstr (digest_one, ==, digest_two);
  g_assert_cmpstr (digest_one, !=, digest_other);
}

static void
check_valid (JpRecord *record, gpointer user_data)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  g_autoptr (GArray) issues =
    jp_validate_draft (draft, jp_date_from_instant (JP_FAKE_CLOCK_NOW_US));

  for (guint i = 0; i < issues->len; i++)
    g_test_message ("%s.%s: %s", jp_record_get_info (record)->name,
                    jp_field_get (g_array_index (issues, JpIssue, i).field)->name,
                    jp_problem_get_name (g_array_index (issues, JpIssue, i).problem));
  g_assert_cmpuint (issues->len, ==, 0);
}

static void
test_valid (void)
{
  g_autoptr (JpPlatformFixture) fixture = jp_platform_fixture_new ();
  g_autoptr (JpPlatform) city = open_city (fixture, "city", SEED);

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    for_each (city, kind, check_valid, NULL);
}

static void
check_books (JpRecord *contract, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  JpBankSums sums = { 0 };

  jp_bank_get_sums (user_data, jp_record_get_id (contract), &sums, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sums.paid_fen, ==, jp_record_get_integer (contract, JP_CONTRACT_PAID));
  g_assert_cmpint (sums.released_fen, ==, jp_record_get_integer (contract, JP_CONTRACT_RELEASED));
  g_assert_cmpint (sums.refunded_fen, ==, jp_record_get_integer (contract, JP_CONTRACT_REFUNDED));
  g_assert_cmpint (sums.custody_fen, >=, 0);
}

static void
test_books (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) fixture = jp_platform_fixture_new ();
  g_autoptr (JpPlatform) city = open_city (fixture, "city", SEED);
  g_autoptr (JpBank) bank = jp_bank_new (jp_platform_store_get_db (jp_platform_get_store (city)));

  for_each (city, JP_KIND_CONTRACT, check_books, bank);
  jp_bank_check (bank, &error);
  g_assert_no_error (error);
}

/* The last stage of the demo policy needs parts 3 and 4, of which 4 comes last. */
#define STAGE_OF_RECORD "m.stage = CASE s.part WHEN 4 THEN 'part3' ELSE 'part' || s.part END"

/* What is wrong with statements, told by what shows it in the books and the records. */
static const struct
{
  const char *fault, *sql;
} faults[] = {
  { "duplicate", "SELECT count (*) FROM (SELECT 1 FROM statement_line"
                 " GROUP BY bank_reference HAVING count (*) > 1)" },
  { "unknown contract", "SELECT count (*) FROM statement_line WHERE contract IS NULL" },
  { "unknown trainee", "SELECT count (*) FROM statement_line WHERE contract IS NOT NULL"
                       " AND trainee IS NULL" },
  { "twice", "SELECT count (*) FROM (SELECT 1 FROM bank_movement WHERE kind = 'release'"
             " GROUP BY contract, stage HAVING count (*) > 1)" },
  { "policy", "SELECT count (*) FROM statement_line WHERE share = 2250" },
  { "short", "SELECT count (*) FROM statement_line l JOIN contract c ON c.id = l.contract"
             " WHERE l.kind = 'release' AND l.share = 3000 AND l.amount < c.price * 3 / 10" },
  { "over", "SELECT count (*) FROM statement_line l JOIN contract c ON c.id = l.contract"
            " WHERE l.kind = 'release' AND l.share = 3000 AND l.amount > c.price * 3 / 10 + 9" },
  { "late", "SELECT count (*) FROM bank_movement m JOIN stage_record s ON s.contract = m.contract"
            " WHERE s.part <> 3 AND " STAGE_OF_RECORD " AND m.kind = 'release'"
            " AND m.at > s.reviewed_at + 30 * 86400000000" },
  { "missing", "SELECT count (*) FROM stage_record s WHERE s.part <> 3 AND s.state = 'approved'"
               " AND s.reviewed_at < (SELECT max (issued_at) FROM statement) - 5 * 86400000000"
               " AND NOT EXISTS (SELECT 1 FROM bank_movement m WHERE m.contract = s.contract"
               " AND " STAGE_OF_RECORD ")" },
  { "not reached", "SELECT count (*) FROM bank_movement m WHERE m.kind = 'release'"
                   " AND m.stage <> 'registration' AND NOT EXISTS (SELECT 1 FROM stage_record s"
                   " WHERE s.contract = m.contract AND s.state = 'approved' AND s.part <> 3"
                   " AND " STAGE_OF_RECORD ")" },
};

/* Some wrong lines are contested, and each state has one that shows it. */
static void
check_disputes (JpPlatform *city)
{
  static const char *const states[] = {
    "draft", "sent", "review", "upheld", "rejected", "withdrawn"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT count (*) FROM dispute WHERE state = '%s'", states[i]);

      g_test_message ("%s", states[i]);
      g_assert_cmpint (count (city, sql), ==, 1);
    }
  g_assert_cmpint (count (city, "SELECT count (*) FROM dispute d JOIN bank_movement m"
                                " ON m.reference = d.bank_reference AND m.fen = d.correction"),
                   ==, 1);
  for_each (city, JP_KIND_DISPUTE, check_valid, NULL);
}

/* A statement can be wrong in ten ways; the city has each, and not many of any. */
static void
test_faults (void)
{
  g_autoptr (JpPlatformFixture) fixture = jp_platform_fixture_new ();
  g_autoptr (JpPlatform) city = open_city_of (fixture, "city", SEED, JP_CITY_STANDARD);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gint64 n_found = count (city, faults[i].sql);

      g_test_message ("%s: %" G_GINT64_FORMAT, faults[i].fault, n_found);
      g_assert_cmpint (n_found, >=, 1);
      g_assert_cmpint (n_found, <=, 6);
    }
  check_disputes (city);
}

typedef struct
{
  JpPlatform *city;
  guint       n_wrong;
} Addition;

static void
add_up (JpRecord *statement, gpointer user_data)
{
  Addition *addition = user_data;
  gint64    from_us =
    jp_date_to_instant (jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM), 0, 0);
  gint64 until_us =
    jp_date_to_instant (jp_record_get_date (statement, JP_STATEMENT_PERIOD_TO), 0, 0) + JP_DAY_US;
  g_autofree char *id = jp_hash_to_hex (jp_record_get_id (statement)->bytes, sizeof (JpId));
  g_autofree char *sql =
    g_strdup_printf ("SELECT ifnull (sum (amount), 0) FROM payment WHERE school ="
                     " (SELECT school FROM statement WHERE id = x'%s') AND paid_at >= "
                     "%" G_GINT64_FORMAT " AND paid_at < %" G_GINT64_FORMAT,
                     id, from_us, until_us);

  addition->n_wrong += jp_record_get_integer (statement, JP_STATEMENT_OPENING) +
                         count (addition->city, sql) -
                         jp_record_get_integer (statement, JP_STATEMENT_TOTAL) !=
                       jp_record_get_integer (statement, JP_STATEMENT_CLOSING);
}

/* Opening + what was paid in − total = closing, but for the one statement whose list is wrong. */
static void
test_statements (void)
{
  g_autoptr (JpPlatformFixture) fixture = jp_platform_fixture_new ();
  g_autoptr (JpPlatform) city = open_city (fixture, "city", SEED);
  Addition addition = { .city = city };

  for_each (city, JP_KIND_STATEMENT, add_up, &addition);
  g_assert_cmpint (count (city, "SELECT count (*) FROM statement"), >, 6);
  g_assert_cmpuint (addition.n_wrong, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/platform/city/equal-runs", test_equal_runs);
  g_test_add_func ("/platform/city/valid", test_valid);
  g_test_add_func ("/platform/city/books", test_books);
  g_test_add_func ("/platform/city/faults", test_faults);
  g_test_add_func ("/platform/city/statements", test_statements);
  return g_test_run ();
}
