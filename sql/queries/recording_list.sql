-- Leads of the project; with :languages, also participants of a session of it: only of these. By item.
SELECT r.id, r.exercise_key, r.item, r.language, r.media_type, length(r.bytes)
FROM recording AS r
WHERE r.project_id = :project AND r.exercise_key = :exercise
  AND (:languages IS NULL OR r.language IN (SELECT value FROM json_each(:languages)))
ORDER BY r.item, r.language
