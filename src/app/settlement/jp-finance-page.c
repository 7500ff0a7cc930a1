/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finance-page.h"

#include "jp-page-header.h"
#include "jp-page.h"

#include <glib/gi18n-lib.h>

#define REFRESH_DELAY_MS 800 /* the whole school is read: once for all that one sync brings */

struct _JpFinancePage
{
  GtkWidget parent_instance;

  GtkWidget *box;    /* child */
  GtkWidget *states; /* (borrowed): in the box */
  GtkWidget *board;  /* (borrowed): in the states */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  guint         refresh_id;  /* (source) 0 = none */
  gboolean      is_stale;    /* something changed while the page was out of sight */
};

static void jp_finance_page_page_init (JpPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpFinancePage,
                               jp_finance_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, jp_finance_page_page_init))

/* What the amounts follow from. */
static const JpKind kinds[] = {
  JP_KIND_CONTRACT,    JP_KIND_PAYMENT, JP_KIND_STATEMENT_LINE,   JP_KIND_STAGE_RECORD,
  JP_KIND_EXAM_RESULT, JP_KIND_REFUND,  JP_KIND_TRAINING_SESSION, JP_KIND_CLASS_TIER,
};

/* Reading. */

typedef struct
{
  JpFinanceOverview *overview; /* (owned) */
  JpFinanceOutlook  *outlook;  /* (owned) (nullable) */
} Finance;

static void
finance_free (Finance *self)
{
  jp_finance_repo_free_overview (self->overview);
  jp_finance_repo_free_outlook (self->outlook);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Finance, finance_free)

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (Finance) finance = g_new0 (Finance, 1);

  finance->overview = jp_finance_repo_read_overview (vault, error);
  if (finance->overview == NULL)
    return NULL;

  finance->outlook = jp_finance_repo_read_outlook (vault, JP_FINANCE_WEEKS, error);
  return finance->outlook != NULL ? g_steal_pointer (&finance) : NULL;
}

static void
show_finance (JpFinancePage *self, Finance *finance)
{
  gboolean has_money = finance->overview->months->len > 0 || finance->outlook->items->len > 0;

  jp_finance_board_show (JP_FINANCE_BOARD (self->board), finance->overview,
                         g_steal_pointer (&finance->outlook));
  jp_states_set_state (JP_STATES (self->states), has_money ? JP_STATE_CONTENT : JP_STATE_EMPTY);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpFinancePage) self = user_data;
  g_autoptr (Finance) finance = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&finance, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;

  if (finance != NULL)
    {
      show_finance (self, finance);
      return;
    }
  sentence = jp_office_dup_error_sentence (error);
  jp_states_set_error_text (JP_STATES (self->states), _ ("The amounts could not be read"),
                            sentence);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_ERROR);
}

static void
refresh (JpFinancePage *self)
{
  JpStoreCall call = { read_call, NULL, NULL, (GDestroyNotify)finance_free, 0 };

  self->is_stale = FALSE;
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
refresh_cb (gpointer user_data)
{
  JpFinancePage *self = user_data;

  self->refresh_id = 0;
  refresh (self);
}

static void
store_changed_cb (JpFinancePage *self, guint64 changed)
{
  gboolean is_concerned = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    is_concerned = is_concerned || (changed & jp_store_kind_bit (kinds[i])) != 0;
  if (!is_concerned)
    return;

  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->refresh_id == 0)
    self->refresh_id = g_timeout_add_once (REFRESH_DELAY_MS, refresh_cb, self);
}

static void
mapped_cb (JpFinancePage *self)
{
  if (self->is_stale)
    refresh (self);
}

static void
retry_cb (JpFinancePage *self)
{
  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  refresh (self);
}

/* The window's commands. */

static char *
dup_title (JpPage *page)
{
  return g_strdup (C_ ("place", "Finance"));
}

static void
jp_finance_page_page_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
}

/* Class. */

static void
jp_finance_page_dispose (GObject *object)
{
  JpFinancePage *self = JP_FINANCE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_finance_page_parent_class)->dispose (object);
}

static void
jp_finance_page_finalize (GObject *object)
{
  g_clear_object (&JP_FINANCE_PAGE (object)->cancellable);
  G_OBJECT_CLASS (jp_finance_page_parent_class)->finalize (object);
}

static void
jp_finance_page_class_init (JpFinancePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_finance_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_finance_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_finance_page_init (JpFinancePage *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
build (JpFinancePage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *header = jp_page_header_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->states = jp_states_new ();
  self->board = jp_finance_board_new (self->office);
  gtk_widget_add_css_class (self->board, "today");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->board);
  jp_page_header_set_title (JP_PAGE_HEADER (header), C_ ("place", "Finance"));
  jp_states_set_content (JP_STATES (self->states), scroller);
  jp_states_set_empty_text (JP_STATES (self->states), "jp-statement-symbolic", _ ("No money yet"),
                            _ ("As soon as a contract is paid into custody, its money is here."));
  gtk_widget_set_vexpand (self->states, TRUE);
  gtk_box_append (GTK_BOX (self->box), header);
  gtk_box_append (GTK_BOX (self->box), self->states);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * jp_finance_page_new:
 * @office: the office
 *
 * Returns: (transfer floating): the page; it reads by itself and follows the store while it is
 *   visible
 */
GtkWidget *
jp_finance_page_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpFinancePage *self = g_object_new (JP_TYPE_FINANCE_PAGE, NULL);

  self->office = g_object_ref (office);
  build (self);
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  jp_states_set_state (JP_STATES (self->states), JP_STATE_LOADING);
  refresh (self);
  return GTK_WIDGET (self);
}

static GtkWidget *
create_page (gpointer user_data)
{
  return jp_finance_page_new (user_data);
}

/**
 * jp_finance_page_register:
 * @registry: the pages of the window
 * @office: the office
 *
 * Makes the page known.
 */
void
jp_finance_page_register (JpPageRegistry *registry, JpOffice *office)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));

  jp_page_registry_add (registry, "finance", create_page, g_object_ref (office), g_object_unref);
}

/**
 * jp_finance_page_get_states:
 * @self: the page
 *
 * Returns: (transfer none): which of the four states it is in
 */
JpStates *
jp_finance_page_get_states (JpFinancePage *self)
{
  g_return_val_if_fail (JP_IS_FINANCE_PAGE (self), NULL);

  return JP_STATES (self->states);
}

/**
 * jp_finance_page_get_board:
 * @self: the page
 *
 * Returns: (transfer none): its figures, work-list and charts
 */
JpFinanceBoard *
jp_finance_page_get_board (JpFinancePage *self)
{
  g_return_val_if_fail (JP_IS_FINANCE_PAGE (self), NULL);

  return JP_FINANCE_BOARD (self->board);
}
