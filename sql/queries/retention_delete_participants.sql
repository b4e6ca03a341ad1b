-- Written by the server when their time is over.
DELETE FROM participant
WHERE id IN (SELECT p.id FROM session AS s JOIN participant AS p ON p.session_id = s.id
             WHERE s.state = 'closed' AND s.closed_ms BETWEEN 1 AND :closed_ms LIMIT :limit)
