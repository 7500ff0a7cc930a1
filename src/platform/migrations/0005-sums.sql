-- SPDX-License-Identifier: GPL-3.0-or-later
-- The sum over the versions of all rows in the stream of a school, modulo 2^52 (sync.md 3.8);
-- NULL = not computed yet.
ALTER TABLE tenant ADD COLUMN digest INTEGER;

-- Administrators have a token, too: the list of roles is that of the program.
CREATE TABLE token_of_somebody (
  hash TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  school BLOB CHECK (length (school) = 16),
  subject BLOB CHECK (length (subject) = 16),
  made_at INTEGER NOT NULL,
  expires_at INTEGER,
  CHECK ((subject IS NOT NULL) = (role IN ('trainee', 'applicant')))
) STRICT, WITHOUT ROWID;
INSERT INTO token_of_somebody SELECT hash, role, school, subject, made_at, expires_at
  FROM public_token;
DROP TABLE public_token;
ALTER TABLE token_of_somebody RENAME TO public_token;
CREATE INDEX idx_public_token_subject ON public_token (subject);
