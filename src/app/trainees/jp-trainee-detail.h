/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-detail.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* The pane of a trainee: who it is, where they are, hours by part, money, latest events. */

#define JP_TYPE_TRAINEE_DETAIL (jp_trainee_detail_get_type ())

G_DECLARE_FINAL_TYPE (JpTraineeDetail, jp_trainee_detail, JP, TRAINEE_DETAIL, GtkWidget)

GtkWidget *jp_trainee_detail_new (JpOffice *office);

G_END_DECLS
