-- SPDX-License-Identifier: GPL-3.0-or-later
-- The bytes of attachments. A file is named by the SHA-256 of its clear bytes and is here once,
-- whoever points to it. What of it is 'here' counts from its beginning; 'sent' is what the platform
-- has said it has. 'wanted': 1 fetch it when there is nothing better to do, 2 somebody waits for it.
-- 'tried_at': when the platform last had no use for it, or did not have it.
CREATE TABLE blob (
  digest   TEXT PRIMARY KEY CHECK (length (digest) = 64),
  size     INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
  here     INTEGER NOT NULL DEFAULT 0 CHECK (here BETWEEN 0 AND size),
  sent     INTEGER NOT NULL DEFAULT 0 CHECK (sent BETWEEN 0 AND size),
  wanted   INTEGER NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1, 2)),
  tried_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_blob_to_send ON blob (tried_at) WHERE here = size AND sent < size;
CREATE INDEX idx_blob_to_fetch ON blob (wanted, tried_at) WHERE here < size AND wanted > 0;

-- Sealed with the data key, see jp-blob-table.h.
CREATE TABLE blob_chunk (
  school BLOB NOT NULL CHECK (length (school) = 16),
  digest TEXT NOT NULL CHECK (length (digest) = 64),
  no     INTEGER NOT NULL CHECK (no BETWEEN 0 AND 79),
  body   BLOB NOT NULL,
  PRIMARY KEY (school, digest, no)
) STRICT;

-- A row that came from elsewhere tells what could be fetched; the trainees' photos are, the rest is
-- when somebody opens it.
CREATE TRIGGER attachment_names_blob AFTER INSERT ON attachment
WHEN NEW.deleted = 0 AND length (NEW.digest) = 64 AND NEW.size BETWEEN 1 AND 20971520
BEGIN
  INSERT INTO blob (digest, size, wanted) VALUES (NEW.digest, NEW.size, NEW.purpose = 'photo')
    ON CONFLICT (digest) DO UPDATE SET wanted = MAX (wanted, excluded.wanted);
END;
CREATE TRIGGER attachment_comes_back AFTER UPDATE OF deleted ON attachment
WHEN NEW.deleted = 0 AND OLD.deleted = 1 AND length (NEW.digest) = 64
  AND NEW.size BETWEEN 1 AND 20971520
BEGIN
  INSERT INTO blob (digest, size, wanted) VALUES (NEW.digest, NEW.size, NEW.purpose = 'photo')
    ON CONFLICT (digest) DO NOTHING;
END;
