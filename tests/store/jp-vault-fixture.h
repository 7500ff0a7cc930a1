/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-fake-clock.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* A school's data in memory, set up, with a clock that stands still. */
typedef struct
{
  JpVault     *vault;
  JpFakeClock *clock;
  JpIdSource  *random; /* for contents; the vault has a source of its own */
} JpVaultFixture;

void      jp_vault_fixture_set_up (JpVaultFixture *self, gconstpointer data);
void      jp_vault_fixture_tear_down (JpVaultFixture *self, gconstpointer data);
void      jp_vault_fixture_found_school (JpVault *vault);
JpRecord *jp_vault_fixture_save (JpVault *vault, JpDraft *draft);
JpRecord *jp_vault_fixture_get (JpVault *vault, JpKind kind, const JpId *id);
gint64    jp_vault_fixture_commit (JpVault *vault, JpChange *change);
JpRecord *jp_vault_fixture_add_tier (JpVault *vault, const char *name, gint64 price_fen);
JpRecord *jp_vault_fixture_add_trainee (JpVaultFixture *self, const char *licence_type);
void      jp_vault_fixture_put (JpVault *vault, JpDraft *draft);
JpRecord *jp_vault_fixture_add_contract (JpVaultFixture *self,
                                         const char     *policy_id,
                                         gint64          price_fen,
                                         JpDate          paid_on);
void      jp_vault_fixture_add_session (JpVault  *vault,
                                        JpRecord *contract,
                                        int       part,
                                        gint64    minutes,
                                        JpDate    on);
void      jp_vault_fixture_add_stage (JpVault  *vault,
                                      JpRecord *contract,
                                      int       part,
                                      gint64    minutes,
                                      JpDate    on);

G_END_DECLS
