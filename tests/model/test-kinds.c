/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-field.h"

/* What everything that walks the descriptions relies on. */

#define MERGE_UNITS_MAX 32

typedef void (*CheckField) (const JpKindInfo *info, const JpField *field);

static void
for_each_field (CheckField check)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      for (guint i = 0; i < info->n_fields; i++)
        {
          g_test_message ("%s.%s", info->name, info->fields[i].name);
          check (info, &info->fields[i]);
        }
    }
}

/* Fails if the text was seen before; NULL is never new. */
static void
add_new (GHashTable *seen, const char *text)
{
  if (text != NULL && !g_hash_table_add (seen, (char *)text))
    g_error ("\"%s\" occurs twice", text);
}

static gboolean
is_snake_case (const char *name)
{
  return g_ascii_islower (name[0]) &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (name);
}

static void
test_kinds (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_null (jp_kind_lookup ("nothing"));

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      g_assert_nonnull (info);
      g_assert_cmpint (info->kind, ==, kind);
      g_assert_true (is_snake_case (info->name));
      add_new (names, info->name);
      g_assert_true (jp_kind_lookup (info->name) == info);
      g_assert_cmpstr (jp_kind_get_label (kind), ==, info->label);
      g_assert_cmpstr (jp_kind_get_plural (kind), ==, info->plural);
      g_assert_cmpstr (info->label, !=, info->plural);
      g_assert_cmpuint (info->n_fields, >, 0);
      g_assert_cmpuint (info->n_fields, <=, JP_FIELDS_MAX);
    }
}

static void
test_titles (void)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      if (info->title == 0)
        continue;

      const JpField *title = jp_field_get (info->title);

      g_test_message ("%s", info->name);
      g_assert_cmpint (JP_FIELD_KIND (title->id), ==, kind);
      g_assert_cmpint (title->type, ==, JP_FIELD_TEXT);
      g_assert_false (title->flags & JP_FIELD_SEALED);
    }
}

static void
test_field_ids (void)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) wires = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_nonnull (info->fields[0].group);
      for (guint i = 0; i < info->n_fields; i++)
        {
          const JpField *field = &info->fields[i];

          g_assert_cmpint (JP_FIELD_KIND (field->id), ==, kind);
          g_assert_cmpuint (JP_FIELD_INDEX (field->id), ==, i);
          g_assert_true (jp_field_get (field->id) == field);
          g_assert_true (jp_field_lookup (kind, field->name) == field);
          add_new (names, field->name);
          add_new (wires, field->wire);
          add_new (labels, field->label); /* headings of a roster are found by it */
        }
      g_assert_null (jp_field_lookup (kind, "nothing"));
    }
}

/* The columns that every table begins with (db/jp-record-table.h). */
static void
check_name (const JpKindInfo *info, const JpField *field)
{
  static const char *const taken[] = { "rid",        "id",         "school", "ver",  "seq",
                                       "pending",    "deleted",    "parked", "lseq", "created_by",
                                       "created_at", "updated_at", "extra",  "find", NULL };

  g_assert_true (is_snake_case (field->name));
  g_assert_false (g_strv_contains (taken, field->name));
  g_assert_false (g_str_has_suffix (field->name, "_bix"));
  g_assert_false (g_str_has_suffix (field->name, "_tail"));
  g_assert_cmpstr (jp_field_get_label (field), ==, field->label);
  g_assert_cmpuint (strlen (field->label), >, 0);
  g_assert_cmpstr (jp_field_get_group (field), ==, field->group);
}

static void
check_range (const JpKindInfo *info, const JpField *field)
{
  switch (field->type)
    {
    case JP_FIELD_TEXT:
      g_assert_cmpint (field->min, >=, 0);
      g_assert_cmpint (field->max, >, 0);
      g_assert_cmpint (field->min, <=, field->max);
      break;
    case JP_FIELD_INTEGER:
      g_assert_cmpint (field->min, <, field->max);
      break;
    case JP_FIELD_BOOLEAN:
    case JP_FIELD_DATE:
    case JP_FIELD_INSTANT:
    case JP_FIELD_CODE:
    case JP_FIELD_REF:
    default:
      g_assert_cmpint (field->min, ==, 0);
      g_assert_cmpint (field->max, ==, 0);
      break;
    }
}

static void
check_type (const JpKindInfo *info, const JpField *field)
{
  g_assert_cmpint (field->codes != NULL, ==, field->type == JP_FIELD_CODE);
  g_assert_cmpint (field->target != JP_KIND_NONE, ==, field->type == JP_FIELD_REF);
  if (field->type == JP_FIELD_REF)
    g_assert_nonnull (jp_kind_get_info (field->target));
  if (field->type != JP_FIELD_INTEGER)
    g_assert_cmpint (field->unit, ==, JP_UNIT_NONE);
  if (field->type != JP_FIELD_TEXT)
    g_assert_null ((gpointer)field->check);
  g_assert_cmpint (jp_field_is_text (field), ==,
                   field->type == JP_FIELD_TEXT || field->type == JP_FIELD_CODE);
}

static void
check_flags (const JpKindInfo *info, const JpField *field)
{
  if (field->flags & (JP_FIELD_SEARCHED | JP_FIELD_JSON | JP_FIELD_LONG))
    g_assert_cmpint (field->type, ==, JP_FIELD_TEXT);

  /* In clear in the text that is searched, or in an index: no longer sealed. */
  if (field->flags & JP_FIELD_SEALED)
    {
      g_assert_false (field->flags & (JP_FIELD_INDEXED | JP_FIELD_SEARCHED));
      g_assert_cmpint (field->type, !=, JP_FIELD_REF);
      g_assert_cmpint (field->type, !=, JP_FIELD_CODE);
    }
  if (field->flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON))
    g_assert_false (field->flags & (JP_FIELD_LISTED | JP_FIELD_IMPORTED));
  if (field->flags & JP_FIELD_COMPUTED)
    g_assert_false (field->flags & JP_FIELD_IMPORTED);
}

static void
check_owner (const JpKindInfo *info, const JpField *field)
{
  g_assert_cmpuint (field->merge, <, MERGE_UNITS_MAX);

  /* What the platform decides, nobody types here. */
  if (field->owner == JP_OWNER_PLATFORM)
    {
      g_assert_true (info->owner == JP_OWNER_PLATFORM || (field->flags & JP_FIELD_COMPUTED));
      g_assert_false (field->flags & JP_FIELD_IMPORTED);
    }
  else
    g_assert_true (info->rule != JP_RULE_FACT);
}

static void
test_fields (void)
{
  for_each_field (check_name);
  for_each_field (check_range);
  for_each_field (check_type);
  for_each_field (check_flags);
  for_each_field (check_owner);
}

/* A unit with fields of both sides could be changed by nobody. */
static void
test_units (void)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      guint32           ours = 0;
      guint32           theirs = 0;

      for (guint i = 0; i < info->n_fields; i++)
        if (info->fields[i].owner == JP_OWNER_SCHOOL)
          ours |= 1u << info->fields[i].merge;
        else if (info->fields[i].owner == JP_OWNER_PLATFORM)
          theirs |= 1u << info->fields[i].merge;

      g_test_message ("%s", info->name);
      g_assert_cmpuint (ours & theirs, ==, 0);
    }
}

static void
check_codes (const JpKindInfo *info, const JpField *field)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) wires = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) values = g_hash_table_new (NULL, NULL);

  for (const JpCode *code = field->codes; code != NULL && code->name != NULL; code++)
    {
      add_new (names, code->name);
      add_new (labels, code->label);
      add_new (wires, code->wire);
      g_assert_cmpint (code->value, >=, 0);
      g_assert_true (g_hash_table_add (values, GINT_TO_POINTER (code->value)));

      g_assert_true (jp_code_lookup (field->codes, code->name) == code);
      g_assert_true (jp_code_get (field->codes, code->value) == code);
      g_assert_true (jp_code_lookup_label (field->codes, code->label) == code);
      if (code->wire != NULL)
        g_assert_true (jp_code_lookup_wire (field->codes, code->wire) == code);
      g_assert_cmpstr (jp_code_get_label (code), ==, code->label);
    }
}

static void
test_codes (void)
{
  for_each_field (check_codes);

  g_assert_null (jp_code_lookup (jp_sex_codes, NULL));
  g_assert_null (jp_code_lookup (jp_sex_codes, "Male"));
  g_assert_null (jp_code_lookup_wire (jp_sex_codes, NULL));
  g_assert_null (jp_code_lookup_wire (jp_sex_codes, "0"));
  g_assert_null (jp_code_lookup_label (jp_sex_codes, NULL));
  g_assert_true (jp_code_lookup_label (jp_sex_codes, "MALE") == &jp_sex_codes[0]);
  g_assert_null (jp_code_get (jp_sex_codes, 7));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/kinds/kinds", test_kinds);
  g_test_add_func ("/model/kinds/titles", test_titles);
  g_test_add_func ("/model/kinds/field-ids", test_field_ids);
  g_test_add_func ("/model/kinds/fields", test_fields);
  g_test_add_func ("/model/kinds/units", test_units);
  g_test_add_func ("/model/kinds/codes", test_codes);

  return g_test_run ();
}
