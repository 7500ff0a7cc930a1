/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-fixture.h"

#include "jp-codes.h"
#include "jp-test-records.h"

#include <glib/gstdio.h>

static JpId
add_school (JpPlatformFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpPlatformStore *store = jp_platform_fixture_get_store (self);
  g_autoptr (JpRecord) school = jp_draft_end (jp_platform_fixture_new_school (self, name));

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  jp_platform_store_add_school (store, school, &error);
  g_assert_no_error (error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
  return *jp_record_get_id (school);
}

/**
 * jp_platform_fixture_open:
 * @self: a fixture whose platform has ended
 *
 * Starts the platform.
 */
void
jp_platform_fixture_open (JpPlatformFixture *self)
{
  g_autoptr (GError) error = NULL;
  const JpPlatformStoreOptions options = { .clock = JP_CLOCK (self->clock), .ids = self->ids };

  self->platform = jp_platform_new (&options);
  jp_platform_open (self->platform, self->folder, &error);
  g_assert_no_error (error);
}

/**
 * jp_platform_fixture_new:
 *
 * Returns: (transfer full): a new platform with two schools
 */
JpPlatformFixture *
jp_platform_fixture_new (void)
{
  JpPlatformFixture *self = g_new0 (JpPlatformFixture, 1);

  self->dir = jp_test_dir_new ();
  self->folder = jp_test_dir_build (self->dir, "platform");
  self->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->ids = jp_test_random_new_source (JP_CLOCK (self->clock));
  jp_platform_fixture_open (self);
  self->school = add_school (self, "牡丹驾校");
  self->other = add_school (self, "曹州驾校");
  return self;
}

/**
 * jp_platform_fixture_free:
 * @self: (nullable) (transfer full): a fixture
 *
 * Takes everything away.
 */
void
jp_platform_fixture_free (JpPlatformFixture *self)
{
  if (self == NULL)
    return;

  jp_platform_free (self->platform);
  g_free (self->folder);
  g_clear_object (&self->ids);
  g_clear_object (&self->clock);
  jp_test_dir_free (self->dir);
  g_free (self);
}

/**
 * jp_platform_fixture_reopen:
 * @self: a fixture
 *
 * Ends the platform and starts it again.
 */
void
jp_platform_fixture_reopen (JpPlatformFixture *self)
{
  g_clear_pointer (&self->platform, jp_platform_free);
  jp_platform_fixture_open (self);
}

/**
 * jp_platform_fixture_save:
 * @self: a fixture
 * @name: of the copy
 *
 * Copies the database as the administrator does.
 */
void
jp_platform_fixture_save (JpPlatformFixture *self, const char *name)
{
  g_autofree char *path = jp_test_dir_build (self->dir, name);
  g_autoptr (GError) error = NULL;

  jp_platform_store_backup (jp_platform_fixture_get_store (self), path, &error);
  g_assert_no_error (error);
}

/**
 * jp_platform_fixture_restore:
 * @self: a fixture
 * @name: of a copy
 *
 * Ends the platform, puts the copy in the place of its database and starts it again; nobody says
 * that this has happened.
 */
void
jp_platform_fixture_restore (JpPlatformFixture *self, const char *name)
{
  static const char *const logs[] = { "platform.db-wal", "platform.db-shm" };
  g_autofree char         *from = jp_test_dir_build (self->dir, name);
  g_autofree char         *to = g_build_filename (self->folder, "platform.db", NULL);
  g_autofree char         *bytes = NULL;
  gsize                    length_bytes = 0;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->platform, jp_platform_free);
  g_file_get_contents (from, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_build_filename (self->folder, logs[i], NULL);

      g_unlink (log);
    }
  g_file_set_contents (to, bytes, (gssize)length_bytes, &error);
  g_assert_no_error (error);
  jp_platform_fixture_open (self);
}

/**
 * jp_platform_fixture_get_store:
 * @self: a fixture
 *
 * Returns: (transfer none): the store
 */
JpPlatformStore *
jp_platform_fixture_get_store (JpPlatformFixture *self)
{
  return jp_platform_get_store (self->platform);
}

/**
 * jp_platform_fixture_get_db:
 * @self: a fixture
 *
 * Returns: (transfer none): the database
 */
JpDb *
jp_platform_fixture_get_db (JpPlatformFixture *self)
{
  return jp_platform_store_get_db (jp_platform_fixture_get_store (self));
}

/**
 * jp_platform_fixture_count:
 * @self: a fixture
 * @sql: a query with one number
 *
 * Returns: the number
 */
gint64
jp_platform_fixture_count (JpPlatformFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_fixture_get_db (self), sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return jp_statement_get_integer (statement, 0);
}

/**
 * jp_platform_fixture_get_seq:
 * @self: a fixture
 * @school: a school
 *
 * Returns: its counter
 */
gint64
jp_platform_fixture_get_seq (JpPlatformFixture *self, const JpId *school)
{
  g_autoptr (GError) error = NULL;
  JpPlatformTenant tenant = { 0 };

  jp_platform_store_get_tenant (jp_platform_fixture_get_store (self), school, &tenant, &error);
  g_assert_no_error (error);
  return tenant.seq;
}

/**
 * jp_platform_fixture_put:
 * @self: a fixture
 * @school: (nullable): the school of the row
 * @record: (transfer full): the record
 *
 * Lets the platform write a row, in a transaction of its own.
 *
 * Returns: (transfer full): the record as written
 */
JpRecord *
jp_platform_fixture_put (JpPlatformFixture *self, const JpId *school, JpRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) owned = record;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpPlatformStore *store = jp_platform_fixture_get_store (self);
  JpRecord        *written = NULL;

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  jp_platform_store_put (store, school, owned, &written, &error);
  g_assert_no_error (error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
  return written;
}

/**
 * jp_platform_fixture_find:
 * @self: a fixture
 * @kind: a kind
 * @id: an id
 *
 * Returns: (transfer full) (nullable): the record as the first school sees it
 */
JpRecord *
jp_platform_fixture_find (JpPlatformFixture *self, JpKind kind, const JpId *id)
{
  g_autoptr (GError) error = NULL;
  JpRecord *record =
    jp_platform_store_find (jp_platform_fixture_get_store (self), &self->school, kind, id, &error);

  g_assert_no_error (error);
  return record;
}

static JpDraft *
new_draft (JpPlatformFixture *self, JpKind kind)
{
  const JpId id = jp_id_source_next (self->ids);

  return jp_draft_new (kind, &id);
}

/**
 * jp_platform_fixture_new_school:
 * @self: a fixture
 * @name: its name
 *
 * Returns: (transfer full): a school
 */
JpDraft *
jp_platform_fixture_new_school (JpPlatformFixture *self, const char *name)
{
  JpDraft *draft = new_draft (self, JP_KIND_SCHOOL);

  jp_draft_set_text (draft, JP_SCHOOL_NAME, name);
  jp_draft_set_text (draft, JP_SCHOOL_SHORT_NAME, name);
  jp_draft_set_text (draft, JP_SCHOOL_DISTRICT, "371702");
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_TYPES, "C1,C2");
  jp_draft_set_text (draft, JP_SCHOOL_PHONE, "0530-5555555");
  jp_draft_set_text (draft, JP_SCHOOL_ADDRESS, "牡丹区人民路 1 号");
  return draft;
}

/**
 * jp_platform_fixture_new_trainee:
 * @self: a fixture
 *
 * Returns: (transfer full): a trainee with a passport number of their own
 */
JpDraft *
jp_platform_fixture_new_trainee (JpPlatformFixture *self)
{
  JpDraft         *draft = new_draft (self, JP_KIND_TRAINEE);
  g_autofree char *passport = g_strdup_printf ("E%08u", jp_id_source_below (self->ids, 100000000));

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王小明");
  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_PASSPORT);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, passport);
  jp_draft_set_code (draft, JP_TRAINEE_SEX, JP_SEX_MALE);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 20010203);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "13905301234");
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "C1");
  jp_draft_set_text (draft, JP_TRAINEE_BUSI_TYPE, "first");
  jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON, 20261101);
  jp_draft_set_code (draft, JP_TRAINEE_STATUS, JP_TRAINEE_STATUS_ENROLLED);
  jp_draft_set_created_by (draft, "front-desk");
  return draft;
}

/**
 * jp_platform_fixture_new_tier:
 * @self: a fixture
 *
 * Returns: (transfer full): a class tier
 */
JpDraft *
jp_platform_fixture_new_tier (JpPlatformFixture *self)
{
  JpDraft *draft = new_draft (self, JP_KIND_CLASS_TIER);

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, "C1 普通班");
  jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CLASS_TIER_VERSION_NO, 1);
  jp_draft_set_text (draft, JP_CLASS_TIER_TRAINING_MODE, "booked");
  jp_draft_set_text (draft, JP_CLASS_TIER_CHARGE_MODE, "once");
  jp_draft_set_text (draft, JP_CLASS_TIER_PAY_MODE, "pay-first");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, 368000);
  jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, 20260101);
  jp_draft_set_text (draft, JP_CLASS_TIER_STATUS, "draft");
  return draft;
}

/**
 * jp_platform_fixture_new_policy:
 * @self: a fixture
 *
 * Returns: (transfer full): a policy, which all schools share
 */
JpDraft *
jp_platform_fixture_new_policy (JpPlatformFixture *self)
{
  JpDraft *draft = new_draft (self, JP_KIND_POLICY);

  jp_draft_set_text (draft, JP_POLICY_TITLE, "菏泽资金监管规则");
  return draft;
}

/**
 * jp_platform_fixture_new_own:
 * @self: a fixture
 * @kind: a kind that schools make
 *
 * Returns: (transfer full): a valid record with random values, as a school may make it, without
 *   references
 */
JpDraft *
jp_platform_fixture_new_own (JpPlatformFixture *self, JpKind kind)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  JpDraft          *draft = jp_test_draft_new (kind, self->ids);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].owner == JP_OWNER_PLATFORM || info->fields[i].type == JP_FIELD_REF)
      jp_draft_clear (draft, info->fields[i].id);

  return draft;
}

/**
 * jp_platform_fixture_new_contract:
 * @self: a fixture
 * @trainee: a trainee
 * @tier: a class tier
 *
 * Returns: (transfer full): the draft of a contract
 */
JpDraft *
jp_platform_fixture_new_contract (JpPlatformFixture *self, const JpId *trainee, const JpId *tier)
{
  static const char text[] = "机动车驾驶培训合同:总费用 3680 元,一费到底。";
  JpDraft          *draft = jp_platform_fixture_new_own (self, JP_KIND_CONTRACT);
  g_autofree char  *digest = jp_hash_sha256_text (text, strlen (text));

  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, trainee);
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, tier);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, text);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT);
  return draft;
}
