/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public-test.h"

#define MAX_TEXT_BYTES 60000

/**
 * jp_public_test_new:
 * @b: a fixture; must outlive this
 *
 * Returns: (transfer full): the public part of its platform, with the tokens of those who work for
 *   the city in its folder
 */
JpPublicTest *
jp_public_test_new (JpBusinessFixture *b)
{
  JpPublicTest *self = g_new0 (JpPublicTest, 1);
  g_autoptr (GError) error = NULL;

  self->b = b;
  self->router = jp_http_router_new ();
  self->public_part = jp_public_new (b->f->platform);
  jp_public_add_routes (self->public_part, self->router, NULL);
  jp_public_token_ensure_operators (jp_platform_fixture_get_store (b->f), b->f->folder, &error);
  g_assert_no_error (error);
  return self;
}

/**
 * jp_public_test_free:
 * @self: (nullable) (transfer full): a public part
 *
 * Takes it away.
 */
void
jp_public_test_free (JpPublicTest *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->answer, json_node_unref);
  jp_http_router_unref (self->router);
  jp_public_free (self->public_part);
  g_free (self);
}

/**
 * jp_public_test_dup_token:
 * @self: a public part
 * @role: a role of those who work for the city
 *
 * Returns: (transfer full): its token
 */
char *
jp_public_test_dup_token (JpPublicTest *self, JpPublicRole role)
{
  g_autoptr (GError) error = NULL;
  char *token = jp_public_token_read (self->b->f->folder, role, &error);

  g_assert_no_error (error);
  return token;
}

/**
 * jp_public_test_dup_trainee_token:
 * @self: a public part
 * @contract: a contract that is offered
 *
 * Returns: (transfer full): what the messenger brings its trainee
 */
char *
jp_public_test_dup_trainee_token (JpPublicTest *self, const JpId *contract)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (self->b, JP_KIND_CONTRACT, contract);
  g_autofree char *messenger = jp_public_test_dup_token (self, JP_PUBLIC_MESSENGER);
  guint            status =
    jp_public_test_post (self, messenger, "/v1/public/messages", "{\"contract_no\":\"%s\"}",
                         jp_record_get_text (record, JP_CONTRACT_NUMBER));

  g_assert_cmpuint (status, ==, 200);
  return g_strdup (jp_public_test_get_text (self, "token"));
}

static guint
send (JpPublicTest *self, const char *method, const char *token, const char *path, const char *body)
{
  g_autofree char *authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  const JpHttpRequestFields fields = {
    .method = method,
    .path = parts[0],
    .query = parts[1],
    .authorization = authorization,
    .content_type = "application/json",
    .remote = "127.0.0.1",
    .body = bytes,
  };
  g_autoptr (JpHttpResponse) response = jp_http_router_handle (self->router, &fields);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->answer, json_node_unref);
  self->answer = jp_json_parse (jp_http_response_get_body (response), JP_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  if (jp_http_response_get_status (response) >= 300)
    g_test_message ("%s %s: %s", method, path, jp_public_test_get_text (self, "detail"));
  return jp_http_response_get_status (response);
}

/**
 * jp_public_test_get:
 * @self: a public part
 * @token: (nullable): who asks
 * @path: what is asked, with its query
 *
 * Returns: the status of the answer
 */
guint
jp_public_test_get (JpPublicTest *self, const char *token, const char *path)
{
  return send (self, "GET", token, path, NULL);
}

/**
 * jp_public_test_post:
 * @self: a public part
 * @token: (nullable): who asks
 * @path: what is asked
 * @format: the body
 * @...: for @format
 *
 * Returns: the status of the answer
 */
guint
jp_public_test_post (JpPublicTest *self,
                     const char   *token,
                     const char   *path,
                     const char   *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *body = g_strdup_vprintf (format, args);
  va_end (args);
  return send (self, "POST", token, path, body);
}

/**
 * jp_public_test_get_answer:
 * @self: a public part
 *
 * Returns: (transfer none): the last answer
 */
JsonObject *
jp_public_test_get_answer (JpPublicTest *self)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = jp_json_as_object (self->answer, &error);

  g_assert_no_error (error);
  return object;
}

/**
 * jp_public_test_get_text:
 * @self: a public part
 * @member: member of the last answer
 *
 * Returns: (transfer none) (nullable): its text
 */
const char *
jp_public_test_get_text (JpPublicTest *self, const char *member)
{
  g_autoptr (GError) error = NULL;
  const char *text = NULL;

  if (!jp_json_has (jp_public_test_get_answer (self), member) ||
      jp_json_is_null (jp_public_test_get_answer (self), member))
    return NULL;
  jp_json_get_text (jp_public_test_get_answer (self), member, MAX_TEXT_BYTES, &text, &error);
  g_assert_no_error (error);
  return text;
}

/**
 * jp_public_test_get_integer:
 * @self: a public part
 * @member: member of the last answer
 *
 * Returns: its number
 */
gint64
jp_public_test_get_integer (JpPublicTest *self, const char *member)
{
  g_autoptr (GError) error = NULL;
  gint64 integer = 0;

  jp_json_get_integer (jp_public_test_get_answer (self), member, -JP_JSON_INTEGER_MAX,
                       JP_JSON_INTEGER_MAX, &integer, &error);
  g_assert_no_error (error);
  return integer;
}

/**
 * jp_public_test_get_first:
 * @self: a public part
 * @member: an array of the last answer
 *
 * Returns: (transfer none) (nullable): its first object, if it has any
 */
JsonObject *
jp_public_test_get_first (JpPublicTest *self, const char *member)
{
  g_autoptr (GError) error = NULL;
  JsonArray *array = jp_json_get_array (jp_public_test_get_answer (self), member, 10000, &error);

  g_assert_no_error (error);
  return json_array_get_length (array) > 0 ? jp_json_element_object (array, 0, &error) : NULL;
}

/**
 * jp_public_test_dup_path:
 * @contract: a contract
 * @verb: (nullable): what is done to it
 *
 * Returns: (transfer full): the path
 */
char *
jp_public_test_dup_path (const JpId *contract, const char *verb)
{
  JpIdText text;

  return g_strconcat ("/v1/public/contracts/", jp_id_to_text (contract, text),
                      verb != NULL ? "/" : "", verb, NULL);
}
