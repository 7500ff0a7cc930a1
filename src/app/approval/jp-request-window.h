/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-approval-repo.h"
#include "jp-form-window.h"
#include "jp-office.h"
#include "jp-user-window.h"

G_BEGIN_DECLS

/* What the windows about leaving a contract share: a form about one contract that asks the store
 * what is known, again whenever something changes, shows the answer, and hands one signed piece of
 * work to the writer. It lives as long as its window. */

#define JP_TYPE_REQUEST_WINDOW (jp_request_window_get_type ())

G_DECLARE_DERIVABLE_TYPE (JpRequestWindow, jp_request_window, JP, REQUEST_WINDOW, GObject)

/**
 * JpRequestWindowClass:
 * @title: of the window, to be translated
 * @save_label: of its button, to be translated
 * @problem_field: the row under which stands what no other row explains
 * @fill: adds the rows
 * @new_question: what @read is asked; (transfer full)
 * @question_free: frees it
 * @read: asks the store; a reading that says why something cannot be known is an answer, too
 * @answer_free: frees the answer
 * @show: shows the answer; returns %FALSE if there is nothing to do any more: the window closes
 * @new_work: what @write is handed; (transfer full), %NULL if it is not known yet
 * @work_free: frees it
 * @write: does it, in the writer
 * @get_done: what is said then
 */
struct _JpRequestWindowClass
{
  GObjectClass parent_class;

  const char *title;
  const char *save_label;
  const char *problem_field;

  void (*fill) (JpRequestWindow *self, JpForm *form);

  gpointer (*new_question) (JpRequestWindow *self, JpForm *form);
  GDestroyNotify question_free;
  JpStoreFunc    read;
  GDestroyNotify answer_free;
  gboolean (*show) (JpRequestWindow *self, JpForm *form, gpointer answer);

  gpointer (*new_work) (JpRequestWindow *self, JpForm *form);
  GDestroyNotify work_free;
  JpStoreFunc    write;
  const char *(*get_done) (JpRequestWindow *self, JpForm *form);
};

void jp_request_window_class_ask (JpRequestWindowClass *klass);

void           jp_request_window_open (GType type, JpOffice *office, const JpId *contract);
JpOffice      *jp_request_window_get_office (JpRequestWindow *self);
GtkWindow     *jp_request_window_get_window (JpRequestWindow *self);
const JpId    *jp_request_window_get_contract (JpRequestWindow *self);
void           jp_request_window_read_again (JpRequestWindow *self);
void           jp_request_window_add_asker (JpRequestWindow *self, JpForm *form);
void           jp_request_window_add_user_row (JpRequestWindow *self, JpUserWindowTask task);
JpApprovalAsk *jp_request_window_new_ask (JpRequestWindow *self, JpKind kind, JpForm *form);

G_END_DECLS
