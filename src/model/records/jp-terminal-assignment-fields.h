/* SPDX-License-Identifier: GPL-3.0-or-later */

/* terminal assignment · 终端绑定 · `devassign`: which terminal sat in which vehicle with which SIM,
 * from when to when. Never two open ones for a terminal or a vehicle: the database refuses it. */

/* clang-format off */

JP_FIELD (TERMINAL_ASSIGNMENT, TERMINAL, "terminal", REF, NC_ ("field", "Terminal"),
          .target = JP_KIND_TERMINAL, .wire = "devnum", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_INDEXED, .merge = 1, .group = NC_ ("group", "Assignment"))
JP_FIELD (TERMINAL_ASSIGNMENT, VEHICLE, "vehicle", REF, NC_ ("field", "Vehicle"),
          .target = JP_KIND_VEHICLE, .wire = "carnum", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_INDEXED, .merge = 1)
JP_FIELD (TERMINAL_ASSIGNMENT, SIM, "sim", TEXT, NC_ ("field", "SIM number"),
          .min = 11, .max = 20, .wire = "sim", .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED,
          .merge = 1, .check = jp_check_device_sim)
JP_FIELD (TERMINAL_ASSIGNMENT, STARTED_AT, "started_at", INSTANT, NC_ ("field", "From"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED, .merge = 1)
JP_FIELD (TERMINAL_ASSIGNMENT, ENDED_AT, "ended_at", INSTANT, NC_ ("field", "To"),
          .flags = JP_FIELD_LISTED, .merge = 2)
JP_FIELD (TERMINAL_ASSIGNMENT, REASON, "reason", CODE, NC_ ("field", "Reason"),
          .codes = jp_assignment_reason_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED,
          .merge = 1)
JP_FIELD (TERMINAL_ASSIGNMENT, END_REASON, "end_reason", CODE, NC_ ("field", "Reason of the end"),
          .codes = jp_assignment_reason_codes, .merge = 2)
JP_FIELD (TERMINAL_ASSIGNMENT, NOTE, "note", TEXT, NC_ ("field", "Note"),
          .max = 500, .merge = 3)
