/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tls.h"

#include "jp-date.h"
#include "jp-fake-clock.h"
#include "jp-platform-error.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"
#include "jp-test-station.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  JpTestDir   *dir;    /* (owned) */
  JpFakeClock *clock;  /* (owned) */
  JpIdSource  *ids;    /* (owned) */
  char        *folder; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = jp_test_dir_new ();
  fixture->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  fixture->ids = jp_test_random_new_source (JP_CLOCK (fixture->clock));
  fixture->folder = jp_test_dir_build (fixture->dir, "tls");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->folder);
  g_assert_finalize_object (g_steal_pointer (&fixture->ids));
  g_assert_finalize_object (g_steal_pointer (&fixture->clock));
  jp_test_dir_free (fixture->dir);
}

static gboolean
ensure (Fixture *fixture, const char *const *host_names)
{
  g_autoptr (GError) error = NULL;
  JpTlsOptions options = { JP_CLOCK (fixture->clock), fixture->ids, host_names };
  gboolean     renewed = -1;
  gboolean     done = jp_tls_ensure_authority (fixture->folder, &options, &renewed, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return renewed;
}

static void
assert_fails (Fixture *fixture, const char *const *host_names, int code)
{
  g_autoptr (GError) error = NULL;
  JpTlsOptions options = { JP_CLOCK (fixture->clock), fixture->ids, host_names };

  g_assert_false (jp_tls_ensure_authority (fixture->folder, &options, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, code);
}

static char *
read_text (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
write_text (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
delete_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static int
get_mode (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  GStatBuf         info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

/* What a station would say to the server's certificate, by the clock of this machine. */
static GTlsCertificateFlags
verify (Fixture *fixture, const char *host_name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *authority_path = jp_tls_authority_path (fixture->folder);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (authority_path, &error);
  g_assert_no_error (error);
  g_autoptr (GTlsCertificate) certificate = jp_tls_load_certificate (fixture->folder, &error);
  g_assert_no_error (error);
  g_autoptr (GSocketConnectable) identity = g_network_address_new (host_name, 443);
  GTlsCertificateFlags flags =
    g_tls_database_verify_chain (database, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                 identity, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, &error);
  g_assert_no_error (error);

  return flags;
}

static void
test_first_run (Fixture *fixture, gconstpointer data)
{
  static const char *const host_names[] = { "platform.example", "10.1.2.3", "localhost", NULL };

  /* GnuTLS compares with the clock of the machine. */
  jp_fake_clock_set_wall (fixture->clock, g_get_real_time ());
  g_assert_true (ensure (fixture, host_names));
  g_assert_cmpint (get_mode (fixture, "."), ==, 0700);
  g_assert_cmpint (get_mode (fixture, "ca-key.pem"), ==, 0600);
  g_assert_cmpint (get_mode (fixture, "server-key.pem"), ==, 0600);
  g_assert_cmpint (verify (fixture, "localhost"), ==, 0);
  g_assert_cmpint (verify (fixture, "127.0.0.1"), ==, 0);
  g_assert_cmpint (verify (fixture, "::1"), ==, 0);
  g_assert_cmpint (verify (fixture, "platform.example"), ==, 0);
  g_assert_cmpint (verify (fixture, "10.1.2.3"), ==, 0);
  g_assert_cmpint (verify (fixture, "10.1.2.4"), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  g_assert_cmpint (verify (fixture, "other.example"), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
}

static void
test_second_run (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ensure (fixture, NULL));
  g_autofree char *authority = read_text (fixture, "ca.pem");
  g_autofree char *server = read_text (fixture, "server.pem");

  g_assert_false (ensure (fixture, NULL));
  g_autofree char *same_authority = read_text (fixture, "ca.pem");
  g_autofree char *same_server = read_text (fixture, "server.pem");
  g_assert_cmpstr (authority, ==, same_authority);
  g_assert_cmpstr (server, ==, same_server);
}

static void
test_renewal (Fixture *fixture, gconstpointer data)
{
  static const char *const host_names[] = { "new.example", NULL };

  g_assert_true (ensure (fixture, NULL));
  g_autofree char *authority = read_text (fixture, "ca.pem");
  g_autofree char *server_key = read_text (fixture, "server-key.pem");

  jp_fake_clock_advance (fixture->clock, 334 * JP_DAY_US);
  g_assert_false (ensure (fixture, NULL));
  jp_fake_clock_advance (fixture->clock, 2 * JP_DAY_US);
  g_assert_true (ensure (fixture, NULL));
  g_assert_false (ensure (fixture, NULL));

  g_autofree char *same_authority = read_text (fixture, "ca.pem");
  g_autofree char *other_key = read_text (fixture, "server-key.pem");
  g_assert_cmpstr (authority, ==, same_authority);
  g_assert_cmpstr (server_key, !=, other_key);

  g_assert_true (ensure (fixture, host_names));
  g_assert_false (ensure (fixture, host_names));
  g_assert_false (ensure (fixture, NULL));

  /* The clock was wrong when the certificate was made. */
  jp_fake_clock_set_wall (fixture->clock, JP_FAKE_CLOCK_NOW_US - 10 * JP_DAY_US);
  g_assert_true (ensure (fixture, NULL));
}

static void
test_crash (Fixture *fixture, gconstpointer data)
{
  g_assert_true (ensure (fixture, NULL));
  g_autofree char *authority_key = read_text (fixture, "ca-key.pem");

  /* After the key of the authority and before its certificate. */
  delete_file (fixture, "ca.pem");
  g_assert_false (ensure (fixture, NULL));
  g_autofree char *same_key = read_text (fixture, "ca-key.pem");
  g_assert_cmpstr (authority_key, ==, same_key);

  /* After the server's key and before its certificate. */
  write_text (fixture, "server-key.pem", authority_key);
  g_assert_true (ensure (fixture, NULL));
  delete_file (fixture, "server.pem");
  g_assert_true (ensure (fixture, NULL));
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const char *const bad_names[][2] = {
    { "", NULL }, { "a b", NULL }, { "a/b", NULL }, { "驾校", NULL }
  };
  const char *too_many[JP_TLS_MAX_HOST_NAMES + 1] = { NULL };
  char        names[JP_TLS_MAX_HOST_NAMES][8];

  for (gsize i = 0; i < G_N_ELEMENTS (bad_names); i++)
    assert_fails (fixture, bad_names[i], JP_PLATFORM_ERROR_INVALID);
  for (gsize i = 0; i < JP_TLS_MAX_HOST_NAMES; i++)
    {
      g_snprintf (names[i], sizeof names[i], "h%u", (guint)i);
      too_many[i] = names[i];
    }
  assert_fails (fixture, too_many, JP_PLATFORM_ERROR_INVALID);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  g_assert_true (ensure (fixture, NULL));
  g_autofree char *authority_key = read_text (fixture, "ca-key.pem");
  g_autofree char *server_key = read_text (fixture, "server-key.pem");

  write_text (fixture, "ca-key.pem", server_key);
  assert_fails (fixture, NULL, JP_PLATFORM_ERROR_CONFLICT);
  write_text (fixture, "ca-key.pem", "rubbish");
  assert_fails (fixture, NULL, JP_PLATFORM_ERROR_INVALID);
  delete_file (fixture, "ca-key.pem");
  assert_fails (fixture, NULL, JP_PLATFORM_ERROR_CONFLICT);
  write_text (fixture, "ca-key.pem", authority_key);
  g_assert_false (ensure (fixture, NULL));

  jp_fake_clock_advance (fixture->clock, 21 * 365 * JP_DAY_US);
  assert_fails (fixture, NULL, JP_PLATFORM_ERROR_CONFLICT);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = jp_tls_load_certificate (fixture->folder, &error);

  g_assert_null (certificate);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (jp_tls_load_authority (fixture->folder, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO);
}

static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *blocked = g_build_filename (fixture->folder, "ca-key.pem", NULL);

  /* A folder stands where the key should go. */
  g_assert_cmpint (g_mkdir_with_parents (blocked, 0700), ==, 0);
  assert_fails (fixture, NULL, JP_PLATFORM_ERROR_IO);
}

static char *
sign (Fixture *fixture, const char *request_pem, GError **error)
{
  JpTlsOptions options = { JP_CLOCK (fixture->clock), fixture->ids, NULL };
  JpId         station = { { 0x01, 0x93, [15] = 7 } };

  return jp_tls_sign_station (fixture->folder, &options, &station, request_pem, error);
}

static void
assert_not_signed (Fixture *fixture, const char *request_pem, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sign (fixture, request_pem, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, code);
}

/* What a certificate is for. */
static char *
dup_purpose (const char *pem)
{
  gnutls_datum_t    datum = { (guchar *)pem, (guint)strlen (pem) };
  gnutls_x509_crt_t certificate = NULL;
  char              purpose[64] = "";
  gsize             purpose_bytes = sizeof purpose;

  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_PEM), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_get_key_purpose_oid (certificate, 0, purpose, &purpose_bytes,
                                                        NULL),
                   ==, 0);
  g_assert_cmpint (gnutls_x509_crt_get_ca_status (certificate, NULL), ==, 0);
  gnutls_x509_crt_deinit (certificate);

  return g_strdup (purpose);
}

static void
test_station (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  jp_fake_clock_set_wall (fixture->clock, g_get_real_time ());
  g_assert_true (ensure (fixture, NULL));
  g_autofree char *request =
    jp_test_station_new_request (GNUTLS_PK_ECDSA, JP_TEST_STATION_P256_BITS, NULL);
  g_autofree char *pem = sign (fixture, request, &error);
  g_assert_no_error (error);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);
  g_autofree char *subject = NULL;
  g_object_get (certificate, "subject-name", &subject, NULL);
  g_assert_cmpstr (subject, ==, "CN=01930000-0000-0000-0000-000000000007");

  /* It proves who a station is, and nothing else. */
  g_autofree char *purpose = dup_purpose (pem);
  g_assert_cmpstr (purpose, ==, GNUTLS_KP_TLS_WWW_CLIENT);
  g_autoptr (GTlsDatabase) authority = jp_tls_load_authority (fixture->folder, &error);
  g_assert_no_error (error);
  GTlsCertificateFlags flags =
    g_tls_database_verify_chain (authority, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_CLIENT,
                                 NULL, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (flags, ==, 0);
}

static void
test_station_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request =
    jp_test_station_new_request (GNUTLS_PK_ECDSA, JP_TEST_STATION_P256_BITS, NULL);
  g_autofree char *other_curve =
    jp_test_station_new_request (GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP384R1),
                                 NULL);
  g_autofree char *rsa = jp_test_station_new_request (GNUTLS_PK_RSA, 2048, NULL);
  g_autofree char *too_long = g_strnfill (70000, 'x');
  g_autofree char *tampered = g_strdup (request);

  assert_not_signed (fixture, request, JP_PLATFORM_ERROR_IO);
  g_assert_true (ensure (fixture, NULL));
  assert_not_signed (fixture, "", JP_PLATFORM_ERROR_INVALID);
  assert_not_signed (fixture, "rubbish", JP_PLATFORM_ERROR_INVALID);
  assert_not_signed (fixture, too_long, JP_PLATFORM_ERROR_INVALID);
  assert_not_signed (fixture, rsa, JP_PLATFORM_ERROR_INVALID);
  assert_not_signed (fixture, other_curve, JP_PLATFORM_ERROR_INVALID);

  /* One character of the name. */
  char *middle = strchr (strchr (tampered, '\n') + 1, 'V');
  g_assert_nonnull (middle);
  *middle = 'W';
  assert_not_signed (fixture, tampered, JP_PLATFORM_ERROR_INVALID);

  delete_file (fixture, "ca-key.pem");
  assert_not_signed (fixture, request, JP_PLATFORM_ERROR_CONFLICT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/platform/tls/first-run", test_first_run);
  ADD ("/platform/tls/second-run", test_second_run);
  ADD ("/platform/tls/renewal", test_renewal);
  ADD ("/platform/tls/crash", test_crash);
  ADD ("/platform/tls/refusals", test_refusals);
  ADD ("/platform/tls/load", test_load);
  ADD ("/platform/tls/station", test_station);
  ADD ("/platform/tls/station-refusals", test_station_refusals);
  ADD ("/platform/tls/unwritable", test_unwritable);

  return g_test_run ();
}
