/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-window.h"

#include "jp-card.h"
#include "jp-contract-money-view.h"
#include "jp-detail-parts.h"
#include "jp-policy-words.h"
#include "jp-states.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX  1120
#define HEIGHT_PX 690
#define MARGIN_PX 18
#define GAP_PX    12
#define WORD_GAP  4

struct _JpContractWindow
{
  AdwWindow parent_instance;

  GtkWidget *states; /* (borrowed): in the window */
  GtkWidget *stack;  /* (borrowed): in the states */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  JpId          contract;
};

G_DEFINE_FINAL_TYPE (JpContractWindow, jp_contract_window, ADW_TYPE_WINDOW)

/* --- plain words beside the text --- */

static void
add_word (GtkWidget *column, const JpPolicyWord *word)
{
  GtkWidget *sentence = jp_card_new_label (word->sentence, "body");

  gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
  gtk_label_set_selectable (GTK_LABEL (sentence), TRUE);
  gtk_widget_set_can_focus (sentence, FALSE);
  gtk_widget_set_margin_top (sentence, WORD_GAP);
  gtk_box_append (GTK_BOX (column), sentence);
  if (word->clause != NULL)
    {
      GtkWidget *clause = jp_card_new_label (word->clause, "dim-label");

      gtk_widget_add_css_class (clause, "caption");
      gtk_label_set_wrap (GTK_LABEL (clause), TRUE);
      gtk_box_append (GTK_BOX (column), clause);
    }
}

static GtkWidget *
new_words (const JpContractMoney *money)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  int        section = -1;

  gtk_box_append (GTK_BOX (column),
                  jp_detail_parts_new_heading (C_ ("words", "In plain words"),
                                               C_ ("words", "the text beside it decides")));
  if (money->words == NULL)
    gtk_box_append (GTK_BOX (column),
                    jp_detail_parts_new_note (_ ("The rules of this contract are not known here "
                                                 "yet. Sync, then look again.")));
  for (guint i = 0; money->words != NULL && i < money->words->len; i++)
    {
      const JpPolicyWord *word = money->words->pdata[i];

      if ((int)word->section != section)
        gtk_box_append (GTK_BOX (column),
                        jp_detail_parts_new_heading (jp_policy_words_get_heading (word->section),
                                                     NULL));
      section = (int)word->section;
      add_word (column, word);
    }
  if (money->note != NULL)
    gtk_box_append (GTK_BOX (column), jp_detail_parts_new_note (money->note));
  return column;
}

static GtkWidget *
new_text (const JpContractMoney *money)
{
  GtkWidget  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  const char *text = jp_record_get_text (money->contract, JP_CONTRACT_TEXT);
  const char *digest = jp_record_get_text (money->contract, JP_CONTRACT_TEXT_DIGEST);
  GtkWidget  *label = jp_card_new_label (text != NULL ? text : "", "body");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (column),
                  jp_detail_parts_new_heading (_ ("The text of the contract"), NULL));
  gtk_box_append (GTK_BOX (column), label);
  if (digest != NULL)
    {
      g_autofree char *sha = g_strdup_printf ("SHA-256 %s", digest);
      GtkWidget       *foot = jp_detail_parts_new_note (sha);

      gtk_label_set_wrap_mode (GTK_LABEL (foot), PANGO_WRAP_CHAR);
      gtk_box_append (GTK_BOX (column), foot);
    }
  return column;
}

/* Keys scroll it: it takes the focus itself. */
static GtkWidget *
new_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_margin_start (child, MARGIN_PX);
  gtk_widget_set_margin_end (child, MARGIN_PX);
  gtk_widget_set_margin_top (child, GAP_PX);
  gtk_widget_set_margin_bottom (child, MARGIN_PX);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_focusable (scroller, TRUE);
  gtk_widget_set_hexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
new_reading (const JpContractMoney *money)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (both), TRUE);
  gtk_box_append (GTK_BOX (both), new_scroller (new_words (money)));
  gtk_box_append (GTK_BOX (both), new_scroller (new_text (money)));
  return both;
}

/* --- reading --- */

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  return jp_contract_money_read (vault, data, error);
}

static void
show_money (JpContractWindow *self, const JpContractMoney *money)
{
  gtk_stack_add_titled (GTK_STACK (self->stack), new_reading (money), JP_CONTRACT_WINDOW_WORDS,
                        C_ ("contract", "Plain Words and Text"));
  gtk_stack_add_titled (GTK_STACK (self->stack), new_scroller (jp_contract_money_view_new (money)),
                        JP_CONTRACT_WINDOW_MONEY, C_ ("contract", "Money and Ledger"));
  gtk_window_set_title (GTK_WINDOW (self),
                        jp_record_get_text (money->contract, JP_CONTRACT_NUMBER));
  jp_states_set_state (JP_STATES (self->states), JP_STATE_CONTENT);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpContractWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpContractMoney) money = NULL;
  g_autofree char *sentence = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&money, &error);
  if (self->office == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (money != NULL)
    {
      show_money (self, money);
      return;
    }
  sentence = jp_office_dup_error_sentence (error);
  jp_states_set_error_text (JP_STATES (self->states), _ ("The contract could not be read"),
                            sentence);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_ERROR);
}

static void
read_money (JpContractWindow *self)
{
  JpStoreCall call = { .func = read_in_worker,
                       .data = jp_id_copy (&self->contract),
                       .data_free = g_free,
                       .result_free = (GDestroyNotify)jp_contract_money_free };

  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

/* --- class --- */

static void
jp_contract_window_dispose (GObject *object)
{
  JpContractWindow *self = JP_CONTRACT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_contract_window_parent_class)->dispose (object);
}

static void
jp_contract_window_finalize (GObject *object)
{
  g_clear_object (&JP_CONTRACT_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (jp_contract_window_parent_class)->finalize (object);
}

static void
jp_contract_window_class_init (JpContractWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_contract_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_contract_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
jp_contract_window_init (JpContractWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->cancellable = g_cancellable_new ();
  self->states = jp_states_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->stack));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  jp_states_set_content (JP_STATES (self->states), self->stack);
  gtk_widget_set_vexpand (self->states, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->states);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (read_money), self, G_CONNECT_SWAPPED);
}

/**
 * jp_contract_window_open:
 * @office: the office, with its window
 * @contract: a contract
 *
 * Shows the contract to be read: plain words, text, money and ledger.
 */
void
jp_contract_window_open (JpOffice *office, const JpId *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  JpContractWindow *self =
    g_object_new (JP_TYPE_CONTRACT_WINDOW, "transient-for", jp_office_get_window (office), "modal",
                  TRUE, "default-width", WIDTH_PX, "default-height", HEIGHT_PX, "title",
                  _ ("Contract"), NULL);

  self->office = g_object_ref (office);
  self->contract = *contract;
  read_money (self);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * jp_contract_window_show_page:
 * @self: the window
 * @page: %JP_CONTRACT_WINDOW_WORDS or %JP_CONTRACT_WINDOW_MONEY
 *
 * Turns to the page.
 */
void
jp_contract_window_show_page (JpContractWindow *self, const char *page)
{
  g_return_if_fail (JP_IS_CONTRACT_WINDOW (self));
  g_return_if_fail (page != NULL);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

/**
 * jp_contract_window_is_ready:
 * @self: the window
 *
 * Returns: whether the contract has been read
 */
gboolean
jp_contract_window_is_ready (JpContractWindow *self)
{
  g_return_val_if_fail (JP_IS_CONTRACT_WINDOW (self), FALSE);

  return jp_states_get_state (JP_STATES (self->states)) == JP_STATE_CONTENT;
}
