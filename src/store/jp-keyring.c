/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-keyring.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#ifdef HAVE_LIBSECRET
#include <libsecret/secret.h>

#define ATTRIBUTE_PROFILE "profile"

static const SecretSchema schema = {
  "org.heze.JiapeiSchool.DataKey",
  SECRET_SCHEMA_NONE,
  { { ATTRIBUTE_PROFILE, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* Without this look GDBus would try to start a session bus of its own, which is slow and, where
 * nobody is logged in, useless. */
static gboolean
has_session_bus (void)
{
  g_autofree char *bus = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (bus, G_FILE_TEST_EXISTS);
}

/* The keyring's own words name no profile, but they may name paths. */
static void
note_failure (const char *what, GError *error)
{
  g_debug ("keyring: %s: %s %d", what, g_quark_to_string (error->domain), error->code);
}
#endif

/**
 * jp_keyring_is_there:
 *
 * Says whether a keyring can be asked at all. JIAPEI_KEYRING=none in the environment turns it off.
 *
 * Returns: whether the other functions of this file can succeed
 */
gboolean
jp_keyring_is_there (void)
{
#ifdef HAVE_LIBSECRET
  if (g_strcmp0 (g_getenv ("JIAPEI_KEYRING"), "none") == 0)
    return FALSE;
  return g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0 || has_session_bus ();
#else
  return FALSE;
#endif
}

/**
 * jp_keyring_store:
 * @profile: random id of the profile
 * @key: its data key
 *
 * Puts the key into the keyring of the user who is logged in. May ask the user to unlock it: never
 * on the main thread.
 *
 * Returns: whether the keyring has it now
 */
gboolean
jp_keyring_store (const JpId *profile, JpSealKey *key)
{
  g_return_val_if_fail (profile != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

#ifdef HAVE_LIBSECRET
  g_autoptr (GError) error = NULL;
  JpIdText id_text;
  gboolean stored = FALSE;

  if (!jp_keyring_is_there ())
    return FALSE;

  char *secret = jp_seal_key_to_base64 (key);

  stored = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT,
                                       /* Translators: how the entry is called in the keyring. */
                                       _ ("Data key of a driving school"), secret, NULL, &error,
                                       ATTRIBUTE_PROFILE, jp_id_to_text (profile, id_text), NULL);
  jp_seal_wipe_text (secret);
  if (!stored && error != NULL)
    note_failure ("store", error);
  return stored;
#else
  return FALSE;
#endif
}

/**
 * jp_keyring_lookup:
 * @profile: random id of the profile
 *
 * Asks the keyring for the key. May ask the user to unlock it: never on the main thread.
 *
 * Returns: (transfer full) (nullable): the key, or %NULL if the keyring does not give one
 */
JpSealKey *
jp_keyring_lookup (const JpId *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);

#ifdef HAVE_LIBSECRET
  g_autoptr (GError) error = NULL;
  JpIdText   id_text;
  JpSealKey *key = NULL;

  if (!jp_keyring_is_there ())
    return NULL;

  char *secret = secret_password_lookup_nonpageable_sync (&schema, NULL, &error, ATTRIBUTE_PROFILE,
                                                          jp_id_to_text (profile, id_text), NULL);

  if (error != NULL)
    note_failure ("look-up", error);
  if (secret == NULL)
    return NULL;

  key = jp_seal_key_from_base64 (secret, NULL); /* not a key: as if there were none */
  secret_password_free (secret);
  return key;
#else
  return NULL;
#endif
}

/**
 * jp_keyring_forget:
 * @profile: random id of the profile
 *
 * Takes the key out of the keyring. Never on the main thread.
 *
 * Returns: whether the keyring had it
 */
gboolean
jp_keyring_forget (const JpId *profile)
{
  g_return_val_if_fail (profile != NULL, FALSE);

#ifdef HAVE_LIBSECRET
  g_autoptr (GError) error = NULL;
  JpIdText id_text;
  gboolean removed = FALSE;

  if (!jp_keyring_is_there ())
    return FALSE;

  removed = secret_password_clear_sync (&schema, NULL, &error, ATTRIBUTE_PROFILE,
                                        jp_id_to_text (profile, id_text), NULL);
  if (error != NULL)
    note_failure ("forget", error);
  return removed;
#else
  return FALSE;
#endif
}
