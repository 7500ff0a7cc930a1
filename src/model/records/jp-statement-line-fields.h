/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settlement line · 结算明细: one release or refund inside a statement. */

/* clang-format off */

JP_FIELD (STATEMENT_LINE, STATEMENT, "statement", REF, NC_ ("field", "Statement"),
          .target = JP_KIND_STATEMENT, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .group = NC_ ("group", "Line"))
JP_FIELD (STATEMENT_LINE, LINE_NO, "line_no", INTEGER, NC_ ("field", "Line"),
          .min = 1, .max = 1000000, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_FIXED | JP_FIELD_INDEXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, CONTRACT_NO, "contract_no", TEXT, NC_ ("field", "Contract number"),
          .max = 32, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, TRAINEE, "trainee", REF, NC_ ("field", "Trainee file"),
          .target = JP_KIND_TRAINEE, .flags = JP_FIELD_FIXED, .owner = JP_OWNER_PLATFORM,
          .merge = 0)
JP_FIELD (STATEMENT_LINE, TRAINEE_NAME, "trainee_name", TEXT, NC_ ("field", "Trainee"),
          .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, KIND, "kind", CODE, NC_ ("field", "Kind"),
          .codes = jp_line_kind_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, STAGE, "stage", TEXT, NC_ ("field", "Stage"),
          .max = 32, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, SHARE, "share", INTEGER, NC_ ("field", "Share"),
          .unit = JP_UNIT_BASIS_POINT, .max = 10000, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, AMOUNT, "amount", INTEGER, NC_ ("field", "Amount"),
          .unit = JP_UNIT_FEN, .min = -JP_FEN_MAX, .max = JP_FEN_MAX, .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, PAID_AT, "paid_at", INSTANT, NC_ ("field", "Paid out"),
          .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT_LINE, BANK_REFERENCE, "bank_reference", TEXT, NC_ ("field", "Bank reference"),
          .max = 40, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED | JP_FIELD_SEARCHED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
