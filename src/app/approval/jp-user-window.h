/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* People who work at the school: adds one, makes a code for another PC, takes such a code, takes
 * the rights of one who left away. */

typedef void (*JpUserWindowDone) (gpointer user_data);

#define JP_TYPE_USER_WINDOW (jp_user_window_get_type ())

G_DECLARE_FINAL_TYPE (JpUserWindow, jp_user_window, JP, USER_WINDOW, GObject)

/**
 * JpUserWindowTask:
 * @JP_USER_WINDOW_ADD: somebody new
 * @JP_USER_WINDOW_PIN: a PIN at this PC, with a code of another one
 * @JP_USER_WINDOW_CODE: such a code
 * @JP_USER_WINDOW_LEFT: somebody has left
 *
 * What the form is for.
 */
typedef enum {
  JP_USER_WINDOW_ADD,
  JP_USER_WINDOW_PIN,
  JP_USER_WINDOW_CODE,
  JP_USER_WINDOW_LEFT,
} JpUserWindowTask;

/**
 * JpUserWindowSpec:
 * @task: what it is for
 * @office: the office
 * @parent: the window it belongs to
 * @done: called when it is done
 * @whose: its user data; held weakly
 */
typedef struct
{
  JpUserWindowTask task;
  JpOffice        *office;
  GtkWindow       *parent;
  JpUserWindowDone done;
  GObject         *whose;
} JpUserWindowSpec;

void       jp_user_window_open (const JpUserWindowSpec *spec);
GtkWidget *jp_user_window_new_row (JpUserWindowTask task, GCallback clicked, gpointer user_data);

G_END_DECLS
