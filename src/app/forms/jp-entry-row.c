/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-entry-row.h"

#include "jp-money.h"
#include "jp-text.h"

#include <glib/gi18n-lib.h>

/**
 * JpEntryRow:
 *
 * One line of text. What was typed is tidied when the focus leaves: spaces, full-width digits, an
 * amount to two places.
 */
struct _JpEntryRow
{
  AdwEntryRow parent_instance;

  JpEntryKind kind;
};

static void form_row_iface_init (JpFormRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpEntryRow,
                               jp_entry_row,
                               ADW_TYPE_ENTRY_ROW,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_FORM_ROW, form_row_iface_init))

static char *
tidy (JpEntryRow *self, const char *text)
{
  gint64 amount_fen = 0;

  switch (self->kind)
    {
    case JP_ENTRY_CODE:
    case JP_ENTRY_DIGITS:
      return jp_text_clean_code (text);
    case JP_ENTRY_MONEY:
      return jp_money_parse (text, &amount_fen, NULL) ? jp_money_format_plain (amount_fen)
                                                      : jp_text_clean (text);
    case JP_ENTRY_SECRET:
      return g_strdup (text); /* spaces count */
    case JP_ENTRY_TEXT:
    default:
      return jp_text_clean (text);
    }
}

static char *
dup_text (JpFormRow *row)
{
  return tidy (JP_ENTRY_ROW (row), gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
set_text (JpFormRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static char *
check (JpFormRow *row)
{
  JpEntryRow      *self = JP_ENTRY_ROW (row);
  g_autofree char *text = dup_text (row);
  gint64           amount_fen = 0;

  if (self->kind == JP_ENTRY_MONEY && text[0] != '\0' && !jp_money_parse (text, &amount_fen, NULL))
    return g_strdup (_ ("Please write an amount in yuan, like 3680 or 3680.00"));

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
left_cb (JpEntryRow *self)
{
  g_autofree char *text = dup_text (JP_FORM_ROW (self));

  if (strcmp (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
jp_entry_row_class_init (JpEntryRowClass *klass)
{
}

static void
jp_entry_row_init (JpEntryRow *self)
{
  jp_form_row_track_focus (JP_FORM_ROW (self));
  g_signal_connect (self, "changed", G_CALLBACK (jp_form_row_edited), NULL);
  g_signal_connect (self, "left", G_CALLBACK (left_cb), NULL);
}

/**
 * jp_entry_row_new:
 * @title: what goes in, translated
 * @kind: its kind
 *
 * Returns: (transfer floating): a new empty row
 */
GtkWidget *
jp_entry_row_new (const char *title, JpEntryKind kind)
{
  g_return_val_if_fail (title != NULL, NULL);

  JpEntryRow *self = g_object_new (JP_TYPE_ENTRY_ROW, "title", title, NULL);

  self->kind = kind;
  if (kind == JP_ENTRY_MONEY)
    {
      /* Translators: the unit behind an amount that is typed in. */
      GtkWidget *unit = gtk_label_new (C_ ("unit", "yuan"));

      gtk_widget_add_css_class (unit, "dim-label");
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), unit);
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_NUMBER);
    }
  if (kind == JP_ENTRY_SECRET)
    {
      gtk_text_set_visibility (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self))), FALSE);
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_PASSWORD);
    }
  if (kind == JP_ENTRY_DIGITS)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_PHONE);
  if (kind == JP_ENTRY_CODE)
    adw_entry_row_set_input_hints (ADW_ENTRY_ROW (self), GTK_INPUT_HINT_UPPERCASE_CHARS);

  return GTK_WIDGET (self);
}

/**
 * jp_entry_row_set_max_length:
 * @self: a row
 * @n_characters: how many fit; 0 = no limit
 *
 * Limits what can be typed.
 */
void
jp_entry_row_set_max_length (JpEntryRow *self, guint n_characters)
{
  g_return_if_fail (JP_IS_ENTRY_ROW (self));

  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self));

  if (GTK_IS_TEXT (delegate))
    gtk_text_set_max_length (GTK_TEXT (delegate), (int)n_characters);
}
