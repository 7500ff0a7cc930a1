/* SPDX-License-Identifier: GPL-3.0-or-later */

/* contract · 培训合同: one trainee, one fee to the end. Tier, policy and curriculum are frozen in
 * it; the platform seals it when both have signed. */

/* clang-format off */

JP_FIELD (CONTRACT, NUMBER, "number", TEXT, NC_ ("field", "Contract number"),
          .min = 4, .max = 32, .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED | JP_FIELD_COMPUTED | JP_FIELD_FIXED, .merge = 1,
          .group = NC_ ("group", "Contract"))
JP_FIELD (CONTRACT, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .merge = 1)
JP_FIELD (CONTRACT, CLASS_TIER, "class_tier", REF, NC_ ("field", "Class tier"),
          .target = JP_KIND_CLASS_TIER, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED, .merge = 2)
JP_FIELD (CONTRACT, LICENCE_TYPE, "licence_type", TEXT, NC_ ("field", "Licence type"),
          .max = 8, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED, .merge = 2,
          .check = jp_validate_licence_type)
JP_FIELD (CONTRACT, PRICE, "price", INTEGER, NC_ ("field", "Total fee"),
          .unit = JP_UNIT_FEN, .min = 1, .max = 10000000, .wire = "totalamount",
          .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .merge = 2)
JP_FIELD (CONTRACT, POLICY_ID, "policy_id", TEXT, NC_ ("field", "Policy"),
          .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED, .merge = 2)
JP_FIELD (CONTRACT, POLICY_DIGEST, "policy_digest", TEXT, NC_ ("field", "Policy digest"),
          .min = 64, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_HIDDEN,
          .merge = 2)
JP_FIELD (CONTRACT, CURRICULUM_ID, "curriculum_id", TEXT, NC_ ("field", "Curriculum"),
          .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED, .merge = 2)
JP_FIELD (CONTRACT, CURRICULUM_DIGEST, "curriculum_digest", TEXT, NC_ ("field", "Curriculum digest"),
          .min = 64, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_HIDDEN,
          .merge = 2)
JP_FIELD (CONTRACT, TIER_COPY, "tier_copy", TEXT, NC_ ("field", "Copy of the tier"),
          .max = 8000, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_HIDDEN |
            JP_FIELD_JSON, .merge = 2)
JP_FIELD (CONTRACT, TEXT_VERSION, "text_version", TEXT, NC_ ("field", "Model text"),
          .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED, .merge = 2)
JP_FIELD (CONTRACT, TEXT, "text", TEXT, NC_ ("field", "Text of the contract"),
          .max = 20000, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_SEALED |
            JP_FIELD_HIDDEN | JP_FIELD_LONG, .merge = 2)
JP_FIELD (CONTRACT, TEXT_DIGEST, "text_digest", TEXT, NC_ ("field", "SHA-256 of the text"),
          .min = 64, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED, .merge = 2)

JP_FIELD (CONTRACT, STATUS, "status", CODE, NC_ ("field", "Status"),
          .codes = jp_contract_status_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 3,
          .group = NC_ ("group", "State"))
JP_FIELD (CONTRACT, DRAFTED_ON, "drafted_on", DATE, NC_ ("field", "Drafted on"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_LISTED, .merge = 1)
JP_FIELD (CONTRACT, OFFERED_AT, "offered_at", INSTANT, NC_ ("field", "Sent for signature"),
          .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 4)
JP_FIELD (CONTRACT, SIGNED_AT, "signed_at", INSTANT, NC_ ("field", "Signed"),
          .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 4)
JP_FIELD (CONTRACT, PAID_AT, "paid_at", INSTANT, NC_ ("field", "Paid"),
          .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM, .merge = 4)
JP_FIELD (CONTRACT, PAID, "paid", INTEGER, NC_ ("field", "Paid into custody"),
          .unit = JP_UNIT_FEN, .max = 10000000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 4)
JP_FIELD (CONTRACT, RELEASED, "released", INTEGER, NC_ ("field", "Released to the school"),
          .unit = JP_UNIT_FEN, .max = 10000000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 4)
JP_FIELD (CONTRACT, REFUNDED, "refunded", INTEGER, NC_ ("field", "Refunded"),
          .unit = JP_UNIT_FEN, .max = 10000000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 4)
