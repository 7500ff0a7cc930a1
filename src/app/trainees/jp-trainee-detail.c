/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-trainee-detail.h"

#include "jp-answer-box.h"
#include "jp-attachment-files.h"
#include "jp-attachments.h"
#include "jp-codes.h"
#include "jp-contract-window.h"
#include "jp-detail-parts.h"
#include "jp-meter.h"
#include "jp-money-bar.h"
#include "jp-pill.h"
#include "jp-record-history.h"
#include "jp-reveal.h"
#include "jp-trainee-contract.h"
#include "jp-trainee-events.h"
#include "jp-trainee-facts.h"
#include "jp-withdraw-window.h"

#include <glib/gi18n-lib.h>

struct _JpTraineeDetail
{
  GtkWidget parent_instance;

  GtkWidget *column; /* child */
  GtkWidget *head;   /* child of column: name and pills */
  GtkWidget *facts;  /* child of column: what has to be read */
  GtkWidget *papers; /* child of column: what is attached */
  GtkWidget *button; /* (owned): for the head of the pane */

  JpOffice     *office;      /* (owned) */
  JpRow        *row;         /* (owned) (nullable) */
  JpReveal     *reveal;      /* (owned) */
  JpId          papers_of;   /* whose papers are shown */
  GCancellable *cancellable; /* (owned) (nullable): of the running read */
};

static void jp_trainee_detail_detail_init (JpDetailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpTraineeDetail,
                               jp_trainee_detail,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_DETAIL,
                                                      jp_trainee_detail_detail_init))

/* Who it is. */

static char *
dup_subtitle (JpTraineeDetail *self, JpRecord *record)
{
  gboolean         reveal = jp_reveal_is_on (self->reveal);
  g_autofree char *number = jp_record_dup_display (record, JP_TRAINEE_ID_NUMBER, reveal);
  g_autofree char *phone = jp_record_dup_display (record, JP_TRAINEE_PHONE, reveal);
  g_autofree char *sex = jp_record_dup_display (record, JP_TRAINEE_SEX, TRUE);
  JpDate           born = jp_record_get_date (record, JP_TRAINEE_BIRTH_DATE);
  int age = jp_date_years_between (born, jp_store_today (jp_office_get_store (self->office)));

  if (born == JP_DATE_NONE)
    return g_strdup_printf ("%s\n%s · %s", number, sex, phone);
  /* Translators: ID number; below: sex, age, phone number. */
  return g_strdup_printf (_ ("%s\n%s · %d years · %s"), number, sex, age, phone);
}

static GtkWidget *
new_pills (JpRow *row)
{
  JpRecord   *record = jp_row_get_record (row);
  GtkWidget  *pills = jp_detail_parts_new_pills (row);
  const char *type = jp_record_get_text (record, JP_TRAINEE_LICENCE_TYPE);
  const char *tier = jp_row_get_ref_title (row, JP_TRAINEE_CLASS_TIER);

  if (pills == NULL)
    return NULL;
  if (*tier != '\0')
    gtk_box_prepend (GTK_BOX (pills), jp_pill_new (tier, JP_TINT_MUTE));
  if (type != NULL)
    gtk_box_prepend (GTK_BOX (pills), jp_pill_new (type, JP_TINT_MUTE));
  return pills;
}

static void
rebuild_head (JpTraineeDetail *self)
{
  JpRecord        *record = self->row != NULL ? jp_row_get_record (self->row) : NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget       *head = NULL;

  jp_detail_parts_clear (self->head);
  if (record == NULL)
    return;

  subtitle = dup_subtitle (self, record);
  head = jp_detail_parts_new_head (jp_record_get_title (record), subtitle, TRUE);
  jp_detail_parts_add (self->head, head);
  jp_attachment_files_load_photo (self->office, jp_record_get_id (record),
                                  ADW_AVATAR (gtk_widget_get_first_child (head)));
  jp_detail_parts_add (self->head, new_pills (self->row));
}

/* Where they are. */

static void
add_hours (JpTraineeDetail *self, const JpProgress *progress)
{
  JpClock         *clock = jp_store_get_clock (jp_office_get_store (self->office));
  g_autofree char *sentence = jp_progress_dup_sentence (progress, jp_clock_now_us (clock));
  GtkWidget       *answer = jp_answer_box_new (_ ("Where am I?"));

  jp_answer_box_set_text (JP_ANSWER_BOX (answer), sentence);
  jp_detail_parts_add (self->facts, answer);

  for (int part = 1; part <= JP_PROGRESS_N_PARTS; part++)
    {
      const JpProgressPart *one = &progress->parts[part];
      GtkWidget            *meter = jp_meter_new (jp_progress_get_part_label (part));
      g_autofree char      *valid = jp_minutes_format_hours (one->valid_minutes);
      g_autofree char      *text = NULL;

      if (one->required_minutes > 0)
        text = g_strdup_printf ("%s / %" G_GINT64_FORMAT, valid, one->required_minutes / 60);
      else
        text = g_strdup (valid);
      jp_meter_set (JP_METER (meter), one->valid_minutes, MAX (one->required_minutes, 0), text);
      jp_detail_parts_add (self->facts, meter);
    }
}

/* What the trainee asks at the counter leads on from here. */
typedef struct
{
  JpTraineeDetail *self; /* (borrowed): an ancestor of the button */
  JpId             contract;
} MoneyButton;

static void
free_money_button (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
simulate_cb (GtkButton *widget, gpointer user_data)
{
  const MoneyButton *button = user_data;

  jp_withdraw_window_open (button->self->office, &button->contract);
}

static void
show_money_cb (GtkButton *widget, gpointer user_data)
{
  const MoneyButton *button = user_data;

  jp_contract_window_open (button->self->office, &button->contract);
}

static void
append_button (JpTraineeDetail *self,
               GtkWidget       *row,
               const char      *label,
               GCallback        clicked,
               const JpId      *contract)
{
  GtkWidget   *widget = gtk_button_new_with_label (label);
  MoneyButton *button = g_new0 (MoneyButton, 1);

  button->self = self;
  button->contract = *contract;
  gtk_widget_set_hexpand (widget, TRUE);
  g_signal_connect_data (widget, "clicked", clicked, button, free_money_button, 0);
  gtk_box_append (GTK_BOX (row), widget);
}

static void
add_money_buttons (JpTraineeDetail *self, JpRecord *contract)
{
  const JpId *id = jp_record_get_id (contract);
  GtkWidget  *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  if (jp_record_get_code (contract, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_PAID)
    append_button (self, row, _ ("What Would Come Back?…"), G_CALLBACK (simulate_cb), id);
  append_button (self, row, _ ("Text, Money and Ledger…"), G_CALLBACK (show_money_cb), id);
  jp_detail_parts_add (self->facts, row);
}

static void
add_money (JpTraineeDetail *self, JpRecord *contract)
{
  if (contract == NULL)
    {
      jp_detail_parts_add (self->facts, jp_detail_parts_new_heading (_ ("Fee"), NULL));
      jp_detail_parts_add (self->facts,
                           jp_detail_parts_new_note (_ ("No contract has been drafted yet.")));
      return;
    }

  gint64           paid = jp_record_get_integer (contract, JP_CONTRACT_PAID);
  gint64           released = jp_record_get_integer (contract, JP_CONTRACT_RELEASED);
  gint64           refunded = jp_record_get_integer (contract, JP_CONTRACT_REFUNDED);
  g_autofree char *price = jp_money_format (jp_record_get_integer (contract, JP_CONTRACT_PRICE));
  g_autofree char *heading = g_strdup_printf (_ ("Fee %s"), price);
  GtkWidget       *bar = jp_money_bar_new ();
  JpMoneyPart      parts[] = {
         { _ ("Released to the school"), released, JP_TINT_OK, TRUE },
         { _ ("In the custody account"), paid - released - refunded, JP_TINT_INFO, TRUE },
         { _ ("Refunded"), refunded, JP_TINT_MUTE, TRUE },
  };

  jp_detail_parts_add (self->facts,
                       jp_detail_parts_new_heading (heading, _ ("one fee to the end")));
  jp_money_bar_set_parts (JP_MONEY_BAR (bar), parts, refunded > 0 ? 3 : 2);
  jp_detail_parts_add (self->facts, bar);
  add_money_buttons (self, contract);
}

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTraineeDetail) self = user_data;
  g_autoptr (JpTraineeFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&facts, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->column == NULL)
    return;

  g_clear_object (&self->cancellable);
  jp_detail_parts_clear (self->facts);
  if (error != NULL)
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      jp_detail_parts_add (self->facts, jp_detail_parts_new_note (sentence));
      return;
    }

  add_hours (self, facts->progress);
  add_money (self, facts->contract);
  jp_detail_parts_add (self->facts, jp_trainee_events_new (facts));
  jp_detail_parts_add (self->facts, jp_reveal_new_button (self->reveal));
  jp_detail_parts_add (self->facts,
                       jp_record_history_new (self->office, jp_row_get_record (self->row)));
}

static gpointer
read_facts_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_trainee_facts_read (vault, data, error);
}

/* The answer to an earlier question must not reach the pane of another row, or of none. */
static void
forget_question (JpTraineeDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_facts (JpTraineeDetail *self)
{
  JpRecord   *record = jp_row_get_record (self->row);
  JpStoreCall call = { read_facts_call, jp_id_copy (jp_record_get_id (record)), g_free,
                       (GDestroyNotify)jp_trainee_facts_free, 0 };

  forget_question (self);
  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, facts_read_cb,
                       g_object_ref (self));
}

/* They stay while the trainee stays: whoever works in them is not thrown out by a sync. */
static void
show_papers (JpTraineeDetail *self)
{
  JpRecord   *record = self->row != NULL ? jp_row_get_record (self->row) : NULL;
  const JpId *id = record != NULL ? jp_record_get_id (record) : &JP_ID_NONE;

  if (jp_id_equal (id, &self->papers_of))
    return;
  self->papers_of = *id;
  jp_detail_parts_clear (self->papers);
  if (record != NULL)
    jp_detail_parts_add (self->papers, jp_attachments_new (self->office, record));
}

static void
changed_cb (JpStore *store, guint64 kinds, JpTraineeDetail *self)
{
  if (kinds == jp_store_kind_bit (JP_KIND_ATTACHMENT) && self->column != NULL)
    rebuild_head (self);
}

static void
set_row (JpDetail *detail, JpRow *row)
{
  JpTraineeDetail *self = JP_TRAINEE_DETAIL (detail);
  gboolean         other = row != self->row;

  if (other)
    {
      forget_question (self);
      jp_reveal_set_record (self->reveal, row != NULL ? jp_row_get_record (row) : NULL);
      jp_detail_parts_clear (self->facts);
    }
  g_set_object (&self->row, row);
  rebuild_head (self);
  show_papers (self);
  if (row != NULL && jp_row_get_record (row) != NULL)
    {
      jp_reveal_set_record (self->reveal, jp_row_get_record (row));
      read_facts (self);
    }
}

static GtkWidget *
get_button (JpDetail *detail)
{
  return JP_TRAINEE_DETAIL (detail)->button;
}

static void
jp_trainee_detail_detail_init (JpDetailInterface *iface)
{
  iface->set_row = set_row;
  iface->get_button = get_button;
}

static void
draft_cb (JpTraineeDetail *self)
{
  if (self->row != NULL && jp_row_get_record (self->row) != NULL)
    jp_trainee_contract_open (self->office, jp_row_get_record (self->row));
}

static void
jp_trainee_detail_dispose (GObject *object)
{
  JpTraineeDetail *self = JP_TRAINEE_DETAIL (object);

  forget_question (self);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->button);
  g_clear_object (&self->row);
  g_clear_object (&self->reveal);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_trainee_detail_parent_class)->dispose (object);
}

static void
jp_trainee_detail_class_init (JpTraineeDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_trainee_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_trainee_detail_init (JpTraineeDetail *self)
{
  self->column = jp_detail_parts_new_column ();
  self->head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  jp_detail_parts_add (self->column, self->head);
  self->papers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  jp_detail_parts_add (self->column, self->facts);
  jp_detail_parts_add (self->column, self->papers);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));

  self->button = g_object_ref_sink (gtk_button_new_with_label (_ ("Contract")));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (draft_cb), self);
}

/**
 * jp_trainee_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a trainee
 */
GtkWidget *
jp_trainee_detail_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpTraineeDetail *self = g_object_new (JP_TYPE_TRAINEE_DETAIL, NULL);

  self->office = g_object_ref (office);
  self->reveal = jp_reveal_new (office);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (changed_cb), self,
                           0);
  g_signal_connect_object (self->reveal, "changed", G_CALLBACK (rebuild_head), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
