/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-conflict-notice.h"
#include "jp-conflict-window.h"
#include "jp-fake-transport.h"
#include "jp-join-window.h"
#include "jp-office-fixture.h"
#include "jp-push.h"
#include "jp-rehearsal-window.h"
#include "jp-sync-page.h"
#include "jp-sync-words.h"
#include "jp-test-records.h"
#include "jp-ui-test.h"
#include "jp-wire-http.h"

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
  return jp_states_get_state (jp_board_page_get_states (user_data)) == JP_STATE_CONTENT;
}

static gboolean
has_no_conflict (gpointer user_data)
{
  const JpSyncData *data = jp_sync_page_get_data (user_data);

  return data != NULL && data->conflicts->len == 0;
}

static GtkWidget *
find_mapped (GtkWidget *root, GType type)
{
  GtkWidget *found = jp_ui_test_wait_for_widget (root, type, WAIT_MS);

  g_assert_nonnull (found);
  return found;
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

/* Both items are about one class tier: one card, in which each is chosen apart. */
static void
test_decide (gconstpointer data)
{
  gboolean        mine = GPOINTER_TO_INT (data);
  JpOfficeFixture fixture = { 0 };
  JpSyncPage     *page = NULL;
  JpConflictCard *card = NULL;

  jp_office_fixture_set_up (&fixture, seed);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  card = jp_sync_page_get_card (page, 0);
  g_assert_cmpuint (jp_conflict_card_get_conflicts (card)->len, ==, 2);
  g_assert_null (jp_sync_page_get_card (page, 1));
  g_assert_false (jp_conflict_card_get_choice (card, 0));

  jp_conflict_card_choose (card, 0, mine);
  g_assert_true (jp_conflict_card_get_choice (card, 0) == mine);
  jp_conflict_card_decide (card);
  g_assert_true (jp_ui_test_wait_until (has_no_conflict, page, WAIT_MS));
  g_assert_true (jp_office_can_undo (fixture.office));
  jp_office_fixture_tear_down (&fixture);
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

static void
set_true (gboolean *flag)
{
  *flag = TRUE;
}

/* From the record itself: the window has the card, and closes when nothing is left to decide. */
static void
test_window (void)
{
  JpOfficeFixture   fixture = { 0 };
  JpConflictNotice *notice = NULL;
  JpConflictWindow *window = NULL;
  JpConflictCard   *card = NULL;
  gboolean          closed = FALSE;

  jp_office_fixture_set_up (&fixture, seed);
  jp_office_show (fixture.office, JP_KIND_CLASS_TIER, &fixture.tier);
  notice = JP_CONFLICT_NOTICE (find_mapped (GTK_WIDGET (fixture.window), JP_TYPE_CONFLICT_NOTICE));
  g_assert_cmpuint (jp_conflict_notice_get_n_questions (notice), ==, 2);
  jp_office_fixture_shoot (&fixture, "conflict-pane");

  window = jp_conflict_window_open (fixture.office, JP_KIND_CLASS_TIER, &fixture.tier);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (set_true), &closed);
  card = JP_CONFLICT_CARD (find_mapped (GTK_WIDGET (window), JP_TYPE_CONFLICT_CARD));
  jp_conflict_card_decide (card);
  g_assert_true (jp_ui_test_wait_until (is_true, &closed, WAIT_MS));
  g_assert_cmpuint (jp_conflict_notice_get_n_questions (notice), ==, 0);
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

/* --- everything that can be wrong, each with a sentence and what to do next --- */

typedef struct
{
  const char *name;
  JpFakeFault fault;    /* of every request */
  guint       status;   /* of the greeting */
  const char *body;     /* of the greeting */
  gint64      ahead_us; /* the platform's clock */
  gboolean    full;     /* the disk of the PC */
  const char *sentence; /* that the page says, or a part of it */
  gboolean    joins;    /* whether the button to join is there */
  JpSyncState state;
} Trouble;

#define PROBLEM(type) "{\"type\":\"urn:jp:problem:" type "\"}"
#define HELLO(range)  "{\"protocol\":[1,1],\"schema\":" range ",\"now\":1795482764000000}"

static const Trouble troubles[] = {
  { "offline", JP_FAKE_FAULT_DROP_REQUEST, 0, NULL, 0, FALSE, "changes are sent when it can", FALSE,
    JP_SYNC_STATE_OFFLINE },
  { "portal", JP_FAKE_FAULT_CAPTIVE, 0, NULL, 0, FALSE, "check the network sign-in", FALSE,
    JP_SYNC_STATE_PROBLEM },
  { "revoked", JP_FAKE_FAULT_NONE, 403, PROBLEM ("device-revoked"), 0, FALSE,
    "ask for a new code and join again", TRUE, JP_SYNC_STATE_PROBLEM },
  { "forked", JP_FAKE_FAULT_NONE, 409, PROBLEM ("station-forked"), 0, FALSE,
    "join again with a new code", TRUE, JP_SYNC_STATE_PROBLEM },
  { "too-old", JP_FAKE_FAULT_NONE, 200, HELLO ("[98,99]"), 0, FALSE, "please update the program",
    FALSE, JP_SYNC_STATE_PROBLEM },
  { "too-new", JP_FAKE_FAULT_NONE, 200, HELLO ("[0,0]"), 0, FALSE, "please tell the platform",
    FALSE, JP_SYNC_STATE_PROBLEM },
  { "old-platform-refuses", JP_FAKE_FAULT_NONE, 426, PROBLEM ("schema-too-new"), 0, FALSE,
    "please tell the platform", FALSE, JP_SYNC_STATE_PROBLEM },
  { "clock", JP_FAKE_FAULT_NONE, 0, NULL, 3 * JP_DAY_US + JP_HOUR_US, FALSE, "2 sent, 2 accepted",
    FALSE, JP_SYNC_STATE_UP_TO_DATE },
  { "full", JP_FAKE_FAULT_NONE, 0, NULL, 0, TRUE, "please free some space", FALSE,
    JP_SYNC_STATE_PROBLEM },
};

typedef struct
{
  JpOfficeFixture fixture;
  const Trouble  *trouble;
  JpIdSource     *ids; /* (owned): of the platform */
} World;

static void
seed_station (JpOfficeFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpIdText text;
  JpId     station = jp_office_fixture_next_id (self);

  jp_office_fixture_seed (self);
  g_assert_true (jp_db_begin_write (self->vault->db, &transaction, &error) &&
                 jp_vault_set_setting (self->vault, JP_SETTING_STATION,
                                       jp_id_to_text (&station, text), &error) &&
                 jp_vault_set_setting (self->vault, JP_SETTING_CURSOR, "e1:1", &error) &&
                 jp_vault_set_setting (self->vault, JP_SETTING_EPOCH, "e1", &error) &&
                 jp_vault_set_secret (self->vault, JP_SYNC_SECRET_TOKEN, "token", &error) &&
                 jp_transaction_commit (&transaction, &error));
  g_assert_no_error (error);
}

/* Many new coaches, more than a full disk takes. */
static void
add_coaches (World *world, JpPageFeed *page)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (JpRecord) made = jp_test_record_new (JP_KIND_COACH, world->ids);
      g_autoptr (JpDraft) draft = jp_draft_new_from (made);
      JpRecordHead head = *jp_record_get_head (made);

      head.version = 1;
      jp_draft_set_head (draft, &head);
      g_ptr_array_add (page->records, jp_draft_end (g_steal_pointer (&draft)));
    }
}

static GBytes *
answer_push (World *world, JpTransportRequest *request, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPushRequest) push =
    jp_push_request_from_bytes (jp_transport_request_get_body (request), &error);
  g_autoptr (JpPushResponse) response = jp_push_response_new ("e1", now_us);

  g_assert_no_error (error);
  response->feed = jp_page_feed_new (NULL, 0);
  response->feed->to = g_strdup ("e1:2");
  response->feed->complete = TRUE;
  for (guint i = 0; i < push->items->len; i++)
    {
      const JpPushItem *item = g_ptr_array_index (push->items, i);

      response->acked_n = item->n;
      g_ptr_array_add (response->verdicts,
                       jp_verdict_new (item->n, JP_VERDICT_APPLIED, 2, NULL, NULL));
    }
  if (world->trouble->full)
    add_coaches (world, response->feed);
  return jp_push_response_to_bytes (response);
}

static JpTransportReply *
answer (JpTransportRequest *request, gpointer user_data)
{
  World           *world = user_data;
  const char      *path = jp_transport_request_get_path (request);
  gint64           now_us = jp_office_fixture_now_us (&world->fixture) + world->trouble->ahead_us;
  g_autofree char *hello =
    g_strdup_printf ("{\"protocol\":[1,1],\"schema\":[1,9],\"now\":%" G_GINT64_FORMAT "}", now_us);
  g_autoptr (GBytes) body = NULL;

  if (g_str_has_suffix (path, "/hello"))
    return jp_fake_transport_new_json_reply (world->trouble->status != 0 ? world->trouble->status
                                                                         : 200,
                                             world->trouble->body != NULL ? world->trouble->body
                                                                          : hello);
  if (g_str_has_suffix (path, "/push"))
    body = answer_push (world, request, now_us);
  else
    {
      g_autoptr (JpPageFeed) page = jp_page_feed_new ("e1", now_us);

      page->to = g_strdup ("e1:2");
      page->complete = TRUE;
      body = jp_page_feed_to_bytes (page);
    }
  return jp_transport_reply_new (
    &(JpTransportReplyFields){ .status = 200,
                               .sync_protocol = JP_WIRE_PROTOCOL_VERSION,
                               .content_type = JP_WIRE_TYPE_JSON,
                               .body = body });
}

static gpointer
fill_call (JpVault *vault, gpointer data, GError **error)
{
  jp_db_exec (vault->db, "PRAGMA max_page_count = 1", error);
  return NULL;
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (jp_store_write_finish (JP_STORE (source), result, NULL, NULL));
  *(gboolean *)user_data = TRUE;
}

/* As with a full disk, the file cannot grow. */
static void
fill_disk (World *world)
{
  JpStoreCall call = { fill_call, NULL, NULL, NULL, 0 };
  gboolean    done = FALSE;

  jp_store_write_async (world->fixture.store, &call, G_PRIORITY_DEFAULT, NULL, filled_cb, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
}

static gboolean
has_state (gpointer user_data)
{
  World *world = user_data;

  return jp_sync_get_state (world->fixture.sync) == world->trouble->state &&
         jp_sync_get_running_receipt (world->fixture.sync) == NULL;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *action_name)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action_name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action_name);
  return found;
}

static void
test_trouble (gconstpointer data)
{
  World            world = { .trouble = data };
  JpSyncPage      *page = NULL;
  g_autofree char *name = g_strconcat ("sync-", world.trouble->name, NULL);
  g_autofree char *sentence = NULL;
  g_autoptr (JpFakeTransport) transport = jp_fake_transport_new (answer, &world);

  jp_office_fixture_set_up (&world.fixture, seed_station);
  world.ids = jp_id_source_new_seeded (JP_CLOCK (world.fixture.clock), 4);
  page = show_page (&world.fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  if (world.trouble->full)
    fill_disk (&world);
  for (guint i = 0; i < 4; i++)
    jp_fake_transport_push_fault (transport, world.trouble->fault);
  jp_sync_set_transport (world.fixture.sync, JP_TRANSPORT (transport));
  g_assert_true (jp_ui_test_wait_until (has_state, &world, WAIT_MS));

  sentence = jp_sync_dup_sentence (world.fixture.sync);
  if (strstr (sentence, world.trouble->sentence) == NULL)
    g_error ("%s: %s", world.trouble->name, sentence);
  g_assert_true (gtk_widget_get_visible (find_button (GTK_WIDGET (page), "sync.join")) ==
                 world.trouble->joins);
  jp_office_fixture_shoot (&world.fixture, name);
  jp_sync_set_transport (world.fixture.sync, NULL);
  jp_office_fixture_tear_down (&world.fixture);
  g_clear_object (&world.ids);
}

static gboolean
has_looked (gpointer user_data)
{
  return strstr (jp_rehearsal_window_get_sentence (user_data), "2 would be sent") != NULL;
}

/* The window says what would change, and that is all. */
static void
test_rehearsal (void)
{
  static const Trouble none = { .name = "none" };
  World                world = { .trouble = &none };
  JpRehearsalWindow   *window = NULL;
  g_autoptr (JpFakeTransport) transport = jp_fake_transport_new (answer, &world);

  jp_office_fixture_set_up (&world.fixture, seed_station);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_DROP_REQUEST);
  jp_sync_set_transport (world.fixture.sync, JP_TRANSPORT (transport));
  jp_ui_test_wait_ms (100);
  window = jp_rehearsal_window_open (world.fixture.office);
  g_assert_true (jp_ui_test_wait_until (has_looked, window, WAIT_MS));
  g_assert_cmpint (jp_sync_get_n_waiting (world.fixture.sync), ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
  jp_sync_set_transport (world.fixture.sync, NULL);
  jp_office_fixture_tear_down (&world.fixture);
}

static void
test_words (void)
{
  g_autofree char *none = jp_sync_words_dup_skew (90 * JP_SECOND_US);
  g_autofree char *behind = jp_sync_words_dup_skew (5 * JP_MINUTE_US);
  g_autofree char *ahead = jp_sync_words_dup_skew (-4376 * JP_MINUTE_US);
  g_autofree char *never = jp_sync_words_dup_receipt (NULL, "");
  g_autofree char *deleted =
    jp_sync_words_dup_problem (JP_KIND_TRAINEE, "invalid: phone: bad-length");
  g_autofree char *other = jp_sync_words_dup_problem (JP_KIND_TRAINEE, "another word");
  JpOpInfo         info = { .kind = (char *)"edit",
                            .actor = (char *)"前台",
                            .at_us = JP_FAKE_CLOCK_NOW_US,
                            .problem = (char *)"limit",
                            .detail = (char *)"价格低于备案价" };
  JpSyncOp         op = { .info = &info, .title = (char *)"" };
  g_autofree char *text = jp_sync_words_dup_op (&op);
  g_autofree char *refusal = jp_sync_words_dup_refusal (&op);

  g_assert_null (none);
  g_assert_true (g_str_has_prefix (behind, "The clock of this PC is 5 minutes behind the"));
  g_assert_true (g_str_has_prefix (ahead, "The clock of this PC is 3 days ahead of the"));
  g_assert_cmpstr (deleted, ==, "a value breaks a rule (Mobile)");
  g_assert_cmpstr (other, ==, "another word");
  g_assert_cmpstr (never, ==, "Since the program started there was no whole sync.");
  g_assert_cmpstr (text, ==, "Edited");
  g_assert_nonnull (strstr (refusal, "价格低于备案价"));
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autofree char *path = g_strconcat ("/app/syncing/trouble/", troubles[i].name, NULL);

      g_test_add_data_func (path, &troubles[i], test_trouble);
    }
  g_test_add_func ("/app/syncing/rehearsal", test_rehearsal);
  g_test_add_func ("/app/syncing/content", test_content);
  g_test_add_data_func ("/app/syncing/keep-theirs", GINT_TO_POINTER (FALSE), test_decide);
  g_test_add_data_func ("/app/syncing/use-mine", GINT_TO_POINTER (TRUE), test_decide);
  g_test_add_func ("/app/syncing/window", test_window);
  g_test_add_func ("/app/syncing/join", test_join);
  g_test_add_func ("/app/syncing/words", test_words);
  return g_test_run ();
}
