/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-caller.h"

/* Random edits of several stations against a naive model of what the platform must make of them:
 * each operation of one row, in the order in which the pushes arrive. */

#define N_STATIONS 3
#define N_ROUNDS   1500
#define N_TEXTS    4 /* few, so that two stations often write the same */
#define N_FIELDS   G_N_ELEMENTS (fields)

/* Each in a merge unit of its own. */
static const JpFieldId fields[] = { JP_TRAINEE_PHONE, JP_TRAINEE_ADDRESS, JP_TRAINEE_NOTE };

static const char *const texts[][N_TEXTS] = {
  { "13905300001", "13905300002", "13905300003", "13905300004" },
  { "人民路 1 号", "人民路 2 号", "人民路 3 号", NULL },
  { "甲", "乙", "丙", NULL },
};

/* A row as it must be on the platform. */
typedef struct
{
  int      text[N_FIELDS]; /* index into texts */
  gboolean deleted;
  gint64   version;
  int      author; /* station that wrote last */
  gint64   since;  /* nobody else wrote since this version */
} Row;

/* A row as a station shows it. */
typedef struct
{
  JpRecord *record; /* (owned): with its edits that were not sent */
  gint64    version;
} View;

/* An edit on its way. */
typedef struct
{
  JpId     id;
  gboolean create;
  gint64   version;
  int      base[N_FIELDS];
  int      set[N_FIELDS];
  gboolean touched[N_FIELDS];
  int      deletion; /* -1 out of the trash, 0, 1 into it */
} Edit;

typedef struct
{
  JpPlatformCaller *caller;
  GHashTable       *views; /* (owned): JpId → View */
  GArray           *edits; /* (owned) (element-type Edit): those in the outbox */
} Station;

typedef struct
{
  JpPlatformFixture *f;
  Station            stations[N_STATIONS];
  GHashTable        *rows;        /* (owned): JpId → Row */
  GArray            *ids;         /* (owned) (element-type JpId): all that were ever made */
  gint64             n_conflicts; /* items that must be in the inbox */
  guint              n_results[JP_VERDICT_PENDING + 1];
} World;

static void
view_free (gpointer data)
{
  View *view = data;

  jp_record_unref (view->record);
  g_free (view);
}

static guint
below (World *world, guint bound)
{
  return jp_id_source_below (world->f->ids, bound);
}

static int
index_of (JpRecord *record, guint field)
{
  const char *text = jp_record_get_text (record, fields[field]);

  for (int i = 0; i < N_TEXTS; i++)
    if (g_strcmp0 (texts[field][i], text) == 0)
      return i;

  g_assert_not_reached ();
}

/* --- the naive model --- */

static JpVerdictResult
model_write (World *world, Row *row, int station, gboolean report)
{
  if (row->author != station)
    row->since = row->version;
  row->author = station;
  row->version++;
  return report ? JP_VERDICT_CONFLICT : JP_VERDICT_APPLIED;
}

static JpVerdictResult
model_create (World *world, const Edit *edit, int station)
{
  Row *row = g_new0 (Row, 1);

  memcpy (row->text, edit->set, sizeof row->text);
  row->version = 1;
  row->author = station;
  row->deleted = edit->deletion == 1;
  g_hash_table_insert (world->rows, jp_id_copy (&edit->id), row);
  return JP_VERDICT_APPLIED;
}

static JpVerdictResult
model_edit (World *world, const Edit *edit, int station)
{
  Row     *row = g_hash_table_lookup (world->rows, &edit->id);
  gboolean untouched =
    edit->version >= row->version || (row->author == station && edit->version >= row->since);
  gboolean was_deleted = row->deleted;
  guint    n_taken = 0;
  guint    n_conflicts = 0;
  gboolean revived = FALSE;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (!edit->touched[i] || edit->set[i] == row->text[i])
        continue;
      if (edit->base[i] == row->text[i])
        {
          row->text[i] = edit->set[i];
          n_taken++;
        }
      else if (edit->base[i] != edit->set[i])
        n_conflicts++;
    }

  if (edit->deletion == -1)
    row->deleted = FALSE;
  else if (edit->deletion == 1 && !was_deleted)
    {
      row->deleted = untouched;
      revived = !untouched;
    }
  else if (edit->deletion == 0 && was_deleted && n_taken > 0 && !untouched)
    {
      row->deleted = FALSE;
      revived = TRUE;
    }

  world->n_conflicts += n_conflicts + (revived ? 1 : 0);
  if (n_taken == 0 && n_conflicts == 0 && !revived && row->deleted == was_deleted)
    return untouched ? JP_VERDICT_APPLIED : JP_VERDICT_MERGED;
  if (model_write (world, row, station, n_conflicts > 0 || revived) == JP_VERDICT_CONFLICT)
    return JP_VERDICT_CONFLICT;
  return untouched ? JP_VERDICT_APPLIED : JP_VERDICT_MERGED;
}

static void
check_row (World *world, const JpId *id)
{
  const Row *row = g_hash_table_lookup (world->rows, id);
  g_autoptr (JpRecord) record = jp_platform_fixture_find (world->f, JP_KIND_TRAINEE, id);

  g_assert_nonnull (record);
  g_assert_cmpint (jp_record_get_head (record)->version, ==, row->version);
  g_assert_cmpint (jp_record_get_head (record)->deleted, ==, row->deleted);
  for (guint i = 0; i < N_FIELDS; i++)
    g_assert_cmpstr (jp_record_get_text (record, fields[i]), ==, texts[i][row->text[i]]);
}

/* --- the stations --- */

static void
show (Station *station, JpRecord *record, gint64 version)
{
  View *view = g_new0 (View, 1);

  view->record = jp_record_ref (record);
  view->version = version;
  g_hash_table_replace (station->views, jp_id_copy (jp_record_get_id (record)), view);
}

/* What comes down replaces what is shown: the outbox is empty. */
static void
take_page (Station *station, JpPageFeed *page)
{
  g_assert_cmpuint (station->edits->len, ==, 0);
  for (guint i = 0; i < page->records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (page->records, i);

      if (jp_record_get_kind (record) == JP_KIND_TRAINEE)
        show (station, record, jp_record_get_head (record)->version);
    }
}

static void
note_edit (Station *station, JpRecord *before, JpRecord *after, gint64 version)
{
  Edit edit = { .id = *jp_record_get_id (after), .create = before == NULL, .version = version };

  for (guint i = 0; i < N_FIELDS; i++)
    {
      edit.set[i] = index_of (after, i);
      edit.base[i] = before != NULL ? index_of (before, i) : 0;
      edit.touched[i] = before == NULL || edit.base[i] != edit.set[i];
    }
  if (before != NULL)
    edit.deletion =
      (int)jp_record_get_head (after)->deleted - (int)jp_record_get_head (before)->deleted;
  g_array_append_val (station->edits, edit);
}

static JpRecord *
change (World *world, JpDraft *draft)
{
  guint field = below (world, N_FIELDS);

  jp_draft_set_text (draft, fields[field], texts[field][below (world, N_TEXTS)]);
  return jp_draft_end (draft);
}

static void
create (World *world, Station *station)
{
  JpDraft *draft = jp_platform_fixture_new_trainee (world->f);

  for (guint i = 0; i < N_FIELDS; i++)
    jp_draft_set_text (draft, fields[i], texts[i][below (world, N_TEXTS)]);

  g_autoptr (JpRecord) record = change (world, draft);

  jp_platform_caller_edit (station->caller, NULL, record);
  note_edit (station, NULL, record, 0);
  show (station, record, 0);
  g_array_append_val (world->ids, *jp_record_get_id (record));
}

static View *
pick_view (World *world, Station *station)
{
  if (world->ids->len == 0)
    return NULL;
  return g_hash_table_lookup (station->views,
                              &g_array_index (world->ids, JpId, below (world, world->ids->len)));
}

static void
edit (World *world, Station *station, gboolean with_trash)
{
  View *view = pick_view (world, station);

  if (view == NULL)
    return;

  gint64 version = view->version;
  g_autoptr (JpRecord) before = jp_record_ref (view->record);
  JpDraft *draft = jp_draft_new_from (before);

  if (with_trash)
    jp_draft_set_deleted (draft, !jp_record_get_head (before)->deleted);

  g_autoptr (JpRecord) after =
    with_trash && below (world, 2) == 0 ? jp_draft_end (draft) : change (world, draft);

  /* The base that goes up is what is shown; the version is that of the platform's state. */
  jp_platform_caller_edit (station->caller, before, after);
  note_edit (station, before, after, version);
  show (station, after, version);
}

static void
push (World *world, int number)
{
  Station *station = &world->stations[number];

  /* The answer gets lost now and then. */
  if (below (world, 4) == 0)
    {
      g_autoptr (JpHttpResponse) lost = jp_platform_caller_push_raw (station->caller);

      g_assert_cmpuint (jp_http_response_get_status (lost), ==, 200);
    }

  g_autoptr (JpPushResponse) response = jp_platform_caller_push (station->caller);

  for (guint i = 0; i < station->edits->len; i++)
    {
      const Edit      *sent = &g_array_index (station->edits, Edit, i);
      const JpVerdict *verdict = g_ptr_array_index (response->verdicts, i);
      JpVerdictResult  expected =
        sent->create ? model_create (world, sent, number) : model_edit (world, sent, number);

      g_assert_cmpstr (jp_verdict_result_get_name (verdict->result), ==,
                       jp_verdict_result_get_name (expected));
      world->n_results[expected]++;
    }
  for (guint i = 0; i < station->edits->len; i++)
    check_row (world, &g_array_index (station->edits, Edit, i).id);

  g_array_set_size (station->edits, 0);
  take_page (station, response->feed);
}

static void
pull (World *world, Station *station)
{
  if (station->edits->len > 0)
    return;

  g_autoptr (JpPageFeed) page = jp_platform_caller_pull (station->caller, 1 + below (world, 10));

  take_page (station, page);
}

static void
step (World *world)
{
  int      number = (int)below (world, N_STATIONS);
  Station *station = &world->stations[number];

  switch (below (world, 10))
    {
    case 0:
      create (world, station);
      break;
    case 1:
      edit (world, station, TRUE);
      break;
    case 2:
    case 3:
      push (world, number);
      break;
    case 4:
      pull (world, station);
      break;
    default:
      edit (world, station, FALSE);
      break;
    }
}

/* --- the world --- */

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->f = jp_platform_fixture_new ();
  world->rows = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, g_free);
  world->ids = g_array_new (FALSE, FALSE, sizeof (JpId));
  for (int i = 0; i < N_STATIONS; i++)
    {
      world->stations[i].caller = jp_platform_caller_new (world->f, &world->f->school);
      world->stations[i].views = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, view_free);
      world->stations[i].edits = g_array_new (FALSE, FALSE, sizeof (Edit));
    }
  return world;
}

static void
world_free (World *world)
{
  for (int i = 0; i < N_STATIONS; i++)
    {
      jp_platform_caller_free (world->stations[i].caller);
      g_hash_table_unref (world->stations[i].views);
      g_array_unref (world->stations[i].edits);
    }
  g_hash_table_unref (world->rows);
  g_array_unref (world->ids);
  jp_platform_fixture_free (world->f);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
assert_same (JpRecord *a, JpRecord *b)
{
  const JpKindInfo *info = jp_record_get_info (a);

  g_assert_cmpint (jp_record_get_head (a)->version, ==, jp_record_get_head (b)->version);
  g_assert_cmpint (jp_record_get_head (a)->deleted, ==, jp_record_get_head (b)->deleted);
  for (guint i = 0; i < info->n_fields; i++)
    g_assert_true (jp_record_field_equal (a, b, info->fields[i].id));
}

static void
check_station (World *world, int number)
{
  Station *station = &world->stations[number];
  gboolean complete = FALSE;

  push (world, number);
  while (!complete)
    {
      g_autoptr (JpPageFeed) page =
        jp_platform_caller_pull (station->caller, 1 + below (world, 20));

      take_page (station, page);
      complete = page->complete;
    }

  g_assert_cmpuint (g_hash_table_size (station->views), ==, g_hash_table_size (world->rows));
  for (guint i = 0; i < world->ids->len; i++)
    {
      const JpId *id = &g_array_index (world->ids, JpId, i);
      const View *view = g_hash_table_lookup (station->views, id);
      g_autoptr (JpRecord) record = jp_platform_fixture_find (world->f, JP_KIND_TRAINEE, id);

      g_assert_nonnull (view);
      assert_same (view->record, record);
    }
}

static gint64
count_upto (World *world, const char *cursor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_fixture_get_db (world->f),
                   "SELECT count(*) FROM feed WHERE school = :school AND seq <= :seq", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_bind_id (statement, ":school", &world->f->school);
  jp_statement_bind_integer (statement, ":seq",
                             g_ascii_strtoll (strrchr (cursor, ':') + 1, NULL, 10));
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return jp_statement_get_integer (statement, 0);
}

/* All pages of the stream from its beginning, whatever their limits, are the tables; and no page
 * ends within a change. */
static void
check_stream (World *world)
{
  g_autoptr (JpPlatformCaller) reader = jp_platform_caller_new (world->f, &world->f->school);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, NULL);
  gboolean complete = FALSE;

  while (!complete)
    {
      g_autoptr (JpPageFeed) page = jp_platform_caller_pull (reader, 1 + below (world, 30));

      complete = page->complete;
      g_assert_true (complete || page->records->len > 0);
      for (guint i = 0; i < page->records->len; i++)
        {
          JpRecord *record = g_ptr_array_index (page->records, i);
          g_autoptr (JpRecord) row =
            jp_platform_fixture_find (world->f, jp_record_get_kind (record),
                                      jp_record_get_id (record));

          /* A row is in the stream once. */
          g_assert_true (g_hash_table_add (seen, jp_id_copy (jp_record_get_id (record))));
          assert_same (record, row);
        }

      /* What has the number of the last row is all in the page. */
      g_assert_cmpint (count_upto (world, page->to), ==, g_hash_table_size (seen));
    }

  g_assert_cmpint (g_hash_table_size (seen), ==,
                   1 + g_hash_table_size (world->rows) +
                     (guint)jp_platform_fixture_count (world->f, "SELECT count(*) FROM conflict"));
}

static void
test_random (void)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < N_ROUNDS; i++)
    step (world);
  for (int i = 0; i < N_STATIONS; i++)
    push (world, i);
  for (int i = 0; i < N_STATIONS; i++)
    check_station (world, i);
  check_stream (world);

  g_assert_cmpint (jp_platform_fixture_count (world->f, "SELECT count(*) FROM conflict"), ==,
                   world->n_conflicts);
  g_test_message ("%u rows, %u applied, %u merged, %u conflicts", g_hash_table_size (world->rows),
                  world->n_results[JP_VERDICT_APPLIED], world->n_results[JP_VERDICT_MERGED],
                  world->n_results[JP_VERDICT_CONFLICT]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/random/edits", test_random);

  return g_test_run ();
}
