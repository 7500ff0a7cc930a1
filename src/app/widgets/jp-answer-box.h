/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_TYPE_ANSWER_BOX (jp_answer_box_get_type ())

G_DECLARE_FINAL_TYPE (JpAnswerBox, jp_answer_box, JP, ANSWER_BOX, GtkWidget)

GtkWidget  *jp_answer_box_new (const char *heading);
void        jp_answer_box_set_heading (JpAnswerBox *self, const char *heading);
void        jp_answer_box_set_text (JpAnswerBox *self, const char *text);
const char *jp_answer_box_get_text (JpAnswerBox *self);
void        jp_answer_box_set_pill (JpAnswerBox *self, const char *text, JpTint tint);
void        jp_answer_box_set_tint (JpAnswerBox *self, JpTint tint);

G_END_DECLS
