-- Written by the server when their time is over.
DELETE FROM contribution
WHERE id IN (SELECT c.id FROM session AS s JOIN contribution AS c ON c.session_id = s.id
             WHERE s.state = 'closed' AND s.closed_ms BETWEEN 1 AND :closed_ms LIMIT :limit)
