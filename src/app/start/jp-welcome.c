/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-welcome.h"

#include "jp-check-phone.h"
#include "jp-choice-row.h"
#include "jp-district.h"
#include "jp-entry-row.h"
#include "jp-form.h"

#include <glib/gi18n-lib.h>

#define BUSY_DELAY_MS 300
#define LICENCE_TYPES "C1,C2" /* what nearly every school teaches; the page School changes it */

struct _JpWelcome
{
  AdwApplicationWindow parent_instance;

  GtkStack            *stack;         /* template child */
  AdwBin              *form_bin;      /* template child */
  GtkButton           *create_button; /* template child */
  GtkWidget           *back;          /* template child */
  GtkLabel            *busy_label;    /* template child */
  AdwPasswordEntryRow *password;      /* template child */
  GtkLabel            *problem;       /* template child */
  AdwStatusPage       *error_page;    /* template child */
  GtkWidget           *restore;       /* template child */
  GtkWidget           *retry;         /* template child */

  JpStart             *start;        /* (borrowed): outlives the window */
  JpForm              *form;         /* (borrowed): child of form_bin */
  AdwPasswordEntryRow *new_password; /* (borrowed): child of form */
  guint                busy_id;      /* (source) 0 = none */
};

G_DEFINE_FINAL_TYPE (JpWelcome, jp_welcome, ADW_TYPE_APPLICATION_WINDOW)

static void
show_page (JpWelcome *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, strcmp (name, "first") == 0);
}

/* What takes less than a moment shows no spinner. */
static gboolean
show_busy_cb (gpointer user_data)
{
  JpWelcome *self = user_data;

  self->busy_id = 0;
  show_page (self, "busy");
  return G_SOURCE_REMOVE;
}

static void
end_work (JpWelcome *self, const char *page)
{
  g_clear_handle_id (&self->busy_id, g_source_remove);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  show_page (self, page);
}

static void
create_cb (JpWelcome *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->new_password));
  gboolean    short_password = jp_text_length (password) < JP_PROFILE_PASSWORD_MIN_CHARS;

  if (short_password)
    gtk_widget_add_css_class (GTK_WIDGET (self->new_password), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->new_password), "error");
  if (!jp_form_check (self->form) || short_password)
    return;

  g_autofree char *name = jp_form_dup_text (self->form, "name");
  g_autofree char *district = jp_form_dup_text (self->form, "district");
  g_autofree char *address = jp_form_dup_text (self->form, "address");
  g_autofree char *phone = jp_form_dup_text (self->form, "phone");
  JpSetupSchool    school = { name, NULL, district, address, phone, LICENCE_TYPES };

  jp_welcome_begin_work (self, _ ("Making the school…"));
  jp_start_create (self->start, password, &school);
}

static void
unlock_cb (JpWelcome *self)
{
  jp_welcome_begin_work (self, _ ("Opening the school…"));
  jp_start_unlock (self->start, gtk_editable_get_text (GTK_EDITABLE (self->password)));
}

static void
retry_cb (JpWelcome *self)
{
  show_page (self, "choose");
  jp_start_run (self->start);
}

static void
back_cb (JpWelcome *self)
{
  show_page (self, "choose");
}

static void
set_up_cb (JpWelcome *self)
{
  show_page (self, "first");
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

static void
demo_cb (JpWelcome *self)
{
  jp_welcome_begin_work (self, _ ("Making the demo school…"));
  jp_start_open_demo (self->start);
}

static char *
sentence_of (JpProblem problem)
{
  return problem == JP_PROBLEM_NONE ? NULL : jp_problem_dup_sentence (problem);
}

static char *
validate_phone (const char *text, gpointer user_data)
{
  return sentence_of (jp_check_phone (text));
}

static GtkWidget *
new_district_row (void)
{
  GtkWidget           *row = jp_choice_row_new (_ ("District"));
  guint                n_districts = 0;
  const JpDistrict    *districts = jp_district_list (&n_districts);
  g_autofree JpChoice *choices = g_new0 (JpChoice, n_districts);
  guint                n_choices = 0;

  for (guint i = 0; i < n_districts; i++)
    if (districts[i].successor == NULL)
      choices[n_choices++] = (JpChoice){ districts[i].code, districts[i].name };

  jp_choice_row_set_choices (JP_CHOICE_ROW (row), choices, n_choices);
  return row;
}

static void
add_row (JpWelcome *self, const char *id, GtkWidget *row, JpFormValidate validate)
{
  jp_form_add (self->form, id, JP_FORM_ROW (row), validate, NULL);
  jp_form_set_required (self->form, id, TRUE);
}

/* As little as possible: everything else can wait until somebody needs it. */
static void
build_form (JpWelcome *self)
{
  self->form = JP_FORM (jp_form_new ());
  jp_form_begin_group (self->form, _ ("Your School"),
                       _ ("Everything stays on this PC until you join the platform on the page "
                          "Sync."));
  add_row (self, "name", jp_entry_row_new (_ ("Name"), JP_ENTRY_TEXT), NULL);
  add_row (self, "district", new_district_row (), NULL);
  add_row (self, "address", jp_entry_row_new (_ ("Address"), JP_ENTRY_TEXT), NULL);
  add_row (self, "phone", jp_entry_row_new (_ ("Phone"), JP_ENTRY_TEXT), validate_phone);

  jp_form_begin_group (self->form, _ ("Password"),
                       _ ("At least 8 characters. It opens the data on another PC; without it "
                          "nobody can."));
  self->new_password = ADW_PASSWORD_ENTRY_ROW (adw_password_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->new_password), _ ("Password"));
  jp_form_add_plain_row (self->form, GTK_WIDGET (self->new_password));
  adw_bin_set_child (self->form_bin, GTK_WIDGET (self->form));
}

static void
jp_welcome_dispose (GObject *object)
{
  JpWelcome *self = JP_WELCOME (object);

  g_clear_handle_id (&self->busy_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_WELCOME);
  G_OBJECT_CLASS (jp_welcome_parent_class)->dispose (object);
}

static void
jp_welcome_class_init (JpWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_welcome_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/start/jp-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, stack);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, form_bin);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, create_button);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, password);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, problem);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, error_page);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, restore);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, retry);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, back);
  gtk_widget_class_bind_template_child (widget_class, JpWelcome, busy_label);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_up_cb);
}

static void
jp_welcome_init (JpWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_form (self);
}

/**
 * jp_welcome_new:
 * @application: the program
 * @start: what the window drives
 *
 * Returns: (transfer floating): a window that welcomes a new school
 */
JpWelcome *
jp_welcome_new (GtkApplication *application, JpStart *start)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (JP_IS_START (start), NULL);

  JpWelcome *self = g_object_new (JP_TYPE_WELCOME, "application", application, NULL);

  self->start = start;
  return self;
}

/**
 * jp_welcome_ask_password:
 * @self: a window
 * @problem: (nullable): why it is asked for again
 *
 * Asks for the password of the profile.
 */
void
jp_welcome_ask_password (JpWelcome *self, const char *problem)
{
  g_return_if_fail (JP_IS_WELCOME (self));

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  end_work (self, "password");
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

/* A damaged or lost file will not be better for another try; what is locked, too new, full or may
 * not be written is whole, and an older backup in its place would lose what came after it. */
static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT) ||
         g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_MISSING);
}

static void
suggest (GtkWidget *button, gboolean suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/**
 * jp_welcome_show_error:
 * @self: a window
 * @error: why the school could not be opened
 *
 * Says what it means and what to do, and suggests what helps.
 */
void
jp_welcome_show_error (JpWelcome *self, const GError *error)
{
  g_return_if_fail (JP_IS_WELCOME (self));
  g_return_if_fail (error != NULL);

  g_autofree char *sentence = jp_office_dup_error_sentence (error);
  gboolean         lost = is_lost (error);
  gboolean         disk = g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_IO);

  gtk_widget_set_visible (self->restore, lost || disk);
  suggest (self->restore, lost);
  suggest (self->retry, !lost);
  adw_status_page_set_description (self->error_page, sentence);
  end_work (self, "error");
}

/**
 * jp_welcome_get_page:
 * @self: a window
 *
 * Returns: (transfer none): name of what it shows: "choose", "first", "busy", "password", "error"
 */
const char *
jp_welcome_get_page (JpWelcome *self)
{
  g_return_val_if_fail (JP_IS_WELCOME (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * jp_welcome_get_sentence:
 * @self: a window
 *
 * Returns: (transfer none): why the school could not be opened, as it is shown
 */
const char *
jp_welcome_get_sentence (JpWelcome *self)
{
  g_return_val_if_fail (JP_IS_WELCOME (self), NULL);

  return g_strcmp0 (jp_welcome_get_page (self), "password") == 0
           ? gtk_label_get_label (self->problem)
           : adw_status_page_get_description (self->error_page);
}

/**
 * jp_welcome_show_form:
 * @self: a window
 *
 * Shows what is asked of a new school.
 */
void
jp_welcome_show_form (JpWelcome *self)
{
  g_return_if_fail (JP_IS_WELCOME (self));

  set_up_cb (self);
}

/**
 * jp_welcome_open_demo:
 * @self: a window
 *
 * Does what choosing the demo school does.
 */
void
jp_welcome_open_demo (JpWelcome *self)
{
  g_return_if_fail (JP_IS_WELCOME (self));

  demo_cb (self);
}

/**
 * jp_welcome_begin_work:
 * @self: a window
 * @sentence: what is going on
 *
 * Takes no input until something else is shown; says what is going on if it takes more than a
 * moment.
 */
void
jp_welcome_begin_work (JpWelcome *self, const char *sentence)
{
  g_return_if_fail (JP_IS_WELCOME (self));
  g_return_if_fail (sentence != NULL);

  gtk_label_set_label (self->busy_label, sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  g_clear_handle_id (&self->busy_id, g_source_remove);
  self->busy_id = g_timeout_add (BUSY_DELAY_MS, show_busy_cb, self);
}
