/* SPDX-License-Identifier: GPL-3.0-or-later */

/* complaint, suggestion · 投诉、建议 · `complaint`: made on the platform, answered by the school.
 */

/* clang-format off */

JP_FIELD (COMPLAINT, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .wire = "stunum", .flags = JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0, .group = NC_ ("group", "Complaint"))
JP_FIELD (COMPLAINT, TRAINEE_NAME, "trainee_name", TEXT, NC_ ("field", "Made by"),
          .max = 64, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM,
          .merge = 0)
JP_FIELD (COMPLAINT, TYPE, "type", CODE, NC_ ("field", "About"),
          .codes = jp_complaint_type_codes, .wire = "type", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (COMPLAINT, MADE_ON, "made_on", DATE, NC_ ("field", "Made on"),
          .wire = "cdate", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (COMPLAINT, CONTENT, "content", TEXT, NC_ ("field", "Content"),
          .max = 2000, .wire = "content", .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LONG | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (COMPLAINT, DUE_ON, "due_on", DATE, NC_ ("field", "Answer until"),
          .flags = JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM,
          .merge = 0)
JP_FIELD (COMPLAINT, ANSWER, "answer", TEXT, NC_ ("field", "Answer of the school"),
          .max = 2000, .wire = "schopinion", .flags = JP_FIELD_LONG, .merge = 1,
          .group = NC_ ("group", "Answer"))
JP_FIELD (COMPLAINT, DEPARTMENT_OPINION, "department_opinion", TEXT, NC_ ("field", "Opinion of the department"),
          .max = 2000, .wire = "depaopinion", .flags = JP_FIELD_COMPUTED | JP_FIELD_LONG,
          .owner = JP_OWNER_PLATFORM, .merge = 2)
JP_FIELD (COMPLAINT, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_complaint_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 3)
