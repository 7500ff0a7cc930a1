/* SPDX-License-Identifier: GPL-3.0-or-later */

/* curriculum · 教学大纲学时(数据文件): hours per part and licence type as a versioned file. */

/* clang-format off */

JP_FIELD (CURRICULUM, CURRICULUM_ID, "curriculum_id", TEXT, NC_ ("field", "Curriculum"),
          .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .group = NC_ ("group", "Curriculum"))
JP_FIELD (CURRICULUM, TITLE, "title", TEXT, NC_ ("field", "Title"),
          .max = 100, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (CURRICULUM, ISSUER, "issuer", TEXT, NC_ ("field", "Issuer"),
          .max = 100, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM,
          .merge = 0)
JP_FIELD (CURRICULUM, VALID_FROM, "valid_from", DATE, NC_ ("field", "Valid from"),
          .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (CURRICULUM, DIGEST, "digest", TEXT, NC_ ("field", "SHA-256"),
          .min = 64, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (CURRICULUM, DOCUMENT, "document", TEXT, NC_ ("field", "File"),
          .max = 60000, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_JSON |
            JP_FIELD_HIDDEN, .owner = JP_OWNER_PLATFORM, .merge = 0)
