/* SPDX-License-Identifier: GPL-3.0-or-later */

/* school · 培训机构(驾校) · `institution`: the driving school itself; one record in a client's
 * database, 94 on the platform of Heze. */

/* clang-format off */

JP_FIELD (SCHOOL, NAME, "name", TEXT, NC_ ("field", "School name"),
          .min = 2, .max = 64, .wire = "name", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED,
          .merge = 1, .group = NC_ ("group", "School"))
JP_FIELD (SCHOOL, SHORT_NAME, "short_name", TEXT, NC_ ("field", "Short name"),
          .max = 16, .wire = "shortname", .flags = JP_FIELD_REQUIRED, .merge = 1)
JP_FIELD (SCHOOL, NUMBER, "number", TEXT, NC_ ("field", "School number"),
          .min = 16, .max = 16, .wire = "inscode", .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0, .check = jp_check_code_ministry)
JP_FIELD (SCHOOL, DISTRICT, "district", TEXT, NC_ ("field", "District"),
          .min = 6, .max = 6, .wire = "district", .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED,
          .merge = 2, .check = jp_validate_district)
JP_FIELD (SCHOOL, LEVEL, "level", CODE, NC_ ("field", "Grade"),
          .codes = jp_school_level_codes, .wire = "level", .merge = 2)
JP_FIELD (SCHOOL, BUSI_STATUS, "busi_status", CODE, NC_ ("field", "Business status"),
          .codes = jp_busi_status_codes, .wire = "busistatus", .merge = 2)
JP_FIELD (SCHOOL, LICENCE_TYPES, "licence_types", TEXT, NC_ ("field", "Licence types taught"),
          .max = 64, .wire = "busiscope", .flags = JP_FIELD_REQUIRED, .merge = 3,
          .check = jp_validate_licence_list)

JP_FIELD (SCHOOL, LICENCE_NO, "licence_no", TEXT, NC_ ("field", "Operating permit"),
          .max = 64, .wire = "licnum", .merge = 4, .group = NC_ ("group", "Permits"))
JP_FIELD (SCHOOL, LICENCE_DATE, "licence_date", DATE, NC_ ("field", "Permit date"),
          .wire = "licetime", .merge = 4)
JP_FIELD (SCHOOL, BUSINESS_NO, "business_no", TEXT, NC_ ("field", "Business registration"),
          .max = 64, .wire = "business", .merge = 5)
JP_FIELD (SCHOOL, CREDIT_CODE, "credit_code", TEXT, NC_ ("field", "Unified social credit code"),
          .min = 18, .max = 18, .wire = "creditcode", .merge = 5, .check = jp_check_code_credit)
JP_FIELD (SCHOOL, LEGAL_PERSON, "legal_person", TEXT, NC_ ("field", "Legal representative"),
          .max = 32, .wire = "legal", .merge = 5)

JP_FIELD (SCHOOL, CONTACT, "contact", TEXT, NC_ ("field", "Contact person"),
          .max = 32, .wire = "contact", .merge = 6, .group = NC_ ("group", "Contact"))
JP_FIELD (SCHOOL, PHONE, "phone", TEXT, NC_ ("field", "Phone"),
          .max = 20, .wire = "phone", .flags = JP_FIELD_REQUIRED, .merge = 6,
          .check = jp_check_phone)
JP_FIELD (SCHOOL, ADDRESS, "address", TEXT, NC_ ("field", "Address"),
          .max = 100, .wire = "address", .flags = JP_FIELD_REQUIRED, .merge = 7)
JP_FIELD (SCHOOL, POSTCODE, "postcode", TEXT, NC_ ("field", "Postcode"),
          .min = 6, .max = 6, .wire = "postcode", .merge = 7, .check = jp_check_code_postcode)
JP_FIELD (SCHOOL, LATITUDE, "latitude", INTEGER, NC_ ("field", "Latitude"),
          .unit = JP_UNIT_MICRODEGREE, .min = -90000000, .max = 90000000, .merge = 7)
JP_FIELD (SCHOOL, LONGITUDE, "longitude", INTEGER, NC_ ("field", "Longitude"),
          .unit = JP_UNIT_MICRODEGREE, .min = -180000000, .max = 180000000, .merge = 7)

JP_FIELD (SCHOOL, INTRODUCTION, "introduction", TEXT, NC_ ("field", "Introduction"),
          .max = 2000, .flags = JP_FIELD_LONG, .merge = 8, .group = NC_ ("group", "Public page"))
JP_FIELD (SCHOOL, SERVICES, "services", TEXT, NC_ ("field", "Services"),
          .max = 1000, .flags = JP_FIELD_LONG, .merge = 9)
JP_FIELD (SCHOOL, ENVIRONMENT, "environment", TEXT, NC_ ("field", "Training environment"),
          .max = 1000, .flags = JP_FIELD_LONG, .merge = 9)

JP_FIELD (SCHOOL, COACH_COUNT, "coach_count", INTEGER, NC_ ("field", "Coaches"),
          .unit = JP_UNIT_COUNT, .max = 10000, .wire = "coachnumber", .merge = 10,
          .group = NC_ ("group", "Means"))
JP_FIELD (SCHOOL, VEHICLE_COUNT, "vehicle_count", INTEGER, NC_ ("field", "Training vehicles"),
          .unit = JP_UNIT_COUNT, .max = 10000, .wire = "tracarnum", .merge = 10)
JP_FIELD (SCHOOL, CLASSROOM_AREA, "classroom_area", INTEGER, NC_ ("field", "Classrooms"),
          .unit = JP_UNIT_SQUARE_METRE, .max = 1000000, .wire = "classroom", .merge = 10)
JP_FIELD (SCHOOL, FIELD_AREA, "field_area", INTEGER, NC_ ("field", "Training field"),
          .unit = JP_UNIT_SQUARE_METRE, .max = 10000000, .wire = "praticefield", .merge = 10)
