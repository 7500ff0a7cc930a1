/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-roster-labels.h"

#include "jp-codes.h"
#include "jp-sheet.h"

#include <glib/gi18n-lib.h>

/* What the columns of rosters are called. A roster is Chinese whatever the language of the program,
 * so these words are no translations. */

typedef struct
{
  JpFieldId   field;
  const char *labels[12];
} Synonyms;

static const Synonyms synonyms[] = {
  { JP_TRAINEE_NAME, { "姓名", "学员姓名", "学员", "名字" } },
  { JP_TRAINEE_ID_TYPE, { "证件类型", "证件种类", "证件名称" } },
  { JP_TRAINEE_ID_NUMBER,
    { "身份证号", "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码", "身份证明号码",
      "学员身份证号" } },
  { JP_TRAINEE_SEX, { "性别" } },
  { JP_TRAINEE_BIRTH_DATE, { "出生日期", "出生年月日", "生日" } },
  { JP_TRAINEE_NATIONALITY, { "国籍" } },
  { JP_TRAINEE_PHONE,
    { "手机号", "手机号码", "手机", "电话", "联系电话", "联系方式", "电话号码", "移动电话",
      "学员电话" } },
  { JP_TRAINEE_ADDRESS, { "地址", "住址", "家庭住址", "联系地址", "现住址", "居住地址" } },
  { JP_TRAINEE_LICENCE_TYPE,
    { "车型", "准驾车型", "申请车型", "培训车型", "报考车型", "学车车型", "报名车型",
      "申请准驾车型" } },
  { JP_TRAINEE_BUSI_TYPE, { "业务类型", "申请类型", "申领类型", "学车类型", "初领/增领" } },
  { JP_TRAINEE_PRESENT_TYPE, { "原准驾车型", "现准驾车型", "原车型" } },
  { JP_TRAINEE_PRESENT_LICENCE_DATE, { "初次领证日期", "原驾驶证领证日期" } },
  { JP_TRAINEE_CLASS_TIER, { "班型", "班别", "报名班型", "培训班型", "班次" } },
  { JP_TRAINEE_COACH, { "教练", "教练员", "教练姓名", "教练员姓名", "带教教练" } },
  { JP_TRAINEE_APPLIED_ON,
    { "报名日期", "报名时间", "申请日期", "登记日期", "入学日期", "入学时间", "注册日期" } },
  { JP_TRAINEE_NOTE, { "备注", "说明" } },
  { JP_COACH_NAME, { "姓名", "教练", "教练员", "教练姓名", "教练员姓名" } },
  { JP_COACH_SEX, { "性别" } },
  { JP_COACH_ID_NUMBER, { "身份证号", "身份证号码", "身份证", "证件号码", "证件号" } },
  { JP_COACH_MOBILE, { "手机号", "手机号码", "手机", "电话", "联系电话" } },
  { JP_COACH_ADDRESS, { "地址", "住址", "家庭住址" } },
  { JP_COACH_LICENCE_NO, { "驾驶证号", "驾驶证号码", "驾照号码" } },
  { JP_COACH_LICENCE_DATE, { "初次领证日期", "驾驶证初领日期" } },
  { JP_COACH_LICENCE_UNTIL, { "驾驶证有效期", "驾驶证有效期至" } },
  { JP_COACH_DRIVES, { "准驾车型" } },
  { JP_COACH_TEACHES, { "准教车型", "教学车型" } },
  { JP_COACH_PERMIT_NO, { "教练证号", "从业资格证号" } },
  { JP_COACH_PERMIT_UNTIL, { "教练证有效期", "从业资格证有效期" } },
  { JP_COACH_HIRED_ON, { "入职日期", "聘用日期", "入职时间" } },
  { JP_COACH_NOTE, { "备注", "说明" } },
  { JP_VEHICLE_PLATE, { "车牌", "车牌号", "车牌号码", "号牌号码", "牌照" } },
  { JP_VEHICLE_PLATE_COLOR, { "车牌颜色", "号牌颜色" } },
  { JP_VEHICLE_LICENCE_TYPE, { "车型", "培训车型", "准驾车型" } },
  { JP_VEHICLE_MANUFACTURER, { "生产厂家", "制造厂", "厂家", "制造企业" } },
  { JP_VEHICLE_BRAND, { "品牌", "车辆品牌", "厂牌" } },
  { JP_VEHICLE_MODEL, { "型号", "车辆型号" } },
  { JP_VEHICLE_FRAME_NO, { "车架号", "车辆识别代号", "VIN" } },
  { JP_VEHICLE_ENGINE_NO, { "发动机号" } },
  { JP_VEHICLE_BOUGHT_ON, { "购买日期", "购车日期", "登记日期", "注册日期" } },
  { JP_VEHICLE_INSPECTED_UNTIL, { "年检有效期", "检验有效期", "年检到期" } },
  { JP_VEHICLE_INSURED_UNTIL, { "保险有效期", "保险到期" } },
  { JP_VEHICLE_NOTE, { "备注", "说明" } },
  { JP_TERMINAL_SERIAL, { "序列号", "设备序列号", "终端序列号", "编号", "SN" } },
  { JP_TERMINAL_TYPE, { "类型", "终端类型" } },
  { JP_TERMINAL_VENDOR, { "厂家", "厂商", "生产厂家", "供应商" } },
  { JP_TERMINAL_MODEL, { "型号", "终端型号" } },
  { JP_TERMINAL_IMEI, { "IMEI", "IMEI号", "设备IMEI", "MAC", "IMEI或MAC" } },
  { JP_TERMINAL_NOTE, { "备注", "说明" } },
};

typedef struct
{
  const JpCode *codes;
  const char   *text;
  const char   *name;
} CodeSynonym;

static const CodeSynonym code_synonyms[] = {
  { jp_sex_codes, "男", "male" },
  { jp_sex_codes, "男性", "male" },
  { jp_sex_codes, "女", "female" },
  { jp_sex_codes, "女性", "female" },
  { jp_id_type_codes, "身份证", "resident" },
  { jp_id_type_codes, "居民身份证", "resident" },
  { jp_id_type_codes, "护照", "passport" },
  { jp_id_type_codes, "军官证", "officer" },
  { jp_id_type_codes, "其他", "other" },
  { jp_busi_type_codes, "初领", "first" },
  { jp_busi_type_codes, "初学", "first" },
  { jp_busi_type_codes, "初次申领", "first" },
  { jp_busi_type_codes, "增领", "addition" },
  { jp_busi_type_codes, "增驾", "addition" },
  { jp_busi_type_codes, "其他", "other" },
  { jp_plate_color_codes, "蓝", "blue" },
  { jp_plate_color_codes, "蓝色", "blue" },
  { jp_plate_color_codes, "黄", "yellow" },
  { jp_plate_color_codes, "黄色", "yellow" },
  { jp_plate_color_codes, "绿", "green" },
  { jp_plate_color_codes, "绿色", "green" },
  { jp_terminal_type_codes, "车载终端", "vehicle" },
  { jp_terminal_type_codes, "车载", "vehicle" },
  { jp_terminal_type_codes, "课堂终端", "classroom" },
  { jp_terminal_type_codes, "模拟终端", "simulator" },
};

/* The two columns that our own file of refused rows begins with. */
static const char *const ours[] = { "行号", "原因", "Row", "Reason" };

/* What people may type. */
static gboolean
is_importable (const JpField *field)
{
  return (field->flags & (JP_FIELD_COMPUTED | JP_FIELD_HIDDEN | JP_FIELD_JSON)) == 0 &&
         field->owner != JP_OWNER_PLATFORM;
}

/**
 * jp_roster_labels_list:
 * @kind: a kind
 *
 * Returns: (transfer container) (element-type utf8): all labels by which a column of it is known,
 *   ending with %NULL
 */
GPtrArray *
jp_roster_labels_list (JpKind kind)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  GPtrArray        *labels = g_ptr_array_new ();

  for (guint i = 0; i < info->n_fields; i++)
    if (is_importable (&info->fields[i]))
      {
        g_ptr_array_add (labels, (gpointer)info->fields[i].name);
        g_ptr_array_add (labels, (gpointer)info->fields[i].label);
        g_ptr_array_add (labels, (gpointer)jp_field_get_label (&info->fields[i]));
      }
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    for (gsize k = 0; JP_FIELD_KIND (synonyms[i].field) == kind && synonyms[i].labels[k] != NULL;
         k++)
      g_ptr_array_add (labels, (gpointer)synonyms[i].labels[k]);

  g_ptr_array_add (labels, NULL);
  return labels;
}

static gboolean
is_same (const char *normal, const char *label)
{
  g_autofree char *other = jp_sheet_normalize_label (label);

  return strcmp (normal, other) == 0;
}

static JpFieldId
find_normal (JpKind kind, const char *normal)
{
  const JpKindInfo *info = jp_kind_get_info (kind);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const JpField *field = &info->fields[i];

      if (is_importable (field) &&
          (is_same (normal, field->name) || is_same (normal, field->label) ||
           is_same (normal, jp_field_get_label (field))))
        return field->id;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    for (gsize k = 0; JP_FIELD_KIND (synonyms[i].field) == kind && synonyms[i].labels[k] != NULL;
         k++)
      if (is_same (normal, synonyms[i].labels[k]))
        return synonyms[i].field;
  return 0;
}

/**
 * jp_roster_labels_find:
 * @kind: a kind
 * @label: what stands above a column
 *
 * Recognises a column, also one with a remark in brackets: "手机号（必填）".
 *
 * Returns: the field that it means, or 0
 */
JpFieldId
jp_roster_labels_find (JpKind kind, const char *label)
{
  g_autofree char *normal = jp_sheet_normalize_label (label);
  JpFieldId        field = find_normal (kind, normal);
  char            *bracket = strpbrk (normal, "([");

  if (field != 0 || bracket == NULL || bracket == normal)
    return field;
  *bracket = '\0';
  return find_normal (kind, normal);
}

/**
 * jp_roster_labels_is_ours:
 * @label: what stands above a column
 *
 * Returns: whether the column comes from our file of refused rows
 */
gboolean
jp_roster_labels_is_ours (const char *label)
{
  g_autofree char *normal = jp_sheet_normalize_label (label);

  if (is_same (normal, C_ ("import", "Row")) || is_same (normal, C_ ("import", "Reason")))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    if (is_same (normal, ours[i]))
      return TRUE;
  return FALSE;
}

/**
 * jp_roster_labels_find_code:
 * @field: a field
 * @text: what stands in a cell
 *
 * Returns: (transfer none): the stored name of the code that is meant, or @text itself
 */
const char *
jp_roster_labels_find_code (const JpField *field, const char *text)
{
  g_autofree char *clean = jp_text_clean (text);

  for (gsize i = 0; field->type == JP_FIELD_CODE && i < G_N_ELEMENTS (code_synonyms); i++)
    if (code_synonyms[i].codes == field->codes && strcmp (code_synonyms[i].text, clean) == 0)
      return code_synonyms[i].name;
  return text;
}
