/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vehicle · 教学车辆 · `trainingcar`. */

/* clang-format off */

JP_FIELD (VEHICLE, PLATE, "plate", TEXT, NC_ ("field", "Plate"),
          .min = 7, .max = 8, .wire = "licnum", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_INDEXED | JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 1,
          .check = jp_check_plate, .group = NC_ ("group", "Vehicle"))
JP_FIELD (VEHICLE, PLATE_COLOR, "plate_color", CODE, NC_ ("field", "Plate colour"),
          .codes = jp_plate_color_codes, .wire = "platecolor", .flags = JP_FIELD_REQUIRED,
          .merge = 1)
JP_FIELD (VEHICLE, NUMBER, "number", TEXT, NC_ ("field", "Vehicle number"),
          .min = 16, .max = 16, .wire = "carnum", .flags = JP_FIELD_COMPUTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0, .check = jp_check_code_ministry)
JP_FIELD (VEHICLE, LICENCE_TYPE, "licence_type", TEXT, NC_ ("field", "Licence type"),
          .max = 8, .wire = "perdritype", .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED |
            JP_FIELD_IMPORTED, .merge = 2, .check = jp_validate_licence_type)
JP_FIELD (VEHICLE, MANUFACTURER, "manufacturer", TEXT, NC_ ("field", "Manufacturer"),
          .max = 64, .wire = "manufacture", .flags = JP_FIELD_REQUIRED, .merge = 2)
JP_FIELD (VEHICLE, BRAND, "brand", TEXT, NC_ ("field", "Brand"),
          .max = 64, .wire = "brand", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED | JP_FIELD_IMPORTED, .merge = 2)
JP_FIELD (VEHICLE, MODEL, "model", TEXT, NC_ ("field", "Model"),
          .max = 64, .wire = "model", .flags = JP_FIELD_LISTED, .merge = 2)
JP_FIELD (VEHICLE, FRAME_NO, "frame_no", TEXT, NC_ ("field", "VIN"),
          .min = 17, .max = 17, .wire = "franum", .merge = 3, .check = jp_check_vin)
JP_FIELD (VEHICLE, ENGINE_NO, "engine_no", TEXT, NC_ ("field", "Engine number"),
          .max = 32, .wire = "engnum", .merge = 3)
JP_FIELD (VEHICLE, BOUGHT_ON, "bought_on", DATE, NC_ ("field", "Bought on"),
          .wire = "buydate", .flags = JP_FIELD_REQUIRED, .merge = 3)

JP_FIELD (VEHICLE, STATUS, "status", CODE, NC_ ("field", "Status"),
          .codes = jp_vehicle_status_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .merge = 4, .group = NC_ ("group", "Validity"))
JP_FIELD (VEHICLE, INSPECTED_UNTIL, "inspected_until", DATE, NC_ ("field", "Inspection valid until"),
          .flags = JP_FIELD_INDEXED | JP_FIELD_LISTED, .merge = 5)
JP_FIELD (VEHICLE, INSURED_UNTIL, "insured_until", DATE, NC_ ("field", "Insurance valid until"),
          .flags = JP_FIELD_LISTED, .merge = 6)
JP_FIELD (VEHICLE, GROUND, "ground", REF, NC_ ("field", "Training ground"),
          .target = JP_KIND_GROUND, .merge = 7)
JP_FIELD (VEHICLE, NOTE, "note", TEXT, NC_ ("field", "Note"),
          .max = 500, .flags = JP_FIELD_LONG, .merge = 8)
