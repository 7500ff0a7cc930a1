/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-policy.h"

G_BEGIN_DECLS

/* A contract's money in plain words: what the trainee pays, when it goes where, and what comes back
 * when. Every number is the evaluator's; the text of the contract decides. */

/**
 * JpPolicyWordsSection:
 * @JP_POLICY_WORDS_PAY: what the trainee pays
 * @JP_POLICY_WORDS_RELEASE: when the school gets it
 * @JP_POLICY_WORDS_LEAVE: what is kept when the trainee leaves
 * @JP_POLICY_WORDS_TRANSFER: what becomes of it at another school
 *
 * A heading.
 */
typedef enum {
  JP_POLICY_WORDS_PAY,
  JP_POLICY_WORDS_RELEASE,
  JP_POLICY_WORDS_LEAVE,
  JP_POLICY_WORDS_TRANSFER,
} JpPolicyWordsSection;

#define JP_POLICY_WORDS_N_SECTIONS 4

/**
 * JpPolicyWord:
 * @section: where it belongs
 * @sentence: (owned): the sentence, translated
 * @clause: (owned) (nullable): where the rule stands
 *
 * One sentence.
 */
typedef struct
{
  JpPolicyWordsSection section;
  char                *sentence;
  char                *clause;
} JpPolicyWord;

GPtrArray  *jp_policy_words_new (JpPolicy *policy, const JpPolicyFacts *facts);
const char *jp_policy_words_get_heading (JpPolicyWordsSection section);

G_END_DECLS
