/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pinyin.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *typed; /* words with blanks between them: each must find the name */
} Name;

/* Surnames that are read otherwise than their character, names in which syllables run into each
 * other, ü in its three spellings, names that are not Chinese. */
static const Name names[] = {
  { "曾雨桐", "zengyutong zengyu zeng z zyt zy yutong yt tong cengyutong cyt" },
  { "单浩秀", "shanhaoxiu shx danhaoxiu dhx chanhaoxiu chx haoxiu" },
  { "仇敏", "qiumin qm choumin cm" },
  { "解秀英", "xiexiuying xxy jiexiuying jxy" },
  { "查良镛", "zhaliangyong zly chaliangyong cly" },
  { "尉迟晨曦", "yuchichenxi yccx weichichenxi chenxi" },
  { "澹台明", "tantaiming ttm dantaiming" },
  { "万俟雪", "moqixue mqx wansixue" },
  { "长孙红", "zhangsunhong zsh changsunhong csh" },
  { "单于飞", "chanyufei cyf shanyufei" },
  { "欧阳立新", "ouyanglixin oylx lixin" },
  { "上官梓涵", "shangguanzihan sgzh" },
  { "司马光", "simaguang smg" },
  { "诸葛亮", "zhugeliang zgl" },
  { "夏侯惇", "xiahoudun xhd" },
  { "吕布", "lvbu lübu lubu lyubu lb LV" },
  { "女娲", "nvwa nuwa nyuwa" },
  { "绿萍", "lvping luping lp" },
  { "缪斯", "miaosi ms mousi" },
  { "覃丽", "qinli ql tanli tl" },
  { "朴树", "piaoshu pushu ps" },
  { "区小明", "ouxiaoming oxm quxiaoming" },
  { "盖聂", "genie gn gainie" },
  { "乐嘉", "yuejia yj lejia lj" },
  { "翟志刚", "zhaizhigang zzg dizhigang" },
  { "任贤齐", "renxianqi rxq" },
  { "华罗庚", "hualuogeng hlg" },
  { "纪晓岚", "jixiaolan jxl" },
  { "宁静", "ningjing nj" },
  { "石破天", "shipotian spt" },
  { "种师道", "chongshidao csd" },
  { "召忽", "shaohu zhaohu" },
  { "隗嚣", "weixiao kuixiao" },
  { "那英", "naying ny" },
  { "车晓", "chexiao cx" },
  { "褚时健", "chushijian csj" },
  { "谌龙", "chenlong shenlong" },
  { "重耳", "chonger" },
  { "藏天朔", "zangtianshuo cangtianshuo" },
  { "沈括", "shenkuo sk" },
  { "卜算", "busuan bs" },
  { "薄荷", "bohe baohe" },
  { "柏杨", "baiyang boyang" },
  { "都敏俊", "duminjun" },
  { "牟其中", "muqizhong mqz" },
  { "员半千", "yunbanqian yuanbanqian" },
  { "黑旋风", "heixuanfeng hexuanfeng hxf" },
  { "繁钦", "poqin fanqin" },
  { "燕青", "yanqing yq" },
  { "盛明兰", "shengminglan sml" },
  { "行止", "xingzhi hangzhi" },
  { "王恩安", "wangenan wea enan WangEnAn" },
  { "西安人", "xi'anren xianren xar" },
  { "李佳昂", "lijiaang lja" },
  { "方安", "fangan fang'an fa" },
  { "阿依努尔·买买提", "ayinuermaimaiti aynemmt maimaiti mmt" },
  { "VIP周末班", "zhoumo zmb" },
  { "菏泽市牡丹机动车驾驶员培训有限公司", "hezeshi hzs mudan" },
  { "魑魅魍魉", "chimeiwangliang cmwl" },
};

static gboolean
finds (const char *keys, const char *word)
{
  g_autofree char *pattern = jp_pinyin_dup_pattern (word);
  g_autofree char *inner = g_strndup (pattern + 1, strlen (pattern) - 2);

  return strstr (keys, inner) != NULL;
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *keys = jp_pinyin_dup_keys (names[i].name);
      g_auto (GStrv) words = g_strsplit (names[i].typed, " ", -1);

      for (char **word = words; *word != NULL; word++)
        {
          g_autofree char *match = jp_pinyin_dup_match (names[i].name, *word);

          g_test_message ("%s: %s", names[i].name, *word);
          g_assert_true (jp_pinyin_is_query (*word));
          g_assert_true (finds (keys, *word));
          g_assert_nonnull (match);
        }
    }
}

/* A syllable is found from its beginning, a name from one of its characters on. */
static void
test_strangers (void)
{
  static const char *const others[] = { "eng",        "engyutong", "ytz", "zengtong",
                                        "yutongzeng", "ong",       "x" };
  g_autofree char         *keys = jp_pinyin_dup_keys ("曾雨桐");
  g_autofree char         *none = jp_pinyin_dup_keys ("VIP-C1 2026");
  g_autofree char         *empty = jp_pinyin_dup_keys ("");

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *match = jp_pinyin_dup_match ("曾雨桐", others[i]);

      g_assert_false (finds (keys, others[i]));
      g_assert_null (match);
    }
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_queries (void)
{
  g_autofree char *too_long = g_strnfill (65, 'a');

  g_assert_true (jp_pinyin_is_query ("zyt"));
  g_assert_true (jp_pinyin_is_query ("Lü"));
  g_assert_false (jp_pinyin_is_query (""));
  g_assert_false (jp_pinyin_is_query ("'"));
  g_assert_false (jp_pinyin_is_query ("曾"));
  g_assert_false (jp_pinyin_is_query ("c1"));
  g_assert_false (jp_pinyin_is_query ("a%"));
  g_assert_false (jp_pinyin_is_query (too_long));
}

/* Whole syllables and initials in one word, in any order, also before it is all typed. */
static void
test_mixed (void)
{
  static const struct
  {
    const char *name;
    const char *typed;
    gboolean    found;
  } cases[] = {
    { "曾雨桐", "zengyt", TRUE },    { "曾雨桐", "zyutong", TRUE },  { "曾雨桐", "zytong", TRUE },
    { "曾雨桐", "zengyuton", TRUE }, { "曾雨桐", "ytong", TRUE },    { "曾雨桐", "zyto", TRUE },
    { "曾雨桐", "zengty", FALSE },   { "曾雨桐", "zhengyt", FALSE }, { "曾雨桐", "zengytx", FALSE },
    { "张建国", "zhangjg", TRUE },   { "张建国", "zjianguo", TRUE }, { "张建国", "zhjg", TRUE },
    { "陈世美", "chshm", TRUE },     { "陈世美", "chenshm", TRUE },  { "张建国", "jhg", FALSE },
    { "欧阳安", "ouya", TRUE },      { "欧阳安", "oyan", TRUE },     { "Alex", "alx", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *match = jp_pinyin_dup_match (cases[i].name, cases[i].typed);

      g_test_message ("%s %s", cases[i].name, cases[i].typed);
      g_assert_cmpint (match != NULL, ==, cases[i].found);
    }

  /* What is whole needs no second way, and every way has an end. */
  {
    g_autoptr (GPtrArray) whole = jp_pinyin_list_mixed ("zengyutong");
    g_autoptr (GPtrArray) initials = jp_pinyin_list_mixed ("zyt");
    g_autoptr (GPtrArray) many =
      jp_pinyin_list_mixed ("zaebzaebzaebzaebzaebzaebzaebzaebzaebzaebzaeb");

    g_assert_cmpuint (whole->len, ==, 0);
    g_assert_cmpuint (initials->len, ==, 0);
    g_assert_cmpuint (many->len, <=, JP_PINYIN_MAX_WAYS);
  }
}

/* However long a name is and however many readings its characters have. */
static void
test_limits (void)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (int i = 0; i < 1000; i++)
    g_string_append (name, "单");

  g_autofree char *keys = jp_pinyin_dup_keys (name->str);

  g_assert_cmpuint (strlen (keys), >, 16);
  g_assert_cmpuint (strlen (keys), <, 32768);
}

static void
test_version (void)
{
  g_autofree char *version = jp_pinyin_dup_version ();

  g_assert_true (g_pattern_match_simple ("1/*.*", version));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/pinyin/names", test_names);
  g_test_add_func ("/base/pinyin/strangers", test_strangers);
  g_test_add_func ("/base/pinyin/queries", test_queries);
  g_test_add_func ("/base/pinyin/mixed", test_mixed);
  g_test_add_func ("/base/pinyin/limits", test_limits);
  g_test_add_func ("/base/pinyin/version", test_version);
  return g_test_run ();
}
