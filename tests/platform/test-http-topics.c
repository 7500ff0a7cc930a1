/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-topics.h"

static void
test_wake (void)
{
  g_autoptr (JpHttpTopics) topics = jp_http_topics_new ();
  guint64 before = jp_http_topics_get_serial (topics);

  g_assert_false (jp_http_topics_was_woken (topics, "a", before));
  jp_http_topics_wake (topics, "a");
  g_assert_true (jp_http_topics_was_woken (topics, "a", before));
  g_assert_false (jp_http_topics_was_woken (topics, "b", before));

  guint64 after = jp_http_topics_get_serial (topics);
  g_assert_false (jp_http_topics_was_woken (topics, "a", after));
  jp_http_topics_wake (topics, "b");
  g_assert_false (jp_http_topics_was_woken (topics, "a", after));
  g_assert_true (jp_http_topics_was_woken (topics, "b", after));
}

/* More topics than are told apart: nobody misses a wake, some look once in vain. */
static void
test_many (void)
{
  g_autoptr (JpHttpTopics) topics = jp_http_topics_new ();
  guint64 before = jp_http_topics_get_serial (topics);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *topic = g_strdup_printf ("topic %u", i);

      jp_http_topics_wake (topics, topic);
      g_assert_true (jp_http_topics_was_woken (topics, topic, before));
    }
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *topic = g_strdup_printf ("topic %u", i);

      g_assert_true (jp_http_topics_was_woken (topics, topic, before));
    }
  g_assert_false (jp_http_topics_was_woken (topics, "topic 3", jp_http_topics_get_serial (topics)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/platform/http-topics/wake", test_wake);
  g_test_add_func ("/platform/http-topics/many", test_many);

  return g_test_run ();
}
