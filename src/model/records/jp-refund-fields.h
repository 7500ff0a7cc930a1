/* SPDX-License-Identifier: GPL-3.0-or-later */

/* refund · 退费(退学): asked for here or by the trainee, decided and paid by the platform. */

/* clang-format off */

JP_FIELD (REFUND, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1,
          .group = NC_ ("group", "Withdrawal"))
JP_FIELD (REFUND, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (REFUND, ASKED_ON, "asked_on", DATE, NC_ ("field", "Asked on"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (REFUND, FAULT, "fault", CODE, NC_ ("field", "At fault"),
          .codes = jp_fault_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (REFUND, REASON, "reason", TEXT, NC_ ("field", "Reason"),
          .max = 500, .flags = JP_FIELD_LONG, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (REFUND, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_request_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 2,
          .group = NC_ ("group", "Decision"))
JP_FIELD (REFUND, ASKED_BY, "asked_by", REF, NC_ ("field", "Asked by"),
          .target = JP_KIND_PERSON, .flags = JP_FIELD_FIXED | JP_FIELD_COMPUTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (REFUND, CHECKED_BY, "checked_by", REF, NC_ ("field", "Checked by"),
          .target = JP_KIND_PERSON, .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (REFUND, CHECKED_AT, "checked_at", INSTANT, NC_ ("field", "Checked"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (REFUND, AMOUNT, "amount", INTEGER, NC_ ("field", "Refunded"),
          .unit = JP_UNIT_FEN, .max = 10000000, .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (REFUND, DECIDED_AT, "decided_at", INSTANT, NC_ ("field", "Decided"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (REFUND, BANK_REFERENCE, "bank_reference", TEXT, NC_ ("field", "Bank reference"),
          .max = 40, .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM, .merge = 3)
