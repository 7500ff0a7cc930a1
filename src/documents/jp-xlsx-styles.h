/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-xlsx-format.h"
#include "jp-xlsx-xml.h"

G_BEGIN_DECLS

GArray *jp_xlsx_styles_read (JpXlsxXml *xml, GError **error);

G_END_DECLS
