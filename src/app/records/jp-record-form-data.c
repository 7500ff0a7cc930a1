/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record-form-data.h"

#include "jp-commit.h"
#include "jp-record-form-rows.h"
#include "jp-typing-repo.h"

/**
 * jp_record_form_data_free:
 * @self: (nullable) (transfer full): data of a form
 */
void
jp_record_form_data_free (JpRecordFormData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->typed, g_variant_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self);
}

/* What has to be read before the form is shown, in one job: what was typed before, what references
 * may be set to, and the audit of who saw the sensitive values. */
typedef struct
{
  JpKind    kind;
  JpRecord *record;  /* (owned) (nullable) */
  GArray   *targets; /* (owned) (element-type JpId): what each reference points to now */
  char     *place;   /* (owned) */
  char     *actor;   /* (owned) */
  gboolean  audit;
} Prepare;

static void
prepare_free (gpointer data)
{
  Prepare *prepare = data;

  jp_record_unref (prepare->record);
  g_array_unref (prepare->targets);
  g_free (prepare->place);
  g_free (prepare->actor);
  g_free (prepare);
}

static gboolean
write_audit (JpVault *vault, const Prepare *prepare, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!prepare->audit)
    return TRUE;
  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_commit_audit (vault, prepare->actor, "reveal", prepare->kind,
                        jp_record_get_id (prepare->record), "", error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

static gpointer
prepare_call (JpVault *vault, gpointer data, GError **error)
{
  const Prepare    *prepare = data;
  const JpKindInfo *info = jp_kind_get_info (prepare->kind);
  g_autoptr (JpRecordFormData) prepared = g_new0 (JpRecordFormData, 1);
  guint n = 0;

  prepared->choices = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  if (!write_audit (vault, prepare, error) ||
      !jp_typing_repo_load (vault, prepare->place, &prepared->typed, error))
    return NULL;

  for (guint i = 0; i < info->n_fields; i++)
    {
      GPtrArray *choices = NULL;

      if (info->fields[i].type != JP_FIELD_REF ||
          !jp_record_form_rows_is_shown (&info->fields[i], prepare->record == NULL))
        continue;
      choices =
        jp_record_form_rows_read_choices (vault, info->fields[i].target,
                                          &g_array_index (prepare->targets, JpId, n++), error);
      if (choices == NULL)
        return NULL;
      g_ptr_array_add (prepared->choices, choices);
    }
  return g_steal_pointer (&prepared);
}

static gboolean
shows_sealed (JpRecord *record)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & JP_FIELD_SEALED) &&
        jp_record_form_rows_is_shown (&info->fields[i], FALSE) &&
        jp_record_has (record, info->fields[i].id))
      return TRUE;

  return FALSE;
}

static Prepare *
new_prepare (JpStore *store, JpDraft *draft, JpRecord *record, const char *place)
{
  const JpKindInfo *info = jp_kind_get_info (jp_draft_get_kind (draft));
  Prepare          *prepare = g_new0 (Prepare, 1);

  prepare->kind = info->kind;
  prepare->record = record != NULL ? jp_record_ref (record) : NULL;
  prepare->place = g_strdup (place);
  prepare->actor = g_strdup (jp_store_get_actor (store));
  prepare->audit = record != NULL && shows_sealed (record);
  prepare->targets = g_array_new (FALSE, FALSE, sizeof (JpId));
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].type == JP_FIELD_REF &&
        jp_record_form_rows_is_shown (&info->fields[i], record == NULL))
      {
        JpId id = jp_draft_has (draft, info->fields[i].id)
                    ? *jp_draft_get_ref (draft, info->fields[i].id)
                    : JP_ID_NONE;

        g_array_append_val (prepare->targets, id);
      }
  return prepare;
}

/**
 * jp_record_form_data_read_async:
 * @store: the store
 * @draft: what the form begins with
 * @record: (nullable): the record that is edited, %NULL for a new one
 * @place: where the typing is kept
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads, in one job of the writer, because who edits a record sees its sensitive values: the audit
 * has that in writing before.
 */
void
jp_record_form_data_read_async (JpStore            *store,
                                JpDraft            *draft,
                                JpRecord           *record,
                                const char         *place,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (draft != NULL);
  g_return_if_fail (place != NULL);

  JpStoreCall call = { prepare_call, new_prepare (store, draft, record, place), prepare_free,
                       (GDestroyNotify)jp_record_form_data_free, 0 };

  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, callback, user_data);
}

/**
 * jp_record_form_data_read_finish:
 * @store: the store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the data, or %NULL with an error
 */
JpRecordFormData *
jp_record_form_data_read_finish (JpStore *store, GAsyncResult *result, GError **error)
{
  JpRecordFormData *data = NULL;

  return jp_store_write_finish (store, result, (gpointer *)&data, error) ? data : NULL;
}

typedef struct
{
  char     *place; /* (owned) */
  GVariant *typed; /* (owned) (nullable): NULL to forget */
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_free (keep->place);
  g_clear_pointer (&keep->typed, g_variant_unref);
  g_free (keep);
}

static gpointer
keep_call (JpVault *vault, gpointer data, GError **error)
{
  Keep *keep = data;

  if (keep->typed != NULL)
    jp_typing_repo_save (vault, keep->place, keep->typed, error);
  else
    jp_typing_repo_clear (vault, keep->place, error);
  return NULL;
}

/**
 * jp_record_form_data_keep_async:
 * @store: the store
 * @place: where the typing is kept
 * @typed: (nullable) (transfer full): a{ss}; %NULL to forget what is kept
 * @callback: called when it is on the disk
 * @user_data: for @callback
 */
void
jp_record_form_data_keep_async (JpStore            *store,
                                const char         *place,
                                GVariant           *typed,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (place != NULL);

  Keep       *keep = g_new0 (Keep, 1);
  JpStoreCall call = { keep_call, keep, keep_free, NULL, 0 };

  keep->place = g_strdup (place);
  keep->typed = typed;
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, callback, user_data);
}

/**
 * jp_record_form_data_keep_finish:
 * @store: the store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_record_form_data_keep_finish (JpStore *store, GAsyncResult *result, GError **error)
{
  return jp_store_write_finish (store, result, NULL, error);
}
