-- The participant herself. Newest first, from below a cursor.
SELECT c.id, c.uuid, c.session_id, c.participant_id, c.entered_by, c.category, c.answers, c.state,
       c.version, c.created_ms, c.changed_ms, c.geometry, p.pseudonym
FROM contribution AS c
LEFT JOIN participant AS p ON p.id = c.participant_id
WHERE c.participant_id = :participant AND c.id < :before
ORDER BY c.id DESC
