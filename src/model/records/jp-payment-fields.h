/* SPDX-License-Identifier: GPL-3.0-or-later */

/* payment · 缴费: the trainee's money has reached the custody account. Made by the platform only.
 */

/* clang-format off */

JP_FIELD (PAYMENT, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_INDEXED, .merge = 0, .owner = JP_OWNER_PLATFORM,
          .group = NC_ ("group", "Payment"))
JP_FIELD (PAYMENT, AMOUNT, "amount", INTEGER, NC_ ("field", "Amount"),
          .unit = JP_UNIT_FEN, .min = 1, .max = 10000000, .flags = JP_FIELD_REQUIRED |
            JP_FIELD_FIXED | JP_FIELD_LISTED, .merge = 0, .owner = JP_OWNER_PLATFORM)
JP_FIELD (PAYMENT, PAID_AT, "paid_at", INSTANT, NC_ ("field", "Paid at"),
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_INDEXED | JP_FIELD_LISTED,
          .merge = 0, .owner = JP_OWNER_PLATFORM)
JP_FIELD (PAYMENT, BANK_REFERENCE, "bank_reference", TEXT, NC_ ("field", "Bank reference"),
          .max = 40, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_LISTED |
            JP_FIELD_SEARCHED, .merge = 0, .owner = JP_OWNER_PLATFORM)
JP_FIELD (PAYMENT, STATE, "state", CODE, NC_ ("field", "State"),
          .codes = jp_payment_state_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_LISTED,
          .merge = 0, .owner = JP_OWNER_PLATFORM)
