/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* The folder of one school on this PC: school.db with its write-ahead log, key.json with the data
 * key under the password, backups/. The key itself lives in memory and, where there is one, in the
 * desktop keyring; it is never on the disk in clear. */

#define JP_PROFILE_PASSWORD_MIN_CHARS 8
#define JP_PROFILE_DATABASE           "school.db"
#define JP_PROFILE_KEY_FILE           "key.json"
#define JP_PROFILE_BACKUPS            "backups"

/**
 * JpProfile:
 * @folder: (owned): the folder
 * @database: (owned): path of the database
 * @backups: (owned): folder of the backups
 * @id: random id by which the keyring knows it
 * @key: (owned): the data key
 * @remembered: whether the keyring has been seen to have the key
 *
 * An unlocked profile. Immutable but for its password and where its key is; any thread, one at a
 * time.
 */
typedef struct
{
  char      *folder;
  char      *database;
  char      *backups;
  JpId       id;
  JpSealKey *key;
  gboolean   remembered;
} JpProfile;

char    *jp_profile_dup_default_folder (const char *name);
GStrv    jp_profile_list_default (void);
gboolean jp_profile_exists (const char *folder);
gboolean jp_profile_is_synced_folder (const char *folder);

JpProfile *
jp_profile_create (const char *folder, const char *password, JpIdSource *ids, GError **error);
JpProfile *jp_profile_adopt (const char *folder,
                             const char *password,
                             JpSealKey  *key,
                             JpIdSource *ids,
                             GError    **error);
JpProfile *jp_profile_unlock (const char *folder, const char *password, GError **error);
JpProfile *jp_profile_unlock_with_key (const char *folder, JpSealKey *key, GError **error);
gboolean   jp_profile_change_password (JpProfile *self, const char *password, GError **error);
gboolean   jp_profile_remember (JpProfile *self);
gboolean   jp_profile_forget (JpProfile *self);
void       jp_profile_free (JpProfile *self);

GBytes    *jp_profile_read_key_file (const char *folder, GError **error);
gboolean   jp_profile_write_key_file (const char *folder, GBytes *bytes, GError **error);
JpSealKey *jp_profile_unlock_key_file (GBytes *bytes, const char *password, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpProfile, jp_profile_free)

G_END_DECLS
