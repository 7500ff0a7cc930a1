/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finance-page.h"

#include <glib/gi18n-lib.h>

#define REFRESH_DELAY_MS 800 /* the whole school is read: once for all that one sync brings */

struct _JpFinancePage
{
  JpBoardPage parent_instance;

  GtkWidget *board;    /* (borrowed): the content */
  gboolean   is_stale; /* something changed while the page was out of sight */
};

G_DEFINE_FINAL_TYPE (JpFinancePage, jp_finance_page, JP_TYPE_BOARD_PAGE)

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
  jp_states_set_state (jp_board_page_get_states (JP_BOARD_PAGE (self)),
                       has_money ? JP_STATE_CONTENT : JP_STATE_EMPTY);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpFinancePage) self = user_data;
  g_autoptr (Finance) finance = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&finance, &error))
    jp_board_page_show_error (JP_BOARD_PAGE (self), _ ("The amounts could not be read"), error);
  else if (!jp_board_page_is_gone (JP_BOARD_PAGE (self)))
    show_finance (self, finance);
}

static void
refresh (JpBoardPage *page)
{
  JpStoreCall call = { read_call, NULL, NULL, (GDestroyNotify)finance_free, 0 };

  JP_FINANCE_PAGE (page)->is_stale = FALSE;
  jp_board_page_read (page, &call, read_cb);
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
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    jp_board_page_refresh_later (JP_BOARD_PAGE (self), REFRESH_DELAY_MS);
}

static void
mapped_cb (JpFinancePage *self)
{
  if (self->is_stale)
    jp_board_page_refresh (JP_BOARD_PAGE (self));
}

/* Class. */

static void
jp_finance_page_constructed (GObject *object)
{
  JpFinancePage *self = JP_FINANCE_PAGE (object);
  JpBoardPage   *page = JP_BOARD_PAGE (object);
  JpOffice      *office = jp_board_page_get_office (page);

  G_OBJECT_CLASS (jp_finance_page_parent_class)->constructed (object);
  self->board = jp_finance_board_new (office);
  gtk_widget_add_css_class (self->board, "today");
  jp_board_page_set_title (page, C_ ("place", "Finance"));
  jp_board_page_set_content (page, self->board);
  jp_states_set_empty_text (jp_board_page_get_states (page), "jp-statement-symbolic",
                            _ ("No money yet"),
                            _ ("As soon as a contract is paid into custody, its money is here."));
  g_signal_connect_object (jp_office_get_store (office), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  jp_board_page_refresh (page);
}

static void
jp_finance_page_class_init (JpFinancePageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = jp_finance_page_constructed;
  JP_BOARD_PAGE_CLASS (klass)->refresh = refresh;
}

static void
jp_finance_page_init (JpFinancePage *self)
{
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

  return g_object_new (JP_TYPE_FINANCE_PAGE, "office", office, NULL);
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
