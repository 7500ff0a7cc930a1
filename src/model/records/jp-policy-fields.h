/* SPDX-License-Identifier: GPL-3.0-or-later */

/* policy · 资金监管与退费规则(数据文件): the rules of release and refund as a versioned file. */

/* clang-format off */

JP_FIELD (POLICY, POLICY_ID, "policy_id", TEXT, NC_ ("field", "Policy"),
          .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0,
          .group = NC_ ("group", "Policy"))
JP_FIELD (POLICY, TITLE, "title", TEXT, NC_ ("field", "Title"),
          .max = 100, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (POLICY, ISSUER, "issuer", TEXT, NC_ ("field", "Issuer"),
          .max = 100, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM,
          .merge = 0)
JP_FIELD (POLICY, VALID_FROM, "valid_from", DATE, NC_ ("field", "Valid from"),
          .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (POLICY, DIGEST, "digest", TEXT, NC_ ("field", "SHA-256"),
          .min = 64, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (POLICY, SIGNATURE, "signature", TEXT, NC_ ("field", "Signature"),
          .min = 128, .max = 128, .flags = JP_FIELD_FIXED | JP_FIELD_HIDDEN,
          .owner = JP_OWNER_PLATFORM, .merge = 0)
JP_FIELD (POLICY, DOCUMENT, "document", TEXT, NC_ ("field", "File"),
          .max = 60000, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_JSON |
            JP_FIELD_HIDDEN, .owner = JP_OWNER_PLATFORM, .merge = 0)
