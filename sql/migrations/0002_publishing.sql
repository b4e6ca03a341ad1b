-- What publishing needs: who is counted, findings, shared assets, and what earlier editions showed.

-- What a participant's record key is made of: random, never used again for somebody else.
ALTER TABLE participant ADD COLUMN contributor INTEGER NOT NULL DEFAULT 0;
UPDATE participant SET contributor = random();
CREATE UNIQUE INDEX participant_contributor ON participant (contributor);
-- JSON array of ids of the project's groups that she says she belongs to; never on a contribution.
ALTER TABLE participant ADD COLUMN own_groups TEXT NOT NULL DEFAULT '[]';

-- JSON array of at most 3 {"id", "label": text by language}: what figures are told apart by.
ALTER TABLE project ADD COLUMN own_groups TEXT NOT NULL DEFAULT '[]';
-- A higher floor than the profile's, set by an administrator; 0: the profile's.
ALTER TABLE project ADD COLUMN publish_floor INTEGER NOT NULL DEFAULT 0;

CREATE TABLE finding (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id     INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  geometry       TEXT NOT NULL,            -- GeoJSON, snapped to the session's precision
  statement      TEXT NOT NULL,
  recommendation TEXT NOT NULL DEFAULT '',
  who            TEXT NOT NULL CHECK (who IN ('city', 'transport', 'landlord', 'police', 'association', 'unknown')),
  urgency        TEXT NOT NULL CHECK (urgency IN ('green', 'amber', 'red')),
  language       TEXT NOT NULL,
  state          TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'agreed', 'withdrawn')),
  agreed_ms      INTEGER NOT NULL DEFAULT 0,
  version        INTEGER NOT NULL DEFAULT 1,
  created_ms     INTEGER NOT NULL
);
CREATE INDEX finding_session ON finding (session_id, id);

-- A contribution that a facilitator approved for everybody, under a title of the facilitator's.
CREATE TABLE shared_asset (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id      INTEGER NOT NULL,        -- its session's: asked for when the contribution is gone
  contribution_id INTEGER NOT NULL UNIQUE REFERENCES contribution ON DELETE CASCADE,
  title           TEXT NOT NULL,
  approved_by     INTEGER REFERENCES staff ON DELETE SET NULL,
  approved_ms     INTEGER NOT NULL
);
-- What was approved is what was seen: the author changed it, or it waits or is hidden since.
CREATE TRIGGER shared_asset_back AFTER UPDATE OF category, answers, geometry, state ON contribution BEGIN
  DELETE FROM shared_asset WHERE contribution_id = NEW.id;
END;
-- Its author no longer agrees to be counted, or was removed.
CREATE TRIGGER shared_asset_of_nobody AFTER UPDATE OF state, consent ON participant
WHEN NEW.state <> 'admitted' OR NOT coalesce(json_extract(NEW.consent, '$.aggregate'), 0) BEGIN
  DELETE FROM shared_asset WHERE contribution_id IN (SELECT id FROM contribution WHERE participant_id = NEW.id);
END;
-- A shared asset that ended and may still stand in editions: taken down from them, then forgotten here.
CREATE TABLE asset_ended (
  id         INTEGER PRIMARY KEY,
  asset_id   INTEGER NOT NULL,
  project_id INTEGER NOT NULL
);
CREATE TRIGGER shared_asset_ended AFTER DELETE ON shared_asset BEGIN
  INSERT INTO asset_ended (asset_id, project_id) VALUES (OLD.id, OLD.project_id);
END;

-- An edition is published when its file stands in editions/ under its name. One whose file is still a part
-- there is finished, or removed when the part is not whole, at the next start.
CREATE TABLE edition (
  id           INTEGER PRIMARY KEY,
  project_id   INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  revision     INTEGER NOT NULL DEFAULT 1,
  published_on TEXT NOT NULL,               -- YYYY-MM-DD
  overlays     TEXT NOT NULL DEFAULT '[]',  -- JSON array of the overlay ids that were chosen
  file_hash    BLOB NOT NULL,               -- SHA-256
  UNIQUE (project_id, number)
);
-- An exercise's part: how many people, and in which edition its figures were computed.
CREATE TABLE edition_exercise (
  edition_id   INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
  exercise_key TEXT NOT NULL,
  since        INTEGER NOT NULL,
  people       INTEGER NOT NULL,
  base_m       INTEGER NOT NULL,            -- side of its leaves' smallest cells
  PRIMARY KEY (edition_id, exercise_key)
) WITHOUT ROWID;
-- The sessions whose people were counted: who comes from another one is new.
CREATE TABLE edition_session (
  edition_id INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
  session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
  PRIMARY KEY (edition_id, session_id)
) WITHOUT ROWID;
-- The leaves of a project's latest edition and who is in them, so that a small change does not show.
CREATE TABLE edition_leaf (
  id         INTEGER PRIMARY KEY,
  edition_id INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
  slice      TEXT NOT NULL,                 -- "safety-map.category.unsafe"
  top_column INTEGER NOT NULL,
  top_row    INTEGER NOT NULL,
  cells      BLOB NOT NULL,                 -- the region's bits, little-endian
  value      INTEGER NOT NULL,
  gone       INTEGER NOT NULL DEFAULT 0     -- people of it who are known no more
);
CREATE INDEX edition_leaf_edition ON edition_leaf (edition_id, id);
CREATE TABLE edition_member (
  leaf_id     INTEGER NOT NULL REFERENCES edition_leaf ON DELETE CASCADE,
  contributor INTEGER NOT NULL,
  PRIMARY KEY (leaf_id, contributor)
) WITHOUT ROWID;
CREATE INDEX edition_member_contributor ON edition_member (contributor);
-- Who withdraws leaves nothing but a number behind.
CREATE TRIGGER participant_gone AFTER DELETE ON participant BEGIN
  UPDATE edition_leaf SET gone = gone + 1
   WHERE id IN (SELECT leaf_id FROM edition_member WHERE contributor = OLD.contributor);
  DELETE FROM edition_member WHERE contributor = OLD.contributor;
END;

-- An exercise of a project that ended: its key is destroyed, nothing of it is computed again.
CREATE TABLE exercise_end (
  project_id   INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  exercise_key TEXT NOT NULL,
  ended_ms     INTEGER NOT NULL,
  PRIMARY KEY (project_id, exercise_key)
) WITHOUT ROWID;
