/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-unlock.h"

#include "jp-demo.h"
#include "jp-reserve.h"
#include "jp-setup.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PART_SUFFIX ".part"

/**
 * jp_unlock_new:
 * @folder: the profile
 * @password: (nullable): its password, %NULL to ask the keyring
 * @clock: where time comes from
 * @ids: where ids come from
 *
 * Returns: (transfer full): an order to unlock it
 */
JpUnlock *
jp_unlock_new (const char *folder, const char *password, JpClock *clock, JpIdSource *ids)
{
  g_return_val_if_fail (folder != NULL, NULL);

  JpUnlock *self = g_new0 (JpUnlock, 1);

  self->folder = g_strdup (folder);
  self->password = g_strdup (password);
  self->clock = g_object_ref (clock);
  self->ids = g_object_ref (ids);
  return self;
}

/**
 * jp_unlock_free:
 * @self: (nullable) (transfer full): an order
 */
void
jp_unlock_free (JpUnlock *self)
{
  if (self == NULL)
    return;

  if (self->password != NULL)
    jp_seal_wipe_text (self->password);
  g_free (self->folder);
  g_free (self->backup);
  g_free (self->journal);
  g_clear_pointer (&self->key, jp_seal_key_unref);
  jp_restore_outcome_clear (&self->outcome);
  jp_draft_free (self->school);
  g_object_unref (self->clock);
  g_object_unref (self->ids);
  g_free (self);
}

/* What a start left that ended while it made a school: nobody has worked with it. */
static void
clear_part (const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (part, 0, NULL); /* mostly not there */

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (part, name, NULL);

      g_unlink (path); /* ignored: whoever makes the school will tell */
    }
  g_rmdir (part); /* ignored: likewise */
}

static JpProfile *
make (JpUnlock *self, const char *folder, GError **error)
{
  g_autoptr (JpProfile) profile = NULL;
  g_autoptr (JpVault) vault = NULL;

  if (self->demo)
    return jp_demo_create (folder, JP_DEMO_SEED, self->clock, NULL, error);

  profile = jp_profile_create (folder, self->password, self->ids, error);
  if (profile == NULL)
    return NULL;
  vault =
    jp_vault_open (profile->database, JP_DB_WRITER, profile->key, self->clock, self->ids, error);
  if (vault == NULL || !jp_vault_set_up (vault, error) ||
      !jp_setup_school (vault, g_steal_pointer (&self->school), g_get_real_name (), error))
    return NULL;
  return g_steal_pointer (&profile);
}

/* A new school gets its name when it is complete: a start that ends half-way leaves none, and the
 * next one begins anew. */
static JpProfile *
found (JpUnlock *self, GError **error)
{
  g_autofree char *part = g_strconcat (self->folder, PART_SUFFIX, NULL);
  g_autoptr (JpProfile) profile = NULL;
  const char *password = self->demo ? JP_DEMO_PASSWORD : self->password;

  /* A folder with other things in it stays where it is. */
  if (g_file_test (self->folder, G_FILE_TEST_EXISTS) && g_rmdir (self->folder) != 0)
    return make (self, self->folder, error);

  clear_part (part);
  profile = make (self, part, error);
  if (profile == NULL)
    {
      clear_part (part);
      return NULL;
    }
  if (g_rename (part, self->folder) == 0)
    return jp_profile_unlock (self->folder, password, error);

  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "could not give %s its name",
               self->folder);
  return NULL;
}

/* The key of a profile that was open fits its own backups. */
static JpSealKey *
find_key (JpUnlock *self, GError **error)
{
  JpBackupInfo info = { 0 };

  if (self->key != NULL && jp_backup_read_info (self->backup, self->key, &info, NULL))
    return jp_seal_key_ref (self->key);
  return jp_backup_unlock (self->backup, self->password, error);
}

static JpProfile *
restore (JpUnlock *self, GError **error)
{
  g_autoptr (JpSealKey) key = find_key (self, error);
  JpRestore order = { .backup = self->backup,
                      .journal = self->journal,
                      .folder = self->folder,
                      .key = key,
                      .clock = self->clock,
                      .ids = self->ids };

  if (key == NULL || !jp_restore_run (&order, &self->outcome, error))
    return NULL;
  return jp_profile_unlock_with_key (self->folder, key, error);
}

/**
 * jp_unlock_dup_news:
 * @self: an order that was done
 *
 * Returns: (transfer full) (nullable): what has to be told of it, %NULL if it went without saying
 */
char *
jp_unlock_dup_news (const JpUnlock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *when = NULL;
  guint            n = self->outcome.replay.n_repeated;

  if (self->backup == NULL)
    return NULL;
  when = jp_instant_to_short (self->outcome.info.created_at_us);
  if (n == 0)
    return g_strdup_printf (_ ("The school is back as it was on %s. What was here before is kept "
                               "beside it."),
                            when);
  return g_strdup_printf (_ ("The school is back as it was on %s, with %u later changes from the "
                             "journal. What was here before is kept beside it."),
                          when, n);
}

/* A school that has a key has data: a new empty file in their place would look like a loss. */
static JpProfile *
check_there (JpProfile *profile, GError **error)
{
  if (profile == NULL)
    return NULL;
  if (g_file_test (profile->database, G_FILE_TEST_EXISTS))
    {
      jp_reserve_keep (profile->database, NULL); /* ignored: a disk that is full is told later */
      return profile;
    }

  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_MISSING,
                       "there is a key but no database");
  jp_profile_free (profile);
  return NULL;
}

/**
 * jp_unlock_run:
 * @self: an order
 * @error: return location for a [error@Jp.StoreError]
 *
 * Does it. Never on the main thread.
 *
 * Returns: (transfer full): the unlocked profile, or %NULL with an error, `JP_STORE_ERROR_MISSING`
 *   if there is only a key
 */
JpProfile *
jp_unlock_run (JpUnlock *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpProfile *profile = NULL;

  if (self->backup != NULL)
    profile = restore (self, error);
  else if (self->demo && jp_profile_exists (self->folder))
    profile = jp_profile_unlock (self->folder, JP_DEMO_PASSWORD, error);
  else if (self->demo || self->school != NULL)
    profile = found (self, error);
  else
    profile = jp_profile_unlock (self->folder, self->password, error);
  return check_there (profile, error);
}
