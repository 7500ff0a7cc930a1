-- Everything beside the record tables, which come from the description of the records.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The operations of this station, in order, kept for ever: the outbox, the history, the evidence.
-- state: 0 waiting for the platform, 2 judged.
CREATE TABLE op (
  n       INTEGER PRIMARY KEY CHECK (n > 0),
  op_id   BLOB NOT NULL UNIQUE CHECK (length (op_id) = 16),
  actor   TEXT NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  body    BLOB NOT NULL,
  chain   BLOB NOT NULL CHECK (length (chain) = 32),
  undoes  INTEGER REFERENCES op (n) ON DELETE RESTRICT,
  state   INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 2)),
  result  TEXT,
  problem TEXT,
  detail  TEXT,
  seq     INTEGER,
  judged_at INTEGER
) STRICT;
CREATE INDEX idx_op_state ON op (n) WHERE state = 0;
CREATE INDEX idx_op_undoes ON op (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER op_keeps_evidence BEFORE UPDATE OF n, op_id, actor, at, kind, body, chain, undoes ON op
BEGIN
  SELECT RAISE (ABORT, 'an operation is never changed');
END;
CREATE TRIGGER op_stays BEFORE DELETE ON op
BEGIN
  SELECT RAISE (ABORT, 'an operation is never deleted');
END;

-- Which rows an operation touches, and which merge units of them.
CREATE TABLE op_row (
  t     INTEGER NOT NULL,
  id    BLOB NOT NULL CHECK (length (id) = 16),
  n     INTEGER NOT NULL REFERENCES op (n) ON DELETE RESTRICT,
  units INTEGER NOT NULL,
  PRIMARY KEY (t, id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_op_row_n ON op_row (n);

-- The platform's state of rows that carry unjudged edits (sync.md §4.1); sealed.
CREATE TABLE base (
  t   INTEGER NOT NULL,
  id  BLOB NOT NULL CHECK (length (id) = 16),
  doc BLOB NOT NULL,
  PRIMARY KEY (t, id)
) STRICT, WITHOUT ROWID;

-- Who did what to which row, hash-chained, never changed.
CREATE TABLE audit (
  n      INTEGER PRIMARY KEY CHECK (n > 0),
  at     INTEGER NOT NULL,
  actor  TEXT NOT NULL,
  action TEXT NOT NULL,
  t      INTEGER NOT NULL,
  id     BLOB,
  detail TEXT NOT NULL,
  hash   BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;
CREATE INDEX idx_audit_t_id ON audit (t, id, n);
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE (ABORT, 'the audit is never changed');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
  SELECT RAISE (ABORT, 'the audit is never deleted');
END;

-- What was typed and not yet saved; sealed.
CREATE TABLE typing (
  place TEXT PRIMARY KEY,
  doc   BLOB NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A terminal sits in one vehicle at a time, and a vehicle has one terminal.
CREATE UNIQUE INDEX idx_terminal_assignment_open_terminal ON terminal_assignment (terminal)
  WHERE ended_at IS NULL AND deleted = 0 AND parked = 0;
CREATE UNIQUE INDEX idx_terminal_assignment_open_vehicle ON terminal_assignment (vehicle)
  WHERE ended_at IS NULL AND deleted = 0 AND parked = 0;

CREATE INDEX idx_training_session_trainee_started ON training_session (trainee, started_at);
CREATE INDEX idx_statement_line_statement_line ON statement_line (statement, line_no);
