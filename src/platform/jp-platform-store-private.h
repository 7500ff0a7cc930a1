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
  const JpId           *author;       /* (borrowed) (nullable): station for which rows are put */
  int                   lock;         /* file descriptor, -1 = none: lets no second process in */
};

/* The rows of one school that share a number. */
typedef struct
{
  gint64 seq;
  guint  n_rows;
  gsize  n_bytes;
} JpPlatformStoreGroup;

char    *jp_platform_store_new_epoch_text (JpPlatformStore *self);
gsize    jp_platform_store_estimate_bytes (JpRecord *record);
gboolean jp_platform_store_announce (JpPlatformStore *self,
                                     const JpId      *school,
                                     JpRecord        *record,
                                     GError         **error);

G_END_DECLS
