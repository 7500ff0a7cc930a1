/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-public.h"
#include "jp-public-private.h"

#include "jp-platform-api-private.h"

#define MAX_BODY_BYTES (256 * 1024)
#define MAX_TEXT_BYTES 200
#define MAX_ADVANCE_S  (JP_DEMO_CLOCK_MAX_ADVANCE_US / JP_SECOND_US)

/* Answers a request; what it writes into the answer is gone if it fails. */
typedef gboolean (*Answer) (JpPublicCall *call, GError **error);

typedef struct
{
  const char *method;
  const char *path;
  guint       roles; /* mask of JpPublicRole; 0 = everybody */
  gboolean    writes;
  Answer      answer;
} Entry;

typedef struct
{
  JpPublic    *self;
  const Entry *entry;
} Route;

static gboolean advance_clock (JpPublicCall *call, GError **error);

static const Entry entries[] = {
  { "GET", "/v1/public/schools", 0, FALSE, jp_public_list_schools },
  { "POST", "/v1/public/enrolments", 0, TRUE, jp_public_enrol },
  { "GET", "/v1/public/enrolments/{enrolment}", JP_PUBLIC_APPLICANT, FALSE,
    jp_public_show_enrolment },
  { "POST", "/v1/public/messages", JP_PUBLIC_MESSENGER, TRUE, jp_public_send_token },
  { "GET", "/v1/public/contracts", JP_PUBLIC_OPERATORS, FALSE, jp_public_look_up_contract },
  { "GET", "/v1/public/contracts/{contract}", JP_PUBLIC_TRAINEE, FALSE, jp_public_show_contract },
  { "POST", "/v1/public/contracts/{contract}/sign", JP_PUBLIC_TRAINEE, TRUE,
    jp_public_sign_contract },
  { "POST", "/v1/public/contracts/{contract}/pay", JP_PUBLIC_TRAINEE, TRUE,
    jp_public_pay_contract },
  { "POST", "/v1/public/contracts/{contract}/withdraw", JP_PUBLIC_TRAINEE, TRUE,
    jp_public_withdraw },
  { "POST", "/v1/public/contracts/{contract}/evaluations", JP_PUBLIC_TRAINEE, TRUE,
    jp_public_evaluate },
  { "POST", "/v1/public/contracts/{contract}/complaints", JP_PUBLIC_TRAINEE, TRUE,
    jp_public_complain },
  { "POST", "/v1/public/sessions", JP_PUBLIC_TERMINAL, TRUE, jp_public_add_sessions },
  { "GET", "/v1/public/reviews/sessions", JP_PUBLIC_REVIEWER, FALSE, jp_public_list_sessions },
  { "POST", "/v1/public/reviews/sessions", JP_PUBLIC_REVIEWER, TRUE, jp_public_review_session },
  { "GET", "/v1/public/reviews/stages", JP_PUBLIC_REVIEWER, FALSE, jp_public_list_stages },
  { "POST", "/v1/public/reviews/stages", JP_PUBLIC_REVIEWER, TRUE, jp_public_review_stage },
  { "GET", "/v1/public/reviews/refunds", JP_PUBLIC_REVIEWER, FALSE, jp_public_list_refunds },
  { "POST", "/v1/public/reviews/refunds", JP_PUBLIC_REVIEWER, TRUE, jp_public_decide_refund },
  { "GET", "/v1/public/reviews/transfers", JP_PUBLIC_REVIEWER, FALSE, jp_public_list_transfers },
  { "POST", "/v1/public/reviews/transfers", JP_PUBLIC_REVIEWER, TRUE, jp_public_decide_transfer },
  { "GET", "/v1/public/reviews/disputes", JP_PUBLIC_REVIEWER, FALSE, jp_public_list_disputes },
  { "POST", "/v1/public/reviews/disputes", JP_PUBLIC_REVIEWER, TRUE, jp_public_decide_dispute },
  { "POST", "/v1/public/reviews/complaints", JP_PUBLIC_REVIEWER, TRUE, jp_public_conclude },
  { "POST", "/v1/public/exams", JP_PUBLIC_EXAMINER, TRUE, jp_public_add_exam },
  { "POST", "/v1/public/bank/statements", JP_PUBLIC_BANK, TRUE, jp_public_issue_statement },
  { "GET", "/v1/admin/stations", JP_PUBLIC_ADMINISTRATOR, FALSE, jp_public_list_stations },
  { "POST", "/v1/admin/revocations", JP_PUBLIC_ADMINISTRATOR, TRUE, jp_public_revoke_station },
  { "POST", "/v1/public/clock", JP_PUBLIC_OPERATORS, FALSE, advance_clock },
};

/**
 * jp_public_new:
 * @platform: a platform that answers no requests yet; must outlive this
 *
 * Returns: (transfer full): its public part
 */
JpPublic *
jp_public_new (JpPlatform *platform)
{
  g_return_val_if_fail (platform != NULL, NULL);

  JpPublic *self = g_new0 (JpPublic, 1);

  self->platform = platform;
  self->routes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * jp_public_free:
 * @self: (nullable) (transfer full): a public part whose routes are not called any more
 *
 * Frees it.
 */
void
jp_public_free (JpPublic *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->business, jp_business_free);
  g_clear_pointer (&self->limiter, jp_platform_limiter_free);
  g_clear_pointer (&self->routes, g_ptr_array_unref);
  g_clear_object (&self->demo_clock);
  g_free (self);
}

/**
 * jp_public_set_demo_clock:
 * @self: a public part
 * @clock: the clock of the platform
 *
 * Lets those who work for the city make days go by: only in a demo.
 */
void
jp_public_set_demo_clock (JpPublic *self, JpDemoClock *clock)
{
  g_return_if_fail (self != NULL);

  g_set_object (&self->demo_clock, clock);
}

static void
ensure_business (JpPublic *self)
{
  JpPlatformStore *store = jp_platform_get_store (self->platform);

  if (self->store == store)
    return;
  g_clear_pointer (&self->business, jp_business_free);
  g_clear_pointer (&self->limiter, jp_platform_limiter_free);
  self->business = jp_business_new (store);
  self->limiter = jp_platform_limiter_new (jp_platform_store_get_clock (store));
  self->store = store;
}

/* What the path says the token must be for. */
static const char *
get_subject (JpHttpRequest *request, const Entry *entry)
{
  static const struct
  {
    const char *name, *marker;
  } subjects[] = { { "contract", "{contract}" }, { "enrolment", "{enrolment}" } };

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (strstr (entry->path, subjects[i].marker) != NULL)
      return jp_http_request_get_param (request, subjects[i].name);
  return NULL;
}

static gboolean
authorise (JpPublicCall *call, const Entry *entry, GError **error)
{
  JpPublic   *self = call->self;
  const char *remote = jp_http_request_get_remote (call->request);
  const char *subject = get_subject (call->request, entry);
  JpIdText    own;

  if (entry->roles == 0)
    return TRUE;
  if (!jp_platform_limiter_check (self->limiter, remote, error))
    return FALSE;
  if (!jp_public_token_find (self->store, jp_http_request_get_token (call->request), &call->caller,
                             error))
    {
      jp_platform_limiter_count (self->limiter, remote);
      return FALSE;
    }
  if (!(entry->roles & call->caller.role))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_FORBIDDEN, "the token is for other things");
  if (subject != NULL && g_strcmp0 (subject, jp_id_to_text (&call->caller.subject, own)) != 0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_FORBIDDEN,
                               "the token is for somebody else's");
  return TRUE;
}

static JsonNode *
read_body (JpPublicCall *call, const Entry *entry, GError **error)
{
  JsonNode *node = jp_json_parse (jp_http_request_get_body (call->request), MAX_BODY_BYTES, error);

  if (node != NULL)
    call->in = jp_json_as_object (node, error);
  if (call->in == NULL)
    g_clear_pointer (&node, json_node_unref);
  return node;
}

static gboolean
run (JpPublicCall *call, const Entry *entry, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (entry->writes && !jp_business_begin (call->business, &transaction, error))
    return FALSE;
  if (!entry->answer (call, error))
    return FALSE;
  return !entry->writes || jp_business_commit (call->business, &transaction, error);
}

/* What the reader of JSON says is the caller's fault. */
static JpHttpResponse *
new_problem (const GError *error)
{
  return error->domain == JP_BASE_ERROR ? jp_platform_api_new_bad_body (error)
                                        : jp_platform_api_new_problem (error);
}

static JpHttpResponse *
handle (JpHttpRequest *request, gpointer user_data)
{
  const Route *route = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) out = json_builder_new_immutable ();
  g_autoptr (JsonNode) body = NULL;
  JpPublicCall call = { .self = route->self, .request = request, .out = out };

  ensure_business (route->self);
  call.business = route->self->business;
  json_builder_begin_object (out);
  if (!authorise (&call, route->entry, &error))
    return new_problem (error);
  if (g_str_equal (route->entry->method, "POST"))
    {
      body = read_body (&call, route->entry, &error);
      if (body == NULL)
        return new_problem (error);
    }
  if (!run (&call, route->entry, &error))
    return new_problem (error);
  json_builder_end_object (out);

  g_autoptr (JsonNode) node = json_builder_get_root (out);

  return jp_http_response_new_json (200, node);
}

/**
 * jp_public_add_routes:
 * @self: a public part; must outlive the router
 * @router: where its requests are added
 * @worker: (nullable): the thread of the platform
 *
 * Adds the public requests.
 */
void
jp_public_add_routes (JpPublic *self, JpHttpRouter *router, JpWorker *worker)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (router != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      Route *route = g_new0 (Route, 1);

      route->self = self;
      route->entry = &entries[i];
      g_ptr_array_add (self->routes, route);
      jp_http_router_add (router, &(JpHttpRoute){
                                    .method = entries[i].method,
                                    .path = entries[i].path,
                                    .handler = handle,
                                    .user_data = route,
                                    .worker = worker,
                                    .max_body_bytes =
                                      g_str_equal (entries[i].method, "POST") ? MAX_BODY_BYTES : 0,
                                  });
    }
}

/* --- reading and writing JSON --- */

/**
 * jp_public_add_text: (skip)
 * @call: a request
 * @name: member of the answer
 * @text: (nullable): its value
 */
void
jp_public_add_text (JpPublicCall *call, const char *name, const char *text)
{
  json_builder_set_member_name (call->out, name);
  if (text != NULL)
    json_builder_add_string_value (call->out, text);
  else
    json_builder_add_null_value (call->out);
}

/**
 * jp_public_add_integer: (skip)
 * @call: a request
 * @name: member of the answer
 * @integer: its value
 */
void
jp_public_add_integer (JpPublicCall *call, const char *name, gint64 integer)
{
  json_builder_set_member_name (call->out, name);
  json_builder_add_int_value (call->out, integer);
}

/**
 * jp_public_add_boolean: (skip)
 * @call: a request
 * @name: member of the answer
 * @boolean: its value
 */
void
jp_public_add_boolean (JpPublicCall *call, const char *name, gboolean boolean)
{
  json_builder_set_member_name (call->out, name);
  json_builder_add_boolean_value (call->out, boolean);
}

/**
 * jp_public_add_id: (skip)
 * @call: a request
 * @name: member of the answer
 * @id: its value
 */
void
jp_public_add_id (JpPublicCall *call, const char *name, const JpId *id)
{
  JpIdText text;

  jp_public_add_text (call, name, jp_id_to_text (id, text));
}

/**
 * jp_public_add_field: (skip)
 * @call: a request
 * @record: a record
 * @field: one of its fields, which names the member
 */
void
jp_public_add_field (JpPublicCall *call, JpRecord *record, JpFieldId field)
{
  const JpField *description = jp_field_get (field);

  json_builder_set_member_name (call->out, description->name);
  jp_wire_record_write_value (call->out, record, description);
}

/**
 * jp_public_read_id: (skip)
 * @call: a request with a body
 * @name: member of the body
 * @out_id: (out): the id
 * @error: return location
 *
 * Returns: whether there is an id
 */
gboolean
jp_public_read_id (JpPublicCall *call, const char *name, JpId *out_id, GError **error)
{
  const char *text = NULL;

  return jp_json_get_text (call->in, name, JP_ID_TEXT_LENGTH, &text, error) &&
         jp_id_parse (text, out_id, error);
}

/**
 * jp_public_read_date: (skip)
 * @call: a request with a body
 * @name: member of the body
 * @out_date: (out): the date; as it was if the member is missing
 * @error: return location
 *
 * Returns: whether it is a date or missing
 */
gboolean
jp_public_read_date (JpPublicCall *call, const char *name, JpDate *out_date, GError **error)
{
  const char *text = NULL;

  if (!jp_json_has (call->in, name))
    return TRUE;
  return jp_json_get_text (call->in, name, MAX_TEXT_BYTES, &text, error) &&
         jp_date_parse (text, out_date, error);
}

/**
 * jp_public_read_optional: (skip)
 * @call: a request with a body
 * @name: member of the body
 * @max_bytes: its greatest length
 * @out_text: (out) (nullable): the text, %NULL if the member is missing or null
 * @error: return location
 *
 * Returns: whether it is a text or missing
 */
gboolean
jp_public_read_optional (JpPublicCall *call,
                         const char   *name,
                         gsize         max_bytes,
                         const char  **out_text,
                         GError      **error)
{
  *out_text = NULL;
  if (!jp_json_has (call->in, name) || jp_json_is_null (call->in, name))
    return TRUE;
  return jp_json_get_text (call->in, name, max_bytes, out_text, error);
}

/* --- naming things --- */

/**
 * jp_public_find_school: (skip)
 * @call: a request
 * @text: the school's id, number or name
 * @out_school: (out): the school
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_public_find_school (JpPublicCall *call, const char *text, JpId *out_school, GError **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT id FROM school WHERE (id = :id OR number = :text OR name = :text"
                   " OR short_name = :text) AND deleted = 0 ORDER BY rid LIMIT 1",
                   error);
  gboolean row = FALSE;
  JpId     id = JP_ID_NONE;

  if (find == NULL)
    return FALSE;
  /* ignored: a text that is no id may be a number or a name */
  jp_id_parse (text, &id, NULL);
  jp_statement_bind_id (find, ":id", &id);
  jp_statement_bind_text (find, ":text", text);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  return (row && jp_statement_get_id (find, 0, out_school)) ||
         jp_business_refuse (error, JP_PLATFORM_ERROR_NOT_FOUND, "there is no such school");
}

/**
 * jp_public_find_contract: (skip)
 * @call: a request
 * @number: the number of a contract
 * @school: (nullable): the school's id, number or name
 * @out_contract: (out): the contract
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`, or `JP_PLATFORM_ERROR_CONFLICT` if
 *   several schools have the number and none is named
 */
gboolean
jp_public_find_contract (JpPublicCall *call,
                         const char   *number,
                         const char   *school,
                         JpId         *out_contract,
                         GError      **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (call->self->store),
                   "SELECT id FROM contract WHERE number = :number"
                   " AND (:school IS NULL OR school = :school) AND deleted = 0 AND parked = 0"
                   " LIMIT 2",
                   error);
  gboolean row = FALSE;
  JpId     owner = JP_ID_NONE;

  if (find == NULL || (school != NULL && !jp_public_find_school (call, school, &owner, error)))
    return FALSE;
  jp_statement_bind_text (find, ":number", number);
  jp_statement_bind_id (find, ":school", &owner);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  if (!row || !jp_statement_get_id (find, 0, out_contract))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_NOT_FOUND, "there is no such contract");
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  return !row || jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                                     "several schools have this number: name the school");
}

/* --- time --- */

static gboolean
advance_clock (JpPublicCall *call, GError **error)
{
  JpClock *clock = jp_platform_store_get_clock (call->self->store);
  gint64   advance_s = 0;

  if (call->self->demo_clock == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_NOT_FOUND,
                               "only in a demo can days go by in a moment");
  if (!jp_json_get_integer (call->in, "advance_s", 0, MAX_ADVANCE_S, &advance_s, error) ||
      !jp_demo_clock_advance (call->self->demo_clock, advance_s * JP_SECOND_US, error))
    return FALSE;
  jp_public_add_integer (call, "now", jp_clock_now_us (clock));
  return TRUE;
}
