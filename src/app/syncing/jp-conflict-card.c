/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-conflict-card.h"

#include "jp-codes.h"
#include "jp-pill.h"
#include "jp-sync-words.h"

#include <glib/gi18n-lib.h>

#define GAP_PX    8
#define COLUMN_PX 18

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
attach (GtkWidget *grid, int column, int row, const char *text, const char *css_class)
{
  GtkWidget *label = new_label (*text != '\0' ? text : "–", css_class);

  gtk_widget_set_hexpand (label, column > 0);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static GtkWidget *
new_fields (const JpConflict *conflict)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), COLUMN_PX);
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP_PX / 2);
  attach (grid, 0, 0, C_ ("conflict", "Field"), "dim-label");
  attach (grid, 1, 0, C_ ("conflict", "Before"), "dim-label");
  attach (grid, 2, 0, C_ ("conflict", "Mine"), "dim-label");
  attach (grid, 3, 0, C_ ("conflict", "Theirs, in force"), "dim-label");
  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const JpConflictField *field = g_ptr_array_index (conflict->fields, i);

      attach (grid, 0, (int)i + 1, field->label, NULL);
      attach (grid, 1, (int)i + 1, field->before, "number");
      attach (grid, 2, (int)i + 1, field->mine, "number");
      attach (grid, 3, (int)i + 1, field->theirs, "number");
    }
  return grid;
}

static void
set_action (GtkWidget *button, const char *action_name, const JpConflict *conflict)
{
  JpIdText id;

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    jp_id_to_text (jp_record_get_id (conflict->item), id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
}

static GtkWidget *
new_buttons (const JpConflict *conflict)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  GtkWidget *theirs = gtk_button_new_with_label (_ ("Keep Theirs"));
  GtkWidget *mine = gtk_button_new_with_label (_ ("Use Mine"));

  set_action (theirs, "sync.keep-theirs", conflict);
  gtk_box_append (GTK_BOX (box), theirs);
  if (jp_conflict_repo_can_keep_mine (conflict))
    {
      set_action (mine, "sync.use-mine", conflict);
      gtk_box_append (GTK_BOX (box), mine);
    }
  else
    {
      g_object_unref (g_object_ref_sink (mine));
      gtk_box_append (GTK_BOX (box),
                      new_label (_ ("The edit cannot be put back from here."), "dim-label"));
    }
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  return box;
}

static GtkWidget *
new_head (const JpConflict *conflict)
{
  g_autofree char *title = jp_sync_words_dup_conflict (conflict);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  const JpCode    *reason = jp_code_get (jp_field_get (JP_CONFLICT_REASON)->codes,
                                         jp_record_get_code (conflict->item, JP_CONFLICT_REASON));

  gtk_box_append (GTK_BOX (box), new_label (title, "heading"));
  if (reason != NULL)
    gtk_box_append (GTK_BOX (box), jp_pill_new (jp_code_get_label (reason), reason->tint));
  return box;
}

/**
 * jp_conflict_card_new:
 * @conflict: a conflict
 *
 * Returns: (transfer floating): a card; its buttons are the actions `sync.keep-theirs` and
 * `sync.use-mine` with the id of the item
 */
GtkWidget *
jp_conflict_card_new (const JpConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  g_autofree char *detail = jp_sync_words_dup_conflict_detail (conflict);
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_box_append (GTK_BOX (card), new_head (conflict));
  gtk_box_append (GTK_BOX (card), new_label (detail, "dim-label"));
  if (conflict->fields->len > 0)
    gtk_box_append (GTK_BOX (card), new_fields (conflict));
  gtk_box_append (GTK_BOX (card), new_buttons (conflict));
  return card;
}

/**
 * jp_conflict_card_decide:
 * @office: the office
 * @conflict: a conflict
 * @mine: put back what was meant here
 *
 * Saves the decision, with an undo toast.
 */
void
jp_conflict_card_decide (JpOffice *office, const JpConflict *conflict, gboolean mine)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (conflict != NULL);

  JpStore  *store = jp_office_get_store (office);
  JpChange *change = jp_store_new_change (store, "resolve");

  jp_conflict_repo_decide (conflict, mine, jp_store_get_actor (store), change);
  jp_office_commit (office, change,
                    mine ? _ ("Decided: your values go to the platform again")
                         : _ ("Decided: what holds now stays"),
                    NULL, NULL);
}
