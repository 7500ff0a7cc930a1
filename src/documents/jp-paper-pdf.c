/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-paper-private.h"

#include "jp-documents-error-private.h"
#include "jp-safe-file.h"

#include "jp-date.h"

#include <cairo-pdf.h>

#define CREATOR "org.heze.JiapeiSchool"

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (JpPaper *self, cairo_surface_t *surface)
{
  g_autofree char *created = jp_instant_to_iso (self->created_at_us);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR,
                                  self->author != NULL ? self->author : "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, CREATOR);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

/**
 * jp_paper_to_pdf:
 * @self: a paper; nothing can be added to it afterwards
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Writes the paper as PDF: fonts are embedded, only with the characters that are used; the text can
 * be searched and copied. The same paper gives the same bytes. Any thread but the main one.
 *
 * Returns: (transfer full): the file, or %NULL with %JP_DOCUMENTS_ERROR_IO
 */
GBytes *
jp_paper_to_pdf (JpPaper *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (write_cb, bytes, self->width, self->height);
  cairo_t       *cairo = cairo_create (surface);
  guint          n_pages = jp_paper_get_n_pages (self);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;

  set_metadata (self, surface);
  for (guint i = 0; i < n_pages; i++)
    {
      jp_paper_draw_page (self, cairo, i);
      cairo_show_page (cairo);
    }
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_IO, "could not write the PDF: %s",
               cairo_status_to_string (status));
  return NULL;
}

/**
 * jp_paper_save:
 * @self: a paper; nothing can be added to it afterwards
 * @file: the file to write
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Writes the paper into a PDF file, which appears only when it is complete. Any thread but the main
 * one.
 *
 * Returns: %TRUE, or %FALSE with an error; then an older file is unchanged
 */
gboolean
jp_paper_save (JpPaper *self, GFile *file, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (GBytes) pdf = jp_paper_to_pdf (self, error);
  g_autoptr (JpSafeFile) safe = NULL;
  const char *data = NULL;
  gsize       n_bytes = 0;

  if (pdf == NULL)
    return FALSE;

  data = g_bytes_get_data (pdf, &n_bytes);
  safe = jp_safe_file_open (file, error);
  return (safe != NULL && jp_safe_file_write (safe, data, n_bytes, error) &&
          jp_safe_file_commit (safe, error)) ||
         jp_documents_error_translate (error);
}
