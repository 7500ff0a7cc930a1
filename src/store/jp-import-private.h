/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-import.h"

G_BEGIN_DECLS

struct _JpImport
{
  JpKind     kind;
  JpFieldId  key;    /* finds the record of a row */
  GPtrArray *rows;   /* (owned) (element-type JpImportRow) */
  GArray    *starts; /* (owned) (element-type guint): first row of each change */
  GArray    *op_ids; /* (owned) (element-type JpId): identity of each change */
};

G_END_DECLS
