-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where the versions of rows began in each epoch that this database has lived through. A database
-- that went back in time gives none of them twice: what a station saw of a time that was lost is
-- never taken for what came in its place.
CREATE TABLE version_floor (
  floor INTEGER PRIMARY KEY CHECK (floor >= 0)
) STRICT;
