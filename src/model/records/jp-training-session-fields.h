/* SPDX-License-Identifier: GPL-3.0-or-later */

/* training session · 电子教学日志 · `classrecord`: recorded by a terminal, judged by the platform.
 * The client never makes or edits one. */

/* clang-format off */

JP_FIELD (TRAINING_SESSION, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .wire = "stunum", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM,
          .merge = 0, .group = NC_ ("group", "Session"))
JP_FIELD (TRAINING_SESSION, RECORD_NO, "record_no", TEXT, NC_ ("field", "Record number"),
          .min = 5, .max = 5, .wire = "recnum", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, PART, "part", INTEGER, NC_ ("field", "Part"),
          .unit = JP_UNIT_PART, .min = 1, .max = 4, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, METHOD, "method", CODE, NC_ ("field", "Method"),
          .codes = jp_method_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, COURSE_CODE, "course_code", TEXT, NC_ ("field", "Course code"),
          .min = 10, .max = 10, .wire = "subjcode", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, STARTED_AT, "started_at", INSTANT, NC_ ("field", "Start"),
          .wire = "starttime", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, ENDED_AT, "ended_at", INSTANT, NC_ ("field", "End"),
          .wire = "endtime", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, DURATION, "duration", INTEGER, NC_ ("field", "Recorded"),
          .unit = JP_UNIT_MINUTE, .max = 1440, .wire = "duration", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, MILEAGE, "mileage", INTEGER, NC_ ("field", "Mileage"),
          .unit = JP_UNIT_METRE, .max = 2000000, .wire = "mileage", .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, COACH, "coach", REF, NC_ ("field", "Coach"),
          .target = JP_KIND_COACH, .wire = "coachnum", .flags = JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, VEHICLE, "vehicle", REF, NC_ ("field", "Vehicle"),
          .target = JP_KIND_VEHICLE, .wire = "carnum", .flags = JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, TERMINAL, "terminal", REF, NC_ ("field", "Terminal"),
          .target = JP_KIND_TERMINAL, .wire = "simunum", .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, BACKFILLED, "backfilled", BOOLEAN, NC_ ("field", "Sent later"),
          .flags = JP_FIELD_FIXED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (TRAINING_SESSION, STATE, "state", CODE, NC_ ("field", "Judgement"),
          .codes = jp_session_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 1,
          .group = NC_ ("group", "Judgement"))
JP_FIELD (TRAINING_SESSION, VALID_MINUTES, "valid_minutes", INTEGER, NC_ ("field", "Valid"),
          .unit = JP_UNIT_MINUTE, .max = 1440, .wire = "platformvalidtime",
          .flags = JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 1)
JP_FIELD (TRAINING_SESSION, REASON, "reason", CODE, NC_ ("field", "Reason"),
          .codes = jp_session_reason_codes, .flags = JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM,
          .merge = 1)
JP_FIELD (TRAINING_SESSION, REVIEWED_AT, "reviewed_at", INSTANT, NC_ ("field", "Reviewed"),
          .owner = JP_OWNER_PLATFORM, .merge = 1)
