/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-base.h"
#include "jp-problem.h"

G_BEGIN_DECLS

/* The description of a record: one table of fields per kind, and everything that handles records
 * (columns, JSON, forms, lists, search, import, export, audit, merge) walks it. A field is added
 * by one line in records/jp-<kind>-fields.h. */

/**
 * JpKind:
 *
 * Kinds of record. The numbers are stored and sent: they never change.
 */
typedef enum {
  JP_KIND_NONE = 0,
  JP_KIND_SCHOOL = 1,
  JP_KIND_GROUND = 2,
  JP_KIND_COACH = 3,
  JP_KIND_VEHICLE = 4,
  JP_KIND_TERMINAL = 5,
  JP_KIND_TERMINAL_ASSIGNMENT = 6,
  JP_KIND_CLASS_TIER = 7,
  JP_KIND_TRAINEE = 8,
  JP_KIND_ENROLMENT = 9,
  JP_KIND_CONTRACT = 10,
  JP_KIND_PAYMENT = 11,
  JP_KIND_TRAINING_SESSION = 12,
  JP_KIND_STAGE_RECORD = 13,
  JP_KIND_EXAM_RESULT = 14,
  JP_KIND_STATEMENT = 15,
  JP_KIND_STATEMENT_LINE = 16,
  JP_KIND_REFUND = 17,
  JP_KIND_TRANSFER = 18,
  JP_KIND_EVALUATION = 19,
  JP_KIND_COMPLAINT = 20,
  JP_KIND_POLICY = 21,
  JP_KIND_CURRICULUM = 22,
  JP_KIND_CONFLICT = 23,
  JP_KIND_DISPUTE = 24,
  JP_KIND_PERSON = 25,
  JP_KIND_ATTACHMENT = 26,
} JpKind;

#define JP_KIND_LAST JP_KIND_ATTACHMENT

/* Field ids: the kind in the high byte, the index in the kind's table in the low byte. */
typedef enum {
#define JP_FIELD(KIND, ID, ...) JP_##KIND##_##ID,
#define JP_FIELDS_OF(KIND)      JP_##KIND##_BEFORE_FIRST = (JP_KIND_##KIND << 8) - 1,
#include "records/jp-all-fields.h"
#undef JP_FIELDS_OF
#undef JP_FIELD
} JpFieldId;

#define JP_FIELD_KIND(id)  ((JpKind)((id) >> 8))
#define JP_FIELD_INDEX(id) ((guint)((id)&0xff))
#define JP_FIELDS_MAX      64

/**
 * JpFieldType:
 * @JP_FIELD_TEXT: UTF-8 text; @min and @max of the field are lengths in characters
 * @JP_FIELD_INTEGER: a whole number; @min and @max are its range, the unit says of what
 * @JP_FIELD_BOOLEAN: 0 or 1
 * @JP_FIELD_DATE: a [alias@Jp.Date]
 * @JP_FIELD_INSTANT: µs since 1970 UTC
 * @JP_FIELD_CODE: one name out of a table of codes; unknown names survive
 * @JP_FIELD_REF: the id of another record
 */
typedef enum {
  JP_FIELD_TEXT,
  JP_FIELD_INTEGER,
  JP_FIELD_BOOLEAN,
  JP_FIELD_DATE,
  JP_FIELD_INSTANT,
  JP_FIELD_CODE,
  JP_FIELD_REF,
} JpFieldType;

/* What a whole number counts. */
typedef enum {
  JP_UNIT_NONE,
  JP_UNIT_FEN,
  JP_UNIT_BASIS_POINT,
  JP_UNIT_MINUTE,
  JP_UNIT_METRE,
  JP_UNIT_SQUARE_METRE,
  JP_UNIT_MICRODEGREE,
  JP_UNIT_COUNT,
  JP_UNIT_PART,    /* of the curriculum, 1 … 4 */
  JP_UNIT_SUBJECT, /* an exam, 1 … 4 */
} JpUnit;

/* Who decides about a field when client and platform differ. */
typedef enum {
  JP_OWNER_SCHOOL,   /* the school decides; the platform mirrors */
  JP_OWNER_PLATFORM, /* the platform decides; the client never edits */
  JP_OWNER_BOTH,     /* merged per unit */
} JpOwner;

/**
 * JpFieldFlags:
 * @JP_FIELD_REQUIRED: a record without it is not valid
 * @JP_FIELD_SEALED: sensitive: sealed at rest, masked on screen and in exports
 * @JP_FIELD_SEARCHED: part of the search text of its record
 * @JP_FIELD_INDEXED: lists are sorted by it: the database keeps an index
 * @JP_FIELD_LISTED: shown as a column of its list by default
 * @JP_FIELD_IMPORTED: a column of the roster that can be imported
 * @JP_FIELD_JSON: the text is a JSON document: not shown in forms
 * @JP_FIELD_LONG: text of several lines
 * @JP_FIELD_FIXED: cannot change once the record exists
 * @JP_FIELD_HIDDEN: not shown in forms or exports
 * @JP_FIELD_COMPUTED: filled by the program or the platform: shown, never typed
 */
typedef enum {
  JP_FIELD_REQUIRED = 1 << 0,
  JP_FIELD_SEALED = 1 << 1,
  JP_FIELD_SEARCHED = 1 << 2,
  JP_FIELD_INDEXED = 1 << 3,
  JP_FIELD_LISTED = 1 << 4,
  JP_FIELD_IMPORTED = 1 << 5,
  JP_FIELD_JSON = 1 << 6,
  JP_FIELD_LONG = 1 << 7,
  JP_FIELD_FIXED = 1 << 8,
  JP_FIELD_HIDDEN = 1 << 9,
  JP_FIELD_COMPUTED = 1 << 10,
} JpFieldFlags;

/* How a status looks, everywhere: the word and its tint. */
typedef enum {
  JP_TINT_MUTE,
  JP_TINT_INFO,
  JP_TINT_OK,
  JP_TINT_WARN,
  JP_TINT_BAD,
} JpTint;

/**
 * JpCode:
 * @value: the number in C, unique in its table, ≥ 0
 * @name: what the database and the protocol store, never translated
 * @wire: what the ministry's interface calls it, or %NULL where it has none
 * @label: English, marked for translation in the context "code"
 * @tint: how a pill with it looks
 *
 * One value of a code table. A table ends with an entry whose name is %NULL.
 */
typedef struct
{
  int         value;
  const char *name;
  const char *wire;
  const char *label;
  JpTint      tint;
} JpCode;

#define JP_CODE_UNSET   (-1)
#define JP_CODE_UNKNOWN (-2)

/* A pure check of one text; JP_PROBLEM_NONE if it may be saved. */
typedef JpProblem (*JpFieldCheck) (const char *text);

/**
 * JpField:
 * @id: kind and index
 * @name: column and JSON member
 * @type: what is stored
 * @label: English, marked for translation in the context "field"
 * @unit: what an integer counts
 * @min: least value, or least length in characters
 * @max: greatest value, or greatest length in characters
 * @wire: name in the ministry's interface, or %NULL
 * @codes: (nullable): the table of a code field
 * @target: the kind a reference points to
 * @flags: see [flags@Jp.FieldFlags]
 * @owner: who decides its value
 * @merge: merge unit: fields of a kind with the same number win or lose together, 0 … 31
 * @check: (nullable): a check of the text beyond its length
 * @group: the heading of its group in forms, in the context "group", or %NULL: as the field before
 */
typedef struct
{
  JpFieldId     id;
  const char   *name;
  JpFieldType   type;
  const char   *label;
  JpUnit        unit;
  gint64        min;
  gint64        max;
  const char   *wire;
  const JpCode *codes;
  JpKind        target;
  JpFieldFlags  flags;
  JpOwner       owner;
  guint         merge;
  JpFieldCheck  check;
  const char   *group;
} JpField;

/**
 * JpRule:
 * @JP_RULE_ROW: an editable row, merged per unit
 * @JP_RULE_FACT: append-only; never edited
 * @JP_RULE_DECISION: asked for here, decided by the platform
 *
 * The three classes of data of sync.md §3.1.
 */
typedef enum {
  JP_RULE_ROW,
  JP_RULE_FACT,
  JP_RULE_DECISION,
} JpRule;

/**
 * JpKindInfo:
 * @kind: the kind
 * @name: table and JSON name
 * @label: English singular, in the context "kind"
 * @plural: English plural, in the context "kind"
 * @wire: resource of the ministry's interface, or %NULL
 * @rule: class of data
 * @owner: who makes such records
 * @title: the text field that names a record, or 0
 * @fields: (array length=n_fields): the description
 * @n_fields: how many
 */
typedef struct
{
  JpKind         kind;
  const char    *name;
  const char    *label;
  const char    *plural;
  const char    *wire;
  JpRule         rule;
  JpOwner        owner;
  JpFieldId      title;
  const JpField *fields;
  guint          n_fields;
} JpKindInfo;

const JpKindInfo *jp_kind_get_info (JpKind kind);
const JpKindInfo *jp_kind_lookup (const char *name);
const char       *jp_kind_get_label (JpKind kind);
const char       *jp_kind_get_plural (JpKind kind);

const JpField *jp_field_get (JpFieldId id);
const JpField *jp_field_lookup (JpKind kind, const char *name);
const char    *jp_field_get_label (const JpField *field);
const char    *jp_field_get_group (const JpField *field);
gboolean       jp_field_is_text (const JpField *field);

const JpCode *jp_code_lookup (const JpCode *codes, const char *name);
const JpCode *jp_code_lookup_wire (const JpCode *codes, const char *wire);
const JpCode *jp_code_lookup_label (const JpCode *codes, const char *label);
const JpCode *jp_code_get (const JpCode *codes, int value);
const char   *jp_code_get_label (const JpCode *code);

G_END_DECLS
