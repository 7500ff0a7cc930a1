/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-disputes.h"

#include "jp-codes.h"
#include "jp-desk.h"

#include <glib/gi18n-lib.h>

/* --- what can be done with one --- */

static JpChange *
build_sending (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_send_disputes (vault, data, 1, actor, error);
}

static JpChange *
build_withdrawal (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_withdraw_dispute (vault, data, actor, error);
}

static JpChange *
build_reading (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_read_dispute (vault, data, actor, error);
}

static void
act (JpOffice *office, JpRecord *dispute, JpOfficeBuild build, const char *sentence)
{
  const JpOfficeAct what = { .build = build,
                             .data = g_memdup2 (jp_record_get_id (dispute), sizeof (JpId)),
                             .data_free = g_free,
                             .kinds = jp_store_kind_bit (JP_KIND_DISPUTE) |
                                      jp_store_kind_bit (JP_KIND_CONTRACT),
                             .sentence = sentence };

  jp_office_act (office, &what);
}

/**
 * jp_disputes_send:
 * @office: the office
 * @dispute: a draft
 *
 * Sends it with the next sync.
 */
void
jp_disputes_send (JpOffice *office, JpRecord *dispute)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (dispute != NULL);

  act (office, dispute, build_sending, NULL);
}

/**
 * jp_disputes_withdraw:
 * @office: the office
 * @dispute: a dispute that is not answered
 *
 * Takes it back; a draft goes into the trash, from where it can be brought back.
 */
void
jp_disputes_withdraw (JpOffice *office, JpRecord *dispute)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (dispute != NULL);

  gboolean is_draft = jp_record_get_code (dispute, JP_DISPUTE_STATE) == JP_DISPUTE_STATE_DRAFT;

  act (office, dispute, build_withdrawal, is_draft ? _ ("The draft is in the trash") : NULL);
}

/**
 * jp_disputes_mark_read:
 * @office: the office
 * @dispute: a dispute that is answered
 *
 * Somebody has read the answer.
 */
void
jp_disputes_mark_read (JpOffice *office, JpRecord *dispute)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (dispute != NULL);

  act (office, dispute, build_reading, NULL);
}

/* --- the list --- */

static const JpRecordsColumn columns[] = {
  { "trainee", JP_DISPUTE_TRAINEE_NAME, NULL, 7, JP_COLUMN_TEXT, TRUE, NULL },
  { "contract", JP_DISPUTE_CONTRACT_NO, NULL, 17, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "stage", JP_DISPUTE_STAGE, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 3 },
  { "verdict", JP_DISPUTE_VERDICT, NULL, 8, JP_COLUMN_PILL, FALSE, NULL, 1 },
  { "paid", JP_DISPUTE_PAID, NULL, 9, JP_COLUMN_MONEY, FALSE, NULL },
  { "claimed", JP_DISPUTE_CLAIMED, NULL, 9, JP_COLUMN_MONEY, FALSE, NULL },
  { "decided", JP_DISPUTE_DECIDED, NULL, 9, JP_COLUMN_MONEY, FALSE, NULL, 4 },
  { "state", JP_DISPUTE_STATE, NULL, 7, JP_COLUMN_PILL, FALSE, NULL },
};

static void
narrow_to_answers (JpQuery *query, JpDate today)
{
  jp_query_where_set (query, JP_DISPUTE_DECIDED_AT, TRUE);
  jp_query_where_set (query, JP_DISPUTE_READ_AT, FALSE);
}

static void
narrow_to_open (JpQuery *query, JpDate today)
{
  jp_query_where_set (query, JP_DISPUTE_SENT_AT, TRUE);
  jp_query_where_set (query, JP_DISPUTE_DECIDED_AT, FALSE);
  jp_query_where_code (query, JP_DISPUTE_STATE, JP_QUERY_NOT_EQUAL, JP_DISPUTE_STATE_WITHDRAWN);
}

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "drafts", NC_ ("view", "Drafts"), JP_DISPUTE_STATE, "draft" },
  { "open", NC_ ("view", "Not answered"), .narrow = narrow_to_open },
  { JP_DISPUTES_VIEW_ANSWERS, NC_ ("view", "Answers to read"), .narrow = narrow_to_answers },
  { "upheld", NC_ ("view", "Upheld"), JP_DISPUTE_STATE, "upheld" },
  { "rejected", NC_ ("view", "Not upheld"), JP_DISPUTE_STATE, "rejected" },
};

static const JpRecordsAction actions[] = {
  { "send", NC_ ("button", "Send"), jp_disputes_send },
  { "withdraw", NC_ ("button", "Take Back"), jp_disputes_withdraw },
  { "read", NC_ ("button", "Answer Read"), jp_disputes_mark_read },
};

static const JpRecordsSpec spec = {
  .place = "statements",
  .kind = JP_KIND_DISPUTE,
  .can_edit = FALSE,
  .can_delete = FALSE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_DISPUTE_OPENED_AT,
  .descending = TRUE,
  .empty_icon = "jp-statement-symbolic",
  .empty_title = N_ ("No disputes"),
  .empty_text = N_ ("Open a statement and contest the lines that are wrong."),
  .actions = actions,
  .n_actions = G_N_ELEMENTS (actions),
};

/**
 * jp_disputes_get_spec:
 *
 * Returns: (transfer none): the list of all disputes
 */
const JpRecordsSpec *
jp_disputes_get_spec (void)
{
  return &spec;
}
