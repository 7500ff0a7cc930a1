/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The jobs of the front desk with the keyboard alone: real key presses, from the start to what was
 * saved. */

#include "jp-codes.h"
#include "jp-form-window.h"
#include "jp-keys.h"
#include "jp-person-rows.h"
#include "jp-records-fixture.h"
#include "jp-request.h"
#include "jp-ui-test.h"
#include "jp-user-repo.h"

#include <adwaita.h>

#define WAIT_MS 5000

static gboolean
has_form (gpointer unused)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (JP_IS_FORM_WINDOW (link->data) && gtk_widget_get_mapped (link->data))
      return TRUE;
  return FALSE;
}

static gboolean
has_no_form (gpointer unused)
{
  return !has_form (NULL);
}

static void
wait_for_form (JpRecordsFixture *fixture)
{
  g_assert_true (jp_ui_test_wait_until (has_form, NULL, WAIT_MS));
  jp_records_fixture_wait (fixture);
}

static void
save (JpRecordsFixture *fixture)
{
  jp_keys_press ("<Control>Return");
  g_assert_true (jp_ui_test_wait_until (has_no_form, NULL, WAIT_MS));
  jp_records_fixture_wait (fixture);
}

static void
go (JpRecordsFixture *fixture, const char *keys)
{
  jp_keys_press (keys);
  jp_records_fixture_wait (fixture);
}

static void
enrol (JpRecordsFixture *fixture)
{
  go (fixture, "<Alt>2");
  jp_keys_press ("<Control>n");
  wait_for_form (fixture);
  jp_keys_type (jp_records_fixture_get_id_number ());
  jp_keys_press ("Return");
  jp_keys_type ("孟秋");
  jp_keys_press ("Return");
  jp_keys_type ("13805300001");
  jp_keys_press ("Return");
  /* The tier: the first one offered. */
  jp_keys_press ("space Down Return");
  save (fixture);
}

static void
test_enrol (JpRecordsFixture *fixture, gconstpointer unused)
{
  g_autoptr (JpRecord) trainee = NULL;

  enrol (fixture);
  trainee = jp_records_fixture_find_named (fixture, JP_KIND_TRAINEE, "孟秋");
  g_assert_nonnull (trainee);
  g_assert_cmpint (jp_record_get_date (trainee, JP_TRAINEE_BIRTH_DATE), ==, 20010203);
  g_assert_true (jp_record_has (trainee, JP_TRAINEE_CLASS_TIER));
  g_assert_true (jp_record_has (trainee, JP_TRAINEE_LICENCE_TYPE));
}

static void
test_contract (JpRecordsFixture *fixture, gconstpointer unused)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  gint64 n_before = jp_records_fixture_count (fixture, query);

  enrol (fixture);
  /* The new trainee is in the pane: Tab reaches "Edit", then "Contract". */
  jp_keys_press ("Tab Tab Return");
  jp_records_fixture_wait (fixture);
  g_assert_cmpint (jp_records_fixture_count (fixture, query), ==, n_before + 1);
  g_assert_cmpstr (jp_window_get_place (fixture->window), ==, "contracts");
}

/* The form that no other one stands before. */
static GtkWindow *
get_top_form (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWindow *top = NULL;

  for (GList *link = windows; link != NULL; link = link->next)
    if (JP_IS_FORM_WINDOW (link->data) && gtk_widget_get_mapped (link->data) &&
        (top == NULL || gtk_window_get_transient_for (link->data) == top))
      top = link->data;
  return top;
}

/* Until the keys are in the row of that title, as somebody does who looks for it. */
static void
tab_to (const char *title)
{
  for (int i = 0; i < 30; i++)
    {
      GtkWindow *window = get_top_form ();
      GtkWidget *focus = window != NULL ? gtk_window_get_focus (window) : NULL;

      for (; focus != NULL; focus = gtk_widget_get_parent (focus))
        if (ADW_IS_PREFERENCES_ROW (focus) &&
            strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), title) == 0)
          return;
      jp_keys_press ("Tab");
    }
  g_assert_not_reached ();
}

static JpRecord *
find_tier (JpRecordsFixture *fixture, gint64 price)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);

  jp_query_where_integer (query, JP_CLASS_TIER_PRICE, JP_QUERY_EQUAL, price);
  return jp_records_fixture_find (fixture, query);
}

/* ¥100 more, for the second part: price, the sum of its stages, a new version. */
static void
test_price (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = NULL;
  g_autoptr (JpRow) row = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpRecord) before = NULL;
  g_autofree char *price = NULL;
  g_autofree char *part = NULL;

  /* The first tier is selected on the way in. */
  go (fixture, "<Alt>4");
  page = JP_RECORDS_PAGE (jp_window_get_page (fixture->window));
  row = jp_records_page_ref_selected (page);
  g_assert_nonnull (row);
  before = jp_record_ref (jp_row_get_record (row));
  price = g_strdup_printf ("%" G_GINT64_FORMAT,
                           jp_record_get_integer (before, JP_CLASS_TIER_PRICE) / 100 + 100);
  part = g_strdup_printf ("%" G_GINT64_FORMAT,
                          jp_record_get_integer (before, JP_CLASS_TIER_PART2_FEE) / 100 + 100);

  /* The form begins at the price, all of it selected. */
  jp_keys_press ("F2");
  wait_for_form (fixture);
  jp_keys_type (price);
  tab_to ("Part 2");
  jp_keys_type (part);
  save (fixture);
  after = find_tier (fixture, jp_record_get_integer (before, JP_CLASS_TIER_PRICE) + 10000);
  g_assert_nonnull (after);
  g_assert_cmpint (jp_record_get_integer (after, JP_CLASS_TIER_VERSION_NO), ==, 2);
}

static void
test_swap (JpRecordsFixture *fixture, gconstpointer unused)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  gint64 n_before = jp_records_fixture_count (fixture, query);

  /* A vehicle; "Edit" comes first, then the next step of its pane. */
  go (fixture, "<Alt>7");
  go (fixture, "Down");
  jp_keys_press ("Tab Tab Return");
  wait_for_form (fixture);
  /* The vehicle is known: the form begins at the terminal. End is a spare one. */
  jp_keys_press ("space End Return Tab");
  jp_keys_type ("1064905300009");
  save (fixture);
  g_assert_cmpint (jp_records_fixture_count (fixture, query), ==, n_before + 1);
}

#define PRINCIPAL "王校长"
#define FINANCE   "李会计"

static gpointer
add_people_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const JpUserSpec principal = { PRINCIPAL, JP_ROLE_PRINCIPAL, "135790", NULL, NULL };
  const JpUserSpec finance = { FINANCE, JP_ROLE_FINANCE, "246802", PRINCIPAL, "135790" };

  return jp_user_repo_add (vault, &principal, error) && jp_user_repo_add (vault, &finance, error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static gint64
count_requests (JpRecordsFixture *fixture, JpKind kind, JpRequestState state)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);

  jp_query_where_code (query, jp_request_get_fields (kind)->state, JP_QUERY_EQUAL, (int)state);
  return jp_records_fixture_count (fixture, query);
}

/* The button in the pane of the first contract. */
static void
open_from_contract (JpRecordsFixture *fixture, const char *button)
{
  g_assert_true (jp_ui_test_tab_to (GTK_WINDOW (fixture->window), button));
  jp_keys_press ("Return");
  wait_for_form (fixture);
}

/* The people are offered by name: the one of finance comes first. */
static void
sign (const char *row, const char *choose, const char *pin)
{
  tab_to (row);
  jp_keys_press (choose);
  tab_to ("PIN");
  jp_keys_type (pin);
}

static void
assert_error_at_name (void)
{
  JpForm *form = jp_form_window_get_form (JP_FORM_WINDOW (get_top_form ()));

  g_assert_nonnull (jp_form_get_error (form, JP_PERSON_ROWS_NAME));
}

/* One person asks; the same one cannot approve; another one does. */
static void
test_two_people (JpRecordsFixture *fixture, gconstpointer data)
{
  gboolean          is_transfer = data != NULL;
  JpKind            kind = is_transfer ? JP_KIND_TRANSFER : JP_KIND_REFUND;
  const JpStoreCall call = { .func = add_people_in_writer };
  const char       *approve = is_transfer ? "Approve the Transfer…" : "Approve the Withdrawal…";

  jp_store_write_async (fixture->store, &call, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  go (fixture, "<Alt>3");
  open_from_contract (fixture,
                      is_transfer ? "Transfer to Another School…" : "Refund and Withdrawal…");
  if (is_transfer)
    {
      tab_to ("Number of the other school");
      jp_keys_type ("3717020000000099");
    }
  sign ("Asked by", "space Down Return", "246802");
  save (fixture);
  g_assert_cmpint (count_requests (fixture, kind, JP_REQUEST_STATE_DRAFT), ==, 1);

  open_from_contract (fixture, approve);
  sign ("Decided by", "space Down Return", "246802");
  jp_keys_press ("<Control>Return");
  jp_records_fixture_wait (fixture);
  assert_error_at_name ();
  jp_keys_press ("Escape");
  g_assert_true (jp_ui_test_wait_until (has_no_form, NULL, WAIT_MS));
  open_from_contract (fixture, approve);
  sign ("Decided by", "space End Return", "135790");
  save (fixture);
  g_assert_cmpint (count_requests (fixture, kind, JP_REQUEST_STATE_DRAFT), ==, 0);
  g_assert_cmpint (count_requests (fixture, kind, JP_REQUEST_STATE_PENDING), ==, 1);
}

static gint64
count_left (JpRecordsFixture *fixture)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_PERSON);

  jp_query_where_integer (query, JP_PERSON_DISABLED, JP_QUERY_EQUAL, TRUE);
  return jp_records_fixture_count (fixture, query);
}

/* The principal takes the rights of finance away, and cannot take the own ones. */
static void
test_left (JpRecordsFixture *fixture, gconstpointer unused)
{
  const JpStoreCall call = { .func = add_people_in_writer };

  jp_store_write_async (fixture->store, &call, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  go (fixture, "<Alt>3");
  open_from_contract (fixture, "Refund and Withdrawal…");
  tab_to ("Somebody does not work here any more?");
  jp_keys_press ("Return");
  jp_records_fixture_wait (fixture);
  tab_to ("Person");
  jp_keys_press ("space End Return");
  tab_to ("Principal");
  jp_keys_press ("space End Return");
  tab_to ("PIN of the principal");
  jp_keys_type ("135790");
  jp_keys_press ("<Control>Return");
  jp_records_fixture_wait (fixture);
  assert_error_at_name ();
  g_assert_cmpint (count_left (fixture), ==, 0);

  tab_to ("Person");
  jp_keys_press ("space Home Down Return");
  jp_keys_press ("<Control>Return");
  jp_ui_test_wait_ms (500);
  jp_records_fixture_wait (fixture);
  g_assert_cmpint (count_left (fixture), ==, 1);
  jp_keys_press ("Escape");
  g_assert_true (jp_ui_test_wait_until (has_no_form, NULL, WAIT_MS));
}

/* The data tell the two walks apart, not the school. */
static void
set_up_full (JpRecordsFixture *fixture, gconstpointer unused)
{
  jp_records_fixture_set_up (fixture, NULL);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/app/keyboard/" path, JpRecordsFixture, NULL, jp_records_fixture_set_up, func,      \
              jp_records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);

  ADD ("enrol", test_enrol);
  ADD ("contract", test_contract);
  ADD ("price", test_price);
  ADD ("swap", test_swap);
  ADD ("left", test_left);
  g_test_add ("/app/keyboard/withdrawal", JpRecordsFixture, NULL, jp_records_fixture_set_up,
              test_two_people, jp_records_fixture_tear_down);
  g_test_add ("/app/keyboard/transfer", JpRecordsFixture, GINT_TO_POINTER (TRUE), set_up_full,
              test_two_people, jp_records_fixture_tear_down);

  return g_test_run ();
}
