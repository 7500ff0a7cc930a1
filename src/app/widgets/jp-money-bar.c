/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-money-bar.h"

#include "jp-money.h"
#include "jp-stack-bar.h"

/**
 * JpMoneyBar:
 *
 * Where an amount is: a bar of its parts and a line with the exact sum for each.
 */
struct _JpMoneyBar
{
  GtkWidget parent_instance;

  JpStackBar *bar;    /* (owned): first child */
  GtkGrid    *legend; /* (owned): second child */

  guint n_rows;
};

G_DEFINE_FINAL_TYPE (JpMoneyBar, jp_money_bar, GTK_TYPE_WIDGET)

static void
jp_money_bar_dispose (GObject *object)
{
  JpMoneyBar *self = JP_MONEY_BAR (object);

  g_clear_pointer ((GtkWidget **)&self->bar, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **)&self->legend, gtk_widget_unparent);

  G_OBJECT_CLASS (jp_money_bar_parent_class)->dispose (object);
}

static void
jp_money_bar_class_init (JpMoneyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_money_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "moneybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jp_money_bar_init (JpMoneyBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  self->bar = JP_STACK_BAR (jp_stack_bar_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));

  self->legend = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->legend, 12);
  gtk_widget_set_parent (GTK_WIDGET (self->legend), GTK_WIDGET (self));
}

static void
add_row (JpMoneyBar *self, const JpMoneyPart *part)
{
  int        row = (int)self->n_rows++;
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                 "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *label = gtk_label_new (part->label);
  g_autofree char *text = jp_money_format (part->amount_fen);
  GtkWidget       *amount = gtk_label_new (text);

  gtk_widget_add_css_class (dot, "dot");
  jp_tint_apply (dot, part->tint);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (amount), 1);
  gtk_widget_add_css_class (amount, "number");

  gtk_grid_attach (self->legend, dot, 0, row, 1, 1);
  gtk_grid_attach (self->legend, label, 1, row, 1, 1);
  gtk_grid_attach (self->legend, amount, 2, row, 1, 1);
}

/**
 * jp_money_bar_new:
 *
 * Returns: (transfer floating): a new bar without parts
 */
GtkWidget *
jp_money_bar_new (void)
{
  return g_object_new (JP_TYPE_MONEY_BAR, NULL);
}

/**
 * jp_money_bar_set_parts:
 * @self: a bar
 * @parts: (array length=n_parts) (nullable): the lines, in order
 * @n_parts: ≤ %JP_MONEY_BAR_MAX_PARTS
 *
 * Shows other amounts.
 */
void
jp_money_bar_set_parts (JpMoneyBar *self, const JpMoneyPart *parts, guint n_parts)
{
  g_return_if_fail (JP_IS_MONEY_BAR (self));
  g_return_if_fail (n_parts <= JP_MONEY_BAR_MAX_PARTS);
  g_return_if_fail (parts != NULL || n_parts == 0);

  JpStackPart bar_parts[JP_MONEY_BAR_MAX_PARTS];
  guint       n_bar_parts = 0;

  for (; self->n_rows > 0; self->n_rows--)
    gtk_grid_remove_row (self->legend, 0);

  for (guint i = 0; i < n_parts; i++)
    {
      g_return_if_fail (parts[i].label != NULL);

      add_row (self, &parts[i]);
      if (parts[i].in_bar && parts[i].amount_fen > 0)
        bar_parts[n_bar_parts++] = (JpStackPart){ parts[i].amount_fen, parts[i].tint };
    }

  jp_stack_bar_set_parts (self->bar, bar_parts, n_bar_parts, 0);
}

/**
 * jp_money_bar_dup_text:
 * @self: a bar
 *
 * Returns: (transfer full): the lines as text, label and amount separated by a tab, to copy
 */
char *
jp_money_bar_dup_text (JpMoneyBar *self)
{
  g_return_val_if_fail (JP_IS_MONEY_BAR (self), NULL);

  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_rows; i++)
    {
      GtkWidget *label = gtk_grid_get_child_at (self->legend, 1, (int)i);
      GtkWidget *amount = gtk_grid_get_child_at (self->legend, 2, (int)i);

      g_string_append_printf (text, "%s\t%s\n", gtk_label_get_text (GTK_LABEL (label)),
                              gtk_label_get_text (GTK_LABEL (amount)));
    }

  return g_string_free (text, FALSE);
}
