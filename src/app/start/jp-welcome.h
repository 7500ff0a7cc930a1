/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-start.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The window before there is a school: first run, password, or why it could not be opened. */

#define JP_TYPE_WELCOME (jp_welcome_get_type ())

G_DECLARE_FINAL_TYPE (JpWelcome, jp_welcome, JP, WELCOME, AdwApplicationWindow)

JpWelcome  *jp_welcome_new (GtkApplication *application, JpStart *start);
void        jp_welcome_ask_password (JpWelcome *self, const char *problem);
void        jp_welcome_show_error (JpWelcome *self, const GError *error);
const char *jp_welcome_get_page (JpWelcome *self);
const char *jp_welcome_get_sentence (JpWelcome *self);
void        jp_welcome_begin_work (JpWelcome *self, const char *sentence);
void        jp_welcome_show_form (JpWelcome *self);
void        jp_welcome_open_demo (JpWelcome *self);

G_END_DECLS
