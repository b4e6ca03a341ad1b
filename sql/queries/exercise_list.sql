-- Staff of the project, and the templates. The latest version of each, newest first.
SELECT e.id, coalesce(e.project_id, 0), e.key, e.version, json_extract(e.document, '$.title'),
       json_extract(e.document, '$.sensitivity'), NULL
FROM exercise AS e
WHERE coalesce(e.project_id, 0) IN (0, :project) AND e.id < :before
  AND NOT EXISTS (SELECT 1 FROM exercise AS later
                  WHERE coalesce(later.project_id, 0) = coalesce(e.project_id, 0)
                    AND later.key = e.key AND later.version > e.version)
ORDER BY e.id DESC LIMIT :limit
