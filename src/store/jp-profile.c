/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-profile.h"

#include "jp-json.h"
#include "jp-keyring.h"

#include <glib/gstdio.h>

#define DATA_FOLDER       "jiapei-school"
#define DEFAULT_NAME      "school"
#define FORMAT            1
#define KEY_FILE_MAX      (64 * 1024)
#define KEY_BASE64_MAX    1024
#define KEY_FILE_MODE     0600
#define NAME_MAX_BYTES    120
#define CHECK_COLUMN      "profile"
#define CHECK_HEX_CHARS   (2 * JP_SEAL_INDEX_BYTES)
#define FORBIDDEN_IN_NAME "/\\:*?\"<>|"

/* What key.json says. */
typedef struct
{
  JpId    id;
  GBytes *wrapped; /* (owned): the key under the password */
  char   *check;   /* (owned): tells a right key from a wrong one without telling the key */
} KeyFile;

static void
key_file_clear (KeyFile *file)
{
  g_clear_pointer (&file->wrapped, g_bytes_unref);
  g_clear_pointer (&file->check, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeyFile, key_file_clear)

/* --- places
 * ---------------------------------------------------------------------------------------- */

/**
 * jp_profile_dup_default_folder:
 * @name: (nullable): what the school calls it, %NULL for the first one
 *
 * Returns: (transfer full): the folder where a profile of that name belongs on this system
 */
char *
jp_profile_dup_default_folder (const char *name)
{
  g_autofree char *clean = NULL;

  if (name == NULL || *name == '\0')
    name = DEFAULT_NAME;

  clean = g_utf8_make_valid (name, -1);
  for (char *at = clean; *at != '\0'; at++)
    if (strchr (FORBIDDEN_IN_NAME, *at) != NULL || g_ascii_iscntrl (*at) ||
        (at == clean && *at == '.'))
      *at = '_';
  if (strlen (clean) > NAME_MAX_BYTES)
    *g_utf8_find_prev_char (clean, clean + NAME_MAX_BYTES) = '\0';

  return g_build_filename (g_get_user_data_dir (), DATA_FOLDER, clean, NULL);
}

/**
 * jp_profile_exists:
 * @folder: a folder
 *
 * Returns: whether a school lives there
 */
gboolean
jp_profile_exists (const char *folder)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  g_autofree char *key_file = g_build_filename (folder, JP_PROFILE_KEY_FILE, NULL);

  return g_file_test (key_file, G_FILE_TEST_EXISTS);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * jp_profile_list_default:
 *
 * Returns: (transfer full): the folders of the schools in the default place, sorted
 */
GStrv
jp_profile_list_default (void)
{
  g_autofree char *place = g_build_filename (g_get_user_data_dir (), DATA_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL); /* not there: no school yet */
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *folder = g_build_filename (place, name, NULL);

      if (jp_profile_exists (folder))
        g_ptr_array_add (folders, g_steal_pointer (&folder));
    }

  g_ptr_array_sort (folders, compare_names);
  g_ptr_array_add (folders, NULL);
  return (GStrv)g_ptr_array_steal (folders, NULL);
}

/**
 * jp_profile_is_synced_folder:
 * @folder: a folder
 *
 * Guesses from the names on its path whether some program copies the folder to other machines while
 * it is in use. Two such copies of a database destroy each other: people are warned before they put
 * a school there.
 *
 * Returns: whether it looks like one
 */
gboolean
jp_profile_is_synced_folder (const char *folder)
{
  static const char *const names[] = {
    "onedrive",  "nutstore",  "坚果云",      "dropbox",   "google drive",     "googledrive",
    "icloud",    "baidusync", "百度网盘",    "百度云",    "baidunetdisk",     "wps云盘",
    "wpsdrive",  "阿里云盘",  "aliyundrive", "微云",      "weiyun",           "天翼云盘",
    "nextcloud", "owncloud",  "seafile",     "syncthing", "mobile documents", "同步盘",
  };
  g_autofree char *lower = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);

  lower = g_utf8_strdown (folder, -1);
  parts = g_strsplit_set (lower, "/\\", -1);
  for (char **part = parts; *part != NULL; part++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      if (g_str_has_prefix (*part, names[i]))
        return TRUE;
  return FALSE;
}

/* --- key.json
 * -------------------------------------------------------------------------------------- */

static char *
make_check (JpSealKey *key, const JpId *id)
{
  guint8   index[JP_SEAL_INDEX_BYTES];
  JpIdText text;

  jp_seal_index (key, CHECK_COLUMN, jp_id_to_text (id, text), index);
  return jp_hash_to_hex (index, sizeof index);
}

static gboolean
damaged (const char *path, GError **error)
{
  g_prefix_error (error, "%s: ", path);
  if (error != NULL && *error != NULL)
    {
      (*error)->domain = JP_STORE_ERROR;
      (*error)->code = JP_STORE_ERROR_KEY;
    }
  return FALSE;
}

static gboolean
read_members (JsonObject *object, KeyFile *out_file, GError **error)
{
  gint64      format = 0;
  const char *id = NULL;
  const char *key = NULL;
  const char *check = NULL;
  gsize       length_bytes = 0;

  if (!jp_json_get_integer (object, "format", FORMAT, FORMAT, &format, error) ||
      !jp_json_get_text (object, "profile", JP_ID_TEXT_LENGTH, &id, error) ||
      !jp_id_parse (id, &out_file->id, error) ||
      !jp_json_get_text (object, "key", KEY_BASE64_MAX, &key, error) ||
      !jp_json_get_text (object, "check", CHECK_HEX_CHARS, &check, error))
    return FALSE;

  guint8 *wrapped = g_base64_decode (key, &length_bytes);

  out_file->wrapped = g_bytes_new_take (wrapped, length_bytes);
  out_file->check = g_strdup (check);
  return TRUE;
}

static gboolean
parse_key_file (GBytes *bytes, KeyFile *out_file, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (bytes, KEY_FILE_MAX, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;

  return (object != NULL && read_members (object, out_file, error)) ||
         damaged (JP_PROFILE_KEY_FILE, error);
}

/**
 * jp_profile_read_key_file:
 * @folder: the folder of a school
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the bytes of key.json, which are of no use without the password; or
 *   %NULL with `JP_STORE_ERROR_NOT_FOUND`
 */
GBytes *
jp_profile_read_key_file (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = g_build_filename (folder, JP_PROFILE_KEY_FILE, NULL);
  char            *text = NULL;
  gsize            length_bytes = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND, "no school in %s", folder);
      return NULL;
    }
  if (g_file_get_contents (path, &text, &length_bytes, error))
    return g_bytes_new_take (text, length_bytes);
  damaged (path, error);
  return NULL;
}

/**
 * jp_profile_write_key_file:
 * @folder: a folder
 * @bytes: what jp_profile_read_key_file() gave
 * @error: return location for a [error@Jp.StoreError]
 *
 * Puts a key file into a folder, on the disk before it returns: losing it is losing the school's
 * sensitive data.
 *
 * Returns: whether it was written
 */
gboolean
jp_profile_write_key_file (const char *folder, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, JP_PROFILE_KEY_FILE, NULL);
  gsize            length_bytes = 0;
  const char      *text = g_bytes_get_data (bytes, &length_bytes);

  if (g_file_set_contents_full (path, text, (gssize)length_bytes,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                KEY_FILE_MODE, error))
    return TRUE;

  g_prefix_error (error, "%s: ", path);
  return jp_store_error_translate_file (error);
}

static gboolean
write_key_file (const char *folder, const JpId *id, JpSealKey *key, GBytes *wrapped, GError **error)
{
  g_autofree char *check = make_check (key, id);
  g_autofree char *encoded = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  JpIdText      text;
  gsize         length_bytes = 0;
  gconstpointer bytes = g_bytes_get_data (wrapped, &length_bytes);

  encoded = g_base64_encode (bytes, length_bytes);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, FORMAT);
  json_builder_set_member_name (builder, "profile");
  json_builder_add_string_value (builder, jp_id_to_text (id, text));
  json_builder_set_member_name (builder, "key");
  json_builder_add_string_value (builder, encoded);
  json_builder_set_member_name (builder, "check");
  json_builder_add_string_value (builder, check);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (GBytes) json = jp_json_to_bytes (root);

  return jp_profile_write_key_file (folder, json, error);
}

/* --- the profile
 * ----------------------------------------------------------------------------------- */

static JpProfile *
profile_new (const char *folder, const JpId *id, JpSealKey *key)
{
  JpProfile *self = g_new0 (JpProfile, 1);

  self->folder = g_strdup (folder);
  self->database = g_build_filename (folder, JP_PROFILE_DATABASE, NULL);
  self->backups = g_build_filename (folder, JP_PROFILE_BACKUPS, NULL);
  self->id = *id;
  self->key = jp_seal_key_ref (key);
  return self;
}

static gboolean
check_password (const char *password, GError **error)
{
  if (g_utf8_validate (password, -1, NULL) &&
      jp_text_length (password) >= JP_PROFILE_PASSWORD_MIN_CHARS &&
      strlen (password) <= JP_SEAL_MAX_PASSWORD_BYTES)
    return TRUE;

  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID,
               "password must have at least %d characters", JP_PROFILE_PASSWORD_MIN_CHARS);
  return FALSE;
}

static GBytes *
wrap (JpSealKey *key, const char *password, GError **error)
{
  GBytes *wrapped = jp_seal_key_wrap (key, password, error);

  if (wrapped == NULL && error != NULL && *error != NULL)
    {
      (*error)->domain = JP_STORE_ERROR;
      (*error)->code = JP_STORE_ERROR_KEY;
    }
  return wrapped;
}

/* A database without its key file has lost its key: a new key would not open it. */
static gboolean
check_vacant (const char *folder, GError **error)
{
  g_autofree char *database = g_build_filename (folder, JP_PROFILE_DATABASE, NULL);

  if (!jp_profile_exists (folder) && !g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID, "%s: a school lives there already",
               folder);
  return FALSE;
}

/**
 * jp_profile_adopt:
 * @folder: a folder that does not hold a school; it is made if it does not exist
 * @password: at least %JP_PROFILE_PASSWORD_MIN_CHARS characters
 * @key: the data key of a school that exists elsewhere: from another station or a backup
 * @ids: where ids come from
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the folder of a school whose key is known already. Takes as long as wrapping a key does:
 * never on the main thread.
 *
 * Returns: (transfer full): the unlocked profile, or %NULL with `JP_STORE_ERROR_INVALID` (folder in
 *   use, bad password), `JP_STORE_ERROR_KEY` or `JP_STORE_ERROR_IO`
 */
JpProfile *
jp_profile_adopt (const char *folder,
                  const char *password,
                  JpSealKey  *key,
                  JpIdSource *ids,
                  GError    **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (JP_IS_ID_SOURCE (ids), NULL);

  JpId id = jp_id_source_next (ids);

  if (!check_vacant (folder, error) || !check_password (password, error))
    return NULL;
  if (!jp_store_error_make_folder (folder, error))
    return NULL;

  g_autoptr (GBytes) wrapped = wrap (key, password, error);

  if (wrapped == NULL || !write_key_file (folder, &id, key, wrapped, error))
    return NULL;

  JpProfile *self = profile_new (folder, &id, key);

  jp_profile_remember (self);
  return self;
}

/**
 * jp_profile_create:
 * @folder: a folder that does not hold a school; it is made if it does not exist
 * @password: at least %JP_PROFILE_PASSWORD_MIN_CHARS characters
 * @ids: where ids come from
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the folder of a new school with a new random key, under the password and, if there is one,
 * in the desktop keyring. Takes about 0.2 s: never on the main thread.
 *
 * Returns: (transfer full): the unlocked profile, or %NULL with an error of jp_profile_adopt()
 */
JpProfile *
jp_profile_create (const char *folder, const char *password, JpIdSource *ids, GError **error)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();

  return jp_profile_adopt (folder, password, key, ids, error);
}

static JpSealKey *
open_key (const KeyFile *file, const char *password, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpSealKey) key = NULL;
  g_autofree char *check = NULL;

  if (password == NULL)
    {
      key = jp_keyring_lookup (&file->id);
      if (key == NULL)
        {
          g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY,
                               "the keyring does not have the key: the password is needed");
          return NULL;
        }
    }
  else
    key = jp_seal_key_unwrap (file->wrapped, password, &local_error);

  if (key == NULL)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY, "%s", local_error->message);
      return NULL;
    }

  check = make_check (key, &file->id);
  if (strcmp (check, file->check) == 0)
    return g_steal_pointer (&key);

  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY,
                       "the key does not belong to this school");
  return NULL;
}

/**
 * jp_profile_unlock_key_file:
 * @bytes: what jp_profile_read_key_file() gave
 * @password: (nullable): its password, or %NULL to ask the desktop keyring
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens the key in a key file that lies in no profile, such as the one inside a backup. Never on
 * the main thread.
 *
 * Returns: (transfer full): the key, or %NULL with `JP_STORE_ERROR_KEY`
 */
JpSealKey *
jp_profile_unlock_key_file (GBytes *bytes, const char *password, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_auto (KeyFile) file = { 0 };

  return parse_key_file (bytes, &file, error) ? open_key (&file, password, error) : NULL;
}

/**
 * jp_profile_unlock:
 * @folder: the folder of a school
 * @password: (nullable): its password, or %NULL to ask the desktop keyring
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens the key of a school. Takes about 0.2 s with a password, and as long as the user takes if
 * the keyring has to be unlocked: never on the main thread.
 *
 * Returns: (transfer full): the unlocked profile, or %NULL with `JP_STORE_ERROR_NOT_FOUND` (no
 *   school there) or `JP_STORE_ERROR_KEY` (wrong password, or the keyring does not have the key)
 */
JpProfile *
jp_profile_unlock (const char *folder, const char *password, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_auto (KeyFile) file = { 0 };
  g_autoptr (JpSealKey) key = NULL;
  g_autoptr (GBytes) bytes = jp_profile_read_key_file (folder, error);

  if (bytes == NULL || !parse_key_file (bytes, &file, error))
    return NULL;

  key = open_key (&file, password, error);
  if (key == NULL)
    return NULL;

  JpProfile *self = profile_new (folder, &file.id, key);

  self->remembered = password == NULL;
  return self;
}

/**
 * jp_profile_unlock_with_key:
 * @folder: the folder of a school
 * @key: its data key
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens a school whose key is known already: one that was just restored.
 *
 * Returns: (transfer full): the unlocked profile, or %NULL with `JP_STORE_ERROR_NOT_FOUND` or
 *   `JP_STORE_ERROR_KEY`
 */
JpProfile *
jp_profile_unlock_with_key (const char *folder, JpSealKey *key, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  g_auto (KeyFile) file = { 0 };
  g_autofree char *check = NULL;
  g_autoptr (GBytes) bytes = jp_profile_read_key_file (folder, error);

  if (bytes == NULL || !parse_key_file (bytes, &file, error))
    return NULL;
  check = make_check (key, &file.id);
  if (strcmp (check, file.check) == 0)
    return profile_new (folder, &file.id, key);

  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY,
                       "the key does not belong to this school");
  return NULL;
}

/**
 * jp_profile_change_password:
 * @self: a profile
 * @password: the new password
 * @error: return location for a [error@Jp.StoreError]
 *
 * Puts the key under another password. The data need not be sealed anew. Never on the main thread.
 *
 * Returns: whether the new password holds; if not, the old one does
 */
gboolean
jp_profile_change_password (JpProfile *self, const char *password, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);

  if (!check_password (password, error))
    return FALSE;

  g_autoptr (GBytes) wrapped = wrap (self->key, password, error);

  return wrapped != NULL && write_key_file (self->folder, &self->id, self->key, wrapped, error);
}

/**
 * jp_profile_remember:
 * @self: a profile
 *
 * Puts the key into the desktop keyring, so that no password is needed next time. Never on the main
 * thread.
 *
 * Returns: whether the keyring took it
 */
gboolean
jp_profile_remember (JpProfile *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->remembered = jp_keyring_store (&self->id, self->key);
  return self->remembered;
}

/**
 * jp_profile_forget:
 * @self: a profile
 *
 * Takes the key out of the desktop keyring: the password is needed from now on. Never on the main
 * thread.
 *
 * Returns: whether the keyring had it
 */
gboolean
jp_profile_forget (JpProfile *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->remembered = FALSE;
  return jp_keyring_forget (&self->id);
}

/**
 * jp_profile_free:
 * @self: (nullable) (transfer full): a profile
 */
void
jp_profile_free (JpProfile *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_free (self->database);
  g_free (self->backups);
  jp_seal_key_unref (self->key);
  g_free (self);
}
