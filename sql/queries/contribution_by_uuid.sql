-- The author, leads and researchers of the project: the service looks at participant_id and entered_by.
SELECT c.id, c.uuid, c.session_id, c.participant_id, c.entered_by, c.category, c.answers, c.state,
       c.version, c.created_ms, c.changed_ms, c.geometry, p.pseudonym
FROM contribution AS c
LEFT JOIN participant AS p ON p.id = c.participant_id
WHERE c.uuid = :uuid AND c.session_id = :session
