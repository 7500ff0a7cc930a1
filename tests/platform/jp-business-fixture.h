/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business.h"
#include "jp-platform-fixture.h"

G_BEGIN_DECLS

/* The price of the fixture's tier, and what the demo policy makes of it: 10, 30, 30 and 30 %. */
#define JP_BUSINESS_FIXTURE_PRICE_FEN G_GINT64_CONSTANT (368000)

/* A school with everything that a lesson needs, and the rules of the demo city. */
typedef struct
{
  JpPlatformFixture *f;        /* (owned) */
  JpBusiness        *business; /* (owned) */
  JpId               tier;
  JpId               coach;
  JpId               vehicle;
  JpId               terminal;
  guint              n_sessions;     /* so far */
  char              *record_no;      /* (owned) */
  char              *trainee_number; /* (owned) */
  gint64             photos[17];
  char              *policy_digest;     /* (owned) */
  char              *curriculum_digest; /* (owned) */
} JpBusinessFixture;

JpBusinessFixture *jp_business_fixture_new (void);
void               jp_business_fixture_free (JpBusinessFixture *self);
JpRecord          *jp_business_fixture_get (JpBusinessFixture *self, JpKind kind, const JpId *id);
JpRecord          *jp_business_fixture_put (JpBusinessFixture *self, JpDraft *draft);
JpId               jp_business_fixture_add_trainee (JpBusinessFixture *self);
JpDraft           *jp_business_fixture_new_contract (JpBusinessFixture *self, const JpId *trainee);
JpId               jp_business_fixture_offer (JpBusinessFixture *self);
JpId               jp_business_fixture_pay (JpBusinessFixture *self);
void      jp_business_fixture_train (JpBusinessFixture *self, const JpId *contract, int part);
void      jp_business_fixture_review (JpBusinessFixture *self, const JpId *contract, int part);
void      jp_business_fixture_pass (JpBusinessFixture *self, const JpId *contract, int subject);
JpRecord *jp_business_fixture_settle (JpBusinessFixture *self);
JpBusinessSession
jp_business_fixture_new_session (JpBusinessFixture *self, const JpId *contract, int part);
GPtrArray *jp_business_fixture_list (JpBusinessFixture *self, JpFieldId reference, const JpId *id);
JpId       jp_business_fixture_get_last_session (JpBusinessFixture *self);
void       jp_business_fixture_begin (JpBusinessFixture *self, JpTransaction *transaction);
void       jp_business_fixture_commit (JpBusinessFixture *self, JpTransaction *transaction);
void       jp_business_fixture_assert_money (JpBusinessFixture *self,
                                             const JpId        *contract,
                                             gint64             paid_fen,
                                             gint64             released_fen,
                                             gint64             refunded_fen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBusinessFixture, jp_business_fixture_free)

G_END_DECLS
