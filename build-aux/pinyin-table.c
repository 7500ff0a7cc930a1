/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the table of how Han characters are read, from ICU's transliterators, when the program is
 * built: the program itself then needs no ICU, which took 2 MiB of each start, a lock around each
 * character, and the same version of ICU on all PCs of a school.
 *
 *   pinyin-table OUT.h */

#include "jp-pinyin-range.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unicode/utrans.h>
#include <unicode/uversion.h>

#define UTF16_CAPACITY 64

typedef struct
{
  GPtrArray  *syllables; /* (owned) (element-type utf8): in the order of their numbers */
  GHashTable *numbers;   /* (owned): syllable → number + 1 */
  GString    *surnames;  /* (owned): lines of the table of surnames */
} Table;

static UTransliterator *
open_transliterator (const char *id)
{
  UErrorCode            status = U_ZERO_ERROR;
  g_autofree gunichar2 *name = g_utf8_to_utf16 (id, -1, NULL, NULL, NULL);
  UTransliterator      *self =
    utrans_openU ((const UChar *)name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);

  return U_SUCCESS (status) ? self : NULL;
}

/* "lǚ" → "lv": tone marks go, ü is typed as v. */
static char *
strip_tones (const char *latin)
{
  g_autofree char *parts = g_utf8_normalize (latin, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = parts; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == 0x0308 && plain->len > 0 && plain->str[plain->len - 1] == 'u')
        plain->str[plain->len - 1] = 'v';
      else if (character < 0x80 && g_ascii_isalpha ((char)character))
        g_string_append_c (plain, g_ascii_tolower ((char)character));
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
transliterate (UTransliterator *transliterator, const char *character)
{
  UErrorCode            status = U_ZERO_ERROR;
  UChar                 text[UTF16_CAPACITY] = { 0 };
  glong                 n_units = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (character, -1, NULL, &n_units, NULL);
  int32_t               length = (int32_t)n_units;
  int32_t               limit = (int32_t)n_units;
  g_autofree char      *latin = NULL;

  if (transliterator == NULL || units == NULL || n_units <= 0 || n_units >= UTF16_CAPACITY)
    return g_strdup ("");

  memcpy (text, units, (gsize)n_units * sizeof (UChar));
  utrans_transUChars (transliterator, text, &length, UTF16_CAPACITY, 0, &limit, &status);
  if (U_FAILURE (status))
    return g_strdup ("");
  latin = g_utf16_to_utf8 ((const gunichar2 *)text, length, NULL, NULL, NULL);
  return latin != NULL ? strip_tones (latin) : g_strdup ("");
}

/* Returns: its number, 0 for none */
static guint
number_of (Table *self, const char *syllable)
{
  guint number = 0;

  if (*syllable == '\0')
    return 0;
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, syllable));
  if (number == 0)
    {
      g_ptr_array_add (self->syllables, g_strdup (syllable));
      number = self->syllables->len;
      g_hash_table_insert (self->numbers, g_strdup (syllable), GUINT_TO_POINTER (number));
    }
  return number;
}

static gboolean
is_han (gunichar character)
{
  return g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN && g_unichar_isalpha (character);
}

static void
write_range (Table *self, FILE *file, const char *name, gunichar first, gunichar last)
{
  UTransliterator *plain = open_transliterator ("Han-Latin");
  UTransliterator *surname = open_transliterator ("Han-Latin/Names");

  if (plain == NULL || surname == NULL)
    g_error ("this ICU cannot transliterate Han");

  fprintf (file, "static const guint16 %s[] = {", name);
  for (gunichar character = first; character <= last; character++)
    {
      char             text[7] = { 0 };
      g_autofree char *usual = NULL;
      g_autofree char *in_name = NULL;

      g_unichar_to_utf8 (character, text);
      usual = is_han (character) ? transliterate (plain, text) : g_strdup ("");
      in_name = is_han (character) ? transliterate (surname, text) : g_strdup ("");
      fprintf (file, "%s%u,", (character - first) % 16 == 0 ? "\n  " : " ",
               number_of (self, usual));
      if (!g_str_equal (usual, in_name) && *in_name != '\0')
        g_string_append_printf (self->surnames, "  { 0x%x, %u },\n", character,
                                number_of (self, in_name));
    }
  fputs ("\n};\n\n", file);
  utrans_close (plain);
  utrans_close (surname);
}

static void
write_syllables (Table *self, FILE *file)
{
  gsize longest = 0;

  for (guint i = 0; i < self->syllables->len; i++)
    longest = MAX (longest, strlen (self->syllables->pdata[i]));
  fprintf (file, "static const char table_syllables[][%" G_GSIZE_FORMAT "] = {\n  \"\",\n",
           longest + 1);
  for (guint i = 0; i < self->syllables->len; i++)
    fprintf (file, "  \"%s\",\n", (const char *)self->syllables->pdata[i]);
  fputs ("};\n\n", file);
  fprintf (file,
           "static const struct\n{\n  gunichar character;\n  guint16  syllable;\n} "
           "table_surnames[] = "
           "{\n%s};\n",
           self->surnames->str);
}

int
main (int argc, char *argv[])
{
  Table        table = { 0 };
  UVersionInfo version = { 0 };
  FILE        *file = argc == 2 ? fopen (argv[1], "w") : NULL;

  if (file == NULL)
    {
      fputs ("usage: pinyin-table OUT.h\n", stderr);
      return 1;
    }

  table.syllables = g_ptr_array_new_with_free_func (g_free);
  table.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  table.surnames = g_string_new (NULL);
  u_getVersion (version);
  fputs ("/* Written when the program is built; the readings are those of Unicode's CLDR. */\n\n",
         file);
  fprintf (file, "#define TABLE_VERSION \"%d.%d\"\n\n", version[0], version[1]);
  write_range (&table, file, "table_basic", JP_PINYIN_BASIC_FIRST, JP_PINYIN_BASIC_LAST);
  write_range (&table, file, "table_rare", JP_PINYIN_RARE_FIRST, JP_PINYIN_RARE_LAST);
  write_syllables (&table, file);
  g_ptr_array_unref (table.syllables);
  g_hash_table_unref (table.numbers);
  g_string_free (table.surnames, TRUE);
  return fclose (file) == 0 ? 0 : 1;
}
