/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-window-private.h"

#include "jp-pill.h"

/**
 * jp_window_set_notice:
 * @self: a window
 * @word: what this is about, in one word
 * @sentence: what has to be known as long as the window is open
 * @button: (nullable) (transfer floating): what can be done about it
 *
 * Says something below all pages that does not go away.
 */
void
jp_window_set_notice (JpWindow *self, const char *word, const char *sentence, GtkWidget *button)
{
  g_return_if_fail (JP_IS_WINDOW (self));
  g_return_if_fail (word != NULL);
  g_return_if_fail (sentence != NULL);

  GtkBox    *box = GTK_BOX (self->notice);
  GtkWidget *pill = jp_pill_new (word, JP_TINT_WARN);
  GtkWidget *label = gtk_label_new (sentence);

  for (GtkWidget *child = NULL; (child = gtk_widget_get_first_child (self->notice)) != NULL;)
    gtk_box_remove (box, child);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (box, pill);
  gtk_box_append (box, label);
  if (button != NULL)
    {
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_box_append (box, button);
    }
  gtk_widget_show (self->notice);
}
