/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet.h"

G_BEGIN_DECLS

JpSheet *jp_csv_reader_read (GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
