/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-field.h"

G_BEGIN_DECLS

/* Code tables shared by the kinds; names and wire values from domain.md §1.5–1.8. */

/* As the ID card says. */
typedef enum { JP_SEX_MALE, JP_SEX_FEMALE } JpSex;

/* Whether a school may train. */
typedef enum {
  JP_BUSI_STATUS_OPEN,
  JP_BUSI_STATUS_STOPPED,
  JP_BUSI_STATUS_RECTIFYING,
  JP_BUSI_STATUS_SUSPENDED,
  JP_BUSI_STATUS_CLOSED,
  JP_BUSI_STATUS_CANCELLED,
  JP_BUSI_STATUS_OTHER
} JpBusiStatus;

/* The document that proves who somebody is. */
typedef enum {
  JP_ID_TYPE_RESIDENT,
  JP_ID_TYPE_PASSPORT,
  JP_ID_TYPE_OFFICER,
  JP_ID_TYPE_OTHER
} JpIdType;

/* A coach works here, or did. */
typedef enum { JP_EMPLOY_STATUS_EMPLOYED, JP_EMPLOY_STATUS_LEFT } JpEmployStatus;

/* Colours of number plates. */
typedef enum {
  JP_PLATE_COLOR_BLUE = 1,
  JP_PLATE_COLOR_YELLOW,
  JP_PLATE_COLOR_BLACK,
  JP_PLATE_COLOR_WHITE,
  JP_PLATE_COLOR_GREEN,
  JP_PLATE_COLOR_OTHER = 9
} JpPlateColor;

/* Whether a vehicle may train. */
typedef enum {
  JP_VEHICLE_STATUS_IN_USE = 1,
  JP_VEHICLE_STATUS_OUT_OF_USE,
  JP_VEHICLE_STATUS_DEREGISTERED
} JpVehicleStatus;

/* Where a terminal works. */
typedef enum {
  JP_TERMINAL_TYPE_VEHICLE = 1,
  JP_TERMINAL_TYPE_CLASSROOM,
  JP_TERMINAL_TYPE_SIMULATOR
} JpTerminalType;

/* Where a terminal is. */
typedef enum {
  JP_TERMINAL_STATUS_IN_USE,
  JP_TERMINAL_STATUS_SPARE,
  JP_TERMINAL_STATUS_REPAIR,
  JP_TERMINAL_STATUS_RETIRED
} JpTerminalStatus;

/* Why a terminal went into a vehicle, or came out. */
typedef enum {
  JP_ASSIGNMENT_REASON_FIRST,
  JP_ASSIGNMENT_REASON_SWAP,
  JP_ASSIGNMENT_REASON_REPAIR,
  JP_ASSIGNMENT_REASON_SIM,
  JP_ASSIGNMENT_REASON_VEHICLE,
  JP_ASSIGNMENT_REASON_OTHER
} JpAssignmentReason;

/* How lessons are arranged. */
typedef enum {
  JP_TRAINING_MODE_FIXED = 1,
  JP_TRAINING_MODE_BOOKED,
  JP_TRAINING_MODE_OTHER = 9
} JpTrainingMode;

/* How the price of a class tier is made up. */
typedef enum {
  JP_CHARGE_MODE_ONCE = 1,
  JP_CHARGE_MODE_BY_HOURS,
  JP_CHARGE_MODE_OTHER = 9
} JpChargeMode;

/* When a class tier is paid. */
typedef enum {
  JP_PAY_MODE_TRAIN_FIRST = 1,
  JP_PAY_MODE_PAY_FIRST,
  JP_PAY_MODE_OTHER = 9
} JpPayMode;

/* A class tier before, while and after it is on sale. */
typedef enum { JP_TIER_STATUS_DRAFT, JP_TIER_STATUS_PUBLISHED, JP_TIER_STATUS_ENDED } JpTierStatus;

/* Who is to blame for a withdrawal. */
typedef enum { JP_FAULT_TRAINEE, JP_FAULT_SCHOOL, JP_FAULT_NOBODY } JpFault;

/* First licence, or one more type added to a licence. */
typedef enum { JP_BUSI_TYPE_FIRST, JP_BUSI_TYPE_ADDITION, JP_BUSI_TYPE_OTHER = 9 } JpBusiType;

/* Where a trainee stands between enrolment and archive. */
typedef enum {
  JP_TRAINEE_STATUS_ENROLLED,
  JP_TRAINEE_STATUS_TRAINING,
  JP_TRAINEE_STATUS_GRADUATED,
  JP_TRAINEE_STATUS_WITHDRAWN,
  JP_TRAINEE_STATUS_TRANSFERRED,
  JP_TRAINEE_STATUS_CANCELLED,
  JP_TRAINEE_STATUS_ARCHIVED
} JpTraineeStatus;

/* Where a contract stands; the platform moves it on once it was offered. */
typedef enum {
  JP_CONTRACT_STATUS_DRAFT,
  JP_CONTRACT_STATUS_OFFERED,
  JP_CONTRACT_STATUS_SIGNED,
  JP_CONTRACT_STATUS_PAID,
  JP_CONTRACT_STATUS_FULFILLED,
  JP_CONTRACT_STATUS_WITHDRAWN,
  JP_CONTRACT_STATUS_TRANSFERRED,
  JP_CONTRACT_STATUS_CANCELLED
} JpContractStatus;

/* What the school said to somebody who enrolled online. */
typedef enum {
  JP_ENROLMENT_STATUS_OPEN,
  JP_ENROLMENT_STATUS_ACCEPTED,
  JP_ENROLMENT_STATUS_DECLINED
} JpEnrolmentStatus;

/* How a training session is taught. */
typedef enum {
  JP_METHOD_PRACTICE = 1,
  JP_METHOD_CLASSROOM,
  JP_METHOD_SIMULATOR,
  JP_METHOD_REMOTE
} JpMethod;

/* Why minutes of a session do not count (domain.md §6.2). */
typedef enum {
  JP_SESSION_REASON_NONE,
  JP_SESSION_REASON_TIME_OF_DAY,
  JP_SESSION_REASON_COACH,
  JP_SESSION_REASON_VEHICLE,
  JP_SESSION_REASON_ENGINE,
  JP_SESSION_REASON_STANDING,
  JP_SESSION_REASON_MILEAGE,
  JP_SESSION_REASON_PLACE,
  JP_SESSION_REASON_DISTANCE,
  JP_SESSION_REASON_PHOTO,
  JP_SESSION_REASON_PHOTOS,
  JP_SESSION_REASON_DAILY_LIMIT,
  JP_SESSION_REASON_OVERLAP
} JpSessionReason;

#define JP_SESSION_LAST_REASON JP_SESSION_REASON_OVERLAP

/* What the review made of a training session. */
typedef enum {
  JP_SESSION_STATE_PENDING,
  JP_SESSION_STATE_VALID,
  JP_SESSION_STATE_PARTIAL,
  JP_SESSION_STATE_VOID
} JpSessionState;

/* Where the record of a trained part stands on its way through the review. */
typedef enum {
  JP_STAGE_STATE_PREPARING,
  JP_STAGE_STATE_SUBMITTED,
  JP_STAGE_STATE_APPROVED,
  JP_STAGE_STATE_REFUSED
} JpStageState;

/* Where a refund or a transfer stands; it is the platform that decides. */
typedef enum {
  JP_REQUEST_STATE_DRAFT,
  JP_REQUEST_STATE_PENDING,
  JP_REQUEST_STATE_APPROVED,
  JP_REQUEST_STATE_REFUSED,
  JP_REQUEST_STATE_DONE,
  JP_REQUEST_STATE_DECLINED /* by the school itself, before it was asked */
} JpRequestState;

/* Where a settlement statement stands. */
typedef enum {
  JP_STATEMENT_STATE_ISSUED,
  JP_STATEMENT_STATE_PAID,
  JP_STATEMENT_STATE_DISPUTED
} JpStatementState;

/* How far a dispute of a settlement line is. */
typedef enum {
  JP_DISPUTE_STATE_DRAFT,
  JP_DISPUTE_STATE_SENT,
  JP_DISPUTE_STATE_REVIEW,
  JP_DISPUTE_STATE_UPHELD,
  JP_DISPUTE_STATE_REJECTED,
  JP_DISPUTE_STATE_WITHDRAWN
} JpDisputeState;

#define JP_DISPUTE_N_STATES (JP_DISPUTE_STATE_WITHDRAWN + 1)

/* What the platform does about an upheld dispute. */
typedef enum {
  JP_DISPUTE_OUTCOME_CORRECTED, /* a line of the next statement makes up the difference */
  JP_DISPUTE_OUTCOME_REVERSED,  /* a line of the next statement takes the line back */
  JP_DISPUTE_OUTCOME_NOTED      /* the list was wrong, not the money: nothing moves */
} JpDisputeOutcome;

/* What somebody does at the school, and may do with money. */
typedef enum {
  JP_ROLE_DESK,      /* enrols, asks for withdrawals */
  JP_ROLE_OFFICE,    /* no money */
  JP_ROLE_FINANCE,   /* statements, refunds, approvals */
  JP_ROLE_PRINCIPAL, /* everything, people too */
} JpRole;

#define JP_N_ROLES (JP_ROLE_PRINCIPAL + 1)

/* Whose values a conflict ended with. */
typedef enum {
  JP_CONFLICT_STATE_OPEN,
  JP_CONFLICT_STATE_MINE,
  JP_CONFLICT_STATE_THEIRS
} JpConflictState;

/* Why a change of ours was not simply taken. */
typedef enum {
  JP_CONFLICT_REASON_BOTH_EDITED,
  JP_CONFLICT_REASON_REJECTED,
  JP_CONFLICT_REASON_PARKED
} JpConflictReason;

/* What an attachment is. */
typedef enum {
  JP_PURPOSE_PHOTO,
  JP_PURPOSE_ID_DOCUMENT,
  JP_PURPOSE_SIGNED,
  JP_PURPOSE_WITHDRAWAL,
  JP_PURPOSE_EVIDENCE,
  JP_PURPOSE_OTHER
} JpAttachmentPurpose;

/* What its bytes are. */
typedef enum {
  JP_MEDIA_TYPE_JPEG,
  JP_MEDIA_TYPE_PNG,
  JP_MEDIA_TYPE_WEBP,
  JP_MEDIA_TYPE_PDF
} JpMediaType;

extern const JpCode jp_sex_codes[];
extern const JpCode jp_busi_status_codes[];
extern const JpCode jp_school_level_codes[];
extern const JpCode jp_id_type_codes[];
extern const JpCode jp_employ_status_codes[];
extern const JpCode jp_plate_color_codes[];
extern const JpCode jp_vehicle_status_codes[];
extern const JpCode jp_terminal_type_codes[];
extern const JpCode jp_terminal_status_codes[];
extern const JpCode jp_assignment_reason_codes[];
extern const JpCode jp_ground_type_codes[];
extern const JpCode jp_training_mode_codes[];
extern const JpCode jp_charge_mode_codes[];
extern const JpCode jp_pay_mode_codes[];
extern const JpCode jp_tier_status_codes[];
extern const JpCode jp_licence_codes[];
extern const JpCode jp_busi_type_codes[];
extern const JpCode jp_trainee_status_codes[];
extern const JpCode jp_enrolment_status_codes[];
extern const JpCode jp_enrolment_channel_codes[];
extern const JpCode jp_contract_status_codes[];
extern const JpCode jp_payment_state_codes[];
extern const JpCode jp_method_codes[];
extern const JpCode jp_session_state_codes[];
extern const JpCode jp_session_reason_codes[];
extern const JpCode jp_stage_state_codes[];
extern const JpCode jp_exam_outcome_codes[];
extern const JpCode jp_statement_state_codes[];
extern const JpCode jp_line_kind_codes[];
extern const JpCode jp_fault_codes[];
extern const JpCode jp_request_state_codes[];
extern const JpCode jp_role_codes[];
extern const JpCode jp_evaluation_object_codes[];
extern const JpCode jp_complaint_type_codes[];
extern const JpCode jp_complaint_state_codes[];
extern const JpCode jp_dispute_state_codes[];
extern const JpCode jp_dispute_outcome_codes[];
extern const JpCode jp_verdict_codes[];
extern const JpCode jp_conflict_state_codes[];
extern const JpCode jp_conflict_reason_codes[];
extern const JpCode jp_attachment_codes[];
extern const JpCode jp_media_type_codes[];

G_END_DECLS
