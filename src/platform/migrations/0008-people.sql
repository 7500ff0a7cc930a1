-- SPDX-License-Identifier: GPL-3.0-or-later
-- The people of the schools, and what needs two of them.

CREATE INDEX idx_person_school ON person (school);

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
