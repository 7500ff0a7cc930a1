/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-detail.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* A pane that needs more than the record: facts read beside it, and things to do with it. What it
 * shows is told by a spec, so that a pane is a function that reads and one that builds. */

#define JP_TYPE_FACTS_DETAIL (jp_facts_detail_get_type ())

G_DECLARE_FINAL_TYPE (JpFactsDetail, jp_facts_detail, JP, FACTS_DETAIL, GtkWidget)

/**
 * JpFactsSpec:
 * @kinds: mask of the kinds beside the record's own that the facts depend on
 * @read: reads the facts; runs on the reader
 * @facts_free: how to free them
 * @build: puts the parts into the pane, from the top; the facts are borrowed
 *
 * What a pane shows.
 */
typedef struct
{
  guint64 kinds;
  gpointer (*read) (JpVault *vault, const JpId *id, GError **error);
  GDestroyNotify facts_free;
  void (*build) (JpFactsDetail *self, JpRow *row, gpointer facts);
} JpFactsSpec;

/**
 * JpFactsAction:
 * @office: the office
 * @record: the record in the pane
 *
 * Something to do with the record.
 */
typedef void (*JpFactsAction) (JpOffice *office, JpRecord *record);

GtkWidget *jp_facts_detail_new (JpOffice *office, const JpFactsSpec *spec);
JpOffice  *jp_facts_detail_get_office (JpFactsDetail *self);
void       jp_facts_detail_add (JpFactsDetail *self, GtkWidget *part);
void       jp_facts_detail_add_button (JpFactsDetail *self,
                                       const char    *label,
                                       const char    *css_class,
                                       JpFactsAction  action);

G_END_DECLS
