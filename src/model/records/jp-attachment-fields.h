/* SPDX-License-Identifier: GPL-3.0-or-later */

/* attachment · 附件: a photo or a scanned paper that belongs to one record. The row says what it is;
 * the bytes are found by their SHA-256 and travel on their own, after the row. It is added and put
 * into the trash, never edited: another scan is another attachment. */

/* clang-format off */

JP_FIELD (ATTACHMENT, TRAINEE, "trainee", REF, NC_ ("field", "Trainee"),
          .target = JP_KIND_TRAINEE, .flags = JP_FIELD_FIXED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_SCHOOL, .merge = 1,
          .group = NC_ ("group", "Attachment"))
JP_FIELD (ATTACHMENT, CONTRACT, "contract", REF, NC_ ("field", "Contract"),
          .target = JP_KIND_CONTRACT, .flags = JP_FIELD_FIXED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, REFUND, "refund", REF, NC_ ("field", "Withdrawal"),
          .target = JP_KIND_REFUND, .flags = JP_FIELD_FIXED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, DISPUTE, "dispute", REF, NC_ ("field", "Dispute"),
          .target = JP_KIND_DISPUTE, .flags = JP_FIELD_FIXED | JP_FIELD_COMPUTED |
            JP_FIELD_INDEXED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, PURPOSE, "purpose", CODE, NC_ ("field", "What it is"),
          .codes = jp_attachment_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_COMPUTED | JP_FIELD_LISTED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, NAME, "name", TEXT, NC_ ("field", "File name"),
          .min = 1, .max = 120, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_COMPUTED |
            JP_FIELD_SEALED | JP_FIELD_LISTED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, MEDIA_TYPE, "media_type", CODE, NC_ ("field", "Form"),
          .codes = jp_media_type_codes, .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED |
            JP_FIELD_COMPUTED | JP_FIELD_LISTED, .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, SIZE, "size", INTEGER, NC_ ("field", "Bytes"),
          .unit = JP_UNIT_COUNT, .min = 1, .max = JP_ATTACHMENT_MAX_BYTES,
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_COMPUTED | JP_FIELD_LISTED,
          .owner = JP_OWNER_SCHOOL, .merge = 1)
JP_FIELD (ATTACHMENT, DIGEST, "digest", TEXT, NC_ ("field", "SHA-256"),
          .min = JP_ATTACHMENT_DIGEST_CHARS, .max = JP_ATTACHMENT_DIGEST_CHARS,
          .flags = JP_FIELD_REQUIRED | JP_FIELD_FIXED | JP_FIELD_COMPUTED | JP_FIELD_HIDDEN |
            JP_FIELD_INDEXED, .owner = JP_OWNER_SCHOOL, .merge = 1)
