-- The writer alone, for a lead of the project. The one before it goes; a new id says that the words are others.
INSERT OR REPLACE INTO recording (project_id, exercise_key, item, language, media_type, bytes)
VALUES (:project, :exercise, :item, :language, :media_type, :bytes)
RETURNING id
