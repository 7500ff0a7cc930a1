/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-binding.h"

#include "jp-desk.h"
#include "jp-detail-parts.h"
#include "jp-lookup.h"
#include "jp-query.h"
#include "jp-record-form.h"

#include <glib/gi18n-lib.h>

/**
 * jp_binding_free:
 * @self: (nullable) (transfer full): bindings
 */
void
jp_binding_free (JpBinding *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->now, jp_record_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  g_free (self->other);
  g_free (self);
}

static JpFieldId
get_other_end (JpFieldId end)
{
  return end == JP_TERMINAL_ASSIGNMENT_TERMINAL ? JP_TERMINAL_ASSIGNMENT_VEHICLE
                                                : JP_TERMINAL_ASSIGNMENT_TERMINAL;
}

/**
 * jp_binding_read:
 * @vault: a vault
 * @end: %JP_TERMINAL_ASSIGNMENT_TERMINAL or %JP_TERMINAL_ASSIGNMENT_VEHICLE
 * @id: the terminal or the vehicle
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): its bindings, or %NULL with an error
 */
JpBinding *
jp_binding_read (JpVault *vault, JpFieldId end, const JpId *id, GError **error)
{
  g_autoptr (JpBinding) binding = g_new0 (JpBinding, 1);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  JpFieldId other = get_other_end (end);

  jp_query_where_ref (query, end, id);
  jp_query_set_order (query, JP_TERMINAL_ASSIGNMENT_STARTED_AT, TRUE);
  jp_query_set_limit (query, JP_BINDING_MAX_HISTORY);
  binding->titles = g_ptr_array_new_with_free_func (g_free);
  binding->history = jp_query_fetch_all (vault, query, error);
  if (binding->history == NULL)
    return NULL;

  for (guint i = 0; i < binding->history->len; i++)
    {
      JpRecord *assignment = g_ptr_array_index (binding->history, i);
      char     *title = NULL;

      if (!jp_lookup_title (vault, jp_field_get (other)->target,
                            jp_record_get_ref (assignment, other), &title, error))
        return NULL;
      g_ptr_array_add (binding->titles, title);
      if (binding->now == NULL && !jp_record_get_head (assignment)->parked &&
          !jp_record_has (assignment, JP_TERMINAL_ASSIGNMENT_ENDED_AT))
        {
          binding->now = jp_record_ref (assignment);
          binding->other = g_strdup (title);
        }
    }
  return g_steal_pointer (&binding);
}

static char *
describe (JpRecord *assignment, const char *title)
{
  g_autofree char *reason = jp_record_dup_display (assignment, JP_TERMINAL_ASSIGNMENT_REASON, TRUE);
  g_autofree char *end_reason =
    jp_record_dup_display (assignment, JP_TERMINAL_ASSIGNMENT_END_REASON, TRUE);
  g_autofree char *until = NULL;

  if (!jp_record_has (assignment, JP_TERMINAL_ASSIGNMENT_ENDED_AT))
    /* Translators: plate or serial number, why it was bound. */
    return g_strdup_printf (_ ("%s · %s, until now"), title, reason);

  until = jp_instant_to_short (jp_record_get_integer (assignment, JP_TERMINAL_ASSIGNMENT_ENDED_AT));
  /* Translators: plate or serial number, why it was bound, until when, why it was taken off. */
  return g_strdup_printf (_ ("%s · %s, until %s: %s"), title, reason, until, end_reason);
}

/**
 * jp_binding_add_history:
 * @detail: a pane that is being built
 * @binding: bindings
 *
 * Adds one line for each binding, newest first.
 */
void
jp_binding_add_history (JpFactsDetail *detail, const JpBinding *binding)
{
  jp_facts_detail_add (detail, jp_detail_parts_new_heading (_ ("Bindings"), NULL));
  if (binding->history->len == 0)
    jp_facts_detail_add (detail, jp_detail_parts_new_note (_ ("Never bound so far.")));

  for (guint i = 0; i < binding->history->len; i++)
    {
      JpRecord        *assignment = g_ptr_array_index (binding->history, i);
      g_autofree char *when =
        jp_instant_to_short (jp_record_get_integer (assignment, JP_TERMINAL_ASSIGNMENT_STARTED_AT));
      g_autofree char *what = describe (assignment, g_ptr_array_index (binding->titles, i));

      jp_facts_detail_add (detail, jp_detail_parts_new_event (when, what));
    }
}

/* Swapping. */

static JpChange *
swap_call (JpVault *vault, JpRecord *before, JpDraft *draft, const char *actor, GError **error)
{
  g_autoptr (JpDraft) wanted = draft;
  JpDeskSwap swap = {
    .vehicle = *jp_draft_get_ref (wanted, JP_TERMINAL_ASSIGNMENT_VEHICLE),
    .terminal = *jp_draft_get_ref (wanted, JP_TERMINAL_ASSIGNMENT_TERMINAL),
    .sim = jp_draft_get_text (wanted, JP_TERMINAL_ASSIGNMENT_SIM),
    .reason = (JpAssignmentReason)jp_draft_get_code (wanted, JP_TERMINAL_ASSIGNMENT_REASON),
    .note = jp_draft_get_text (wanted, JP_TERMINAL_ASSIGNMENT_NOTE),
  };

  /* Who says that the terminal changes vehicles knows where it is now. */
  swap.take_from_other = swap.reason == JP_ASSIGNMENT_REASON_VEHICLE;
  return jp_desk_swap_terminal (vault, &swap, actor, error);
}

/* The SIM card stays in its terminal: the one that it had last is offered. */

typedef struct
{
  JpOffice     *office;   /* (owned) */
  JpRecordForm *form;     /* (owned) (nullable): where it is offered; %NULL: in a new form */
  JpId          terminal; /* what was chosen when it was asked */
} SimQuestion;

static void
sim_question_free (SimQuestion *question)
{
  g_clear_object (&question->office);
  g_clear_object (&question->form);
  g_free (question);
}

static gpointer
read_sim_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  g_autoptr (GPtrArray) last = NULL;

  jp_query_where_ref (query, JP_TERMINAL_ASSIGNMENT_TERMINAL, data);
  jp_query_set_order (query, JP_TERMINAL_ASSIGNMENT_STARTED_AT, TRUE);
  jp_query_set_limit (query, 1);
  last = jp_query_fetch_all (vault, query, error);
  if (last == NULL)
    return NULL;
  return g_strdup (last->len > 0 ? jp_record_get_text (last->pdata[0], JP_TERMINAL_ASSIGNMENT_SIM)
                                 : "");
}

static void
ask_for_sim (JpOffice *office, JpRecordForm *form, const JpId *terminal, GAsyncReadyCallback done)
{
  JpStoreCall  call = { read_sim_call, jp_id_copy (terminal), g_free, g_free, 0 };
  SimQuestion *question = g_new0 (SimQuestion, 1);

  question->office = g_object_ref (office);
  question->form = form != NULL ? g_object_ref (form) : NULL;
  question->terminal = *terminal;
  jp_store_read_async (jp_office_get_store (office), &call, NULL, done, question);
}

/* "" if the terminal never had one, or if that cannot be read: then it is typed. */
static char *
read_sim_finish (GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gpointer sim = NULL;

  if (jp_store_read_finish (JP_STORE (source), result, &sim, &error))
    return sim;
  g_debug ("the last SIM is not known: %s", error->message);
  return g_strdup ("");
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SimQuestion     *question = data;
  JpDraft         *draft = jp_record_form_get_draft (question->form);
  JpForm          *rows = jp_record_form_get_form (question->form);
  g_autofree char *sim = read_sim_finish (source, result);

  /* Who typed meanwhile knows better. */
  if (rows != NULL && !jp_draft_has (draft, JP_TERMINAL_ASSIGNMENT_SIM) &&
      jp_draft_has (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL) &&
      jp_id_equal (jp_draft_get_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL), &question->terminal))
    jp_form_set_text (rows, jp_field_get (JP_TERMINAL_ASSIGNMENT_SIM)->name, sim);
  sim_question_free (question);
}

/* Another terminal has another card: what stood there was the first one's. */
static void
edited (JpRecordForm *form, JpFieldId field)
{
  JpDraft *draft = jp_record_form_get_draft (form);

  if (field != JP_TERMINAL_ASSIGNMENT_TERMINAL || !jp_draft_has (draft, field))
    return;
  if (jp_draft_has (draft, JP_TERMINAL_ASSIGNMENT_SIM))
    jp_form_set_text (jp_record_form_get_form (form),
                      jp_field_get (JP_TERMINAL_ASSIGNMENT_SIM)->name, "");
  ask_for_sim (jp_record_form_get_office (form), form, jp_draft_get_ref (draft, field), chosen_cb);
}

static void
open_form (JpOffice *office, JpFieldId end, const JpId *id, const char *sim)
{
  static const JpFieldId fields[] = {
    JP_TERMINAL_ASSIGNMENT_VEHICLE, JP_TERMINAL_ASSIGNMENT_TERMINAL, JP_TERMINAL_ASSIGNMENT_SIM,
    JP_TERMINAL_ASSIGNMENT_REASON,  JP_TERMINAL_ASSIGNMENT_NOTE,
  };
  JpRecordFormSpec spec = {
    .kind = JP_KIND_TERMINAL_ASSIGNMENT,
    .about = id,
    .title = _ ("Swap the Terminal"),
    .save_label = _ ("Swap"),
    .hint = _ ("What sits in the vehicle comes out in the same step. Reason “Vehicle replaced” "
               "also takes the terminal out of where it is now."),
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .only_these = TRUE,
    .sentence = _ ("The terminal is swapped"),
    .build = swap_call,
    .edited = edited,
    .problem_field = JP_TERMINAL_ASSIGNMENT_TERMINAL,
  };

  spec.draft = jp_store_new_draft (jp_office_get_store (office), JP_KIND_TERMINAL_ASSIGNMENT);
  jp_draft_set_ref (spec.draft, end, id);
  jp_draft_set_code (spec.draft, JP_TERMINAL_ASSIGNMENT_REASON, JP_ASSIGNMENT_REASON_SWAP);
  if (*sim != '\0')
    jp_draft_set_text (spec.draft, JP_TERMINAL_ASSIGNMENT_SIM, sim);
  jp_record_form_open (office, &spec);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SimQuestion     *question = data;
  g_autofree char *sim = read_sim_finish (source, result);

  open_form (question->office, JP_TERMINAL_ASSIGNMENT_TERMINAL, &question->terminal, sim);
  sim_question_free (question);
}

/**
 * jp_binding_swap:
 * @office: the office
 * @end: which end @record is, see jp_binding_read()
 * @record: a terminal or a vehicle
 *
 * Opens the form in which a terminal goes into a vehicle, with the SIM card that it had last.
 */
void
jp_binding_swap (JpOffice *office, JpFieldId end, JpRecord *record)
{
  g_return_if_fail (record != NULL);

  if (end == JP_TERMINAL_ASSIGNMENT_TERMINAL)
    ask_for_sim (office, NULL, jp_record_get_id (record), open_cb);
  else
    open_form (office, end, jp_record_get_id (record), "");
}

static JpChange *
take_out_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  JpDeskSwap swap = {
    .vehicle = *(const JpId *)data,
    .reason = JP_ASSIGNMENT_REASON_REPAIR,
  };

  return jp_desk_swap_terminal (vault, &swap, actor, error);
}

/**
 * jp_binding_take_out:
 * @office: the office
 * @vehicle: a vehicle with a terminal
 *
 * Takes the terminal out for repair, at once, with undo.
 */
void
jp_binding_take_out (JpOffice *office, const JpId *vehicle)
{
  JpOfficeAct act = {
    .build = take_out_call,
    .data = jp_id_copy (vehicle),
    .data_free = g_free,
    .kinds = jp_store_kind_bit (JP_KIND_TERMINAL_ASSIGNMENT) | jp_store_kind_bit (JP_KIND_TERMINAL),
    .sentence = _ ("The terminal is out of the vehicle, in repair"),
  };

  jp_office_act (office, &act);
}
