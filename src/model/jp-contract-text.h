/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-header.h"
#include "jp-error.h"

G_BEGIN_DECLS

/* Model texts of the training contract: clauses with named gaps, `{{trainee_name}}`, in versions.
 * Filling a text is strict, because two people sign the result: no gap stays open, no value is
 * lost, and a value can never become part of the template. */

#define JP_CONTRACT_TEXT_MAX_VALUE_BYTES 2000

/**
 * JpContractPlaceholder:
 * @id: name of the gap: lower-case letters, digits and underscores
 * @title: for people, in Chinese
 * @fallback: (nullable): what is written if there is no value; %NULL if there must be one
 */
typedef struct
{
  char *id;
  char *title;
  char *fallback;
} JpContractPlaceholder;

/**
 * JpContractParagraphKind:
 * @JP_CONTRACT_PARAGRAPH_TITLE: the title
 * @JP_CONTRACT_PARAGRAPH_HEADING: heading of a section
 * @JP_CONTRACT_PARAGRAPH_CLAUSE: a clause, with its number
 */
typedef enum {
  JP_CONTRACT_PARAGRAPH_TITLE,
  JP_CONTRACT_PARAGRAPH_HEADING,
  JP_CONTRACT_PARAGRAPH_CLAUSE,
} JpContractParagraphKind;

/**
 * JpContractParagraph:
 * @kind: how it is set
 * @text: one paragraph without line ends
 */
typedef struct
{
  JpContractParagraphKind kind;
  char                   *text;
} JpContractParagraph;

/* One version of a model text. Immutable, reference-counted, any thread. */
typedef struct _JpContractText JpContractText;

JpContractText *
jp_contract_text_new_from_bytes (const char *file_name, GBytes *bytes, GError **error);
JpContractText *jp_contract_text_new_from_data (const char *id, GError **error);
JpContractText *jp_contract_text_ref (JpContractText *self);
void            jp_contract_text_unref (JpContractText *self);

const JpDataHeader          *jp_contract_text_get_header (JpContractText *self);
const char                  *jp_contract_text_get_digest (JpContractText *self);
guint                        jp_contract_text_get_n_placeholders (JpContractText *self);
const JpContractPlaceholder *jp_contract_text_get_placeholder (JpContractText *self, guint index);

GPtrArray       *
jp_contract_text_render_paragraphs (JpContractText *self, GHashTable *values, GError **error);
char *jp_contract_text_render (JpContractText *self, GHashTable *values, GError **error);
char *jp_contract_text_hash (const char *text);
char *jp_contract_text_capital_amount (gint64 amount_fen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpContractText, jp_contract_text_unref)

G_END_DECLS
