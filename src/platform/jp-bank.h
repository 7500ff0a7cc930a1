/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"
#include "jp-platform-error.h"

G_BEGIN_DECLS

/* The simulated custodian bank with its own books: double entries, only ever added, each movement
 * with a purpose that happens once and a reference that statements carry.
 *
 * Glossary: custody = 专用账户, what the bank holds of one contract; payer = the trainee's card;
 * disposable = 结算可支配账户, the school's own account; suspense = what the bank cannot explain.
 * For every contract: paid = custody + released + refunded. */

typedef struct _JpBank JpBank;

/**
 * JpBankKind:
 * @JP_BANK_PAYMENT: the trainee pays: payer to custody
 * @JP_BANK_RELEASE: a stage is earned: custody to the school
 * @JP_BANK_RECALL: the school gives back: school to custody, or to suspense what was paid for no
 *   contract
 * @JP_BANK_REFUND: the trainee gets back: custody to payer
 * @JP_BANK_MOVE: the trainee goes on elsewhere: custody of one contract to that of another
 * @JP_BANK_MISTAKE: the bank pays a school for a contract that does not exist: suspense to school
 *
 * What a movement is.
 */
typedef enum {
  JP_BANK_PAYMENT,
  JP_BANK_RELEASE,
  JP_BANK_RECALL,
  JP_BANK_REFUND,
  JP_BANK_MOVE,
  JP_BANK_MISTAKE,
} JpBankKind;

#define JP_BANK_N_KINDS             6
#define JP_BANK_MAX_PURPOSE_BYTES   200
#define JP_BANK_MAX_REFERENCE_CHARS 40

/**
 * JpBankOrder:
 * @kind: what it is
 * @school: the school of the contract
 * @contract: the contract; none for %JP_BANK_MISTAKE and for what goes back of it
 * @to_school: the school that the money moves to, for %JP_BANK_MOVE
 * @to_contract: the contract that the money moves to, for %JP_BANK_MOVE
 * @purpose: what it is for; the same purpose is never done twice
 * @stage: (nullable): the stage of the policy, for a release
 * @amount_fen: how much, 1 … %JP_FEN_MAX
 * @at_us: when
 *
 * What the bank is asked to do.
 */
typedef struct
{
  JpBankKind  kind;
  JpId        school;
  JpId        contract;
  JpId        to_school;
  JpId        to_contract;
  const char *purpose;
  const char *stage;
  gint64      amount_fen;
  gint64      at_us;
} JpBankOrder;

/**
 * JpBankSums:
 * @paid_fen: paid or moved in
 * @custody_fen: held
 * @released_fen: given to the school, less what it gave back
 * @refunded_fen: given back to the trainee, or moved on to another contract
 *
 * Where the money of one contract is.
 */
typedef struct
{
  gint64 paid_fen;
  gint64 custody_fen;
  gint64 released_fen;
  gint64 refunded_fen;
} JpBankSums;

JpBank *jp_bank_new (JpDb *db);
void    jp_bank_free (JpBank *self);
gboolean
jp_bank_post (JpBank *self, const JpBankOrder *order, char **out_reference, GError **error);
gboolean
jp_bank_get_sums (JpBank *self, const JpId *contract, JpBankSums *out_sums, GError **error);
gboolean jp_bank_get_released (JpBank     *self,
                               const JpId *contract,
                               const char *stage,
                               gint64     *out_fen,
                               GError    **error);
gboolean jp_bank_get_custody (JpBank     *self,
                              const JpId *school,
                              gint64      before_us,
                              gint64     *out_fen,
                              GError    **error);
gboolean jp_bank_get_disposable (JpBank *self, const JpId *school, gint64 *out_fen, GError **error);
gboolean jp_bank_check (JpBank *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBank, jp_bank_free)

G_END_DECLS
