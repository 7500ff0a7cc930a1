/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-print.h"

#include "jp-codes.h"
#include "jp-contract-paper.h"
#include "jp-desk.h"
#include "jp-dispute-paper.h"
#include "jp-evidence-bundle.h"
#include "jp-json.h"
#include "jp-money.h"
#include "jp-paper-reader.h"
#include "jp-query.h"
#include "jp-refund-paper.h"
#include "jp-statement-paper.h"
#include "jp-test-dir.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"
#include "jp-xlsx-zip.h"

#include <string.h>

#define LONG_NAME "阿卜杜热西提·阿卜杜拉热合曼江"

static JpRecord *
add_trainee (JpVaultFixture *fixture, const char *name)
{
  JpId             id = jp_id_source_next (fixture->vault->ids);
  JpDraft         *draft = jp_draft_new (JP_KIND_TRAINEE, &id);
  g_autofree char *number = jp_test_record_dup_id_number (fixture->random, 20010203, TRUE);
  g_autoptr (GError) error = NULL;
  JpChange *change = NULL;

  jp_desk_set_defaults (draft, jp_vault_today (fixture->vault));
  jp_draft_set_text (draft, JP_TRAINEE_NAME, name);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, number);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "13805301234");
  jp_draft_set_text (draft, JP_TRAINEE_ADDRESS,
                     "山东省菏泽市牡丹区人民路一百二十三号花园小区四号楼");
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "C1");
  change = jp_desk_enrol_trainee (fixture->vault, draft, "前台", &error);
  g_assert_no_error (error);
  jp_vault_fixture_commit (fixture->vault, change);
  return jp_vault_fixture_get (fixture->vault, JP_KIND_TRAINEE, &id);
}

static void
set_setting (JpVault *vault, const char *name, const char *value)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_db_begin_write (vault->db, &transaction, &error) &&
                 jp_vault_set_setting (vault, name, value, &error) &&
                 jp_transaction_commit (&transaction, &error));
  g_assert_no_error (error);
}

static void
complete_school (JpVault *vault)
{
  g_autoptr (JpRecord) school = jp_vault_fixture_get (vault, JP_KIND_SCHOOL, &vault->school);
  JpDraft  *draft = jp_draft_new_from (school);
  JpId      op_id = jp_id_source_next (vault->ids);
  JpChange *change = jp_change_new (&op_id, "edit", "校长");
  g_autoptr (JpRecord) after = NULL;

  jp_draft_set_text (draft, JP_SCHOOL_CREDIT_CODE, "91350100M000100Y43");
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_NO, "鲁交运管许可菏字371702000001号");
  jp_draft_set_text (draft, JP_SCHOOL_LEGAL_PERSON, "王建国");
  after = jp_draft_end (draft);
  jp_change_add (change, school, after);
  jp_vault_fixture_commit (vault, change);
}

static JpRecord *
draft_contract (JpVaultFixture *fixture, JpRecord *trainee)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (vault, "C1 基础班", 428000);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (GPtrArray) contracts = NULL;
  JpChange *change = NULL;

  complete_school (vault);
  set_setting (vault, JP_SETTING_POLICY, "heze-demo-assumption");
  change = jp_desk_draft_contract (vault, jp_record_get_id (trainee), jp_record_get_id (tier),
                                   "前台", &error);
  g_assert_no_error (error);
  jp_vault_fixture_commit (vault, change);
  jp_query_where_ref (query, JP_CONTRACT_TRAINEE, jp_record_get_id (trainee));
  contracts = jp_query_fetch_all (vault, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (contracts->len, ==, 1);
  return jp_record_ref (contracts->pdata[0]);
}

/* The text of @paper, and that the same paper made anew has the same bytes. */
static char *
read_paper (JpPaper *paper, const char *name)
{
  g_autoptr (GBytes) pdf = jp_paper_reader_write (paper, name);

  return jp_paper_reader_get_text (pdf, FALSE);
}

static void
test_contract (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = {
    "合同要点",
    "演示假设：签约拨付10%",
    "¥428.00",
    "¥1,284.00",
    "¥4,280.00",
    "各阶段按已完成学时占比计收",
    "一费到底",
    "机动车驾驶员培训合同",
    "第一条",
    "第十三条",
    "甲方（学员）",
    "草稿",
    "•",
    LONG_NAME,
    NULL,
  };
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (JpPaper) again = NULL;
  g_autoptr (JpPaper) revealed = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *clear = NULL;
  const char      *number = NULL;
  const char      *digest = NULL;

  if (jp_paper_reader_skip ())
    return;

  trainee = add_trainee (fixture, LONG_NAME);
  contract = draft_contract (fixture, trainee);
  number = jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER);
  digest = jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST);
  paper = jp_print_contract (fixture->vault, jp_record_get_id (contract), FALSE, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "contract");
  jp_paper_reader_assert_has (text, needles);
  g_assert_nonnull (strstr (text, digest));
  g_assert_null (strstr (text, number));
  g_assert_null (strstr (text, "13805301234"));

  revealed = jp_print_contract (fixture->vault, jp_record_get_id (contract), TRUE, &error);
  g_assert_no_error (error);
  clear = read_paper (revealed, "contract-revealed");
  g_assert_nonnull (strstr (clear, number));
  g_assert_nonnull (strstr (clear, "13805301234"));
  g_assert_null (strstr (clear, "•"));

  again = jp_print_contract (fixture->vault, jp_record_get_id (contract), FALSE, &error);
  first = jp_paper_to_pdf (paper, &error);
  second = jp_paper_to_pdf (again, &error);
  g_assert_true (g_bytes_equal (first, second));
}

/* What has been altered is not printed. */
static void
test_contract_altered (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = add_trainee (fixture, "王小明");
  g_autoptr (JpRecord) contract = draft_contract (fixture, trainee);
  g_autoptr (JpDraft) draft = jp_draft_new_from (contract);
  g_autoptr (JpRecord) altered = NULL;
  g_autoptr (GError) error = NULL;

  jp_draft_set_text (draft, JP_CONTRACT_TEXT, "机动车驾驶员培训合同\n\n第一条\n1. 改过的。\n");
  altered = jp_draft_end (g_steal_pointer (&draft));

  const JpContractPaper input = {
    .issue = { .school = "曹州驾校" }, .contract = altered, .trainee = trainee, .tier = "C1 基础班"
  };

  g_assert_null (jp_contract_paper_new (&input, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_MISMATCH);
}

static void
test_trainee (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = { "报名登记表",   LONG_NAME,    "C1",   "手机",
                                         "本表不是合同", "签署或盖章", "2001", NULL };
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (JpPaper) revealed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *clear = NULL;

  if (jp_paper_reader_skip ())
    return;

  trainee = add_trainee (fixture, LONG_NAME);
  paper = jp_print_trainee (fixture->vault, jp_record_get_id (trainee), FALSE, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "enrolment");
  g_assert_null (strstr (text, jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER)));

  revealed = jp_print_trainee (fixture->vault, jp_record_get_id (trainee), TRUE, &error);
  g_assert_no_error (error);
  clear = read_paper (revealed, "enrolment-revealed");
  jp_paper_reader_assert_has (clear, needles);
  g_assert_nonnull (strstr (clear, jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER)));
  g_assert_cmpuint (jp_paper_get_n_pages (revealed), ==, 1);
}

static void
test_poster (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = { "公示价目表",     "C1 基础班", "¥4,280.00",
                                         "C1 高级VIP班",   "¥6,880.00", "一费到底",
                                         "咨询与投诉电话", NULL };
  g_autoptr (JpRecord) first = NULL;
  g_autoptr (JpRecord) second = NULL;
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (JpPaper) one = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *single = NULL;

  if (jp_paper_reader_skip ())
    return;

  first = jp_vault_fixture_add_tier (fixture->vault, "C1 基础班", 428000);
  second = jp_vault_fixture_add_tier (fixture->vault, "C1 高级VIP班", 688000);
  paper = jp_print_record (fixture->vault, JP_KIND_CLASS_TIER, NULL, FALSE, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "poster");
  jp_paper_reader_assert_has (text, needles);

  one =
    jp_print_record (fixture->vault, JP_KIND_CLASS_TIER, jp_record_get_id (first), FALSE, &error);
  g_assert_no_error (error);
  single = read_paper (one, "poster-one");
  g_assert_null (strstr (single, "VIP"));
}

static void
test_refund (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = {
    "退费测算单", "不构成承诺", "学员退学",    "驾校责任", "违约金为培训费的20%",
    "¥",          "应退金额",   "服务费600元", "校验码",   NULL,
  };
  g_autoptr (JpPolicy) policy = NULL;
  g_autoptr (JpPolicyRefund) by_trainee = NULL;
  g_autoptr (JpPolicyRefund) by_school = NULL;
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char  *text = NULL;
  g_autofree char  *first = NULL;
  g_autofree char  *second = NULL;
  const JpPolicyFee fees[] = { { "training", 300000 }, { "site", 70000 } };
  JpPolicyFacts     facts = { 0 };

  if (jp_paper_reader_skip ())
    return;

  policy = jp_policy_new_from_data ("dongguan-2023", &error);
  g_assert_no_error (error);
  jp_policy_facts_init (&facts, NULL, "C1");
  facts.on = 20261124;
  facts.price_fen = 500000;
  facts.paid_fen = 500000;
  facts.fees = fees;
  facts.n_fees = G_N_ELEMENTS (fees);
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = 20260901;
  facts.parts[2] = (JpPolicyPartFacts){ 960, 300, 330, JP_DATE_NONE };
  facts.exams[1] = (JpPolicyExamFacts){ 20261001, 2 };
  facts.fault = JP_POLICY_FAULT_TRAINEE;
  by_trainee = jp_policy_refund_new (policy, &facts, &error);
  g_assert_no_error (error);
  facts.fault = JP_POLICY_FAULT_SCHOOL;
  by_school = jp_policy_refund_new (policy, &facts, &error);
  g_assert_no_error (error);

  const JpRefundPaper input = {
    .issue = { .school = "菏泽市曹州机动车驾驶员培训学校有限公司",
               .issued_at_us = JP_FAKE_CLOCK_NOW_US },
    .trainee = LONG_NAME,
    .id_number = "372922 •••••••• 162X",
    .contract_no = "HT-2026-003-00042",
    .tier = "C1 基础班",
    .facts = &facts,
    .by_trainee = by_trainee,
    .by_school = by_school,
  };

  paper = jp_refund_paper_new (&input, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "refund");
  jp_paper_reader_assert_has (text, needles);
  first = jp_money_format (by_trainee->refund_fen);
  second = jp_money_format (by_school->refund_fen);
  g_assert_cmpint (by_trainee->refund_fen, <, by_school->refund_fen);
  g_assert_nonnull (strstr (text, first));
  g_assert_nonnull (strstr (text, second));
}

/* From the rows of a contract that has been paid and partly used. */
static void
test_refund_of_contract (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = { "退费测算单", "已使用的部分", "演示假设",
                                         "不得用于实际业务", NULL };
  JpDate                   today = jp_vault_today (fixture->vault);
  JpRefundQuestion         question = { today, JP_FAULT_TRAINEE, { 0, -1, -1, -1, -1 } };
  g_autoptr (JpRefundSheet) sheet = NULL;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (jp_paper_reader_skip ())
    return;

  contract = jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", 400000,
                                            jp_date_add_days (today, -30));
  jp_vault_fixture_add_session (fixture->vault, contract, 2, 60, jp_date_add_days (today, -3));
  sheet = jp_refund_repo_simulate (fixture->vault, jp_record_get_id (contract), &question, &error);
  g_assert_no_error (error);
  paper = jp_print_refund (fixture->vault, sheet, FALSE, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "refund-contract");
  jp_paper_reader_assert_has (text, needles);
}

#define N_LINES 200

static void
fill_lines (JpStatementPaperLine *lines, GPtrArray *texts)
{
  static const char *const names[] = { "王伟", LONG_NAME, "欧阳静怡", "李秀英" };

  for (guint i = 0; i < N_LINES; i++)
    {
      char *contract = g_strdup_printf ("HT-2026-003-%05u", i + 1);

      g_ptr_array_add (texts, contract);
      lines[i] = (JpStatementPaperLine){
        .line_no = i + 1,
        .contract_no = contract,
        .trainee = names[i % G_N_ELEMENTS (names)],
        .stage = "第二部分培训",
        .paid_on = 20261120,
        .amount_fen = 128400,
        .expected_fen = i % 7 == 3 ? 138400 : 128400,
        .verdict = i % 7 == 3 ? "少付" : "相符",
        .sentence = i % 7 == 3
                      ? "合同价 ¥4,280.00 的 30% 应为 ¥1,384.00，本行只付 ¥1,284.00，少付 ¥100.00。"
                      : "与规则、学时和已拨付金额一致。",
      };
    }
}

static void
test_statement (void)
{
  static const char *const needles[] = { "结算单",  "JS-2026-11",   "未说明余额 ¥0.00",
                                         "少付",    "−¥100.00",     "HT-2026-003-00200",
                                         LONG_NAME, "期初监管余额", NULL };
  g_autofree JpStatementPaperLine *lines = g_new0 (JpStatementPaperLine, N_LINES);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const char *const remarks[] = { "本期与上期之间没有缺漏的日期。", NULL };
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (jp_paper_reader_skip ())
    return;

  fill_lines (lines, texts);

  const JpStatementPaper input = {
    .issue = { .school = "曹州驾校", .issued_at_us = JP_FAKE_CLOCK_NOW_US },
    .number = "JS-2026-11",
    .from = 20261101,
    .to = 20261130,
    .issued_on = 20261201,
    .total_fen = 128400 * N_LINES,
    .opening_fen = 90000000,
    .closing_fen = 80000000,
    .residual_fen = 0,
    .remarks = remarks,
    .lines = lines,
    .n_lines = N_LINES,
  };

  paper = jp_statement_paper_new (&input, &error);
  g_assert_no_error (error);
  pdf = jp_paper_reader_write (paper, "statement");
  text = jp_paper_reader_get_text (pdf, FALSE);
  jp_paper_reader_assert_has (text, needles);
  g_assert_cmpuint (jp_paper_get_n_pages (paper), >, 5);
  for (guint page = 0; page < jp_paper_get_n_pages (paper); page++)
    {
      static const char *const head[] = { "行号", "应付", "判定", NULL };
      g_autofree char         *part = jp_paper_reader_get_page (pdf, page);

      jp_paper_reader_assert_has (part, head);
    }
}

static void
test_dispute (void)
{
  static const char *const needles[] = { "结算异议函",        "菏泽驾培公共服务平台",
                                         "JS-2026-11",        "少付",
                                         "学时审核通过",      "请求事项",
                                         "−¥100.00",          "书面告知",
                                         "HT-2026-003-00042", NULL };
  const char *const evidence[] = { "第二部分 16.0 学时已于 2026-11-10 审核通过。",
                                   "规则“heze-demo-assumption”：第二部分学时审核通过后拨付30%。",
                                   NULL };
  const JpDisputePaperLine lines[] = {
    { { 7, "HT-2026-003-00042", LONG_NAME, "第二部分培训", 20261120, 118400, 128400, "少付",
        "应付 ¥1,284.00，实付 ¥1,184.00，少付 ¥100.00。" },
      evidence },
    { { 0, "HT-2026-003-00043", "李秀英", "签约", JP_DATE_NONE, 0, JP_STATEMENT_PAPER_UNKNOWN,
        "缺行", "合同已签署 30 天，尚无任何结算单列出该阶段。" },
      NULL },
  };
  const JpDisputePaper input = {
    .issue = { .school = "曹州驾校", .issued_at_us = JP_FAKE_CLOCK_NOW_US },
    .number = "YY-2026-0001",
    .credit_code = "91371700MA3C000000",
    .contact = "张会计",
    .phone = "0530-5550000",
    .statement_no = "JS-2026-11",
    .from = 20261101,
    .to = 20261130,
    .lines = lines,
    .n_lines = G_N_ELEMENTS (lines),
  };
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (jp_paper_reader_skip ())
    return;

  paper = jp_dispute_paper_new (&input, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "dispute");
  jp_paper_reader_assert_has (text, needles);
}

static void
put_line (JpVault *vault, const JpId *statement, JpRecord *contract, int line_no, gint64 amount_fen)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);
  g_autoptr (JpRecord) trainee =
    jp_vault_fixture_get (vault, JP_KIND_TRAINEE,
                          jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  g_autofree char *reference = g_strdup_printf ("B%010d", line_no);

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, statement);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, line_no);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_TRAINEE,
                    jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, jp_record_get_title (contract));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, jp_record_get_title (trainee));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, line_no == 1 ? "签约" : "第一部分培训");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, "release");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, amount_fen);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT,
                        jp_date_to_instant (jp_date_add_days (jp_vault_today (vault), -2), 9, 0));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, reference);
  jp_vault_fixture_put (vault, draft);
}

static void
put_payment (JpVault *vault, JpRecord *contract, JpDate on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT,
                        jp_record_get_integer (contract, JP_CONTRACT_PRICE));
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, jp_date_to_instant (on, 9, 0));
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, "P0000000001");
  jp_draft_set_text (draft, JP_PAYMENT_STATE, "received");
  jp_vault_fixture_put (vault, draft);
}

/* The signing stage is right, the first part is paid although nothing was trained. */
static JpId
put_statement (JpVaultFixture *fixture, gint64 second_fen)
{
  JpVault *vault = fixture->vault;
  JpDate   today = jp_vault_today (vault);
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT, &id);
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", 400000,
                                   jp_date_add_days (today, -20));

  jp_draft_set_text (draft, JP_STATEMENT_NUMBER, "JS-2026-11");
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, jp_date_add_days (today, -10));
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, today);
  jp_draft_set_integer (draft, JP_STATEMENT_ISSUED_AT, jp_date_to_instant (today, 8, 0));
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, 2);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, 40000 + second_fen);
  jp_draft_set_code (draft, JP_STATEMENT_STATE, JP_STATEMENT_STATE_ISSUED);
  jp_vault_fixture_put (vault, draft);
  put_payment (vault, contract, jp_date_add_days (today, -20));
  put_line (vault, &id, contract, 1, 40000);
  put_line (vault, &id, contract, 2, second_fen);
  return id;
}

static void
test_statement_of_rows (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = { "JS-2026-11", "¥400.00", "¥1,200.00",
                                         "未说明余额", "判定",    NULL };
  JpId                     id;
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (jp_paper_reader_skip ())
    return;

  id = put_statement (fixture, 120000);
  paper = jp_print_record (fixture->vault, JP_KIND_STATEMENT, &id, FALSE, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "statement-rows");
  jp_paper_reader_assert_has (text, needles);
}

/* The letter is about what is wrong, with the rule and the facts; a right line is not contested. */
static void
test_dispute_of_rows (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const needles[] = {
    "结算异议函", "第 2 行", "演示假设：第一部分学时审核通过后拨付30%", "¥1,200.00", "SHA-256", NULL
  };
  JpId id;
  g_autoptr (JpSettlementReport) report = NULL;
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (JpPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (jp_paper_reader_skip ())
    return;

  id = put_statement (fixture, 120000);
  report = jp_settlement_repo_read (fixture->vault, &id, NULL, &error);
  g_assert_no_error (error);
  paper = jp_print_dispute (fixture->vault, report, NULL, &error);
  g_assert_no_error (error);
  text = read_paper (paper, "dispute-rows");
  jp_paper_reader_assert_has (text, needles);
  g_assert_null (strstr (text, "第 1 行"));

  g_assert_null (jp_print_dispute (fixture->vault, report, nothing, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_EMPTY);
}

static GBytes *
read_member (JpXlsxZip *zip, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpXlsxMember) member = jp_xlsx_zip_open_member (zip, name, NULL, &error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char   buffer[4096];
  gssize n_read = 0;

  g_assert_no_error (error);
  while ((n_read = jp_xlsx_zip_read_member (member, buffer, sizeof buffer, &error)) > 0)
    g_byte_array_append (bytes, (const guint8 *)buffer, (guint)n_read);
  g_assert_no_error (error);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
assert_member (JpXlsxZip *zip, JsonObject *entry)
{
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  const char *digest = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *own = NULL;

  jp_json_get_text (entry, "name", 64, &name, &error);
  jp_json_get_text (entry, "sha256", 64, &digest, &error);
  g_assert_no_error (error);
  bytes = read_member (zip, name);
  own = jp_hash_sha256_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (own, ==, digest);
  if (g_str_has_suffix (name, ".csv"))
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 3, "\xef\xbb\xbf", 3);
  else
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, "%PDF-", 5);
}

static JpXlsxZip *
save_evidence (JpVaultFixture *fixture, const JpEvidenceBundle *bundle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "evidence.zip");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  JpXlsxZip *zip = NULL;

  jp_evidence_bundle_save (fixture->vault, bundle, file, &error);
  g_assert_no_error (error);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  zip = jp_xlsx_zip_new (bytes, JP_XLSX_ZIP_TRUSTED, &error);
  g_assert_no_error (error);
  return zip;
}

static gboolean
sessions_have (JpXlsxZip *zip, const char *text)
{
  g_autoptr (GBytes) bytes = read_member (zip, "sessions.csv");

  return g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), text) !=
         NULL;
}

/* One archive with everything, each member as the manifest says; ID numbers only where they were
 * asked for. */
static void
test_evidence (JpVaultFixture *fixture, gconstpointer data)
{
  JpId id;
  g_autoptr (JpSettlementReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpXlsxZip) zip = NULL;
  g_autoptr (JpXlsxZip) revealed = NULL;
  g_autoptr (GBytes) manifest = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpRecord) trainee = NULL;
  JsonArray             *files = NULL;
  JpEvidenceBundle       bundle = { 0 };
  const JpSettlementRow *row = NULL;

  if (jp_paper_reader_skip ())
    return;

  id = put_statement (fixture, 120000);
  report = jp_settlement_repo_read (fixture->vault, &id, NULL, &error);
  g_assert_no_error (error);
  row = report->rows->pdata[0];
  contract = jp_vault_fixture_get (fixture->vault, JP_KIND_CONTRACT, &row->contract);
  trainee = jp_vault_fixture_get (fixture->vault, JP_KIND_TRAINEE,
                                  jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_vault_fixture_add_session (fixture->vault, contract, 1, 60,
                                jp_date_add_days (jp_vault_today (fixture->vault), -5));
  bundle.report = report;
  zip = save_evidence (fixture, &bundle);
  manifest = read_member (zip, "manifest.json");
  root = jp_json_parse (manifest, 65536, &error);
  g_assert_no_error (error);
  files = jp_json_get_array (json_node_get_object (root), "files", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (files), ==, 6);
  for (guint i = 0; i < json_array_get_length (files); i++)
    assert_member (zip, json_array_get_object_element (files, i));

  g_assert_false (sessions_have (zip, jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER)));
  bundle.reveal = TRUE;
  revealed = save_evidence (fixture, &bundle);
  g_assert_true (sessions_have (revealed, jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER)));
}

/* Every page of a school to practise with says so; who prints is noted. */
static void
test_practice (JpVaultFixture *fixture, gconstpointer data)
{
  JpPaperIssue issue = { 0 };
  g_autoptr (JpRecord) school = NULL;
  g_autoptr (GError) error = NULL;

  set_setting (fixture->vault, JP_SETTING_DEMO, "1");
  school = jp_print_read_issue (fixture->vault, FALSE, &issue, &error);
  g_assert_no_error (error);
  g_assert_true (issue.is_practice);
  g_assert_cmpstr (issue.school, ==, jp_record_get_text (school, JP_SCHOOL_NAME));
  g_assert_true (jp_print_audit (fixture->vault, JP_KIND_CLASS_TIER, NULL, FALSE, "前台", &error));
  g_assert_no_error (error);
}

static void
test_names (void)
{
  g_autofree char *name = jp_print_dup_name (JP_KIND_CLASS_TIER, NULL, 20261124);

  g_assert_cmpstr (name, ==, "公示价目表-2026-11-24.pdf");
  g_assert_true (jp_print_may (JP_KIND_CONTRACT));
  g_assert_false (jp_print_may (JP_KIND_COACH));
  g_assert_false (jp_print_needs_row (JP_KIND_CLASS_TIER));
  g_assert_true (jp_print_can_mask (JP_KIND_TRAINEE));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/documents/print/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, (function), \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  jp_paper_reader_use_chinese ();
  g_test_init (&argc, &argv, NULL);

  ADD ("contract", test_contract);
  ADD ("contract-altered", test_contract_altered);
  ADD ("trainee", test_trainee);
  ADD ("poster", test_poster);
  ADD ("refund", test_refund);
  ADD ("refund-of-contract", test_refund_of_contract);
  ADD ("statement-of-rows", test_statement_of_rows);
  ADD ("dispute-of-rows", test_dispute_of_rows);
  ADD ("evidence", test_evidence);
  ADD ("practice", test_practice);
  g_test_add_func ("/documents/print/statement", test_statement);
  g_test_add_func ("/documents/print/dispute", test_dispute);
  g_test_add_func ("/documents/print/names", test_names);

  return g_test_run ();
}
