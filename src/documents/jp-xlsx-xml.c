/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-xml.h"

#include "jp-books.h"

#include <string.h>

struct _JpXlsxXml
{
  JpXlsxMember    *member;  /* (owned) */
  xmlTextReaderPtr reader;  /* (owned) */
  char            *name;    /* (owned): of the part, for messages */
  GError          *error;   /* (owned) (nullable): what stopped a read of the member */
  guint            depth;   /* open elements */
  gboolean         end_due; /* the element just begun is empty, its end is still to be told */
};

/* Without XML_PARSE_NOENT entities stay references; without XML_PARSE_HUGE libxml2 limits depth,
 * names and text. */
#define PARSE_OPTIONS                                                                              \
  (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT)

static int
read_cb (void *context, char *buffer, int n_bytes)
{
  JpXlsxXml *self = context;

  if (self->error != NULL)
    return -1;

  return (int)jp_xlsx_zip_read_member (self->member, buffer, (gsize)n_bytes, &self->error);
}

static void
ignore_error_cb (void *user_data, xmlErrorPtr error)
{
  /* Told by the return value; without a handler libxml2 prints to the terminal. */
}

/**
 * jp_xlsx_xml_open:
 * @zip: the archive; must outlive the walk
 * @name: the name of the part
 * @cancellable: (nullable): to stop
 * @error: return location for a #JpDocumentsError
 *
 * Returns: (transfer full): a walk before the first event, or %NULL with
 *   %JP_DOCUMENTS_ERROR_INVALID
 */
JpXlsxXml *
jp_xlsx_xml_open (JpXlsxZip *zip, const char *name, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (zip != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (JpXlsxXml) self = g_new0 (JpXlsxXml, 1);

  self->name = g_strdup (name);
  self->member = jp_xlsx_zip_open_member (zip, name, cancellable, error);
  if (self->member == NULL)
    return NULL;

  self->reader = jp_books->xmlReaderForIO (read_cb, NULL, self, NULL, NULL, PARSE_OPTIONS);
  if (self->reader == NULL)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                   "the part \"%s\" of the workbook cannot be parsed", name);
      return NULL;
    }

  jp_books->xmlTextReaderSetStructuredErrorHandler (self->reader, ignore_error_cb, NULL);
  return g_steal_pointer (&self);
}

/**
 * jp_xlsx_xml_close:
 * @self: (transfer full) (nullable): a walk
 */
void
jp_xlsx_xml_close (JpXlsxXml *self)
{
  if (self == NULL)
    return;

  if (self->reader != NULL)
    jp_books->xmlFreeTextReader (self->reader);
  jp_xlsx_zip_close_member (self->member);
  g_free (self->name);
  g_clear_error (&self->error);
  g_free (self);
}

static JpXlsxXmlEvent
fail (JpXlsxXml *self, const char *reason, GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                 "the part \"%s\" of the workbook %s", self->name, reason);

  return JP_XLSX_XML_FAILED;
}

/**
 * jp_xlsx_xml_next:
 * @self: a walk that has neither failed nor finished
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Goes on to the next event; comments and processing instructions are passed over. Each start has
 * its end: the document finishes only when every element has ended.
 *
 * Returns: the event; %JP_XLSX_XML_FAILED with %JP_DOCUMENTS_ERROR_INVALID (not well-formed, a
 *   document type, damaged archive) or %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
JpXlsxXmlEvent
jp_xlsx_xml_next (JpXlsxXml *self, GError **error)
{
  g_return_val_if_fail (self != NULL, JP_XLSX_XML_FAILED);

  if (self->end_due)
    {
      self->end_due = FALSE;
      self->depth--;
      return JP_XLSX_XML_END;
    }

  while (TRUE)
    {
      int result = jp_books->xmlTextReaderRead (self->reader);

      if (result < 0 || self->error != NULL)
        return fail (self, "is not well-formed", error);

      if (result == 0)
        return self->depth == 0 ? JP_XLSX_XML_FINISHED : fail (self, "ends too early", error);

      switch (jp_books->xmlTextReaderNodeType (self->reader))
        {
        case XML_READER_TYPE_ELEMENT:
          self->end_due = jp_books->xmlTextReaderIsEmptyElement (self->reader) == 1;
          self->depth++;
          return JP_XLSX_XML_START;

        case XML_READER_TYPE_END_ELEMENT:
          self->depth--;
          return JP_XLSX_XML_END;

        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
          return JP_XLSX_XML_TEXT;

        case XML_READER_TYPE_DOCUMENT_TYPE:
        case XML_READER_TYPE_ENTITY_REFERENCE:
          return fail (self, "declares a document type, which workbooks must not", error);

        default:
          break;
        }
    }
}

/**
 * jp_xlsx_xml_is:
 * @self: a walk at the start or end of an element
 * @element: a name without prefix
 *
 * Returns: whether the element has this name, in whatever namespace
 */
gboolean
jp_xlsx_xml_is (JpXlsxXml *self, const char *element)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (element != NULL, FALSE);

  const char *name = (const char *)jp_books->xmlTextReaderConstLocalName (self->reader);

  return name != NULL && strcmp (name, element) == 0;
}

/**
 * jp_xlsx_xml_get_attribute:
 * @self: a walk at the start of an element
 * @name: a name with its prefix replaced by `*:`, e.g. `*:id`, or without one, e.g. `r`
 *
 * Returns: (nullable) (transfer none): the value, valid until the next call with @self; %NULL if
 *   the element has no such attribute
 */
const char *
jp_xlsx_xml_get_attribute (JpXlsxXml *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  gboolean    is_prefixed = g_str_has_prefix (name, "*:");
  const char *value = NULL;

  if (is_prefixed)
    name += 2;

  while (value == NULL && jp_books->xmlTextReaderMoveToNextAttribute (self->reader) == 1)
    {
      const char *found = (const char *)jp_books->xmlTextReaderConstLocalName (self->reader);
      gboolean    has_prefix = jp_books->xmlTextReaderConstPrefix (self->reader) != NULL;

      if (jp_books->xmlTextReaderIsNamespaceDecl (self->reader) == 1)
        continue;

      if (found != NULL && has_prefix == is_prefixed && strcmp (found, name) == 0)
        value = (const char *)jp_books->xmlTextReaderConstValue (self->reader);
    }

  jp_books->xmlTextReaderMoveToElement (self->reader); /* ignored: it was there before */
  return value;
}

/**
 * jp_xlsx_xml_get_flag:
 * @self: a walk at the start of an element
 * @name: a name without prefix
 *
 * Returns: the value of an attribute of type boolean; %FALSE if it is missing
 */
gboolean
jp_xlsx_xml_get_flag (JpXlsxXml *self, const char *name)
{
  const char *value = jp_xlsx_xml_get_attribute (self, name);

  return value != NULL && (g_str_equal (value, "1") || g_str_equal (value, "true"));
}

/**
 * jp_xlsx_xml_get_text:
 * @self: a walk at a text
 *
 * Returns: (transfer none): the text, UTF-8, valid until the next call with @self
 */
const char *
jp_xlsx_xml_get_text (JpXlsxXml *self)
{
  g_return_val_if_fail (self != NULL, "");

  const char *text = (const char *)jp_books->xmlTextReaderConstValue (self->reader);

  return text != NULL ? text : "";
}
