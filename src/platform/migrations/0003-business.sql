-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the business of the platform remembers beside the records.

-- Who may speak without being a station of a school. The token itself is only with its owner.
-- 'subject' is the contract of a trainee or the enrolment of an applicant.
CREATE TABLE public_token (
  hash TEXT PRIMARY KEY,
  role TEXT NOT NULL
    CHECK (role IN ('trainee', 'applicant', 'messenger', 'terminal', 'reviewer', 'examiner', 'bank')),
  school BLOB CHECK (length (school) = 16),
  subject BLOB CHECK (length (subject) = 16),
  made_at INTEGER NOT NULL,
  expires_at INTEGER,
  CHECK ((subject IS NOT NULL) = (role IN ('trainee', 'applicant')))
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_public_token_subject ON public_token (subject);

-- Numbers are given one after the other, never twice.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= 1)
) STRICT, WITHOUT ROWID;

-- What the checks found when a session came in, and what they propose to the reviewer.
CREATE TABLE session_report (
  session BLOB PRIMARY KEY CHECK (length (session) = 16),
  minutes INTEGER NOT NULL CHECK (minutes >= 0),
  reason TEXT NOT NULL,
  findings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A movement of the bank stands on one line of one statement.
CREATE TABLE statement_item (
  movement INTEGER PRIMARY KEY REFERENCES bank_movement (id) ON DELETE RESTRICT,
  line BLOB NOT NULL UNIQUE CHECK (length (line) = 16)
) STRICT;

-- What comes from outside names things by their numbers.
CREATE INDEX idx_trainee_number ON trainee (number) WHERE deleted = 0;
CREATE INDEX idx_coach_number ON coach (number) WHERE deleted = 0;
CREATE INDEX idx_vehicle_number ON vehicle (number) WHERE deleted = 0;
CREATE INDEX idx_terminal_number ON terminal (number) WHERE deleted = 0;

-- Overlaps and the hours of a day.
CREATE INDEX idx_training_session_trainee_at ON training_session (trainee, started_at);
CREATE INDEX idx_training_session_coach_at ON training_session (coach, started_at);
CREATE INDEX idx_training_session_vehicle_at ON training_session (vehicle, started_at);

-- What happens once.
CREATE UNIQUE INDEX idx_training_session_trainee_record_no ON training_session (trainee, record_no)
  WHERE deleted = 0;
CREATE UNIQUE INDEX idx_stage_record_contract_part ON stage_record (contract, part)
  WHERE deleted = 0 AND state <> 'refused';
CREATE UNIQUE INDEX idx_exam_result_trainee_subject ON exam_result (trainee, subject, taken_on)
  WHERE deleted = 0;
CREATE UNIQUE INDEX idx_payment_bank_reference ON payment (bank_reference) WHERE deleted = 0;
