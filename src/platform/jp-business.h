/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-bank.h"
#include "jp-codes.h"
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

/**
 * JpBusinessSession:
 * @trainee_number: the ministry's number of the trainee
 * @coach_number: (nullable): of the coach
 * @vehicle_number: (nullable): of the vehicle
 * @terminal_number: (nullable): of the terminal
 * @record_no: five digits: the trainee's running number of sessions
 * @part: 1 … 4
 * @method: how it was taught
 * @course_code: (nullable): ten digits; made from the rest if not told
 * @started_us: sign-in
 * @ended_us: sign-out
 * @minutes: recorded
 * @mileage_m: driven, in metres
 * @photos_us: (array length=n_photos) (nullable): when photos were taken, in order
 * @n_photos: how many
 * @backfilled: sent after a gap in the network
 *
 * A session as a terminal sends it (domain.md §1.5, classrecord).
 */
typedef struct
{
  const char   *trainee_number;
  const char   *coach_number;
  const char   *vehicle_number;
  const char   *terminal_number;
  const char   *record_no;
  gint64        part;
  JpMethod      method;
  const char   *course_code;
  gint64        started_us;
  gint64        ended_us;
  gint64        minutes;
  gint64        mileage_m;
  const gint64 *photos_us;
  guint         n_photos;
  gboolean      backfilled;
} JpBusinessSession;

/**
 * JpBusinessExam:
 * @trainee_number: the ministry's number of the trainee
 * @subject: 1 … 4
 * @taken_on: the day
 * @outcome: `passed`, `failed` or `absent`
 * @score: 0 … 100, or -1 if not told
 *
 * An exam result of the traffic police.
 */
typedef struct
{
  const char *trainee_number;
  gint64      subject;
  JpDate      taken_on;
  const char *outcome;
  gint64      score;
} JpBusinessExam;

/* Hours and exams. */
gboolean jp_business_add_session (JpBusiness              *self,
                                  const JpBusinessSession *session,
                                  JpRecord               **out_session,
                                  GError                 **error);
gboolean jp_business_review_session (JpBusiness     *self,
                                     const JpId     *session,
                                     gint64          valid_minutes,
                                     JpSessionReason reason,
                                     JpRecord      **out_session,
                                     GError        **error);
gboolean jp_business_review_stage (JpBusiness *self,
                                   const JpId *stage,
                                   gboolean    approve,
                                   const char *reason,
                                   JpRecord  **out_stage,
                                   GError    **error);
gboolean jp_business_add_exam (JpBusiness           *self,
                               const JpBusinessExam *exam,
                               JpRecord            **out_exam,
                               GError              **error);

/**
 * JpBusinessEnrolment:
 * @school: where
 * @tier: a published class tier of it, or none
 * @name: who
 * @id_number: number of the identity card
 * @phone: mobile number
 * @licence_type: what for
 *
 * Somebody who wants to learn.
 */
typedef struct
{
  JpId        school;
  JpId        tier;
  const char *name;
  const char *id_number;
  const char *phone;
  const char *licence_type;
} JpBusinessEnrolment;

/**
 * JpBusinessEvaluation:
 * @coach_number: (nullable): a coach of the school; %NULL to speak of the school
 * @stars: 1 … 5
 * @part: 1 … 4, 0 = none
 * @manner: 1 … 5, 0 = not told
 * @teaching: 1 … 5, 0 = not told
 * @text: (nullable): in words
 *
 * How it was.
 */
typedef struct
{
  const char *coach_number;
  gint64      stars;
  gint64      part;
  gint64      manner;
  gint64      teaching;
  const char *text;
} JpBusinessEvaluation;

/* What people say. */
gboolean jp_business_enrol (JpBusiness                *self,
                            const JpBusinessEnrolment *enrolment,
                            const char                *key,
                            JpRecord                 **out_enrolment,
                            GError                   **error);
gboolean jp_business_evaluate (JpBusiness                 *self,
                               const JpId                 *contract,
                               const JpBusinessEvaluation *evaluation,
                               const char                 *key,
                               JpRecord                  **out_evaluation,
                               GError                    **error);
gboolean jp_business_complain (JpBusiness *self,
                               const JpId *contract,
                               const char *type,
                               const char *content,
                               const char *key,
                               JpRecord  **out_complaint,
                               GError    **error);
gboolean jp_business_conclude (JpBusiness *self,
                               const JpId *complaint,
                               const char *opinion,
                               JpRecord  **out_complaint,
                               GError    **error);

/* Leaving. */
gboolean jp_business_ask_refund (JpBusiness *self,
                                 const JpId *contract,
                                 JpFault     fault,
                                 const char *reason,
                                 JpRecord  **out_refund,
                                 GError    **error);
gboolean jp_business_decide_refund (JpBusiness *self,
                                    const JpId *refund,
                                    gboolean    grant_it,
                                    JpRecord  **out_refund,
                                    GError    **error);
gboolean jp_business_decide_transfer (JpBusiness *self,
                                      const JpId *transfer,
                                      gboolean    grant_it,
                                      JpRecord  **out_transfer,
                                      GError    **error);

/* Settlement. */
gboolean jp_business_release_due (JpBusiness *self, const JpId *school, GError **error);
gboolean jp_business_issue_statement (JpBusiness *self,
                                      const JpId *school,
                                      JpDate      to,
                                      JpRecord  **out_statement,
                                      GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBusiness, jp_business_free)

G_END_DECLS
