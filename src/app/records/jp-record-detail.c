/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record-detail.h"

#include "jp-attachment.h"
#include "jp-attachments.h"
#include "jp-detail-parts.h"
#include "jp-record-history.h"
#include "jp-reveal.h"

#include <glib/gi18n-lib.h>

struct _JpRecordDetail
{
  GtkWidget parent_instance;

  GtkWidget *column; /* child */

  JpOffice *office; /* (owned) */
  JpRow    *row;    /* (owned) (nullable) */
  JpReveal *reveal; /* (owned): whether sensitive values are shown */
};

static void jp_record_detail_detail_init (JpDetailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpRecordDetail,
                               jp_record_detail,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_DETAIL, jp_record_detail_detail_init))

static gboolean
is_shown (const JpField *field)
{
  return !(field->flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON));
}

static gboolean
has_sealed (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & JP_FIELD_SEALED) && is_shown (&info->fields[i]) &&
        jp_record_has (record, info->fields[i].id))
      return TRUE;

  return FALSE;
}

static void
end_group (JpRecordDetail *self, const char *heading, GtkWidget *facts)
{
  if (facts == NULL)
    return;
  if (gtk_widget_get_first_child (facts) == NULL)
    {
      g_object_unref (g_object_ref_sink (facts));
      return;
    }

  if (heading != NULL)
    jp_detail_parts_add (self->column, jp_detail_parts_new_heading (heading, NULL));
  jp_detail_parts_add (self->column, facts);
}

static void
add_groups (JpRecordDetail *self)
{
  const JpKindInfo *info = jp_record_get_info (jp_row_get_record (self->row));
  const char       *heading = NULL;
  GtkWidget        *facts = NULL;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      const char    *group = jp_field_get_group (field);

      if (group != NULL || facts == NULL)
        {
          end_group (self, heading, facts);
          heading = group;
          facts = jp_detail_parts_new_facts ();
        }
      if (is_shown (field) && field->id != info->title)
        jp_detail_parts_add_fields (facts, self->row, &field->id, 1,
                                    jp_reveal_is_on (self->reveal));
    }
  end_group (self, heading, facts);
}

static void
rebuild (JpRecordDetail *self)
{
  JpRecord   *record = self->row != NULL ? jp_row_get_record (self->row) : NULL;
  const char *title = NULL;

  jp_detail_parts_clear (self->column);
  if (record == NULL)
    return;

  title = jp_record_get_title (record);
  jp_detail_parts_add (self->column,
                       jp_detail_parts_new_head (*title != '\0' ? title
                                                                : jp_kind_get_label (
                                                                    jp_record_get_kind (record)),
                                                 NULL,
                                                 jp_record_get_kind (record) == JP_KIND_COACH));
  jp_detail_parts_add (self->column, jp_detail_parts_new_pills (self->row));
  add_groups (self);
  if (has_sealed (record))
    jp_detail_parts_add (self->column, jp_reveal_new_button (self->reveal));
  if (jp_attachment_get_home (jp_record_get_kind (record)) != 0)
    jp_detail_parts_add (self->column, jp_attachments_new (self->office, record));
  jp_detail_parts_add (self->column, jp_record_history_new (self->office, record));
}

static void
set_row (JpDetail *detail, JpRow *row)
{
  JpRecordDetail *self = JP_RECORD_DETAIL (detail);

  if (row != self->row)
    jp_reveal_set_record (self->reveal, row != NULL ? jp_row_get_record (row) : NULL);
  g_set_object (&self->row, row);
  rebuild (self);
}

static void
jp_record_detail_detail_init (JpDetailInterface *iface)
{
  iface->set_row = set_row;
}

static void
jp_record_detail_dispose (GObject *object)
{
  JpRecordDetail *self = JP_RECORD_DETAIL (object);

  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->reveal);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_record_detail_parent_class)->dispose (object);
}

static void
jp_record_detail_class_init (JpRecordDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_record_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_record_detail_init (JpRecordDetail *self)
{
  self->column = jp_detail_parts_new_column ();
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * jp_record_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): a pane for any kind
 */
GtkWidget *
jp_record_detail_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpRecordDetail *self = g_object_new (JP_TYPE_RECORD_DETAIL, NULL);

  self->office = g_object_ref (office);
  self->reveal = jp_reveal_new (office);
  g_signal_connect_object (self->reveal, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
