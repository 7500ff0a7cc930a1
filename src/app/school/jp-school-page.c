/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-school-page.h"

#include "jp-answer-box.h"
#include "jp-query.h"
#include "jp-record-detail.h"
#include "jp-record-form.h"
#include "jp-today-columns.h"

#include <glib/gi18n-lib.h>

#define GAP_PX      16
#define MAX_GROUNDS 200

struct _JpSchoolPage
{
  JpBoardPage parent_instance;

  GtkWidget *detail;  /* (borrowed) (nullable): the profile */
  GtkWidget *profile; /* (borrowed): bin around it */
  GtkWidget *answer;  /* (borrowed): what is missing */
  GtkWidget *grounds; /* (borrowed): group */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget): rows of the grounds, borrowed */

  JpRow     *row;     /* (owned): the school's line */
  GPtrArray *records; /* (owned) (nullable) (element-type JpRecord): the grounds */
};

G_DEFINE_FINAL_TYPE (JpSchoolPage, jp_school_page, JP_TYPE_BOARD_PAGE)

/* What a trainee who compares schools wants to know. */
static const JpFieldId public_fields[] = {
  JP_SCHOOL_LEVEL,     JP_SCHOOL_LICENCE_NO,   JP_SCHOOL_CONTACT,  JP_SCHOOL_LATITUDE,
  JP_SCHOOL_LONGITUDE, JP_SCHOOL_INTRODUCTION, JP_SCHOOL_SERVICES, JP_SCHOOL_ENVIRONMENT,
};

/**
 * jp_school_page_dup_missing:
 * @school: the school's record
 * @n_grounds: how many training grounds it has
 *
 * Returns: (transfer full) (nullable): what the public page still lacks, in a sentence; %NULL if
 * nothing
 */
char *
jp_school_page_dup_missing (JpRecord *school, guint n_grounds)
{
  g_return_val_if_fail (school != NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = n_grounds == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (public_fields); i++)
    if (!jp_record_has (school, public_fields[i]))
      {
        g_strv_builder_add (builder, jp_field_get_label (jp_field_get (public_fields[i])));
        any = TRUE;
      }
  if (n_grounds == 0)
    g_strv_builder_add (builder, jp_kind_get_label (JP_KIND_GROUND));

  g_auto (GStrv) names = g_strv_builder_end (builder);
  g_autofree char *joined = g_strjoinv (C_ ("between names", ", "), names);

  return any ? g_strdup_printf (_ ("The public page still lacks: %s."), joined) : NULL;
}

/* Showing. */

static void
show_missing (JpSchoolPage *self)
{
  JpRecord        *school = jp_row_get_record (self->row);
  g_autofree char *missing = school != NULL && self->records != NULL
                               ? jp_school_page_dup_missing (school, self->records->len)
                               : NULL;
  JpAnswerBox     *box = JP_ANSWER_BOX (self->answer);

  jp_answer_box_set_pill (box,
                          missing == NULL ? C_ ("profile", "Complete")
                                          : C_ ("profile", "Incomplete"),
                          missing == NULL ? JP_TINT_OK : JP_TINT_INFO);
  jp_answer_box_set_tint (box, missing == NULL ? JP_TINT_OK : JP_TINT_INFO);
  jp_answer_box_set_text (box, missing != NULL ? missing
                                               : _ ("Trainees who compare schools find all they "
                                                    "look for."));
}

static void
show_school (JpSchoolPage *self)
{
  JpRecord *school = jp_office_get_school (jp_board_page_get_office (JP_BOARD_PAGE (self)));

  if (school == NULL)
    return;
  jp_row_fill (self->row, school, NULL);
  jp_detail_set_row (JP_DETAIL (self->detail), self->row);
  show_missing (self);
  jp_page_header_set_subtitle (jp_board_page_get_header (JP_BOARD_PAGE (self)),
                               jp_record_get_title (school));
  jp_states_set_state (jp_board_page_get_states (JP_BOARD_PAGE (self)), JP_STATE_CONTENT);
  jp_page_commands_changed (JP_PAGE (self));
}

static void
ground_activated_cb (AdwActionRow *row, JpSchoolPage *self)
{
  guint index = 0;

  if (self->records != NULL && g_ptr_array_find (self->rows, row, &index))
    jp_record_form_edit (jp_board_page_get_office (JP_BOARD_PAGE (self)),
                         self->records->pdata[index]);
}

static void
add_ground (JpSchoolPage *self, JpRecord *ground)
{
  g_autofree char *address = jp_record_dup_display (ground, JP_GROUND_ADDRESS, TRUE);
  g_autofree char *area = jp_record_dup_display (ground, JP_GROUND_AREA, TRUE);
  g_autofree char *subtitle = NULL;
  GtkWidget       *row = adw_action_row_new ();

  /* Translators: address, then area. */
  subtitle = g_strdup_printf (C_ ("ground", "%1$s · %2$s"), address, area);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), jp_record_get_title (ground));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (ground_activated_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->grounds), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_grounds (JpSchoolPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->grounds), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->records->len; i++)
    add_ground (self, self->records->pdata[i]);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->grounds),
                                         self->records->len > 0
                                           ? NULL
                                           : _ ("Add the first field where the school trains."));
  show_missing (self);
}

/* Reading. */

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_query_fetch_all (vault, data, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSchoolPage) self = user_data;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&records, &error))
    {
      jp_board_page_show_error (JP_BOARD_PAGE (self), _ ("The list could not be read"), error);
      return;
    }
  if (jp_board_page_is_gone (JP_BOARD_PAGE (self)))
    return;
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = g_steal_pointer (&records);
  show_grounds (self);
  show_school (self);
}

static void
refresh (JpBoardPage *page)
{
  JpQuery    *query = jp_query_new (JP_KIND_GROUND);
  JpStoreCall call = { read_call, query, (GDestroyNotify)jp_query_free,
                       (GDestroyNotify)g_ptr_array_unref, 0 };

  jp_query_set_order (query, JP_GROUND_NAME, FALSE);
  jp_query_set_limit (query, MAX_GROUNDS);
  jp_board_page_read (page, &call, read_cb);
}

static void
store_changed_cb (JpStore *store, guint64 kinds, JpBoardPage *page)
{
  if (kinds & jp_store_kind_bit (JP_KIND_GROUND))
    jp_board_page_refresh (page);
}

/* The window's commands. */

static JpCommands
get_commands (JpBoardPage *page)
{
  return jp_office_get_school (jp_board_page_get_office (page)) != NULL
           ? JP_COMMAND_NEW | JP_COMMAND_EDIT
           : JP_COMMAND_NEW;
}

static void
perform (JpBoardPage *page, JpCommands command)
{
  JpOffice *office = jp_board_page_get_office (page);

  if (command == JP_COMMAND_NEW)
    jp_record_form_new_record (office, JP_KIND_GROUND);
  else if (command == JP_COMMAND_EDIT)
    jp_record_form_edit (office, jp_office_get_school (office));
}

/* Class. */

static void
jp_school_page_dispose (GObject *object)
{
  JpSchoolPage *self = JP_SCHOOL_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (jp_school_page_parent_class)->dispose (object);
}

static GtkWidget *
new_side (JpSchoolPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  GtkWidget *add = gtk_button_new_with_label (C_ ("button", "New Ground"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.new");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  self->answer = jp_answer_box_new (_ ("Is the public page complete?"));
  self->grounds = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->grounds),
                                   jp_kind_get_plural (JP_KIND_GROUND));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->grounds), add);
  gtk_box_append (GTK_BOX (side), self->answer);
  gtk_box_append (GTK_BOX (side), self->grounds);
  gtk_widget_set_valign (side, GTK_ALIGN_START);
  return side;
}

static void
jp_school_page_constructed (GObject *object)
{
  JpSchoolPage *self = JP_SCHOOL_PAGE (object);
  JpBoardPage  *page = JP_BOARD_PAGE (object);
  JpOffice     *office = jp_board_page_get_office (page);

  G_OBJECT_CLASS (jp_school_page_parent_class)->constructed (object);
  self->detail = jp_record_detail_new (office);
  adw_bin_set_child (ADW_BIN (self->profile), self->detail);
  g_signal_connect_object (office, "school-changed", G_CALLBACK (show_school), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, 0);
  jp_board_page_refresh (page);
}

static void
jp_school_page_class_init (JpSchoolPageClass *klass)
{
  JpBoardPageClass *page_class = JP_BOARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jp_school_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = jp_school_page_dispose;
  page_class->refresh = refresh;
  page_class->get_commands = get_commands;
  page_class->perform = perform;
}

static void
jp_school_page_init (JpSchoolPage *self)
{
  GtkWidget *edit = gtk_button_new_with_label (C_ ("button", "Edit"));
  GtkWidget *columns = NULL;

  self->rows = g_ptr_array_new ();
  self->row = jp_row_new (1);
  self->profile = adw_bin_new ();
  columns = jp_today_columns_new (self->profile, new_side (self));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "win.edit");
  jp_page_header_pack_start (jp_board_page_get_header (JP_BOARD_PAGE (self)), edit);
  gtk_widget_add_css_class (columns, "today");
  gtk_widget_set_valign (self->profile, GTK_ALIGN_START);
  jp_board_page_set_title (JP_BOARD_PAGE (self), C_ ("place", "School Profile"));
  jp_board_page_set_content (JP_BOARD_PAGE (self), columns);
}

/**
 * jp_school_page_new:
 * @office: the office
 *
 * Returns: (transfer floating): the page; it follows the store
 */
GtkWidget *
jp_school_page_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  return g_object_new (JP_TYPE_SCHOOL_PAGE, "office", office, NULL);
}

/**
 * jp_school_page_get_n_grounds:
 * @self: the page
 *
 * Returns: how many training grounds are listed
 */
guint
jp_school_page_get_n_grounds (JpSchoolPage *self)
{
  g_return_val_if_fail (JP_IS_SCHOOL_PAGE (self), 0);

  return self->rows->len;
}
