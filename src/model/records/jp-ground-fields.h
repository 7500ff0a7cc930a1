/* SPDX-License-Identifier: GPL-3.0-or-later */

/* training ground · 教学区域 · `region`: a field or a road network where the school may train. */

/* clang-format off */

JP_FIELD (GROUND, NAME, "name", TEXT, NC_ ("field", "Ground name"),
          .min = 1, .max = 64, .wire = "name", .flags = JP_FIELD_REQUIRED | JP_FIELD_SEARCHED |
            JP_FIELD_LISTED, .merge = 1, .group = NC_ ("group", "Training ground"))
JP_FIELD (GROUND, SEQUENCE, "sequence", INTEGER, NC_ ("field", "Number"),
          .min = 1, .max = 99999, .wire = "seq", .flags = JP_FIELD_LISTED, .merge = 1)
JP_FIELD (GROUND, TYPE, "type", CODE, NC_ ("field", "Kind"),
          .codes = jp_ground_type_codes, .wire = "type", .flags = JP_FIELD_REQUIRED |
            JP_FIELD_LISTED, .merge = 1)
JP_FIELD (GROUND, ADDRESS, "address", TEXT, NC_ ("field", "Address"),
          .max = 100, .wire = "address", .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED, .merge = 2)
JP_FIELD (GROUND, AREA, "area", INTEGER, NC_ ("field", "Area"),
          .unit = JP_UNIT_SQUARE_METRE, .max = 10000000, .wire = "area",
          .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED, .merge = 3)
JP_FIELD (GROUND, LICENCE_TYPES, "licence_types", TEXT, NC_ ("field", "Licence types"),
          .max = 64, .wire = "vehicletype", .flags = JP_FIELD_REQUIRED, .merge = 3,
          .check = jp_validate_licence_list)
JP_FIELD (GROUND, LATITUDE, "latitude", INTEGER, NC_ ("field", "Latitude"),
          .unit = JP_UNIT_MICRODEGREE, .min = -90000000, .max = 90000000, .merge = 4)
JP_FIELD (GROUND, LONGITUDE, "longitude", INTEGER, NC_ ("field", "Longitude"),
          .unit = JP_UNIT_MICRODEGREE, .min = -180000000, .max = 180000000, .merge = 4)
JP_FIELD (GROUND, POLYGON, "polygon", TEXT, NC_ ("field", "Outline"),
          .max = 1024, .wire = "polygon", .merge = 4, .check = jp_check_place_polygon)
JP_FIELD (GROUND, CAPACITY, "capacity", INTEGER, NC_ ("field", "Room for vehicles"),
          .unit = JP_UNIT_COUNT, .max = 10000, .wire = "totalvehnum", .merge = 5)
