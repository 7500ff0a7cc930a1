-- SPDX-License-Identifier: GPL-3.0-or-later
-- What makes enrolling repeatable, and stations that branched off from another one's operations
-- because they, or a copy of their disk, went back in time (sync.md 3.9).

-- 'request' is the hash of the station's certificate request: the same one gets the same answer.
-- A branch shares the operations of 'parent' up to 'branch_n'.
ALTER TABLE station ADD COLUMN parent BLOB CHECK (length (parent) = 16);
ALTER TABLE station ADD COLUMN branch_n INTEGER NOT NULL DEFAULT 0 CHECK (branch_n >= 0);
ALTER TABLE station ADD COLUMN request TEXT;
ALTER TABLE station ADD COLUMN certificate TEXT;
ALTER TABLE station ADD COLUMN used_at INTEGER;
CREATE UNIQUE INDEX idx_station_parent_request ON station (parent, request)
  WHERE parent IS NOT NULL;

ALTER TABLE enrol_code ADD COLUMN station BLOB CHECK (length (station) = 16);
