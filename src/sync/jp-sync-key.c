/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-key.h"

#include "jp-date.h"
#include "jp-sync-error.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#define RENEW_BEFORE_US (60 * JP_DAY_US)
#define COMMON_NAME     "station" /* the platform takes nothing but the key from a request */

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_privkey_t, gnutls_privkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crq_t, gnutls_x509_crq_deinit, NULL)

static gboolean
check (int result, const char *what, GError **error)
{
  if (result >= 0)
    return TRUE;
  g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH, "could not %s: %s", what,
               gnutls_strerror (result));
  return FALSE;
}

static char *
steal_pem (gnutls_datum_t *pem)
{
  char *text = g_strndup ((const char *)pem->data, pem->size);

  gnutls_memset (pem->data, 0, pem->size);
  gnutls_free (pem->data);
  return text;
}

static gboolean
make_key (gnutls_x509_privkey_t key, char **out_pem, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };

  /* PKCS #8 is what GIO reads. */
  if (!check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
              "make a key", error) ||
      !check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                 &pem),
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

  if (!check (gnutls_privkey_init (&signer), "sign a request", error) ||
      !check (gnutls_privkey_import_x509 (signer, key, 0), "sign a request", error) ||
      !check (gnutls_x509_crq_init (&request), "make a request", error) ||
      !check (gnutls_x509_crq_set_version (request, 1), "make a request", error) ||
      !check (gnutls_x509_crq_set_dn_by_oid (request, GNUTLS_OID_X520_COMMON_NAME, 0, COMMON_NAME,
                                             sizeof COMMON_NAME - 1),
              "make a request", error) ||
      !check (gnutls_x509_crq_set_key (request, key), "make a request", error) ||
      !check (gnutls_x509_crq_privkey_sign (request, signer, GNUTLS_DIG_SHA256, 0),
              "sign a request", error) ||
      !check (gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem), "write a request",
              error))
    return FALSE;
  *out_pem = steal_pem (&pem);
  return TRUE;
}

static gboolean
make_pair (char **out_key, char **out_request, GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;

  return check (gnutls_x509_privkey_init (&key), "make a key", error) &&
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
