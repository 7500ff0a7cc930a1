/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finder-repo.h"

#include "jp-pinyin.h"
#include "jp-query.h"

/* Whom one looks for most comes first. */
static const JpKind kinds[] = { JP_KIND_TRAINEE, JP_KIND_CONTRACT, JP_KIND_COACH, JP_KIND_VEHICLE,
                                JP_KIND_TERMINAL };

/**
 * jp_finder_repo_hit_free:
 * @hit: (nullable) (transfer full): an answer
 */
void
jp_finder_repo_hit_free (JpFinderHit *hit)
{
  if (hit == NULL)
    return;

  g_free (hit->title);
  g_free (hit->value);
  g_free (hit->pinyin);
  g_free (hit);
}

static void
hit_free (gpointer data)
{
  jp_finder_repo_hit_free (data);
}

static gboolean
holds_word (const char *value, char **words)
{
  g_autofree char *folded = g_utf8_strdown (value, -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && strstr (folded, *word) != NULL)
      return TRUE;

  return FALSE;
}

/* The first field that holds one of the words: in clear or, of a sensitive field, its last
 * characters. */
static JpFieldId
find_field (JpRecord *record, char **words)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      gboolean       looked =
        (field->flags & JP_FIELD_SEARCHED) != 0 || jp_record_table_has_index_column (field);

      if (looked && jp_field_is_text (field) && jp_record_has (record, field->id) &&
          holds_word (jp_record_get_text (record, field->id), words))
        return field->id;
    }
  return 0;
}

/* The first field that is spelled like one of the words. */
static JpFieldId
find_spelled (JpRecord *record, char **words, char **out_pinyin)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if ((field->flags & JP_FIELD_SEARCHED) == 0 || !jp_record_has (record, field->id))
        continue;
      for (char **word = words; *word != NULL; word++)
        {
          *out_pinyin = jp_pinyin_dup_match (jp_record_get_text (record, field->id), *word);
          if (*out_pinyin != NULL)
            return field->id;
        }
    }
  return 0;
}

/* Whose it is tells contracts apart, and may be why one was found: its trainee's name. */
static void
add_person (JpVault *vault, JpRecord *record, JpFinderHit *hit)
{
  const JpKindInfo *info = jp_record_get_info (record);

  for (guint i = 0; hit->field == 0 && i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];
      g_autoptr (JpRecord) person = NULL;

      if (field->type != JP_FIELD_REF || field->target != JP_KIND_TRAINEE ||
          !jp_record_has (record, field->id))
        continue;
      /* ignored: a hit without its reason is still the right one */
      person = jp_record_table_get (vault->db, vault->key, JP_KIND_TRAINEE,
                                    jp_record_get_ref (record, field->id), NULL);
      if (person == NULL)
        return;
      hit->field = field->id;
      g_free (hit->value);
      hit->value = g_strdup (jp_record_get_title (person));
    }
}

static JpFinderHit *
new_hit (JpVault *vault, JpRecord *record, char **words)
{
  JpFinderHit *hit = g_new0 (JpFinderHit, 1);

  hit->kind = jp_record_get_kind (record);
  hit->id = *jp_record_get_id (record);
  hit->title = g_strdup (jp_record_get_title (record));
  hit->field = find_field (record, words);
  if (hit->field == 0)
    hit->field = find_spelled (record, words, &hit->pinyin);
  hit->value = hit->field != 0 ? jp_record_dup_display (record, hit->field, FALSE) : g_strdup ("");
  add_person (vault, record, hit);
  return hit;
}

/**
 * jp_finder_repo_find:
 * @vault: a vault
 * @text: what is looked for: part of a name, its pinyin or initials, a number or a plate, or a
 *   whole ID or phone number; a contract is also found by its trainee
 * @error: return location for a [error@Jp.StoreError]
 *
 * Looks through trainees, contracts, coaches, vehicles and terminals, the newest first, at most
 * %JP_FINDER_REPO_MAX_PER_KIND of each.
 *
 * Returns: (transfer full) (element-type JpFinderHit): the answers, kind by kind; %NULL with an
 * error
 */
GPtrArray *
jp_finder_repo_find (JpVault *vault, const char *text, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (hit_free);
  g_autofree char *clean = jp_text_clean (text);
  g_autofree char *folded = g_utf8_strdown (clean, -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", JP_QUERY_MAX_WORDS);

  for (gsize i = 0; *folded != '\0' && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (JpQuery) query = jp_query_new (kinds[i]);
      g_autoptr (GPtrArray) records = NULL;

      jp_query_set_search (query, folded);
      jp_query_set_order (query, 0, TRUE);
      jp_query_set_limit (query, JP_FINDER_REPO_MAX_PER_KIND);
      records = jp_query_fetch_all (vault, query, error);
      if (records == NULL)
        return NULL;
      for (guint j = 0; j < records->len; j++)
        g_ptr_array_add (hits, new_hit (vault, records->pdata[j], words));
    }
  return g_steal_pointer (&hits);
}
