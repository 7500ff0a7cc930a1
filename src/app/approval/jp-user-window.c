/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-user-window.h"

#include "jp-choice-row.h"
#include "jp-codes.h"
#include "jp-desk.h"
#include "jp-entry-row.h"
#include "jp-person-rows.h"
#include "jp-pin.h"
#include "jp-user-repo.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME  "name"
#define ROLE  "role"
#define PIN   "pin"
#define AGAIN "again"
#define LEFT  "left"

struct _JpUserWindow
{
  GObject parent_instance;

  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */

  JpOffice        *office;      /* (owned) */
  GCancellable    *cancellable; /* (owned): cancelled in dispose */
  JpUserWindowDone done;
  GWeakRef         whose; /* the user data of @done */
  JpUserWindowTask task;
  gboolean         is_first; /* nobody works here yet: this is the principal */
};

G_DEFINE_FINAL_TYPE (JpUserWindow, jp_user_window, G_TYPE_OBJECT)

typedef struct
{
  JpUserSpec       spec; /* its texts are owned */
  JpUserWindowTask task;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free ((char *)work->spec.name);
  g_free ((char *)work->spec.by);
  g_clear_pointer ((char **)&work->spec.pin, jp_seal_wipe_text);
  g_clear_pointer ((char **)&work->spec.by_pin, jp_seal_wipe_text);
  g_free (work);
}

/* Returns a text: the code, where one was made. */
static gpointer
work_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const Work *work = data;
  char       *code = NULL;

  switch (work->task)
    {
    case JP_USER_WINDOW_CODE:
      return jp_user_repo_make_code (vault, &work->spec, &code, error) ? code : NULL;
    case JP_USER_WINDOW_PIN:
      return jp_user_repo_set_pin (vault, &work->spec, error) ? g_strdup ("") : NULL;
    case JP_USER_WINDOW_LEFT:
      return jp_user_repo_disable (vault, &work->spec, error) ? g_strdup ("") : NULL;
    case JP_USER_WINDOW_ADD:
    default:
      return jp_user_repo_add (vault, &work->spec, error) ? g_strdup ("") : NULL;
    }
}

static const char *
find_field (const GError *error)
{
  switch (error->code)
    {
    case JP_DESK_USER_EXISTS:
      return NAME;
    case JP_DESK_USER_FIRST:
      return ROLE;
    case JP_DESK_PIN_WEAK:
      return PIN;
    default:
      return jp_person_rows_find_field (error);
    }
}

/* Read aloud or written down: it is shown once. */
static void
show_code (JpUserWindow *self, const char *code)
{
  GtkWindow       *parent = gtk_window_get_transient_for (GTK_WINDOW (self->window));
  g_autofree char *name = jp_form_dup_text (self->form, JP_PERSON_ROWS_NAME);
  g_autofree char *heading = g_strdup_printf (_ ("Code of %s"), name);
  g_autofree char *body =
    g_strdup_printf (_ ("%s\nSync both PCs, then choose “PIN at This PC…” there and type the code. "
                        "It works once, within a week, and is not shown again."),
                     code);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Written Down"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpUserWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) whose = g_weak_ref_get (&self->whose);
  char       *code = NULL;
  gboolean    done = jp_store_write_finish (JP_STORE (source), result, (gpointer *)&code, &error);
  const char *field = done || error->domain != JP_DESK_ERROR ? NULL : find_field (error);

  if (done && whose != NULL)
    self->done (whose);
  if (done && self->window != NULL)
    {
      if (*code != '\0')
        show_code (self, code);
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (self->window != NULL)
    {
      jp_form_set_busy (self->form, FALSE);
      if (field != NULL && jp_form_get_row (self->form, field) != NULL)
        jp_form_set_error (self->form, field,
                           jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
      else
        jp_office_tell_error (self->office, error);
    }
  if (code != NULL)
    jp_seal_wipe_text (code);
}

static gboolean
check_again (JpForm *form)
{
  char    *pin = jp_form_dup_text (form, PIN);
  char    *again = jp_form_dup_text (form, AGAIN);
  gboolean is_same = strcmp (pin, again) == 0;

  jp_seal_wipe_text (again);
  jp_seal_wipe_text (pin);
  if (!is_same)
    jp_form_set_error (form, AGAIN, _ ("The two are not the same."));
  return is_same;
}

static gboolean
has_new_pin (JpUserWindow *self)
{
  return self->task == JP_USER_WINDOW_ADD || self->task == JP_USER_WINDOW_PIN;
}

static void
save_cb (JpForm *form, JpUserWindow *self)
{
  Work       *work = NULL;
  JpStoreCall call = { .func = work_in_writer,
                       .data_free = work_free,
                       .result_free = g_free,
                       .kinds = jp_store_kind_bit (JP_KIND_PERSON) };

  if (has_new_pin (self) && !check_again (form))
    return;

  work = g_new0 (Work, 1);
  work->task = self->task;
  if (has_new_pin (self))
    work->spec.pin = jp_form_dup_text (form, PIN);
  if (self->task == JP_USER_WINDOW_ADD)
    {
      g_autofree char *role = jp_form_dup_text (form, ROLE);

      work->spec.name = jp_form_dup_text (form, NAME);
      jp_user_repo_parse_role (role, &work->spec.role);
    }
  else
    work->spec.name =
      jp_form_dup_text (form, self->task == JP_USER_WINDOW_LEFT ? LEFT : JP_PERSON_ROWS_NAME);
  if (!self->is_first)
    {
      work->spec.by = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
      work->spec.by_pin = jp_form_dup_text (form, JP_PERSON_ROWS_PIN);
    }
  call.data = work;
  jp_form_set_busy (form, TRUE);
  jp_store_write_async (jp_office_get_store (self->office), &call, G_PRIORITY_DEFAULT,
                        self->cancellable, done_cb, g_object_ref (self));
}

static void
jp_user_window_dispose (GObject *object)
{
  JpUserWindow *self = JP_USER_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_user_window_parent_class)->dispose (object);
}

static void
jp_user_window_finalize (GObject *object)
{
  JpUserWindow *self = JP_USER_WINDOW (object);

  g_weak_ref_clear (&self->whose);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (jp_user_window_parent_class)->finalize (object);
}

static void
jp_user_window_class_init (JpUserWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_user_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_user_window_finalize;
}

static void
jp_user_window_init (JpUserWindow *self)
{
  self->cancellable = g_cancellable_new ();
  g_weak_ref_init (&self->whose, NULL);
}

static void
add_secret (JpUserWindow *self, const char *id, const char *title)
{
  GtkWidget *row = jp_entry_row_new (title, JP_ENTRY_SECRET);

  jp_entry_row_set_max_length (JP_ENTRY_ROW (row), JP_PIN_MAX_BYTES);
  jp_form_add (self->form, id, JP_FORM_ROW (row), NULL, NULL);
  jp_form_set_required (self->form, id, TRUE);
}

static void
fill_add (JpUserWindow *self, GPtrArray *users)
{
  JpChoice   roles[JP_N_ROLES] = { 0 };
  GtkWidget *name = jp_entry_row_new (_ ("Name"), JP_ENTRY_TEXT);
  GtkWidget *role = jp_choice_row_new (_ ("Role"));

  jp_form_begin_group (self->form, NULL,
                       self->is_first
                         ? _ ("Nobody works at this school yet. The first person is the principal, "
                              "who then adds the others.")
                         : NULL);
  jp_entry_row_set_max_length (JP_ENTRY_ROW (name), JP_USER_MAX_NAME);
  for (int i = 0; i < JP_N_ROLES; i++)
    {
      const JpCode *code = jp_code_get (jp_role_codes, i);

      roles[i] = (JpChoice){ code->name, jp_code_get_label (code) };
    }
  jp_choice_row_set_choices (JP_CHOICE_ROW (role), roles, JP_N_ROLES);
  jp_form_add (self->form, NAME, JP_FORM_ROW (name), NULL, NULL);
  jp_form_add (self->form, ROLE, JP_FORM_ROW (role), NULL, NULL);
  jp_form_set_required (self->form, NAME, TRUE);
  jp_form_set_required (self->form, ROLE, TRUE);
  jp_form_set_text (self->form, ROLE,
                    jp_code_get (jp_role_codes, self->is_first ? JP_ROLE_PRINCIPAL : JP_ROLE_DESK)
                      ->name);
  add_secret (self, PIN, _ ("PIN, six characters or more"));
  add_secret (self, AGAIN, _ ("The same again"));
  if (self->is_first)
    return;
  jp_form_begin_group (self->form, _ ("Confirmed by the principal"), NULL);
  jp_person_rows_add (self->form, _ ("Principal"), _ ("PIN of the principal"));
  jp_person_rows_set_users (self->form, users);
}

/* Who has no PIN here yet. */
static void
fill_pin (JpUserWindow *self, GPtrArray *users)
{
  g_autofree JpChoice *choices = g_new0 (JpChoice, users->len + 1);
  guint                n_choices = 0;

  for (guint i = 0; i < users->len; i++)
    {
      const JpUser *user = g_ptr_array_index (users, i);

      if (!user->disabled && !user->has_pin)
        choices[n_choices++] = (JpChoice){ user->name, user->name };
    }
  jp_form_begin_group (self->form, NULL,
                       _ (
                         "Make the code at a PC where the person has a PIN, with “Code for Another "
                         "PC…”, and sync. The PIN itself stays at the PC where it is chosen."));
  jp_person_rows_add (self->form, C_ ("kind", "Person"), _ ("Code of the other PC"));
  jp_choice_row_set_choices (JP_CHOICE_ROW (jp_form_get_row (self->form, JP_PERSON_ROWS_NAME)),
                             choices, n_choices);
  add_secret (self, PIN, _ ("PIN, six characters or more"));
  add_secret (self, AGAIN, _ ("The same again"));
}

static void
fill_code (JpUserWindow *self, GPtrArray *users)
{
  jp_form_begin_group (self->form, NULL,
                       _ ("With the code the person chooses a PIN at another PC. Only a hash of it "
                          "leaves this PC."));
  jp_person_rows_add (self->form, C_ ("kind", "Person"), _ ("PIN"));
  jp_person_rows_set_users (self->form, users);
}

/* Whoever works here; the principal who signs is refused by the rule, in words. */
static void
fill_left (JpUserWindow *self, GPtrArray *users)
{
  g_autofree JpChoice *choices = g_new0 (JpChoice, users->len + 1);
  GtkWidget           *left = jp_choice_row_new (C_ ("kind", "Person"));
  guint                n_choices = 0;

  for (guint i = 0; i < users->len; i++)
    {
      const JpUser *user = g_ptr_array_index (users, i);

      if (!user->disabled)
        choices[n_choices++] = (JpChoice){ user->name, user->name };
    }
  jp_form_begin_group (self->form, NULL,
                       _ ("The person can sign nothing any more: at this PC at once, at the others "
                          "with the next sync. What the person asked for and approved stays. "
                          "There is no way back. The last principal cannot be taken out."));
  jp_choice_row_set_choices (JP_CHOICE_ROW (left), choices, n_choices);
  jp_form_add (self->form, LEFT, JP_FORM_ROW (left), NULL, NULL);
  jp_form_set_required (self->form, LEFT, TRUE);
  jp_form_begin_group (self->form, _ ("Confirmed by the principal"), NULL);
  jp_person_rows_add (self->form, _ ("Principal"), _ ("PIN of the principal"));
  jp_person_rows_set_users (self->form, users);
}

static void
fill (JpUserWindow *self, GPtrArray *users)
{
  switch (self->task)
    {
    case JP_USER_WINDOW_PIN:
      fill_pin (self, users);
      break;
    case JP_USER_WINDOW_CODE:
      fill_code (self, users);
      break;
    case JP_USER_WINDOW_LEFT:
      fill_left (self, users);
      break;
    case JP_USER_WINDOW_ADD:
    default:
      fill_add (self, users);
    }
}

/* Everything is known: the window can be filled. */
static void
present (JpUserWindow *self, GPtrArray *users)
{
  self->is_first = users->len == 0 && self->task == JP_USER_WINDOW_ADD;
  fill (self, users);
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, 0);
  gtk_window_present (GTK_WINDOW (self->window));
}

static gpointer
list_in_worker (JpVault *vault, gpointer data, GError **error)
{
  return jp_user_repo_list (vault, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpUserWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;
  gpointer data = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, &data, &error))
    {
      if (self->window != NULL)
        {
          jp_office_tell_error (self->office, error);
          gtk_window_destroy (GTK_WINDOW (self->window));
        }
      return;
    }
  users = data;
  if (self->window != NULL)
    present (self, users);
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

static const char *
get_title (JpUserWindowTask task)
{
  switch (task)
    {
    case JP_USER_WINDOW_PIN:
      return _ ("PIN at This PC");
    case JP_USER_WINDOW_CODE:
      return _ ("Code for Another PC");
    case JP_USER_WINDOW_LEFT:
      return _ ("Somebody Has Left");
    case JP_USER_WINDOW_ADD:
    default:
      return _ ("Add a Person");
    }
}

/**
 * jp_user_window_open:
 * @spec: what the form is for, and whose it is
 *
 * Shows the form.
 */
void
jp_user_window_open (const JpUserWindowSpec *spec)
{
  g_return_if_fail (spec != NULL);
  g_return_if_fail (JP_IS_OFFICE (spec->office));
  g_return_if_fail (GTK_IS_WINDOW (spec->parent));
  g_return_if_fail (spec->done != NULL);

  JpUserWindow *self = g_object_new (JP_TYPE_USER_WINDOW, NULL);
  JpStoreCall   call = { .func = list_in_worker, .result_free = (GDestroyNotify)g_ptr_array_unref };

  self->office = g_object_ref (spec->office);
  self->done = spec->done;
  self->task = spec->task;
  g_weak_ref_set (&self->whose, spec->whose);
  self->form = JP_FORM (jp_form_new ());
  g_set_weak_pointer (&self->window,
                      jp_form_window_new (spec->parent, get_title (spec->task), self->form));
  if (spec->task == JP_USER_WINDOW_CODE)
    jp_form_window_set_save_label (self->window, _ ("Make the Code"));
  else if (spec->task == JP_USER_WINDOW_LEFT)
    jp_form_window_set_save_label (self->window, _ ("Take the Rights Away"));
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  jp_store_read_async (jp_office_get_store (spec->office), &call, self->cancellable, listed_cb,
                       g_object_ref (self));
}

static const struct
{
  const char *title;
  const char *button;
} rows[] = {
  [JP_USER_WINDOW_ADD] = { N_ ("Somebody is missing?"), N_ ("Add a Person…") },
  [JP_USER_WINDOW_PIN] = { N_ ("Known at another PC?"), N_ ("PIN at This PC…") },
  [JP_USER_WINDOW_CODE] = { N_ ("The second person sits elsewhere?"), N_ ("Code for Another PC…") },
  [JP_USER_WINDOW_LEFT] = { N_ ("Somebody does not work here any more?"),
                            N_ ("Take the Rights Away…") },
};

/**
 * jp_user_window_new_row:
 * @task: what its form is for
 * @clicked: (scope async): called with the button and @user_data
 * @user_data: an object that outlives the row, or is freed with it
 *
 * Returns: (transfer floating): a row with the button that opens the form
 */
GtkWidget *
jp_user_window_new_row (JpUserWindowTask task, GCallback clicked, gpointer user_data)
{
  g_return_val_if_fail ((gsize)task < G_N_ELEMENTS (rows), NULL);
  g_return_val_if_fail (G_IS_OBJECT (user_data), NULL);

  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ (rows[task].button));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (rows[task].title));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, user_data, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}
