/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-fake-clock.h"
#include "jp-record.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

#define N_ROUNDS 50

static const JpId ID_A = { .bytes = { 1, 2, 3 } };
static const JpId ID_B = { .bytes = { 4, 5, 6 } };

static JpIdSource *
new_source (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);

  return jp_test_random_new_source (JP_CLOCK (clock));
}

static void
test_empty (void)
{
  g_autoptr (JpRecord) record = jp_draft_end (jp_draft_new (JP_KIND_TRAINEE, &ID_A));
  const JpKindInfo *info = jp_record_get_info (record);

  g_assert_cmpint (jp_record_get_kind (record), ==, JP_KIND_TRAINEE);
  g_assert_true (info == jp_kind_get_info (JP_KIND_TRAINEE));
  g_assert_true (jp_id_equal (jp_record_get_id (record), &ID_A));
  g_assert_null (jp_record_get_created_by (record));
  g_assert_null (jp_record_get_extra (record));
  g_assert_cmpstr (jp_record_get_title (record), ==, "");

  for (guint i = 0; i < info->n_fields; i++)
    {
      g_autofree char *display = jp_record_dup_display (record, info->fields[i].id, TRUE);

      g_assert_false (jp_record_has (record, info->fields[i].id));
      g_assert_cmpstr (display, ==, "");
    }
  g_assert_null (jp_record_get_text (record, JP_TRAINEE_NAME));
  g_assert_null (jp_record_get_ref (record, JP_TRAINEE_COACH));
  g_assert_cmpint (jp_record_get_integer (record, JP_TRAINEE_VALID_MINUTES), ==, 0);
  g_assert_cmpint (jp_record_get_date (record, JP_TRAINEE_APPLIED_ON), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_record_get_code (record, JP_TRAINEE_SEX), ==, JP_CODE_UNSET);
}

static void
test_head (void)
{
  const JpRecordHead head = {
    .rid = 7,
    .version = 3,
    .pending = 1u << 31 | 1,
    .parked = TRUE,
    .created_at_us = 11,
    .updated_at_us = 12,
  };
  JpDraft *draft = jp_draft_new (JP_KIND_COACH, &ID_A);

  jp_draft_set_head (draft, &head);
  jp_draft_set_deleted (draft, TRUE);
  jp_draft_set_created_by (draft, "somebody");
  jp_draft_set_created_by (draft, "wang");
  jp_draft_set_extra (draft, "{}");
  jp_draft_set_extra (draft, "{\"new\":1}");

  g_autoptr (JpRecord) record = jp_draft_end (draft);
  const JpRecordHead *got = jp_record_get_head (record);

  g_assert_cmpint (got->rid, ==, 7);
  g_assert_cmpint (got->version, ==, 3);
  g_assert_cmpuint (got->pending, ==, 0x80000001);
  g_assert_true (got->deleted);
  g_assert_true (got->parked);
  g_assert_cmpint (got->created_at_us, ==, 11);
  g_assert_cmpint (got->updated_at_us, ==, 12);
  g_assert_cmpstr (jp_record_get_created_by (record), ==, "wang");
  g_assert_cmpstr (jp_record_get_extra (record), ==, "{\"new\":1}");
}

static void
test_values (void)
{
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王芳");
  jp_draft_set_code (draft, JP_TRAINEE_SEX, JP_SEX_FEMALE);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 19990101);
  jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, -5);
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, &ID_B);

  g_assert_cmpint (jp_draft_get_kind (draft), ==, JP_KIND_TRAINEE);
  g_assert_true (jp_id_equal (jp_draft_get_id (draft), &ID_A));
  g_assert_true (jp_draft_has (draft, JP_TRAINEE_NAME));
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_PHONE));
  g_assert_cmpstr (jp_draft_get_text (draft, JP_TRAINEE_NAME), ==, "王芳");
  g_assert_cmpint (jp_draft_get_code (draft, JP_TRAINEE_SEX), ==, JP_SEX_FEMALE);
  g_assert_cmpint (jp_draft_get_date (draft, JP_TRAINEE_BIRTH_DATE), ==, 19990101);
  g_assert_cmpint (jp_draft_get_integer (draft, JP_TRAINEE_VALID_MINUTES), ==, -5);
  g_assert_true (jp_id_equal (jp_draft_get_ref (draft, JP_TRAINEE_COACH), &ID_B));

  g_autoptr (JpRecord) record = jp_draft_end (draft);

  g_assert_cmpstr (jp_record_get_text (record, JP_TRAINEE_NAME), ==, "王芳");
  g_assert_cmpstr (jp_record_get_title (record), ==, "王芳");
  g_assert_cmpstr (jp_record_get_text (record, JP_TRAINEE_SEX), ==, "female");
  g_assert_cmpint (jp_record_get_code (record, JP_TRAINEE_SEX), ==, JP_SEX_FEMALE);
  g_assert_cmpint (jp_record_get_date (record, JP_TRAINEE_BIRTH_DATE), ==, 19990101);
  g_assert_cmpint (jp_record_get_integer (record, JP_TRAINEE_BIRTH_DATE), ==, 19990101);
  g_assert_cmpint (jp_record_get_integer (record, JP_TRAINEE_VALID_MINUTES), ==, -5);
  g_assert_true (jp_id_equal (jp_record_get_ref (record, JP_TRAINEE_COACH), &ID_B));
}

/* Zero is a value: an hour count of 0 is not "unknown". */
static void
test_zero (void)
{
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

  jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, 0);
  g_assert_true (jp_draft_has (draft, JP_TRAINEE_VALID_MINUTES));

  g_autoptr (JpRecord) record = jp_draft_end (draft);

  g_assert_true (jp_record_has (record, JP_TRAINEE_VALID_MINUTES));
  g_assert_false (jp_record_has (record, JP_TRAINEE_PENDING_MINUTES));
}

static void
test_clear (void)
{
  JpId none = JP_ID_NONE;
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王芳");
  jp_draft_set_text (draft, JP_TRAINEE_NAME, "");
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_NAME));
  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王芳");
  jp_draft_set_text (draft, JP_TRAINEE_NAME, NULL);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_NAME));

  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 19990101);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, JP_DATE_NONE);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_BIRTH_DATE));

  jp_draft_set_code (draft, JP_TRAINEE_SEX, JP_SEX_MALE);
  jp_draft_set_code (draft, JP_TRAINEE_SEX, JP_CODE_UNSET);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_SEX));

  jp_draft_set_ref (draft, JP_TRAINEE_COACH, &ID_B);
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, &none);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_COACH));
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, &ID_B);
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, NULL);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_COACH));

  jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, 5);
  jp_draft_clear (draft, JP_TRAINEE_VALID_MINUTES);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_VALID_MINUTES));
  jp_draft_clear (draft, JP_TRAINEE_VALID_MINUTES);
}

/* Setting a text from itself must not read freed memory. */
static void
test_set_own_text (void)
{
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王芳");
  jp_draft_set_text (draft, JP_TRAINEE_NAME, jp_draft_get_text (draft, JP_TRAINEE_NAME));
  g_assert_cmpstr (jp_draft_get_text (draft, JP_TRAINEE_NAME), ==, "王芳");
}

/* A newer platform may send a name that this program does not know. */
static void
test_unknown_code (void)
{
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

  jp_draft_set_text (draft, JP_TRAINEE_STATUS, "on-leave");
  g_assert_cmpint (jp_draft_get_code (draft, JP_TRAINEE_STATUS), ==, JP_CODE_UNKNOWN);

  g_autoptr (JpRecord) record = jp_draft_end (draft);
  g_autoptr (JpRecord) copy = jp_draft_end (jp_draft_new_from (record));
  g_autofree char *display = jp_record_dup_display (copy, JP_TRAINEE_STATUS, FALSE);

  g_assert_cmpint (jp_record_get_code (copy, JP_TRAINEE_STATUS), ==, JP_CODE_UNKNOWN);
  g_assert_cmpstr (jp_record_get_text (copy, JP_TRAINEE_STATUS), ==, "on-leave");
  g_assert_cmpstr (display, ==, "on-leave");
}

static void
test_immutable (void)
{
  g_autoptr (JpIdSource) source = new_source ();

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      g_autoptr (JpRecord) record = jp_test_record_new (kind, source);
      g_autoptr (JpRecord) before = jp_draft_end (jp_draft_new_from (record));
      g_autoptr (JpDraft) draft = jp_draft_new_from (record);

      for (guint i = 0; i < info->n_fields; i++)
        if (i % 2 == 0)
          jp_draft_clear (draft, info->fields[i].id);
        else
          jp_test_draft_fill (draft, info->fields[i].id, source);
      jp_draft_set_created_by (draft, NULL);
      jp_draft_set_extra (draft, "{}");
      jp_draft_set_deleted (draft, TRUE);

      jp_test_record_assert_equal (record, before);
      g_assert_false (jp_record_get_head (record)->deleted);
    }
}

static gpointer
read_in_thread (gpointer data)
{
  JpRecord *record = data;
  gsize     length = 0;

  for (int i = 0; i < 1000; i++)
    {
      g_autoptr (JpRecord) held = jp_record_ref (record);

      length += strlen (jp_record_get_title (held));
    }
  jp_record_unref (record);
  return GSIZE_TO_POINTER (length);
}

static void
test_refs (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  JpRecord *record = jp_test_record_new (JP_KIND_TRAINEE, source);
  gsize     length = strlen (jp_record_get_title (record)) * 1000;
  GThread  *threads[4];
  GValue    value = G_VALUE_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_in_thread, jp_record_ref (record));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (threads[i])), ==, length);

  g_value_init (&value, JP_TYPE_RECORD);
  g_value_take_boxed (&value, record);
  g_assert_true (g_value_get_boxed (&value) == record);
  g_value_unset (&value);
  jp_record_unref (NULL);
  jp_draft_free (NULL);
}

static void
test_diff (void)
{
  g_autoptr (JpIdSource) source = new_source ();

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      g_autoptr (JpRecord) record = jp_test_record_new (kind, source);

      g_assert_cmpuint (jp_record_diff_units (record, record), ==, 0);
      for (guint i = 0; i < info->n_fields; i++)
        {
          JpFieldId id = info->fields[i].id;
          JpDraft  *draft = jp_draft_new_from (record);

          if (jp_draft_has (draft, id))
            jp_draft_clear (draft, id);
          else
            jp_test_draft_fill (draft, id, source);

          g_autoptr (JpRecord) changed = jp_draft_end (draft);

          g_assert_cmpuint (jp_record_diff_units (record, changed), ==,
                            1u << info->fields[i].merge);
          g_assert_cmpuint (jp_record_diff_units (changed, record), ==,
                            1u << info->fields[i].merge);
          g_assert_false (jp_record_field_equal (record, changed, id));
        }
    }
}

static void
check_copy_units (JpKind kind, JpIdSource *source)
{
  g_autoptr (JpRecord) mine = jp_test_record_new (kind, source);
  g_autoptr (JpRecord) theirs = jp_test_record_new (kind, source);
  guint32  units = jp_record_diff_units (mine, theirs);
  JpDraft *draft = jp_draft_new_from (mine);

  for (guint unit = 0; unit < 32; unit++)
    if (units >> unit & 1)
      jp_draft_copy_unit (draft, theirs, unit);

  g_autoptr (JpRecord) merged = jp_draft_end (draft);

  g_assert_cmpuint (jp_record_diff_units (merged, theirs), ==, 0);
  g_assert_cmpuint (jp_record_diff_units (merged, mine), ==, units);
  g_assert_true (jp_id_equal (jp_record_get_id (merged), jp_record_get_id (mine)));
}

/* Copying the units in which two records differ makes them equal. */
static void
test_copy_units (void)
{
  g_autoptr (JpIdSource) source = new_source ();

  for (guint round = 0; round < N_ROUNDS; round++)
    for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
      check_copy_units (kind, source);
}

static void
test_other_kind (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

      jp_draft_get_text (draft, JP_COACH_NAME);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*JP_FIELD_KIND*");
}

static void
test_other_type (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TRAINEE, &ID_A);

      jp_draft_set_integer (draft, JP_TRAINEE_NAME, 1);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*jp_field_is_text*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/record/empty", test_empty);
  g_test_add_func ("/model/record/head", test_head);
  g_test_add_func ("/model/record/values", test_values);
  g_test_add_func ("/model/record/zero", test_zero);
  g_test_add_func ("/model/record/clear", test_clear);
  g_test_add_func ("/model/record/set-own-text", test_set_own_text);
  g_test_add_func ("/model/record/unknown-code", test_unknown_code);
  g_test_add_func ("/model/record/immutable", test_immutable);
  g_test_add_func ("/model/record/refs", test_refs);
  g_test_add_func ("/model/record/diff", test_diff);
  g_test_add_func ("/model/record/copy-units", test_copy_units);
  g_test_add_func ("/model/record/other-kind", test_other_kind);
  g_test_add_func ("/model/record/other-type", test_other_type);

  return g_test_run ();
}
