-- The server, to know who asks, and whether from a tablet that was shut out.
SELECT p.id, p.session_id, coalesce(t.state = 'revoked', 0)
FROM participant AS p LEFT JOIN tablet AS t ON t.id = p.tablet_id
WHERE p.token_hash = :token_hash AND p.joined_ms > :since_ms AND p.state <> 'removed'
