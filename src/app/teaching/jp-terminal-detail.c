/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-terminal-detail.h"

#include "jp-answer-box.h"
#include "jp-binding.h"
#include "jp-codes.h"
#include "jp-detail-parts.h"
#include "jp-record-history.h"

#include <glib/gi18n-lib.h>

static gpointer
read_binding (JpVault *vault, const JpId *id, GError **error)
{
  return jp_binding_read (vault, JP_TERMINAL_ASSIGNMENT_TERMINAL, id, error);
}

static void
free_binding (gpointer data)
{
  jp_binding_free (data);
}

static char *
dup_answer (const JpBinding *binding)
{
  g_autofree char *since = NULL;

  if (binding->now == NULL)
    return g_strdup (_ ("In no vehicle. Bind it before the next lesson, or its hours count for "
                        "nobody."));
  since =
    jp_instant_to_short (jp_record_get_integer (binding->now, JP_TERMINAL_ASSIGNMENT_STARTED_AT));
  /* Translators: plate, date and time, SIM number. */
  return g_strdup_printf (_ ("In %s since %s, SIM %s."), binding->other, since,
                          jp_record_get_text (binding->now, JP_TERMINAL_ASSIGNMENT_SIM));
}

static void
swap (JpOffice *office, JpRecord *terminal)
{
  jp_binding_swap (office, JP_TERMINAL_ASSIGNMENT_TERMINAL, terminal);
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId more[] = { JP_TERMINAL_TYPE,     JP_TERMINAL_IMEI,    JP_TERMINAL_NUMBER,
                                    JP_TERMINAL_FIRMWARE, JP_TERMINAL_SEAL_NO, JP_TERMINAL_NOTE };
  JpBinding             *binding = data;
  JpRecord              *terminal = jp_row_get_record (row);
  const char            *vendor = jp_record_get_text (terminal, JP_TERMINAL_VENDOR);
  const char            *model = jp_record_get_text (terminal, JP_TERMINAL_MODEL);
  g_autofree char       *subtitle =
    g_strdup_printf ("%s · %s", vendor != NULL ? vendor : "", model != NULL ? model : "");
  g_autofree char *answer = dup_answer (binding);
  GtkWidget       *box = jp_answer_box_new (_ ("Where is it?"));
  GtkWidget       *values = jp_detail_parts_new_facts ();

  jp_facts_detail_add (self,
                       jp_detail_parts_new_head (jp_record_get_title (terminal), subtitle, FALSE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), answer);
  jp_facts_detail_add (self, box);
  if (!jp_record_get_head (terminal)->deleted &&
      jp_record_get_code (terminal, JP_TERMINAL_STATUS) != JP_TERMINAL_STATUS_RETIRED)
    jp_facts_detail_add_button (self, binding->now != NULL ? _ ("Swap…") : _ ("Bind…"),
                                "suggested-action", swap);
  jp_detail_parts_add_fields (values, row, more, G_N_ELEMENTS (more), FALSE);
  jp_facts_detail_add (self, values);
  jp_binding_add_history (self, binding);
  jp_facts_detail_add (self, jp_record_history_new (jp_facts_detail_get_office (self), terminal));
}

/**
 * jp_terminal_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a terminal: where it is, where it was
 */
GtkWidget *
jp_terminal_detail_new (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_binding, free_binding, build };

  spec.kinds =
    jp_store_kind_bit (JP_KIND_TERMINAL_ASSIGNMENT) | jp_store_kind_bit (JP_KIND_VEHICLE);
  return jp_facts_detail_new (office, &spec);
}
