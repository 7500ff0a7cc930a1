/* SPDX-License-Identifier: GPL-3.0-or-later */

/* dispute · 结算异议: the school contests a settlement line, or one that is missing; the platform
 * answers. A line is named by itself, a missing one by its contract and stage. */

/* clang-format off */

JP_FIELD (DISPUTE, STATEMENT, "statement", REF, NC_ ("field", "Statement"),
          .target = JP_KIND_STATEMENT, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_BOTH, .merge = 1,
          .group = NC_ ("group", "Dispute"))
JP_FIELD (DISPUTE, LINE, "line", REF, NC_ ("field", "Settlement line"),
          .target = JP_KIND_STATEMENT_LINE, .flags = JP_FIELD_FIXED | JP_FIELD_INDEXED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, LINE_NO, "line_no", INTEGER, NC_ ("field", "Line"),
          .min = 1, .max = 1000000, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_FIXED | JP_FIELD_INDEXED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, CONTRACT_NO, "contract_no", TEXT, NC_ ("field", "Contract number"),
          .max = 32, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, TRAINEE_NAME, "trainee_name", TEXT, NC_ ("field", "Trainee"),
          .max = 64, .flags = JP_FIELD_FIXED | JP_FIELD_SEARCHED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, KIND, "kind", CODE, NC_ ("field", "Kind"),
          .codes = jp_line_kind_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, STAGE, "stage", TEXT, NC_ ("field", "Stage"),
          .max = 32, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH,
          .merge = 1)
JP_FIELD (DISPUTE, VERDICT, "verdict", CODE, NC_ ("field", "Verdict"),
          .codes = jp_verdict_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, PAID, "paid", INTEGER, NC_ ("field", "The line pays"),
          .unit = JP_UNIT_FEN, .min = -JP_FEN_MAX, .max = JP_FEN_MAX, .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, CLAIMED, "claimed", INTEGER, NC_ ("field", "It should pay"),
          .unit = JP_UNIT_FEN, .min = -JP_FEN_MAX, .max = JP_FEN_MAX, .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, SENTENCE, "sentence", TEXT, NC_ ("field", "Why"),
          .max = 500, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LONG,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, REASON, "reason", TEXT, NC_ ("field", "Words of the school"),
          .max = 500, .flags = JP_FIELD_LONG, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, OPENED_AT, "opened_at", INSTANT, NC_ ("field", "Opened"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_COMPUTED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (DISPUTE, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_dispute_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 2,
          .group = NC_ ("group", "Answer"))
JP_FIELD (DISPUTE, SENT_AT, "sent_at", INSTANT, NC_ ("field", "Sent"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (DISPUTE, REVIEWED_AT, "reviewed_at", INSTANT, NC_ ("field", "Under review since"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (DISPUTE, DECIDED_AT, "decided_at", INSTANT, NC_ ("field", "Decided"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (DISPUTE, OUTCOME, "outcome", CODE, NC_ ("field", "What is done"),
          .codes = jp_dispute_outcome_codes, .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (DISPUTE, DECIDED, "decided", INTEGER, NC_ ("field", "The platform finds"),
          .unit = JP_UNIT_FEN, .min = -JP_FEN_MAX, .max = JP_FEN_MAX, .flags = JP_FIELD_COMPUTED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (DISPUTE, CORRECTION, "correction", INTEGER, NC_ ("field", "Corrected by"),
          .unit = JP_UNIT_FEN, .min = -JP_FEN_MAX, .max = JP_FEN_MAX, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (DISPUTE, BANK_REFERENCE, "bank_reference", TEXT, NC_ ("field", "Bank reference"),
          .max = 40, .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM, .merge = 3)
JP_FIELD (DISPUTE, ANSWER, "answer", TEXT, NC_ ("field", "Answer of the platform"),
          .max = 500, .flags = JP_FIELD_COMPUTED | JP_FIELD_LONG, .owner = JP_OWNER_PLATFORM,
          .merge = 3)
JP_FIELD (DISPUTE, READ_AT, "read_at", INSTANT, NC_ ("field", "Answer read"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 4)
