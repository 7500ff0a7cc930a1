/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tls.h"

#include "jp-date.h"
#include "jp-platform-error.h"
#include "jp-tls-issue.h"

#include <glib/gstdio.h>
#include <string.h>

#define AUTHORITY_FILE      "ca.pem"
#define AUTHORITY_KEY_FILE  "ca-key.pem"
#define SERVER_FILE         "server.pem"
#define SERVER_KEY_FILE     "server-key.pem"
#define AUTHORITY_NAME      "Jiapei platform authority"
#define SERVER_NAME         "Jiapei platform"
#define AUTHORITY_DAYS      (20 * 365)
#define SERVER_DAYS         365
#define STATION_DAYS        365
#define RENEW_BEFORE_US     (30 * JP_DAY_US)
#define MAX_PEM_BYTES       (64 * 1024)
#define MAX_HOST_NAME_BYTES 253

typedef struct
{
  gnutls_x509_crt_t     certificate; /* (owned) */
  gnutls_x509_privkey_t key;         /* (owned) */
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->certificate, gnutls_x509_crt_deinit);
  g_clear_pointer (&pair->key, gnutls_x509_privkey_deinit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
write_file (const char *folder, const char *name, const char *text, int mode, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) file_error = NULL;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                &file_error))
    return TRUE;

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not write \"%s\": %s", path,
               file_error->message);
  return FALSE;
}

/* Reads a file; a file that does not exist is no error and gives NULL. */
static gboolean
read_file (const char *folder, const char *name, char **out_text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize            text_bytes = 0;
  g_autoptr (GError) file_error = NULL;

  *out_text = NULL;
  if (!g_file_get_contents (path, &text, &text_bytes, &file_error))
    {
      if (g_error_matches (file_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not read \"%s\": %s",
                   path, file_error->message);
      return FALSE;
    }
  if (text_bytes > MAX_PEM_BYTES || strlen (text) != text_bytes)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID, "\"%s\" is not a PEM file",
                   path);
      return FALSE;
    }

  *out_text = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_pair (const char *folder,
           const char *certificate_name,
           const char *key_name,
           Pair       *out_pair,
           GError    **error)
{
  g_auto (Pair) pair = { NULL, NULL };
  g_autofree char *certificate_pem = NULL;
  g_autofree char *key_pem = NULL;

  if (!read_file (folder, certificate_name, &certificate_pem, error) ||
      !read_file (folder, key_name, &key_pem, error))
    return FALSE;
  if (certificate_pem &&
      !(pair.certificate = jp_tls_issue_certificate_from_pem (certificate_pem, error)))
    {
      g_prefix_error (error, "%s: ", certificate_name);
      return FALSE;
    }
  if (key_pem && !(pair.key = jp_tls_issue_key_from_pem (key_pem, error)))
    {
      g_prefix_error (error, "%s: ", key_name);
      return FALSE;
    }

  *out_pair = pair;
  pair = (Pair){ NULL, NULL };
  return TRUE;
}

static gboolean
create_authority (const char *folder, const JpTlsOptions *options, Pair *authority, GError **error)
{
  JpTlsSubject subject = {
    .common_name = AUTHORITY_NAME,
    .now_us = jp_clock_now_us (options->clock),
    .valid_days = AUTHORITY_DAYS,
    .serial = jp_id_source_next (options->ids),
  };

  /* The key is written first: after a crash in between it is used again. */
  if (!authority->key)
    {
      authority->key = jp_tls_issue_key (error);
      if (!authority->key)
        return FALSE;

      g_autofree char *key_pem = jp_tls_issue_key_to_pem (authority->key);
      if (!write_file (folder, AUTHORITY_KEY_FILE, key_pem, 0600, error))
        return FALSE;
    }

  g_auto (gnutls_x509_crt_t) certificate = jp_tls_issue_authority (&subject, authority->key, error);
  if (!certificate)
    return FALSE;

  /* GnuTLS 3.7 verifies nothing against a certificate that it has only made, not read. */
  g_autofree char *pem = jp_tls_issue_certificate_to_pem (certificate);
  authority->certificate = jp_tls_issue_certificate_from_pem (pem, error);
  return authority->certificate && write_file (folder, AUTHORITY_FILE, pem, 0644, error);
}

/* An authority is never replaced silently: every station would have to be told. */
static gboolean
check_authority (Pair *authority, JpClock *clock, GError **error)
{
  if (!authority->key || !jp_tls_issue_is_pair (authority->certificate, authority->key))
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
                           "the key of the authority is missing or is another one's");
      return FALSE;
    }
  if (jp_tls_issue_get_valid_until_us (authority->certificate) <= jp_clock_now_us (clock))
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
                           "the authority has expired");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_good_server (Pair *server, Pair *authority, const char *const *host_names, JpClock *clock)
{
  gint64 now_us = jp_clock_now_us (clock);

  if (!server->certificate || !server->key ||
      !jp_tls_issue_is_pair (server->certificate, server->key) ||
      !jp_tls_issue_is_signed_by (server->certificate, authority->certificate) ||
      jp_tls_issue_get_valid_from_us (server->certificate) > now_us ||
      jp_tls_issue_get_valid_until_us (server->certificate) < now_us + RENEW_BEFORE_US)
    return FALSE;

  for (gsize i = 0; host_names[i]; i++)
    {
      if (!gnutls_x509_crt_check_hostname (server->certificate, host_names[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
create_server (const char         *folder,
               const JpTlsOptions *options,
               Pair               *authority,
               const char *const  *host_names,
               GError            **error)
{
  JpTlsSubject subject = {
    .common_name = SERVER_NAME,
    .host_names = host_names,
    .now_us = jp_clock_now_us (options->clock),
    .valid_days = SERVER_DAYS,
    .serial = jp_id_source_next (options->ids),
  };
  g_auto (Pair) server = { NULL, NULL };

  server.key = jp_tls_issue_key (error);
  if (!server.key)
    return FALSE;
  server.certificate =
    jp_tls_issue_server (&subject, server.key, authority->certificate, authority->key, error);
  if (!server.certificate)
    return FALSE;

  /* A crash between the two leaves a pair that does not match, which is made anew next time. */
  g_autofree char *key_pem = jp_tls_issue_key_to_pem (server.key);
  g_autofree char *pem = jp_tls_issue_certificate_to_pem (server.certificate);
  return write_file (folder, SERVER_KEY_FILE, key_pem, 0600, error) &&
         write_file (folder, SERVER_FILE, pem, 0644, error);
}

static gboolean
is_host_name (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_HOST_NAME_BYTES &&
         strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-") ==
           length;
}

/* The names of the certificate: those of this machine to itself, and the given ones. */
static GPtrArray *
collect_host_names (const char *const *given, GError **error)
{
  static const char *const own[] = { "localhost", "127.0.0.1", "::1" };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    g_ptr_array_add (names, g_strdup (own[i]));
  for (gsize i = 0; given && given[i]; i++)
    {
      if (!is_host_name (given[i]) || names->len >= JP_TLS_MAX_HOST_NAMES)
        {
          g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                       "\"%s\" is not a host name, or one too many", given[i]);
          return NULL;
        }
      if (!g_ptr_array_find_with_equal_func (names, given[i], g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (given[i]));
    }
  g_ptr_array_add (names, NULL);

  return g_steal_pointer (&names);
}

/**
 * jp_tls_ensure_authority:
 * @folder: where the four files are, or will be; made if missing, readable by its owner only
 * @options: clock, source of serial numbers, host names
 * @out_renewed: (out) (optional): whether the server's certificate was made anew
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes a private certificate authority on first run, and a server certificate whenever there is
 * none that is good for another 30 days and for all host names. Blocks on the disk; call it at
 * start and then once a day.
 *
 * Returns: %TRUE if the folder now holds a valid authority and server certificate; %FALSE with
 *   `JP_PLATFORM_ERROR_CONFLICT` if the authority has expired or lost its key, with
 *   `JP_PLATFORM_ERROR_INVALID` for files or host names of the wrong form, or with
 *   `JP_PLATFORM_ERROR_IO`
 */
gboolean
jp_tls_ensure_authority (const char         *folder,
                         const JpTlsOptions *options,
                         gboolean           *out_renewed,
                         GError            **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (options != NULL, FALSE);
  g_return_val_if_fail (JP_IS_CLOCK (options->clock), FALSE);
  g_return_val_if_fail (JP_IS_ID_SOURCE (options->ids), FALSE);

  g_auto (Pair) authority = { NULL, NULL };
  g_auto (Pair) server = { NULL, NULL };
  g_autoptr (GPtrArray) host_names = collect_host_names (options->host_names, error);
  gboolean renewed = FALSE;

  if (!host_names)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not make \"%s\"", folder);
      return FALSE;
    }

  if (!read_pair (folder, AUTHORITY_FILE, AUTHORITY_KEY_FILE, &authority, error) ||
      (!authority.certificate && !create_authority (folder, options, &authority, error)) ||
      !check_authority (&authority, options->clock, error) ||
      !read_pair (folder, SERVER_FILE, SERVER_KEY_FILE, &server, error))
    return FALSE;

  const char *const *names = (const char *const *)host_names->pdata;
  if (!is_good_server (&server, &authority, names, options->clock))
    {
      if (!create_server (folder, options, &authority, names, error))
        return FALSE;
      renewed = TRUE;
    }

  if (out_renewed)
    *out_renewed = renewed;
  return TRUE;
}

/**
 * jp_tls_load_certificate:
 * @folder: a folder that [func@Jp.tls_ensure_authority] has filled
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): the server's certificate with its key, or %NULL with
 *   `JP_PLATFORM_ERROR_IO`
 */
GTlsCertificate *
jp_tls_load_certificate (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = g_build_filename (folder, SERVER_FILE, NULL);
  g_autofree char *key_path = g_build_filename (folder, SERVER_KEY_FILE, NULL);
  g_autoptr (GError) tls_error = NULL;
  g_autoptr (GTlsCertificate) certificate =
    g_tls_certificate_new_from_files (path, key_path, &tls_error);

  if (!certificate)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not load \"%s\": %s",
                   path, tls_error->message);
      return NULL;
    }

  return g_steal_pointer (&certificate);
}

/**
 * jp_tls_load_authority:
 * @folder: a folder that [func@Jp.tls_ensure_authority] has filled
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): trust in what the authority has issued, and in nothing else; or %NULL
 *   with `JP_PLATFORM_ERROR_IO`
 */
GTlsDatabase *
jp_tls_load_authority (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = jp_tls_authority_path (folder);
  g_autoptr (GError) tls_error = NULL;
  g_autoptr (GTlsDatabase) authority = g_tls_file_database_new (path, &tls_error);

  if (!authority)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not load \"%s\": %s",
                   path, tls_error->message);
      return NULL;
    }

  return g_steal_pointer (&authority);
}

/**
 * jp_tls_sign_station:
 * @folder: a folder that [func@Jp.tls_ensure_authority] has filled
 * @options: clock and source of serial numbers
 * @station: the station's id, which the certificate will say. As glib-networking 2.74 does not look
 *   at what a certificate is for, it must never be the name of a host, and an id never is.
 * @request_pem: the station's request (PKCS #10) for a key on the curve P-256
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes the certificate by which a station proves who it is, valid for a year. Reads the
 * authority's key from the disk and forgets it again. Any thread.
 *
 * Returns: (transfer full): the certificate as PEM, or %NULL with `JP_PLATFORM_ERROR_INVALID` if
 * the request is not acceptable, or as [func@Jp.tls_ensure_authority] if the authority is not
 */
char *
jp_tls_sign_station (const char         *folder,
                     const JpTlsOptions *options,
                     const JpId         *station,
                     const char         *request_pem,
                     GError            **error)
{
  g_return_val_if_fail (folder != NULL && options != NULL, NULL);
  g_return_val_if_fail (station != NULL && request_pem != NULL, NULL);

  g_auto (Pair) authority = { NULL, NULL };
  JpIdText     name;
  JpTlsSubject subject = {
    .common_name = jp_id_to_text (station, name),
    .now_us = jp_clock_now_us (options->clock),
    .valid_days = STATION_DAYS,
    .serial = jp_id_source_next (options->ids),
  };

  if (strlen (request_pem) > MAX_PEM_BYTES)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "the request is too long");
      return NULL;
    }
  if (!read_pair (folder, AUTHORITY_FILE, AUTHORITY_KEY_FILE, &authority, error))
    return NULL;
  if (!authority.certificate)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO,
                   "there is no authority in \"%s\"", folder);
      return NULL;
    }
  if (!check_authority (&authority, options->clock, error))
    return NULL;

  g_auto (gnutls_x509_crt_t) certificate =
    jp_tls_issue_station (&subject, request_pem, authority.certificate, authority.key, error);

  return certificate ? jp_tls_issue_certificate_to_pem (certificate) : NULL;
}

/**
 * jp_tls_sign:
 * @folder: a folder that [func@Jp.tls_ensure_authority] has filled
 * @bytes: anything
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): the authority's signature over it, which whoever has its file can
 *   verify; or %NULL
 */
GBytes *
jp_tls_sign (const char *folder, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  g_auto (Pair) authority = { NULL, NULL };

  if (!read_pair (folder, AUTHORITY_FILE, AUTHORITY_KEY_FILE, &authority, error))
    return NULL;
  if (authority.key != NULL)
    return jp_tls_issue_sign (authority.key, bytes, error);
  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "there is no authority in \"%s\"",
               folder);
  return NULL;
}

/**
 * jp_tls_verify:
 * @certificate_pem: of whoever should have signed
 * @bytes: anything
 * @signature: a signature over it
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: %TRUE if it is theirs, or %FALSE with `JP_PLATFORM_ERROR_AUTH`
 */
gboolean
jp_tls_verify (const char *certificate_pem, GBytes *bytes, GBytes *signature, GError **error)
{
  g_return_val_if_fail (certificate_pem != NULL, FALSE);

  g_auto (gnutls_x509_crt_t) certificate =
    jp_tls_issue_certificate_from_pem (certificate_pem, error);

  return certificate != NULL && jp_tls_issue_verify (certificate, bytes, signature, error);
}

/**
 * jp_tls_authority_path:
 * @folder: a folder that [func@Jp.tls_ensure_authority] has filled
 *
 * Returns: (transfer full): the file that stations need in order to trust this platform
 */
char *
jp_tls_authority_path (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return g_build_filename (folder, AUTHORITY_FILE, NULL);
}
