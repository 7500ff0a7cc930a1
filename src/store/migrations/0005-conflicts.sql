-- SPDX-License-Identifier: GPL-3.0-or-later
-- Conflicts tell who made the state that holds and when: new columns, which are added with this
-- step.

CREATE INDEX idx_conflict_row_state ON conflict (row_id, state) WHERE deleted = 0;
