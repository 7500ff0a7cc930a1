/* SPDX-License-Identifier: GPL-3.0-or-later */

/* trainee · 学员 · `student`: a person who learns to drive at this school. */

/* clang-format off */

JP_FIELD (TRAINEE, NAME, "name", TEXT, NC_ ("field", "Name"),
          .min = 2, .max = 64, .wire = "name", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED | JP_FIELD_IMPORTED, .owner = JP_OWNER_BOTH,
          .merge = 1, .check = jp_check_name, .group = NC_ ("group", "Person"))
JP_FIELD (TRAINEE, ID_TYPE, "id_type", CODE, NC_ ("field", "Document"),
          .codes = jp_id_type_codes, .wire = "cardtype", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_IMPORTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRAINEE, ID_NUMBER, "id_number", TEXT, NC_ ("field", "ID number"),
          .min = 5, .max = 18, .wire = "idcard", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED |
            JP_FIELD_LISTED | JP_FIELD_IMPORTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRAINEE, SEX, "sex", CODE, NC_ ("field", "Sex"),
          .codes = jp_sex_codes, .wire = "sex", .flags = JP_FIELD_REQUIRED | JP_FIELD_IMPORTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRAINEE, BIRTH_DATE, "birth_date", DATE, NC_ ("field", "Birth date"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (TRAINEE, NATIONALITY, "nationality", TEXT, NC_ ("field", "Nationality"),
          .max = 32, .wire = "nationality", .owner = JP_OWNER_BOTH, .merge = 1)

JP_FIELD (TRAINEE, PHONE, "phone", TEXT, NC_ ("field", "Mobile"),
          .min = 11, .max = 11, .wire = "phone", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED |
            JP_FIELD_IMPORTED, .owner = JP_OWNER_BOTH, .merge = 2, .check = jp_check_phone_mobile,
          .group = NC_ ("group", "Contact"))
JP_FIELD (TRAINEE, ADDRESS, "address", TEXT, NC_ ("field", "Address"),
          .max = 100, .wire = "address", .flags = JP_FIELD_SEALED | JP_FIELD_IMPORTED,
          .owner = JP_OWNER_BOTH, .merge = 3)

JP_FIELD (TRAINEE, NUMBER, "number", TEXT, NC_ ("field", "Trainee number"),
          .min = 16, .max = 16, .wire = "stunum", .flags = JP_FIELD_COMPUTED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .check = jp_check_code_ministry, .group = NC_ ("group", "Training"))
JP_FIELD (TRAINEE, LICENCE_TYPE, "licence_type", TEXT, NC_ ("field", "Licence type"),
          .max = 8, .wire = "traintype", .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 4, .check = jp_validate_licence_type)
JP_FIELD (TRAINEE, BUSI_TYPE, "busi_type", CODE, NC_ ("field", "Application"),
          .codes = jp_busi_type_codes, .wire = "busitype", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_IMPORTED, .merge = 4)
JP_FIELD (TRAINEE, PRESENT_TYPE, "present_type", TEXT, NC_ ("field", "Present licence type"),
          .max = 8, .wire = "perdritype", .merge = 4, .check = jp_licence_check_types)
JP_FIELD (TRAINEE, PRESENT_LICENCE_NO, "present_licence_no", TEXT, NC_ ("field", "Present licence number"),
          .max = 18, .wire = "drilicnum", .flags = JP_FIELD_SEALED, .merge = 4)
JP_FIELD (TRAINEE, PRESENT_LICENCE_DATE, "present_licence_date", DATE, NC_ ("field", "Present licence since"),
          .wire = "fstdrilicdate", .merge = 4)
JP_FIELD (TRAINEE, CLASS_TIER, "class_tier", REF, NC_ ("field", "Class tier"),
          .target = JP_KIND_CLASS_TIER, .flags = JP_FIELD_INDEXED | JP_FIELD_LISTED |
            JP_FIELD_IMPORTED, .merge = 5)
JP_FIELD (TRAINEE, COACH, "coach", REF, NC_ ("field", "Coach"),
          .target = JP_KIND_COACH, .flags = JP_FIELD_INDEXED | JP_FIELD_LISTED | JP_FIELD_IMPORTED,
          .merge = 6)
JP_FIELD (TRAINEE, APPLIED_ON, "applied_on", DATE, NC_ ("field", "Applied on"),
          .wire = "applydate", .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED | JP_FIELD_IMPORTED,
          .merge = 4)
JP_FIELD (TRAINEE, STATUS, "status", CODE, NC_ ("field", "Status"),
          .codes = jp_trainee_status_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 7)

JP_FIELD (TRAINEE, PART1_MINUTES, "part1_minutes", INTEGER, NC_ ("field", "Part 1, valid"),
          .unit = JP_UNIT_MINUTE, .max = 100000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 8, .group = NC_ ("group", "Progress"))
JP_FIELD (TRAINEE, PART2_MINUTES, "part2_minutes", INTEGER, NC_ ("field", "Part 2, valid"),
          .unit = JP_UNIT_MINUTE, .max = 100000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 8)
JP_FIELD (TRAINEE, PART3_MINUTES, "part3_minutes", INTEGER, NC_ ("field", "Part 3, valid"),
          .unit = JP_UNIT_MINUTE, .max = 100000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 8)
JP_FIELD (TRAINEE, PART4_MINUTES, "part4_minutes", INTEGER, NC_ ("field", "Part 4, valid"),
          .unit = JP_UNIT_MINUTE, .max = 100000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 8)
JP_FIELD (TRAINEE, VALID_MINUTES, "valid_minutes", INTEGER, NC_ ("field", "Valid hours"),
          .unit = JP_UNIT_MINUTE, .max = 400000, .flags = JP_FIELD_COMPUTED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 8)
JP_FIELD (TRAINEE, PENDING_MINUTES, "pending_minutes", INTEGER, NC_ ("field", "Hours to be reviewed"),
          .unit = JP_UNIT_MINUTE, .max = 400000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 8)
JP_FIELD (TRAINEE, REQUIRED_MINUTES, "required_minutes", INTEGER, NC_ ("field", "Hours required"),
          .unit = JP_UNIT_MINUTE, .max = 400000, .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 8)
JP_FIELD (TRAINEE, EXAMS_PASSED, "exams_passed", INTEGER, NC_ ("field", "Exams passed"),
          .unit = JP_UNIT_COUNT, .max = 15, .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_PLATFORM,
          .merge = 8)

JP_FIELD (TRAINEE, NOTE, "note", TEXT, NC_ ("field", "Note"),
          .max = 500, .flags = JP_FIELD_LONG, .merge = 9, .group = NC_ ("group", "Note"))
