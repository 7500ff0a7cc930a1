/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-xlsx-zip.h"

G_BEGIN_DECLS

/* Walks through an XML part of a workbook. Nothing is fetched, no document type is accepted, and
 * namespaces are ignored: "transitional" and "strict" workbooks differ only in those. */

/**
 * JpXlsxXmlEvent:
 * @JP_XLSX_XML_FAILED: there is an error
 * @JP_XLSX_XML_FINISHED: the document has ended
 * @JP_XLSX_XML_START: an element begins
 * @JP_XLSX_XML_END: an element ends; an empty element does so at once
 * @JP_XLSX_XML_TEXT: text; a long one may come in several pieces
 */
typedef enum {
  JP_XLSX_XML_FAILED,
  JP_XLSX_XML_FINISHED,
  JP_XLSX_XML_START,
  JP_XLSX_XML_END,
  JP_XLSX_XML_TEXT,
} JpXlsxXmlEvent;

typedef struct _JpXlsxXml JpXlsxXml;

JpXlsxXml      *
jp_xlsx_xml_open (JpXlsxZip *zip, const char *name, GCancellable *cancellable, GError **error);
void jp_xlsx_xml_close (JpXlsxXml *self);
JpXlsxXmlEvent jp_xlsx_xml_next (JpXlsxXml *self, GError **error);
gboolean       jp_xlsx_xml_is (JpXlsxXml *self, const char *element);
const char    *jp_xlsx_xml_get_attribute (JpXlsxXml *self, const char *name);
gboolean       jp_xlsx_xml_get_flag (JpXlsxXml *self, const char *name);
const char    *jp_xlsx_xml_get_text (JpXlsxXml *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpXlsxXml, jp_xlsx_xml_close)

G_END_DECLS
