/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-refund-view.h"

#include "jp-answer-box.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

#define SPACING        6
#define COLUMN_SPACING 18

/**
 * JpRefundView:
 *
 * The answer of the refund simulator.
 */
struct _JpRefundView
{
  AdwBin parent_instance;

  GtkWidget *answer; /* (borrowed): the sentence */
  GtkWidget *grid;   /* (borrowed): both columns */
  char      *text;   /* (owned) (nullable): the sentence */
};

G_DEFINE_FINAL_TYPE (JpRefundView, jp_refund_view, ADW_TYPE_BIN)

static void
jp_refund_view_finalize (GObject *object)
{
  g_free (JP_REFUND_VIEW (object)->text);
  G_OBJECT_CLASS (jp_refund_view_parent_class)->finalize (object);
}

static void
jp_refund_view_class_init (JpRefundViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_refund_view_finalize;
}

static void
jp_refund_view_init (JpRefundView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING * 2);

  self->answer = jp_answer_box_new (_ ("What would go back?"));
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), SPACING);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), COLUMN_SPACING);
  gtk_box_append (GTK_BOX (box), self->answer);
  gtk_box_append (GTK_BOX (box), self->grid);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
clear (JpRefundView *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->grid);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_grid_remove (GTK_GRID (self->grid), child);
      child = next;
    }
}

static void
set_answer (JpRefundView *self, char *owned)
{
  g_free (self->text);
  self->text = owned;
  jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), owned);
}

static GtkWidget *
attach (JpRefundView *self, const char *text, int column, int row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), column == 0);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, column == 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);
  return label;
}

static const JpPolicyRefundLine *
find_line (const JpPolicyRefund *refund, const char *id)
{
  for (guint i = 0; i < refund->lines->len; i++)
    {
      const JpPolicyRefundLine *line = &g_array_index (refund->lines, JpPolicyRefundLine, i);

      if (g_str_equal (line->id, id))
        return line;
    }
  return NULL;
}

static void
attach_money (JpRefundView *self, gint64 fen, int column, int row, const char *css_class)
{
  g_autofree char *text = jp_money_format (fen);
  GtkWidget       *label = attach (self, text, column, row, css_class);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_valign (label, GTK_ALIGN_START);
}

static const char *
get_title (const JpPolicyRefundLine *line)
{
  if (*line->title != '\0')
    return line->title;
  return g_str_equal (line->id, "floor") ? _ ("No more than was paid")
                                         : _ ("Limit of all deductions");
}

/* A deduction in both columns; clause and arithmetic below it. */
static void
attach_line (JpRefundView *self, const JpPolicyRefund *const both[2], const char *id, int row)
{
  const JpPolicyRefundLine *first = find_line (both[0], id);
  const JpPolicyRefundLine *second = find_line (both[1], id);
  const JpPolicyRefundLine *line = first != NULL ? first : second;
  g_autofree char *why = jp_refund_repo_dup_arithmetic (first != NULL ? both[0] : both[1], id);
  g_autofree char *below =
    *line->clause != '\0' ? g_strdup_printf ("%s\n%s", line->clause, why) : g_strdup (why);
  GtkWidget *note = NULL;

  attach (self, get_title (line), 0, row, NULL);
  attach_money (self, first != NULL ? first->amount_fen : 0, 1, row, NULL);
  attach_money (self, second != NULL ? second->amount_fen : 0, 2, row, NULL);
  note = attach (self, below, 0, row + 1, "dim-label");
  gtk_widget_add_css_class (note, "caption");
}

static void
attach_lines (JpRefundView *self, const JpPolicyRefund *const both[2], int *row)
{
  for (int side = 0; side < 2; side++)
    for (guint i = 0; i < both[side]->lines->len; i++)
      {
        const char *id = g_array_index (both[side]->lines, JpPolicyRefundLine, i).id;

        if (side == 1 && find_line (both[0], id) != NULL)
          continue;
        attach_line (self, both, id, *row);
        *row += 2;
      }
}

/**
 * jp_refund_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
jp_refund_view_new (void)
{
  return g_object_new (JP_TYPE_REFUND_VIEW, NULL);
}

/**
 * jp_refund_view_set_sheet:
 * @self: a view
 * @sheet: an answer of the simulator
 *
 * Shows it: the trainee's wish beside the school's fault, or beside nobody's if that was asked for.
 */
void
jp_refund_view_set_sheet (JpRefundView *self, JpRefundSheet *sheet)
{
  g_return_if_fail (JP_IS_REFUND_VIEW (self));
  g_return_if_fail (sheet != NULL);

  JpFault               other = sheet->fault == JP_FAULT_NOBODY ? JP_FAULT_NOBODY : JP_FAULT_SCHOOL;
  const JpPolicyRefund *both[2] = { sheet->results[JP_FAULT_TRAINEE], sheet->results[other] };
  const JpPolicyRefund *chosen = sheet->results[sheet->fault];
  g_autofree char      *back = jp_money_format (chosen->refund_fen);
  g_autofree char      *kept = jp_money_format (chosen->deducted_fen);
  g_autofree char      *paid = jp_money_format (chosen->paid_fen);
  int                   row = 1;

  clear (self);
  set_answer (self,
              /* Translators: amounts: back, paid, kept. */
              g_strdup_printf (_ ("%s of the %s paid would go back; the school keeps %s. No "
                                  "promise: "
                                  "the platform decides."),
                               back, paid, kept));
  attach (self, jp_policy_get_header (sheet->facts->policy)->title, 0, 0, "dim-label");
  attach (self, _ ("Trainee leaves"), 1, 0, "heading");
  attach (self, other == JP_FAULT_NOBODY ? _ ("Nobody at fault") : _ ("School at fault"), 2, 0,
          "heading");
  attach_lines (self, both, &row);
  attach (self, _ ("The school keeps"), 0, row, "heading");
  attach (self, _ ("Back to the trainee"), 0, row + 1, "heading");
  for (int side = 0; side < 2; side++)
    {
      attach_money (self, both[side]->deducted_fen, side + 1, row, "heading");
      attach_money (self, both[side]->refund_fen, side + 1, row + 1, "heading");
    }
  if (sheet->facts->gather.pending_minutes > 0)
    attach (self, _ ("Sessions wait for their review: the amount may still change."), 0, row + 2,
            "dim-label");
}

/**
 * jp_refund_view_set_problem:
 * @self: a view
 * @sentence: why nothing can be computed, translated
 *
 * Shows that instead of numbers.
 */
void
jp_refund_view_set_problem (JpRefundView *self, const char *sentence)
{
  g_return_if_fail (JP_IS_REFUND_VIEW (self));
  g_return_if_fail (sentence != NULL);

  clear (self);
  set_answer (self, g_strdup (sentence));
}

/**
 * jp_refund_view_get_answer:
 * @self: a view
 *
 * Returns: (nullable) (transfer none): the sentence that it shows
 */
const char *
jp_refund_view_get_answer (JpRefundView *self)
{
  g_return_val_if_fail (JP_IS_REFUND_VIEW (self), NULL);

  return self->text;
}
