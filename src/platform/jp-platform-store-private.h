/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-store.h"

G_BEGIN_DECLS

/* Shared by the files of the store. */

struct _JpPlatformStore
{
  JpDb       *db;      /* (owned) */
  JpSealKey  *key;     /* (owned) */
  JpClock    *clock;   /* (owned) */
  JpIdSource *ids;     /* (owned) */
  char       *epoch;   /* (owned) */
  GHashTable *groups;  /* (owned): JpId of a school → Group, of the open transaction */
  GHashTable *touched; /* (owned): set of JpId: schools that the open transaction changes */
  JpPlatformChangedFunc changed;      /* (nullable) */
  gpointer              changed_data; /* (borrowed): for @changed */
  JpPlatformSignFunc    sign;         /* (nullable): NULL = stations have no certificates */
  gpointer              sign_data;    /* (borrowed): for @sign */
  char                 *folder;       /* (owned) */
  int                   witness;      /* file descriptor, -1 = not open yet */
  gint64                floor;        /* the first version of this epoch */
  gint64                renewed_us;   /* when a station last made us take a new epoch, 0 = never */
  const JpId           *author;       /* (borrowed) (nullable): station for which rows are put */
  gint64                blob_quota_bytes; /* of each school */
  int                   lock; /* file descriptor, -1 = none: lets no second process in */
};

/* The rows of one school that share a number. */
typedef struct
{
  gint64 seq;
  guint  n_rows;
  gsize  n_bytes;
} JpPlatformStoreGroup;

gboolean
     jp_platform_store_witness_check (JpPlatformStore *self, gboolean *out_past, GError **error);
void jp_platform_store_witness_write (JpPlatformStore *self);
gboolean jp_platform_store_notice_past (JpPlatformStore *self, GError **error);
gboolean jp_platform_store_ensure_sums (JpPlatformStore *self, GError **error);
gboolean jp_platform_store_ensure_versions (JpPlatformStore *self, GError **error);
gboolean
       jp_platform_store_begin_versions (JpPlatformStore *self, gint64 *out_floor, GError **error);
gint64 jp_platform_store_next_version (JpPlatformStore *self, gint64 present);
gboolean jp_platform_store_knows_version (JpPlatformStore *self,
                                          gint64           version,
                                          gboolean        *out_known,
                                          GError         **error);
gboolean
jp_platform_store_add_sum (JpPlatformStore *self, const JpId *school, gint64 sum, GError **error);
char    *jp_platform_store_new_epoch_text (JpPlatformStore *self);
gsize    jp_platform_store_estimate_bytes (JpRecord *record);
gboolean jp_platform_store_announce (JpPlatformStore *self,
                                     const JpId      *school,
                                     JpRecord        *record,
                                     GError         **error);

G_END_DECLS
