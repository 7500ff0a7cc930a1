-- SPDX-License-Identifier: GPL-3.0-or-later
-- The bytes of the schools' attachments. A file is named by the SHA-256 of its clear bytes and is
-- there once per school; no school sees, or can find out about, another one's. 'here' counts from
-- the beginning; what is not whole is given to nobody.
CREATE INDEX idx_attachment_school ON attachment (school);

CREATE TABLE blob (
  school     BLOB NOT NULL REFERENCES tenant (school) ON DELETE RESTRICT,
  digest     TEXT NOT NULL CHECK (length (digest) = 64),
  size       INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
  here       INTEGER NOT NULL CHECK (here BETWEEN 0 AND size),
  touched_at INTEGER NOT NULL,
  PRIMARY KEY (school, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_blob_unfinished ON blob (touched_at) WHERE here < size;

-- Sealed with the platform's data key, see jp-blob-table.h.
CREATE TABLE blob_chunk (
  school BLOB NOT NULL CHECK (length (school) = 16),
  digest TEXT NOT NULL CHECK (length (digest) = 64),
  no     INTEGER NOT NULL CHECK (no BETWEEN 0 AND 79),
  body   BLOB NOT NULL,
  PRIMARY KEY (school, digest, no)
) STRICT;
