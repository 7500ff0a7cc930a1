/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-check-id.h"
#include "jp-district.h"

/* Common family names and characters of given names: nobody in particular. */
static const char *const families[] = {
  "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",   "徐",   "孙",   "胡",   "朱", "高",
  "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩",   "唐",   "冯",   "于",   "董", "萧",
  "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕",   "苏",   "卢",   "蒋",   "蔡", "贾",
  "丁", "魏", "薛", "叶", "阎", "单", "仇", "解", "查", "欧阳", "尉迟", "司马", "上官",
};

static const char *const given[] = {
  "伟",   "芳",   "娜",   "敏",   "静",   "强",   "磊",   "军",   "洋",   "勇",   "艳",   "杰",
  "娟",   "涛",   "明",   "超",   "秀英", "霞",   "平",   "刚",   "桂英", "文",   "辉",   "建国",
  "玉兰", "浩然", "雨桐", "梓涵", "子轩", "欣怡", "思远", "晓东", "志强", "海燕", "春梅", "国庆",
  "丽华", "晨曦", "天佑", "佳琪", "立新", "红梅", "德胜", "慧敏", "永康", "新宇",
};

static const char *const uyghur[] = {
  "阿卜杜热合曼·买买提",
  "古丽娜尔·艾合买提",
  "麦麦提·吐尔逊",
  "阿依古丽·阿不都拉",
};

static const char *const roads[] = {
  "中华路", "人民路", "长江路", "黄河路", "和平路",
  "丹阳路", "八一街", "曹州路", "双河路", "青年路",
};

/**
 * jp_city_roll:
 * @self: a city
 * @bound: > 0
 *
 * Returns: a number from 0 to @bound − 1
 */
guint
jp_city_roll (JpCity *self, guint bound)
{
  return jp_id_source_below (self->random, bound);
}

/**
 * jp_city_chance:
 * @self: a city
 * @percent: 0 … 100
 *
 * Returns: %TRUE in so many of a hundred cases
 */
gboolean
jp_city_chance (JpCity *self, guint percent)
{
  return jp_city_roll (self, 100) < percent;
}

/**
 * jp_city_new_id:
 * @self: a city
 * @format: what the id is for, unique in the city
 * @...: arguments
 *
 * Returns: the id that this thing has in every run
 */
JpId
jp_city_new_id (JpCity *self, const char *format, ...)
{
  va_list          args;
  g_autofree char *key = NULL;

  va_start (args, format);
  key = g_strdup_vprintf (format, args);
  va_end (args);
  return jp_id_derive ("demo city", key);
}

/**
 * jp_city_dup_number:
 * @self: a city
 *
 * Returns: (transfer full): a unified number of 16 digits that nobody else has
 */
char *
jp_city_dup_number (JpCity *self)
{
  return g_strdup_printf ("3717%012u", ++self->n_numbers);
}

/**
 * jp_city_dup_person_name:
 * @self: a city
 *
 * Returns: (transfer full): a made-up name
 */
char *
jp_city_dup_person_name (JpCity *self)
{
  const char *family = families[jp_city_roll (self, G_N_ELEMENTS (families))];
  const char *name = given[jp_city_roll (self, G_N_ELEMENTS (given))];

  if (jp_city_roll (self, 200) == 0)
    return g_strdup (uyghur[jp_city_roll (self, G_N_ELEMENTS (uyghur))]);
  return g_strconcat (family, name, NULL);
}

/**
 * jp_city_dup_mobile:
 * @self: a city
 *
 * Returns: (transfer full): a made-up mobile number
 */
char *
jp_city_dup_mobile (JpCity *self)
{
  static const char *const heads[] = { "130", "135", "138", "150", "152",
                                       "158", "166", "177", "186", "199" };

  return g_strdup_printf ("%s%04u%04u", heads[jp_city_roll (self, G_N_ELEMENTS (heads))],
                          jp_city_roll (self, 10000), jp_city_roll (self, 10000));
}

/**
 * jp_city_dup_id_number:
 * @self: a city
 * @min_age: youngest, in years
 * @max_age: oldest, in years
 *
 * Returns: (transfer full): a made-up resident ID number with a right check digit
 */
char *
jp_city_dup_id_number (JpCity *self, int min_age, int max_age)
{
  static const char *const regions[] = { "371702", "371703", "371721", "371722", "371723", "371724",
                                         "371725", "371726", "371728", "372922", "372901" };
  int                      age = min_age + (int)jp_city_roll (self, (guint)(max_age - min_age + 1));
  JpDate birth = jp_date_add_days (jp_date_new (jp_date_get_year (self->today) - age, 1, 1),
                                   (int)jp_city_roll (self, 300));
  g_autofree char *head =
    g_strdup_printf ("%s%08d%03u", regions[jp_city_roll (self, G_N_ELEMENTS (regions))],
                     (int)jp_date_add_days (birth, -366), jp_city_roll (self, 999) + 1);

  return g_strdup_printf ("%s%c", head, jp_check_id_compute_last (head));
}

/**
 * jp_city_dup_address:
 * @self: a city
 * @district: code of a district
 *
 * Returns: (transfer full): a made-up address there
 */
char *
jp_city_dup_address (JpCity *self, const char *district)
{
  const JpDistrict *known = jp_district_lookup (district);

  return g_strdup_printf ("山东省菏泽市%s%s%u号", known != NULL ? known->name : "",
                          roads[jp_city_roll (self, G_N_ELEMENTS (roads))],
                          jp_city_roll (self, 900) + 1);
}
