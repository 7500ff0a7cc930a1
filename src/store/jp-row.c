/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-row.h"

struct _JpRow
{
  GObject parent_instance;

  gint64    rid;    /* construct-only */
  JpRecord *record; /* (owned) (nullable): NULL until its page has been read */
  GStrv titles; /* (owned) (nullable): titles of the references, as jp_lookup_titles() makes them */
};

typedef enum {
  PROP_RECORD = 1,
} Property;

static GParamSpec *properties[PROP_RECORD + 1];

G_DEFINE_FINAL_TYPE (JpRow, jp_row, G_TYPE_OBJECT)

static void
jp_row_finalize (GObject *object)
{
  JpRow *self = JP_ROW (object);

  g_clear_pointer (&self->record, jp_record_unref);
  g_clear_pointer (&self->titles, g_strfreev);
  G_OBJECT_CLASS (jp_row_parent_class)->finalize (object);
}

static void
jp_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpRow *self = JP_ROW (object);

  switch ((Property)id)
    {
    case PROP_RECORD:
      g_value_set_boxed (value, self->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_row_class_init (JpRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = jp_row_finalize;
  object_class->get_property = jp_row_get_property;

  /**
   * JpRow:record:
   *
   * The record, %NULL until it has been read. Notified when it is.
   */
  properties[PROP_RECORD] =
    g_param_spec_boxed ("record", NULL, NULL, JP_TYPE_RECORD,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
jp_row_init (JpRow *self)
{
}

/**
 * jp_row_new:
 * @rid: row id
 *
 * Returns: (transfer full): a line that is not filled yet
 */
JpRow *
jp_row_new (gint64 rid)
{
  JpRow *self = g_object_new (JP_TYPE_ROW, NULL);

  self->rid = rid;
  return self;
}

/**
 * jp_row_get_rid:
 * @self: a line
 *
 * Returns: its row id
 */
gint64
jp_row_get_rid (JpRow *self)
{
  g_return_val_if_fail (JP_IS_ROW (self), 0);

  return self->rid;
}

/**
 * jp_row_get_record:
 * @self: a line
 *
 * Returns: (nullable) (transfer none): its record, %NULL until it has been read
 */
JpRecord *
jp_row_get_record (JpRow *self)
{
  g_return_val_if_fail (JP_IS_ROW (self), NULL);

  return self->record;
}

/**
 * jp_row_fill:
 * @self: a line
 * @record: its record
 * @titles: (transfer full) (nullable): titles of the records its references point to, "" where
 * there is none, in the order of the reference fields, then of what it is bound to: see
 * [func@Jp.lookup_titles]
 */
void
jp_row_fill (JpRow *self, JpRecord *record, GStrv titles)
{
  g_return_if_fail (JP_IS_ROW (self));
  g_return_if_fail (record != NULL);

  g_clear_pointer (&self->record, jp_record_unref);
  g_clear_pointer (&self->titles, g_strfreev);
  self->record = jp_record_ref (record);
  self->titles = titles;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

static guint
count_refs (const JpKindInfo *info, guint n_fields)
{
  guint n_refs = 0;

  for (guint i = 0; i < n_fields; i++)
    n_refs += info->fields[i].type == JP_FIELD_REF;
  return n_refs;
}

static const char *
get_title (JpRow *self, guint index)
{
  return self->titles != NULL && index < g_strv_length (self->titles) ? self->titles[index] : "";
}

/**
 * jp_row_get_ref_title:
 * @self: a line
 * @field: a reference field of its kind
 *
 * Returns: (transfer none): the title of the record that the field points to, "" where there is
 * none or the line is not filled
 */
const char *
jp_row_get_ref_title (JpRow *self, JpFieldId field)
{
  g_return_val_if_fail (JP_IS_ROW (self), "");

  return get_title (self,
                    count_refs (jp_kind_get_info (JP_FIELD_KIND (field)), JP_FIELD_INDEX (field)));
}

/**
 * jp_row_get_bound_title:
 * @self: a line of a kind that has a bond, see [func@Jp.lookup_get_bond]
 *
 * Returns: (transfer none): the title of what its record is bound to now, "" where there is none or
 * the line is not filled
 */
const char *
jp_row_get_bound_title (JpRow *self)
{
  g_return_val_if_fail (JP_IS_ROW (self), "");

  const JpKindInfo *info = self->record != NULL ? jp_record_get_info (self->record) : NULL;

  return info != NULL ? get_title (self, count_refs (info, info->n_fields)) : "";
}

/**
 * jp_row_dup_display:
 * @self: a line
 * @field: a field of its kind
 *
 * Returns: (transfer full): the value as a list shows it: masked where sensitive, the title where
 * it is a reference, "" while the line is not filled
 */
char *
jp_row_dup_display (JpRow *self, JpFieldId field)
{
  g_return_val_if_fail (JP_IS_ROW (self), NULL);

  if (self->record == NULL)
    return g_strdup ("");
  if (jp_field_get (field)->type == JP_FIELD_REF)
    return g_strdup (jp_row_get_ref_title (self, field));
  return jp_record_dup_display (self->record, field, FALSE);
}
