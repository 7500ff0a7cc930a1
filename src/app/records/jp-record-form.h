/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* The form of a record of any kind, made from its description: rows by type, checks by the model,
 * what is typed kept until it is saved. */

#define JP_TYPE_RECORD_FORM (jp_record_form_get_type ())

G_DECLARE_FINAL_TYPE (JpRecordForm, jp_record_form, JP, RECORD_FORM, GObject)

/**
 * JpRecordFormBuild:
 * @vault: the vault of the writer
 * @before: (nullable): the record as it was opened, %NULL for a new one
 * @draft: (transfer full): what is typed
 * @actor: who saves
 * @error: return location
 *
 * Makes the change that saving means. Runs on the writer.
 *
 * Returns: (transfer full): the change, or %NULL with an error
 */
typedef JpChange *(*JpRecordFormBuild) (JpVault    *vault,
                                        JpRecord   *before,
                                        JpDraft    *draft,
                                        const char *actor,
                                        GError    **error);

/**
 * JpRecordFormEdited:
 * @form: the form
 * @field: what was typed into
 *
 * Lets a form follow what is typed: fill a second field, offer other choices.
 */
typedef void (*JpRecordFormEdited) (JpRecordForm *form, JpFieldId field);

/**
 * JpRecordFormLive:
 * @office: the office
 *
 * Makes what stands above the fields and follows what is typed.
 *
 * Returns: (transfer floating): a widget
 */
typedef GtkWidget *(*JpRecordFormLive) (JpOffice *office);

/**
 * JpRecordFormFollow:
 * @live: what stands above the fields
 * @typed: the record as it is typed
 *
 * Shows what is to be said of it. Called when the form is there, and after each edit.
 */
typedef void (*JpRecordFormFollow) (GtkWidget *live, JpRecord *typed);

/**
 * JpRecordFormSpec:
 * @kind: kind of the record
 * @record: (nullable): what is edited, %NULL for a new one
 * @about: (nullable): the record that a new one belongs to: what is typed is kept for each apart
 * @draft: (nullable) (transfer full): what a new one begins with; %NULL: the defaults of the desk
 * @title: (nullable): title of the window, translated; %NULL: by the kind
 * @save_label: (nullable): what saving means, translated
 * @hint: (nullable): a sentence above the fields, translated
 * @fields: (nullable) (array length=n_fields): these fields come first, in this order, in a group
 *   of their own
 * @n_fields: how many
 * @only_these: no other fields are asked for
 * @sentence: (nullable): what is told when it is saved, translated
 * @build: (nullable): what saving means; %NULL: the row is put as it is typed
 * @edited: (nullable): called after each edit
 * @live: (nullable): makes what stands above the fields
 * @follow: (nullable): what it does with what is typed; %NULL without @live
 * @problem_field: the field under which a rule of the desk says no; 0: above the form
 *
 * How a form differs from the one the description makes.
 */
typedef struct
{
  JpKind             kind;
  JpRecord          *record;
  const JpId        *about;
  JpDraft           *draft;
  const char        *title;
  const char        *save_label;
  const char        *hint;
  const JpFieldId   *fields;
  guint              n_fields;
  gboolean           only_these;
  const char        *sentence;
  JpRecordFormBuild  build;
  JpRecordFormEdited edited;
  JpRecordFormLive   live;
  JpRecordFormFollow follow;
  JpFieldId          problem_field;
} JpRecordFormSpec;

void jp_record_form_open (JpOffice *office, const JpRecordFormSpec *spec);
void jp_record_form_edit (JpOffice *office, JpRecord *record);
void jp_record_form_new_record (JpOffice *office, JpKind kind);

JpOffice *jp_record_form_get_office (JpRecordForm *self);
JpForm   *jp_record_form_get_form (JpRecordForm *self);
JpDraft  *jp_record_form_get_draft (JpRecordForm *self);
JpRecord *jp_record_form_get_choice (JpRecordForm *self, JpFieldId field);
void      jp_record_form_set_code (JpRecordForm *self, JpFieldId field, const char *code);

G_END_DECLS
