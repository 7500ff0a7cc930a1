/* SPDX-License-Identifier: GPL-3.0-or-later */

/* conflict · 冲突: an item of the inbox (sync.md §3.6): a unit that both sides changed, or an
 * operation that the platform refused. A synced record, so that every station sees it. */

/* clang-format off */

JP_FIELD (CONFLICT, ROW_KIND, "row_kind", TEXT, NC_ ("field", "Table"),
          .max = 32, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED,
          .owner = JP_OWNER_BOTH, .merge = 0, .group = NC_ ("group", "Conflict"))
JP_FIELD (CONFLICT, ROW_ID, "row_id", TEXT, NC_ ("field", "Record"),
          .min = 36, .max = 36, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED,
          .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, UNIT, "unit", TEXT, NC_ ("field", "Fields"),
          .max = 200, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, REASON, "reason", CODE, NC_ ("field", "Why"),
          .codes = jp_conflict_reason_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, BASE, "base", TEXT, NC_ ("field", "Before"),
          .max = 20000, .flags = JP_FIELD_FIXED | JP_FIELD_SEALED | JP_FIELD_JSON,
          .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, MINE, "mine", TEXT, NC_ ("field", "Mine"),
          .max = 20000, .flags = JP_FIELD_FIXED | JP_FIELD_SEALED | JP_FIELD_JSON,
          .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, THEIRS, "theirs", TEXT, NC_ ("field", "Theirs"),
          .max = 20000, .flags = JP_FIELD_FIXED | JP_FIELD_SEALED | JP_FIELD_JSON,
          .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, WHO, "who", TEXT, NC_ ("field", "Who"),
          .max = 64, .flags = JP_FIELD_FIXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, THEIR_WHO, "their_who", TEXT, NC_ ("field", "Who, of theirs"),
          .max = 64, .flags = JP_FIELD_FIXED, .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, THEIR_AT, "their_at", INSTANT, NC_ ("field", "When, of theirs"),
          .flags = JP_FIELD_FIXED, .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, HAPPENED_AT, "happened_at", INSTANT, NC_ ("field", "When"),
          .flags = JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED, .owner = JP_OWNER_BOTH,
          .merge = 0)
JP_FIELD (CONFLICT, DETAIL, "detail", TEXT, NC_ ("field", "Words of the platform"),
          .max = 500, .flags = JP_FIELD_FIXED, .owner = JP_OWNER_BOTH, .merge = 0)
JP_FIELD (CONFLICT, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_conflict_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_INDEXED |
            JP_FIELD_LISTED, .owner = JP_OWNER_BOTH, .merge = 1)
JP_FIELD (CONFLICT, RESOLVED_BY, "resolved_by", TEXT, NC_ ("field", "Decided by"),
          .max = 64, .owner = JP_OWNER_BOTH, .merge = 1)
