-- The room: tablets that are shared, edits that met, recorded words.

-- A tablet in one session, so that one that was lost can be shut out. The tablet makes a key for each
-- session: nothing ties it to another session. Forgotten when the session is closed.
CREATE TABLE tablet (
  id         INTEGER PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  number     INTEGER NOT NULL,              -- "tablet 3" of the session, in the order they came
  key_hash   BLOB NOT NULL UNIQUE,          -- SHA-256 of the session's id and the tablet's 128-bit key
  state      TEXT NOT NULL DEFAULT 'in_use' CHECK (state IN ('in_use', 'revoked')),
  UNIQUE (session_id, number)
);
ALTER TABLE participant ADD COLUMN tablet_id INTEGER REFERENCES tablet ON DELETE SET NULL;
CREATE INDEX participant_tablet ON participant (tablet_id);

-- An edit or deletion that was made without knowing a later version: kept beside it until the
-- facilitator has chosen. One of each contribution, the latest.
CREATE TABLE contribution_conflict (
  contribution_id INTEGER PRIMARY KEY REFERENCES contribution ON DELETE CASCADE,
  based_on        INTEGER NOT NULL,         -- the version its author knew
  kind            TEXT NOT NULL CHECK (kind IN ('edit', 'delete')),
  geometry        BLOB,                     -- snapped, as contribution has it; NULL for delete
  category        TEXT,
  answers         TEXT,
  at_ms           INTEGER NOT NULL
);

-- Words read aloud by a person, for devices without a voice in that language.
CREATE TABLE recording (
  id           INTEGER PRIMARY KEY,
  project_id   INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  exercise_key TEXT NOT NULL,
  item         TEXT NOT NULL,               -- "feeling" (the question), "feeling.safe" (an answer)
  language     TEXT NOT NULL,
  media_type   TEXT NOT NULL,
  bytes        BLOB NOT NULL,
  UNIQUE (project_id, exercise_key, item, language)
);
