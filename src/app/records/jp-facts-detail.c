/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-facts-detail.h"

#include "jp-detail-parts.h"

#include <glib/gi18n-lib.h>

#define BUTTON_GAP     8
#define BUTTON_COLUMNS 2

struct _JpFactsDetail
{
  GtkWidget parent_instance;

  GtkWidget *column;    /* child */
  GtkWidget *buttons;   /* (borrowed) (nullable): inside the column */
  int        n_buttons; /* in it */

  JpOffice          *office;      /* (owned) */
  const JpFactsSpec *spec;        /* (borrowed): static */
  JpRow             *row;         /* (owned) (nullable) */
  GCancellable      *cancellable; /* (owned) (nullable): of the running read */
};

static void jp_facts_detail_detail_init (JpDetailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpFactsDetail,
                               jp_facts_detail,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_DETAIL, jp_facts_detail_detail_init))

static void
clear (JpFactsDetail *self)
{
  self->buttons = NULL;
  jp_detail_parts_clear (self->column);
}

/* What the reader needs: outlives a change of the row. */
typedef struct
{
  const JpFactsSpec *spec; /* (borrowed): static */
  JpId               id;
} Read;

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  const Read *read = data;

  return read->spec->read (vault, &read->id, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpFactsDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer facts = NULL;

  jp_store_read_finish (JP_STORE (source), result, &facts, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->column == NULL ||
      self->row == NULL || jp_row_get_record (self->row) == NULL)
    {
      if (facts != NULL)
        self->spec->facts_free (facts);
      return;
    }

  g_clear_object (&self->cancellable);
  clear (self);
  if (error != NULL)
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      jp_detail_parts_add (self->column, jp_detail_parts_new_note (sentence));
      return;
    }
  self->spec->build (self, self->row, facts);
  self->spec->facts_free (facts);
}

/* The answer to an earlier question must not reach the pane of another row, or of none. */
static void
forget_question (JpFactsDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_facts (JpFactsDetail *self)
{
  Read        read = { self->spec, *jp_record_get_id (jp_row_get_record (self->row)) };
  JpStoreCall call = { read_call, g_memdup2 (&read, sizeof read), g_free, self->spec->facts_free,
                       0 };

  forget_question (self);
  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
set_row (JpDetail *detail, JpRow *row)
{
  JpFactsDetail *self = JP_FACTS_DETAIL (detail);

  if (row != self->row)
    {
      forget_question (self);
      clear (self);
    }
  g_set_object (&self->row, row);
  if (row != NULL && jp_row_get_record (row) != NULL)
    read_facts (self);
}

static void
store_changed_cb (JpFactsDetail *self, guint64 kinds)
{
  if ((kinds & self->spec->kinds) && self->row != NULL && jp_row_get_record (self->row) != NULL)
    read_facts (self);
}

static void
jp_facts_detail_detail_init (JpDetailInterface *iface)
{
  iface->set_row = set_row;
}

static void
jp_facts_detail_dispose (GObject *object)
{
  JpFactsDetail *self = JP_FACTS_DETAIL (object);

  forget_question (self);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_facts_detail_parent_class)->dispose (object);
}

static void
jp_facts_detail_class_init (JpFactsDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_facts_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_facts_detail_init (JpFactsDetail *self)
{
  self->column = jp_detail_parts_new_column ();
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * jp_facts_detail_new:
 * @office: the office
 * @spec: what the pane shows; static
 *
 * Returns: (transfer floating): a pane
 */
GtkWidget *
jp_facts_detail_new (JpOffice *office, const JpFactsSpec *spec)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (spec != NULL, NULL);

  JpFactsDetail *self = g_object_new (JP_TYPE_FACTS_DETAIL, NULL);

  self->office = g_object_ref (office);
  self->spec = spec;
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * jp_facts_detail_get_office:
 * @self: a pane
 *
 * Returns: (transfer none): the office
 */
JpOffice *
jp_facts_detail_get_office (JpFactsDetail *self)
{
  g_return_val_if_fail (JP_IS_FACTS_DETAIL (self), NULL);

  return self->office;
}

/**
 * jp_facts_detail_add:
 * @self: a pane that is being built
 * @part: (nullable): a part; %NULL is passed over
 *
 * Puts the part at the end.
 */
void
jp_facts_detail_add (JpFactsDetail *self, GtkWidget *part)
{
  g_return_if_fail (JP_IS_FACTS_DETAIL (self));

  jp_detail_parts_add (self->column, part);
}

typedef struct
{
  JpFactsDetail *self; /* (borrowed): an ancestor of the button */
  JpFactsAction  action;
} Button;

static void
clicked_cb (GtkButton *widget, gpointer user_data)
{
  const Button *button = user_data;

  if (button->self->row != NULL && jp_row_get_record (button->self->row) != NULL)
    button->action (button->self->office, jp_row_get_record (button->self->row));
}

static void
free_button (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * jp_facts_detail_add_button:
 * @self: a pane that is being built
 * @label: what it does, translated
 * @css_class: (nullable): "suggested-action" for the next step
 * @action: called with the record in the pane
 *
 * Puts the button beside those before it, two in a row.
 */
void
jp_facts_detail_add_button (JpFactsDetail *self,
                            const char    *label,
                            const char    *css_class,
                            JpFactsAction  action)
{
  g_return_if_fail (JP_IS_FACTS_DETAIL (self));
  g_return_if_fail (label != NULL);

  GtkWidget *widget = gtk_button_new_with_label (label);
  Button    *button = g_new0 (Button, 1);

  if (self->buttons == NULL)
    {
      self->buttons = gtk_grid_new ();
      gtk_grid_set_column_spacing (GTK_GRID (self->buttons), BUTTON_GAP);
      gtk_grid_set_row_spacing (GTK_GRID (self->buttons), BUTTON_GAP);
      gtk_grid_set_column_homogeneous (GTK_GRID (self->buttons), TRUE);
      self->n_buttons = 0;
      jp_detail_parts_add (self->column, self->buttons);
    }
  if (css_class != NULL)
    gtk_widget_add_css_class (widget, css_class);
  button->self = self;
  button->action = action;
  g_signal_connect_data (widget, "clicked", G_CALLBACK (clicked_cb), button, free_button, 0);
  /* Long words make the row higher, never the pane wider. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (widget))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (widget))),
                         GTK_JUSTIFY_CENTER);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_grid_attach (GTK_GRID (self->buttons), widget, self->n_buttons % BUTTON_COLUMNS,
                   self->n_buttons / BUTTON_COLUMNS, 1, 1);
  self->n_buttons++;
}
