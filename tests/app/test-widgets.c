/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-answer-box.h"
#include "jp-bar-chart.h"
#include "jp-count.h"
#include "jp-figure-row.h"
#include "jp-line.h"
#include "jp-meter.h"
#include "jp-money-bar.h"
#include "jp-money.h"
#include "jp-page-header.h"
#include "jp-pill.h"
#include "jp-progress-strip.h"
#include "jp-stack-bar.h"
#include "jp-states.h"
#include "jp-timeline.h"
#include "jp-ui-test.h"
#include "jp-view-bar.h"

static void
count_cb (guint *n_calls)
{
  (*n_calls)++;
}

static void
assert_accessible_label (gpointer widget, const char *label)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       label);
}

static void
test_count_format (void)
{
  const struct
  {
    gint64      count;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 999, "999" },
    { 1000, "1,000" },
    { 2013, "2,013" },
    { 1000007, "1,000,007" },
    { -1234, "\u22121,234" },
    { G_MAXINT64, "9,223,372,036,854,775,807" },
    { G_MININT64, "\u22129,223,372,036,854,775,808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = jp_count_format (cases[i].count);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_tint (void)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));

  for (guint tint = 0; tint < JP_N_TINTS; tint++)
    {
      jp_tint_apply (widget, tint);
      for (guint other = 0; other < JP_N_TINTS; other++)
        g_assert_cmpint (gtk_widget_has_css_class (widget, jp_tint_get_css_class (other)), ==,
                         other == tint);
    }

  g_assert_finalize_object (widget);
}

static void
test_pill (void)
{
  JpPill *pill = JP_PILL (g_object_ref_sink (jp_pill_new (NULL, JP_TINT_MUTE)));
  guint   n_notified = 0;

  g_assert_cmpstr (jp_pill_get_text (pill), ==, "");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pill)));

  g_signal_connect_swapped (pill, "notify", G_CALLBACK (count_cb), &n_notified);
  jp_pill_set_text (pill, "unsigned");
  jp_pill_set_text (pill, "unsigned");
  jp_pill_set_tint (pill, JP_TINT_WARN);
  jp_pill_set_tint (pill, JP_TINT_WARN);
  /* "text", "visible" and "tint"; the style classes of a tint are a property too. */
  g_assert_cmpuint (n_notified, >=, 3);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (pill)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (pill), "warn"));
  g_assert_cmpint (jp_pill_get_tint (pill), ==, JP_TINT_WARN);

  g_object_set (pill, "text", NULL, "tint", JP_TINT_OK, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pill)));
  g_assert_finalize_object (pill);
}

static void
test_progress_strip (void)
{
  JpProgressStrip *strip = JP_PROGRESS_STRIP (g_object_ref_sink (jp_progress_strip_new ()));
  const guint16    permille[] = { 1000, 137, 0, 2000 };
  int              narrow = 0;
  int              wide = 0;

  jp_progress_strip_set_parts (strip, permille, 1);
  gtk_widget_measure (GTK_WIDGET (strip), GTK_ORIENTATION_HORIZONTAL, -1, &narrow, NULL, NULL,
                      NULL);
  jp_progress_strip_set_parts (strip, permille, G_N_ELEMENTS (permille));
  gtk_widget_measure (GTK_WIDGET (strip), GTK_ORIENTATION_HORIZONTAL, -1, &wide, NULL, NULL, NULL);
  g_assert_cmpint (wide, >, narrow * 4);
  g_assert_cmpuint (jp_progress_strip_get_n_parts (strip), ==, 4);

  jp_progress_strip_set_text (strip, "part 1 done");
  assert_accessible_label (strip, "part 1 done");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_finalize_object (strip);
}

static int
measure_line (JpLine *line, GtkOrientation orientation)
{
  int natural = 0;

  gtk_widget_measure (GTK_WIDGET (line), orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Neither width nor height follow the text: a table that scrolls does not measure. */
static void
test_line (void)
{
  JpLine *line = JP_LINE (g_object_ref_sink (jp_line_new (4, 10, FALSE)));
  JpLine *number = JP_LINE (g_object_ref_sink (jp_line_new (5, 5, TRUE)));
  int     width = measure_line (line, GTK_ORIENTATION_HORIZONTAL);
  int     height = measure_line (line, GTK_ORIENTATION_VERTICAL);

  g_assert_cmpint (height, >, 0);
  g_assert_cmpint (measure_line (number, GTK_ORIENTATION_HORIZONTAL), <, width);
  g_assert_null (jp_line_get_text (line));
  jp_line_set_text (line, "菏泽市牡丹区 a long address that has no room");
  g_assert_cmpint (measure_line (line, GTK_ORIENTATION_HORIZONTAL), ==, width);
  g_assert_cmpint (measure_line (line, GTK_ORIENTATION_VERTICAL), ==, height);
  assert_accessible_label (line, "菏泽市牡丹区 a long address that has no room");
  jp_line_set_text (line, NULL);
  g_assert_null (jp_line_get_text (line));
  g_assert_finalize_object (line);
  g_assert_finalize_object (number);
}

static void
test_meter (void)
{
  JpMeter *meter = JP_METER (g_object_ref_sink (jp_meter_new ("Yard")));

  jp_meter_set (meter, 810, 960, "13.5 / 16");
  jp_meter_set_tint (meter, JP_TINT_OK);
  g_assert_cmpstr (jp_meter_get_text (meter), ==, "13.5 / 16");
  assert_accessible_label (meter, "Yard");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "13.5 / 16");

  /* More than the goal, and no goal at all, are possible. */
  jp_meter_set (meter, 1000, 960, "16.7 / 16");
  jp_meter_set (meter, 0, 0, "0 / 0");
  g_assert_finalize_object (meter);
}

static void
test_stack_bar (void)
{
  JpStackBar       *bar = JP_STACK_BAR (g_object_ref_sink (jp_stack_bar_new ()));
  const JpStackPart parts[] = { { 3, JP_TINT_OK }, { 4, JP_TINT_INFO } };

  jp_stack_bar_set_parts (bar, parts, G_N_ELEMENTS (parts), 10);
  jp_stack_bar_set_parts (bar, parts, G_N_ELEMENTS (parts), 0);
  jp_stack_bar_set_parts (bar, NULL, 0, 0);
  g_assert_finalize_object (bar);
}

static void
test_money_bar (void)
{
  JpMoneyBar       *bar = JP_MONEY_BAR (g_object_ref_sink (jp_money_bar_new ()));
  const JpMoneyPart parts[] = {
    { "released", 110400, JP_TINT_OK, TRUE },
    { "in custody", 257600, JP_TINT_INFO, TRUE },
    { "refund today", 220800, JP_TINT_MUTE, FALSE },
  };

  jp_money_bar_set_parts (bar, parts, G_N_ELEMENTS (parts));
  g_autofree char *text = jp_money_bar_dup_text (bar);
  g_assert_cmpstr (text, ==,
                   "released\t¥1,104.00\nin custody\t¥2,576.00\nrefund today\t¥2,208.00\n");

  jp_money_bar_set_parts (bar, parts, 1);
  g_autofree char *less = jp_money_bar_dup_text (bar);
  g_assert_cmpstr (less, ==, "released\t¥1,104.00\n");
  g_assert_finalize_object (bar);
}

static void
test_answer_box (void)
{
  JpAnswerBox *box = JP_ANSWER_BOX (g_object_ref_sink (jp_answer_box_new ("How far?")));

  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (box), "info"));
  assert_accessible_label (box, "How far?");
  jp_answer_box_set_text (box, "Twice more.");
  jp_answer_box_set_pill (box, "short", JP_TINT_BAD);
  jp_answer_box_set_tint (box, JP_TINT_BAD);
  g_assert_cmpstr (jp_answer_box_get_text (box), ==, "Twice more.");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (box), "bad"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (box), "info"));

  g_object_set (box, "text", NULL, "heading", NULL, NULL);
  g_assert_cmpstr (jp_answer_box_get_text (box), ==, "");
  g_assert_finalize_object (box);
}

static void
test_figure (void)
{
  JpFigure *figure = JP_FIGURE (g_object_ref_sink (jp_figure_new ("in custody")));

  jp_figure_set_value (figure, "¥1,284,560");
  jp_figure_set_tint (figure, JP_TINT_WARN);
  jp_figure_set_headline (figure, TRUE);
  g_assert_cmpstr (jp_figure_get_value (figure), ==, "¥1,284,560");
  assert_accessible_label (figure, "in custody ¥1,284,560");

  /* Without an action it is text, with one it is a button. */
  g_assert_false (gtk_widget_get_focusable (GTK_WIDGET (figure)));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (figure), "win.go::statements");
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (figure)));
  g_assert_finalize_object (figure);
}

/* A figure that has no room on the line begins the next one. */
static void
test_figure_row (void)
{
  GtkWidget *row = g_object_ref_sink (jp_figure_row_new ());
  JpFigure  *first = jp_figure_row_add (JP_FIGURE_ROW (row), "In custody");
  JpFigure  *second = jp_figure_row_add (JP_FIGURE_ROW (row), "Released");
  int        width = 0;
  int        least = 0;
  int        one = 0;
  int        two = 0;

  jp_figure_set_value (first, "¥73,224.00");
  jp_figure_set_value (second, "¥0.00");
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &least, &width, NULL, NULL);
  g_assert_cmpint (least, <, width);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &one, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width - 1, &two, NULL, NULL, NULL);
  g_assert_cmpint (two, >=, 2 * one);

  gtk_widget_set_visible (GTK_WIDGET (second), FALSE);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width - 1, &two, NULL, NULL, NULL);
  g_assert_cmpint (two, ==, one);
  g_assert_finalize_object (row);
}

static void
test_bar_chart (void)
{
  JpBarChart       *chart = JP_BAR_CHART (g_object_ref_sink (jp_bar_chart_new ()));
  const JpBarSeries series[] = { { "custody", JP_TINT_INFO }, { "released", JP_TINT_OK } };
  const char *const labels[] = { "Apr", "May", "Jun", NULL };
  const gint64      values[] = { 100, 200, 0, 0, 500, -5 };

  jp_bar_chart_set_data (chart, series, G_N_ELEMENTS (series), labels, values);
  g_autofree char *counts = jp_bar_chart_dup_tsv (chart);
  g_assert_cmpstr (counts, ==, "\tcustody\treleased\nApr\t100\t200\nMay\t0\t0\nJun\t500\t0\n");

  jp_bar_chart_set_format (chart, jp_money_format);
  jp_bar_chart_set_show_table (chart, TRUE);
  g_autofree char *money = jp_bar_chart_dup_tsv (chart);
  g_assert_cmpstr (
    money, ==, "\tcustody\treleased\nApr\t¥1.00\t¥2.00\nMay\t¥0.00\t¥0.00\nJun\t¥5.00\t¥0.00\n");

  jp_bar_chart_set_data (chart, series, 1, labels, values);
  g_autofree char *one = jp_bar_chart_dup_tsv (chart);
  g_assert_cmpstr (one, ==, "\tcustody\nApr\t¥1.00\nMay\t¥2.00\nJun\t¥0.00\n");
  g_assert_finalize_object (chart);
}

static void
test_bar_plot (void)
{
  JpBarPlot        *plot = JP_BAR_PLOT (g_object_ref_sink (jp_bar_plot_new ()));
  const JpBarSeries series[] = { { "custody", JP_TINT_INFO } };
  const char *const labels[] = { "Apr", "May", NULL };
  const gint64      values[] = { 1, 2 };
  int               width = 0;

  g_assert_cmpint (jp_bar_plot_find_bar (plot, 10), ==, -1);
  jp_bar_plot_set_data (plot, series, 1, labels, values);
  gtk_widget_measure (GTK_WIDGET (plot), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (plot), width, 200, -1, NULL);

  g_assert_cmpint (jp_bar_plot_find_bar (plot, -1), ==, -1);
  g_assert_cmpint (jp_bar_plot_find_bar (plot, 1), ==, 0);
  g_assert_cmpint (jp_bar_plot_find_bar (plot, width - 1), ==, 1);
  g_assert_cmpint (jp_bar_plot_find_bar (plot, width), ==, -1);
  g_assert_finalize_object (plot);
}

static gboolean
shows_spinner (gpointer user_data)
{
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (user_data));

  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "loading");
}

static void
test_states (void)
{
  JpStates *states = JP_STATES (g_object_ref_sink (jp_states_new ()));
  GtkStack *stack = GTK_STACK (gtk_widget_get_first_child (GTK_WIDGET (states)));
  guint     n_retries = 0;

  jp_states_set_content (states, gtk_label_new ("rows"));
  g_assert_cmpint (jp_states_get_state (states), ==, JP_STATE_CONTENT);

  /* A quick answer shows no spinner, a slow one does. */
  jp_states_set_state (states, JP_STATE_LOADING);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "content");
  jp_states_set_state (states, JP_STATE_EMPTY);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
  jp_states_set_state (states, JP_STATE_LOADING);
  g_assert_true (jp_ui_test_wait_until (shows_spinner, states, 2000));

  jp_states_set_empty_text (states, "go-home-symbolic", "Nothing", "yet");
  jp_states_set_empty_action (states, "Begin", "win.new");
  jp_states_set_empty_action (states, NULL, NULL);
  jp_states_set_error_text (states, "Broken", NULL);
  jp_states_set_state (states, JP_STATE_ERROR);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "error");

  g_signal_connect_swapped (states, "retry", G_CALLBACK (count_cb), &n_retries);
  GtkWidget *error = gtk_stack_get_visible_child (stack);
  g_signal_emit_by_name (adw_status_page_get_child (ADW_STATUS_PAGE (error)), "clicked");
  g_assert_cmpuint (n_retries, ==, 1);

  jp_states_set_state (states, JP_STATE_LOADING);
  g_assert_finalize_object (states);
}

static void
test_view_bar (void)
{
  JpViewBar *bar = JP_VIEW_BAR (g_object_ref_sink (jp_view_bar_new ()));
  guint      n_changes = 0;

  g_assert_null (jp_view_bar_get_selected (bar));
  jp_view_bar_add (bar, "all", "All");
  jp_view_bar_add (bar, "unsigned", "Unsigned");
  g_assert_cmpstr (jp_view_bar_get_selected (bar), ==, "all");
  g_assert_true (jp_view_bar_is_first (bar));
  g_assert_cmpuint (jp_view_bar_get_n_views (bar), ==, 2);

  g_signal_connect_swapped (bar, "notify::selected", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (jp_view_bar_set_selected (bar, "unsigned"));
  g_assert_true (jp_view_bar_set_selected (bar, "unsigned"));
  g_assert_false (jp_view_bar_set_selected (bar, "nonsense"));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (jp_view_bar_get_selected (bar), ==, "unsigned");
  g_assert_false (jp_view_bar_is_first (bar));

  jp_view_bar_set_count (bar, "unsigned", 3);
  jp_view_bar_set_count (bar, "unsigned", JP_VIEW_BAR_NO_COUNT);
  jp_view_bar_set_count (bar, "nonsense", 1);
  g_assert_true (jp_view_bar_has (bar, "all"));
  g_assert_false (jp_view_bar_has (bar, NULL));
  g_assert_finalize_object (bar);
}

static void
test_page_header (void)
{
  JpPageHeader *header = JP_PAGE_HEADER (g_object_ref_sink (jp_page_header_new ()));
  gboolean      shows_buttons = FALSE;
  g_autoptr (GMenu) menu = g_menu_new ();

  jp_page_header_set_title (header, "Trainees");
  jp_page_header_set_subtitle (header, "2,013");
  jp_page_header_pack_start (header, gtk_button_new ());
  jp_page_header_pack_end (header, gtk_button_new ());
  g_menu_append (menu, "Import", "trainees.import");
  jp_page_header_set_menu (header, G_MENU_MODEL (menu));

  g_assert_cmpstr (jp_page_header_get_title (header), ==, "Trainees");
  g_assert_cmpstr (jp_page_header_get_subtitle (header), ==, "2,013");
  g_object_set (header, "show-end-title-buttons", FALSE, NULL);
  g_object_get (header, "show-end-title-buttons", &shows_buttons, NULL);
  g_assert_false (shows_buttons);
  g_assert_finalize_object (header);
}

static void
test_timeline (void)
{
  JpTimeline *timeline = JP_TIMELINE (g_object_ref_sink (jp_timeline_new ()));

  jp_timeline_add (timeline, &(JpTimelineEntry){ .when = "10-17", .title = "90 min" });
  jp_timeline_add (timeline, &(JpTimelineEntry){ .title = "Contract",
                                                 .detail = "signed",
                                                 .tint = JP_TINT_OK,
                                                 .action = "win.go::contracts" });
  g_assert_cmpuint (jp_timeline_get_n_entries (timeline), ==, 2);
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (timeline));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (last)), ==, "win.go");

  jp_timeline_clear (timeline);
  g_assert_cmpuint (jp_timeline_get_n_entries (timeline), ==, 0);
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (timeline)));
  jp_timeline_add (timeline, &(JpTimelineEntry){ .when = "10-17", .title = "again" });
  g_assert_finalize_object (timeline);
}

/* Everything that draws is drawn once, in both colours. */
static void
test_draw (void)
{
  AdwStyleManager  *style = adw_style_manager_get_default ();
  GtkWidget        *window = gtk_window_new ();
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget        *strip = jp_progress_strip_new ();
  GtkWidget        *meter = jp_meter_new ("Yard");
  GtkWidget        *chart = jp_bar_chart_new ();
  const guint16     permille[] = { 1000, 137, 0, 2000 };
  const JpBarSeries series[] = { { "custody", JP_TINT_INFO }, { "other", JP_TINT_MUTE } };
  const char *const labels[] = { "Apr", "a long label that has no room", NULL };
  const gint64      values[] = { 1, 2, 0, 0 };

  jp_progress_strip_set_parts (JP_PROGRESS_STRIP (strip), permille, G_N_ELEMENTS (permille));
  jp_meter_set (JP_METER (meter), 3, 4, "3 / 4");
  jp_bar_chart_set_data (JP_BAR_CHART (chart), series, G_N_ELEMENTS (series), labels, values);
  gtk_box_append (GTK_BOX (box), strip);
  gtk_box_append (GTK_BOX (box), meter);
  gtk_box_append (GTK_BOX (box), chart);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));

  for (guint dark = 0; dark < 2; dark++)
    {
      adw_style_manager_set_color_scheme (style, dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                      : ADW_COLOR_SCHEME_FORCE_LIGHT);
      gtk_test_widget_wait_for_draw (window);
    }

  gtk_widget_set_direction (strip, GTK_TEXT_DIR_RTL);
  gtk_test_widget_wait_for_draw (window);
  g_assert_cmpint (gtk_widget_get_width (strip), >, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);

  g_test_add_func ("/app/count/format", test_count_format);
  g_test_add_func ("/app/tint/apply", test_tint);
  g_test_add_func ("/app/pill/set", test_pill);
  g_test_add_func ("/app/progress-strip/set", test_progress_strip);
  g_test_add_func ("/app/line/set", test_line);
  g_test_add_func ("/app/meter/set", test_meter);
  g_test_add_func ("/app/stack-bar/set", test_stack_bar);
  g_test_add_func ("/app/money-bar/set", test_money_bar);
  g_test_add_func ("/app/answer-box/set", test_answer_box);
  g_test_add_func ("/app/figure/set", test_figure);
  g_test_add_func ("/app/figure-row/wrap", test_figure_row);
  g_test_add_func ("/app/bar-chart/table", test_bar_chart);
  g_test_add_func ("/app/bar-plot/find", test_bar_plot);
  g_test_add_func ("/app/states/switch", test_states);
  g_test_add_func ("/app/view-bar/select", test_view_bar);
  g_test_add_func ("/app/page-header/set", test_page_header);
  g_test_add_func ("/app/timeline/add", test_timeline);
  g_test_add_func ("/app/widgets/draw", test_draw);

  return g_test_run ();
}
