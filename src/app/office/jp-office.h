/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-sync.h"
#include "jp-window.h"

G_BEGIN_DECLS

/* What every page works with: the school's data, the sync engine, and the ways to tell the user
 * something. */

#define JP_TYPE_OFFICE (jp_office_get_type ())

G_DECLARE_FINAL_TYPE (JpOffice, jp_office, JP, OFFICE, GObject)

typedef void (*JpOfficeDone) (gpointer user_data);
typedef void (*JpOfficeFailed) (const GError *error, gpointer user_data);

/**
 * JpOfficeBuild:
 * @vault: the vault of the writer
 * @data: what was given with the act
 * @actor: who acts
 * @error: return location
 *
 * Builds a change, usually a function of jp-desk.h. Runs on the writer.
 *
 * Returns: (transfer full): the change, or %NULL with an error
 */
typedef JpChange *(*JpOfficeBuild) (JpVault    *vault,
                                    gpointer    data,
                                    const char *actor,
                                    GError    **error);

/**
 * JpOfficeAct:
 * @build: makes the change
 * @data: (owned) (nullable): for @build
 * @data_free: (nullable): how to free @data
 * @kinds: mask of the kinds whose lists look again, jp_store_kind_bit(); 0 for all
 * @sentence: (nullable): a translated sentence that says what was done; shown with "Undo"
 * @done: (nullable): called once it is on the disk
 * @failed: (nullable): called instead of telling the error
 * @user_data: for @done and @failed
 *
 * Something the desk does: the change is built and committed in one job of the writer.
 */
typedef struct
{
  JpOfficeBuild  build;
  gpointer       data;
  GDestroyNotify data_free;
  guint64        kinds;
  const char    *sentence;
  JpOfficeDone   done;
  JpOfficeFailed failed;
  gpointer       user_data;
} JpOfficeAct;

/**
 * JpOfficeQuestion:
 * @heading: the question, translated
 * @body: what will happen, translated
 * @verb: label of the button that does it, translated
 * @yes: called if the answer is yes
 * @user_data: for @yes
 * @user_data_free: (nullable): how to free @user_data, whatever the answer
 *
 * A question before something leaves the house.
 */
typedef struct
{
  const char    *heading;
  const char    *body;
  const char    *verb;
  JpOfficeDone   yes;
  gpointer       user_data;
  GDestroyNotify user_data_free;
} JpOfficeQuestion;

JpOffice *jp_office_new (JpStore *store, JpSync *sync);
JpStore  *jp_office_get_store (JpOffice *self);
JpSync   *jp_office_get_sync (JpOffice *self);
JpRecord *jp_office_get_school (JpOffice *self);
void      jp_office_set_window (JpOffice *self, JpWindow *window);
JpWindow *jp_office_get_window (JpOffice *self);
void      jp_office_tell (JpOffice *self, const char *sentence);
void      jp_office_tell_error (JpOffice *self, const GError *error);
char     *jp_office_dup_error_sentence (const GError *error);
void      jp_office_commit (JpOffice    *self,
                            JpChange    *change,
                            const char  *sentence,
                            JpOfficeDone done,
                            gpointer     user_data);
void      jp_office_note (JpOffice *self, gint64 n, const char *sentence);
void      jp_office_ask (JpOffice *self, const JpOfficeQuestion *question);
void      jp_office_act (JpOffice *self, const JpOfficeAct *act);
void      jp_office_undo (JpOffice *self);
gboolean  jp_office_can_undo (JpOffice *self);
void      jp_office_delete (JpOffice *self, JpKind kind, GArray *rids, const char *title);
void      jp_office_restore (JpOffice *self, JpKind kind, GArray *rids);
void      jp_office_show (JpOffice *self, JpKind kind, const JpId *id);

G_END_DECLS
