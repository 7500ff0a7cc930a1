/* SPDX-License-Identifier: GPL-3.0-or-later */

/* exam result · 考试成绩: of subject 1 to 4, from the traffic police through the platform. */

/* clang-format off */

JP_FIELD (EXAM_RESULT, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .group = NC_ ("group", "Exam"))
JP_FIELD (EXAM_RESULT, SUBJECT, "subject", INTEGER, NC_ ("field", "Subject"),
          .unit = JP_UNIT_SUBJECT, .min = 1, .max = 4, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EXAM_RESULT, TAKEN_ON, "taken_on", DATE, NC_ ("field", "Taken on"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EXAM_RESULT, ATTEMPT, "attempt", INTEGER, NC_ ("field", "Attempt"),
          .min = 1, .max = 20, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EXAM_RESULT, OUTCOME, "outcome", CODE, NC_ ("field", "Outcome"),
          .codes = jp_exam_outcome_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EXAM_RESULT, SCORE, "score", INTEGER, NC_ ("field", "Score"),
          .max = 100, .flags = JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
