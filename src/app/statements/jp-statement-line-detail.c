/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-line-detail.h"

#include "jp-detail-parts.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

#define BUTTON_GAP_PX 8

struct _JpStatementLineDetail
{
  GtkWidget parent_instance;

  GtkWidget *column; /* child */

  JpOffice *office; /* (owned) */
  JpRow    *row;    /* (owned) (nullable) */
};

static void jp_statement_line_detail_detail_init (JpDetailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpStatementLineDetail,
                               jp_statement_line_detail,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_DETAIL,
                                                      jp_statement_line_detail_detail_init))

static void
show_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (widget);
  JpRecord              *record = self->row != NULL ? jp_row_get_record (self->row) : NULL;
  gboolean               trainee = g_str_equal (g_variant_get_string (parameter, NULL), "trainee");
  JpFieldId              field = trainee ? JP_STATEMENT_LINE_TRAINEE : JP_STATEMENT_LINE_CONTRACT;

  if (record != NULL && jp_record_has (record, field))
    jp_office_show (self->office, trainee ? JP_KIND_TRAINEE : JP_KIND_CONTRACT,
                    jp_record_get_ref (record, field));
}

static void
add_link (GtkWidget *box, const char *label, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "line.show");
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
new_links (JpRow *row)
{
  JpRecord  *record = jp_row_get_record (row);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_GAP_PX);

  /* A reference whose record is not here has no title. */
  if (jp_record_has (record, JP_STATEMENT_LINE_TRAINEE) &&
      *jp_row_get_ref_title (row, JP_STATEMENT_LINE_TRAINEE) != '\0')
    add_link (box, _ ("Trainee"), "trainee");
  if (jp_record_has (record, JP_STATEMENT_LINE_CONTRACT) &&
      *jp_row_get_ref_title (row, JP_STATEMENT_LINE_CONTRACT) != '\0')
    add_link (box, _ ("Contract"), "contract");
  else
    gtk_box_append (GTK_BOX (box),
                    jp_detail_parts_new_note (_ ("This contract is not known here.")));
  return box;
}

static void
rebuild (JpStatementLineDetail *self)
{
  static const JpFieldId facts_of[] = {
    JP_STATEMENT_LINE_CONTRACT_NO, JP_STATEMENT_LINE_STAGE,          JP_STATEMENT_LINE_SHARE,
    JP_STATEMENT_LINE_PAID_AT,     JP_STATEMENT_LINE_BANK_REFERENCE,
  };
  JpRecord        *record = self->row != NULL ? jp_row_get_record (self->row) : NULL;
  g_autofree char *number = NULL;
  g_autofree char *amount = NULL;
  GtkWidget       *facts = NULL;

  jp_detail_parts_clear (self->column);
  if (record == NULL)
    return;

  number =
    g_strdup_printf (_ ("Line %d"), (int)jp_record_get_integer (record, JP_STATEMENT_LINE_LINE_NO));
  amount = jp_money_format (jp_record_get_integer (record, JP_STATEMENT_LINE_AMOUNT));
  jp_detail_parts_add (self->column, jp_detail_parts_new_head (
                                       jp_record_get_text (record, JP_STATEMENT_LINE_TRAINEE_NAME),
                                       number, TRUE));
  jp_detail_parts_add (self->column, jp_detail_parts_new_pills (self->row));
  jp_detail_parts_add (self->column, jp_detail_parts_new_heading (amount, NULL));
  facts = jp_detail_parts_new_facts ();
  jp_detail_parts_add_fields (facts, self->row, facts_of, G_N_ELEMENTS (facts_of), FALSE);
  jp_detail_parts_add (self->column, facts);
  jp_detail_parts_add (self->column, new_links (self->row));
}

static void
set_row (JpDetail *detail, JpRow *row)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (detail);

  g_set_object (&self->row, row);
  rebuild (self);
}

static void
jp_statement_line_detail_detail_init (JpDetailInterface *iface)
{
  iface->set_row = set_row;
}

static void
jp_statement_line_detail_dispose (GObject *object)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (object);

  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_statement_line_detail_parent_class)->dispose (object);
}

static void
jp_statement_line_detail_class_init (JpStatementLineDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_statement_line_detail_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "line.show", "s", show_cb);
}

static void
jp_statement_line_detail_init (JpStatementLineDetail *self)
{
  self->column = jp_detail_parts_new_column ();
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * jp_statement_line_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
jp_statement_line_detail_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpStatementLineDetail *self = g_object_new (JP_TYPE_STATEMENT_LINE_DETAIL, NULL);

  self->office = g_object_ref (office);
  return GTK_WIDGET (self);
}
