/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JpState:
 * @JP_STATE_LOADING: asked, not answered yet
 * @JP_STATE_EMPTY: answered: there is nothing
 * @JP_STATE_ERROR: could not be answered
 * @JP_STATE_CONTENT: answered
 *
 * The four states of everything that is loaded.
 */
typedef enum {
  JP_STATE_LOADING,
  JP_STATE_EMPTY,
  JP_STATE_ERROR,
  JP_STATE_CONTENT,
} JpState;

#define JP_TYPE_STATES (jp_states_get_type ())

G_DECLARE_FINAL_TYPE (JpStates, jp_states, JP, STATES, GtkWidget)

GtkWidget *jp_states_new (void);
void       jp_states_set_content (JpStates *self, GtkWidget *content);
JpState    jp_states_get_state (JpStates *self);
void       jp_states_set_state (JpStates *self, JpState state);
void       jp_states_set_empty_text (JpStates   *self,
                                     const char *icon_name,
                                     const char *title,
                                     const char *description);
void jp_states_set_empty_action (JpStates *self, const char *label, const char *detailed_action);
void jp_states_set_error_text (JpStates *self, const char *title, const char *description);

G_END_DECLS
