/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-gallery-pages.h"

#include "jp-bar-chart.h"
#include "jp-fake-page.h"
#include "jp-figure.h"
#include "jp-list-page.h"
#include "jp-money.h"
#include "jp-pill.h"

static GtkWidget *
create_work_list (const char *title, const char *const (*rows)[3], gsize n_rows)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (gsize i = 0; i < n_rows; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rows[i][0]);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rows[i][1]);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), jp_pill_new (rows[i][2], JP_TINT_INFO));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  return group;
}

static GtkWidget *
create_chart (void)
{
  const JpBarSeries series[] = { { "监管账户中", JP_TINT_INFO },
                                 { "已拨付", JP_TINT_OK },
                                 { "退费", JP_TINT_MUTE } };
  const char *const months[] = { "4月", "5月", "6月", "7月", "8月", "9月", NULL };
  const gint64      values[] = { 21000000, 10000000, 2500000, 23500000, 11500000, 1500000,
                                 19500000, 14000000, 2500000, 27000000, 12500000, 1500000,
                                 32500000, 17500000, 2000000, 29500000, 20500000, 1000000 };
  GtkWidget        *chart = jp_bar_chart_new ();

  jp_bar_chart_set_data (JP_BAR_CHART (chart), series, G_N_ELEMENTS (series), months, values);
  jp_bar_chart_set_format (JP_BAR_CHART (chart), jp_money_format);
  gtk_widget_set_size_request (chart, -1, 190);
  return chart;
}

static GtkWidget *
create_money_card (void)
{
  const char *figures[][2] = { { "监管账户中", "¥1,284,560" },
                               { "本月已拨付", "¥384,088" },
                               { "卡住", "¥12,400" } };
  GtkWidget  *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget  *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget  *title = gtk_label_new ("资金");
  GtkWidget  *note = gtk_label_new ("4 名学员 9 学时待审，最早 6 天。审核后本周可拨付 ¥12,400。");

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (card), title);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      GtkWidget *figure = jp_figure_new (figures[i][0]);

      jp_figure_set_value (JP_FIGURE (figure), figures[i][1]);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (figure), "win.go::statements");
      if (i == 2)
        jp_figure_set_tint (JP_FIGURE (figure), JP_TINT_WARN);
      gtk_box_append (GTK_BOX (row), figure);
    }
  gtk_box_append (GTK_BOX (card), row);
  gtk_box_append (GTK_BOX (card), note);
  gtk_box_append (GTK_BOX (card), create_chart ());
  return card;
}

/**
 * jp_gallery_pages_new_today:
 * @user_data: not used
 *
 * A [callback@Jp.PageFactory].
 *
 * Returns: (transfer floating): work-lists and a card with figures and a chart
 */
GtkWidget *
jp_gallery_pages_new_today (gpointer user_data)
{
  const char *const work[][3] = { { "网上报名待受理", "陈浩然、杨思琪、何敏", "3" },
                                  { "合同待签", "已发送 2 份，最早 1 天前", "2" },
                                  { "结算单需看", "2026-09：6 行，¥2,152.00", "6" } };
  GtkWidget        *page = jp_fake_page_new ((gpointer) "今日");
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget        *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget        *header = jp_page_header_new ();
  GtkWidget        *scroller = gtk_scrolled_window_new ();
  GtkWidget        *list = create_work_list ("等您处理", work, G_N_ELEMENTS (work));
  GtkWidget        *card = create_money_card ();

  jp_page_header_set_title (JP_PAGE_HEADER (header), "今日");
  jp_page_header_set_subtitle (JP_PAGE_HEADER (header), "10月18日 星期六");
  gtk_widget_add_css_class (columns, "padded");
  gtk_widget_set_hexpand (card, TRUE);
  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (columns), list);
  gtk_box_append (GTK_BOX (columns), card);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), columns);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  jp_fake_page_set_child (JP_FAKE_PAGE (page), box);
  return page;
}

/**
 * jp_gallery_pages_new_widgets:
 * @user_data: (type utf8): "loading", "empty" or "error"
 *
 * A [callback@Jp.PageFactory].
 *
 * Returns: (transfer floating): a list in one of its states
 */
GtkWidget *
jp_gallery_pages_new_widgets (gpointer user_data)
{
  GtkWidget  *page = jp_fake_page_new (user_data);
  JpListPage *list = JP_LIST_PAGE (jp_list_page_new ());

  g_object_set (list, "title", user_data, NULL);
  jp_list_page_set_primary (list, "新合同");
  jp_list_page_set_empty_text (list, "x-office-document-symbolic", "还没有合同",
                               "从班型和范本起草第一份，几分钟就好。");
  if (g_str_equal (user_data, "empty"))
    jp_list_page_set_n_rows (list, 0);
  else
    jp_states_set_state (jp_list_page_get_states (list),
                         g_str_equal (user_data, "error") ? JP_STATE_ERROR : JP_STATE_LOADING);
  jp_fake_page_set_child (JP_FAKE_PAGE (page), GTK_WIDGET (list));
  jp_fake_page_set_commands (JP_FAKE_PAGE (page), JP_COMMAND_NEW);
  return page;
}
