/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tls-issue.h"

#include "jp-date.h"
#include "jp-platform-error.h"

#include <string.h>

/* Certificates start a day early, because the clocks of front-desk PCs run late. */
#define EARLY_US     JP_DAY_US
#define KEY_ID_BYTES 32

/* Turns a GnuTLS result into a GError; TRUE if it was a success. */
static gboolean
check (int result, const char *what, GError **error)
{
  if (result >= 0)
    return TRUE;

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID, "could not %s: %s", what,
               gnutls_strerror (result));
  return FALSE;
}

/**
 * jp_tls_issue_key:
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes a private key on the curve P-256, from GnuTLS's own source of randomness.
 *
 * Returns: (transfer full): the key, or %NULL on error
 */
gnutls_x509_privkey_t
jp_tls_issue_key (GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;

  if (!check (gnutls_x509_privkey_init (&key), "make a key", error) ||
      !check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
              "make a key", error))
    return NULL;

  return g_steal_pointer (&key);
}

static gboolean
add_host_name (gnutls_x509_crt_t certificate, const char *host_name, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host_name);
  const void                    *data = host_name;
  guint                          size = (guint)strlen (host_name);
  gnutls_x509_subject_alt_name_t type = GNUTLS_SAN_DNSNAME;

  if (address)
    {
      data = g_inet_address_to_bytes (address);
      size = (guint)g_inet_address_get_native_size (address);
      type = GNUTLS_SAN_IPADDRESS;
    }

  return check (gnutls_x509_crt_set_subject_alt_name (certificate, type, data, size,
                                                      GNUTLS_FSAN_APPEND),
                "name the host in the certificate", error);
}

/* Whose certificate it is: a private key of ours, or the public one of a request. */
static gboolean
set_key (gnutls_x509_crt_t     certificate,
         gnutls_x509_privkey_t key,
         gnutls_x509_crq_t     request,
         GError              **error)
{
  g_auto (gnutls_pubkey_t) public_key = NULL;

  if (key)
    return check (gnutls_x509_crt_set_key (certificate, key), "set the key", error);

  return check (gnutls_pubkey_init (&public_key), "make a key", error) &&
         check (gnutls_pubkey_import_x509_crq (public_key, request, 0), "read the key", error) &&
         check (gnutls_x509_crt_set_pubkey (certificate, public_key), "set the key", error);
}

/* The parts that all our certificates share. One of @key and @request is NULL. */
static gnutls_x509_crt_t
prepare (const JpTlsSubject   *subject,
         gnutls_x509_privkey_t key,
         gnutls_x509_crq_t     request,
         GError              **error)
{
  g_auto (gnutls_x509_crt_t) certificate = NULL;
  gint64 from_us = subject->now_us - EARLY_US;
  gint64 until_us = subject->now_us + subject->valid_days * JP_DAY_US;
  guint8 key_id[KEY_ID_BYTES];
  gsize  key_id_bytes = sizeof key_id;

  /* A serial number is positive and at most 20 bytes long (RFC 5280, 4.1.2.2). */
  JpId serial = subject->serial;
  serial.bytes[0] &= 0x7f;

  if (!check (gnutls_x509_crt_init (&certificate), "make a certificate", error) ||
      !check (gnutls_x509_crt_set_version (certificate, 3), "set the version", error) ||
      !check (gnutls_x509_crt_set_serial (certificate, serial.bytes, sizeof serial.bytes),
              "set the serial number", error) ||
      !set_key (certificate, key, request, error) ||
      !check (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                             subject->common_name,
                                             (guint)strlen (subject->common_name)),
              "set the name", error) ||
      !check (gnutls_x509_crt_set_activation_time (certificate, from_us / JP_SECOND_US),
              "set the start of validity", error) ||
      !check (gnutls_x509_crt_set_expiration_time (certificate, until_us / JP_SECOND_US),
              "set the end of validity", error) ||
      !check (gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, key_id,
                                          &key_id_bytes),
              "name the key", error) ||
      !check (gnutls_x509_crt_set_subject_key_id (certificate, key_id, key_id_bytes),
              "name the key", error))
    return NULL;

  return g_steal_pointer (&certificate);
}

/**
 * jp_tls_issue_authority:
 * @subject: what the certificate says
 * @key: the authority's private key
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes the self-signed certificate of an authority that may sign certificates of servers and
 * stations, but no further authorities.
 *
 * Returns: (transfer full): the certificate, or %NULL on error
 */
gnutls_x509_crt_t
jp_tls_issue_authority (const JpTlsSubject *subject, gnutls_x509_privkey_t key, GError **error)
{
  g_return_val_if_fail (subject != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  g_auto (gnutls_x509_crt_t) certificate = prepare (subject, key, NULL, error);

  if (!certificate)
    return NULL;
  if (!check (gnutls_x509_crt_set_basic_constraints (certificate, 1, 0), "set the constraints",
              error) ||
      !check (gnutls_x509_crt_set_key_usage (certificate,
                                             GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN),
              "set the usage", error) ||
      !check (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0),
              "sign the authority", error))
    return NULL;

  return g_steal_pointer (&certificate);
}

/* What is true of everything that is not an authority: its use, who vouches for it. */
static gboolean
finish (gnutls_x509_crt_t     certificate,
        const char           *purpose,
        gnutls_x509_crt_t     authority,
        gnutls_x509_privkey_t authority_key,
        GError              **error)
{
  guint8 issuer_id[KEY_ID_BYTES];
  gsize  issuer_id_bytes = sizeof issuer_id;

  return check (gnutls_x509_crt_set_basic_constraints (certificate, 0, -1), "set the constraints",
                error) &&
         check (gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE),
                "set the usage", error) &&
         check (gnutls_x509_crt_set_key_purpose_oid (certificate, purpose, 0), "set the purpose",
                error) &&
         check (gnutls_x509_crt_get_subject_key_id (authority, issuer_id, &issuer_id_bytes, NULL),
                "name the issuer", error) &&
         check (gnutls_x509_crt_set_authority_key_id (certificate, issuer_id, issuer_id_bytes),
                "name the issuer", error) &&
         check (gnutls_x509_crt_sign2 (certificate, authority, authority_key, GNUTLS_DIG_SHA256, 0),
                "sign the certificate", error);
}

/**
 * jp_tls_issue_server:
 * @subject: what the certificate says
 * @key: the server's private key
 * @authority: the signing authority
 * @authority_key: its private key
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes the certificate of a server for the host names of @subject.
 *
 * Returns: (transfer full): the certificate, or %NULL on error
 */
gnutls_x509_crt_t
jp_tls_issue_server (const JpTlsSubject   *subject,
                     gnutls_x509_privkey_t key,
                     gnutls_x509_crt_t     authority,
                     gnutls_x509_privkey_t authority_key,
                     GError              **error)
{
  g_return_val_if_fail (subject != NULL && subject->host_names != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (authority != NULL && authority_key != NULL, NULL);

  g_auto (gnutls_x509_crt_t) certificate = prepare (subject, key, NULL, error);

  if (!certificate)
    return NULL;
  for (gsize i = 0; subject->host_names[i]; i++)
    {
      if (!add_host_name (certificate, subject->host_names[i], error))
        return NULL;
    }

  if (!finish (certificate, GNUTLS_KP_TLS_WWW_SERVER, authority, authority_key, error))
    return NULL;

  return g_steal_pointer (&certificate);
}

static gnutls_x509_crq_t
read_request (const char *pem, GError **error)
{
  g_auto (gnutls_x509_crq_t) request = NULL;
  gnutls_datum_t datum = { (guchar *)pem, (guint)strlen (pem) };
  guint          key_bits = 0;

  if (!check (gnutls_x509_crq_init (&request), "read the request", error) ||
      !check (gnutls_x509_crq_import (request, &datum, GNUTLS_X509_FMT_PEM), "read the request",
              error)
      /* Whoever asks must have the private key. */
      || !check (gnutls_x509_crq_verify (request, 0), "verify the request", error))
    return NULL;
  if (gnutls_x509_crq_get_pk_algorithm (request, &key_bits) != GNUTLS_PK_ECDSA || key_bits != 256)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "the key of the request is not one on the curve P-256");
      return NULL;
    }

  return g_steal_pointer (&request);
}

/**
 * jp_tls_issue_station:
 * @subject: what the certificate says; nothing of it comes from the request
 * @request_pem: the station's request (PKCS #10), of which only the key is used
 * @authority: the signing authority
 * @authority_key: its private key
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes the certificate by which a station proves who it is.
 *
 * Returns: (transfer full): the certificate, or %NULL with `JP_PLATFORM_ERROR_INVALID` if the
 *   request is malformed, not signed with its key, or its key is not on the curve P-256
 */
gnutls_x509_crt_t
jp_tls_issue_station (const JpTlsSubject   *subject,
                      const char           *request_pem,
                      gnutls_x509_crt_t     authority,
                      gnutls_x509_privkey_t authority_key,
                      GError              **error)
{
  g_return_val_if_fail (subject != NULL && request_pem != NULL, NULL);
  g_return_val_if_fail (authority != NULL && authority_key != NULL, NULL);

  g_auto (gnutls_x509_crq_t) request = read_request (request_pem, error);
  g_auto (gnutls_x509_crt_t) certificate = request ? prepare (subject, NULL, request, error) : NULL;

  if (!certificate ||
      !finish (certificate, GNUTLS_KP_TLS_WWW_CLIENT, authority, authority_key, error))
    return NULL;

  return g_steal_pointer (&certificate);
}

static char *
steal_pem (gnutls_datum_t *pem)
{
  char *text = g_strndup ((const char *)pem->data, pem->size);

  gnutls_memset (pem->data, 0, pem->size);
  gnutls_free (pem->data);

  return text;
}

/**
 * jp_tls_issue_certificate_to_pem:
 * @certificate: a certificate
 *
 * Returns: (transfer full): @certificate as PEM
 */
char *
jp_tls_issue_certificate_to_pem (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t pem = { NULL, 0 };

  g_return_val_if_fail (certificate != NULL, NULL);

  int result = gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem);
  g_assert (result == GNUTLS_E_SUCCESS);

  return steal_pem (&pem);
}

/**
 * jp_tls_issue_key_to_pem:
 * @key: a private key
 *
 * Returns: (transfer full): @key as PEM (PKCS #8, which is what GIO reads); secret
 */
char *
jp_tls_issue_key_to_pem (gnutls_x509_privkey_t key)
{
  gnutls_datum_t pem = { NULL, 0 };

  g_return_val_if_fail (key != NULL, NULL);

  int result =
    gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem);
  g_assert (result == GNUTLS_E_SUCCESS);

  return steal_pem (&pem);
}

/**
 * jp_tls_issue_certificate_from_pem:
 * @pem: the text of a PEM file
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): the certificate, or %NULL with `JP_PLATFORM_ERROR_INVALID`
 */
gnutls_x509_crt_t
jp_tls_issue_certificate_from_pem (const char *pem, GError **error)
{
  g_return_val_if_fail (pem != NULL, NULL);

  g_auto (gnutls_x509_crt_t) certificate = NULL;
  gnutls_datum_t datum = { (guchar *)pem, (guint)strlen (pem) };

  if (!check (gnutls_x509_crt_init (&certificate), "make a certificate", error) ||
      !check (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM),
              "read the certificate", error))
    return NULL;

  return g_steal_pointer (&certificate);
}

/**
 * jp_tls_issue_key_from_pem:
 * @pem: the text of a PEM file
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): the private key, or %NULL with `JP_PLATFORM_ERROR_INVALID`
 */
gnutls_x509_privkey_t
jp_tls_issue_key_from_pem (const char *pem, GError **error)
{
  g_return_val_if_fail (pem != NULL, NULL);

  g_auto (gnutls_x509_privkey_t) key = NULL;
  gnutls_datum_t datum = { (guchar *)pem, (guint)strlen (pem) };

  if (!check (gnutls_x509_privkey_init (&key), "make a key", error) ||
      !check (gnutls_x509_privkey_import2 (key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0),
              "read the key", error))
    return NULL;

  return g_steal_pointer (&key);
}

static gnutls_datum_t
as_datum (GBytes *bytes)
{
  gsize         size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return (gnutls_datum_t){ (guchar *)data, (guint)size };
}

/**
 * jp_tls_issue_sign:
 * @key: a private key
 * @bytes: anything
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): the signature (ECDSA with SHA-256), or %NULL
 */
GBytes *
jp_tls_issue_sign (gnutls_x509_privkey_t key, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  g_auto (gnutls_privkey_t) signer = NULL;
  gnutls_datum_t plain = as_datum (bytes);
  gnutls_datum_t signature = { NULL, 0 };
  GBytes        *result = NULL;

  if (!check (gnutls_privkey_init (&signer), "sign", error) ||
      !check (gnutls_privkey_import_x509 (signer, key, 0), "sign", error) ||
      !check (gnutls_privkey_sign_data2 (signer, GNUTLS_SIGN_ECDSA_SHA256, 0, &plain, &signature),
              "sign", error))
    return NULL;
  result = g_bytes_new (signature.data, signature.size);
  gnutls_free (signature.data);
  return result;
}

/**
 * jp_tls_issue_verify:
 * @certificate: of whoever should have signed
 * @bytes: anything
 * @signature: a signature over it
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: whether it is theirs; otherwise with `JP_PLATFORM_ERROR_AUTH`
 */
gboolean
jp_tls_issue_verify (gnutls_x509_crt_t certificate,
                     GBytes           *bytes,
                     GBytes           *signature,
                     GError          **error)
{
  g_return_val_if_fail (certificate != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL && signature != NULL, FALSE);

  g_auto (gnutls_pubkey_t) key = NULL;
  gnutls_datum_t plain = as_datum (bytes);
  gnutls_datum_t signed_by = as_datum (signature);

  if (gnutls_pubkey_init (&key) >= 0 && gnutls_pubkey_import_x509 (key, certificate, 0) >= 0 &&
      gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_ECDSA_SHA256, 0, &plain, &signed_by) >= 0)
    return TRUE;
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH,
                       "the signature is not the station's");
  return FALSE;
}

/**
 * jp_tls_issue_is_pair:
 * @certificate: a certificate
 * @key: a private key
 *
 * Returns: whether @certificate is about @key
 */
gboolean
jp_tls_issue_is_pair (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
  guint8 certificate_id[KEY_ID_BYTES];
  guint8 key_id[KEY_ID_BYTES];
  gsize  certificate_id_bytes = sizeof certificate_id;
  gsize  key_id_bytes = sizeof key_id;

  g_return_val_if_fail (certificate != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, certificate_id,
                                     &certificate_id_bytes) >= 0 &&
         gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, key_id, &key_id_bytes) >=
           0 &&
         certificate_id_bytes == key_id_bytes && memcmp (certificate_id, key_id, key_id_bytes) == 0;
}

/**
 * jp_tls_issue_is_signed_by:
 * @certificate: a certificate
 * @authority: an authority
 *
 * Tells nothing about dates: those are the caller's, by its own clock.
 *
 * Returns: whether @authority signed @certificate
 */
gboolean
jp_tls_issue_is_signed_by (gnutls_x509_crt_t certificate, gnutls_x509_crt_t authority)
{
  guint status = 0;

  g_return_val_if_fail (certificate != NULL, FALSE);
  g_return_val_if_fail (authority != NULL, FALSE);

  return gnutls_x509_crt_verify (certificate, &authority, 1,
                                 GNUTLS_VERIFY_DISABLE_TIME_CHECKS |
                                   GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS,
                                 &status) >= 0 &&
         status == 0;
}

/**
 * jp_tls_issue_get_valid_from_us:
 * @certificate: a certificate
 *
 * Returns: the first instant of validity
 */
gint64
jp_tls_issue_get_valid_from_us (gnutls_x509_crt_t certificate)
{
  g_return_val_if_fail (certificate != NULL, 0);

  return (gint64)gnutls_x509_crt_get_activation_time (certificate) * JP_SECOND_US;
}

/**
 * jp_tls_issue_get_valid_until_us:
 * @certificate: a certificate
 *
 * Returns: the last instant of validity
 */
gint64
jp_tls_issue_get_valid_until_us (gnutls_x509_crt_t certificate)
{
  g_return_val_if_fail (certificate != NULL, 0);

  return (gint64)gnutls_x509_crt_get_expiration_time (certificate) * JP_SECOND_US;
}
