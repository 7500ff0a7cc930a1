/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-gallery-pages.h"

#include "jp-choice-row.h"
#include "jp-date-row.h"
#include "jp-entry-row.h"
#include "jp-fake-page.h"
#include "jp-form-window.h"
#include "jp-page-header.h"
#include "jp-switch-row.h"
#include "jp-text-row.h"

static char *
validate_phone (const char *text, gpointer user_data)
{
  return strlen (text) == 11 ? NULL : g_strdup ("手机号应为 11 位：请核对是否少输了数字");
}

static void
add_entry (JpForm        *form,
           const char    *id,
           const char    *title,
           JpEntryKind    kind,
           JpFormValidate validate)
{
  jp_form_add (form, id, JP_FORM_ROW (jp_entry_row_new (title, kind)), validate, NULL);
}

static JpForm *
create_form (void)
{
  const JpChoice types[] = { { "C1", "C1 小型汽车" }, { "C2", "C2 小型自动挡汽车" } };
  JpForm        *form = JP_FORM (jp_form_new ());
  GtkWidget     *type = jp_choice_row_new ("申请车型");

  jp_form_begin_group (form, "学员", "输入身份证号后，出生日期和性别会自动填写。");
  add_entry (form, "name", "姓名", JP_ENTRY_TEXT, NULL);
  add_entry (form, "id-number", "身份证号", JP_ENTRY_CODE, NULL);
  jp_form_add (form, "birth", JP_FORM_ROW (jp_date_row_new ("出生日期")), NULL, NULL);
  add_entry (form, "phone", "手机号", JP_ENTRY_DIGITS, validate_phone);

  jp_form_begin_group (form, "班型", NULL);
  jp_choice_row_set_choices (JP_CHOICE_ROW (type), types, G_N_ELEMENTS (types));
  jp_form_add (form, "type", JP_FORM_ROW (type), NULL, NULL);
  add_entry (form, "price", "学费", JP_ENTRY_MONEY, NULL);
  jp_form_add (form, "pick-up", JP_FORM_ROW (jp_switch_row_new ("接送")), NULL, NULL);
  jp_form_add (form, "note", JP_FORM_ROW (jp_text_row_new ("备注")), NULL, NULL);

  jp_form_set_required (form, "name", TRUE);
  jp_form_set_text (form, "id-number", "372922200803151627");
  jp_form_set_text (form, "birth", "2008-03-15");
  jp_form_set_text (form, "phone", "1380530");
  jp_form_set_text (form, "price", "三千六");
  jp_form_set_text (form, "note", "周末上午方便。\n家长电话另记。");
  return form;
}

/**
 * jp_gallery_pages_new_form:
 * @user_data: not used
 *
 * A [callback@Jp.PageFactory].
 *
 * Returns: (transfer floating): a form with mistakes in it
 */
GtkWidget *
jp_gallery_pages_new_form (gpointer user_data)
{
  GtkWidget *page = jp_fake_page_new ((gpointer) "学校资料");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = jp_page_header_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  JpForm    *form = create_form ();

  jp_page_header_set_title (JP_PAGE_HEADER (header), "新学员");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (form));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  jp_fake_page_set_child (JP_FAKE_PAGE (page), box);
  jp_form_check (form);
  return page;
}

/**
 * jp_gallery_pages_open_form:
 * @parent: the window it belongs to
 *
 * Opens the same form in a window.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
jp_gallery_pages_open_form (GtkWindow *parent)
{
  JpFormWindow *window = jp_form_window_new (parent, "新学员", create_form ());

  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}
