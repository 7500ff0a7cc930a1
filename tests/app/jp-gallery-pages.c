/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-gallery-pages.h"

#include "jp-answer-box.h"
#include "jp-bar-chart.h"
#include "jp-fake-page.h"
#include "jp-fake-rows.h"
#include "jp-figure.h"
#include "jp-list-page.h"
#include "jp-meter.h"
#include "jp-money-bar.h"
#include "jp-money.h"
#include "jp-pill.h"
#include "jp-timeline.h"

#define N_TRAINEES 100000

static const char *names[] = {
  "徐文",   "曾雨桐",          "郭桂",   "马桐",     "赵敏", "朱英娟",
  "张建秀", "阿依努尔·买买提", "单浩秀", "欧阳文秀", "黄思", "陈辉磊"
};
static const char *tiers[] = { "学生班", "基础班", "周末班", "VIP班" };
static const char *types[] = { "C1", "C2", "B2", "D" };
static const char *coaches[] = { "王强", "李建国", "孙涛", "赵敏" };

static const struct
{
  const char *word;
  JpTint      tint;
} states[] = {
  { "学时待审", JP_TINT_WARN }, { "科目三", JP_TINT_INFO }, { "照片不符", JP_TINT_BAD },
  { "待约考", JP_TINT_OK },     { "科目一", JP_TINT_MUTE },
};

static gint64
id_of (gpointer item)
{
  return jp_fake_row_get_id (item) - 1;
}

static void
bind_name (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, names[id_of (item) % G_N_ELEMENTS (names)]);
}

static void
bind_tail (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_take_text (cell, g_strdup_printf ("…%05d", (int)((10000 + id_of (item) * 37) % 100000)));
  cell->dim = TRUE;
}

static void
bind_type (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, types[id_of (item) * 7 % G_N_ELEMENTS (types)]);
}

static void
bind_tier (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, tiers[id_of (item) % G_N_ELEMENTS (tiers)]);
}

static void
bind_progress (gpointer item, JpCell *cell, gpointer user_data)
{
  guint16 permille[4] = { 1000, 0, 0, 0 };
  gint64  id = id_of (item);

  permille[1] = (guint16)(id % 3 == 0 ? 1000 : id * 137 % 1000);
  permille[2] = (guint16)(id % 3 == 0 ? id * 91 % 1000 : 0);
  jp_cell_set_strip (cell, permille, G_N_ELEMENTS (permille));
  jp_cell_set_text (cell, "第一部分已完成");
}

static void
bind_hours (gpointer item, JpCell *cell, gpointer user_data)
{
  g_autofree char *hours = jp_minutes_format_hours (720 + id_of (item) * 45 % 3000);

  jp_cell_take_text (cell, g_strdup_printf ("%s / 62", hours));
}

static void
bind_state (gpointer item, JpCell *cell, gpointer user_data)
{
  gint64 state = id_of (item) % G_N_ELEMENTS (states);

  jp_cell_set_pill (cell, states[state].word, states[state].tint);
}

static void
bind_coach (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, coaches[id_of (item) % G_N_ELEMENTS (coaches)]);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_who (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (words), create_label ("曾雨桐", "title-2"));
  gtk_box_append (GTK_BOX (words), create_label ("372922 •••••••• 162X · 女 · 19 岁", "dim-label"));
  gtk_box_append (GTK_BOX (box), adw_avatar_new (48, "曾雨桐", TRUE));
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
append_meter (GtkWidget *box, const char *label, gint64 value, gint64 goal, const char *text)
{
  GtkWidget *meter = jp_meter_new (label);

  jp_meter_set (JP_METER (meter), value, goal, text);
  gtk_box_append (GTK_BOX (box), meter);
}

static GtkWidget *
create_money (void)
{
  const JpMoneyPart parts[] = {
    { "已拨付给学校", 110400, JP_TINT_OK, TRUE },
    { "监管账户中", 257600, JP_TINT_INFO, TRUE },
    { "今天退学可退", 220800, JP_TINT_MUTE, FALSE },
  };
  GtkWidget *bar = jp_money_bar_new ();

  jp_money_bar_set_parts (JP_MONEY_BAR (bar), parts, G_N_ELEMENTS (parts));
  return bar;
}

static GtkWidget *
create_events (void)
{
  const JpTimelineEntry entries[] = {
    { .when = "10-17 14:00", .title = "科目二 场地驾驶 90 分 · 待审" },
    { .when = "10-14 09:00", .title = "科目二 60 分 · 作废：照片不符" },
    { .when = "10-09",
      .title = "结算单 2026-09 拨付 ¥552.00 · 相符",
      .action = "win.go::statements" },
    { .when = "09-28", .title = "科目一 考试 合格 96 分" },
  };
  GtkWidget *timeline = jp_timeline_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    jp_timeline_add (JP_TIMELINE (timeline), &entries[i]);
  return timeline;
}

static GtkWidget *
create_evidence (void)
{
  const JpTimelineEntry entries[] = {
    { NULL, "合同 HT-0041-26-02-00231", "2026-02-18 双方签署 · 基础班 第 2 版 ¥3,680.00",
      JP_TINT_OK, "win.go::contracts" },
    { NULL, "规则 2023 版 第 3 条", "第二部分学时审核通过，拨付 30%", JP_TINT_OK, NULL },
    { NULL, "依据", "16.0 学时 · 11 次培训 · 9月12日审核通过", JP_TINT_OK, "win.go::hours" },
    { NULL, "此前已拨", "9月9日 30% 报名 ¥1,104.00", JP_TINT_OK, NULL },
    { NULL, "应拨", "3,680.00 × 30% = ¥1,104.00", JP_TINT_OK, NULL },
    { NULL, "实拨", "¥828.00 · 银行流水 20260930-004417", JP_TINT_BAD, NULL },
    { NULL, "可做", "生成异议函，附合同、规则与 11 次培训", JP_TINT_WARN, NULL },
  };
  GtkWidget *timeline = jp_timeline_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    jp_timeline_add (JP_TIMELINE (timeline), &entries[i]);
  return timeline;
}

static GtkWidget *
create_trainee_detail (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *answer = jp_answer_box_new ("现在到哪一步？");
  GtkWidget *fee = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (box, "detail");
  gtk_box_append (GTK_BOX (box), create_who ());
  gtk_box_append (GTK_BOX (pills), jp_pill_new ("C1", JP_TINT_MUTE));
  gtk_box_append (GTK_BOX (pills), jp_pill_new ("基础班 2026-03", JP_TINT_MUTE));
  gtk_box_append (GTK_BOX (pills), jp_pill_new ("学时待审", JP_TINT_WARN));
  gtk_box_append (GTK_BOX (box), pills);

  jp_answer_box_set_text (JP_ANSWER_BOX (answer),
                          "科目二有效 13.5 / 16 学时；1.0 学时作废（10月14日 "
                          "签退照片不符，李建国）；"
                          "1.5 学时待审 3 天。再练两次，最早 10月22日可约考。");
  gtk_box_append (GTK_BOX (box), answer);

  append_meter (box, "一 法规", 12, 12, "12 / 12");
  append_meter (box, "二 场地", 135, 160, "13.5 / 16");
  append_meter (box, "三 道路", 75, 240, "7.5 / 24");
  append_meter (box, "四 安全", 0, 10, "0 / 10");
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));

  gtk_box_append (GTK_BOX (fee), create_label ("学费 ¥3,680.00", "heading"));
  gtk_box_append (GTK_BOX (fee), create_label ("一费到底", "dim-label"));
  gtk_box_append (GTK_BOX (box), fee);
  gtk_box_append (GTK_BOX (box), create_money ());
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), create_label ("最近", "heading"));
  gtk_box_append (GTK_BOX (box), create_events ());
  return box;
}

static GtkWidget *
wrap_page (const char *title, GtkWidget *child, JpCommands commands)
{
  GtkWidget *page = jp_fake_page_new ((gpointer)title);

  jp_fake_page_set_child (JP_FAKE_PAGE (page), child);
  jp_fake_page_set_commands (JP_FAKE_PAGE (page), commands);
  return page;
}

static void
add_view (JpListPage *page, const char *name, const char *title, gint64 n_rows)
{
  jp_view_bar_add (jp_list_page_get_view_bar (page), name, title);
  jp_view_bar_set_count (jp_list_page_get_view_bar (page), name, n_rows);
}

static void
set_trainee_columns (JpTable *table)
{
  const JpColumnSpec columns[] = {
    { "name", "姓名", 10, JP_COLUMN_TEXT, TRUE, FALSE, bind_name },
    { "tail", "编号尾号", 9, JP_COLUMN_TEXT, TRUE, FALSE, bind_tail },
    { "type", "车型", 5, JP_COLUMN_BADGE, TRUE, FALSE, bind_type },
    { "tier", "班型", 9, JP_COLUMN_TEXT, TRUE, FALSE, bind_tier },
    { "progress", "进度", 0, JP_COLUMN_STRIP, FALSE, FALSE, bind_progress },
    { "hours", "有效学时", 10, JP_COLUMN_NUMBER, TRUE, FALSE, bind_hours },
    { "state", "状态", 0, JP_COLUMN_PILL, TRUE, FALSE, bind_state },
    { "coach", "教练", 8, JP_COLUMN_TEXT, TRUE, TRUE, bind_coach },
  };

  jp_table_set_columns (table, columns, G_N_ELEMENTS (columns), NULL);
}

static GMenuModel *
create_context_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, "编辑", "win.edit");
  g_menu_append (menu, "复制", "table.copy");
  g_menu_append (menu, "移到回收站", "win.delete");
  return G_MENU_MODEL (menu);
}

/**
 * jp_gallery_pages_new_trainees:
 * @user_data: not used
 *
 * A [callback@Jp.PageFactory].
 *
 * Returns: (transfer floating): a list of 100,000 rows with a pane
 */
GtkWidget *
jp_gallery_pages_new_trainees (gpointer user_data)
{
  JpListPage *page = JP_LIST_PAGE (jp_list_page_new ());
  JpTable    *table = jp_list_page_get_table (page);
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (N_TRAINEES);
  g_autoptr (GMenuModel) menu = create_context_menu ();
  GtkWidget *contract = gtk_button_new_with_label ("合同");
  GtkWidget *edit = gtk_button_new_with_label ("编辑");

  g_object_set (page, "title", "学员", "subtitle", "100,000 人", NULL);
  jp_list_page_set_primary (page, "新学员");
  add_view (page, "all", "全部", N_TRAINEES);
  add_view (page, "training", "在学", 864);
  add_view (page, "unsigned", "待签约", 3);
  add_view (page, "exam", "待约考", 41);
  add_view (page, "look", "需处理", 7);

  set_trainee_columns (table);
  jp_table_set_ids (table, jp_fake_rows_get_item_id, jp_fake_rows_find, NULL);
  jp_table_set_model (table, G_LIST_MODEL (rows));
  jp_table_set_context_menu (table, menu);
  jp_list_page_set_n_rows (page, N_TRAINEES);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "win.edit");
  jp_list_page_add_detail_button (page, edit);
  jp_list_page_add_detail_button (page, contract);
  jp_list_page_set_detail (page, create_trainee_detail ());
  jp_table_select_id (table, 2);

  return wrap_page ("学员", GTK_WIDGET (page),
                    JP_COMMAND_NEW | JP_COMMAND_EDIT | JP_COMMAND_PRINT | JP_COMMAND_EXPORT);
}

static const struct
{
  const char *name;
  const char *stage;
  gint64      due_fen;
  gint64      paid_fen;
  const char *verdict;
  JpTint      tint;
  const char *reason;
} lines[] = {
  { "曾雨桐", "科目二 学时通过", 110400, 82800, "少拨", JP_TINT_BAD,
    "按 22.5% 拨付，合同第 2 版为 30%（规则第 3 条）" },
  { "王建国", "科目三 学时通过", 110400, 0, "漏拨", JP_TINT_BAD,
    "学时 9月12日审核通过，已 18 天，未见拨付" },
  { "李娜", "科目一", 73600, 147200, "重复", JP_TINT_WARN, "8月结算单第 88 行已拨付同一阶段" },
  { "孙志远", "科目二 学时通过", 110400, 0, "晚拨", JP_TINT_INFO,
    "1.5 学时待审 3 天，审核后预计 10月第 1 周拨付" },
  { "赵敏", "科目三 学时通过", 101200, 70800, "少拨", JP_TINT_BAD,
    "拨付 21 学时，已审 24 学时：9月20日三次未计" },
  { "周涛", "退学结清", 0, -10000, "规则不同", JP_TINT_WARN, "平台按 2026-08 版扣 IC 卡费 100 元" },
};

static void
bind_line (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, lines[id_of (item)].name);
}

static void
bind_stage (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, lines[id_of (item)].stage);
}

static void
bind_due (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_money (cell, lines[id_of (item)].due_fen);
}

static void
bind_paid (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_money (cell, lines[id_of (item)].paid_fen);
}

static void
bind_difference (gpointer item, JpCell *cell, gpointer user_data)
{
  gint64 line = id_of (item);

  jp_cell_set_money (cell, lines[line].paid_fen - lines[line].due_fen);
}

static void
bind_verdict (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_pill (cell, lines[id_of (item)].verdict, lines[id_of (item)].tint);
}

static void
bind_reason (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, lines[id_of (item)].reason);
}

static GtkWidget *
create_figures (void)
{
  const char *figures[][2] = { { "应拨", "¥386,240.00" },
                               { "实拨", "¥384,088.00" },
                               { "差额", "−¥2,152.00" },
                               { "已解释", "¥2,152.00" } };
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget  *headline = jp_figure_new ("未解释差额");

  gtk_widget_add_css_class (box, "figures");
  jp_figure_set_value (JP_FIGURE (headline), "¥0.00");
  jp_figure_set_tint (JP_FIGURE (headline), JP_TINT_OK);
  jp_figure_set_headline (JP_FIGURE (headline), TRUE);
  gtk_box_append (GTK_BOX (box), headline);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      GtkWidget *figure = jp_figure_new (figures[i][0]);

      jp_figure_set_value (JP_FIGURE (figure), figures[i][1]);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (figure), "win.go::trainees");
      gtk_box_append (GTK_BOX (box), figure);
    }

  return box;
}

static GtkWidget *
create_line_detail (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *answer = jp_answer_box_new ("−¥276.00");

  gtk_widget_add_css_class (box, "detail");
  jp_answer_box_set_pill (JP_ANSWER_BOX (answer), "少拨", JP_TINT_BAD);
  jp_answer_box_set_text (JP_ANSWER_BOX (answer), "平台按 22.5% 拨付，合同第 2 版写的是 30%。少 "
                                                  "3,680.00 × 7.5% = 276.00。");
  gtk_box_append (GTK_BOX (box), answer);
  gtk_box_append (GTK_BOX (box), create_evidence ());
  return box;
}

/**
 * jp_gallery_pages_new_statements:
 * @user_data: not used
 *
 * A [callback@Jp.PageFactory].
 *
 * Returns: (transfer floating): a list with figures above it
 */
GtkWidget *
jp_gallery_pages_new_statements (gpointer user_data)
{
  const JpColumnSpec columns[] = {
    { "name", "学员", 8, JP_COLUMN_LINK, TRUE, FALSE, bind_line },
    { "stage", "环节", 15, JP_COLUMN_TEXT, TRUE, FALSE, bind_stage },
    { "due", "应拨", 9, JP_COLUMN_MONEY, TRUE, FALSE, bind_due },
    { "paid", "实拨", 9, JP_COLUMN_MONEY, TRUE, FALSE, bind_paid },
    { "difference", "差额", 10, JP_COLUMN_MONEY, TRUE, FALSE, bind_difference },
    { "verdict", "结论", 0, JP_COLUMN_PILL, TRUE, FALSE, bind_verdict },
    { "reason", "原因", 20, JP_COLUMN_TEXT, FALSE, TRUE, bind_reason },
  };
  JpListPage *page = JP_LIST_PAGE (jp_list_page_new ());
  JpTable    *table = jp_list_page_get_table (page);
  g_autoptr (JpFakeRows) rows = jp_fake_rows_new (G_N_ELEMENTS (lines));

  g_object_set (page, "title", "结算单 2026-09", "subtitle",
                "菏泽驾培公共服务平台 · 9月1日–30日 · 412 行", NULL);
  jp_list_page_set_above (page, create_figures ());
  add_view (page, "all", "全部", 412);
  add_view (page, "look", "需看", 6);
  add_view (page, "match", "相符", 406);
  add_view (page, "short", "少拨", 2);
  jp_view_bar_set_selected (jp_list_page_get_view_bar (page), "look");

  jp_table_set_columns (table, columns, G_N_ELEMENTS (columns), NULL);
  jp_table_set_ids (table, jp_fake_rows_get_item_id, jp_fake_rows_find, NULL);
  jp_table_set_model (table, G_LIST_MODEL (rows));
  jp_list_page_set_n_rows (page, G_N_ELEMENTS (lines));
  jp_list_page_set_detail (page, create_line_detail ());
  jp_list_page_set_detail_title (page, "曾雨桐", "第 17 行");
  jp_table_select_id (table, 1);
  return wrap_page ("结算单 2026-09", GTK_WIDGET (page), JP_COMMAND_PRINT | JP_COMMAND_EXPORT);
}
