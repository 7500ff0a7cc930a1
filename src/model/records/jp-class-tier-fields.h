/* SPDX-License-Identifier: GPL-3.0-or-later */

/* class tier · 班型(收费标准) · `charstandard`: what a trainee buys. A published tier never changes
 * its price: a new version replaces it, and contracts keep the version they were made from. */

/* clang-format off */

JP_FIELD (CLASS_TIER, NAME, "name", TEXT, NC_ ("field", "Tier name"),
          .min = 2, .max = 32, .wire = "classcurr", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_SEARCHED | JP_FIELD_INDEXED | JP_FIELD_LISTED, .merge = 1,
          .group = NC_ ("group", "Class tier"))
JP_FIELD (CLASS_TIER, SEQUENCE, "sequence", TEXT, NC_ ("field", "Number"),
          .min = 5, .max = 5, .wire = "seq", .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (CLASS_TIER, VERSION_NO, "version_no", INTEGER, NC_ ("field", "Version"),
          .min = 1, .max = 9999, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .merge = 1)
JP_FIELD (CLASS_TIER, REPLACES, "replaces", REF, NC_ ("field", "Replaces"),
          .target = JP_KIND_CLASS_TIER, .flags = JP_FIELD_COMPUTED, .merge = 1)
JP_FIELD (CLASS_TIER, LICENCE_TYPE, "licence_type", TEXT, NC_ ("field", "Licence type"),
          .max = 8, .wire = "vehicletype", .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .merge = 1, .check = jp_validate_licence_type)
JP_FIELD (CLASS_TIER, TRAINING_MODE, "training_mode", CODE, NC_ ("field", "Training mode"),
          .codes = jp_training_mode_codes, .wire = "trainningmode", .flags = JP_FIELD_REQUIRED,
          .merge = 2)
JP_FIELD (CLASS_TIER, SERVICES, "services", TEXT, NC_ ("field", "Services"),
          .max = 500, .wire = "service", .flags = JP_FIELD_LONG, .merge = 2)

JP_FIELD (CLASS_TIER, PRICE, "price", INTEGER, NC_ ("field", "Price"),
          .unit = JP_UNIT_FEN, .min = 1, .max = 10000000, .wire = "price",
          .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED | JP_FIELD_LISTED, .merge = 3,
          .group = NC_ ("group", "Price"))
JP_FIELD (CLASS_TIER, CHARGE_MODE, "charge_mode", CODE, NC_ ("field", "Charge mode"),
          .codes = jp_charge_mode_codes, .wire = "chargemode", .flags = JP_FIELD_REQUIRED,
          .merge = 3)
JP_FIELD (CLASS_TIER, PAY_MODE, "pay_mode", CODE, NC_ ("field", "Pay mode"),
          .codes = jp_pay_mode_codes, .wire = "paymode", .flags = JP_FIELD_REQUIRED, .merge = 3)
JP_FIELD (CLASS_TIER, PART1_FEE, "part1_fee", INTEGER, NC_ ("field", "Part 1"),
          .unit = JP_UNIT_FEN, .max = 10000000, .merge = 3)
JP_FIELD (CLASS_TIER, PART2_FEE, "part2_fee", INTEGER, NC_ ("field", "Part 2"),
          .unit = JP_UNIT_FEN, .max = 10000000, .merge = 3)
JP_FIELD (CLASS_TIER, PART3_FEE, "part3_fee", INTEGER, NC_ ("field", "Part 3"),
          .unit = JP_UNIT_FEN, .max = 10000000, .merge = 3)
JP_FIELD (CLASS_TIER, PART4_FEE, "part4_fee", INTEGER, NC_ ("field", "Part 4"),
          .unit = JP_UNIT_FEN, .max = 10000000, .merge = 3)
JP_FIELD (CLASS_TIER, SERVICE_FEE, "service_fee", INTEGER, NC_ ("field", "Enrolment and service"),
          .unit = JP_UNIT_FEN, .max = 10000000, .merge = 3)

JP_FIELD (CLASS_TIER, STATUS, "status", CODE, NC_ ("field", "Status"),
          .codes = jp_tier_status_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 4,
          .group = NC_ ("group", "Validity"))
JP_FIELD (CLASS_TIER, VALID_FROM, "valid_from", DATE, NC_ ("field", "Valid from"),
          .wire = "uptime", .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED, .merge = 4)
JP_FIELD (CLASS_TIER, VALID_UNTIL, "valid_until", DATE, NC_ ("field", "Valid until"),
          .merge = 4)
