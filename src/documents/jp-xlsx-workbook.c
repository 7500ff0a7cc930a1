/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-workbook.h"
#include "jp-xlsx-xml.h"

#include <string.h>

#define MAX_RELATIONS       4096u
#define MAX_WORKBOOK_SHEETS 4096u

typedef struct
{
  char *id;     /* (owned) */
  char *kind;   /* (owned): last piece of the type's URI, e.g. "worksheet" */
  char *target; /* (owned): name of a part */
} Relation;

static void
relation_free (Relation *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->target);
  g_free (self);
}

/**
 * jp_xlsx_workbook_free:
 * @self: (transfer full) (nullable): a workbook
 */
void
jp_xlsx_workbook_free (JpXlsxWorkbook *self)
{
  if (self == NULL)
    return;

  g_free (self->sheet_name);
  g_free (self->sheet_part);
  g_free (self->strings_part);
  g_free (self->styles_part);
  g_free (self);
}

/* A name relative to the folder of @part. ".." never leads out of the archive: names are only
 * looked up among its members. */
static char *
resolve_target (const char *part, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *path = *target == '/' || g_str_equal (folder, ".")
                            ? g_strdup (target)
                            : g_strconcat (folder, "/", target, NULL);
  g_auto (GStrv) pieces = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      if (g_str_equal (pieces[i], ".."))
        g_ptr_array_set_size (kept, kept->len > 0 ? (int)kept->len - 1 : 0);
      else if (*pieces[i] != '\0' && !g_str_equal (pieces[i], "."))
        g_ptr_array_add (kept, pieces[i]);
    }

  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **)kept->pdata);
}

static gboolean
add_relation (GPtrArray *relations, JpXlsxXml *xml, const char *part, GError **error)
{
  g_autofree char *id = g_strdup (jp_xlsx_xml_get_attribute (xml, "Id"));
  g_autofree char *type = g_strdup (jp_xlsx_xml_get_attribute (xml, "Type"));
  const char      *target = jp_xlsx_xml_get_attribute (xml, "Target");

  if (id == NULL || type == NULL || target == NULL)
    return TRUE;

  if (relations->len >= MAX_RELATIONS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the workbook has more than %u relations", MAX_RELATIONS);
      return FALSE;
    }

  Relation   *relation = g_new0 (Relation, 1);
  const char *slash = strrchr (type, '/');

  relation->id = g_steal_pointer (&id);
  relation->kind = g_strdup (slash != NULL ? slash + 1 : type);
  relation->target = resolve_target (part, target);
  g_ptr_array_add (relations, relation);
  return TRUE;
}

/* The relations of @part stand in a file named after it; "" means those of the whole archive. */
static GPtrArray *
read_relations (JpXlsxZip *zip, const char *part, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *base = *part != '\0' ? g_path_get_basename (part) : g_strdup ("");
  g_autofree char *name = g_str_equal (folder, ".")
                            ? g_strconcat ("_rels/", base, ".rels", NULL)
                            : g_strconcat (folder, "/_rels/", base, ".rels", NULL);
  g_autoptr (JpXlsxXml) xml = jp_xlsx_xml_open (zip, name, cancellable, error);
  g_autoptr (GPtrArray) relations = g_ptr_array_new_with_free_func ((GDestroyNotify)relation_free);

  while (xml != NULL)
    {
      JpXlsxXmlEvent event = jp_xlsx_xml_next (xml, error);

      if (event == JP_XLSX_XML_FAILED)
        return NULL;

      if (event == JP_XLSX_XML_FINISHED)
        return g_steal_pointer (&relations);

      if (event == JP_XLSX_XML_START && jp_xlsx_xml_is (xml, "Relationship") &&
          !add_relation (relations, xml, part, error))
        return NULL;
    }

  return NULL;
}

static const Relation *
find_by_kind (const GPtrArray *relations, const char *kind)
{
  for (guint i = 0; i < relations->len; i++)
    {
      const Relation *relation = g_ptr_array_index (relations, i);

      if (g_str_equal (relation->kind, kind))
        return relation;
    }

  return NULL;
}

static const Relation *
find_by_id (const GPtrArray *relations, const char *id)
{
  for (guint i = 0; i < relations->len; i++)
    {
      const Relation *relation = g_ptr_array_index (relations, i);

      if (g_str_equal (relation->id, id))
        return relation;
    }

  return NULL;
}

static char *
find_workbook_part (JpXlsxZip *zip, GCancellable *cancellable, GError **error)
{
  static const char unsupported[] = "the file is a zip archive but not an .xlsx workbook";

  if (!jp_xlsx_zip_has (zip, "_rels/.rels"))
    {
      g_set_error_literal (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_UNSUPPORTED, unsupported);
      return NULL;
    }

  g_autoptr (GPtrArray) relations = read_relations (zip, "", cancellable, error);

  if (relations == NULL)
    return NULL;

  const Relation *relation = find_by_kind (relations, "officeDocument");

  /* Documents and presentations have one too, with other parts; .xlsb has a binary part. */
  if (relation == NULL || !g_str_has_suffix (relation->target, ".xml") ||
      strstr (relation->target, "workbook") == NULL)
    {
      g_set_error_literal (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_UNSUPPORTED, unsupported);
      return NULL;
    }

  return g_strdup (relation->target);
}

static void
read_sheet (JpXlsxWorkbook *self, JpXlsxXml *xml, const GPtrArray *relations)
{
  g_autofree char *name = g_strdup (jp_xlsx_xml_get_attribute (xml, "name"));
  g_autofree char *state = g_strdup (jp_xlsx_xml_get_attribute (xml, "state"));
  const char      *id = jp_xlsx_xml_get_attribute (xml, "*:id");
  const Relation  *relation = id != NULL ? find_by_id (relations, id) : NULL;

  if (relation == NULL || !g_str_equal (relation->kind, "worksheet") ||
      (state != NULL && !g_str_equal (state, "visible")))
    return;

  self->sheet_name = name != NULL ? g_steal_pointer (&name) : g_strdup ("");
  self->sheet_part = g_strdup (relation->target);
}

static gboolean
read_workbook (JpXlsxWorkbook *self, JpXlsxXml *xml, const GPtrArray *relations, GError **error)
{
  for (guint n_sheets = 0; n_sheets < MAX_WORKBOOK_SHEETS;)
    {
      JpXlsxXmlEvent event = jp_xlsx_xml_next (xml, error);

      if (event == JP_XLSX_XML_FAILED)
        return FALSE;

      if (event == JP_XLSX_XML_FINISHED)
        break;

      if (event != JP_XLSX_XML_START)
        continue;

      if (jp_xlsx_xml_is (xml, "workbookPr"))
        self->is_1904 = jp_xlsx_xml_get_flag (xml, "date1904");

      if (jp_xlsx_xml_is (xml, "sheet"))
        {
          n_sheets++;
          if (self->sheet_part == NULL)
            read_sheet (self, xml, relations);
        }
    }

  if (self->sheet_part != NULL)
    return TRUE;

  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
               "the workbook has no visible worksheet");
  return FALSE;
}

/**
 * jp_xlsx_workbook_read:
 * @zip: the archive
 * @cancellable: (nullable): to stop
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Finds the pieces of a workbook by following its relations. Any thread.
 *
 * Returns: (transfer full): the workbook, or %NULL with %JP_DOCUMENTS_ERROR_UNSUPPORTED (another
 *   kind of file in a zip archive) or %JP_DOCUMENTS_ERROR_INVALID
 */
JpXlsxWorkbook *
jp_xlsx_workbook_read (JpXlsxZip *zip, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (zip != NULL, NULL);

  g_autofree char *part = find_workbook_part (zip, cancellable, error);

  if (part == NULL)
    return NULL;

  g_autoptr (JpXlsxWorkbook) self = g_new0 (JpXlsxWorkbook, 1);
  g_autoptr (GPtrArray) relations = read_relations (zip, part, cancellable, error);
  g_autoptr (JpXlsxXml) xml =
    relations != NULL ? jp_xlsx_xml_open (zip, part, cancellable, error) : NULL;

  if (xml == NULL || !read_workbook (self, xml, relations, error))
    return NULL;

  const Relation *strings = find_by_kind (relations, "sharedStrings");
  const Relation *styles = find_by_kind (relations, "styles");

  self->strings_part = strings != NULL ? g_strdup (strings->target) : NULL;
  self->styles_part = styles != NULL ? g_strdup (styles->target) : NULL;
  return g_steal_pointer (&self);
}
