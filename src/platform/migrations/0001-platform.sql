-- SPDX-License-Identifier: GPL-3.0-or-later
-- The platform's own tables. The tables of the records come from their description.

-- What the file as a whole is: 'epoch' changes when it was restored from a copy.
CREATE TABLE platform (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A school and its counter: every change takes its number inside the transaction that makes it.
CREATE TABLE tenant (
  school BLOB PRIMARY KEY CHECK (length (school) = 16),
  seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),
  min_seq INTEGER NOT NULL DEFAULT 0 CHECK (min_seq >= 0),
  durable_seq INTEGER NOT NULL DEFAULT 0 CHECK (durable_seq >= 0),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A PC of a school. The token itself is only at the station.
CREATE TABLE station (
  id BLOB PRIMARY KEY CHECK (length (id) = 16),
  school BLOB NOT NULL REFERENCES tenant (school) ON DELETE RESTRICT,
  no INTEGER NOT NULL CHECK (no BETWEEN 1 AND 999),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
  acked_n INTEGER NOT NULL DEFAULT 0 CHECK (acked_n >= 0),
  chain BLOB NOT NULL CHECK (length (chain) = 32),
  enrolled_at INTEGER NOT NULL,
  pushed_at INTEGER,
  UNIQUE (school, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrol_code (
  hash TEXT PRIMARY KEY,
  school BLOB NOT NULL REFERENCES tenant (school) ON DELETE RESTRICT,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

-- The verdict of every operation, for ever. 'twin' is the identity of an operation that came before
-- from another station: only the first has it in 'op_id'.
CREATE TABLE op_log (
  station BLOB NOT NULL REFERENCES station (id) ON DELETE RESTRICT,
  n INTEGER NOT NULL CHECK (n >= 1),
  school BLOB NOT NULL REFERENCES tenant (school) ON DELETE RESTRICT,
  op_id BLOB CHECK (length (op_id) = 16),
  twin BLOB CHECK (length (twin) = 16),
  chain BLOB NOT NULL CHECK (length (chain) = 32),
  kind TEXT,
  actor TEXT,
  at INTEGER,
  received_at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  PRIMARY KEY (station, n),
  UNIQUE (school, op_id),
  CHECK ((op_id IS NULL) <> (twin IS NULL))
) STRICT, WITHOUT ROWID;

-- The one entry of each row in the stream of its school: it moves to the newest number, so the
-- stream never grows beyond the data. 'station' wrote last, and nobody else since version 'since'.
CREATE TABLE feed (
  school BLOB NOT NULL REFERENCES tenant (school) ON DELETE RESTRICT,
  seq INTEGER NOT NULL,
  t INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length (id) = 16),
  station BLOB,
  since INTEGER NOT NULL,
  PRIMARY KEY (school, seq, t, id),
  UNIQUE (school, t, id)
) STRICT, WITHOUT ROWID;

-- Pages of a first sync go by school and row.
CREATE INDEX idx_school_school ON school (school);
CREATE INDEX idx_ground_school ON ground (school);
CREATE INDEX idx_coach_school ON coach (school);
CREATE INDEX idx_vehicle_school ON vehicle (school);
CREATE INDEX idx_terminal_school ON terminal (school);
CREATE INDEX idx_terminal_assignment_school ON terminal_assignment (school);
CREATE INDEX idx_class_tier_school ON class_tier (school);
CREATE INDEX idx_trainee_school ON trainee (school);
CREATE INDEX idx_enrolment_school ON enrolment (school);
CREATE INDEX idx_contract_school ON contract (school);
CREATE INDEX idx_payment_school ON payment (school);
CREATE INDEX idx_training_session_school ON training_session (school);
CREATE INDEX idx_stage_record_school ON stage_record (school);
CREATE INDEX idx_exam_result_school ON exam_result (school);
CREATE INDEX idx_statement_school ON statement (school);
CREATE INDEX idx_statement_line_school ON statement_line (school);
CREATE INDEX idx_refund_school ON refund (school);
CREATE INDEX idx_transfer_school ON transfer (school);
CREATE INDEX idx_evaluation_school ON evaluation (school);
CREATE INDEX idx_complaint_school ON complaint (school);
CREATE INDEX idx_policy_school ON policy (school);
CREATE INDEX idx_curriculum_school ON curriculum (school);
CREATE INDEX idx_conflict_school ON conflict (school);

-- Never two open assignments of a terminal or of a vehicle.
CREATE UNIQUE INDEX idx_terminal_assignment_seat_terminal ON terminal_assignment (terminal)
  WHERE ended_at IS NULL AND deleted = 0 AND parked = 0;
CREATE UNIQUE INDEX idx_terminal_assignment_seat_vehicle ON terminal_assignment (vehicle)
  WHERE ended_at IS NULL AND deleted = 0 AND parked = 0;

-- A contract number is given once in a school.
CREATE UNIQUE INDEX idx_contract_school_number ON contract (school, number)
  WHERE deleted = 0 AND parked = 0;
