-- SPDX-License-Identifier: GPL-3.0-or-later
-- Disputes of settlement lines.

CREATE INDEX idx_dispute_school ON dispute (school);

-- A line is disputed once, unless a dispute was rejected or taken back.
CREATE UNIQUE INDEX idx_dispute_line_once ON dispute (line)
  WHERE line IS NOT NULL AND state IN ('sent', 'review', 'upheld') AND deleted = 0 AND parked = 0;
CREATE UNIQUE INDEX idx_dispute_stage_once ON dispute (statement, contract, stage)
  WHERE line IS NULL AND state IN ('sent', 'review', 'upheld') AND deleted = 0 AND parked = 0;
