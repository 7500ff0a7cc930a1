/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settlement statement · 结算单: what the bank paid out to the school in a period, by the
 * platform's instruction. */

/* clang-format off */

JP_FIELD (STATEMENT, NUMBER, "number", TEXT, NC_ ("field", "Statement number"),
          .max = 32, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_SEARCHED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .group = NC_ ("group", "Statement"))
JP_FIELD (STATEMENT, PERIOD_FROM, "period_from", DATE, NC_ ("field", "From"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, PERIOD_TO, "period_to", DATE, NC_ ("field", "To"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, ISSUED_AT, "issued_at", INSTANT, NC_ ("field", "Issued"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, LINE_COUNT, "line_count", INTEGER, NC_ ("field", "Lines"),
          .unit = JP_UNIT_COUNT, .max = 1000000, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, TOTAL, "total", INTEGER, NC_ ("field", "Total"),
          .unit = JP_UNIT_FEN, .min = -JP_FEN_MAX, .max = JP_FEN_MAX, .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, OPENING, "opening", INTEGER, NC_ ("field", "Custody at the start"),
          .unit = JP_UNIT_FEN, .max = JP_FEN_MAX, .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, CLOSING, "closing", INTEGER, NC_ ("field", "Custody at the end"),
          .unit = JP_UNIT_FEN, .max = JP_FEN_MAX, .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STATEMENT, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_statement_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 1)
