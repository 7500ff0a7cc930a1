/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-bank.h"
#include "jp-curriculum.h"
#include "jp-platform.h"
#include "jp-policy.h"

G_BEGIN_DECLS

/* What the platform does with contracts, hours and money. Every function that changes something
 * works in a transaction that jp_business_begin() opened and jp_business_commit() ends; one that
 * fails leaves it to be given up. Refusals are JP_PLATFORM_ERRORs that say why, without personal
 * data: INVALID for what can never be right, CONFLICT for what does not fit the present state,
 * NOT_FOUND for what there is not. Asking twice for the same is answered, not done again. Thread of
 * the store. */

typedef struct _JpBusiness JpBusiness;

JpBusiness      *jp_business_new (JpPlatformStore *store);
void             jp_business_free (JpBusiness *self);
JpPlatformStore *jp_business_get_store (JpBusiness *self);
JpBank          *jp_business_get_bank (JpBusiness *self);
gboolean jp_business_begin (JpBusiness *self, JpTransaction *out_transaction, GError **error);
gboolean jp_business_commit (JpBusiness *self, JpTransaction *transaction, GError **error);
void     jp_business_attach (JpPlatform *platform);

/* The rules a contract was made with, as the platform has published them. */
gboolean      jp_business_publish_policy (JpBusiness *self, const char *id, GError **error);
gboolean      jp_business_publish_curriculum (JpBusiness *self, const char *id, GError **error);
JpPolicy     *jp_business_find_policy (JpBusiness *self, JpRecord *contract, GError **error);
JpCurriculum *jp_business_find_curriculum (JpBusiness *self, JpRecord *contract, GError **error);

/* Contracts. */
gboolean jp_business_sign (JpBusiness *self,
                           const JpId *contract,
                           const char *digest,
                           JpRecord  **out_contract,
                           GError    **error);
gboolean jp_business_pay (JpBusiness *self,
                          const JpId *contract,
                          const char *key,
                          gint64      amount_fen,
                          JpRecord  **out_payment,
                          GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBusiness, jp_business_free)

G_END_DECLS
