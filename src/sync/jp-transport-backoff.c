/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transport-backoff.h"

struct _JpTransportBackoff
{
  JpIdSource *ids;        /* (owned) */
  guint       n_failures; /* since the last success */
};

/**
 * jp_transport_backoff_new:
 * @ids: the source of chance
 *
 * Returns: (transfer full): a backoff without failures
 */
JpTransportBackoff *
jp_transport_backoff_new (JpIdSource *ids)
{
  g_return_val_if_fail (JP_IS_ID_SOURCE (ids), NULL);

  JpTransportBackoff *self = g_new0 (JpTransportBackoff, 1);
  self->ids = g_object_ref (ids);

  return self;
}

/**
 * jp_transport_backoff_free:
 * @self: (nullable) (transfer full): a backoff
 *
 * Frees @self.
 */
void
jp_transport_backoff_free (JpTransportBackoff *self)
{
  if (!self)
    return;

  g_object_unref (self->ids);
  g_free (self);
}

/**
 * jp_transport_backoff_next_ms:
 * @self: a backoff
 * @retry_after_s: what the platform asks for, in seconds; 0 = nothing; taken as at most
 *   %JP_TRANSPORT_BACKOFF_MAX_RETRY_S
 *
 * Counts one more failure, the k-th since the last success counting from 0, and draws how long to
 * wait: what the platform asks for, and on top any time up to 1 s · 2^k, at most 300 s.
 *
 * Returns: how long to wait, in milliseconds
 */
guint
jp_transport_backoff_next_ms (JpTransportBackoff *self, guint retry_after_s)
{
  g_return_val_if_fail (self != NULL, 0);

  guint bound_ms = JP_TRANSPORT_BACKOFF_BASE_MS;

  for (guint k = 0; k < self->n_failures && bound_ms < JP_TRANSPORT_BACKOFF_MAX_MS; k++)
    bound_ms *= 2;
  bound_ms = MIN (bound_ms, JP_TRANSPORT_BACKOFF_MAX_MS);
  self->n_failures++;

  return MIN (retry_after_s, JP_TRANSPORT_BACKOFF_MAX_RETRY_S) * 1000 +
         jp_id_source_below (self->ids, bound_ms + 1);
}

/**
 * jp_transport_backoff_reset:
 * @self: a backoff
 *
 * Notes a success.
 */
void
jp_transport_backoff_reset (JpTransportBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->n_failures = 0;
}

/**
 * jp_transport_backoff_get_n_failures:
 * @self: a backoff
 *
 * Returns: how often it failed since the last success
 */
guint
jp_transport_backoff_get_n_failures (JpTransportBackoff *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_failures;
}
