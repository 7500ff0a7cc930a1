-- SPDX-License-Identifier: GPL-3.0-or-later
-- A transfer needs two people of the school, as a withdrawal does. One that comes from another
-- school, or was asked for before this rule, names nobody.

CREATE TRIGGER transfer_new_two_people BEFORE INSERT ON transfer
WHEN (NEW.asked_by IS NULL AND NEW.checked_by IS NOT NULL)
  OR (NEW.asked_by IS NOT NULL AND NEW.state NOT IN ('draft', 'declined')
    AND (NEW.checked_by IS NULL OR NEW.checked_by = NEW.asked_by))
BEGIN
  SELECT RAISE (ABORT, 'a transfer needs two people');
END;
CREATE TRIGGER transfer_two_people BEFORE UPDATE ON transfer
WHEN (NEW.asked_by IS NULL AND NEW.checked_by IS NOT NULL)
  OR (NEW.asked_by IS NOT NULL AND NEW.state NOT IN ('draft', 'declined')
    AND (NEW.checked_by IS NULL OR NEW.checked_by = NEW.asked_by))
BEGIN
  SELECT RAISE (ABORT, 'a transfer needs two people');
END;
