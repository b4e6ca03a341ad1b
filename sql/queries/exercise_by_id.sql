-- Staff of the project; a template (no project): all staff.
SELECT id, coalesce(project_id, 0), key, version, json_extract(document, '$.title'),
       json_extract(document, '$.sensitivity'), document
FROM exercise WHERE id = :exercise
