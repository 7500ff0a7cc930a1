/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pinyin.h"

#include "jp-pinyin-range.h"

#include <string.h>

#include "jp-pinyin-table.h"

#define RULES_REVISION       1 /* changes with the table below or with how keys are made */
#define MAX_CHARACTERS       16
#define MAX_READINGS         4
#define MAX_VARIANTS         16 /* of one name: 单 has three readings, 曾 two */
#define MAX_QUERY_LETTERS    64
#define MIN_MIXED_LETTERS    3
#define MAX_SYLLABLE_LETTERS 6 /* zhuang */
#define MAX_CUT_STEPS        200
#define KEY_MARK             '\n' /* begins each key, so that a search matches from its beginning */

/* Characters with more than one reading in names: surnames are read otherwise than the same
 * character in a word, and people type either. The table knows one reading each, and some of its
 * surnames are wrong (缪, 澹, 覃, 朴). All readings are indexed. */
static const struct
{
  const char *character;
  const char *readings;
} known[] = {
  { "万", "wan mo" },      { "乐", "le yue" },      { "乜", "nie mie" },
  { "仇", "qiu chou" },    { "俟", "qi si" },       { "单", "shan dan chan" },
  { "区", "ou qu" },       { "卜", "bu bo" },       { "召", "shao zhao" },
  { "员", "yun yuan" },    { "圈", "juan quan" },   { "奇", "qi ji" },
  { "娜", "na nuo" },      { "宓", "mi fu" },       { "尉", "yu wei" },
  { "折", "she zhe" },     { "晟", "sheng cheng" }, { "曾", "zeng ceng" },
  { "朝", "chao zhao" },   { "朴", "piao pu" },     { "查", "zha cha" },
  { "柏", "bai bo" },      { "沈", "shen chen" },   { "洗", "xian xi" },
  { "澹", "tan dan" },     { "牟", "mu mou" },      { "盖", "ge gai" },
  { "盛", "sheng cheng" }, { "祭", "zhai ji" },     { "种", "chong zhong" },
  { "秘", "bi mi" },       { "繁", "po fan" },      { "缪", "miao mou" },
  { "翟", "zhai di" },     { "能", "nai neng" },    { "茜", "qian xi" },
  { "莘", "shen xin" },    { "蕃", "fan bo" },      { "薄", "bo bao" },
  { "藏", "zang cang" },   { "行", "xing hang" },   { "褚", "chu zhu" },
  { "覃", "qin tan" },     { "解", "xie jie" },     { "谌", "chen shen" },
  { "贾", "jia gu" },      { "车", "che ju" },      { "适", "shi kuo" },
  { "郇", "xun huan" },    { "郗", "xi chi" },      { "都", "du dou" },
  { "重", "chong zhong" }, { "长", "chang zhang" }, { "隗", "wei kui" },
  { "颉", "jie xie" },     { "黑", "he hei" },
};

/* A name's characters come again and again. */
static GMutex      mutex;
static GHashTable *cache; /* (owned) (nullable): guarded by mutex: see get_readings */

/* Returns: (transfer none): how a character is read, "" if nobody knows */
static const char *
find_usual (gunichar character)
{
  if (character >= JP_PINYIN_BASIC_FIRST && character <= JP_PINYIN_BASIC_LAST)
    return table_syllables[table_basic[character - JP_PINYIN_BASIC_FIRST]];
  if (character >= JP_PINYIN_RARE_FIRST && character <= JP_PINYIN_RARE_LAST)
    return table_syllables[table_rare[character - JP_PINYIN_RARE_FIRST]];
  return "";
}

/* Returns: (transfer none): how it is read as a surname, "" if that is no other way */
static const char *
find_surname (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table_surnames); i++)
    if (table_surnames[i].character == character)
      return table_syllables[table_surnames[i].syllable];

  return "";
}

static void
add_reading (GPtrArray *readings, const char *reading)
{
  if (*reading != '\0' && readings->len < MAX_READINGS &&
      !g_ptr_array_find_with_equal_func (readings, reading, g_str_equal, NULL))
    g_ptr_array_add (readings, g_strdup (reading));
}

/* 吕 is typed lv, lu or, as on passports, lyu. */
static void
add_spellings (GPtrArray *readings, const char *reading)
{
  const char *at = strchr (reading, 'v');

  add_reading (readings, reading);
  if (at != NULL)
    {
      g_autofree char *with_u = g_strdup_printf ("%.*su%s", (int)(at - reading), reading, at + 1);
      g_autofree char *with_yu = g_strdup_printf ("%.*syu%s", (int)(at - reading), reading, at + 1);

      add_reading (readings, with_u);
      add_reading (readings, with_yu);
    }
}

static const char *
find_known (const char *character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].character, character))
      return known[i].readings;

  return NULL;
}

static GPtrArray *
make_readings (const char *character)
{
  GPtrArray  *readings = g_ptr_array_new_with_free_func (g_free);
  const char *all = find_known (character);

  if (all != NULL)
    {
      g_auto (GStrv) each = g_strsplit (all, " ", MAX_READINGS);

      for (char **reading = each; *reading != NULL; reading++)
        add_spellings (readings, *reading);
      return readings;
    }

  add_spellings (readings, find_usual (g_utf8_get_char (character)));
  add_spellings (readings, find_surname (g_utf8_get_char (character)));
  return readings;
}

/* What a Han character may be called; the mutex is held. */
static GPtrArray *
get_readings (const char *character)
{
  GPtrArray *readings = NULL;

  if (cache == NULL)
    cache =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  readings = g_hash_table_lookup (cache, character);
  if (readings == NULL)
    {
      readings = make_readings (character);
      g_hash_table_insert (cache, g_strdup (character), readings);
    }
  return readings;
}

static gboolean
is_han (gunichar character)
{
  return g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN && g_unichar_isalpha (character);
}

/* The readings of the Han characters of @text, in order; what else is in it is left out. */
static GPtrArray *
list_syllables (const char *text)
{
  GPtrArray *syllables = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  g_mutex_lock (&mutex);
  for (const char *at = text; *at != '\0' && syllables->len < MAX_CHARACTERS;
       at = g_utf8_next_char (at))
    {
      char       character[7] = { 0 };
      GPtrArray *readings = NULL;

      if (!is_han (g_utf8_get_char (at)))
        continue;
      g_unichar_to_utf8 (g_utf8_get_char (at), character);
      readings = get_readings (character);
      if (readings->len > 0)
        g_ptr_array_add (syllables, g_ptr_array_ref (readings));
    }
  g_mutex_unlock (&mutex);
  return syllables;
}

static void
add_key (GPtrArray *keys, GHashTable *seen, const char *key)
{
  if (g_hash_table_add (seen, g_strdup (key)))
    g_ptr_array_add (keys, g_strdup (key));
}

/* One way to read a name: whole and by initials, from each of its characters on. */
static void
add_variant (GPtrArray *keys, GHashTable *seen, const char *const *reading, guint n_syllables)
{
  for (guint first = 0; first < n_syllables; first++)
    {
      g_autoptr (GString) whole = g_string_new (NULL);
      g_autoptr (GString) initials = g_string_new (NULL);

      for (guint i = first; i < n_syllables; i++)
        {
          g_string_append (whole, reading[i]);
          g_string_append_c (initials, reading[i][0]);
        }
      add_key (keys, seen, whole->str);
      add_key (keys, seen, initials->str);
    }
}

/* All keys of a text, the most usual reading first. */
static GPtrArray *
list_keys (const char *text)
{
  g_autoptr (GPtrArray) syllables = list_syllables (text);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray  *keys = g_ptr_array_new_with_free_func (g_free);
  const char *reading[MAX_CHARACTERS] = { NULL };
  guint       chosen[MAX_CHARACTERS] = { 0 };
  guint       n_syllables = syllables->len;
  guint       digit = 0;

  /* Counts through the readings, the first character fastest: surnames vary most. */
  for (guint variant = 0; n_syllables > 0 && variant < MAX_VARIANTS && digit < n_syllables;
       variant++)
    {
      for (guint i = 0; i < n_syllables; i++)
        reading[i] = g_ptr_array_index ((GPtrArray *)syllables->pdata[i], chosen[i]);
      add_variant (keys, seen, reading, n_syllables);

      for (digit = 0; digit < n_syllables; digit++)
        {
          if (++chosen[digit] < ((GPtrArray *)syllables->pdata[digit])->len)
            break;
          chosen[digit] = 0;
        }
    }
  return keys;
}

/**
 * jp_pinyin_dup_keys:
 * @text: a name, in any mixture of scripts
 *
 * Makes what a name is found by: its pinyin and its initials, from each Han character on, in every
 * reading, at most of the first 16 Han characters. Each key stands behind a line break, so that
 * [func@Jp.pinyin_dup_pattern] matches from the beginning of a key only. Any thread.
 *
 * Returns: (transfer full): the keys; "" if there is no Han character in it
 */
char *
jp_pinyin_dup_keys (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GPtrArray) keys = list_keys (text);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      g_string_append_c (all, KEY_MARK);
      g_string_append (all, g_ptr_array_index (keys, i));
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* What the fingers type: "Lü" is "lv", the apostrophe of "xi'an" does not count. */
static char *
fold_query (const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == 0xfc)
        g_string_append_c (folded, 'v');
      else if (character != '\'' && character != 0x2019)
        g_string_append_unichar (folded, character);
    }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * jp_pinyin_is_query:
 * @word: one word that is looked for
 *
 * Returns: whether it could be pinyin: letters from a to z and ü only
 */
gboolean
jp_pinyin_is_query (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);

  g_autofree char *folded = fold_query (word);
  gsize            length = strlen (folded);

  return length > 0 && length <= MAX_QUERY_LETTERS &&
         strspn (folded, "abcdefghijklmnopqrstuvwxyz") == length;
}

/**
 * jp_pinyin_dup_pattern:
 * @word: a word for which [func@Jp.pinyin_is_query] holds
 *
 * Returns: (transfer full): a LIKE pattern that keys of [func@Jp.pinyin_dup_keys] match
 */
char *
jp_pinyin_dup_pattern (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  g_autofree char *folded = fold_query (word);

  return g_strdup_printf ("%%%c%s%%", KEY_MARK, folded);
}

/* --- Mixed: "zengyt" is 曾雨桐, some characters whole and some by their initials. --- */

static const char *const finals[] = {
  "a",   "ai",   "an",  "ang",  "ao", "e",   "ei",   "en", "eng", "er",  "i",  "ia",
  "ian", "iang", "iao", "ie",   "in", "ing", "iong", "iu", "o",   "ong", "ou", "u",
  "ua",  "uai",  "uan", "uang", "ue", "ui",  "un",   "uo", "v",   "ve",
};

/* Whether the letters are a syllable or, with @unfinished, begin one. Some that are accepted are
 * none in Chinese: a name does not have them either. */
static gboolean
is_syllable (const char *letters, gsize length, gboolean unfinished)
{
  gsize skipped = strchr ("aeo", letters[0]) != NULL ? 0 : 1;

  if (skipped == 1 && length > 1 && letters[1] == 'h')
    skipped = 2;
  if (strchr ("iuv", letters[0]) != NULL || (skipped == 2 && strchr ("zcs", letters[0]) == NULL))
    return FALSE;
  if (skipped >= length)
    return unfinished;

  for (gsize i = 0; i < G_N_ELEMENTS (finals); i++)
    {
      gsize n = strlen (finals[i]);

      if ((n == length - skipped || (unfinished && n > length - skipped)) &&
          strncmp (finals[i], letters + skipped, length - skipped) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One way to cut a word: how long its pieces are. */
typedef struct
{
  guint8 lengths[MAX_CHARACTERS];
  guint  n_pieces;
} Cut;

/* What a name must have in its keys: the initials of all pieces, and each row of whole pieces with
 * the letter behind it. */
static char **
list_patterns (const char *word, const Cut *cut)
{
  g_autoptr (GStrvBuilder) patterns = g_strv_builder_new ();
  g_autoptr (GString) initials = g_string_new (NULL);
  g_autoptr (GString) run = g_string_new (NULL);
  const char *at = word;

  for (guint i = 0; i < cut->n_pieces; i++)
    {
      g_string_append_c (initials, *at);
      if (cut->lengths[i] > 1 || run->len > 0)
        g_string_append_len (run, at, cut->lengths[i]);
      if (run->len > 0 && (cut->lengths[i] == 1 || i + 1 == cut->n_pieces))
        {
          g_autofree char *pattern = g_strdup_printf ("%%%c%s%%", KEY_MARK, run->str);

          g_strv_builder_add (patterns, pattern);
          g_string_truncate (run, 0);
        }
      at += cut->lengths[i];
    }

  g_autofree char *pattern = g_strdup_printf ("%%%c%s%%", KEY_MARK, initials->str);

  g_strv_builder_add (patterns, pattern);
  return g_strv_builder_end (patterns);
}

/* All whole, or all but the last letter, is what the keys begin with anyway; all single are the
 * initials. */
static gboolean
is_mixed (const Cut *cut)
{
  guint n_single = 0;
  guint last = cut->n_pieces - 1;

  for (guint i = 0; i < cut->n_pieces; i++)
    n_single += cut->lengths[i] == 1;
  return n_single > 0 && n_single < cut->n_pieces && !(n_single == 1 && cut->lengths[last] == 1);
}

/* The next shorter piece at @start, 0 for none. A single letter is the first of a syllable. */
static guint
find_piece (const char *word, gsize length, gsize start, guint shorter_than)
{
  gsize rest = length - start;
  guint longest = (guint)MIN (MAX_SYLLABLE_LETTERS, rest);

  for (guint n = MIN (longest, shorter_than - 1); n > 1; n--)
    if (is_syllable (word + start, n, n == rest))
      return n;
  return shorter_than > 1 && strchr ("iuv", word[start]) == NULL ? 1 : 0;
}

/* Some type the initial of 张 as "zh": the h before the next initial says nothing. */
static char *
dup_without_idle_h (const char *letters)
{
  GString *bare = g_string_new (NULL);

  for (const char *at = letters; *at != '\0'; at++)
    if (*at != 'h' || at == letters || strchr ("zcs", at[-1]) == NULL ||
        strchr ("aeiouv", at[1]) != NULL)
      g_string_append_c (bare, *at);
  return g_string_free (bare, FALSE);
}

static void
cut_letters (const char *letters, GPtrArray *ways)
{
  gsize length = strlen (letters);
  gsize start = 0;
  guint shorter_than = MAX_SYLLABLE_LETTERS + 1;
  Cut   cut = { 0 };

  for (guint step = 0; step < MAX_CUT_STEPS && ways->len < JP_PINYIN_MAX_WAYS; step++)
    {
      guint n = cut.n_pieces < MAX_CHARACTERS && start < length
                  ? find_piece (letters, length, start, shorter_than)
                  : 0;

      if (n > 0)
        {
          cut.lengths[cut.n_pieces++] = (guint8)n;
          start += n;
          shorter_than = MAX_SYLLABLE_LETTERS + 1;
          continue;
        }
      if (start == length && !is_mixed (&cut) && ways->len == 0 && cut.n_pieces > 0)
        break; /* the likeliest way needs no other */
      if (start == length && is_mixed (&cut))
        g_ptr_array_add (ways, list_patterns (letters, &cut));
      if (cut.n_pieces == 0)
        break;
      shorter_than = cut.lengths[--cut.n_pieces];
      start -= shorter_than;
    }
}

/**
 * jp_pinyin_list_mixed:
 * @word: a word for which [func@Jp.pinyin_is_query] holds
 *
 * Cuts a word into whole syllables and single initials: "zengyt" is "zeng", "y" and "t"; "zhjg" is
 * "z", "j" and "g". A name is meant if its keys, see [func@Jp.pinyin_dup_keys], are LIKE all
 * patterns of one way.
 *
 * Returns: (transfer full) (element-type GStrv): the ways, at most
 *   %JP_PINYIN_MAX_WAYS; empty if the word has no other meaning than
 *   [func@Jp.pinyin_dup_pattern] finds
 */
GPtrArray *
jp_pinyin_list_mixed (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  GPtrArray       *ways = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autofree char *folded = fold_query (word);
  g_autofree char *bare = dup_without_idle_h (folded);

  if (strlen (folded) < MIN_MIXED_LETTERS || !jp_pinyin_is_query (word))
    return ways;

  cut_letters (bare, ways);
  if (ways->len == 0 && !g_str_equal (bare, folded))
    {
      char **initials = g_new0 (char *, 2);

      initials[0] = g_strdup_printf ("%%%c%s%%", KEY_MARK, bare);
      g_ptr_array_add (ways, initials);
    }
  return ways;
}

static gboolean
has_mixed (const char *keys, const char *word)
{
  g_autoptr (GPtrArray) ways = jp_pinyin_list_mixed (word);

  for (guint i = 0; i < ways->len; i++)
    {
      char   **pattern = ways->pdata[i];
      gboolean all = TRUE;

      for (; all && *pattern != NULL; pattern++)
        {
          g_autofree char *key = g_strndup (*pattern + 1, strlen (*pattern) - 2);

          all = strstr (keys, key) != NULL;
        }
      if (all)
        return TRUE;
    }
  return FALSE;
}

/**
 * jp_pinyin_dup_match:
 * @text: a name
 * @word: one word that is looked for
 *
 * Returns: (transfer full) (nullable): the key of @text that begins with @word, or the whole pinyin
 *   of @text if the word is mixed, to tell people why it was found; %NULL if none does
 */
char *
jp_pinyin_dup_match (const char *text, const char *word)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (word != NULL, NULL);

  g_autofree char *folded = fold_query (word);
  g_autofree char *all = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  if (!jp_pinyin_is_query (word))
    return NULL;

  keys = list_keys (text);
  for (guint i = 0; i < keys->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (keys, i), folded))
      return g_strdup (g_ptr_array_index (keys, i));

  all = jp_pinyin_dup_keys (text);
  return keys->len > 0 && has_mixed (all, word) ? g_strdup (g_ptr_array_index (keys, 0)) : NULL;
}

/**
 * jp_pinyin_dup_version:
 *
 * Returns: (transfer full): which rules and which ICU made the keys; other ones may make others
 */
char *
jp_pinyin_dup_version (void)
{
  return g_strdup_printf ("%d/" TABLE_VERSION, RULES_REVISION);
}
