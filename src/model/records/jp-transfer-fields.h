/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transfer · 转学 · `transfer`: a trainee goes on at another school, or comes from one. */

/* clang-format off */

JP_FIELD (TRANSFER, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .wire = "stunum", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH,
          .merge = 1, .group = NC_ ("group", "Transfer"))
JP_FIELD (TRANSFER, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_FIXED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRANSFER, OUTGOING, "outgoing", BOOLEAN, NC_ ("field", "To another school"),
          .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRANSFER, OTHER_SCHOOL_NO, "other_school_no", TEXT, NC_ ("field", "Number of the other school"),
          .min = 16, .max = 16, .wire = "inscode", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED,
          .owner = JP_OWNER_BOTH, .merge = 1, .check = jp_check_code_ministry)
JP_FIELD (TRANSFER, OTHER_SCHOOL, "other_school", TEXT, NC_ ("field", "Other school"),
          .max = 64, .flags = JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRANSFER, ASKED_ON, "asked_on", DATE, NC_ ("field", "Asked on"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRANSFER, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_request_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (TRANSFER, ASKED_BY, "asked_by", REF, NC_ ("field", "Asked by"),
          .target = JP_KIND_PERSON, .flags = JP_FIELD_FIXED | JP_FIELD_COMPUTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRANSFER, CHECKED_BY, "checked_by", REF, NC_ ("field", "Checked by"),
          .target = JP_KIND_PERSON, .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (TRANSFER, CHECKED_AT, "checked_at", INSTANT, NC_ ("field", "Checked"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (TRANSFER, APPROVED_MINUTES, "approved_minutes", INTEGER, NC_ ("field", "Hours taken along"),
          .unit = JP_UNIT_MINUTE, .max = 400000, .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (TRANSFER, AMOUNT, "amount", INTEGER, NC_ ("field", "Money taken along"),
          .unit = JP_UNIT_FEN, .max = 10000000, .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 3)
