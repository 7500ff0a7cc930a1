/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tour-desk.h"

#include "jp-sync-enrol.h"
#include "jp-ui-test.h"

typedef struct
{
  JpTourDesk *desk;
  JpSyncState state;
} Wish;

/**
 * jp_tour_desk_init:
 * @self: a desk
 * @profile: folder of the school on this PC, that must not exist
 *
 * Sets a PC up in which nothing is open yet. GTK must be there.
 */
void
jp_tour_desk_init (JpTourDesk *self, const char *profile)
{
  *self = (JpTourDesk){ .profile = g_strdup (profile) };
  self->application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  self->start = jp_start_new (self->application, profile);
}

static gboolean
is_open (gpointer user_data)
{
  return jp_start_get_office (((JpTourDesk *)user_data)->start) != NULL;
}

/* Without a school in it: that comes from the platform. */
static void
make_profile (JpTourDesk *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpClock) clock = jp_system_clock_new ();
  g_autoptr (JpIdSource) ids = jp_id_source_new (clock);
  g_autoptr (JpProfile) profile = jp_profile_create (self->profile, JP_TOUR_PASSWORD, ids, &error);
  g_autoptr (JpVault) vault = NULL;

  if (profile == NULL)
    g_error ("could not make a profile: %s", error->message);
  vault = jp_vault_open (profile->database, JP_DB_WRITER, profile->key, clock, ids, &error);
  if (vault == NULL || !jp_vault_set_up (vault, &error))
    g_error ("could not make the database: %s", error->message);
}

/**
 * jp_tour_desk_open:
 * @self: a desk
 *
 * Makes the profile and opens the window on it.
 */
void
jp_tour_desk_open (JpTourDesk *self)
{
  make_profile (self);
  g_application_register (G_APPLICATION (self->application), NULL, NULL);
  jp_start_unlock (self->start, JP_TOUR_PASSWORD);
  jp_tour_check (jp_ui_test_wait_until (is_open, self, JP_TOUR_WAIT_MS), "the window is there");
  self->office = jp_start_get_office (self->start);
  gtk_window_set_default_size (jp_tour_desk_get_window (self), 1366, 768);
}

/* Asking the store. */

typedef struct
{
  gpointer result;
  GError  *error;
  gboolean done;
  gboolean write;
} Call;

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  if (call->write)
    jp_store_write_finish (JP_STORE (source), result, &call->result, &call->error);
  else
    jp_store_read_finish (JP_STORE (source), result, &call->result, &call->error);
  call->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Call *)user_data)->done;
}

static gpointer
take_result (Call *call)
{
  jp_ui_test_wait_until (is_done, call, JP_TOUR_WAIT_MS);
  if (call->error != NULL)
    jp_tour_check (FALSE, "%s", call->error->message);
  g_clear_error (&call->error);
  return call->result;
}

/**
 * jp_tour_desk_read:
 * @self: a desk
 * @func: runs on the reader
 * @data: for @func
 *
 * Returns: what @func returned; %NULL and a check that failed if it had an error
 */
gpointer
jp_tour_desk_read (JpTourDesk *self, JpStoreFunc func, gpointer data)
{
  Call        call = { 0 };
  JpStoreCall store_call = { func, data, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &store_call, NULL, called_cb, &call);
  return take_result (&call);
}

/**
 * jp_tour_desk_write:
 * @self: a desk
 * @func: runs on the writer
 * @data: for @func
 *
 * Returns: what @func returned; %NULL and a check that failed if it had an error
 */
gpointer
jp_tour_desk_write (JpTourDesk *self, JpStoreFunc func, gpointer data)
{
  Call        call = { .write = TRUE };
  JpStoreCall store_call = { func, data, NULL, NULL, JP_STORE_KINDS_ALL };

  jp_store_write_async (jp_office_get_store (self->office), &store_call, G_PRIORITY_DEFAULT, NULL,
                        called_cb, &call);
  return take_result (&call);
}

static gpointer
count_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 count = 0;

  jp_query_count (vault, data, &count, error);
  return GINT_TO_POINTER ((int)count);
}

/**
 * jp_tour_desk_count_found:
 * @self: a desk
 * @query: what is looked for
 *
 * Returns: how many records are found here
 */
int
jp_tour_desk_count_found (JpTourDesk *self, JpQuery *query)
{
  return GPOINTER_TO_INT (jp_tour_desk_read (self, count_call, query));
}

/**
 * jp_tour_desk_count:
 * @self: a desk
 * @kind: a kind
 *
 * Returns: how many records of it the school has here
 */
int
jp_tour_desk_count (JpTourDesk *self, JpKind kind)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);

  return jp_tour_desk_count_found (self, query);
}

static gpointer
first_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) records = jp_query_fetch_all (vault, data, error);

  return records != NULL && records->len > 0 ? g_steal_pointer (&records->pdata[0]) : NULL;
}

/**
 * jp_tour_desk_find:
 * @self: a desk
 * @query: what is looked for
 *
 * Returns: (transfer full) (nullable): the first record that is found
 */
JpRecord *
jp_tour_desk_find (JpTourDesk *self, JpQuery *query)
{
  jp_query_set_limit (query, 1);
  return jp_tour_desk_read (self, first_call, query);
}

typedef struct
{
  JpKind      kind;
  const JpId *id;
} Wanted;

static gpointer
get_call (JpVault *vault, gpointer data, GError **error)
{
  Wanted *wanted = data;

  return jp_record_table_find (vault->db, vault->key, wanted->kind, wanted->id, error);
}

/**
 * jp_tour_desk_get:
 * @self: a desk
 * @kind: a kind
 * @id: a record
 *
 * Returns: (transfer full) (nullable): the record as it is here
 */
JpRecord *
jp_tour_desk_get (JpTourDesk *self, JpKind kind, const JpId *id)
{
  Wanted wanted = { kind, id };

  return jp_tour_desk_read (self, get_call, &wanted);
}

/* The platform. */

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  jp_sync_enrol_finish (JP_STORE (source), result, &call->error);
  call->done = TRUE;
}

/**
 * jp_tour_desk_join:
 * @self: a desk
 * @world: where the platform runs
 * @name: what the school calls this PC
 *
 * Joins the platform with the code of the world and does the first sync.
 */
void
jp_tour_desk_join (JpTourDesk *self, const JpTourWorld *world, const char *name)
{
  g_autoptr (GError) error = NULL;
  JpSyncPlace place = { world->url, world->authority, FALSE };
  g_autoptr (JpTransport) transport = jp_sync_place_open (&place, &error);
  Call call = { 0 };

  if (transport == NULL)
    g_error ("no way to the platform: %s", error->message);
  jp_sync_enrol_async (jp_office_get_store (self->office), transport, &place, world->code, name,
                       NULL, enrolled_cb, &call);
  jp_ui_test_wait_until (is_done, &call, JP_TOUR_WAIT_MS);
  jp_tour_check (call.error == NULL, "%s is a station of %s", name, JP_TOUR_SCHOOL);
  g_clear_error (&call.error);

  jp_sync_set_transport (jp_office_get_sync (self->office), transport);
  jp_tour_check (jp_tour_desk_wait (self, JP_SYNC_STATE_UP_TO_DATE, "the first sync ends"),
                 "the first sync is whole");
}

static gboolean
has_state (gpointer user_data)
{
  Wish *wish = user_data;

  return jp_sync_get_state (jp_office_get_sync (wish->desk->office)) == wish->state;
}

/**
 * jp_tour_desk_wait:
 * @self: a desk
 * @state: a state of its sync engine
 * @what: what that would mean
 *
 * Returns: whether it came about; if not, a check has failed
 */
gboolean
jp_tour_desk_wait (JpTourDesk *self, JpSyncState state, const char *what)
{
  Wish     wish = { self, state };
  gboolean ok = jp_ui_test_wait_until (has_state, &wish, JP_TOUR_WAIT_MS);

  if (!ok)
    jp_tour_check (FALSE, "%s", what);
  return ok;
}

/**
 * jp_tour_desk_sync:
 * @self: a desk
 *
 * Does a round, to its end.
 */
void
jp_tour_desk_sync (JpTourDesk *self)
{
  jp_sync_now (jp_office_get_sync (self->office));
  jp_ui_test_wait_ms (50);
  jp_tour_desk_wait (self, JP_SYNC_STATE_UP_TO_DATE, "a round ends");
}

/**
 * jp_tour_desk_get_window:
 * @self: a desk with an open school
 *
 * Returns: (transfer none): its window
 */
GtkWindow *
jp_tour_desk_get_window (JpTourDesk *self)
{
  return GTK_WINDOW (jp_office_get_window (self->office));
}

/* The end. */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

/**
 * jp_tour_desk_close:
 * @self: a desk
 *
 * Closes the school and the window.
 */
void
jp_tour_desk_close (JpTourDesk *self)
{
  GtkWindow *window = jp_tour_desk_get_window (self);
  gboolean   closed = FALSE;

  jp_start_close (self->start, closed_cb, &closed);
  jp_tour_check (jp_ui_test_wait_until (is_true, &closed, JP_TOUR_WAIT_MS),
                 "the school is closed in order");
  gtk_window_destroy (window);
  jp_ui_test_settle ();
}

/**
 * jp_tour_desk_clear:
 * @self: a desk whose school is closed
 */
void
jp_tour_desk_clear (JpTourDesk *self)
{
  jp_ui_test_end_application (G_APPLICATION (self->application));
  g_object_unref (self->start);
  g_free (self->profile);
}
