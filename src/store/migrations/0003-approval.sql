-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who works at this PC, and what needs two of them. A withdrawal is asked for by one person and
-- approved by another before anything goes to the platform; the database itself refuses the rest.

CREATE TABLE user (
  id            INTEGER PRIMARY KEY CHECK (id > 0),
  name          TEXT NOT NULL UNIQUE CHECK (name <> ''),
  role          TEXT NOT NULL CHECK (role IN ('desk', 'office', 'finance', 'principal')),
  pin           TEXT NOT NULL CHECK (pin LIKE '$argon2id$%'),
  disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  failures      INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  blocked_until INTEGER NOT NULL DEFAULT 0,
  created_at    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER user_keeps_name BEFORE UPDATE OF id, name, created_at ON user
BEGIN
  SELECT RAISE (ABORT, 'a user keeps the name');
END;
CREATE TRIGGER user_stays BEFORE DELETE ON user
BEGIN
  SELECT RAISE (ABORT, 'a user is never deleted');
END;

-- 'id' is that of the refund that comes of it. A decision is made once.
CREATE TABLE withdrawal (
  id         BLOB PRIMARY KEY CHECK (length (id) = 16),
  contract   BLOB NOT NULL CHECK (length (contract) = 16),
  fault      TEXT NOT NULL CHECK (fault IN ('trainee', 'school', 'nobody')),
  reason     BLOB,
  asked_by   INTEGER NOT NULL REFERENCES user (id) ON DELETE RESTRICT,
  asked_at   INTEGER NOT NULL,
  decided_by INTEGER REFERENCES user (id) ON DELETE RESTRICT,
  decided_at INTEGER,
  approved   INTEGER CHECK (approved IN (0, 1)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK ((decided_by IS NULL) = (approved IS NULL)),
  CHECK (approved IS NOT 1 OR decided_by <> asked_by)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX idx_withdrawal_open_contract ON withdrawal (contract) WHERE decided_by IS NULL;
CREATE TRIGGER withdrawal_begins_open BEFORE INSERT ON withdrawal
WHEN NEW.decided_by IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM user WHERE id = NEW.asked_by AND disabled = 0
    AND role IN ('desk', 'finance', 'principal'))
BEGIN
  SELECT RAISE (ABORT, 'a withdrawal is asked for by somebody who may, and decided later');
END;
CREATE TRIGGER withdrawal_keeps_question BEFORE UPDATE OF id, contract, fault, reason, asked_by,
  asked_at ON withdrawal
BEGIN
  SELECT RAISE (ABORT, 'what was asked for is never changed');
END;
CREATE TRIGGER withdrawal_decided_once BEFORE UPDATE OF decided_by, decided_at, approved ON withdrawal
WHEN OLD.decided_by IS NOT NULL OR (NEW.approved = 1 AND NOT EXISTS (
  SELECT 1 FROM user WHERE id = NEW.decided_by AND disabled = 0
    AND role IN ('finance', 'principal')))
BEGIN
  SELECT RAISE (ABORT, 'a withdrawal is decided once, by somebody who may');
END;
CREATE TRIGGER withdrawal_stays BEFORE DELETE ON withdrawal
BEGIN
  SELECT RAISE (ABORT, 'a withdrawal is never deleted');
END;
