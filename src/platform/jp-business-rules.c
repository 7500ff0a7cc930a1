/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

#include "jp-data.h"
#include "jp-signature.h"

/* Policies and curricula: the platform publishes them to all schools, contracts name theirs by its
 * digest. */

static GBytes *
find_document (JpBusiness *self, JpKind kind, const char *digest, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT document FROM ", jp_kind_get_info (kind)->name,
                                      " WHERE digest = :digest AND deleted = 0 LIMIT 1", NULL);
  g_autoptr (JpStatement) find = jp_db_prepare (jp_platform_store_get_db (self->store), sql, error);
  gboolean row = FALSE;

  if (find == NULL)
    return NULL;
  jp_statement_bind_text (find, ":digest", digest != NULL ? digest : "");
  if (!jp_statement_step (find, &row, error))
    return NULL;
  if (!row)
    {
      jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                          "the %s of the contract is none that the platform has published",
                          jp_kind_get_info (kind)->name);
      return NULL;
    }

  const char *text = jp_statement_get_text (find, 0);

  return g_bytes_new (text, strlen (text));
}

/**
 * jp_business_find_policy:
 * @self: a business
 * @contract: a contract
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer none): the very version of the rules that is frozen in the contract, or %NULL
 *   with `JP_PLATFORM_ERROR_CONFLICT` if the platform never published it
 */
JpPolicy *
jp_business_find_policy (JpBusiness *self, JpRecord *contract, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  const char *digest = jp_record_get_text (contract, JP_CONTRACT_POLICY_DIGEST);
  JpPolicy   *policy = digest != NULL ? g_hash_table_lookup (self->policies, digest) : NULL;

  if (policy != NULL)
    return policy;

  g_autoptr (GBytes) bytes = find_document (self, JP_KIND_POLICY, digest, error);

  if (bytes == NULL)
    return NULL;
  policy =
    jp_policy_new_from_bytes (jp_record_get_text (contract, JP_CONTRACT_POLICY_ID), bytes, error);
  if (policy != NULL)
    g_hash_table_insert (self->policies, g_strdup (digest), policy);
  return policy;
}

/**
 * jp_business_find_curriculum:
 * @self: a business
 * @contract: a contract
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer none): the very version of the curriculum that is frozen in the contract, or
 *   %NULL with `JP_PLATFORM_ERROR_CONFLICT` if the platform never published it
 */
JpCurriculum *
jp_business_find_curriculum (JpBusiness *self, JpRecord *contract, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  const char   *digest = jp_record_get_text (contract, JP_CONTRACT_CURRICULUM_DIGEST);
  JpCurriculum *curriculum = digest != NULL ? g_hash_table_lookup (self->curricula, digest) : NULL;

  if (curriculum != NULL)
    return curriculum;

  g_autoptr (GBytes) bytes = find_document (self, JP_KIND_CURRICULUM, digest, error);

  if (bytes == NULL)
    return NULL;
  curriculum =
    jp_curriculum_new_from_bytes (jp_record_get_text (contract, JP_CONTRACT_CURRICULUM_ID), bytes,
                                  error);
  if (curriculum != NULL)
    g_hash_table_insert (self->curricula, g_strdup (digest), curriculum);
  return curriculum;
}

typedef struct
{
  JpKind              kind;
  const JpDataHeader *header;
  const char         *digest;
  const char         *signature; /* NULL: the kind has none */
  GBytes             *bytes;
} Document;

static JpDraft *
draft_document (const Document *document, const JpId *id)
{
  static const struct
  {
    JpFieldId id, title, issuer, valid_from, digest, document;
  } fields[] = {
    { JP_POLICY_POLICY_ID, JP_POLICY_TITLE, JP_POLICY_ISSUER, JP_POLICY_VALID_FROM,
      JP_POLICY_DIGEST, JP_POLICY_DOCUMENT },
    { JP_CURRICULUM_CURRICULUM_ID, JP_CURRICULUM_TITLE, JP_CURRICULUM_ISSUER,
      JP_CURRICULUM_VALID_FROM, JP_CURRICULUM_DIGEST, JP_CURRICULUM_DOCUMENT },
  };
  gsize            of = document->kind == JP_KIND_POLICY ? 0 : 1;
  gsize            length_bytes = 0;
  const char      *data = g_bytes_get_data (document->bytes, &length_bytes);
  g_autofree char *text = g_strndup (data, length_bytes);
  JpDraft         *draft = jp_draft_new (document->kind, id);

  jp_draft_set_text (draft, fields[of].id, document->header->id);
  jp_draft_set_text (draft, fields[of].title, document->header->title);
  jp_draft_set_text (draft, fields[of].issuer, document->header->issuer);
  jp_draft_set_date (draft, fields[of].valid_from, document->header->valid_from);
  jp_draft_set_text (draft, fields[of].digest, document->digest);
  jp_draft_set_text (draft, fields[of].document, text);
  if (document->signature != NULL)
    jp_draft_set_text (draft, JP_POLICY_SIGNATURE, document->signature);
  return draft;
}

static gboolean
is_signed (JpRecord *present, const Document *document)
{
  return document->signature == NULL ||
         g_strcmp0 (jp_record_get_text (present, JP_POLICY_SIGNATURE), document->signature) == 0;
}

/* The record has the digest's id, so that a file is published once; again if it was not signed
 * yet. */
static gboolean
publish (JpBusiness *self, const Document *document, GError **error)
{
  JpId id = jp_id_derive (jp_kind_get_info (document->kind)->name, document->digest);
  g_autoptr (GError) local_error = NULL;
  JpDraft *draft = NULL;
  g_autoptr (JpRecord) present = jp_record_table_find (jp_platform_store_get_db (self->store),
                                                       jp_platform_store_get_key (self->store),
                                                       document->kind, &id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (present == NULL)
    return jp_business_put (self, NULL, draft_document (document, &id), NULL, error);
  if (is_signed (present, document))
    return TRUE;
  draft = jp_draft_new_from (present);
  jp_draft_set_text (draft, JP_POLICY_SIGNATURE, document->signature);
  return jp_business_put (self, NULL, draft, NULL, error);
}

static GBytes *
load (const char *folder, const char *id, GError **error)
{
  g_autofree char *path = g_strconcat (folder, "/", id, ".json", NULL);

  return jp_data_lookup (path, error);
}

/**
 * jp_business_publish_policy:
 * @self: a business with an open transaction
 * @id: a policy among the program's data files
 * @error: return location for a [error@Jp.ModelError] or [error@Jp.DbError]
 *
 * Signs a policy and puts it into the stream of every school, once.
 *
 * Returns: whether it is published
 */
gboolean
jp_business_publish_policy (JpBusiness *self, const char *id, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  g_autoptr (GBytes) bytes = load ("policies", id, error);
  g_autoptr (JpPolicy) policy = bytes != NULL ? jp_policy_new_from_bytes (id, bytes, error) : NULL;

  g_autofree char *text = policy != NULL ? jp_policy_dup_signed_text (policy) : NULL;
  g_autofree char *signature =
    text != NULL ? jp_signature_sign (jp_platform_store_get_key (self->store), text) : NULL;

  if (policy == NULL)
    return FALSE;

  const Document document = { JP_KIND_POLICY, jp_policy_get_header (policy),
                              jp_policy_get_digest (policy), signature, bytes };

  return publish (self, &document, error);
}

/**
 * jp_business_publish_curriculum:
 * @self: a business with an open transaction
 * @id: a curriculum among the program's data files
 * @error: return location for a [error@Jp.ModelError] or [error@Jp.DbError]
 *
 * Puts a curriculum into the stream of every school, once.
 *
 * Returns: whether it is published
 */
gboolean
jp_business_publish_curriculum (JpBusiness *self, const char *id, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  g_autoptr (GBytes) bytes = load ("curricula", id, error);
  g_autoptr (JpCurriculum) curriculum =
    bytes != NULL ? jp_curriculum_new_from_bytes (id, bytes, error) : NULL;

  if (curriculum == NULL)
    return FALSE;

  const Document document = { JP_KIND_CURRICULUM, jp_curriculum_get_header (curriculum),
                              jp_curriculum_get_digest (curriculum), NULL, bytes };

  return publish (self, &document, error);
}
