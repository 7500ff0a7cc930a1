/* SPDX-License-Identifier: GPL-3.0-or-later */

/* person · 人员 · somebody who works at the school, known at all of its PCs. A PIN is no field: it
 * stays at the PC where it was chosen. `handover` is the Argon2id hash of a code of sixty bits that
 * lets the person choose a PIN at another PC, once. */

/* clang-format off */

JP_FIELD (PERSON, NAME, "name", TEXT, NC_ ("field", "Name"),
          .min = 1, .max = 64, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_COMPUTED |
            JP_FIELD_LISTED, .owner = JP_OWNER_SCHOOL, .merge = 1,
          .group = NC_ ("group", "Person"))
JP_FIELD (PERSON, ROLE, "role", CODE, NC_ ("field", "Role"),
          .codes = jp_role_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_COMPUTED | JP_FIELD_LISTED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (PERSON, DISABLED, "disabled", BOOLEAN, NC_ ("field", "Has left"),
          .flags = JP_FIELD_COMPUTED | JP_FIELD_LISTED, .owner = JP_OWNER_SCHOOL, .merge = 2)
JP_FIELD (PERSON, HANDOVER, "handover", TEXT, NC_ ("field", "Code for another PC"),
          .max = 160, .flags = JP_FIELD_HIDDEN | JP_FIELD_COMPUTED, .owner = JP_OWNER_SCHOOL,
          .merge = 3)
JP_FIELD (PERSON, HANDOVER_UNTIL, "handover_until", INSTANT, NC_ ("field", "Code valid until"),
          .flags = JP_FIELD_HIDDEN | JP_FIELD_COMPUTED, .owner = JP_OWNER_SCHOOL, .merge = 3)
