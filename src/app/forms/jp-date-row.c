/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-date-row.h"

#include "jp-date.h"
#include "jp-text.h"

#include <glib/gi18n-lib.h>

/**
 * JpDateRow:
 *
 * A date: typed in any usual way, with digits only for instance, or picked from a calendar.
 */
struct _JpDateRow
{
  AdwEntryRow parent_instance;

  GtkPopover  *popover;  /* (borrowed): of the button in the row */
  GtkCalendar *calendar; /* (borrowed): in the popover */
};

static void form_row_iface_init (JpFormRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpDateRow,
                               jp_date_row,
                               ADW_TYPE_ENTRY_ROW,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_FORM_ROW, form_row_iface_init))

static gboolean
get_date (JpDateRow *self, JpDate *out_date)
{
  return jp_date_parse (gtk_editable_get_text (GTK_EDITABLE (self)), out_date, NULL);
}

static char *
dup_text (JpFormRow *row)
{
  JpDate date = JP_DATE_NONE;

  return get_date (JP_DATE_ROW (row), &date)
           ? jp_date_to_iso (date)
           : jp_text_clean (gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
set_text (JpFormRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static char *
check (JpFormRow *row)
{
  g_autofree char *text = dup_text (row);
  JpDate           date = JP_DATE_NONE;

  if (text[0] != '\0' && !get_date (JP_DATE_ROW (row), &date))
    return g_strdup (_ ("Please write a date, like 2026-11-24 or 20261124"));

  return NULL;
}

static void
form_row_iface_init (JpFormRowInterface *iface)
{
  iface->dup_text = dup_text;
  iface->set_text = set_text;
  iface->check = check;
}

static void
left_cb (JpDateRow *self)
{
  g_autofree char *text = dup_text (JP_FORM_ROW (self));

  if (strcmp (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/* The calendar opens at the date that is there. */
static void
popover_shown_cb (JpDateRow *self)
{
  g_assert (JP_IS_DATE_ROW (self));

  JpDate date = JP_DATE_NONE;
  if (!get_date (self, &date))
    return;

  g_autoptr (GDateTime) day =
    g_date_time_new_utc (jp_date_get_year (date), jp_date_get_month (date), jp_date_get_day (date),
                         0, 0, 0);
  gtk_calendar_select_day (self->calendar, day);
}

static void
day_selected_cb (JpDateRow *self)
{
  g_assert (JP_IS_DATE_ROW (self));

  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  JpDate date = jp_date_new (g_date_time_get_year (day), g_date_time_get_month (day),
                             g_date_time_get_day_of_month (day));
  JpDate before = JP_DATE_NONE;

  /* Opening the calendar selects a day too. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)) ||
      (get_date (self, &before) && before == date))
    return;

  g_autofree char *text = jp_date_to_iso (date);
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  gtk_popover_popdown (self->popover);
}

static void
jp_date_row_class_init (JpDateRowClass *klass)
{
}

static void
jp_date_row_init (JpDateRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->calendar));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (self->popover));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Pick from a calendar"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);

  g_signal_connect_object (self->popover, "show", G_CALLBACK (popover_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "changed", G_CALLBACK (jp_form_row_edited), NULL);
  g_signal_connect (self, "left", G_CALLBACK (left_cb), NULL);
  jp_form_row_track_focus (JP_FORM_ROW (self));
}

/**
 * jp_date_row_new:
 * @title: which date, translated
 *
 * Returns: (transfer floating): a new row without a date
 */
GtkWidget *
jp_date_row_new (const char *title)
{
  g_return_val_if_fail (title != NULL, NULL);

  return g_object_new (JP_TYPE_DATE_ROW, "title", title, NULL);
}
