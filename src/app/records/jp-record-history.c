/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record-history.h"

#include "jp-detail-parts.h"
#include "jp-op-repo.h"
#include "jp-row-call.h"

#include <glib/gi18n-lib.h>

/* What users do, as operations name it. */
static const struct
{
  const char *kind;
  const char *label;
} actions[] = {
  { "setup", NC_ ("action", "Set up") },
  { "enrol", NC_ ("action", "Enrolled") },
  { "edit", NC_ ("action", "Edited") },
  { "new", NC_ ("action", "Created") },
  { "delete", NC_ ("action", "Put into the trash") },
  { "restore", NC_ ("action", "Restored") },
  { "undo", NC_ ("action", "Taken back") },
  { "import", NC_ ("action", "Imported") },
  { "swap", NC_ ("action", "Terminal swapped") },
  { "bind", NC_ ("action", "Terminal bound") },
  { "draft", NC_ ("action", "Contract drafted") },
  { "offer", NC_ ("action", "Sent for signature") },
  { "cancel", NC_ ("action", "Contract taken back") },
  { "publish", NC_ ("action", "Put on sale") },
  { "end", NC_ ("action", "Taken off sale") },
  { "new-version", NC_ ("action", "New version of the tier") },
  { "withdraw-ask", NC_ ("action", "Withdrawal asked for") },
  { "withdraw-approve", NC_ ("action", "Withdrawal approved") },
  { "withdraw-decline", NC_ ("action", "Withdrawal declined") },
  { "transfer-ask", NC_ ("action", "Transfer asked for") },
  { "transfer-approve", NC_ ("action", "Transfer approved") },
  { "transfer-decline", NC_ ("action", "Transfer declined") },
  { "user-add", NC_ ("action", "Person added") },
  { "user-code", NC_ ("action", "Code for another PC") },
  { "user-pin", NC_ ("action", "PIN chosen") },
  { "user-disable", NC_ ("action", "Person has left") },
  { "decline", NC_ ("action", "Enrolment declined") },
  { "accept", NC_ ("action", "Enrolment accepted") },
  { "resolve", NC_ ("action", "Conflict decided") },
  { "attach", NC_ ("action", "File attached") },
};

/**
 * jp_record_history_get_action_label:
 * @kind: kind of an operation
 *
 * Returns: (transfer none): what the user did, translated; @kind itself for one of another version
 */
const char *
jp_record_history_get_action_label (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].kind, kind) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "action", actions[i].label);

  return kind;
}

static GPtrArray *
list_latest (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  return jp_op_repo_list_row (vault, kind, id, JP_RECORD_HISTORY_MAX, error);
}

static char *
describe (const JpOpInfo *info)
{
  const char *action = jp_record_history_get_action_label (info->kind);

  if (!info->judged)
    /* Translators: what was done, by whom. */
    return g_strdup_printf (_ ("%s by %s, waits to be sent"), action, info->actor);
  if (g_strcmp0 (info->result, "conflict") == 0)
    return g_strdup_printf (_ ("%s by %s, edited elsewhere too"), action, info->actor);
  if (info->problem != NULL)
    return g_strdup_printf (_ ("%s by %s, refused by the platform"), action, info->actor);
  return g_strdup_printf (_ ("%s by %s"), action, info->actor);
}

static void
add_events (GtkWidget *column, GPtrArray *infos)
{
  if (infos->len > 0)
    jp_detail_parts_add (column, jp_detail_parts_new_heading (_ ("Latest"), NULL));

  for (guint i = 0; i < infos->len; i++)
    {
      JpOpInfo        *info = g_ptr_array_index (infos, i);
      g_autofree char *when = jp_instant_to_short (info->at_us);
      g_autofree char *what = describe (info);

      jp_detail_parts_add (column, jp_detail_parts_new_event (when, what));
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) column = user_data;
  g_autoptr (GPtrArray) infos = NULL;

  /* ignored: a pane without its latest events still tells what it is for */
  if (jp_store_read_finish (JP_STORE (source), result, (gpointer *)&infos, NULL) &&
      gtk_widget_get_parent (column) != NULL)
    add_events (column, infos);
}

/**
 * jp_record_history_new:
 * @office: the office
 * @record: a record
 *
 * Returns: (transfer floating): the latest things this station did to the record; filled when they
 * have been read
 */
GtkWidget *
jp_record_history_new (JpOffice *office, JpRecord *record)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  GtkWidget  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  JpStoreCall call =
    jp_row_call_new (list_latest, jp_record_get_kind (record), jp_record_get_id (record));

  jp_store_read_async (jp_office_get_store (office), &call, NULL, read_cb,
                       g_object_ref_sink (column));
  return column;
}
