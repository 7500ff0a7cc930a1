/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

/* The part of a station that proves who it is. */

#define JP_TEST_STATION_P256_BITS GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1)

char *jp_test_station_new_request (gnutls_pk_algorithm_t algorithm, guint bits, char **out_key_pem);
GTlsCertificate *jp_test_station_enrol (const char *tls_folder, gint64 certificate_age_us);

G_END_DECLS
