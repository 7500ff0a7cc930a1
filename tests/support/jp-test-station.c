/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-test-station.h"

#include "jp-fake-clock.h"
#include "jp-tls.h"

#include <gnutls/abstract.h>

static char *
steal_text (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *)datum->data, datum->size);

  gnutls_free (datum->data);
  return text;
}

/**
 * jp_test_station_new_request:
 * @algorithm: of the key
 * @bits: size of the key, or its curve
 * @out_key_pem: (out) (optional): the private key
 *
 * Makes a key and what a station sends to get a certificate for it. The request asks for more than
 * it should get: a name of its own, and to be an authority.
 *
 * Returns: (transfer full): the request as PEM
 */
char *
jp_test_station_new_request (gnutls_pk_algorithm_t algorithm, guint bits, char **out_key_pem)
{
  gnutls_x509_privkey_t key = NULL;
  gnutls_privkey_t      signer = NULL;
  gnutls_x509_crq_t     request = NULL;
  gnutls_datum_t        pem = { NULL, 0 };

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (key, algorithm, bits, 0), ==, 0);
  g_assert_cmpint (gnutls_privkey_init (&signer), ==, 0);
  g_assert_cmpint (gnutls_privkey_import_x509 (signer, key, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crq_init (&request), ==, 0);
  g_assert_cmpint (gnutls_x509_crq_set_version (request, 1), ==, 0);
  g_assert_cmpint (gnutls_x509_crq_set_dn_by_oid (request, GNUTLS_OID_X520_COMMON_NAME, 0,
                                                  "the boss", 8),
                   ==, 0);
  g_assert_cmpint (gnutls_x509_crq_set_basic_constraints (request, 1, -1), ==, 0);
  g_assert_cmpint (gnutls_x509_crq_set_key (request, key), ==, 0);
  g_assert_cmpint (gnutls_x509_crq_privkey_sign (request, signer, GNUTLS_DIG_SHA256, 0), ==, 0);
  if (out_key_pem)
    {
      g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL,
                                                          GNUTLS_PKCS_PLAIN, &pem),
                       ==, 0);
      *out_key_pem = steal_text (&pem);
    }
  g_assert_cmpint (gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem), ==, 0);

  gnutls_x509_crq_deinit (request);
  gnutls_privkey_deinit (signer);
  gnutls_x509_privkey_deinit (key);
  return steal_text (&pem);
}

/**
 * jp_test_station_enrol:
 * @tls_folder: the folder of an authority
 * @certificate_age_us: how long ago the station was enrolled
 *
 * Returns: (transfer full): the certificate of a station, with its key
 */
GTlsCertificate *
jp_test_station_enrol (const char *tls_folder, gint64 certificate_age_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFakeClock) then = jp_fake_clock_new (g_get_real_time () - certificate_age_us);
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (then));
  g_autofree char *key_pem = NULL;
  g_autofree char *request =
    jp_test_station_new_request (GNUTLS_PK_ECDSA, JP_TEST_STATION_P256_BITS, &key_pem);
  JpTlsOptions     options = { JP_CLOCK (then), ids, NULL };
  JpId             station = { { 0x01, 0x93, [15] = 7 } };
  g_autofree char *pem = jp_tls_sign_station (tls_folder, &options, &station, request, &error);

  g_assert_no_error (error);
  g_autofree char *both = g_strconcat (pem, key_pem, NULL);
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (both, -1, &error);
  g_assert_no_error (error);

  return certificate;
}
