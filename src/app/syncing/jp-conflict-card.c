/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-conflict-card.h"

#include "jp-codes.h"
#include "jp-pill.h"
#include "jp-sync-words.h"

#include <glib/gi18n-lib.h>

#define GAP_PX    8
#define COLUMN_PX 18

enum { COLUMN_FIELD, COLUMN_BEFORE, COLUMN_MINE, COLUMN_THEIRS };

struct _JpConflictCard
{
  GtkWidget parent_instance;

  GtkWidget *box;     /* child */
  GtkWidget *grid;    /* (borrowed): in the box */
  GPtrArray *choices; /* (owned) (element-type GtkCheckButton): the one for mine, borrowed */
  GPtrArray *others;  /* (owned) (element-type GtkCheckButton): the one for theirs, borrowed */

  JpOffice  *office;    /* (owned) */
  GPtrArray *conflicts; /* (owned) (element-type JpConflict): of one record */
  int        n_rows;    /* of the grid */
};

G_DEFINE_FINAL_TYPE (JpConflictCard, jp_conflict_card, GTK_TYPE_WIDGET)

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

static const char *
or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? text : "–";
}

static void
attach (JpConflictCard *self, int column, const char *text, const char *css_class)
{
  GtkWidget *label = new_label (or_dash (text), css_class);

  gtk_widget_set_hexpand (label, column > COLUMN_FIELD);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, self->n_rows, 1, 1);
}

/* A value that can be chosen. */
static GtkWidget *
attach_choice (JpConflictCard *self, int column, const char *text)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = new_label (or_dash (text), "number");

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_label_set_yalign (GTK_LABEL (label), 0.5f);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), button, column, self->n_rows, 1, 1);
  return button;
}

/* What is in force stands in its column, whichever side it is of. */
static int
get_column (const JpConflict *conflict, gboolean mine)
{
  return mine == jp_conflict_repo_get_default (conflict) ? COLUMN_THEIRS : COLUMN_MINE;
}

static void
add_choice (JpConflictCard *self, const JpConflict *conflict, const char *mine, const char *theirs)
{
  GtkWidget *for_mine = attach_choice (self, get_column (conflict, TRUE), mine);
  GtkWidget *for_theirs = attach_choice (self, get_column (conflict, FALSE), theirs);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (for_mine), GTK_CHECK_BUTTON (for_theirs));
  gtk_check_button_set_active (jp_conflict_repo_get_default (conflict)
                                 ? GTK_CHECK_BUTTON (for_mine)
                                 : GTK_CHECK_BUTTON (for_theirs),
                               TRUE);
  gtk_widget_set_sensitive (for_mine, jp_conflict_repo_can_keep_mine (conflict));
  g_ptr_array_add (self->choices, for_mine);
  g_ptr_array_add (self->others, for_theirs);
}

static char *
dup_author (const char *who, gint64 at_us)
{
  g_autofree char *when = at_us > 0 ? jp_instant_to_short (at_us) : NULL;

  if (who == NULL)
    return g_strdup (when != NULL ? when : "");
  if (when == NULL)
    return g_strdup (who);
  /* Translators: who edited, when. */
  return g_strdup_printf (C_ ("author", "%1$s, %2$s"), who, when);
}

static void
add_authors (JpConflictCard *self, const JpConflict *conflict)
{
  JpRecord        *item = conflict->item;
  g_autofree char *mine = dup_author (jp_record_get_text (item, JP_CONFLICT_WHO),
                                      jp_record_get_integer (item, JP_CONFLICT_HAPPENED_AT));
  g_autofree char *theirs = dup_author (jp_record_get_text (item, JP_CONFLICT_THEIR_WHO),
                                        jp_record_get_integer (item, JP_CONFLICT_THEIR_AT));

  self->n_rows++;
  attach (self, get_column (conflict, TRUE), mine, "dim-label");
  attach (self, get_column (conflict, FALSE), theirs, "dim-label");
}

/* The fields of an item win together: the first of them has the choice. */
static void
add_fields (JpConflictCard *self, const JpConflict *conflict)
{
  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const JpConflictField *field = g_ptr_array_index (conflict->fields, i);

      self->n_rows++;
      attach (self, COLUMN_FIELD, field->label, NULL);
      attach (self, COLUMN_BEFORE, field->before, "number");
      if (i == 0)
        {
          add_choice (self, conflict, field->mine, field->theirs);
          continue;
        }
      attach (self, COLUMN_MINE, field->mine, "number");
      attach (self, COLUMN_THEIRS, field->theirs, "number");
    }
}

static void
add_question (JpConflictCard *self, const JpConflict *conflict)
{
  gboolean keeps = jp_conflict_repo_get_default (conflict);

  if (jp_conflict_repo_is_existence (conflict))
    {
      const char *keep = _ ("Keep the record, with the edit");
      const char *trash = _ ("Put it into the trash");

      self->n_rows++;
      attach (self, COLUMN_FIELD, _ ("Deleted here, edited there"), NULL);
      add_choice (self, conflict, keeps ? keep : trash, keeps ? trash : keep);
    }
  else if (conflict->fields->len > 0)
    add_fields (self, conflict);
  else
    {
      self->n_rows++;
      attach (self, COLUMN_FIELD, _ ("The whole record"), NULL);
      add_choice (self, conflict, _ ("Let the edit hold"), _ ("Leave it as it is"));
    }
  add_authors (self, conflict);
}

static GtkWidget *
new_head (JpConflictCard *self)
{
  const JpConflict *first = g_ptr_array_index (self->conflicts, 0);
  g_autofree char  *title = jp_sync_words_dup_conflict (first);
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  GtkWidget        *label = new_label (title, "heading");
  guint             seen = 0;

  gtk_box_append (GTK_BOX (box), label);
  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const JpConflict *conflict = g_ptr_array_index (self->conflicts, i);
      int               code = jp_record_get_code (conflict->item, JP_CONFLICT_REASON);
      const JpCode     *reason = jp_code_get (jp_field_get (JP_CONFLICT_REASON)->codes, code);

      if (reason != NULL && !(seen >> code & 1))
        gtk_box_append (GTK_BOX (box), jp_pill_new (jp_code_get_label (reason), reason->tint));
      seen |= reason != NULL ? 1u << code : 0;
    }
  return box;
}

/* Why it is a question, once for each reason. */
static void
add_words (JpConflictCard *self)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      char *words = jp_sync_words_dup_conflict_detail (g_ptr_array_index (self->conflicts, i));

      if (g_hash_table_contains (told, words))
        {
          g_free (words);
          continue;
        }
      gtk_box_append (GTK_BOX (self->box), new_label (words, "dim-label"));
      g_hash_table_add (told, words);
    }
}

static GtkWidget *
new_foot (JpConflictCard *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Decide"));
  GtkWidget *note =
    new_label (_ ("Until somebody decides, what is in force stays. Nothing is lost."), "dim-label");

  gtk_widget_set_hexpand (note, TRUE);
  gtk_widget_set_valign (note, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (foot), note);
  gtk_box_append (GTK_BOX (foot), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (jp_conflict_card_decide), self,
                           G_CONNECT_SWAPPED);
  return foot;
}

static void
build (JpConflictCard *self)
{
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  add_words (self);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), COLUMN_PX);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), GAP_PX / 2);
  attach (self, COLUMN_FIELD, C_ ("conflict", "Field"), "dim-label");
  attach (self, COLUMN_BEFORE, C_ ("conflict", "Before"), "dim-label");
  attach (self, COLUMN_MINE, C_ ("conflict", "The edit"), "dim-label");
  attach (self, COLUMN_THEIRS, C_ ("conflict", "In force"), "dim-label");
  for (guint i = 0; i < self->conflicts->len; i++)
    add_question (self, g_ptr_array_index (self->conflicts, i));
  gtk_box_append (GTK_BOX (self->box), self->grid);
  gtk_box_append (GTK_BOX (self->box), new_foot (self));
}

static void
jp_conflict_card_dispose (GObject *object)
{
  JpConflictCard *self = JP_CONFLICT_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_conflict_card_parent_class)->dispose (object);
}

static void
jp_conflict_card_class_init (JpConflictCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_conflict_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_conflict_card_init (JpConflictCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  self->grid = gtk_grid_new ();
  self->choices = g_ptr_array_new ();
  self->others = g_ptr_array_new ();
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "padded");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * jp_conflict_card_new:
 * @office: the office
 * @conflicts: (element-type JpConflict): one or more items about the same record
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
jp_conflict_card_new (JpOffice *office, GPtrArray *conflicts)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (conflicts != NULL && conflicts->len > 0, NULL);

  JpConflictCard *self = g_object_new (JP_TYPE_CONFLICT_CARD, NULL);

  self->office = g_object_ref (office);
  self->conflicts = g_ptr_array_ref (conflicts);
  build (self);
  return GTK_WIDGET (self);
}

static void
append_to_group (GPtrArray *groups, JpConflict *conflict)
{
  GPtrArray *group = NULL;

  for (guint i = 0; i < groups->len && group == NULL; i++)
    if (jp_conflict_repo_same_row (g_ptr_array_index ((GPtrArray *)groups->pdata[i], 0), conflict))
      group = groups->pdata[i];

  if (group == NULL)
    {
      group = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_conflict_repo_unref);
      g_ptr_array_add (groups, group);
    }
  g_ptr_array_add (group, jp_conflict_repo_ref (conflict));
}

/**
 * jp_conflict_card_new_all:
 * @office: the office
 * @conflicts: (element-type JpConflict): items
 *
 * Returns: (transfer full) (element-type GtkWidget): a card for each record they are about,
 * floating
 */
GPtrArray *
jp_conflict_card_new_all (JpOffice *office, GPtrArray *conflicts)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (conflicts != NULL, NULL);

  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  GPtrArray *cards = g_ptr_array_new ();

  for (guint i = 0; i < conflicts->len; i++)
    append_to_group (groups, conflicts->pdata[i]);
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (cards, jp_conflict_card_new (office, groups->pdata[i]));
  return cards;
}

/**
 * jp_conflict_card_get_conflicts:
 * @self: a card
 *
 * Returns: (transfer none) (element-type JpConflict): its questions
 */
GPtrArray *
jp_conflict_card_get_conflicts (JpConflictCard *self)
{
  g_return_val_if_fail (JP_IS_CONFLICT_CARD (self), NULL);

  return self->conflicts;
}

/**
 * jp_conflict_card_choose:
 * @self: a card
 * @index: a question
 * @mine: the edit; %FALSE for what is in force
 *
 * Chooses as the user would.
 */
void
jp_conflict_card_choose (JpConflictCard *self, guint index, gboolean mine)
{
  g_return_if_fail (JP_IS_CONFLICT_CARD (self));
  g_return_if_fail (index < self->choices->len);

  GtkCheckButton *button = g_ptr_array_index (mine ? self->choices : self->others, index);

  if (gtk_widget_get_sensitive (GTK_WIDGET (button)))
    gtk_check_button_set_active (button, TRUE);
}

/**
 * jp_conflict_card_get_choice:
 * @self: a card
 * @index: a question
 *
 * Returns: whether the edit is chosen
 */
gboolean
jp_conflict_card_get_choice (JpConflictCard *self, guint index)
{
  g_return_val_if_fail (JP_IS_CONFLICT_CARD (self), FALSE);
  g_return_val_if_fail (index < self->choices->len, FALSE);

  return gtk_check_button_get_active (g_ptr_array_index (self->choices, index));
}

/**
 * jp_conflict_card_decide:
 * @self: a card
 *
 * Saves what is chosen, with an undo toast.
 */
void
jp_conflict_card_decide (JpConflictCard *self)
{
  g_return_if_fail (JP_IS_CONFLICT_CARD (self));

  JpStore             *store = jp_office_get_store (self->office);
  JpChange            *change = jp_store_new_change (store, "resolve");
  g_autofree gboolean *mine = g_new0 (gboolean, self->conflicts->len);
  gboolean             changes = FALSE;

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      mine[i] = jp_conflict_card_get_choice (self, i);
      changes =
        changes || mine[i] != jp_conflict_repo_get_default (g_ptr_array_index (self->conflicts, i));
    }
  jp_conflict_repo_decide_row (self->conflicts, mine, jp_store_get_actor (store), change);
  jp_office_commit (self->office, change,
                    changes ? _ ("Decided: what was chosen goes to the platform")
                            : _ ("Decided: what holds now stays"),
                    NULL, NULL);
}
