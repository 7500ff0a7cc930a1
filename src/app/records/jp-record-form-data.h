/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"

G_BEGIN_DECLS

/* What a form of a record reads before it is shown, and keeps while it is typed into. */

/**
 * JpRecordFormData:
 * @typed: (owned) (nullable): a{ss} that was typed and not saved
 * @choices: (owned) (element-type GPtrArray): for each reference the form asks for, in the order of
 *   the description: the records it may be set to
 */
typedef struct
{
  GVariant  *typed;
  GPtrArray *choices;
} JpRecordFormData;

void jp_record_form_data_free (JpRecordFormData *self);
void jp_record_form_data_read_async (JpStore            *store,
                                     JpDraft            *draft,
                                     JpRecord           *record,
                                     const char         *place,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
JpRecordFormData          *
jp_record_form_data_read_finish (JpStore *store, GAsyncResult *result, GError **error);
void     jp_record_form_data_keep_async (JpStore            *store,
                                         const char         *place,
                                         GVariant           *typed,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gboolean jp_record_form_data_keep_finish (JpStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpRecordFormData, jp_record_form_data_free)

G_END_DECLS
