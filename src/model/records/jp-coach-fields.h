/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coach · 教练员 · `coach`. */

/* clang-format off */

JP_FIELD (COACH, NAME, "name", TEXT, NC_ ("field", "Name"),
          .min = 2, .max = 64, .wire = "name", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 1,
          .check = jp_check_name, .group = NC_ ("group", "Person"))
JP_FIELD (COACH, SEX, "sex", CODE, NC_ ("field", "Sex"),
          .codes = jp_sex_codes, .wire = "sex", .flags = JP_FIELD_REQUIRED | JP_FIELD_IMPORTED,
          .merge = 1)
JP_FIELD (COACH, ID_NUMBER, "id_number", TEXT, NC_ ("field", "ID number"),
          .min = 18, .max = 18, .wire = "idcard", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED |
            JP_FIELD_IMPORTED, .merge = 1, .check = jp_check_id_number)
JP_FIELD (COACH, MOBILE, "mobile", TEXT, NC_ ("field", "Mobile"),
          .min = 11, .max = 11, .wire = "mobile", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED |
            JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 2, .check = jp_check_phone_mobile)
JP_FIELD (COACH, ADDRESS, "address", TEXT, NC_ ("field", "Address"),
          .max = 100, .wire = "address", .flags = JP_FIELD_SEALED, .merge = 2)

JP_FIELD (COACH, NUMBER, "number", TEXT, NC_ ("field", "Coach number"),
          .min = 16, .max = 16, .wire = "coachnum", .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0, .check = jp_check_code_ministry,
          .group = NC_ ("group", "Licence"))
JP_FIELD (COACH, LICENCE_NO, "licence_no", TEXT, NC_ ("field", "Driving licence number"),
          .max = 18, .wire = "drilicence", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED | JP_FIELD_IMPORTED,
          .merge = 3)
JP_FIELD (COACH, LICENCE_DATE, "licence_date", DATE, NC_ ("field", "First licence date"),
          .wire = "fstdrilicdate", .flags = JP_FIELD_REQUIRED | JP_FIELD_IMPORTED, .merge = 3)
JP_FIELD (COACH, LICENCE_UNTIL, "licence_until", DATE, NC_ ("field", "Licence valid until"),
          .merge = 3)
JP_FIELD (COACH, DRIVES, "drives", TEXT, NC_ ("field", "May drive"),
          .max = 8, .wire = "dripermitted", .flags = JP_FIELD_REQUIRED | JP_FIELD_IMPORTED, .merge = 3,
          .check = jp_validate_licence_type)
JP_FIELD (COACH, TEACHES, "teaches", TEXT, NC_ ("field", "May teach"),
          .max = 8, .wire = "teachpermitted", .flags = JP_FIELD_REQUIRED | JP_FIELD_IMPORTED | JP_FIELD_LISTED |
            JP_FIELD_IMPORTED, .merge = 4, .check = jp_validate_licence_type)
JP_FIELD (COACH, PERMIT_NO, "permit_no", TEXT, NC_ ("field", "Coach certificate"),
          .max = 32, .wire = "occupationno", .merge = 4)
JP_FIELD (COACH, PERMIT_LEVEL, "permit_level", INTEGER, NC_ ("field", "Certificate level"),
          .min = 1, .max = 4, .wire = "occupationlevel", .merge = 4)
JP_FIELD (COACH, PERMIT_UNTIL, "permit_until", DATE, NC_ ("field", "Certificate valid until"),
          .flags = JP_FIELD_INDEXED | JP_FIELD_LISTED, .merge = 4)

JP_FIELD (COACH, EMPLOY_STATUS, "employ_status", CODE, NC_ ("field", "Employment"),
          .codes = jp_employ_status_codes, .wire = "employstatus", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .merge = 5, .group = NC_ ("group", "Employment"))
JP_FIELD (COACH, HIRED_ON, "hired_on", DATE, NC_ ("field", "Hired on"),
          .wire = "hiredate", .flags = JP_FIELD_REQUIRED | JP_FIELD_IMPORTED, .merge = 5)
JP_FIELD (COACH, LEFT_ON, "left_on", DATE, NC_ ("field", "Left on"),
          .wire = "leavedate", .merge = 5)
JP_FIELD (COACH, NOTE, "note", TEXT, NC_ ("field", "Note"),
          .max = 500, .flags = JP_FIELD_LONG, .merge = 6)
