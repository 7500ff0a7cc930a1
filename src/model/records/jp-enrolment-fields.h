/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrolment · 报名: somebody wants to learn here, at the desk or on the platform; accepting it
 * makes the trainee. */

/* clang-format off */

JP_FIELD (ENROLMENT, NAME, "name", TEXT, NC_ ("field", "Name"),
          .min = 2, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1, .check = jp_check_name,
          .group = NC_ ("group", "Enrolment"))
JP_FIELD (ENROLMENT, ID_NUMBER, "id_number", TEXT, NC_ ("field", "ID number"),
          .min = 5, .max = 18, .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (ENROLMENT, PHONE, "phone", TEXT, NC_ ("field", "Mobile"),
          .min = 11, .max = 11, .flags = JP_FIELD_REQUIRED | JP_FIELD_SEALED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1, .check = jp_check_phone_mobile)
JP_FIELD (ENROLMENT, LICENCE_TYPE, "licence_type", TEXT, NC_ ("field", "Licence type"),
          .max = 8, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH,
          .merge = 1, .check = jp_validate_licence_type)
JP_FIELD (ENROLMENT, CLASS_TIER, "class_tier", REF, NC_ ("field", "Class tier"),
          .target = JP_KIND_CLASS_TIER, .flags = JP_FIELD_LISTED, .owner = JP_OWNER_BOTH,
          .merge = 1)
JP_FIELD (ENROLMENT, CHANNEL, "channel", CODE, NC_ ("field", "Channel"),
          .codes = jp_enrolment_channel_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (ENROLMENT, ASKED_AT, "asked_at", INSTANT, NC_ ("field", "Asked at"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (ENROLMENT, STATUS, "status", CODE, NC_ ("field", "Status"),
          .codes = jp_enrolment_status_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (ENROLMENT, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .flags = JP_FIELD_COMPUTED, .owner = JP_OWNER_BOTH, .merge = 2)
JP_FIELD (ENROLMENT, REASON, "reason", TEXT, NC_ ("field", "Reason"),
          .max = 200, .owner = JP_OWNER_BOTH, .merge = 2)
