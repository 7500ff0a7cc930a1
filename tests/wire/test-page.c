/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cursor.h"
#include "jp-fake-clock.h"
#include "jp-page-feed.h"
#include "jp-page-table.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

#define CURSOR "e-0011223344556677:184232"

static JpIdSource *
new_source (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);

  return jp_test_random_new_source (JP_CLOCK (clock));
}

/* A record as the platform sends it. */
static JpRecord *
new_state (JpKind kind, JpIdSource *source, const char *extra)
{
  g_autoptr (JpDraft) draft = jp_test_draft_new (kind, source);
  const JpRecordHead head = {
    .version = 1 + jp_id_source_below (source, 1000),
    .deleted = jp_id_source_below (source, 2) == 0,
    .parked = jp_id_source_below (source, 2) == 0,
    .created_at_us = JP_FAKE_CLOCK_NOW_US - jp_id_source_below (source, 1000000),
    .updated_at_us = JP_FAKE_CLOCK_NOW_US,
  };

  jp_draft_set_head (draft, &head);
  jp_draft_set_created_by (draft, jp_id_source_below (source, 2) == 0 ? "front-desk" : NULL);
  jp_draft_set_extra (draft, extra);
  return jp_draft_end (g_steal_pointer (&draft));
}

static void
assert_same (JpRecord *a, JpRecord *b)
{
  const JpRecordHead *head_a = jp_record_get_head (a);
  const JpRecordHead *head_b = jp_record_get_head (b);

  jp_test_record_assert_equal (a, b);
  g_assert_cmpint (head_a->version, ==, head_b->version);
  g_assert_cmpint (head_a->deleted, ==, head_b->deleted);
  g_assert_cmpint (head_a->parked, ==, head_b->parked);
  g_assert_cmpint (head_a->created_at_us, ==, head_b->created_at_us);
  g_assert_cmpint (head_a->updated_at_us, ==, head_b->updated_at_us);
}

static void
test_cursor (void)
{
  g_autofree char *text = jp_cursor_to_text ("e-7f3c", 184220);
  g_autofree char *epoch = NULL;
  g_autoptr (GError) error = NULL;
  gint64             seq = 0;
  static const char *bad[] = {
    "",
    ":",
    "e-7f3c",
    "e-7f3c:",
    ":5",
    "e-7f3c:-1",
    "e-7f3c:+1",
    "e-7f3c: 1",
    "e-7:1x",
    "e:0x10",
    "e:9007199254740992",
    "e-0123456789012345678901234567890123456789012345678901234567890:1"
  };

  g_assert_cmpstr (text, ==, "e-7f3c:184220");
  g_assert_true (jp_cursor_parse (text, &epoch, &seq, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (epoch, ==, "e-7f3c");
  g_assert_cmpint (seq, ==, 184220);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *none = NULL;

      g_assert_false (jp_cursor_parse (bad[i], &none, &seq, &error));
      g_assert_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_null (none);
    }
}

static void
test_feed_round_trip (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  g_autoptr (JpPageFeed) page = jp_page_feed_new ("e-0011223344556677", JP_FAKE_CLOCK_NOW_US);
  g_autoptr (GError) error = NULL;

  page->to = g_strdup (CURSOR);
  page->complete = TRUE;
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    g_ptr_array_add (page->records, new_state (kind, source, "{\"later\":[1,2]}"));

  g_autoptr (GBytes) bytes = jp_page_feed_to_bytes (page);
  g_autoptr (JpPageFeed) read = jp_page_feed_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->epoch, ==, page->epoch);
  g_assert_cmpint (read->now_us, ==, page->now_us);
  g_assert_cmpstr (read->to, ==, CURSOR);
  g_assert_true (read->complete);
  g_assert_cmpuint (read->n_unknown, ==, 0);
  g_assert_cmpuint (read->records->len, ==, page->records->len);
  for (guint i = 0; i < page->records->len; i++)
    assert_same (g_ptr_array_index (page->records, i), g_ptr_array_index (read->records, i));

  g_autoptr (GBytes) again = jp_page_feed_to_bytes (read);

  g_assert_true (g_bytes_equal (bytes, again));
}

static JpPageFeed *
read_feed (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return jp_page_feed_from_bytes (bytes, error);
}

#define ROW(kind, fields)                                                                          \
  "{\"t\":\"" kind "\",\"id\":\"0193a000-0000-7000-8000-000000000001\",\"v\":3,\"deleted\":"       \
  "false,\"parked\":false,\"by\":\"\",\"created\":5,\"updated\":6,\"f\":{" fields "}}"

static void
test_feed_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageFeed) page =
    read_feed ("{\"to\":\"e:1\",\"complete\":false,\"news\":{},\"rows\":[" ROW (
                 "ground", "\"name\":\"北区\",\"grass\":true") "," ROW ("moon", "\"x\":1") "]}",
               &error);

  g_assert_no_error (error);
  g_assert_null (page->epoch);
  g_assert_false (page->complete);
  g_assert_cmpuint (page->n_unknown, ==, 1);
  g_assert_cmpuint (page->records->len, ==, 1);

  JpRecord *record = g_ptr_array_index (page->records, 0);

  g_assert_cmpstr (jp_record_get_text (record, JP_GROUND_NAME), ==, "北区");
  g_assert_cmpstr (jp_record_get_extra (record), ==, "{\"grass\":true}");
}

/* What another program kept without knowing it has its place here; what the row says itself holds.
 */
static void
test_feed_adopts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageFeed) page =
    read_feed ("{\"to\":\"e:1\",\"complete\":false,\"rows\":["
               "{\"t\":\"ground\",\"id\":\"0193a000-0000-7000-8000-000000000001\",\"v\":3,"
               "\"deleted\":false,\"parked\":false,\"by\":\"\",\"created\":5,\"updated\":6,"
               "\"f\":{\"name\":\"北区\",\"trees\":null},"
               "\"x\":{\"name\":\"南区\",\"address\":\"人民路\",\"area\":\"no "
               "number\",\"old\":1}}]}",
               &error);

  g_assert_no_error (error);

  JpRecord *record = g_ptr_array_index (page->records, 0);

  g_assert_cmpstr (jp_record_get_text (record, JP_GROUND_NAME), ==, "北区");
  g_assert_cmpstr (jp_record_get_text (record, JP_GROUND_ADDRESS), ==, "人民路");
  g_assert_cmpstr (jp_record_get_extra (record), ==, "{\"area\":\"no number\",\"old\":1}");
}

static void
test_feed_malformed (void)
{
  static const char *bad[] = {
    "",
    "[]",
    "{}",
    "{\"to\":\"e:1\",\"complete\":true}",
    "{\"to\":\"e:1\",\"rows\":[]}",
    "{\"complete\":true,\"rows\":[]}",
    "{\"to\":5,\"complete\":true,\"rows\":[]}",
    "{\"to\":\"e:1\",\"complete\":1,\"rows\":[]}",
    "{\"to\":\"e:1\",\"complete\":true,\"rows\":{}}",
    "{\"to\":\"e:1\",\"complete\":true,\"rows\":[5]}",
    "{\"to\":\"e:1\",\"complete\":true,\"rows\":[{}]}",
    "{\"epoch\":\"e\",\"to\":\"e:1\",\"complete\":true,\"rows\":[]}",
    "{\"epoch\":\"e\",\"now\":-1,\"to\":\"e:1\",\"complete\":true,\"rows\":[]}",
    "{\"to\":\"e:1\",\"complete\":true,\"rows\":[" ROW ("ground", "\"name\":5") "]}",
    "{\"to\":\"e:1\",\"complete\":true,\"rows\":[" ROW ("ground", "\"name\":\"a\"") ",]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_feed (bad[i], &error));
      g_assert_nonnull (error);
    }
}

static void
test_table_round_trip (void)
{
  g_autoptr (JpIdSource) source = new_source ();

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    for (guint n_rows = 0; n_rows < 20; n_rows += 7)
      {
        g_autoptr (JpPageTable) page = jp_page_table_new (kind);
        g_autoptr (GError) error = NULL;

        page->cursor = g_strdup (CURSOR);
        page->next = n_rows;
        for (guint i = 0; i < n_rows; i++)
          g_ptr_array_add (page->records,
                           new_state (kind, source, i == 3 ? "{\"later\":{\"a\":null}}" : NULL));

        g_autoptr (GBytes) bytes = jp_page_table_to_bytes (page);
        g_autoptr (JpPageTable) read = jp_page_table_from_bytes (bytes, &error);

        g_assert_no_error (error);
        g_assert_cmpint (read->kind, ==, kind);
        g_assert_cmpint (read->next, ==, n_rows);
        g_assert_cmpstr (read->cursor, ==, CURSOR);
        g_assert_cmpuint (read->records->len, ==, n_rows);
        for (guint i = 0; i < n_rows; i++)
          assert_same (g_ptr_array_index (page->records, i), g_ptr_array_index (read->records, i));
      }
}

static JpPageTable *
read_table (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return jp_page_table_from_bytes (bytes, error);
}

#define COLUMNS "\"id\",\"v\",\"deleted\",\"parked\",\"by\",\"created\",\"updated\""
#define CELLS   "\"0193a000-0000-7000-8000-000000000001\",3,false,true,\"\",5,6"
#define TABLE(columns, cells)                                                                      \
  "{\"t\":\"ground\",\"cols\":[" columns "],\"rows\":[[" cells "]],\"next\":0,\"cursor\":\"e:1\"}"

static void
test_table_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageTable) page =
    read_table (TABLE ("\"f.grass\",\"moon\",\"f.name\",\"x\",\"f.trees\"," COLUMNS,
                       "{\"kind\":\"long\"},77,\"北区\",{\"old\":1,\"name\":\"no\"},null," CELLS),
                &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 1);

  JpRecord *record = g_ptr_array_index (page->records, 0);

  g_assert_cmpstr (jp_record_get_text (record, JP_GROUND_NAME), ==, "北区");
  g_assert_cmpstr (jp_record_get_extra (record), ==, "{\"grass\":{\"kind\":\"long\"},\"old\":1}");
  g_assert_true (jp_record_get_head (record)->parked);
  g_assert_cmpint (jp_record_get_head (record)->version, ==, 3);

  g_autoptr (JpPageTable) moon =
    read_table ("{\"t\":\"moon\",\"cols\":7,\"next\":9,\"cursor\":\"e:1\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpint (moon->kind, ==, JP_KIND_NONE);
  g_assert_cmpint (moon->next, ==, 9);
  g_assert_cmpuint (moon->records->len, ==, 0);
}

static void
test_table_malformed (void)
{
  static const char *bad[] = {
    "",
    "{}",
    "{\"t\":\"ground\",\"next\":0,\"cursor\":\"e:1\"}",
    "{\"t\":\"ground\",\"cols\":[" COLUMNS "],\"next\":0,\"cursor\":\"e:1\"}",
    "{\"t\":\"ground\",\"cols\":[" COLUMNS "],\"rows\":[],\"cursor\":\"e:1\"}",
    "{\"t\":\"ground\",\"cols\":[" COLUMNS "],\"rows\":[],\"next\":0}",
    "{\"t\":\"ground\",\"cols\":[" COLUMNS "],\"rows\":[],\"next\":-1,\"cursor\":\"e:1\"}",
    "{\"t\":\"ground\",\"cols\":[" COLUMNS "],\"rows\":[5],\"next\":0,\"cursor\":\"e:1\"}",
    "{\"t\":\"ground\",\"cols\":[],\"rows\":[],\"next\":0,\"cursor\":\"e:1\"}",
    TABLE (COLUMNS, ""),
    TABLE (COLUMNS, CELLS ",1"),
    TABLE (COLUMNS ",\"id\"", CELLS ",5"),
    TABLE (COLUMNS ",\"f.name\",\"f.name\"", CELLS ",\"a\",\"b\""),
    TABLE (COLUMNS ",5", CELLS ",5"),
    TABLE (COLUMNS ",\"f.name\"", CELLS ",5"),
    TABLE (COLUMNS ",\"x\"", CELLS ",5"),
    TABLE ("\"v\",\"deleted\",\"parked\",\"by\",\"created\",\"updated\"", "3,false,true,\"\",5,6"),
    TABLE (COLUMNS, "\"nobody\",3,false,true,\"\",5,6"),
    TABLE (COLUMNS, "null,3,false,true,\"\",5,6"),
    TABLE (COLUMNS, "\"0193a000-0000-7000-8000-000000000001\",-3,false,true,\"\",5,6"),
    TABLE (COLUMNS, "\"0193a000-0000-7000-8000-000000000001\",3,0,true,\"\",5,6"),
    TABLE (COLUMNS, "\"0193a000-0000-7000-8000-000000000001\",3,false,true,5,5,6"),
    TABLE (COLUMNS, "\"0193a000-0000-7000-8000-000000000001\",3,false,true,\"\",1.5,6"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_table (bad[i], &error));
      g_assert_nonnull (error);
    }
}

/* Members and columns may come in any order. */
static void
test_table_order (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageTable) page =
    read_table ("{\"rows\":[[\"北\",3,false,true,\"\",5,6,"
                "\"0193a000-0000-7000-8000-000000000001\"]],\"cursor\":\"e:1\",\"more\":[1],"
                "\"cols\":[\"f.name\",\"v\",\"deleted\",\"parked\",\"by\",\"created\","
                "\"updated\",\"id\"],\"next\":8,\"t\":\"ground\"}",
                &error);
  JpIdText text;

  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 1);

  JpRecord *record = g_ptr_array_index (page->records, 0);

  g_assert_cmpstr (jp_record_get_text (record, JP_GROUND_NAME), ==, "北");
  g_assert_cmpstr (jp_id_to_text (jp_record_get_id (record), text), ==,
                   "0193a000-0000-7000-8000-000000000001");
  g_assert_cmpint (jp_record_get_head (record)->updated_at_us, ==, 6);
  g_assert_cmpint (page->next, ==, 8);
}

/* A whole page fits the limits of a message. */
static void
test_table_full (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  g_autoptr (JpPageTable) page = jp_page_table_new (JP_KIND_TRAINEE);
  g_autoptr (GError) error = NULL;

  page->cursor = g_strdup (CURSOR);
  for (guint i = 0; i < JP_PAGE_TABLE_MAX_ROWS; i++)
    g_ptr_array_add (page->records, new_state (JP_KIND_TRAINEE, source, NULL));

  g_autoptr (GBytes) bytes = jp_page_table_to_bytes (page);

  g_assert_cmpuint (g_bytes_get_size (bytes), <, JP_JSON_MAX_BYTES);

  gint64 begun_us = g_get_monotonic_time ();
  g_autoptr (JpPageTable) read = jp_page_table_from_bytes (bytes, &error);
  gint64 took_us = g_get_monotonic_time () - begun_us;

  g_assert_no_error (error);
  g_assert_cmpuint (read->records->len, ==, JP_PAGE_TABLE_MAX_ROWS);
  g_test_message ("%u rows, %" G_GSIZE_FORMAT " bytes, %.0f rows/s", read->records->len,
                  g_bytes_get_size (bytes), read->records->len * 1e6 / (double)took_us);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/wire/cursor", test_cursor);
  g_test_add_func ("/wire/page-feed/round-trip", test_feed_round_trip);
  g_test_add_func ("/wire/page-feed/unknown", test_feed_unknown);
  g_test_add_func ("/wire/page-feed/adopts", test_feed_adopts);
  g_test_add_func ("/wire/page-feed/malformed", test_feed_malformed);
  g_test_add_func ("/wire/page-table/round-trip", test_table_round_trip);
  g_test_add_func ("/wire/page-table/unknown", test_table_unknown);
  g_test_add_func ("/wire/page-table/malformed", test_table_malformed);
  g_test_add_func ("/wire/page-table/order", test_table_order);
  g_test_add_func ("/wire/page-table/full", test_table_full);

  return g_test_run ();
}
