-- The writer alone, for a lead of the project. The one before it goes; a new id says that the words are others, to
-- tablets that keep them by id: so it is drawn, and no id of a deleted one comes again.
INSERT OR REPLACE INTO recording (id, project_id, exercise_key, item, language, media_type, bytes)
VALUES (1 + (random() & 4503599627370495), :project, :exercise, :item, :language, :media_type, :bytes)
RETURNING id
