/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-topics.h"

#define MAX_TOPICS 4096

struct _JpHttpTopics
{
  GHashTable *serials; /* (owned): topic → serial of its last wake */
  guint64     serial;  /* counts wakes */
  guint64     floor;   /* wakes up to here are no longer told apart */
};

/**
 * jp_http_topics_new:
 *
 * Returns: (transfer full): topics of which none was woken
 */
JpHttpTopics *
jp_http_topics_new (void)
{
  JpHttpTopics *self = g_new0 (JpHttpTopics, 1);

  self->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/**
 * jp_http_topics_free:
 * @self: (nullable) (transfer full): topics
 *
 * Frees @self.
 */
void
jp_http_topics_free (JpHttpTopics *self)
{
  if (!self)
    return;

  g_hash_table_unref (self->serials);
  g_free (self);
}

/**
 * jp_http_topics_get_serial:
 * @self: topics
 *
 * Returns: the present, for [method@Jp.HttpTopics.was_woken]
 */
guint64
jp_http_topics_get_serial (JpHttpTopics *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}

/**
 * jp_http_topics_wake:
 * @self: topics
 * @topic: what has changed
 *
 * Notes that a topic was woken. Of more than 4,096 topics only the youngest are told apart; the
 * others count as woken.
 */
void
jp_http_topics_wake (JpHttpTopics *self, const char *topic)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (topic != NULL);

  if (g_hash_table_size (self->serials) >= MAX_TOPICS)
    {
      g_hash_table_remove_all (self->serials);
      self->floor = self->serial;
    }
  self->serial++;
  g_hash_table_insert (self->serials, g_strdup (topic),
                       g_memdup2 (&self->serial, sizeof self->serial));
}

/**
 * jp_http_topics_was_woken:
 * @self: topics
 * @topic: what a request waits for
 * @since_serial: what [method@Jp.HttpTopics.get_serial] said before its handler looked
 *
 * Returns: whether @topic was woken since then
 */
gboolean
jp_http_topics_was_woken (JpHttpTopics *self, const char *topic, guint64 since_serial)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  const guint64 *serial = g_hash_table_lookup (self->serials, topic);

  return (serial ? *serial : self->floor) > since_serial;
}
