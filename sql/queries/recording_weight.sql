-- The writer alone: how many bytes a project's recordings have, without the one that is replaced.
SELECT coalesce(sum(length(bytes)), 0) FROM recording
WHERE project_id = :project AND NOT (exercise_key = :exercise AND item = :item AND language = :language)
