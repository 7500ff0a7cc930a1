/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-form.h"

#include "jp-form-field.h"

#include <glib/gi18n-lib.h>

/**
 * JpForm:
 *
 * Fields in groups. It complains about a field when the field is left, below it and in words, and
 * takes the complaint back while it is mended. Enter goes on to the next field, Ctrl+Enter saves,
 * Esc gives up and keeps what was typed as a draft. It knows texts, not records.
 */
struct _JpForm
{
  GtkWidget parent_instance;

  AdwClamp            *clamp;  /* (owned): the only child */
  GtkBox              *groups; /* (borrowed): in the clamp */
  AdwPreferencesGroup *group;  /* (borrowed) (nullable): where rows are added */

  GPtrArray *fields; /* (owned) (element-type JpFormField) */

  gboolean dirty;
  gboolean busy; /* being saved */
};

typedef enum {
  PROP_DIRTY = 1,
  PROP_BUSY,
} JpFormProperty;

typedef enum {
  SIGNAL_EDITED,
  SIGNAL_SAVE,
  SIGNAL_CANCELLED,
} JpFormSignal;

G_DEFINE_FINAL_TYPE (JpForm, jp_form, GTK_TYPE_WIDGET)

static GParamSpec *properties[PROP_BUSY + 1];
static guint       signals[SIGNAL_CANCELLED + 1];

static JpFormField *
find_field (JpForm *self, const char *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      JpFormField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (jp_form_field_get_id (field), id) == 0)
        return field;
    }

  return NULL;
}

static JpFormField *
find_field_of_row (JpForm *self, JpFormRow *row)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      JpFormField *field = g_ptr_array_index (self->fields, i);

      if (jp_form_field_get_row (field) == row)
        return field;
    }

  return NULL;
}

static void
update_dirty (JpForm *self)
{
  gboolean dirty = FALSE;

  for (guint i = 0; i < self->fields->len && !dirty; i++)
    dirty = jp_form_field_is_dirty (g_ptr_array_index (self->fields, i));
  if (dirty == self->dirty)
    return;

  self->dirty = dirty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
}

static void
row_edited_cb (JpForm *self, JpFormRow *row)
{
  g_assert (JP_IS_FORM (self));

  JpFormField *field = find_field_of_row (self, row);
  if (field == NULL)
    return;

  /* What was complained about is looked at again with each key. */
  if (jp_form_field_get_error (field) != NULL)
    jp_form_field_check (field);
  update_dirty (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, jp_form_field_get_id (field));
}

static void
row_left_cb (JpForm *self, JpFormRow *row)
{
  g_assert (JP_IS_FORM (self));

  JpFormField *field = find_field_of_row (self, row);

  /* Passing by an empty field that was empty before is no mistake yet. */
  if (field != NULL && jp_form_field_is_dirty (field))
    jp_form_field_check (field);
}

static void
entry_activated_cb (JpForm *self)
{
  g_assert (JP_IS_FORM (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  jp_form_submit (JP_FORM (widget));
}

static void
cancel_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CANCELLED], 0);
}

static void
jp_form_dispose (GObject *object)
{
  JpForm *self = JP_FORM (object);

  g_ptr_array_set_size (self->fields, 0);
  g_clear_pointer ((GtkWidget **)&self->clamp, gtk_widget_unparent);

  G_OBJECT_CLASS (jp_form_parent_class)->dispose (object);
}

static void
jp_form_finalize (GObject *object)
{
  JpForm *self = JP_FORM (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (jp_form_parent_class)->finalize (object);
}

static void
jp_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpForm *self = JP_FORM (object);

  switch ((JpFormProperty)id)
    {
    case PROP_DIRTY:
      g_value_set_boolean (value, self->dirty);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_signals (void)
{
  /**
   * JpForm::edited:
   * @id: the field
   *
   * Something else is entered than before.
   */
  signals[SIGNAL_EDITED] = g_signal_new ("edited", JP_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * JpForm::save:
   *
   * Ctrl+Enter or a save button, and every field is well. Whoever saves says
   * [method@Jp.Form.mark_saved] when it is done, or [method@Jp.Form.set_error].
   */
  signals[SIGNAL_SAVE] =
    g_signal_new ("save", JP_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * JpForm::cancelled:
   *
   * Esc: close the form and keep [method@Jp.Form.dup_draft].
   */
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", JP_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_form_class_init (JpFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = jp_form_dispose;
  object_class->finalize = jp_form_finalize;
  object_class->get_property = jp_form_get_property;

  /**
   * JpForm:dirty:
   *
   * Whether something is entered that is not saved.
   */
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, flags);
  /**
   * JpForm:busy:
   *
   * Whether it is being saved: typing goes on, saving again does not.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_signals ();

  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form.cancel", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "form");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
}

/* Before the fields see it: a text of several lines would take it for a new line. */
static void
add_save_keys (JpForm *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger =
    gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                 gtk_keyval_trigger_new (GDK_KEY_KP_Enter, GDK_CONTROL_MASK));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (trigger,
                                                          gtk_named_action_new ("form.save")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
jp_form_init (JpForm *self)
{
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_form_field_free);
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->clamp = ADW_CLAMP (adw_clamp_new ());
  adw_clamp_set_child (self->clamp, GTK_WIDGET (self->groups));
  gtk_widget_set_parent (GTK_WIDGET (self->clamp), GTK_WIDGET (self));
  add_save_keys (self);
}

/**
 * jp_form_new:
 *
 * Returns: (transfer floating): a new form without fields; it does not scroll by itself
 */
GtkWidget *
jp_form_new (void)
{
  return g_object_new (JP_TYPE_FORM, NULL);
}

/**
 * jp_form_begin_group:
 * @self: a form
 * @title: (nullable): what the next fields are about, translated
 * @description: (nullable): more, translated
 *
 * Begins a group; fields are added to the last one.
 */
void
jp_form_begin_group (JpForm *self, const char *title, const char *description)
{
  g_return_if_fail (JP_IS_FORM (self));

  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title != NULL ? title : "");
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->groups, group);
  self->group = ADW_PREFERENCES_GROUP (group);
}

/**
 * jp_form_add:
 * @self: a form
 * @id: what code calls the field; not there yet
 * @row: a new row
 * @validate: (nullable): checks the field
 * @user_data: (transfer none): handed to @validate; must outlive the form
 *
 * Adds a field to the last group.
 */
void
jp_form_add (JpForm        *self,
             const char    *id,
             JpFormRow     *row,
             JpFormValidate validate,
             gpointer       user_data)
{
  g_return_if_fail (JP_IS_FORM (self));
  g_return_if_fail (JP_IS_FORM_ROW (row));
  g_return_if_fail (find_field (self, id) == NULL);

  JpFormField *field = jp_form_field_new (id, row, validate, user_data);

  g_ptr_array_add (self->fields, field);
  jp_form_add_plain_row (self, GTK_WIDGET (row));
  jp_form_add_plain_row (self, jp_form_field_get_error_row (field));
  g_signal_connect_object (row, "edited", G_CALLBACK (row_edited_cb), self, G_CONNECT_SWAPPED);
  /* After the row has tidied what was typed. */
  g_signal_connect_object (row, "left", G_CALLBACK (row_left_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (ADW_IS_ENTRY_ROW (row))
    g_signal_connect_object (row, "entry-activated", G_CALLBACK (entry_activated_cb), self,
                             G_CONNECT_SWAPPED);
}

/**
 * jp_form_add_plain_row:
 * @self: a form
 * @row: a row that is no field: an explanation, a button
 *
 * Adds a row to the last group.
 */
void
jp_form_add_plain_row (JpForm *self, GtkWidget *row)
{
  g_return_if_fail (JP_IS_FORM (self));
  g_return_if_fail (GTK_IS_WIDGET (row));

  if (self->group == NULL)
    jp_form_begin_group (self, NULL, NULL);
  adw_preferences_group_add (self->group, row);
}

/**
 * jp_form_set_required:
 * @self: a form
 * @id: a field
 * @required: whether it must not be empty
 *
 * Changes whether a field may be left empty.
 */
void
jp_form_set_required (JpForm *self, const char *id, gboolean required)
{
  g_return_if_fail (JP_IS_FORM (self));

  JpFormField *field = find_field (self, id);

  g_return_if_fail (field != NULL);
  jp_form_field_set_required (field, required);
}

/**
 * jp_form_get_row:
 * @self: a form
 * @id: a field
 *
 * Returns: (transfer none) (nullable): its row
 */
JpFormRow *
jp_form_get_row (JpForm *self, const char *id)
{
  g_return_val_if_fail (JP_IS_FORM (self), NULL);

  JpFormField *field = find_field (self, id);

  return field != NULL ? jp_form_field_get_row (field) : NULL;
}

/**
 * jp_form_dup_text:
 * @self: a form
 * @id: a field
 *
 * Returns: (transfer full): what is entered, tidy; "" for nothing
 */
char *
jp_form_dup_text (JpForm *self, const char *id)
{
  g_return_val_if_fail (JP_IS_FORM (self), NULL);

  JpFormField *field = find_field (self, id);

  g_return_val_if_fail (field != NULL, NULL);
  return jp_form_row_dup_text (jp_form_field_get_row (field));
}

/**
 * jp_form_set_text:
 * @self: a form
 * @id: a field
 * @text: (nullable): what to enter
 *
 * Enters something, as typing does.
 */
void
jp_form_set_text (JpForm *self, const char *id, const char *text)
{
  g_return_if_fail (JP_IS_FORM (self));

  JpFormField *field = find_field (self, id);

  g_return_if_fail (field != NULL);
  jp_form_row_set_text (jp_form_field_get_row (field), text != NULL ? text : "");
}

/**
 * jp_form_set_visible:
 * @self: a form
 * @id: a field
 * @visible: whether it is asked
 *
 * Shows or hides a field; a hidden one is not checked.
 */
void
jp_form_set_visible (JpForm *self, const char *id, gboolean visible)
{
  g_return_if_fail (JP_IS_FORM (self));

  JpFormField *field = find_field (self, id);

  g_return_if_fail (field != NULL);
  jp_form_field_set_visible (field, visible);
}

/**
 * jp_form_set_error:
 * @self: a form
 * @id: a field
 * @message: (nullable): what is wrong and what to do, translated; %NULL if all is well
 *
 * Says below a field what only saving could find out.
 */
void
jp_form_set_error (JpForm *self, const char *id, const char *message)
{
  g_return_if_fail (JP_IS_FORM (self));

  JpFormField *field = find_field (self, id);

  g_return_if_fail (field != NULL);
  jp_form_field_set_error (field, message);
}

/**
 * jp_form_get_error:
 * @self: a form
 * @id: a field
 *
 * Returns: (transfer none) (nullable): what is said below the field
 */
const char *
jp_form_get_error (JpForm *self, const char *id)
{
  g_return_val_if_fail (JP_IS_FORM (self), NULL);

  JpFormField *field = find_field (self, id);

  g_return_val_if_fail (field != NULL, NULL);
  return jp_form_field_get_error (field);
}

/**
 * jp_form_check:
 * @self: a form
 *
 * Checks all fields, says what is wrong and goes to the first that is.
 *
 * Returns: whether all is well
 */
gboolean
jp_form_check (JpForm *self)
{
  g_return_val_if_fail (JP_IS_FORM (self), FALSE);

  JpFormField *first_wrong = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      JpFormField *field = g_ptr_array_index (self->fields, i);

      if (!jp_form_field_check (field) && first_wrong == NULL)
        first_wrong = field;
    }

  if (first_wrong != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (jp_form_field_get_row (first_wrong)));
  return first_wrong == NULL;
}

/**
 * jp_form_submit:
 * @self: a form
 *
 * Checks all fields and, if all is well, asks for saving.
 *
 * Returns: whether saving was asked for
 */
gboolean
jp_form_submit (JpForm *self)
{
  g_return_val_if_fail (JP_IS_FORM (self), FALSE);

  if (self->busy || !jp_form_check (self))
    return FALSE;

  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
  return TRUE;
}

/**
 * jp_form_mark_saved:
 * @self: a form
 *
 * Takes what is entered as saved: after loading a record, and after saving it.
 */
void
jp_form_mark_saved (JpForm *self)
{
  g_return_if_fail (JP_IS_FORM (self));

  for (guint i = 0; i < self->fields->len; i++)
    {
      JpFormField *field = g_ptr_array_index (self->fields, i);

      jp_form_field_mark_saved (field);
      jp_form_field_set_error (field, NULL);
    }

  update_dirty (self);
}

/**
 * jp_form_get_dirty:
 * @self: a form
 *
 * Returns: whether something is entered that is not saved
 */
gboolean
jp_form_get_dirty (JpForm *self)
{
  g_return_val_if_fail (JP_IS_FORM (self), FALSE);

  return self->dirty;
}

/**
 * jp_form_get_busy:
 * @self: a form
 *
 * Returns: whether it is being saved
 */
gboolean
jp_form_get_busy (JpForm *self)
{
  g_return_val_if_fail (JP_IS_FORM (self), FALSE);

  return self->busy;
}

/**
 * jp_form_set_busy:
 * @self: a form
 * @busy: whether it is being saved
 *
 * Keeps the form from being saved twice at a time. Typing goes on.
 */
void
jp_form_set_busy (JpForm *self, gboolean busy)
{
  g_return_if_fail (JP_IS_FORM (self));

  if (self->busy == busy)
    return;

  self->busy = busy;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", !busy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * jp_form_dup_draft:
 * @self: a form
 *
 * Takes down what is entered and not saved.
 *
 * Returns: (transfer full): a dictionary a{ss} from field to text; empty if nothing is unsaved
 */
GVariant *
jp_form_dup_draft (JpForm *self)
{
  g_return_val_if_fail (JP_IS_FORM (self), NULL);

  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (guint i = 0; i < self->fields->len; i++)
    {
      JpFormField *field = g_ptr_array_index (self->fields, i);

      if (!jp_form_field_is_dirty (field))
        continue;
      g_autofree char *text = jp_form_row_dup_text (jp_form_field_get_row (field));
      g_variant_builder_add (&builder, "{ss}", jp_form_field_get_id (field), text);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * jp_form_load_draft:
 * @self: a form
 * @draft: what [method@Jp.Form.dup_draft] returned; fields that are not there any more are skipped
 *
 * Enters a draft again.
 */
void
jp_form_load_draft (JpForm *self, GVariant *draft)
{
  g_return_if_fail (JP_IS_FORM (self));
  g_return_if_fail (g_variant_is_of_type (draft, G_VARIANT_TYPE ("a{ss}")));

  GVariantIter iter;
  const char  *id = NULL;
  const char  *text = NULL;

  g_variant_iter_init (&iter, draft);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &text))
    {
      if (find_field (self, id) != NULL)
        jp_form_set_text (self, id, text);
    }
}
