/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-demo-school.h"

#include "jp-check-code.h"
#include "jp-codes.h"

#define CREDIT_CODE_BODY "9137170200DEM000A"

/* A field and what it says. */
typedef struct
{
  JpFieldId   field;
  const char *text;
} Text;

static const Text texts[] = {
  { JP_SCHOOL_NAME, "牡丹驾校" },
  { JP_SCHOOL_SHORT_NAME, "牡丹驾校" },
  { JP_SCHOOL_DISTRICT, JP_DEMO_SCHOOL_DISTRICT },
  { JP_SCHOOL_LICENCE_TYPES, "C1,C2,D" },
  { JP_SCHOOL_LICENCE_NO, "鲁交培演示371702000001号" },
  { JP_SCHOOL_LEGAL_PERSON, "曹建国" },
  { JP_SCHOOL_CONTACT, "曹建国" },
  { JP_SCHOOL_PHONE, "0530-5550100" },
  { JP_SCHOOL_ADDRESS, "菏泽市牡丹区牡丹路演示1号" },
  { JP_SCHOOL_POSTCODE, "274000" },
  { JP_SCHOOL_INTRODUCTION, "演示驾校：全部人员、车辆和证件都是虚构的。" },
  { JP_SCHOOL_SERVICES, "自选教练、在线预约、班车接送" },
};

/**
 * jp_demo_school_get_id:
 *
 * Returns: the id of the demo school, for ever the same
 */
JpId
jp_demo_school_get_id (void)
{
  return jp_id_derive ("demo-school", "1");
}

/**
 * jp_demo_school_new_draft:
 *
 * Returns: (transfer full): the record of the demo school, which passes [func@Jp.validate_draft]
 */
JpDraft *
jp_demo_school_new_draft (void)
{
  JpId             id = jp_demo_school_get_id ();
  JpDraft         *draft = jp_draft_new (JP_KIND_SCHOOL, &id);
  g_autofree char *credit_code =
    g_strdup_printf ("%s%c", CREDIT_CODE_BODY,
                     jp_check_code_compute_credit_last (CREDIT_CODE_BODY));

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    jp_draft_set_text (draft, texts[i].field, texts[i].text);
  jp_draft_set_text (draft, JP_SCHOOL_CREDIT_CODE, credit_code);
  jp_draft_set_code (draft, JP_SCHOOL_LEVEL, 1);
  jp_draft_set_code (draft, JP_SCHOOL_BUSI_STATUS, JP_BUSI_STATUS_OPEN);
  jp_draft_set_date (draft, JP_SCHOOL_LICENCE_DATE, 20180601);
  jp_draft_set_integer (draft, JP_SCHOOL_LATITUDE, 35238000);
  jp_draft_set_integer (draft, JP_SCHOOL_LONGITUDE, 115469000);
  jp_draft_set_integer (draft, JP_SCHOOL_COACH_COUNT, 8);
  jp_draft_set_integer (draft, JP_SCHOOL_VEHICLE_COUNT, 10);
  jp_draft_set_integer (draft, JP_SCHOOL_CLASSROOM_AREA, 240);
  jp_draft_set_integer (draft, JP_SCHOOL_FIELD_AREA, 12000);
  return draft;
}
