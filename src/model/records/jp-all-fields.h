/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Included with JP_FIELDS_OF (KIND) and JP_FIELD (…) defined: jp-field.h makes the enum of field
 * ids from it. The tables of jp-field.c include the files one by one. */

/* clang-format off */

JP_FIELDS_OF (SCHOOL)
#include "jp-school-fields.h"
JP_FIELDS_OF (GROUND)
#include "jp-ground-fields.h"
JP_FIELDS_OF (COACH)
#include "jp-coach-fields.h"
JP_FIELDS_OF (VEHICLE)
#include "jp-vehicle-fields.h"
JP_FIELDS_OF (TERMINAL)
#include "jp-terminal-fields.h"
JP_FIELDS_OF (TERMINAL_ASSIGNMENT)
#include "jp-terminal-assignment-fields.h"
JP_FIELDS_OF (CLASS_TIER)
#include "jp-class-tier-fields.h"
JP_FIELDS_OF (TRAINEE)
#include "jp-trainee-fields.h"
JP_FIELDS_OF (ENROLMENT)
#include "jp-enrolment-fields.h"
JP_FIELDS_OF (CONTRACT)
#include "jp-contract-fields.h"
JP_FIELDS_OF (PAYMENT)
#include "jp-payment-fields.h"
JP_FIELDS_OF (TRAINING_SESSION)
#include "jp-training-session-fields.h"
JP_FIELDS_OF (STAGE_RECORD)
#include "jp-stage-record-fields.h"
JP_FIELDS_OF (EXAM_RESULT)
#include "jp-exam-result-fields.h"
JP_FIELDS_OF (STATEMENT)
#include "jp-statement-fields.h"
JP_FIELDS_OF (STATEMENT_LINE)
#include "jp-statement-line-fields.h"
JP_FIELDS_OF (REFUND)
#include "jp-refund-fields.h"
JP_FIELDS_OF (TRANSFER)
#include "jp-transfer-fields.h"
JP_FIELDS_OF (EVALUATION)
#include "jp-evaluation-fields.h"
JP_FIELDS_OF (COMPLAINT)
#include "jp-complaint-fields.h"
JP_FIELDS_OF (POLICY)
#include "jp-policy-fields.h"
JP_FIELDS_OF (CURRICULUM)
#include "jp-curriculum-fields.h"
JP_FIELDS_OF (CONFLICT)
#include "jp-conflict-fields.h"
JP_FIELDS_OF (DISPUTE)
#include "jp-dispute-fields.h"
JP_FIELDS_OF (PERSON)
#include "jp-person-fields.h"
JP_FIELDS_OF (ATTACHMENT)
#include "jp-attachment-fields.h"
