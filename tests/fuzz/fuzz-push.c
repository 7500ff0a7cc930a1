/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-push.h"

#include "jp-fuzz.h"

/* What is read as a push or as its answer is written and read again as the same. */

static void
try_request (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPushRequest) request = jp_push_request_from_bytes (bytes, &error);

  if (request == NULL)
    {
      g_assert_nonnull (error);
      return;
    }

  /* An operation that could not be read has no form of its own. */
  for (guint i = 0; i < request->items->len; i++)
    {
      const JpPushItem *item = g_ptr_array_index (request->items, i);

      g_assert_cmpint (item->op != NULL, ==, item->problem == NULL);
      if (item->op == NULL)
        return;
    }

  g_autoptr (GBytes) written = jp_push_request_to_bytes (request);
  g_autoptr (JpPushRequest) again = jp_push_request_from_bytes (written, &error);

  g_assert_no_error (error);

  g_autoptr (GBytes) rewritten = jp_push_request_to_bytes (again);

  g_assert_true (g_bytes_equal (written, rewritten));
}

static void
try_response (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPushResponse) response = jp_push_response_from_bytes (bytes, &error);

  if (response == NULL)
    {
      g_assert_nonnull (error);
      return;
    }

  g_autoptr (GBytes) written = jp_push_response_to_bytes (response);
  g_autoptr (JpPushResponse) again = jp_push_response_from_bytes (written, &error);

  g_assert_no_error (error);

  g_autoptr (GBytes) rewritten = jp_push_response_to_bytes (again);

  g_assert_true (g_bytes_equal (written, rewritten));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  try_request (bytes);
  try_response (bytes);
  return 0;
}
