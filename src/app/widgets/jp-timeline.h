/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

/* A pane shows the latest; whoever wants more opens the list behind it. */
#define JP_TIMELINE_MAX_ENTRIES 200

/**
 * JpTimelineEntry:
 * @when: (nullable): a short date, in a column of its own
 * @title: what happened, or what the evidence is, translated
 * @detail: (nullable): more of it, translated
 * @tint: the colour of the dot; the words say the same
 * @action: (nullable): an action with its target that leads to the thing
 *
 * One line of a [class@Jp.Timeline]; all strings are copied.
 */
typedef struct
{
  const char *when;
  const char *title;
  const char *detail;
  JpTint      tint;
  const char *action;
} JpTimelineEntry;

#define JP_TYPE_TIMELINE (jp_timeline_get_type ())

G_DECLARE_FINAL_TYPE (JpTimeline, jp_timeline, JP, TIMELINE, GtkWidget)

GtkWidget *jp_timeline_new (void);
void       jp_timeline_clear (JpTimeline *self);
void       jp_timeline_add (JpTimeline *self, const JpTimelineEntry *entry);
guint      jp_timeline_get_n_entries (JpTimeline *self);

G_END_DECLS
