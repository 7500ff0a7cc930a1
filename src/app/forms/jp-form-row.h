/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JP_TYPE_FORM_ROW (jp_form_row_get_type ())

G_DECLARE_INTERFACE (JpFormRow, jp_form_row, JP, FORM_ROW, AdwPreferencesRow)

/**
 * JpFormRowInterface:
 * @dup_text: what is entered as plain text: a date as 2026-11-24, an amount as 3680.00, a choice as
 *   its code, a switch as "1" or ""
 * @set_text: the opposite
 * @check: (nullable): a translated sentence if what is entered is not even of the row's kind
 *
 * One field of a form, whatever it looks like.
 */
struct _JpFormRowInterface
{
  GTypeInterface parent_interface;

  char *(*dup_text) (JpFormRow *self);
  void (*set_text) (JpFormRow *self, const char *text);
  char *(*check) (JpFormRow *self);
};

char *jp_form_row_dup_text (JpFormRow *self);
void  jp_form_row_set_text (JpFormRow *self, const char *text);
char *jp_form_row_check (JpFormRow *self);
void  jp_form_row_edited (JpFormRow *self);
void  jp_form_row_track_focus (JpFormRow *self);

G_END_DECLS
