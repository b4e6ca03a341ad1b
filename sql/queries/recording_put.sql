-- The writer alone, for a lead of the project. The one before it goes.
INSERT INTO recording (project_id, exercise_key, item, language, media_type, bytes)
VALUES (:project, :exercise, :item, :language, :media_type, :bytes)
ON CONFLICT (project_id, exercise_key, item, language) DO UPDATE
SET media_type = excluded.media_type, bytes = excluded.bytes
RETURNING id
