/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data.h"
#include "jp-model-error.h"
#include "jp-policy.h"

static JpPolicy *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  JpPolicy *policy = jp_policy_new_from_data (id, &error);

  g_assert_no_error (error);

  return policy;
}

static void
test_all_files (void)
{
  static const char *const unpublished[] = { "beijing-2024",     "guangzhou-2023",
                                             "heze-editable",    "heze-demo-assumption",
                                             "refund-web-pages", NULL };
  g_auto (GStrv) names = jp_data_list ("policies");

  g_assert_cmpuint (g_strv_length (names), ==, 16);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_strconcat ("policies/", names[i], NULL);
      g_autoptr (GBytes) bytes = jp_data_lookup (path, &error);
      g_autoptr (JpPolicy) policy = jp_policy_new_from_bytes (path, bytes, &error);

      g_assert_no_error (error);

      const JpDataHeader *header = jp_policy_get_header (policy);
      g_autofree char    *file = g_strconcat (header->id, ".json", NULL);

      g_assert_cmpstr (file, ==, names[i]);
      g_assert_cmpuint (strlen (jp_policy_get_digest (policy)), ==, 64);
      g_assert_cmpint (header->is_assumption, ==, g_str_equal (header->id, "heze-demo-assumption"));
      g_assert_cmpint (header->is_published, ==, !g_strv_contains (unpublished, header->id));
    }
}

/* The city has published no numbers: the file to be filled in has none, the demo says it assumes.
 */
static void
test_heze (void)
{
  g_autoptr (JpPolicy) editable = load ("heze-editable");
  g_autoptr (JpPolicy) demo = load ("heze-demo-assumption");
  static const int demo_bp[] = { 1000, 3000, 3000 };

  g_assert_false (jp_policy_is_complete (editable));
  g_assert_cmpuint (jp_policy_get_n_stages (editable), ==, 4);

  for (guint i = 0; i < jp_policy_get_n_stages (editable); i++)
    {
      const JpPolicyStage *stage = jp_policy_get_stage (editable, i);

      g_assert_cmpint (stage->amount, ==, JP_POLICY_AMOUNT_UNKNOWN);
      g_assert_cmpint (stage->state, ==, JP_DATA_STATE_TO_CONFIRM);
    }
  for (guint i = 0; i < jp_policy_get_n_items (editable); i++)
    g_assert_cmpint (jp_policy_get_item (editable, i)->charge, ==, JP_POLICY_CHARGE_UNKNOWN);

  g_assert_true (jp_policy_is_complete (demo));
  g_assert_cmpuint (jp_policy_get_n_stages (demo), ==, 4);

  for (guint i = 0; i < jp_policy_get_n_stages (demo); i++)
    {
      const JpPolicyStage *stage = jp_policy_get_stage (demo, i);

      g_assert_cmpint (stage->state, ==, JP_DATA_STATE_ASSUMED);
      g_assert_cmpint (stage->confidence, ==, JP_DATA_CONFIDENCE_LOW);
      if (i < G_N_ELEMENTS (demo_bp))
        g_assert_cmpint (stage->share_bp, ==, demo_bp[i]);
      else
        g_assert_cmpint (stage->amount, ==, JP_POLICY_AMOUNT_REST);
    }
}

static void
test_published (void)
{
  static const struct
  {
    const char *id;
    int         shares_bp[4];
  } cases[] = {
    { "qingdao-2023", { 3000, 7000 } },
    { "shenzhen-2017-once", { 2500, 1500, 3000, 3000 } },
    { "fuzhou-2020", { 1000, 3000, 3000, 3000 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JpPolicy) policy = load (cases[i].id);

      g_assert_true (jp_policy_is_complete (policy));
      for (guint j = 0; j < jp_policy_get_n_stages (policy); j++)
        g_assert_cmpint (jp_policy_get_stage (policy, j)->share_bp, ==, cases[i].shares_bp[j]);
    }

  g_autoptr (JpPolicy) staged = load ("shenzhen-2017-staged");
  g_autoptr (JpPolicy) dongguan = load ("dongguan-2023");

  g_assert_true (jp_policy_is_paid_per_stage (staged));
  g_assert_cmpuint (jp_policy_get_n_stages (dongguan), ==, 0);
  g_assert_false (jp_policy_is_complete (dongguan));
  g_assert_true (jp_policy_applies_to (dongguan, "C1"));
  g_assert_false (jp_policy_applies_to (dongguan, "A1"));
  g_assert_true (jp_policy_applies_to (staged, "A1"));
  g_assert_cmpstr (jp_policy_get_city (dongguan), ==, "东莞市");
}

static void
test_fees (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = load ("dongguan-2021");
  const JpPolicyFee example[] = {
    { "service", 126300 }, { "theory", 25200 }, { "part2", 177400 }, { "part3", 177100 }
  };
  const JpPolicyFee wrong[] = {
    { "service", 126501 }, { "theory", 25301 }, { "part2", 177099 }, { "part3", 177099 }
  };
  g_autoptr (GArray) none = jp_policy_check_fees (policy, 506000, example, 4, &error);
  g_autoptr (GArray) three = jp_policy_check_fees (policy, 506000, wrong, 4, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (three->len, ==, 3);

  static const gint64 bounds[] = { 126500, 25300, 177100 };

  for (guint i = 0; i < three->len; i++)
    {
      const JpPolicyViolation *violation = &g_array_index (three, JpPolicyViolation, i);

      g_assert_cmpint (violation->bound_fen, ==, bounds[i]);
      g_assert_cmpint (violation->is_minimum, ==, i == 2);
    }

  g_assert_null (jp_policy_check_fees (policy, 506001, example, 4, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (jp_policy_check_fees (policy, -1, example, 4, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_RANGE);
}

/* Changes one thing in a good file; the error must say where and why. */
typedef struct
{
  const char *from;
  const char *to;
  const char *message;
  int         code;
} Mistake;

static void
check_mistakes (const char *id, const Mistake *mistakes, gsize n_mistakes)
{
  g_autoptr (GError) load_error = NULL;
  g_autofree char *path = g_strconcat ("policies/", id, ".json", NULL);
  g_autoptr (GBytes) bytes = jp_data_lookup (path, &load_error);
  g_autofree char *good = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (gsize i = 0; i < n_mistakes; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) halves = g_strsplit (good, mistakes[i].from, 2);

      g_test_message ("%s", mistakes[i].to);
      g_assert_cmpuint (g_strv_length (halves), ==, 2);

      g_autofree char *bad = g_strjoinv (mistakes[i].to, halves);
      g_autoptr (GBytes) bad_bytes = g_bytes_new (bad, strlen (bad));

      g_assert_null (jp_policy_new_from_bytes ("file.json", bad_bytes, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, JP_MODEL_ERROR, mistakes[i].code);
      g_assert_true (g_str_has_prefix (error->message, "file.json:"));
      g_assert_nonnull (strstr (error->message, mistakes[i].message));
    }
}

static void
test_refused_release (void)
{
  static const Mistake fuzhou[] = {
    { "\"share_bp\": 1000", "\"share_bp\": 1001", "the shares add up to 10001",
      JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 1000", "\"share_bp\": 999", "the stages cannot add up to every price",
      JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 1000", "\"share_bp\": 10001", "stages[0].share_bp: ", JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 1000", "\"share_bp\": null", "stages[0]: needs \"share_bp\"",
      JP_MODEL_ERROR_MISSING },
    { "\"share_bp\": 1000", "\"share_bp\": 1000, \"rest\": true",
      "stages[0]: says its amount in more than one way", JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 1000", "\"rest\": true", "only the last stage can take the rest",
      JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 1000", "\"share_bp\": 1000, \"state\": \"to_confirm\"",
      "has an amount although it is to be confirmed", JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 1000", "\"share_pb\": 1000", "stages[0]: needs", JP_MODEL_ERROR_MISSING },
    { "\"share_bp\": 1000", "\"share_bp\": 1000, \"spare\": 1",
      "stages[0].spare: there is no member", JP_MODEL_ERROR_INVALID },
    { "\"kind\": \"contract_signed\"", "\"kind\": \"contract_sealed\"",
      "stages[0].trigger.kind: must be one of: contract_signed, ", JP_MODEL_ERROR_INVALID },
    { "\"kind\": \"hours_reviewed\", \"parts\": [1]", "\"kind\": \"hours_reviewed\"",
      "stages[1].trigger.parts: names no part", JP_MODEL_ERROR_MISSING },
    { "\"parts\": [1]", "\"parts\": [5]", "stages[1].trigger.parts[0]: ", JP_MODEL_ERROR_INVALID },
    { "\"parts\": [1]", "\"parts\": [1, 1]", "names a part twice", JP_MODEL_ERROR_INVALID },
    { "\"id\": \"part1\"", "\"id\": \"registration\"", "the id \"registration\" occurs twice",
      JP_MODEL_ERROR_INVALID },
    { "\"clause\": ", "\"clause\": \"\", \"x\": ", "clause: an empty text",
      JP_MODEL_ERROR_INVALID },
    { "{ \"kind\": \"hours_reviewed\", \"parts\": [3] }",
      "{ \"kind\": \"any\", \"of\": [{ \"kind\": \"graduated\" }] }", "stages[3].trigger.of: has 1",
      JP_MODEL_ERROR_RANGE },
    { "{ \"kind\": \"hours_reviewed\", \"parts\": [3] }",
      "{ \"kind\": \"any\", \"of\": [{ \"kind\": \"graduated\" }, { \"kind\": \"all\" }] }",
      "stages[3].trigger.of[1].kind: \"all\" cannot be one of several", JP_MODEL_ERROR_INVALID },
    { "\"city\": ", "\"town\": ", "city: this member is needed", JP_MODEL_ERROR_MISSING },
    { "\"city\": ", "\"licence_types\": [\"C9\"], \"city\": ", "licence_types: there is no licence",
      JP_MODEL_ERROR_INVALID },
    { "\"city\": ", "\"custody\": {}, \"city\": ", "custody: needs either",
      JP_MODEL_ERROR_INVALID },
    { "\"city\": ",
      "\"custody\": { \"share_bp\": 1, \"state\": \"to_confirm\", \"clause\": \"c\" }, \"city\": ",
      "custody: has an amount although", JP_MODEL_ERROR_INVALID },
    { "\"city\": ", "\"payment\": \"later\", \"city\": ", "payment: must be one of",
      JP_MODEL_ERROR_INVALID },
  };
  static const Mistake qingdao[] = {
    { "\"share_bp\": 7000", "\"share_bp\": 7000, \"review_delay_days\": 3",
      "stages[1].review_delay_days: ", JP_MODEL_ERROR_INVALID },
    { "\"share_bp\": 7000", "\"share_bp\": 7000, \"cap_fen\": 3",
      "the last stage takes what is left", JP_MODEL_ERROR_INVALID },
  };
  static const Mistake dongguan[] = {
    { "\"fees\": [\"service\"]", "\"fees\": []", "limits[0].fees: names no fee",
      JP_MODEL_ERROR_MISSING },
    { "\"max_bp\": 2500", "\"max_bp\": null", "limits[0]: needs \"min_bp\" or \"max_bp\"",
      JP_MODEL_ERROR_MISSING },
  };

  check_mistakes ("fuzhou-2020", fuzhou, G_N_ELEMENTS (fuzhou));
  check_mistakes ("qingdao-2023", qingdao, G_N_ELEMENTS (qingdao));
  check_mistakes ("dongguan-2021", dongguan, G_N_ELEMENTS (dongguan));
}

static void
test_refused_refund (void)
{
  static const Mistake mistakes[] = {
    { "\"charge\": \"fixed\"", "\"charge\": \"fixd\"", "refund.items[0].charge: must be one of",
      JP_MODEL_ERROR_INVALID },
    { "\"charge\": \"fixed\"", "\"charge\": \"unknown\"", "refund.items[0].charge: is \"unknown\"",
      JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000", "\"amount_fen\": -1",
      "refund.items[0].amount_fen: ", JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000", "\"amount_fen\": 60000, \"rate_fen\": 1",
      "refund.items[0].rate_fen: there is no member", JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000", "\"amount_fen\": 60000, \"before_bp\": 1",
      "refund.items[0].before_bp: means nothing", JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000", "\"amount_fen\": 60000, \"cap\": {}",
      "refund.items[0].cap: needs exactly one", JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000", "\"amount_fen\": 60000, \"when\": {}",
      "refund.items[0].when: names no condition", JP_MODEL_ERROR_MISSING },
    { "\"amount_fen\": 60000", "\"amount_fen\": 60000, \"when\": { \"fault\": [\"x\"] }",
      "refund.items[0].when.fault: must name", JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000",
      "\"amount_fen\": 60000, \"when\": { \"hours_at_most\": { \"part\": 2, \"num\": 2, "
      "\"den\": 1 } }",
      "when.hours_at_most.num: is more than the whole", JP_MODEL_ERROR_INVALID },
    { "\"id\": \"filing\"", "\"id\": \"service\"", "refund.items[1].id: \"service\" occurs twice",
      JP_MODEL_ERROR_INVALID },
    { "\"subject\": 1", "\"subject\": 5", "refund.items[4].subject: ", JP_MODEL_ERROR_INVALID },
    { "\"rates\": [{", "\"rats\": [{", "refund.items[8]: needs \"rate_fen\" or \"rates\"",
      JP_MODEL_ERROR_MISSING },
    { "\"licence_types\": [\"C1\"], \"rate_fen\"", "\"licence_types\": [\"C9\"], \"rate_fen\"",
      "rates[0].licence_types: there is no licence type", JP_MODEL_ERROR_INVALID },
    { "\"fault\": [\"trainee\"]", "\"fault\": []", "refund.items[9].fault: says nobody",
      JP_MODEL_ERROR_MISSING },
    { "\"fee\": \"training\"", "\"fees\": \"training\"", "refund.items[9].fee: this member",
      JP_MODEL_ERROR_MISSING },
    { "\"charge\": \"penalty\"", "\"charge\": \"earned\"", "refund.items[9].",
      JP_MODEL_ERROR_INVALID },
    { "\"city\": ", "\"transfer\": { \"money\": \"follow\", \"clause\": \"x\" }, \"city\": ",
      "transfer.money: needs stages", JP_MODEL_ERROR_INVALID },
    { "\"city\": ", "\"transfer\": { \"money\": \"unknown\", \"clause\": \"x\" }, \"city\": ",
      "transfer.money: is \"unknown\"", JP_MODEL_ERROR_INVALID },
    { "\"refund\": {",
      "\"refund\": { \"overrides\": [{ \"id\": \"a\", \"title\": \"a\", \"clause\": \"a\", "
      "\"refund_bp\": 1 }],",
      "refund.overrides[0].when: an override without a condition", JP_MODEL_ERROR_MISSING },
    { "\"refund\": {", "\"refund\": { \"within_working_days\": -1,",
      "refund.within_working_days: ", JP_MODEL_ERROR_INVALID },
    { "\"amount_fen\": 60000",
      "\"amount_fen\": 60000, \"when\": { \"notice_at_least_minutes\": -1 }",
      "when.notice_at_least_minutes: ", JP_MODEL_ERROR_INVALID },
    { "\"city\": ",
      "\"transfer\": { \"money\": \"refund\", \"penalty_bp\": 10001, \"clause\": \"x\" }, "
      "\"city\": ",
      "transfer.penalty_bp: ", JP_MODEL_ERROR_INVALID },
    { "\"refund\": {", "\"refund\": { \"total_cap\": { \"share_bp\": 1 },",
      "refund.total_cap.clause: this member", JP_MODEL_ERROR_MISSING },
  };
  static const Mistake editable[] = {
    { "\"refund\"", "\"refunds\"", "refunds: there is no member", JP_MODEL_ERROR_INVALID },
  };
  static const Mistake earned[] = {
    { "\"items\": [",
      "\"items\": [ { \"id\": \"u\", \"title\": \"u\", \"charge\": \"used\", \"clause\": \"u\" },",
      "may occur once only", JP_MODEL_ERROR_INVALID },
  };

  check_mistakes ("dongguan-2023", mistakes, G_N_ELEMENTS (mistakes));
  check_mistakes ("heze-editable", editable, G_N_ELEMENTS (editable));
  check_mistakes ("fuzhou-2020", earned, G_N_ELEMENTS (earned));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/policy/all-files", test_all_files);
  g_test_add_func ("/model/policy/heze", test_heze);
  g_test_add_func ("/model/policy/published", test_published);
  g_test_add_func ("/model/policy/fees", test_fees);
  g_test_add_func ("/model/policy/refused-release", test_refused_release);
  g_test_add_func ("/model/policy/refused-refund", test_refused_refund);

  return g_test_run ();
}
