/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-policy-words.h"

#include "jp-data.h"

#include <string.h>

static JpPolicyFacts
make_facts (gint64 price_fen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data ("mot-2022", &error);
  JpPolicyFacts facts;

  g_assert_no_error (error);
  jp_policy_facts_init (&facts, curriculum, "C1");
  facts.on = 20261124;
  facts.price_fen = price_fen;
  facts.paid_fen = price_fen;
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = 20260301;
  return facts;
}

static gboolean
says (GPtrArray *words, JpPolicyWordsSection section, const char *sentence)
{
  for (guint i = 0; i < words->len; i++)
    {
      const JpPolicyWord *word = words->pdata[i];

      if (word->section == section && strcmp (word->sentence, sentence) == 0)
        return TRUE;
    }
  return FALSE;
}

/* 10/30/30/30 of 3,280.00, and what is used of it is kept: 10 % once it is signed. */
static void
test_demo (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data ("heze-demo-assumption", &error);
  JpPolicyFacts facts = make_facts (328000);
  g_autoptr (GPtrArray) words = NULL;

  g_assert_no_error (error);
  words = jp_policy_words_new (policy, &facts);
  g_assert_true (says (words, JP_POLICY_WORDS_PAY,
                       "¥3,280.00 in all, once, on the platform, into the custody account of the "
                       "bank. Nothing is charged beside it."));
  g_assert_true (
    says (words, JP_POLICY_WORDS_RELEASE, "¥328.00 for “签约”: when contract signed."));
  g_assert_true (says (words, JP_POLICY_WORDS_RELEASE,
                       "¥984.00 for “第三、四部分培训”: when all hours of Part 3, Part 4 are "
                       "approved."));
  g_assert_true (says (words, JP_POLICY_WORDS_LEAVE,
                       "“已使用的部分”: each stage is kept as far as it was used."));
  g_assert_true (says (words, JP_POLICY_WORDS_LEAVE,
                       "Today, if the trainee wants to leave: ¥2,952.00 of ¥3,280.00 come back, "
                       "¥328.00 is kept."));
  g_assert_true (says (words, JP_POLICY_WORDS_TRANSFER,
                       "Today: ¥328.00 stays with this school, ¥2,952.00 moves on."));
  g_assert_true (says (words, JP_POLICY_WORDS_TRANSFER,
                       "This rule is an assumption: no authority has published it."));
}

/* Every shipped file has something to say in every section, also where it leaves numbers open. */
static void
test_all (void)
{
  g_auto (GStrv) names = jp_data_list ("policies");
  JpPolicyFacts facts = make_facts (506000);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));
      g_autoptr (JpPolicy) policy = jp_policy_new_from_data (id, &error);
      g_autoptr (GPtrArray) words = NULL;
      guint n_words[JP_POLICY_WORDS_N_SECTIONS] = { 0 };

      g_assert_no_error (error);
      words = jp_policy_words_new (policy, &facts);
      for (guint j = 0; j < words->len; j++)
        {
          const JpPolicyWord *word = words->pdata[j];

          g_assert_cmpuint (strlen (word->sentence), >, 0);
          g_assert_null (strstr (word->sentence, "(null)"));
          n_words[word->section]++;
        }
      for (guint j = 0; j < JP_POLICY_WORDS_N_SECTIONS; j++)
        {
          g_assert_cmpuint (n_words[j], >, 0);
          g_assert_nonnull (jp_policy_words_get_heading ((JpPolicyWordsSection)j));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/policy-words/demo", test_demo);
  g_test_add_func ("/model/policy-words/all", test_all);
  return g_test_run ();
}
