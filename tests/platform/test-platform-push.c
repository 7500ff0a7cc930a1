/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-caller.h"

#include "jp-codes.h"
#include "jp-platform-station.h"
#include "jp-request.h"

/* Two stations of a school. */
typedef struct
{
  JpPlatformFixture *f;
  JpPlatformCaller  *a;
  JpPlatformCaller  *b;
} Desk;

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->f = jp_platform_fixture_new ();
  desk->a = jp_platform_caller_new (desk->f, &desk->f->school);
  desk->b = jp_platform_caller_new (desk->f, &desk->f->school);
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  jp_platform_caller_free (desk->a);
  jp_platform_caller_free (desk->b);
  jp_platform_fixture_free (desk->f);
}

#define assert_verdict(verdict, r, p)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr (jp_verdict_result_get_name ((verdict)->result), ==,                           \
                     jp_verdict_result_get_name (r));                                              \
    g_assert_cmpstr ((verdict)->problem, ==, (p));                                                 \
  }                                                                                                \
  G_STMT_END

/* The row as the platform has it now. */
static JpRecord *
see (Desk *desk, JpRecord *record)
{
  return jp_platform_fixture_find (desk->f, jp_record_get_kind (record), jp_record_get_id (record));
}

static JpRecord *
with_text (JpRecord *record, JpFieldId field, const char *text)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, field, text);
  return jp_draft_end (g_steal_pointer (&draft));
}

static JpRecord *
with_code (JpRecord *record, JpFieldId field, int code)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);

  jp_draft_set_code (draft, field, code);
  return jp_draft_end (g_steal_pointer (&draft));
}

static JpRecord *
with_deleted (JpRecord *record, gboolean deleted)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);

  jp_draft_set_deleted (draft, deleted);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* Creates a row from station a and returns it as the platform has it. */
static JpRecord *
create (Desk *desk, JpDraft *draft)
{
  g_autoptr (JpRecord) record = jp_draft_end (draft);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, record);

  assert_verdict (verdict, JP_VERDICT_APPLIED, NULL);
  return see (desk, record);
}

static gint64
count_items (Desk *desk, const char *state)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM conflict WHERE state = '%s'", state);

  return jp_platform_fixture_count (desk->f, sql);
}

/* The newest item of the inbox, as a station gets it. */
static JpRecord *
find_item (JpPushResponse *response)
{
  for (guint i = response->feed->records->len; i > 0; i--)
    {
      JpRecord *record = g_ptr_array_index (response->feed->records, i - 1);

      if (jp_record_get_kind (record) == JP_KIND_CONFLICT)
        return record;
    }

  g_assert_not_reached ();
}

static void
test_applied (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) meant = jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpPushResponse) response = NULL;

  jp_platform_caller_edit (desk->a, NULL, meant);
  response = jp_platform_caller_push (desk->a);

  const JpVerdict *verdict = g_ptr_array_index (response->verdicts, 0);

  assert_verdict (verdict, JP_VERDICT_APPLIED, NULL);
  g_assert_cmpint (verdict->n, ==, 1);
  g_assert_cmpint (verdict->seq, ==, jp_platform_fixture_get_seq (desk->f, &desk->f->school));
  g_assert_cmpint (response->now_us, ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpstr (response->epoch, ==,
                   jp_platform_store_get_epoch (jp_platform_fixture_get_store (desk->f)));
  g_assert_null (response->feed->epoch);
  g_assert_true (response->feed->complete);

  /* The school and the trainee come down. */
  g_assert_cmpuint (response->feed->records->len, ==, 2);

  JpRecord *down = g_ptr_array_index (response->feed->records, 1);

  for (guint i = 0; i < jp_record_get_info (meant)->n_fields; i++)
    g_assert_true (jp_record_field_equal (meant, down, jp_record_get_info (meant)->fields[i].id));
  g_assert_cmpstr (jp_record_get_created_by (down), ==, "front-desk");
  g_assert_cmpint (jp_record_get_head (down)->version, ==, 1);
  g_assert_cmpint (count_items (desk, "open"), ==, 0);
}

/* Every kind that a school makes. */
static void
test_kinds (Desk *desk, gconstpointer data)
{
  static const JpKind own[] = { JP_KIND_GROUND,   JP_KIND_COACH,      JP_KIND_VEHICLE,
                                JP_KIND_TERMINAL, JP_KIND_CLASS_TIER, JP_KIND_TRAINEE };
  static const JpKind foreign[] = {
    JP_KIND_PAYMENT,   JP_KIND_TRAINING_SESSION, JP_KIND_STAGE_RECORD, JP_KIND_EXAM_RESULT,
    JP_KIND_STATEMENT, JP_KIND_STATEMENT_LINE,   JP_KIND_EVALUATION,   JP_KIND_COMPLAINT,
    JP_KIND_POLICY,    JP_KIND_CURRICULUM,       JP_KIND_CONFLICT
  };

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autoptr (JpRecord) made = create (desk, jp_platform_fixture_new_own (desk->f, own[i]));

      g_assert_nonnull (made);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (JpRecord) made = jp_draft_end (jp_platform_fixture_new_own (desk->f, foreign[i]));
      g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, made);
      g_autoptr (JpRecord) found = see (desk, made);

      assert_verdict (verdict, JP_VERDICT_REJECTED, "forbidden");
      g_assert_null (found);
    }
  g_assert_cmpint (count_items (desk, "open"), ==, G_N_ELEMENTS (foreign) - 1);
}

static void
test_merged (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) mine = with_text (base, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpRecord) theirs = with_text (base, JP_TRAINEE_NOTE, "周末练车");
  g_autoptr (JpVerdict) first = jp_platform_caller_push_edit (desk->a, base, mine);
  g_autoptr (JpVerdict) second = jp_platform_caller_push_edit (desk->b, base, theirs);
  g_autoptr (JpRecord) now = see (desk, base);

  assert_verdict (first, JP_VERDICT_APPLIED, NULL);
  assert_verdict (second, JP_VERDICT_MERGED, NULL);
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_PHONE), ==, "13905300001");
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_NOTE), ==, "周末练车");
  g_assert_cmpint (jp_record_get_head (now)->version, ==, 3);
  g_assert_cmpint (count_items (desk, "open"), ==, 0);
}

/* Several edits made offline, one on the other, are all "as meant". */
static void
test_chain_of_edits (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) made = jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) second = with_text (made, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpRecord) third = with_text (second, JP_TRAINEE_PHONE, "13905300002");
  g_autoptr (JpPushResponse) response = NULL;

  jp_platform_caller_edit (desk->a, NULL, made);
  jp_platform_caller_edit (desk->a, made, second);
  jp_platform_caller_edit (desk->a, second, third);
  response = jp_platform_caller_push (desk->a);
  for (guint i = 0; i < 3; i++)
    assert_verdict ((const JpVerdict *)g_ptr_array_index (response->verdicts, i),
                    JP_VERDICT_APPLIED, NULL);

  g_autoptr (JpRecord) now = see (desk, made);

  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_PHONE), ==, "13905300002");
}

static void
test_conflict (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) theirs = with_text (base, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpRecord) phone = with_text (base, JP_TRAINEE_PHONE, "13905300002");
  g_autoptr (JpRecord) mine = with_text (phone, JP_TRAINEE_NOTE, "周末练车");
  g_autoptr (JpVerdict) first = jp_platform_caller_push_edit (desk->a, base, theirs);
  g_autoptr (JpPushResponse) response = NULL;
  g_autoptr (JpPageFeed) seen = NULL;
  gint64 version = 0;

  assert_verdict (first, JP_VERDICT_APPLIED, NULL);
  jp_platform_caller_edit (desk->b, base, mine);
  response = jp_platform_caller_push (desk->b);
  assert_verdict ((const JpVerdict *)g_ptr_array_index (response->verdicts, 0), JP_VERDICT_CONFLICT,
                  "both-edited");

  /* The unit without a conflict is taken. */
  g_autoptr (JpRecord) now = see (desk, base);

  version = jp_record_get_head (now)->version;
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_PHONE), ==, "13905300001");
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_NOTE), ==, "周末练车");
  g_assert_cmpint (version, ==, 3);

  /* Both stations see the item. */
  JpRecord *item = find_item (response);
  JpIdText  id;

  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_ROW_KIND), ==, "trainee");
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_ROW_ID), ==,
                   jp_id_to_text (jp_record_get_id (base), id));
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_UNIT), ==, "phone");
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_REASON), ==, "both-edited");
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_BASE), ==, "{\"phone\":\"13905301234\"}");
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_MINE), ==, "{\"phone\":\"13905300002\"}");
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_THEIRS), ==,
                   "{\"phone\":\"13905300001\"}");
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_WHO), ==, "front-desk");
  g_assert_cmpint (jp_record_get_integer (item, JP_CONFLICT_HAPPENED_AT), ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_THEIR_WHO), ==, "front-desk");
  g_assert_cmpint (jp_record_get_integer (item, JP_CONFLICT_THEIR_AT), ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_STATE), ==, "open");

  seen = jp_platform_caller_pull (desk->a, 100);
  g_assert_cmpuint (seen->records->len, ==, 2);
}

/* Both stations decide the same item: the first decision holds, and no item is about an item. */
static void
test_conflict_decided (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) theirs = with_text (base, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpRecord) mine = with_text (base, JP_TRAINEE_PHONE, "13905300002");
  g_autoptr (JpVerdict) first = jp_platform_caller_push_edit (desk->a, base, theirs);
  g_autoptr (JpPushResponse) response = NULL;

  jp_platform_caller_edit (desk->b, base, mine);
  response = jp_platform_caller_push (desk->b);

  JpRecord *item = find_item (response);
  g_autoptr (JpRecord) for_mine = with_code (item, JP_CONFLICT_STATE, JP_CONFLICT_STATE_MINE);
  g_autoptr (JpRecord) for_theirs = with_code (item, JP_CONFLICT_STATE, JP_CONFLICT_STATE_THEIRS);
  g_autoptr (JpRecord) gone = with_deleted (item, TRUE);
  g_autoptr (JpVerdict) decided = jp_platform_caller_push_edit (desk->a, item, for_mine);
  g_autoptr (JpVerdict) late = jp_platform_caller_push_edit (desk->b, item, for_theirs);
  g_autoptr (JpVerdict) deleted = jp_platform_caller_push_edit (desk->b, item, gone);
  g_autoptr (JpRecord) now = see (desk, item);

  assert_verdict (decided, JP_VERDICT_APPLIED, NULL);
  assert_verdict (late, JP_VERDICT_MERGED, NULL);
  assert_verdict (deleted, JP_VERDICT_REJECTED, "forbidden");
  g_assert_cmpstr (jp_record_get_text (now, JP_CONFLICT_STATE), ==, "mine");
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM conflict"), ==, 1);
}

static void
test_same_edit (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) mine = with_text (base, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpVerdict) first = jp_platform_caller_push_edit (desk->a, base, mine);
  g_autoptr (JpVerdict) second = jp_platform_caller_push_edit (desk->b, base, mine);
  g_autoptr (JpRecord) now = see (desk, base);

  assert_verdict (second, JP_VERDICT_MERGED, NULL);
  g_assert_cmpint (jp_record_get_head (now)->version, ==, 2);
  g_assert_cmpint (count_items (desk, "open"), ==, 0);
}

static void
test_invalid (Desk *desk, gconstpointer data)
{
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_trainee (desk->f);
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) bad_edit = with_text (base, JP_TRAINEE_PHONE, "12345678901");

  jp_draft_clear (draft, JP_TRAINEE_NAME);
  g_autoptr (JpRecord) bad = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, bad);
  g_autoptr (JpVerdict) edit = jp_platform_caller_push_edit (desk->a, base, bad_edit);
  g_autoptr (JpRecord) none = see (desk, bad);
  g_autoptr (JpRecord) now = see (desk, base);

  assert_verdict (verdict, JP_VERDICT_REJECTED, "invalid");
  g_assert_cmpstr (verdict->detail, ==, "name: required");
  assert_verdict (edit, JP_VERDICT_REJECTED, "invalid");
  g_assert_cmpstr (edit->detail, ==, "phone: mobile");
  g_assert_null (none);
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_PHONE), ==, "13905301234");

  /* The row comes down again, because the station shows something else. */
  g_assert_cmpint (jp_record_get_head (now)->version, ==, 2);
  g_assert_cmpint (count_items (desk, "open"), ==, 2);
}

/* What was wrong before is not the fault of an edit beside it. */
static void
test_invalid_elsewhere (Desk *desk, gconstpointer data)
{
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_trainee (desk->f);

  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "12345678901");
  g_autoptr (JpRecord) old =
    jp_platform_fixture_put (desk->f, &desk->f->school, jp_draft_end (g_steal_pointer (&draft)));
  g_autoptr (JpRecord) mine = with_text (old, JP_TRAINEE_NOTE, "电话待核实");
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, old, mine);

  assert_verdict (verdict, JP_VERDICT_APPLIED, NULL);
}

static void
test_forbidden_units (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpDraft) draft = jp_draft_new_from (base);
  g_autoptr (JpDraft) made = jp_platform_fixture_new_trainee (desk->f);

  jp_draft_set_integer (draft, JP_TRAINEE_PART1_MINUTES, 6000);
  g_autoptr (JpRecord) hours = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpRecord) both = with_text (hours, JP_TRAINEE_NOTE, "加课时");
  g_autoptr (JpVerdict) only = jp_platform_caller_push_edit (desk->a, base, hours);
  g_autoptr (JpVerdict) part = jp_platform_caller_push_edit (desk->a, base, both);
  g_autoptr (JpRecord) now = see (desk, base);

  assert_verdict (only, JP_VERDICT_REJECTED, "forbidden");
  assert_verdict (part, JP_VERDICT_CONFLICT, "forbidden");
  g_assert_false (jp_record_has (now, JP_TRAINEE_PART1_MINUTES));
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_NOTE), ==, "加课时");

  jp_draft_set_integer (made, JP_TRAINEE_PART1_MINUTES, 6000);
  g_autoptr (JpRecord) richer = jp_draft_end (g_steal_pointer (&made));
  g_autoptr (JpVerdict) create_verdict = jp_platform_caller_push_edit (desk->a, NULL, richer);

  assert_verdict (create_verdict, JP_VERDICT_REJECTED, "forbidden");
  g_assert_cmpint (count_items (desk, "open"), ==, 3);
}

static void
test_facts (Desk *desk, gconstpointer data)
{
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_policy (desk->f);
  const JpId id = jp_id_source_next (desk->f->ids);
  g_autoptr (JpDraft) payment = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_integer (payment, JP_PAYMENT_AMOUNT, 368000);
  g_autoptr (JpRecord) paid =
    jp_platform_fixture_put (desk->f, &desk->f->school, jp_draft_end (g_steal_pointer (&payment)));
  g_autoptr (JpRecord) policy =
    jp_platform_fixture_put (desk->f, NULL, jp_draft_end (g_steal_pointer (&draft)));
  g_autoptr (JpDraft) more = jp_draft_new_from (paid);
  g_autoptr (JpRecord) gone = with_deleted (paid, TRUE);
  g_autoptr (JpRecord) other_policy = with_text (policy, JP_POLICY_TITLE, "我们的规则");

  jp_draft_set_integer (more, JP_PAYMENT_AMOUNT, 999999);
  g_autoptr (JpRecord) richer = jp_draft_end (g_steal_pointer (&more));
  g_autoptr (JpVerdict) edit = jp_platform_caller_push_edit (desk->a, paid, richer);
  g_autoptr (JpVerdict) deletion = jp_platform_caller_push_edit (desk->a, paid, gone);
  g_autoptr (JpVerdict) shared = jp_platform_caller_push_edit (desk->a, policy, other_policy);
  g_autoptr (JpRecord) now = see (desk, paid);
  g_autoptr (JpRecord) policy_now = see (desk, policy);

  assert_verdict (edit, JP_VERDICT_REJECTED, "forbidden");
  assert_verdict (deletion, JP_VERDICT_REJECTED, "forbidden");
  assert_verdict (shared, JP_VERDICT_REJECTED, "forbidden");
  g_assert_cmpint (jp_record_get_integer (now, JP_PAYMENT_AMOUNT), ==, 368000);
  g_assert_false (jp_record_get_head (now)->deleted);
  g_assert_cmpint (jp_record_get_head (policy_now)->version, ==, 1);
}

/* A PC that was set up before it joined has made the school under an id of its own: that is no
 * conflict, and what the platform did not know is taken. */
static void
test_founded_offline (Desk *desk, gconstpointer data)
{
  const JpId *id = &desk->f->school;
  g_autoptr (JpRecord) before = jp_platform_fixture_find (desk->f, JP_KIND_SCHOOL, id);
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_school (desk->f, "我们自己写的名字");
  g_autoptr (JpRecord) own = NULL;
  g_autoptr (JpRecord) after = NULL;

  own = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, own);
  after = jp_platform_fixture_find (desk->f, JP_KIND_SCHOOL, id);

  assert_verdict (verdict, JP_VERDICT_MERGED, NULL);
  g_assert_cmpstr (jp_record_get_text (after, JP_SCHOOL_NAME), ==,
                   jp_record_get_text (before, JP_SCHOOL_NAME));
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count (*) FROM conflict"), ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count (*) FROM school"), ==, 2);
}

static void
test_other_school (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) theirs =
    jp_platform_fixture_put (desk->f, &desk->f->other,
                             jp_draft_end (jp_platform_fixture_new_trainee (desk->f)));
  g_autoptr (JpRecord) mine = with_text (theirs, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpRecord) gone = with_deleted (theirs, TRUE);
  g_autoptr (JpPushResponse) response = NULL;

  jp_platform_caller_edit (desk->a, theirs, mine);
  jp_platform_caller_edit (desk->a, theirs, gone);
  jp_platform_caller_edit (desk->a, NULL, mine);
  response = jp_platform_caller_push (desk->a);
  for (guint i = 0; i < 3; i++)
    assert_verdict ((const JpVerdict *)g_ptr_array_index (response->verdicts, i), JP_VERDICT_PARKED,
                    "missing");

  /* As for a row that nobody has. */
  g_autoptr (JpRecord) unknown = jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) edited = with_text (unknown, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpVerdict) missing = jp_platform_caller_push_edit (desk->a, unknown, edited);
  const JpVerdict *first = g_ptr_array_index (response->verdicts, 0);

  assert_verdict (missing, first->result, first->problem);
  g_assert_cmpstr (missing->detail, ==, first->detail);

  /* Nothing of the other school's row is told. */
  g_assert_false (jp_record_has (find_item (response), JP_CONFLICT_THEIRS));
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT ver FROM trainee"), ==, 1);
}

static void
test_missing (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) unknown = jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) edited = with_text (unknown, JP_TRAINEE_PHONE, "13905300001");
  g_autoptr (JpRecord) theirs =
    jp_platform_fixture_put (desk->f, &desk->f->other,
                             jp_draft_end (jp_platform_fixture_new_tier (desk->f)));
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_trainee (desk->f);
  g_autoptr (JpVerdict) edit = jp_platform_caller_push_edit (desk->a, unknown, edited);

  assert_verdict (edit, JP_VERDICT_PARKED, "missing");

  /* A row of another school is as good as none. */
  jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, jp_record_get_id (theirs));
  g_autoptr (JpRecord) orphan = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, orphan);
  g_autoptr (JpRecord) parked = see (desk, orphan);

  assert_verdict (verdict, JP_VERDICT_PARKED, "missing");
  g_assert_cmpstr (verdict->detail, ==, "class_tier");
  g_assert_true (jp_record_get_head (parked)->parked);

  /* With a tier of its own it takes its place. */
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  g_autoptr (JpDraft) mend = jp_draft_new_from (parked);

  jp_draft_set_ref (mend, JP_TRAINEE_CLASS_TIER, jp_record_get_id (tier));
  g_autoptr (JpRecord) mended = jp_draft_end (g_steal_pointer (&mend));
  g_autoptr (JpVerdict) placed = jp_platform_caller_push_edit (desk->a, parked, mended);
  g_autoptr (JpRecord) now = see (desk, orphan);

  assert_verdict (placed, JP_VERDICT_APPLIED, NULL);
  g_assert_false (jp_record_get_head (now)->parked);
}

static void
test_fixed (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) other = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  g_autoptr (JpRecord) contract =
    create (desk, jp_platform_fixture_new_contract (desk->f, jp_record_get_id (trainee),
                                                    jp_record_get_id (tier)));
  g_autoptr (JpDraft) draft = jp_draft_new_from (contract);

  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, jp_record_get_id (other));
  g_autoptr (JpRecord) moved = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, contract, moved);

  assert_verdict (verdict, JP_VERDICT_REJECTED, "fixed");
  g_assert_cmpstr (verdict->detail, ==, "trainee");
}

static void
test_contract_steps (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  g_autoptr (JpRecord) draft =
    create (desk, jp_platform_fixture_new_contract (desk->f, jp_record_get_id (trainee),
                                                    jp_record_get_id (tier)));
  g_autoptr (JpRecord) signed_by_us =
    with_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_SIGNED);
  g_autoptr (JpRecord) offer = with_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_OFFERED);
  g_autoptr (JpVerdict) jump = jp_platform_caller_push_edit (desk->a, draft, signed_by_us);
  g_autoptr (JpVerdict) step = jp_platform_caller_push_edit (desk->a, draft, offer);
  g_autoptr (JpRecord) offered = see (desk, draft);

  assert_verdict (jump, JP_VERDICT_REJECTED, "step");
  assert_verdict (step, JP_VERDICT_APPLIED, NULL);
  g_assert_cmpint (jp_record_get_code (offered, JP_CONTRACT_STATUS), ==,
                   JP_CONTRACT_STATUS_OFFERED);

  /* What is offered is frozen, cannot be deleted or taken back, but cancelled. */
  g_autoptr (JpRecord) cheaper = with_text (offered, JP_CONTRACT_TEXT_VERSION, "其他");
  g_autoptr (JpRecord) gone = with_deleted (offered, TRUE);
  g_autoptr (JpRecord) back = with_code (offered, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_DRAFT);
  g_autoptr (JpRecord) cancel =
    with_code (offered, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_CANCELLED);
  g_autoptr (JpVerdict) v1 = jp_platform_caller_push_edit (desk->a, offered, cheaper);
  g_autoptr (JpVerdict) v2 = jp_platform_caller_push_edit (desk->a, offered, gone);
  g_autoptr (JpVerdict) v3 = jp_platform_caller_push_edit (desk->a, offered, back);
  g_autoptr (JpVerdict) v4 = jp_platform_caller_push_edit (desk->a, offered, cancel);

  assert_verdict (v1, JP_VERDICT_REJECTED, "forbidden");
  assert_verdict (v2, JP_VERDICT_PARKED, "money");
  assert_verdict (v3, JP_VERDICT_REJECTED, "step");
  assert_verdict (v4, JP_VERDICT_APPLIED, NULL);

  /* Now it may go. */
  g_autoptr (JpRecord) cancelled = see (desk, draft);
  g_autoptr (JpRecord) deleted = with_deleted (cancelled, TRUE);
  g_autoptr (JpVerdict) v5 = jp_platform_caller_push_edit (desk->a, cancelled, deleted);

  assert_verdict (v5, JP_VERDICT_APPLIED, NULL);
}

static void
test_contract_content (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  g_autoptr (JpRecord) good =
    jp_draft_end (jp_platform_fixture_new_contract (desk->f, jp_record_get_id (trainee),
                                                    jp_record_get_id (tier)));
  g_autoptr (JpRecord) other = with_text (good, JP_CONTRACT_TEXT, "另一份合同");
  g_autoptr (JpRecord) paid = with_code (good, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_PAID);
  g_autoptr (JpVerdict) digest = jp_platform_caller_push_edit (desk->a, NULL, other);
  g_autoptr (JpVerdict) step = jp_platform_caller_push_edit (desk->a, NULL, paid);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, good);
  g_autoptr (JpDraft) second =
    jp_platform_fixture_new_contract (desk->f, jp_record_get_id (trainee), jp_record_get_id (tier));

  assert_verdict (digest, JP_VERDICT_REJECTED, "invalid");
  g_assert_cmpstr (digest->detail, ==, "text_digest: digest");
  assert_verdict (step, JP_VERDICT_REJECTED, "step");
  assert_verdict (verdict, JP_VERDICT_APPLIED, NULL);

  /* A number is given once. */
  jp_draft_set_text (second, JP_CONTRACT_NUMBER, jp_record_get_text (good, JP_CONTRACT_NUMBER));
  g_autoptr (JpRecord) again = jp_draft_end (g_steal_pointer (&second));
  g_autoptr (JpVerdict) twice = jp_platform_caller_push_edit (desk->b, NULL, again);
  g_autoptr (JpRecord) none = see (desk, again);

  assert_verdict (twice, JP_VERDICT_REJECTED, "constraint");
  g_assert_null (none);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM contract"), ==, 1);
}

static JpRecord *
create_person (Desk *desk, const char *name, JpRole role)
{
  JpDraft *draft = jp_platform_fixture_new_own (desk->f, JP_KIND_PERSON);

  jp_draft_set_text (draft, JP_PERSON_NAME, name);
  jp_draft_set_code (draft, JP_PERSON_ROLE, (int)role);
  jp_draft_set_integer (draft, JP_PERSON_DISABLED, FALSE);
  return create (desk, draft);
}

static JpRecord *
asked_for_by (JpRecord *request, JpRecord *checker)
{
  const JpRequestFields *fields = jp_request_get_fields (jp_record_get_kind (request));
  g_autoptr (JpDraft) draft = jp_draft_new_from (request);

  jp_draft_set_code (draft, fields->state, JP_REQUEST_STATE_PENDING);
  if (checker != NULL)
    jp_draft_set_ref (draft, fields->checked_by, jp_record_get_id (checker));
  else
    jp_draft_clear (draft, fields->checked_by);
  return jp_draft_end (g_steal_pointer (&draft));
}

static void
assert_not_two (Desk *desk, JpRecord *request, JpRecord *checker)
{
  g_autoptr (JpRecord) asked = asked_for_by (request, checker);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, request, asked);
  g_autoptr (JpRecord) still = see (desk, request);

  assert_verdict (verdict, JP_VERDICT_REJECTED, "two-people");
  g_assert_cmpint (jp_record_get_code (still,
                                       jp_request_get_fields (jp_record_get_kind (request))->state),
                   ==, JP_REQUEST_STATE_DRAFT);
}

static JpRecord *
create_request (Desk *desk, JpKind kind, JpRecord *contract, JpRecord *clerk)
{
  const JpRequestFields *fields = jp_request_get_fields (kind);
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_own (desk->f, kind);

  jp_draft_set_ref (draft, fields->contract, jp_record_get_id (contract));
  jp_draft_set_ref (draft, fields->trainee, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  if (kind == JP_KIND_TRANSFER)
    jp_draft_set_text (draft, JP_TRANSFER_OTHER_SCHOOL_NO, "3717020000000099");
  jp_draft_set_code (draft, fields->state, JP_REQUEST_STATE_DRAFT);
  jp_draft_set_ref (draft, fields->asked_by, jp_record_get_id (clerk));
  jp_draft_clear (draft, fields->checked_by);
  jp_draft_clear (draft, fields->checked_at);
  return create (desk, g_steal_pointer (&draft));
}

/* What is asked for stays as it is. */
static void
assert_frozen (Desk *desk, JpRecord *pending)
{
  gboolean is_refund = jp_record_get_kind (pending) == JP_KIND_REFUND;
  g_autoptr (JpRecord) gone = with_deleted (pending, TRUE);
  g_autoptr (JpRecord) other =
    with_text (pending, is_refund ? JP_REFUND_REASON : JP_TRANSFER_OTHER_SCHOOL, "搬家");
  g_autoptr (JpVerdict) deletion = jp_platform_caller_push_edit (desk->a, pending, gone);
  g_autoptr (JpVerdict) edit = jp_platform_caller_push_edit (desk->a, pending, other);

  assert_verdict (deletion, JP_VERDICT_PARKED, "money");
  assert_verdict (edit, JP_VERDICT_REJECTED, "forbidden");
}

/* Draft, then asked for, by two people of the school of whom the second may; never by one, and the
 * database itself refuses it too. */
static void
test_requests (Desk *desk, gconstpointer data)
{
  JpKind                 kind = (JpKind)GPOINTER_TO_INT (data);
  const JpRequestFields *fields = jp_request_get_fields (kind);
  g_autoptr (JpRecord) trainee = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  g_autoptr (JpRecord) contract =
    create (desk, jp_platform_fixture_new_contract (desk->f, jp_record_get_id (trainee),
                                                    jp_record_get_id (tier)));
  g_autoptr (JpRecord) clerk = create_person (desk, "前台小张", JP_ROLE_DESK);
  g_autoptr (JpRecord) money = create_person (desk, "李会计", JP_ROLE_FINANCE);
  g_autoptr (JpRecord) office = create_person (desk, "教务老赵", JP_ROLE_OFFICE);
  g_autoptr (JpRecord) namesake = create_person (desk, "前台小张", JP_ROLE_PRINCIPAL);
  g_autoptr (JpRecord) request = create_request (desk, kind, contract, clerk);
  g_autofree char *twice =
    g_strdup_printf ("UPDATE %s SET checked_by = asked_by", jp_kind_get_info (kind)->name);
  g_autoptr (GError) error = NULL;

  assert_not_two (desk, request, NULL);
  assert_not_two (desk, request, clerk);
  assert_not_two (desk, request, office);
  assert_not_two (desk, request, namesake);

  g_autoptr (JpRecord) asked = asked_for_by (request, money);
  g_autoptr (JpRecord) approved = with_code (request, fields->state, JP_REQUEST_STATE_APPROVED);
  g_autoptr (JpVerdict) cheat = jp_platform_caller_push_edit (desk->a, request, approved);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, request, asked);
  g_autoptr (JpRecord) pending = see (desk, request);

  assert_verdict (cheat, JP_VERDICT_REJECTED, "step");
  assert_verdict (verdict, JP_VERDICT_PENDING, NULL);
  assert_frozen (desk, pending);
  g_assert_false (
    jp_db_exec (jp_platform_store_get_db (jp_platform_fixture_get_store (desk->f)), twice, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
}

static void
test_enrolment_channel (Desk *desk, gconstpointer data)
{
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_own (desk->f, JP_KIND_ENROLMENT);

  jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
  g_autoptr (JpRecord) faked = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpRecord) honest = with_text (faked, JP_ENROLMENT_CHANNEL, "desk");
  g_autoptr (JpVerdict) refused = jp_platform_caller_push_edit (desk->a, NULL, faked);
  g_autoptr (JpVerdict) taken = jp_platform_caller_push_edit (desk->a, NULL, honest);

  assert_verdict (refused, JP_VERDICT_REJECTED, "step");
  g_assert_cmpstr (refused->detail, ==, "channel");
  assert_verdict (taken, JP_VERDICT_APPLIED, NULL);
}

static void
test_deletion (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) gone = with_deleted (base, TRUE);
  g_autoptr (JpVerdict) deletion = jp_platform_caller_push_edit (desk->a, base, gone);
  g_autoptr (JpRecord) in_trash = see (desk, base);
  g_autoptr (JpVerdict) again = jp_platform_caller_push_edit (desk->b, base, gone);
  g_autoptr (JpRecord) back = with_deleted (in_trash, FALSE);
  g_autoptr (JpVerdict) restored = jp_platform_caller_push_edit (desk->b, in_trash, back);
  g_autoptr (JpRecord) now = see (desk, base);

  assert_verdict (deletion, JP_VERDICT_APPLIED, NULL);
  g_assert_true (jp_record_get_head (in_trash)->deleted);
  assert_verdict (again, JP_VERDICT_MERGED, NULL);
  assert_verdict (restored, JP_VERDICT_APPLIED, NULL);
  g_assert_false (jp_record_get_head (now)->deleted);
  g_assert_cmpint (count_items (desk, "open"), ==, 0);
}

/* Deletion against edit, in both orders: the edit holds, and somebody is asked. */
static void
test_deletion_against_edit (Desk *desk, gconstpointer data)
{
  for (int order = 0; order < 2; order++)
    {
      g_autoptr (JpRecord) base = create (desk, jp_platform_fixture_new_trainee (desk->f));
      g_autoptr (JpRecord) gone = with_deleted (base, TRUE);
      g_autoptr (JpRecord) edited = with_text (base, JP_TRAINEE_NOTE, "还在学");
      g_autoptr (JpVerdict) first =
        jp_platform_caller_push_edit (desk->a, base, order == 0 ? gone : edited);
      g_autoptr (JpPushResponse) response = NULL;

      assert_verdict (first, JP_VERDICT_APPLIED, NULL);
      jp_platform_caller_edit (desk->b, base, order == 0 ? edited : gone);
      response = jp_platform_caller_push (desk->b);
      assert_verdict ((const JpVerdict *)g_ptr_array_index (response->verdicts, 0),
                      JP_VERDICT_CONFLICT, "deleted");

      g_autoptr (JpRecord) now = see (desk, base);

      g_assert_false (jp_record_get_head (now)->deleted);
      g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_NOTE), ==, "还在学");
      g_assert_cmpint (jp_record_get_head (now)->version, ==, 3);
      g_assert_cmpint (count_items (desk, "open"), ==, order + 1);
      g_assert_cmpstr (jp_record_get_text (find_item (response), JP_CONFLICT_DETAIL), ==,
                       "deleted");
    }
}

static void
test_deletion_with_money (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  g_autoptr (JpRecord) contract =
    create (desk, jp_platform_fixture_new_contract (desk->f, jp_record_get_id (trainee),
                                                    jp_record_get_id (tier)));
  g_autoptr (JpRecord) paid =
    jp_platform_fixture_put (desk->f, &desk->f->school,
                             with_code (contract, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_PAID));
  g_autoptr (JpRecord) gone = with_deleted (trainee, TRUE);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, trainee, gone);
  g_autoptr (JpRecord) now = see (desk, trainee);

  assert_verdict (verdict, JP_VERDICT_PARKED, "money");
  g_assert_false (jp_record_get_head (now)->deleted);
  g_assert_cmpint (count_items (desk, "open"), ==, 1);
}

static JpDraft *
new_assignment (Desk *desk, JpRecord *terminal, JpRecord *vehicle)
{
  JpDraft *draft = jp_platform_fixture_new_own (desk->f, JP_KIND_TERMINAL_ASSIGNMENT);

  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_END_REASON);
  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, JP_FAKE_CLOCK_NOW_US - 10);
  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, jp_record_get_id (terminal));
  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, jp_record_get_id (vehicle));
  return draft;
}

static JpRecord *
ended (JpRecord *assignment)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (assignment);

  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT, JP_FAKE_CLOCK_NOW_US);
  jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, "swap");
  return jp_draft_end (g_steal_pointer (&draft));
}

static void
test_seat (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) terminal =
    create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_TERMINAL));
  g_autoptr (JpRecord) car = create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_VEHICLE));
  g_autoptr (JpRecord) other_car =
    create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_VEHICLE));
  g_autoptr (JpRecord) first = create (desk, new_assignment (desk, terminal, car));
  g_autoptr (JpRecord) second = jp_draft_end (new_assignment (desk, terminal, other_car));
  g_autoptr (JpPushResponse) response = NULL;

  jp_platform_caller_edit (desk->b, NULL, second);
  response = jp_platform_caller_push (desk->b);
  assert_verdict ((const JpVerdict *)g_ptr_array_index (response->verdicts, 0), JP_VERDICT_PARKED,
                  "seat");

  g_autoptr (JpRecord) parked = see (desk, second);
  JpRecord *item = find_item (response);

  g_assert_true (jp_record_get_head (parked)->parked);
  g_assert_cmpstr (jp_record_get_text (item, JP_CONFLICT_REASON), ==, "parked");

  /* "Ours shall hold" while the seat is taken: it is said again that it cannot. */
  g_autoptr (JpRecord) mine = with_code (item, JP_CONFLICT_STATE, JP_CONFLICT_STATE_MINE);
  g_autoptr (JpVerdict) decided = jp_platform_caller_push_edit (desk->b, item, mine);
  g_autoptr (JpRecord) still = see (desk, second);

  assert_verdict (decided, JP_VERDICT_APPLIED, NULL);
  g_assert_true (jp_record_get_head (still)->parked);
  g_assert_cmpint (count_items (desk, "open"), ==, 1);

  /* That it ends does not put it into the past of the terminal: it was never in that vehicle. */
  g_autoptr (JpRecord) given_up = ended (still);
  g_autoptr (JpVerdict) ending = jp_platform_caller_push_edit (desk->b, still, given_up);
  g_autoptr (JpRecord) past = see (desk, second);
  g_autoptr (JpDraft) again = jp_draft_new_from (past);

  assert_verdict (ending, JP_VERDICT_APPLIED, NULL);
  g_assert_true (jp_record_get_head (past)->parked);
  jp_draft_clear (again, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
  jp_draft_clear (again, JP_TERMINAL_ASSIGNMENT_END_REASON);

  g_autoptr (JpRecord) taken_up = jp_draft_end (g_steal_pointer (&again));
  g_autoptr (JpVerdict) taking = jp_platform_caller_push_edit (desk->b, past, taken_up);

  assert_verdict (taking, JP_VERDICT_APPLIED, NULL);
  g_clear_pointer (&still, jp_record_unref);
  still = see (desk, second);
  g_assert_true (jp_record_get_head (still)->parked);

  /* Once the other has ended, any edit or the same decision puts it in its place. */
  g_autoptr (JpRecord) over = ended (first);
  g_autoptr (JpVerdict) end = jp_platform_caller_push_edit (desk->a, first, over);
  g_autoptr (JpPageFeed) news = jp_platform_caller_pull (desk->b, 100);
  g_autoptr (JpRecord) noted = with_text (still, JP_TERMINAL_ASSIGNMENT_NOTE, "换车");
  g_autoptr (JpVerdict) placed = jp_platform_caller_push_edit (desk->b, still, noted);
  g_autoptr (JpRecord) now = see (desk, second);

  assert_verdict (end, JP_VERDICT_APPLIED, NULL);
  assert_verdict (placed, JP_VERDICT_APPLIED, NULL);
  g_assert_false (jp_record_get_head (now)->parked);
}

static void
test_seat_decided (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) terminal =
    create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_TERMINAL));
  g_autoptr (JpRecord) car = create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_VEHICLE));
  g_autoptr (JpRecord) first = create (desk, new_assignment (desk, terminal, car));
  g_autoptr (JpRecord) second = jp_draft_end (new_assignment (desk, terminal, car));
  g_autoptr (JpRecord) over = ended (first);
  g_autoptr (JpPushResponse) response = NULL;
  JpOp *op = NULL;

  jp_platform_caller_edit (desk->b, NULL, second);
  response = jp_platform_caller_push (desk->b);

  /* One operation: end the other, and ours shall hold. */
  JpRecord *item = find_item (response);
  g_autoptr (JpRecord) mine = with_code (item, JP_CONFLICT_STATE, JP_CONFLICT_STATE_MINE);

  op = jp_platform_caller_begin (desk->b, "resolve");
  g_ptr_array_add (op->rows, jp_op_row_new (first, over));
  g_ptr_array_add (op->rows, jp_op_row_new (item, mine));
  jp_platform_caller_end (desk->b, op);
  g_autoptr (JpPushResponse) decided = jp_platform_caller_push (desk->b);
  g_autoptr (JpRecord) now = see (desk, second);

  assert_verdict ((const JpVerdict *)g_ptr_array_index (decided->verdicts, 0), JP_VERDICT_APPLIED,
                  NULL);
  g_assert_false (jp_record_get_head (now)->parked);
  g_assert_cmpint (count_items (desk, "open"), ==, 0);
}

/* A swap in one operation, in whatever order its rows come. */
static void
test_swap (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) terminal =
    create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_TERMINAL));
  g_autoptr (JpRecord) car = create (desk, jp_platform_fixture_new_own (desk->f, JP_KIND_VEHICLE));
  g_autoptr (JpRecord) old = create (desk, new_assignment (desk, terminal, car));
  g_autoptr (JpRecord) over = ended (old);
  g_autoptr (JpRecord) spare =
    jp_draft_end (jp_platform_fixture_new_own (desk->f, JP_KIND_TERMINAL));
  g_autoptr (JpRecord) new = jp_draft_end (new_assignment (desk, spare, car));
  JpOp *op = jp_platform_caller_begin (desk->a, "swap");

  g_ptr_array_add (op->rows, jp_op_row_new (NULL, new));
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, spare));
  g_ptr_array_add (op->rows, jp_op_row_new (old, over));
  jp_platform_caller_end (desk->a, op);
  g_autoptr (JpPushResponse) response = jp_platform_caller_push (desk->a);
  g_autoptr (JpRecord) now = see (desk, new);

  assert_verdict ((const JpVerdict *)g_ptr_array_index (response->verdicts, 0), JP_VERDICT_APPLIED,
                  NULL);
  g_assert_false (jp_record_get_head (now)->parked);

  /* All three arrive together. */
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM feed WHERE seq ="
                                                       " (SELECT max (seq) FROM feed)"),
                   ==, 3);
}

/* Rows of an operation stand for themselves, except for those that refer to a refused one. */
static void
test_partly_refused (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) good = jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_trainee (desk->f);
  g_autoptr (JpRecord) tier = create (desk, jp_platform_fixture_new_tier (desk->f));
  JpOp *op = jp_platform_caller_begin (desk->a, "import");

  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "5");
  g_autoptr (JpRecord) bad = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpRecord) orphan = jp_draft_end (
    jp_platform_fixture_new_contract (desk->f, jp_record_get_id (bad), jp_record_get_id (tier)));

  g_ptr_array_add (op->rows, jp_op_row_new (NULL, orphan));
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, bad));
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, good));
  jp_platform_caller_end (desk->a, op);
  g_autoptr (JpPushResponse) response = jp_platform_caller_push (desk->a);
  const JpVerdict *verdict = g_ptr_array_index (response->verdicts, 0);
  g_autoptr (JpRecord) good_now = see (desk, good);
  g_autoptr (JpRecord) bad_now = see (desk, bad);
  g_autoptr (JpRecord) orphan_now = see (desk, orphan);

  assert_verdict (verdict, JP_VERDICT_REJECTED, "invalid");
  g_assert_cmpstr (verdict->detail, ==, "phone: too-short");
  g_assert_nonnull (good_now);
  g_assert_null (bad_now);
  g_assert_true (jp_record_get_head (orphan_now)->parked);
  g_assert_cmpint (count_items (desk, "open"), ==, 2);
}

static void
test_same_person (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) first = create (desk, jp_platform_fixture_new_trainee (desk->f));
  g_autoptr (JpDraft) draft = jp_platform_fixture_new_trainee (desk->f);

  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, jp_record_get_text (first, JP_TRAINEE_ID_NUMBER));
  g_autoptr (JpRecord) second = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->b, NULL, second);
  g_autoptr (JpRecord) now = see (desk, second);
  JpIdText         id;
  g_autofree char *detail =
    g_strconcat ("same-person: ", jp_id_to_text (jp_record_get_id (first), id), NULL);

  assert_verdict (verdict, JP_VERDICT_APPLIED, "same-person");
  g_assert_cmpstr (verdict->detail, ==, detail);
  g_assert_nonnull (now);
  g_assert_cmpint (count_items (desk, "open"), ==, 1);

  /* In another school it is nobody's business. */
  g_autoptr (JpPlatformCaller) other = jp_platform_caller_new (desk->f, &desk->f->other);
  g_autoptr (JpDraft) third = jp_platform_fixture_new_trainee (desk->f);

  jp_draft_set_text (third, JP_TRAINEE_ID_NUMBER, jp_record_get_text (first, JP_TRAINEE_ID_NUMBER));
  g_autoptr (JpRecord) elsewhere = jp_draft_end (g_steal_pointer (&third));
  g_autoptr (JpVerdict) quiet = jp_platform_caller_push_edit (other, NULL, elsewhere);

  assert_verdict (quiet, JP_VERDICT_APPLIED, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/platform/push/" name, Desk, NULL, desk_set_up, function, desk_tear_down)

  ADD ("applied", test_applied);
  ADD ("kinds", test_kinds);
  ADD ("merged", test_merged);
  ADD ("chain-of-edits", test_chain_of_edits);
  ADD ("conflict", test_conflict);
  ADD ("conflict-decided", test_conflict_decided);
  ADD ("same-edit", test_same_edit);
  ADD ("invalid", test_invalid);
  ADD ("invalid-elsewhere", test_invalid_elsewhere);
  ADD ("founded-offline", test_founded_offline);
  ADD ("forbidden-units", test_forbidden_units);
  ADD ("facts", test_facts);
  ADD ("other-school", test_other_school);
  ADD ("missing", test_missing);
  ADD ("fixed", test_fixed);
  ADD ("contract-steps", test_contract_steps);
  ADD ("contract-content", test_contract_content);
  g_test_add ("/platform/push/requests-refund", Desk, GINT_TO_POINTER (JP_KIND_REFUND), desk_set_up,
              test_requests, desk_tear_down);
  g_test_add ("/platform/push/requests-transfer", Desk, GINT_TO_POINTER (JP_KIND_TRANSFER),
              desk_set_up, test_requests, desk_tear_down);
  ADD ("enrolment-channel", test_enrolment_channel);
  ADD ("deletion", test_deletion);
  ADD ("deletion-against-edit", test_deletion_against_edit);
  ADD ("deletion-with-money", test_deletion_with_money);
  ADD ("seat", test_seat);
  ADD ("seat-decided", test_seat_decided);
  ADD ("swap", test_swap);
  ADD ("partly-refused", test_partly_refused);
  ADD ("same-person", test_same_person);

  return g_test_run ();
}
