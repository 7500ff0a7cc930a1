/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-card.h"

#define GAP_PX 8

/**
 * jp_card_new_label:
 * @text: a text, translated
 * @css_class: how it looks
 *
 * Returns: (transfer floating): the text, at the left, in as many lines as it needs
 */
GtkWidget *
jp_card_new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * jp_card_new:
 * @title: its heading, translated
 *
 * Returns: (transfer floating): a vertical box that looks like a card, with its heading
 */
GtkWidget *
jp_card_new (const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_box_append (GTK_BOX (card), jp_card_new_label (title, "heading"));
  return card;
}
