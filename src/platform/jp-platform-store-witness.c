/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-store.h"
#include "jp-platform-store-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A file beside the database that says how far it had come: whoever puts an older database in its
 * place is noticed (sync.md §3.9). It is written after the database, and so never accuses it
 * wrongly. */

#define WITNESS_FILE  "witness"
#define WITNESS_PARTS 2
#define FILE_MODE     0600
#define WITNESS_CHARS                                                                              \
  63 /* always as long: one small write, which the disk may take its time for                      \
      */
#define RENEW_US JP_HOUR_US /* a station that lies can make the others read anew that often */

static gboolean
read_total (JpPlatformStore *self, gint64 *out_total, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "SELECT ifnull (sum (seq), 0) FROM tenant", error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;
  *out_total = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_platform_store_witness_check:
 * @self: a store with its epoch
 * @out_past: (out): whether the database has been further than it is, or in another epoch
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the database could be read
 */
gboolean
jp_platform_store_witness_check (JpPlatformStore *self, gboolean *out_past, GError **error)
{
  g_return_val_if_fail (self != NULL && self->epoch != NULL, FALSE);
  g_return_val_if_fail (out_past != NULL, FALSE);

  g_autofree char *path = g_build_filename (self->folder, WITNESS_FILE, NULL);
  g_autofree char *text = NULL;
  gint64           total = 0;
  guint64          seen = 0;

  *out_past = FALSE;
  if (!read_total (self, &total, error))
    return FALSE;
  /* ignored: without the file, and with a spoilt one, there is nothing to compare */
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;

  g_auto (GStrv) parts = g_strsplit (g_strstrip (text), " ", WITNESS_PARTS);

  if (g_strv_length (parts) == WITNESS_PARTS &&
      g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXINT64, &seen, NULL))
    *out_past = strcmp (parts[0], self->epoch) != 0 || (guint64)total < seen;
  return TRUE;
}

/**
 * jp_platform_store_witness_write:
 * @self: a store with its epoch and without an open transaction
 *
 * Writes down how far the database has come: after each commit.
 */
void
jp_platform_store_witness_write (JpPlatformStore *self)
{
  g_return_if_fail (self != NULL && self->epoch != NULL);

  g_autofree char *path = g_build_filename (self->folder, WITNESS_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gint64 total = 0;

  if (self->witness < 0)
    self->witness = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, FILE_MODE);
  if (read_total (self, &total, &error))
    text = g_strdup_printf ("%s %-*" G_GINT64_FORMAT, self->epoch,
                            WITNESS_CHARS - 1 - (int)strlen (self->epoch), total);
  if (text == NULL || self->witness < 0 ||
      pwrite (self->witness, text, strlen (text), 0) != (gssize)strlen (text))
    g_debug ("the witness was not written");
}

/**
 * jp_platform_store_notice_past:
 * @self: a store without an open transaction
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * A station of ours shows a place in the stream that we have not reached: only a database that went
 * back in time has given it out. A new epoch begins.
 *
 * Returns: %FALSE with `JP_PLATFORM_ERROR_EPOCH_CHANGED`; or %TRUE if that has happened a moment
 *   ago, so that it proves nothing
 */
gboolean
jp_platform_store_notice_past (JpPlatformStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  gint64 now_us = jp_clock_now_us (self->clock);

  if (self->renewed_us != 0 && now_us - self->renewed_us < RENEW_US)
    return TRUE;
  if (!jp_platform_store_new_epoch (self, error))
    return FALSE;

  self->renewed_us = now_us;
  jp_platform_store_witness_write (self);
  g_message ("a station is further than the database: a new epoch begins");
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_EPOCH_CHANGED,
                       "the cursor is from a time that the database has forgotten");
  return FALSE;
}
