/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-form-window.h"
#include "jp-locale.h"
#include "jp-log.h"
#include "jp-place.h"
#include "jp-progress-repo.h"
#include "jp-record-form.h"
#include "jp-states.h"
#include "jp-test-dir.h"
#include "jp-tour-desk.h"
#include "jp-ui-test.h"

/* The main job from end to end, in the real window, with the real platform over real HTTPS: a
 * school works without a network, the network comes back, everything arrives once, the contract is
 * signed and paid, and hours and a statement come down. Says what it does and what it checked. */

#define SETTLE_MS     700  /* a picture shows what has been read */
#define TODAY_MS      2500 /* what is stuck is read last */
#define GLANCE_MS     200
#define N_OFFLINE_OPS 4

typedef struct
{
  JpTourWorld world;
  JpTestDir  *scratch;  /* (owned) (nullable): where nobody said where data go */
  char       *profile;  /* (owned) */
  char       *pictures; /* (owned) (nullable): NULL = none are taken */
  gboolean    keep_open;
  JpTourDesk  desk;
  JpId        trainee; /* who is enrolled at the desk */
  JpId        contract;
  char       *contract_no; /* (owned) */
  guint       n_pictures;
} Tour;

/* Pictures. */

static void
take_picture (Tour *tour, GtkWindow *window, const char *name)
{
  g_autofree char *path = NULL;

  if (tour->pictures == NULL)
    {
      jp_ui_test_wait_ms (GLANCE_MS);
      return;
    }
  path = g_strdup_printf ("%s/%02u-%s.png", tour->pictures, ++tour->n_pictures, name);
  jp_ui_test_wait_ms (g_str_has_suffix (name, "today") ? TODAY_MS : SETTLE_MS);
  jp_ui_test_screenshot (window, path);
  jp_tour_note ("picture %s", path);
}

static GtkWindow *
get_window (Tour *tour)
{
  return jp_tour_desk_get_window (&tour->desk);
}

static gboolean
shows_error (GtkWidget *widget)
{
  if (JP_IS_STATES (widget) && gtk_widget_get_mapped (widget) &&
      jp_states_get_state (JP_STATES (widget)) == JP_STATE_ERROR)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_error (child))
      return TRUE;

  return FALSE;
}

static void
show_places (Tour *tour, const char *when)
{
  guint          n_shown = 0;
  gsize          n_places = 0;
  const JpPlace *places = jp_place_get_all (&n_places);

  for (gsize i = 0; i < n_places; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", when, places[i].name);

      if (jp_window_show_place (jp_office_get_window (tour->desk.office), places[i].name, NULL,
                                NULL))
        take_picture (tour, get_window (tour), name);
      n_shown += shows_error (GTK_WIDGET (get_window (tour))) ? 0 : 1;
    }
  jp_tour_check (n_shown == n_places, "%u pages show, none with an error", n_shown);
}

/* The steps. */

static void
open_school (Tour *tour)
{
  jp_tour_say ("A new PC at the front desk: the window opens");
  jp_tour_desk_open (&tour->desk);
}

static void
join_platform (Tour *tour)
{
  jp_tour_say ("The PC joins the platform with its one-time code: %s", tour->world.url);
  jp_tour_desk_join (&tour->desk, &tour->world, "前台一号");
  jp_tour_check (jp_tour_desk_count (&tour->desk, JP_KIND_TRAINEE) >= 1900, "%d trainees",
                 jp_tour_desk_count (&tour->desk, JP_KIND_TRAINEE));
  jp_tour_check (jp_tour_desk_count (&tour->desk, JP_KIND_TRAINING_SESSION) > 0,
                 "%d training sessions",
                 jp_tour_desk_count (&tour->desk, JP_KIND_TRAINING_SESSION));
  jp_tour_check (jp_tour_desk_count (&tour->desk, JP_KIND_STATEMENT) > 0,
                 "%d settlement statements", jp_tour_desk_count (&tour->desk, JP_KIND_STATEMENT));
}

static GtkWindow *
find_form (Tour *tour)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (JP_IS_FORM_WINDOW (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
form_is_open (gpointer user_data)
{
  return find_form (user_data) != NULL;
}

static gboolean
form_is_gone (gpointer user_data)
{
  return find_form (user_data) == NULL;
}

static JpRecord *
find_tier (Tour *tour)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);

  jp_query_where_text (query, JP_CLASS_TIER_NAME, JP_QUERY_EQUAL, "基础班");
  jp_query_where_text (query, JP_CLASS_TIER_STATUS, JP_QUERY_EQUAL, "published");
  return jp_tour_desk_find (&tour->desk, query);
}

static void
enrol_trainee (Tour *tour)
{
  JpForm *form = NULL;
  g_autoptr (JpRecord) tier = find_tier (tour);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
  g_autoptr (JpRecord) trainee = NULL;
  JpIdText tier_id;
  int      before = jp_tour_desk_count (&tour->desk, JP_KIND_TRAINEE);

  jp_tour_say ("Offline: a trainee is enrolled with the form");
  jp_window_show_place (jp_office_get_window (tour->desk.office), "trainees", NULL, NULL);
  jp_ui_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (get_window (tour)), "win.new", NULL);
  if (!jp_ui_test_wait_until (form_is_open, tour, JP_TOUR_WAIT_MS))
    {
      jp_tour_check (FALSE, "the form opens");
      return;
    }

  form = jp_form_window_get_form (JP_FORM_WINDOW (find_form (tour)));
  jp_ui_test_wait_ms (SETTLE_MS);
  jp_form_set_text (form, "id_number", "372922200703121626");
  jp_form_set_text (form, "name", "曾雨桐");
  jp_form_set_text (form, "phone", "13800530123");
  jp_form_set_text (form, "class_tier", jp_id_to_text (jp_record_get_id (tier), tier_id));
  take_picture (tour, find_form (tour), "offline-form");
  jp_form_submit (form);
  jp_tour_check (jp_ui_test_wait_until (form_is_gone, tour, JP_TOUR_WAIT_MS),
                 "the form is saved and closed");

  jp_query_where_text (query, JP_TRAINEE_ID_NUMBER, JP_QUERY_EQUAL, "372922200703121626");
  trainee = jp_tour_desk_find (&tour->desk, query);
  jp_tour_check (trainee != NULL && jp_tour_desk_count (&tour->desk, JP_KIND_TRAINEE) == before + 1,
                 "the roster has one more");
  if (trainee == NULL)
    return;
  tour->trainee = *jp_record_get_id (trainee);
  jp_tour_check (jp_record_get_date (trainee, JP_TRAINEE_BIRTH_DATE) == 20070312,
                 "birth date and sex follow from the ID number");
}

static gpointer
change_tier_call (JpVault *vault, gpointer data, GError **error)
{
  JpRecord *tier = data;
  g_autoptr (JpDraft) draft = jp_draft_new_from (tier);
  g_autoptr (JpChange) change = NULL;
  gint64 price = jp_record_get_integer (tier, JP_CLASS_TIER_PRICE) + 10000;

  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, price);
  jp_draft_set_integer (draft, JP_CLASS_TIER_SERVICE_FEE,
                        jp_record_get_integer (tier, JP_CLASS_TIER_SERVICE_FEE) + 10000);
  change = jp_desk_change_tier (vault, g_steal_pointer (&draft), "演示", error);
  return GINT_TO_POINTER (change != NULL && jp_commit_change (vault, change, NULL, error));
}

static void
change_tier (Tour *tour)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (JpRecord) tier = NULL;
  int before = jp_tour_desk_count (&tour->desk, JP_KIND_CLASS_TIER);

  jp_tour_say ("Offline: a published class tier gets a new price");
  jp_query_where_text (query, JP_CLASS_TIER_NAME, JP_QUERY_EQUAL, "周末班");
  jp_query_where_text (query, JP_CLASS_TIER_STATUS, JP_QUERY_EQUAL, "published");
  tier = jp_tour_desk_find (&tour->desk, query);
  if (tier == NULL)
    {
      jp_tour_check (FALSE, "there is a tier to change");
      return;
    }
  jp_tour_check (jp_tour_desk_write (&tour->desk, change_tier_call, tier) != NULL,
                 "saved as a new version");
  jp_tour_check (jp_tour_desk_count (&tour->desk, JP_KIND_CLASS_TIER) == before + 1,
                 "the old version is kept for its contracts");
}

static gpointer
swap_call (JpVault *vault, gpointer data, GError **error)
{
  JpDeskSwap *swap = data;
  g_autoptr (JpChange) change = jp_desk_swap_terminal (vault, swap, "演示", error);

  return GINT_TO_POINTER (change != NULL && jp_commit_change (vault, change, NULL, error));
}

static void
swap_terminal (Tour *tour)
{
  g_autoptr (JpQuery) spares = jp_query_new (JP_KIND_TERMINAL);
  g_autoptr (JpQuery) vehicles = jp_query_new (JP_KIND_VEHICLE);
  g_autoptr (JpRecord) spare = NULL;
  g_autoptr (JpRecord) vehicle = NULL;
  JpDeskSwap swap = { .sim = "13905301234",
                      .reason = JP_ASSIGNMENT_REASON_SWAP,
                      .note = "屏幕损坏" };

  jp_tour_say ("Offline: the terminal of a vehicle is swapped for a spare one");
  jp_query_where_text (spares, JP_TERMINAL_STATUS, JP_QUERY_EQUAL, "spare");
  spare = jp_tour_desk_find (&tour->desk, spares);
  jp_query_set_order (vehicles, JP_VEHICLE_PLATE, FALSE);
  vehicle = jp_tour_desk_find (&tour->desk, vehicles);
  if (spare == NULL || vehicle == NULL)
    {
      jp_tour_check (FALSE, "there is a spare terminal and a vehicle");
      return;
    }
  swap.vehicle = *jp_record_get_id (vehicle);
  swap.terminal = *jp_record_get_id (spare);
  jp_tour_check (jp_tour_desk_write (&tour->desk, swap_call, &swap) != NULL,
                 "one binding ends, the next begins, in one action");
}

typedef struct
{
  const JpId *trainee;
  const JpId *tier;
  JpId        contract; /* out */
} Drafting;

static gpointer
draft_call (JpVault *vault, gpointer data, GError **error)
{
  Drafting *drafting = data;
  g_autoptr (JpChange) draft =
    jp_desk_draft_contract (vault, drafting->trainee, drafting->tier, "演示", error);
  g_autoptr (JpChange) offer = NULL;

  if (draft == NULL || !jp_commit_change (vault, draft, NULL, error))
    return NULL;
  drafting->contract = *jp_record_get_id (((JpChangeRow *)draft->rows->pdata[0])->after);
  offer = jp_desk_offer_contract (vault, &drafting->contract, "演示", error);
  return GINT_TO_POINTER (offer != NULL && jp_commit_change (vault, offer, NULL, error));
}

static void
draft_contract (Tour *tour)
{
  g_autoptr (JpRecord) tier = find_tier (tour);
  g_autoptr (JpRecord) contract = NULL;
  Drafting drafting = { &tour->trainee, jp_record_get_id (tier), JP_ID_NONE };

  jp_tour_say ("Offline: the contract is drafted and put up for signature");
  jp_tour_check (jp_tour_desk_write (&tour->desk, draft_call, &drafting) != NULL,
                 "drafted from trainee, tier, policy and curriculum");
  tour->contract = drafting.contract;
  contract = jp_id_is_none (&tour->contract)
               ? NULL
               : jp_tour_desk_get (&tour->desk, JP_KIND_CONTRACT, &tour->contract);
  if (contract == NULL)
    return;

  g_free (tour->contract_no);
  tour->contract_no = g_strdup (jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  jp_tour_check (jp_record_get_code (contract, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_OFFERED,
                 "%s waits to be signed", tour->contract_no);
  jp_office_show (tour->desk.office, JP_KIND_CONTRACT, &tour->contract);
  take_picture (tour, get_window (tour), "offline-contract");
}

static void
work_offline (Tour *tour)
{
  JpSync *sync = jp_office_get_sync (tour->desk.office);

  jp_tour_say ("The network is gone: the platform no longer answers");
  jp_tour_world_stop (&tour->world);
  enrol_trainee (tour);
  change_tier (tour);
  swap_terminal (tour);
  draft_contract (tour);

  jp_sync_now (sync);
  jp_tour_check (jp_tour_desk_wait (&tour->desk, JP_SYNC_STATE_OFFLINE, "offline"),
                 "offline is a state, not an error");
  jp_tour_check (jp_sync_get_n_waiting (sync) >= N_OFFLINE_OPS, "%d changes wait to be sent",
                 (int)jp_sync_get_n_waiting (sync));
  jp_office_show (tour->desk.office, JP_KIND_TRAINEE, &tour->trainee);
  take_picture (tour, get_window (tour), "offline-trainee");
  show_places (tour, "offline");
}

static void
come_back (Tour *tour)
{
  JpSync              *sync = jp_office_get_sync (tour->desk.office);
  int                  waiting = (int)jp_sync_get_n_waiting (sync);
  const JpSyncReceipt *receipt = NULL;
  g_autofree char     *sentence = NULL;

  jp_tour_say ("The platform comes back");
  jp_tour_world_start (&tour->world);
  jp_sync_now (sync);
  if (!jp_tour_desk_wait (&tour->desk, JP_SYNC_STATE_UP_TO_DATE, "everything is sent"))
    return;

  receipt = jp_sync_get_last_receipt (sync);
  sentence = jp_sync_receipt_dup_sentence (receipt);
  jp_tour_note ("%s", sentence);
  jp_tour_check (receipt->n_judged == waiting, "%d sent, each judged once", waiting);
  jp_tour_check (receipt->n_refused == 0, "none was refused");
  jp_tour_check (jp_sync_get_n_waiting (sync) == 0, "nothing waits any more");
}

static gpointer
progress_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_progress_repo_read (vault, data, error);
}

static void
let_the_city_act (Tour *tour)
{
  static const char *const acts[] = { "sign", "pay", "train", "review", "exam", "statement" };
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpProgress) progress = NULL;
  g_autofree char *sentence = NULL;
  int              statements = jp_tour_desk_count (&tour->desk, JP_KIND_STATEMENT);

  jp_tour_say (
    "The trainee signs and pays, terminals record, the platform reviews, the bank pays out");
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    jp_tour_check (jp_tour_world_act (&tour->world, acts[i], tour->contract_no), "the city may: %s",
                   acts[i]);
  jp_tour_desk_sync (&tour->desk);

  contract = jp_tour_desk_get (&tour->desk, JP_KIND_CONTRACT, &tour->contract);
  jp_tour_check (jp_record_get_integer (contract, JP_CONTRACT_PAID) ==
                   jp_record_get_integer (contract, JP_CONTRACT_PRICE),
                 "the contract is signed and its whole fee in custody");
  jp_tour_check (jp_record_get_integer (contract, JP_CONTRACT_RELEASED) > 0,
                 "a stage was released to the school");

  progress = jp_tour_desk_read (&tour->desk, progress_call, &tour->trainee);
  if (progress != NULL)
    sentence = jp_progress_dup_sentence (progress, g_get_real_time ());
  jp_tour_check (progress != NULL && jp_progress_get_valid_minutes (progress) > 0,
                 "the roster shows progress: %s", sentence != NULL ? sentence : "");
  jp_tour_check (jp_tour_desk_count (&tour->desk, JP_KIND_STATEMENT) > statements,
                 "a statement has come down");

  jp_office_show (tour->desk.office, JP_KIND_TRAINEE, &tour->trainee);
  take_picture (tour, get_window (tour), "after-trainee");
  jp_office_show (tour->desk.office, JP_KIND_CONTRACT, &tour->contract);
  take_picture (tour, get_window (tour), "after-contract");
  show_places (tour, "after");
}

static int
count_answers (Tour *tour)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_DISPUTE);

  jp_query_where_set (query, JP_DISPUTE_DECIDED_AT, TRUE);
  return jp_tour_desk_count_found (&tour->desk, query);
}

/* Lines of the last statement were contested before this PC came: some are answered, one is being
 * checked, and now the reviewer answers that one, too. */
static void
answer_disputes (Tour *tour)
{
  int before = count_answers (tour);

  jp_tour_say ("Contested lines: the platform answers, the answers are read");
  jp_tour_check (before > 0, "%d answers are here", before);
  jp_tour_check (jp_tour_world_act (&tour->world, "answer", tour->contract_no),
                 "the reviewer looks with the platform's own check");
  jp_tour_desk_sync (&tour->desk);
  jp_tour_check (count_answers (tour) > before, "another dispute is answered");
  jp_window_show_place (jp_office_get_window (tour->desk.office), "statements", "dispute-answers",
                        NULL);
  take_picture (tour, get_window (tour), "after-disputes");
}

static void
show_styles (Tour *tour)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  jp_tour_say ("Dark, and narrow");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  jp_office_show (tour->desk.office, JP_KIND_TRAINEE, &tour->trainee);
  take_picture (tour, get_window (tour), "dark-trainees");
  jp_window_show_place (jp_office_get_window (tour->desk.office), "today", NULL, NULL);
  take_picture (tour, get_window (tour), "dark-today");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* Program. */

static gboolean
window_is_gone (gpointer user_data)
{
  Tour *tour = user_data;

  return jp_office_get_window (tour->desk.office) == NULL;
}

static void
run (Tour *tour)
{
  jp_tour_say ("The platform of the city starts; the first time it makes its people");
  jp_tour_world_start (&tour->world);
  open_school (tour);
  join_platform (tour);
  work_offline (tour);
  come_back (tour);
  let_the_city_act (tour);
  answer_disputes (tour);
  show_styles (tour);

  if (tour->keep_open)
    {
      jp_tour_sum_up ();
      while (!window_is_gone (tour))
        g_main_context_iteration (NULL, TRUE);
      jp_tour_world_stop (&tour->world);
      return;
    }
  jp_tour_say ("The end of the day");
  jp_tour_desk_close (&tour->desk);
  jp_tour_world_stop (&tour->world);
  jp_tour_sum_up ();
}

static gboolean
parse_options (Tour *tour, int *argc, char ***argv, GError **error)
{
  gboolean           tap = FALSE;
  const GOptionEntry entries[] = {
    { "platform", 0, 0, G_OPTION_ARG_FILENAME, &tour->world.platform_program,
      "Program of the platform", "FILE" },
    { "actor", 0, 0, G_OPTION_ARG_FILENAME, &tour->world.actor_program,
      "Program of the people of the city", "FILE" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &tour->world.folder,
      "Folder of the platform (default: one that goes at the end)", "DIR" },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &tour->profile,
      "Folder of the school, must not exist (default: one that goes at the end)", "DIR" },
    { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &tour->pictures,
      "Folder of the pictures (default: none are taken)", "DIR" },
    { "tap", 0, 0, G_OPTION_ARG_NONE, &tap, "Say what a test runner reads", NULL },
    { "keep-open", 0, 0, G_OPTION_ARG_NONE, &tour->keep_open, "Leave the window open at the end",
      NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  jp_tour_set_tap (tap);
  tour->scratch = jp_test_dir_new ();
  if (tour->world.folder == NULL)
    tour->world.folder = jp_test_dir_build (tour->scratch, "platform");
  if (tour->profile == NULL)
    tour->profile = jp_test_dir_build (tour->scratch, "school");
  return tour->world.platform_program != NULL && tour->world.actor_program != NULL;
}

int
main (int argc, char *argv[])
{
  Tour tour = { 0 };
  g_autoptr (GError) error = NULL;

  jp_log_install ();
  jp_locale_init ();
  if (!parse_options (&tour, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "see --help");
      return 2;
    }

  gtk_init ();
  /* Pictures show what is there, not what is on its way; AdwFlap 1.2 may also give a child a width
   * that is no number in the middle of an animation, which GTK warns of. */
  if (!tour.keep_open)
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (tour.pictures != NULL)
    g_mkdir_with_parents (tour.pictures, 0700);
  jp_tour_desk_init (&tour.desk, tour.profile);
  run (&tour);

  jp_tour_desk_clear (&tour.desk);
  jp_tour_world_clear (&tour.world);
  jp_test_dir_free (tour.scratch);
  g_free (tour.profile);
  g_free (tour.pictures);
  g_free (tour.contract_no);
  return jp_tour_get_n_failed () == 0 ? 0 : 1;
}
