-- Which version the words and the place of a contribution are of: approving and hiding make versions
-- too, and no author's edit meets those.
ALTER TABLE contribution ADD COLUMN content_version INTEGER NOT NULL DEFAULT 1;
UPDATE contribution SET content_version = version;

-- Ids that were deleted, as hashes: a tablet, or a file, that missed it does not make them again.
-- Forgotten with the session's contributions.
CREATE TABLE contribution_gone (
  session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  uuid_hash  BLOB NOT NULL,                 -- SHA-256
  PRIMARY KEY (session_id, uuid_hash)
) WITHOUT ROWID;
