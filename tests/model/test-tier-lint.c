/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-fake-clock.h"
#include "jp-model-error.h"
#include "jp-test-random.h"
#include "jp-tier-curve.h"
#include "jp-tier-lint.h"

static JpPolicy *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  JpPolicy *policy = jp_policy_new_from_data (id, &error);

  g_assert_no_error (error);
  return policy;
}

/* 东莞's published example: 1263 + 252 + 1774 + 1771 = 5060. */
static JpDraft *
make_tier (void)
{
  JpId     id = jp_id_derive ("tier", "test");
  JpDraft *draft = jp_draft_new (JP_KIND_CLASS_TIER, &id);

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "C1 基础班");
  jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, 506000);
  jp_draft_set_integer (draft, JP_CLASS_TIER_SERVICE_FEE, 126300);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART1_FEE, 15200);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART4_FEE, 10000);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART2_FEE, 177400);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART3_FEE, 177100);
  jp_draft_set_text (draft, JP_CLASS_TIER_SERVICES, "一费到底，含教材和保险");
  return draft;
}

static void
assert_finds (JpDraft *draft, JpRecord *published, const char *policy_id, const char *sentences)
{
  g_autoptr (JpRecord) tier = jp_draft_end (draft);
  g_autoptr (JpPolicy) policy = policy_id != NULL ? load (policy_id) : NULL;
  g_autoptr (GPtrArray) findings = jp_tier_lint_run (tier, published, policy);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *sentence = jp_tier_lint_dup_sentence (findings->pdata[i]);

      g_string_append_printf (all, "%s%s", i > 0 ? "\n" : "", sentence);
    }
  g_assert_cmpstr (all->str, ==, sentences);
}

static void
test_lint (void)
{
  g_autoptr (JpRecord) published = jp_draft_end (make_tier ());
  JpDraft *draft = make_tier ();

  assert_finds (make_tier (), published, "dongguan-2021", "");

  jp_draft_set_integer (draft, JP_CLASS_TIER_PART2_FEE, 177401);
  assert_finds (draft, NULL, NULL,
                "The parts add up to ¥5,060.01, the price is ¥5,060.00. Correct the parts.");

  /* 25 % of 5,060 is 1,265, 5 % is 253. */
  draft = make_tier ();
  jp_draft_set_integer (draft, JP_CLASS_TIER_SERVICE_FEE, 126600);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART4_FEE, 9700);
  assert_finds (draft, NULL, "dongguan-2021",
                "服务费占比 ¥1,266.00 is more than the ¥1,265.00 that the rules allow. Lower it.");
  draft = make_tier ();
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART3_FEE, 177000);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART2_FEE, 177500);
  assert_finds (draft, NULL, "dongguan-2021",
                "第三部分费用占比 ¥1,770.00 is less than the ¥1,771.00 that the rules ask for. "
                "Raise it.");

  draft = make_tier ();
  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "包过VIP班");
  jp_draft_set_text (draft, JP_CLASS_TIER_SERVICES, "空调费另收");
  assert_finds (draft, NULL, NULL,
                "Tier name promises “包过”, which is forbidden advertising. Take it out.\n"
                "Services says “另收”: there is one fee to the end and nothing beside it. Put it "
                "into the price, or take it out.\n"
                "Services says “空调费”: there is one fee to the end and nothing beside it. Put it "
                "into the price, or take it out.");

  draft = make_tier ();
  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "C1 周末班");
  assert_finds (draft, published, NULL,
                "Tier name: here C1 周末班, published C1 基础班. Make a new version, or take the "
                "change back.");
}

static void
test_no_split (void)
{
  JpId     id = jp_id_derive ("tier", "plain");
  JpDraft *draft = jp_draft_new (JP_KIND_CLASS_TIER, &id);

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "C1 基础班");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, 328000);
  assert_finds (draft, NULL, "shenzhen-2017-staged",
                "The rules release the fee part by part, and this tier does not split it. Fill in "
                "the parts.");
}

static GArray *
draw (const char *policy_id, gint64 price_fen, GError **error)
{
  g_autoptr (JpPolicy) policy = load (policy_id);
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data ("mot-2022", error);
  const JpTierCurve input = { .price_fen = price_fen, .licence_type = "C1", .n_trainees = 100 };

  return jp_tier_curve_new (&input, policy, curriculum, &jp_tier_curve_usual, error);
}

/* The demo, 4,000 × 100 trainees: 10 % at once = 40,000; 30 % more after week 2 (part 1) = 160,000;
 * after week 8 (part 2) = 280,000; after week 15 (parts 3 and 4) all 400,000. */
static void
test_curve (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) demo = draw ("heze-demo-assumption", 400000, &error);
  static const gint64 steps[][2] = { { 0, 4000000 },   { 1, 4000000 },  { 2, 16000000 },
                                     { 7, 16000000 },  { 8, 28000000 }, { 14, 28000000 },
                                     { 15, 40000000 }, { 18, 40000000 } };

  g_assert_no_error (error);
  g_assert_cmpuint (demo->len, ==, 19);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpint (g_array_index (demo, gint64, steps[i][0]), ==, steps[i][1]);
}

/* Whatever the rules and the price: never falling, and all of it in the end. */
static void
test_curve_random (void)
{
  static const char *const ids[] = { "qingdao-2023", "fuzhou-2020", "shenzhen-2017-once",
                                     "heze-demo-assumption", "yangzhong-2025" };
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (int i = 0; i < 500; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 price_fen = jp_id_source_below (random, 1000000);
      g_autoptr (GArray) weeks =
        draw (ids[jp_id_source_below (random, G_N_ELEMENTS (ids))], price_fen, &error);

      g_assert_no_error (error);
      for (guint week = 1; week < weeks->len; week++)
        g_assert_cmpint (g_array_index (weeks, gint64, week), >=,
                         g_array_index (weeks, gint64, week - 1));
      g_assert_cmpint (g_array_index (weeks, gint64, weeks->len - 1), ==, price_fen * 100);
    }
}

static void
test_curve_silent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (draw ("heze-editable", 400000, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/tier-lint/findings", test_lint);
  g_test_add_func ("/model/tier-lint/no-split", test_no_split);
  g_test_add_func ("/model/tier-curve/demo", test_curve);
  g_test_add_func ("/model/tier-curve/random", test_curve_random);
  g_test_add_func ("/model/tier-curve/silent", test_curve_silent);

  return g_test_run ();
}
