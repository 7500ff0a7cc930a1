/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-name.h"

#define MIDDLE_DOT     0x00b7 /* · */
#define LOOK_ALIKES    "•‧・･∙⋅․．｡。"
#define LATIN_BETWEENS " -'’."

typedef struct
{
  gsize    n_characters;
  gsize    n_han;
  gsize    n_letters;
  gboolean has_look_alike; /* a sign that is often typed for · */
  gboolean has_between;    /* a sign that only Latin names have between their parts */
  gboolean has_other;      /* a sign that no name has */
  gboolean is_doubled;     /* two signs side by side, or one at an end */
} NameFacts;

static NameFacts
read_name (const char *text)
{
  NameFacts facts = { 0 };
  gboolean  after_letter = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_han = g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
      gboolean is_letter = is_han || g_unichar_isalpha (c) || g_unichar_ismark (c);

      facts.n_characters++;
      facts.n_han += is_han ? 1 : 0;
      facts.n_letters += is_letter && !is_han ? 1 : 0;

      /* Initials: "J. Smith" has a dot and a space side by side. */
      gboolean is_after_full_stop = c == ' ' && p > text && p[-1] == '.';

      if (!is_letter && !after_letter && !is_after_full_stop)
        facts.is_doubled = TRUE;
      if (!is_letter && c != MIDDLE_DOT)
        {
          gboolean is_between = g_utf8_strchr (LATIN_BETWEENS, -1, c) != NULL;
          gboolean is_look_alike = g_utf8_strchr (LOOK_ALIKES, -1, c) != NULL;

          facts.has_between = facts.has_between || is_between;
          facts.has_look_alike = facts.has_look_alike || is_look_alike;
          facts.has_other = facts.has_other || (!is_between && !is_look_alike);
        }

      after_letter = is_letter;
    }

  if (!after_letter && !g_str_has_suffix (text, "."))
    facts.is_doubled = TRUE;

  return facts;
}

/**
 * jp_check_name:
 * @text: a person's name, cleaned of blanks at its ends
 *
 * Chinese names, names of minorities with the middle dot U+00B7 between their parts, and Latin
 * names with spaces, hyphens and apostrophes. A dot of another kind in a Chinese name is refused
 * with its own hint, because a name must be found again and must equal the one on the card.
 *
 * Returns: %JP_PROBLEM_NONE, or what is wrong
 */
JpProblem
jp_check_name (const char *text)
{
  g_return_val_if_fail (text != NULL, JP_PROBLEM_REQUIRED);

  if (text[0] == '\0')
    return JP_PROBLEM_REQUIRED;
  if (!g_utf8_validate (text, -1, NULL))
    return JP_PROBLEM_CHARACTERS;

  NameFacts facts = read_name (text);
  gboolean  is_han = facts.n_han > 0;

  if (facts.has_other || facts.n_han + facts.n_letters == 0)
    return JP_PROBLEM_NAME_CHARACTERS;
  if (facts.has_look_alike || (facts.has_between && is_han))
    return JP_PROBLEM_NAME_SEPARATOR;
  if (facts.is_doubled)
    return JP_PROBLEM_NAME_CHARACTERS;
  if (facts.n_characters < JP_CHECK_NAME_MIN || facts.n_characters > JP_CHECK_NAME_MAX)
    return JP_PROBLEM_NAME_LENGTH;

  return JP_PROBLEM_NONE;
}
