/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-record-form.h"

#include "jp-desk.h"
#include "jp-record-form-data.h"
#include "jp-record-form-rows.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

#define KEEP_DELAY_MS 400 /* after the last key, before what is typed goes to the disk */

/* A field of the form with what its check needs. */
typedef struct
{
  JpRecordForm  *self;    /* (borrowed): owns this */
  const JpField *field;   /* static */
  GPtrArray     *records; /* (owned) (nullable): what a reference may be set to */
  char          *begun;   /* (owned) (nullable): text of the row before anything was typed */
} Asked;

struct _JpRecordForm
{
  GObject parent_instance;

  JpForm       *form;   /* (weak) (nullable) */
  JpFormWindow *window; /* (weak) (nullable) */
  GtkWidget    *notice; /* (weak) (nullable): row above the fields */
  GtkWidget    *live;   /* (weak) (nullable): follows what is typed */

  JpOffice          *office;   /* (owned) */
  JpRecord          *record;   /* (owned) (nullable): what is edited */
  JpDraft           *draft;    /* (owned): what is typed, as far as it is understood */
  GPtrArray         *asked;    /* (owned) (element-type Asked) */
  char              *place;    /* (owned): where the typing is kept */
  char              *sentence; /* (owned) (nullable) */
  JpRecordFormBuild  build;
  JpRecordFormEdited edited;
  JpRecordFormFollow follow;
  JpFieldId          problem_field;
  guint              keep_id; /* (source) 0 = none */
  gboolean           saved;
};

G_DEFINE_FINAL_TYPE (JpRecordForm, jp_record_form, G_TYPE_OBJECT)

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_pointer (&asked->records, g_ptr_array_unref);
  g_free (asked->begun);
  g_free (asked);
}

static void
jp_record_form_finalize (GObject *object)
{
  JpRecordForm *self = JP_RECORD_FORM (object);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_weak_pointer (&self->form);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->notice);
  g_clear_weak_pointer (&self->live);
  g_clear_object (&self->office);
  g_clear_pointer (&self->record, jp_record_unref);
  g_clear_pointer (&self->draft, jp_draft_free);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_free (self->place);
  g_free (self->sentence);
  G_OBJECT_CLASS (jp_record_form_parent_class)->finalize (object);
}

static void
jp_record_form_class_init (JpRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_record_form_finalize;
}

static void
jp_record_form_init (JpRecordForm *self)
{
  self->asked = g_ptr_array_new_with_free_func (asked_free);
}

static Asked *
find_asked (JpRecordForm *self, JpFieldId field)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked *asked = g_ptr_array_index (self->asked, i);

      if (asked->field->id == field)
        return asked;
    }

  return NULL;
}

/* Checks. */

static char *
dup_message (JpRecordForm *self, const JpField *field, const char *text)
{
  JpDate    today = jp_store_today (jp_office_get_store (self->office));
  JpProblem problem = jp_record_form_rows_parse (self->draft, field->id, text);
  g_autoptr (GArray) issues = NULL;

  if (problem != JP_PROBLEM_NONE)
    return jp_problem_dup_sentence (problem);

  issues = jp_validate_draft (self->draft, today);
  for (guint i = 0; i < issues->len; i++)
    if (g_array_index (issues, JpIssue, i).field == field->id)
      return jp_problem_dup_sentence (g_array_index (issues, JpIssue, i).problem);

  return NULL;
}

static char *
validate (const char *text, gpointer user_data)
{
  Asked *asked = user_data;

  return dup_message (asked->self, asked->field, text);
}

/* A rule between two fields is said below one of them: mending the other takes it back. */
static void
refresh_messages (JpRecordForm *self, const char *edited)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked           *asked = g_ptr_array_index (self->asked, i);
      g_autofree char *text = NULL;
      g_autofree char *message = NULL;

      if (jp_form_get_error (self->form, asked->field->name) == NULL ||
          g_str_equal (asked->field->name, edited))
        continue;
      text = jp_form_dup_text (self->form, asked->field->name);
      message = dup_message (self, asked->field, text);
      jp_form_set_error (self->form, asked->field->name, message);
    }
}

/* What follows from what was typed. */

static void
show_field (JpRecordForm *self, const JpField *field)
{
  g_autofree char *text = jp_record_form_rows_dup_text (self->draft, field->id);
  g_autofree char *shown = jp_form_dup_text (self->form, field->name);

  if (!g_str_equal (text, shown))
    jp_form_set_text (self->form, field->name, text);
}

static void
derive (JpRecordForm *self, JpFieldId changed)
{
  g_autoptr (JpDraft) before = NULL;
  g_autoptr (JpRecord) record = jp_draft_end (g_steal_pointer (&self->draft));

  self->draft = jp_draft_new_from (record);
  jp_validate_derive (self->draft, changed);
  before = jp_draft_new_from (record);
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked           *asked = g_ptr_array_index (self->asked, i);
      g_autofree char *was = jp_record_form_rows_dup_text (before, asked->field->id);
      g_autofree char *is = jp_record_form_rows_dup_text (self->draft, asked->field->id);

      if (!g_str_equal (was, is))
        show_field (self, asked->field);
    }
}

static void
follow_typing (JpRecordForm *self)
{
  g_autoptr (JpRecord) typed = NULL;

  if (self->live == NULL)
    return;
  typed = jp_draft_end (g_steal_pointer (&self->draft));
  self->draft = jp_draft_new_from (typed);
  self->follow (self->live, typed);
}

/* What is typed is kept. */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpRecordForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jp_record_form_data_keep_finish (JP_STORE (source), result, &error))
    jp_office_tell_error (self->office, error);
}

static void
keep_now (JpRecordForm *self)
{
  GVariant *typed = NULL;

  g_clear_handle_id (&self->keep_id, g_source_remove);
  if (!self->saved && self->form != NULL && jp_form_get_dirty (self->form))
    typed = jp_form_dup_draft (self->form);
  jp_record_form_data_keep_async (jp_office_get_store (self->office), self->place, typed, kept_cb,
                                  g_object_ref (self));
}

static gboolean
keep_cb (gpointer user_data)
{
  JpRecordForm *self = user_data;

  self->keep_id = 0;
  keep_now (self);
  return G_SOURCE_REMOVE;
}

static void
edited_cb (JpRecordForm *self, const char *id)
{
  const JpField   *field = jp_field_lookup (jp_draft_get_kind (self->draft), id);
  g_autofree char *text = jp_form_dup_text (self->form, id);

  if (jp_record_form_rows_parse (self->draft, field->id, text) == JP_PROBLEM_NONE)
    derive (self, field->id);
  if (self->edited != NULL)
    self->edited (self, field->id);
  refresh_messages (self, id);
  follow_typing (self);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  self->keep_id = g_timeout_add (KEEP_DELAY_MS, keep_cb, self);
}

static void
cancelled_cb (JpRecordForm *self)
{
  keep_now (self);
}

/* The row above the fields. */

static void
set_notice (JpRecordForm *self, const char *text, gboolean bad)
{
  if (self->notice == NULL)
    return;
  gtk_widget_set_visible (self->notice, text != NULL);
  /* The group too: an empty one is a line. */
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->notice, ADW_TYPE_PREFERENCES_GROUP),
                          text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notice), text != NULL ? text : "");
  if (bad)
    gtk_widget_add_css_class (self->notice, "error");
  else
    gtk_widget_remove_css_class (self->notice, "error");
}

/* Saving. */

typedef struct
{
  JpRecordFormBuild build;
  JpRecord         *before; /* (owned) (nullable) */
  JpDraft          *draft;  /* (owned) (nullable) */
} SaveJob;

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  jp_record_unref (job->before);
  jp_draft_free (job->draft);
  g_free (job);
}

static JpChange *
put_row (JpVault *vault, JpRecord *before, JpDraft *draft, const char *actor, GError **error)
{
  g_autoptr (JpDraft) wanted = draft;
  JpId id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&id, before != NULL ? "edit" : "new", actor);
  g_autoptr (JpRecord) after = NULL;

  if (before == NULL)
    jp_desk_set_defaults (wanted, jp_vault_today (vault));
  after = jp_draft_end (g_steal_pointer (&wanted));
  jp_change_add (change, before, after);
  return g_steal_pointer (&change);
}

static JpChange *
save_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  SaveJob          *job = data;
  JpRecordFormBuild build = job->build != NULL ? job->build : put_row;

  return build (vault, job->before, g_steal_pointer (&job->draft), actor, error);
}

static void
saved_cb (gpointer user_data)
{
  g_autoptr (JpRecordForm) self = user_data;

  self->saved = TRUE;
  keep_now (self);
  if (self->record == NULL)
    jp_office_show (self->office, jp_draft_get_kind (self->draft), jp_draft_get_id (self->draft));
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
failed_cb (const GError *error, gpointer user_data)
{
  g_autoptr (JpRecordForm) self = user_data;
  g_autofree char *sentence = jp_office_dup_error_sentence (error);

  g_message ("%s", error->message);
  if (self->form == NULL)
    {
      jp_office_tell (self->office, sentence);
      return;
    }

  jp_form_set_busy (self->form, FALSE);
  if (error->domain == JP_DESK_ERROR && find_asked (self, self->problem_field) != NULL)
    {
      const char *name = jp_field_get (self->problem_field)->name;

      jp_form_set_error (self->form, name, sentence);
      gtk_widget_grab_focus (GTK_WIDGET (jp_form_get_row (self->form, name)));
    }
  else
    set_notice (self, sentence, TRUE);
}

static void
save_cb (JpRecordForm *self)
{
  g_autoptr (JpRecord) after = jp_draft_end (g_steal_pointer (&self->draft));
  g_autofree char *title = g_strdup_printf (_ ("“%s” is saved"), jp_record_get_title (after));
  SaveJob         *job = g_new0 (SaveJob, 1);
  JpOfficeAct      act = { save_call, job, save_job_free, 0, NULL, saved_cb, failed_cb, NULL };

  self->draft = jp_draft_new_from (after);
  jp_form_set_busy (self->form, TRUE);
  set_notice (self, NULL, FALSE);
  job->build = self->build;
  job->before = self->record != NULL ? jp_record_ref (self->record) : NULL;
  job->draft = jp_draft_new_from (after);
  act.sentence = self->sentence != NULL ? self->sentence : title;
  act.user_data = g_object_ref (self);
  jp_office_act (self->office, &act);
}

/* Building. */

static void
add_field (JpRecordForm *self, const JpField *field)
{
  Asked     *asked = NULL;
  GtkWidget *row = NULL;

  if (!jp_record_form_rows_is_shown (field, self->record == NULL) ||
      find_asked (self, field->id) != NULL)
    return;

  asked = g_new0 (Asked, 1);
  asked->self = self;
  asked->field = field;
  g_ptr_array_add (self->asked, asked);
  row = jp_record_form_rows_new (field);
  jp_form_add (self->form, field->name, JP_FORM_ROW (row), validate, asked);
  jp_form_set_required (self->form, field->name, (field->flags & JP_FIELD_REQUIRED) != 0);
}

static void
add_groups (JpRecordForm *self)
{
  const JpKindInfo *info = jp_kind_get_info (jp_draft_get_kind (self->draft));
  const char       *group = NULL;
  gboolean          begun = FALSE;

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (jp_field_get_group (field) != NULL)
        {
          group = jp_field_get_group (field);
          begun = FALSE;
        }
      if (!jp_record_form_rows_is_shown (field, self->record == NULL) ||
          find_asked (self, field->id) != NULL)
        continue;
      if (!begun)
        jp_form_begin_group (self->form, group, NULL);
      begun = TRUE;
      add_field (self, field);
    }
}

static void
start_afresh (JpRecordForm *self)
{
  for (guint i = 0; self->form != NULL && i < self->asked->len; i++)
    {
      Asked *asked = g_ptr_array_index (self->asked, i);

      jp_form_set_text (self->form, asked->field->name, asked->begun);
      jp_form_set_error (self->form, asked->field->name, NULL);
    }
  set_notice (self, NULL, FALSE);
  keep_now (self);
}

static void
add_notice (JpRecordForm *self, const char *hint, gboolean typed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = NULL;

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  jp_form_begin_group (self->form, NULL, NULL);
  jp_form_add_plain_row (self->form, row);
  g_set_weak_pointer (&self->notice, row);
  set_notice (self, typed ? _ ("What you typed last time is back.") : hint, FALSE);
  if (!typed)
    return;

  button = gtk_button_new_with_label (_ ("Start Afresh"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (start_afresh), self, G_CONNECT_SWAPPED);
}

static void
fill (JpRecordForm *self)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked           *asked = g_ptr_array_index (self->asked, i);
      JpFormRow       *row = jp_form_get_row (self->form, asked->field->name);
      g_autofree char *text = jp_record_form_rows_dup_text (self->draft, asked->field->id);

      if (asked->records != NULL)
        jp_record_form_rows_set_records (GTK_WIDGET (row), asked->field, asked->records);
      jp_form_set_text (self->form, asked->field->name, text);
      g_free (asked->begun);
      asked->begun = g_strdup (text);
    }
  jp_form_mark_saved (self->form);
}

/* The references of the kind that the form asks for, in order of the description. */
static void
take_choices (JpRecordForm *self, GPtrArray *choices)
{
  const JpKindInfo *info = jp_kind_get_info (jp_draft_get_kind (self->draft));
  guint             n = 0;

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].type == JP_FIELD_REF &&
        jp_record_form_rows_is_shown (&info->fields[i], self->record == NULL))
      {
        Asked *asked = find_asked (self, info->fields[i].id);

        if (asked != NULL)
          asked->records = g_ptr_array_ref (g_ptr_array_index (choices, n));
        n++;
      }
}

typedef struct
{
  JpRecordForm    *self;  /* (owned) */
  char            *hint;  /* (owned) (nullable) */
  char            *title; /* (owned) (nullable) */
  char            *label; /* (owned) (nullable) */
  gboolean         only_these;
  JpRecordFormLive live;   /* (nullable) */
  JpFieldId       *fields; /* (owned) (nullable) */
  guint            n_fields;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_free (opening->hint);
  g_free (opening->title);
  g_free (opening->label);
  g_free (opening->fields);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static char *
dup_window_title (JpRecordForm *self)
{
  JpKind kind = jp_draft_get_kind (self->draft);

  if (self->record != NULL)
    /* Translators: the name of a record. */
    return g_strdup_printf (_ ("Edit “%s”"), jp_record_get_title (self->record));
  /* Translators: a kind of record, e.g. "Coach". */
  return g_strdup_printf (_ ("New: %s"), jp_kind_get_label (kind));
}

static void
build (Opening *opening, const JpRecordFormData *prepared)
{
  JpRecordForm *self = opening->self;
  gboolean      typed = prepared->typed != NULL && g_variant_n_children (prepared->typed) > 0;

  add_notice (self, opening->hint, typed);
  if (opening->live != NULL)
    {
      g_set_weak_pointer (&self->live, opening->live (self->office));
      jp_form_begin_group (self->form, NULL, NULL);
      jp_form_add_plain_row (self->form, self->live);
    }
  if (opening->n_fields > 0)
    jp_form_begin_group (self->form, NULL, NULL);
  for (guint i = 0; i < opening->n_fields; i++)
    add_field (self, jp_field_get (opening->fields[i]));
  if (!opening->only_these)
    add_groups (self);
  take_choices (self, prepared->choices);
  fill (self);

  g_signal_connect_object (self->form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "cancelled", G_CALLBACK (cancelled_cb), self,
                           G_CONNECT_SWAPPED);
  if (typed)
    jp_form_load_draft (self->form, prepared->typed);
  follow_typing (self);
}

static void
closed_cb (GtkWidget *window, JpRecordForm *self)
{
  g_clear_handle_id (&self->keep_id, g_source_remove);
}

static void
unref_closure (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/* An edit begins at the first field, a new record at the first that does not say anything yet. */
static void
focus_first (JpRecordForm *self)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      const char      *name = ((const Asked *)g_ptr_array_index (self->asked, i))->field->name;
      g_autofree char *text = jp_form_dup_text (self->form, name);

      if (self->record == NULL && *text != '\0')
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (jp_form_get_row (self->form, name)));
      return;
    }
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecordFormData) prepared =
    jp_record_form_data_read_finish (JP_STORE (source), result, &error);
  JpRecordForm    *self = opening->self;
  JpWindow        *parent = jp_office_get_window (self->office);
  g_autofree char *title = dup_window_title (self);

  if (prepared == NULL)
    {
      jp_office_tell_error (self->office, error);
      return;
    }
  if (parent == NULL)
    return;

  g_set_weak_pointer (&self->form, JP_FORM (jp_form_new ()));
  g_set_weak_pointer (&self->window,
                      jp_form_window_new (GTK_WINDOW (parent),
                                          opening->title != NULL ? opening->title : title,
                                          self->form));
  /* The window keeps the form's logic alive: its rows are gone before it is. */
  g_signal_connect_data (self->window, "destroy", G_CALLBACK (closed_cb), g_object_ref (self),
                         unref_closure, 0);
  if (opening->label != NULL)
    jp_form_window_set_save_label (self->window, opening->label);
  build (opening, prepared);
  gtk_window_present (GTK_WINDOW (self->window));
  focus_first (self);
}

static JpDraft *
new_draft (JpOffice *office, const JpRecordFormSpec *spec)
{
  JpStore *store = jp_office_get_store (office);
  JpDraft *draft = spec->draft;

  if (spec->record != NULL)
    return jp_draft_new_from (spec->record);
  if (draft == NULL)
    draft = jp_store_new_draft (store, spec->kind);
  jp_desk_set_defaults (draft, jp_store_today (store));
  return draft;
}

static char *
dup_place (const JpRecordFormSpec *spec)
{
  const JpId *id = spec->record != NULL ? jp_record_get_id (spec->record) : spec->about;
  JpIdText    text;

  return g_strdup_printf ("%s:%s", jp_kind_get_info (spec->kind)->name,
                          id != NULL ? jp_id_to_text (id, text) : "new");
}

/**
 * jp_record_form_open:
 * @office: the office
 * @spec: which form
 *
 * Opens the form in a window over the office's window, with what was typed and not saved before.
 * Sensitive values of a record are shown in clear after the audit has it in writing.
 */
void
jp_record_form_open (JpOffice *office, const JpRecordFormSpec *spec)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (spec != NULL);

  g_autoptr (JpRecordForm) self = g_object_new (JP_TYPE_RECORD_FORM, NULL);
  Opening *opening = g_new0 (Opening, 1);

  self->office = g_object_ref (office);
  self->record = spec->record != NULL ? jp_record_ref (spec->record) : NULL;
  self->draft = new_draft (office, spec);
  self->place = dup_place (spec);
  self->sentence = g_strdup (spec->sentence);
  self->build = spec->build;
  self->edited = spec->edited;
  self->follow = spec->follow;
  self->problem_field = spec->problem_field;

  opening->live = spec->live;
  opening->self = g_object_ref (self);
  opening->hint = g_strdup (spec->hint);
  opening->title = g_strdup (spec->title);
  opening->label = g_strdup (spec->save_label);
  opening->fields = g_memdup2 (spec->fields, spec->n_fields * sizeof (JpFieldId));
  opening->n_fields = spec->n_fields;
  opening->only_these = spec->only_these;
  jp_record_form_data_read_async (jp_office_get_store (office), self->draft, self->record,
                                  self->place, prepared_cb, opening);
}

/**
 * jp_record_form_edit:
 * @office: the office
 * @record: a record
 *
 * Opens the form of a record.
 */
void
jp_record_form_edit (JpOffice *office, JpRecord *record)
{
  g_return_if_fail (record != NULL);

  JpRecordFormSpec spec = { .kind = jp_record_get_kind (record), .record = record };

  jp_record_form_open (office, &spec);
}

/**
 * jp_record_form_new_record:
 * @office: the office
 * @kind: a kind
 *
 * Opens an empty form.
 */
void
jp_record_form_new_record (JpOffice *office, JpKind kind)
{
  JpRecordFormSpec spec = { .kind = kind };

  jp_record_form_open (office, &spec);
}

/**
 * jp_record_form_get_office:
 * @self: a form
 *
 * Returns: (transfer none): the office
 */
JpOffice *
jp_record_form_get_office (JpRecordForm *self)
{
  g_return_val_if_fail (JP_IS_RECORD_FORM (self), NULL);

  return self->office;
}

/**
 * jp_record_form_get_form:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the widget, %NULL once it is closed
 */
JpForm *
jp_record_form_get_form (JpRecordForm *self)
{
  g_return_val_if_fail (JP_IS_RECORD_FORM (self), NULL);

  return self->form;
}

/**
 * jp_record_form_get_draft:
 * @self: a form
 *
 * Returns: (transfer none): what is typed, as far as it is understood
 */
JpDraft *
jp_record_form_get_draft (JpRecordForm *self)
{
  g_return_val_if_fail (JP_IS_RECORD_FORM (self), NULL);

  return self->draft;
}

/**
 * jp_record_form_get_choice:
 * @self: a form
 * @field: a reference
 *
 * Returns: (transfer none) (nullable): the record that is chosen
 */
JpRecord *
jp_record_form_get_choice (JpRecordForm *self, JpFieldId field)
{
  g_return_val_if_fail (JP_IS_RECORD_FORM (self), NULL);

  Asked *asked = find_asked (self, field);

  if (asked == NULL || asked->records == NULL || !jp_draft_has (self->draft, field))
    return NULL;
  for (guint i = 0; i < asked->records->len; i++)
    if (jp_id_equal (jp_record_get_id (asked->records->pdata[i]),
                     jp_draft_get_ref (self->draft, field)))
      return asked->records->pdata[i];

  return NULL;
}

/**
 * jp_record_form_set_code:
 * @self: a form
 * @field: a field that is asked for
 * @code: what to choose
 *
 * Chooses as somebody at the desk would, if it is not chosen already.
 */
void
jp_record_form_set_code (JpRecordForm *self, JpFieldId field, const char *code)
{
  g_return_if_fail (JP_IS_RECORD_FORM (self));
  g_return_if_fail (code != NULL);

  const char      *name = jp_field_get (field)->name;
  g_autofree char *shown = NULL;

  if (self->form == NULL || find_asked (self, field) == NULL)
    return;
  shown = jp_form_dup_text (self->form, name);
  if (!g_str_equal (shown, code))
    jp_form_set_text (self->form, name, code);
}
