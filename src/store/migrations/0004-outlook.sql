-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is stuck asks for more of each session and review than whether it counts.

DROP INDEX idx_training_session_trainee_started;
CREATE INDEX idx_training_session_trainee_started
  ON training_session (trainee, started_at, part, valid_minutes, state, duration, deleted);
DROP INDEX idx_stage_record_contract_part;
CREATE INDEX idx_stage_record_contract_part
  ON stage_record (contract, part, valid_minutes, reviewed_at, state, submitted_at, deleted);
