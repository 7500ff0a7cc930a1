/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-text.h"

#include "jp-data.h"
#include "jp-model-error.h"
#include "jp-money.h"

#include <string.h>

#define FORMAT           "jiapei-contract-text"
#define FOLDER           "contracts"
#define MAX_PLACEHOLDERS 128
#define MAX_SECTIONS     64
#define MAX_CLAUSES      64
#define OPEN             "{{"
#define CLOSE            "}}"
#define ID_CHARACTERS    "abcdefghijklmnopqrstuvwxyz0123456789_"

typedef struct
{
  char  *heading; /* (owned) */
  char **clauses; /* (owned) */
} Section;

struct _JpContractText
{
  JpDataHeader *header;       /* (owned) */
  char         *digest;       /* (owned) */
  GPtrArray    *placeholders; /* (owned) (element-type JpContractPlaceholder) */
  GPtrArray    *sections;     /* (owned) (element-type Section) */
};

static void
placeholder_free (JpContractPlaceholder *placeholder)
{
  g_free (placeholder->id);
  g_free (placeholder->title);
  g_free (placeholder->fallback);
  g_free (placeholder);
}

static void
section_free (Section *section)
{
  g_free (section->heading);
  g_strfreev (section->clauses);
  g_free (section);
}

static void
paragraph_free (JpContractParagraph *paragraph)
{
  g_free (paragraph->text);
  g_free (paragraph);
}

static void
contract_text_clear (JpContractText *self)
{
  g_clear_pointer (&self->header, jp_data_header_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->placeholders, g_ptr_array_unref);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
}

static const JpContractPlaceholder *
find_placeholder (JpContractText *self, const char *id, gsize length)
{
  for (guint i = 0; i < self->placeholders->len; i++)
    {
      const JpContractPlaceholder *placeholder = g_ptr_array_index (self->placeholders, i);

      if (strlen (placeholder->id) == length && memcmp (placeholder->id, id, length) == 0)
        return placeholder;
    }

  return NULL;
}

/* A template alternates between plain text and gaps. Gives the next piece of it. */
typedef struct
{
  const char *at; /* of a gap, its name */
  gsize       length;
  gboolean    is_gap;
} Piece;

/* FALSE at the end, and, with @out_broken, at braces that are no gap. */
static gboolean
next_piece (const char **cursor, Piece *out_piece, gboolean *out_broken)
{
  const char *at = *cursor;

  if (*at == '\0')
    return FALSE;

  if (!g_str_has_prefix (at, OPEN))
    {
      const char *open = strstr (at, OPEN);
      gsize       length = open != NULL ? (gsize)(open - at) : strlen (at);
      const char *close = g_strstr_len (at, (gssize)length, CLOSE);

      *out_broken = close != NULL;
      *out_piece = (Piece){ at, length, FALSE };
      *cursor = at + length;
      return !*out_broken;
    }

  const char *name = at + strlen (OPEN);
  gsize       length = strspn (name, ID_CHARACTERS);

  *out_broken = length == 0 || !g_str_has_prefix (name + length, CLOSE);
  *out_piece = (Piece){ name, length, TRUE };
  *cursor = *out_broken ? at : name + length + strlen (CLOSE);

  return !*out_broken;
}

static void
check_clause (JpContractText *self, JpDataReader *reader, const char *clause, GHashTable *used)
{
  Piece    piece = { 0 };
  gboolean is_broken = FALSE;

  while (next_piece (&clause, &piece, &is_broken))
    {
      const JpContractPlaceholder *placeholder =
        piece.is_gap ? find_placeholder (self, piece.at, piece.length) : NULL;

      if (piece.is_gap && placeholder == NULL)
        jp_data_reader_fail (reader, "clauses", JP_MODEL_ERROR_INVALID,
                             "there is no placeholder \"%.*s\"", (int)piece.length, piece.at);
      if (placeholder != NULL)
        g_hash_table_add (used, placeholder->id);
    }

  if (is_broken)
    jp_data_reader_fail (reader, "clauses", JP_MODEL_ERROR_INVALID,
                         "has braces that are not a placeholder");
}

static void
read_placeholder (JpContractText *self, JpDataReader *reader)
{
  JpContractPlaceholder *placeholder = g_new0 (JpContractPlaceholder, 1);

  placeholder->id = g_strdup (jp_data_reader_text (reader, "id"));
  placeholder->title = g_strdup (jp_data_reader_text (reader, "title"));
  placeholder->fallback = g_strdup (jp_data_reader_text_if (reader, "fallback"));

  gsize length = strlen (placeholder->id);

  if (strspn (placeholder->id, ID_CHARACTERS) != length)
    jp_data_reader_fail (reader, "id", JP_MODEL_ERROR_INVALID,
                         "has other characters than a–z, 0–9 and _");
  if (find_placeholder (self, placeholder->id, length) != NULL)
    jp_data_reader_fail (reader, "id", JP_MODEL_ERROR_INVALID, "\"%s\" occurs twice",
                         placeholder->id);

  g_ptr_array_add (self->placeholders, placeholder);
}

static void
read_section (JpContractText *self, JpDataReader *reader, GHashTable *used)
{
  Section *section = g_new0 (Section, 1);

  jp_data_reader_text (reader, "id");
  section->heading = g_strdup (jp_data_reader_text (reader, "heading"));
  section->clauses = jp_data_reader_texts_if (reader, "clauses", MAX_CLAUSES);
  g_ptr_array_add (self->sections, section);

  if (section->clauses[0] == NULL)
    jp_data_reader_fail (reader, "clauses", JP_MODEL_ERROR_MISSING, "there is no clause");

  for (guint i = 0; section->clauses[i] != NULL; i++)
    check_clause (self, reader, section->clauses[i], used);
}

static void
read_text (JpContractText *self, JpDataReader *reader)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_placeholders = jp_data_reader_enter_list (reader, "placeholders", 1, MAX_PLACEHOLDERS);

  for (guint i = 0; i < n_placeholders && jp_data_reader_enter_element (reader, i); i++)
    {
      read_placeholder (self, reader);
      jp_data_reader_leave (reader);
    }

  if (n_placeholders > 0)
    jp_data_reader_leave (reader);

  guint n_sections = jp_data_reader_enter_list (reader, "sections", 1, MAX_SECTIONS);

  for (guint i = 0; i < n_sections && jp_data_reader_enter_element (reader, i); i++)
    {
      read_section (self, reader, used);
      jp_data_reader_leave (reader);
    }

  if (n_sections > 0)
    jp_data_reader_leave (reader);

  for (guint i = 0; i < self->placeholders->len; i++)
    {
      const JpContractPlaceholder *placeholder = jp_contract_text_get_placeholder (self, i);

      if (!g_hash_table_contains (used, placeholder->id))
        jp_data_reader_fail (reader, "placeholders", JP_MODEL_ERROR_INVALID,
                             "no clause uses \"%s\"", placeholder->id);
    }
}

/**
 * jp_contract_text_new_from_bytes: (constructor)
 * @file_name: for messages
 * @bytes: a contract text file
 * @error: return location for a [error@Jp.ModelError]
 *
 * Reads and checks a model text: every gap is declared, every declared gap is used. Any thread.
 *
 * Returns: (transfer full): the text, or %NULL with an error that names file, line, member and
 *   reason
 */
JpContractText *
jp_contract_text_new_from_bytes (const char *file_name, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (file_name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (JpDataReader) reader = jp_data_reader_new (file_name, bytes, error);

  if (reader == NULL)
    return NULL;

  g_autoptr (JpContractText) self = g_atomic_rc_box_new0 (JpContractText);

  self->header = jp_data_header_read (reader, FORMAT);
  self->digest = jp_data_reader_dup_digest (reader);
  self->placeholders = g_ptr_array_new_with_free_func ((GDestroyNotify)placeholder_free);
  self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify)section_free);
  read_text (self, reader);

  if (!jp_data_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * jp_contract_text_new_from_data: (constructor)
 * @id: a file of the program without its `.json`, like `heze-model-draft`
 * @error: return location for a [error@Jp.ModelError]
 *
 * Returns: (transfer full): the text, or %NULL with %JP_MODEL_ERROR_MISSING
 */
JpContractText *
jp_contract_text_new_from_data (const char *id, GError **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  g_autofree char *path = g_strconcat (FOLDER, "/", id, ".json", NULL);
  g_autoptr (GBytes) bytes = jp_data_lookup (path, error);

  return bytes != NULL ? jp_contract_text_new_from_bytes (path, bytes, error) : NULL;
}

/**
 * jp_contract_text_ref:
 * @self: a text
 *
 * Returns: (transfer full): another reference
 */
JpContractText *
jp_contract_text_ref (JpContractText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_contract_text_unref:
 * @self: (nullable) (transfer full): a text
 *
 * Drops a reference.
 */
void
jp_contract_text_unref (JpContractText *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify)contract_text_clear);
}

/**
 * jp_contract_text_get_header:
 * @self: a text
 *
 * Returns: (transfer none): issuer, version, validity and sources
 */
const JpDataHeader *
jp_contract_text_get_header (JpContractText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->header;
}

/**
 * jp_contract_text_get_digest:
 * @self: a text
 *
 * Returns: SHA-256 of the template's file without white space, in hexadecimal
 */
const char *
jp_contract_text_get_digest (JpContractText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->digest;
}

/**
 * jp_contract_text_get_n_placeholders:
 * @self: a text
 *
 * Returns: how many different gaps it has
 */
guint
jp_contract_text_get_n_placeholders (JpContractText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->placeholders->len;
}

/**
 * jp_contract_text_get_placeholder:
 * @self: a text
 * @index: which gap
 *
 * Returns: (transfer none): the gap
 */
const JpContractPlaceholder *
jp_contract_text_get_placeholder (JpContractText *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->placeholders->len, NULL);

  return g_ptr_array_index (self->placeholders, index);
}

/* No line ends, no invisible characters, nothing that looks like a gap. */
static gboolean
is_clean_value (const char *value)
{
  if (strlen (value) > JP_CONTRACT_TEXT_MAX_VALUE_BYTES || !g_utf8_validate (value, -1, NULL))
    return FALSE;
  if (strstr (value, OPEN) != NULL || strstr (value, CLOSE) != NULL)
    return FALSE;

  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      switch ((int)g_unichar_type (g_utf8_get_char (p)))
        {
        case G_UNICODE_CONTROL:
        case G_UNICODE_FORMAT:
        case G_UNICODE_LINE_SEPARATOR:
        case G_UNICODE_PARAGRAPH_SEPARATOR:
          return FALSE;
        default:
          break;
        }
    }

  return TRUE;
}

static const char *
get_value (const JpContractPlaceholder *placeholder, GHashTable *values)
{
  const char *value = g_hash_table_lookup (values, placeholder->id);

  return value != NULL && value[0] != '\0' ? value : placeholder->fallback;
}

/* The values themselves stay out of messages: they are personal data. */
static gboolean
check_values (JpContractText *self, GHashTable *values, GError **error)
{
  GHashTableIter iter;
  gpointer       id = NULL;
  gpointer       value = NULL;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      if (find_placeholder (self, id, strlen (id)) == NULL)
        {
          g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID,
                       "the contract text has no placeholder \"%s\"", (const char *)id);
          return FALSE;
        }
      if (value != NULL && !is_clean_value (value))
        {
          g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID,
                       "the value for \"%s\" cannot stand in a contract", (const char *)id);
          return FALSE;
        }
    }

  for (guint i = 0; i < self->placeholders->len; i++)
    {
      const JpContractPlaceholder *placeholder = jp_contract_text_get_placeholder (self, i);

      if (get_value (placeholder, values) == NULL)
        {
          g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING,
                       "the contract needs a value for \"%s\"", placeholder->id);
          return FALSE;
        }
    }

  return TRUE;
}

static char *
fill_clause (JpContractText *self, const char *clause, guint number, GHashTable *values)
{
  g_autoptr (GString) filled = g_string_new (NULL);
  Piece    piece = { 0 };
  gboolean is_broken = FALSE;

  g_string_append_printf (filled, "%u. ", number);
  while (next_piece (&clause, &piece, &is_broken))
    {
      if (piece.is_gap)
        g_string_append (filled,
                         get_value (find_placeholder (self, piece.at, piece.length), values));
      else
        g_string_append_len (filled, piece.at, (gssize)piece.length);
    }

  g_assert (!is_broken);

  return g_string_free (g_steal_pointer (&filled), FALSE);
}

static void
add_paragraph (GPtrArray *paragraphs, JpContractParagraphKind kind, char *text)
{
  JpContractParagraph *paragraph = g_new0 (JpContractParagraph, 1);

  paragraph->kind = kind;
  paragraph->text = text;
  g_ptr_array_add (paragraphs, paragraph);
}

/**
 * jp_contract_text_render_paragraphs:
 * @self: a text
 * @values: (element-type utf8 utf8): what goes into the gaps, by their names; empty counts as
 * absent
 * @error: return location for a [error@Jp.ModelError]
 *
 * Fills the gaps in one pass: what looks like a gap inside a value is refused and never filled.
 *
 * Returns: (transfer full) (element-type JpContractParagraph): the contract; or %NULL with
 *   %JP_MODEL_ERROR_MISSING if a gap without fallback has no value, %JP_MODEL_ERROR_INVALID if a
 *   value belongs to no gap, is too long, or has line ends, invisible characters or double braces
 */
GPtrArray *
jp_contract_text_render_paragraphs (JpContractText *self, GHashTable *values, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_values (self, values, error))
    return NULL;

  GPtrArray *paragraphs = g_ptr_array_new_with_free_func ((GDestroyNotify)paragraph_free);

  add_paragraph (paragraphs, JP_CONTRACT_PARAGRAPH_TITLE, g_strdup (self->header->title));

  for (guint i = 0; i < self->sections->len; i++)
    {
      const Section *section = g_ptr_array_index (self->sections, i);

      add_paragraph (paragraphs, JP_CONTRACT_PARAGRAPH_HEADING, g_strdup (section->heading));
      for (guint j = 0; section->clauses[j] != NULL; j++)
        add_paragraph (paragraphs, JP_CONTRACT_PARAGRAPH_CLAUSE,
                       fill_clause (self, section->clauses[j], j + 1, values));
    }

  return paragraphs;
}

/**
 * jp_contract_text_render:
 * @self: a text
 * @values: (element-type utf8 utf8): what goes into the gaps, by their names
 * @error: return location for a [error@Jp.ModelError]
 *
 * As jp_contract_text_render_paragraphs(), as one plain text: a line for each paragraph, an empty
 * line before each heading. The same values give the same bytes: they are what is signed.
 *
 * Returns: (transfer full): the contract, or %NULL with the same errors
 */
char *
jp_contract_text_render (JpContractText *self, GHashTable *values, GError **error)
{
  g_autoptr (GPtrArray) paragraphs = jp_contract_text_render_paragraphs (self, values, error);

  if (paragraphs == NULL)
    return NULL;

  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < paragraphs->len; i++)
    {
      const JpContractParagraph *paragraph = g_ptr_array_index (paragraphs, i);

      if (paragraph->kind == JP_CONTRACT_PARAGRAPH_HEADING)
        g_string_append_c (text, '\n');
      g_string_append (text, paragraph->text);
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jp_contract_text_hash:
 * @text: a filled contract
 *
 * Returns: (transfer full): SHA-256 of its UTF-8 bytes in 64 lower-case hexadecimal digits
 */
char *
jp_contract_text_hash (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* Up to 9999 with 仟佰拾; one 零 for a run of inner zeros. */
static void
append_group (GString *text, int group, gboolean needs_zero)
{
  static const char *const digits[] = {
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"
  };
  static const char *const units[] = { "仟", "佰", "拾", "" };
  static const int         weights[] = { 1000, 100, 10, 1 };

  for (int i = 0; i < 4; i++)
    {
      int digit = group / weights[i] % 10;

      if (digit == 0)
        {
          needs_zero = needs_zero || group / weights[i] > 0;
          continue;
        }
      if (needs_zero)
        g_string_append (text, digits[0]);

      g_string_append (text, digits[digit]);
      g_string_append (text, units[i]);
      needs_zero = FALSE;
    }
}

/**
 * jp_contract_text_capital_amount:
 * @amount_fen: an amount, 0 … %JP_FEN_MAX
 *
 * Writes an amount in the characters that cannot be altered, as contracts and cheques do
 * (支付结算办法, annex 1): 4280.05 yuan is 肆仟贰佰捌拾元零伍分, 100 yuan is 壹佰元整.
 *
 * Returns: (transfer full): the amount in words
 */
char *
jp_contract_text_capital_amount (gint64 amount_fen)
{
  static const char *const groups[] = { "亿", "万", "" };
  static const gint64      weights[] = { 100000000, 10000, 1 };

  g_return_val_if_fail (amount_fen >= 0 && amount_fen <= JP_FEN_MAX, NULL);

  g_autoptr (GString) text = g_string_new (NULL);
  gint64   yuan = amount_fen / 100;
  int      jiao = (int)(amount_fen / 10 % 10);
  int      fen = (int)(amount_fen % 10);
  gboolean needs_zero = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      int group = (int)(yuan / weights[i] % 10000);

      if (group > 0)
        {
          append_group (text, group, needs_zero || (text->len > 0 && group < 1000));
          g_string_append (text, groups[i]);
        }

      needs_zero = text->len > 0 && (group == 0 || group % 10 == 0);
    }

  if (yuan > 0)
    g_string_append (text, "元");
  if (jiao > 0)
    {
      append_group (text, jiao, yuan > 0 && yuan % 10 == 0);
      g_string_append (text, "角");
    }
  if (fen > 0)
    {
      append_group (text, fen, yuan > 0 && jiao == 0);
      g_string_append (text, "分");
    }
  if (fen == 0)
    g_string_append (text, text->len > 0 ? "整" : "零元整");

  return g_string_free (g_steal_pointer (&text), FALSE);
}
