/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"
#include "jp-record.h"
#include "jp-record-table.h"
#include "jp-seal.h"
#include "jp-store-error.h"

G_BEGIN_DECLS

typedef struct _JpJournal JpJournal;

/**
 * JpVault:
 * @db: (owned): the connection
 * @key: (owned): the data key
 * @clock: (owned): where time comes from
 * @ids: (owned): where ids come from
 * @school: the school whose data this is; none until it is known
 * @journal_folder: (owned) (nullable): where every operation is written down again
 * @journal: (owned) (nullable): the journal there; %NULL until it is needed, and after an error
 * @reserve_used: the disk was full and the reserve was given up for a save; to be told
 *
 * An open database of a school with what is needed to read and write it: the first parameter of
 * every repository function. Belongs to one thread, like its connection.
 */
typedef struct
{
  JpDb       *db;
  JpSealKey  *key;
  JpClock    *clock;
  JpIdSource *ids;
  JpId        school;
  char       *journal_folder;
  JpJournal  *journal;
  gboolean    reserve_used;
} JpVault;

#define JP_VAULT_APPLICATION_ID 0x4A505331 /* "JPS1" */

#define JP_SETTING_SCHOOL     "school"     /* id of the school */
#define JP_SETTING_STATION    "station"    /* id of this station at the platform */
#define JP_SETTING_STATION_NO "station_no" /* its number inside the school */
#define JP_SETTING_EPOCH      "epoch"      /* of the platform's database */
#define JP_SETTING_CURSOR     "cursor"     /* up to where the feed was read */
#define JP_SETTING_PINYIN     "pinyin"     /* what made the pinyin of the rows */
#define JP_SETTING_FIELDS     "fields"     /* which fields the rows have been read for */
#define JP_SETTING_CLEAN      "clean"      /* "1" after an orderly end */
#define JP_SETTING_SYNCED_AT  "synced_at"  /* instant of the last complete round */
#define JP_SETTING_POLICY     "policy" /* id of the policy file that holds without the platform's */
#define JP_SETTING_DEMO       "demo"   /* "1" for a school to practise with */
#define JP_SETTING_OP_HEAD    "op_head"    /* sealed: end of the operations, see jp-heads.h */
#define JP_SETTING_AUDIT_HEAD "audit_head" /* sealed: end of the audit */
#define JP_SETTING_VERDICTS   "verdicts"   /* sealed: sum of the platform's verdicts */
#define JP_SETTING_KEY_CHECK  "key_check"  /* sealed: opens with the data key only */
#define JP_SETTING_POLICY_KEY "policy_key" /* with which the platform signs policies */
#define JP_SETTING_RESTORED   "restored"   /* made-at instant of the backup it was restored from */

JpVault *jp_vault_open (const char *path,
                        JpDbMode    mode,
                        JpSealKey  *key,
                        JpClock    *clock,
                        JpIdSource *ids,
                        GError    **error);
JpVault *jp_vault_open_private (JpSealKey *key, JpClock *clock, JpIdSource *ids, GError **error);
JpDb    *jp_vault_take_lock (const char *path, GError **error);
void     jp_vault_close (JpVault *self);
gboolean jp_vault_set_up (JpVault *self, GError **error);
gboolean jp_vault_reload_school (JpVault *self, GError **error);
gint64   jp_vault_now_us (JpVault *self);
JpDate   jp_vault_today (JpVault *self);

gboolean jp_vault_get_setting (JpVault *self, const char *name, char **out_value, GError **error);
gboolean jp_vault_set_setting (JpVault *self, const char *name, const char *value, GError **error);
gboolean jp_vault_get_secret (JpVault *self, const char *name, char **out_value, GError **error);
gboolean jp_vault_set_secret (JpVault *self, const char *name, const char *value, GError **error);

gboolean jp_vault_translate (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpVault, jp_vault_close)

G_END_DECLS
