/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stage record · 阶段培训记录 · `stagetrainningtime`: a part's hours put to the review that
 * releases the stage's money. */

/* clang-format off */

JP_FIELD (STAGE_RECORD, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .wire = "stunum", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_INDEXED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .group = NC_ ("group", "Stage record"))
JP_FIELD (STAGE_RECORD, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STAGE_RECORD, PART, "part", INTEGER, NC_ ("field", "Part"),
          .unit = JP_UNIT_PART, .min = 1, .max = 4, .wire = "subject", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STAGE_RECORD, TOTAL_MINUTES, "total_minutes", INTEGER, NC_ ("field", "Trained"),
          .unit = JP_UNIT_MINUTE, .max = 100000, .wire = "totaltime", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STAGE_RECORD, VALID_MINUTES, "valid_minutes", INTEGER, NC_ ("field", "Counted"),
          .unit = JP_UNIT_MINUTE, .max = 100000, .wire = "duration", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (STAGE_RECORD, MILEAGE, "mileage", INTEGER, NC_ ("field", "Mileage"),
          .unit = JP_UNIT_METRE, .max = 10000000, .wire = "mileage", .owner = JP_OWNER_PLATFORM,
          .merge = 0)
JP_FIELD (STAGE_RECORD, STATE, "state", CODE, NC_ ("field", "Review"),
          .codes = jp_stage_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 1)
JP_FIELD (STAGE_RECORD, SUBMITTED_AT, "submitted_at", INSTANT, NC_ ("field", "Submitted"),
          .flags = JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 1)
JP_FIELD (STAGE_RECORD, REVIEWED_AT, "reviewed_at", INSTANT, NC_ ("field", "Reviewed"),
          .flags = JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 1)
JP_FIELD (STAGE_RECORD, REASON, "reason", TEXT, NC_ ("field", "Reason"),
          .max = 200, .flags = JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 1)
