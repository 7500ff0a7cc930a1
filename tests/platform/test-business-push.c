/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"
#include "jp-platform-caller.h"

#include "jp-codes.h"
#include "jp-test-records.h"

/* What follows at once from what a school pushes. */

typedef struct
{
  JpBusinessFixture *b;       /* (owned) */
  JpPlatformCaller  *station; /* (owned) */
} Desk;

static Desk *
desk_new (void)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->b = jp_business_fixture_new ();
  jp_business_attach (desk->b->f->platform);
  desk->station = jp_platform_caller_new (desk->b->f, &desk->b->f->school);
  return desk;
}

static void
desk_free (Desk *desk)
{
  jp_platform_caller_free (desk->station);
  jp_business_fixture_free (desk->b);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* Pushes a row and reads it back as the platform has it now. */
static JpRecord *
push (Desk *desk, JpRecord *before, JpRecord *after)
{
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->station, before, after);

  if (verdict->result != JP_VERDICT_APPLIED)
    g_test_message ("%s: %s", verdict->problem, verdict->detail);
  g_assert_cmpint (verdict->result, ==, JP_VERDICT_APPLIED);
  return jp_business_fixture_get (desk->b, jp_record_get_kind (after), jp_record_get_id (after));
}

static JpRecord *
push_new (Desk *desk, JpKind kind, JpFieldId number)
{
  g_autoptr (JpDraft) draft = jp_test_draft_new (kind, desk->b->f->ids);
  g_autoptr (JpRecord) record = NULL;

  jp_draft_clear (draft, number);
  if (kind == JP_KIND_VEHICLE)
    jp_draft_clear (draft, JP_VEHICLE_GROUND);
  record = jp_draft_end (g_steal_pointer (&draft));
  return push (desk, NULL, record);
}

static void
test_numbers (void)
{
  static const struct
  {
    JpKind    kind;
    JpFieldId number;
  } kinds[] = { { JP_KIND_COACH, JP_COACH_NUMBER },
                { JP_KIND_VEHICLE, JP_VEHICLE_NUMBER },
                { JP_KIND_TERMINAL, JP_TERMINAL_NUMBER } };
  g_autoptr (Desk) desk = desk_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *expected = g_strdup_printf ("371700%d%09d", (int)kinds[i].kind, 1);
      g_autofree char *second = g_strdup_printf ("371700%d%09d", (int)kinds[i].kind, 2);
      g_autoptr (JpRecord) one = push_new (desk, kinds[i].kind, kinds[i].number);
      g_autoptr (JpRecord) two = push_new (desk, kinds[i].kind, kinds[i].number);

      g_assert_cmpstr (jp_record_get_text (one, kinds[i].number), ==, expected);
      g_assert_cmpstr (jp_record_get_text (two, kinds[i].number), ==, second);
    }
}

static void
test_tier (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JpRecord) tier = jp_draft_end (jp_platform_fixture_new_tier (desk->b->f));
  g_autoptr (JpRecord) draft = push (desk, NULL, tier);
  g_autoptr (JpRecord) published = NULL;
  g_autoptr (JpRecord) wanted = NULL;
  JpDraft *edit = jp_draft_new_from (draft);

  g_assert_false (jp_record_has (draft, JP_CLASS_TIER_SEQUENCE));
  jp_draft_set_text (edit, JP_CLASS_TIER_STATUS, "published");
  wanted = jp_draft_end (edit);
  published = push (desk, draft, wanted);
  g_assert_cmpstr (jp_record_get_text (published, JP_CLASS_TIER_SEQUENCE), ==, "00001");
}

/* From the desk to the sealed contract. */
static void
test_offer (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpId     trainee = jp_business_fixture_add_trainee (desk->b);
  JpDraft *draft = jp_business_fixture_new_contract (desk->b, &trainee);
  g_autoptr (JpRecord) wanted = NULL;
  g_autoptr (JpRecord) drafted = NULL;
  g_autoptr (JpRecord) offered = NULL;
  g_autoptr (JpRecord) sealed = NULL;

  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT);
  wanted = jp_draft_end (draft);
  drafted = push (desk, NULL, wanted);
  g_assert_false (jp_record_has (drafted, JP_CONTRACT_OFFERED_AT));

  jp_fake_clock_advance (desk->b->f->clock, JP_HOUR_US);
  draft = jp_draft_new_from (drafted);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_OFFERED);
  g_clear_pointer (&wanted, jp_record_unref);
  wanted = jp_draft_end (draft);
  offered = push (desk, drafted, wanted);
  g_assert_cmpint (jp_record_get_integer (offered, JP_CONTRACT_OFFERED_AT), ==,
                   JP_FAKE_CLOCK_NOW_US + JP_HOUR_US);

  jp_business_fixture_begin (desk->b, &transaction);
  jp_business_sign (desk->b->business, jp_record_get_id (offered),
                    jp_record_get_text (offered, JP_CONTRACT_TEXT_DIGEST), &sealed, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (desk->b, &transaction);
  g_assert_cmpstr (jp_record_get_text (sealed, JP_CONTRACT_STATUS), ==, "signed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-push/numbers", test_numbers);
  g_test_add_func ("/platform/business-push/tier", test_tier);
  g_test_add_func ("/platform/business-push/offer", test_offer);

  return g_test_run ();
}
