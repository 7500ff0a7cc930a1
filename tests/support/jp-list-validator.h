/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keeps a copy of a list by what its signals say, and ends the test as soon as the list says
 * something else. Holds every item of the list. */
typedef struct _JpListValidator JpListValidator;

JpListValidator *jp_list_validator_new (GListModel *model);
void             jp_list_validator_check (JpListValidator *self);
void             jp_list_validator_restart_counts (JpListValidator *self);
guint            jp_list_validator_get_n_signals (JpListValidator *self);
guint            jp_list_validator_get_n_removed (JpListValidator *self);
guint            jp_list_validator_get_n_added (JpListValidator *self);
void             jp_list_validator_free (JpListValidator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpListValidator, jp_list_validator_free)

G_END_DECLS
