-- SPDX-License-Identifier: GPL-3.0-or-later
-- The custodian bank: accounts and double entries that are only ever added. What SQLite can refuse
-- by itself, it refuses.

-- 'custody' is what the bank holds of one contract; 'payer' is the trainee's own card; 'disposable'
-- is the school's 结算可支配账户; 'suspense' is what the bank cannot explain. An owner that an
-- account does not have is sixteen zero bytes, so that UNIQUE sees it.
CREATE TABLE bank_account (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('custody', 'payer', 'disposable', 'suspense')),
  school BLOB NOT NULL CHECK (length (school) = 16),
  contract BLOB NOT NULL CHECK (length (contract) = 16),
  CHECK ((contract = zeroblob (16)) = (kind IN ('disposable', 'suspense'))),
  CHECK ((school = zeroblob (16)) = (kind = 'suspense')),
  UNIQUE (kind, school, contract)
) STRICT;

CREATE INDEX idx_bank_account_contract ON bank_account (contract);

-- One movement. 'purpose' is what it is for: asking twice for the same is answered, not done again.
-- 'reference' is the bank's own number, which statements carry. It cannot be committed without its
-- seal, and the seal is refused unless the postings add up to nothing.
CREATE TABLE bank_movement (
  id INTEGER PRIMARY KEY REFERENCES bank_seal (movement) DEFERRABLE INITIALLY DEFERRED,
  reference TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL
    CHECK (kind IN ('payment', 'release', 'recall', 'refund', 'move', 'mistake')),
  school BLOB NOT NULL CHECK (length (school) = 16),
  contract BLOB NOT NULL CHECK (length (contract) = 16),
  stage TEXT,
  fen INTEGER NOT NULL CHECK (fen BETWEEN 1 AND 100000000000),
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX idx_bank_movement_contract ON bank_movement (contract);
CREATE INDEX idx_bank_movement_school_at ON bank_movement (school, at);

CREATE TABLE bank_posting (
  movement INTEGER NOT NULL REFERENCES bank_movement (id) ON DELETE RESTRICT,
  line INTEGER NOT NULL CHECK (line >= 1),
  account INTEGER NOT NULL REFERENCES bank_account (id) ON DELETE RESTRICT,
  fen INTEGER NOT NULL CHECK (fen <> 0 AND abs (fen) <= 100000000000),
  PRIMARY KEY (movement, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_bank_posting_account ON bank_posting (account);

CREATE TABLE bank_seal (
  movement INTEGER PRIMARY KEY REFERENCES bank_movement (id) ON DELETE RESTRICT
) STRICT;

-- The sum of an account's postings, kept by the triggers only.
CREATE TABLE bank_balance (
  account INTEGER PRIMARY KEY REFERENCES bank_account (id) ON DELETE RESTRICT,
  fen INTEGER NOT NULL
) STRICT;

-- The bank numbers its movements day by day.
CREATE TABLE bank_day (
  day INTEGER PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last BETWEEN 1 AND 999999)
) STRICT;

CREATE TRIGGER bank_account_kept BEFORE UPDATE ON bank_account
BEGIN SELECT RAISE (ABORT, 'an account does not change'); END;
CREATE TRIGGER bank_account_stays BEFORE DELETE ON bank_account
BEGIN SELECT RAISE (ABORT, 'an account is never deleted'); END;
CREATE TRIGGER bank_movement_kept BEFORE UPDATE ON bank_movement
BEGIN SELECT RAISE (ABORT, 'a movement does not change'); END;
CREATE TRIGGER bank_movement_stays BEFORE DELETE ON bank_movement
BEGIN SELECT RAISE (ABORT, 'a movement is never deleted'); END;
CREATE TRIGGER bank_posting_kept BEFORE UPDATE ON bank_posting
BEGIN SELECT RAISE (ABORT, 'a posting does not change'); END;
CREATE TRIGGER bank_posting_stays BEFORE DELETE ON bank_posting
BEGIN SELECT RAISE (ABORT, 'a posting is never deleted'); END;
CREATE TRIGGER bank_seal_kept BEFORE UPDATE ON bank_seal
BEGIN SELECT RAISE (ABORT, 'a seal does not change'); END;
CREATE TRIGGER bank_seal_stays BEFORE DELETE ON bank_seal
BEGIN SELECT RAISE (ABORT, 'a seal is never deleted'); END;

CREATE TRIGGER bank_posting_open BEFORE INSERT ON bank_posting
WHEN EXISTS (SELECT 1 FROM bank_seal WHERE movement = NEW.movement)
BEGIN SELECT RAISE (ABORT, 'the movement is sealed'); END;

CREATE TRIGGER bank_seal_balanced BEFORE INSERT ON bank_seal
WHEN (SELECT count (*) < 2 OR sum (fen) <> 0
        OR sum (max (fen, 0)) <> (SELECT fen FROM bank_movement WHERE id = NEW.movement)
        FROM bank_posting WHERE movement = NEW.movement)
BEGIN SELECT RAISE (ABORT, 'the postings do not add up'); END;

CREATE TRIGGER bank_posting_counted AFTER INSERT ON bank_posting
BEGIN
  INSERT OR IGNORE INTO bank_balance (account, fen) VALUES (NEW.account, 0);
  UPDATE bank_balance SET fen = fen + NEW.fen WHERE account = NEW.account;
END;

-- Custody only ever holds what was paid in.
CREATE TRIGGER bank_custody_less BEFORE UPDATE ON bank_balance
WHEN NEW.fen < 0 AND (SELECT kind FROM bank_account WHERE id = NEW.account) = 'custody'
BEGIN SELECT RAISE (ABORT, 'custody does not have that much'); END;
