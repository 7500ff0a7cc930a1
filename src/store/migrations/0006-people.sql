-- SPDX-License-Identifier: GPL-3.0-or-later
-- People and what they ask for are records now, known at every PC of the school (kinds 'person' and
-- 'refund'). What stays at this PC is the PIN: here it is chosen, here it is checked. Those who had
-- one choose it again.

DROP TABLE withdrawal;
DROP TABLE user;

CREATE TABLE user (
  person        BLOB PRIMARY KEY CHECK (length (person) = 16),
  pin           TEXT NOT NULL CHECK (pin LIKE '$argon2id$%'),
  failures      INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  blocked_until INTEGER NOT NULL DEFAULT 0,
  created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whoever checks a withdrawal that the school asks for is never the one who asked; what a trainee
-- asks for on the platform has neither.
CREATE TRIGGER refund_new_two_people BEFORE INSERT ON refund
WHEN (NEW.asked_by IS NULL AND NEW.checked_by IS NOT NULL)
  OR (NEW.asked_by IS NOT NULL AND NEW.state NOT IN ('draft', 'declined')
    AND (NEW.checked_by IS NULL OR NEW.checked_by = NEW.asked_by))
BEGIN
  SELECT RAISE (ABORT, 'a withdrawal needs two people');
END;
CREATE TRIGGER refund_two_people BEFORE UPDATE ON refund
WHEN (NEW.asked_by IS NULL AND NEW.checked_by IS NOT NULL)
  OR (NEW.asked_by IS NOT NULL AND NEW.state NOT IN ('draft', 'declined')
    AND (NEW.checked_by IS NULL OR NEW.checked_by = NEW.asked_by))
BEGIN
  SELECT RAISE (ABORT, 'a withdrawal needs two people');
END;
