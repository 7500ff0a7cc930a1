/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"

#include "jp-settlement.h"

#include <glib/gi18n-lib.h>

/* clang-format off */

const JpCode jp_sex_codes[] = {
  { JP_SEX_MALE,   "male",   "1", NC_ ("code", "Male"),   JP_TINT_MUTE },
  { JP_SEX_FEMALE, "female", "2", NC_ ("code", "Female"), JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_busi_status_codes[] = {
  { JP_BUSI_STATUS_OPEN,       "open",       "1", NC_ ("code", "Open for business"), JP_TINT_OK },
  { JP_BUSI_STATUS_STOPPED,    "stopped",    "2", NC_ ("code", "Stopped"),           JP_TINT_WARN },
  { JP_BUSI_STATUS_RECTIFYING, "rectifying", "3", NC_ ("code", "Rectifying"),        JP_TINT_WARN },
  { JP_BUSI_STATUS_SUSPENDED,  "suspended",  "4", NC_ ("code", "Suspended"),         JP_TINT_BAD },
  { JP_BUSI_STATUS_CLOSED,     "closed",     "5", NC_ ("code", "Closed"),            JP_TINT_MUTE },
  { JP_BUSI_STATUS_CANCELLED,  "cancelled",  "6", NC_ ("code", "Deregistered"),      JP_TINT_MUTE },
  { JP_BUSI_STATUS_OTHER,      "other",      "9", NC_ ("code", "Other"),             JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_school_level_codes[] = {
  { 1, "1", "1", NC_ ("code", "Grade 1"), JP_TINT_MUTE },
  { 2, "2", "2", NC_ ("code", "Grade 2"), JP_TINT_MUTE },
  { 3, "3", "3", NC_ ("code", "Grade 3"), JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_id_type_codes[] = {
  { JP_ID_TYPE_RESIDENT, "resident", "1", NC_ ("code", "Resident ID card"),     JP_TINT_MUTE },
  { JP_ID_TYPE_PASSPORT, "passport", "2", NC_ ("code", "Passport"),             JP_TINT_MUTE },
  { JP_ID_TYPE_OFFICER,  "officer",  "3", NC_ ("code", "Military officer card"), JP_TINT_MUTE },
  { JP_ID_TYPE_OTHER,    "other",    "4", NC_ ("code", "Other document"),       JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_employ_status_codes[] = {
  { JP_EMPLOY_STATUS_EMPLOYED, "employed", "0", NC_ ("code", "Employed"), JP_TINT_OK },
  { JP_EMPLOY_STATUS_LEFT,     "left",     "1", NC_ ("code", "Left"),     JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_plate_color_codes[] = {
  { JP_PLATE_COLOR_BLUE,   "blue",   "1", NC_ ("code", "Blue"),   JP_TINT_MUTE },
  { JP_PLATE_COLOR_YELLOW, "yellow", "2", NC_ ("code", "Yellow"), JP_TINT_MUTE },
  { JP_PLATE_COLOR_BLACK,  "black",  "3", NC_ ("code", "Black"),  JP_TINT_MUTE },
  { JP_PLATE_COLOR_WHITE,  "white",  "4", NC_ ("code", "White"),  JP_TINT_MUTE },
  { JP_PLATE_COLOR_GREEN,  "green",  "5", NC_ ("code", "Green"),  JP_TINT_MUTE },
  { JP_PLATE_COLOR_OTHER,  "other",  "9", NC_ ("code", "Other"),  JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_vehicle_status_codes[] = {
  { JP_VEHICLE_STATUS_IN_USE,       "in-use",       "1", NC_ ("code", "In use"),       JP_TINT_OK },
  { JP_VEHICLE_STATUS_OUT_OF_USE,   "out-of-use",   "2", NC_ ("code", "Out of use"),   JP_TINT_WARN },
  { JP_VEHICLE_STATUS_DEREGISTERED, "deregistered", "3", NC_ ("code", "Deregistered"), JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_terminal_type_codes[] = {
  { JP_TERMINAL_TYPE_VEHICLE,   "vehicle",   "1", NC_ ("code", "In-vehicle terminal"), JP_TINT_MUTE },
  { JP_TERMINAL_TYPE_CLASSROOM, "classroom", "2", NC_ ("code", "Classroom terminal"),  JP_TINT_MUTE },
  { JP_TERMINAL_TYPE_SIMULATOR, "simulator", "3", NC_ ("code", "Simulator terminal"),  JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_terminal_status_codes[] = {
  { JP_TERMINAL_STATUS_IN_USE,  "in-use",  NULL, NC_ ("code", "In use"),    JP_TINT_OK },
  { JP_TERMINAL_STATUS_SPARE,   "spare",   NULL, NC_ ("code", "Spare"),     JP_TINT_INFO },
  { JP_TERMINAL_STATUS_REPAIR,  "repair",  NULL, NC_ ("code", "In repair"), JP_TINT_WARN },
  { JP_TERMINAL_STATUS_RETIRED, "retired", NULL, NC_ ("code", "Retired"),   JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_assignment_reason_codes[] = {
  { JP_ASSIGNMENT_REASON_FIRST,   "first",   NULL, NC_ ("code", "First installation"), JP_TINT_MUTE },
  { JP_ASSIGNMENT_REASON_SWAP,    "swap",    NULL, NC_ ("code", "Swap"),               JP_TINT_MUTE },
  { JP_ASSIGNMENT_REASON_REPAIR,  "repair",  NULL, NC_ ("code", "Sent to repair"),     JP_TINT_MUTE },
  { JP_ASSIGNMENT_REASON_SIM,     "sim",     NULL, NC_ ("code", "New SIM card"),       JP_TINT_MUTE },
  { JP_ASSIGNMENT_REASON_VEHICLE, "vehicle", NULL, NC_ ("code", "Vehicle replaced"),   JP_TINT_MUTE },
  { JP_ASSIGNMENT_REASON_OTHER,   "other",   NULL, NC_ ("code", "Other"),              JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_ground_type_codes[] = {
  { 1, "field", "1", NC_ ("code", "Field (part 2)"), JP_TINT_MUTE },
  { 2, "road",  "2", NC_ ("code", "Road (part 3)"),  JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_training_mode_codes[] = {
  { JP_TRAINING_MODE_FIXED,  "fixed",  "1", NC_ ("code", "Fixed times"), JP_TINT_MUTE },
  { JP_TRAINING_MODE_BOOKED, "booked", "2", NC_ ("code", "By booking"),  JP_TINT_MUTE },
  { JP_TRAINING_MODE_OTHER,  "other",  "9", NC_ ("code", "Other"),       JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_charge_mode_codes[] = {
  { JP_CHARGE_MODE_ONCE,     "once",     "1", NC_ ("code", "One price"),   JP_TINT_MUTE },
  { JP_CHARGE_MODE_BY_HOURS, "by-hours", "2", NC_ ("code", "By the hour"), JP_TINT_MUTE },
  { JP_CHARGE_MODE_OTHER,    "other",    "9", NC_ ("code", "Other"),       JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_pay_mode_codes[] = {
  { JP_PAY_MODE_TRAIN_FIRST, "train-first", "1", NC_ ("code", "Train first, pay later"), JP_TINT_MUTE },
  { JP_PAY_MODE_PAY_FIRST,   "pay-first",   "2", NC_ ("code", "Pay first, train later"), JP_TINT_MUTE },
  { JP_PAY_MODE_OTHER,       "other",       "9", NC_ ("code", "Other"),                  JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_tier_status_codes[] = {
  { JP_TIER_STATUS_DRAFT,     "draft",     NULL, NC_ ("code", "Draft"),     JP_TINT_MUTE },
  { JP_TIER_STATUS_PUBLISHED, "published", NULL, NC_ ("code", "Published"), JP_TINT_OK },
  { JP_TIER_STATUS_ENDED,     "ended",     NULL, NC_ ("code", "Ended"),     JP_TINT_MUTE },
  { 0 },
};

/* Vehicle types of domain.md §1.6; the value is the vehicle part of the course code, 99 for C6,
 * which the 2016 table does not have. */
const JpCode jp_licence_codes[] = {
  { 1,  "A1", "A1", NC_ ("code", "A1 large bus"),                 JP_TINT_MUTE },
  { 2,  "A2", "A2", NC_ ("code", "A2 tractor with heavy trailer"), JP_TINT_MUTE },
  { 3,  "A3", "A3", NC_ ("code", "A3 city bus"),                  JP_TINT_MUTE },
  { 11, "B1", "B1", NC_ ("code", "B1 medium bus"),                JP_TINT_MUTE },
  { 12, "B2", "B2", NC_ ("code", "B2 large lorry"),               JP_TINT_MUTE },
  { 21, "C1", "C1", NC_ ("code", "C1 small car"),                 JP_TINT_MUTE },
  { 22, "C2", "C2", NC_ ("code", "C2 small automatic car"),       JP_TINT_MUTE },
  { 23, "C3", "C3", NC_ ("code", "C3 low-speed lorry"),           JP_TINT_MUTE },
  { 24, "C4", "C4", NC_ ("code", "C4 three-wheeled vehicle"),     JP_TINT_MUTE },
  { 25, "C5", "C5", NC_ ("code", "C5 automatic car for the disabled"), JP_TINT_MUTE },
  { 99, "C6", "C6", NC_ ("code", "C6 car with light trailer"),    JP_TINT_MUTE },
  { 31, "D",  "D",  NC_ ("code", "D three-wheeled motorcycle"),   JP_TINT_MUTE },
  { 32, "E",  "E",  NC_ ("code", "E two-wheeled motorcycle"),     JP_TINT_MUTE },
  { 33, "F",  "F",  NC_ ("code", "F light motorcycle"),           JP_TINT_MUTE },
  { 41, "M",  "M",  NC_ ("code", "M wheeled machine"),            JP_TINT_MUTE },
  { 42, "N",  "N",  NC_ ("code", "N trolleybus"),                 JP_TINT_MUTE },
  { 43, "P",  "P",  NC_ ("code", "P tram"),                       JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_busi_type_codes[] = {
  { JP_BUSI_TYPE_FIRST,    "first",    "0", NC_ ("code", "First licence"),   JP_TINT_MUTE },
  { JP_BUSI_TYPE_ADDITION, "addition", "1", NC_ ("code", "Additional type"), JP_TINT_MUTE },
  { JP_BUSI_TYPE_OTHER,    "other",    "9", NC_ ("code", "Other"),           JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_trainee_status_codes[] = {
  { JP_TRAINEE_STATUS_ENROLLED,    "enrolled",    "00", NC_ ("code", "Enrolled"),    JP_TINT_MUTE },
  { JP_TRAINEE_STATUS_TRAINING,    "training",    "01", NC_ ("code", "In training"), JP_TINT_INFO },
  { JP_TRAINEE_STATUS_WITHDRAWN,   "withdrawn",   "02", NC_ ("code", "Withdrawn"),   JP_TINT_MUTE },
  { JP_TRAINEE_STATUS_GRADUATED,   "graduated",   "03", NC_ ("code", "Graduated"),   JP_TINT_OK },
  { JP_TRAINEE_STATUS_CANCELLED,   "cancelled",   "04", NC_ ("code", "Deregistered"), JP_TINT_MUTE },
  { JP_TRAINEE_STATUS_TRANSFERRED, "transferred", "05", NC_ ("code", "Transferred"), JP_TINT_MUTE },
  { JP_TRAINEE_STATUS_ARCHIVED,    "archived",    "99", NC_ ("code", "Archived"),    JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_enrolment_status_codes[] = {
  { JP_ENROLMENT_STATUS_OPEN,     "open",     NULL, NC_ ("code", "To accept"), JP_TINT_WARN },
  { JP_ENROLMENT_STATUS_ACCEPTED, "accepted", NULL, NC_ ("code", "Accepted"),  JP_TINT_OK },
  { JP_ENROLMENT_STATUS_DECLINED, "declined", NULL, NC_ ("code", "Declined"),  JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_enrolment_channel_codes[] = {
  { 0, "desk",     NULL, NC_ ("code", "At the desk"),      JP_TINT_MUTE },
  { 1, "platform", NULL, NC_ ("code", "On the platform"),  JP_TINT_MUTE },
  { 2, "import",   NULL, NC_ ("code", "Imported roster"),  JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_contract_status_codes[] = {
  { JP_CONTRACT_STATUS_DRAFT,       "draft",       "0", NC_ ("code", "Draft"),          JP_TINT_MUTE },
  { JP_CONTRACT_STATUS_OFFERED,     "offered",     "1", NC_ ("code", "To be signed"),   JP_TINT_WARN },
  { JP_CONTRACT_STATUS_SIGNED,      "signed",      "2", NC_ ("code", "To be paid"),     JP_TINT_INFO },
  { JP_CONTRACT_STATUS_PAID,        "paid",        "3", NC_ ("code", "In custody"),     JP_TINT_OK },
  { JP_CONTRACT_STATUS_FULFILLED,   "fulfilled",   NULL, NC_ ("code", "Fulfilled"),     JP_TINT_OK },
  { JP_CONTRACT_STATUS_WITHDRAWN,   "withdrawn",   NULL, NC_ ("code", "Withdrawn"),     JP_TINT_MUTE },
  { JP_CONTRACT_STATUS_TRANSFERRED, "transferred", NULL, NC_ ("code", "Transferred"),   JP_TINT_MUTE },
  { JP_CONTRACT_STATUS_CANCELLED,   "cancelled",   NULL, NC_ ("code", "Cancelled"),     JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_payment_state_codes[] = {
  { 0, "pending",  "0", NC_ ("code", "Waiting"),    JP_TINT_WARN },
  { 1, "received", "2", NC_ ("code", "In custody"), JP_TINT_OK },
  { 2, "failed",   "3", NC_ ("code", "Failed"),     JP_TINT_BAD },
  { 0 },
};

const JpCode jp_method_codes[] = {
  { 1, "practice",  "1", NC_ ("code", "Practice"),  JP_TINT_MUTE },
  { 2, "classroom", "2", NC_ ("code", "Classroom"), JP_TINT_MUTE },
  { 3, "simulator", "3", NC_ ("code", "Simulator"), JP_TINT_MUTE },
  { 4, "remote",    "4", NC_ ("code", "Remote"),    JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_session_state_codes[] = {
  { JP_SESSION_STATE_PENDING, "pending", "0", NC_ ("code", "To be reviewed"), JP_TINT_WARN },
  { JP_SESSION_STATE_VALID,   "valid",   "1", NC_ ("code", "Valid"),          JP_TINT_OK },
  { JP_SESSION_STATE_PARTIAL, "partial", "2", NC_ ("code", "Partly valid"),   JP_TINT_INFO },
  { JP_SESSION_STATE_VOID,    "void",    "3", NC_ ("code", "Void"),           JP_TINT_BAD },
  { 0 },
};

/* Why minutes do not count: the rules of domain.md §6.2. */
const JpCode jp_session_reason_codes[] = {
  { 0,  "none",         NULL, NC_ ("code", "None"),                          JP_TINT_MUTE },
  { 1,  "time-of-day",  NULL, NC_ ("code", "Outside the permitted hours"),   JP_TINT_BAD },
  { 2,  "coach",        NULL, NC_ ("code", "Coach not filed for this type"), JP_TINT_BAD },
  { 3,  "vehicle",      NULL, NC_ ("code", "Vehicle not filed or lapsed"),   JP_TINT_BAD },
  { 4,  "engine",       NULL, NC_ ("code", "Engine not running"),            JP_TINT_BAD },
  { 5,  "standing",     NULL, NC_ ("code", "Vehicle standing"),              JP_TINT_BAD },
  { 6,  "mileage",      NULL, NC_ ("code", "No mileage"),                    JP_TINT_BAD },
  { 7,  "place",        NULL, NC_ ("code", "Outside the training ground"),   JP_TINT_BAD },
  { 8,  "distance",     NULL, NC_ ("code", "Less than 100 m driven"),        JP_TINT_BAD },
  { 9,  "photo",        NULL, NC_ ("code", "Photo does not match"),          JP_TINT_BAD },
  { 10, "photos",       NULL, NC_ ("code", "Photos missing"),                JP_TINT_BAD },
  { 11, "daily-limit",  NULL, NC_ ("code", "More than 4 hours in a day"),    JP_TINT_BAD },
  { 12, "overlap",      NULL, NC_ ("code", "Overlaps another session"),      JP_TINT_BAD },
  { 0 },
};

const JpCode jp_stage_state_codes[] = {
  { JP_STAGE_STATE_PREPARING, "preparing", "0", NC_ ("code", "Preparing"),    JP_TINT_MUTE },
  { JP_STAGE_STATE_SUBMITTED, "submitted", "1", NC_ ("code", "Under review"), JP_TINT_WARN },
  { JP_STAGE_STATE_APPROVED,  "approved",  "2", NC_ ("code", "Approved"),     JP_TINT_OK },
  { JP_STAGE_STATE_REFUSED,   "refused",   "3", NC_ ("code", "Refused"),      JP_TINT_BAD },
  { 0 },
};

const JpCode jp_exam_outcome_codes[] = {
  { 0, "passed", NULL, NC_ ("code", "Passed"),      JP_TINT_OK },
  { 1, "failed", NULL, NC_ ("code", "Not passed"),  JP_TINT_BAD },
  { 2, "absent", NULL, NC_ ("code", "Absent"),      JP_TINT_WARN },
  { 0 },
};

const JpCode jp_statement_state_codes[] = {
  { JP_STATEMENT_STATE_ISSUED,   "issued",   "1", NC_ ("code", "Issued"),   JP_TINT_INFO },
  { JP_STATEMENT_STATE_PAID,     "paid",     "2", NC_ ("code", "Paid out"), JP_TINT_OK },
  { JP_STATEMENT_STATE_DISPUTED, "disputed", "3", NC_ ("code", "Disputed"), JP_TINT_WARN },
  { 0 },
};

const JpCode jp_line_kind_codes[] = {
  { 0, "release",    NULL, NC_ ("code", "Release"),    JP_TINT_MUTE },
  { 1, "refund",     NULL, NC_ ("code", "Refund"),     JP_TINT_MUTE },
  { 2, "correction", NULL, NC_ ("code", "Correction"), JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_fault_codes[] = {
  { JP_FAULT_TRAINEE, "trainee", NULL, NC_ ("code", "The trainee"), JP_TINT_MUTE },
  { JP_FAULT_SCHOOL,  "school",  NULL, NC_ ("code", "The school"),  JP_TINT_MUTE },
  { JP_FAULT_NOBODY,  "nobody",  NULL, NC_ ("code", "Nobody"),      JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_request_state_codes[] = {
  { JP_REQUEST_STATE_DRAFT,    "draft",    NULL, NC_ ("code", "Draft"),       JP_TINT_MUTE },
  { JP_REQUEST_STATE_PENDING,  "pending",  NULL, NC_ ("code", "Asked for"),   JP_TINT_WARN },
  { JP_REQUEST_STATE_APPROVED, "approved", NULL, NC_ ("code", "Approved"),    JP_TINT_INFO },
  { JP_REQUEST_STATE_REFUSED,  "refused",  NULL, NC_ ("code", "Refused"),     JP_TINT_BAD },
  { JP_REQUEST_STATE_DONE,     "done",     NULL, NC_ ("code", "Done"),        JP_TINT_OK },
  { JP_REQUEST_STATE_DECLINED, "declined", NULL, NC_ ("code", "Declined"),    JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_role_codes[] = {
  { JP_ROLE_DESK,      "desk",      NULL, NC_ ("code", "Front desk"),      JP_TINT_MUTE },
  { JP_ROLE_OFFICE,    "office",    NULL, NC_ ("code", "Training office"), JP_TINT_MUTE },
  { JP_ROLE_FINANCE,   "finance",   NULL, NC_ ("code", "Finance"),         JP_TINT_INFO },
  { JP_ROLE_PRINCIPAL, "principal", NULL, NC_ ("code", "Principal"),       JP_TINT_OK },
  { 0 },
};

const JpCode jp_evaluation_object_codes[] = {
  { 1, "coach",  "1", NC_ ("code", "Coach"),  JP_TINT_MUTE },
  { 2, "school", "2", NC_ ("code", "School"), JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_complaint_type_codes[] = {
  { 1, "coach",      "1",  NC_ ("code", "About a coach"),    JP_TINT_MUTE },
  { 2, "school",     "2",  NC_ ("code", "About the school"), JP_TINT_MUTE },
  { 3, "suggestion", NULL, NC_ ("code", "Suggestion"),       JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_complaint_state_codes[] = {
  { 0, "open",     NULL, NC_ ("code", "To be answered"), JP_TINT_BAD },
  { 1, "answered", NULL, NC_ ("code", "Answered"),       JP_TINT_INFO },
  { 2, "closed",   NULL, NC_ ("code", "Concluded"),      JP_TINT_OK },
  { 0 },
};

const JpCode jp_dispute_state_codes[] = {
  { JP_DISPUTE_STATE_DRAFT,     "draft",     NULL, NC_ ("code", "Draft"),        JP_TINT_MUTE },
  { JP_DISPUTE_STATE_SENT,      "sent",      NULL, NC_ ("code", "Sent"),         JP_TINT_INFO },
  { JP_DISPUTE_STATE_REVIEW,    "review",    NULL, NC_ ("code", "Being checked"), JP_TINT_WARN },
  { JP_DISPUTE_STATE_UPHELD,    "upheld",    NULL, NC_ ("code", "Upheld"),       JP_TINT_OK },
  { JP_DISPUTE_STATE_REJECTED,  "rejected",  NULL, NC_ ("code", "Not upheld"),   JP_TINT_BAD },
  { JP_DISPUTE_STATE_WITHDRAWN, "withdrawn", NULL, NC_ ("code", "Taken back"),   JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_dispute_outcome_codes[] = {
  { JP_DISPUTE_OUTCOME_CORRECTED, "corrected", NULL, NC_ ("code", "Corrected on the next statement"), JP_TINT_OK },
  { JP_DISPUTE_OUTCOME_REVERSED,  "reversed",  NULL, NC_ ("code", "Reversed on the next statement"),  JP_TINT_OK },
  { JP_DISPUTE_OUTCOME_NOTED,     "noted",     NULL, NC_ ("code", "Noted, no money moves"),           JP_TINT_OK },
  { 0 },
};

const JpCode jp_verdict_codes[] = {
  { JP_SETTLEMENT_MATCHES,          "matches",          NULL, NC_ ("code", "Line matches"),          JP_TINT_OK },
  { JP_SETTLEMENT_EARLY,            "early",            NULL, NC_ ("code", "Paid early"),            JP_TINT_WARN },
  { JP_SETTLEMENT_LATE,             "late",             NULL, NC_ ("code", "Paid late"),             JP_TINT_WARN },
  { JP_SETTLEMENT_SHORT,            "short",            NULL, NC_ ("code", "Paid too little"),       JP_TINT_BAD },
  { JP_SETTLEMENT_OVER,             "over",             NULL, NC_ ("code", "Paid too much"),         JP_TINT_BAD },
  { JP_SETTLEMENT_DUPLICATE,        "duplicate",        NULL, NC_ ("code", "Listed twice"),          JP_TINT_BAD },
  { JP_SETTLEMENT_UNKNOWN_TRAINEE,  "unknown_trainee",  NULL, NC_ ("code", "Names somebody else"),   JP_TINT_BAD },
  { JP_SETTLEMENT_UNKNOWN_CONTRACT, "unknown_contract", NULL, NC_ ("code", "Of no known contract"),  JP_TINT_BAD },
  { JP_SETTLEMENT_POLICY_DIFFERS,   "policy_differs",   NULL, NC_ ("code", "By another rule"),       JP_TINT_BAD },
  { JP_SETTLEMENT_NOT_REACHED,      "not_reached",      NULL, NC_ ("code", "Not earned yet"),        JP_TINT_BAD },
  { JP_SETTLEMENT_TWICE,            "released_twice",   NULL, NC_ ("code", "Released twice"),        JP_TINT_BAD },
  { JP_SETTLEMENT_MISSING,          "missing",          NULL, NC_ ("code", "On no statement"),       JP_TINT_BAD },
  { JP_SETTLEMENT_UNEXPLAINED,      "unexplained",      NULL, NC_ ("code", "Not explained"),         JP_TINT_BAD },
  { 0 },
};

const JpCode jp_conflict_state_codes[] = {
  { JP_CONFLICT_STATE_OPEN,   "open",   NULL, NC_ ("code", "To be decided"), JP_TINT_WARN },
  { JP_CONFLICT_STATE_MINE,   "mine",   NULL, NC_ ("code", "Ours kept"),     JP_TINT_OK },
  { JP_CONFLICT_STATE_THEIRS, "theirs", NULL, NC_ ("code", "Theirs kept"),   JP_TINT_OK },
  { 0 },
};

const JpCode jp_conflict_reason_codes[] = {
  { JP_CONFLICT_REASON_BOTH_EDITED, "both-edited", NULL, NC_ ("code", "Edited on both sides"), JP_TINT_WARN },
  { JP_CONFLICT_REASON_REJECTED,    "rejected",    NULL, NC_ ("code", "Refused by the platform"), JP_TINT_BAD },
  { JP_CONFLICT_REASON_PARKED,      "parked",      NULL, NC_ ("code", "Waits for a decision"), JP_TINT_WARN },
  { 0 },
};

const JpCode jp_attachment_codes[] = {
  { JP_PURPOSE_PHOTO,       "photo",       NULL, NC_ ("code", "Photo of the trainee"), JP_TINT_MUTE },
  { JP_PURPOSE_ID_DOCUMENT, "id_document", NULL, NC_ ("code", "Identity document"),    JP_TINT_MUTE },
  { JP_PURPOSE_SIGNED,      "contract",    NULL, NC_ ("code", "Signed contract"),      JP_TINT_MUTE },
  { JP_PURPOSE_WITHDRAWAL,  "withdrawal",  NULL, NC_ ("code", "Withdrawal paper"),     JP_TINT_MUTE },
  { JP_PURPOSE_EVIDENCE,    "evidence",    NULL, NC_ ("code", "Evidence"),             JP_TINT_MUTE },
  { JP_PURPOSE_OTHER,       "other",       NULL, NC_ ("code", "Other paper"),          JP_TINT_MUTE },
  { 0 },
};

const JpCode jp_media_type_codes[] = {
  { JP_MEDIA_TYPE_JPEG, "jpeg", "image/jpeg",      NC_ ("code", "JPEG picture"), JP_TINT_MUTE },
  { JP_MEDIA_TYPE_PNG,  "png",  "image/png",       NC_ ("code", "PNG picture"),  JP_TINT_MUTE },
  { JP_MEDIA_TYPE_WEBP, "webp", "image/webp",      NC_ ("code", "WebP picture"), JP_TINT_MUTE },
  { JP_MEDIA_TYPE_PDF,  "pdf",  "application/pdf", NC_ ("code", "PDF document"), JP_TINT_MUTE },
  { 0 },
};

/* clang-format on */
