/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-key.h"

#include "jp-date.h"
#include "jp-net.h"
#include "jp-sync-error.h"

#define RENEW_BEFORE_US (60 * JP_DAY_US)
#define MAX_PEM_BYTES   (64 * 1024)
#define COMMON_NAME     "station" /* the platform takes nothing but the key from a request */

/* What the handles of the table need to be g_auto. */
#define DEFINE_HANDLE(name)                                                                        \
  static void name##_clear (gnutls_##name##_t handle) { jp_net->gnutls_##name##_deinit (handle); } \
  G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_##name##_t, name##_clear, NULL)

DEFINE_HANDLE (x509_privkey)
DEFINE_HANDLE (privkey)
DEFINE_HANDLE (x509_crt)
DEFINE_HANDLE (pubkey)
DEFINE_HANDLE (x509_crq)

static gboolean
check (int result, const char *what, GError **error)
{
  if (result >= 0)
    return TRUE;
  g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH, "could not %s: %s", what,
               jp_net->gnutls_strerror (result));
  return FALSE;
}

static char *
steal_pem (gnutls_datum_t *pem)
{
  char *text = g_strndup ((const char *)pem->data, pem->size);

  jp_net->gnutls_memset (pem->data, 0, pem->size);
  jp_net->free_memory (pem->data);
  return text;
}

static gboolean
make_key (gnutls_x509_privkey_t key, char **out_pem, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };

  /* PKCS #8 is what GIO reads. */
  if (!check (jp_net->gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                                    GNUTLS_CURVE_TO_BITS (
                                                      GNUTLS_ECC_CURVE_SECP256R1),
                                                    0),
              "make a key", error) ||
      !check (jp_net->gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL,
                                                         GNUTLS_PKCS_PLAIN, &pem),
              "write the key", error))
    return FALSE;
  *out_pem = steal_pem (&pem);
  return TRUE;
}

static gboolean
make_request (gnutls_x509_privkey_t key, char **out_pem, GError **error)
{
  g_auto (gnutls_privkey_t) signer = NULL;
  g_auto (gnutls_x509_crq_t) request = NULL;
  gnutls_datum_t pem = { NULL, 0 };

  if (!check (jp_net->gnutls_privkey_init (&signer), "sign a request", error) ||
      !check (jp_net->gnutls_privkey_import_x509 (signer, key, 0), "sign a request", error) ||
      !check (jp_net->gnutls_x509_crq_init (&request), "make a request", error) ||
      !check (jp_net->gnutls_x509_crq_set_version (request, 1), "make a request", error) ||
      !check (jp_net->gnutls_x509_crq_set_dn_by_oid (request, GNUTLS_OID_X520_COMMON_NAME, 0,
                                                     COMMON_NAME, sizeof COMMON_NAME - 1),
              "make a request", error) ||
      !check (jp_net->gnutls_x509_crq_set_key (request, key), "make a request", error) ||
      !check (jp_net->gnutls_x509_crq_privkey_sign (request, signer, GNUTLS_DIG_SHA256, 0),
              "sign a request", error) ||
      !check (jp_net->gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem),
              "write a request", error))
    return FALSE;
  *out_pem = steal_pem (&pem);
  return TRUE;
}

static gboolean
make_pair (char **out_key, char **out_request, GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;

  return jp_net_load (error) &&
         check (jp_net->gnutls_x509_privkey_init (&key), "make a key", error) &&
         make_key (key, out_key, error) && make_request (key, out_request, error);
}

/**
 * jp_sync_key_prepare:
 * @vault: a writing vault without an open transaction
 * @out_request: (out) (transfer full): the request for a certificate (PEM)
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Makes a key and the request for it, and keeps both until jp_sync_key_accept(): until then it is
 * the same request each time, also after a crash.
 *
 * Returns: whether there is a request
 */
gboolean
jp_sync_key_prepare (JpVault *vault, char **out_request, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_request != NULL, FALSE);

  g_autofree char *request = NULL;
  char            *key = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gboolean made = FALSE;

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_REQUEST, &request, error))
    return FALSE;
  if (request == NULL)
    {
      made = make_pair (&key, &request, error) &&
             (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
             jp_vault_set_secret (vault, JP_SYNC_SECRET_NEXT_KEY, key, error) &&
             jp_vault_set_setting (vault, JP_SYNC_SETTING_REQUEST, request, error) &&
             (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
      jp_seal_wipe_text (key);
      if (!made)
        return FALSE;
    }
  *out_request = g_steal_pointer (&request);
  return TRUE;
}

/**
 * jp_sync_key_accept:
 * @vault: a writing vault with an open transaction
 * @certificate: (nullable): what the platform gave for the key that waits (PEM); %NULL from a
 *   platform without certificates
 * @error: return location for a [error@Jp.StoreError]
 *
 * From now on the station shows the new key.
 *
 * Returns: whether it was written
 */
gboolean
jp_sync_key_accept (JpVault *vault, const char *certificate, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  char    *key = NULL;
  gboolean done = FALSE;

  if (!jp_vault_get_secret (vault, JP_SYNC_SECRET_NEXT_KEY, &key, error))
    return FALSE;
  done = (certificate != NULL && key != NULL
            ? jp_vault_set_secret (vault, JP_SYNC_SECRET_KEY, key, error)
            : jp_vault_set_setting (vault, JP_SYNC_SECRET_KEY, NULL, error)) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_CERTIFICATE, certificate, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SECRET_NEXT_KEY, NULL, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_REQUEST, NULL, error);

  jp_seal_wipe_text (key);
  return done;
}

/**
 * jp_sync_key_read_identity:
 * @vault: a vault
 * @out_pem: (out) (transfer full) (nullable): certificate and key as one PEM; %NULL for a station
 *   without one; secret
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_sync_key_read_identity (JpVault *vault, char **out_pem, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_pem != NULL, FALSE);

  g_autofree char *certificate = NULL;
  char            *key = NULL;

  *out_pem = NULL;
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_CERTIFICATE, &certificate, error) ||
      !jp_vault_get_secret (vault, JP_SYNC_SECRET_KEY, &key, error))
    return FALSE;
  if (certificate != NULL && key != NULL)
    *out_pem = g_strconcat (certificate, "\n", key, NULL);
  jp_seal_wipe_text (key);
  return TRUE;
}

/**
 * jp_sync_key_is_ending:
 * @vault: a vault
 * @out_ending: (out): whether the certificate ends within 60 days
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_sync_key_is_ending (JpVault *vault, gboolean *out_ending, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_ending != NULL, FALSE);

  g_autofree char *pem = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GDateTime) end = NULL;

  *out_ending = FALSE;
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_CERTIFICATE, &pem, error))
    return FALSE;
  /* ignored: a certificate that cannot be read is refused by the platform, which says so */
  certificate = pem != NULL ? g_tls_certificate_new_from_pem (pem, -1, NULL) : NULL;
  end = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  if (end != NULL)
    *out_ending =
      g_date_time_to_unix (end) * JP_SECOND_US - jp_vault_now_us (vault) < RENEW_BEFORE_US;
  return TRUE;
}

static gnutls_datum_t
as_datum (GBytes *bytes)
{
  gsize         size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return (gnutls_datum_t){ (guchar *)data, (guint)size };
}

static gboolean
sign_with (const char *key_pem, GBytes *bytes, GBytes **out_signature, GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;
  g_auto (gnutls_privkey_t) signer = NULL;
  gnutls_datum_t pem = { (guchar *)key_pem, (guint)strlen (key_pem) };
  gnutls_datum_t plain = as_datum (bytes);
  gnutls_datum_t signature = { NULL, 0 };

  if (!jp_net_load (error) ||
      !check (jp_net->gnutls_x509_privkey_init (&key), "read the key", error) ||
      !check (jp_net->gnutls_x509_privkey_import2 (key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0),
              "read the key", error) ||
      !check (jp_net->gnutls_privkey_init (&signer), "sign", error) ||
      !check (jp_net->gnutls_privkey_import_x509 (signer, key, 0), "sign", error) ||
      !check (jp_net->gnutls_privkey_sign_data2 (signer, GNUTLS_SIGN_ECDSA_SHA256, 0, &plain,
                                                 &signature),
              "sign", error))
    return FALSE;
  *out_signature = g_bytes_new (signature.data, signature.size);
  jp_net->free_memory (signature.data);
  return TRUE;
}

/**
 * jp_sync_key_sign:
 * @vault: a vault of a station with a certificate
 * @bytes: anything
 * @error: return location for a [error@Jp.SyncError] or [error@Jp.StoreError]
 *
 * Returns: (transfer full): the station's signature over it, or %NULL with `JP_SYNC_ERROR_AUTH`
 */
GBytes *
jp_sync_key_sign (JpVault *vault, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  char   *key = NULL;
  GBytes *signature = NULL;

  if (!jp_vault_get_secret (vault, JP_SYNC_SECRET_KEY, &key, error))
    return NULL;
  if (key == NULL)
    g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH,
                         "this station has no certificate");
  else
    sign_with (key, bytes, &signature, error);
  jp_seal_wipe_text (key);
  return signature;
}

/**
 * jp_sync_key_verify:
 * @authority_path: the file of the platform's authority
 * @bytes: anything
 * @signature: a signature over it
 * @error: return location for a [error@Jp.SyncError]
 *
 * Returns: %TRUE if it is the platform's, or %FALSE with `JP_SYNC_ERROR_AUTH`
 */
gboolean
jp_sync_key_verify (const char *authority_path, GBytes *bytes, GBytes *signature, GError **error)
{
  g_return_val_if_fail (authority_path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL && signature != NULL, FALSE);

  g_auto (gnutls_x509_crt_t) certificate = NULL;
  g_auto (gnutls_pubkey_t) key = NULL;
  g_autofree char *text = NULL;
  gsize            length_bytes = 0;
  gnutls_datum_t   plain = as_datum (bytes);
  gnutls_datum_t   signed_by = as_datum (signature);

  if (!g_file_get_contents (authority_path, &text, &length_bytes, NULL) ||
      length_bytes > MAX_PEM_BYTES)
    {
      g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH,
                           "could not read the platform's authority");
      return FALSE;
    }

  gnutls_datum_t pem = { (guchar *)text, (guint)length_bytes };

  return jp_net_load (error) &&
         check (jp_net->gnutls_x509_crt_init (&certificate), "read the authority", error) &&
         check (jp_net->gnutls_x509_crt_import (certificate, &pem, GNUTLS_X509_FMT_PEM),
                "read the authority", error) &&
         check (jp_net->gnutls_pubkey_init (&key), "read the authority", error) &&
         check (jp_net->gnutls_pubkey_import_x509 (key, certificate, 0), "read the authority",
                error) &&
         check (jp_net->gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_ECDSA_SHA256, 0, &plain,
                                                    &signed_by),
                "verify the platform's signature", error);
}
