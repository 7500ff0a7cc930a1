/* SPDX-License-Identifier: GPL-3.0-or-later */

/* evaluation · 评价 · `evaluation`: a trainee's stars for a coach or the school. */

/* clang-format off */

JP_FIELD (EVALUATION, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .wire = "stunum", .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0, .group = NC_ ("group", "Evaluation"))
JP_FIELD (EVALUATION, OBJECT, "object", CODE, NC_ ("field", "About"),
          .codes = jp_evaluation_object_codes, .wire = "type", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, COACH, "coach", REF, NC_ ("field", "Coach"),
          .target = JP_KIND_COACH, .wire = "evalobject", .flags = JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, STARS, "stars", INTEGER, NC_ ("field", "Stars"),
          .min = 1, .max = 5, .wire = "overall", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, PART, "part", INTEGER, NC_ ("field", "Part"),
          .unit = JP_UNIT_PART, .min = 1, .max = 4, .wire = "part", .flags = JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, MANNER, "manner", INTEGER, NC_ ("field", "Manner"),
          .min = 1, .max = 5, .wire = "srvmanner", .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, TEACHING, "teaching", INTEGER, NC_ ("field", "Teaching"),
          .min = 1, .max = 5, .wire = "teachlevel", .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, TEXT, "text", TEXT, NC_ ("field", "Text"),
          .max = 500, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED | JP_FIELD_LONG,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (EVALUATION, GIVEN_AT, "given_at", INSTANT, NC_ ("field", "Given"),
          .wire = "evaluatetime", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
