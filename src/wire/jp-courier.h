/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"
#include "jp-wire-error.h"

G_BEGIN_DECLS

/* What a station and the platform say to each other, in a file that somebody carries where there is
 * no line (courier). The messages are those of the line. Each is sealed with a key that only the
 * two have, for its place in the file; all of it is signed by whoever wrote it. */

#define JP_COURIER_MAX_BYTES     (64 * 1024 * 1024)
#define JP_COURIER_MAX_MESSAGES  512
#define JP_COURIER_MAX_SIGNATURE 512

/**
 * JpCourierWay:
 * @JP_COURIER_UP: from a station
 * @JP_COURIER_DOWN: to a station
 */
typedef enum {
  JP_COURIER_UP = 'U',
  JP_COURIER_DOWN = 'D',
} JpCourierWay;

/**
 * JpCourier:
 * @way: where it goes
 * @station: the station
 * @parts: (owned) (element-type GBytes): the sealed messages
 * @signed_part: (owned): what the signature is about
 * @signature: (owned): over @signed_part
 *
 * A file that was carried, not opened yet.
 */
typedef struct
{
  JpCourierWay way;
  JpId         station;
  GPtrArray   *parts;
  GBytes      *signed_part;
  GBytes      *signature;
} JpCourier;

JpSealKey *jp_courier_key_new (const char *token);
GBytes *
jp_courier_seal (JpCourierWay way, const JpId *station, JpSealKey *key, GPtrArray *messages);
GBytes    *jp_courier_sign (GBytes *signed_part, GBytes *signature);
JpCourier *jp_courier_parse (GBytes *bytes, GError **error);
GPtrArray *jp_courier_open (const JpCourier *self, JpSealKey *key, GError **error);
void       jp_courier_free (JpCourier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCourier, jp_courier_free)

G_END_DECLS
