/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-user-window.h"

#include "jp-choice-row.h"
#include "jp-desk.h"
#include "jp-entry-row.h"
#include "jp-person-rows.h"
#include "jp-pin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME  "name"
#define ROLE  "role"
#define PIN   "pin"
#define AGAIN "again"

struct _JpUserWindow
{
  GObject parent_instance;

  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */

  JpOffice        *office;      /* (owned) */
  GCancellable    *cancellable; /* (owned): cancelled in dispose */
  JpUserWindowDone done;
  GWeakRef         whose;    /* the user data of @done */
  gboolean         is_first; /* nobody works here yet: this is the principal */
};

G_DEFINE_FINAL_TYPE (JpUserWindow, jp_user_window, G_TYPE_OBJECT)

typedef struct
{
  JpUserSpec spec; /* its texts are owned */
} Add;

static void
add_free (gpointer data)
{
  Add *add = data;

  g_free ((char *)add->spec.name);
  g_free ((char *)add->spec.by);
  jp_seal_wipe_text ((char *)add->spec.pin);
  g_clear_pointer ((char **)&add->spec.by_pin, jp_seal_wipe_text);
  g_free (add);
}

static gpointer
add_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const Add *add = data;

  return jp_user_repo_add (vault, &add->spec, error) ? GINT_TO_POINTER (TRUE) : NULL;
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

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpUserWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) whose = g_weak_ref_get (&self->whose);
  gboolean    added = jp_store_write_finish (JP_STORE (source), result, NULL, &error);
  const char *field = added || error->domain != JP_DESK_ERROR ? NULL : find_field (error);

  if (added && whose != NULL)
    self->done (whose);
  if (self->window == NULL)
    return;
  jp_form_set_busy (self->form, FALSE);
  if (added)
    {
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (field != NULL && (!self->is_first || jp_form_get_row (self->form, field) != NULL))
    jp_form_set_error (self->form, field,
                       jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  else
    jp_office_tell_error (self->office, error);
}

static void
save_cb (JpForm *form, JpUserWindow *self)
{
  Add             *add = NULL;
  JpStoreCall      call = { .func = add_in_writer, .data_free = add_free };
  g_autofree char *role = jp_form_dup_text (form, ROLE);
  char            *pin = jp_form_dup_text (form, PIN);
  char            *again = jp_form_dup_text (form, AGAIN);
  gboolean         is_same = strcmp (pin, again) == 0;

  jp_seal_wipe_text (again);
  if (!is_same)
    {
      jp_seal_wipe_text (pin);
      jp_form_set_error (form, AGAIN, _ ("The two are not the same."));
      return;
    }

  add = g_new0 (Add, 1);
  add->spec.name = jp_form_dup_text (form, NAME);
  add->spec.pin = pin;
  jp_user_repo_parse_role (role, &add->spec.role);
  if (!self->is_first)
    {
      add->spec.by = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
      add->spec.by_pin = jp_form_dup_text (form, JP_PERSON_ROWS_PIN);
    }
  call.data = add;
  jp_form_set_busy (form, TRUE);
  jp_store_write_async (jp_office_get_store (self->office), &call, G_PRIORITY_DEFAULT,
                        self->cancellable, added_cb, g_object_ref (self));
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
fill (JpUserWindow *self, GPtrArray *users)
{
  JpChoice   roles[JP_USER_N_ROLES] = { 0 };
  GtkWidget *name = jp_entry_row_new (_ ("Name"), JP_ENTRY_TEXT);
  GtkWidget *role = jp_choice_row_new (_ ("Role"));

  jp_form_begin_group (self->form, NULL,
                       self->is_first
                         ? _ ("Nobody has a PIN at this PC yet. The first person is the principal, "
                              "who then adds the others.")
                         : NULL);
  jp_entry_row_set_max_length (JP_ENTRY_ROW (name), JP_USER_MAX_NAME);
  for (int i = 0; i < JP_USER_N_ROLES; i++)
    roles[i] = (JpChoice){ jp_user_repo_get_role_name ((JpUserRole)i),
                           jp_user_repo_get_role_label ((JpUserRole)i) };
  jp_choice_row_set_choices (JP_CHOICE_ROW (role), roles, JP_USER_N_ROLES);
  jp_form_add (self->form, NAME, JP_FORM_ROW (name), NULL, NULL);
  jp_form_add (self->form, ROLE, JP_FORM_ROW (role), NULL, NULL);
  jp_form_set_required (self->form, NAME, TRUE);
  jp_form_set_required (self->form, ROLE, TRUE);
  jp_form_set_text (self->form, ROLE,
                    jp_user_repo_get_role_name (self->is_first ? JP_USER_ROLE_PRINCIPAL
                                                               : JP_USER_ROLE_DESK));
  add_secret (self, PIN, _ ("PIN, six characters or more"));
  add_secret (self, AGAIN, _ ("The same again"));
  if (self->is_first)
    return;
  jp_form_begin_group (self->form, _ ("Confirmed by the principal"), NULL);
  jp_person_rows_add (self->form, _ ("Principal"), _ ("PIN of the principal"));
  jp_person_rows_set_users (self->form, users);
}

/* Everything is known: the window can be filled. */
static void
present (JpUserWindow *self, GPtrArray *users)
{
  self->is_first = users->len == 0;
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

/**
 * jp_user_window_open:
 * @office: the office
 * @parent: the window it belongs to
 * @done: called when somebody was added
 * @whose: its user data; held weakly
 *
 * Shows the form that adds somebody who works at this PC.
 */
void
jp_user_window_open (JpOffice *office, GtkWindow *parent, JpUserWindowDone done, GObject *whose)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (done != NULL);

  JpUserWindow *self = g_object_new (JP_TYPE_USER_WINDOW, NULL);
  JpStoreCall   call = { .func = list_in_worker, .result_free = (GDestroyNotify)g_ptr_array_unref };

  self->office = g_object_ref (office);
  self->done = done;
  g_weak_ref_set (&self->whose, whose);
  self->form = JP_FORM (jp_form_new ());
  g_set_weak_pointer (&self->window, jp_form_window_new (parent, _ ("Add a Person"), self->form));
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  jp_store_read_async (jp_office_get_store (office), &call, self->cancellable, listed_cb,
                       g_object_ref (self));
}
