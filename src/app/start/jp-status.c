/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-status.h"

#include "jp-district.h"
#include "jp-today-repo.h"

#include <glib/gi18n-lib.h>

#define RECOUNT_DELAY_MS 400
#define AGE_REFRESH_S    60

struct _JpStatus
{
  GObject parent_instance;

  JpOffice     *office;      /* (owned) */
  JpWindow     *window;      /* (weak) (nullable) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  guint         recount_id;  /* (source) 0 = none */
  guint         age_id;      /* (source): "12 minutes ago" grows */
};

G_DEFINE_FINAL_TYPE (JpStatus, jp_status, G_TYPE_OBJECT)

static JpSidebar *
get_sidebar (JpStatus *self)
{
  return self->window != NULL ? jp_window_get_sidebar (self->window) : NULL;
}

static void
show_school (JpStatus *self)
{
  JpSidebar        *sidebar = get_sidebar (self);
  JpRecord         *school = jp_office_get_school (self->office);
  const JpDistrict *district = NULL;
  g_autofree char  *level = NULL;
  g_autofree char  *subtitle = NULL;

  if (sidebar == NULL || school == NULL)
    return;

  level = jp_record_dup_display (school, JP_SCHOOL_LEVEL, TRUE);
  if (jp_record_has (school, JP_SCHOOL_DISTRICT))
    district = jp_district_lookup (jp_record_get_text (school, JP_SCHOOL_DISTRICT));
  if (*level != '\0' && district != NULL)
    subtitle = g_strdup_printf ("%s · %s", level, district->name);
  else
    subtitle = g_strdup (district != NULL ? district->name : level);
  jp_sidebar_set_school (sidebar, jp_record_get_title (school), subtitle);
}

static JpTint
get_sync_tint (JpSyncState state, gint64 n_waiting)
{
  switch (state)
    {
    case JP_SYNC_STATE_UP_TO_DATE:
      return JP_TINT_OK;
    case JP_SYNC_STATE_RUNNING:
      return JP_TINT_INFO;
    case JP_SYNC_STATE_PROBLEM:
      return JP_TINT_BAD;
    case JP_SYNC_STATE_LOCAL:
      return JP_TINT_MUTE;
    case JP_SYNC_STATE_OFFLINE:
    case JP_SYNC_STATE_WAITING:
    default:
      return n_waiting > 0 ? JP_TINT_WARN : JP_TINT_MUTE;
    }
}

static char *
dup_age (JpStatus *self, JpSync *sync)
{
  gint64 now_us = jp_clock_now_us (jp_store_get_clock (jp_office_get_store (self->office)));
  gint64 minutes = (now_us - jp_sync_get_oldest_us (sync)) / JP_MINUTE_US;

  if (minutes < 1)
    return g_strdup (_ ("oldest just now · sent when the network is back"));
  if (minutes < 120)
    return g_strdup_printf (_ ("oldest %d min ago · sent when the network is back"), (int)minutes);
  return g_strdup_printf (_ ("oldest %d h ago · sent when the network is back"),
                          (int)(minutes / 60));
}

static void
show_sync (JpStatus *self)
{
  JpSidebar       *sidebar = get_sidebar (self);
  JpSync          *sync = jp_office_get_sync (self->office);
  gint64           n_waiting = jp_sync_get_n_waiting (sync);
  JpSyncState      state = jp_sync_get_state (sync);
  g_autofree char *title = jp_sync_dup_title (sync);
  g_autofree char *detail = NULL;

  if (sidebar == NULL)
    return;
  if (state == JP_SYNC_STATE_OFFLINE && n_waiting > 0)
    detail = dup_age (self, sync);
  else
    detail = jp_sync_dup_sentence (sync);
  jp_sidebar_set_sync_state (sidebar, get_sync_tint (state, n_waiting), title, detail);
}

static void
show_badges (JpStatus *self, const JpToday *today)
{
  static const struct
  {
    const char *place;
    JpTodayTask tasks[3];
    guint       n_tasks;
    JpTint      tint;
  } badges[] = {
    { "contracts", { JP_TODAY_UNSIGNED, JP_TODAY_UNPAID }, 2, JP_TINT_INFO },
    { "statements", { JP_TODAY_STATEMENTS, JP_TODAY_ANSWERS }, 2, JP_TINT_INFO },
    { "refunds", { JP_TODAY_REFUNDS }, 1, JP_TINT_INFO },
  };
  JpSidebar *sidebar = get_sidebar (self);
  guint      all = 0;

  if (sidebar == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (badges); i++)
    {
      guint n = 0;

      for (guint j = 0; j < badges[i].n_tasks; j++)
        n += (guint)today->lists[badges[i].tasks[j]].count;
      jp_sidebar_set_badge (sidebar, badges[i].place, n, badges[i].tint);
    }
  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    all += (guint)today->lists[i].count;

  jp_sidebar_set_badge (sidebar, "today", all, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "sync",
                        (guint)(today->waiting_ops + today->lists[JP_TODAY_CONFLICTS].count),
                        JP_TINT_WARN);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStatus) self = user_data;
  g_autoptr (JpToday) today = NULL;

  /* ignored: the badges keep their numbers until the next count */
  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&today, NULL))
    show_badges (self, today);
}

static gpointer
read_today_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_today_repo_read (vault, error);
}

static gboolean
recount_cb (gpointer user_data)
{
  JpStatus   *self = user_data;
  JpStore    *store = jp_office_get_store (self->office);
  JpStoreCall call = { read_today_call, NULL, NULL, (GDestroyNotify)jp_today_repo_free, 0 };

  self->recount_id = 0;
  if (jp_store_is_open (store))
    jp_store_read_async (store, &call, self->cancellable, counted_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (JpStore *store, guint64 kinds, JpStatus *self)
{
  if (self->recount_id == 0)
    self->recount_id = g_timeout_add (RECOUNT_DELAY_MS, recount_cb, self);
}

static gboolean
age_cb (gpointer user_data)
{
  show_sync (user_data);
  return G_SOURCE_CONTINUE;
}

static void
jp_status_dispose (GObject *object)
{
  JpStatus *self = JP_STATUS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->recount_id, g_source_remove);
  g_clear_handle_id (&self->age_id, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_status_parent_class)->dispose (object);
}

static void
jp_status_class_init (JpStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_status_dispose;
}

static void
jp_status_init (JpStatus *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * jp_status_new:
 * @office: the office
 * @window: its window
 *
 * Returns: (transfer full): keeps the sidebar of the window true as long as it lives
 */
JpStatus *
jp_status_new (JpOffice *office, JpWindow *window)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (JP_IS_WINDOW (window), NULL);

  JpStatus *self = g_object_new (JP_TYPE_STATUS, NULL);

  self->office = g_object_ref (office);
  g_set_weak_pointer (&self->window, window);
  self->age_id = g_timeout_add_seconds (AGE_REFRESH_S, age_cb, self);
  g_signal_connect_object (office, "school-changed", G_CALLBACK (show_school), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_sync (office), "changed", G_CALLBACK (show_sync), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, 0);
  show_school (self);
  show_sync (self);
  recount_cb (self);
  return self;
}
