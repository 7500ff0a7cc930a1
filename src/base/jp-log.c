/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-log.h"

#include "jp-text.h"

#include <string.h>

#define MAX_FIELDS 32

/* (atomic): a GLogLevelFlags; more important levels have smaller values. */
static int least_important_level = G_LOG_LEVEL_DEBUG;

/**
 * jp_log_set_level:
 * @least_important: one level, e.g. %G_LOG_LEVEL_MESSAGE
 *
 * Drops what is less important than this. At first nothing is dropped here, but GLib still hides
 * debug and info messages unless G_MESSAGES_DEBUG asks for them. Any thread.
 */
void
jp_log_set_level (GLogLevelFlags least_important)
{
  g_return_if_fail ((least_important & ~G_LOG_LEVEL_MASK) == 0 && least_important != 0);

  g_atomic_int_set (&least_important_level, (int)least_important);
}

static char *
redact_field (const GLogField *field)
{
  gsize            length = field->length < 0 ? strlen (field->value) : (gsize)field->length;
  g_autofree char *text = g_strndup (field->value, length);

  return jp_text_redact (text);
}

/* Texts have length -1. A message may also come with its length. */
static gboolean
is_text (const GLogField *field)
{
  return field->value != NULL && (field->length < 0 || g_str_equal (field->key, "MESSAGE"));
}

/**
 * jp_log_writer:
 * @level: of the message
 * @fields: (array length=n_fields): of the message
 * @n_fields: how many
 * @user_data: unused
 *
 * A #GLogWriterFunc: replaces what may be an ID or phone number in all texts of the message (see
 * jp_text_redact()), and passes it on to GLib's writer, which knows the journal, the terminal and
 * G_DEBUG=fatal-warnings. Any thread.
 *
 * Returns: whether the message was written or dropped on purpose
 */
GLogWriterOutput
jp_log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  GLogField redacted[MAX_FIELDS] = { 0 };
  char     *texts[MAX_FIELDS];

  g_return_val_if_fail (fields != NULL, G_LOG_WRITER_UNHANDLED);

  if ((int)(level & G_LOG_LEVEL_MASK) > g_atomic_int_get (&least_important_level))
    return G_LOG_WRITER_HANDLED;

  /* What does not fit is left out: it could not be redacted. The message comes early. */
  n_fields = MIN (n_fields, MAX_FIELDS);
  for (gsize i = 0; i < n_fields; i++)
    {
      redacted[i] = fields[i];
      texts[i] = is_text (&fields[i]) ? redact_field (&fields[i]) : NULL;
      if (texts[i] == NULL)
        continue;
      redacted[i].value = texts[i];
      redacted[i].length = -1;
    }

  GLogWriterOutput output = g_log_writer_default (level, redacted, n_fields, NULL);

  for (gsize i = 0; i < n_fields; i++)
    g_free (texts[i]);
  return output;
}

/**
 * jp_log_install:
 *
 * Makes jp_log_writer() the writer of the program, and keeps the standard output free for its
 * results. To be called once, first thing in main().
 */
void
jp_log_install (void)
{
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (jp_log_writer, NULL, NULL);
}
