/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-text.h"
#include "jp-data.h"
#include "jp-model-error.h"

static JpContractText *
load (void)
{
  g_autoptr (GError) error = NULL;
  JpContractText *text = jp_contract_text_new_from_data ("heze-model-draft", &error);

  g_assert_no_error (error);

  return text;
}

static JpContractText *
parse (const char *body, GError **error)
{
  g_autofree char *file = g_strconcat (
    "{\"format\":\"jiapei-contract-text\",\"format_version\":1,\"id\":\"t\",\"title\":\"Title\","
    "\"issuer\":\"t\",\"version\":1,\"valid_from\":\"2020-01-01\",\"confidence\":\"L\","
    "\"sources\":[{\"id\":\"t\",\"title\":\"t\",\"kind\":\"assumption\",\"confidence\":\"L\"}],",
    body, "}", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (file, strlen (file));

  return jp_contract_text_new_from_bytes ("test.json", bytes, error);
}

#define SMALL                                                                                      \
  "\"placeholders\":[{\"id\":\"name\",\"title\":\"t\"},{\"id\":\"shuttle\",\"title\":\"t\","       \
  "\"fallback\":\"none\"}],\"sections\":[{\"id\":\"a\",\"heading\":\"One\",\"clauses\":["          \
  "\"I, {{name}}, {{name}}.\",\"Shuttle: {{shuttle}}\"]},{\"id\":\"b\",\"heading\":\"Two\","       \
  "\"clauses\":[\"The end.\"]}]"

static GHashTable *
make_values (const char *name, const char *shuttle)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  if (name != NULL)
    g_hash_table_insert (values, (gpointer) "name", (gpointer)name);
  if (shuttle != NULL)
    g_hash_table_insert (values, (gpointer) "shuttle", (gpointer)shuttle);

  return values;
}

static void
test_small (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpContractText) text = parse (SMALL, &error);
  g_autoptr (GHashTable) values = make_values ("Ann {x} $1", "");
  g_autofree char *rendered = jp_contract_text_render (text, values, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rendered, ==,
                   "Title\n\nOne\n1. I, Ann {x} $1, Ann {x} $1.\n2. Shuttle: none\n\nTwo\n1. The "
                   "end.\n");

  g_autoptr (GPtrArray) paragraphs = jp_contract_text_render_paragraphs (text, values, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (paragraphs->len, ==, 6);
  g_assert_cmpint (((JpContractParagraph *)g_ptr_array_index (paragraphs, 1))->kind, ==,
                   JP_CONTRACT_PARAGRAPH_HEADING);
}

static void
test_values_refused (void)
{
  static const struct
  {
    const char *name;
    const char *shuttle;
    int         code;
  } cases[] = {
    { NULL, "x", JP_MODEL_ERROR_MISSING },
    { "", "x", JP_MODEL_ERROR_MISSING },
    { "{{shuttle}}", "x", JP_MODEL_ERROR_INVALID },
    { "a}}", "x", JP_MODEL_ERROR_INVALID },
    { "a\nb", "x", JP_MODEL_ERROR_INVALID },
    { "a\xe2\x80\xa8", "x", JP_MODEL_ERROR_INVALID }, /* U+2028 */
    { "a\xe2\x80\xae", "x", JP_MODEL_ERROR_INVALID }, /* U+202E: writes the other way round */
    { "a\xff", "x", JP_MODEL_ERROR_INVALID },
  };
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (JpContractText) text = parse (SMALL, &parse_error);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) values = make_values (cases[i].name, cases[i].shuttle);

      g_assert_null (jp_contract_text_render (text, values, &error));
      g_assert_error (error, JP_MODEL_ERROR, cases[i].code);
    }

  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) extra = make_values ("Ann", "x");
  g_autofree char *longest = g_strnfill (JP_CONTRACT_TEXT_MAX_VALUE_BYTES, 'a');
  g_autofree char *longer = g_strnfill (JP_CONTRACT_TEXT_MAX_VALUE_BYTES + 1, 'a');
  g_autoptr (GHashTable) most = make_values (longest, NULL);
  g_autoptr (GHashTable) more = make_values (longer, NULL);
  g_autofree char *rendered = jp_contract_text_render (text, most, &error);

  g_assert_no_error (error);
  g_assert_nonnull (rendered);
  g_assert_null (jp_contract_text_render (text, more, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID);
  g_assert_null (strstr (error->message, "aaaa")); /* no personal data in messages */
  g_clear_error (&error);
  g_hash_table_insert (extra, (gpointer) "nickname", (gpointer) "x");
  g_assert_null (jp_contract_text_render (text, extra, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID);
}

static void
test_file_refused (void)
{
  static const struct
  {
    const char *clause;
    const char *reason;
  } cases[] = {
    { "{{name}} {{shuttle}} {{x}}", "there is no placeholder \"x\"" },
    { "{{name}}", "no clause uses \"shuttle\"" },
    { "{{name}} {{shuttle}} {{", "has braces that are not a placeholder" },
    { "{{name}} {{shuttle}} }}", "has braces that are not a placeholder" },
    { "{{name}} {{shuttle} }", "has braces that are not a placeholder" },
    { "{{name}} {{ shuttle }}", "has braces that are not a placeholder" },
    { "{{name}} {{}}", "has braces that are not a placeholder" },
    { "{{name}} {{{shuttle}}}", "has braces that are not a placeholder" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *body =
        g_strdup_printf ("\"placeholders\":[{\"id\":\"name\",\"title\":\"t\"},{\"id\":\"shuttle\","
                         "\"title\":\"t\"}],"
                         "\"sections\":[{\"id\":\"a\",\"heading\":\"h\",\"clauses\":[\"%s\"]}]",
                         cases[i].clause);

      g_test_message ("%s", cases[i].clause);
      g_assert_null (parse (body, &error));
      g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    }
}

/* The model text can be filled, all of it, and says what the city's platform promises. */
static void
test_model_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpContractText) text = load ();
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < jp_contract_text_get_n_placeholders (text); i++)
    {
      const JpContractPlaceholder *placeholder = jp_contract_text_get_placeholder (text, i);

      if (placeholder->fallback == NULL)
        g_hash_table_insert (values, placeholder->id, g_strdup_printf ("<%s>", placeholder->id));
    }

  g_autofree char *rendered = jp_contract_text_render (text, values, &error);
  g_autofree char *again = jp_contract_text_render (text, values, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rendered, ==, again);
  g_assert_null (strstr (rendered, "{{"));
  for (guint i = 0; i < jp_contract_text_get_n_placeholders (text); i++)
    {
      const JpContractPlaceholder *placeholder = jp_contract_text_get_placeholder (text, i);
      const char                  *value = g_hash_table_lookup (values, placeholder->id);

      g_assert_nonnull (strstr (rendered, value != NULL ? value : placeholder->fallback));
    }

  static const char *const words[] = { "一费到底", "不需要取得乙方同意", "资金监管账户", "学时" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (rendered, words[i]));

  g_assert_false (jp_contract_text_get_header (text)->is_published);
  g_assert_cmpuint (strlen (jp_contract_text_get_digest (text)), ==, 64);

  g_autofree char *hash = jp_contract_text_hash ("abc");

  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_capital_amount (void)
{
  static const struct
  {
    gint64      amount_fen;
    const char *text;
  } cases[] = {
    { 0, "零元整" },
    { 5, "伍分" },
    { 50, "伍角整" },
    { 55, "伍角伍分" },
    { 100, "壹元整" },
    { 10000, "壹佰元整" },
    { 428000, "肆仟贰佰捌拾元整" },
    { 428005, "肆仟贰佰捌拾元零伍分" },
    { 428350, "肆仟贰佰捌拾叁元伍角整" },
    { 100100, "壹仟零壹元整" },
    { 101000, "壹仟零壹拾元整" },
    { 1000000, "壹万元整" },
    { 1005000, "壹万零伍拾元整" },
    { 1500000, "壹万伍仟元整" },
    { 1050000, "壹万零伍佰元整" },
    { 10070053, "壹拾万零柒佰元零伍角叁分" },
    { 10700053, "壹拾万零柒仟元零伍角叁分" },
    { 123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分" },
    { 10000000000, "壹亿元整" },
    { 10000000100, "壹亿零壹元整" },
    { 100000000000, "壹拾亿元整" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = jp_contract_text_capital_amount (cases[i].amount_fen);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/contract-text/small", test_small);
  g_test_add_func ("/model/contract-text/values-refused", test_values_refused);
  g_test_add_func ("/model/contract-text/file-refused", test_file_refused);
  g_test_add_func ("/model/contract-text/model-text", test_model_text);
  g_test_add_func ("/model/contract-text/capital-amount", test_capital_amount);

  return g_test_run ();
}
