-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who edited a merge unit last, for the inbox: a conflict tells both sides. Unit 31 is the row's way
-- into the trash and out.
CREATE TABLE unit_author (
  t INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length (id) = 16),
  unit INTEGER NOT NULL CHECK (unit BETWEEN 0 AND 31),
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (t, id, unit)
) STRICT, WITHOUT ROWID;
