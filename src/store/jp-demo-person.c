/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-id.h"
#include "jp-demo-private.h"

/* Nobody: common names, order numbers that districts hardly ever reach, telephone numbers from a
 * block that is made up. */

#define ORDER_FIRST 990 /* 990 … 999; the last digit tells the sex */

static const char *const families[] = {
  "王", "李", "张", "刘", "陈", "杨", "赵", "孙",   "马",   "朱",   "胡",
  "郭", "何", "高", "林", "郑", "徐", "宋", "曹",   "孔",   "单",   "仇",
  "解", "田", "董", "袁", "吕", "于", "蔡", "欧阳", "司马", "尉迟",
};

static const char *const women[] = {
  "秀英", "丽",   "敏",   "静", "雪",   "婷婷", "佳怡", "晓燕", "梦瑶",
  "雅楠", "春梅", "欣悦", "慧", "艳红", "文静", "思雨", "若曦", "兰花",
};

static const char *const men[] = {
  "伟",   "强",   "磊",   "建国", "洋",   "勇",   "志远", "浩然", "俊杰",
  "明朗", "子轩", "海涛", "国庆", "鹏飞", "博文", "立新", "振华", "成龙",
};

static const char *const districts[] = { "371702", "371703", "371721", "371722", "371724",
                                         "371725", "371726", "371728", "371727" };

static const char *const streets[] = { "人民路", "中华路", "牡丹路", "八一路",
                                       "黄河路", "长江路", "双河路", "和平路" };

static const char *
pick (JpDemo *demo, const char *const *names, guint n_names)
{
  return names[jp_id_source_below (demo->random, n_names)];
}

#define PICK(demo, names) pick ((demo), (names), G_N_ELEMENTS (names))

/**
 * jp_demo_random_date:
 * @demo: a demo school
 * @from: first day
 * @to: last day, not before @from
 *
 * Returns: a day between them
 */
JpDate
jp_demo_random_date (JpDemo *demo, JpDate from, JpDate to)
{
  guint n_days = (guint)jp_date_days_between (from, to) + 1;

  return jp_date_add_days (from, (int)jp_id_source_below (demo->random, n_days));
}

/**
 * jp_demo_person_init:
 * @self: (out caller-allocates): where to put the person
 * @demo: a demo school
 * @born_from: first possible day of birth
 * @born_to: last possible day of birth
 *
 * Makes somebody up.
 */
void
jp_demo_person_init (JpDemoPerson *self, JpDemo *demo, JpDate born_from, JpDate born_to)
{
  gboolean         male = jp_id_source_below (demo->random, 2) == 0;
  JpDate           birth_date = jp_demo_random_date (demo, born_from, born_to);
  guint            order = ORDER_FIRST + jp_id_source_below (demo->random, 5) * 2 + (male ? 1 : 0);
  const char      *family = PICK (demo, families);
  const char      *given = male ? PICK (demo, men) : PICK (demo, women);
  g_autofree char *body = g_strdup_printf ("%s%08d%03u", PICK (demo, districts), birth_date, order);

  demo->n_people++;
  self->name = g_strconcat (family, given, NULL);
  self->id_number = g_strdup_printf ("%s%c", body, jp_check_id_compute_last (body));
  self->mobile = g_strdup_printf ("1990530%04u", demo->n_people);
  self->address = g_strdup_printf ("菏泽市牡丹区%s%u号", PICK (demo, streets),
                                   1 + jp_id_source_below (demo->random, 300));
}

/**
 * jp_demo_person_clear:
 * @self: a person
 */
void
jp_demo_person_clear (JpDemoPerson *self)
{
  g_free (self->name);
  g_free (self->id_number);
  g_free (self->mobile);
  g_free (self->address);
}
