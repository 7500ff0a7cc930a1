/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-verdict.h"

#define NAME_MAX_BYTES   64
#define DETAIL_MAX_BYTES 2000

static const char *const result_names[] = {
  [JP_VERDICT_APPLIED] = "applied",   [JP_VERDICT_MERGED] = "merged",
  [JP_VERDICT_CONFLICT] = "conflict", [JP_VERDICT_PARKED] = "parked",
  [JP_VERDICT_REJECTED] = "rejected", [JP_VERDICT_DUPLICATE] = "duplicate",
  [JP_VERDICT_PENDING] = "pending",
};

/**
 * jp_verdict_new:
 * @n: number of the operation
 * @result: what came of it
 * @seq: the platform's counter after it
 * @problem: (nullable): short name of what was wrong
 * @detail: (nullable): the platform's words
 *
 * Returns: (transfer full): a verdict
 */
JpVerdict *
jp_verdict_new (gint64          n,
                JpVerdictResult result,
                gint64          seq,
                const char     *problem,
                const char     *detail)
{
  JpVerdict *self = g_new0 (JpVerdict, 1);

  self->n = n;
  self->result = result;
  self->seq = seq;
  self->problem = g_strdup (problem);
  self->detail = g_strdup (detail);
  return self;
}

/**
 * jp_verdict_free:
 * @self: (nullable) (transfer full): a verdict
 */
void
jp_verdict_free (JpVerdict *self)
{
  if (self == NULL)
    return;

  g_free (self->problem);
  g_free (self->detail);
  g_free (self);
}

/**
 * jp_verdict_result_get_name:
 * @result: a result
 *
 * Returns: (transfer none): its name in the protocol
 */
const char *
jp_verdict_result_get_name (JpVerdictResult result)
{
  g_return_val_if_fail ((gsize)result < G_N_ELEMENTS (result_names), NULL);

  return result_names[result];
}

/**
 * jp_verdict_write:
 * @writer: a writer that expects a value
 * @self: a verdict
 */
void
jp_verdict_write (JpJsonWriter *writer, const JpVerdict *self)
{
  g_return_if_fail (writer != NULL);
  g_return_if_fail (self != NULL);

  jp_json_writer_begin_object (writer);
  jp_json_writer_name (writer, "n");
  jp_json_writer_add_integer (writer, self->n);
  jp_json_writer_name (writer, "r");
  jp_json_writer_add_text (writer, jp_verdict_result_get_name (self->result));
  jp_json_writer_name (writer, "seq");
  jp_json_writer_add_integer (writer, self->seq);
  if (self->problem != NULL)
    {
      jp_json_writer_name (writer, "problem");
      jp_json_writer_add_text (writer, self->problem);
    }
  if (self->detail != NULL)
    {
      jp_json_writer_name (writer, "detail");
      jp_json_writer_add_text (writer, self->detail);
    }
  jp_json_writer_end_object (writer);
}

static gboolean
read_optional (JsonObject *object, const char *member, char **out_text, GError **error)
{
  const char *text = NULL;

  if (!jp_json_has (object, member))
    return TRUE;
  if (!jp_json_get_text (object, member, DETAIL_MAX_BYTES, &text, error))
    return FALSE;

  *out_text = g_strdup (text);
  return TRUE;
}

/**
 * jp_verdict_read:
 * @object: a verdict in JSON
 * @error: return location for a [error@Jp.WireError] or [error@Jp.BaseError]
 *
 * Returns: (transfer full): the verdict, or %NULL with an error
 */
JpVerdict *
jp_verdict_read (JsonObject *object, GError **error)
{
  g_return_val_if_fail (object != NULL, NULL);

  g_autoptr (JpVerdict) self = g_new0 (JpVerdict, 1);
  const char *name = NULL;

  if (!jp_json_get_integer (object, "n", 1, JP_JSON_INTEGER_MAX, &self->n, error) ||
      !jp_json_get_text (object, "r", NAME_MAX_BYTES, &name, error) ||
      !jp_json_get_integer (object, "seq", 0, JP_JSON_INTEGER_MAX, &self->seq, error) ||
      !read_optional (object, "problem", &self->problem, error) ||
      !read_optional (object, "detail", &self->detail, error))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (result_names); i++)
    if (strcmp (result_names[i], name) == 0)
      {
        self->result = (JpVerdictResult)i;
        return g_steal_pointer (&self);
      }

  g_set_error (error, JP_WIRE_ERROR, JP_WIRE_ERROR_TOO_NEW, "no verdict \"%s\"", name);
  return NULL;
}
