/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-header.h"
#include "jp-problem.h"

G_BEGIN_DECLS

/* The districts of the city, from data/districts/heze.json, with the codes they had before: an
 * identity card keeps the code of the district that first issued it. */

#define JP_DISTRICT_CODE_LENGTH 6

/**
 * JpDistrict:
 * @code: six digits; four for a former prefecture
 * @name: in Chinese
 * @kind: `city`, `district` or `county`; `former` if the code is no longer given
 * @successor: (nullable): the code that took its place, if exactly one did
 * @confidence: how sure we are
 *
 * One administrative division. Constant; any thread.
 */
typedef struct
{
  const char      *code;
  const char      *name;
  const char      *kind;
  const char      *successor;
  JpDataConfidence confidence;
} JpDistrict;

const JpDistrict *jp_district_list (guint *out_n_districts);
const JpDistrict *jp_district_lookup (const char *code);
const JpDistrict *jp_district_lookup_name (const char *name);
JpProblem         jp_district_check (const char *code);
char             *jp_district_dup_region_name (const char *region);

G_END_DECLS
