/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-store.h"

G_BEGIN_DECLS

/* What a school may do to its rows, beyond what the description of the fields says. */

guint32     jp_platform_rules_get_units (const JpKindInfo *info, JpRecord *theirs);
gboolean    jp_platform_rules_may_create (const JpKindInfo *info);
const char *jp_platform_rules_check_steps (JpRecord *theirs, JpRecord *mine);
char       *jp_platform_rules_check_fields (JpRecord *record, guint32 units, JpDate today);
JpFieldId   jp_platform_rules_check_fixed (JpRecord *theirs, JpRecord *mine, guint32 units);
gboolean    jp_platform_rules_is_request (JpRecord *record);
gboolean    jp_platform_rules_has_two_people (JpPlatformStore *store,
                                              const JpId      *school,
                                              JpRecord        *record,
                                              gboolean        *out_has,
                                              GError         **error);
gboolean    jp_platform_rules_is_seat (JpRecord *record);
gboolean    jp_platform_rules_has_money (JpPlatformStore *store,
                                         JpRecord        *record,
                                         gboolean        *out_has,
                                         GError         **error);
gboolean    jp_platform_rules_is_seat_taken (JpPlatformStore *store,
                                             JpRecord        *record,
                                             gboolean        *out_taken,
                                             GError         **error);
gboolean    jp_platform_rules_does_overlap (JpPlatformStore *store,
                                            JpRecord        *record,
                                            gboolean        *out_overlaps,
                                            GError         **error);
gboolean    jp_platform_rules_find_missing (JpPlatformStore *store,
                                            const JpId      *school,
                                            JpRecord        *record,
                                            guint32          units,
                                            JpFieldId       *out_field,
                                            GError         **error);
gboolean    jp_platform_rules_find_same_person (JpPlatformStore *store,
                                                const JpId      *school,
                                                JpRecord        *trainee,
                                                JpId            *out_id,
                                                GError         **error);

G_END_DECLS
