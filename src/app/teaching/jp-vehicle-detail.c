/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-vehicle-detail.h"

#include "jp-answer-box.h"
#include "jp-binding.h"
#include "jp-detail-parts.h"
#include "jp-expiry.h"
#include "jp-record-history.h"

#include <glib/gi18n-lib.h>

static gpointer
read_binding (JpVault *vault, const JpId *id, GError **error)
{
  return jp_binding_read (vault, JP_TERMINAL_ASSIGNMENT_VEHICLE, id, error);
}

static void
free_binding (gpointer data)
{
  jp_binding_free (data);
}

/* What keeps hours from counting comes first. */
static char *
dup_answer (JpRecord *vehicle, const JpBinding *binding, JpDate today, JpTint *out_tint)
{
  JpDate           inspected = jp_record_get_date (vehicle, JP_VEHICLE_INSPECTED_UNTIL);
  g_autofree char *left =
    inspected != JP_DATE_NONE ? jp_expiry_dup_sentence (inspected, today) : NULL;

  *out_tint = JP_TINT_INFO;
  if (inspected != JP_DATE_NONE && inspected < today)
    {
      *out_tint = JP_TINT_BAD;
      /* Translators: "expired 2 days ago". */
      return g_strdup_printf (_ ("Not now: the inspection %s."), left);
    }
  if (binding->now == NULL)
    {
      *out_tint = JP_TINT_WARN;
      return g_strdup (_ ("Not now: there is no terminal in it."));
    }
  if (left != NULL)
    /* Translators: serial number of the terminal; "15 days left". */
    return g_strdup_printf (_ ("Yes, with terminal %s. Inspection: %s."), binding->other, left);
  return g_strdup_printf (_ ("Yes, with terminal %s."), binding->other);
}

static void
swap (JpOffice *office, JpRecord *vehicle)
{
  jp_binding_swap (office, JP_TERMINAL_ASSIGNMENT_VEHICLE, vehicle);
}

static void
take_out (JpOffice *office, JpRecord *vehicle)
{
  jp_binding_take_out (office, jp_record_get_id (vehicle));
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId more[] = {
    JP_VEHICLE_PLATE_COLOR, JP_VEHICLE_INSPECTED_UNTIL, JP_VEHICLE_INSURED_UNTIL,
    JP_VEHICLE_GROUND,      JP_VEHICLE_MANUFACTURER,    JP_VEHICLE_FRAME_NO,
    JP_VEHICLE_ENGINE_NO,   JP_VEHICLE_BOUGHT_ON,       JP_VEHICLE_NUMBER,
    JP_VEHICLE_NOTE,
  };
  JpBinding       *binding = data;
  JpOffice        *office = jp_facts_detail_get_office (self);
  JpRecord        *vehicle = jp_row_get_record (row);
  JpTint           tint = JP_TINT_INFO;
  g_autofree char *answer =
    dup_answer (vehicle, binding, jp_store_today (jp_office_get_store (office)), &tint);
  const char      *brand = jp_record_get_text (vehicle, JP_VEHICLE_BRAND);
  const char      *model = jp_record_get_text (vehicle, JP_VEHICLE_MODEL);
  const char      *type = jp_record_get_text (vehicle, JP_VEHICLE_LICENCE_TYPE);
  g_autofree char *subtitle =
    g_strdup_printf ("%s %s · %s", brand != NULL ? brand : "", model != NULL ? model : "",
                     type != NULL ? type : "");
  GtkWidget *box = jp_answer_box_new (_ ("May it train?"));
  GtkWidget *values = jp_detail_parts_new_facts ();

  jp_facts_detail_add (self,
                       jp_detail_parts_new_head (jp_record_get_title (vehicle), subtitle, FALSE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), answer);
  jp_answer_box_set_tint (JP_ANSWER_BOX (box), tint);
  jp_facts_detail_add (self, box);
  if (!jp_record_get_head (vehicle)->deleted)
    {
      jp_facts_detail_add_button (self,
                                  binding->now != NULL ? _ ("Swap the Terminal…")
                                                       : _ ("Bind a Terminal…"),
                                  "suggested-action", swap);
      if (binding->now != NULL)
        jp_facts_detail_add_button (self, _ ("Take Out for Repair"), NULL, take_out);
    }
  jp_detail_parts_add_fields (values, row, more, G_N_ELEMENTS (more), FALSE);
  jp_facts_detail_add (self, values);
  jp_binding_add_history (self, binding);
  jp_facts_detail_add (self, jp_record_history_new (office, vehicle));
}

/**
 * jp_vehicle_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a vehicle: whether it may train, and its terminals
 */
GtkWidget *
jp_vehicle_detail_new (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_binding, free_binding, build };

  spec.kinds =
    jp_store_kind_bit (JP_KIND_TERMINAL_ASSIGNMENT) | jp_store_kind_bit (JP_KIND_TERMINAL);
  return jp_facts_detail_new (office, &spec);
}
