-- The first shape of the private store. Times are milliseconds since 1970 UTC; JSON documents are
-- text checked by the program before they are stored. SpatiaLite's own tables are made before this runs.

CREATE TABLE staff (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role          TEXT NOT NULL CHECK (role IN ('administrator', 'facilitator', 'researcher')),
  password_hash TEXT,                       -- Argon2id; NULL: signs in by link alone
  created_ms    INTEGER NOT NULL,
  disabled_ms   INTEGER NOT NULL DEFAULT 0
);

-- Signed-in staff; only the token's SHA-256 is kept.
CREATE TABLE staff_token (
  token_hash BLOB PRIMARY KEY,
  staff_id   INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE,
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- One-time sign-in links.
CREATE TABLE signin_link (
  token_hash BLOB PRIMARY KEY,
  staff_id   INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE,
  expires_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE project (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  west_deg   REAL NOT NULL,
  south_deg  REAL NOT NULL,
  east_deg   REAL NOT NULL,
  north_deg  REAL NOT NULL,
  base_map   TEXT,                          -- name of a file in basemaps/, NULL: blank
  created_ms INTEGER NOT NULL
);

CREATE TABLE project_staff (
  project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  staff_id   INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE,
  PRIMARY KEY (project_id, staff_id)
) WITHOUT ROWID;

-- A version of an exercise never changes; editing adds one. Built-in templates have project_id NULL.
CREATE TABLE exercise (
  id         INTEGER PRIMARY KEY,
  project_id INTEGER REFERENCES project ON DELETE CASCADE,
  key        TEXT NOT NULL,                 -- the document's "id"
  version    INTEGER NOT NULL,
  document   TEXT NOT NULL,                 -- the JSON document
  created_ms INTEGER NOT NULL
);
CREATE UNIQUE INDEX exercise_version ON exercise (coalesce(project_id, 0), key, version);

CREATE TABLE session (
  id               INTEGER PRIMARY KEY,
  project_id       INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  exercise_id      INTEGER NOT NULL REFERENCES exercise,
  title            TEXT NOT NULL,
  place            TEXT NOT NULL DEFAULT '',
  held_on          TEXT NOT NULL,           -- YYYY-MM-DD
  west_deg         REAL NOT NULL,
  south_deg        REAL NOT NULL,
  east_deg         REAL NOT NULL,
  north_deg        REAL NOT NULL,
  precision_m      REAL NOT NULL,           -- 0, 25, 50, 100, 250
  languages        TEXT NOT NULL,           -- JSON array of language tags, the first is shown first
  consent          TEXT NOT NULL,           -- JSON: text by language
  help_contacts    TEXT NOT NULL,           -- JSON array of {name, phone, note}
  seat_limit       INTEGER NOT NULL,
  admit            TEXT NOT NULL DEFAULT 'by_hand' CHECK (admit IN ('by_hand', 'at_once')),
  free_text        INTEGER NOT NULL DEFAULT 0,
  approve          TEXT NOT NULL DEFAULT 'at_once' CHECK (approve IN ('by_hand', 'at_once')),
  state            TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  version          INTEGER NOT NULL DEFAULT 1,
  join_code_hmac   BLOB,                    -- NULL: revoked
  join_secret_hmac BLOB,
  join_sealed      BLOB,                    -- code and secret, for the join sheet
  join_expires_ms  INTEGER NOT NULL DEFAULT 0,
  created_ms       INTEGER NOT NULL,
  closed_ms        INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX session_project ON session (project_id);
CREATE UNIQUE INDEX session_join_code ON session (join_code_hmac) WHERE join_code_hmac IS NOT NULL;
CREATE UNIQUE INDEX session_join_secret ON session (join_secret_hmac) WHERE join_secret_hmac IS NOT NULL;

CREATE TABLE participant (
  id           INTEGER PRIMARY KEY,
  session_id   INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  pseudonym    TEXT NOT NULL,               -- a word or number of this session alone
  token_hash   BLOB UNIQUE,                 -- NULL: left or removed
  receipt_hmac BLOB UNIQUE,
  language     TEXT NOT NULL DEFAULT '',
  consent      TEXT NOT NULL DEFAULT '{}',  -- JSON {room, aggregate, finding, photo}
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'admitted', 'removed')),
  joined_ms    INTEGER NOT NULL,
  UNIQUE (session_id, pseudonym)
);

CREATE TABLE contribution (
  id             INTEGER PRIMARY KEY,
  uuid           BLOB NOT NULL UNIQUE,      -- 16 bytes, made by the client
  session_id     INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  participant_id INTEGER REFERENCES participant ON DELETE SET NULL, -- NULL: imported, or entered for the room
  entered_by     INTEGER REFERENCES staff ON DELETE SET NULL,
  category       TEXT NOT NULL,             -- the answer to the exercise's category question
  answers        TEXT NOT NULL,             -- JSON object by question id
  body_hash      BLOB NOT NULL,             -- SHA-256 of the snapped place and the answers: the same again is no edit
  state          TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'hidden')),
  version        INTEGER NOT NULL DEFAULT 1,
  created_ms     INTEGER NOT NULL,
  changed_ms     INTEGER NOT NULL
);
CREATE INDEX contribution_session ON contribution (session_id, id);
CREATE INDEX contribution_participant ON contribution (participant_id) WHERE participant_id IS NOT NULL;
SELECT AddGeometryColumn('contribution', 'geometry', 4326, 'GEOMETRY', 'XY', 1);
SELECT CreateSpatialIndex('contribution', 'geometry');
-- The index is SpatiaLite's, its triggers are ours: twice as fast, an error ends one statement and not
-- the whole transaction, and no time of the last entry is kept (geometry_columns_time). That a geometry
-- is of SRID 4326 and sound is what the only code that writes one makes sure of.
DROP TRIGGER ggi_contribution_geometry;
DROP TRIGGER ggu_contribution_geometry;
DROP TRIGGER tmi_contribution_geometry;
DROP TRIGGER tmu_contribution_geometry;
DROP TRIGGER tmd_contribution_geometry;
DROP TRIGGER gii_contribution_geometry;
DROP TRIGGER giu_contribution_geometry;
DROP TRIGGER gid_contribution_geometry;
CREATE TRIGGER gii_contribution_geometry AFTER INSERT ON contribution BEGIN
  INSERT INTO idx_contribution_geometry (pkid, xmin, xmax, ymin, ymax)
  VALUES (NEW.id, MbrMinX(NEW.geometry), MbrMaxX(NEW.geometry), MbrMinY(NEW.geometry), MbrMaxY(NEW.geometry));
END;
CREATE TRIGGER giu_contribution_geometry AFTER UPDATE OF geometry ON contribution BEGIN
  DELETE FROM idx_contribution_geometry WHERE pkid = OLD.id;
  INSERT INTO idx_contribution_geometry (pkid, xmin, xmax, ymin, ymax)
  VALUES (NEW.id, MbrMinX(NEW.geometry), MbrMaxX(NEW.geometry), MbrMinY(NEW.geometry), MbrMaxY(NEW.geometry));
END;
CREATE TRIGGER gid_contribution_geometry AFTER DELETE ON contribution BEGIN
  DELETE FROM idx_contribution_geometry WHERE pkid = OLD.id;
END;

CREATE TABLE overlay (
  id          INTEGER PRIMARY KEY,
  project_id  INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  title       TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('points', 'lines', 'areas', 'mixed')),
  colour      TEXT NOT NULL DEFAULT '#555555',
  attribution TEXT NOT NULL DEFAULT '',
  feature_count INTEGER NOT NULL DEFAULT 0,
  west_deg    REAL, south_deg REAL, east_deg REAL, north_deg REAL,
  created_ms  INTEGER NOT NULL
);

CREATE TABLE overlay_feature (
  id         INTEGER PRIMARY KEY,
  overlay_id INTEGER NOT NULL REFERENCES overlay ON DELETE CASCADE,
  label      TEXT NOT NULL DEFAULT '',
  properties TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX overlay_feature_overlay ON overlay_feature (overlay_id, id);
SELECT AddGeometryColumn('overlay_feature', 'geometry', 4326, 'GEOMETRY', 'XY', 1);
SELECT CreateSpatialIndex('overlay_feature', 'geometry');
DROP TRIGGER ggi_overlay_feature_geometry;
DROP TRIGGER ggu_overlay_feature_geometry;
DROP TRIGGER tmi_overlay_feature_geometry;
DROP TRIGGER tmu_overlay_feature_geometry;
DROP TRIGGER tmd_overlay_feature_geometry;
DROP TRIGGER gii_overlay_feature_geometry;
DROP TRIGGER giu_overlay_feature_geometry;
DROP TRIGGER gid_overlay_feature_geometry;
CREATE TRIGGER gii_overlay_feature_geometry AFTER INSERT ON overlay_feature BEGIN
  INSERT INTO idx_overlay_feature_geometry (pkid, xmin, xmax, ymin, ymax)
  VALUES (NEW.id, MbrMinX(NEW.geometry), MbrMaxX(NEW.geometry), MbrMinY(NEW.geometry), MbrMaxY(NEW.geometry));
END;
CREATE TRIGGER giu_overlay_feature_geometry AFTER UPDATE OF geometry ON overlay_feature BEGIN
  DELETE FROM idx_overlay_feature_geometry WHERE pkid = OLD.id;
  INSERT INTO idx_overlay_feature_geometry (pkid, xmin, xmax, ymin, ymax)
  VALUES (NEW.id, MbrMinX(NEW.geometry), MbrMaxX(NEW.geometry), MbrMinY(NEW.geometry), MbrMaxY(NEW.geometry));
END;
CREATE TRIGGER gid_overlay_feature_geometry AFTER DELETE ON overlay_feature BEGIN
  DELETE FROM idx_overlay_feature_geometry WHERE pkid = OLD.id;
END;

-- What staff did; never what participants did. Each entry holds the hash of the one before it.
CREATE TABLE staff_audit (
  id       INTEGER PRIMARY KEY,
  staff_id INTEGER,
  at_ms    INTEGER NOT NULL,
  action   TEXT NOT NULL,                   -- "session.close"
  object   TEXT NOT NULL,                   -- "session 7"
  chain    BLOB NOT NULL                    -- SHA-256 of the previous chain and this entry
);
