/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-join-window.h"
#include "jp-office-fixture.h"
#include "jp-sync-page.h"
#include "jp-sync-words.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

static void
add_conflict (JpOfficeFixture *self, int reason, const char *detail)
{
  JpId     id = jp_office_fixture_next_id (self);
  JpDraft *draft = jp_draft_new (JP_KIND_CONFLICT, &id);
  JpIdText text;

  jp_draft_set_text (draft, JP_CONFLICT_ROW_KIND, "class_tier");
  jp_draft_set_text (draft, JP_CONFLICT_ROW_ID, jp_id_to_text (&self->tier, text));
  jp_draft_set_code (draft, JP_CONFLICT_REASON, reason);
  jp_draft_set_text (draft, JP_CONFLICT_BASE, "{\"price\":368000}");
  jp_draft_set_text (draft, JP_CONFLICT_MINE, "{\"price\":378000}");
  jp_draft_set_text (draft, JP_CONFLICT_THEIRS, "{\"price\":358000}");
  jp_draft_set_text (draft, JP_CONFLICT_WHO, "前台");
  jp_draft_set_text (draft, JP_CONFLICT_DETAIL, detail);
  jp_draft_set_integer (draft, JP_CONFLICT_HAPPENED_AT, jp_office_fixture_now_us (self));
  jp_draft_set_code (draft, JP_CONFLICT_STATE, JP_CONFLICT_STATE_OPEN);
  jp_office_fixture_put (self, draft);
}

static void
seed (JpOfficeFixture *self)
{
  jp_office_fixture_seed (self);
  add_conflict (self, JP_CONFLICT_REASON_BOTH_EDITED, NULL);
  add_conflict (self, JP_CONFLICT_REASON_REJECTED, "价格低于备案价");
}

static JpSyncPage *
show_page (JpOfficeFixture *fixture)
{
  g_assert_true (jp_window_show_place (fixture->window, "sync", NULL, NULL));
  return JP_SYNC_PAGE (jp_window_get_page (fixture->window));
}

static gboolean
has_content (gpointer user_data)
{
  return jp_states_get_state (jp_sync_page_get_states (user_data)) == JP_STATE_CONTENT;
}

static gboolean
has_one_conflict (gpointer user_data)
{
  const JpSyncData *data = jp_sync_page_get_data (user_data);

  return data != NULL && data->conflicts->len == 1;
}

static void
test_content (void)
{
  JpOfficeFixture   fixture = { 0 };
  JpSyncPage       *page = NULL;
  const JpSyncData *data = NULL;

  jp_office_fixture_set_up (&fixture, seed);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  jp_office_fixture_shoot (&fixture, "sync");

  data = jp_sync_page_get_data (page);
  g_assert_cmpuint (data->conflicts->len, ==, 2);
  g_assert_cmpuint (data->queue->len, ==, 2);
  g_assert_cmpuint (data->refused->len, ==, 0);

  g_autofree char *first = jp_sync_words_dup_op (data->queue->pdata[0]);
  g_autofree char *second = jp_sync_words_dup_op (data->queue->pdata[1]);

  g_assert_cmpstr (first, ==, "Set up: School 菏泽市牡丹机动车驾驶员培训有限公司");
  g_assert_cmpstr (second, ==, "Edited: Class tier 基础班 2026");
  jp_office_fixture_tear_down (&fixture);
}

static void
decide (JpOfficeFixture *fixture, JpSyncPage *page, const char *action_name)
{
  const JpSyncData *data = jp_sync_page_get_data (page);
  const JpConflict *conflict = data->conflicts->pdata[0];
  JpIdText          id;

  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (page), action_name, "s",
                                jp_id_to_text (jp_record_get_id (conflict->item), id)));
  g_assert_true (jp_ui_test_wait_until (has_one_conflict, page, WAIT_MS));
  g_assert_true (jp_office_can_undo (fixture->office));
}

static void
test_decide (gconstpointer action_name)
{
  JpOfficeFixture fixture = { 0 };
  JpSyncPage     *page = NULL;

  jp_office_fixture_set_up (&fixture, seed);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  decide (&fixture, page, action_name);
  jp_office_fixture_tear_down (&fixture);
}

static void
test_join (void)
{
  JpOfficeFixture fixture = { 0 };
  JpJoinWindow   *join = NULL;
  JpForm         *form = NULL;

  jp_office_fixture_set_up (&fixture, NULL);
  join = jp_join_window_new (fixture.office);
  form = jp_form_window_get_form (jp_join_window_get_window (join));
  gtk_window_present (GTK_WINDOW (jp_join_window_get_window (join)));

  jp_form_set_text (form, "address", "http://127.0.0.1");
  jp_form_set_text (form, "code", "1234-5678");
  g_assert_false (jp_form_submit (form));
  g_assert_nonnull (jp_form_get_error (form, "address"));

  /* Nobody answers there, and the file is no certificate: told, nothing is lost. */
  g_test_expect_message ("jp-app", G_LOG_LEVEL_MESSAGE, "*");
  jp_form_set_text (form, "address", "https://127.0.0.1:9");
  jp_join_window_set_authority (join, "/nonexistent/ca.pem");
  jp_form_submit (form);
  g_autofree char *code = jp_form_dup_text (form, "code");

  g_assert_cmpstr (code, ==, "1234-5678");
  g_assert_false (jp_form_get_busy (form));
  gtk_window_destroy (GTK_WINDOW (jp_join_window_get_window (join)));
  g_object_unref (join);
  jp_office_fixture_tear_down (&fixture);
}

static void
test_words (void)
{
  g_autofree char *none = jp_sync_words_dup_skew (90 * JP_SECOND_US);
  g_autofree char *behind = jp_sync_words_dup_skew (5 * JP_MINUTE_US);
  g_autofree char *ahead = jp_sync_words_dup_skew (-3 * JP_MINUTE_US);
  g_autofree char *never = jp_sync_words_dup_receipt (NULL);
  JpOpInfo         info = { .kind = (char *)"edit",
                            .actor = (char *)"前台",
                            .at_us = JP_FAKE_CLOCK_NOW_US,
                            .problem = (char *)"limit",
                            .detail = (char *)"价格低于备案价" };
  JpSyncOp         op = { .info = &info, .title = (char *)"" };
  g_autofree char *text = jp_sync_words_dup_op (&op);
  g_autofree char *refusal = jp_sync_words_dup_refusal (&op);

  g_assert_null (none);
  g_assert_cmpstr (behind, ==,
                   "The clock of this PC is 5 minutes behind the platform's. Please set it.");
  g_assert_cmpstr (ahead, ==,
                   "The clock of this PC is 3 minutes ahead of the platform's. Please set it.");
  g_assert_cmpstr (never, ==, "Since the program started there was no whole sync.");
  g_assert_cmpstr (text, ==, "Edited");
  g_assert_nonnull (strstr (refusal, "价格低于备案价"));
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/syncing/content", test_content);
  g_test_add_data_func ("/app/syncing/keep-theirs", "sync.keep-theirs", test_decide);
  g_test_add_data_func ("/app/syncing/use-mine", "sync.use-mine", test_decide);
  g_test_add_func ("/app/syncing/join", test_join);
  g_test_add_func ("/app/syncing/words", test_words);
  return g_test_run ();
}
