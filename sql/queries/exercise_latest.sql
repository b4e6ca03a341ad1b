-- Staff of the project; the templates (project 0): all staff.
SELECT id, coalesce(project_id, 0), key, version, json_extract(document, '$.title'),
       json_extract(document, '$.sensitivity'), document
FROM exercise WHERE coalesce(project_id, 0) = :project AND key = :key
ORDER BY version DESC LIMIT 1
