/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-conflict-notice.h"
#include "jp-conflict-window.h"
#include "jp-desk.h"
#include "jp-digest-repo.h"
#include "jp-locale.h"
#include "jp-log.h"
#include "jp-sync-page.h"
#include "jp-test-dir.h"
#include "jp-tour-desk.h"
#include "jp-ui-test.h"

/* Two PCs of one school, each with its window, and the platform as a program. Nobody answers while
 * both edit the same trainees; then both come back. What comes out is what a careful person would
 * expect, and both windows show the same. */

#define SETTLE_MS  700 /* a picture shows what has been read */
#define N_TRAINEES 3

enum {
  APART,  /* one edits the mobile, the other the address */
  CLASH,  /* both edit mobile and note */
  DELETED /* one deletes, the other edits the note */
};

typedef struct
{
  JpTourWorld world;
  JpTestDir  *scratch;  /* (owned) */
  char       *pictures; /* (owned) (nullable): NULL = none are taken */
  guint       n_pictures;
  JpTourDesk  wang;
  JpTourDesk  li;
  JpId        trainees[N_TRAINEES];
} Pair;

static const struct
{
  const char *name;
  const char *id_number;
  const char *phone;
} people[N_TRAINEES] = {
  { "周晓梅", "372922200703121626", "13800530101" },
  { "孙立军", "37292219980815121X", "13800530102" },
  { "吴秀兰", "372922200105062224", "13800530103" },
};

/* Pictures. */

static void
take_picture (Pair *pair, const char *name)
{
  g_autofree char *path = NULL;

  jp_ui_test_wait_ms (SETTLE_MS);
  if (pair->pictures == NULL)
    return;
  path = g_strdup_printf ("%s/%02u-%s.png", pair->pictures, ++pair->n_pictures, name);
  jp_ui_test_screenshot_pair (jp_tour_desk_get_window (&pair->wang),
                              jp_tour_desk_get_window (&pair->li), path);
  jp_tour_note ("picture %s", path);
}

static void
show_place (Pair *pair, const char *place)
{
  jp_window_show_place (jp_office_get_window (pair->wang.office), place, NULL, NULL);
  jp_window_show_place (jp_office_get_window (pair->li.office), place, NULL, NULL);
}

/* The lists are there before a line in them is shown. */
static void
show_trainee (Pair *pair, int which)
{
  show_place (pair, "trainees");
  jp_ui_test_wait_ms (SETTLE_MS);
  jp_office_show (pair->wang.office, JP_KIND_TRAINEE, &pair->trainees[which]);
  jp_office_show (pair->li.office, JP_KIND_TRAINEE, &pair->trainees[which]);
}

/* Doing. */

typedef struct
{
  const char *name;
  const char *id_number;
  const char *phone;
  JpId        tier;
  JpId        made; /* out */
} Person;

static gpointer
enrol_call (JpVault *vault, gpointer data, GError **error)
{
  Person  *person = data;
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &id);
  g_autoptr (JpChange) change = NULL;

  jp_desk_set_defaults (draft, jp_vault_today (vault));
  jp_draft_set_text (draft, JP_TRAINEE_NAME, person->name);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, person->id_number);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, person->phone);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "C1");
  jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, &person->tier);
  change = jp_desk_enrol_trainee (vault, draft, "王芳", error);
  if (change == NULL || !jp_commit_change (vault, change, NULL, error))
    return NULL;
  person->made = *jp_record_get_id (((JpChangeRow *)change->rows->pdata[0])->after);
  return GINT_TO_POINTER (TRUE);
}

typedef struct
{
  const JpId *trainee;
  const char *actor;
  const char *phone;
  const char *address;
  const char *note;
} Editing;

static gpointer
edit_call (JpVault *vault, gpointer data, GError **error)
{
  const Editing *editing = data;
  JpId           op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "edit", editing->actor);
  g_autoptr (JpRecord) before =
    jp_record_table_get (vault->db, vault->key, JP_KIND_TRAINEE, editing->trainee, error);
  g_autoptr (JpDraft) draft = before != NULL ? jp_draft_new_from (before) : NULL;
  g_autoptr (JpRecord) after = NULL;

  if (before == NULL)
    return NULL;
  if (editing->phone != NULL)
    jp_draft_set_text (draft, JP_TRAINEE_PHONE, editing->phone);
  if (editing->address != NULL)
    jp_draft_set_text (draft, JP_TRAINEE_ADDRESS, editing->address);
  if (editing->note != NULL)
    jp_draft_set_text (draft, JP_TRAINEE_NOTE, editing->note);
  after = jp_draft_end (g_steal_pointer (&draft));
  jp_change_add (change, before, after);
  return GINT_TO_POINTER (jp_commit_change (vault, change, NULL, error));
}

static void
edit (JpTourDesk *desk, Editing editing)
{
  jp_tour_check (jp_tour_desk_write (desk, edit_call, &editing) != NULL, "%s edits, offline",
                 editing.actor);
}

static gpointer
delete_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpChange) change =
    jp_desk_set_deleted (vault, JP_KIND_TRAINEE, data, TRUE, "王芳", error);

  return GINT_TO_POINTER (change != NULL && jp_commit_change (vault, change, NULL, error));
}

/* The steps. */

static JpId
find_tier (JpTourDesk *desk)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (JpRecord) tier = NULL;

  jp_query_where_text (query, JP_CLASS_TIER_NAME, JP_QUERY_EQUAL, "基础班");
  jp_query_where_text (query, JP_CLASS_TIER_STATUS, JP_QUERY_EQUAL, "published");
  tier = jp_tour_desk_find (desk, query);
  return tier != NULL ? *jp_record_get_id (tier) : JP_ID_NONE;
}

static void
set_up (Pair *pair)
{
  JpId tier;

  jp_tour_say ("The platform, and two PCs of one school");
  jp_tour_world_start (&pair->world);
  jp_tour_desk_open (&pair->wang);
  jp_tour_desk_join (&pair->wang, &pair->world, "前台一号");

  /* A code serves one PC. */
  jp_tour_world_stop (&pair->world);
  g_clear_pointer (&pair->world.code, g_free);
  jp_tour_world_start (&pair->world);
  jp_tour_desk_open (&pair->li);
  jp_tour_desk_join (&pair->li, &pair->world, "前台二号");

  tier = find_tier (&pair->wang);
  for (int i = 0; i < N_TRAINEES; i++)
    {
      Person person = { people[i].name, people[i].id_number, people[i].phone, tier, JP_ID_NONE };

      jp_tour_check (jp_tour_desk_write (&pair->wang, enrol_call, &person) != NULL,
                     "%s is enrolled", people[i].name);
      pair->trainees[i] = person.made;
    }
  jp_tour_desk_sync (&pair->wang);
  jp_tour_desk_sync (&pair->li);
}

static void
go_offline (Pair *pair)
{
  jp_tour_say ("Nobody answers, and both edit the same trainees");
  jp_tour_world_stop (&pair->world);

  edit (&pair->wang, (Editing){ &pair->trainees[APART], "王芳", "13905301111", NULL, NULL });
  edit (&pair->wang,
        (Editing){ &pair->trainees[CLASH], "王芳", "13905302222", NULL, "只在周末练车" });
  jp_tour_check (jp_tour_desk_write (&pair->wang, delete_call, &pair->trainees[DELETED]) != NULL,
                 "王芳 deletes, offline");

  edit (&pair->li, (Editing){ &pair->trainees[APART], "李敏", NULL, "牡丹区中华路 8 号", NULL });
  edit (&pair->li,
        (Editing){ &pair->trainees[CLASH], "李敏", "13705303333", NULL, "晚上 6 点以后" });
  edit (&pair->li, (Editing){ &pair->trainees[DELETED], "李敏", NULL, NULL, "约好周三来" });

  jp_sync_now (jp_office_get_sync (pair->wang.office));
  jp_sync_now (jp_office_get_sync (pair->li.office));
  jp_tour_check (jp_tour_desk_wait (&pair->wang, JP_SYNC_STATE_OFFLINE, "offline") &&
                   jp_tour_desk_wait (&pair->li, JP_SYNC_STATE_OFFLINE, "offline"),
                 "offline is a state at both PCs");
  show_trainee (pair, APART);
  take_picture (pair, "offline-apart");
  show_trainee (pair, CLASH);
  take_picture (pair, "offline-clash");
  show_place (pair, "sync");
  take_picture (pair, "offline-queue");
}

static void
check_text (JpTourDesk *desk, const JpId *id, JpFieldId field, const char *wanted)
{
  g_autoptr (JpRecord) record = jp_tour_desk_get (desk, JP_KIND_TRAINEE, id);

  jp_tour_check (record != NULL && g_strcmp0 (jp_record_get_text (record, field), wanted) == 0,
                 "%s: %s", jp_field_get (field)->name, wanted);
}

static gpointer
list_row_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_conflict_repo_list_row (vault, JP_KIND_TRAINEE, data, error);
}

static guint
count_questions (JpTourDesk *desk, const JpId *id)
{
  g_autoptr (GPtrArray) list = jp_tour_desk_read (desk, list_row_call, (gpointer)id);

  return list != NULL ? list->len : G_MAXUINT;
}

static gpointer
sum_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 *sum = data;

  return GINT_TO_POINTER (jp_digest_repo_rebuild (vault, sum, error));
}

static void
check_equal (Pair *pair)
{
  gint64 sums[2] = { 0, 1 };

  jp_tour_desk_read (&pair->wang, sum_call, &sums[0]);
  jp_tour_desk_read (&pair->li, sum_call, &sums[1]);
  jp_tour_check (sums[0] == sums[1], "both PCs have the same rows in the same versions");
  for (int i = 0; i < N_TRAINEES; i++)
    {
      g_autoptr (JpRecord) one =
        jp_tour_desk_get (&pair->wang, JP_KIND_TRAINEE, &pair->trainees[i]);
      g_autoptr (JpRecord) other =
        jp_tour_desk_get (&pair->li, JP_KIND_TRAINEE, &pair->trainees[i]);

      jp_tour_check (one != NULL && other != NULL && jp_record_diff_units (one, other) == 0 &&
                       jp_record_get_head (one)->deleted == jp_record_get_head (other)->deleted,
                     "%s is the same at both PCs", people[i].name);
    }
}

static void
come_back (Pair *pair)
{
  const JpId *trainees = pair->trainees;
  g_autoptr (JpRecord) kept = NULL;

  jp_tour_say ("The platform comes back: 王芳's PC first, then 李敏's");
  jp_tour_world_start (&pair->world);
  jp_tour_desk_sync (&pair->wang);
  jp_tour_desk_sync (&pair->li);
  jp_tour_desk_sync (&pair->wang);
  check_equal (pair);

  check_text (&pair->li, &trainees[APART], JP_TRAINEE_PHONE, "13905301111");
  check_text (&pair->li, &trainees[APART], JP_TRAINEE_ADDRESS, "牡丹区中华路 8 号");
  jp_tour_check (count_questions (&pair->wang, &trainees[APART]) == 0,
                 "different fields: both edits hold, nobody is asked");

  check_text (&pair->wang, &trainees[CLASH], JP_TRAINEE_PHONE, "13905302222");
  jp_tour_check (count_questions (&pair->wang, &trainees[CLASH]) == 2 &&
                   count_questions (&pair->li, &trainees[CLASH]) == 2,
                 "same fields: the first holds, and both PCs ask, field by field");

  kept = jp_tour_desk_get (&pair->wang, JP_KIND_TRAINEE, &trainees[DELETED]);
  jp_tour_check (kept != NULL && !jp_record_get_head (kept)->deleted,
                 "deleted and edited: the record is kept");
  check_text (&pair->wang, &trainees[DELETED], JP_TRAINEE_NOTE, "约好周三来");
  jp_tour_check (count_questions (&pair->wang, &trainees[DELETED]) == 1, "and somebody is asked");

  show_trainee (pair, APART);
  take_picture (pair, "back-apart");
  show_trainee (pair, CLASH);
  take_picture (pair, "back-clash");
  show_place (pair, "sync");
  take_picture (pair, "back-questions");
}

/* Deciding. */

/* From the record itself: 李敏's mobile, 王芳's note. */
static void
decide_clash (Pair *pair)
{
  const JpId       *id = &pair->trainees[CLASH];
  JpConflictWindow *window = NULL;
  JpConflictCard   *card = NULL;
  GPtrArray        *conflicts = NULL;

  show_trainee (pair, CLASH);
  jp_tour_check (jp_ui_test_wait_for_widget (GTK_WIDGET (jp_tour_desk_get_window (&pair->li)),
                                             JP_TYPE_CONFLICT_NOTICE, JP_TOUR_WAIT_MS) != NULL,
                 "the pane of the trainee says that there is something to decide");
  window = jp_conflict_window_open (pair->li.office, JP_KIND_TRAINEE, id);
  card = JP_CONFLICT_CARD (
    jp_ui_test_wait_for_widget (GTK_WIDGET (window), JP_TYPE_CONFLICT_CARD, JP_TOUR_WAIT_MS));
  conflicts = jp_conflict_card_get_conflicts (card);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const JpConflict *conflict = g_ptr_array_index (conflicts, i);

      jp_conflict_card_choose (card, i,
                               g_str_equal (jp_record_get_text (conflict->item, JP_CONFLICT_UNIT),
                                            "phone"));
    }
  if (pair->pictures != NULL)
    {
      g_autofree char *path =
        g_strdup_printf ("%s/%02u-decide.png", pair->pictures, ++pair->n_pictures);

      jp_ui_test_wait_ms (SETTLE_MS);
      jp_ui_test_screenshot (GTK_WINDOW (window), path);
    }
  jp_conflict_card_decide (card);
}

/* On the sync page of the other PC: the one that was deleted goes into the trash after all. */
static void
decide_deleted (Pair *pair)
{
  GtkWidget      *page = NULL;
  JpConflictCard *card = NULL;

  show_place (pair, "sync");
  jp_ui_test_wait_ms (SETTLE_MS);
  page = GTK_WIDGET (jp_window_get_page (jp_office_get_window (pair->wang.office)));
  card = jp_sync_page_get_card (JP_SYNC_PAGE (page), 0);
  jp_tour_check (card != NULL && jp_sync_page_get_card (JP_SYNC_PAGE (page), 1) == NULL,
                 "one question is left");
  if (card == NULL)
    return;
  jp_tour_check (jp_conflict_card_get_choice (card, 0), "what is chosen at first changes nothing");
  jp_conflict_card_choose (card, 0, FALSE);
  jp_conflict_card_decide (card);
}

static void
decide (Pair *pair)
{
  const JpId *trainees = pair->trainees;
  g_autoptr (JpRecord) gone = NULL;

  jp_tour_say ("李敏 decides field by field; 王芳 decides about the one she had deleted");
  decide_clash (pair);
  jp_ui_test_wait_ms (SETTLE_MS);
  jp_tour_desk_sync (&pair->li);
  jp_tour_desk_sync (&pair->wang);
  decide_deleted (pair);
  jp_ui_test_wait_ms (SETTLE_MS);
  jp_tour_desk_sync (&pair->wang);
  jp_tour_desk_sync (&pair->li);

  check_equal (pair);
  check_text (&pair->wang, &trainees[CLASH], JP_TRAINEE_PHONE, "13705303333");
  check_text (&pair->wang, &trainees[CLASH], JP_TRAINEE_NOTE, "只在周末练车");
  gone = jp_tour_desk_get (&pair->li, JP_KIND_TRAINEE, &trainees[DELETED]);
  jp_tour_check (gone != NULL && jp_record_get_head (gone)->deleted,
                 "the record is in the trash at both PCs");
  jp_tour_check (count_questions (&pair->li, &trainees[CLASH]) == 0 &&
                   count_questions (&pair->li, &trainees[DELETED]) == 0,
                 "nothing is left to decide");
  show_trainee (pair, CLASH);
  take_picture (pair, "decided");
}

static void
run (Pair *pair)
{
  set_up (pair);
  go_offline (pair);
  come_back (pair);
  decide (pair);
  jp_tour_desk_close (&pair->wang);
  jp_tour_desk_close (&pair->li);
  jp_tour_world_stop (&pair->world);
  jp_tour_sum_up ();
}

static gboolean
parse_options (Pair *pair, int *argc, char ***argv, GError **error)
{
  gboolean           tap = FALSE;
  const GOptionEntry entries[] = {
    { "platform", 0, 0, G_OPTION_ARG_FILENAME, &pair->world.platform_program,
      "Program of the platform", "FILE" },
    { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &pair->pictures,
      "Folder of the pictures (default: none are taken)", "DIR" },
    { "tap", 0, 0, G_OPTION_ARG_NONE, &tap, "Say what a test runner reads", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  jp_tour_set_tap (tap);
  pair->scratch = jp_test_dir_new ();
  pair->world.folder = jp_test_dir_build (pair->scratch, "platform");
  return pair->world.platform_program != NULL;
}

int
main (int argc, char *argv[])
{
  Pair pair = { 0 };
  g_autoptr (GError) error = NULL;

  jp_log_install ();
  jp_locale_init ();
  if (!parse_options (&pair, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "see --help");
      return 2;
    }

  g_autofree char *wang = jp_test_dir_build (pair.scratch, "wang");
  g_autofree char *li = jp_test_dir_build (pair.scratch, "li");

  gtk_init ();
  jp_tour_desk_init (&pair.wang, wang);
  jp_tour_desk_init (&pair.li, li);
  run (&pair);

  jp_tour_desk_clear (&pair.wang);
  jp_tour_desk_clear (&pair.li);
  jp_tour_world_clear (&pair.world);
  jp_test_dir_free (pair.scratch);
  g_free (pair.pictures);
  return jp_tour_get_n_failed () == 0 ? 0 : 1;
}
