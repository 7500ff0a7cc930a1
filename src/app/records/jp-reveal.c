/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-reveal.h"

#include "jp-commit.h"

#include <glib/gi18n-lib.h>

struct _JpReveal
{
  GObject parent_instance;

  JpOffice *office; /* (owned) */
  JpKind    kind;   /* of the record, JP_KIND_NONE = none */
  JpId      id;
  gboolean  on;
  guint     timer_id; /* (source) 0 = none: masks again */
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpReveal, jp_reveal, G_TYPE_OBJECT)

static void
set_on (JpReveal *self, gboolean on)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->on == on)
    return;

  self->on = on;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
jp_reveal_dispose (GObject *object)
{
  JpReveal *self = JP_REVEAL (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_reveal_parent_class)->dispose (object);
}

static void
jp_reveal_class_init (JpRevealClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_reveal_dispose;

  /**
   * JpReveal::changed:
   * @self: the reveal
   *
   * Values are to be shown in clear, or masked again.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", JP_TYPE_REVEAL, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_reveal_init (JpReveal *self)
{
}

/**
 * jp_reveal_new:
 * @office: the office
 *
 * Returns: (transfer full): masked values of no record
 */
JpReveal *
jp_reveal_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpReveal *self = g_object_new (JP_TYPE_REVEAL, NULL);

  self->office = g_object_ref (office);
  return self;
}

/**
 * jp_reveal_set_record:
 * @self: a reveal
 * @record: (nullable): the record whose values are shown
 *
 * Another record begins masked; no ::changed is emitted.
 */
void
jp_reveal_set_record (JpReveal *self, JpRecord *record)
{
  g_return_if_fail (JP_IS_REVEAL (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->on = FALSE;
  self->kind = record != NULL ? jp_record_get_kind (record) : JP_KIND_NONE;
  self->id = record != NULL ? *jp_record_get_id (record) : JP_ID_NONE;
}

/**
 * jp_reveal_is_on:
 * @self: a reveal
 *
 * Returns: whether values are shown in clear
 */
gboolean
jp_reveal_is_on (JpReveal *self)
{
  g_return_val_if_fail (JP_IS_REVEAL (self), FALSE);

  return self->on;
}

typedef struct
{
  JpKind kind;
  JpId   id;
  char  *actor; /* (owned) */
} AuditData;

static void
audit_data_free (gpointer data)
{
  AuditData *audit = data;

  g_free (audit->actor);
  g_free (audit);
}

static gpointer
audit_call (JpVault *vault, gpointer data, GError **error)
{
  AuditData *audit = data;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_commit_audit (vault, audit->actor, "reveal", audit->kind, &audit->id, "", error) ||
      !jp_transaction_commit (&transaction, error))
    jp_vault_translate (error);
  return NULL;
}

static gboolean
mask_again_cb (gpointer user_data)
{
  JpReveal *self = user_data;

  self->timer_id = 0;
  set_on (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Who waits for the audit, and for which record. */
typedef struct
{
  JpReveal *self; /* (owned) */
  JpKind    kind;
  JpId      id;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_object_unref (waiting->self);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
audited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  g_autoptr (GError) error = NULL;
  JpReveal *self = waiting->self;

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    {
      if (self->office != NULL)
        jp_office_tell_error (self->office, error);
      return;
    }

  /* The audit says that this record was shown, and no other. */
  if (self->office == NULL || self->kind != waiting->kind || !jp_id_equal (&self->id, &waiting->id))
    return;
  set_on (self, TRUE);
  self->timer_id = g_timeout_add_seconds (JP_REVEAL_S, mask_again_cb, self);
}

/**
 * jp_reveal_toggle:
 * @self: a reveal of a record
 *
 * Masks at once, or shows after the audit has it in writing.
 */
void
jp_reveal_toggle (JpReveal *self)
{
  g_return_if_fail (JP_IS_REVEAL (self));
  g_return_if_fail (self->kind != JP_KIND_NONE);

  if (self->on)
    {
      set_on (self, FALSE);
      return;
    }

  JpStore    *store = jp_office_get_store (self->office);
  AuditData  *audit = g_new0 (AuditData, 1);
  Waiting    *waiting = g_new0 (Waiting, 1);
  JpStoreCall call = { audit_call, audit, audit_data_free, NULL, 0 };

  audit->kind = self->kind;
  audit->id = self->id;
  audit->actor = g_strdup (jp_store_get_actor (store));
  waiting->self = g_object_ref (self);
  waiting->kind = self->kind;
  waiting->id = self->id;
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, audited_cb, waiting);
}

/**
 * jp_reveal_new_button:
 * @self: a reveal
 *
 * Returns: (transfer floating): a button that shows or masks
 */
GtkWidget *
jp_reveal_new_button (JpReveal *self)
{
  g_return_val_if_fail (JP_IS_REVEAL (self), NULL);

  GtkWidget *button =
    gtk_button_new_with_label (self->on ? _ ("Mask again") : _ ("Show in clear (is recorded)"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "reveal");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (jp_reveal_toggle), self,
                           G_CONNECT_SWAPPED);
  return button;
}
