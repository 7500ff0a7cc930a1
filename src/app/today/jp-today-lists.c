/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-lists.h"

#include "jp-count.h"
#include "jp-expiry.h"
#include "jp-pill.h"
#include "jp-today-words.h"

#include <glib/gi18n-lib.h>

#define GAP_PX 18

/* A line with a count that leads somewhere. */
typedef struct
{
  GtkWidget *row;  /* (borrowed): in its group */
  GtkWidget *pill; /* (borrowed): in the row */
} Line;

struct _JpTodayLists
{
  GtkWidget parent_instance;

  GtkWidget *box;      /* child */
  GtkWidget *work;     /* (borrowed): group in the box */
  GtkWidget *expiries; /* (borrowed): group in the box */
  GtkWidget *clear;    /* (borrowed): row in work: where nothing waits */

  Line       lines[JP_TODAY_N_TASKS];
  Line       unsent;
  GPtrArray *expiry_rows; /* (owned) (element-type GtkWidget): borrowed rows in expiries */
};

G_DEFINE_FINAL_TYPE (JpTodayLists, jp_today_lists, GTK_TYPE_WIDGET)

/* Where each list is shown with the same question. "today.open" is for lists without a page. */
static const struct
{
  const char *action;
  const char *place;
  const char *view;
} targets[JP_TODAY_N_TASKS] = {
  [JP_TODAY_ENROLMENTS] = { "today.open", "enrolments", "" },
  [JP_TODAY_UNSIGNED] = { "win.show", "contracts", "unsigned" },
  [JP_TODAY_UNPAID] = { "win.show", "contracts", "unpaid" },
  [JP_TODAY_COMPLAINTS] = { "today.open", "complaints", "" },
  [JP_TODAY_CONFLICTS] = { "win.show", "sync", "" },
  [JP_TODAY_STATEMENTS] = { "win.show", "statements", "issued" },
  [JP_TODAY_REFUNDS] = { "win.show", "refunds", "pending" },
  [JP_TODAY_ANSWERS] = { "win.show", "statements", "dispute-answers" },
};

static void
add_next (GtkWidget *row)
{
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
}

static GtkWidget *
new_row (const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_at (GtkWidget *row, const char *place, const char *view, const char *item)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(sss)", place, view, item);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show");
}

static void
add_line (JpTodayLists *self, Line *line, const char *title, JpTint tint)
{
  line->row = new_row (title);
  line->pill = jp_pill_new ("", tint);
  gtk_widget_set_valign (line->pill, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line->row), line->pill);
  add_next (line->row);
  gtk_widget_set_visible (line->row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->work), line->row);
}

static void
show_line (Line *line, gint64 count, const char *subtitle)
{
  g_autofree char *text = jp_count_format (count);

  gtk_widget_set_visible (line->row, count > 0);
  jp_pill_set_text (JP_PILL (line->pill), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->row), subtitle);
}

static void
show_work (JpTodayLists *self, const JpToday *today, gint64 now_us)
{
  g_autofree char *clear = jp_today_words_dup_clear (today);
  g_autofree char *age =
    today->oldest_op_us != 0 ? jp_today_words_dup_age (today->oldest_op_us, now_us) : NULL;

  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    {
      g_autofree char *subtitle =
        jp_today_words_dup_subtitle ((JpTodayTask)i, &today->lists[i], now_us);

      show_line (&self->lines[i], today->lists[i].count, subtitle);
    }
  show_line (&self->unsent, today->waiting_ops, age != NULL ? age : "");

  gtk_widget_set_visible (self->clear, clear != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->clear), clear != NULL ? clear : "");
}

static void
add_expiry (JpTodayLists *self, const JpTodayExpiry *expiry, JpDate date)
{
  g_autofree char *title =
    /* Translators: what expires, and whose it is: "Insurance until: 鲁R·1967学". */
    g_strdup_printf (C_ ("expiry", "%1$s: %2$s"), jp_field_get_label (jp_field_get (expiry->field)),
                     expiry->title);
  g_autofree char *when = jp_today_words_dup_expiry (expiry, date);
  g_autofree char *word = jp_today_words_dup_expiry_pill (expiry, date);
  GtkWidget       *row = new_row (title);
  GtkWidget       *pill = jp_pill_new (word, jp_expiry_get_tint (expiry->date, date));
  JpIdText         id;

  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  add_next (row);
  show_at (row, expiry->kind == JP_KIND_COACH ? "coaches" : "vehicles", "",
           jp_id_to_text (&expiry->id, id));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->expiries), row);
  g_ptr_array_add (self->expiry_rows, row);
}

static void
add_more (JpTodayLists *self, const JpTodayExpiry *next, guint n_more)
{
  g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more expires soon",
                                                         "%u more expire soon", n_more),
                                            n_more);
  GtkWidget       *row = new_row (title);

  add_next (row);
  show_at (row, next->kind == JP_KIND_COACH ? "coaches" : "vehicles", "expiring", "");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->expiries), row);
  g_ptr_array_add (self->expiry_rows, row);
}

static void
show_expiries (JpTodayLists *self, const JpToday *today, JpDate date)
{
  guint n_shown = MIN (today->expiries->len, JP_TODAY_LISTS_MAX_EXPIRIES);

  for (guint i = 0; i < self->expiry_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->expiries),
                                  self->expiry_rows->pdata[i]);
  g_ptr_array_set_size (self->expiry_rows, 0);

  for (guint i = 0; i < n_shown; i++)
    add_expiry (self, today->expiries->pdata[i], date);
  if (today->expiries->len > n_shown)
    add_more (self, today->expiries->pdata[n_shown], today->expiries->len - n_shown);
  if (n_shown > 0)
    return;

  GtkWidget *row = new_row (_ ("Nothing expires in the next 30 days."));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "emblem-ok-symbolic");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->expiries), row);
  g_ptr_array_add (self->expiry_rows, row);
}

static void
jp_today_lists_dispose (GObject *object)
{
  JpTodayLists *self = JP_TODAY_LISTS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->expiry_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (jp_today_lists_parent_class)->dispose (object);
}

static void
jp_today_lists_class_init (JpTodayListsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_today_lists_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_group (JpTodayLists *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->box), group);
  return group;
}

static void
jp_today_lists_init (JpTodayLists *self)
{
  self->expiry_rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->work = add_group (self, _ ("Waiting for You"));
  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    {
      GtkActionable *row = NULL;

      add_line (self, &self->lines[i], jp_today_words_get_title ((JpTodayTask)i),
                jp_today_words_get_tint ((JpTodayTask)i));
      row = GTK_ACTIONABLE (self->lines[i].row);
      if (g_str_equal (targets[i].action, "win.show"))
        show_at (self->lines[i].row, targets[i].place, targets[i].view, "");
      else
        {
          gtk_actionable_set_action_target (row, "s", targets[i].place);
          gtk_actionable_set_action_name (row, targets[i].action);
        }
    }
  add_line (self, &self->unsent, _ ("Changes not sent yet"), JP_TINT_WARN);
  show_at (self->unsent.row, "sync", "", "");

  self->clear = new_row ("");
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (self->clear), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->clear), 0);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (self->clear), "emblem-ok-symbolic");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->clear), FALSE);
  gtk_widget_add_css_class (self->clear, "all-clear");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->work), self->clear);
  self->expiries = add_group (self, _ ("Expiring Soon"));
}

/**
 * jp_today_lists_new:
 *
 * Returns: (transfer floating): the lists, empty
 */
GtkWidget *
jp_today_lists_new (void)
{
  return g_object_new (JP_TYPE_TODAY_LISTS, NULL);
}

/**
 * jp_today_lists_show:
 * @self: the lists
 * @today: what they show
 * @now_us: now
 *
 * Lists that hold something are shown with their count; the others are named in one sentence.
 */
void
jp_today_lists_show (JpTodayLists *self, const JpToday *today, gint64 now_us)
{
  g_return_if_fail (JP_IS_TODAY_LISTS (self));
  g_return_if_fail (today != NULL);

  show_work (self, today, now_us);
  show_expiries (self, today, jp_date_from_instant (now_us));
}

/**
 * jp_today_lists_get_row:
 * @self: the lists
 * @task: a work-list
 *
 * Returns: (transfer none): its line; hidden while nothing waits
 */
GtkWidget *
jp_today_lists_get_row (JpTodayLists *self, JpTodayTask task)
{
  g_return_val_if_fail (JP_IS_TODAY_LISTS (self), NULL);
  g_return_val_if_fail (task < JP_TODAY_N_TASKS, NULL);

  return self->lines[task].row;
}
