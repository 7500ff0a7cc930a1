-- SPDX-License-Identifier: GPL-3.0-or-later
-- The money of each contract as double entry in fen: every posting moves an amount from one account
-- to another, so a contract's accounts always add up. It follows from the facts that the platform
-- sends, in the same transaction, and is only ever added to.

-- 'paid' is where the trainee's money comes from. 'contract' is sixteen zero bytes where a line
-- names none. 'reference' is the bank's own, or the platform's where the bank has none; it is
-- posted once. An odd revision takes back the one before it, the next even one puts it right.
-- 't' and 'source' name the fact.
CREATE TABLE posting (
  n         INTEGER PRIMARY KEY CHECK (n > 0),
  contract  BLOB NOT NULL CHECK (length (contract) = 16),
  debit     TEXT NOT NULL
    CHECK (debit IN ('paid', 'custody', 'released', 'refunded', 'penalty', 'disputed')),
  credit    TEXT NOT NULL
    CHECK (credit IN ('paid', 'custody', 'released', 'refunded', 'penalty', 'disputed')),
  fen       INTEGER NOT NULL CHECK (fen BETWEEN 1 AND 100000000000),
  at        INTEGER NOT NULL,
  reference TEXT NOT NULL CHECK (reference <> ''),
  revision  INTEGER NOT NULL CHECK (revision >= 0),
  t         INTEGER NOT NULL,
  source    BLOB NOT NULL CHECK (length (source) = 16),
  posted_at INTEGER NOT NULL,
  CHECK (debit <> credit),
  UNIQUE (reference, revision)
) STRICT;
CREATE INDEX idx_posting_contract ON posting (contract, debit, credit, fen, t);
CREATE INDEX idx_posting_source ON posting (source, n);

CREATE TRIGGER posting_kept BEFORE UPDATE ON posting
BEGIN
  SELECT RAISE (ABORT, 'a posting is never changed');
END;
CREATE TRIGGER posting_stays BEFORE DELETE ON posting
BEGIN
  SELECT RAISE (ABORT, 'a posting is never deleted');
END;
-- A reversal moves back exactly what the revision before it moved.
CREATE TRIGGER posting_follows BEFORE INSERT ON posting
WHEN NEW.revision > 0 AND NOT EXISTS (
  SELECT 1 FROM posting AS p WHERE p.reference = NEW.reference AND p.revision = NEW.revision - 1
    AND (NEW.revision % 2 = 0 OR (p.contract = NEW.contract AND p.debit = NEW.credit
      AND p.credit = NEW.debit AND p.fen = NEW.fen)))
BEGIN
  SELECT RAISE (ABORT, 'a revision follows the one before');
END;

-- What the facts of the platform or the bank break. A row comes with the fact that breaks
-- something and goes with the one that puts it right.
CREATE TABLE ledger_finding (
  kind     TEXT NOT NULL,
  t        INTEGER NOT NULL,
  id       BLOB NOT NULL CHECK (length (id) = 16),
  fen      INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (kind, t, id)
) STRICT, WITHOUT ROWID;

-- How many lines of a statement are here, and what they add up to; kept by the triggers only.
CREATE TABLE statement_sum (
  statement BLOB PRIMARY KEY CHECK (length (statement) = 16),
  n         INTEGER NOT NULL,
  fen       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO statement_sum (statement, n, fen)
  SELECT statement, count (*), sum (ifnull (amount, 0)) FROM statement_line
  WHERE deleted = 0 AND statement IS NOT NULL GROUP BY statement;

CREATE TRIGGER statement_line_counted AFTER INSERT ON statement_line
WHEN NEW.deleted = 0 AND NEW.statement IS NOT NULL
BEGIN
  INSERT INTO statement_sum (statement, n, fen) VALUES (NEW.statement, 1, ifnull (NEW.amount, 0))
    ON CONFLICT (statement) DO UPDATE SET n = n + 1, fen = fen + excluded.fen;
END;
CREATE TRIGGER statement_line_recounted AFTER UPDATE OF statement, amount, deleted ON statement_line
BEGIN
  UPDATE statement_sum SET n = n - 1, fen = fen - ifnull (OLD.amount, 0)
    WHERE OLD.deleted = 0 AND statement = OLD.statement;
  INSERT INTO statement_sum (statement, n, fen)
    SELECT NEW.statement, 1, ifnull (NEW.amount, 0)
    WHERE NEW.deleted = 0 AND NEW.statement IS NOT NULL
    ON CONFLICT (statement) DO UPDATE SET n = n + 1, fen = fen + excluded.fen;
END;
CREATE TRIGGER statement_line_gone AFTER DELETE ON statement_line
WHEN OLD.deleted = 0
BEGIN
  UPDATE statement_sum SET n = n - 1, fen = fen - ifnull (OLD.amount, 0)
    WHERE statement = OLD.statement;
END;

-- A statement is checked in one pass: contracts in the order of their ids, the lines, payments,
-- reviews and refunds of each, and the sessions and exams of its trainee.
CREATE INDEX idx_statement_line_contract_paid ON statement_line (contract, paid_at, line_no);
CREATE INDEX idx_payment_contract_paid ON payment (contract, paid_at, amount, state, deleted);
CREATE INDEX idx_stage_record_contract_part
  ON stage_record (contract, part, valid_minutes, reviewed_at, state, deleted);
CREATE INDEX idx_stage_record_reviewed ON stage_record (reviewed_at, contract);
CREATE INDEX idx_exam_result_trainee_subject
  ON exam_result (trainee, subject, taken_on, outcome, deleted);
DROP INDEX idx_training_session_trainee_started;
CREATE INDEX idx_training_session_trainee_started
  ON training_session (trainee, started_at, part, valid_minutes, deleted);
CREATE INDEX idx_contract_signed ON contract (signed_at);
CREATE INDEX idx_contract_rules ON contract (policy_digest, curriculum_digest);
