/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finance-board.h"

#include "jp-bar-chart.h"
#include "jp-card.h"
#include "jp-figure-row.h"
#include "jp-money.h"
#include "jp-pill.h"
#include "jp-plural.h"
#include "jp-today-columns.h"
#include "jp-today-words.h"

#include <glib/gi18n-lib.h>

#define GAP_PX          12
#define CARD_GAP_PX     8
#define CHART_HEIGHT_PX 170
#define N_MONTHS        6
#define MAX_STUCK_ROWS  60 /* the oldest; the terminal program lists all */
#define N_MONTH_SERIES  3
#define N_WEEK_SERIES   2

typedef enum {
  FIGURE_CUSTODY,
  FIGURE_RELEASED,
  FIGURE_REFUNDED,
  FIGURE_DISPUTED,
  FIGURE_STUCK,
  FIGURE_COMING,
} Figure;

#define N_FIGURES (FIGURE_COMING + 1)

struct _JpFinanceBoard
{
  GtkWidget parent_instance;

  GtkWidget  *box;                /* child */
  JpFigure   *figures[N_FIGURES]; /* (borrowed) */
  GtkListBox *stuck;              /* (borrowed) */
  GtkWidget  *stuck_note;         /* (borrowed): label */
  GtkWidget  *unpaid_note;        /* (borrowed): label */
  JpBarChart *months;             /* (borrowed) */
  GtkWidget  *months_note;        /* (borrowed): label */
  JpBarChart *weeks;              /* (borrowed) */
  GtkWidget  *weeks_note;         /* (borrowed): label */
  GtkWidget  *tiers;              /* (borrowed): grid */
  GtkWidget  *stuck_months;       /* (borrowed): grid */

  JpOffice         *office;  /* (owned) */
  JpFinanceOutlook *outlook; /* (owned) (nullable) */
  GPtrArray        *items; /* (owned) (element-type JpFinanceItem): the rows of stuck; of outlook */
};

G_DEFINE_FINAL_TYPE (JpFinanceBoard, jp_finance_board, GTK_TYPE_WIDGET)

static GtkWidget *
add_card (GtkWidget *column, const char *title)
{
  GtkWidget *card = jp_card_new (title);

  gtk_box_append (GTK_BOX (column), card);
  return card;
}

static JpBarChart *
add_chart (GtkWidget *column, const char *title)
{
  GtkWidget *card = add_card (column, title);
  GtkWidget *chart = jp_bar_chart_new ();

  jp_bar_chart_set_format (JP_BAR_CHART (chart), jp_money_format);
  gtk_widget_set_size_request (chart, -1, CHART_HEIGHT_PX);
  gtk_box_append (GTK_BOX (card), chart);
  return JP_BAR_CHART (chart);
}

/* --- figures --- */

static void
show_figure (JpFinanceBoard *self, Figure figure, gint64 amount_fen)
{
  g_autofree char *text = jp_money_format (amount_fen);

  jp_figure_set_value (self->figures[figure], text);
}

static void
show_figures (JpFinanceBoard          *self,
              const JpFinanceOverview *overview,
              const JpFinanceOutlook  *outlook)
{
  gint64 coming_fen = 0;

  for (guint i = 0; i < outlook->n_weeks; i++)
    coming_fen += outlook->weeks[i].certain_fen + outlook->weeks[i].estimated_fen;
  show_figure (self, FIGURE_CUSTODY,
               overview->balance.fen[JP_LEDGER_CUSTODY] - overview->unstated_fen);
  show_figure (self, FIGURE_RELEASED, overview->balance.fen[JP_LEDGER_RELEASED]);
  show_figure (self, FIGURE_REFUNDED, overview->balance.fen[JP_LEDGER_REFUNDED]);
  show_figure (self, FIGURE_DISPUTED, overview->balance.fen[JP_LEDGER_DISPUTED]);
  gtk_widget_set_visible (GTK_WIDGET (self->figures[FIGURE_DISPUTED]),
                          overview->balance.fen[JP_LEDGER_DISPUTED] != 0);
  jp_figure_set_tint (self->figures[FIGURE_DISPUTED], JP_TINT_WARN);
  show_figure (self, FIGURE_STUCK, outlook->stuck_fen);
  jp_figure_set_tint (self->figures[FIGURE_STUCK],
                      outlook->stuck_fen > 0 ? JP_TINT_WARN : JP_TINT_OK);
  show_figure (self, FIGURE_COMING, coming_fen);
}

/* --- what is stuck --- */

static GtkWidget *
new_stuck_row (const JpFinanceItem *item)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *amount = jp_money_format (item->amount_fen);
  g_autofree char *age = jp_plural_format (NP_ ("%d day", "%d days"), item->age_days);
  /* Translators: trainee, stage of the release. */
  g_autofree char *title =
    item->stage != NULL
      ? g_strdup_printf (C_ ("stuck", "%1$s · %2$s"),
                         item->trainee_name != NULL ? item->trainee_name : item->contract_no,
                         item->stage)
      : g_strdup (item->trainee_name != NULL ? item->trainee_name : item->contract_no);
  GtkWidget *money = jp_card_new_label (amount, "number");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), item->sentence);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), money);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), jp_pill_new (age, JP_TINT_WARN));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
clear_stuck (JpFinanceBoard *self)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->stuck, 0)) != NULL)
    gtk_list_box_remove (self->stuck, GTK_WIDGET (row));
  g_ptr_array_set_size (self->items, 0);
}

static void
show_stuck (JpFinanceBoard *self)
{
  guint            n_stuck = 0;
  g_autofree char *note = NULL;

  clear_stuck (self);
  for (guint i = 0; i < self->outlook->items->len; i++)
    {
      JpFinanceItem *item = self->outlook->items->pdata[i];

      if (!jp_finance_repo_is_stuck (item))
        continue;
      n_stuck++;
      if (self->items->len == MAX_STUCK_ROWS)
        continue;
      g_ptr_array_add (self->items, item);
      gtk_list_box_append (self->stuck, new_stuck_row (item));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->stuck), n_stuck > 0);
  if (n_stuck == 0)
    note = g_strdup (_ ("Nothing has waited longer than two weeks."));
  else if (n_stuck > self->items->len)
    note = g_strdup_printf (_ ("The oldest %1$u of %2$u."), self->items->len, n_stuck);
  gtk_widget_set_visible (self->stuck_note, note != NULL);
  gtk_label_set_text (GTK_LABEL (self->stuck_note), note != NULL ? note : "");
}

/* No money yet, so no row and in no sum; Today lists them by name. */
static void
show_unpaid (JpFinanceBoard *self)
{
  const JpFinanceBlock *unsigned_ones = &self->outlook->blocks[JP_SETTLEMENT_BLOCK_NOT_SIGNED];
  const JpFinanceBlock *unpaid = &self->outlook->blocks[JP_SETTLEMENT_BLOCK_NOT_PAID];
  gint64                n = unsigned_ones->n + unpaid->n;
  g_autofree char      *amount = jp_money_format (unsigned_ones->amount_fen + unpaid->amount_fen);
  g_autofree char      *number = jp_plural_format (NP_ ("%d contract", "%d contracts"), (int)n);
  g_autofree char      *note =
    /* Translators: a number of contracts, an amount. */
    g_strdup_printf (_ ("No money yet: %1$s over %2$s wait to be signed or paid."), number, amount);

  gtk_widget_set_visible (self->unpaid_note, n > 0);
  gtk_label_set_text (GTK_LABEL (self->unpaid_note), note);
}

static void
stuck_activated_cb (JpFinanceBoard *self, GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);

  if (index >= 0 && (guint)index < self->items->len)
    jp_office_show (self->office, JP_KIND_CONTRACT,
                    &((JpFinanceItem *)self->items->pdata[index])->contract);
}

/* --- charts --- */

/* Custody at the end of a month is known only if every release is on a statement. */
static void
show_unstated (JpFinanceBoard *self, gint64 unstated_fen)
{
  g_autofree char *amount = jp_money_format (unstated_fen);
  g_autofree char *note = g_strdup_printf (
    _ ("By the contracts another %s has left custody that is on no statement here."), amount);

  gtk_label_set_text (GTK_LABEL (self->months_note), note);
  gtk_widget_set_visible (self->months_note, unstated_fen != 0);
}

static void
show_months (JpFinanceBoard *self, const JpFinanceOverview *overview)
{
  GArray           *months = overview->months;
  gboolean          has_custody = overview->unstated_fen == 0;
  const JpBarSeries series[N_MONTH_SERIES] = { { _ ("Released"), JP_TINT_OK },
                                               { _ ("Refunded"), JP_TINT_MUTE },
                                               { _ ("In custody"), JP_TINT_INFO } };
  guint             n_series = has_custody ? N_MONTH_SERIES : N_MONTH_SERIES - 1;
  gint64            values[N_MONTHS * N_MONTH_SERIES] = { 0 };
  guint             first = months->len > N_MONTHS ? months->len - N_MONTHS : 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = first; i < months->len; i++)
    {
      const JpFinanceMonth *month = &g_array_index (months, JpFinanceMonth, i);
      g_autofree char      *label = jp_today_words_dup_month (month->month);
      gint64               *bar = &values[(i - first) * n_series];

      g_strv_builder_add (builder, label);
      bar[0] = MAX (month->released_fen, 0);
      bar[1] = MAX (month->refunded_fen, 0);
      if (has_custody)
        bar[2] = MAX (month->custody_fen, 0);
    }

  g_auto (GStrv) labels = g_strv_builder_end (builder);

  jp_bar_chart_set_data (self->months, series, n_series, (const char *const *)labels, values);
}

static void
show_weeks (JpFinanceBoard *self, const JpFinanceOutlook *outlook)
{
  const JpBarSeries  series[N_WEEK_SERIES] = { { _ ("Certain"), JP_TINT_OK },
                                               { _ ("Estimated"), JP_TINT_INFO } };
  g_autofree gint64 *values = g_new0 (gint64, MAX (outlook->n_weeks, 1) * N_WEEK_SERIES);
  gint64             certain_fen = 0;
  gint64             estimated_fen = 0;
  g_autofree char   *later = jp_money_format (outlook->later_fen);
  g_autofree char   *total = NULL;
  g_autofree char   *certain = NULL;
  g_autofree char   *unforeseen = jp_money_format (outlook->unforeseen_fen);
  g_autofree char   *note = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < outlook->n_weeks; i++)
    {
      JpDate           from = outlook->weeks[i].from;
      g_autofree char *label =
        g_strdup_printf ("%02d-%02d", jp_date_get_month (from), jp_date_get_day (from));

      g_strv_builder_add (builder, label);
      certain_fen += outlook->weeks[i].certain_fen;
      estimated_fen += outlook->weeks[i].estimated_fen;
      values[i * N_WEEK_SERIES] = outlook->weeks[i].certain_fen;
      values[i * N_WEEK_SERIES + 1] = outlook->weeks[i].estimated_fen;
    }

  g_auto (GStrv) labels = g_strv_builder_end (builder);

  jp_bar_chart_set_data (self->weeks, series, N_WEEK_SERIES, (const char *const *)labels, values);
  total = jp_money_format (certain_fen + estimated_fen);
  certain = jp_money_format (certain_fen);
  /* Translators: all weeks together, what of it is certain, later, not foreseen. */
  note =
    g_strdup_printf (_ ("All these weeks together: %1$s, of it %2$s certain. Estimates suppose "
                        "that everybody trains as much a week as usual. Later: %3$s; nothing "
                        "tells when: %4$s."),
                     total, certain, later, unforeseen);
  gtk_label_set_text (GTK_LABEL (self->weeks_note), note);
}

/* --- class tiers --- */

static void
attach (GtkWidget *grid, int column, int row, const char *text, const char *css_class)
{
  GtkWidget *label = jp_card_new_label (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static void
clear_grid (GtkWidget *grid)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (grid)) != NULL)
    gtk_grid_remove (GTK_GRID (grid), child);
}

static void
attach_money (GtkWidget *grid, int column, int row, gint64 amount_fen)
{
  g_autofree char *amount = jp_money_format (amount_fen);

  attach (grid, column, row, amount, "number");
}

static gint64
sum_stuck_of_tier (const JpFinanceOutlook *outlook, const JpId *tier)
{
  gint64 stuck_fen = 0;

  for (guint i = 0; i < outlook->items->len; i++)
    {
      const JpFinanceItem *item = outlook->items->pdata[i];

      if (jp_finance_repo_is_stuck (item) && jp_id_equal (&item->tier, tier))
        stuck_fen += item->amount_fen;
    }
  return stuck_fen;
}

static void
show_tiers (JpFinanceBoard *self, GPtrArray *tiers)
{
  const JpLedgerAccount accounts[] = { JP_LEDGER_CUSTODY, JP_LEDGER_RELEASED, JP_LEDGER_REFUNDED };
  const char *headings[] = { _ ("Class tier"), _ ("In custody"), _ ("Released"), _ ("Refunded"),
                             C_ ("finance", "Stuck") };

  clear_grid (self->tiers);
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    attach (self->tiers, (int)i, 0, headings[i], "dim-label");
  for (guint i = 0; i < tiers->len; i++)
    {
      const JpFinanceTier *tier = tiers->pdata[i];
      int                  row = (int)i + 1;

      attach (self->tiers, 0, row, tier->name != NULL ? tier->name : _ ("Unknown"), "number");
      for (guint j = 0; j < G_N_ELEMENTS (accounts); j++)
        attach_money (self->tiers, (int)j + 1, row,
                      tier->balance.fen[accounts[j]] -
                        (accounts[j] == JP_LEDGER_CUSTODY ? tier->unstated_fen : 0));
      attach_money (self->tiers, G_N_ELEMENTS (headings) - 1, row,
                    sum_stuck_of_tier (self->outlook, &tier->tier));
    }
}

/* --- stuck, by the month since when --- */

typedef struct
{
  int    month; /* yyyymm, 0 = not known */
  int    n;
  gint64 amount_fen;
} StuckMonth;

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return ((const StuckMonth *)a)->month - ((const StuckMonth *)b)->month;
}

static GArray *
list_stuck_months (const JpFinanceOutlook *outlook)
{
  GArray *months = g_array_new (FALSE, TRUE, sizeof (StuckMonth));

  for (guint i = 0; i < outlook->items->len; i++)
    {
      const JpFinanceItem *item = outlook->items->pdata[i];
      int                  month = item->since != JP_DATE_NONE ? item->since / 100 : 0;
      guint                j = 0;

      if (!jp_finance_repo_is_stuck (item))
        continue;
      while (j < months->len && g_array_index (months, StuckMonth, j).month != month)
        j++;
      if (j == months->len)
        g_array_append_val (months, ((StuckMonth){ month, 0, 0 }));
      g_array_index (months, StuckMonth, j).n++;
      g_array_index (months, StuckMonth, j).amount_fen += item->amount_fen;
    }
  g_array_sort (months, compare_months);
  return months;
}

static void
show_stuck_months (JpFinanceBoard *self)
{
  g_autoptr (GArray) months = list_stuck_months (self->outlook);

  clear_grid (self->stuck_months);
  gtk_widget_set_visible (gtk_widget_get_parent (self->stuck_months), months->len > 0);
  attach (self->stuck_months, 0, 0, C_ ("finance", "Waits since"), "dim-label");
  attach (self->stuck_months, 1, 0, C_ ("finance", "Stages"), "dim-label");
  attach (self->stuck_months, 2, 0, C_ ("finance", "Stuck"), "dim-label");
  for (guint i = 0; i < months->len; i++)
    {
      const StuckMonth *month = &g_array_index (months, StuckMonth, i);
      g_autofree char  *label =
        month->month != 0 ? g_strdup_printf ("%04d-%02d", month->month / 100, month->month % 100)
                           : g_strdup (_ ("Unknown"));
      g_autofree char *n = g_strdup_printf ("%d", month->n);

      attach (self->stuck_months, 0, (int)i + 1, label, "number");
      attach (self->stuck_months, 1, (int)i + 1, n, "number");
      attach_money (self->stuck_months, 2, (int)i + 1, month->amount_fen);
    }
}

/* --- class --- */

static void
jp_finance_board_dispose (GObject *object)
{
  JpFinanceBoard *self = JP_FINANCE_BOARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->outlook, jp_finance_repo_free_outlook);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_finance_board_parent_class)->dispose (object);
}

static void
jp_finance_board_class_init (JpFinanceBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_finance_board_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_figures (JpFinanceBoard *self)
{
  const char *captions[N_FIGURES] = {
    _ ("In custody"),        _ ("Released"),
    _ ("Refunded"),          jp_ledger_account_get_label (JP_LEDGER_DISPUTED),
    C_ ("finance", "Stuck"), C_ ("finance", "Comes within eight weeks")
  };
  GtkWidget *row = jp_figure_row_new ();

  gtk_widget_add_css_class (row, "flush");
  for (guint i = 0; i < N_FIGURES; i++)
    self->figures[i] = jp_figure_row_add (JP_FIGURE_ROW (row), captions[i]);
  return row;
}

static GtkWidget *
new_stuck (JpFinanceBoard *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, CARD_GAP_PX);

  self->stuck = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->stuck, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->stuck), "boxed-list");
  g_signal_connect_object (self->stuck, "row-activated", G_CALLBACK (stuck_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->stuck_note = jp_card_new_label ("", "dim-label");
  gtk_box_append (GTK_BOX (column), jp_card_new_label (_ ("What is stuck"), "heading"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->stuck));
  self->unpaid_note = jp_card_new_label ("", "dim-label");
  gtk_box_append (GTK_BOX (column), self->stuck_note);
  gtk_box_append (GTK_BOX (column), self->unpaid_note);
  return column;
}

static GtkWidget *
new_charts (JpFinanceBoard *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  GtkWidget *card = NULL;

  self->months = add_chart (column, _ ("By month"));
  self->months_note = jp_card_new_label ("", "dim-label");
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->months))), self->months_note);
  self->weeks = add_chart (column, _ ("The next weeks"));
  self->weeks_note = jp_card_new_label ("", "dim-label");
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->weeks))), self->weeks_note);
  card = add_card (column, _ ("By class tier"));
  self->tiers = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->tiers), CARD_GAP_PX);
  gtk_grid_set_column_spacing (GTK_GRID (self->tiers), GAP_PX);
  gtk_box_append (GTK_BOX (card), self->tiers);
  card = add_card (column, _ ("Stuck, by month"));
  self->stuck_months = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->stuck_months), CARD_GAP_PX);
  gtk_grid_set_column_spacing (GTK_GRID (self->stuck_months), GAP_PX);
  gtk_box_append (GTK_BOX (card), self->stuck_months);
  return column;
}

static void
jp_finance_board_init (JpFinanceBoard *self)
{
  self->items = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  gtk_box_append (GTK_BOX (self->box), new_figures (self));
  gtk_box_append (GTK_BOX (self->box), jp_today_columns_new (new_stuck (self), new_charts (self)));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * jp_finance_board_new:
 * @office: the office
 *
 * Returns: (transfer floating): the board, without numbers
 */
GtkWidget *
jp_finance_board_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpFinanceBoard *self = g_object_new (JP_TYPE_FINANCE_BOARD, NULL);

  self->office = g_object_ref (office);
  return GTK_WIDGET (self);
}

/**
 * jp_finance_board_show:
 * @self: the board
 * @overview: where the money is
 * @outlook: (transfer full): what will come and what is stuck
 */
void
jp_finance_board_show (JpFinanceBoard *self, JpFinanceOverview *overview, JpFinanceOutlook *outlook)
{
  g_return_if_fail (JP_IS_FINANCE_BOARD (self));
  g_return_if_fail (overview != NULL);
  g_return_if_fail (outlook != NULL);

  clear_stuck (self);
  g_clear_pointer (&self->outlook, jp_finance_repo_free_outlook);
  self->outlook = outlook;
  show_figures (self, overview, outlook);
  show_stuck (self);
  show_unpaid (self);
  show_months (self, overview);
  show_unstated (self, overview->unstated_fen);
  show_weeks (self, outlook);
  show_tiers (self, overview->tiers);
  show_stuck_months (self);
}

/**
 * jp_finance_board_get_n_stuck:
 * @self: the board
 *
 * Returns: how many rows of what is stuck it shows
 */
guint
jp_finance_board_get_n_stuck (JpFinanceBoard *self)
{
  g_return_val_if_fail (JP_IS_FINANCE_BOARD (self), 0);

  return self->items->len;
}
