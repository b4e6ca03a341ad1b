-- The writer alone: whether the session still takes contributions, and from this participant.
SELECT s.state, s.approve, p.state, json_extract(p.consent, '$.room'), p.pseudonym
FROM session AS s
LEFT JOIN participant AS p ON p.id = :participant AND p.session_id = s.id
WHERE s.id = :session
