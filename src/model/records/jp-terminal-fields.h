/* SPDX-License-Identifier: GPL-3.0-or-later */

/* terminal · 计时终端 · `device`: the timing device in a vehicle, classroom or simulator. */

/* clang-format off */

JP_FIELD (TERMINAL, SERIAL, "serial", TEXT, NC_ ("field", "Serial number"),
          .min = 4, .max = 32, .wire = "sn", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 1,
          .group = NC_ ("group", "Terminal"))
JP_FIELD (TERMINAL, TYPE, "type", CODE, NC_ ("field", "Kind"),
          .codes = jp_terminal_type_codes, .wire = "termtype", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_LISTED, .merge = 1)
JP_FIELD (TERMINAL, VENDOR, "vendor", TEXT, NC_ ("field", "Vendor"),
          .max = 64, .wire = "vender", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 1)
JP_FIELD (TERMINAL, MODEL, "model", TEXT, NC_ ("field", "Model"),
          .max = 64, .wire = "model", .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED |
            JP_FIELD_IMPORTED, .merge = 1)
JP_FIELD (TERMINAL, IMEI, "imei", TEXT, NC_ ("field", "IMEI or MAC"),
          .min = 12, .max = 17, .wire = "imei", .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED |
            JP_FIELD_IMPORTED, .merge = 1, .check = jp_check_device_id)
JP_FIELD (TERMINAL, NUMBER, "number", TEXT, NC_ ("field", "Terminal number"),
          .min = 16, .max = 16, .wire = "devnum", .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0, .check = jp_check_code_ministry)
JP_FIELD (TERMINAL, FIRMWARE, "firmware", TEXT, NC_ ("field", "Firmware"),
          .max = 32, .merge = 2)
JP_FIELD (TERMINAL, SEAL_NO, "seal_no", TEXT, NC_ ("field", "Seal number"),
          .max = 32, .merge = 2)
JP_FIELD (TERMINAL, STATUS, "status", CODE, NC_ ("field", "Status"),
          .codes = jp_terminal_status_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .merge = 3)
JP_FIELD (TERMINAL, NOTE, "note", TEXT, NC_ ("field", "Note"),
          .max = 500, .flags = JP_FIELD_LONG, .merge = 4)
