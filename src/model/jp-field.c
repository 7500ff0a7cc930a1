/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-field.h"

#include "jp-attachment.h"
#include "jp-check-code.h"
#include "jp-check-device.h"
#include "jp-check-id.h"
#include "jp-check-name.h"
#include "jp-check-phone.h"
#include "jp-check-place.h"
#include "jp-check-plate.h"
#include "jp-check-vin.h"
#include "jp-codes.h"
#include "jp-licence.h"
#include "jp-validate.h"

#include <glib/gi18n-lib.h>

/* clang-format off */

#define JP_FIELD(KIND, ID, NAME, TYPE, LABEL, ...) \
  { .id = JP_##KIND##_##ID, .name = NAME, .type = JP_FIELD_##TYPE, .label = LABEL, __VA_ARGS__ },

static const JpField school_fields[] = {
#include "records/jp-school-fields.h"
};

static const JpField ground_fields[] = {
#include "records/jp-ground-fields.h"
};

static const JpField coach_fields[] = {
#include "records/jp-coach-fields.h"
};

static const JpField vehicle_fields[] = {
#include "records/jp-vehicle-fields.h"
};

static const JpField terminal_fields[] = {
#include "records/jp-terminal-fields.h"
};

static const JpField terminal_assignment_fields[] = {
#include "records/jp-terminal-assignment-fields.h"
};

static const JpField class_tier_fields[] = {
#include "records/jp-class-tier-fields.h"
};

static const JpField trainee_fields[] = {
#include "records/jp-trainee-fields.h"
};

static const JpField enrolment_fields[] = {
#include "records/jp-enrolment-fields.h"
};

static const JpField contract_fields[] = {
#include "records/jp-contract-fields.h"
};

static const JpField payment_fields[] = {
#include "records/jp-payment-fields.h"
};

static const JpField training_session_fields[] = {
#include "records/jp-training-session-fields.h"
};

static const JpField stage_record_fields[] = {
#include "records/jp-stage-record-fields.h"
};

static const JpField exam_result_fields[] = {
#include "records/jp-exam-result-fields.h"
};

static const JpField statement_fields[] = {
#include "records/jp-statement-fields.h"
};

static const JpField statement_line_fields[] = {
#include "records/jp-statement-line-fields.h"
};

static const JpField refund_fields[] = {
#include "records/jp-refund-fields.h"
};

static const JpField transfer_fields[] = {
#include "records/jp-transfer-fields.h"
};

static const JpField evaluation_fields[] = {
#include "records/jp-evaluation-fields.h"
};

static const JpField complaint_fields[] = {
#include "records/jp-complaint-fields.h"
};

static const JpField policy_fields[] = {
#include "records/jp-policy-fields.h"
};

static const JpField curriculum_fields[] = {
#include "records/jp-curriculum-fields.h"
};

static const JpField conflict_fields[] = {
#include "records/jp-conflict-fields.h"
};

static const JpField dispute_fields[] = {
#include "records/jp-dispute-fields.h"
};

static const JpField person_fields[] = {
#include "records/jp-person-fields.h"
};

static const JpField attachment_fields[] = {
#include "records/jp-attachment-fields.h"
};

#undef JP_FIELD

#define FIELDS(table) .fields = table, .n_fields = G_N_ELEMENTS (table)

/* Indexed by kind. */
static const JpKindInfo kinds[] = {
  [JP_KIND_SCHOOL] = {
    .kind = JP_KIND_SCHOOL, .name = "school", .wire = "institution",
    .label = NC_ ("kind", "School"), .plural = NC_ ("kind", "Schools"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_SCHOOL_NAME,
    FIELDS (school_fields),
  },
  [JP_KIND_GROUND] = {
    .kind = JP_KIND_GROUND, .name = "ground", .wire = "region",
    .label = NC_ ("kind", "Training ground"), .plural = NC_ ("kind", "Training grounds"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_GROUND_NAME,
    FIELDS (ground_fields),
  },
  [JP_KIND_COACH] = {
    .kind = JP_KIND_COACH, .name = "coach", .wire = "coach",
    .label = NC_ ("kind", "Coach"), .plural = NC_ ("kind", "Coaches"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_COACH_NAME,
    FIELDS (coach_fields),
  },
  [JP_KIND_VEHICLE] = {
    .kind = JP_KIND_VEHICLE, .name = "vehicle", .wire = "trainingcar",
    .label = NC_ ("kind", "Vehicle"), .plural = NC_ ("kind", "Vehicles"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_VEHICLE_PLATE,
    FIELDS (vehicle_fields),
  },
  [JP_KIND_TERMINAL] = {
    .kind = JP_KIND_TERMINAL, .name = "terminal", .wire = "device",
    .label = NC_ ("kind", "Terminal"), .plural = NC_ ("kind", "Terminals"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_TERMINAL_SERIAL,
    FIELDS (terminal_fields),
  },
  [JP_KIND_TERMINAL_ASSIGNMENT] = {
    .kind = JP_KIND_TERMINAL_ASSIGNMENT, .name = "terminal_assignment", .wire = "devassign",
    .label = NC_ ("kind", "Terminal assignment"), .plural = NC_ ("kind", "Terminal assignments"),
    .rule = JP_RULE_DECISION, .owner = JP_OWNER_SCHOOL, .title = 0,
    FIELDS (terminal_assignment_fields),
  },
  [JP_KIND_CLASS_TIER] = {
    .kind = JP_KIND_CLASS_TIER, .name = "class_tier", .wire = "charstandard",
    .label = NC_ ("kind", "Class tier"), .plural = NC_ ("kind", "Class tiers"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_CLASS_TIER_NAME,
    FIELDS (class_tier_fields),
  },
  [JP_KIND_TRAINEE] = {
    .kind = JP_KIND_TRAINEE, .name = "trainee", .wire = "student",
    .label = NC_ ("kind", "Trainee"), .plural = NC_ ("kind", "Trainees"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_BOTH, .title = JP_TRAINEE_NAME,
    FIELDS (trainee_fields),
  },
  [JP_KIND_ENROLMENT] = {
    .kind = JP_KIND_ENROLMENT, .name = "enrolment", .wire = NULL,
    .label = NC_ ("kind", "Enrolment"), .plural = NC_ ("kind", "Enrolments"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_BOTH, .title = JP_ENROLMENT_NAME,
    FIELDS (enrolment_fields),
  },
  [JP_KIND_CONTRACT] = {
    .kind = JP_KIND_CONTRACT, .name = "contract", .wire = NULL,
    .label = NC_ ("kind", "Contract"), .plural = NC_ ("kind", "Contracts"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_BOTH, .title = JP_CONTRACT_NUMBER,
    FIELDS (contract_fields),
  },
  [JP_KIND_PAYMENT] = {
    .kind = JP_KIND_PAYMENT, .name = "payment", .wire = NULL,
    .label = NC_ ("kind", "Payment"), .plural = NC_ ("kind", "Payments"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = JP_PAYMENT_BANK_REFERENCE,
    FIELDS (payment_fields),
  },
  [JP_KIND_TRAINING_SESSION] = {
    .kind = JP_KIND_TRAINING_SESSION, .name = "training_session", .wire = "classrecord",
    .label = NC_ ("kind", "Training session"), .plural = NC_ ("kind", "Training sessions"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = JP_TRAINING_SESSION_RECORD_NO,
    FIELDS (training_session_fields),
  },
  [JP_KIND_STAGE_RECORD] = {
    .kind = JP_KIND_STAGE_RECORD, .name = "stage_record", .wire = "stagetrainningtime",
    .label = NC_ ("kind", "Stage record"), .plural = NC_ ("kind", "Stage records"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = 0,
    FIELDS (stage_record_fields),
  },
  [JP_KIND_EXAM_RESULT] = {
    .kind = JP_KIND_EXAM_RESULT, .name = "exam_result", .wire = NULL,
    .label = NC_ ("kind", "Exam result"), .plural = NC_ ("kind", "Exam results"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = 0,
    FIELDS (exam_result_fields),
  },
  [JP_KIND_STATEMENT] = {
    .kind = JP_KIND_STATEMENT, .name = "statement", .wire = NULL,
    .label = NC_ ("kind", "Settlement statement"), .plural = NC_ ("kind", "Settlement statements"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = JP_STATEMENT_NUMBER,
    FIELDS (statement_fields),
  },
  [JP_KIND_STATEMENT_LINE] = {
    .kind = JP_KIND_STATEMENT_LINE, .name = "statement_line", .wire = NULL,
    .label = NC_ ("kind", "Settlement line"), .plural = NC_ ("kind", "Settlement lines"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = JP_STATEMENT_LINE_TRAINEE_NAME,
    FIELDS (statement_line_fields),
  },
  [JP_KIND_REFUND] = {
    .kind = JP_KIND_REFUND, .name = "refund", .wire = NULL,
    .label = NC_ ("kind", "Withdrawal"), .plural = NC_ ("kind", "Withdrawals"),
    .rule = JP_RULE_DECISION, .owner = JP_OWNER_BOTH, .title = 0,
    FIELDS (refund_fields),
  },
  [JP_KIND_TRANSFER] = {
    .kind = JP_KIND_TRANSFER, .name = "transfer", .wire = "transfer",
    .label = NC_ ("kind", "Transfer"), .plural = NC_ ("kind", "Transfers"),
    .rule = JP_RULE_DECISION, .owner = JP_OWNER_BOTH, .title = JP_TRANSFER_OTHER_SCHOOL,
    FIELDS (transfer_fields),
  },
  [JP_KIND_EVALUATION] = {
    .kind = JP_KIND_EVALUATION, .name = "evaluation", .wire = "evaluation",
    .label = NC_ ("kind", "Evaluation"), .plural = NC_ ("kind", "Evaluations"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = 0,
    FIELDS (evaluation_fields),
  },
  [JP_KIND_COMPLAINT] = {
    .kind = JP_KIND_COMPLAINT, .name = "complaint", .wire = "complaint",
    .label = NC_ ("kind", "Complaint"), .plural = NC_ ("kind", "Complaints"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_PLATFORM, .title = JP_COMPLAINT_TRAINEE_NAME,
    FIELDS (complaint_fields),
  },
  [JP_KIND_POLICY] = {
    .kind = JP_KIND_POLICY, .name = "policy", .wire = NULL,
    .label = NC_ ("kind", "Policy"), .plural = NC_ ("kind", "Policies"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = JP_POLICY_TITLE,
    FIELDS (policy_fields),
  },
  [JP_KIND_CURRICULUM] = {
    .kind = JP_KIND_CURRICULUM, .name = "curriculum", .wire = NULL,
    .label = NC_ ("kind", "Curriculum"), .plural = NC_ ("kind", "Curricula"),
    .rule = JP_RULE_FACT, .owner = JP_OWNER_PLATFORM, .title = JP_CURRICULUM_TITLE,
    FIELDS (curriculum_fields),
  },
  [JP_KIND_CONFLICT] = {
    .kind = JP_KIND_CONFLICT, .name = "conflict", .wire = NULL,
    .label = NC_ ("kind", "Conflict"), .plural = NC_ ("kind", "Conflicts"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_BOTH, .title = 0,
    FIELDS (conflict_fields),
  },
  [JP_KIND_DISPUTE] = {
    .kind = JP_KIND_DISPUTE, .name = "dispute", .wire = NULL,
    .label = NC_ ("kind", "Dispute"), .plural = NC_ ("kind", "Disputes"),
    .rule = JP_RULE_DECISION, .owner = JP_OWNER_BOTH, .title = JP_DISPUTE_CONTRACT_NO,
    FIELDS (dispute_fields),
  },
  [JP_KIND_PERSON] = {
    .kind = JP_KIND_PERSON, .name = "person", .wire = NULL,
    .label = NC_ ("kind", "Person"), .plural = NC_ ("kind", "People"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = JP_PERSON_NAME,
    FIELDS (person_fields),
  },
  [JP_KIND_ATTACHMENT] = {
    .kind = JP_KIND_ATTACHMENT, .name = "attachment", .wire = NULL,
    .label = NC_ ("kind", "Attachment"), .plural = NC_ ("kind", "Attachments"),
    .rule = JP_RULE_ROW, .owner = JP_OWNER_SCHOOL, .title = 0,
    FIELDS (attachment_fields),
  },
};

/* clang-format on */

/**
 * jp_kind_get_info:
 * @kind: a kind other than %JP_KIND_NONE
 *
 * Returns: (transfer none): the description of the kind
 */
const JpKindInfo *
jp_kind_get_info (JpKind kind)
{
  g_return_val_if_fail (kind > JP_KIND_NONE, NULL);
  g_return_val_if_fail (kind <= JP_KIND_LAST, NULL);

  return &kinds[kind];
}

/**
 * jp_kind_lookup:
 * @name: a table name, e.g. "class_tier"
 *
 * Returns: (nullable) (transfer none): the kind of that name
 */
const JpKindInfo *
jp_kind_lookup (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = JP_KIND_NONE + 1; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];

  return NULL;
}

/**
 * jp_kind_get_label:
 * @kind: a kind
 *
 * Returns: (transfer none): the translated name of one record of the kind
 */
const char *
jp_kind_get_label (JpKind kind)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "kind", jp_kind_get_info (kind)->label);
}

/**
 * jp_kind_get_plural:
 * @kind: a kind
 *
 * Returns: (transfer none): the translated name of several records of the kind
 */
const char *
jp_kind_get_plural (JpKind kind)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "kind", jp_kind_get_info (kind)->plural);
}

/**
 * jp_field_get:
 * @id: a field
 *
 * Returns: (transfer none): its description
 */
const JpField *
jp_field_get (JpFieldId id)
{
  const JpKindInfo *info = jp_kind_get_info (JP_FIELD_KIND (id));

  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (JP_FIELD_INDEX (id) < info->n_fields, NULL);

  const JpField *field = &info->fields[JP_FIELD_INDEX (id)];

  g_assert (field->id == id);
  return field;
}

/**
 * jp_field_lookup:
 * @kind: a kind
 * @name: a column or JSON name
 *
 * Returns: (nullable) (transfer none): the field of that name
 */
const JpField *
jp_field_lookup (JpKind kind, const char *name)
{
  const JpKindInfo *info = jp_kind_get_info (kind);

  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < info->n_fields; i++)
    if (strcmp (info->fields[i].name, name) == 0)
      return &info->fields[i];

  return NULL;
}

/**
 * jp_field_get_label:
 * @field: a field
 *
 * Returns: (transfer none): its translated name
 */
const char *
jp_field_get_label (const JpField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "field", field->label);
}

/**
 * jp_field_get_group:
 * @field: a field
 *
 * Returns: (nullable) (transfer none): the translated heading that begins with this field, or %NULL
 *   if it belongs to the group of the field before
 */
const char *
jp_field_get_group (const JpField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (field->group == NULL)
    return NULL;
  return g_dpgettext2 (GETTEXT_PACKAGE, "group", field->group);
}

/**
 * jp_field_is_text:
 * @field: a field
 *
 * Returns: whether values of the field are stored as text
 */
gboolean
jp_field_is_text (const JpField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->type == JP_FIELD_TEXT || field->type == JP_FIELD_CODE;
}

/**
 * jp_code_lookup:
 * @codes: a code table
 * @name: (nullable): a stored name
 *
 * Returns: (nullable) (transfer none): the entry of that name
 */
const JpCode *
jp_code_lookup (const JpCode *codes, const char *name)
{
  g_return_val_if_fail (codes != NULL, NULL);

  for (; name != NULL && codes->name != NULL; codes++)
    if (strcmp (codes->name, name) == 0)
      return codes;

  return NULL;
}

/**
 * jp_code_lookup_wire:
 * @codes: a code table
 * @wire: (nullable): a value of the ministry's interface
 *
 * Returns: (nullable) (transfer none): the entry with that value
 */
const JpCode *
jp_code_lookup_wire (const JpCode *codes, const char *wire)
{
  g_return_val_if_fail (codes != NULL, NULL);

  for (; wire != NULL && codes->name != NULL; codes++)
    if (g_strcmp0 (codes->wire, wire) == 0)
      return codes;

  return NULL;
}

/**
 * jp_code_lookup_label:
 * @codes: a code table
 * @label: (nullable): what a person wrote: the translated or the English label, or the stored name
 *
 * Returns: (nullable) (transfer none): the entry that is meant
 */
const JpCode *
jp_code_lookup_label (const JpCode *codes, const char *label)
{
  g_return_val_if_fail (codes != NULL, NULL);

  for (; label != NULL && codes->name != NULL; codes++)
    if (strcmp (jp_code_get_label (codes), label) == 0 || strcmp (codes->label, label) == 0 ||
        g_ascii_strcasecmp (codes->name, label) == 0)
      return codes;

  return NULL;
}

/**
 * jp_code_get:
 * @codes: a code table
 * @value: a value of the C enum of the table
 *
 * Returns: (nullable) (transfer none): the entry with that value
 */
const JpCode *
jp_code_get (const JpCode *codes, int value)
{
  g_return_val_if_fail (codes != NULL, NULL);

  for (; codes->name != NULL; codes++)
    if (codes->value == value)
      return codes;

  return NULL;
}

/**
 * jp_code_get_label:
 * @code: an entry of a code table
 *
 * Returns: (transfer none): its translated word
 */
const char *
jp_code_get_label (const JpCode *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "code", code->label);
}
