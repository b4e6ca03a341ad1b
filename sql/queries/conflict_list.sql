-- Leads of the session's project. Oldest first, from above a cursor.
SELECT c.id, c.uuid, k.based_on, k.kind, k.geometry, k.category, k.answers, k.at_ms
FROM contribution_conflict AS k
JOIN contribution AS c ON c.id = k.contribution_id
WHERE c.session_id = :session AND c.id > :after
ORDER BY c.id
LIMIT :limit
