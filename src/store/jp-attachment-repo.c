/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment-repo.h"

#include "jp-commit.h"
#include "jp-desk-private.h"

#define NAME_MAX_CHARS 120

/* The last part of a path, short enough, the end of it kept: it says what the file is. */
static char *
dup_name (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *valid = g_utf8_make_valid (base, -1);
  glong            length = g_utf8_strlen (valid, -1);

  return length <= NAME_MAX_CHARS ? g_steal_pointer (&valid)
                                  : g_utf8_substring (valid, length - NAME_MAX_CHARS, length);
}

static gboolean
check_file (const JpAttachmentFile *file, int *out_media_type, GError **error)
{
  gsize         size_bytes = 0;
  gconstpointer bytes = g_bytes_get_data (file->bytes, &size_bytes);

  *out_media_type = jp_attachment_find_media_type (bytes, size_bytes);
  if (size_bytes == 0 || size_bytes > JP_ATTACHMENT_MAX_BYTES)
    return jp_desk_refuse (JP_DESK_FILE_SIZE, "attachment", error);
  return *out_media_type >= 0 || jp_desk_refuse (JP_DESK_FILE_TYPE, "attachment", error);
}

/* The same scan twice in one file helps nobody. */
static gboolean
check_new (JpVault *vault, const JpAttachmentFile *file, const char *digest, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_ATTACHMENT);
  g_autoptr (JpRecord) known = NULL;

  jp_query_where_ref (query, jp_attachment_get_home (file->kind), &file->id);
  jp_query_where_text (query, JP_ATTACHMENT_DIGEST, JP_QUERY_EQUAL, digest);
  if (!jp_desk_find_first (vault, query, &known, error))
    return FALSE;
  return known == NULL || jp_desk_refuse (JP_DESK_FILE_THERE, "attachment", error);
}

static JpDraft *
make_draft (JpVault *vault, const JpAttachmentFile *file, int media_type, const char *digest)
{
  JpId             id = jp_id_source_next (vault->ids);
  JpDraft         *draft = jp_draft_new (JP_KIND_ATTACHMENT, &id);
  g_autofree char *name = dup_name (file->name);

  jp_draft_set_ref (draft, jp_attachment_get_home (file->kind), &file->id);
  jp_draft_set_code (draft, JP_ATTACHMENT_PURPOSE, (int)file->purpose);
  jp_draft_set_text (draft, JP_ATTACHMENT_NAME, name);
  jp_draft_set_code (draft, JP_ATTACHMENT_MEDIA_TYPE, media_type);
  jp_draft_set_integer (draft, JP_ATTACHMENT_SIZE, (gint64)g_bytes_get_size (file->bytes));
  jp_draft_set_text (draft, JP_ATTACHMENT_DIGEST, digest);
  return draft;
}

/* The bytes of an attachment, for the transaction of its row. */
typedef struct
{
  const char *digest; /* (borrowed) */
  GBytes     *bytes;  /* (borrowed) */
} Bytes;

static gboolean
put_bytes (JpVault *vault, gpointer data, GError **error)
{
  const Bytes *bytes = data;

  return jp_blob_repo_put (vault, bytes->digest, bytes->bytes, error);
}

/**
 * jp_attachment_repo_add:
 * @vault: a writing vault without an open transaction
 * @file: what to attach
 * @actor: who attaches it
 * @out_record: (out) (optional) (transfer full): the attachment
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Attaches a file: row, operation, audit and sealed bytes in one transaction, with one fsync.
 *
 * Returns: number of the operation, or 0 with %JP_DESK_FILE_TYPE, %JP_DESK_FILE_SIZE,
 *   %JP_DESK_FILE_THERE, %JP_DESK_GONE or another error
 */
gint64
jp_attachment_repo_add (JpVault                *vault,
                        const JpAttachmentFile *file,
                        const char             *actor,
                        JpRecord              **out_record,
                        GError                **error)
{
  g_return_val_if_fail (vault != NULL, 0);
  g_return_val_if_fail (file != NULL && file->bytes != NULL && file->name != NULL, 0);
  g_return_val_if_fail (jp_attachment_get_home (file->kind) != 0, 0);
  g_return_val_if_fail (actor != NULL, 0);

  int    media_type = JP_CODE_UNKNOWN;
  gint64 n = 0;
  g_autoptr (JpRecord) home = jp_desk_get_live (vault, file->kind, &file->id, error);
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "attach", actor);
  g_autofree char *digest = NULL;

  if (home == NULL || !check_file (file, &media_type, error))
    return 0;
  digest =
    jp_hash_sha256_text (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes));
  if (!check_new (vault, file, digest, error))
    return 0;

  Bytes bytes = { digest, file->bytes };

  jp_desk_add (change, NULL, make_draft (vault, file, media_type, digest));
  if (!jp_commit_change_with (vault, change, put_bytes, &bytes, &n, error))
    return 0;
  if (out_record != NULL)
    *out_record = jp_record_ref (((JpChangeRow *)change->rows->pdata[0])->after);
  return n;
}

static void
attachment_free (gpointer data)
{
  JpAttachment *attachment = data;

  jp_record_unref (attachment->record);
  g_free (attachment);
}

/* A row of a newer program may name bytes that this one does not take. */
static gboolean
find_blob (JpVault *vault, JpRecord *record, JpBlobInfo *out_info, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (jp_blob_repo_find (vault, jp_record_get_text (record, JP_ATTACHMENT_DIGEST), out_info,
                         &local))
    return TRUE;
  *out_info = (JpBlobInfo){ .state = JP_BLOB_ELSEWHERE,
                            .size_bytes = jp_record_get_integer (record, JP_ATTACHMENT_SIZE) };
  if (g_error_matches (local, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * jp_attachment_repo_list:
 * @vault: a vault
 * @kind: kind of a record
 * @id: the record
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpAttachment): what is attached to the record and not in
 *   the trash, oldest first, or %NULL with an error
 */
GPtrArray *
jp_attachment_repo_list (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (jp_attachment_get_home (kind) != 0, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_ATTACHMENT);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (attachment_free);
  g_autoptr (GPtrArray) records = NULL;

  jp_query_where_ref (query, jp_attachment_get_home (kind), id);
  records = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      JpAttachment *attachment = g_new0 (JpAttachment, 1);
      JpRecord     *record = records->pdata[i];

      attachment->record = jp_record_ref (record);
      g_ptr_array_add (attachments, attachment);
      if (!find_blob (vault, record, &attachment->blob, error))
        return NULL;
    }
  return records != NULL ? g_steal_pointer (&attachments) : NULL;
}

/**
 * jp_attachment_repo_read:
 * @vault: a vault
 * @attachment: an attachment
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): its bytes; or %NULL with `JP_STORE_ERROR_NOT_FOUND` if they are not
 *   here, or another error
 */
GBytes *
jp_attachment_repo_read (JpVault *vault, JpRecord *attachment, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (attachment != NULL, NULL);
  g_return_val_if_fail (jp_record_get_kind (attachment) == JP_KIND_ATTACHMENT, NULL);

  return jp_blob_repo_read (vault, jp_record_get_text (attachment, JP_ATTACHMENT_DIGEST), error);
}

/**
 * jp_attachment_repo_audit:
 * @vault: a writing vault without an open transaction
 * @attachment: an attachment
 * @actor: who
 * @action: "open" or "save": it was seen, or left the program
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is in the audit
 */
gboolean
jp_attachment_repo_audit (JpVault    *vault,
                          JpRecord   *attachment,
                          const char *actor,
                          const char *action,
                          GError    **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (attachment != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         jp_commit_audit (vault, actor, action, JP_KIND_ATTACHMENT, jp_record_get_id (attachment),
                          jp_record_get_text (attachment, JP_ATTACHMENT_PURPOSE), error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/**
 * jp_attachment_repo_guess:
 * @kind: kind of the record that a file is attached to
 * @media_type: what the file is
 *
 * Returns: what it most likely is, for a form to begin with
 */
JpAttachmentPurpose
jp_attachment_repo_guess (JpKind kind, int media_type)
{
  switch ((int)kind)
    {
    case JP_KIND_TRAINEE:
      return media_type == JP_MEDIA_TYPE_PDF ? JP_PURPOSE_ID_DOCUMENT : JP_PURPOSE_PHOTO;
    case JP_KIND_CONTRACT:
      return JP_PURPOSE_SIGNED;
    case JP_KIND_REFUND:
      return JP_PURPOSE_WITHDRAWAL;
    case JP_KIND_DISPUTE:
      return JP_PURPOSE_EVIDENCE;
    default:
      return JP_PURPOSE_OTHER;
    }
}
