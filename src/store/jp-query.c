/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-query.h"

#include "jp-pinyin.h"

#define SEALED_NUMBER_MIN_CHARS 11 /* a whole phone or ID number: found by its blind index */

typedef struct
{
  const JpField *field; /* (borrowed): static */
  JpQueryTest    test;
  char          *text; /* (owned) (nullable): value of a text or code field */
  gint64         integer;
  JpId           ref;
} Condition;

struct _JpQuery
{
  JpKind         kind;
  JpQueryRows    rows;
  GPtrArray     *conditions; /* (owned) (element-type Condition) */
  char          *search;     /* (owned) (nullable): cleaned, lower case */
  const JpField *order;      /* (borrowed) (nullable): static */
  gboolean       descending;
  guint          limit; /* 0 = none */
};

static void
condition_free (gpointer data)
{
  Condition *condition = data;

  g_free (condition->text);
  g_free (condition);
}

/**
 * jp_query_new:
 * @kind: a kind
 *
 * Returns: (transfer full): the question for all live rows of the kind, in no order
 */
JpQuery *
jp_query_new (JpKind kind)
{
  g_return_val_if_fail (jp_kind_get_info (kind) != NULL, NULL);

  JpQuery *self = g_new0 (JpQuery, 1);

  self->kind = kind;
  self->conditions = g_ptr_array_new_with_free_func (condition_free);
  return self;
}

static gpointer
copy_condition (gconstpointer data, gpointer user_data)
{
  Condition *copy = g_memdup2 (data, sizeof (Condition));

  copy->text = g_strdup (copy->text);
  return copy;
}

/**
 * jp_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): an independent copy, e.g. to hand to another thread
 */
JpQuery *
jp_query_copy (const JpQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpQuery *copy = g_memdup2 (self, sizeof *self);

  copy->conditions = g_ptr_array_copy (self->conditions, copy_condition, NULL);
  g_ptr_array_set_free_func (copy->conditions, condition_free);
  copy->search = g_strdup (self->search);
  return copy;
}

/**
 * jp_query_free:
 * @self: (nullable) (transfer full): a query
 */
void
jp_query_free (JpQuery *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->conditions);
  g_free (self->search);
  g_free (self);
}

/**
 * jp_query_get_kind:
 * @self: a query
 *
 * Returns: the kind it asks for
 */
JpKind
jp_query_get_kind (const JpQuery *self)
{
  g_return_val_if_fail (self != NULL, JP_KIND_NONE);

  return self->kind;
}

/**
 * jp_query_set_rows:
 * @self: a query
 * @rows: live ones, those in the trash, or those that wait
 */
void
jp_query_set_rows (JpQuery *self, JpQueryRows rows)
{
  g_return_if_fail (self != NULL);

  self->rows = rows;
}

static Condition *
add_condition (JpQuery *self, JpFieldId field, JpQueryTest test)
{
  g_assert (JP_FIELD_KIND (field) == self->kind);
  g_assert (self->conditions->len < JP_QUERY_MAX_CONDITIONS);

  Condition *condition = g_new0 (Condition, 1);

  condition->field = jp_field_get (field);
  condition->test = test;
  g_ptr_array_add (self->conditions, condition);
  return condition;
}

/**
 * jp_query_where_integer:
 * @self: a query
 * @field: an integer, boolean, date or instant field that is not sealed
 * @test: a comparison
 * @value: what to compare with
 */
void
jp_query_where_integer (JpQuery *self, JpFieldId field, JpQueryTest test, gint64 value)
{
  g_return_if_fail (self != NULL);

  add_condition (self, field, test)->integer = value;
}

/**
 * jp_query_where_text:
 * @self: a query
 * @field: a text or code field; a sealed one only with %JP_QUERY_EQUAL
 * @test: a comparison
 * @text: what to compare with, for a code the stored name
 */
void
jp_query_where_text (JpQuery *self, JpFieldId field, JpQueryTest test, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  add_condition (self, field, test)->text = g_strdup (text);
}

/**
 * jp_query_where_code:
 * @self: a query
 * @field: a code field
 * @test: a comparison
 * @value: a value of the code's C enum
 */
void
jp_query_where_code (JpQuery *self, JpFieldId field, JpQueryTest test, int value)
{
  const JpCode *code = jp_code_get (jp_field_get (field)->codes, value);

  g_return_if_fail (code != NULL);
  jp_query_where_text (self, field, test, code->name);
}

/**
 * jp_query_where_ref:
 * @self: a query
 * @field: a reference field
 * @id: the record it shall point to
 */
void
jp_query_where_ref (JpQuery *self, JpFieldId field, const JpId *id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  add_condition (self, field, JP_QUERY_EQUAL)->ref = *id;
}

/**
 * jp_query_where_set:
 * @self: a query
 * @field: a field
 * @set: whether it shall have a value
 */
void
jp_query_where_set (JpQuery *self, JpFieldId field, gboolean set)
{
  g_return_if_fail (self != NULL);

  add_condition (self, field, set ? JP_QUERY_SET : JP_QUERY_UNSET);
}

/**
 * jp_query_set_search:
 * @self: a query
 * @search: (nullable): words, each of which must occur in the row's search text or its trainee's,
 *   or be the pinyin, the initials or a mixture of both of a name in it; a whole ID or phone number
 *   is found by its blind index; %NULL or "" for everything
 */
void
jp_query_set_search (JpQuery *self, const char *search)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->search, g_free);
  if (search == NULL)
    return;

  g_autofree char *clean = jp_text_clean (search);

  if (*clean != '\0')
    self->search = g_utf8_strdown (clean, -1);
}

/**
 * jp_query_set_order:
 * @self: a query
 * @field: a field, or 0 for the order in which rows came
 * @descending: largest first
 */
void
jp_query_set_order (JpQuery *self, JpFieldId field, gboolean descending)
{
  g_return_if_fail (self != NULL);

  self->order = field != 0 ? jp_field_get (field) : NULL;
  self->descending = descending;
}

/**
 * jp_query_get_order:
 * @self: a query
 * @out_field: (out): the field, or 0
 * @out_descending: (out): largest first
 */
void
jp_query_get_order (const JpQuery *self, JpFieldId *out_field, gboolean *out_descending)
{
  g_return_if_fail (self != NULL);

  *out_field = self->order != NULL ? self->order->id : 0;
  *out_descending = self->descending;
}

/**
 * jp_query_set_limit:
 * @self: a query
 * @limit: at most so many rows, 0 for all
 */
void
jp_query_set_limit (JpQuery *self, guint limit)
{
  g_return_if_fail (self != NULL);

  self->limit = limit;
}

/* --- SQL: names only from the constant description, values only as parameters
 * ----------------------- */

static const char *
test_operator (JpQueryTest test)
{
  switch (test)
    {
    case JP_QUERY_EQUAL:
      return "= ?";
    case JP_QUERY_NOT_EQUAL:
      return "IS NOT ?";
    case JP_QUERY_LESS:
      return "< ?";
    case JP_QUERY_AT_LEAST:
      return ">= ?";
    case JP_QUERY_UNSET:
      return "IS NULL";
    case JP_QUERY_SET:
    default:
      return "IS NOT NULL";
    }
}

/* Whose it is: a contract is looked for by the name of its trainee. */
static const JpField *
find_person (const JpKindInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].type == JP_FIELD_REF && info->fields[i].target == JP_KIND_TRAINEE)
      return &info->fields[i];

  return NULL;
}

static void
append_names (GString *sql, const char *word)
{
  g_string_append (sql, "find LIKE ? ESCAPE '\\'");
  if (!jp_pinyin_is_query (word))
    return;

  g_autoptr (GPtrArray) ways = jp_pinyin_list_mixed (word);

  g_string_append (sql, " OR pinyin LIKE ?");
  for (guint i = 0; i < ways->len; i++)
    {
      char **patterns = ways->pdata[i];

      g_string_append (sql, " OR (pinyin LIKE ?");
      for (guint j = 1; patterns[j] != NULL; j++)
        g_string_append (sql, " AND pinyin LIKE ?");
      g_string_append_c (sql, ')');
    }
}

static void
append_search (GString *sql, const JpKindInfo *info, const char *word)
{
  const JpField *person = find_person (info);

  g_string_append (sql, " AND (");
  append_names (sql, word);
  if (person != NULL)
    {
      g_string_append_printf (sql, " OR %s IN (SELECT id FROM trainee WHERE ", person->name);
      append_names (sql, word);
      g_string_append_c (sql, ')');
    }
  if (jp_text_length (word) >= SEALED_NUMBER_MIN_CHARS)
    for (guint i = 0; i < info->n_fields; i++)
      if (jp_record_table_has_index_column (&info->fields[i]))
        g_string_append_printf (sql, " OR %s_bix = ?", info->fields[i].name);
  g_string_append_c (sql, ')');
}

static char **
split_search (const JpQuery *self)
{
  return g_strsplit (self->search != NULL ? self->search : "", " ", JP_QUERY_MAX_WORDS);
}

static void
append_where (GString *sql, const JpQuery *self)
{
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  g_auto (GStrv) words = split_search (self);

  g_string_append_printf (sql, " FROM %s WHERE deleted = %d", info->name,
                          self->rows == JP_QUERY_TRASH ? 1 : 0);
  if (self->rows == JP_QUERY_WAITING)
    g_string_append (sql, " AND pending <> 0");

  for (guint i = 0; i < self->conditions->len; i++)
    {
      const Condition *condition = g_ptr_array_index (self->conditions, i);
      gboolean         blind =
        condition->text != NULL && jp_record_table_has_index_column (condition->field);

      g_string_append_printf (sql, " AND %s%s %s", condition->field->name, blind ? "_bix" : "",
                              test_operator (condition->test));
    }
  for (char **word = words; *word != NULL; word++)
    append_search (sql, info, *word);
}

/* A search reads every row anyway: in the order of the table that takes two thirds of the time it
 * takes in the order of an index, which "+" keeps it from. */
static void
append_order (GString *sql, const JpQuery *self)
{
  const char *direction = self->descending ? " DESC" : "";
  const char *table = jp_kind_get_info (self->kind)->name;

  if (self->order == NULL)
    g_string_append_printf (sql, " ORDER BY rid%s", direction);
  else if (self->order->type == JP_FIELD_REF && jp_kind_get_info (self->order->target)->title != 0)
    {
      const JpKindInfo *target = jp_kind_get_info (self->order->target);

      g_string_append_printf (sql,
                              " ORDER BY (SELECT %s FROM %s AS target WHERE target.id = %s.%s)%s, "
                              "rid%s",
                              jp_field_get (target->title)->name, target->name, table,
                              self->order->name, direction, direction);
    }
  else if (jp_record_table_has_index_column (self->order))
    g_string_append_printf (sql, " ORDER BY %s_tail%s, rid%s", self->order->name, direction,
                            direction);
  else
    g_string_append_printf (sql, " ORDER BY %s%s%s, rid%s", self->search != NULL ? "+" : "",
                            self->order->name, direction, direction);

  if (self->limit > 0)
    g_string_append (sql, " LIMIT ?");
}

static int
bind_condition (JpStatement *statement, int position, const Condition *condition, JpSealKey *key)
{
  guint8 index[JP_SEAL_INDEX_BYTES];

  if (condition->test == JP_QUERY_SET || condition->test == JP_QUERY_UNSET)
    return position;

  if (condition->text != NULL && jp_record_table_has_index_column (condition->field))
    {
      jp_seal_index (key, condition->field->name, condition->text, index);
      jp_statement_bind_blob_at (statement, position, index, sizeof index);
    }
  else if (condition->text != NULL)
    jp_statement_bind_text_at (statement, position, condition->text);
  else if (condition->field->type == JP_FIELD_REF)
    jp_statement_bind_blob_at (statement, position, condition->ref.bytes, JP_ID_BYTES);
  else
    jp_statement_bind_integer_at (statement, position, condition->integer);

  return position + 1;
}

static int
bind_names (JpStatement *statement, int position, const char *word)
{
  g_autofree char *escaped = jp_text_escape_like (word);
  g_autofree char *pattern = g_strconcat ("%", escaped, "%", NULL);

  jp_statement_bind_text_at (statement, position++, pattern);
  if (!jp_pinyin_is_query (word))
    return position;

  g_autofree char *keys = jp_pinyin_dup_pattern (word);
  g_autoptr (GPtrArray) ways = jp_pinyin_list_mixed (word);

  jp_statement_bind_text_at (statement, position++, keys);
  for (guint i = 0; i < ways->len; i++)
    for (char **mixed = ways->pdata[i]; *mixed != NULL; mixed++)
      jp_statement_bind_text_at (statement, position++, *mixed);
  return position;
}

static int
bind_word (JpStatement      *statement,
           int               position,
           const char       *word,
           const JpKindInfo *info,
           JpSealKey        *key)
{
  g_autofree char *code = jp_text_clean_code (word);
  guint8           index[JP_SEAL_INDEX_BYTES];

  position = bind_names (statement, position, word);
  if (find_person (info) != NULL)
    position = bind_names (statement, position, word);
  if (jp_text_length (word) < SEALED_NUMBER_MIN_CHARS)
    return position;

  for (guint i = 0; i < info->n_fields; i++)
    {
      if (!jp_record_table_has_index_column (&info->fields[i]))
        continue;
      jp_seal_index (key, info->fields[i].name, code, index);
      jp_statement_bind_blob_at (statement, position++, index, sizeof index);
    }
  return position;
}

static JpStatement *
prepare (JpVault *vault, const JpQuery *self, const char *columns, gboolean ordered, GError **error)
{
  GString          *text = g_string_new ("SELECT ");
  const JpKindInfo *info = jp_kind_get_info (self->kind);
  g_auto (GStrv) words = split_search (self);
  int position = 1;

  g_string_append (text, columns);
  append_where (text, self);
  if (ordered)
    append_order (text, self);

  g_autofree char *sql = g_string_free (text, FALSE);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < self->conditions->len; i++)
    position =
      bind_condition (statement, position, g_ptr_array_index (self->conditions, i), vault->key);
  for (char **word = words; *word != NULL; word++)
    position = bind_word (statement, position, *word, info, vault->key);
  if (ordered && self->limit > 0)
    jp_statement_bind_integer_at (statement, position, self->limit);

  return g_steal_pointer (&statement);
}

/**
 * jp_query_run:
 * @vault: a vault
 * @query: a question
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type gint64): the row ids of the answer, in order: 100,000 of
 * them take about 20 ms where an index has the order; %NULL with an error
 */
GArray *
jp_query_run (JpVault *vault, const JpQuery *query, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  g_autoptr (JpStatement) statement = prepare (vault, query, "rid", TRUE, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  while (statement != NULL)
    {
      if (!jp_statement_step (statement, &row, error))
        break;
      if (!row)
        return g_steal_pointer (&rids);

      gint64 rid = jp_statement_get_integer (statement, 0);

      g_array_append_val (rids, rid);
    }

  jp_vault_translate (error);
  return NULL;
}

static gboolean
run_number (JpVault       *vault,
            const JpQuery *query,
            const char    *columns,
            gint64        *out_number,
            GError       **error)
{
  g_autoptr (JpStatement) statement = prepare (vault, query, columns, FALSE, error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_number = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_query_count:
 * @vault: a vault
 * @query: a question
 * @out_count: (out): how many rows answer it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether they could be counted
 */
gboolean
jp_query_count (JpVault *vault, const JpQuery *query, gint64 *out_count, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (query != NULL, FALSE);

  return run_number (vault, query, "COUNT (*)", out_count, error);
}

/**
 * jp_query_sum:
 * @vault: a vault
 * @query: a question
 * @field: an integer field of its kind
 * @out_sum: (out): the sum of the field over the rows that answer it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be summed
 */
gboolean
jp_query_sum (JpVault       *vault,
              const JpQuery *query,
              JpFieldId      field,
              gint64        *out_sum,
              GError       **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (JP_FIELD_KIND (field) == query->kind, FALSE);

  g_autofree char *columns =
    g_strconcat ("COALESCE (SUM (", jp_field_get (field)->name, "), 0)", NULL);

  return run_number (vault, query, columns, out_sum, error);
}

/**
 * jp_query_fetch:
 * @vault: a vault
 * @kind: a kind
 * @rids: (element-type gint64): row ids
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpRecord): the records in the order of @rids, %NULL
 * elements for rows that are gone; %NULL with an error
 */
GPtrArray *
jp_query_fetch (JpVault *vault, JpKind kind, GArray *rids, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (rids != NULL, NULL);

  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);

  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      JpRecord *record = jp_record_table_get_rid (vault->db, vault->key, kind,
                                                  g_array_index (rids, gint64, i), &local_error);

      if (record == NULL && !g_error_matches (local_error, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          jp_vault_translate (error);
          return NULL;
        }
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

/**
 * jp_query_fetch_all:
 * @vault: a vault
 * @query: a question with few answers
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpRecord): the records that answer it, in order
 */
GPtrArray *
jp_query_fetch_all (JpVault *vault, const JpQuery *query, GError **error)
{
  g_autoptr (GArray) rids = jp_query_run (vault, query, error);

  return rids != NULL ? jp_query_fetch (vault, query->kind, rids, error) : NULL;
}
