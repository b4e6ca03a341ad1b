-- Written by the server when their time is over: what was deleted from sessions that hold nothing any more.
DELETE FROM contribution_gone
WHERE session_id IN (SELECT s.id FROM session AS s
                     WHERE s.state = 'closed' AND s.closed_ms BETWEEN 1 AND :closed_ms
                       AND NOT EXISTS (SELECT 1 FROM contribution AS c WHERE c.session_id = s.id))
