/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-caller.h"

#include "jp-json.h"
#include "jp-platform-api.h"
#include "jp-platform-enrol.h"

static void
new_outbox (JpPlatformCaller *self)
{
  g_clear_pointer (&self->outbox, jp_push_request_free);
  self->outbox = jp_push_request_new (&self->station, self->epoch, self->after);
}

static void
set_cursor (JpPlatformCaller *self, const char *cursor)
{
  char *copy = g_strdup (cursor);

  g_free (self->after);
  self->after = copy;
}

/**
 * jp_platform_caller_new:
 * @fixture: a fixture
 * @school: a school of it
 *
 * Returns: (transfer full): a station that was enrolled just now
 */
JpPlatformCaller *
jp_platform_caller_new (JpPlatformFixture *fixture, const JpId *school)
{
  JpPlatformCaller *self = g_new0 (JpPlatformCaller, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *code =
    jp_platform_station_make_code (jp_platform_fixture_get_store (fixture), school, &error);
  g_auto (JpPlatformGrant) grant = { 0 };

  g_assert_no_error (error);
  self->fixture = fixture;
  self->router = jp_http_router_new ();
  jp_platform_api_add_routes (fixture->platform, self->router, NULL);
  jp_platform_enrol_run (jp_platform_fixture_get_store (fixture), code, "前台", code, &grant,
                         &error);
  g_assert_no_error (error);
  self->token = g_steal_pointer (&grant.token);

  self->school = *school;
  self->station = grant.station.id;
  self->no = grant.station.no;
  self->epoch = g_strdup ("");
  self->after = g_strdup ("");
  new_outbox (self);
  return self;
}

/**
 * jp_platform_caller_new_clone:
 * @self: a station
 *
 * Returns: (transfer full): another PC with a copy of its disk
 */
JpPlatformCaller *
jp_platform_caller_new_clone (JpPlatformCaller *self)
{
  JpPlatformCaller *clone = g_new0 (JpPlatformCaller, 1);

  *clone = *self;
  clone->router = jp_http_router_ref (self->router);
  clone->token = g_strdup (self->token);
  clone->epoch = g_strdup (self->epoch);
  clone->after = g_strdup (self->after);
  clone->outbox = NULL;
  new_outbox (clone);
  return clone;
}

/**
 * jp_platform_caller_free:
 * @self: (nullable) (transfer full): a station
 */
void
jp_platform_caller_free (JpPlatformCaller *self)
{
  if (self == NULL)
    return;

  jp_http_router_unref (self->router);
  jp_push_request_free (self->outbox);
  g_free (self->token);
  g_free (self->epoch);
  g_free (self->after);
  g_free (self);
}

/**
 * jp_platform_caller_send:
 * @self: a station
 * @method: the verb
 * @path: path and query
 * @body: (nullable): the body
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_platform_caller_send (JpPlatformCaller *self, const char *method, const char *path, GBytes *body)
{
  g_autofree char *authorization =
    self->token != NULL ? g_strconcat ("Bearer ", self->token, NULL) : NULL;
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);

  return jp_http_router_handle (self->router, &(JpHttpRequestFields){
                                                .method = method,
                                                .path = parts[0],
                                                .query = parts[1],
                                                .authorization = authorization,
                                                .content_type = "application/json",
                                                .sync_protocol = "1",
                                                .sync_schema = "1",
                                                .remote = "127.0.0.1",
                                                .body = body,
                                              });
}

/**
 * jp_platform_caller_get:
 * @self: a station
 * @format: of the path below its school, e.g. "changes?limit=%u"
 * @...: for @format
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_platform_caller_get (JpPlatformCaller *self, const char *format, ...)
{
  va_list  args;
  JpIdText school;

  va_start (args, format);
  g_autofree char *rest = g_strdup_vprintf (format, args);
  va_end (args);

  g_autofree char *path =
    g_strdup_printf ("/v1/schools/%s/%s", jp_id_to_text (&self->school, school), rest);

  return jp_platform_caller_send (self, "GET", path, NULL);
}

/**
 * jp_platform_caller_assert_problem:
 * @response: an answer
 * @status: the status it must have
 * @type: the type of problem without "urn:jp:problem:"
 *
 * Fails unless the answer is this problem.
 */
void
jp_platform_caller_assert_problem (JpHttpResponse *response, guint status, const char *type)
{
  g_autofree char *urn = g_strconcat ("urn:jp:problem:", type, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node =
    jp_json_parse (jp_http_response_get_body (response), JP_JSON_MAX_BYTES, &error);
  const char *found = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (jp_http_response_get_status (response), ==, status);
  g_assert_cmpstr (jp_http_response_get_content_type (response), ==, "application/problem+json");
  jp_json_get_text (jp_json_as_object (node, &error), "type", 100, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, urn);
}

/**
 * jp_platform_caller_begin:
 * @self: a station
 * @kind: what the user does
 *
 * Returns: (transfer full): an operation with the next number, to be filled with rows
 */
JpOp *
jp_platform_caller_begin (JpPlatformCaller *self, const char *kind)
{
  const JpId id = jp_id_source_next (self->fixture->ids);

  return jp_op_new (self->n + 1, &id, "front-desk",
                    jp_clock_now_us (JP_CLOCK (self->fixture->clock)), kind);
}

/**
 * jp_platform_caller_end:
 * @self: a station
 * @op: (transfer full): the operation begun last
 *
 * Chains the operation and puts it into the outbox.
 */
void
jp_platform_caller_end (JpPlatformCaller *self, JpOp *op)
{
  g_autoptr (GBytes) bytes = jp_op_to_bytes (op);

  g_assert_cmpint (op->n, ==, self->n + 1);
  self->n++;
  jp_hash_chain (self->chain, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                 self->chain);
  jp_push_request_add (self->outbox, op, self->chain);
}

/**
 * jp_platform_caller_edit:
 * @self: a station
 * @before: (nullable): the row as the user saw it
 * @after: the row as the user left it
 *
 * Puts an operation with one row into the outbox.
 */
void
jp_platform_caller_edit (JpPlatformCaller *self, JpRecord *before, JpRecord *after)
{
  JpOp *op = jp_platform_caller_begin (self, before == NULL ? "create" : "edit");

  g_ptr_array_add (op->rows, jp_op_row_new (before, after));
  jp_platform_caller_end (self, op);
}

/**
 * jp_platform_caller_push_raw:
 * @self: a station
 *
 * Sends the outbox and keeps it.
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_platform_caller_push_raw (JpPlatformCaller *self)
{
  g_autoptr (GBytes) body = jp_push_request_to_bytes (self->outbox);
  JpIdText         school;
  g_autofree char *path =
    g_strdup_printf ("/v1/schools/%s/push", jp_id_to_text (&self->school, school));

  return jp_platform_caller_send (self, "POST", path, body);
}

/**
 * jp_platform_caller_push:
 * @self: a station
 *
 * Sends the outbox, which must be taken, and empties it.
 *
 * Returns: (transfer full): the answer
 */
JpPushResponse *
jp_platform_caller_push (JpPlatformCaller *self)
{
  g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (self);
  g_autoptr (GError) error = NULL;
  JpPushResponse *push = NULL;

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  push = jp_push_response_from_bytes (jp_http_response_get_body (response), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (push->verdicts->len, ==, self->outbox->items->len);
  g_assert_cmpint (push->acked_n, ==, self->n);

  g_free (self->epoch);
  self->epoch = g_strdup (push->epoch);
  set_cursor (self, push->feed->to);
  new_outbox (self);
  return push;
}

/**
 * jp_platform_caller_push_edit:
 * @self: a station with an empty outbox
 * @before: (nullable): the row as the user saw it
 * @after: the row as the user left it
 *
 * Sends an operation with one row.
 *
 * Returns: (transfer full): its verdict
 */
JpVerdict *
jp_platform_caller_push_edit (JpPlatformCaller *self, JpRecord *before, JpRecord *after)
{
  g_autoptr (JpPushResponse) response = NULL;

  g_assert_cmpuint (self->outbox->items->len, ==, 0);
  jp_platform_caller_edit (self, before, after);
  response = jp_platform_caller_push (self);
  return g_ptr_array_steal_index (response->verdicts, 0);
}

/**
 * jp_platform_caller_pull:
 * @self: a station
 * @limit: how many rows at most
 *
 * Reads a page of the stream and moves the cursor behind it.
 *
 * Returns: (transfer full): the page
 */
JpPageFeed *
jp_platform_caller_pull (JpPlatformCaller *self, guint limit)
{
  g_autoptr (JpHttpResponse) response =
    jp_platform_caller_get (self, "changes?after=%s&limit=%u", self->after, limit);
  g_autoptr (GError) error = NULL;
  JpPageFeed *page = NULL;

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  page = jp_page_feed_from_bytes (jp_http_response_get_body (response), &error);
  g_assert_no_error (error);
  set_cursor (self, page->to);
  return page;
}
