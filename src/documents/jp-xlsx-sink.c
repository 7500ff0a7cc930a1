/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-sink.h"
#include "jp-books.h"
#include "jp-documents-error-private.h"
#include "jp-safe-file.h"
#include "jp-sheet.h"
#include "jp-xlsx-strings.h"
#include "jp-xlsx-verify.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

#define MIN_WIDTH         6u
#define MAX_WIDTH         60u
#define WIDTH_MARGIN      3u /* the arrow of the filter, and what bold type needs more */
#define MAX_EXACT_INTEGER G_GINT64_CONSTANT (999999999999999) /* Excel keeps 15 digits */
#define FIRST_SAFE_DATE   ((JpDate)19000301) /* before, Excel counts a day that never was */
#define MAX_NAME_UNITS    31
#define HEADER_COLOR      0xe8eef7
#define FALLBACK_NAME     "Sheet1"

static const char *const number_formats[] = {
  [JP_SHEET_COLUMN_TEXT] = "@",          [JP_SHEET_COLUMN_INTEGER] = "0",
  [JP_SHEET_COLUMN_DECIMAL] = "General", [JP_SHEET_COLUMN_MONEY] = "#,##0.00",
  [JP_SHEET_COLUMN_DATE] = "yyyy-mm-dd", [JP_SHEET_COLUMN_INSTANT] = "yyyy-mm-dd hh:mm:ss",
};

typedef struct
{
  JpSheetSink    parent;
  JpSafeFile    *file;                                   /* (owned) */
  lxw_workbook  *workbook;                               /* (owned) (nullable) */
  lxw_worksheet *worksheet;                              /* (borrowed) from workbook */
  lxw_format    *formats[G_N_ELEMENTS (number_formats)]; /* (borrowed) from workbook */
  lxw_format    *wrapped; /* (borrowed) from workbook: text of several lines */
  lxw_row_t      n_rows;  /* written, the header included */
  guint64        n_cells; /* written, the header included */
} XlsxSink;

typedef locale_t NumericScope;

static void
numeric_scope_clear (NumericScope *self)
{
  uselocale (*self);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NumericScope, numeric_scope_clear)

/* libxlsxwriter prints numbers with the decimal point of the locale, but a workbook wants that of
 * C: until the end of the scope it is that, on this thread. */
static NumericScope
numeric_scope_enter (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      locale_t c_locale = newlocale (LC_ALL_MASK, "C", (locale_t)0);

      g_assert (c_locale != (locale_t)0);
      g_once_init_leave (&ready, (gsize)c_locale);
    }

  return uselocale ((locale_t)ready);
}

static gboolean
fail (lxw_error code, GError **error)
{
  gboolean is_file_trouble =
    code >= LXW_ERROR_CREATING_XLSX_FILE && code <= LXW_ERROR_ZIP_CLOSE && errno != 0;

  if (is_file_trouble)
    jp_documents_error_set_from_errno (error, errno, "write the workbook");
  else
    g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_IO,
                 "could not write the workbook: %s", jp_books->lxw_strerror (code));

  return FALSE;
}

/* A worksheet's name has at most 31 characters, none of []:*?/\ and no apostrophe at the ends. */
static char *
clean_name (const char *name)
{
  GString *clean = g_string_new (NULL);
  guint    n_units = 0;

  for (; name != NULL && *name != '\0'; name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      n_units += c > 0xffff ? 2 : 1;
      if (n_units > MAX_NAME_UNITS)
        break;

      g_string_append_unichar (clean, c < ' ' || strchr ("[]:*?/\\'", (int)MIN (c, 127)) ? '-' : c);
    }

  if (clean->len == 0)
    g_string_assign (clean, FALLBACK_NAME);

  return g_string_free (clean, FALSE);
}

static gboolean
write_text (XlsxSink *self, lxw_col_t column, const char *text, lxw_format *format, GError **error)
{
  g_autofree char *escaped = jp_xlsx_strings_escape (text);
  lxw_error        code =
    jp_books->worksheet_write_string (self->worksheet, self->n_rows, column, escaped, format);

  self->n_cells++;
  return code == LXW_NO_ERROR || fail (code, error);
}

static gboolean
write_number (XlsxSink *self, lxw_col_t column, double number, lxw_format *format, GError **error)
{
  lxw_error code =
    jp_books->worksheet_write_number (self->worksheet, self->n_rows, column, number, format);

  self->n_cells++;
  return code == LXW_NO_ERROR || fail (code, error);
}

static gboolean
write_date (XlsxSink   *self,
            lxw_col_t   column,
            JpDate      date,
            gint64      second_of_day,
            lxw_format *format,
            GError    **error)
{
  lxw_datetime moment = {
    .year = jp_date_get_year (date),
    .month = jp_date_get_month (date),
    .day = jp_date_get_day (date),
    .hour = (int)(second_of_day / 3600),
    .min = (int)(second_of_day / 60 % 60),
    .sec = (double)(second_of_day % 60),
  };
  lxw_error code =
    jp_books->worksheet_write_datetime (self->worksheet, self->n_rows, column, &moment, format);

  self->n_cells++;
  return code == LXW_NO_ERROR || fail (code, error);
}

static JpSheetColumnType
format_index (JpSheetValueType type)
{
  static const JpSheetColumnType types[] = {
    [JP_SHEET_VALUE_EMPTY] = JP_SHEET_COLUMN_TEXT,
    [JP_SHEET_VALUE_TEXT] = JP_SHEET_COLUMN_TEXT,
    [JP_SHEET_VALUE_INTEGER] = JP_SHEET_COLUMN_INTEGER,
    [JP_SHEET_VALUE_DECIMAL] = JP_SHEET_COLUMN_DECIMAL,
    [JP_SHEET_VALUE_MONEY] = JP_SHEET_COLUMN_MONEY,
    [JP_SHEET_VALUE_DATE] = JP_SHEET_COLUMN_DATE,
    [JP_SHEET_VALUE_INSTANT] = JP_SHEET_COLUMN_INSTANT,
  };

  g_assert (type < G_N_ELEMENTS (types));

  return types[type];
}

static gboolean
write_value (XlsxSink *self, lxw_col_t column, const JpSheetValue *value, GError **error)
{
  lxw_format      *format = self->formats[format_index (value->type)];
  g_autofree char *text = NULL;
  JpDate           date = JP_DATE_NONE;

  switch (value->type)
    {
    case JP_SHEET_VALUE_EMPTY:
      return TRUE;

    case JP_SHEET_VALUE_TEXT:
      format =
        strchr (value->text, '\n') != NULL ? self->wrapped : self->formats[JP_SHEET_COLUMN_TEXT];
      return write_text (self, column, value->text, format, error);

    case JP_SHEET_VALUE_DECIMAL:
      return write_number (self, column, value->decimal, format, error);

    case JP_SHEET_VALUE_INTEGER:
    case JP_SHEET_VALUE_MONEY:
      if (ABS (value->integer) <= MAX_EXACT_INTEGER)
        return write_number (self, column,
                             value->type == JP_SHEET_VALUE_MONEY ? (double)value->integer / 100
                                                                 : (double)value->integer,
                             format, error);
      break;

    case JP_SHEET_VALUE_DATE:
      date = (JpDate)value->integer;
      if (date >= FIRST_SAFE_DATE)
        return write_date (self, column, date, 0, format, error);
      break;

    case JP_SHEET_VALUE_INSTANT:
    default:
      date = jp_date_from_instant (value->integer);
      if (date >= FIRST_SAFE_DATE)
        return write_date (self, column, date,
                           (value->integer - jp_date_to_instant (date, 0, 0)) / JP_SECOND_US,
                           format, error);
      break;
    }

  /* What a workbook cannot hold as a number without changing it. */
  text = jp_sheet_sink_format (value);
  return write_text (self, column, text, self->formats[JP_SHEET_COLUMN_TEXT], error);
}

static void
make_formats (XlsxSink *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (number_formats); i++)
    {
      self->formats[i] = jp_books->workbook_add_format (self->workbook);
      jp_books->format_set_num_format (self->formats[i], number_formats[i]);
      jp_books->format_set_align (self->formats[i], LXW_ALIGN_VERTICAL_TOP);
    }

  self->wrapped = jp_books->workbook_add_format (self->workbook);
  jp_books->format_set_num_format (self->wrapped, number_formats[JP_SHEET_COLUMN_TEXT]);
  jp_books->format_set_align (self->wrapped, LXW_ALIGN_VERTICAL_TOP);
  jp_books->format_set_text_wrap (self->wrapped);
}

/* A label stands where the values of its column do: text at the left, all else at the right. */
static lxw_format *
make_header_format (XlsxSink *self, uint8_t alignment)
{
  lxw_format *format = jp_books->workbook_add_format (self->workbook);

  jp_books->format_set_num_format (format, number_formats[JP_SHEET_COLUMN_TEXT]);
  jp_books->format_set_bold (format);
  jp_books->format_set_bg_color (format, HEADER_COLOR);
  jp_books->format_set_bottom (format, LXW_BORDER_THIN);
  jp_books->format_set_align (format, alignment);
  jp_books->format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  return format;
}

static gboolean
write_header (XlsxSink *self, GError **error)
{
  lxw_format *left = make_header_format (self, LXW_ALIGN_LEFT);
  lxw_format *right = make_header_format (self, LXW_ALIGN_RIGHT);

  for (guint i = 0; i < self->parent.n_columns; i++)
    {
      const JpSheetColumn *column = &self->parent.columns[i];
      guint                width = CLAMP (column->width + WIDTH_MARGIN, MIN_WIDTH, MAX_WIDTH);
      lxw_error code = jp_books->worksheet_set_column (self->worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                                       width, self->formats[column->type]);

      if (code != LXW_NO_ERROR)
        return fail (code, error);

      if (*column->label != '\0' &&
          !write_text (self, (lxw_col_t)i, column->label,
                       column->type == JP_SHEET_COLUMN_TEXT ? left : right, error))
        return FALSE;
    }

  jp_books->worksheet_freeze_panes (self->worksheet, 1, 0);
  self->n_rows = 1;
  return TRUE;
}

static gboolean
xlsx_sink_begin (JpSheetSink *sink, GError **error)
{
  g_auto (NumericScope) scope G_GNUC_UNUSED = numeric_scope_enter ();
  XlsxSink                   *self = (XlsxSink *)sink;
  g_autofree char            *name = clean_name (sink->name);

  /* The rows wait in a nameless file. It lies beside the workbook, so that no other disk gets to
   * see them or can be full. */
  lxw_workbook_options options = {
    .constant_memory = LXW_TRUE,
    .tmpdir = (char *)jp_safe_file_get_folder (self->file),
  };

  errno = 0;
  self->workbook = jp_books->workbook_new_opt (jp_safe_file_get_path (self->file), &options);
  if (self->workbook != NULL)
    self->worksheet = jp_books->workbook_add_worksheet (self->workbook, name);

  if (self->worksheet == NULL)
    return fail (LXW_ERROR_CREATING_TMPFILE, error);

  make_formats (self);
  return write_header (self, error);
}

static gboolean
xlsx_sink_add_row (JpSheetSink *sink, const JpSheetValue *values, GError **error)
{
  g_auto (NumericScope) scope G_GNUC_UNUSED = numeric_scope_enter ();
  XlsxSink                   *self = (XlsxSink *)sink;

  for (guint i = 0; i < sink->n_columns; i++)
    {
      if (!write_value (self, (lxw_col_t)i, &values[i], error))
        return FALSE;
    }

  self->n_rows++;
  return TRUE;
}

static gboolean
xlsx_sink_end (JpSheetSink *sink, GError **error)
{
  g_auto (NumericScope) scope G_GNUC_UNUSED = numeric_scope_enter ();
  XlsxSink                   *self = (XlsxSink *)sink;

  jp_books->worksheet_autofilter (self->worksheet, 0, 0, self->n_rows - 1,
                                  (lxw_col_t)(sink->n_columns - 1));

  errno = 0;

  lxw_error code = jp_books->workbook_close (g_steal_pointer (&self->workbook));

  if (code != LXW_NO_ERROR)
    return fail (code, error);

  return jp_xlsx_verify_file (jp_safe_file_get_path (self->file), self->n_cells, error) &&
         (jp_safe_file_commit (self->file, error) || jp_documents_error_translate (error));
}

static void
xlsx_sink_free (JpSheetSink *sink)
{
  XlsxSink *self = (XlsxSink *)sink;

  if (self->workbook != NULL)
    jp_books->lxw_workbook_free (self->workbook);

  jp_safe_file_close (self->file);
  g_free (self);
}

static const JpSheetSinkClass xlsx_sink_class = {
  .begin = xlsx_sink_begin,
  .add_row = xlsx_sink_add_row,
  .end = xlsx_sink_end,
  .free = xlsx_sink_free,
};

/**
 * jp_xlsx_sink_new:
 * @file: the file to write
 * @error: return location for a #JpDocumentsError
 *
 * Begins a workbook with one worksheet: numbers and dates are real ones, texts are never formulas,
 * the header stays in view and has filters. The memory it takes does not grow with the rows.
 *
 * Returns: (transfer full): the sink, or %NULL with %JP_DOCUMENTS_ERROR_IO or
 *   %JP_DOCUMENTS_ERROR_NO_SPACE
 */
JpSheetSink *
jp_xlsx_sink_new (GFile *file, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (!jp_books_load (error))
    return NULL;

  JpSafeFile *safe_file = jp_safe_file_open (file, error);

  if (safe_file == NULL)
    {
      jp_documents_error_translate (error);
      return NULL;
    }

  XlsxSink *self = g_new0 (XlsxSink, 1);

  self->parent.klass = &xlsx_sink_class;
  self->file = safe_file;
  return &self->parent;
}
