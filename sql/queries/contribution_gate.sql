-- The writer alone: whether the session still takes contributions, and from this participant, on her tablet.
SELECT s.state, s.approve, iif(t.state = 'revoked', 'removed', p.state), json_extract(p.consent, '$.room'), p.pseudonym
FROM session AS s
LEFT JOIN participant AS p ON p.id = :participant AND p.session_id = s.id
LEFT JOIN tablet AS t ON t.id = p.tablet_id
WHERE s.id = :session
