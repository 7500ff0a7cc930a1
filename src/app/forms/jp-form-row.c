/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-form-row.h"

typedef enum {
  SIGNAL_EDITED,
  SIGNAL_LEFT,
} JpFormRowSignal;

G_DEFINE_INTERFACE (JpFormRow, jp_form_row, ADW_TYPE_PREFERENCES_ROW)

static guint signals[SIGNAL_LEFT + 1];

static void
jp_form_row_default_init (JpFormRowInterface *iface)
{
  /**
   * JpFormRow::edited:
   *
   * The text is not what it was.
   */
  signals[SIGNAL_EDITED] = g_signal_new ("edited", JP_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  /**
   * JpFormRow::left:
   *
   * The focus went elsewhere: the time to say what is wrong.
   */
  signals[SIGNAL_LEFT] =
    g_signal_new ("left", JP_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * jp_form_row_dup_text:
 * @self: a row
 *
 * Returns: (transfer full): what is entered, "" for nothing
 */
char *
jp_form_row_dup_text (JpFormRow *self)
{
  g_return_val_if_fail (JP_IS_FORM_ROW (self), NULL);

  return JP_FORM_ROW_GET_IFACE (self)->dup_text (self);
}

/**
 * jp_form_row_set_text:
 * @self: a row
 * @text: what to enter, "" for nothing
 *
 * Changes what is entered.
 */
void
jp_form_row_set_text (JpFormRow *self, const char *text)
{
  g_return_if_fail (JP_IS_FORM_ROW (self));
  g_return_if_fail (text != NULL);

  JP_FORM_ROW_GET_IFACE (self)->set_text (self, text);
}

/**
 * jp_form_row_check:
 * @self: a row
 *
 * Looks whether what is entered is of the row's kind: a date, an amount.
 *
 * Returns: (transfer full) (nullable): a translated sentence that says what to do; %NULL if all is
 * well
 */
char *
jp_form_row_check (JpFormRow *self)
{
  g_return_val_if_fail (JP_IS_FORM_ROW (self), NULL);

  JpFormRowInterface *iface = JP_FORM_ROW_GET_IFACE (self);

  return iface->check != NULL ? iface->check (self) : NULL;
}

/**
 * jp_form_row_edited:
 * @self: a row
 *
 * Tells that the text is not what it was. For implementations.
 */
void
jp_form_row_edited (JpFormRow *self)
{
  g_return_if_fail (JP_IS_FORM_ROW (self));

  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
leave_cb (JpFormRow *self)
{
  g_assert (JP_IS_FORM_ROW (self));

  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

/**
 * jp_form_row_track_focus:
 * @self: a row under construction
 *
 * Lets the row tell when the focus leaves it. For implementations.
 */
void
jp_form_row_track_focus (JpFormRow *self)
{
  g_return_if_fail (JP_IS_FORM_ROW (self));

  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
