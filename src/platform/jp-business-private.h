/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business.h"
#include "jp-policy-gather.h"

G_BEGIN_DECLS

/* Shared by the files of the business. */

struct _JpBusiness
{
  JpPlatformStore *store;     /* (borrowed): outlives the business */
  JpBank          *bank;      /* (owned) */
  GHashTable      *policies;  /* (owned): digest → JpPolicy */
  GHashTable      *curricula; /* (owned): digest → JpCurriculum */
  GHashTable      *touched;   /* (owned): set of JpId: contracts whose money moved */
};

/**
 * JpBusinessFacts:
 * @gather: what the policy looks at
 * @policy: (borrowed): the contract's rules
 * @curriculum: (borrowed): the contract's curriculum
 *
 * What is known of a contract on a day. Must not be copied.
 */
typedef struct
{
  JpPolicyGather gather;
  JpPolicy      *policy;
  JpCurriculum  *curriculum;
} JpBusinessFacts;

/**
 * JpBusinessBack:
 * @purpose: names it at the bank
 * @from_school_fen: what the school has to give back first
 * @refund_fen: what the trainee gets
 *
 * Money on its way back.
 */
typedef struct
{
  const char *purpose;
  gint64      from_school_fen;
  gint64      refund_fen;
} JpBusinessBack;

gboolean jp_business_refuse (GError **error, JpPlatformError code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
JpRecord *
jp_business_get (JpBusiness *self, JpKind kind, const JpId *id, JpId *out_school, GError **error);
JpRecord  *jp_business_get_by_number (JpBusiness *self,
                                      JpFieldId   field,
                                      const char *number,
                                      JpId       *out_school,
                                      GError    **error);
GPtrArray *jp_business_list (JpBusiness *self, JpFieldId reference, const JpId *id, GError **error);
gboolean   jp_business_put (JpBusiness *self,
                            const JpId *school,
                            JpDraft    *draft,
                            JpRecord  **out_record,
                            GError    **error);
gboolean   jp_business_take_number (JpPlatformStore *store,
                                    const char      *counter,
                                    gint64          *out_number,
                                    GError         **error);
char      *jp_business_take_ministry_number (JpPlatformStore *store, JpKind kind, GError **error);
gboolean
jp_business_post (JpBusiness *self, const JpBankOrder *order, char **out_reference, GError **error);
gboolean  jp_business_sum_up (JpBusiness *self, JpDraft *contract, GError **error);
JpRecord *jp_business_read_tier (JpRecord *contract, GError **error);
gboolean  jp_business_read_facts (JpBusiness      *self,
                                  JpRecord        *contract,
                                  JpDate           on,
                                  JpBusinessFacts *out_facts,
                                  GError         **error);
gboolean  jp_business_take_money (JpBusiness        *self,
                                  const JpId        *school,
                                  JpRecord          *contract,
                                  const JpBankOrder *order,
                                  JpRecord         **out_payment,
                                  GError           **error);
gboolean  jp_business_count_trainee (JpBusiness *self,
                                     const JpId *school,
                                     const JpId *trainee,
                                     GError    **error);
gboolean
jp_business_graduate (JpBusiness *self, const JpId *school, JpRecord *contract, GError **error);
gboolean jp_business_check_judged (JpBusiness *self, JpRecord *contract, JpDate on, GError **error);
gboolean jp_business_pay_back (JpBusiness           *self,
                               const JpId           *school,
                               JpRecord             *contract,
                               const JpBusinessBack *back,
                               char                **out_reference,
                               GError              **error);
gboolean jp_business_end (JpBusiness      *self,
                          const JpId      *school,
                          JpRecord        *contract,
                          JpContractStatus status,
                          JpTraineeStatus  trainee_status,
                          GError         **error);
gboolean jp_business_receive_transfer (JpBusiness *self,
                                       const JpId *school,
                                       JpRecord   *contract,
                                       GError    **error);

G_END_DECLS
