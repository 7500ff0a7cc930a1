/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-setup.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-display.h"

#define SHORT_NAME_MIN_CHARS 2

/**
 * jp_setup_dup_short_name:
 * @name: the full name of a school
 *
 * Leaves out what every school's name has: the legal form and the trade.
 *
 * Returns: (transfer full): a short name of at most 16 characters
 */
char *
jp_setup_dup_short_name (const char *name)
{
  static const char *const common[] = {
    "有限责任公司", "有限公司", "机动车驾驶员", "机动车驾驶人", "驾驶员", "培训学校",
    "培训中心",     "培训",     "菏泽市",       "山东省",       "山东",   "菏泽",
  };
  g_return_val_if_fail (name != NULL, NULL);

  const JpField   *field = jp_field_get (JP_SCHOOL_SHORT_NAME);
  g_autofree char *clean = jp_text_clean (name);
  g_autoptr (GString) text = g_string_new (clean);

  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    g_string_replace (text, common[i], "", 0);

  /* A name of nothing but those words is its own short name. */
  const char *chosen = jp_text_length (text->str) >= SHORT_NAME_MIN_CHARS ? text->str : clean;

  return g_utf8_substring (chosen, 0, MIN ((glong)field->max, g_utf8_strlen (chosen, -1)));
}

/**
 * jp_setup_new_draft:
 * @id: id of the school
 * @school: what is known of it
 *
 * Fills a draft from what somebody typed; [func@Jp.validate_draft] says whether it will do.
 *
 * Returns: (transfer full): the draft of the school's record
 */
JpDraft *
jp_setup_new_draft (const JpId *id, const JpSetupSchool *school)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (school != NULL, NULL);

  JpDraft         *draft = jp_draft_new (JP_KIND_SCHOOL, id);
  g_autofree char *short_name = NULL;

  const struct
  {
    JpFieldId   field;
    const char *text;
  } values[] = {
    { JP_SCHOOL_NAME, school->name },         { JP_SCHOOL_SHORT_NAME, school->short_name },
    { JP_SCHOOL_DISTRICT, school->district }, { JP_SCHOOL_ADDRESS, school->address },
    { JP_SCHOOL_PHONE, school->phone },       { JP_SCHOOL_LICENCE_TYPES, school->licence_types },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i].text != NULL)
      jp_display_parse (draft, values[i].field, values[i].text); /* texts are always understood */

  if (!jp_draft_has (draft, JP_SCHOOL_SHORT_NAME) && jp_draft_has (draft, JP_SCHOOL_NAME))
    {
      short_name = jp_setup_dup_short_name (jp_draft_get_text (draft, JP_SCHOOL_NAME));
      jp_draft_set_text (draft, JP_SCHOOL_SHORT_NAME, short_name);
    }
  jp_draft_set_code (draft, JP_SCHOOL_BUSI_STATUS, JP_BUSI_STATUS_OPEN);
  return draft;
}

static gboolean
write_school (JpVault *vault, JpRecord *school, const char *actor, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpIdText text;
  JpId     op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "setup", actor);

  jp_change_add (change, NULL, school);
  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  return jp_vault_set_setting (vault, JP_SETTING_SCHOOL,
                               jp_id_to_text (jp_record_get_id (school), text), error) &&
         jp_commit_change_inside (vault, change, NULL, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/**
 * jp_setup_school:
 * @vault: a writing vault that belongs to no school yet
 * @school: (transfer full): the draft of the school's record; its id becomes the school's
 * @actor: who sets it up
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the vault that school's: its record and the setting that names it, in one transaction.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_INVALID` (the draft is not complete, or the vault
 *   has a school already) or another code
 */
gboolean
jp_setup_school (JpVault *vault, JpDraft *school, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (jp_draft_get_kind (school) == JP_KIND_SCHOOL, FALSE);
  g_return_val_if_fail (actor != NULL, FALSE);

  g_autoptr (JpRecord) record = jp_draft_end (school);

  if (!jp_id_is_none (&vault->school))
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID,
                           "the data belong to a school already");
      return FALSE;
    }

  vault->school = *jp_record_get_id (record);
  if (write_school (vault, record, actor, error))
    return TRUE;
  vault->school = JP_ID_NONE;
  return FALSE;
}
