/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-roster.h"

#include "jp-documents-error.h"
#include "jp-roster-labels.h"
#include "jp-sheet-writer.h"

#include <glib/gi18n-lib.h>

static gboolean
has_field (JpRoster *self, JpFieldId field)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_array_index (self->fields, JpFieldId, i) == field)
      return TRUE;
  return FALSE;
}

/* Of two columns for one field the first counts. */
static void
recognise (JpRoster *self)
{
  const JpSheetRow *header = jp_sheet_get_header (self->sheet);
  guint             n_columns = jp_sheet_get_n_columns (self->sheet);

  for (guint column = 0; column < n_columns; column++)
    {
      const char *label = jp_sheet_row_get_text (header, column);
      JpFieldId   field = 0;

      if (label != NULL && *label != '\0' && !jp_roster_labels_is_ours (label))
        {
          field = jp_roster_labels_find (self->kind, label);
          if (field != 0 && has_field (self, field))
            field = 0;
          if (field == 0)
            g_ptr_array_add (self->unknown, g_strdup (label));
        }
      g_array_append_val (self->fields, field);
    }
}

/**
 * jp_roster_new:
 * @sheet: a table that no other thread uses yet
 * @kind: what its rows are
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Finds the row of labels, below a title if there is one, and what its columns mean.
 *
 * Returns: (transfer full): the roster, or %NULL with `JP_DOCUMENTS_ERROR_INVALID` if the table has
 *   no column that identifies a row, or `JP_DOCUMENTS_ERROR_UNSUPPORTED` if @kind cannot be
 * imported
 */
JpRoster *
jp_roster_new (JpSheet *sheet, JpKind kind, GError **error)
{
  g_return_val_if_fail (sheet != NULL, NULL);

  g_autoptr (JpRoster) self = NULL;
  g_autoptr (GPtrArray) labels = NULL;

  if (!jp_import_may (kind))
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_UNSUPPORTED,
                   "cannot import rosters of %s", jp_kind_get_info (kind)->name);
      return NULL;
    }

  labels = jp_roster_labels_list (kind);
  jp_sheet_choose_header (sheet, (const char *const *)labels->pdata);
  self = g_new0 (JpRoster, 1);
  self->sheet = jp_sheet_ref (sheet);
  self->kind = kind;
  self->fields = g_array_new (FALSE, FALSE, sizeof (JpFieldId));
  self->unknown = g_ptr_array_new_with_free_func (g_free);
  recognise (self);

  if (has_field (self, jp_import_get_key (kind)))
    return g_steal_pointer (&self);
  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
               "table has no column for \"%s\"", jp_field_get (jp_import_get_key (kind))->name);
  return NULL;
}

/**
 * jp_roster_free:
 * @self: (nullable) (transfer full): a roster
 */
void
jp_roster_free (JpRoster *self)
{
  if (self == NULL)
    return;

  jp_sheet_unref (self->sheet);
  g_array_unref (self->fields);
  g_ptr_array_unref (self->unknown);
  g_free (self);
}

static void
refuse_error (JpImportRow *row, JpFieldId field, const char *text)
{
  /* Translators: %s is what a spreadsheet program shows for a failed formula, like "#REF!". */
  g_autofree char *sentence =
    g_strdup_printf (C_ ("import", "The cell holds the error %s: please type the value itself"),
                     text);

  jp_import_row_refuse (row, field, sentence);
}

/* The time of an enrolment says nothing that the roster keeps. */
static char *
without_time (JpFieldId field, const char *text)
{
  gsize            length = strcspn (text, " T");
  g_autofree char *day = g_strndup (text, length);
  JpDate           date = JP_DATE_NONE;

  if (jp_field_get (field)->type == JP_FIELD_DATE && !jp_date_parse (text, &date, NULL) &&
      jp_date_parse (day, &date, NULL))
    return g_steal_pointer (&day);
  return g_strdup (text);
}

static void
take_cell (JpImportRow *row, JpFieldId field, const char *text, JpSheetCellFlags flags)
{
  g_autofree char *value = NULL;

  if (text == NULL || *text == '\0')
    return;

  value = without_time (field, text);
  if (flags & JP_SHEET_CELL_IMPRECISE)
    jp_import_row_refuse (row, field,
                          C_ ("import", "The spreadsheet program has replaced the last digits of "
                                        "this number by zeros: set the column to text and type "
                                        "the number again"));
  else if (flags & JP_SHEET_CELL_ERROR)
    refuse_error (row, field, text);
  else
    jp_import_row_put (row, field, jp_roster_labels_find_code (jp_field_get (field), value));
}

/**
 * jp_roster_read:
 * @self: a roster
 *
 * Reads all rows into an import, to be planned. Cells that cannot be understood refuse their rows.
 *
 * Returns: (transfer full): the import
 */
JpImport *
jp_roster_read (JpRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpImport *import = jp_import_new (self->kind);

  /* A sheet has at most as many rows as an import takes. */
  G_STATIC_ASSERT (JP_SHEET_MAX_ROWS <= JP_IMPORT_MAX_ROWS);
  for (guint i = 0; i < jp_sheet_get_n_rows (self->sheet); i++)
    {
      const JpSheetRow *cells = jp_sheet_get_row (self->sheet, i);
      JpImportRow      *row = jp_import_add_row (import, jp_sheet_row_get_number (cells));

      for (guint column = 0; column < self->fields->len; column++)
        {
          JpFieldId field = g_array_index (self->fields, JpFieldId, column);

          if (field != 0)
            take_cell (row, field, jp_sheet_row_get_text (cells, column),
                       jp_sheet_row_get_flags (cells, column));
        }
    }
  return import;
}

/* --- refused rows
 * ---------------------------------------------------------------------------------- */

static gboolean
is_ours (JpRoster *self, guint column)
{
  const char *label = jp_sheet_row_get_text (jp_sheet_get_header (self->sheet), column);

  return label != NULL && jp_roster_labels_is_ours (label);
}

static void
add_columns (JpRoster *self, JpSheetWriter *writer)
{
  const JpSheetRow *header = jp_sheet_get_header (self->sheet);

  jp_sheet_writer_add_column (writer, C_ ("import", "Row"), JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, C_ ("import", "Reason"), JP_SHEET_COLUMN_TEXT);
  for (guint column = 0; column < self->fields->len; column++)
    if (!is_ours (self, column))
      {
        const char *label = jp_sheet_row_get_text (header, column);

        jp_sheet_writer_add_column (writer, label != NULL ? label : "", JP_SHEET_COLUMN_TEXT);
      }
}

/* A number that has lost its last digits is not written back: it would look right. */
static void
put_cells (JpRoster *self, JpSheetWriter *writer, const JpSheetRow *cells)
{
  for (guint column = 0; column < self->fields->len; column++)
    {
      const char *text = jp_sheet_row_get_text (cells, column);

      if (is_ours (self, column))
        continue;
      if (text == NULL || (jp_sheet_row_get_flags (cells, column) & JP_SHEET_CELL_IMPRECISE))
        jp_sheet_writer_put_empty (writer);
      else
        jp_sheet_writer_put_text (writer, text);
    }
}

/**
 * jp_roster_write_refused:
 * @self: the roster
 * @import: what became of it
 * @file: the file to write, a workbook or text by its name
 * @cancellable: (nullable): cancellable
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Writes the refused rows as they were, with number and reason in front. Corrected, the file can be
 * imported as it is. It holds what the roster held: sensitive data in clear.
 *
 * Returns: whether the file is there
 */
gboolean
jp_roster_write_refused (JpRoster     *self,
                         JpImport     *import,
                         GFile        *file,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (import != NULL, FALSE);
  g_return_val_if_fail (jp_import_get_rows (import)->len == jp_sheet_get_n_rows (self->sheet),
                        FALSE);

  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file), C_ ("import", "Refused rows"));

  add_columns (self, writer);
  for (guint i = 0; i < jp_sheet_get_n_rows (self->sheet); i++)
    {
      const JpImportRow *row = g_ptr_array_index (jp_import_get_rows (import), i);

      if (row->outcome != JP_IMPORT_REFUSED)
        continue;
      jp_sheet_writer_put_integer (writer, row->number);
      jp_sheet_writer_put_text (writer, row->reason);
      put_cells (self, writer, jp_sheet_get_row (self->sheet, i));
      if (!jp_sheet_writer_end_row (writer, error))
        return FALSE;
    }
  return jp_sheet_writer_finish (writer, cancellable, error);
}

/**
 * jp_roster_name_refused:
 * @file: the file of a roster
 *
 * Returns: (transfer full): where its refused rows go, beside it: for `roster.xlsx`,
 *   `roster.refused.xlsx`
 */
GFile *
jp_roster_name_refused (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autofree char *name = g_file_get_basename (file);
  char            *dot = strrchr (name, '.');
  g_autofree char *refused = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  const char *extension =
    jp_sheet_writer_guess_format (file) == JP_SHEET_FORMAT_CSV ? "csv" : "xlsx";

  if (dot != NULL)
    *dot = '\0';
  refused = g_strdup_printf ("%s.refused.%s", name, extension);
  return g_file_get_child (folder, refused);
}
