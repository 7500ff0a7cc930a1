/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-cards.h"

#include "jp-bar-chart.h"
#include "jp-card.h"
#include "jp-figure-row.h"
#include "jp-money.h"
#include "jp-today-words.h"

#include <glib/gi18n-lib.h>

#define GAP_PX          12
#define CARD_GAP_PX     8
#define CHART_HEIGHT_PX 190
#define N_SERIES        2

struct _JpTodayCards
{
  GtkWidget parent_instance;

  GtkWidget *box;      /* child */
  JpFigure  *custody;  /* (borrowed) */
  JpFigure  *released; /* (borrowed) */
  JpFigure  *stuck;    /* (borrowed): hidden until it is known */
  GtkWidget *sentence; /* (borrowed): label */
  GtkWidget *chart;    /* (borrowed) */
  GtkWidget *hours;    /* (borrowed): grid */
  GtkWidget *sessions; /* (borrowed): value in the grid */
  GtkWidget *valid;    /* (borrowed): value in the grid */
  GtkWidget *nothing;  /* (borrowed): label: nobody trained */
};

G_DEFINE_FINAL_TYPE (JpTodayCards, jp_today_cards, GTK_TYPE_WIDGET)

static GtkWidget *
add_card (JpTodayCards *self, const char *title)
{
  GtkWidget *card = jp_card_new (title);

  gtk_box_append (GTK_BOX (self->box), card);
  return card;
}

static JpFigure *
add_figure (GtkWidget *row, const char *caption, const char *action)
{
  JpFigure *figure = jp_figure_row_add (JP_FIGURE_ROW (row), caption);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (figure), action);
  return figure;
}

static void
add_money (JpTodayCards *self)
{
  GtkWidget *card = add_card (self, _ ("Money"));
  GtkWidget *row = jp_figure_row_new ();

  /* The numbers stand flush with the heading: a figure has room around it for its focus. */
  gtk_widget_add_css_class (row, "flush");
  self->custody = add_figure (row, _ ("In custody"), "win.show(('contracts', 'custody', ''))");
  self->released =
    add_figure (row, _ ("Released this month"), "win.show(('statements', 'all', ''))");
  self->stuck = add_figure (row, C_ ("finance", "Stuck"), "win.go::finance");
  gtk_widget_set_visible (GTK_WIDGET (self->stuck), FALSE);
  self->sentence = jp_card_new_label ("", "dim-label");
  self->chart = jp_bar_chart_new ();
  jp_bar_chart_set_format (JP_BAR_CHART (self->chart), jp_money_format);
  gtk_widget_set_size_request (self->chart, -1, CHART_HEIGHT_PX);
  gtk_box_append (GTK_BOX (card), row);
  gtk_box_append (GTK_BOX (card), self->sentence);
  gtk_box_append (GTK_BOX (card), self->chart);
}

static GtkWidget *
add_hours_line (JpTodayCards *self, int row, const char *name)
{
  GtkWidget *label = jp_card_new_label (name, "dim-label");
  GtkWidget *value = jp_card_new_label ("", "number");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->hours), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->hours), value, 1, row, 1, 1);
  return value;
}

static void
add_hours (JpTodayCards *self)
{
  GtkWidget *card = add_card (self, _ ("Hours"));

  self->hours = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->hours), CARD_GAP_PX);
  self->sessions = add_hours_line (self, 0, _ ("Trained yesterday"));
  self->valid = add_hours_line (self, 1, _ ("Of them valid"));
  self->nothing = jp_card_new_label (_ ("Nobody trained yesterday."), "dim-label");
  gtk_box_append (GTK_BOX (card), self->hours);
  gtk_box_append (GTK_BOX (card), self->nothing);
}

static void
show_chart (JpTodayCards *self, const JpToday *today)
{
  const JpBarSeries series[N_SERIES] = { { _ ("Released"), JP_TINT_OK },
                                         { _ ("Refunded"), JP_TINT_MUTE } };
  gint64            values[JP_TODAY_MONTHS * N_SERIES] = { 0 };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < JP_TODAY_MONTHS; i++)
    {
      g_autofree char *month = jp_today_words_dup_month (today->months[i].month);

      g_strv_builder_add (builder, month);
      values[i * N_SERIES] = today->months[i].released_fen;
      values[i * N_SERIES + 1] = ABS (today->months[i].refunded_fen);
    }

  g_auto (GStrv) labels = g_strv_builder_end (builder);

  jp_bar_chart_set_data (JP_BAR_CHART (self->chart), series, N_SERIES, (const char *const *)labels,
                         values);
}

static gboolean
has_bars (const JpToday *today)
{
  for (int i = 0; i < JP_TODAY_MONTHS; i++)
    if (today->months[i].released_fen != 0 || today->months[i].refunded_fen != 0)
      return TRUE;

  return FALSE;
}

static void
jp_today_cards_dispose (GObject *object)
{
  g_clear_pointer (&JP_TODAY_CARDS (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (jp_today_cards_parent_class)->dispose (object);
}

static void
jp_today_cards_class_init (JpTodayCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_today_cards_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_today_cards_init (JpTodayCards *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  gtk_widget_set_valign (self->box, GTK_ALIGN_START);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_money (self);
  add_hours (self);
}

/**
 * jp_today_cards_new:
 *
 * Returns: (transfer floating): the cards, without numbers
 */
GtkWidget *
jp_today_cards_new (void)
{
  return g_object_new (JP_TYPE_TODAY_CARDS, NULL);
}

/**
 * jp_today_cards_show:
 * @self: the cards
 * @today: what they show
 */
void
jp_today_cards_show (JpTodayCards *self, const JpToday *today)
{
  g_return_if_fail (JP_IS_TODAY_CARDS (self));
  g_return_if_fail (today != NULL);

  g_autofree char *custody = jp_money_format (today->in_custody_fen);
  g_autofree char *released = jp_money_format (today->released_month_fen);
  g_autofree char *sentence = jp_today_words_dup_money (today);
  g_autofree char *sessions = jp_today_words_dup_sessions (today);
  g_autofree char *valid = jp_today_words_dup_valid_hours (today);
  gboolean         trained = today->yesterday_sessions > 0;

  jp_figure_set_value (self->custody, custody);
  jp_figure_set_value (self->released, released);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_widget_set_visible (self->chart, has_bars (today));
  show_chart (self, today);
  gtk_widget_set_visible (self->hours, trained);
  gtk_widget_set_visible (self->nothing, !trained);
  gtk_label_set_text (GTK_LABEL (self->sessions), sessions);
  gtk_label_set_text (GTK_LABEL (self->valid), valid);
}

/**
 * jp_today_cards_show_stuck:
 * @self: the cards
 * @stuck_fen: what has waited too long, as the page Finance says it
 *
 * Shows the figure, which comes later than the others: it is the one that is not read at once.
 */
void
jp_today_cards_show_stuck (JpTodayCards *self, gint64 stuck_fen)
{
  g_return_if_fail (JP_IS_TODAY_CARDS (self));

  g_autofree char *stuck = jp_money_format (stuck_fen);

  jp_figure_set_value (self->stuck, stuck);
  jp_figure_set_tint (self->stuck, stuck_fen > 0 ? JP_TINT_WARN : JP_TINT_OK);
  gtk_widget_set_visible (GTK_WIDGET (self->stuck), TRUE);
}
