/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-list-validator.h"
#include "jp-query-model.h"
#include "jp-store-fixture.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

#define N_STEPS    250
#define N_MANY     (3 * JP_QUERY_MODEL_PAGE_ROWS + 8)
#define N_AT_START 12

/* What is asked, in words of its own. */
typedef struct
{
  JpFieldId   order; /* a text field, or 0 */
  gboolean    descending;
  int         status; /* −1 = any */
  const char *search; /* NULL = everything */
  JpQueryRows rows;
} Question;

static JpQuery *
new_query (const Question *question)
{
  JpQuery *query = jp_query_new (JP_KIND_VEHICLE);

  jp_query_set_order (query, question->order, question->descending);
  jp_query_set_rows (query, question->rows);
  jp_query_set_search (query, question->search);
  if (question->status >= 0)
    jp_query_where_code (query, JP_VEHICLE_STATUS, JP_QUERY_EQUAL, question->status);
  return query;
}

/* --- the naive answer --- */

static gpointer
fetch_everything_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpQuery) live = jp_query_new (JP_KIND_VEHICLE);
  g_autoptr (JpQuery) trash = jp_query_new (JP_KIND_VEHICLE);
  g_autoptr (GPtrArray) records = jp_query_fetch_all (vault, live, error);

  jp_query_set_rows (trash, JP_QUERY_TRASH);

  GPtrArray *deleted = jp_query_fetch_all (vault, trash, error);

  g_ptr_array_extend_and_steal (records, deleted);
  return g_steal_pointer (&records);
}

static gboolean
answers (JpRecord *record, const Question *question)
{
  g_autofree char *found = g_strconcat (jp_record_get_text (record, JP_VEHICLE_PLATE), "\n",
                                        jp_record_get_text (record, JP_VEHICLE_BRAND), NULL);
  g_autofree char *lower = g_utf8_strdown (found, -1);

  if (jp_record_get_head (record)->deleted != (question->rows == JP_QUERY_TRASH))
    return FALSE;
  if (question->rows == JP_QUERY_WAITING && jp_record_get_head (record)->pending == 0)
    return FALSE;
  if (question->status >= 0 && jp_record_get_code (record, JP_VEHICLE_STATUS) != question->status)
    return FALSE;
  return question->search == NULL || strstr (lower, question->search) != NULL;
}

static int
compare_records (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Question *question = user_data;
  JpRecord       *one = *(JpRecord *const *)a;
  JpRecord       *two = *(JpRecord *const *)b;
  int             order = 0;

  if (question->order != 0)
    order = g_strcmp0 (jp_record_get_text (one, question->order),
                       jp_record_get_text (two, question->order));
  if (order == 0)
    order = jp_record_get_head (one)->rid < jp_record_get_head (two)->rid ? -1 : 1;
  return question->descending ? -order : order;
}

/* Returns: (transfer full) (element-type JpRecord): what the list has to show */
static GPtrArray *
answer_naively (JpStoreFixture *fixture, Question *question)
{
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { fetch_everything_call, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, 0 };
  g_autoptr (GPtrArray) all = jp_store_fixture_read (fixture, &call, &error);
  GPtrArray *answer = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    if (answers (all->pdata[i], question))
      g_ptr_array_add (answer, jp_record_ref (all->pdata[i]));

  g_ptr_array_sort_with_data (answer, compare_records, question);
  return answer;
}

static void
assert_shows (JpStoreFixture *fixture, JpQueryModel *model, Question *question)
{
  g_autoptr (GPtrArray) expected = NULL;

  jp_store_fixture_settle (fixture);
  expected = answer_naively (fixture, question);
  g_assert_cmpint (jp_query_model_get_state (model), ==, JP_QUERY_MODEL_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, expected->len);

  for (guint i = 0; i < expected->len; i++)
    {
      g_autoptr (JpRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);
      JpRecord *record = g_ptr_array_index (expected, i);
      guint     position = G_MAXUINT;

      g_assert_cmpint (jp_row_get_rid (row), ==, jp_record_get_head (record)->rid);
      g_assert_cmpint (jp_query_model_get_rid (model, i), ==, jp_row_get_rid (row));
      g_assert_true (jp_query_model_find (model, jp_row_get_rid (row), &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_nonnull (jp_row_get_record (row)); /* the validator holds it, so it is filled */
      jp_test_record_assert_equal (jp_row_get_record (row), record);
    }
}

/* --- random edits --- */

static JpRecord *
pick_record (JpStoreFixture *fixture, gboolean deleted)
{
  Question question = { .rows = deleted ? JP_QUERY_TRASH : JP_QUERY_LIVE, .status = -1 };
  g_autoptr (GPtrArray) all = answer_naively (fixture, &question);

  if (all->len == 0)
    return NULL;
  return jp_record_ref (all->pdata[jp_id_source_below (fixture->random, all->len)]);
}

static void
edit_something (JpStoreFixture *fixture)
{
  static const JpFieldId fields[] = { JP_VEHICLE_PLATE, JP_VEHICLE_BRAND, JP_VEHICLE_STATUS,
                                      JP_VEHICLE_NOTE };
  g_autoptr (JpRecord) before = pick_record (fixture, FALSE);
  g_autoptr (JpRecord) after = NULL;
  JpDraft *draft = NULL;

  if (before == NULL)
    return;
  draft = jp_draft_new_from (before);
  jp_test_draft_fill (draft, fields[jp_id_source_below (fixture->random, G_N_ELEMENTS (fields))],
                      fixture->random);
  after = jp_draft_end (draft);
  jp_store_fixture_commit (fixture, before, after);
}

static void
move_to_trash (JpStoreFixture *fixture, gboolean deleted)
{
  g_autoptr (JpRecord) before = pick_record (fixture, !deleted);
  g_autoptr (JpRecord) after = NULL;
  JpDraft *draft = NULL;

  if (before == NULL)
    return;
  draft = jp_draft_new_from (before);
  jp_draft_set_deleted (draft, deleted);
  after = jp_draft_end (draft);
  jp_store_fixture_commit (fixture, before, after);
}

static void
ask_something (JpStoreFixture *fixture, JpQueryModel *model, Question *question)
{
  static const JpFieldId   orders[] = { 0, JP_VEHICLE_PLATE, JP_VEHICLE_BRAND };
  static const char *const searches[] = { NULL, NULL, "鲁r", "大众", "1", "%" };
  JpIdSource              *random = fixture->random;
  g_autoptr (JpQuery) query = NULL;

  question->order = orders[jp_id_source_below (random, G_N_ELEMENTS (orders))];
  question->descending = jp_id_source_below (random, 2) == 0;
  question->status = (int)jp_id_source_below (random, 4) - 1;
  if (question->status >= 0 && jp_code_get (jp_vehicle_status_codes, question->status) == NULL)
    question->status = -1;
  question->search = searches[jp_id_source_below (random, G_N_ELEMENTS (searches))];
  question->rows = (JpQueryRows)jp_id_source_below (random, 3);
  query = new_query (question);
  jp_query_model_set_query (model, query);
}

static void
step_at_random (JpStoreFixture *fixture, JpQueryModel *model, Question *question)
{
  g_autoptr (JpRecord) added = NULL;
  guint what = jp_id_source_below (fixture->random, 16);

  if (what < 5)
    added = jp_store_fixture_add_vehicle (fixture);
  else if (what < 10)
    edit_something (fixture);
  else if (what < 12)
    move_to_trash (fixture, TRUE);
  else if (what < 13)
    move_to_trash (fixture, FALSE);
  else if (what < 14)
    jp_query_model_refresh (model);
  else
    ask_something (fixture, model, question);
}

static void
test_random (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = jp_query_model_new (fixture->store);
  g_autoptr (JpListValidator) validator = jp_list_validator_new (G_LIST_MODEL (model));
  Question question = { 0 };

  ask_something (fixture, model, &question);
  for (int i = 0; i < N_STEPS; i++)
    {
      step_at_random (fixture, model, &question);
      if (jp_id_source_below (fixture->random, 3) == 0)
        assert_shows (fixture, model, &question);
    }
  assert_shows (fixture, model, &question);

  g_clear_pointer (&validator, jp_list_validator_free);
  g_assert_finalize_object (g_steal_pointer (&model));
}

/* --- signals --- */

static JpQueryModel *
new_model (JpStoreFixture *fixture, JpFieldId order)
{
  JpQueryModel *model = jp_query_model_new (fixture->store);
  Question      question = { .order = order, .status = -1 };
  g_autoptr (JpQuery) query = new_query (&question);

  jp_query_model_set_query (model, query);
  return model;
}

static void
add_vehicles (JpStoreFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JpRecord) vehicle = jp_store_fixture_add_vehicle (fixture);

      g_assert_nonnull (vehicle);
    }
}

static void
set_brand (JpStoreFixture *fixture, JpRow *row, const char *brand)
{
  JpDraft *draft = jp_draft_new_from (jp_row_get_record (row));
  g_autoptr (JpRecord) after = NULL;

  jp_draft_set_text (draft, JP_VEHICLE_BRAND, brand);
  after = jp_draft_end (draft);
  jp_store_fixture_commit (fixture, jp_row_get_record (row), after);
}

/* A row that gets another place in the order is one that goes and one that comes; the line is the
 * same. */
static void
test_moved_row (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, JP_VEHICLE_BRAND);
  g_autoptr (JpListValidator) validator = jp_list_validator_new (G_LIST_MODEL (model));

  add_vehicles (fixture, N_AT_START);
  jp_store_fixture_settle (fixture);

  g_autoptr (JpRow) first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_autoptr (JpRow) last = g_list_model_get_item (G_LIST_MODEL (model), N_AT_START - 1);
  g_autoptr (JpRow) moved = NULL;
  g_autofree char *behind =
    g_strconcat (jp_record_get_text (jp_row_get_record (last), JP_VEHICLE_BRAND), "·", NULL);
  g_autofree char *further = g_strconcat (behind, "·", NULL);

  jp_list_validator_restart_counts (validator);
  set_brand (fixture, first, behind);
  jp_store_fixture_settle (fixture);
  moved = g_list_model_get_item (G_LIST_MODEL (model), N_AT_START - 1);
  g_assert_true (moved == first);
  g_assert_cmpstr (jp_record_get_text (jp_row_get_record (moved), JP_VEHICLE_BRAND), ==, behind);
  g_assert_cmpuint (jp_list_validator_get_n_signals (validator), ==, 2);
  g_assert_cmpuint (jp_list_validator_get_n_removed (validator), ==, 1);
  g_assert_cmpuint (jp_list_validator_get_n_added (validator), ==, 1);

  /* An edit that moves nothing says nothing. */
  jp_list_validator_restart_counts (validator);
  set_brand (fixture, moved, further);
  jp_store_fixture_settle (fixture);
  g_assert_cmpuint (jp_list_validator_get_n_signals (validator), ==, 0);
  g_assert_cmpstr (jp_record_get_text (jp_row_get_record (moved), JP_VEHICLE_BRAND), ==, further);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static void
test_properties (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = jp_query_model_new (fixture->store);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_VEHICLE);
  guint n_states = 0;
  guint n_lengths = 0;
  guint n_items = 1;
  int   state = -1;

  g_object_get (model, "state", &state, "n-items", &n_items, NULL);
  g_assert_cmpint (state, ==, JP_QUERY_MODEL_LOADING);
  g_assert_cmpuint (n_items, ==, 0);
  g_assert_null (jp_query_model_get_query (model));
  g_assert_null (jp_query_model_get_error (model));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (model)) == JP_TYPE_ROW);
  g_signal_connect (model, "notify::state", G_CALLBACK (count_cb), &n_states);
  g_signal_connect (model, "notify::n-items", G_CALLBACK (count_cb), &n_lengths);

  jp_query_model_refresh (model); /* without a question there is no answer */
  jp_store_fixture_settle (fixture);
  g_assert_cmpuint (n_states, ==, 0);

  jp_query_model_set_query (model, query);
  jp_store_fixture_settle (fixture);
  g_assert_cmpint (jp_query_model_get_state (model), ==, JP_QUERY_MODEL_READY);
  g_assert_cmpuint (n_states, ==, 1);
  g_assert_cmpuint (n_lengths, ==, 0);
  g_assert_cmpint (jp_query_get_kind (jp_query_model_get_query (model)), ==, JP_KIND_VEHICLE);

  add_vehicles (fixture, 2);
  jp_store_fixture_settle (fixture);
  g_object_get (model, "n-items", &n_items, NULL);
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpuint (n_lengths, >=, 1);
  g_assert_cmpuint (n_lengths, <=, 2);
  g_assert_cmpuint (n_states, ==, 1);
  g_assert_cmpint (jp_query_model_get_rid (model, 2), ==, 0);
  g_assert_false (jp_query_model_find (model, 999, &n_items));
}

static void
test_row_property (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRow) row = jp_row_new (7);
  g_autoptr (JpRecord) vehicle = jp_store_fixture_add_vehicle (fixture);
  g_autoptr (JpRecord) got = NULL;
  guint n_records = 0;

  g_object_get (row, "record", &got, NULL);
  g_assert_null (got);
  g_assert_cmpint (jp_row_get_rid (row), ==, 7);
  g_assert_cmpstr (jp_row_get_ref_title (row, JP_VEHICLE_GROUND), ==, "");
  g_signal_connect (row, "notify::record", G_CALLBACK (count_cb), &n_records);
  jp_row_fill (row, vehicle, NULL);
  g_object_get (row, "record", &got, NULL);
  g_assert_true (got == vehicle);
  g_assert_cmpuint (n_records, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&row));
}

/* --- loading --- */

static void
test_pages (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, 0);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_records = 0;

  add_vehicles (fixture, N_MANY);
  jp_store_fixture_settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, N_MANY);

  for (guint i = 0; i < N_MANY; i++)
    {
      JpRow *row = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_assert_null (jp_row_get_record (row)); /* asking loads nothing by itself */
      g_signal_connect (row, "notify::record", G_CALLBACK (count_cb), &n_records);
      g_ptr_array_add (held, row);
    }

  jp_store_fixture_settle (fixture);
  g_assert_cmpuint (n_records, ==, N_MANY);
  for (guint i = 0; i < N_MANY; i++)
    g_assert_cmpint (jp_record_get_head (jp_row_get_record (held->pdata[i]))->rid, ==,
                     jp_query_model_get_rid (model, i));
}

static void
check_first_cb (GListModel *list, guint position, guint removed, guint added, guint *n_filled)
{
  if (position != 0)
    return;
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (JpRow) row = g_list_model_get_item (list, i);

      *n_filled += jp_row_get_record (row) != NULL;
    }
}

/* A new question is answered with its first rows: no frame shows them empty. */
static void
test_first_page (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = NULL;
  guint n_filled = 0;

  add_vehicles (fixture, N_AT_START);
  model = new_model (fixture, JP_VEHICLE_PLATE);
  g_signal_connect (model, "items-changed", G_CALLBACK (check_first_cb), &n_filled);
  jp_store_fixture_settle (fixture);
  g_assert_cmpuint (n_filled, ==, N_AT_START);
}

/* A view that looks at every line and drops it makes nobody read the table. */
static void
test_scan_loads_nothing (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, 0);
  g_autoptr (JpRow) held = NULL;
  guint n_records = 0;

  add_vehicles (fixture, N_AT_START);
  jp_store_fixture_settle (fixture);
  held = g_list_model_get_item (G_LIST_MODEL (model), 3);
  g_signal_connect (held, "notify::record", G_CALLBACK (count_cb), &n_records);
  for (guint i = 0; i < N_AT_START; i++)
    {
      g_autoptr (JpRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_assert_true ((row == held) == (i == 3));
    }

  jp_store_fixture_settle (fixture);
  g_assert_cmpuint (n_records, ==, 1);
  for (guint i = 0; i < N_AT_START; i++)
    {
      g_autoptr (JpRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_assert_true ((jp_row_get_record (row) != NULL) == (i == 3));
    }
}

static void
test_held_line_stays (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, JP_VEHICLE_PLATE);
  g_autoptr (JpQuery) other = jp_query_new (JP_KIND_VEHICLE);
  g_autoptr (JpRow) held = NULL;
  g_autoptr (JpRow) again = NULL;
  guint  position = 0;
  gint64 rid = 0;

  add_vehicles (fixture, N_AT_START);
  jp_store_fixture_settle (fixture);
  held = g_list_model_get_item (G_LIST_MODEL (model), 5);
  rid = jp_row_get_rid (held);

  /* Another question, another order: the same row is the same line. */
  jp_query_set_order (other, JP_VEHICLE_BRAND, TRUE);
  jp_query_model_set_query (model, other);
  jp_store_fixture_settle (fixture);
  g_assert_true (jp_query_model_find (model, rid, &position));
  again = g_list_model_get_item (G_LIST_MODEL (model), position);
  g_assert_true (again == held);

  /* Dropped and asked for again, it is a new one. */
  g_clear_object (&again);
  g_assert_finalize_object (g_steal_pointer (&held));
  again = g_list_model_get_item (G_LIST_MODEL (model), position);
  g_assert_cmpint (jp_row_get_rid (again), ==, rid);
  g_assert_null (jp_row_get_record (again));
}

/* A list that is reused for another kind must not mix rows with the same number. */
static void
test_other_kind (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, 0);
  g_autoptr (JpQuery) schools = jp_query_new (JP_KIND_SCHOOL);
  g_autoptr (JpRow) vehicle = NULL;
  g_autoptr (JpRow) school = NULL;
  g_autoptr (JpRow) late = NULL;

  add_vehicles (fixture, 2);
  jp_store_fixture_settle (fixture);
  vehicle = g_list_model_get_item (G_LIST_MODEL (model), 0);
  jp_query_model_set_query (model, schools);
  late = g_list_model_get_item (G_LIST_MODEL (model), 1);
  jp_store_fixture_settle (fixture);
  school = g_list_model_get_item (G_LIST_MODEL (model), 0);
  jp_store_fixture_settle (fixture);

  g_assert_cmpint (jp_row_get_rid (vehicle), ==, jp_row_get_rid (school));
  g_assert_true (vehicle != school);
  g_assert_cmpint (jp_record_get_kind (jp_row_get_record (school)), ==, JP_KIND_SCHOOL);
  if (jp_row_get_record (vehicle) != NULL)
    g_assert_cmpint (jp_record_get_kind (jp_row_get_record (vehicle)), ==, JP_KIND_VEHICLE);
}

static void
test_refresh_while_loading (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, JP_VEHICLE_PLATE);
  g_autoptr (JpListValidator) validator = jp_list_validator_new (G_LIST_MODEL (model));
  Question question = { .order = JP_VEHICLE_PLATE, .status = -1 };

  add_vehicles (fixture, N_AT_START);
  for (int i = 0; i < 5; i++)
    {
      g_autoptr (JpQuery) query = new_query (&question);

      jp_query_model_refresh (model);
      jp_query_model_set_query (model, query);
      jp_query_model_refresh (model);
    }
  assert_shows (fixture, model, &question);
}

typedef struct
{
  JpStoreFixture *fixture;
  JpQuery        *query;
  guint           n_asked;
} Asker;

static void
ask_again_cb (JpQueryModel *model, guint position, guint removed, guint added, Asker *asker)
{
  if (asker->n_asked++ > 3)
    return;
  jp_query_model_set_query (model, asker->query);
  jp_query_model_refresh (model);
}

/* A listener that asks something else while it is told of the last answer. */
static void
test_question_in_answer (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = new_model (fixture, JP_VEHICLE_PLATE);
  g_autoptr (JpListValidator) validator = jp_list_validator_new (G_LIST_MODEL (model));
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_VEHICLE);
  Question question = { .order = JP_VEHICLE_BRAND, .descending = TRUE, .status = -1 };
  Asker    asker = { fixture, query, 0 };

  jp_query_set_order (query, JP_VEHICLE_BRAND, TRUE);
  g_signal_connect (model, "items-changed", G_CALLBACK (ask_again_cb), &asker);
  add_vehicles (fixture, N_AT_START);
  assert_shows (fixture, model, &question);
}

/* --- the end --- */

static void
test_dispose_while_loading (JpStoreFixture *fixture, gconstpointer data)
{
  JpQueryModel *model = new_model (fixture, 0);
  JpRow        *row = NULL;
  gpointer      watched = NULL;

  add_vehicles (fixture, N_AT_START);
  jp_store_fixture_settle (fixture);
  row = g_list_model_get_item (G_LIST_MODEL (model), 0); /* its page waits for its turn */
  jp_query_model_refresh (model);                        /* so does a snapshot */
  watched = model;
  g_object_add_weak_pointer (G_OBJECT (model), &watched);
  g_object_run_dispose (G_OBJECT (model));
  g_object_unref (model);
  jp_store_fixture_settle (fixture);
  g_assert_null (watched);
  g_assert_null (jp_row_get_record (row));
  g_assert_finalize_object (row);

  /* The last reference goes while a page is being read. */
  model = new_model (fixture, 0);
  jp_store_fixture_settle (fixture);
  row = g_list_model_get_item (G_LIST_MODEL (model), 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (model);
  jp_store_fixture_settle (fixture);
  g_assert_finalize_object (row);
}

static void
test_failure (JpStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (JpQueryModel) model = NULL;
  g_auto (JpStoreWait) wait = { NULL };

  model = new_model (fixture, 0);
  jp_store_fixture_settle (fixture);
  jp_store_close_async (fixture->store, NULL, jp_store_wait_cb, &wait);
  jp_store_close_finish (fixture->store, jp_store_wait_for (&wait), NULL);
  jp_query_model_refresh (model);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (jp_query_model_get_state (model), ==, JP_QUERY_MODEL_FAILED);
  g_assert_error (jp_query_model_get_error (model), JP_STORE_ERROR, JP_STORE_ERROR_IO);
  g_clear_object (&model);
  jp_store_wait_clear (&wait);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/query-model/" path, JpStoreFixture, NULL, jp_store_fixture_set_up, func,     \
              jp_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("properties", test_properties);
  ADD ("row-property", test_row_property);
  ADD ("random", test_random);
  ADD ("moved-row", test_moved_row);
  ADD ("pages", test_pages);
  ADD ("first-page", test_first_page);
  ADD ("scan-loads-nothing", test_scan_loads_nothing);
  ADD ("held-line-stays", test_held_line_stays);
  ADD ("other-kind", test_other_kind);
  ADD ("refresh-while-loading", test_refresh_while_loading);
  ADD ("question-in-answer", test_question_in_answer);
  ADD ("dispose-while-loading", test_dispose_while_loading);
  ADD ("failure", test_failure);
  return g_test_run ();
}
