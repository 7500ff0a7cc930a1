/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-money-view.h"

#include "jp-bar-chart.h"
#include "jp-card.h"
#include "jp-figure-row.h"
#include "jp-money.h"
#include "jp-pill.h"

#include <glib/gi18n-lib.h>

#define GAP_PX          12
#define ROW_GAP_PX      6
#define COLUMN_GAP_PX   18
#define CHART_HEIGHT_PX 170
#define MAX_DAYS        24  /* more bars than this become months */
#define MAX_ROWS        500 /* of a table; the terminal program lists all */

/* --- tables --- */

static GtkWidget *
new_table (void)
{
  GtkWidget *table = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (table), ROW_GAP_PX);
  gtk_grid_set_column_spacing (GTK_GRID (table), COLUMN_GAP_PX);
  return table;
}

static void
put (GtkWidget *table, int column, int row, const char *text, gboolean is_number)
{
  GtkWidget *label = jp_card_new_label (text, row == 0 ? "dim-label" : "numeric");

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), !is_number && row > 0);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (table), label, column, row, 1, 1);
}

static void
put_money (GtkWidget *table, int column, int row, gint64 amount_fen)
{
  g_autofree char *text = jp_money_format (amount_fen);

  put (table, column, row, text, TRUE);
}

static void
put_pill (GtkWidget *table, int column, int row, const char *text, JpTint tint)
{
  GtkWidget *pill = jp_pill_new (text, tint);

  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_set_valign (pill, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (table), pill, column, row, 1, 1);
}

static const JpTint tints[JP_MONEY_N_KINDS] = {
  [JP_MONEY_PAID] = JP_TINT_INFO,     [JP_MONEY_RELEASED] = JP_TINT_OK,
  [JP_MONEY_REFUNDED] = JP_TINT_BAD,  [JP_MONEY_OTHER] = JP_TINT_MUTE,
  [JP_MONEY_EXPECTED] = JP_TINT_WARN, [JP_MONEY_DISPUTED] = JP_TINT_MUTE,
};

/* --- the line of time --- */

/* What is drawn as one bar: a day, or a month if there are many. */
static int
get_bucket (JpDate on, gboolean by_month)
{
  return by_month ? on / 100 : on;
}

static char *
dup_bucket_label (int bucket, gboolean by_month)
{
  if (by_month)
    return g_strdup_printf ("%04d-%02d", bucket / 100, bucket % 100);
  return g_strdup_printf ("%02d-%02d", bucket / 100 % 100, bucket % 100);
}

static int
compare_buckets (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

static GArray *
list_buckets (GPtrArray *events, gboolean by_month)
{
  GArray *buckets = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < events->len; i++)
    {
      const JpMoneyEvent *event = events->pdata[i];
      int                 bucket = get_bucket (event->on, by_month);
      gboolean            is_there = FALSE;

      for (guint j = 0; j < buckets->len; j++)
        is_there = is_there || g_array_index (buckets, int, j) == bucket;
      if (event->on != JP_DATE_NONE && !is_there)
        g_array_append_val (buckets, bucket);
    }
  g_array_sort (buckets, compare_buckets);
  return buckets;
}

static guint
find_bucket (GArray *buckets, int bucket)
{
  guint i = 0;

  while (i < buckets->len && g_array_index (buckets, int, i) != bucket)
    i++;
  return i;
}

static GtkWidget *
new_chart (GPtrArray *events)
{
  gboolean    by_month = FALSE;
  JpBarSeries series[JP_MONEY_N_KINDS];
  GtkWidget  *chart = jp_bar_chart_new ();
  g_autoptr (GArray) buckets = list_buckets (events, FALSE);
  g_auto (GStrv) labels = NULL;
  g_autofree gint64 *values = NULL;

  if (buckets->len > MAX_DAYS)
    {
      by_month = TRUE;
      g_array_unref (buckets);
      buckets = list_buckets (events, TRUE);
    }
  for (guint i = buckets->len; i > JP_BAR_PLOT_MAX_BARS; i--)
    g_array_remove_index (buckets, 0);
  labels = g_new0 (char *, buckets->len + 1);
  values = g_new0 (gint64, MAX (buckets->len, 1) * JP_MONEY_N_KINDS);
  for (guint i = 0; i < buckets->len; i++)
    labels[i] = dup_bucket_label (g_array_index (buckets, int, i), by_month);
  for (guint i = 0; i < events->len; i++)
    {
      const JpMoneyEvent *event = events->pdata[i];
      guint               bucket = find_bucket (buckets, get_bucket (event->on, by_month));

      if (bucket < buckets->len)
        values[bucket * JP_MONEY_N_KINDS + event->kind] += event->amount_fen;
    }
  gtk_widget_set_visible (chart, buckets->len > 0);
  for (guint i = 0; i < JP_MONEY_N_KINDS; i++)
    series[i] = (JpBarSeries){ jp_contract_money_get_label ((JpMoneyEventKind)i), tints[i] };
  jp_bar_chart_set_format (JP_BAR_CHART (chart), jp_money_format);
  jp_bar_chart_set_data (JP_BAR_CHART (chart), series, JP_MONEY_N_KINDS,
                         (const char *const *)labels, values);
  gtk_widget_set_size_request (chart, -1, CHART_HEIGHT_PX);
  return chart;
}

static void
put_event (GtkWidget *table, int row, const JpMoneyEvent *event)
{
  g_autofree char *day = event->on != JP_DATE_NONE ? jp_date_to_iso (event->on) : NULL;
  g_autofree char *about = NULL;
  const char      *what = event->stage != NULL ? event->stage : "";

  if (day != NULL && event->is_estimate)
    /* Translators: a day that is estimated. */
    about = g_strdup_printf (C_ ("money", "about %s"), day);
  put (table, 0, row,
       about != NULL ? about
       : day != NULL ? day
                     : C_ ("money", "not foreseen"),
       FALSE);
  put_pill (table, 1, row, jp_contract_money_get_label (event->kind), tints[event->kind]);
  put (table, 2, row, what, FALSE);
  put_money (table, 3, row, event->amount_fen);
  put_money (table, 4, row, event->custody_fen);
  put (table, 5, row, event->sentence != NULL ? event->sentence : event->reference, FALSE);
  gtk_widget_set_hexpand (gtk_grid_get_child_at (GTK_GRID (table), 5, row), TRUE);
}

static GtkWidget *
new_events (GPtrArray *events)
{
  GtkWidget *table = new_table ();

  put (table, 0, 0, C_ ("money", "Day"), FALSE);
  put (table, 1, 0, C_ ("money", "What"), FALSE);
  put (table, 2, 0, C_ ("money", "Stage"), FALSE);
  put (table, 3, 0, C_ ("money", "Amount"), TRUE);
  put (table, 4, 0, C_ ("money", "Then in custody"), TRUE);
  put (table, 5, 0, C_ ("money", "Reference, or what it waits for"), FALSE);
  for (guint i = 0; i < MIN (events->len, MAX_ROWS); i++)
    put_event (table, (int)i + 1, events->pdata[i]);
  return table;
}

/* --- the ledger --- */

static void
put_posting (GtkWidget *table, int row, const JpContractMoney *money, guint index)
{
  const JpLedgerPosting *posting = money->postings->pdata[index];
  g_autofree char       *number = g_strdup_printf ("%" G_GINT64_FORMAT, posting->n);
  g_autofree char       *when = jp_instant_to_short (posting->at_us);

  put (table, 0, row, number, TRUE);
  put (table, 1, row, when, FALSE);
  put (table, 2, row, jp_ledger_account_get_label (posting->debit), FALSE);
  put (table, 3, row, jp_ledger_account_get_label (posting->credit), FALSE);
  put_money (table, 4, row, posting->amount_fen);
  put (table, 5, row, posting->reference, FALSE);
  gtk_widget_set_hexpand (gtk_grid_get_child_at (GTK_GRID (table), 5, row), TRUE);
  if (posting->revision % 2 == 1)
    put_pill (table, 6, row, C_ ("ledger", "Reversal"), JP_TINT_WARN);
  else if (jp_contract_money_is_undone (money, index))
    put_pill (table, 6, row, C_ ("ledger", "Reversed"), JP_TINT_MUTE);
  else if (posting->revision > 0)
    put_pill (table, 6, row, C_ ("ledger", "Put right"), JP_TINT_INFO);
}

static GtkWidget *
new_ledger (const JpContractMoney *money)
{
  GtkWidget *table = new_table ();

  put (table, 0, 0, C_ ("ledger", "No."), TRUE);
  put (table, 1, 0, C_ ("ledger", "Moved"), FALSE);
  put (table, 2, 0, C_ ("ledger", "From"), FALSE);
  put (table, 3, 0, C_ ("ledger", "To"), FALSE);
  put (table, 4, 0, C_ ("ledger", "Amount"), TRUE);
  put (table, 5, 0, C_ ("ledger", "Reference"), FALSE);
  put (table, 6, 0, C_ ("ledger", "Mark"), FALSE);
  for (guint i = 0; i < MIN (money->postings->len, MAX_ROWS); i++)
    put_posting (table, (int)i + 1, money, i);
  return table;
}

/* --- together --- */

static GtkWidget *
new_figures (const JpContractMoney *money)
{
  const struct
  {
    const char     *caption;
    JpLedgerAccount account;
  } figures[] = {
    { C_ ("money", "Paid in"), JP_LEDGER_PAID },
    { _ ("In custody"), JP_LEDGER_CUSTODY },
    { _ ("Released"), JP_LEDGER_RELEASED },
    { _ ("Refunded"), JP_LEDGER_REFUNDED },
    { jp_ledger_account_get_label (JP_LEDGER_DISPUTED), JP_LEDGER_DISPUTED },
  };
  GtkWidget *row = jp_figure_row_new ();

  gtk_widget_add_css_class (row, "flush");
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      JpFigure        *figure = jp_figure_row_add (JP_FIGURE_ROW (row), figures[i].caption);
      g_autofree char *amount = jp_money_format (money->balance.fen[figures[i].account]);

      jp_figure_set_value (figure, amount);
      gtk_widget_set_visible (GTK_WIDGET (figure), figures[i].account != JP_LEDGER_DISPUTED ||
                                                     money->balance.fen[JP_LEDGER_DISPUTED] != 0);
    }
  return row;
}

/**
 * jp_contract_money_view_new:
 * @money: the money of a contract
 *
 * Returns: (transfer floating): where the money is, its line of time as a chart and as a table, and
 *   the ledger
 */
GtkWidget *
jp_contract_money_view_new (const JpContractMoney *money)
{
  g_return_val_if_fail (money != NULL, NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  GtkWidget *line = jp_card_new (C_ ("money", "What happened, and what comes next"));
  GtkWidget *ledger = jp_card_new (C_ ("ledger", "Ledger"));

  gtk_box_append (GTK_BOX (box), new_figures (money));
  if (money->events->len == 0)
    gtk_box_append (GTK_BOX (line),
                    jp_card_new_label (_ ("Nothing has been paid yet."), "dim-label"));
  else
    {
      gtk_box_append (GTK_BOX (line), new_chart (money->events));
      gtk_box_append (GTK_BOX (line), new_events (money->events));
    }
  gtk_box_append (GTK_BOX (box), line);
  if (money->postings->len == 0)
    gtk_box_append (GTK_BOX (ledger),
                    jp_card_new_label (C_ ("ledger", "No entries yet."), "dim-label"));
  else
    gtk_box_append (GTK_BOX (ledger), new_ledger (money));
  gtk_box_append (GTK_BOX (box), ledger);
  return box;
}
