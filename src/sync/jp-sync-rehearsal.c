/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-rehearsal.h"

#include "jp-commit.h"
#include "jp-lookup.h"
#include "jp-merge.h"
#include "jp-op-repo.h"
#include "jp-page-feed.h"
#include "jp-plural.h"
#include "jp-sync-step.h"

#include <glib/gi18n-lib.h>

#define MAX_PAGES 100

typedef struct
{
  JpTransport     *transport; /* (owned) */
  JpSyncStep      *step;      /* (owned) (nullable): what was asked last */
  GBytes          *answer;    /* (owned) (nullable) */
  char            *after;     /* (owned) (nullable): cursor behind the last page */
  guint            n_pages;
  JpSyncRehearsal *rehearsal; /* (owned) */
} Look;

static void ask (GTask *task);

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_object (&look->transport);
  g_clear_pointer (&look->step, jp_sync_step_free);
  g_clear_pointer (&look->answer, g_bytes_unref);
  jp_sync_rehearsal_free (look->rehearsal);
  g_free (look->after);
  g_free (look);
}

static void
line_free (gpointer data)
{
  JpSyncRehearsalLine *line = data;

  g_free (line->title);
  g_free (line);
}

/**
 * jp_sync_rehearsal_free:
 * @self: (nullable) (transfer full): a rehearsal
 */
void
jp_sync_rehearsal_free (JpSyncRehearsal *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

/* --- comparing, on the reader --- */

/* What the platform changed since the state that ours is based on, and what of it we changed too.
 */
static gboolean
compare (JpVault             *vault,
         JpRecord            *ours,
         JpRecord            *theirs,
         JpSyncRehearsalLine *line,
         GError             **error)
{
  guint32 pending = jp_record_get_head (ours)->pending;
  g_autoptr (JpRecord) base = NULL;
  guint32 both = 0;

  if (pending != 0 &&
      !jp_commit_get_base (vault, line->kind, jp_record_get_id (ours), &base, error))
    return FALSE;

  gboolean was = jp_record_get_head (base != NULL ? base : ours)->deleted;
  gboolean now = jp_record_get_head (theirs)->deleted;

  line->units = jp_record_diff_units (base != NULL ? base : ours, theirs);
  both = line->units & pending & jp_record_diff_units (ours, theirs);
  if (both != 0 || (pending != 0 && now && !was) ||
      ((pending & JP_UNIT_EXISTENCE) && line->units != 0))
    {
      line->what = JP_SYNC_REHEARSAL_ASKED;
      line->units = both != 0 ? both : line->units;
    }
  else if (was != now)
    line->what = now ? JP_SYNC_REHEARSAL_TRASHED : JP_SYNC_REHEARSAL_RESTORED;
  else
    line->what = JP_SYNC_REHEARSAL_CHANGED;
  return TRUE;
}

/* Whoever is asked about comes first. */
static void
add_line (JpSyncRehearsal *rehearsal, const JpSyncRehearsalLine *line, const char *title)
{
  JpSyncRehearsalLine *copy = NULL;

  rehearsal->n[line->what]++;
  if (line->what == JP_SYNC_REHEARSAL_ASKED && rehearsal->lines->len == JP_SYNC_REHEARSAL_MAX_LINES)
    g_ptr_array_set_size (rehearsal->lines, JP_SYNC_REHEARSAL_MAX_LINES - 1);
  if (rehearsal->lines->len == JP_SYNC_REHEARSAL_MAX_LINES)
    return;

  copy = g_memdup2 (line, sizeof *line);
  copy->title = g_strdup (title);
  g_ptr_array_insert (rehearsal->lines, line->what == JP_SYNC_REHEARSAL_ASKED ? 0 : -1, copy);
}

static gboolean
look_at (JpVault *vault, JpSyncRehearsal *rehearsal, JpRecord *theirs, GError **error)
{
  JpSyncRehearsalLine line = { .kind = jp_record_get_kind (theirs),
                               .id = *jp_record_get_id (theirs) };
  g_autoptr (GError) local_error = NULL;
  g_autofree char *title = NULL;
  g_autoptr (JpRecord) ours =
    jp_record_table_find (vault->db, vault->key, line.kind, &line.id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }
  if (ours == NULL)
    {
      if (!jp_record_get_head (theirs)->deleted)
        add_line (rehearsal, &line, jp_record_get_title (theirs));
      return TRUE;
    }
  if (jp_record_get_head (theirs)->version <= jp_record_get_head (ours)->version)
    return TRUE;
  if (!compare (vault, ours, theirs, &line, error) ||
      !jp_lookup_title (vault, line.kind, &line.id, &title, error))
    return FALSE;
  add_line (rehearsal, &line, title);
  return TRUE;
}

static gpointer
look_call (JpVault *vault, gpointer data, GError **error)
{
  Look *look = data;
  g_autoptr (JpPageFeed) page = jp_page_feed_from_bytes (look->answer, error);

  if (page == NULL)
    return NULL;
  for (guint i = 0; i < page->records->len; i++)
    if (!look_at (vault, look->rehearsal, g_ptr_array_index (page->records, i), error))
      return NULL;

  look->rehearsal->complete = page->complete;
  g_free (look->after);
  look->after = g_strdup (page->to);
  return GINT_TO_POINTER (TRUE);
}

/* --- asking --- */

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (look->rehearsal->complete || ++look->n_pages == MAX_PAGES)
    g_task_return_pointer (task, g_steal_pointer (&look->rehearsal),
                           (GDestroyNotify)jp_sync_rehearsal_free);
  else
    ask (task);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JpStore    *store = g_task_get_source_object (task);
  Look       *look = g_task_get_task_data (task);
  JpStoreCall call = { look_call, look, NULL, NULL, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (source), result, &error);

  if (reply == NULL || !jp_transport_reply_check (reply, NULL, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&look->answer, g_bytes_unref);
  look->answer = g_bytes_ref (jp_transport_reply_get_body (reply));
  jp_store_read_async (store, &call, g_task_get_cancellable (task), looked_cb, g_object_ref (task));
}

static gpointer
plan_call (JpVault *vault, gpointer data, GError **error)
{
  Look  *look = data;
  gint64 oldest_us = 0;

  if (!jp_op_repo_count_waiting (vault, &look->rehearsal->n_waiting, &oldest_us, error))
    return NULL;
  return jp_sync_step_plan_look (vault, look->after, error);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&look->step, jp_sync_step_free);
  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&look->step, &error) ||
      !jp_transport_set_identity (look->transport, look->step->identity, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (look->step->request == NULL)
    {
      look->rehearsal->first = TRUE;
      g_task_return_pointer (task, g_steal_pointer (&look->rehearsal),
                             (GDestroyNotify)jp_sync_rehearsal_free);
      return;
    }
  jp_transport_send_async (look->transport, look->step->request, g_task_get_cancellable (task),
                           answered_cb, g_object_ref (task));
}

static void
ask (GTask *task)
{
  JpStore    *store = g_task_get_source_object (task);
  JpStoreCall call = { plan_call, g_task_get_task_data (task), NULL,
                       (GDestroyNotify)jp_sync_step_free, 0 };

  jp_store_read_async (store, &call, g_task_get_cancellable (task), planned_cb,
                       g_object_ref (task));
}

/**
 * jp_sync_rehearsal_async:
 * @store: an open store
 * @transport: the way to the platform
 * @cancellable: (nullable): gives up
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Finds out what the next round would change here. Reads only, on both sides.
 */
void
jp_sync_rehearsal_async (JpStore            *store,
                         JpTransport        *transport,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (JP_IS_TRANSPORT (transport));

  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  g_task_set_source_tag (task, jp_sync_rehearsal_async);
  look->transport = g_object_ref (transport);
  look->rehearsal = g_new0 (JpSyncRehearsal, 1);
  look->rehearsal->lines = g_ptr_array_new_with_free_func (line_free);
  g_task_set_task_data (task, look, look_free);
  ask (task);
}

/**
 * jp_sync_rehearsal_finish:
 * @store: the store
 * @result: the result
 * @error: return location for a [error@Jp.SyncError] or an error of the store
 *
 * Returns: (transfer full): what would change, or %NULL with an error
 */
JpSyncRehearsal *
jp_sync_rehearsal_finish (JpStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- in words --- */

/**
 * jp_sync_rehearsal_dup_sentence:
 * @self: a rehearsal
 *
 * Returns: (transfer full): the whole in words
 */
char *
jp_sync_rehearsal_dup_sentence (const JpSyncRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  int n_asked = (int)self->n[JP_SYNC_REHEARSAL_ASKED];
  int n_coming = 0;

  for (int i = 0; i < JP_SYNC_REHEARSAL_N; i++)
    n_coming += (int)self->n[i];

  if (self->first)
    return jp_plural_format (
      NP_ ("The first sync reads everything the platform has; %d change would be sent.",
           "The first sync reads everything the platform has; %d changes would be sent."),
      self->n_waiting);
  if (n_coming == 0 && self->n_waiting == 0)
    return g_strdup (_ ("Nothing would change on either side."));
  if (n_asked > 0)
    return g_strdup_printf (_ ("%d would be sent; %d records would change here, about %d of them "
                               "you would be asked."),
                            (int)self->n_waiting, n_coming, n_asked);
  return g_strdup_printf (_ ("%d would be sent; %d records would change here, none of them needs "
                             "you."),
                          (int)self->n_waiting, n_coming);
}

/**
 * jp_sync_rehearsal_what_get_label:
 * @what: what would become of a record
 *
 * Returns: (transfer none): that in a word or two
 */
const char *
jp_sync_rehearsal_what_get_label (JpSyncRehearsalWhat what)
{
  switch (what)
    {
    case JP_SYNC_REHEARSAL_NEW:
      return C_ ("rehearsal", "New");
    case JP_SYNC_REHEARSAL_TRASHED:
      return C_ ("rehearsal", "Into the trash");
    case JP_SYNC_REHEARSAL_RESTORED:
      return C_ ("rehearsal", "Out of the trash");
    case JP_SYNC_REHEARSAL_ASKED:
      return C_ ("rehearsal", "To be decided");
    case JP_SYNC_REHEARSAL_CHANGED:
    default:
      return C_ ("rehearsal", "Changed");
    }
}

/**
 * jp_sync_rehearsal_line_dup_text:
 * @self: a line
 *
 * Returns: (transfer full): which record, and which of its fields
 */
char *
jp_sync_rehearsal_line_dup_text (const JpSyncRehearsalLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const JpKindInfo *info = jp_kind_get_info (self->kind);
  g_autofree char  *fields = self->units != 0 ? jp_merge_dup_unit_labels (info, self->units) : NULL;

  if (fields != NULL)
    /* Translators: a kind of record, its name, its fields: "Coach 李建国: Mobile". */
    return g_strdup_printf (C_ ("rehearsal", "%1$s %2$s: %3$s"), jp_kind_get_label (self->kind),
                            self->title, fields);
  /* Translators: a kind of record, its name. */
  return g_strdup_printf (C_ ("rehearsal", "%1$s %2$s"), jp_kind_get_label (self->kind),
                          self->title);
}
