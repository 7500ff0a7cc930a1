/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-push.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

#define STATION "0193a000-0000-7000-8000-00000000000a"
#define CHAIN   "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OP_HEAD                                                                                    \
  "\"n\":1,\"op\":\"0193a000-0000-7000-8000-000000000001\",\"actor\":\"u\",\"at\":1,"              \
  "\"kind\":\"edit\""

static JpIdSource *
new_source (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);

  return jp_test_random_new_source (JP_CLOCK (clock));
}

static JpOp *
new_op (gint64 n, JpKind kind, JpIdSource *source)
{
  const JpId id = jp_id_source_next (source);
  JpOp      *op = jp_op_new (n, &id, "front-desk", JP_FAKE_CLOCK_NOW_US, "edit");
  g_autoptr (JpRecord) before = jp_test_record_new (kind, source);
  g_autoptr (JpDraft) draft = jp_draft_new_from (before);

  jp_draft_set_deleted (draft, n % 3 == 0);
  jp_test_draft_fill (draft, jp_kind_get_info (kind)->fields[0].id, source);
  g_autoptr (JpRecord) after = jp_draft_end (g_steal_pointer (&draft));

  g_ptr_array_add (op->rows, jp_op_row_new (n % 2 == 0 ? NULL : before, after));
  return op;
}

static void
test_request_round_trip (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  const JpId station = jp_id_source_next (source);
  g_autoptr (JpPushRequest) request = jp_push_request_new (&station, "e-1", "e-1:7");
  guint8 chain[JP_SEAL_HASH_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      JpOp *op = new_op (kind, kind, source);
      g_autoptr (GBytes) bytes = jp_op_to_bytes (op);

      jp_hash_chain (chain, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), chain);
      jp_push_request_add (request, op, chain);
    }

  g_autoptr (GBytes) bytes = jp_push_request_to_bytes (request);
  g_autoptr (JpPushRequest) read = jp_push_request_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_true (jp_id_equal (&read->station, &station));
  g_assert_cmpstr (read->epoch, ==, "e-1");
  g_assert_cmpstr (read->after, ==, "e-1:7");
  g_assert_cmpuint (read->items->len, ==, request->items->len);
  for (guint i = 0; i < read->items->len; i++)
    {
      const JpPushItem *sent = g_ptr_array_index (request->items, i);
      const JpPushItem *item = g_ptr_array_index (read->items, i);

      g_assert_cmpint (item->n, ==, sent->n);
      g_assert_true (jp_id_equal (&item->id, &sent->id));
      g_assert_cmpmem (item->chain, JP_SEAL_HASH_BYTES, sent->chain, JP_SEAL_HASH_BYTES);
      g_assert_true (g_bytes_equal (item->bytes, sent->bytes));
      g_assert_nonnull (item->op);
      g_assert_null (item->problem);
    }

  g_autoptr (GBytes) again = jp_push_request_to_bytes (read);

  g_assert_true (g_bytes_equal (bytes, again));
}

/* The chain runs over the bytes that were sent, whatever this program makes of them. */
static void
test_request_keeps_bytes (void)
{
  static const char text[] =
    "{\"future\":[],\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\",\"ops\":[{\"chain\":"
    "\"" CHAIN "\",\"op\":{\"zeal\":1,\"rows\":[ ], " OP_HEAD ",\"a\":{\"b\":[true,null]}}}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPushRequest) read = jp_push_request_from_bytes (bytes, &error);

  g_assert_no_error (error);

  const JpPushItem *item = g_ptr_array_index (read->items, 0);
  gsize             size = 0;
  const char       *kept = g_bytes_get_data (item->bytes, &size);
  static const char expected[] = "{\"zeal\":1,\"rows\":[]," OP_HEAD ",\"a\":{\"b\":[true,null]}}";

  g_assert_cmpmem (kept, size, expected, strlen (expected));
  g_assert_cmpint (item->chain[31], ==, 0x1f);
  g_assert_nonnull (item->op);
}

static JpPushRequest *
read_op (const char *op, GError **error)
{
  g_autofree char *text = g_strconcat ("{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\","
                                       "\"ops\":[{\"chain\":\"" CHAIN "\",\"op\":",
                                       op, "}]}", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return jp_push_request_from_bytes (bytes, error);
}

/* One operation that cannot be read does not stop the others. */
static void
test_request_unreadable (void)
{
  static const struct
  {
    const char *op;
    gboolean    too_new;
  } cases[] = {
    { "{" OP_HEAD "}", FALSE },
    { "{" OP_HEAD ",\"rows\":5}", FALSE },
    { "{" OP_HEAD ",\"rows\":[{}]}", FALSE },
    { "{" OP_HEAD ",\"rows\":[{\"t\":\"moon\",\"id\":\"" STATION "\",\"v\":0,\"set\":{}}]}", TRUE },
    { "{" OP_HEAD ",\"rows\":[{\"t\":\"coach\",\"id\":\"" STATION
      "\",\"v\":0,\"set\":{\"name\":1}}]}",
      FALSE },
    { "{" OP_HEAD ",\"rows\":[{\"t\":\"coach\",\"id\":\"" STATION
      "\",\"v\":0,\"set\":{\"name\":\"王教练\",\"aura\":\"blue\"}}]}",
      TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpPushRequest) read = read_op (cases[i].op, &error);

      g_assert_no_error (error);

      const JpPushItem *item = g_ptr_array_index (read->items, 0);

      g_assert_null (item->op);
      g_assert_nonnull (item->problem);
      g_assert_cmpint (item->too_new, ==, cases[i].too_new);
      g_assert_cmpint (item->n, ==, 1);
    }
}

static void
test_request_malformed (void)
{
  static const char *bad[] = {
    "",
    "[]",
    "{}",
    "{\"station\":\"x\",\"epoch\":\"\",\"after\":\"\",\"ops\":[]}",
    "{\"station\":\"" STATION "\",\"after\":\"\",\"ops\":[]}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"ops\":[]}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\"}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\",\"ops\":[1]}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\",\"ops\":[{}]}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\",\"ops\":[{\"op\":{" OP_HEAD "}}]}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\",\"ops\":[{\"chain\":\"00\","
    "\"op\":{" OP_HEAD "}}]}",
    "{\"station\":\"" STATION "\",\"epoch\":\"\",\"after\":\"\",\"ops\":[{\"chain\":\"" CHAIN
    "0\",\"op\":{" OP_HEAD "}}]}",
  };
  static const char *bad_ops[] = {
    "5",
    "{}",
    "{\"n\":0,\"op\":\"0193a000-0000-7000-8000-000000000001\"}",
    "{\"n\":1.0,\"op\":\"0193a000-0000-7000-8000-000000000001\"}",
    "{\"n\":1}",
    "{\"n\":1,\"op\":\"00000000-0000-0000-0000-000000000000\"}",
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));

      g_assert_null (jp_push_request_from_bytes (bytes, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad_ops); i++)
    {
      g_assert_null (read_op (bad_ops[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
}

static void
test_request_too_many (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  const JpId station = jp_id_source_next (source);
  g_autoptr (JpPushRequest) request = jp_push_request_new (&station, "", "");
  const guint8 chain[JP_SEAL_HASH_BYTES] = { 0 };
  g_autoptr (GError) error = NULL;

  for (gint64 n = 1; n <= JP_PUSH_MAX_OPS + 1; n++)
    {
      const JpId id = jp_id_source_next (source);

      jp_push_request_add (request, jp_op_new (n, &id, "u", 0, "edit"), chain);
    }

  g_autoptr (GBytes) bytes = jp_push_request_to_bytes (request);

  g_assert_null (jp_push_request_from_bytes (bytes, &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE);
}

static void
test_response_round_trip (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  g_autoptr (JpPushResponse) response = jp_push_response_new ("e-1", JP_FAKE_CLOCK_NOW_US);
  g_autoptr (GError) error = NULL;

  response->acked_n = 7;
  response->durable_through = 99;
  response->feed = jp_page_feed_new (NULL, 0);
  response->feed->to = g_strdup ("e-1:120");
  g_ptr_array_add (response->feed->records, jp_test_record_new (JP_KIND_CONFLICT, source));
  for (JpVerdictResult result = JP_VERDICT_APPLIED; result <= JP_VERDICT_PENDING; result++)
    g_ptr_array_add (response->verdicts,
                     jp_verdict_new (result + 1, result, 100 + result,
                                     result == JP_VERDICT_REJECTED ? "invalid" : NULL,
                                     result == JP_VERDICT_REJECTED ? "phone: mobile" : NULL));

  g_autoptr (GBytes) bytes = jp_push_response_to_bytes (response);
  g_autoptr (JpPushResponse) read = jp_push_response_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->epoch, ==, "e-1");
  g_assert_cmpint (read->now_us, ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpint (read->acked_n, ==, 7);
  g_assert_cmpint (read->durable_through, ==, 99);
  g_assert_cmpuint (read->verdicts->len, ==, response->verdicts->len);
  g_assert_cmpuint (read->feed->records->len, ==, 1);

  const JpVerdict *verdict = g_ptr_array_index (read->verdicts, JP_VERDICT_REJECTED);

  g_assert_cmpint (verdict->result, ==, JP_VERDICT_REJECTED);
  g_assert_cmpstr (verdict->problem, ==, "invalid");
  g_assert_cmpstr (verdict->detail, ==, "phone: mobile");

  g_autoptr (GBytes) again = jp_push_response_to_bytes (read);

  g_assert_true (g_bytes_equal (bytes, again));
}

#define FEED "\"feed\":{\"to\":\"e:1\",\"complete\":true,\"rows\":[]}"

static void
test_response_malformed (void)
{
  static const char *bad[] = {
    "",
    "{}",
    "{\"epoch\":\"e\",\"now\":1,\"acked_n\":1,\"durable_through\":0,\"verdicts\":[]}",
    "{\"epoch\":\"e\",\"now\":1,\"acked_n\":1,\"durable_through\":0," FEED "}",
    "{\"epoch\":\"e\",\"now\":1,\"acked_n\":1,\"verdicts\":[]," FEED "}",
    "{\"epoch\":\"e\",\"now\":1,\"acked_n\":-1,\"durable_through\":0,\"verdicts\":[]," FEED "}",
    "{\"epoch\":\"e\",\"now\":\"1\",\"acked_n\":1,\"durable_through\":0,\"verdicts\":[]," FEED "}",
    "{\"epoch\":\"e\",\"now\":1,\"acked_n\":1,\"durable_through\":0,\"verdicts\":[{}]," FEED "}",
    "{\"epoch\":\"e\",\"now\":1,\"acked_n\":1,\"durable_through\":0,\"verdicts\":[{\"n\":1,\"r\":"
    "\"perhaps\",\"seq\":0}]," FEED "}",
    "{\"now\":1,\"acked_n\":1,\"durable_through\":0,\"verdicts\":[]," FEED "}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (jp_push_response_from_bytes (bytes, &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/wire/push/request-round-trip", test_request_round_trip);
  g_test_add_func ("/wire/push/request-keeps-bytes", test_request_keeps_bytes);
  g_test_add_func ("/wire/push/request-unreadable", test_request_unreadable);
  g_test_add_func ("/wire/push/request-malformed", test_request_malformed);
  g_test_add_func ("/wire/push/request-too-many", test_request_too_many);
  g_test_add_func ("/wire/push/response-round-trip", test_response_round_trip);
  g_test_add_func ("/wire/push/response-malformed", test_response_malformed);

  return g_test_run ();
}
