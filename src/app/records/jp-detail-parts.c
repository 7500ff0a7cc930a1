/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-detail-parts.h"

#include "jp-pill.h"

#include <glib/gi18n-lib.h>

#define AVATAR_SIZE  48
#define COLUMN_GAP   12
#define FACT_ROW_GAP 4
#define FACT_COL_GAP 12

/**
 * jp_detail_parts_new_column:
 *
 * Returns: (transfer floating): an empty pane, to fill from the top
 */
GtkWidget *
jp_detail_parts_new_column (void)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, COLUMN_GAP);

  gtk_widget_add_css_class (column, "detail");
  return column;
}

/* Whoever pressed a button of the pane goes on in the list, not wherever GTK finds the next thing
 * that takes the focus. GTK 4.8 also keeps a parent of what had the focus and is no more. */
static void
leave_column (GtkWidget *column)
{
  GtkRoot   *root = gtk_widget_get_root (column);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, column))
    return;
  gtk_widget_activate_action (column, "list-page.enter", NULL);
  if (gtk_root_get_focus (root) == focus)
    gtk_root_set_focus (root, NULL);
}

/**
 * jp_detail_parts_clear:
 * @column: a pane
 *
 * Takes everything out.
 */
void
jp_detail_parts_clear (GtkWidget *column)
{
  g_return_if_fail (GTK_IS_BOX (column));

  GtkWidget *child = NULL;

  leave_column (column);
  while ((child = gtk_widget_get_first_child (column)) != NULL)
    gtk_box_remove (GTK_BOX (column), child);
}

/**
 * jp_detail_parts_add:
 * @column: a pane
 * @part: (nullable): a part; %NULL is passed over
 *
 * Puts the part at the end.
 */
void
jp_detail_parts_add (GtkWidget *column, GtkWidget *part)
{
  g_return_if_fail (GTK_IS_BOX (column));

  if (part != NULL)
    gtk_box_append (GTK_BOX (column), part);
}

static GtkWidget *
new_label (const char *text, const char *css_class, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), wrap ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * jp_detail_parts_new_head:
 * @title: who or what it is
 * @subtitle: (nullable): what tells it from others of its name
 * @person: a person: with a round picture
 *
 * Returns: (transfer floating): the head of a pane
 */
GtkWidget *
jp_detail_parts_new_head (const char *title, const char *subtitle, gboolean person)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = new_label (title, "title-3", TRUE);

  if (person)
    gtk_box_append (GTK_BOX (head), adw_avatar_new (AVATAR_SIZE, title, TRUE));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), name);
  if (subtitle != NULL && *subtitle != '\0')
    {
      GtkWidget *note = new_label (subtitle, "dim-label", TRUE);

      gtk_widget_add_css_class (note, "numeric");
      gtk_box_append (GTK_BOX (texts), note);
    }
  gtk_box_append (GTK_BOX (head), texts);
  return head;
}

/**
 * jp_detail_parts_new_pills:
 * @row: a line with its record
 *
 * Returns: (transfer floating) (nullable): a pill for each status and licence type of the record
 * and one for what waits or lies in the trash, %NULL if there is none
 */
GtkWidget *
jp_detail_parts_new_pills (JpRow *row)
{
  JpRecord         *record = jp_row_get_record (row);
  const JpKindInfo *info = jp_record_get_info (record);
  GtkWidget        *pills = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      const JpCode  *code = NULL;

      if (field->type != JP_FIELD_CODE || !(field->flags & JP_FIELD_LISTED))
        continue;
      code = jp_code_lookup (field->codes, jp_record_get_text (record, field->id));
      if (code != NULL)
        gtk_box_append (GTK_BOX (pills), jp_pill_new (jp_code_get_label (code), code->tint));
    }

  if (jp_record_get_head (record)->deleted)
    gtk_box_append (GTK_BOX (pills), jp_pill_new (_ ("In the trash"), JP_TINT_MUTE));
  else if (jp_record_get_head (record)->parked)
    gtk_box_append (GTK_BOX (pills), jp_pill_new (_ ("Refused by the platform"), JP_TINT_BAD));
  else if (jp_record_get_head (record)->pending != 0)
    gtk_box_append (GTK_BOX (pills), jp_pill_new (_ ("Waits to be sent"), JP_TINT_WARN));

  if (gtk_widget_get_first_child (pills) != NULL)
    return pills;
  g_object_unref (g_object_ref_sink (pills));
  return NULL;
}

/**
 * jp_detail_parts_new_heading:
 * @heading: a heading
 * @note: (nullable): a few quiet words beside it
 *
 * Returns: (transfer floating): the heading of a section
 */
GtkWidget *
jp_detail_parts_new_heading (const char *heading, const char *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (GTK_BOX (box), new_label (heading, "heading", FALSE));
  if (note != NULL)
    gtk_box_append (GTK_BOX (box), new_label (note, "dim-label", FALSE));
  return box;
}

/**
 * jp_detail_parts_new_facts:
 *
 * Returns: (transfer floating): an empty list of names and values
 */
GtkWidget *
jp_detail_parts_new_facts (void)
{
  GtkWidget *facts = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (facts), FACT_ROW_GAP);
  gtk_grid_set_column_spacing (GTK_GRID (facts), FACT_COL_GAP);
  return facts;
}

static int
count_rows (GtkWidget *facts)
{
  int rows = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (facts); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rows++;

  return rows / 2;
}

/**
 * jp_detail_parts_add_fact:
 * @facts: a list of names and values
 * @label: the name
 * @value: the value; can be selected and copied
 */
void
jp_detail_parts_add_fact (GtkWidget *facts, const char *label, const char *value)
{
  g_return_if_fail (GTK_IS_GRID (facts));

  int        row = count_rows (facts);
  GtkWidget *name = new_label (label, "dim-label", FALSE);
  GtkWidget *text = new_label (value, "numeric", TRUE);

  gtk_widget_set_valign (name, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name,
                                  NULL, -1);
  gtk_grid_attach (GTK_GRID (facts), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (facts), text, 1, row, 1, 1);
}

/**
 * jp_detail_parts_add_fields:
 * @facts: a list of names and values
 * @row: a line with its record
 * @fields: (array length=n_fields): fields of its kind
 * @n_fields: how many
 * @reveal: show sensitive values in clear
 *
 * Adds the fields that have a value.
 */
void
jp_detail_parts_add_fields (GtkWidget       *facts,
                            JpRow           *row,
                            const JpFieldId *fields,
                            guint            n_fields,
                            gboolean         reveal)
{
  JpRecord *record = jp_row_get_record (row);

  for (guint i = 0; i < n_fields; i++)
    {
      const JpField   *field = jp_field_get (fields[i]);
      g_autofree char *value = NULL;

      if (!jp_record_has (record, fields[i]))
        continue;
      value = field->type == JP_FIELD_REF ? g_strdup (jp_row_get_ref_title (row, fields[i]))
                                          : jp_record_dup_display (record, fields[i], reveal);
      if (*value != '\0')
        jp_detail_parts_add_fact (facts, jp_field_get_label (field), value);
    }
}

/**
 * jp_detail_parts_new_event:
 * @when: date and time, short
 * @what: what happened, in words
 *
 * Returns: (transfer floating): one line of the latest events
 */
GtkWidget *
jp_detail_parts_new_event (const char *when, const char *what)
{
  GtkWidget *event = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *time = new_label (when, "dim-label", FALSE);
  GtkWidget *text = new_label (what, NULL, TRUE);

  gtk_label_set_ellipsize (GTK_LABEL (time), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_valign (time, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (event), time);
  gtk_box_append (GTK_BOX (event), text);
  return event;
}

/**
 * jp_detail_parts_new_note:
 * @text: a quiet sentence
 *
 * Returns: (transfer floating): the sentence
 */
GtkWidget *
jp_detail_parts_new_note (const char *text)
{
  return new_label (text, "dim-label", TRUE);
}
