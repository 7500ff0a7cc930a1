/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-test.h"

#include "jp-codes.h"

typedef struct
{
  const char *name, *number, *district, *licences;
  int         level;
  gint64      lat, lng; /* microdegrees; 0 = unknown */
  const char *status;
} School;

/* From the market square of the old town: the first two are 1 km north and 2 km east of it. */
static const School schools[] = {
  { "甲驾校", "3717001000000011", "371702", "C1,C2", 1, 35254593, 115440000, "open" },
  { "乙驾校", "3717001000000012", "371702", "C1", 2, 35245600, 115462026, NULL },
  { "丙驾校", "3717001000000013", "371721", "A2,B2,C1", 1, 34825000, 115542000, "open" },
  { "丁驾校", "3717001000000014", "371721", "C1,D", 3, 0, 0, "open" },
  { "戊驾校", "3717001000000015", "371702", "C1", 1, 35246000, 115440000, "suspended" },
};

#define NEAR "near=35.2456,115.44"

static void
add_school (JpPublicTest *p, const School *one)
{
  JpPlatformFixture *f = p->b->f;
  JpPlatformStore   *store = jp_platform_fixture_get_store (f);
  JpDraft           *draft = jp_platform_fixture_new_school (f, one->name);
  g_autoptr (JpRecord) school = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_draft_set_text (draft, JP_SCHOOL_NUMBER, one->number);
  jp_draft_set_text (draft, JP_SCHOOL_DISTRICT, one->district);
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_TYPES, one->licences);
  jp_draft_set_code (draft, JP_SCHOOL_LEVEL, one->level);
  if (one->lat != 0)
    {
      jp_draft_set_integer (draft, JP_SCHOOL_LATITUDE, one->lat);
      jp_draft_set_integer (draft, JP_SCHOOL_LONGITUDE, one->lng);
    }
  if (one->status != NULL)
    jp_draft_set_text (draft, JP_SCHOOL_BUSI_STATUS, one->status);
  school = jp_draft_end (draft);
  jp_platform_store_begin (store, &transaction, &error);
  jp_platform_store_add_school (store, school, &error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
}

static JpPublicTest *
new_test (JpBusinessFixture *b)
{
  JpPublicTest *p = jp_public_test_new (b);

  for (gsize i = 0; i < G_N_ELEMENTS (schools); i++)
    add_school (p, &schools[i]);
  return p;
}

/* The names of the answer, one after the other, without the fixture's two schools. */
static char *
list (JpPublicTest *p, const char *query)
{
  g_autofree char *path = g_strconcat ("/v1/public/schools?", query, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  JsonArray *array = NULL;

  g_assert_cmpuint (jp_public_test_get (p, NULL, path), ==, 200);
  array = json_object_get_array_member (jp_public_test_get_answer (p), "schools");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *school = json_array_get_object_element (array, i);
      const char *name = json_object_get_string_member (school, "name");

      if (!g_str_equal (name, "牡丹驾校") && !g_str_equal (name, "曹州驾校"))
        g_string_append_len (names, name, (gssize)strlen ("甲"));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_list (JpPublicTest *p, const char *query, const char *expected)
{
  g_autofree char *names = list (p, query);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_filters (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = new_test (b);

  assert_list (p, "", "甲乙丙丁");
  assert_list (p, "district=371721", "丙丁");
  assert_list (p, "level=1", "甲丙");
  assert_list (p, "licence=C2", "甲");
  assert_list (p, "licence=C1", "甲乙丙丁");
  assert_list (p, "licence=A", "");
  assert_list (p, "district=371702&level=2&licence=C1", "乙");
  assert_list (p, "district=371799", "");
}

static void
test_order (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = new_test (b);
  JsonObject *first = NULL;

  /* Without a place last. */
  assert_list (p, NEAR, "甲乙丙丁");
  first = jp_public_test_get_first (p, "schools");
  /* 8,993 µ° of latitude are 1,000 m. */
  g_assert_cmpint (json_object_get_int_member (first, "distance_m"), ==, 1000);
  assert_list (p, "near=35.2456,115.462&limit=1", "乙");
  first = jp_public_test_get_first (p, "schools");
  g_assert_cmpint (json_object_get_int_member (first, "distance_m"), <=, 3);
  g_assert_cmpint (jp_public_test_get_integer (p, "total"), ==, 6);
  assert_list (p, "near=34.83,115.54", "丙乙甲丁");

  /* 1 km north and 2 km east. */
  assert_list (p, NEAR "&district=371702&level=2", "乙");
  first = jp_public_test_get_first (p, "schools");
  g_assert_cmpint (json_object_get_int_member (first, "distance_m"), >=, 1998);
  g_assert_cmpint (json_object_get_int_member (first, "distance_m"), <=, 2002);
}

static void
test_tiers (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);
  JsonArray *tiers = NULL;
  JpDraft   *draft = jp_platform_fixture_new_tier (b->f);

  /* One that is not published, one that is over, and the fixture's. */
  jp_record_unref (jp_business_fixture_put (b, draft));
  draft = jp_platform_fixture_new_tier (b->f);
  jp_draft_set_text (draft, JP_CLASS_TIER_STATUS, "published");
  jp_draft_set_date (draft, JP_CLASS_TIER_VALID_UNTIL, 20261123);
  jp_record_unref (jp_business_fixture_put (b, draft));
  g_assert_cmpuint (jp_public_test_get (p, NULL, "/v1/public/schools?limit=200"), ==, 200);

  JsonArray *array = json_object_get_array_member (jp_public_test_get_answer (p), "schools");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *school = json_array_get_object_element (array, i);

      if (g_str_equal (json_object_get_string_member (school, "name"), "牡丹驾校"))
        tiers = json_object_get_array_member (school, "tiers");
    }
  g_assert_nonnull (tiers);
  g_assert_cmpuint (json_array_get_length (tiers), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (tiers, 0), "price"),
                   ==, 368000);
}

static void
test_wrong_queries (void)
{
  static const char *const queries[] = { "limit=0",   "limit=201", "level=4",
                                         "level=x",   "near=1",    "near=,",
                                         "near=90,0", "near=a,b",  "near=35.2,115.4,1" };
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (JpPublicTest) p = jp_public_test_new (b);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat ("/v1/public/schools?", queries[i], NULL);

      g_assert_cmpuint (jp_public_test_get (p, NULL, path), ==, 400);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/public-schools/filters", test_filters);
  g_test_add_func ("/platform/public-schools/order", test_order);
  g_test_add_func ("/platform/public-schools/tiers", test_tiers);
  g_test_add_func ("/platform/public-schools/wrong-queries", test_wrong_queries);

  return g_test_run ();
}
