/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-desk-private.h"

/* Terminals and vehicles. That a terminal sits in one vehicle and a vehicle has one terminal is
 * enforced by the database; here the old binding is closed before the next one opens, in one
 * action. */

/**
 * jp_desk_find_assignment:
 * @vault: a vault
 * @end: %JP_TERMINAL_ASSIGNMENT_TERMINAL or %JP_TERMINAL_ASSIGNMENT_VEHICLE
 * @id: the terminal or vehicle
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (nullable): the assignment that holds now; %NULL with or without an
 * error
 */
JpRecord *
jp_desk_find_assignment (JpVault *vault, JpFieldId end, const JpId *id, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (end == JP_TERMINAL_ASSIGNMENT_TERMINAL ||
                          end == JP_TERMINAL_ASSIGNMENT_VEHICLE,
                        NULL);
  g_return_val_if_fail (id != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  JpRecord *assignment = NULL;

  jp_query_where_ref (query, end, id);
  jp_query_where_set (query, JP_TERMINAL_ASSIGNMENT_ENDED_AT, FALSE);
  return jp_desk_find_first (vault, query, &assignment, error) ? assignment : NULL;
}

static gboolean
find_both (JpVault          *vault,
           const JpDeskSwap *swap,
           JpRecord        **out_in_vehicle,
           JpRecord        **out_elsewhere,
           GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) in_vehicle =
    jp_desk_find_assignment (vault, JP_TERMINAL_ASSIGNMENT_VEHICLE, &swap->vehicle, &local_error);
  g_autoptr (JpRecord) elsewhere = NULL;

  if (local_error == NULL && !jp_id_is_none (&swap->terminal))
    elsewhere = jp_desk_find_assignment (vault, JP_TERMINAL_ASSIGNMENT_TERMINAL, &swap->terminal,
                                         &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* Already in this vehicle: one assignment, not two. */
  if (elsewhere != NULL && in_vehicle != NULL &&
      jp_id_equal (jp_record_get_id (elsewhere), jp_record_get_id (in_vehicle)))
    g_clear_pointer (&elsewhere, jp_record_unref);

  *out_in_vehicle = g_steal_pointer (&in_vehicle);
  *out_elsewhere = g_steal_pointer (&elsewhere);
  return TRUE;
}

static gboolean
check_swap (const JpDeskSwap *swap, JpRecord *in_vehicle, JpRecord *elsewhere, GError **error)
{
  if (jp_id_is_none (&swap->terminal))
    return in_vehicle != NULL || jp_desk_refuse (JP_DESK_VEHICLE_EMPTY, "vehicle", error);
  if (elsewhere != NULL && !swap->take_from_other)
    return jp_desk_refuse (JP_DESK_TERMINAL_ELSEWHERE, "terminal", error);

  if (in_vehicle != NULL &&
      jp_id_equal (jp_record_get_ref (in_vehicle, JP_TERMINAL_ASSIGNMENT_TERMINAL),
                   &swap->terminal) &&
      g_strcmp0 (jp_record_get_text (in_vehicle, JP_TERMINAL_ASSIGNMENT_SIM), swap->sim) == 0)
    return jp_desk_refuse (JP_DESK_UNCHANGED, "terminal", error);
  return TRUE;
}

static void
close_assignment (JpVault *vault, JpChange *change, JpRecord *assignment, JpAssignmentReason reason)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (assignment);
  gint64 started_at_us = jp_record_get_integer (assignment, JP_TERMINAL_ASSIGNMENT_STARTED_AT);

  /* A clock that was set back must not keep a terminal in a vehicle. */
  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT,
                        MAX (jp_vault_now_us (vault), started_at_us));
  jp_draft_set_code (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, (int)reason);
  jp_desk_add (change, assignment, g_steal_pointer (&draft));
}

static void
open_assignment (JpVault *vault, JpChange *change, const JpDeskSwap *swap)
{
  JpId id = jp_id_source_next (vault->ids);
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TERMINAL_ASSIGNMENT, &id);

  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, &swap->terminal);
  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, &swap->vehicle);
  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, jp_vault_now_us (vault));
  jp_draft_set_code (draft, JP_TERMINAL_ASSIGNMENT_REASON, (int)swap->reason);
  if (swap->sim != NULL)
    jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_SIM, swap->sim);
  if (swap->note != NULL)
    jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_NOTE, swap->note);
  jp_desk_add (change, NULL, g_steal_pointer (&draft));
}

static void
set_terminal_status (JpChange *change, JpRecord *terminal, JpTerminalStatus status)
{
  if (jp_record_get_code (terminal, JP_TERMINAL_STATUS) == (int)status)
    return;

  g_autoptr (JpDraft) draft = jp_draft_new_from (terminal);

  jp_draft_set_code (draft, JP_TERMINAL_STATUS, (int)status);
  jp_desk_add (change, terminal, g_steal_pointer (&draft));
}

/* What comes out lies in the office or goes to repair, unless it is the one that goes in again. */
static gboolean
release_terminal (JpVault          *vault,
                  JpChange         *change,
                  const JpDeskSwap *swap,
                  JpRecord         *assignment,
                  GError          **error)
{
  const JpId *id = jp_record_get_ref (assignment, JP_TERMINAL_ASSIGNMENT_TERMINAL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) terminal = NULL;

  close_assignment (vault, change, assignment, swap->reason);
  if (jp_id_equal (id, &swap->terminal))
    return TRUE;

  terminal = jp_record_table_find (vault->db, vault->key, JP_KIND_TERMINAL, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }
  if (terminal != NULL &&
      jp_record_get_code (terminal, JP_TERMINAL_STATUS) == JP_TERMINAL_STATUS_IN_USE)
    set_terminal_status (change, terminal,
                         swap->reason == JP_ASSIGNMENT_REASON_REPAIR ? JP_TERMINAL_STATUS_REPAIR
                                                                     : JP_TERMINAL_STATUS_SPARE);
  return TRUE;
}

/**
 * jp_desk_swap_terminal:
 * @vault: a vault
 * @swap: which terminal goes into which vehicle
 * @actor: who swaps
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Closes the assignments that hold and opens the next one. A first installation, a new SIM card and
 * taking a terminal out are swaps too.
 *
 * Returns: (transfer full): a change "swap", or %NULL with %JP_DESK_TERMINAL_ELSEWHERE,
 *   %JP_DESK_TERMINAL_RETIRED, %JP_DESK_VEHICLE_EMPTY, %JP_DESK_UNCHANGED or another error
 */
JpChange *
jp_desk_swap_terminal (JpVault *vault, const JpDeskSwap *swap, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (swap != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) vehicle = jp_desk_get_live (vault, JP_KIND_VEHICLE, &swap->vehicle, error);
  g_autoptr (JpRecord) in_vehicle = NULL;
  g_autoptr (JpRecord) elsewhere = NULL;
  g_autoptr (JpRecord) terminal = NULL;
  g_autoptr (JpChange) change = jp_desk_new_change (vault, "swap", actor);

  if (vehicle == NULL || !find_both (vault, swap, &in_vehicle, &elsewhere, error) ||
      !check_swap (swap, in_vehicle, elsewhere, error))
    return NULL;

  if (in_vehicle != NULL && !release_terminal (vault, change, swap, in_vehicle, error))
    return NULL;
  if (elsewhere != NULL)
    close_assignment (vault, change, elsewhere, JP_ASSIGNMENT_REASON_VEHICLE);
  if (jp_id_is_none (&swap->terminal))
    return g_steal_pointer (&change);

  terminal = jp_desk_get_live (vault, JP_KIND_TERMINAL, &swap->terminal, error);
  if (terminal == NULL)
    return NULL;
  if (jp_record_get_code (terminal, JP_TERMINAL_STATUS) == JP_TERMINAL_STATUS_RETIRED)
    {
      jp_desk_refuse (JP_DESK_TERMINAL_RETIRED, "terminal", error);
      return NULL;
    }

  open_assignment (vault, change, swap);
  set_terminal_status (change, terminal, JP_TERMINAL_STATUS_IN_USE);
  return g_steal_pointer (&change);
}
